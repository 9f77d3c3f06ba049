/* party.h - who stands in a slot: participants with their entities. */
#ifndef RO_WHAT_PARTY_H
#define RO_WHAT_PARTY_H
#include "doc/document.h"

/* Whether what a token heads can act: a person, organization, country or group, by itself or by
 * what it is made of ("Norwegian soldiers"). */
bool ro_party_is_agent(const ro_document *document, uint32_t token);
/* Whether a token heads a mention of an entity of this kind. */
bool ro_party_is_kind(const ro_document *document, uint32_t token, ro_entity_kind kind);

/* Adds the participants that a token heads, one for each conjunct. False when out of memory. */
bool ro_party_add(ro_document *document, uint32_t token, ro_participant_list *list);
/* Adds the source of the attribution that a trigger stands under, if it has one; inner as
 * ro_nesting_mark wrote it. */
bool ro_party_add_speaker(ro_document *document, const uint32_t *inner, uint32_t trigger,
                          ro_participant_list *list);
#endif
