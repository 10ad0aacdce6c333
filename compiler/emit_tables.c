/* emit_tables: what is printed of errors, and what that looks up: once all sites are known. */
#include "emit_internal.h"

static void emit_where(Emitter *e) {
    plain(e, "static const tr_str @_where[] = {");
    for (uint32_t i = 0; i < e->ir->sites.len; i++) {
        const IrSite *site = &e->ir->sites.at[i];
        Str file = base_name(site->source->path);
        Str where = str_format(&e->scratch, "%.*s:%u", (int)file.len, file.at, site->line);
        put_text(e, "    {");
        put_string(e, where, true);
        put(e, ", $n},\n", (uint32_t)where.len);
    }
    plain(e, "};");
}

static void emit_names(Emitter *e) {
    plain(e, "static const tr_str @_error_names[] = {");
    for (uint32_t i = 0; i < e->ir->errors.len; i++) {
        Str name = name_text(e->ir->errors.at[i]->name);
        put(e, "    {\"$s\", $n},\n", name.at, (uint32_t)name.len);
    }
    plain(e, "};");
}

static void emit_sites(Emitter *e) {
    plain(e, "static const struct {");
    plain(e, "    $s error;", count_type(e->ir->errors.len));
    plain(e, "} @_sites[] = {");
    for (uint32_t i = 0; i < e->ir->sites.len; i++) {
        const IrSite *site = &e->ir->sites.at[i];
        put(e, "    {$n}, /* $s, line $n */\n", site->error->number, site->error->name->text, site->line);
    }
    plain(e, "};");
}

/* Flaky(id: 3) */
static void emit_put_leaf(Emitter *e) {
    put(e, "static void @_put_leaf(tr_sink *sink, const struct @_leaf *leaf");
    put(e, e->leaf_rt ? ", const tr_rt *rt) {\n" : ") {\n");
    plain(e, "    tr_put_str(sink, @_error_names[@_sites[leaf->site].error - 1]);");
    bool some = false;
    for (uint32_t i = 0; i < e->error_names.len; i++) {
        const ErrorDecl *error = e->ir->errors.at[i];
        if (!e->error_names.at[i] || !error->fields.len) continue;
        if (!some) plain(e, "    switch (@_sites[leaf->site].error) {");
        some = true;
        plain(e, "    case $n:", error->number);
        e->out->indent = 2;
        put_fields_text(e, &error->fields, str_format(&e->scratch, "leaf->u.%s.", e->error_names.at[i]).at);
        plain(e, "break;");
        e->out->indent = 0;
    }
    if (some) plain(e, "    default: break;\n    }");
    put_text(e, "}\n\n");
}

void emit_error_tables(Emitter *e) {
    Aside aside;
    if (is_needed(e, HELPER_PUT_LEAF)) {
        need(e, HELPER_SITES);
        need(e, HELPER_NAMES);
        aside_begin(e, &aside);
        emit_put_leaf(e);
        aside_end(e, &aside, SECTION_HELPERS);
    }
    aside_begin(e, &aside);
    if (is_needed(e, HELPER_SITES)) emit_sites(e);
    if (is_needed(e, HELPER_NAMES)) emit_names(e);
    if (is_needed(e, HELPER_WHERE)) emit_where(e);
    aside_end(e, &aside, SECTION_CONSTANTS);
}

/* ---- errors that nobody caught ---- */

void emit_report(Emitter *e) {
    need(e, HELPER_SITES);
    need(e, HELPER_PUT_LEAF);
    need(e, HELPER_WHERE);
    need(e, HELPER_ERROR_OUT);
    open_line(e, e->leaf_rt ? "static void @_report(const struct @_leaf *leaf, size_t count, const tr_rt *rt) {"
                            : "static void @_report(const struct @_leaf *leaf, size_t count) {");
    plain(e, "if (count > 1) tr_put_str(&@_error_out, TR_STR(\"uncaught errors:\\n\"));");
    open_line(e, "for (size_t i = 0; i < count; i++) {");
    plain(e, "tr_put_str(&@_error_out, TR_STR(\"error: \"));");
    plain(e, e->leaf_rt ? "@_put_leaf(&@_error_out, &leaf[i], rt);" : "@_put_leaf(&@_error_out, &leaf[i]);");
    plain(e, "tr_put_str(&@_error_out, TR_STR(\" raised at \"));");
    plain(e, "tr_put_str(&@_error_out, @_where[leaf[i].site]);");
    plain(e, "tr_put_str(&@_error_out, TR_STR(\"\\n\"));");
    close_line(e, "}");
    close_line(e, "}");
    put_text(e, "\n");
}
