/* progress.c - a line on the terminal while long work goes on.
 *
 * The share done is told by the bytes of text against those of the files; in JSON lines the text
 * is not all of a file, so that the bar is behind rather than ahead.
 */
#include "progress.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BAR = 24 };
static const double LONG = 2.0, OFTEN = 0.2; /* seconds */

double progress_seconds(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static uint64_t total_bytes(const inputs *from)
{
    uint64_t total = 0;
    struct stat found;
    for (int i = 0; from->files != NULL && i < from->file_count; i++) {
        if (stat(from->files[i], &found) != 0)
            continue; /* it will be refused */
        if (!S_ISREG(found.st_mode))
            return 0;
        total += (uint64_t)found.st_size;
    }
    return total;
}

void progress_start(progress *of, const inputs *from, int output_descriptor)
{
    *of = (progress){.wanted = isatty(STDERR_FILENO) && !isatty(output_descriptor)};
    if (of->wanted)
        of->total = total_bytes(from);
    clock_gettime(CLOCK_MONOTONIC, &of->start);
    of->last = of->start;
}

void progress_add(progress *of, uint64_t documents, uint64_t bytes, uint64_t tokens)
{
    of->documents += documents;
    of->bytes += bytes;
    of->tokens += tokens;
    if (!of->wanted || progress_seconds(&of->last) < OFTEN)
        return;
    double seconds = progress_seconds(&of->start);
    if (seconds < LONG)
        return;
    clock_gettime(CLOCK_MONOTONIC, &of->last);
    fputs("\r\033[K", stderr);
    if (of->total > 0) {
        double share = (double)of->bytes / (double)of->total;
        int done = (int)((share < 1 ? share : 1) * BAR);
        fputc('[', stderr);
        for (int i = 0; i < BAR; i++)
            fputc(i < done ? '#' : '.', stderr);
        fprintf(stderr, "] %3.0f %%  ", 100 * (share < 1 ? share : 1));
    }
    fprintf(stderr, "%llu documents, %.1f MB, %.0f words/s", (unsigned long long)of->documents,
            1e-6 * (double)of->bytes, (double)of->tokens / seconds);
    of->shown = true;
}

void progress_clear(progress *of)
{
    if (of->shown)
        fputs("\r\033[K", stderr);
    of->shown = false;
}
