/* import_components.c - reads the components that have a network: tok2vec, tagger, morphologizer,
 * senter, parser, ner. Each is an encoder (import_encoder.c) and a head on it; what a head's
 * classes are stands in its files cfg and moves. The rest is import_rules.c's.
 *
 * Sources: spaCy's pipeline/{tagger,morphologizer,senter,transition_parser}.pyx,
 * ml/models/{tagger,parser}.py, pipeline/_parser_internals/{transition_system,ner}.pyx.
 */
#include "base/text.h"
#include "parse/config.h"
#include "parse/import.h"
#include "parse/pack.h"

#include <stdlib.h>

static const char *const TAGGER[] = {"spacy.Tagger.v2", "spacy.Tagger.v1", NULL};
static const char *const PARSER[] = {"spacy.TransitionBasedParser.v2",
                                     "spacy.TransitionBasedParser.v1", NULL};

/* What is being read. */
typedef struct reading {
    ro_import *import;
    const char *component;
    ro_import_network *network;
    json_t *settings; /* of config.cfg, borrowed */
    json_t *cfg;      /* the file <component>/cfg, NULL if it has none */
    json_t *result;
    uint64_t width; /* of the encoder's vectors, 0: whatever */
} reading;

static ro_status bad(const reading *r, const char *message)
{
    return ro_import_fail(r->import, RO_STATUS_BAD_FORMAT, r->component, "%s", message);
}

static ro_status set(const reading *r, const char *key, json_t *value)
{
    return json_object_set_new(r->result, key, value) == 0 ? RO_STATUS_OK
                                                           : ro_import_no_memory(r->import);
}

/* A setting: cfg's, else config.cfg's, else what it is without either. */
static bool setting(const reading *r, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(r->cfg, key);
    if (!json_is_boolean(value))
        value = json_object_get(r->settings, key);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

/* A linear layer: W [classes, width] and b [classes], as object[W], object[b]. */
static ro_status read_linear(const reading *r, const char *layer, const char *prefix,
                             uint64_t *classes, uint64_t *width, json_t *object)
{
    uint64_t weights[2] = {*classes, *width};
    ro_status status = ro_import_network_next(r->network, layer);
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(r->network, "W", prefix, "W", 2, weights, object);
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(r->network, "b", prefix, "b", 1, weights, object);
    *classes = weights[0];
    *width = weights[1];
    return status;
}

static ro_status read_encoder(reading *r)
{
    json_t *encoder = NULL;
    ro_status status =
        ro_import_encoder_read(r->import, r->component, r->network, &encoder, &r->width);
    return status == RO_STATUS_OK ? set(r, "encoder", encoder) : status;
}

/* ---- tagger, morphologizer, senter --------------------------------------------------------- */

static ro_status read_tags(const reading *r, uint64_t *count)
{
    const json_t *labels = json_object_get(r->cfg, "labels");
    *count = json_array_size(labels);
    for (size_t i = 0; i < *count; i++)
        if (!json_is_string(json_array_get(labels, i)))
            return bad(r, "cfg: a label is no string");
    return set(r, "labels", json_deep_copy(labels));
}

/* {"labels_morph": {label: features}, "labels_pos": {label: id}}; the order of the first is that
 * of the classes, and jansson keeps it. */
static ro_status read_morphs(const reading *r, uint64_t *count)
{
    const json_t *morphs = json_object_get(r->cfg, "labels_morph");
    const json_t *parts = json_object_get(r->cfg, "labels_pos");
    json_t *labels = json_array();
    ro_status status = set(r, "labels", labels);
    for (void *i = json_object_iter((json_t *)(uintptr_t)morphs);
         i != NULL && status == RO_STATUS_OK;
         i = json_object_iter_next((json_t *)(uintptr_t)morphs, i)) {
        const char *features = json_string_value(json_object_iter_value(i));
        json_int_t id = json_integer_value(json_object_get(parts, json_object_iter_key(i)));
        ro_text pos;
        if (features == NULL || id < 0 || !ro_import_facts_symbol(r->import, (uint64_t)id, &pos))
            return bad(r, "cfg: a label without features or part of speech");
        const char *morph = ro_import_rules_morph(r->import, ro_text_of(features));
        if (morph == NULL ||
            json_array_append_new(
                labels, json_pack("{s:s, s:s%}", "morph", morph, "pos", pos.data, pos.length)) != 0)
            status = ro_import_no_memory(r->import);
    }
    *count = json_array_size(labels);
    return status;
}

static ro_status read_tagger(reading *r, const char *factory)
{
    uint64_t classes = 2; /* a senter's: inside and start */
    bool morphologizer = strcmp(factory, "morphologizer") == 0;
    ro_status status = read_encoder(r);
    if (status == RO_STATUS_OK && morphologizer)
        status = read_morphs(r, &classes);
    else if (status == RO_STATUS_OK && strcmp(factory, "tagger") == 0)
        status = read_tags(r, &classes);
    if (status == RO_STATUS_OK && classes == 0)
        status = bad(r, "cfg: no labels");
    if (status == RO_STATUS_OK)
        status = read_linear(r, "softmax", r->component, &classes, &r->width, r->result);
    if (status == RO_STATUS_OK)
        status = set(r, "overwrite", json_boolean(setting(r, "overwrite", morphologizer)));
    if (status == RO_STATUS_OK && morphologizer)
        status = set(r, "extend", json_boolean(setting(r, "extend", false)));
    return status;
}

/* ---- parser, ner --------------------------------------------------------------------------- */

typedef struct move {
    unsigned action;
    const char *label;
    double frequency;
} move;

typedef RO_LIST(move) moves;

/* Python's order of (frequency, label), turned round. */
static int by_frequency(const void *a, const void *b)
{
    const move *left = a, *right = b;
    if (left->frequency != right->frequency)
        return left->frequency > right->frequency ? -1 : 1;
    return strcmp(right->label, left->label);
}

static int by_action(const void *a, const void *b)
{
    const move *left = a, *right = b;
    if (left->action != right->action)
        return left->action < right->action ? -1 : 1;
    return by_frequency(a, b);
}

/* Sorts the moves of a file as TransitionSystem.initialize_actions does: those whose label was
 * added after training (its frequency is negative) come last, all actions of a label where the
 * most frequent of them stands. */
static ro_status order_moves(const reading *r, const moves *all, moves *ordered)
{
    moves early = {0}, late = {0};
    for (uint32_t i = 0; i < all->count; i++) {
        moves *list = all->items[i].frequency < 0 ? &late : &early;
        move *added = RO_LIST_ADD(r->import->arena, list);
        if (added == NULL)
            return ro_import_no_memory(r->import);
        *added = all->items[i];
    }
    if (early.count > 0)
        qsort(early.items, early.count, sizeof(move), by_action);
    if (late.count > 0)
        qsort(late.items, late.count, sizeof(move), by_frequency);
    *ordered = early;
    for (uint32_t i = 0; i < late.count; i++) {
        for (unsigned action = 0; action < 10; action++) {
            for (uint32_t j = i; j < late.count; j++) {
                move *candidate = &late.items[j];
                if (candidate->frequency > 0 || candidate->action != action ||
                    strcmp(candidate->label, late.items[i].label) != 0)
                    continue;
                move *added = RO_LIST_ADD(r->import->arena, ordered);
                if (added == NULL)
                    return ro_import_no_memory(r->import);
                *added = *candidate;
                candidate->frequency = 1; /* taken */
            }
        }
    }
    return RO_STATUS_OK;
}

/* The file moves: msgpack {"moves": JSON {"action": {label: frequency}}}. letters names the
 * actions by their numbers. */
static ro_status collect_moves(const reading *r, const json_t *file, const char *letters,
                               moves *all)
{
    bool names = strcmp(letters, "MBILUO") == 0;
    const char *number;
    json_t *labels, *frequency;
    json_object_foreach((json_t *)(uintptr_t)file, number, labels)
    {
        if (strlen(number) != 1 || number[0] < '0' || number[0] - '0' >= (int)strlen(letters) ||
            !json_is_object(labels))
            return bad(r, "moves: an action that we do not know");
        unsigned action = (unsigned)(number[0] - '0');
        const char *label;
        json_object_foreach(labels, label, frequency)
        {
            /* as BiluoPushDown.add_action: no M, and O has no label */
            if (names && (letters[action] == 'M' || (letters[action] == 'O' && *label != '\0')))
                continue;
            move *added = RO_LIST_ADD(r->import->arena, all);
            const char *copy = ro_arena_copy(r->import->arena, label, strlen(label));
            if (added == NULL || copy == NULL)
                return ro_import_no_memory(r->import);
            if (!json_is_number(frequency))
                return bad(r, "moves: a frequency is no number");
            *added = (move){action, copy, json_number_value(frequency)};
        }
    }
    return RO_STATUS_OK;
}

static ro_status read_moves(const reading *r, const char *letters, uint64_t *count)
{
    const char *file = ro_arena_format(r->import->arena, "%s/moves", r->component);
    ro_text bytes, text = {NULL, 0};
    if (file == NULL)
        return ro_import_no_memory(r->import);
    ro_status status = ro_package_read(r->import->package, file, &bytes, r->import->error);
    if (status != RO_STATUS_OK)
        return status;
    ro_pack pack;
    if (!ro_pack_open(bytes, &pack))
        return ro_import_fail(r->import, RO_STATUS_BAD_FORMAT, file, "is no msgpack");
    json_t *json = NULL;
    if (ro_pack_text(ro_pack_get(pack.root, "moves"), &text))
        json = json_loadb(text.data, text.length, 0, NULL);
    ro_pack_close(&pack);
    moves all = {0}, ordered = {0};
    json_t *list = json_array();
    status = json_is_object(json) ? collect_moves(r, json, letters, &all)
                                  : bad(r, "moves: holds no JSON object 'moves'");
    json_decref(json);
    if (status == RO_STATUS_OK)
        status = order_moves(r, &all, &ordered);
    for (uint32_t i = 0; status == RO_STATUS_OK && i < ordered.count; i++) {
        char letter[2] = {letters[ordered.items[i].action]};
        if (json_array_append_new(list, json_pack("{s:s, s:s}", "move", letter, "label",
                                                  ordered.items[i].label)) != 0)
            status = ro_import_no_memory(r->import);
    }
    *count = ordered.count;
    if (status != RO_STATUS_OK) {
        json_decref(list);
        return status;
    }
    return set(r, "moves", list);
}

static ro_status check_parser(const reading *r, bool names)
{
    const json_t *model = json_object_get(r->settings, "model");
    const char *type = json_string_value(json_object_get(model, "state_type"));
    const char *without = NULL;
    if (json_is_false(json_object_get(model, "use_upper")))
        without = "use_upper = false";
    else if (json_is_true(json_object_get(model, "extra_state_tokens")))
        without = "extra_state_tokens = true";
    else if (type == NULL || strcmp(type, names ? "ner" : "parser") != 0)
        without = "this state_type";
    else if (json_integer_value(json_object_get(r->cfg, "beam_width")) > 1)
        without = "a beam";
    else if (setting(r, "learn_tokens", false))
        without = "learn_tokens = true";
    if (without != NULL)
        return ro_import_fail(r->import, RO_STATUS_UNSUPPORTED, r->component,
                              "architecture '%s' with %s is not supported", PARSER[0], without);
    return RO_STATUS_OK;
}

/* lower: W [features, hidden, pieces, width], b [hidden, pieces], pad [features, hidden, pieces].*/
static ro_status read_lower(const reading *r, uint64_t features, uint64_t width, uint64_t *hidden)
{
    json_t *lower = json_object();
    const char *prefix = ro_arena_format(r->import->arena, "%s/lower", r->component);
    ro_status status = set(r, "lower", lower);
    if (status != RO_STATUS_OK || prefix == NULL)
        return ro_import_no_memory(r->import);
    uint64_t weights[4] = {features, 0, 0, width};
    status = ro_import_network_next(r->network, "precomputable_affine");
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(r->network, "W", prefix, "W", 4, weights, lower);
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(r->network, "b", prefix, "b", 2, weights + 1, lower);
    if (status == RO_STATUS_OK)
        status = ro_import_network_tensor(r->network, "pad", prefix, "pad", 3, weights, lower);
    *hidden = weights[1];
    return status;
}

static ro_status read_parser(reading *r, bool names)
{
    json_t *linear = json_object(), *upper = json_object();
    const char *linear_prefix = ro_arena_format(r->import->arena, "%s/linear", r->component);
    const char *upper_prefix = ro_arena_format(r->import->arena, "%s/upper", r->component);
    ro_status status = set(r, "linear", linear);
    ro_status other = set(r, "upper", upper);
    if (status != RO_STATUS_OK || other != RO_STATUS_OK || linear_prefix == NULL ||
        upper_prefix == NULL)
        return ro_import_no_memory(r->import);
    uint64_t classes = 0, width = 0, hidden = 0;
    status = check_parser(r, names);
    if (status == RO_STATUS_OK)
        status = read_encoder(r);
    if (status == RO_STATUS_OK)
        status = read_linear(r, "linear", linear_prefix, &width, &r->width, linear);
    if (status == RO_STATUS_OK)
        status = read_lower(r, names ? 3 : 8, width, &hidden);
    if (status == RO_STATUS_OK)
        status = read_moves(r, names ? "MBILUO" : "SDLRB", &classes);
    if (status == RO_STATUS_OK && classes == 0)
        status = bad(r, "moves: none");
    if (status == RO_STATUS_OK)
        status = read_linear(r, "linear", upper_prefix, &classes, &hidden, upper);
    return status;
}

/* ---- any ----------------------------------------------------------------------------------- */

/* Refuses what we do not run by config.cfg alone, before its network is read. */
static ro_status accept_component(const reading *r, const char *factory)
{
    ro_status status = RO_STATUS_OK;
    if (strcmp(factory, "parser") == 0 || strcmp(factory, "ner") == 0)
        status = ro_import_encoder_check(r->import, r->component, "model", PARSER);
    else if (strcmp(factory, "tok2vec") != 0)
        status = ro_import_encoder_check(r->import, r->component, "model", TAGGER);
    return status == RO_STATUS_OK ? ro_import_encoder_accept(r->import, r->component) : status;
}

static ro_status read_network(reading *r, const char *factory)
{
    ro_status status = ro_import_network_open(r->import, r->component, &r->network);
    if (status != RO_STATUS_OK)
        return status;
    if (strcmp(factory, "tok2vec") == 0)
        status = read_encoder(r);
    else if (strcmp(factory, "parser") == 0 || strcmp(factory, "ner") == 0)
        status = read_parser(r, strcmp(factory, "ner") == 0);
    else
        status = read_tagger(r, factory);
    if (status == RO_STATUS_OK)
        status = ro_import_network_end(r->network);
    ro_import_network_close(r->network);
    return status;
}

static ro_status read_with_network(reading *r, const char *factory)
{
    const char *file = ro_arena_format(r->import->arena, "%s/cfg", r->component);
    if (file == NULL)
        return ro_import_no_memory(r->import);
    ro_status status = accept_component(r, factory);
    if (status == RO_STATUS_OK && strcmp(factory, "tok2vec") != 0)
        status = ro_import_json(r->import, file, &r->cfg);
    if (status == RO_STATUS_OK)
        status = read_network(r, factory);
    const char *architecture = ro_config_string(r->settings, "model.@architectures");
    if (status == RO_STATUS_OK)
        status = set(r, "architecture", json_string(architecture));
    return status;
}

ro_status ro_import_components_read(ro_import *import, const char *component, json_t **described)
{
    static const char *const WITH_NETWORK[] = {"tok2vec", "tagger", "morphologizer",
                                               "senter",  "parser", "ner"};
    reading r = {.import = import, .component = component, .result = json_object()};
    r.settings = json_object_get(json_object_get(import->config, "components"), component);
    const char *factory = json_string_value(json_object_get(r.settings, "factory"));
    const char *architecture = ro_config_string(r.settings, "model.@architectures");
    bool with_network = false;
    for (size_t i = 0; factory != NULL && i < sizeof WITH_NETWORK / sizeof *WITH_NETWORK; i++)
        with_network |= strcmp(factory, WITH_NETWORK[i]) == 0;
    ro_status status = r.result == NULL ? ro_import_no_memory(import) : RO_STATUS_OK;
    if (status == RO_STATUS_OK && factory != NULL)
        status = set(&r, "factory", json_string(factory));
    if (status == RO_STATUS_OK && with_network) {
        status = read_with_network(&r, factory);
    } else if (status == RO_STATUS_OK && factory != NULL &&
               strcmp(factory, "attribute_ruler") == 0) {
        status = ro_import_rules_ruler(import, component, r.result);
    } else if (status == RO_STATUS_OK && factory != NULL && strcmp(factory, "lemmatizer") == 0) {
        status = ro_import_rules_lemmatizer(import, component, r.result);
    } else if (status == RO_STATUS_OK) {
        status = ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                                "factory '%s' (architecture '%s') is not supported",
                                factory != NULL ? factory : "none",
                                architecture != NULL ? architecture : "none");
    }
    json_decref(r.cfg);
    if (status != RO_STATUS_OK) {
        json_decref(r.result);
        return status;
    }
    *described = r.result;
    return RO_STATUS_OK;
}
