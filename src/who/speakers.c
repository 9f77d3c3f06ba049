/* speakers.c - who "I", "we" and "you" are: a second pass, when it is known who speaks.
 *
 * In a quotation "I" is its source and "you" its addressee; "we" is whom its source speaks for: an
 * organization or country for itself, a person for the one that the office belongs to, else for a
 * group of its own. Outside quotations the author speaks (author.c). All words of one voice are one
 * entity, named or not. says makes the attributions; those whose source is such a pronoun get its
 * entity here.
 */
#include "doc/nesting.h"
#include "doc/quotes.h"
#include "doc/tree.h"
#include "who/nominal.h"

#include <string.h>

typedef enum grammatical_person {
    PERSON_NONE,
    PERSON_I,
    PERSON_WE,
    PERSON_YOU,
    PERSON_COUNT
} grammatical_person;

/* What the words of one voice stand for, RO_NONE where they were not needed yet. */
typedef struct voice {
    uint32_t of[PERSON_COUNT];
} voice;

typedef struct hall {
    const ro_words *words;
    ro_document *document;
    uint32_t *spoken; /* token -> the attribution that quotes it, RO_NONE                  */
    ro_quotes quotes;
    voice *voices;     /* one an entity that speaks, one an attribution without, one author */
    uint32_t entities; /* that there were when the pass began                               */
    uint32_t author;   /* whose words all of it is, RO_NONE                                 */
    bool is_interview; /* so that "you" is the author, too                                  */
    RO_LIST(uint32_t) countries; /* the entities that are countries, each country once      */
} hall;

static grammatical_person person_of(const ro_words *words, const ro_document *document,
                                    uint32_t token)
{
    uint8_t upos = document->tokens[token].upos;
    if (upos != RO_UPOS_PRON && upos != RO_UPOS_DET)
        return PERSON_NONE;
    return ro_words_is(words, document, token, RO_WORD_I)     ? PERSON_I
           : ro_words_is(words, document, token, RO_WORD_WE)  ? PERSON_WE
           : ro_words_is(words, document, token, RO_WORD_YOU) ? PERSON_YOU
                                                              : PERSON_NONE;
}

/* Who speaks in one part of a quotation speaks in what follows of it. */
static void carry_voices(hall *scene)
{
    const ro_quotes *quotes = &scene->quotes;
    for (uint32_t i = 0; i < quotes->list.count; i++) {
        uint32_t speaker = RO_NONE;
        for (uint32_t t = quotes->list.items[i].first; t < quotes->list.items[i].end; t++) {
            if (scene->spoken[t] != RO_NONE)
                speaker = scene->spoken[t];
            else
                scene->spoken[t] = speaker;
        }
    }
}

static ro_status prepare(hall *scene, const ro_words *words, ro_document *document)
{
    uint32_t count = document->token_count;
    uint32_t voices = document->entities.count + document->attributions.count + 1;
    *scene = (hall){.words = words, .document = document, .entities = document->entities.count};
    scene->spoken = ro_arena_alloc(document->arena, count, sizeof *scene->spoken);
    scene->voices = ro_arena_alloc(document->arena, voices, sizeof *scene->voices);
    uint32_t *scratch = ro_arena_alloc(document->arena, count, sizeof *scratch);
    if (scene->spoken == NULL || scene->voices == NULL || scratch == NULL ||
        ro_quotes_find(document, document->arena, &scene->quotes) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < document->entities.count; i++) {
        const ro_entity *entity = &document->entities.items[i];
        if (entity->kind != RO_ENTITY_KIND_COUNTRY || entity->actor.country[0] == '\0')
            continue;
        uint32_t *added = RO_LIST_ADD(document->arena, &scene->countries);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = i;
    }
    ro_nesting_mark_spoken(document, scene->spoken, scratch);
    carry_voices(scene);
    scene->author = ro_author_find(words, document, &scene->is_interview);
    for (uint32_t i = 0; i < voices; i++)
        for (unsigned of = 0; of < PERSON_COUNT; of++)
            scene->voices[i].of[of] = RO_NONE;
    return RO_STATUS_OK;
}

/* Adds somebody who is known by a pronoun alone. */
static ro_status add_entity(hall *scene, grammatical_person person, const ro_actor *actor,
                            uint32_t *entity)
{
    ro_entity *added = RO_LIST_ADD(scene->document->arena, &scene->document->entities);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = (ro_entity){.name = person == PERSON_I    ? "I"
                                 : person == PERSON_WE ? "we"
                                                       : "you",
                         .kind = person == PERSON_I ? RO_ENTITY_KIND_PERSON : RO_ENTITY_KIND_GROUP,
                         .actor = *actor,
                         .anonymous = true,
                         .fact = "",
                         .acts_for = RO_NONE};
    *entity = scene->document->entities.count - 1;
    return RO_STATUS_OK;
}

/* Who speaks at a token, RO_NONE if nobody is named. */
static uint32_t speaker_at(const hall *scene, uint32_t token, grammatical_person person)
{
    uint32_t at = scene->spoken[token];
    if (at != RO_NONE)
        return scene->document->attributions.items[at].source_entity;
    /* who is asked in an interview is its "you" as well as its "I" */
    return person == PERSON_I || (person == PERSON_YOU && scene->is_interview) ? scene->author
                                                                               : RO_NONE;
}

/* The named entity that a pronoun of a speaker is, RO_NONE if it needs one of its own. */
static uint32_t find_named(const hall *scene, uint32_t token, uint32_t speaker,
                           grammatical_person person)
{
    const ro_document *document = scene->document;
    uint32_t at = scene->spoken[token];
    if (person == PERSON_YOU)
        return at != RO_NONE ? document->attributions.items[at].addressee : speaker;
    if (person == PERSON_I || speaker == RO_NONE)
        return speaker;
    const ro_entity *known = &document->entities.items[speaker];
    return known->kind == RO_ENTITY_KIND_PERSON ? known->acts_for : speaker;
}

/* The entity of a pronoun, RO_NONE if nobody can tell. */
static ro_status find(hall *scene, uint32_t token, grammatical_person person, uint32_t *entity,
                      const char **rule)
{
    static const ro_actor nobody = {"", "", "", ""};
    const ro_document *document = scene->document;
    uint32_t at = scene->spoken[token];
    *rule = at == RO_NONE ? "author" : person == PERSON_YOU ? "addressee" : "speaker";
    *entity = RO_NONE;
    if (at == RO_NONE && scene->quotes.of[token] != RO_NONE)
        return RO_STATUS_OK;
    uint32_t speaker = speaker_at(scene, token, person);
    *entity = find_named(scene, token, speaker, person);
    if (*entity != RO_NONE)
        return RO_STATUS_OK;
    uint32_t index = speaker != RO_NONE && speaker < scene->entities ? speaker
                     : at != RO_NONE                                 ? scene->entities + at
                                     : scene->entities + document->attributions.count;
    uint32_t *of = &scene->voices[index].of[person];
    const ro_actor *actor = speaker != RO_NONE && person == PERSON_WE
                                ? &document->entities.items[speaker].actor
                                : &nobody;
    if (*of == RO_NONE && add_entity(scene, person, actor, of) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    *entity = *of;
    return RO_STATUS_OK;
}

bool ro_speakers_own_country(const ro_words *words, const ro_document *document, uint32_t noun)
{
    uint32_t whose = ro_tree_child(document, noun, "poss");
    return whose != RO_NONE && person_of(words, document, whose) != PERSON_NONE &&
           ro_words_is_lemma(words, document, noun, RO_WORD_OWN_COUNTRY) &&
           strcmp(document->tokens[noun].tag, "NN") == 0;
}

/* "Your country" is that of who is spoken to, if the dispatch names it. nominals.c left it. */
static ro_status add_country(hall *scene, uint32_t token, uint32_t entity)
{
    ro_document *document = scene->document;
    uint32_t head = document->tokens[token].head, first, end;
    const char *country = document->entities.items[entity].actor.country;
    if (country[0] == '\0' || !ro_speakers_own_country(scene->words, document, head) ||
        ro_tree_mention_at(document, head) != RO_NONE)
        return RO_STATUS_OK;
    for (uint32_t i = 0; i < scene->countries.count; i++) {
        uint32_t named = scene->countries.items[i];
        if (strcmp(document->entities.items[named].actor.country, country) != 0)
            continue;
        ro_mention *added = RO_LIST_ADD(document->arena, &document->mentions);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        ro_tree_noun_phrase(document, head, &first, &end);
        *added =
            (ro_mention){named, first, end, head, RO_MENTION_TYPE_NOMINAL, "speaker's country"};
        return RO_STATUS_OK;
    }
    return RO_STATUS_OK;
}

/* "Your generals" are of the country of who is spoken to. */
static ro_status give_country(ro_document *document, uint32_t token, uint32_t entity)
{
    uint32_t owned = ro_tree_mention_at(document, document->tokens[token].head);
    const char *country = document->entities.items[entity].actor.country;
    if (owned == RO_NONE || !ro_tree_has_deprel(document, token, "poss") || country[0] == '\0')
        return RO_STATUS_OK;
    ro_actor *actor = &document->entities.items[document->mentions.items[owned].entity].actor;
    if (actor->country[0] != '\0' || actor->sectors[0] == '\0' ||
        document->mentions.items[owned].type != RO_MENTION_TYPE_NOMINAL)
        return RO_STATUS_OK;
    actor->code = ro_arena_format(document->arena, "%s%s", country, actor->code);
    actor->country = country;
    return actor->code != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

static ro_status add_mentions(hall *scene)
{
    ro_document *document = scene->document;
    for (uint32_t i = 0; i < document->token_count; i++) {
        grammatical_person person = person_of(scene->words, document, i);
        uint32_t entity;
        const char *rule;
        if (person == PERSON_NONE || ro_tree_mention_at(document, i) != RO_NONE)
            continue;
        if (find(scene, i, person, &entity, &rule) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        if (entity == RO_NONE)
            continue;
        ro_mention *added = RO_LIST_ADD(document->arena, &document->mentions);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = (ro_mention){entity, i, i + 1, i, RO_MENTION_TYPE_PRONOUN, rule};
        if (add_country(scene, i, entity) != RO_STATUS_OK ||
            give_country(document, i, entity) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

/* "I think": the source is known by now. */
static void link_sources(const ro_words *words, ro_document *document)
{
    for (uint32_t i = 0; i < document->attributions.count; i++) {
        ro_attribution *said = &document->attributions.items[i];
        if (said->source_entity != RO_NONE || said->source.count == 0)
            continue;
        uint32_t token = ro_nesting_token_at(document, said->source.items[0].start);
        if (token < document->token_count && person_of(words, document, token) != PERSON_NONE &&
            document->tokens[token].end == said->source.items[0].end) {
            uint32_t mention = ro_tree_mention_at(document, token);
            if (mention != RO_NONE)
                said->source_entity = document->mentions.items[mention].entity;
        }
    }
}

ro_status ro_speakers_find(const ro_words *words, ro_document *document)
{
    hall scene;
    ro_status status = prepare(&scene, words, document);
    if (status == RO_STATUS_OK)
        status = add_mentions(&scene);
    if (status == RO_STATUS_OK && !ro_who_order_mentions(document))
        status = RO_STATUS_OUT_OF_MEMORY;
    if (status == RO_STATUS_OK)
        link_sources(words, document);
    return status;
}
