/* import_network.c - reads a component's model file (thinc: msgpack {nodes, attrs, params, shims})
 * as the sequence of layers that run, and copies their parameters into tensors.
 *
 * thinc writes a model's nodes breadth first and leaves its shape to the code that loads it. The
 * shape is found again from the names: a chain is named "a>>b", a concatenation "a|b", a wrapper
 * "with_array(a)" or "residual(a)", from the names of its children, which come next in the queue;
 * parser_model has three children. Depth first, the leaves are then the layers in the order in
 * which they run; those without a part in the result (dropout, changes of container) are passed
 * over. Which layers there must be is import_encoder.c's and import_components.c's matter.
 * Sources: thinc's model.py (walk, to_dict), layers/chain.py, layers/concatenate.py; msgpack-numpy.
 */
#include "base/text.h"
#include "parse/import.h"
#include "parse/pack.h"

#define MAX_NODES 4096

typedef struct node {
    ro_text name;
    uint32_t first_child, child_count;
    const msgpack_object *attributes, *parameters;
} node;

struct ro_import_network {
    ro_import *import;
    const char *file;
    ro_pack pack;
    node *nodes;
    uint32_t count;
    uint32_t *leaves; /* in running order */
    uint32_t leaf_count;
    uint32_t at; /* the leaf behind the one gone to */
};

static ro_status bad(const ro_import_network *network, const char *what, ro_text name)
{
    return ro_import_fail(network->import, RO_STATUS_BAD_FORMAT, network->file, "%s '%.*s'", what,
                          name.length > 80 ? 80 : (int)name.length, name.data);
}

/* ---- the tree ------------------------------------------------------------------------------ */

static ro_text behind(ro_text text, size_t count)
{
    return (ro_text){text.data + count, text.length - count};
}

/* The rest of a composite name behind its next child's name, without what joins it to the one
 * after; false if the child does not fit. */
static bool take_child(ro_text *rest, ro_text child)
{
    if (child.length == 0 || rest->length < child.length ||
        memcmp(rest->data, child.data, child.length) != 0)
        return false;
    ro_text left = behind(*rest, child.length);
    if (ro_text_starts(left, ">>"))
        left = behind(left, 2);
    else if (ro_text_starts(left, "|"))
        left = behind(left, 1);
    else if (left.length > 0)
        return false;
    *rest = left;
    return true;
}

/* How many of the nodes from index on are the children of a node of this name: none of a leaf's. */
static uint32_t count_children(const ro_import_network *network, ro_text name, uint32_t from)
{
    static const char *const WRAPPERS[] = {"with_array(", "residual("};
    if (ro_text_equal_string(name, "parser_model"))
        return from + 3 <= network->count ? 3 : 0;
    ro_text rest = name;
    uint32_t count = 0;
    while (rest.length > 0 && from + count < network->count &&
           take_child(&rest, network->nodes[from + count].name))
        count++;
    if (rest.length == 0 && count > 1)
        return count;
    for (size_t i = 0; i < sizeof WRAPPERS / sizeof *WRAPPERS; i++) {
        if (!ro_text_starts(name, WRAPPERS[i]) || !ro_text_ends(name, ")"))
            continue;
        rest = behind(name, strlen(WRAPPERS[i]));
        rest.length--;
        if (from < network->count && ro_text_equal(rest, network->nodes[from].name))
            return 1;
    }
    return 0;
}

static ro_status find_children(ro_import_network *network)
{
    uint32_t next = 1;
    for (uint32_t i = 0; i < network->count; i++) {
        node *parent = &network->nodes[i];
        parent->first_child = next;
        parent->child_count = count_children(network, parent->name, next);
        next += parent->child_count;
    }
    if (next != network->count)
        return bad(network, "no model that we know:", network->nodes[0].name);
    return RO_STATUS_OK;
}

/* Lists the leaves, depth first, with a stack of nodes to come; children stand behind their
 * parents, so that no node is met twice. */
static ro_status find_leaves(ro_import_network *network)
{
    ro_arena *arena = network->import->arena;
    uint32_t *stack = ro_arena_alloc(arena, network->count, sizeof *stack);
    network->leaves = ro_arena_alloc(arena, network->count, sizeof *network->leaves);
    if (stack == NULL || network->leaves == NULL)
        return ro_import_no_memory(network->import);
    uint32_t depth = 1; /* stack[0] is the root, node 0 */
    while (depth > 0) {
        uint32_t top = stack[--depth];
        const node *parent = &network->nodes[top];
        if (parent->child_count == 0)
            network->leaves[network->leaf_count++] = top;
        for (uint32_t i = parent->child_count; i > 0; i--)
            stack[depth++] = parent->first_child + i - 1;
    }
    return RO_STATUS_OK;
}

static ro_status read_nodes(ro_import_network *network)
{
    msgpack_object_array nodes, attributes, parameters;
    if (!ro_pack_array(ro_pack_get(network->pack.root, "nodes"), &nodes) ||
        !ro_pack_array(ro_pack_get(network->pack.root, "attrs"), &attributes) ||
        !ro_pack_array(ro_pack_get(network->pack.root, "params"), &parameters) || nodes.size == 0 ||
        nodes.size > MAX_NODES || attributes.size != nodes.size || parameters.size != nodes.size)
        return bad(network, "expected lists of one length of", RO_TEXT("nodes, attrs, params"));
    network->count = nodes.size;
    network->nodes = ro_arena_alloc(network->import->arena, nodes.size, sizeof(node));
    if (network->nodes == NULL)
        return ro_import_no_memory(network->import);
    for (uint32_t i = 0; i < nodes.size; i++) {
        node *read = &network->nodes[i];
        if (!ro_pack_text(ro_pack_get(&nodes.ptr[i], "name"), &read->name))
            return bad(network, "a node without a", RO_TEXT("name"));
        read->attributes = &attributes.ptr[i];
        read->parameters = &parameters.ptr[i];
    }
    ro_status status = find_children(network);
    return status == RO_STATUS_OK ? find_leaves(network) : status;
}

ro_status ro_import_network_open(ro_import *import, const char *component,
                                 ro_import_network **network)
{
    ro_import_network *made = ro_arena_alloc(import->arena, 1, sizeof *made);
    const char *file = ro_arena_format(import->arena, "%s/model", component);
    if (made == NULL || file == NULL)
        return ro_import_no_memory(import);
    made->import = import;
    made->file = file;
    ro_text bytes;
    ro_status status = ro_package_read(import->package, file, &bytes, import->error);
    if (status != RO_STATUS_OK)
        return status;
    if (!ro_pack_open(bytes, &made->pack))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, file, "is no msgpack, or cut short");
    status = read_nodes(made);
    if (status != RO_STATUS_OK) {
        ro_import_network_close(made);
        return status;
    }
    *network = made;
    return RO_STATUS_OK;
}

void ro_import_network_close(ro_import_network *network)
{
    if (network != NULL)
        ro_pack_close(&network->pack);
}

/* ---- layer by layer ------------------------------------------------------------------------ */

static const node *skip(const ro_import_network *network, uint32_t *at)
{
    static const char *const WITHOUT_PART[] = {"dropout", "ints-getitem", "list2array",
                                               "list2ragged", "ragged2list"};
    for (; *at < network->leaf_count; ++*at) {
        const node *leaf = &network->nodes[network->leaves[*at]];
        bool passed = false;
        for (size_t i = 0; i < sizeof WITHOUT_PART / sizeof *WITHOUT_PART; i++)
            passed |= ro_text_equal_string(leaf->name, WITHOUT_PART[i]);
        if (!passed)
            return leaf;
    }
    return NULL;
}

bool ro_import_network_at(const ro_import_network *network, const char *layer)
{
    uint32_t at = network->at;
    const node *leaf = skip(network, &at);
    return leaf != NULL && ro_text_equal_string(leaf->name, layer);
}

ro_status ro_import_network_next(ro_import_network *network, const char *layer)
{
    const node *leaf = skip(network, &network->at);
    ro_text found = leaf != NULL ? leaf->name : RO_TEXT("nothing more");
    if (!ro_text_equal_string(found, layer))
        return ro_import_fail(network->import, RO_STATUS_BAD_FORMAT, network->file,
                              "layer %u is '%.*s', expected '%s'", network->at,
                              found.length > 80 ? 80 : (int)found.length, found.data, layer);
    network->at++;
    return RO_STATUS_OK;
}

ro_status ro_import_network_end(ro_import_network *network)
{
    const node *leaf = skip(network, &network->at);
    return leaf == NULL ? RO_STATUS_OK : bad(network, "unexpected layer", leaf->name);
}

static const node *current(const ro_import_network *network)
{
    return &network->nodes[network->leaves[network->at - 1]];
}

/* Opens an attribute's value, which is msgpack inside bytes. */
static ro_status open_attribute(const ro_import_network *network, const char *attribute,
                                ro_pack *value)
{
    ro_text bytes;
    if (!ro_pack_text(ro_pack_get(current(network)->attributes, attribute), &bytes) ||
        !ro_pack_open(bytes, value))
        return bad(network, "a layer without the attribute", ro_text_of(attribute));
    return RO_STATUS_OK;
}

ro_status ro_import_network_number(ro_import_network *network, const char *attribute,
                                   uint64_t *number)
{
    ro_pack value;
    ro_status status = open_attribute(network, attribute, &value);
    if (status != RO_STATUS_OK)
        return status;
    if (!ro_pack_natural(value.root, number))
        status = bad(network, "no natural number as attribute", ro_text_of(attribute));
    ro_pack_close(&value);
    return status;
}

static ro_status read_name(ro_import_network *network, const msgpack_object *object, ro_text *name)
{
    uint64_t id;
    ro_import *import = network->import;
    if (ro_pack_natural(object, &id) && ro_import_facts_symbol(import, id, name))
        return RO_STATUS_OK;
    if (!ro_pack_text(object, name))
        return bad(network, "a list attribute without", RO_TEXT("names"));
    name->data = ro_arena_copy(import->arena, name->data, name->length);
    return name->data != NULL ? RO_STATUS_OK : ro_import_no_memory(import);
}

ro_status ro_import_network_names(ro_import_network *network, const char *attribute,
                                  const ro_text **names, uint32_t *count)
{
    ro_pack value;
    ro_status status = open_attribute(network, attribute, &value);
    if (status != RO_STATUS_OK)
        return status;
    msgpack_object_array list;
    ro_text *read = NULL;
    if (!ro_pack_array(value.root, &list) || list.size == 0)
        status = bad(network, "no list as attribute", ro_text_of(attribute));
    else if ((read = ro_arena_alloc(network->import->arena, list.size, sizeof *read)) == NULL)
        status = ro_import_no_memory(network->import);
    for (uint32_t i = 0; status == RO_STATUS_OK && i < list.size; i++)
        status = read_name(network, &list.ptr[i], &read[i]);
    if (status == RO_STATUS_OK) {
        *names = read;
        *count = list.size;
    }
    ro_pack_close(&value);
    return status;
}

/* ---- parameters ---------------------------------------------------------------------------- */

/* Reads the shape of an array; a leading 1 beyond the rank is dropped. */
static bool read_shape(const msgpack_object *object, uint32_t rank, uint64_t *shape)
{
    msgpack_object_array sizes;
    uint64_t one;
    if (!ro_pack_array(object, &sizes))
        return false;
    bool extra = sizes.size == rank + 1 && ro_pack_natural(&sizes.ptr[0], &one) && one == 1;
    if (sizes.size != rank + (extra ? 1u : 0u))
        return false;
    for (uint32_t i = 0; i < rank; i++)
        if (!ro_pack_natural(&sizes.ptr[i + (extra ? 1u : 0u)], &shape[i]) || shape[i] == 0)
            return false;
    return true;
}

ro_status ro_import_network_tensor(ro_import_network *network, const char *parameter,
                                   const char *prefix, const char *name, uint32_t rank,
                                   uint64_t *dims, json_t *object)
{
    ro_import *import = network->import;
    const msgpack_object *array = ro_pack_get(current(network)->parameters, parameter);
    bool is_array = false;
    ro_text type, data;
    if (!ro_pack_truth(ro_pack_get(array, "nd"), &is_array) || !is_array ||
        !ro_pack_text(ro_pack_get(array, "type"), &type) ||
        !ro_pack_text(ro_pack_get(array, "data"), &data))
        return bad(network, "a layer without the parameter", ro_text_of(parameter));
    if (!ro_text_equal_string(type, "<f4"))
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, network->file,
                              "parameter %s of layer '%.*s' is of type %.*s, expected <f4",
                              parameter, (int)current(network)->name.length,
                              current(network)->name.data, type.length > 20 ? 20 : (int)type.length,
                              type.data);
    uint64_t shape[RO_WEIGHT_RANK_MAX], bytes = 4;
    bool fits = read_shape(ro_pack_get(array, "shape"), rank, shape);
    for (uint32_t i = 0; fits && i < rank; i++) {
        fits = (dims[i] == 0 || dims[i] == shape[i]) && shape[i] <= data.length;
        if (fits) /* each factor is at most 2^32: the product cannot overflow unnoticed */
            fits = (bytes *= shape[i]) <= data.length;
    }
    if (!fits || bytes != data.length)
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, network->file,
                              "parameter %s of layer %u ('%.*s') has another shape than its place "
                              "in the network asks for",
                              parameter, network->at - 1, (int)current(network)->name.length,
                              current(network)->name.data);
    memcpy(dims, shape, rank * sizeof *dims);
    const char *full = ro_arena_format(import->arena, "%s/%s", prefix, name);
    if (full == NULL || json_object_set_new(object, name, json_string(full)) != 0)
        return ro_import_no_memory(import);
    return ro_weights_writer_add(import->writer, full, RO_WEIGHT_TYPE_F32, rank, dims, data.data,
                                 import->error);
}
