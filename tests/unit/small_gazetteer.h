/* small_gazetteer.h - a small gazetteer, made in memory of two texts, the first of which counts
 * more. */
#ifndef RO_TEST_SMALL_GAZETTEER_H
#define RO_TEST_SMALL_GAZETTEER_H
#include "unit.h"

#include "base/alloc.h"
#include "base/text.h"
#include "where/gazetteer.h"
#include "where/gazetteer_make.h"

#include <stdio.h>

static const char small_gazetteer_ours[] =
    "# what we say ourselves\n"
    "area\t-\tBaltics | Baltic states\tBaltic\t57\t25\t6000000\t-\t-\n"
    "water\t-\tBlack Sea\t-\t43.4\t34.3\t0\t-\t-\n"
    "city\tFRA\tNice | ?Nizza\t-\t43.7\t7.27\t0\t-\t-\n"
    "country\tFRA\tFrance | French Republic\tFrench | Frenchman\t46.5\t2.5\t0\t-\t-\n";

static const char small_gazetteer_theirs[] =
    "country\tFRA\tFrance\tFrench\t46\t2\t66987244\t3017382\t-\n"
    "country\tAND\tAndorra\tAndorran\t42.5\t1.5\t77006\t3041565\t-\n"
    "country\tGEO\tGeorgia | Sakartvelo\tGeorgian\t42\t43.5\t3704500\t614540\t-\n"
    "region\tUSA\tGeorgia\t-\t33.28907\t-83.86144\t4773909\t4197000\t-\n"
    "region\tUSA\tNew York\t-\t41\t-74.2\t20000000\t5128638\t-\n"
    "region\tFRA\tÎle-de-France\t-\t48.84\t2.35\t12000000\t-\t-\n"
    "region\tUSA\tOrange County\t-\t33.7\t-117.8\t3000000\t-\tCalifornia\n"
    "city\tFRA\tParis | Lutetia\t-\t48.85341\t2.3488\t2138551\t2988507\tÎle-de-France\n"
    "city\tUSA\tNew York City | New York\t-\t40.71427\t-74.00597\t8804190\t5128581\tNew York\n"
    "city\tUSA\tParis\t-\t33.66094\t-95.55551\t24782\t4717560\tTexas\n"
    "city\tFRA\tNice\t-\t43.70313\t7.26608\t342669\t2990440\tCôte\n"
    "city\tFJI\tWaiyevo\t-\t-16.8\t-180\t10\t-\t-\n";

static inline ro_status small_gazetteer_compile(const char *ours, const char *theirs,
                                                const ro_allocator *allocator, void **table,
                                                size_t *length, ro_error *error)
{
    const ro_gazetteer_text texts[] = {{"ours.tsv", ro_text_of(ours)},
                                       {"theirs.tsv", ro_text_of(theirs)}};
    return ro_gazetteer_make_table(texts, 2, allocator, table, length, error);
}

/* The table, to be freed by ro_alloc_free_aligned. */
static inline void *small_gazetteer_table(size_t *length)
{
    void *table = NULL;
    ro_error error = {0};
    if (small_gazetteer_compile(small_gazetteer_ours, small_gazetteer_theirs, NULL, &table, length,
                                &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    return table;
}

/* What a phrase may mean, in order: "city FRA Paris, city USA Paris"; with "other", "adjective" or
 * "weak" behind it. "" if there is nothing. The text is static. */
static inline const char *small_gazetteer_find(const ro_gazetteer *gazetteer, const char *phrase)
{
    static const char *const namings[] = {"", " other", " adjective"};
    static char found[512];
    uint32_t first, count = ro_gazetteer_find(gazetteer, ro_text_of(phrase), &first);
    found[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        ro_gazetteer_place place;
        ro_gazetteer_use use;
        const size_t used = strlen(found);
        assert_true(ro_gazetteer_at(gazetteer, first + i, &place, &use));
        const int added =
            snprintf(found + used, sizeof found - used, "%s%s %s %s%s%s", i > 0 ? ", " : "",
                     ro_place_kind_name(place.kind), place.country, place.name,
                     namings[use.naming], use.weak ? " weak" : "");
        assert_true(added > 0 && (size_t)added < sizeof found - used);
    }
    return found;
}
#endif
