/* lexicon.c - facts about actors and places, found by longest phrase: a read-only view of an image
 * (image.h), mapped from a file or made in memory by make.c.
 *
 * A form is a key in one hash table, and so is every beginning of a form that ends with a word:
 * reading a phrase stops at the first word with which no form goes on.
 */
#include "lexicon/lexicon.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "lexicon/image.h"
#include "lexicon/make.h"
#include "lexicon/phrase.h"

#include <stdio.h>

struct ro_lexicon {
    ro_allocator allocator; /* a copy: the caller's may go away */
    ro_image image;
    size_t length;   /* of the image */
    ro_file_map map; /* length 0: the image was made in memory, or is borrowed */
    void *made;      /* NULL: it is mapped or borrowed */
    ro_fact *facts;
};

static const char *const what_names[] = {
#define RO_FACT_WHAT(member, name) name,
#include "lexicon/fact_what.def"
#undef RO_FACT_WHAT
};

const char *ro_lexicon_pronoun_name(uint32_t pronoun)
{
    static const char *const names[RO_LEXICON_PRONOUNS] = {"", "he", "she"};
    return names[pronoun];
}

const char *ro_lexicon_what_name(ro_fact_what what)
{
    return what_names[what];
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Facts with pointers, so that a reader of them need not know the image. */
static ro_status read_facts(ro_lexicon *lexicon)
{
    const ro_image *image = &lexicon->image;
    uint32_t count = image->header->facts;
    lexicon->facts = ro_alloc_zeroed(&lexicon->allocator, count, sizeof *lexicon->facts);
    if (lexicon->facts == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const ro_image_fact *from = &image->facts[i];
        lexicon->facts[i] = (ro_fact){
            .what = (ro_fact_what)from->what,
            .name = image->strings + from->name,
            .code = image->strings + from->code,
            .country = image->strings + from->country,
            .sectors = image->strings + from->sectors,
            .role = image->strings + from->role,
            .from = from->from,
            .until = from->until,
            .pronoun = ro_lexicon_pronoun_name(from->pronoun),
            .source = image->strings + from->source,
            .parent = image->strings + from->parent,
        };
    }
    return RO_STATUS_OK;
}

static ro_lexicon *new_lexicon(const ro_allocator *allocator)
{
    allocator = ro_alloc_or_default(allocator);
    ro_lexicon *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made != NULL)
        made->allocator = *allocator;
    return made;
}

/* Maps the compiled table; false, without a word, if there is none that fits: the text is there. */
static bool map_table(ro_lexicon *lexicon, const char *path, uint64_t digest)
{
    if (path == NULL || ro_file_map_open(path, &lexicon->map, NULL) != RO_STATUS_OK)
        return false;
    if (ro_image_open(lexicon->map.data, lexicon->map.length, &lexicon->image) == RO_STATUS_OK &&
        lexicon->image.header->digest == digest) {
        lexicon->length = lexicon->map.length;
        return true;
    }
    ro_file_map_close(&lexicon->map);
    return false;
}

static ro_status make_table(ro_lexicon *lexicon, const ro_make_texts *texts,
                            const ro_engine_options *options, ro_error *error)
{
    ro_status status = ro_make_table(texts, options, &lexicon->made, &lexicon->length, error);
    return status == RO_STATUS_OK ? ro_image_open(lexicon->made, lexicon->length, &lexicon->image)
                                  : status;
}

ro_status ro_lexicon_open_with(const ro_engine_options *options, ro_lexicon **lexicon,
                               ro_error *error)
{
    ro_make_texts texts;
    if (options->data_folder == NULL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "lexicon", "no data folder is given");
    ro_lexicon *made = new_lexicon(options->allocator);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "lexicon", "out of memory");
    ro_status status = ro_make_texts_open(options, &texts, error);
    if (status == RO_STATUS_OK) {
        const char *table = options->lexicon_count == 0 ? options->lexicon_table : NULL;
        if (!map_table(made, table, ro_make_digest(&texts)))
            status = make_table(made, &texts, options, error);
        ro_make_texts_close(&texts);
    }
    if (status == RO_STATUS_OK) {
        status = read_facts(made);
        if (status != RO_STATUS_OK)
            ro_error_set(error, status, "lexicon", "%s", ro_status_text(status));
    }
    if (status == RO_STATUS_OK)
        *lexicon = made;
    else
        ro_lexicon_close(made);
    return status;
}

ro_status ro_lexicon_open(const char *data_folder, const ro_allocator *allocator,
                          ro_lexicon **lexicon, ro_error *error)
{
    const ro_engine_options options = {.data_folder = data_folder, .allocator = allocator};
    return ro_lexicon_open_with(&options, lexicon, error);
}

ro_status ro_lexicon_open_table(const void *bytes, size_t length, const ro_allocator *allocator,
                                ro_lexicon **lexicon)
{
    ro_lexicon *made = new_lexicon(allocator);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_status status = ro_image_open(bytes, length, &made->image);
    made->length = length;
    if (status == RO_STATUS_OK)
        status = read_facts(made);
    if (status == RO_STATUS_OK)
        *lexicon = made;
    else
        ro_lexicon_close(made);
    return status;
}

void ro_lexicon_close(ro_lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    ro_allocator allocator = lexicon->allocator;
    if (lexicon->facts != NULL)
        ro_alloc_free(&allocator, lexicon->facts, lexicon->image.header->facts,
                      sizeof *lexicon->facts);
    ro_alloc_free_aligned(&allocator, lexicon->made, lexicon->length, 1);
    ro_file_map_close(&lexicon->map);
    ro_alloc_free(&allocator, lexicon, 1, sizeof *lexicon);
}

size_t ro_lexicon_fact_count(const ro_lexicon *lexicon)
{
    return lexicon->image.header->facts;
}

const ro_fact *ro_lexicon_fact_at(const ro_lexicon *lexicon, size_t index)
{
    return &lexicon->facts[index];
}

ro_text ro_lexicon_table(const ro_lexicon *lexicon)
{
    return (ro_text){(const char *)lexicon->image.header, lexicon->length};
}

const ro_allocator *ro_lexicon_allocator(const ro_lexicon *lexicon)
{
    return &lexicon->allocator;
}

/* ---- phrases --------------------------------------------------------------------------------- */

bool ro_lexicon_read(const ro_lexicon *lexicon, ro_lexicon_cursor *cursor, ro_text token)
{
    size_t length = ro_phrase_add(token, cursor->key, cursor->length, sizeof cursor->key);
    uint32_t forms = RO_LEXICON_NONE;
    bool grew = length != SIZE_MAX && length > cursor->length;
    bool open = length != SIZE_MAX && length > 0;
    if (grew)
        open = ro_image_find(&lexicon->image, cursor->key, length, &forms);
    cursor->forms = forms;
    if (open)
        cursor->length = (uint32_t)length;
    return open;
}

const ro_fact *ro_lexicon_fact_next(const ro_lexicon *lexicon, uint32_t *forms, ro_text written,
                                    bool *weak)
{
    while (*forms != RO_LEXICON_NONE) {
        const ro_image_form *form = &lexicon->image.forms[*forms];
        *forms = form->next;
        if ((form->weak && weak == NULL) ||
            !ro_phrase_case_fits((ro_phrase_case)form->spelling, written))
            continue;
        if (weak != NULL)
            *weak = form->weak;
        return &lexicon->facts[form->fact];
    }
    return NULL;
}

/* ---- references ------------------------------------------------------------------------------ */

/* The value of a key with a letter in front; RO_IMAGE_NONE if it is absent. */
static uint32_t find_reference(const ro_lexicon *lexicon, char letter, ro_text text)
{
    char key[1 + RO_LEXICON_KEY];
    uint32_t value = RO_IMAGE_NONE;
    if (text.length >= RO_LEXICON_KEY)
        return value;
    key[0] = letter;
    memcpy(key + 1, text.data, text.length);
    ro_image_find(&lexicon->image, key, text.length + 1, &value);
    return value;
}

static const ro_fact *fact_or_null(const ro_lexicon *lexicon, uint32_t index)
{
    return index != RO_IMAGE_NONE ? &lexicon->facts[index] : NULL;
}

const ro_fact *ro_lexicon_country(const ro_lexicon *lexicon, const char *alpha3)
{
    return fact_or_null(lexicon, find_reference(lexicon, RO_IMAGE_COUNTRY, ro_text_of(alpha3)));
}

const ro_fact *ro_lexicon_role(const ro_lexicon *lexicon, const char *name)
{
    char key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(ro_text_of(name), key, 0, sizeof key);
    if (length == 0 || length == SIZE_MAX)
        return NULL;
    return fact_or_null(lexicon, find_reference(lexicon, RO_IMAGE_NOUN, (ro_text){key, length}));
}

uint32_t ro_lexicon_sector_rank(const ro_lexicon *lexicon, const char sector[3])
{
    return find_reference(lexicon, RO_IMAGE_SECTOR, (ro_text){sector, 3});
}

const ro_fact *ro_lexicon_sector(const ro_lexicon *lexicon, const char sector[3])
{
    uint32_t rank = ro_lexicon_sector_rank(lexicon, sector);
    return rank != UINT32_MAX ? &lexicon->facts[lexicon->image.sectors[rank]] : NULL;
}

const ro_fact *ro_lexicon_holder(const ro_lexicon *lexicon, const char *owner, const char *role,
                                 ro_date day)
{
    char key[2 * RO_LEXICON_KEY];
    int length = snprintf(key, sizeof key, "%s %s", owner, role);
    if (ro_date_is_none(day) || length < 0 || (size_t)length >= sizeof key)
        return NULL;
    uint32_t at = find_reference(lexicon, RO_IMAGE_OFFICE, (ro_text){key, (size_t)length});
    const ro_fact *holder = NULL;
    uint16_t layer = 0;
    for (; at != RO_IMAGE_NONE; at = lexicon->image.forms[at].next) {
        uint32_t index = lexicon->image.forms[at].fact;
        const ro_fact *fact = &lexicon->facts[index];
        if (!ro_lexicon_in_term(fact, day))
            continue;
        if (holder != NULL && lexicon->image.facts[index].layer < layer)
            break; /* facts come from the uppermost layer down */
        layer = lexicon->image.facts[index].layer;
        if (holder != NULL && strcmp(holder->name, fact->name) != 0)
            return NULL;
        holder = fact;
    }
    return holder;
}

bool ro_lexicon_in_term(const ro_fact *fact, ro_date day)
{
    if (ro_date_is_none(day))
        return true;
    return (fact->from.year == 0 || ro_date_compare(fact->from, day) <= 0) &&
           (fact->until.year == 0 || ro_date_compare(day, fact->until) <= 0);
}

int32_t ro_lexicon_days_off(const ro_fact *fact, ro_date day)
{
    if (ro_lexicon_in_term(fact, day))
        return 0;
    if (!ro_date_is_none(fact->from) && ro_date_compare(day, fact->from) < 0)
        return ro_date_to_days(fact->from) - ro_date_to_days(day);
    return ro_date_to_days(day) - ro_date_to_days(fact->until);
}

bool ro_lexicon_is_former(const ro_fact *fact, ro_date day)
{
    return fact->what == RO_FACT_WHAT_PERSON && fact->country[0] != '\0' &&
           strncmp(fact->sectors, "GOV", 3) == 0 && !ro_date_is_none(day) &&
           !ro_date_is_none(fact->until) && ro_date_compare(fact->until, day) < 0;
}
