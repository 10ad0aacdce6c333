/* json: writing JSON into a Buf. */
#ifndef TRC_JSON_H
#define TRC_JSON_H

#include "text.h"

/* A quoted string; bytes that are no UTF-8 become U+FFFD, since JSON has no other text. */
void json_string(Buf *out, Str text);
/* `"name":` with a comma before it unless it is the first of its object. */
void json_key(Buf *out, const char *name);

#endif
