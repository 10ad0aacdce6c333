/* What the files that format text share. */
#ifndef TR_TEXT_H
#define TR_TEXT_H

#include "tr.h"

/* Digits of UINT64_MAX. */
#define TR_DECIMAL_MAX 20

/* The decimal digits of `value`, in `digits`. */
tr_str tr_decimal(uint64_t value, char digits[TR_DECIMAL_MAX]);
void tr_put_repeated(tr_sink *sink, char c, size_t count);
/* A number in its width: blanks before `sign` or zeros behind it. */
void tr_put_padded(tr_sink *sink, tr_str sign, tr_str digits, tr_format format);

#endif
