/* where_stage.h - src/where on documents parsed by hand, with a small lexicon and gazetteer in
 * memory, the words that it needs, and weights that do not follow those of data/where. */
#ifndef RO_TEST_WHERE_STAGE_H
#define RO_TEST_WHERE_STAGE_H
#include "unit.h"

#include "data_folder.h"
#include "hand_parsed.h"
#include "small_gazetteer.h"
#include "where/choosing.h"
#include "where/sighting.h"

#include <math.h>

static const char where_sectors[] = "sector\tGOV\tgovernment\nsector\tMED\tmedia\n";
static const char where_countries[] =
    "country\tFRA\tFrance\ndemonym\tFRA\tFrench\ncapital\tFRA\tParis\n"
    "country\tGBR\tUnited Kingdom | Britain\ndemonym\tGBR\tBritish | Scottish\n"
    "capital\tGBR\tLondon\n"
    "country\tLBN\tLebanon | ?the North\ndemonym\tLBN\tLebanese\ncapital\tLBN\tBeirut\n"
    "country\tLBY\tLibya\ndemonym\tLBY\tLibyan | Libyans\ncapital\tLBY\tTripoli\n"
    "country\tGEO\tGeorgia\ndemonym\tGEO\tGeorgian\ncapital\tGEO\tTbilisi\n"
    "country\tUSA\tUnited States\ndemonym\tUSA\tAmerican | Americans\n"
    "capital\tUSA\tWashington\nregion\tUSA\t?Georgia\nregion\tUSA\tTexas\n"
    "region\tUSA\tKalorama Heights\n";
static const char where_organizations[] = "organization\tMED\tWashington Post\n";

static const char where_ours[] = "area\t-\tBlack Forest\t-\t48.2\t8.2\t0\t-\t-\n"
                                 "area\t-\tBaltics\tBaltic\t57\t25\t6000000\t-\t-\n"
                                 "region\tGBR\tScotland\tScottish\t56.5\t-4\t5400000\t-\t-\n";
static const char where_theirs[] =
    "country\tFRA\tFrance\tFrench\t46\t2\t66987244\t3017382\t-\n"
    "country\tGBR\tUnited Kingdom | Britain\tBritish\t54\t-2\t66488991\t2635167\t-\n"
    "country\tGEO\tGeorgia\tGeorgian\t42\t43.5\t3704500\t614540\t-\n"
    "country\tLBN\tLebanon\tLebanese\t33.8\t35.8\t6848925\t272103\t-\n"
    "country\tLBY\tLibya\tLibyan\t28\t17\t6678567\t2215636\t-\n"
    "country\tUSA\tUnited States\tAmerican\t39.8\t-98.5\t327167434\t6252001\t-\n"
    "region\tFRA\tÎle-de-France\t-\t48.84\t2.35\t12000000\t-\t-\n"
    "region\tLBN\tNorth Lebanon\t-\t34.4\t35.9\t800000\t-\t-\n"
    "region\tUSA\tGeorgia\t-\t33.3\t-83.9\t4773909\t4197000\t-\n"
    "region\tUSA\tTexas\t-\t31.2\t-99.2\t20000000\t4736286\t-\n"
    "region\tUSA\tKentucky\t-\t38.2\t-84.9\t4000000\t6254925\t-\n"
    "city\tFRA\tParis\t-\t48.85\t2.35\t2138551\t2988507\tÎle-de-France\n"
    "city\tGBR\tLondon\t-\t51.5\t-0.13\t8961989\t2643743\t-\n"
    "city\tGBR\tGlasgow\t-\t55.86\t-4.26\t591620\t2648579\tScotland\n"
    "city\tLBN\tBeirut\t-\t33.89\t35.5\t1916100\t276781\t-\n"
    "city\tLBN\tTripoli\t-\t34.43\t35.84\t229398\t266826\tNorth Lebanon\n"
    "city\tLBN\tZgharta\t-\t34.4\t35.9\t45000\t-\tNorth Lebanon\n"
    "city\tLBY\tTripoli\t-\t32.88\t13.19\t1150989\t2210247\t-\n"
    "city\tUSA\tParis\t-\t33.66\t-95.56\t24782\t4717560\tTexas\n"
    "city\tUSA\tParis\t-\t38.21\t-84.25\t9846\t4303602\tKentucky\n"
    "city\tUSA\tDallas\t-\t32.78\t-96.81\t1300092\t4684888\tTexas\n"
    "city\tUSA\tWashington\t-\t38.9\t-77\t601723\t4140963\t-\n"
    "city\tUSA\tNelson\t-\t37.9\t-85.4\t5000\t-\tKentucky\n"
    "city\tUSA\tReading | ?Old Reading\t-\t40.3\t-75.9\t88000\t-\t-\n"
    "city\tUSA\tMacon\t-\t32.84\t-83.63\t91351\t4207400\tGeorgia\n"
    "city\tUSA\tAlba\t-\t32.79\t-95.63\t500\t-\tTexas\n"
    "city\tFRA\tAlba\t-\t44.56\t4.6\t900\t-\t-\n";

static const char where_words[] = "site\tRoad | Street | Square | Airport\n"
                                  "behind\tin | at | from | to | near | across\n"
                                  "at\tin | at | near | across\n"
                                  "part\tnorthern | the | rural\n"
                                  "settlement\tvillage | town\n"
                                  "division\tregion | state\n"
                                  "target\tassault | seize\n"
                                  "common\treading | paris\n";

typedef struct where_stage {
    data_folder folder;
    ro_lexicon *lexicon;
    void *table;
    size_t length;
    ro_gazetteer *gazetteer;
    ro_wordlist *words; /* the atlas' */
    ro_atlas atlas;
    ro_document *document;
    ro_sighting_list sightings;
    ro_choice_list choices;
} where_stage;

static inline ro_wordlist *where_open_words(data_folder *folder)
{
    static const char *const names[] = {
#define RO_PLACE_WORD(member, name) name,
#include "where/place_word.def"
#undef RO_PLACE_WORD
    };
    static const char *const files[] = {"words.tsv", NULL};
    ro_wordlist *words = NULL;
    ro_error error = {0};
    data_folder_write(folder, "words.tsv", where_words);
    if (ro_wordlist_open(folder->path, files, names, RO_PLACE_WORDS, NULL, &words, &error) !=
        RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    return words;
}

static inline void where_weigh(ro_atlas *atlas)
{
    static const int32_t weights[RO_EVIDENCES] = {
        [RO_EVIDENCE_ANY] = -40,
        [RO_EVIDENCE_KNOWN] = 50,
        [RO_EVIDENCE_WEAK] = -20,
        [RO_EVIDENCE_UNKNOWN] = -20,
        [RO_EVIDENCE_CROWD] = 5,
        [RO_EVIDENCE_AS_PLACE] = 45,
        [RO_EVIDENCE_IN_PLACE] = 25,
        [RO_EVIDENCE_AS_ORGANIZATION] = -5,
        [RO_EVIDENCE_IN_ORGANIZATION] = -10,
        [RO_EVIDENCE_AS_PERSON] = -30,
        [RO_EVIDENCE_IN_PERSON] = -80,
        [RO_EVIDENCE_AS_OTHER] = -10,
        [RO_EVIDENCE_NO_NAME] = -40,
        [RO_EVIDENCE_COMMON] = -35,
        [RO_EVIDENCE_OTHER] = -20,
        [RO_EVIDENCE_NAMESAKE] = -60,
        [RO_EVIDENCE_LOCATED] = 15,
        [RO_EVIDENCE_LISTED] = 40,
        [RO_EVIDENCE_TITLED] = 40,
        [RO_EVIDENCE_AS_TITLED] = 80,
        [RO_EVIDENCE_PEER] = 80,
        [RO_EVIDENCE_SITE] = 20,
        [RO_EVIDENCE_AGAIN] = 25,
        [RO_EVIDENCE_ADJECTIVE] = 40,
        [RO_EVIDENCE_PEOPLE_WORD] = -80,
        [RO_EVIDENCE_PEOPLE] = 20,
        [RO_EVIDENCE_COUNTRY] = 100,
        [RO_EVIDENCE_AREA] = 40,
        [RO_EVIDENCE_DIVISION] = 30,
        [RO_EVIDENCE_DISTRICT] = -50,
        [RO_EVIDENCE_OTHER_NAME] = -60,
        [RO_EVIDENCE_WEAK_NAME] = -50,
        [RO_EVIDENCE_LEXICON] = 60,
        [RO_EVIDENCE_INSIDE] = 110,
        [RO_EVIDENCE_BESIDE] = 30,
        [RO_EVIDENCE_SAME_COUNTRY] = 60,
        [RO_EVIDENCE_SAME_DIVISION] = 40,
        [RO_EVIDENCE_NEAR] = 30,
    };
    memcpy(atlas->weights, weights, sizeof weights);
}

static inline int where_open(void **state)
{
    where_stage *stage = calloc(1, sizeof *stage);
    ro_error error = {0};
    assert_non_null(stage);
    data_folder_make(&stage->folder);
    data_folder_add_folder(&stage->folder, "lexicon");
    data_folder_write(&stage->folder, "lexicon/sectors.tsv", where_sectors);
    data_folder_write(&stage->folder, "lexicon/countries.tsv", where_countries);
    data_folder_write(&stage->folder, "lexicon/organizations.tsv", where_organizations);
    if (ro_lexicon_open(stage->folder.path, NULL, &stage->lexicon, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    if (small_gazetteer_compile(where_ours, where_theirs, NULL, &stage->table, &stage->length,
                                &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    assert_int_equal(ro_gazetteer_open_table(stage->table, stage->length, NULL, &stage->gazetteer),
                     RO_STATUS_OK);
    stage->atlas.lexicon = stage->lexicon;
    stage->atlas.gazetteer = stage->gazetteer;
    stage->words = where_open_words(&stage->folder);
    stage->atlas.words = stage->words;
    where_weigh(&stage->atlas);
    *state = stage;
    return 0;
}

static inline int where_close(void **state)
{
    where_stage *stage = *state;
    ro_wordlist_close(stage->words);
    ro_gazetteer_close(stage->gazetteer);
    ro_alloc_free_aligned(ro_alloc_default(), stage->table, stage->length, 1);
    ro_lexicon_close(stage->lexicon);
    data_folder_remove(&stage->folder);
    free(stage);
    return 0;
}

/* A span of the recogniser. */
static inline void where_name(ro_document *document, uint32_t first, uint32_t end,
                              const char *label)
{
    ro_name *added = RO_LIST_ADD(document->arena, &document->names);
    assert_non_null(added);
    *added = (ro_name){first, end, label};
    for (uint32_t i = first; i < end; i++)
        document->tokens[i].name = document->names.count - 1;
}

/* Takes the document; where_sight and where_settle work on it. */
static inline void where_read(where_stage *stage, const char *parse)
{
    stage->document = hand_parsed(parse);
    stage->sightings = (ro_sighting_list){0};
    stage->choices = (ro_choice_list){0};
}

static inline void where_sight(where_stage *stage)
{
    assert_int_equal(ro_sighting_find(&stage->atlas, stage->document, &stage->sightings),
                     RO_STATUS_OK);
}

static inline void where_settle(where_stage *stage)
{
    where_sight(stage);
    assert_int_equal(
        ro_choosing_settle(&stage->atlas, stage->document, &stage->sightings, &stage->choices),
        RO_STATUS_OK);
}

static inline void where_done(where_stage *stage)
{
    ro_document_free(stage->document);
    stage->document = NULL;
}

/* The sightings that count as names of places: "Paris, Abbey Road"; static. */
static inline const char *where_seen(const where_stage *stage)
{
    static char text[512];
    size_t at = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < stage->sightings.count; i++) {
        const ro_sighting *each = &stage->sightings.items[i];
        if (each->evidence <= 0)
            continue;
        ro_text words = ro_document_span_text(stage->document, each->first, each->end);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s", at > 0 ? ", " : "",
                               (int)words.length, words.data);
    }
    return text;
}

/* The place that the sighting at a token is settled on: "city LBN Tripoli"; static. */
static inline const char *where_chosen(const where_stage *stage, uint32_t token)
{
    static char text[128];
    for (uint32_t i = 0; i < stage->sightings.count; i++) {
        const ro_sighting *each = &stage->sightings.items[i];
        if (each->first > token || each->end <= token)
            continue;
        const ro_place_candidate *best = ro_choosing_chosen(&stage->sightings, &stage->choices, i);
        if (each->evidence <= 0 || best == NULL)
            return each->evidence <= 0 ? "no place" : "unknown";
        snprintf(text, sizeof text, "%s %s%s%s %s", ro_place_kind_name(best->kind), best->country,
                 best->within[0] != '\0' ? " " : "", best->within, best->name);
        return text;
    }
    return "unseen";
}
#endif
