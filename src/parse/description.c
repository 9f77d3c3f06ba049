/* description.c - reads what a model file says of itself. What it means is its users' matter. */
#include "parse/description.h"

#include "base/error.h"

ro_status ro_description_read(const ro_weights *weights, json_t **description, ro_error *error)
{
    const ro_weight *found;
    json_error_t fault;
    ro_status status = ro_weights_get(weights, "model.json", RO_WEIGHT_TYPE_U8, 1,
                                      (const uint64_t[]){0}, &found, error);
    if (status != RO_STATUS_OK)
        return status;
    json_t *read = json_loadb(found->data, (size_t)found->bytes, JSON_ALLOW_NUL, &fault);
    if (read == NULL)
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights),
                               (uint64_t)fault.line, (uint64_t)fault.position,
                               "model.json is no JSON: %s", fault.text);
    if (json_integer_value(json_object_get(read, "readout_model")) != 1) {
        json_decref(read);
        return ro_error_set_at(error, RO_STATUS_BAD_VERSION, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "model.json is not of version 1");
    }
    *description = read;
    return RO_STATUS_OK;
}
