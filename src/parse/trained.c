/* trained.c - reads the file that tools/train/write.py makes: low-rank adapters (Hu et al. 2021),
 * which are added to a package's matrices when it is imported, and heads, which go into the model
 * file as they are. That heads fit their encoder, and are whole, is checked where they are opened
 * (headset.c).
 */
#include "parse/trained.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "parse/safetensors.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEADS "heads/"
enum { NAME_ROOM = 160 };

struct ro_trained {
    ro_arena *arena;
    const char *path;
    ro_file_map map;
    ro_safetensors *file;
    json_t *description;
    bool *taken; /* by tensor */
};

static ro_status fail(const ro_trained *trained, ro_error *error, const char *name,
                      const char *what)
{
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "import", trained->path, 0, UINT64_MAX,
                           "tensor '%s' %s", name, what);
}

static ro_status no_memory(ro_error *error)
{
    return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "import", "out of memory");
}

/* ---- opening --------------------------------------------------------------------------------- */

static ro_status read_description(ro_trained *trained, ro_error *error)
{
    const char *text = ro_safetensors_metadata(trained->file, "readout_heads");
    json_error_t fault;
    if (text == NULL)
        return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "import", trained->path, 0, UINT64_MAX,
                               "it has no \"readout_heads\" in its header: not made by "
                               "tools/train/write.py");
    trained->description = json_loads(text, 0, &fault);
    if (!json_is_object(trained->description))
        return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "import", trained->path, 0, UINT64_MAX,
                               "\"readout_heads\" in its header is no JSON object");
    return RO_STATUS_OK;
}

static ro_status open_file(ro_trained *trained, ro_error *error)
{
    ro_status status = ro_file_map_open(trained->path, &trained->map, error);
    if (status == RO_STATUS_OK)
        status = ro_safetensors_open((ro_text){trained->map.data, trained->map.length},
                                     trained->path, NULL, &trained->file, error);
    if (status != RO_STATUS_OK)
        return status;
    trained->taken = ro_arena_alloc(trained->arena, ro_safetensors_count(trained->file), 1);
    return trained->taken != NULL ? read_description(trained, error) : no_memory(error);
}

ro_status ro_trained_open(const char *path, ro_trained **trained, ro_error *error)
{
    ro_arena *arena = ro_arena_new(NULL);
    ro_trained *made = arena != NULL ? ro_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made == NULL) {
        ro_arena_free(arena);
        return no_memory(error);
    }
    made->arena = arena;
    made->path = ro_arena_copy(arena, path, strlen(path));
    ro_status status = made->path != NULL ? open_file(made, error) : no_memory(error);
    if (status != RO_STATUS_OK) {
        ro_trained_close(made);
        return status;
    }
    *trained = made;
    return RO_STATUS_OK;
}

void ro_trained_close(ro_trained *trained)
{
    if (trained == NULL)
        return;
    json_decref(trained->description);
    ro_safetensors_close(trained->file);
    ro_file_map_close(&trained->map);
    ro_arena_free(trained->arena);
}

ro_status ro_trained_check(const ro_trained *trained, const char *sha256, ro_error *error)
{
    const json_t *package = json_object_get(trained->description, "package");
    const char *name = json_string_value(json_object_get(package, "name"));
    const char *version = json_string_value(json_object_get(package, "version"));
    const char *digest = json_string_value(json_object_get(package, "sha256"));
    if (sha256 == NULL || (digest != NULL && strcmp(digest, sha256) == 0))
        return RO_STATUS_OK;
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "import", trained->path, 0, UINT64_MAX,
                           "made for the package %.60s %.20s with SHA-256 %.12s..., not for this "
                           "one, %.12s...",
                           name != NULL ? name : "?", version != NULL ? version : "",
                           digest != NULL ? digest : "?", sha256);
}

/* ---- tensors --------------------------------------------------------------------------------- */

static ro_status fail_shape(const ro_trained *trained, ro_error *error, const char *name,
                            uint32_t rank, const uint64_t dims[2])
{
    char what[NAME_ROOM] = "has another shape than expected: ";
    for (uint32_t i = 0; i < rank; i++) {
        size_t used = strlen(what);
        const char *times = i > 0 ? " x " : "";
        if (dims[i] > 0)
            snprintf(what + used, sizeof what - used, "%s%llu", times, (unsigned long long)dims[i]);
        else
            snprintf(what + used, sizeof what - used, "%sany", times);
    }
    return fail(trained, error, name, what);
}

/* The numbers of a tensor, which counts as taken; *numbers is NULL if there is none of that name.
 * Dims of 0 are any, and are set. */
static ro_status take(ro_trained *trained, const char *name, uint32_t rank, uint64_t dims[2],
                      float **numbers, ro_error *error)
{
    const ro_safetensor *tensor = ro_safetensors_find(trained->file, name);
    *numbers = NULL;
    if (tensor == NULL)
        return RO_STATUS_OK;
    bool fits = tensor->rank == rank && tensor->count > 0;
    for (uint32_t i = 0; fits && i < rank; i++)
        fits = dims[i] == 0 || tensor->dims[i] == dims[i];
    if (!fits)
        return fail_shape(trained, error, name, rank, dims);
    for (uint32_t i = 0; i < rank; i++)
        dims[i] = tensor->dims[i];
    *numbers = ro_arena_alloc(trained->arena, tensor->count, sizeof **numbers);
    if (*numbers == NULL)
        return no_memory(error);
    if (!ro_safetensors_floats(tensor, *numbers))
        return fail(trained, error, name,
                    "is of a type that is not supported, only F32, F16 and BF16");
    for (uint64_t i = 0; i < tensor->count; i++)
        if (!isfinite((*numbers)[i]))
            return fail(trained, error, name, "holds an infinity or no number");
    trained->taken[tensor - ro_safetensors_at(trained->file, 0)] = true;
    return RO_STATUS_OK;
}

/* weights += b a, b [rows, rank] and a [rank, columns]; false if a sum is beyond what floats
 * hold. */
static bool add_product(const float *b, const float *a, uint64_t rows, uint64_t rank,
                        uint64_t columns, float *weights)
{
    for (uint64_t i = 0; i < rows; i++)
        for (uint64_t r = 0; r < rank; r++)
            for (uint64_t j = 0; j < columns; j++)
                weights[i * columns + j] += b[i * rank + r] * a[r * columns + j];
    for (uint64_t i = 0; i < rows * columns; i++)
        if (!isfinite(weights[i]))
            return false;
    return true;
}

/* The rank of "<name>.A" decides that of "<name>.B", which must be there too. */
static ro_status adapt_matrix(ro_trained *trained, const char *name, uint64_t rows,
                              uint64_t columns, float *weights, ro_error *error)
{
    char full[NAME_ROOM + 2];
    float *a, *b;
    uint64_t a_dims[] = {0, columns}, b_dims[] = {rows, 0};
    snprintf(full, sizeof full, "%s.A", name);
    ro_status status = take(trained, full, 2, a_dims, &a, error);
    if (status != RO_STATUS_OK || a == NULL)
        return status;
    b_dims[1] = a_dims[0];
    snprintf(full, sizeof full, "%s.B", name);
    status = take(trained, full, 2, b_dims, &b, error);
    if (status == RO_STATUS_OK && b == NULL)
        return fail(trained, error, full, "is missing");
    if (status == RO_STATUS_OK && !add_product(b, a, rows, a_dims[0], columns, weights))
        return fail(trained, error, full, "overflows with the matrix that it is added to");
    return status;
}

ro_status ro_trained_adapt(ro_trained *trained, const char *name, uint64_t rows, uint64_t columns,
                           float *weights, ro_error *error)
{
    static const char suffix[] = ".weight";
    size_t length = strlen(name), behind = sizeof suffix - 1;
    uint64_t dims[] = {rows, columns};
    float *whole;
    if (trained == NULL)
        return RO_STATUS_OK;
    ro_status status = take(trained, name, columns > 0 ? 2 : 1, dims, &whole, error);
    if (status == RO_STATUS_OK && whole != NULL)
        memcpy(weights, whole, rows * (columns > 0 ? columns : 1) * sizeof *weights);
    if (status != RO_STATUS_OK || columns == 0 || length <= behind || length >= NAME_ROOM ||
        strcmp(name + length - behind, suffix) != 0)
        return status;
    char layer[NAME_ROOM];
    memcpy(layer, name, length - behind);
    layer[length - behind] = '\0';
    return adapt_matrix(trained, layer, rows, columns, weights, error);
}

ro_status ro_trained_write(ro_trained *trained, ro_weights_writer *writer, json_t *model,
                           ro_error *error)
{
    for (size_t i = 0; i < ro_safetensors_count(trained->file); i++) {
        const ro_safetensor *tensor = ro_safetensors_at(trained->file, i);
        if (!ro_text_starts(ro_text_of(tensor->name), HEADS)) {
            if (!trained->taken[i])
                return fail(trained, error, tensor->name, "fits nothing in the package");
            continue;
        }
        uint64_t dims[RO_WEIGHT_RANK_MAX] = {0};
        float *numbers;
        uint32_t rank = tensor->rank < 2 ? 1 : 2;
        if (strlen(tensor->name) >= RO_WEIGHT_NAME_SIZE)
            return fail(trained, error, tensor->name, "has a longer name than any head's");
        ro_status status = take(trained, tensor->name, rank, dims, &numbers, error);
        if (status == RO_STATUS_OK)
            status = ro_weights_writer_add(writer, tensor->name, RO_WEIGHT_TYPE_F32, rank, dims,
                                           numbers, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    return json_object_set(model, "heads", trained->description) == 0 ? RO_STATUS_OK
                                                                      : no_memory(error);
}
