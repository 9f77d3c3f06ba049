/* config.c - reads spaCy's config.cfg (Python's configparser, values in JSON) into nested objects.
 *
 * What import needs of it: sections, keys, values that go on in indented lines, comments. Method:
 * the syntax of docs.python.org/3/library/configparser.html as spaCy writes it; references to
 * other values are left as strings. What the values mean is left to import.c.
 */
#include "parse/config.h"

#include "base/error.h"
#include "base/text.h"

typedef struct parser {
    const char *path;
    ro_text rest;
    uint64_t line;
    ro_error *error;
    json_t *root;
    json_t *section; /* borrowed from root */
} parser;

static ro_status fail(const parser *p, const char *message)
{
    return ro_error_set_at(p->error, RO_STATUS_BAD_FORMAT, "import", p->path, p->line, UINT64_MAX,
                           "config.cfg: %s", message);
}

static ro_status no_memory(const parser *p)
{
    return ro_error_set(p->error, RO_STATUS_OUT_OF_MEMORY, "import", "no memory for config.cfg");
}

static bool next_line(parser *p, ro_text *line)
{
    if (p->rest.length == 0)
        return false;
    const char *end = memchr(p->rest.data, '\n', p->rest.length);
    size_t length = end != NULL ? (size_t)(end - p->rest.data) : p->rest.length;
    *line = (ro_text){p->rest.data, length};
    size_t used = end != NULL ? length + 1 : length;
    p->rest.data += used;
    p->rest.length -= used;
    p->line++;
    return true;
}

/* Makes and enters the object at a dotted path. */
static ro_status open_section(parser *p, ro_text name)
{
    p->section = p->root;
    while (name.length > 0) {
        const char *dot = memchr(name.data, '.', name.length);
        size_t length = dot != NULL ? (size_t)(dot - name.data) : name.length;
        char key[128];
        if (length == 0 || length >= sizeof key)
            return fail(p, "a section's name is empty or too long");
        memcpy(key, name.data, length);
        key[length] = '\0';
        json_t *inner = json_object_get(p->section, key);
        if (inner == NULL) {
            inner = json_object();
            if (json_object_set_new(p->section, key, inner) != 0)
                return no_memory(p);
        }
        if (!json_is_object(inner))
            return fail(p, "a section and a value have the same name");
        p->section = inner;
        size_t used = dot != NULL ? length + 1 : length;
        name = (ro_text){name.data + used, name.length - used};
    }
    return RO_STATUS_OK;
}

/* Whether the next line goes on with this value: it is indented and not blank. */
static bool goes_on(const parser *p)
{
    const char *text = p->rest.data;
    if (p->rest.length == 0 || (text[0] != ' ' && text[0] != '\t'))
        return false;
    const char *end = memchr(text, '\n', p->rest.length);
    size_t length = end != NULL ? (size_t)(end - text) : p->rest.length;
    return ro_text_trim((ro_text){text, length}).length > 0;
}

static ro_status set_value(parser *p, ro_text line)
{
    const char *equals = memchr(line.data, '=', line.length);
    if (p->section == NULL || equals == NULL)
        return fail(p, "expected '[section]' or 'key = value'");
    ro_text key = ro_text_trim((ro_text){line.data, (size_t)(equals - line.data)});
    char name[128];
    if (key.length == 0 || key.length >= sizeof name)
        return fail(p, "a key is empty or too long");
    memcpy(name, key.data, key.length);
    name[key.length] = '\0';
    ro_text value = {equals + 1, line.length - (size_t)(equals + 1 - line.data)};
    ro_text more;
    while (goes_on(p) && next_line(p, &more)) /* lines lie side by side in the text */
        value.length = (size_t)(more.data + more.length - value.data);
    value = ro_text_trim(value);
    json_t *json = json_loadb(value.data, value.length, JSON_DECODE_ANY, NULL);
    if (json == NULL)
        json = json_stringn(value.data, value.length);
    if (json == NULL)
        return fail(p, "a value is no UTF-8");
    return json_object_set_new(p->section, name, json) == 0 ? RO_STATUS_OK : no_memory(p);
}

ro_status ro_config_parse(ro_text text, const char *path, json_t **config, ro_error *error)
{
    parser p = {.path = path, .rest = text, .error = error, .root = json_object()};
    ro_status status = p.root != NULL ? RO_STATUS_OK : no_memory(&p);
    ro_text line;
    while (status == RO_STATUS_OK && next_line(&p, &line)) {
        ro_text trimmed = ro_text_trim(line);
        if (trimmed.length == 0 || trimmed.data[0] == '#' || trimmed.data[0] == ';')
            continue;
        if (trimmed.data[0] == '[' && ro_text_ends(trimmed, "]"))
            status = open_section(&p, (ro_text){trimmed.data + 1, trimmed.length - 2});
        else
            status = set_value(&p, line);
    }
    if (status != RO_STATUS_OK) {
        json_decref(p.root);
        return status;
    }
    *config = p.root;
    return RO_STATUS_OK;
}

const json_t *ro_config_get(const json_t *config, const char *path)
{
    while (config != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        char key[128];
        if (length >= sizeof key)
            return NULL;
        memcpy(key, path, length);
        key[length] = '\0';
        config = json_object_get(config, key);
        path += path[length] == '.' ? length + 1 : length;
    }
    return config;
}

const char *ro_config_string(const json_t *config, const char *path)
{
    return json_string_value(ro_config_get(config, path));
}
