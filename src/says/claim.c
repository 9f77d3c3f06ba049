/* claim.c - reads the claims that a token makes as a cue: which patterns of its lines in
 * data/says/cues.tsv fit the tree, and with that the content, the source, whom it was said to, the
 * cue's own words.
 *
 * A verb's content is its clause, the clause it is put beside, or the quotation next to it; edges
 * are content.c's, subjects source.c's work. Which of its claims a cue makes is linking.c's.
 */
#include "says/claim.h"

#include "doc/clause.h"
#include "doc/tree.h"
#include "says/content.h"
#include "says/source.h"
#include <string.h>

static bool has(const ro_cue *line, ro_cue_pattern pattern)
{
    return (line->patterns & (1u << pattern)) != 0;
}

static bool is_lower(const ro_document *document, uint32_t token, const char *word)
{
    return strcmp(document->tokens[token].lower, word) == 0;
}

static void add_subtree(const ro_document *document, ro_claim *claim, uint32_t token)
{
    uint32_t first = document->tokens[token].left, end = document->tokens[token].right + 1;
    if (token > claim->token && first <= claim->token)
        first = claim->token + 1;
    if (token < claim->token && end > claim->token)
        end = claim->token;
    ro_content_add(claim, first, end);
}

/* A ccomp, or what the parser took for an adverbial clause though "that" opens it, or for an
 * infinitive though it is no infinitive and stands in a quotation. */
static bool is_complement(const ro_claim_search *search, uint32_t cue, uint32_t child)
{
    const ro_document *document = search->document;
    if (ro_tree_has_deprel(document, child, "ccomp"))
        return true;
    uint32_t mark = ro_tree_child(document, child, "mark");
    if (ro_tree_has_deprel(document, child, "advcl"))
        return mark != RO_NONE && is_lower(document, mark, "that");
    return ro_tree_has_deprel(document, child, "xcomp") &&
           !ro_clause_is_infinitive(document, child) &&
           search->quotes->of[child] != search->quotes->of[cue];
}

/* "promised the council that aid would come": where the parser hung the clause on the one who was
 * told. A noun that is a cue itself keeps its clause ("denied the claim that ..."). */
static uint32_t misplaced_complement(const ro_claim_search *search, uint32_t cue)
{
    const ro_document *document = search->document;
    uint32_t object = ro_tree_child(document, cue, "dobj");
    if (object == RO_NONE ||
        ro_cues_find(search->cues, document->tokens[object].lemma, "", RO_CUE_PART_NOUN) != NULL)
        return RO_NONE;
    uint32_t clause = ro_tree_child(document, object, "acl|relcl");
    if (clause == RO_NONE)
        return RO_NONE;
    /* the "that" of a relative clause would be its subject or object */
    uint32_t that = document->tokens[clause].left;
    bool opens = is_lower(document, that, "that") && ro_tree_has_deprel(document, that, "mark|det");
    return opens ? clause : RO_NONE;
}

static bool read_complement(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    uint32_t child =
        ro_tree_next_child(document, claim->token, document->tokens[claim->token].left);
    while (child != RO_NONE && !is_complement(search, claim->token, child))
        child = ro_tree_next_child(document, claim->token, child + 1);
    if (child == RO_NONE)
        child = misplaced_complement(search, claim->token);
    if (child == RO_NONE)
        return false;
    add_subtree(document, claim, child);
    return claim->count > 0;
}

/* "It will rain, he said." where the cue hangs under the clause; "As he noted, ...". */
static bool read_host(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    const ro_token *own = &document->tokens[claim->token];
    uint32_t mark = ro_tree_child(document, claim->token, "mark");
    bool beside = ro_tree_has_deprel(document, claim->token, "parataxis");
    if (ro_tree_has_deprel(document, claim->token, "advcl"))
        beside = mark != RO_NONE && is_lower(document, mark, "as");
    if (ro_tree_has_deprel(document, claim->token, "ccomp"))
        beside = own->head < own->left && own->left > 0 && is_lower(document, own->left - 1, ",") &&
                 ro_tree_child(document, claim->token, "nsubj") != RO_NONE;
    if (!beside || own->head == claim->token)
        return false;
    const ro_token *host = &document->tokens[own->head];
    ro_content_add(claim, host->left, own->left);
    ro_content_add(claim, own->right + 1, host->right + 1);
    return claim->count > 0;
}

static uint32_t clause_start(const ro_document *document, const ro_claim *claim)
{
    uint32_t first = claim->cue.first;
    if (claim->source != RO_NONE && document->tokens[claim->source].left < first &&
        document->tokens[claim->source].sentence == document->tokens[claim->token].sentence)
        first = document->tokens[claim->source].left;
    return first;
}

static bool read_quote(const ro_claim_search *search, ro_claim *claim)
{
    uint32_t quote = ro_content_quote_beside(search, claim, clause_start(search->document, claim));
    if (quote == RO_NONE)
        return false;
    ro_content_add(claim, search->quotes->list.items[quote].first,
                   search->quotes->list.items[quote].end);
    return true;
}

static uint32_t infinitive_under(const ro_document *document, uint32_t verb)
{
    uint32_t from = verb + 1;
    for (;;) {
        uint32_t child = ro_tree_next_child(document, verb, from);
        if (child == RO_NONE)
            return RO_NONE;
        if (ro_tree_has_deprel(document, child, "xcomp|ccomp|advcl") &&
            ro_clause_is_infinitive(document, child))
            return child;
        from = child + 1;
    }
}

static bool read_infinitive(const ro_claim_search *search, ro_claim *claim)
{
    uint32_t verb = infinitive_under(search->document, claim->token);
    if (verb == RO_NONE)
        return false;
    add_subtree(search->document, claim, verb);
    return true;
}

/* "The minister is expected to resign": nobody is named as the one who expects it. */
static bool read_raise(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    if (has(claim->line, RO_CUE_PATTERN_INFINITIVE) &&
        !ro_clause_is_passive(document, claim->token))
        return false;
    uint32_t verb = infinitive_under(document, claim->token);
    uint32_t subject = ro_tree_child(document, claim->token, "nsubjpass|nsubj");
    if (verb == RO_NONE || subject == RO_NONE)
        return false;
    add_subtree(document, claim, subject);
    add_subtree(document, claim, verb);
    claim->source = RO_NONE;
    return true;
}

static bool read_object(const ro_claim_search *search, ro_claim *claim, bool quoted)
{
    const ro_document *document = search->document;
    uint32_t object = ro_tree_child(document, claim->token, "dobj");
    if (object == RO_NONE)
        object = ro_tree_child(document, claim->token, "nsubjpass");
    if (object == RO_NONE || object == claim->source)
        return false;
    if (quoted && search->quotes->of[document->tokens[object].left] == RO_NONE)
        return false;
    add_subtree(document, claim, object);
    return true;
}

/* "called it a lie", "described him as an enemy": the thing with its name. */
static bool read_named(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    uint32_t name = ro_clause_predicate(document, claim->token);
    uint32_t object = ro_tree_child(document, claim->token, "dobj|nsubjpass");
    if (name == RO_NONE || name < claim->token)
        return false;
    if (object != RO_NONE)
        add_subtree(document, claim, object);
    uint32_t before = claim->count;
    add_subtree(document, claim, name);
    /* one span where they stand side by side */
    if (before == 1 && claim->count == 2 && claim->content[0].end == claim->content[1].first) {
        claim->content[0].end = claim->content[1].end;
        claim->count = 1;
    }
    return true;
}

static bool read_preposition(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    uint32_t from = claim->token + 1;
    for (;;) {
        uint32_t child = ro_tree_next_child(document, claim->token, from);
        if (child == RO_NONE)
            return false;
        if (ro_tree_has_deprel(document, child, "prep") &&
            ro_tree_has_lemma(document, child, claim->line->prepositions)) {
            uint32_t object = ro_tree_child(document, child, "pobj|pcomp");
            if (object != RO_NONE) {
                add_subtree(document, claim, object);
                if (child == claim->cue.end)
                    claim->cue.end++;
                return true;
            }
        }
        from = child + 1;
    }
}

/* "the claim that ...", "the order to ...", "her hope is that ...". Where the parser hung the
 * clause elsewhere, the "that" right behind the noun phrase still opens it. */
static bool read_noun_clause(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    uint32_t noun = claim->token, from = noun + 1;
    for (uint32_t child; (child = ro_tree_next_child(document, noun, from)) != RO_NONE;
         from = child + 1) {
        if (!ro_tree_has_deprel(document, child, "acl|ccomp"))
            continue;
        uint32_t mark = ro_tree_child(document, child, "mark");
        bool infinitive = ro_clause_is_infinitive(document, child);
        if ((infinitive && has(claim->line, RO_CUE_PATTERN_INFINITIVE)) ||
            (!infinitive && has(claim->line, RO_CUE_PATTERN_CLAUSE) && mark != RO_NONE)) {
            add_subtree(document, claim, child);
            return true;
        }
    }
    if (!has(claim->line, RO_CUE_PATTERN_CLAUSE))
        return false;
    uint32_t head = document->tokens[noun].head;
    if (ro_tree_has_deprel(document, noun, "nsubj") && ro_tree_has_lemma(document, head, "be")) {
        uint32_t clause = ro_tree_child(document, head, "ccomp");
        if (clause == RO_NONE || clause < head)
            return false;
        add_subtree(document, claim, clause);
        return true;
    }
    uint32_t behind = document->tokens[noun].right + 1;
    if (behind >= document->token_count || !is_lower(document, behind, "that") ||
        !ro_tree_has_deprel(document, behind, "mark"))
        return false;
    uint32_t clause = document->tokens[behind].head;
    if (clause == behind || document->tokens[clause].right < behind)
        return false;
    ro_content_add(claim, behind, document->tokens[clause].right + 1);
    return true;
}

static bool read_adjective_clause(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    uint32_t clause = ro_tree_child(document, claim->token, "ccomp");
    if (clause == RO_NONE && ro_tree_has_deprel(document, claim->token, "acomp")) {
        clause = ro_tree_child(document, document->tokens[claim->token].head, "ccomp");
        if (clause != RO_NONE && clause < claim->token)
            clause = RO_NONE;
    }
    if (clause == RO_NONE)
        return false;
    add_subtree(document, claim, clause);
    return true;
}

/* "..., according to the ministry": the clause without the phrase. */
static bool read_according(const ro_claim_search *search, ro_claim *claim)
{
    const ro_document *document = search->document;
    uint32_t holder = claim->token;
    uint32_t to = ro_tree_child(document, claim->token, "prep");
    if (to != RO_NONE && is_lower(document, to, "to")) {
        holder = to;
        claim->cue.end = to + 1;
    }
    claim->source = ro_tree_child(document, holder, "pobj");
    if (claim->source == RO_NONE)
        return false;
    const ro_token *own = &document->tokens[claim->token];
    uint32_t clause = own->head;
    for (int step = 0; step < 8 && document->tokens[clause].upos != RO_UPOS_VERB &&
                       document->tokens[clause].upos != RO_UPOS_AUX;
         step++)
        clause = document->tokens[clause].head;
    const ro_token *host = &document->tokens[clause];
    ro_content_add(claim, host->left, own->left);
    ro_content_add(claim, own->right + 1, host->right + 1);
    return claim->count > 0;
}

/* ---- all readings of a cue ------------------------------------------------------------------- */

static bool read_object_any(const ro_claim_search *search, ro_claim *claim)
{
    return (has(claim->line, RO_CUE_PATTERN_OBJECT) && read_object(search, claim, false)) ||
           (has(claim->line, RO_CUE_PATTERN_OBJECT_QUOTE) && read_object(search, claim, true));
}

static bool read_preposition_any(const ro_claim_search *search, ro_claim *claim)
{
    return claim->line->prepositions[0] != '\0' && read_preposition(search, claim);
}

/* The readings of each part of speech, the likeliest first; patterns 0: the line says nothing of
 * it. */
static const struct {
    ro_cue_part part;
    ro_reading reading;
    uint32_t patterns; /* one of which the line must have */
    bool (*read)(const ro_claim_search *search, ro_claim *claim);
} readings[] = {
    {RO_CUE_PART_VERB, RO_READING_COMPLEMENT, 1u << RO_CUE_PATTERN_CLAUSE, read_complement},
    {RO_CUE_PART_VERB, RO_READING_HOST, 1u << RO_CUE_PATTERN_CLAUSE, read_host},
    {RO_CUE_PART_VERB, RO_READING_RAISE, 1u << RO_CUE_PATTERN_RAISE, read_raise},
    {RO_CUE_PART_VERB, RO_READING_INFINITIVE, 1u << RO_CUE_PATTERN_INFINITIVE, read_infinitive},
    {RO_CUE_PART_VERB, RO_READING_QUOTE, 1u << RO_CUE_PATTERN_CLAUSE | 1u << RO_CUE_PATTERN_QUOTE,
     read_quote},
    {RO_CUE_PART_VERB, RO_READING_NAMED, 1u << RO_CUE_PATTERN_OPRD, read_named},
    {RO_CUE_PART_VERB, RO_READING_PREPOSITION, 0, read_preposition_any},
    {RO_CUE_PART_VERB, RO_READING_OBJECT, 0, read_object_any},
    {RO_CUE_PART_NOUN, RO_READING_NOUN_CLAUSE, 0, read_noun_clause},
    {RO_CUE_PART_NOUN, RO_READING_PREPOSITION, 0, read_preposition_any},
    {RO_CUE_PART_ADJECTIVE, RO_READING_ADJECTIVE_CLAUSE, 0, read_adjective_clause},
    {RO_CUE_PART_ADJECTIVE, RO_READING_PREPOSITION, 0, read_preposition_any},
    {RO_CUE_PART_PREPOSITION, RO_READING_ACCORDING, 0, read_according},
};
enum { READINGS = sizeof readings / sizeof *readings };

static uint32_t source_of(const ro_document *document, ro_cue_part part, uint32_t token)
{
    switch (part) {
    case RO_CUE_PART_VERB:
    case RO_CUE_PART_ADJECTIVE:
        return ro_source_of_verb(document, token);
    case RO_CUE_PART_NOUN:
        return ro_source_of_noun(document, token);
    default:
        return RO_NONE; /* read_according finds its own */
    }
}

/* The cue's own words: its auxiliaries, negation and adverbs in front, its particle behind. */
static void read_words(const ro_document *document, ro_claim *claim)
{
    claim->cue = (ro_range){claim->token, claim->token + 1};
    uint32_t sentence = document->sentences[document->tokens[claim->token].sentence].first;
    while (claim->cue.first > sentence) {
        uint32_t before = claim->cue.first - 1;
        if (document->tokens[before].head != claim->token ||
            !ro_tree_has_deprel(document, before, "aux|auxpass|neg|advmod") ||
            strcmp(document->tokens[before].tag, "WRB") == 0 ||
            strcmp(document->tokens[before].tag, "TO") == 0)
            break;
        claim->cue.first = before;
    }
    uint32_t particle = ro_tree_child(document, claim->token, "prt");
    if (particle != RO_NONE && particle == claim->cue.end)
        claim->cue.end++;
    claim->negated = ro_tree_child(document, claim->token, "neg") != RO_NONE;
}

static ro_cue_part part_of(const ro_document *document, uint32_t token)
{
    if (ro_tree_has_deprel(document, token, "prep"))
        return RO_CUE_PART_PREPOSITION;
    switch (document->tokens[token].upos) {
    case RO_UPOS_VERB:
    case RO_UPOS_AUX:
        return RO_CUE_PART_VERB;
    case RO_UPOS_NOUN:
        return RO_CUE_PART_NOUN;
    case RO_UPOS_ADJ:
        return RO_CUE_PART_ADJECTIVE;
    default:
        return RO_CUE_PART_COUNT;
    }
}

/* A source inside the content is a misread tree; so is a content that is a lone pronoun. Inside a
 * quotation "I think" and "you know" say nothing that the quotation's own attribution does not. */
static bool is_sound(const ro_claim_search *search, const ro_claim *claim)
{
    const ro_document *document = search->document;
    if (claim->count == 1 && claim->content[0].end - claim->content[0].first == 1 &&
        document->tokens[claim->content[0].first].upos == RO_UPOS_PRON)
        return false;
    if (claim->source != RO_NONE && search->quotes->of[claim->token] != RO_NONE &&
        ro_tree_has_lemma(document, claim->source, "I|we|you"))
        return false;
    for (uint32_t i = 0; claim->source != RO_NONE && i < claim->count; i++)
        if (claim->content[i].first <= claim->source && claim->source < claim->content[i].end)
            return false;
    return true;
}

/* A noun or adjective is a cue by itself only where somebody is named for it. */
static bool needs_source(ro_cue_part part)
{
    return part == RO_CUE_PART_NOUN || part == RO_CUE_PART_ADJECTIVE;
}

static bool same_content(const ro_claim *a, const ro_claim *b)
{
    return a->count == b->count &&
           memcmp(a->content, b->content, a->count * sizeof *a->content) == 0;
}

/* Whom it was said to, and the colon before a quotation, which belongs to the cue. */
static void finish(const ro_document *document, ro_cue_part part, ro_claim *claim)
{
    if (part == RO_CUE_PART_VERB)
        claim->addressee = ro_source_addressee(document, claim->token);
    for (uint32_t i = 0; claim->addressee != RO_NONE && i < claim->count; i++)
        if (claim->content[i].first <= claim->addressee && claim->addressee < claim->content[i].end)
            claim->addressee = RO_NONE;
    uint32_t colon = claim->cue.end;
    if (colon + 1 < document->token_count && claim->content[0].first == colon + 1 &&
        is_lower(document, colon, ":"))
        claim->cue.end++;
}

static uint32_t read_lines(const ro_claim_search *search, ro_cue_part part, const ro_cue *line,
                           ro_claim *claims, uint32_t count)
{
    uint32_t token = claims[0].token;
    for (; line != NULL; line = line->next)
        for (size_t i = 0; i < READINGS && count < RO_CLAIM_MOST; i++) {
            if (readings[i].part != part ||
                (readings[i].patterns != 0 && (readings[i].patterns & line->patterns) == 0))
                continue;
            ro_claim claim = {.line = line,
                              .reading = readings[i].reading,
                              .token = token,
                              .source = source_of(search->document, part, token),
                              .addressee = RO_NONE};
            read_words(search->document, &claim);
            if ((needs_source(part) && claim.source == RO_NONE) ||
                !readings[i].read(search, &claim) || !ro_content_finish(search, &claim) ||
                !is_sound(search, &claim))
                continue;
            finish(search->document, part, &claim);
            bool known = false;
            for (uint32_t j = 0; j < count; j++)
                known = known || same_content(&claims[j], &claim);
            if (!known)
                claims[count++] = claim;
        }
    return count;
}

uint32_t ro_claim_read(const ro_claim_search *search, uint32_t token, bool proposed,
                       ro_claim *claims)
{
    const ro_document *document = search->document;
    ro_cue_part part = part_of(document, token);
    if (part == RO_CUE_PART_COUNT)
        return 0;
    const char *lemma = document->tokens[token].lemma;
    const ro_cue *plain = ro_cues_find(search->cues, lemma, "", part);
    uint32_t particle = RO_NONE, count = 0;
    bool phrasal = false;
    claims[0].token = token;
    if (part == RO_CUE_PART_VERB) {
        particle = ro_tree_child(document, token, "prt");
        phrasal = particle != RO_NONE;
        if (!phrasal && token + 1 < document->token_count &&
            ro_tree_has_deprel(document, token + 1, "prep"))
            particle = token + 1;
        if (particle != RO_NONE)
            count = read_lines(
                search, part,
                ro_cues_find(search->cues, lemma, document->tokens[particle].lower, part), claims,
                count);
    }
    if (count == 0 && !phrasal)
        count = read_lines(search, part, plain, claims, count);
    if (proposed)
        count = read_lines(search, part, ro_cues_find(search->cues, "*", "", part), claims, count);
    return count;
}
