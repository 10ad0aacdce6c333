/* emit_helper: functions and constants of the generated file that some programs need and others do not. */
#include "emit_internal.h"

/* In them @ is the program's name. */
static const struct HelperText {
    Section section;
    const char *text;
} helpers[] = {
    [HELPER_OUT] = {SECTION_CONSTANTS, "static tr_sink @_out;\n"},
    [HELPER_ERROR_OUT] = {SECTION_CONSTANTS, "static tr_sink @_error_out = {NULL, 0, 0, false, true};\n"},
    [HELPER_MOVE] = {SECTION_HELPERS,
        "static size_t @_move(struct @_leaf *to, const struct @_leaf *from, size_t count) {\n"
        "    memmove(to, from, count * sizeof *to);\n"
        "    return count;\n"
        "}\n\n"},
    [HELPER_PUT_DOWN] = {SECTION_HELPERS,
        "/* Errors of a child or of the body come behind those that are there already. */\n"
        "static void @_put_down(tr_nursery *nursery, const struct @_leaf *leaf, size_t count) {\n"
        "    struct @_leaf *leaves = nursery->leaves;\n"
        "    memmove(leaves + nursery->leaf_count, leaf, count * sizeof *leaf);\n"
        "    nursery->leaf_count = (uint16_t)(nursery->leaf_count + count);\n"
        "}\n\n"},
    [HELPER_TAKE] = {SECTION_HELPERS,
        "static size_t @_take(struct @_leaf *to, const struct @_leaf *from, size_t count, const uint8_t *errors,\n"
        "                     size_t kinds) {\n"
        "    size_t taken = 0;\n"
        "    for (size_t i = 0; i < count; i++) {\n"
        "        for (size_t k = 0; k < kinds; k++)\n"
        "            if (@_sites[from[i].site].error == errors[k]) to[taken++] = from[i];\n"
        "    }\n"
        "    return taken;\n"
        "}\n\n"},
    [HELPER_DROP] = {SECTION_HELPERS,
        "static size_t @_drop(struct @_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {\n"
        "    size_t kept = 0;\n"
        "    for (size_t i = 0; i < count; i++) {\n"
        "        size_t k = 0;\n"
        "        while (k < kinds && @_sites[leaf[i].site].error != errors[k]) k++;\n"
        "        if (k == kinds) leaf[kept++] = leaf[i];\n"
        "    }\n"
        "    return kept;\n"
        "}\n\n"},
    [HELPER_ANY] = {SECTION_HELPERS,
        "static bool @_any(const struct @_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {\n"
        "    for (size_t i = 0; i < count; i++) {\n"
        "        for (size_t k = 0; k < kinds; k++)\n"
        "            if (@_sites[leaf[i].site].error == errors[k]) return true;\n"
        "    }\n"
        "    return false;\n"
        "}\n\n"},
    [HELPER_QUOTED] = {SECTION_HELPERS,
        "/* As a literal of the language. */\n"
        "static void @_put_quoted(tr_sink *sink, tr_str text) {\n"
        "    tr_put_str(sink, TR_STR(\"\\\"\"));\n"
        "    for (size_t i = 0; i < text.len; i++) {\n"
        "        char c = text.at[i];\n"
        "        if (c == '\\n') tr_put_str(sink, TR_STR(\"\\\\n\"));\n"
        "        else if (c == '\"') tr_put_str(sink, TR_STR(\"\\\\\\\"\"));\n"
        "        else if (c == '\\\\') tr_put_str(sink, TR_STR(\"\\\\\\\\\"));\n"
        "        else tr_put_str(sink, (tr_str){text.at + i, 1});\n"
        "    }\n"
        "    tr_put_str(sink, TR_STR(\"\\\"\"));\n"
        "}\n\n"},
    [HELPER_STR_BYTES] = {SECTION_HELPERS,
        "static struct @_slice_u8 @_str_bytes(tr_str text) {\n"
        "    return (struct @_slice_u8){(uint8_t *)text.at, text.len};\n"
        "}\n\n"},
    [HELPER_STR_FROM] = {SECTION_HELPERS,
        "/* The length of the UTF-8 sequence that begins at `at`; 0 if none does. */\n"
        "static size_t @_utf8(const uint8_t *at, size_t len) {\n"
        "    uint8_t first = at[0];\n"
        "    size_t need = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;\n"
        "    if ((first >= 0x80 && first < 0xc2) || first >= 0xf5 || need > len) return 0;\n"
        "    for (size_t i = 1; i < need; i++) if ((at[i] & 0xc0) != 0x80) return 0;\n"
        "    bool overlong = (first == 0xe0 && at[1] < 0xa0) || (first == 0xf0 && at[1] < 0x90);\n"
        "    bool beyond = (first == 0xed && at[1] > 0x9f) || (first == 0xf4 && at[1] > 0x8f);\n"
        "    return overlong || beyond ? 0 : need;\n"
        "}\n\n"
        "static struct @_opt_str @_str_from(struct @_slice_u8 bytes) {\n"
        "    size_t i = 0;\n"
        "    while (i < bytes.len) {\n"
        "        size_t letter = @_utf8(bytes.at + i, bytes.len - i);\n"
        "        if (!letter) return (struct @_opt_str){0};\n"
        "        i += letter;\n"
        "    }\n"
        "    return (struct @_opt_str){{(const char *)bytes.at, bytes.len}, true};\n"
        "}\n\n"},
    [HELPER_CALLED] = {SECTION_HELPERS,
        "static bool @_cancel_called(tr_rt *rt, tr_scope *scope) {\n"
        "#if TR_HAS_DEADLINES\n"
        "    if (scope->flags & TR_SCOPE_TIMED) return tr_timed_cancel_called(rt, TR_TIMED(scope));\n"
        "#endif\n"
        "    (void)rt;\n"
        "    return tr_cancel_called(scope);\n"
        "}\n\n"},
    [HELPER_WAIT_TIME] = {SECTION_HELPERS,
        "/* Waiting for a negative time is a mistake, and so is a deadline that would look past. */\n"
        "static tr_duration @_wait_time(tr_duration time, const char *file, uint32_t line) {\n"
        "    if (TR_CHECKS && time < 0) tr_panic(file, line, \"a negative time to wait\");\n"
        "    if (TR_CHECKS && time > TR_FAR) tr_panic(file, line, \"a wait for more than half the clock's range\");\n"
        "    (void)file, (void)line;\n"
        "    return time;\n"
        "}\n\n"},
    [HELPER_FLOAT_I64] = {SECTION_HELPERS,
        "/* Rounded towards zero; what does not fit becomes the nearest that does. */\n"
        "static int64_t @_float_to_i64(double value, bool checked, const char *file, uint32_t line) {\n"
        "    if (value >= -9223372036854775808.0 && value < 9223372036854775808.0) return (int64_t)value;\n"
        "    if (TR_CHECKS && checked) tr_panic_cast(file, line);\n"
        "    (void)checked, (void)file, (void)line;\n"
        "    return value < 0 ? INT64_MIN : value > 0 ? INT64_MAX : 0;\n"
        "}\n\n"},
    [HELPER_FLOAT_U64] = {SECTION_HELPERS,
        "/* Rounded towards zero; what does not fit becomes the nearest that does. */\n"
        "static uint64_t @_float_to_u64(double value, bool checked, const char *file, uint32_t line) {\n"
        "    if (value > -1.0 && value < 18446744073709551616.0) return (uint64_t)value;\n"
        "    if (TR_CHECKS && checked) tr_panic_cast(file, line);\n"
        "    (void)checked, (void)file, (void)line;\n"
        "    return value > 0 ? UINT64_MAX : 0;\n"
        "}\n\n"},
    /* Written by emit_tables.c when all errors are known. */
    [HELPER_PUT_LEAF] = {SECTION_PROTOTYPES, ""}, [HELPER_NAMES] = {SECTION_CONSTANTS, ""},
    [HELPER_WHERE] = {SECTION_CONSTANTS, ""}, [HELPER_SITES] = {SECTION_CONSTANTS, ""},
};

/* What a helper itself leans on. */
static void need_first(Emitter *e, Helper helper) {
    switch (helper) {
    case HELPER_TAKE: case HELPER_DROP: case HELPER_ANY: need(e, HELPER_SITES); break;
    default: break;
    }
}

void need(Emitter *e, Helper helper) {
    if (is_needed(e, helper)) return;
    e->helpers |= (uint64_t)1 << helper;
    need_first(e, helper);
    Out *out = e->out;
    e->out = &e->sections[helpers[helper].section];
    put(e, helpers[helper].text);
    e->out = out;
}
