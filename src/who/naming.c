/* naming.c - where names stand and what kind of thing each is.
 *
 * Names are the recogniser's spans, trimmed, and runs of proper nouns that it passed over. Its
 * labels are no more than votes: a name is the same kind of thing all over a document, and a given
 * name, a title, an apposition or a predicate under a noun for people speak for a person.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"
#include "who/roster.h"

enum { LONGEST = 5, EVIDENCE = 3 };

static bool kind_of_label(const char *label, ro_entity_kind *kind)
{
    static const struct {
        const char *label;
        ro_entity_kind kind;
    } kinds[] = {
        {"PERSON", RO_ENTITY_KIND_PERSON},    {"PER", RO_ENTITY_KIND_PERSON},
        {"ORG", RO_ENTITY_KIND_ORGANIZATION}, {"GPE", RO_ENTITY_KIND_PLACE},
        {"LOC", RO_ENTITY_KIND_PLACE},        {"FAC", RO_ENTITY_KIND_PLACE},
        {"NORP", RO_ENTITY_KIND_GROUP},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(label, kinds[i].label) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* ---- spans ----------------------------------------------------------------------------------- */

static bool is_edge(const ro_token *token)
{
    return token->upos == RO_UPOS_PUNCT || token->is_space;
}

static bool has_capital(const ro_document *document, uint32_t token)
{
    return ro_phrase_case_of(ro_document_token_text(document, token)) != RO_PHRASE_CASE_ANY;
}

/* Whether a name cannot go on with a token: a new paragraph, a verb ("Smith left"), of anything but
 * an organization a comma ("Florida, Smith"). */
static bool is_end(const ro_document *document, uint32_t token, bool is_organization)
{
    const ro_token *at = &document->tokens[token];
    if (at->is_space || (!is_organization && strcmp(at->lower, ",") == 0))
        return true;
    return (at->upos == RO_UPOS_VERB || at->upos == RO_UPOS_AUX) && !has_capital(document, token);
}

static bool is_possessive(const ro_token *token)
{
    return strcmp(token->tag, "POS") == 0 || strcmp(token->lower, "'s") == 0 ||
           strcmp(token->lower, "’s") == 0;
}

/* Without articles, possessive endings ("Vladimir Putin's" is often one span), quotation marks,
 * white space and results ("Sweden 1 - 0") at the edges. */
static void trim(const ro_document *document, ro_naming *name)
{
    const ro_token *tokens = document->tokens;
    bool is_organization = name->kind == RO_ENTITY_KIND_ORGANIZATION;
    while (name->first < name->end &&
           (tokens[name->first].upos == RO_UPOS_DET || is_edge(&tokens[name->first])))
        name->first++;
    for (uint32_t i = name->first + 1; i < name->end; i++)
        if (is_end(document, i, is_organization))
            name->end = i;
    while (name->first < name->end &&
           (is_possessive(&tokens[name->end - 1]) || is_edge(&tokens[name->end - 1]) ||
            tokens[name->end - 1].upos == RO_UPOS_SYM))
        name->end--;
    while (name->end > name->first + 1 && !is_organization &&
           (tokens[name->end - 1].upos == RO_UPOS_NUM ||
            tokens[name->end - 1].upos == RO_UPOS_SYM || is_edge(&tokens[name->end - 1])))
        name->end--;
}

static ro_status add(ro_roster *roster, ro_naming name)
{
    if (name.first >= name.end)
        return RO_STATUS_OK;
    ro_naming *added = RO_LIST_ADD(roster->document->arena, &roster->namings);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = name;
    for (uint32_t i = name.first; i < name.end; i++)
        roster->naming_of[i] = roster->namings.count - 1;
    return RO_STATUS_OK;
}

static ro_status add_recognised(ro_roster *roster)
{
    const ro_document *document = roster->document;
    for (uint32_t i = 0; i < document->names.count; i++) {
        const ro_name *found = &document->names.items[i];
        ro_naming name = {.first = found->first, .end = found->end, .recognised = true};
        if (!kind_of_label(found->label, &name.kind))
            continue;
        trim(document, &name);
        if (add(roster, name) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static bool is_in_timex(const ro_roster *roster, uint32_t token)
{
    const ro_document *document = roster->document;
    uint32_t timex = ro_document_timex_behind(document, token);
    return timex < document->timexes.count && document->timexes.items[timex].first <= token;
}

/* Whether a token is a proper noun that neither the recogniser (as a name, a day, a law, a prize)
 * nor the lexicon has taken. */
static bool is_free_proper(const ro_roster *roster, uint32_t token)
{
    uint32_t hit = roster->hit_of[token];
    return roster->document->tokens[token].upos == RO_UPOS_PROPN &&
           roster->document->tokens[token].name == RO_NONE && !is_in_timex(roster, token) &&
           roster->naming_of[token] == RO_NONE && has_capital(roster->document, token) &&
           (hit == RO_NONE ||
            (roster->hits.items[hit].name == NULL && roster->hits.items[hit].demonym == NULL &&
             roster->hits.items[hit].role == NULL));
}

/* Whether the word given name stands among a hit-less token's facts; its pronoun. */
static const char *given_pronoun(const ro_roster *roster, uint32_t token)
{
    ro_text written = ro_document_token_text(roster->document, token);
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    if (!ro_lexicon_read(roster->lexicon, &cursor, written))
        return NULL;
    for (const ro_fact *fact = ro_lexicon_fact_next(roster->lexicon, &cursor.forms, written, NULL);
         fact != NULL; fact = ro_lexicon_fact_next(roster->lexicon, &cursor.forms, written, NULL))
        if (fact->what == RO_FACT_WHAT_GIVEN)
            return fact->pronoun;
    return NULL;
}

const char *ro_naming_pronoun(const ro_roster *roster, uint32_t first, uint32_t end)
{
    /* "Mrs" may stand before the recogniser's span */
    bool has_before = first > 0 && roster->document->tokens[first - 1].sentence ==
                                       roster->document->tokens[first].sentence;
    const char *pronoun = has_before ? given_pronoun(roster, first - 1) : NULL;
    for (uint32_t i = first; i < end && pronoun == NULL; i++)
        pronoun = i == first || end - first > 2 ? given_pronoun(roster, i) : NULL;
    return pronoun != NULL ? pronoun : "";
}

/* Proper nouns that the recogniser passed over: a run of them where a name is to be expected, a
 * single one only as a subject or owner, behind a sentence's first word. */
static ro_status add_runs(ro_roster *roster)
{
    const ro_document *document = roster->document;
    for (uint32_t i = 0; i < document->token_count; i++) {
        if (!is_free_proper(roster, i))
            continue;
        uint32_t end = i + 1, start = document->sentences[document->tokens[i].sentence].first;
        while (end < document->token_count && end - i < LONGEST && is_free_proper(roster, end) &&
               document->tokens[end].sentence == document->tokens[i].sentence)
            end++;
        bool is_argument =
            end - i > 1 ? ro_tree_has_deprel(document, end - 1,
                                             "nsubj|nsubjpass|dobj|pobj|poss|"
                                             "appos|conj")
                        : i > start && ro_tree_has_deprel(document, i, "nsubj|nsubjpass|poss");
        ro_naming name = {.first = i, .end = end, .kind = RO_ENTITY_KIND_ORGANIZATION};
        if (ro_naming_pronoun(roster, i, end)[0] != '\0')
            name.kind = RO_ENTITY_KIND_PERSON;
        if ((is_argument || name.kind == RO_ENTITY_KIND_PERSON) &&
            add(roster, name) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        i = end - 1;
    }
    return RO_STATUS_OK;
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static bool words_of(const ro_roster *roster, const ro_naming *name, char *key, ro_text *words)
{
    ro_text text = ro_document_span_text(roster->document, name->first, name->end);
    size_t length = ro_phrase_add(text, key, 0, RO_LEXICON_KEY);
    *words = (ro_text){key, length};
    return length > 0 && length != SIZE_MAX; /* else no letters, or no name's length */
}

/* Whether a noun of one of two kinds stands at a token. */
static bool is_noun(const ro_roster *roster, uint32_t token, ro_fact_what what, ro_fact_what or)
{
    uint32_t index = roster->hit_of[token];
    const ro_fact *noun = index != RO_NONE ? roster->hits.items[index].role : NULL;
    return noun != NULL && (noun->what == what || noun->what == or);
}

static bool is_person_noun(const ro_roster *roster, uint32_t token)
{
    return is_noun(roster, token, RO_FACT_WHAT_ROLE, RO_FACT_WHAT_ROLE);
}

/* "The company Fjordtek". */
static bool speaks_for_organization(const ro_roster *roster, const ro_naming *name)
{
    return name->first > 0 &&
           is_noun(roster, name->first - 1, RO_FACT_WHAT_BODY, RO_FACT_WHAT_GROUP) &&
           ro_tree_has_deprel(roster->document, name->first - 1, "compound|nmod");
}

/* Whether something beside a name says that it is a person's. */
static bool speaks_for_person(const ro_roster *roster, const ro_naming *name)
{
    const ro_document *document = roster->document;
    uint32_t head = ro_tree_span_head(document, name->first, name->end),
             length = name->end - name->first;
    uint32_t last_hit = roster->hit_of[name->end - 1];
    bool ends_otherwise = last_hit != RO_NONE && (roster->hits.items[last_hit].role != NULL ||
                                                  roster->hits.items[last_hit].name != NULL);
    if (length >= 2 && length <= 3 && !ends_otherwise && given_pronoun(roster, name->first) != NULL)
        return true;
    if (name->first > 0 && is_person_noun(roster, name->first - 1) &&
        ro_tree_has_deprel(document, name->first - 1, "compound|nmod"))
        return true;
    uint32_t verb = document->tokens[head].head;
    if (ro_tree_has_deprel(document, head, "nsubj") &&
        ro_words_is_lemma(roster->words, document, verb, RO_WORD_COPULA)) {
        uint32_t attribute = ro_tree_child(document, verb, "attr");
        if (attribute != RO_NONE && is_person_noun(roster, attribute))
            return true;
    }
    uint32_t appos = ro_tree_child(document, head, "appos");
    return (appos != RO_NONE && is_person_noun(roster, appos)) ||
           (ro_tree_has_deprel(document, head, "appos") &&
            is_person_noun(roster, document->tokens[head].head));
}

static ro_status count_votes(ro_roster *roster)
{
    for (uint32_t i = 0; i < roster->namings.count; i++) {
        ro_naming *name = &roster->namings.items[i];
        char key[RO_LEXICON_KEY];
        ro_text words;
        uint32_t at;
        if (!words_of(roster, name, key, &words))
            continue;
        if (!ro_map_get(roster->kinds, words, &at)) {
            ro_kind_votes *added = RO_LIST_ADD(roster->document->arena, &roster->votes);
            at = roster->votes.count - 1;
            if (added == NULL || ro_map_set(roster->kinds, words, at) != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
            *added = (ro_kind_votes){0};
        }
        uint32_t *of = roster->votes.items[at].of;
        of[name->kind] += name->recognised;
        if (speaks_for_person(roster, name))
            of[RO_ENTITY_KIND_PERSON] += EVIDENCE;
        if (speaks_for_organization(roster, name))
            of[RO_ENTITY_KIND_ORGANIZATION] += EVIDENCE;
    }
    return RO_STATUS_OK;
}

/* Gives each name the kind that most votes give; of equals its own. */
static void elect(ro_roster *roster)
{
    for (uint32_t i = 0; i < roster->namings.count; i++) {
        ro_naming *name = &roster->namings.items[i];
        char key[RO_LEXICON_KEY];
        ro_text words;
        uint32_t at;
        if (!words_of(roster, name, key, &words) || !ro_map_get(roster->kinds, words, &at))
            continue;
        const uint32_t *of = roster->votes.items[at].of;
        for (unsigned kind = 0; kind < RO_KIND_COUNT; kind++)
            if (of[kind] > of[name->kind])
                name->kind = (ro_entity_kind)kind;
    }
}

ro_status ro_naming_find(ro_roster *roster)
{
    ro_status status = add_recognised(roster);
    if (status == RO_STATUS_OK)
        status = add_runs(roster);
    if (status == RO_STATUS_OK)
        status = count_votes(roster);
    if (status == RO_STATUS_OK)
        elect(roster);
    return status;
}
