/* marks.c - reads marks: code points become bytes, everything is checked against the text.
 *
 * The byte of every STEP-th code point is noted once, so that a mark costs the same wherever it is.
 */
#include "read/marks.h"

enum { STEP = 256 };

static const char *const side_keys[RO_SIDE_COUNT] = {"actor", "recipient"};

/* Where the code points of a text are. */
typedef struct points {
    ro_document *document;
    uint32_t *bytes; /* [i] the byte of code point i * STEP      */
    uint32_t count;  /* code points; their end is the text's end */
} points;

/* Bytes 10xxxxxx go on with a code point. */
static bool is_start(const ro_document *document, uint32_t byte)
{
    return ((unsigned char)document->text[byte] & 0xC0) != 0x80;
}

static bool note_points(ro_document *document, points *of)
{
    *of = (points){.document = document};
    of->bytes = ro_arena_alloc(document->arena, document->length / STEP + 1, sizeof *of->bytes);
    for (uint32_t at = 0; of->bytes != NULL && at < document->length; at++)
        if (is_start(document, at)) {
            if (of->count % STEP == 0)
                of->bytes[of->count / STEP] = at;
            of->count++;
        }
    return of->bytes != NULL;
}

/* The byte of a code point; false beyond the end. */
static bool byte_of(const points *of, json_int_t point, uint32_t *byte)
{
    uint32_t at = of->document->length;
    if (point < 0 || point > (json_int_t)of->count)
        return false;
    if (point < (json_int_t)of->count) {
        at = of->bytes[point / STEP];
        for (json_int_t left = point % STEP; left > 0; left--)
            do
                at++;
            while (!is_start(of->document, at));
    }
    *byte = at;
    return true;
}

static bool read_span(const points *of, const json_t *start, const json_t *end, ro_span *span)
{
    return json_is_integer(start) && json_is_integer(end) &&
           json_integer_value(start) <= json_integer_value(end) &&
           byte_of(of, json_integer_value(start), &span->start) &&
           byte_of(of, json_integer_value(end), &span->end);
}

/* A field; NULL if it is absent or null. */
static const json_t *field(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

static ro_status read_side(const json_t *list, const points *of, ro_mark *mark, int side)
{
    size_t count = json_array_size(list);
    if (!json_is_array(list))
        return RO_STATUS_BAD_FORMAT;
    mark->sides[side] = ro_arena_alloc(of->document->arena, count, sizeof(ro_span));
    if (mark->sides[side] == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(list, i);
        if (json_array_size(pair) != 2 ||
            !read_span(of, json_array_get(pair, 0), json_array_get(pair, 1), &mark->sides[side][i]))
            return RO_STATUS_BAD_FORMAT;
    }
    mark->counts[side] = (uint32_t)count;
    mark->pair = true;
    return RO_STATUS_OK;
}

static ro_status read_mark(const json_t *value, const points *of, ro_mark *mark)
{
    const json_t *start = field(value, "start"), *end = field(value, "end");
    *mark = (ro_mark){.span = {of->document->body, of->document->length}};
    if (!json_is_object(value) ||
        ((start != NULL || end != NULL) && !read_span(of, start, end, &mark->span)))
        return RO_STATUS_BAD_FORMAT;
    ro_status status = RO_STATUS_OK;
    for (int side = 0; side < RO_SIDE_COUNT && status == RO_STATUS_OK; side++) {
        const json_t *list = field(value, side_keys[side]);
        if (list != NULL)
            status = read_side(list, of, mark, side);
    }
    return status;
}

ro_status ro_marks_read(const json_t *value, ro_document *document, const char **expected,
                        size_t *at)
{
    points of;
    *expected = "a list of objects with start and end within the text, and lists of such pairs as "
                "actor and recipient";
    *at = 0;
    if (!json_is_array(value))
        return RO_STATUS_BAD_FORMAT;
    if (!note_points(document, &of))
        return RO_STATUS_OUT_OF_MEMORY;
    for (; *at < json_array_size(value); ++*at) {
        ro_mark *mark = RO_LIST_ADD(document->arena, &document->marks);
        if (mark == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        ro_status status = read_mark(json_array_get(value, *at), &of, mark);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}
