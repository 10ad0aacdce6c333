/* panic: what a failed check says. Out of line, so that a check costs its place little. */
#include "tr_arith.h"

static void put_text(tr_sink *sink, const char *text) {
    size_t len = 0;
    while (text[len]) len++;
    tr_put_str(sink, (tr_str){text, len});
}

tr_sink tr_panic_begin(const char *file, uint32_t line) {
    tr_sink sink = {.error = true};
    put_text(&sink, file);
    tr_put_str(&sink, TR_STR(":"));
    tr_put_uint(&sink, line);
    tr_put_str(&sink, TR_STR(": panic: "));
    return sink;
}

void tr_panic_end(tr_sink *sink) {
    tr_put_str(sink, TR_STR("\n"));
    tr_port_panic();
}

void tr_panic(const char *file, uint32_t line, const char *message) {
    tr_sink sink = tr_panic_begin(file, line);
    put_text(&sink, message);
    tr_panic_end(&sink);
}

void tr_panic_overflow(const char *file, uint32_t line) { tr_panic(file, line, "integer overflow"); }

void tr_panic_division(const char *file, uint32_t line) { tr_panic(file, line, "division by zero"); }

void tr_panic_shift(const char *file, uint32_t line) { tr_panic(file, line, "shift out of range"); }

void tr_panic_cast(const char *file, uint32_t line) { tr_panic(file, line, "value does not fit"); }

void tr_panic_index(const char *file, uint32_t line, bool negative, uint64_t index, size_t len) {
    tr_sink sink = tr_panic_begin(file, line);
    tr_put_str(&sink, negative ? TR_STR("index -") : TR_STR("index "));
    tr_put_uint(&sink, negative ? 0 - index : index);
    tr_put_str(&sink, TR_STR(" out of range, length is "));
    tr_put_uint(&sink, len);
    tr_panic_end(&sink);
}
