/* regex.c - compiles and runs the patterns of tokenizers and rules with PCRE2, just-in-time
 * compiled where it can. Translating Python's syntax is the importer's work.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "parse/regex.h"

#include "base/alloc.h"
#include "base/error.h"

#include <pcre2.h>

enum {
    MATCH_LIMIT = 1000000,
    HEAP_LIMIT = 32 * 1024, /* KiB; PCRE2's own is 20 GB */
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MAX = 1024 * 1024,
    JIT_PATTERN_MAX = 20000, /* bytes; a longer pattern takes longer to compile than it saves */
};

struct ro_regex {
    ro_allocator allocator;
    pcre2_code *code;
};

struct ro_regex_scratch {
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

static ro_status compile(ro_text pattern, pcre2_code **code, ro_error *error)
{
    int number;
    PCRE2_SIZE at;
    *code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.length,
                          PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C,
                          &number, &at, NULL);
    if (*code == NULL) {
        char message[160] = "";
        pcre2_get_error_message(number, (PCRE2_UCHAR *)message, sizeof message);
        return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "model", NULL, 0, at,
                               "a pattern does not compile: %s", message);
    }
    if (pattern.length <= JIT_PATTERN_MAX)
        pcre2_jit_compile(*code, PCRE2_JIT_COMPLETE); /* on failure pcre2_match interprets */
    return RO_STATUS_OK;
}

ro_status ro_regex_open(ro_text pattern, const ro_allocator *allocator, ro_regex **regex,
                        ro_error *error)
{
    ro_regex *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    made->allocator = *allocator;
    ro_status status = compile(pattern, &made->code, error);
    if (status != RO_STATUS_OK) {
        ro_regex_close(made);
        return status;
    }
    *regex = made;
    return RO_STATUS_OK;
}

void ro_regex_close(ro_regex *regex)
{
    if (regex == NULL)
        return;
    ro_allocator allocator = regex->allocator;
    pcre2_code_free(regex->code);
    ro_alloc_free(&allocator, regex, 1, sizeof *regex);
}

ro_regex_scratch *ro_regex_scratch_new(void)
{
    ro_regex_scratch *scratch = ro_alloc_zeroed(ro_alloc_default(), 1, sizeof *scratch);
    if (scratch == NULL)
        return NULL;
    scratch->match = pcre2_match_data_create(1, NULL);
    scratch->context = pcre2_match_context_create(NULL);
    scratch->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
    if (scratch->match == NULL || scratch->context == NULL) {
        ro_regex_scratch_free(scratch);
        return NULL;
    }
    pcre2_set_match_limit(scratch->context, MATCH_LIMIT);
    pcre2_set_heap_limit(scratch->context, HEAP_LIMIT);
    if (scratch->stack != NULL)
        pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
    return scratch;
}

void ro_regex_scratch_free(ro_regex_scratch *scratch)
{
    if (scratch == NULL)
        return;
    pcre2_match_data_free(scratch->match);
    pcre2_match_context_free(scratch->context);
    pcre2_jit_stack_free(scratch->stack);
    ro_alloc_free(ro_alloc_default(), scratch, 1, sizeof *scratch);
}

static bool run(const ro_regex *regex, ro_regex_scratch *scratch, ro_text text, size_t from,
                uint32_t options, size_t *start, size_t *end)
{
    if (regex == NULL ||
        pcre2_match(regex->code, (PCRE2_SPTR)text.data, text.length, from,
                    options | PCRE2_NO_UTF_CHECK, scratch->match, scratch->context) < 0)
        return false;
    const PCRE2_SIZE *found = pcre2_get_ovector_pointer(scratch->match);
    *start = found[0];
    *end = found[1];
    return from <= found[0] && found[0] <= found[1]; /* not so where an assertion holds a \K */
}

bool ro_regex_search(const ro_regex *regex, ro_regex_scratch *scratch, ro_text text, size_t from,
                     size_t *start, size_t *end)
{
    return run(regex, scratch, text, from, 0, start, end);
}

bool ro_regex_match(const ro_regex *regex, ro_regex_scratch *scratch, ro_text text)
{
    size_t start, end;
    return run(regex, scratch, text, 0, PCRE2_ANCHORED, &start, &end);
}
