/* near.c - what comes close to a text of which the lexicon knows nothing: what it knows in other
 * capitals, else the forms that begin most like it.
 *
 * Forms are looked for among the keys of the image, so what is withdrawn is not shown. A key has no
 * capitals: where it is a name, the name is shown, else the key with the name behind it.
 */
#include "base/text.h"
#include "lexicon/image.h"
#include "lexicon/lexicon_show.h"
#include "lexicon/phrase.h"

/* Shows the phrases that only their capitals keep from being known; false if there are none. */
static bool show_other_capitals(ro_lexicon_show *to, const ro_image *image, ro_text text)
{
    bool any = false;
    for (size_t at = 0; at < text.length;) {
        ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
        uint32_t found = RO_LEXICON_NONE;
        ro_text word = ro_lexicon_show_word(text, &at);
        size_t start = at - word.length, end = at;
        for (size_t next = at; word.length > 0 && ro_lexicon_read(to->lexicon, &cursor, word);
             word = ro_lexicon_show_word(text, &next)) {
            if (cursor.forms == RO_LEXICON_NONE)
                continue;
            found = cursor.forms;
            end = next;
        }
        if (found == RO_LEXICON_NONE)
            continue;
        const ro_image_form *form = &image->forms[found];
        const ro_fact *fact = ro_lexicon_fact_at(to->lexicon, form->fact);
        ro_lexicon_show_say(to, "%.*s\n  unknown; %s: %s (%s)\n", (int)(end - start),
                            text.data + start,
                            form->spelling == RO_PHRASE_CASE_UPPER ? "in capitals"
                                                                   : "with a capital",
                            fact->name, fact->source);
        at = end;
        any = true;
    }
    return any;
}

/* How many bytes a form begins with like a key; 0 of what is no form, but the beginning of one or
 * something else that is looked up. */
static size_t common_beginning(const ro_image *image, const ro_image_slot *slot, ro_text key)
{
    const char *form = image->strings + slot->key;
    size_t same = 0;
    if (slot->key == 0 || slot->value == RO_IMAGE_NONE || (unsigned char)form[0] < ' ')
        return 0;
    while (same < key.length && form[same] == key.data[same])
        same++;
    return same;
}

static void show_form(ro_lexicon_show *to, const ro_image *image, const ro_image_slot *slot)
{
    char room[RO_LEXICON_KEY];
    const ro_fact *fact = ro_lexicon_fact_at(to->lexicon, image->forms[slot->value].fact);
    const char *form = image->strings + slot->key;
    size_t length = ro_phrase_add(ro_text_of(fact->name), room, 0, sizeof room);
    if (length != SIZE_MAX && ro_text_equal_string((ro_text){room, length}, form))
        ro_lexicon_show_say(to, "%s", fact->name);
    else
        ro_lexicon_show_say(to, "%s (%s)", form, fact->name);
}

/* Those with most in common, three letters at least: one of a line, in the order of the lines. */
static void show_beginnings(ro_lexicon_show *to, const ro_image *image, ro_text text)
{
    enum { FORMS_MOST = 5, LETTERS_LEAST = 3 };
    char room[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(text, room, 0, sizeof room), most = LETTERS_LEAST;
    ro_text key = {room, length != SIZE_MAX ? length : 0};
    uint32_t slots = image->header->slots, from = 0;
    for (uint32_t i = 0; i < slots; i++) {
        size_t same = common_beginning(image, &image->slots[i], key);
        most = same > most ? same : most;
    }
    ro_lexicon_show_say(to, "%.*s\n  unknown", (int)text.length, text.data);
    for (int shown = 0; shown < FORMS_MOST; shown++) {
        const ro_image_slot *next = NULL;
        for (uint32_t i = 0; i < slots; i++) {
            const ro_image_slot *slot = &image->slots[i];
            if (common_beginning(image, slot, key) == most &&
                image->forms[slot->value].fact >= from &&
                (next == NULL || slot->value < next->value))
                next = slot;
        }
        if (next == NULL)
            break;
        ro_lexicon_show_say(to, "%s", shown == 0 ? "; what begins like it: " : ", ");
        show_form(to, image, next);
        from = image->forms[next->value].fact + 1;
    }
    ro_lexicon_show_say(to, "\n");
}

void ro_near_show(ro_lexicon_show *to, ro_text text)
{
    ro_image image;
    ro_text table = ro_lexicon_table(to->lexicon);
    ro_status status = ro_image_open(table.data, table.length, &image);
    if (status != RO_STATUS_OK)
        to->status = status; /* a mapped file that somebody changes */
    else if (!show_other_capitals(to, &image, text))
        show_beginnings(to, &image, text);
}
