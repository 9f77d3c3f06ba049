/* reader.h - what a reader holds, and the doors that it can go through: one a format. */
#ifndef RO_READ_READER_H
#define RO_READ_READER_H
#include "read/input.h"

/* The UTF-8 byte-order mark, which files may begin with. */
#define RO_READER_MARK "\xEF\xBB\xBF"

struct ro_reader {
    ro_allocator allocator;
    ro_input input;
    ro_format format;        /* AUTO until the first document is asked for     */
    ro_date date;            /* wins over the document's own; none if not given */
    uint64_t document_limit; /* bytes                                           */
    uint64_t line;           /* of the line read last                           */
    bool begun;              /* what it begins with was looked at               */
    bool guessed;            /* the format is, and no document was read yet     */
    bool broken;             /* the line read last was no JSON                  */
    bool done;               /* only END is left to say                         */
    char *name;
};

/* A door gives the next document, or END, or an error, having moved on behind it. */
ro_status ro_text_door_next(ro_reader *reader, ro_document **document, ro_error *error);
ro_status ro_jsonl_door_next(ro_reader *reader, ro_document **document, ro_error *error);

/* Adds path and line to an error that a function wrote which knew neither; returns status. */
ro_status ro_reader_locate(const ro_reader *reader, ro_status status, ro_error *error);
#endif
