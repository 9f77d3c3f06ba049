/* timerules.c - what a time expression looks like: reads rules.tsv and finds the longest match.
 *
 * A pattern with k optional elements becomes its 2^k variants when it is read, so that matching is
 * one walk along each. Variants are chained by their first word, tag or class: a piece that begins
 * none costs one look-up each. What a match is worth is timevalue.c's matter.
 */
#include "when/timerules.h"

#include "base/alloc.h"
#include "base/closed_set.h"
#include "base/error.h"
#include "base/text.h"
#include "lexicon/table.h"

#define ELEMENTS 12
#define ALTERNATIVES 10
#define OPTIONALS 6
#define FIELDS 6 /* the last two, an example and its value, are for tests/rules.py */

typedef struct alternative {
    bool is_class, is_tag;
    ro_time_class class;
    ro_text word; /* or tag */
} alternative;

typedef struct element {
    alternative alternatives[ALTERNATIVES];
    uint32_t count;
    bool is_optional, is_context;
    bool is_hyphen, is_space; /* "-": a hyphen stands here, "_": none does */
} element;

typedef struct pattern {
    element elements[ELEMENTS];
    uint32_t count;
} pattern;

typedef struct variant {
    uint32_t rule;
    uint32_t count;
    const element *elements[ELEMENTS];
} variant;

/* A way to begin: a variant in the chain of its first word or class. */
typedef struct beginning {
    uint32_t variant, next;
} beginning;

struct ro_timerules {
    ro_arena *arena;
    const ro_timewords *words;
    RO_LIST(ro_timerule) rules;
    RO_LIST(variant) variants;
    RO_LIST(beginning) beginnings;
    ro_map *by_word, *by_tag; /* first word, tag of the first -> beginning */
    uint32_t by_class[RO_TIME_CLASS_COUNT_OF];
};

static const char *const operation_names[] = {
#define RO_OPERATION(member, name) name,
#include "when/operation.def"
#undef RO_OPERATION
};

/* ---- reading --------------------------------------------------------------------------------- */

static bool is_class_name(ro_text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z')
            return false;
    return word.length > 1;
}

static bool parse_element(ro_text text, element *made)
{
    *made = (element){0};
    if (text.data[0] == '~' && text.length > 1) {
        made->is_context = true;
        text = (ro_text){text.data + 1, text.length - 1};
    }
    if (ro_text_ends(text, "?") && text.length > 1) {
        made->is_optional = true;
        text.length--;
    }
    ro_text word;
    while (ro_table_piece(&text, '|', &word)) {
        if (made->count == ALTERNATIVES)
            return false;
        alternative *each = &made->alternatives[made->count++];
        each->word = word;
        if (word.data[0] == '<' && !ro_text_ends(word, ">"))
            return false;
        each->is_tag = word.length > 2 && word.data[0] == '<' && ro_text_ends(word, ">");
        if (each->is_tag)
            each->word = (ro_text){word.data + 1, word.length - 2};
        each->is_class = !each->is_tag && is_class_name(word);
        if (each->is_class && !ro_timewords_parse_class(word, true, &each->class))
            return false;
    }
    made->is_hyphen = ro_text_equal_string(made->alternatives[0].word, "-");
    made->is_space = ro_text_equal_string(made->alternatives[0].word, "_");
    return made->count > 0;
}

static bool parse_pattern(ro_text text, pattern *made)
{
    ro_text word;
    uint32_t optionals = 0;
    made->count = 0;
    while (ro_table_piece(&text, ' ', &word)) {
        if (made->count == ELEMENTS || !parse_element(word, &made->elements[made->count]))
            return false;
        optionals += made->elements[made->count++].is_optional;
    }
    return optionals < made->count && optionals <= OPTIONALS;
}

static ro_status add_beginnings(ro_timerules *rules, uint32_t index)
{
    const element *first = rules->variants.items[index].elements[0];
    for (uint32_t i = 0; i < first->count; i++) {
        const alternative *each = &first->alternatives[i];
        beginning *made = RO_LIST_ADD(rules->arena, &rules->beginnings);
        if (made == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *made = (beginning){index, RO_NONE};
        if (each->is_class) {
            made->next = rules->by_class[each->class];
            rules->by_class[each->class] = rules->beginnings.count - 1;
            continue;
        }
        ro_map *map = each->is_tag ? rules->by_tag : rules->by_word;
        ro_map_get(map, each->word, &made->next);
        if (ro_map_set(map, each->word, rules->beginnings.count - 1) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

/* Adds the variant that leaves out the optional elements whose bits are 0; one of context alone is
 * none, nor is one that ends in a comma. */
static ro_status add_variant(ro_timerules *rules, const pattern *whole, uint32_t rule,
                             uint32_t bits)
{
    variant made = {.rule = rule};
    const element *last = NULL;
    for (uint32_t i = 0; i < whole->count; i++) {
        const element *each = &whole->elements[i];
        bool is_in = true;
        if (each->is_optional) {
            is_in = bits & 1;
            bits >>= 1;
        }
        if (is_in)
            made.elements[made.count++] = each;
        if (is_in && !each->is_context && !each->is_space)
            last = each;
    }
    if (last == NULL || ro_text_equal_string(last->alternatives[0].word, ","))
        return RO_STATUS_OK;
    variant *added = RO_LIST_ADD(rules->arena, &rules->variants);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = made;
    return add_beginnings(rules, rules->variants.count - 1);
}

/* A number and capitals, "-1D", "0.5", "X"; of fixed, which alone needs one, anything. */
static bool is_argument(ro_operation operation, const char *argument)
{
    if (operation == RO_OPERATION_FIXED)
        return argument[0] != '\0';
    argument += argument[0] == '-';
    argument += strspn(argument, "0123456789.");
    return argument[strspn(argument, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

static ro_status add_rule(ro_timerules *rules, const ro_table *table, ro_error *error)
{
    ro_timerule rule = {0};
    pattern *whole = ro_arena_alloc(rules->arena, 1, sizeof *whole);
    char *text = ro_arena_copy(rules->arena, table->fields[0].data, table->fields[0].length);
    rule.argument = ro_arena_copy(rules->arena, table->fields[3].data, table->fields[3].length);
    rule.source = ro_arena_format(rules->arena, "rules.tsv:%llu", (unsigned long long)table->line);
    if (whole == NULL || text == NULL || rule.argument == NULL || rule.source == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    if (!parse_pattern((ro_text){text, table->fields[0].length}, whole))
        return ro_table_fault(
            table, error,
            "a pattern of at most 12 words, CLASSES that there are and <TAG>s, at "
            "most 6 of them and not all optional",
            table->fields[0]);
    if (!ro_timex_type_parse(table->fields[1], &rule.type))
        return ro_table_fault(table, error, "DATE, TIME, DURATION or SET", table->fields[1]);
    unsigned operation;
    if (!ro_closed_set_find(operation_names, RO_CLOSED_SET_COUNT(operation_names), table->fields[2],
                            &operation) ||
        table->field_count != FIELDS)
        return ro_table_fault(table, error,
                              "an operation (date, shift ...), its argument, an example, its value",
                              table->fields[2]);
    rule.operation = (ro_operation)operation;
    if (!is_argument(rule.operation, rule.argument))
        return ro_table_fault(table, error, "an argument that fits the operation",
                              table->fields[3]);
    ro_timerule *added = RO_LIST_ADD(rules->arena, &rules->rules);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = rule;
    uint32_t optionals = 0;
    for (uint32_t i = 0; i < whole->count; i++)
        optionals += whole->elements[i].is_optional;
    for (uint32_t bits = 0; bits < 1u << optionals; bits++)
        if (add_variant(rules, whole, rules->rules.count - 1, bits) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    return RO_STATUS_OK;
}

ro_status ro_timerules_open(const char *path, ro_arena *arena, const ro_allocator *allocator,
                            const ro_timewords *words, ro_timerules **rules, ro_error *error)
{
    ro_timerules *made = ro_arena_alloc(arena, 1, sizeof *made);
    ro_map *by_word = ro_map_new(allocator), *by_tag = ro_map_new(allocator);
    if (made == NULL || by_word == NULL || by_tag == NULL) {
        ro_map_free(by_word);
        ro_map_free(by_tag);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    }
    made->arena = arena;
    made->words = words;
    made->by_word = by_word;
    made->by_tag = by_tag;
    for (int i = 0; i < RO_TIME_CLASS_COUNT_OF; i++)
        made->by_class[i] = RO_NONE;
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status == RO_STATUS_OK) {
        while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
            if ((status = add_rule(made, &table, error)) != RO_STATUS_OK)
                break;
        ro_table_close(&table);
        if (status == RO_STATUS_OUT_OF_MEMORY)
            ro_error_set(error, status, "when", "out of memory");
    }
    if (status != RO_STATUS_END) {
        ro_timerules_close(made);
        return status;
    }
    *rules = made;
    return RO_STATUS_OK;
}

void ro_timerules_close(ro_timerules *rules)
{
    if (rules == NULL)
        return;
    ro_map_free(rules->by_word);
    ro_map_free(rules->by_tag);
}

/* ---- matching -------------------------------------------------------------------------------- */

/* The search for what begins at one piece. Hundreds of variants may ask what the first piece means;
 * it is read once a class. */
typedef struct attempt {
    const ro_timerules *rules;
    const ro_piece *pieces;
    uint32_t count, start;
    bool is_read[RO_TIME_CLASS_COUNT_OF], is_found[RO_TIME_CLASS_COUNT_OF];
    ro_reading readings[RO_TIME_CLASS_COUNT_OF];
} attempt;

static bool read_class(attempt *tried, uint32_t at, ro_time_class class, ro_reading *reading)
{
    if (at != tried->start)
        return ro_timewords_read(tried->rules->words, tried->pieces, tried->count, at, class,
                                 reading);
    if (!tried->is_read[class]) {
        tried->is_read[class] = true;
        tried->is_found[class] = ro_timewords_read(tried->rules->words, tried->pieces, tried->count,
                                                   at, class, &tried->readings[class]);
    }
    *reading = tried->readings[class];
    return tried->is_found[class];
}

/* Of two years, numbers, days or units the first is kept beside the last. */
static void keep_first(ro_timematch *match, ro_time_class class)
{
    const ro_reading *reading = &match->readings[class];
    if (class == RO_TIME_CLASS_UNIT)
        match->first_unit = reading->value;
    else
        match->first_number = reading->number;
}

static bool match_element(attempt *tried, const element *asked, uint32_t *at, ro_timematch *match)
{
    const ro_piece *piece = &tried->pieces[*at];
    for (uint32_t i = 0; i < asked->count; i++) {
        const alternative *each = &asked->alternatives[i];
        if (!each->is_class) {
            if (!ro_text_equal(each->is_tag ? piece->tag : piece->lower, each->word))
                continue;
            ++*at;
            return true;
        }
        ro_reading reading;
        if (!read_class(tried, *at, each->class, &reading))
            continue;
        ro_time_class class = ro_timewords_singular(each->class);
        if (match->has[class])
            keep_first(match, class);
        match->has[class] = true;
        match->readings[class] = reading;
        *at = reading.end;
        return true;
    }
    return false;
}

static bool match_variant(attempt *tried, const variant *each, ro_timematch *match)
{
    uint32_t at = tried->start;
    bool is_inside = false;
    *match = (ro_timematch){.rule = &tried->rules->rules.items[each->rule], .first = at, .end = at};
    for (uint32_t i = 0; i < each->count; i++) {
        const element *asked = each->elements[i];
        bool is_hyphen = at < tried->count && tried->pieces[at].is_hyphen;
        if (asked->is_space) {
            if (is_hyphen)
                return false;
            continue;
        }
        if (i > 0 && is_hyphen && !asked->is_hyphen)
            at++;
        if (at >= tried->count || !match_element(tried, asked, &at, match))
            return false;
        if (!asked->is_context)
            match->end = at;
        else if (!is_inside)
            match->first = at;
        is_inside = is_inside || !asked->is_context;
    }
    return true;
}

static void try_chain(attempt *tried, uint32_t chain, ro_timematch *best)
{
    for (; chain != RO_NONE; chain = tried->rules->beginnings.items[chain].next) {
        uint32_t index = tried->rules->beginnings.items[chain].variant;
        ro_timematch match;
        if (match_variant(tried, &tried->rules->variants.items[index], &match) &&
            (best->rule == NULL || match.end > best->end ||
             (match.end == best->end && match.rule < best->rule)))
            *best = match;
    }
}

bool ro_timerules_match(const ro_timerules *rules, const ro_piece *pieces, uint32_t count,
                        uint32_t start, ro_timematch *match)
{
    attempt tried;
    tried.rules = rules;
    tried.pieces = pieces;
    tried.count = count;
    tried.start = start;
    memset(tried.is_read, 0, sizeof tried.is_read);
    uint32_t chain = RO_NONE;
    ro_timematch best = {0};
    if (ro_map_get(rules->by_word, pieces[start].lower, &chain))
        try_chain(&tried, chain, &best);
    if (ro_map_get(rules->by_tag, pieces[start].tag, &chain))
        try_chain(&tried, chain, &best);
    bool begins = ro_timewords_begins(rules->words, &pieces[start]);
    for (int class = 0; begins && class < RO_TIME_CLASS_COUNT_OF; class ++) {
        ro_reading reading;
        if (rules->by_class[class] != RO_NONE &&
            read_class(&tried, start, (ro_time_class) class, &reading))
            try_chain(&tried, rules->by_class[class], &best);
    }
    if (best.rule != NULL)
        *match = best;
    return best.rule != NULL;
}
