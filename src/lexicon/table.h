/* table.h - reading our data files: one fact a line, fields between tabs, comments after '#'. */
#ifndef RO_LEXICON_TABLE_H
#define RO_LEXICON_TABLE_H
#include "base/file.h"

#define RO_TABLE_FIELDS 8
#define RO_TABLE_FIELDS_MOST 9

/* A file being read line by line. Fields are borrowed from the mapped file. */
typedef struct ro_table {
    ro_file_map map;
    const char *path; /* borrowed */
    size_t offset;
    uint64_t line;                   /* of the row just read, 1-based      */
    ro_text fields[RO_TABLE_FIELDS_MOST]; /* trimmed; those not given are empty */
    size_t field_count;
    size_t limit; /* of fields in a row, RO_TABLE_FIELDS_MOST at most; 0: RO_TABLE_FIELDS */
} ro_table;

/* Maps path, which must outlive the table. What ro_file_map_open returns. */
ro_status ro_table_open(const char *path, ro_table *table, ro_error *error);
void ro_table_close(ro_table *table);
/* Reads the next row with anything in it. END when there is none; BAD_FORMAT for a row of more
 * fields than the limit or of bytes that are no UTF-8. */
ro_status ro_table_next(ro_table *table, ro_error *error);
/* BAD_FORMAT about the row just read, naming file and line. */
ro_status ro_table_fault(const ro_table *table, ro_error *error, const char *expected,
                         ro_text found);
/* Takes the next piece off *list ("a | b | c" with separator '|'), trimmed; false at its end.
 * Empty pieces are skipped. */
bool ro_table_piece(ro_text *list, char separator, ro_text *piece);
#endif
