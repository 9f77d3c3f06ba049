/* verbs.c - commands that are several: which of them is asked for, and whether the options given
 * are its own.
 */
#include "verbs.h"
#include <stdio.h>
#include <string.h>

/* "'check', 'find' or 'compile'" */
static const char *list(const verb *verbs, size_t count, const char *last, char *room, size_t size)
{
    size_t length = 0;
    room[0] = '\0';
    for (size_t i = 0; i < count && length < size; i++) {
        const char *joint = i == 0 ? "" : i + 1 == count ? last : ", ";
        int added = snprintf(room + length, size - length, "%s'%s'", joint, verbs[i].name);
        length += added > 0 ? (size_t)added : 0;
    }
    return room;
}

int verbs_run(const command *of, const verb *verbs, size_t count, int argc, char **argv)
{
    options given;
    char names[256];
    int status = options_parse(of, argc, argv, &given);
    if (status >= 0)
        return status;
    if (given.file_count == 0)
        return options_refuse(of, "%s needs %s", of->name,
                              list(verbs, count, " or ", names, sizeof names));
    const char *word = given.files[0];
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, verbs[i].name) != 0)
            continue;
        const char *idle = options_name(given.seen & ~verbs[i].options);
        if (idle != NULL)
            return options_refuse(of, "%s takes no --%s", word, idle);
        given.files++;
        given.file_count--;
        return verbs[i].run(&given);
    }
    return options_refuse(of, "'%s' is none of %s", word,
                          list(verbs, count, ", ", names, sizeof names));
}
