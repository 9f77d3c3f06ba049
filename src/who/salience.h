/* salience.h - how likely an earlier mention is what a pronoun stands for. Private to src/who. */
#ifndef RO_WHO_SALIENCE_H
#define RO_WHO_SALIENCE_H
#include "who/roster.h"

enum {
#define RO_SALIENCE(member, name) RO_SALIENCE_##member,
#include "who/salience.def"
#undef RO_SALIENCE
    RO_SALIENCE_FEATURES
};

typedef struct ro_salience {
    int32_t weights[RO_SALIENCE_FEATURES];
} ro_salience;

typedef enum ro_number { RO_NUMBER_ONE, RO_NUMBER_MANY, RO_NUMBER_THING } ro_number;

/* Reads data_folder/who/salience.tsv, which gives each of salience.def its weight. A fault fails
 * with BAD_FORMAT, naming file and line; else what opening a file returns. */
ro_status ro_salience_open(const char *data_folder, ro_salience *salience, ro_error *error);
/* The sum of the weights that hold for a mention and a pronoun token behind it. nearest: no other
 * candidate stands between. */
int32_t ro_salience_score(const ro_salience *salience, const ro_roster *roster,
                          const ro_mention *mention, uint32_t pronoun, ro_number asked,
                          const char *gender, bool nearest);
#endif
