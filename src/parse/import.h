/* import.h - what the import_*.c files share: one import from a package to a model file.
 *
 * Everything they allocate is in the import's arena, unless said otherwise; JSON belongs to the
 * caller. Every function fails with UNSUPPORTED (what we do not run, by component and name),
 * BAD_FORMAT (what no such package holds) or OUT_OF_MEMORY.
 */
#ifndef RO_PARSE_IMPORT_H
#define RO_PARSE_IMPORT_H
#include "base/arena.h"
#include "base/map.h"
#include "nn/weights.h"
#include "parse/package.h"
#include "parse/trained.h"

#include <jansson.h>
#include <msgpack.h>

typedef struct ro_import_symbol {
    uint64_t id;
    ro_text string;
} ro_import_symbol;

typedef struct ro_import_norm {
    ro_text string, norm;
} ro_import_norm;

/* A row of languages.tsv about the package's language. */
typedef struct ro_import_fact {
    ro_text fact, value, detail;
} ro_import_fact;

typedef struct ro_import {
    ro_arena *arena;
    ro_package *package;
    ro_precision precision;
    ro_trained *trained;  /* adapters and heads; NULL: none are wanted */
    json_t *config;       /* config.cfg */
    json_t *pipeline;     /* names of the components that run, in order */
    const char *language; /* "en" */
    ro_weights_writer *writer;
    ro_error *error;
    /* import_facts.c: spaCy's source */
    RO_LIST(ro_import_symbol) symbols;
    RO_LIST(ro_import_norm) norms;
    RO_LIST(ro_import_fact) facts;
    ro_map *symbol_ids;
} ro_import;

/* Sets the error about a file or component of the package ("ner/model: ...") and returns status. */
ro_status ro_import_fail(const ro_import *import, ro_status status, const char *about,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
ro_status ro_import_no_memory(const ro_import *import);
/* Reads a JSON file of the package. */
ro_status ro_import_json(ro_import *import, const char *name, json_t **json);

/* ---- import_facts.c ------------------------------------------------------------------------ */

/* Reads <folder>/spacy/{symbols,base_norms,languages}.tsv. UNSUPPORTED if the language is not in
 * the last. */
ro_status ro_import_facts_read(ro_import *import, const char *folder);
/* The id that spaCy's StringStore gives a string. */
uint64_t ro_import_facts_id(const ro_import *import, ro_text string);
/* The symbol with this id; false if there is none. */
bool ro_import_facts_symbol(const ro_import *import, uint64_t id, ro_text *string);
/* The value of the first row with this fact; the empty text if there is none. */
ro_text ro_import_facts_value(const ro_import *import, const char *fact);

/* ---- import_tables.c ----------------------------------------------------------------------- */

/* A row of a look-up table: strings joined by NULs under an id. */
typedef struct ro_import_row {
    uint64_t id;
    ro_text value;
    uint32_t order; /* set by ro_import_tables_write */
} ro_import_row;
typedef RO_LIST(ro_import_row) ro_import_rows;

/* Writes "<name>/keys" and, unless it is a set, offsets and text. Of equal ids the last counts. */
ro_status ro_import_tables_write(ro_import *import, const char *name, ro_import_rows *rows,
                                 bool set);
/* The symbols, the norms, and the vocabulary's own tables (lexeme_norm). */
ro_status ro_import_tables_vocabulary(ro_import *import);
/* A string, or a list of strings joined by NULs. */
bool ro_import_tables_value(ro_import *import, const msgpack_object *object, ro_text *value);

/* ---- import_tokenizer.c -------------------------------------------------------------------- */

ro_status ro_import_tokenizer_read(ro_import *import, json_t **tokenizer);

/* ---- import_network.c ---------------------------------------------------------------------- */

/* The layers of a thinc model in the order in which they run. */
typedef struct ro_import_network ro_import_network;

ro_status ro_import_network_open(ro_import *import, const char *component,
                                 ro_import_network **network);
void ro_import_network_close(ro_import_network *network); /* its memory is the arena's */
/* Whether the next layer with a part in the result has this name. */
bool ro_import_network_at(const ro_import_network *network, const char *layer);
/* Goes to the next layer, which must have this name. BAD_FORMAT. */
ro_status ro_import_network_next(ro_import_network *network, const char *layer);
/* BAD_FORMAT if layers are left. */
ro_status ro_import_network_end(ro_import_network *network);
/* An attribute of the layer gone to. */
ro_status ro_import_network_number(ro_import_network *network, const char *attribute,
                                   uint64_t *number);
/* The names in a list attribute; numbers are symbols. */
ro_status ro_import_network_names(ro_import_network *network, const char *attribute,
                                  const ro_text **names, uint32_t *count);
/* Adds a parameter of the layer gone to as tensor "<prefix>/<name>". dims of 0 are any, and are
 * set. A leading dimension of 1 beyond the rank is dropped. object[name] becomes the tensor's
 * name. */
ro_status ro_import_network_tensor(ro_import_network *network, const char *parameter,
                                   const char *prefix, const char *name, uint32_t rank,
                                   uint64_t *dims, json_t *object);

/* ---- import_encoder.c ---------------------------------------------------------------------- */

/* Refuses a component whose encoder, by config.cfg, is none that we run. */
ro_status ro_import_encoder_accept(const ro_import *import, const char *component);
/* Reads the encoder at the start of an accepted component's network: its own, or a listener's
 * upstream name. Sets *width to the width of its vectors, 0 for a listener. */
ro_status ro_import_encoder_read(ro_import *import, const char *component,
                                 ro_import_network *network, json_t **encoder, uint64_t *width);
/* Refuses a component whose model at path (below components.) is none of these architectures (NULL
 * ends the list). */
ro_status ro_import_encoder_check(const ro_import *import, const char *component, const char *path,
                                  const char *const architectures[]);

/* ---- import_components.c, import_rules.c --------------------------------------------------- */

/* Reads a component by its factory, into model.json's description of it. UNSUPPORTED for an
 * unknown factory. */
ro_status ro_import_components_read(ro_import *import, const char *component, json_t **described);
/* Add what they read to the description. */
ro_status ro_import_rules_ruler(ro_import *import, const char *component, json_t *described);
ro_status ro_import_rules_lemmatizer(ro_import *import, const char *component, json_t *described);
/* Morphological features in spaCy's normal form, sorted; "_" is none. NULL without memory. */
const char *ro_import_rules_morph(ro_import *import, ro_text features);

/* ---- import_bert.c, import_wordpiece.c ------------------------------------------------------- */

/* Reads a package of a BERT-shaped encoder: adds its tensors, and what describes it to model. */
ro_status ro_import_bert_read(ro_import *import, json_t *model);
/* Reads tokenizer.json: adds the vocabulary, which must be of so many pieces, and describes it. */
ro_status ro_import_wordpiece_read(ro_import *import, uint64_t pieces, json_t **wordpiece);
#endif
