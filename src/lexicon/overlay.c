/* overlay.c - lays own lexicons over ours: a line replaces the lines of lower layers that say the
 * same. Taking forms away (withdraw) is spread.c's.
 *
 * The same is: of a person the name and the role, of a sector the code, of a country the name or
 * the code (a code stands for one country), of anything else the kind and the name. Lines come
 * uppermost first, so the layer that a key is first seen in is the one that counts.
 */
#include "base/text.h"
#include "lexicon/draft.h"

enum { KEY_ROOM = 2 * RO_LEXICON_KEY + 4 };

/* Sets *replaced if a higher layer has the key, else notes the key. */
static ro_status look(ro_map *layers, ro_text key, uint32_t layer, bool *replaced)
{
    uint32_t above;
    if (!ro_map_get(layers, key, &above))
        return ro_map_set(layers, key, layer);
    *replaced = *replaced || above > layer;
    return RO_STATUS_OK;
}

/* The key of a line by its name, and of a person by the role. */
static ro_text name_key(const ro_draft *draft, const ro_draft_line *line, char *room)
{
    ro_text key =
        ro_draft_thing_key(line->what, draft->forms.items[line->first_form].key, room);
    if (line->what != RO_FACT_WHAT_PERSON)
        return key;
    room[key.length++] = '\t';
    if (line->role_line != RO_DRAFT_NONE) {
        const ro_draft_line *role = &draft->lines.items[line->role_line];
        ro_text name = draft->forms.items[role->first_form].key;
        memcpy(room + key.length, name.data, name.length);
        key.length += name.length;
    }
    return key;
}

static ro_text code_key(const ro_draft_line *line, char *room)
{
    room[0] = (char)line->what;
    room[1] = '\t';
    memcpy(room + 2, line->code.data, line->code.length);
    return (ro_text){room, line->code.length + 2};
}

static ro_status replace_line(const ro_draft *draft, ro_map *layers, ro_draft_line *line)
{
    char room[KEY_ROOM];
    ro_status status = RO_STATUS_OK;
    if (line->what == RO_FACT_WHAT_SECTOR || line->what == RO_FACT_WHAT_COUNTRY)
        status = look(layers, code_key(line, room), line->layer, &line->replaced);
    if (status == RO_STATUS_OK && line->what != RO_FACT_WHAT_SECTOR)
        status = look(layers, name_key(draft, line, room), line->layer, &line->replaced);
    return status;
}

ro_status ro_overlay_replace(ro_draft *draft, bool persons)
{
    if (draft->text_count == 0 || draft->texts[0].layer == 0)
        return RO_STATUS_OK;
    ro_map *layers = ro_map_new(draft->allocator);
    ro_status status = layers != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        if (line->what != RO_FACT_WHAT_WITHDRAW && (line->what == RO_FACT_WHAT_PERSON) == persons)
            status = replace_line(draft, layers, line);
    }
    ro_map_free(layers);
    return status;
}
