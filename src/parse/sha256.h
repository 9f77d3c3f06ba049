/* sha256.h - the SHA-256 digest that names a package's file. */
#ifndef RO_PARSE_SHA256_H
#define RO_PARSE_SHA256_H
#include "readout.h"

#define RO_SHA256_HEX_SIZE 65

/* Writes the digest of bytes as 64 hexadecimal digits and a NUL. */
void ro_sha256_hex(const void *bytes, size_t count, char hex[RO_SHA256_HEX_SIZE]);
#endif
