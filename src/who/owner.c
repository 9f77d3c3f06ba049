/* owner.c - whose a noun is, and the actor that both make: "Turkish police" is TUR + COP, "an aide
 * to Macron" is FRAGOV, "French opposition lawmakers" are FRA + OPP + LEG.
 *
 * Owners are looked for among a noun's modifiers, its possessor and the objects of its
 * prepositions. Sectors that come together stand in CAMEO's order, which is that of the lexicon.
 * Who has sectors and no country is of the country that the dispatch is about, if that is one.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/sectors.h"
#include "who/nominal.h"

#include <stdio.h>

#define FORMER "former " /* before an office that is over */

/* ---- owners ---------------------------------------------------------------------------------- */

/* The actor that a modifier names: a country, a nationality word, an entity already found. */
static bool owner_at(const ro_roster *roster, uint32_t token, ro_owner *owner)
{
    uint32_t index = roster->hit_of[token];
    const ro_hit *hit = index != RO_NONE ? &roster->hits.items[index] : NULL;
    owner->entity = ro_roster_entity_at(roster, token);
    owner->token = token;
    if (hit != NULL && hit->demonym != NULL) {
        owner->actor = (ro_actor){hit->demonym->country, hit->demonym->country, "", ""};
        return true;
    }
    if (owner->entity == RO_NONE)
        return false;
    owner->actor = roster->document->entities.items[owner->entity].actor;
    return owner->actor.code[0] != '\0';
}

/* Whether a token stands where an owner of head does. Conjuncts of a modifier are modifiers. */
static bool can_own(const ro_roster *roster, uint32_t head, uint32_t first, uint32_t token)
{
    const ro_document *document = roster->document;
    const ro_token *tokens = document->tokens;
    if (token > head) {
        while (ro_tree_has_deprel(document, token, "conj") && tokens[token].head > head)
            token = tokens[token].head;
        return ro_tree_has_deprel(document, token, "pobj") &&
               tokens[tokens[token].head].head == head &&
               ro_words_is(roster->words, document, tokens[token].head, RO_WORD_OF_OWNER);
    }
    uint32_t conjunct = token, hit = roster->hit_of[token];
    while (ro_tree_has_deprel(document, conjunct, "conj") && tokens[conjunct].head >= first)
        conjunct = tokens[conjunct].head;
    if (tokens[conjunct].head == head &&
        ro_tree_has_deprel(document, conjunct, "amod|compound|nmod|poss|nmod:poss"))
        return true;
    /* the parser often hangs a nationality word on a title's other word */
    return token < head && hit != RO_NONE && roster->hits.items[hit].demonym != NULL &&
           ro_tree_is_under(document, token, head);
}

bool ro_owner_next(const ro_roster *roster, uint32_t head, uint32_t *from, ro_owner *owner)
{
    uint32_t first, end;
    ro_tree_noun_phrase(roster->document, head, &first, &end);
    for (uint32_t i = *from > first ? *from : first; i < end; i++) {
        if (i == head || !can_own(roster, head, first, i) || !owner_at(roster, i, owner))
            continue;
        *from = i + 1;
        return true;
    }
    return false;
}

/* ---- composing ------------------------------------------------------------------------------- */

/* What a noun's modifiers say of its sectors ("opposition lawmakers"); *former: that the office is
 * over ("the former president"). */
static void read_modifiers(const ro_roster *roster, uint32_t head, ro_sectors *set, bool *former)
{
    const ro_document *document = roster->document;
    uint32_t child = ro_tree_next_child(document, head, document->tokens[head].left);
    for (; child != RO_NONE && child < head;
         child = ro_tree_next_child(document, head, child + 1)) {
        uint32_t index = roster->hit_of[child];
        const ro_hit *hit = index != RO_NONE ? &roster->hits.items[index] : NULL;
        if (ro_words_is_lemma(roster->words, document, child, RO_WORD_FORMER) &&
            strcmp(document->tokens[child].tag, "VBG") != 0) /* "the retiring president" */
            *former = true;
        if (hit != NULL && hit->role != NULL && hit->end <= head &&
            ro_tree_has_deprel(document, child, "amod|compound|nmod"))
            ro_sectors_add(set, roster->lexicon, hit->role->sectors);
    }
}

bool ro_owner_is_former(const ro_actor *actor)
{
    return strncmp(actor->role, FORMER, sizeof FORMER - 1) == 0;
}

const ro_actor *ro_owner_compose(ro_roster *roster, const ro_owner *owner, uint32_t head,
                                 const ro_fact *role)
{
    static const ro_owner nobody = {{"", "", "", ""}, RO_NONE, RO_NONE};
    ro_document *document = roster->document;
    ro_actor *actor = ro_arena_alloc(document->arena, 1, sizeof *actor);
    if (actor == NULL)
        return NULL;
    owner = owner != NULL ? owner : &nobody;
    *actor = owner->actor;
    actor->role = role->role;
    bool is_organization =
        owner->entity != RO_NONE && owner->actor.sectors[0] != '\0' &&
        document->entities.items[owner->entity].kind == RO_ENTITY_KIND_ORGANIZATION;
    ro_sectors set = {.count = 0};
    bool former = false;
    read_modifiers(roster, head, &set, &former);
    ro_sectors_add(&set, roster->lexicon, role->sectors);
    /* an organization's people act for it: "Taliban fighters", "UN officials" */
    if (is_organization || set.count == 0)
        return actor;
    if (former && ro_sectors_have(role->sectors, "GOV")) {
        set.count = 0;
        ro_sectors_add(&set, roster->lexicon, "ELI");
        actor->role = ro_arena_format(document->arena, FORMER "%s", role->role);
    }
    const char *base = owner->actor.country;
    bool is_persons = owner->entity != RO_NONE &&
                      document->entities.items[owner->entity].kind == RO_ENTITY_KIND_PERSON;
    if (base[0] == '\0' && !former && !is_persons)
        ro_sectors_add(&set, roster->lexicon, owner->actor.sectors);
    actor->sectors = ro_sectors_join(&set, document->arena, "", " ");
    actor->code = ro_sectors_join(&set, document->arena, base, "");
    return actor->code != NULL && actor->sectors != NULL && actor->role != NULL ? actor : NULL;
}

/* ---- the country of a dispatch --------------------------------------------------------------- */

/* What a phrase says about where a dispatch is at home. */
typedef enum clue {
    CLUE_NONE,  /* a person may be abroad                        */
    CLUE_PARTY, /* a country that acts: "blamed Serbia"          */
    CLUE_OWNER, /* somebody's country: "the U.S. embassy"        */
    CLUE_HOME   /* a place or an institution: "in Haiti", "Duma" */
} clue;

static clue clue_of(const ro_roster *roster, const ro_hit *hit, const ro_fact *fact)
{
    const ro_document *document = roster->document;
    uint32_t above = document->tokens[hit->head].head, owned = roster->hit_of[above];
    if (fact->what == RO_FACT_WHAT_PERSON)
        return CLUE_NONE;
    if (above != hit->head && owned != RO_NONE && roster->hits.items[owned].role != NULL &&
        ro_tree_has_deprel(document, hit->head, "amod|compound|nmod|poss|nmod:poss"))
        return CLUE_OWNER;
    if (fact->what != RO_FACT_WHAT_COUNTRY ||
        ro_tree_has_deprel(document, hit->head, "poss|nmod:poss|compound|nmod|npadvmod"))
        return CLUE_HOME;
    bool is_place = ro_tree_has_deprel(document, hit->head, "pobj") &&
                    ro_words_is_lemma(roster->words, document, above, RO_WORD_OF_PLACE);
    return is_place ? CLUE_HOME : CLUE_PARTY;
}

/* The only country that clues from one kind on speak of; NULL if there are several or none, or if
 * another country acts. */
static const char *only_country(const ro_roster *roster, clue least)
{
    const char *only = NULL, *party = NULL;
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        const ro_fact *fact = hit->name != NULL ? hit->name : hit->demonym;
        if (fact == NULL || fact->country[0] == '\0')
            continue;
        clue found = clue_of(roster, hit, fact);
        const char **country = found == CLUE_PARTY ? &party : &only;
        if (found == CLUE_NONE || (found != CLUE_PARTY && found < least))
            continue;
        if (*country != NULL && strcmp(*country, fact->country) != 0)
            return NULL;
        *country = fact->country;
    }
    return only != NULL && (party == NULL || strcmp(only, party) == 0) ? only : NULL;
}

/* Whether an actor has sectors and no country, and is of some. */
static bool is_stateless(const ro_actor *actor)
{
    return actor->country[0] == '\0' && actor->sectors[0] != '\0' &&
           !ro_sectors_have(actor->sectors, "IGO|NGO|NGM|MNC|IMG|INT");
}

static ro_status set_country(ro_document *document, ro_actor *actor, const char *country)
{
    actor->code = ro_arena_format(document->arena, "%s%s", country, actor->code);
    actor->country = country;
    return actor->code != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* The countries of a sentence's actors. */
typedef struct setting {
    const char *country; /* NULL: none yet                                                    */
    bool several;        /* more than one                                                     */
    bool domestic;       /* somebody plays a part at home: an opposition, a party, a court    */
} setting;

/* "The opposition leader Ann Smith accused the government": bodies and groups without a country are
 * of the only country in their sentence, if somebody there plays a part at home. */
static ro_status give_sentence_country(ro_roster *roster)
{
    ro_document *document = roster->document;
    setting *settings = ro_arena_alloc(document->arena, document->sentence_count, sizeof *settings);
    if (settings == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const ro_mention *mention = &document->mentions.items[i];
        const ro_actor *actor = &document->entities.items[mention->entity].actor;
        setting *at = &settings[document->tokens[mention->head].sentence];
        if (actor->country[0] == '\0')
            continue;
        at->several =
            at->several || (at->country != NULL && strcmp(at->country, actor->country) != 0);
        at->domestic =
            at->domestic || ro_sectors_have(actor->sectors, "OPP|PTY|LEG|JUD|COP|REB|SEP|INS");
        at->country = actor->country;
    }
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const ro_mention *mention = &document->mentions.items[i];
        ro_entity *entity = &document->entities.items[mention->entity];
        const setting *at = &settings[document->tokens[mention->head].sentence];
        if (at->country != NULL && !at->several && at->domestic && is_stateless(&entity->actor) &&
            entity->kind != RO_ENTITY_KIND_PERSON &&
            set_country(document, &entity->actor, at->country) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

ro_status ro_owner_give_country(ro_roster *roster)
{
    ro_document *document = roster->document;
    const char *country = only_country(roster, CLUE_HOME);
    if (country == NULL)
        country = only_country(roster, CLUE_OWNER);
    for (uint32_t i = 0; i < document->entities.count && country != NULL; i++) {
        ro_actor *actor = &document->entities.items[i].actor;
        if (is_stateless(actor) && set_country(document, actor, country) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return give_sentence_country(roster);
}
