/* resolve: binds every name to what it names.

   Needs  the modules as parsed.
   Gives  name.var, name.item and field.item of expressions; fn, depth, block and owner of variables; Fn.locals; the
          errors of clauses and signatures; jump targets; functions and captures of children written in place; the lists
          of Program.
   Must not touch types: which field or method `x.f` means is check's to find. */
#include "resolve.h"

/* ---- errors by name ---- */

ErrorDecl *find_error(Resolver *r, Name module, Name name, Span span) {
    Item *item = module ? find_in_module(r, module, name, span) : find_item(r, name);
    if (item && item->kind == ITEM_ERROR) {
        item->u.error->used = true;
        return item->u.error;
    }
    if (module && !item) return NULL;
    Diag *diag = item ? diag_add(r->diags, CODE_E0201, span, "`%s` is not an error", name->text)
                      : diag_add(r->diags, CODE_E0201, span, "there is no error `%s`", name->text);
    if (item) {
        diag_label(r->diags, diag, item->span, "`%s` is declared here", name->text);
        return NULL;
    }
    Near near = near_to(name);
    for (uint32_t i = 0; i < r->program->errors.len; i++) near_try(&near, r->program->errors.at[i]->name);
    if (!near_fix(&near, r->diags, diag, span)) {
        diag_note(r->diags, diag, "errors are declared at the top level: `error %s;`", name->text);
    }
    return NULL;
}

/* ---- functions ---- */

static bool is_async(FnKind kind) {
    return kind == FN_ASYNC || kind == FN_CHILD || kind == FN_EXTERN_ASYNC || kind == FN_TEST;
}

static void resolve_signature(Resolver *r, Fn *fn) {
    resolve_type(r, fn->result_expr);
    resolve_type(r, fn->starts_expr);
    for (uint32_t i = 0; i < fn->raise_names.len; i++) {
        ErrorDecl *error = find_error(r, fn->raise_modules.at[i], fn->raise_names.at[i], fn->raise_spans.at[i]);
        vec_push(r->arena, &fn->raise_errors, error);
    }
}

/* Statements, with the parameters around them. */
static void resolve_body(Resolver *r, Fn *fn) {
    Fn *outer = r->fn;
    LoopScope *loops = r->loops;
    LocalScope root;
    r->fn = fn;
    r->loops = NULL;
    scope_push(r, &root, fn->body, 0);
    for (uint32_t i = 0; i < fn->params.len; i++) declare(r, fn->params.at[i]);
    resolve_block(r, fn->body);
    scope_pop(r);
    r->loops = loops;
    r->fn = outer;
}

static void resolve_fn(Resolver *r, Fn *fn) {
    fn->module = r->module;
    fn->is_async = is_async(fn->kind);
    vec_push(r->arena, &r->program->fns, fn);
    resolve_signature(r, fn);
    for (uint32_t i = 0; i < fn->params.len; i++) resolve_type(r, fn->params.at[i]->written);
    resolve_body(r, fn);
}

/* The captures were found while the body was resolved: put them in front. */
static void put_captures_first(Resolver *r, Fn *fn) {
    VarList all = {0};
    for (uint32_t i = 0; i < fn->params.len; i++) vec_push(r->arena, &all, fn->params.at[i]);
    for (uint32_t i = 0; i < fn->locals.len; i++) vec_push(r->arena, &all, fn->locals.at[i]);
    fn->locals = all;
}

void resolve_child(Resolver *r, Expr *call) {
    ChildStart *child = call->u.call.child;
    if (child->block) {
        Fn *fn = child->fn = arena_new(r->arena, Fn);
        fn->kind = FN_CHILD;
        fn->span = fn->head = call->u.call.callee->span;
        fn->body = child->block;
        fn->module = r->module;
        fn->parent = r->fn;
        fn->is_async = fn->raises_inferred = true;
        vec_push(r->arena, &r->program->fns, fn);
        resolve_body(r, fn);
        put_captures_first(r, fn);
    }
    if (child->as) {
        child->as_var = ast_var(r->arena, VAR_TASK, child->as, last_word(r, call->span, child->as));
        if (r->scope) declare(r, child->as_var);
    }
}

/* ---- items ---- */

static bool is_builtin_type(const BuiltinName *builtin) {
    return builtin && (builtin->type != TYPE_ERROR_TYPE || builtin->generic != GENERIC_NONE);
}

static void add_item(Resolver *r, Item *item) {
    const BuiltinName *builtin = builtin_name_find(r->builtins, item->name);
    if (is_builtin_type(builtin) || (builtin && builtin->item)) {
        diag_add(r->diags, CODE_E0202, item->span, "`%s` is a built-in %s", item->name->text,
                 builtin->item && builtin->item->kind == ITEM_ERROR ? "error" : "type");
        return;
    }
    const Item *old = scope_add(r->arena, r->module->scope, item);
    if (!old) return;
    Diag *diag = diag_add(r->diags, CODE_E0202, item->span, "`%s` is declared twice", item->name->text);
    diag_label(r->diags, diag, old->span, "`%s` is declared here first", item->name->text);
}

static Module *module_named(const Program *program, Name name) {
    for (uint32_t i = 0; i < program->modules.len; i++) {
        if (program->modules.at[i]->name == name) return program->modules.at[i];
    }
    return NULL;
}

/* What an item adds to the program's lists. */
static void list_item(Resolver *r, Item *item) {
    Program *program = r->program;
    item->home = r->module;
    switch (item->kind) {
    case ITEM_STRUCT:
        item->u.structure->module = r->module;
        vec_push(r->arena, &program->structs, item->u.structure);
        break;
    case ITEM_ENUM:
        item->u.enumeration->module = r->module;
        vec_push(r->arena, &program->enums, item->u.enumeration);
        break;
    case ITEM_ERROR:
        item->u.error->module = r->module;
        vec_push(r->arena, &program->errors, item->u.error);
        item->u.error->number = program->errors.len;
        break;
    case ITEM_CONST: case ITEM_STATIC: vec_push(r->arena, &program->globals, item->u.global.var); break;
    case ITEM_IMPORT: item->u.module = module_named(program, item->name); break;
    case ITEM_FN: case ITEM_TEST: case ITEM_CHANNEL: case ITEM_IF: case ITEM_INCLUDE: break;
    }
}

static bool has_name(const Item *item) {
    return item->kind != ITEM_TEST && item->kind != ITEM_IF && item->kind != ITEM_INCLUDE;
}

/* All names of all modules are known before any body is looked at: the order of declarations does not matter. */
static void declare_items(Resolver *r, Module *module) {
    r->module = module;
    module->scope = arena_new(r->arena, Scope);
    for (uint32_t i = 0; i < module->items.len; i++) {
        Item *item = module->items.at[i];
        list_item(r, item);
        if (has_name(item)) add_item(r, item);
    }
    for (uint32_t i = 0; i < module->imports.len; i++) {
        Item *import = module->imports.at[i];
        list_item(r, import);
        if (scope_find(module->scope, import->name) != import) add_item(r, import);
    }
}

static void resolve_fields(Resolver *r, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) resolve_type(r, fields->at[i].written);
}

static void resolve_cases(Resolver *r, const EnumDecl *decl) {
    resolve_type(r, decl->base);
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        resolve_fields(r, &decl->cases.at[i].fields);
        resolve_expr(r, decl->cases.at[i].value);
    }
}

static void resolve_item(Resolver *r, Item *item) {
    switch (item->kind) {
    case ITEM_FN: case ITEM_TEST: resolve_fn(r, item->u.fn); break;
    case ITEM_STRUCT: resolve_fields(r, &item->u.structure->fields); break;
    case ITEM_ENUM: resolve_cases(r, item->u.enumeration); break;
    case ITEM_ERROR: resolve_fields(r, &item->u.error->fields); break;
    case ITEM_CONST: case ITEM_STATIC:
        resolve_type(r, item->u.global.type);
        resolve_expr(r, item->u.global.value);
        break;
    case ITEM_CHANNEL:
        resolve_type(r, item->u.channel.elem);
        resolve_expr(r, item->u.channel.capacity);
        break;
    case ITEM_IMPORT: case ITEM_IF: case ITEM_INCLUDE: break;
    }
}

static void find_main(Program *program) {
    if (program->modules.len == 0) return;
    const Item *item = scope_find(program->modules.at[0]->scope, program->known.main);
    if (item && item->kind == ITEM_FN) program->main = item->u.fn;
}

void resolve(Program *program) {
    program->builtins = builtin_names_make(program);
    Resolver r = {.program = program, .arena = program->arena, .diags = program->diags, .builtins = program->builtins};
    for (uint32_t i = 0; i < program->modules.len; i++) declare_items(&r, program->modules.at[i]);
    for (uint32_t i = 0; i < program->modules.len; i++) {
        Module *module = r.module = program->modules.at[i];
        for (uint32_t k = 0; k < module->items.len; k++) resolve_item(&r, module->items.at[k]);
    }
    find_main(program);
}
