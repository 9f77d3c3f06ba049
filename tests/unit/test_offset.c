/* test_offset.c - offset.c against counting from the start, in any order of questions. */
#include "unit.h"

#include "base/text.h"
#include "write/offset.h"

#include <stdlib.h>

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Text of code points of 1 to 4 bytes; returns its length. */
static uint32_t make_text(char *text, uint32_t room, uint32_t *seed, bool ascii)
{
    static const uint32_t points[] = {'a', 0xE9, 0x20AC, 0x1F600};
    uint32_t length = 0;
    while (length + 4 <= room)
        length +=
            (uint32_t)ro_text_encode(ascii ? 'a' : points[next_random(seed) % 4], text + length);
    return length;
}

static void check(char *text, uint32_t base, uint32_t length, uint32_t *seed)
{
    static ro_offset offset;
    uint32_t points = 0;
    ro_offset_start(&offset, text, base, length);
    for (uint32_t at = base; at < length; at++) { /* rising, every start of a code point */
        if (((unsigned char)text[at] & 0xC0) == 0x80)
            continue;
        assert_int_equal(ro_offset_get(&offset, at), points);
        points++;
    }
    assert_int_equal(ro_offset_get(&offset, length), points);
    for (int i = 0; i < 2000 && length > base; i++) { /* jumping */
        uint32_t at = base + next_random(seed) % (length - base);
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at--;
        assert_int_equal(ro_offset_get(&offset, at),
                         ro_text_count((ro_text){text + base, at - base}));
    }
}

static void every_offset_is_counted(void **state)
{
    (void)state;
    static const uint32_t rooms[] = {0, 4, 9, 1023, 1024, 1025, 2047, 2048, 2050, 70000};
    uint32_t seed = 7;
    char *text = malloc(70004);
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        uint32_t length = make_text(text, rooms[i], &seed, false);
        check(text, 0, length, &seed);
        length = make_text(text, rooms[i], &seed, true);
        check(text, 0, length, &seed);
    }
    free(text);
}

/* What stands before the base is not counted, ASCII or not. */
static void counting_starts_at_the_base(void **state)
{
    (void)state;
    uint32_t seed = 3;
    char text[4100] = "\xC3\xA9\xC3\xA9 ";
    uint32_t length = 5 + make_text(text + 5, 4000, &seed, false);
    check(text, 5, length, &seed);
    length = 5 + make_text(text + 5, 4000, &seed, true);
    check(text, 5, length, &seed);
    check(text, length, length, &seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_offset_is_counted),
        cmocka_unit_test(counting_starts_at_the_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
