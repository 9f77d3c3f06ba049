/* who_stage.h - src/who on documents parsed by hand, with a small lexicon of countries that there
 * are not and pronouns that stand for the nearest subject. */
#ifndef RO_TEST_WHO_STAGE_H
#define RO_TEST_WHO_STAGE_H
#include "unit.h"

#include "data_folder.h"
#include "hand_parsed.h"
#include "who/nominal.h"
#include "who/salience.h"

static const char stage_sectors[] =
    "sector\tGOV\tgovernment\nsector\tMIL\tarmy\nsector\tCOP\tpolice\nsector\tLEG\tparliament\n"
    "sector\tREB\trebels\nsector\tOPP\topposition\nsector\tELI\tformer elite\n"
    "sector\tPTY\tparty\nsector\tMED\tmedia\nsector\tCVL\tcivilians\nsector\tIGO\tstates\n"
    "sector\tMNC\tcompanies\n";
static const char stage_countries[] =
    "country\tAVA\tAvalia\ndemonym\tAVA\tAvalian | Avalians\ncapital\tAVA\tAvaport\n"
    "region\tAVA\tOstmark\nregion\tAVA\tKentia Province | ?Kentia\n"
    "country\tBOR\tBoria\ndemonym\tBOR\tBorian | Borians\ncapital\tBOR\tBorgrad\n"
    "country\tKEN\tKentia\ndemonym\tKEN\tKentian\n";
static const char stage_leaders[] =
    "person\tAVAGOV\tAnn Rook | Rook\tpresident\t2001-01-01\t2004-12-31\tshe\n"
    "person\tAVAGOV\tMax Rook | Rook\tpresident\t2005-01-01\t2009-12-31\the\n"
    "person\tBORGOV\tIvo Kell\tpremier\t2000-01-01\t\the\n"
    "person\tIGOLOL\tUna Dell\tleader\t2000-01-01\t\tshe\n"
    "person\tKENREB\tBo Vell | ?Foxy | ?Old Foxy\tleader\t2000-01-01\t\the\n";
static const char stage_organizations[] =
    "organization\tAVAMIL\tAvalian Interior Ministry | ?Interior Ministry\tministry\n"
    "organization\tBORMIL\tBorian Interior Ministry | ?Interior Ministry\tministry\n"
    "organization\tAVAREB\tAvalian Free Army | Free Army\n"
    "organization\tBORREB\tBorian Free Army | Free Army\n"
    "organization\tAVACOP\tAvalian Border Guard Command | ?Border Guard Command\n"
    "organization\tREB\tRed Dawn\n"
    "organization\tIGOLOL\tLeague of Lakes | LOL\talliance\n"
    "organization\t\tLake Water Panel | ?Water Panel\tpanel\t\t\t\tLeague of Lakes\n";
static const char stage_roles[] =
    "role\tGOV\tpresident\t\t\t\t\tone\nrole\tGOV\tpremier\t\t\t\t\tone\n"
    "role\tGOV\tforeign minister\t\t\t\t\tone\nrole\tGOV\tminister\nrole\tMIL\tgeneral\n"
    "role\tLEG\tlawmaker\nrole\tREB\trebel\nrole\tCOP\tborder guard\nrole\tMED\treporter\n"
    "role\tCVL\twoman | women\t\t\t\tshe\nrole\tCVL\tfarmer\nrole\t\tspokesman\t\t\t\the\n"
    "role\t\taide\nrole\t\tleader\nrole\t\tsource\nrole\t\tcounterpart\n"
    "group\tOPP\topposition\ngroup\tCOP\tpolice\ngroup\tREB\tmilitia\ngroup\t\tside\n"
    "body\tGOV\tministry | ministries\nbody\t\talliance\nbody\t\tpanel\nbody\t\tboard\n"
    "body\tPTY\tparty\nbody\tMNC\tcompany\nsite\t\tcountry\nsite\t\tcity\nsite\t\tborder\n"
    "given\t\tMarie | Ida | Mrs\t\t\t\tshe\ngiven\t\tOle\t\t\t\the\n";

typedef struct who_stage {
    data_folder folder;
    ro_lexicon *lexicon;
    ro_salience salience;
    ro_words *words;
    ro_document *document;
    ro_roster roster;
} who_stage;

static inline int stage_open(void **state)
{
    who_stage *stage = calloc(1, sizeof *stage);
    ro_error error = {0};
    assert_non_null(stage);
    data_folder_make(&stage->folder);
    data_folder_add_folder(&stage->folder, "lexicon");
    data_folder_write(&stage->folder, "lexicon/sectors.tsv", stage_sectors);
    data_folder_write(&stage->folder, "lexicon/countries.tsv", stage_countries);
    data_folder_write(&stage->folder, "lexicon/leaders.tsv", stage_leaders);
    data_folder_write(&stage->folder, "lexicon/organizations.tsv", stage_organizations);
    data_folder_write(&stage->folder, "lexicon/roles.tsv", stage_roles);
    if (ro_lexicon_open(stage->folder.path, NULL, &stage->lexicon, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    if (ro_words_open("data", NULL, &stage->words, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    stage->salience.weights[RO_SALIENCE_SUBJECT] = 10;
    stage->salience.weights[RO_SALIENCE_NEAR] = 1;
    *state = stage;
    return 0;
}

static inline int stage_close(void **state)
{
    who_stage *stage = *state;
    ro_words_close(stage->words);
    ro_lexicon_close(stage->lexicon);
    data_folder_remove(&stage->folder);
    free(stage);
    return 0;
}

/* Takes the document, which stage_name, stage_start and the like then work on. */
static inline void stage_read(who_stage *stage, const char *parse)
{
    stage->document = hand_parsed(parse);
}

/* A span of the recogniser. */
static inline void stage_name(who_stage *stage, uint32_t first, uint32_t end, const char *label)
{
    ro_document *document = stage->document;
    ro_name *added = RO_LIST_ADD(document->arena, &document->names);
    assert_non_null(added);
    *added = (ro_name){first, end, label};
    for (uint32_t i = first; i < end; i++)
        document->tokens[i].name = document->names.count - 1;
}

static inline void stage_start(who_stage *stage)
{
    assert_int_equal(
        ro_roster_start(&stage->roster, stage->lexicon, &stage->salience, stage->words,
                        stage->document),
        RO_STATUS_OK);
}

/* The whole first pass. */
static inline void stage_find(who_stage *stage)
{
    stage_start(stage);
    assert_int_equal(ro_names_find(&stage->roster), RO_STATUS_OK);
    assert_int_equal(ro_nominals_find(&stage->roster), RO_STATUS_OK);
    assert_int_equal(ro_owner_give_country(&stage->roster), RO_STATUS_OK);
}

static inline void stage_done(who_stage *stage)
{
    ro_roster_stop(&stage->roster);
    ro_document_free(stage->document);
    stage->document = NULL;
}

/* The mention with this head, of several the one that was added at this place; NULL. */
static inline const ro_mention *stage_mention(const who_stage *stage, uint32_t head, uint32_t place)
{
    for (uint32_t i = 0; i < stage->document->mentions.count; i++)
        if (stage->document->mentions.items[i].head == head && place-- == 0)
            return &stage->document->mentions.items[i];
    return NULL;
}

/* Of the first mention with this head its rule, its entity, that one's code. */
static inline const char *stage_rule(const who_stage *stage, uint32_t head)
{
    const ro_mention *mention = stage_mention(stage, head, 0);
    return mention != NULL ? mention->rule : "no mention";
}

static inline uint32_t stage_entity(const who_stage *stage, uint32_t head)
{
    const ro_mention *mention = stage_mention(stage, head, 0);
    if (mention == NULL)
        fail_msg("token %u has no mention", head);
    return mention->entity;
}

static inline const char *stage_code(const who_stage *stage, uint32_t head)
{
    return stage->document->entities.items[stage_entity(stage, head)].actor.code;
}
#endif
