/* together.c - what phrases are coded as together: "Turkish police" is TUR + COP, and "the French
 * president" who held that office on the day.
 *
 * In a document the tree says what belongs together (who/owner.c); here words do that stand side by
 * side, or with "of" between. Sectors that come together stand in the order of the lexicon.
 */
#include "base/text.h"
#include "lexicon/lexicon_show.h"
#include "lexicon/sectors.h"

static bool is_noun(const ro_fact *fact)
{
    return fact->what == RO_FACT_WHAT_ROLE || fact->what == RO_FACT_WHAT_BODY ||
           fact->what == RO_FACT_WHAT_GROUP;
}

/* Whether what stands between two phrases joins them, the owner first or last. */
static bool joins(ro_text between, bool owner_first)
{
    static const char *const first[] = {"", "'s", "'", "’s", "’"}, *const last[] = {"of", "of the"};
    between = ro_text_trim(between);
    for (size_t i = 0; owner_first && i < sizeof first / sizeof first[0]; i++)
        if (ro_text_equal_string(between, first[i]))
            return true;
    for (size_t i = 0; !owner_first && i < sizeof last / sizeof last[0]; i++)
        if (ro_text_equal_string(between, last[i]))
            return true;
    return false;
}

static ro_together party_of(ro_text text, const ro_lexicon_phrase *phrase)
{
    const ro_fact *fact = phrase->matches.items[phrase->first].fact;
    bool owns = fact->what == RO_FACT_WHAT_COUNTRY || fact->what == RO_FACT_WHAT_DEMONYM ||
                fact->what == RO_FACT_WHAT_ORGANIZATION;
    ro_together made = RO_TOGETHER_NOBODY;
    made.written = (ro_text){text.data + phrase->start, phrase->end - phrase->start};
    made.noun = is_noun(fact) ? fact : NULL;
    made.end = phrase->end;
    made.source = fact->source;
    made.is_organization = fact->what == RO_FACT_WHAT_ORGANIZATION;
    if (owns) {
        made.country = fact->country;
        made.sectors = fact->sectors;
        made.code = fact->code;
    }
    return made;
}

/* ---- composing ------------------------------------------------------------------------------- */

/* The code of a noun's people or bodies; those of an organization act for it. */
static void compose(ro_lexicon_show *to, const ro_together *owner, const ro_fact *noun,
                    ro_together *both)
{
    ro_sectors all = {.count = 0};
    both->country = owner->country;
    both->sectors = owner->sectors;
    both->code = owner->code;
    if (noun->sectors[0] == '\0' || (owner->is_organization && owner->sectors[0] != '\0'))
        return;
    ro_sectors_add(&all, to->lexicon, noun->sectors);
    if (owner->country[0] == '\0')
        ro_sectors_add(&all, to->lexicon, owner->sectors);
    both->code = ro_sectors_join(&all, to->arena, owner->country, "");
    both->sectors = ro_sectors_join(&all, to->arena, "", " ");
    if (both->code == NULL || both->sectors == NULL) {
        to->status = RO_STATUS_OUT_OF_MEMORY;
        *both = RO_TOGETHER_NOBODY;
    }
}

/* Whether a noun is written in the plural: without its s it is a form of the same line. */
static bool is_plural(const ro_lexicon *lexicon, const ro_fact *noun, ro_text written)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    bool weak;
    if (!ro_text_ends(written, "s"))
        return false;
    written.length--;
    const ro_fact *fact = NULL;
    if (ro_lexicon_read(lexicon, &cursor, written))
        do
            fact = ro_lexicon_fact_next(lexicon, &cursor.forms, written, &weak);
        while (fact != NULL && fact != noun);
    return fact != NULL;
}

/* ---- showing --------------------------------------------------------------------------------- */

static void show_noun(ro_lexicon_show *to, const ro_together *owner, const ro_together *noun,
                      ro_together *both)
{
    const char *office = owner->country[0] != '\0' ? owner->country : owner->code;
    const ro_fact *holder = NULL;
    if (!is_plural(to->lexicon, noun->noun, noun->written))
        holder = ro_lexicon_holder(to->lexicon, office, noun->noun->role, to->day);
    compose(to, owner, noun->noun, both);
    both->noun = NULL;
    both->is_organization = false;
    if (holder != NULL)
        ro_lexicon_show_match(to, "together", &(ro_lexicon_match){holder, false});
    else
        ro_lexicon_show_say(to, "  together %s %.*s + %.*s (%s, %s)\n", both->code,
                            (int)owner->written.length, owner->written.data,
                            (int)noun->written.length, noun->written.data, owner->source,
                            noun->source);
}

/* "French Defence Ministry": the first of the country among those that a weak form stands for. */
static bool show_spoken_for(ro_lexicon_show *to, const ro_together *owner,
                            const ro_lexicon_phrase *phrase, ro_together *both)
{
    if (!phrase->matches.items[phrase->first].weak || owner->country[0] == '\0')
        return false;
    for (uint32_t i = 0; i < phrase->matches.count; i++) {
        const ro_lexicon_match *match = &phrase->matches.items[i];
        if (strcmp(match->fact->country, owner->country) != 0)
            continue;
        both->country = match->fact->country;
        both->sectors = match->fact->sectors;
        both->code = match->fact->code;
        ro_lexicon_show_match(to, "together", &(ro_lexicon_match){match->fact, false});
        return true;
    }
    return false;
}

void ro_together_show(ro_lexicon_show *to, ro_text text, const ro_lexicon_phrase *phrase,
                      ro_together *before)
{
    ro_together now = party_of(text, phrase), both = now;
    ro_text between = {text.data + before->end, phrase->start - before->end};
    bool is_demonym = phrase->matches.items[phrase->first].fact->what == RO_FACT_WHAT_DEMONYM;
    bool owned = before->code[0] != '\0' && joins(between, true);
    if (owned && show_spoken_for(to, before, phrase, &both))
        now = both;
    else if (owned && now.noun != NULL)
        show_noun(to, before, &now, &both);
    else if (before->noun != NULL && now.code[0] != '\0' && !is_demonym && joins(between, false))
        show_noun(to, &now, before, &both);
    *before = both;
}
