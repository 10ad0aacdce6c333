/* emit_leaf: errors in flight. A leaf is the number of its site, which tells kind and line, and its fields; leaves are
   kept in the order in which they came, with their count. */
#include "emit_internal.h"

/* ---- types ---- */

/* struct app_leaves_3 { struct app_leaf leaf[3]; uint8_t count; } */
const char *leaves_type(Emitter *e, uint32_t count) {
    for (uint32_t i = 0; i < e->leaves.len; i++) if (e->leaves.at[i].count == count) return e->leaves.at[i].name;
    const char *name = str_format(e->arena, "struct %s_leaves_%u", e->app, count).at;
    vec_push(e->arena, &e->leaves, ((LeavesText){count, name}));
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, "$s {", name);
    plain(e, "struct @_leaf leaf[$n];", count);
    plain(e, "$s count;", count_type(count));
    close_line(e, "};");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_LEAVES);
    return name;
}

/* What the fields of an error are called in a leaf's union. */
const char *error_field(Emitter *e, const ErrorDecl *error) {
    while (e->error_names.len < e->ir->errors.len) vec_push(e->arena, &e->error_names, NULL);
    const char **name = &e->error_names.at[error->number - 1];
    if (*name) return *name;
    const char *wish = error->name->text;
    *name = ident(&e->error_idents, out_is_word(wish) ? str_format(e->arena, "%s_", wish).at : wish);
    for (uint32_t i = 0; i < error->fields.len; i++) type_c(e, error->fields.at[i].type);
    return *name;
}

static bool any_leaf(const Emitter *e) { return e->leaves.len || e->ir->sites.len; }

static bool any_fields(const Emitter *e) {
    for (uint32_t i = 0; i < e->error_names.len; i++) if (e->error_names.at[i]) return true;
    return false;
}

static void put_payload(Emitter *e, const ErrorDecl *error, const char *name) {
    open_line(e, "struct {");
    for (uint32_t i = 0; i < error->fields.len; i++) {
        out_plain(e->out, 0);
        put_declared(e, type_c(e, error->fields.at[i].type), field_name(e, &error->fields, i));
        put_text(e, ";\n");
    }
    close_line(e, "} $s;", name);
}

/* Once all functions have been seen: errors that nobody raises take no room. */
void emit_leaf_types(Emitter *e) {
    if (!any_leaf(e)) return;
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, "struct @_leaf {");
    if (any_fields(e)) {
        open_line(e, "union {");
        for (uint32_t i = 0; i < e->error_names.len; i++)
            if (e->error_names.at[i]) put_payload(e, e->ir->errors.at[i], e->error_names.at[i]);
        close_line(e, "} u;");
    }
    plain(e, "$s site;", count_type(e->ir->sites.len));
    close_line(e, "};");
    put_text(e, "\n");
    if (e->has_groups) put(e, "struct @_group {\n    struct @_leaf *at;\n    size_t len;\n};\n\n");
    aside_end(e, &aside, SECTION_LEAF);
}

/* ---- places ---- */

/* errs.count, f->s.errs.leaf */
void put_leaves(Emitter *e, const IrVar *var, const char *field) { put(e, "$v.$s", var, field); }

/* The function's own: in the union of its frame, or where its caller wants them. */
void put_home(Emitter *e, Home home, const char *field) {
    if (home.var) {
        put(e, "$w.$s", home.var, field);
    } else {
        if (e->fn.fn->is_async) e->fn.uses_frame = true;
        e->fn.uses_errs = true;
        put(e, e->fn.fn->is_async ? "f->errs.$s" : "errs->$s", field);
    }
}

static uint32_t room(const Emitter *e, Home home) { return home.var ? home.var->count : e->fn.fn->leaf_max; }

/* A number of leaves as the type of the count. */
static void put_count_type(Emitter *e, Home home) { put_text(e, count_type(room(e, home))); }

static void put_move_to(Emitter *e, Home home) {
    need(e, HELPER_MOVE);
    out_code(e->out);
    put_home(e, home, "count");
    put_text(e, " = (");
    put_count_type(e, home);
    put(e, ")@_move(");
    put_home(e, home, "leaf");
}

/* home = leaves; `leaf` and `count` are C text. The bytes may overlap. */
void emit_move(Emitter *e, Home home, const char *leaf, const char *count) {
    put_move_to(e, home);
    put(e, ", $s, $s);", leaf, count);
    out_code_end(e->out);
}

void emit_move_var(Emitter *e, Home home, const IrVar *from) {
    if (home.var == from) return;
    put_move_to(e, home);
    put(e, ", $v.leaf, $v.count);", from, from);
    out_code_end(e->out);
}

/* ---- one leaf ---- */

void emit_count_one(Emitter *e, Home home) {
    out_code(e->out);
    put_home(e, home, "count");
    put_text(e, " = 1;");
    out_code_end(e->out);
}

void emit_site(Emitter *e, Home home, const char *site) {
    out_code(e->out);
    put_home(e, home, "leaf");
    put(e, "[0].site = $s;", site);
    out_code_end(e->out);
    emit_count_one(e, home);
}

/* Sites are numbered from 1; in leaves from 0. */
const char *site_text(Emitter *e, uint32_t site) { return str_format(&e->scratch, "%u", site - 1).at; }
