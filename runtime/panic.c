/* panic: what a failed check says. Out of line, so that a check costs its place little. */
#include "tr_arith.h"

static void put_where(tr_sink *sink, const char *file, uint32_t line) {
    size_t len = 0;
    while (file[len]) len++;
    tr_put_str(sink, (tr_str){file, len});
    tr_put_str(sink, TR_STR(":"));
    tr_put_uint(sink, line);
    tr_put_str(sink, TR_STR(": panic: "));
}

void tr_panic(const char *file, uint32_t line, const char *message) {
    tr_sink sink = {.error = true};
    size_t len = 0;
    while (message[len]) len++;
    put_where(&sink, file, line);
    tr_put_str(&sink, (tr_str){message, len});
    tr_put_str(&sink, TR_STR("\n"));
    tr_port_panic();
}

void tr_panic_overflow(const char *file, uint32_t line) { tr_panic(file, line, "integer overflow"); }

void tr_panic_division(const char *file, uint32_t line) { tr_panic(file, line, "division by zero"); }

void tr_panic_shift(const char *file, uint32_t line) { tr_panic(file, line, "shift out of range"); }

void tr_panic_cast(const char *file, uint32_t line) { tr_panic(file, line, "value does not fit"); }

void tr_panic_index(const char *file, uint32_t line, bool negative, uint64_t index, size_t len) {
    tr_sink sink = {.error = true};
    put_where(&sink, file, line);
    tr_put_str(&sink, negative ? TR_STR("index -") : TR_STR("index "));
    tr_put_uint(&sink, negative ? 0 - index : index);
    tr_put_str(&sink, TR_STR(" out of range, length is "));
    tr_put_uint(&sink, len);
    tr_put_str(&sink, TR_STR("\n"));
    tr_port_panic();
}
