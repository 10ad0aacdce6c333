#include "syntax.h"

static Item *new_item(Syntax *cx, ItemKind kind, Token name) {
    Item *item = arena_new(cx->arena, Item);
    item->kind = kind;
    item->name = name.u.name;
    item->span = name.span;
    return item;
}

/* ---- lists of declarations ---- */

void add_item(Syntax *cx, Item *item) {
    if (item) vec_push(cx->arena, &cx->module->items, item);
}

Mark push_item(Syntax *cx, Mark list, Item *item) { return item ? list_add_pointer(cx, list, item) : list; }

Item *make_public(Item *item) {
    if (!item) return NULL;
    item->is_pub = true;
    if (item->kind == ITEM_FN) item->u.fn->is_pub = true;
    return item;
}

static Item *new_item_if(Syntax *cx, Token word, Expr *cond) {
    not_built(cx, word, "`if const` around declarations");
    Item *item = new_item(cx, ITEM_IF, (Token){.span = word.span});
    item->u.branch.cond = cond;
    return item;
}

/* `other` is the `else if const`, or NULL. */
Item *make_item_if(Syntax *cx, Token word, Expr *cond, Mark items, Item *other) {
    Item *item = new_item_if(cx, word, cond);
    LIST_TAKE(cx, items, item->u.branch.then);
    if (other) vec_push(cx->arena, &item->u.branch.other, other);
    return item;
}

Item *make_item_if_else(Syntax *cx, Token word, Expr *cond, Mark items, Mark other) {
    Item *item = new_item_if(cx, word, cond);
    LIST_TAKE(cx, other, item->u.branch.other);
    LIST_TAKE(cx, items, item->u.branch.then);
    return item;
}

/* ---- functions ---- */

ErrorName *make_error_name(Syntax *cx, Name module, Token first, Token name) {
    ErrorName *error = arena_new(cx->arena, ErrorName);
    *error = (ErrorName){module, name.u.name, span_to(first.span, name.span), false};
    return error;
}

Mark list_begin_error(Syntax *cx, ErrorName *name, Token star) { return list_add_error(cx, list_mark(cx), name, star); }

Mark list_add_error(Syntax *cx, Mark list, ErrorName *name, Token star) {
    name->star = is_token(star);
    list_push(cx, name, sizeof *name);
    return list;
}

static void set_raises(Syntax *cx, Fn *fn, Raises raises) {
    uint32_t len;
    const ErrorName *names = list_take(cx, raises.mark, sizeof *names, &len);
    fn->raises_written = raises.written;
    fn->raises_inferred = raises.inferred;
    for (uint32_t i = 0; i < len; i++) {
        vec_push(cx->arena, &fn->raise_names, names[i].name);
        vec_push(cx->arena, &fn->raise_modules, names[i].module);
        vec_push(cx->arena, &fn->raise_spans, names[i].span);
        vec_push(cx->arena, &fn->raise_stars, names[i].star);
    }
}

Var *make_param(Syntax *cx, Token name, TypeExpr *type) {
    Var *var = ast_var(cx->arena, VAR_PARAM, name.u.name, name.span);
    var->written = type;
    return var;
}

Fn *make_head(Syntax *cx, Token word, Token name, Mark params, TypeExpr *result, Starts starts, Raises raises) {
    Fn *fn = arena_new(cx->arena, Fn);
    fn->name = name.u.name;
    fn->span = name.span;
    fn->head = word.span;
    fn->module = cx->module;
    fn->result_expr = result;
    fn->starts = starts.written;
    fn->starts_expr = starts.type;
    set_raises(cx, fn, raises);
    LIST_TAKE(cx, params, fn->params);
    return fn;
}

static Item *item_of_fn(Syntax *cx, FnKind kind, Fn *fn, Span end) {
    fn->kind = kind;
    fn->head = head_span(cx, fn->head, end);
    Item *item = new_item(cx, ITEM_FN, (Token){.span = fn->span, .u.name = fn->name});
    item->u.fn = fn;
    return item;
}

/* `fn f() -> i32 { 5 }` */
static bool lacks_return(const Fn *fn, const Block *body) {
    const Stmt *last = body->stmts.len ? body->stmts.at[body->stmts.len - 1] : NULL;
    return fn->result_expr && last && last->kind == STMT_EXPR && !last->has_semicolon;
}

static void report_return(Syntax *cx, const Block *body) {
    Span value = body->stmts.at[body->stmts.len - 1]->span;
    Str text = {(const char *)cx->lexer.text + (value.at - cx->lexer.base), value.len};
    Diag *diag = diag_add(cx->diags, CODE_E0103, value, "a function gives its result by `return`");
    Str with = str_format(cx->arena, "return %.*s;", (int)text.len, text.at);
    diag_fix(cx->diags, diag, value, with, "write `return ...;`");
}

Item *make_fn(Syntax *cx, FnKind kind, Fn *fn, Block *body) {
    if (lacks_return(fn, body)) {
        report_return(cx, body);
    } else {
        Diag *diag = plain_block(cx, body);
        if (diag && fn->result_expr) diag_note(cx->diags, diag, "a function gives its result by `return`");
    }
    fn->body = body;
    fn->is_isr = kind == FN_ISR;
    return item_of_fn(cx, kind, fn, body->span);
}

Item *make_export_fn(Syntax *cx, Fn *fn, Block *body) {
    fn->is_export = true;
    return make_fn(cx, FN_PLAIN, fn, body);
}

Item *make_extern_fn(Syntax *cx, FnKind kind, Fn *fn, Token end) { return item_of_fn(cx, kind, fn, end.span); }

Item *make_extern_isr_fn(Syntax *cx, Fn *fn, Token end) {
    fn->is_isr = true;
    return item_of_fn(cx, FN_EXTERN, fn, end.span);
}

/* ---- types ---- */

Mark list_begin_field(Syntax *cx, Token name, TypeExpr *type) { return list_add_field(cx, list_mark(cx), name, type); }

Mark list_add_field(Syntax *cx, Mark list, Token name, TypeExpr *type) {
    Field field = {.name = name.u.name, .span = name.span, .written = type};
    list_push(cx, &field, sizeof field);
    return list;
}

Item *make_struct(Syntax *cx, Token name, Mark fields) {
    StructDecl *decl = arena_new(cx->arena, StructDecl);
    decl->name = name.u.name;
    decl->span = name.span;
    decl->module = cx->module;
    LIST_TAKE(cx, fields, decl->fields);
    Item *item = new_item(cx, ITEM_STRUCT, name);
    item->u.structure = decl;
    return item;
}

static void push_case(Syntax *cx, Token name, Mark payload, Expr *number) {
    EnumCase one = {.name = name.u.name, .span = name.span, .value = number};
    LIST_TAKE(cx, payload, one.fields);
    list_push(cx, &one, sizeof one);
}

/* The payload's fields lie behind the cases so far, so the list begins where they begin. */
Mark list_begin_case(Syntax *cx, Token name, Mark payload, Expr *number) {
    return list_add_case(cx, payload, name, payload, number);
}

Mark list_add_case(Syntax *cx, Mark list, Token name, Mark payload, Expr *number) {
    push_case(cx, name, payload, number);
    return list;
}

Item *make_enum(Syntax *cx, Token name, TypeExpr *base, Mark cases) {
    EnumDecl *decl = arena_new(cx->arena, EnumDecl);
    decl->name = name.u.name;
    decl->span = name.span;
    decl->base = base;
    decl->module = cx->module;
    LIST_TAKE(cx, cases, decl->cases);
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        decl->cases.at[i].owner = decl;
        decl->cases.at[i].index = i;
    }
    Item *item = new_item(cx, ITEM_ENUM, name);
    item->u.enumeration = decl;
    return item;
}

Item *make_error(Syntax *cx, Token name, Mark fields) {
    ErrorDecl *decl = arena_new(cx->arena, ErrorDecl);
    decl->name = name.u.name;
    decl->span = name.span;
    decl->module = cx->module;
    LIST_TAKE(cx, fields, decl->fields);
    Item *item = new_item(cx, ITEM_ERROR, name);
    item->u.error = decl;
    return item;
}

Item *drop_fields(Syntax *cx, Token word, Mark fields, const char *what) {
    list_cut(cx, fields);
    return not_built(cx, word, what);
}

/* ---- values ---- */

static Item *new_global(Syntax *cx, ItemKind kind, Token name, Var *var, Expr *value) {
    Item *item = new_item(cx, kind, name);
    item->u.global.var = var;
    item->u.global.type = var->written;
    item->u.global.value = value;
    return item;
}

Item *make_const(Syntax *cx, Token name, TypeExpr *type, Expr *value, bool is_config) {
    Var *var = ast_var(cx->arena, VAR_CONST, name.u.name, name.span);
    var->written = type;
    Item *item = new_global(cx, ITEM_CONST, name, var, value);
    item->is_config = is_config;
    return item;
}

/* A `static var` among declarations was read as the statement that it also is. */
Item *make_static_item(Syntax *cx, Stmt *let) {
    Var *var = let->u.let.vars.at[0];
    Token name = {.span = var->span, .u.name = var->name};
    return new_global(cx, ITEM_STATIC, name, var, let->u.let.value);
}

Item *make_static_channel(Syntax *cx, Token word, TypeExpr *elem, List args, Token name) {
    const Expr *channel = make_channel(cx, word, elem, args);
    if (word.u.integer == CHANNEL_LATEST) not_built(cx, word, "a static `latest`");
    if (word.u.integer == CHANNEL_BROADCAST) not_built(cx, word, "a static `broadcast`");
    Item *item = new_item(cx, ITEM_CHANNEL, name);
    item->u.channel.elem = elem;
    item->u.channel.capacity = channel->u.channel.capacity;
    item->u.channel.var = ast_var(cx->arena, VAR_STATIC, name.u.name, name.span);
    return item;
}

/* ---- modules and C ---- */

ErrorName *longer_path(ErrorName *path, Token name) {
    path->name = name.u.name;
    path->span = span_to(path->span, name.span);
    return path;
}

/* As written, without blanks. */
static Name path_name(Syntax *cx, Span span) {
    const char *text = (const char *)cx->lexer.text + (span.at - cx->lexer.base);
    char *path = arena_alloc(cx->arena, span.len), *to = path;
    for (uint32_t i = 0; i < span.len; i++) {
        if (text[i] > ' ') *to++ = text[i];
    }
    return name_of(cx->program->names, path, (size_t)(to - path));
}

Item *make_import(Syntax *cx, const ErrorName *path) {
    Item *item = new_item(cx, ITEM_IMPORT, (Token){.span = path->span, .u.name = path->name});
    item->path = path_name(cx, path->span);
    vec_push(cx->arena, &cx->module->imports, item);
    return item;
}

Item *make_include(Syntax *cx, Token word, Token file) {
    Item *item = new_item(cx, ITEM_INCLUDE, (Token){.span = word.span});
    item->u.include = lex_text(&cx->lexer, file, TEXT_STRING);
    return item;
}
