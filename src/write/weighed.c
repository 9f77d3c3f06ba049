/* weighed.c - what a stage weighed, one JSON object a line (docs/attribution.md).
 *
 * "tokens": start and end of all tokens, in code points; "features": the names of the features;
 * "options": of each decision's parts, in ranges of tokens by number, with the score and, as pairs
 * of a feature's number and its value, what that is a sum of.
 */
#include "base/text.h"
#include "write/formats.h"
#include "write/offset.h"

#include <math.h>

static void write_tokens(const ro_document *document, ro_emit *emit)
{
    ro_offset offset;
    ro_offset_start(&offset, document->text, 0, document->length);
    ro_emit_key(emit, "tokens");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < document->token_count; i++) {
        ro_emit_open(emit, '[');
        ro_emit_json_unsigned(emit, ro_offset_get(&offset, document->tokens[i].start));
        ro_emit_json_unsigned(emit, ro_offset_get(&offset, document->tokens[i].end));
        ro_emit_close(emit, ']');
    }
    ro_emit_close(emit, ']');
}

static void write_option(const ro_weighed *option, uint32_t features, ro_emit *emit)
{
    ro_emit_open(emit, '{');
    ro_emit_field_unsigned(emit, "decision", option->decision);
    ro_emit_field_string(emit, "part", option->part);
    ro_emit_key(emit, "ranges");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < option->count; i++) {
        ro_emit_open(emit, '[');
        ro_emit_json_unsigned(emit, option->ranges[i].first);
        ro_emit_json_unsigned(emit, option->ranges[i].end);
        ro_emit_close(emit, ']');
    }
    ro_emit_close(emit, ']');
    ro_emit_key(emit, "score");
    ro_emit_json_number(emit, round(option->score * 1e4) / 1e4);
    ro_emit_key(emit, "values");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < features; i++) {
        double value = round((double)option->values[i] * 1e4) / 1e4;
        if (value == 0)
            continue;
        ro_emit_open(emit, '[');
        ro_emit_json_unsigned(emit, i);
        ro_emit_json_number(emit, value);
        ro_emit_close(emit, ']');
    }
    ro_emit_close(emit, ']');
    ro_emit_close(emit, '}');
}

ro_status ro_weighed_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit)
{
    (void)options;
    const ro_weighed_list *weighed = &document->weighed;
    ro_emit_open(emit, '{');
    ro_emit_field_string(emit, "id", document->id);
    write_tokens(document, emit);
    ro_emit_key(emit, "features");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < weighed->feature_count; i++)
        ro_emit_json_text(emit, ro_text_of(weighed->features[i]));
    ro_emit_close(emit, ']');
    ro_emit_key(emit, "options");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < weighed->list.count; i++)
        write_option(&weighed->list.items[i], weighed->feature_count, emit);
    ro_emit_close(emit, ']');
    ro_emit_close(emit, '}');
    ro_emit_character(emit, '\n');
    emit->comma = false;
    return RO_STATUS_OK;
}
