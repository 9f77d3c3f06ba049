/* test_arena.c - arena.c and alloc.c: alignment, zeroes, lists, what is given back, overflow. */
#include "unit.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "failing_allocator.h"

#include <string.h>

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static unsigned char *pieces[COUNT];
    ro_arena *arena = ro_arena_new(NULL);
    assert_non_null(arena);
    for (size_t i = 0; i < COUNT; ++i) {
        const size_t size = i * 37 % 5000; /* small ones, and ones larger than a chunk */
        pieces[i] = ro_arena_alloc(arena, size, 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < size; ++j)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)(i % 251) + 1, size);
    }
    for (size_t i = 0; i < COUNT; ++i)
        for (size_t j = 0; j < i * 37 % 5000; ++j)
            assert_int_equal(pieces[i][j], i % 251 + 1);
    ro_arena_free(arena);
}

static void everything_is_given_back_with_its_size(void **state)
{
    (void)state;
    failing_allocator counter = {0};
    const ro_allocator allocator = failing_allocator_of(&counter);
    ro_arena *arena = ro_arena_new(&allocator);
    for (size_t i = 0; i < 500; ++i)
        assert_non_null(ro_arena_alloc(arena, i, 31));
    assert_true(counter.held > 500 * 499 / 2 * 31);
    ro_arena_free(arena);
    assert_int_equal(counter.held, 0);
    ro_arena_free(NULL);
}

static void copies_and_formats(void **state)
{
    (void)state;
    ro_arena *arena = ro_arena_new(NULL);
    char *copy = ro_arena_copy(arena, "a\0b", 3);
    assert_memory_equal(copy, "a\0b", 4);
    assert_string_equal(ro_arena_copy(arena, NULL, 0), "");
    assert_string_equal(ro_arena_format(arena, "%s:%d", "events.frames", 12), "events.frames:12");
    const char *wide = ro_arena_format(arena, "%9000d", 7);
    assert_int_equal(strlen(wide), 9000);
    assert_int_equal(wide[8999], '7');
    ro_arena_free(arena);
}

static void lists_grow_and_keep_their_items(void **state)
{
    (void)state;
    ro_arena *arena = ro_arena_new(NULL);
    RO_LIST(uint64_t) list = {0};
    for (uint64_t i = 0; i < 5000; ++i) {
        uint64_t *added = RO_LIST_ADD(arena, &list);
        assert_non_null(added);
        assert_int_equal(*added, 0);
        *added = i * i;
    }
    assert_int_equal(list.count, 5000);
    for (uint64_t i = 0; i < 5000; ++i)
        assert_int_equal(list.items[i], i * i);
    ro_arena_free(arena);
}

static void impossible_sizes_are_out_of_memory(void **state)
{
    (void)state;
    ro_arena *arena = ro_arena_new(NULL);
    assert_null(ro_arena_alloc(arena, SIZE_MAX, 2));
    assert_null(ro_arena_alloc(arena, SIZE_MAX / 2 + 1, 2));
    assert_null(ro_arena_copy(arena, "", SIZE_MAX));
    uint32_t count = UINT32_MAX, capacity = UINT32_MAX;
    assert_null(ro_arena_list_grow(arena, NULL, &count, &capacity, 1));
    assert_null(ro_alloc_zeroed(ro_alloc_default(), SIZE_MAX / 2, 3));
    assert_null(ro_alloc_aligned(ro_alloc_default(), SIZE_MAX / 4, 4));
    assert_null(ro_alloc_aligned(ro_alloc_default(), SIZE_MAX, 1));
    ro_arena_free(arena);
}

static void failures_of_the_allocator_are_told(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 2; ++n) {
        failing_allocator counter = {.fail_at = n};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_arena *arena = ro_arena_new(&allocator);
        assert_true(n == 1 ? arena == NULL : ro_arena_alloc(arena, 1, 100) == NULL);
        ro_arena_free(arena);
        assert_int_equal(counter.held, 0);
    }
}

static void aligned_blocks_are_aligned(void **state)
{
    (void)state;
    failing_allocator counter = {0};
    const ro_allocator allocator = failing_allocator_of(&counter);
    for (size_t size = 0; size < 300; ++size) {
        char *block = ro_alloc_aligned(&allocator, size, 3);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 64, 0);
        memset(block, 1, size * 3);
        ro_alloc_free_aligned(&allocator, block, size, 3);
        char *zeroed = ro_alloc_zeroed(&allocator, size, 3);
        assert_non_null(zeroed);
        for (size_t i = 0; i < size * 3; ++i)
            assert_int_equal(zeroed[i], 0);
        ro_alloc_free(&allocator, zeroed, size, 3);
    }
    assert_int_equal(counter.held, 0);
    ro_alloc_free(&allocator, NULL, 1, 1);
    ro_alloc_free_aligned(&allocator, NULL, 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(everything_is_given_back_with_its_size),
        cmocka_unit_test(copies_and_formats),
        cmocka_unit_test(lists_grow_and_keep_their_items),
        cmocka_unit_test(impossible_sizes_are_out_of_memory),
        cmocka_unit_test(failures_of_the_allocator_are_told),
        cmocka_unit_test(aligned_blocks_are_aligned),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
