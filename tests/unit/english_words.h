/* english_words.h - our own function words, opened once for a group of tests. */
#ifndef RO_TEST_ENGLISH_WORDS_H
#define RO_TEST_ENGLISH_WORDS_H
#include "unit.h"

#include "who/words.h"

static ro_words *english;

static int open_words(void **state)
{
    ro_error error = {0};
    (void)state;
    if (ro_words_open("data", NULL, &english, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    return 0;
}

static int close_words(void **state)
{
    (void)state;
    ro_words_close(english);
    return 0;
}
#endif
