/* output.c - standard output or the file of -o, as bytes.
 *
 * Blocks are already large when they come here, so nothing is buffered again; errors are those of
 * write(2) itself and can be told at once.
 */
#include "output.h"
#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_input(const char *path, const options *given)
{
    struct stat out, in;
    if (stat(path, &out) != 0 || !S_ISREG(out.st_mode))
        return false;
    for (int i = 0; i < given->file_count; i++)
        if (stat(given->files[i], &in) == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return true;
    return false;
}

static int refuse(const output *to, int reason)
{
    message_print("%s: %s", to->path != NULL ? to->path : "standard output", strerror(reason));
    return EXIT_FAILED;
}

int output_open(output *to, const command *of, const options *given)
{
    *to = (output){STDOUT_FILENO, given->output, 0};
    if (given->output == NULL)
        return -1;
    if (is_input(given->output, given))
        return options_refuse(of, "'%s' is read and cannot be the output too", given->output);
    to->descriptor = open(given->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return to->descriptor >= 0 ? -1 : refuse(to, errno);
}

bool output_write(output *to, const char *bytes, size_t count)
{
    while (count > 0 && to->failed == 0) {
        ssize_t written = write(to->descriptor, bytes, count);
        if (written >= 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (errno != EINTR) {
            to->failed = errno;
            if (errno == EPIPE) {
                signal(SIGPIPE, SIG_DFL); /* it was ignored: end as if it were not */
                raise(SIGPIPE);
            }
        }
    }
    return to->failed == 0;
}

int output_close(output *to)
{
    if (to->path != NULL && close(to->descriptor) != 0 && to->failed == 0)
        to->failed = errno;
    return to->failed == 0 ? -1 : refuse(to, to->failed);
}

static ro_status write_to_output(void *context, const char *bytes, size_t count)
{
    return output_write(context, bytes, count) ? RO_STATUS_OK : RO_STATUS_IO;
}

ro_sink output_sink(output *to)
{
    return (ro_sink){write_to_output, to};
}

int output_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;
    return width > 0 && width < 10000 ? (int)width : 0;
}
