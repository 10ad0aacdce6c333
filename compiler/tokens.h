/* tokens: `trc dump --stage=tokens`. */
#ifndef TRC_TOKENS_H
#define TRC_TOKENS_H

#include "diag.h"

/* By kind, without TK_; made from lemon's parser.h by token_names.awk. */
extern const char *const token_names[];

/* One token a line: `4:12 NAME done`. */
void tokens_dump(Buf *out, const Source *source, const Sources *sources, Names *names, Diags *diags);

#endif
