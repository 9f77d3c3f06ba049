/* test_map.c - map.c: many keys, replaced values, keys with NULs, failing memory. */
#include "unit.h"

#include "base/map.h"
#include "base/text.h"
#include "failing_allocator.h"

#include <stdio.h>

static ro_text key_of(uint32_t number, char room[static 16])
{
    const int length = snprintf(room, 16, "k%u", number);
    return (ro_text){room, (size_t)length};
}

static void many_keys_are_found_again(void **state)
{
    (void)state;
    ro_map *map = ro_map_new(NULL);
    char room[16];
    for (uint32_t i = 0; i < 20000; ++i)
        assert_int_equal(ro_map_set(map, key_of(i, room), i + 7), RO_STATUS_OK);
    assert_int_equal(ro_map_count(map), 20000);
    uint32_t value = 0;
    for (uint32_t i = 0; i < 20000; ++i) {
        assert_true(ro_map_get(map, key_of(i, room), &value));
        assert_int_equal(value, i + 7);
    }
    value = 99;
    for (uint32_t i = 20000; i < 40000; ++i)
        assert_false(ro_map_get(map, key_of(i, room), &value));
    assert_int_equal(value, 99);
    ro_map_free(map);
    ro_map_free(NULL);
}

static void a_key_set_again_is_replaced(void **state)
{
    (void)state;
    ro_map *map = ro_map_new(NULL);
    assert_int_equal(ro_map_set(map, RO_TEXT("Kyiv"), 1), RO_STATUS_OK);
    assert_int_equal(ro_map_set(map, RO_TEXT("Kyiv"), 2), RO_STATUS_OK);
    uint32_t value = 0;
    assert_true(ro_map_get(map, RO_TEXT("Kyiv"), &value));
    assert_int_equal(value, 2);
    assert_int_equal(ro_map_count(map), 1);
    ro_map_free(map);
}

static void keys_are_bytes_and_copied(void **state)
{
    (void)state;
    ro_map *map = ro_map_new(NULL);
    char key[] = "a\0b";
    assert_int_equal(ro_map_set(map, (ro_text){key, 3}, 1), RO_STATUS_OK);
    assert_int_equal(ro_map_set(map, (ro_text){key, 1}, 2), RO_STATUS_OK);
    assert_int_equal(ro_map_set(map, (ro_text){NULL, 0}, 3), RO_STATUS_OK);
    key[0] = 'x';
    uint32_t value = 0;
    assert_true(ro_map_get(map, RO_TEXT("a\0b"), &value));
    assert_int_equal(value, 1);
    assert_true(ro_map_get(map, RO_TEXT("a"), &value));
    assert_int_equal(value, 2);
    assert_true(ro_map_get(map, RO_TEXT(""), &value));
    assert_int_equal(value, 3);
    ro_map_free(map);
}

static void failing_memory_loses_nothing(void **state)
{
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; ++n) {
        failing_allocator counter = {.fail_at = n};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_map *map = ro_map_new(&allocator);
        char room[16];
        for (uint32_t i = 0; map != NULL && i < 100; ++i) {
            ro_status status = ro_map_set(map, key_of(i, room), i);
            if (status != RO_STATUS_OK) { /* only this request failed: the map is as before */
                assert_int_equal(status, RO_STATUS_OUT_OF_MEMORY);
                assert_int_equal(ro_map_count(map), i);
                assert_int_equal(ro_map_set(map, key_of(i, room), i), RO_STATUS_OK);
            }
        }
        uint32_t value;
        for (uint32_t i = 0; map != NULL && i < 100; ++i)
            assert_true(ro_map_get(map, key_of(i, room), &value) && value == i);
        ro_map_free(map);
        assert_int_equal(counter.held, 0);
        failed = counter.failed;
        assert_true(n > 3 || failed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_keys_are_found_again),
        cmocka_unit_test(a_key_set_again_is_replaced),
        cmocka_unit_test(keys_are_bytes_and_copied),
        cmocka_unit_test(failing_memory_loses_nothing),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
