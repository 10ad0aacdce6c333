/* emit_errors: errors in flight. A leaf is the number of its site, which tells kind and line, and its fields; leaves
   are kept in the order in which they came, with their count. */
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

/* home = leaves; `leaf` and `count` are C text. The bytes may overlap. */
void emit_move(Emitter *e, Home home, const char *leaf, const char *count) {
    need(e, HELPER_MOVE);
    out_code(e->out);
    put_home(e, home, "count");
    put_text(e, " = (");
    put_count_type(e, home);
    put(e, ")@_move(");
    put_home(e, home, "leaf");
    put(e, ", $s, $s);", leaf, count);
    out_code_end(e->out);
}

void emit_move_var(Emitter *e, Home home, const IrVar *from) {
    if (home.var == from) return;
    need(e, HELPER_MOVE);
    out_code(e->out);
    put_home(e, home, "count");
    put_text(e, " = (");
    put_count_type(e, home);
    put(e, ")@_move(");
    put_home(e, home, "leaf");
    put(e, ", $v.leaf, $v.count);", from, from);
    out_code_end(e->out);
}

/* ---- raising ---- */

static void emit_count_one(Emitter *e, Home home) {
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

void emit_raise(Emitter *e, const IrStmt *stmt) {
    const ErrorDecl *error = stmt->u.raise.error;
    const IrExprList *fields = &stmt->u.raise.fields;
    Home home = leaves_home(e, stmt->u.raise.errs, RAISED);
    if (fields->len) {
        out_code(e->out);
        put_home(e, home, "leaf");
        put(e, "[0] = (struct @_leaf){.site = $s, .u.$s = {", site_text(e, stmt->u.raise.site), error_field(e, error));
        for (uint32_t i = 0; i < fields->len; i++) {
            if (i) put_text(e, ", ");
            put_initialiser(e, fields->at[i]);
        }
        put_text(e, "}};");
        out_code_end(e->out);
        emit_count_one(e, home);
    } else {
        emit_site(e, home, site_text(e, stmt->u.raise.site));
    }
    emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
}

/* ---- bookkeeping ---- */

/* Kinds of errors as an array and its length. */
static void put_kinds(Emitter *e, ErrorDecl *const *errors, uint32_t count) {
    put_text(e, "(const uint8_t[]){");
    for (uint32_t i = 0; i < count; i++) put(e, i ? ", $n" : "$n", errors[i]->number);
    put(e, "}, $n", count);
}

static void emit_take(Emitter *e, const IrStmt *stmt) {
    const IrVar *to = stmt->u.leaves.to, *from = stmt->u.leaves.from;
    if (!stmt->u.leaves.error_count) {
        emit_move_var(e, (Home){to}, from);
        return;
    }
    need(e, HELPER_TAKE);
    out_code(e->out);
    put(e, "$v.count = ($s)@_take($v.leaf, $v.leaf, $v.count, ", to, count_type(to->count), to, from, from);
    put_kinds(e, stmt->u.leaves.errors, stmt->u.leaves.error_count);
    put_text(e, ");");
    out_code_end(e->out);
}

static void emit_drop(Emitter *e, const IrStmt *stmt) {
    const IrVar *from = stmt->u.leaves.from;
    if (!stmt->u.leaves.error_count) {
        line(e, "$v.count = 0;", from);
        return;
    }
    need(e, HELPER_DROP);
    out_code(e->out);
    put(e, "$v.count = ($s)@_drop($v.leaf, $v.count, ", from, count_type(from->count), from, from);
    put_kinds(e, stmt->u.leaves.errors, stmt->u.leaves.error_count);
    put_text(e, ");");
    out_code_end(e->out);
}

void emit_leaves(Emitter *e, const IrStmt *stmt) {
    const IrVar *to = stmt->u.leaves.to, *from = stmt->u.leaves.from;
    switch (stmt->u.leaves.op) {
    case IRL_TAKE: emit_take(e, stmt); break;
    case IRL_DROP: emit_drop(e, stmt); break;
    case IRL_ADD:
        need(e, HELPER_MOVE);
        line(e, "$v.count = ($s)($v.count + @_move($v.leaf + $v.count, $v.leaf, $v.count));", to, count_type(to->count),
             to, to, to, from, from);
        break;
    case IRL_CLEAR: line(e, "$v.count = 0;", to ? to : from); break;
    }
}

/* ---- asking ---- */

/* The leaves of a variable, or of what a reference to a group points to. */
static void put_leaves_of(Emitter *e, const IrExpr *of) {
    if (of->kind == IRX_VAR && of->u.var->kind == IRV_LEAVES) put(e, "$v.leaf, $v.count", of->u.var, of->u.var);
    else put(e, "$p.at, $p.len", of, of);
}

bool put_error_op(Emitter *e, const IrExpr *expr) {
    const IrExpr *of = expr->u.built.items.at[0];
    uint32_t count = expr->u.built.error_count;
    if (expr->irop != IROP_LEAVES_ANY) need(e, HELPER_SITES);
    switch ((IrOp)expr->irop) {
    case IROP_ERROR_IS:
        put(e, "@_sites[$p.site].error == $n", of, expr->u.built.errors[0]->number);
        return false;
    case IROP_ERROR_NAME:
        need(e, HELPER_NAMES);
        put(e, "@_error_names[@_sites[$p.site].error - 1]", of);
        return true;
    case IROP_ERROR_WHERE:
        need(e, HELPER_WHERE);
        put(e, "@_where[$p.site]", of);
        return true;
    default: break;
    }
    if (!count) {
        put_leaves(e, of->u.var, "count != 0");
        return false;
    }
    need(e, HELPER_ANY);
    put(e, "@_any(");
    put_leaves_of(e, of);
    put_text(e, ", ");
    put_kinds(e, expr->u.built.errors, count);
    put_text(e, ")");
    return true;
}

/* ---- tables, once all sites are known ---- */

Str base_name(Str path) {
    for (size_t i = path.len; i-- > 0;) if (path.at[i] == '/') return (Str){path.at + i + 1, path.len - i - 1};
    return path;
}

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
