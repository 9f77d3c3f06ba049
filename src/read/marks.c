/* marks.c - reads marks: code points become bytes, everything is checked against the text.
 */
#include "read/marks.h"

static const char *const side_keys[RO_SIDE_COUNT] = {"actor", "recipient"};

/* The byte of a code point; false beyond the end. Bytes 10xxxxxx go on with a code point. */
static bool byte_of(const ro_document *document, json_int_t point, uint32_t *byte)
{
    uint32_t at = 0;
    for (; point > 0 && at < document->length; point--)
        do
            at++;
        while (at < document->length && ((unsigned char)document->text[at] & 0xC0) == 0x80);
    *byte = at;
    return point == 0;
}

static bool read_span(const ro_document *document, const json_t *start, const json_t *end,
                      ro_span *span)
{
    return json_is_integer(start) && json_is_integer(end) && json_integer_value(start) >= 0 &&
           json_integer_value(start) <= json_integer_value(end) &&
           byte_of(document, json_integer_value(start), &span->start) &&
           byte_of(document, json_integer_value(end), &span->end);
}

static ro_status read_side(const json_t *list, ro_document *document, ro_mark *mark, int side)
{
    size_t count = json_array_size(list);
    if (!json_is_array(list))
        return RO_STATUS_BAD_FORMAT;
    mark->sides[side] = ro_arena_alloc(document->arena, count, sizeof(ro_span));
    if (mark->sides[side] == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(list, i);
        if (json_array_size(pair) != 2 ||
            !read_span(document, json_array_get(pair, 0), json_array_get(pair, 1),
                       &mark->sides[side][i]))
            return RO_STATUS_BAD_FORMAT;
    }
    mark->counts[side] = (uint32_t)count;
    mark->pair = true;
    return RO_STATUS_OK;
}

static ro_status read_mark(const json_t *value, ro_document *document, ro_mark *mark)
{
    const json_t *start = json_object_get(value, "start"), *end = json_object_get(value, "end");
    *mark = (ro_mark){.span = {document->body, document->length}};
    if (!json_is_object(value) || ((start != NULL || end != NULL) &&
                                   !read_span(document, start, end, &mark->span)))
        return RO_STATUS_BAD_FORMAT;
    ro_status status = RO_STATUS_OK;
    for (int side = 0; side < RO_SIDE_COUNT && status == RO_STATUS_OK; side++) {
        const json_t *list = json_object_get(value, side_keys[side]);
        if (list != NULL)
            status = read_side(list, document, mark, side);
    }
    return status;
}

ro_status ro_marks_read(const json_t *value, ro_document *document, const char **expected,
                        size_t *at)
{
    *expected = "a list of objects with start and end within the text, and lists of such pairs as "
                "actor and recipient";
    *at = 0;
    if (!json_is_array(value))
        return RO_STATUS_BAD_FORMAT;
    for (; *at < json_array_size(value); ++*at) {
        ro_mark *mark = RO_LIST_ADD(document->arena, &document->marks);
        if (mark == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        ro_status status = read_mark(json_array_get(value, *at), document, mark);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}
