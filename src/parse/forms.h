/* forms.h - the word forms that one worker has seen, numbered, with their attributes. */
#ifndef RO_PARSE_FORMS_H
#define RO_PARSE_FORMS_H
#include "parse/vocabulary.h"

typedef struct ro_form {
    ro_text text, lower, norm; /* norm: a tokenizer exception's own, else empty; NUL-terminated  */
    ro_attributes attributes;
    uint32_t next;            /* the next form of the same hash chain                           */
    uint32_t document_serial; /* the document that last copied lower, and the copy              */
    const char *document_lower;
} ro_form;

typedef struct ro_forms ro_forms;

ro_forms *ro_forms_new(const ro_vocabulary *vocabulary, const ro_allocator *allocator);
void ro_forms_free(ro_forms *forms);
/* The number of a form, added if it is new; norm may be empty. OK or OUT_OF_MEMORY. */
ro_status ro_forms_add(ro_forms *forms, ro_text text, ro_text norm, uint32_t *form);
/* Borrowed until the next add or clear. */
ro_form *ro_forms_at(ro_forms *forms, uint32_t form);
size_t ro_forms_count(const ro_forms *forms);
/* Forgets all forms; their numbers are given anew. OK or OUT_OF_MEMORY. */
ro_status ro_forms_clear(ro_forms *forms);
#endif
