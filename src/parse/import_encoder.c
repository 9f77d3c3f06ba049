/* import_encoder.c - reads what turns tokens into vectors: spaCy's Tok2Vec (MultiHashEmbed and
 * MaxoutWindowEncoder), or a listener to another component's. config.cfg says which architecture
 * it is; the layers themselves come from import_network.c, shape by shape.
 *
 * Legend: width vector of a token, rows of an embedding table, pieces of a maxout, span tokens in
 * a window.
 */
#include "base/text.h"
#include "parse/config.h"
#include "parse/import.h"

static const char *const ATTRIBUTES[] = {
#define RO_FEATURE(member) #member,
#include "parse/feature.def"
#undef RO_FEATURE
};

static const char *const LISTENER = "spacy.Tok2VecListener.v1";
static const char *const TOK2VEC[] = {"spacy.Tok2Vec.v2", "spacy.Tok2Vec.v1", NULL};
static const char *const EMBED[] = {"spacy.MultiHashEmbed.v2", "spacy.MultiHashEmbed.v1", NULL};
static const char *const ENCODE[] = {"spacy.MaxoutWindowEncoder.v2", "spacy.MaxoutWindowEncoder.v1",
                                     NULL};

ro_status ro_import_encoder_check(const ro_import *import, const char *component, const char *path,
                                  const char *const architectures[])
{
    const json_t *section = ro_config_get(
        json_object_get(json_object_get(import->config, "components"), component), path);
    const char *found = json_string_value(json_object_get(section, "@architectures"));
    for (size_t i = 0; found != NULL && architectures[i] != NULL; i++)
        if (strcmp(found, architectures[i]) == 0)
            return RO_STATUS_OK;
    return ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                          "architecture '%s' (%s) is not supported, only '%s'",
                          found != NULL ? found : "none", path, architectures[0]);
}

/* The component that a listener listens to: the last tok2vec before it that its upstream names. */
static ro_status find_upstream(const ro_import *import, const char *component, const char *wanted,
                               const char **upstream)
{
    const json_t *components = json_object_get(import->config, "components");
    const char *found = NULL;
    for (size_t i = 0; i < json_array_size(import->pipeline); i++) {
        const char *name = json_string_value(json_array_get(import->pipeline, i));
        if (strcmp(name, component) == 0)
            break;
        const char *factory =
            json_string_value(json_object_get(json_object_get(components, name), "factory"));
        if (factory != NULL && strcmp(factory, "tok2vec") == 0 &&
            (strcmp(wanted, "*") == 0 || strcmp(wanted, name) == 0))
            found = name;
    }
    if (found == NULL)
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                              "listens to '%s', which is no tok2vec that runs before it", wanted);
    *upstream = found;
    return RO_STATUS_OK;
}

/* ---- layers -------------------------------------------------------------------------------- */

/* A maxout with its layer norm: W [width, pieces, inputs], b, G, beta, added to object. */
static ro_status read_maxout(ro_import_network *network, const char *prefix, uint64_t *width,
                             uint64_t inputs, json_t *object)
{
    uint64_t weights[3] = {*width, 0, inputs};
    ro_status status = ro_import_network_next(network, "maxout");
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(network, "W", prefix, "W", 3, weights, object);
    uint64_t bias[2] = {weights[0], weights[1]}, norm[1] = {weights[0]};
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(network, "b", prefix, "b", 2, bias, object);
    if (status == RO_STATUS_OK)
        status = ro_import_network_next(network, "layernorm");
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(network, "G", prefix, "G", 1, norm, object);
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(network, "b", prefix, "beta", 1, norm, object);
    *width = weights[0];
    return status;
}

static bool is_known(ro_text attribute)
{
    for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof *ATTRIBUTES; i++)
        if (ro_text_equal_string(attribute, ATTRIBUTES[i]))
            return true;
    return false;
}

/* The embedding table of feature index. */
static ro_status read_feature(ro_import *import, const char *component, const char *prefix,
                              ro_import_network *network, ro_text attribute, uint32_t index,
                              uint64_t *width, json_t *features)
{
    uint64_t seed = 0, column = 0, dims[2] = {0, *width};
    if (!is_known(attribute))
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                              "embeds the attribute %.*s, which we do not compute",
                              (int)attribute.length, attribute.data);
    ro_status status = ro_import_network_next(network, "hashembed");
    if (status == RO_STATUS_OK)
        status = ro_import_network_number(network, "seed", &seed);
    if (status == RO_STATUS_OK)
        status = ro_import_network_number(network, "column", &column);
    if (status != RO_STATUS_OK)
        return status;
    if (column != index || seed > UINT32_MAX)
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, component,
                              "embedding table %u is of column %llu", index,
                              (unsigned long long)column);
    const char *table = ro_arena_format(import->arena, "%s/embed%u", prefix, index);
    json_t *feature = json_pack("{s:s%, s:I}", "attribute", attribute.data, attribute.length,
                                "seed", (json_int_t)seed);
    if (table == NULL || json_array_append_new(features, feature) != 0)
        return ro_import_no_memory(import);
    status = ro_import_network_tensor(network, "E", table, "E", 2, dims, feature);
    *width = dims[1];
    return status;
}

static ro_status read_embedding(ro_import *import, const char *component, const char *prefix,
                                ro_import_network *network, json_t *encoder, uint64_t *width)
{
    const ro_text *attributes = NULL;
    uint32_t count = 0;
    json_t *features = json_array(), *mix = json_object();
    if (json_object_set_new(encoder, "features", features) != 0 ||
        json_object_set_new(encoder, "mix", mix) != 0)
        return ro_import_no_memory(import);
    ro_status status = ro_import_network_next(network, "extract_features");
    if (status == RO_STATUS_OK)
        status = ro_import_network_names(network, "columns", &attributes, &count);
    for (uint32_t i = 0; status == RO_STATUS_OK && i < count; i++)
        status =
            read_feature(import, component, prefix, network, attributes[i], i, width, features);
    const char *name = ro_arena_format(import->arena, "%s/mix", prefix);
    if (status == RO_STATUS_OK && name == NULL)
        status = ro_import_no_memory(import);
    if (status == RO_STATUS_OK)
        status = read_maxout(network, name, width, *width * count, mix);
    return status;
}

static ro_status read_windows(ro_import *import, const char *prefix, ro_import_network *network,
                              json_t *encoder, uint64_t width)
{
    json_t *layers = json_array();
    ro_status status = RO_STATUS_OK;
    if (json_object_set_new(encoder, "layers", layers) != 0)
        status = ro_import_no_memory(import);
    for (unsigned i = 0; status == RO_STATUS_OK && ro_import_network_at(network, "expand_window");
         i++) {
        uint64_t window = 0;
        const char *name = ro_arena_format(import->arena, "%s/layer%u", prefix, i);
        json_t *layer = json_object();
        if (name == NULL || json_array_append_new(layers, layer) != 0)
            return ro_import_no_memory(import);
        status = ro_import_network_next(network, "expand_window");
        if (status == RO_STATUS_OK)
            status = ro_import_network_number(network, "window_size", &window);
        if (status == RO_STATUS_OK && (window == 0 || window > 8))
            status = ro_import_fail(import, RO_STATUS_UNSUPPORTED, prefix,
                                    "a window of %llu tokens", (unsigned long long)window);
        if (status == RO_STATUS_OK)
            status = read_maxout(network, name, &width, width * (2 * window + 1), layer);
        if (status == RO_STATUS_OK &&
            json_object_set_new(layer, "window", json_integer((json_int_t)window)) != 0)
            status = ro_import_no_memory(import);
    }
    return status;
}

static ro_status check_encoder(const ro_import *import, const char *component, const char *path)
{
    const char *embed = ro_arena_format(import->arena, "%s.embed", path);
    const char *encode = ro_arena_format(import->arena, "%s.encode", path);
    const char *vectors = ro_arena_format(import->arena, "components.%s.%s.include_static_vectors",
                                          component, embed != NULL ? embed : "");
    if (embed == NULL || encode == NULL || vectors == NULL)
        return ro_import_no_memory(import);
    ro_status status = ro_import_encoder_check(import, component, path, TOK2VEC);
    if (status == RO_STATUS_OK)
        status = ro_import_encoder_check(import, component, embed, EMBED);
    if (status == RO_STATUS_OK)
        status = ro_import_encoder_check(import, component, encode, ENCODE);
    if (status == RO_STATUS_OK && !json_is_false(ro_config_get(import->config, vectors)))
        status = ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                                "architecture '%s' with static vectors is not supported", EMBED[0]);
    return status;
}

/* Where config.cfg describes a component's encoder: a tok2vec is one, others hold one. */
static const char *encoder_path(const ro_import *import, const char *component, bool *listens)
{
    const json_t *settings =
        json_object_get(json_object_get(import->config, "components"), component);
    const char *factory = json_string_value(json_object_get(settings, "factory"));
    *listens = false;
    if (factory != NULL && strcmp(factory, "tok2vec") == 0)
        return "model";
    const char *architecture = ro_config_string(settings, "model.tok2vec.@architectures");
    *listens = architecture != NULL && strcmp(architecture, LISTENER) == 0;
    return "model.tok2vec";
}

ro_status ro_import_encoder_accept(const ro_import *import, const char *component)
{
    bool listens;
    const char *path = encoder_path(import, component, &listens);
    return listens ? RO_STATUS_OK : check_encoder(import, component, path);
}

static ro_status read_listener(ro_import *import, const char *component, ro_import_network *network,
                               json_t **encoder)
{
    const json_t *settings =
        json_object_get(json_object_get(import->config, "components"), component);
    const char *wanted = ro_config_string(settings, "model.tok2vec.upstream");
    const char *upstream = NULL;
    ro_status status = find_upstream(import, component, wanted != NULL ? wanted : "*", &upstream);
    if (status == RO_STATUS_OK)
        status = ro_import_network_next(network, "tok2vec-listener");
    if (status == RO_STATUS_OK && (*encoder = json_string(upstream)) == NULL)
        status = ro_import_no_memory(import);
    return status;
}

ro_status ro_import_encoder_read(ro_import *import, const char *component,
                                 ro_import_network *network, json_t **encoder, uint64_t *width)
{
    bool listens;
    const char *path = encoder_path(import, component, &listens);
    *width = 0;
    if (listens)
        return read_listener(import, component, network, encoder);
    const char *prefix = strcmp(path, "model") == 0
                             ? component
                             : ro_arena_format(import->arena, "%s/tok2vec", component);
    json_t *made = json_object();
    if (prefix == NULL || made == NULL) {
        json_decref(made);
        return ro_import_no_memory(import);
    }
    ro_status status = read_embedding(import, component, prefix, network, made, width);
    if (status == RO_STATUS_OK)
        status = read_windows(import, prefix, network, made, *width);
    if (status == RO_STATUS_OK &&
        json_object_set_new(made, "width", json_integer((json_int_t)*width)) != 0)
        status = ro_import_no_memory(import);
    if (status != RO_STATUS_OK) {
        json_decref(made);
        return status;
    }
    *encoder = made;
    return RO_STATUS_OK;
}
