/* compile.c - makes the image of a lexicon (image.h) of a draft without faults.
 *
 * All that goes into it is first listed: facts in the order of the lines, forms and holders chained
 * by key, keys in the order of their first form. Then it is written in one go, so that the same
 * text gives the same bytes. Keys are most of it; they are borrowed from the draft, and found in a
 * table that is large enough from the start.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "lexicon/draft.h"
#include "lexicon/image.h"

typedef struct key {
    ro_text text;
    uint32_t hash;
    uint32_t value;
    uint32_t last, run; /* of its chain: the end, and where the last line's forms begin */
} key;

typedef struct plan {
    ro_draft *draft;
    ro_arena *arena;
    ro_map *places; /* string -> its place */
    RO_LIST(ro_text) strings;
    uint64_t string_bytes;
    RO_LIST(key) keys;
    RO_LIST(ro_image_fact) facts;
    RO_LIST(ro_image_form) forms;
    RO_LIST(uint32_t) sectors;
    uint32_t *fact_of; /* line -> fact, RO_DRAFT_NONE if it is left out */
    uint32_t *slots;   /* hash -> key + 1, 0: free                      */
    uint32_t slot_count;
} plan;

/* ---- strings --------------------------------------------------------------------------------- */

/* Adds a string that is not looked for again, and borrows it; its place. */
static ro_status add_string(plan *to, ro_text text, uint32_t *place)
{
    if (to->string_bytes + text.length + 1 > UINT32_MAX)
        return RO_STATUS_TOO_LARGE;
    ro_text *added = RO_LIST_ADD(to->arena, &to->strings);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = text;
    *place = (uint32_t)to->string_bytes;
    to->string_bytes += text.length + 1;
    return RO_STATUS_OK;
}

static ro_status share_string(plan *to, ro_text text, uint32_t *place)
{
    *place = 0;
    if (text.length == 0 || ro_map_get(to->places, text, place))
        return RO_STATUS_OK;
    ro_status status = add_string(to, text, place);
    return status == RO_STATUS_OK ? ro_map_set(to->places, text, *place) : status;
}

/* ---- keys ------------------------------------------------------------------------------------ */

/* Makes a table with room for twice the keys that there can be: forms and their plurals with their
 * beginnings, and two references a line. */
static ro_status make_slots(plan *to)
{
    const ro_draft *draft = to->draft;
    uint64_t keys = 2 * (uint64_t)draft->lines.count, slots = 8;
    for (uint32_t i = 0; i < draft->forms.count; i++) {
        const ro_draft_form *form = &draft->forms.items[i];
        uint64_t words = 1;
        for (size_t at = 0; at < form->key.length; at++)
            words += form->key.data[at] == ' ';
        bool is_noun = ro_draft_is_noun(draft->lines.items[form->line].what);
        keys += is_noun ? 2 * words : words;
    }
    while (slots < 2 * keys)
        slots *= 2;
    if (slots > UINT32_MAX)
        return RO_STATUS_TOO_LARGE;
    to->slots = ro_arena_alloc(to->arena, slots, sizeof *to->slots);
    to->slot_count = (uint32_t)slots;
    return to->slots != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* Finds or adds a key, whose value is RO_IMAGE_NONE at first. text is borrowed. */
static ro_status add_key(plan *to, ro_text text, uint32_t *index)
{
    uint32_t hash = ro_image_hash(text.data, text.length), mask = to->slot_count - 1;
    uint32_t at = hash & mask;
    for (; to->slots[at] != 0; at = (at + 1) & mask) {
        const key *there = &to->keys.items[to->slots[at] - 1];
        if (there->hash == hash && ro_text_equal(there->text, text)) {
            *index = to->slots[at] - 1;
            return RO_STATUS_OK;
        }
    }
    key *added = RO_LIST_ADD(to->arena, &to->keys);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = (key){text, hash, RO_IMAGE_NONE, RO_IMAGE_NONE, RO_IMAGE_NONE};
    to->slots[at] = to->keys.count;
    *index = to->keys.count - 1;
    return RO_STATUS_OK;
}

/* Gives a key with a letter in front a value, unless it has one. */
static ro_status add_reference(plan *to, char letter, ro_text text, uint32_t value)
{
    uint32_t index;
    const char *reference =
        ro_arena_format(to->arena, "%c%.*s", letter, (int)text.length, text.data);
    if (reference == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_status status = add_key(to, ro_text_of(reference), &index);
    if (status == RO_STATUS_OK && to->keys.items[index].value == RO_IMAGE_NONE)
        to->keys.items[index].value = value;
    return status;
}

/* Whether b says nothing beyond a: a asks for no more, and for no more support. */
static bool covers(const ro_image_form *a, const ro_image_form *b)
{
    return a->spelling <= b->spelling && a->weak <= b->weak;
}

/* Appends a form to the chain of a key, unless the fact has it there already. */
static ro_status chain(plan *to, uint32_t index, ro_image_form form)
{
    key *of = &to->keys.items[index];
    bool runs_on = of->last != RO_IMAGE_NONE && to->forms.items[of->last].fact == form.fact;
    for (uint32_t at = runs_on ? of->run : RO_IMAGE_NONE; at != RO_IMAGE_NONE;
         at = to->forms.items[at].next) {
        ro_image_form *there = &to->forms.items[at];
        if (!covers(there, &form) && !covers(&form, there))
            continue;
        if (!covers(there, &form)) {
            there->spelling = form.spelling;
            there->weak = form.weak;
        }
        return RO_STATUS_OK;
    }
    ro_image_form *added = RO_LIST_ADD(to->arena, &to->forms);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    uint32_t place = to->forms.count - 1;
    form.next = RO_IMAGE_NONE;
    *added = form;
    if (of->last == RO_IMAGE_NONE)
        of->value = place;
    else
        to->forms.items[of->last].next = place;
    of->last = place;
    of->run = runs_on ? of->run : place;
    return RO_STATUS_OK;
}

/* A phrase and all its beginnings that end with a word. */
static ro_status add_phrase(plan *to, const ro_draft_entry *entry)
{
    uint32_t index;
    ro_status status = RO_STATUS_OK;
    for (size_t i = 1; i < entry->key.length && status == RO_STATUS_OK; i++)
        if (entry->key.data[i] == ' ')
            status = add_key(to, (ro_text){entry->key.data, i}, &index);
    if (status == RO_STATUS_OK)
        status = add_key(to, entry->key, &index);
    if (status != RO_STATUS_OK)
        return status;
    return chain(to, index,
                 (ro_image_form){.fact = to->fact_of[entry->line],
                                 .spelling = (uint8_t)entry->spelling,
                                 .weak = entry->weak});
}

/* ---- facts ----------------------------------------------------------------------------------- */

/* What no form leads to is left out, unless it is referred to. */
static bool is_kept(const ro_draft_line *line)
{
    return line->what != RO_FACT_WHAT_WITHDRAW && !line->replaced &&
           (!line->withdrawn || line->what == RO_FACT_WHAT_COUNTRY ||
            ro_draft_is_noun(line->what));
}

/* The name of a thing is that of its first line. */
static ro_text name_of(const ro_draft *draft, const ro_draft_line *line)
{
    if (line->thing == RO_DRAFT_NONE)
        return line->name;
    const ro_draft_line *first =
        &draft->lines.items[draft->things.items[line->thing].first_line];
    while (first->replaced)
        first = &draft->lines.items[first->next];
    return first->name;
}

static ro_text role_of(const ro_draft *draft, const ro_draft_line *line)
{
    if (line->role_line != RO_DRAFT_NONE)
        return name_of(draft, &draft->lines.items[line->role_line]);
    if (line->what == RO_FACT_WHAT_SECTOR)
        return line->role.length > 0 ? line->role : line->code;
    return (ro_text){"", 0};
}

static ro_status add_fact(plan *to, uint32_t index)
{
    const ro_draft *draft = to->draft;
    const ro_draft_line *line = &draft->lines.items[index];
    const char *source = ro_draft_place(draft, line);
    ro_image_fact *fact = RO_LIST_ADD(to->arena, &to->facts);
    if (fact == NULL || source[0] == '\0')
        return RO_STATUS_OUT_OF_MEMORY;
    fact->from = line->from.earliest;
    fact->until = line->until.latest;
    fact->what = (uint8_t)line->what;
    fact->pronoun = line->pronoun;
    fact->layer = (uint16_t)(line->layer < UINT16_MAX ? line->layer : UINT16_MAX);
    ro_text parent = {"", 0};
    if (line->parent_line != RO_DRAFT_NONE)
        parent = name_of(draft, &draft->lines.items[line->parent_line]);
    ro_text country = line->what == RO_FACT_WHAT_COUNTRY ? line->code : line->country;
    const struct {
        ro_text text;
        uint32_t *place;
    } strings[] = {
        {name_of(draft, line), &fact->name}, {line->code, &fact->code},
        {country, &fact->country},           {line->sectors, &fact->sectors},
        {role_of(draft, line), &fact->role}, {parent, &fact->parent},
    };
    ro_status status = add_string(to, ro_text_of(source), &fact->source);
    for (size_t i = 0; i < sizeof strings / sizeof strings[0] && status == RO_STATUS_OK; i++)
        status = share_string(to, strings[i].text, strings[i].place);
    to->fact_of[index] = to->facts.count - 1;
    return status;
}

static ro_status add_holder(plan *to, const ro_draft_line *line, uint32_t fact)
{
    uint32_t index;
    ro_text owner = line->country.length > 0 ? line->country : line->code;
    ro_text role = role_of(to->draft, line);
    const char *office =
        ro_arena_format(to->arena, "%c%.*s %.*s", RO_IMAGE_OFFICE, (int)owner.length, owner.data,
                        (int)role.length, role.data);
    ro_status status =
        office != NULL ? add_key(to, ro_text_of(office), &index) : RO_STATUS_OUT_OF_MEMORY;
    return status == RO_STATUS_OK ? chain(to, index, (ro_image_form){.fact = fact}) : status;
}

static ro_status add_references(plan *to, uint32_t index)
{
    const ro_draft_line *line = &to->draft->lines.items[index];
    uint32_t fact = to->fact_of[index];
    if (line->what == RO_FACT_WHAT_COUNTRY)
        return add_reference(to, RO_IMAGE_COUNTRY, line->code, fact);
    if (ro_draft_is_noun(line->what))
        return add_reference(to, RO_IMAGE_NOUN, to->draft->forms.items[line->first_form].key, fact);
    if (line->what == RO_FACT_WHAT_PERSON && line->role_line != RO_DRAFT_NONE &&
        to->draft->lines.items[line->role_line].one)
        return add_holder(to, line, fact);
    return RO_STATUS_OK;
}

/* Sectors keep the place that the lowest layer gives them; new ones come behind. */
static ro_status add_sectors(plan *to)
{
    const ro_draft *draft = to->draft;
    for (int ours = 1; ours >= 0; ours--) {
        for (uint32_t i = 0; i < draft->lines.count; i++) {
            const ro_draft_line *line = &draft->lines.items[i];
            uint32_t stated, before = to->keys.count;
            if (line->what != RO_FACT_WHAT_SECTOR || (line->layer == 0) != ours ||
                !ro_map_get(draft->codes, line->code, &stated))
                continue;
            ro_status status =
                add_reference(to, RO_IMAGE_SECTOR, line->code, to->sectors.count);
            if (status != RO_STATUS_OK)
                return status;
            if (to->keys.count == before)
                continue;
            uint32_t *added = RO_LIST_ADD(to->arena, &to->sectors);
            if (added == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *added = to->fact_of[stated];
        }
    }
    return RO_STATUS_OK;
}

/* ---- the image ------------------------------------------------------------------------------- */

static ro_status list_all(plan *to)
{
    const ro_draft *draft = to->draft;
    uint32_t none;
    ro_status status = make_slots(to);
    if (status == RO_STATUS_OK)
        status = add_string(to, (ro_text){"", 0}, &none);
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        to->fact_of[i] = RO_DRAFT_NONE;
        if (is_kept(&draft->lines.items[i]))
            status = add_fact(to, i);
        if (status == RO_STATUS_OK && to->fact_of[i] != RO_DRAFT_NONE)
            status = add_references(to, i);
    }
    if (status == RO_STATUS_OK)
        status = add_sectors(to);
    for (uint32_t i = 0; i < draft->entries.count && status == RO_STATUS_OK; i++)
        status = add_phrase(to, &draft->entries.items[i]);
    return status;
}

static void write_slots(const plan *from, ro_image_slot *slots, uint32_t count, uint32_t first)
{
    uint32_t place = first;
    for (uint32_t i = 0; i < from->keys.count; i++) {
        const key *each = &from->keys.items[i];
        uint32_t at = each->hash & (count - 1);
        while (slots[at].key != 0)
            at = (at + 1) & (count - 1);
        slots[at] = (ro_image_slot){each->hash, place, each->value};
        place += (uint32_t)each->text.length + 1;
    }
}

static void write_image(const plan *from, uint64_t digest, ro_image_header *header, char *start)
{
    ro_image_layout layout = ro_image_layout_of(header);
    memcpy(header->magic, RO_IMAGE_MAGIC, sizeof header->magic);
    header->version = RO_IMAGE_VERSION;
    header->byte_order = RO_IMAGE_BYTE_ORDER;
    header->digest = digest;
    header->length = layout.length;
    memcpy(start, header, sizeof *header);
    if (header->facts > 0)
        memcpy(start + layout.facts, from->facts.items, header->facts * sizeof(ro_image_fact));
    if (header->forms > 0)
        memcpy(start + layout.forms, from->forms.items, header->forms * sizeof(ro_image_form));
    if (header->sectors > 0)
        memcpy(start + layout.sectors, from->sectors.items, header->sectors * sizeof(uint32_t));
    char *string = start + layout.strings;
    for (uint32_t i = 0; i < from->strings.count; i++) {
        memcpy(string, from->strings.items[i].data, from->strings.items[i].length);
        string += from->strings.items[i].length + 1;
    }
    uint32_t first = (uint32_t)(string - (start + layout.strings));
    for (uint32_t i = 0; i < from->keys.count; i++) {
        memcpy(string, from->keys.items[i].text.data, from->keys.items[i].text.length);
        string += from->keys.items[i].text.length + 1;
    }
    write_slots(from, (void *)(start + layout.slots), header->slots, first);
    ((ro_image_header *)(void *)start)->checksum = ro_image_checksum(start, layout.length);
}

/* The counts; false if there are too many bytes of strings. */
static bool count_all(const plan *from, ro_image_header *header)
{
    uint64_t strings = from->string_bytes, slots = 8;
    for (uint32_t i = 0; i < from->keys.count; i++)
        strings += from->keys.items[i].text.length + 1;
    while (slots < 2 * (uint64_t)from->keys.count)
        slots *= 2;
    *header = (ro_image_header){
        .facts = from->facts.count,
        .forms = from->forms.count,
        .slots = (uint32_t)slots,
        .sectors = from->sectors.count,
        .strings = (uint32_t)strings,
    };
    return strings <= UINT32_MAX && slots <= UINT32_MAX;
}

ro_status ro_compile_draft(ro_draft *draft, uint64_t digest, void **table, size_t *length)
{
    plan made = {
        .draft = draft,
        .arena = draft->arena,
        .places = ro_map_new(draft->allocator),
        .fact_of = ro_arena_alloc(draft->arena, draft->lines.count, sizeof(uint32_t)),
    };
    ro_image_header header;
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    if (made.places != NULL && made.fact_of != NULL)
        status = list_all(&made);
    if (status == RO_STATUS_OK && !count_all(&made, &header))
        status = RO_STATUS_TOO_LARGE;
    if (status == RO_STATUS_OK) {
        *length = (size_t)ro_image_layout_of(&header).length;
        *table = ro_alloc_aligned(draft->allocator, *length, 1);
        if (*table == NULL) {
            status = RO_STATUS_OUT_OF_MEMORY;
        } else {
            memset(*table, 0, *length);
            write_image(&made, digest, &header, *table);
        }
    }
    ro_map_free(made.places);
    return status;
}
