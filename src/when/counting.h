/* counting.h - how many times something happened. Private to src/when. */
#ifndef RO_WHEN_COUNTING_H
#define RO_WHEN_COUNTING_H
#include "when/dating.h"

/* Fills an event's count_ordinal, count_since and count_within. */
void ro_counting_set(const ro_dating *dating, ro_document *document, ro_event *event);
#endif
