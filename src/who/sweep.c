/* sweep.c - finds the document's names once more, where the recogniser passed over them: surnames,
 * names inside other names ("Texas" of "University of Texas"), names before nouns ("Monti
 * government").
 *
 * A name means the same thing all over a document (one sense per discourse: Gale, Church and
 * Yarowsky 1992), so every spelling that has an entity is looked for in proper nouns that have
 * none.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"
#include "who/roster.h"

enum { LONGEST = 6 }; /* words of a name that is looked for */

/* Whether a person's name ends with a word. */
static bool has_surname(const ro_entity *entity, ro_text word)
{
    char name[RO_LEXICON_KEY], key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(ro_text_of(entity->name), name, 0, sizeof name);
    size_t wanted = ro_phrase_add(word, key, 0, sizeof key);
    return length != SIZE_MAX && wanted != SIZE_MAX && length > wanted &&
           name[length - wanted - 1] == ' ' && memcmp(name + length - wanted, key, wanted) == 0;
}

uint32_t ro_sweep_find_surname(const ro_roster *roster, uint32_t token)
{
    const ro_document *document = roster->document;
    ro_text word = ro_document_token_text(document, token);
    bool shared;
    uint32_t entity =
        ro_roster_find_short(roster, RO_ROSTER_LAST, RO_ENTITY_KIND_PERSON, word, &shared);
    if (!shared)
        return entity;
    uint32_t stop = token > RO_ROSTER_WINDOW ? token - RO_ROSTER_WINDOW : 0;
    for (uint32_t i = token; i-- > stop;) {
        uint32_t at = ro_roster_entity_at(roster, i);
        if (at != RO_NONE && document->entities.items[at].kind == RO_ENTITY_KIND_PERSON &&
            has_surname(&document->entities.items[at], word))
            return at;
    }
    return entity;
}

/* The entity whose name or, of a name that nobody has claimed, short name these tokens are. */
static uint32_t find(const ro_roster *roster, uint32_t first, uint32_t end)
{
    const ro_document *document = roster->document;
    ro_text text = ro_document_span_text(document, first, end);
    uint32_t entity = ro_roster_find_whole_name(roster, text);
    if (entity != RO_NONE || roster->named[first])
        return entity;
    bool shared;
    if (end - first > 1)
        return ro_roster_find_short(roster, RO_ROSTER_LAST, RO_ENTITY_KIND_ORGANIZATION, text,
                                    &shared);
    if (roster->hit_of[first] != RO_NONE)
        return RO_NONE; /* "President", "Court" */
    entity = ro_sweep_find_surname(roster, first);
    if (entity != RO_NONE)
        return entity;
    entity = ro_roster_find_short(roster, RO_ROSTER_FIRST, RO_ENTITY_KIND_PERSON, text, &shared);
    if (entity != RO_NONE && !shared)
        return entity;
    if (text.length >= 2 && ro_phrase_case_of(text) == RO_PHRASE_CASE_UPPER)
        return ro_roster_find_initials(roster, text);
    return RO_NONE;
}

/* Whether tokens [first, end) can be a name that nothing else has taken: either none of them is in
 * a name, or all lie in one longer name. */
static bool is_free(const ro_roster *roster, uint32_t first, uint32_t end, uint32_t head)
{
    uint32_t longer = roster->naming_of[first];
    if (roster->mention_of[head] != RO_NONE ||
        (roster->named[first] && longer != RO_NONE &&
         roster->namings.items[longer].kind == RO_ENTITY_KIND_PERSON))
        return false; /* "Chad Turner" has no country in it */
    for (uint32_t i = first + 1; i < end; i++)
        if (roster->named[i] != roster->named[first])
            return false;
    return true;
}

/* A proper noun, or a word with a capital that the tagger took for another; as a sentence's first
 * word, where any has one, only if it stands where a name would. */
static bool is_name_word(const ro_document *document, uint32_t token)
{
    const ro_token *at = &document->tokens[token];
    if (at->upos == RO_UPOS_PROPN)
        return true;
    return (at->upos == RO_UPOS_NOUN || at->upos == RO_UPOS_VERB || at->upos == RO_UPOS_ADJ ||
            at->upos == RO_UPOS_X) &&
           (!at->sentence_start || ro_tree_has_deprel(document, token, "nsubj|nsubjpass|poss")) &&
           ro_phrase_case_of(ro_document_token_text(document, token)) != RO_PHRASE_CASE_ANY;
}

ro_status ro_sweep_find(ro_roster *roster)
{
    const ro_document *document = roster->document;
    const ro_token *tokens = document->tokens;
    for (uint32_t i = 0; i < document->token_count; i++) {
        if (!is_name_word(document, i))
            continue;
        uint32_t limit = document->sentences[tokens[i].sentence].end;
        uint32_t end = limit - i < LONGEST ? limit : i + LONGEST;
        for (; end > i; end--) {
            if (!is_name_word(document, end - 1))
                continue;
            uint32_t head = ro_tree_span_head(document, i, end);
            uint32_t entity = is_free(roster, i, end, head) ? find(roster, i, end) : RO_NONE;
            if (entity == RO_NONE)
                continue;
            bool is_inside = roster->named[i];
            for (uint32_t at = i; at < end; at++)
                roster->named[at] = true;
            if (ro_roster_add_mention(roster, entity, i, end, head, RO_MENTION_TYPE_NAME,
                                      is_inside ? "name in a name" : "name again") != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
            i = end - 1;
            break;
        }
    }
    return RO_STATUS_OK;
}
