/* test_bits once more, for compilers without the builtins that count bits. */
#define _POSIX_C_SOURCE 200809L
#include "../../runtime/tr.h"

#include "panics.h"

#undef __clang__
#undef __GNUC__
#include "test_bits.c"
