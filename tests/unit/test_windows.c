/* test_windows.c - windows over a long row of pieces: what holds of all of them. */
#include "parse/windows.h"
#include "unit.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How much a piece sees on its shorter side; ends of the document do not count. */
static size_t sees(ro_window window, size_t piece, size_t count)
{
    size_t left = window.start == 0 ? SIZE_MAX : piece - window.start;
    size_t right = window.end == count ? SIZE_MAX : window.end - 1 - piece;
    return smaller(left, right);
}

static void check_kept(size_t count, size_t size, size_t overlap, size_t index, ro_window window)
{
    size_t windows = ro_windows_count(count, size, overlap);
    for (size_t piece = window.kept_start; piece < window.kept_end; piece++)
        for (size_t other = 0; other < windows; other++) {
            ro_window rival = ro_windows_at(count, size, overlap, other);
            if (piece < rival.start || piece >= rival.end || other == index)
                continue;
            size_t mine = sees(window, piece, count), its = sees(rival, piece, count);
            assert_true(other < index ? mine > its : mine >= its);
        }
}

static void check(size_t count, size_t size, size_t overlap)
{
    size_t windows = ro_windows_count(count, size, overlap), kept = 0;
    size_t room = size - RO_WINDOWS_SPECIAL, shared = smaller(overlap, room - 1);
    ro_window before = {0};
    assert_int_equal(windows == 0, count == 0);
    for (size_t i = 0; i < windows; i++) {
        ro_window window = ro_windows_at(count, size, overlap, i);
        assert_true(window.start < window.end && window.end <= count);
        assert_true(window.end - window.start <= room);
        assert_int_equal(window.kept_start, kept);
        assert_true(window.kept_start < window.kept_end);
        assert_true(window.start <= window.kept_start && window.kept_end <= window.end);
        if (i > 0) {
            assert_true(before.end - window.start >= shared && before.end > window.start - 1);
            assert_int_equal(before.end - before.start, window.end - window.start);
        }
        check_kept(count, size, overlap, i, window);
        kept = window.kept_end;
        before = window;
    }
    assert_int_equal(kept, count);
    /* with one window less, not everything could be covered */
    if (windows > 1)
        assert_true((windows - 1) * room - (windows - 2) * shared < count);
}

static void test_holds_for_all_small_ones(void **state)
{
    (void)state;
    for (size_t size = 3; size < 14; size++)
        for (size_t overlap = 0; overlap < size + 2; overlap++)
            for (size_t count = 0; count < 60; count++)
                check(count, size, overlap);
    for (size_t count = 480; count < 2000; count += 37)
        check(count, 512, 128);
}

static void test_spreads_evenly(void **state)
{
    (void)state;
    assert_int_equal(ro_windows_count(0, 512, 128), 0);
    assert_int_equal(ro_windows_count(510, 512, 128), 1);
    assert_int_equal(ro_windows_count(511, 512, 128), 2);
    ro_window first = ro_windows_at(511, 512, 128, 0), second = ro_windows_at(511, 512, 128, 1);
    assert_int_equal(first.start, 0);
    assert_int_equal(first.end, 320);
    assert_int_equal(second.start, 191);
    assert_int_equal(second.end, 511);
    assert_int_equal(first.kept_end, 256);
    ro_window whole = ro_windows_at(7, 512, 128, 0);
    assert_int_equal(whole.kept_end, 7);
}

static void test_counts_without_overflow(void **state)
{
    (void)state;
    size_t count = UINT32_MAX, windows = ro_windows_count(count, 512, 128);
    ro_window last = ro_windows_at(count, 512, 128, windows - 1);
    assert_int_equal(last.end, count);
    assert_int_equal(last.kept_end, count);
    assert_int_equal(ro_windows_count(10, 0, 5), 10); /* too small for anything: one piece each */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds_for_all_small_ones),
        cmocka_unit_test(test_spreads_evenly),
        cmocka_unit_test(test_counts_without_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
