/* resolve_program: binds every name to what it names.

   Needs  the modules as parsed.
   Gives  name.var, name.item and field.item of expressions; fn, depth, block and owner of variables; Fn.locals; the
          errors of clauses and signatures; jump targets; functions and captures of children written in place; the lists
          of Program.
   Must not touch types: which field or method `x.f` means is check's to find. */
#include "resolve.h"

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

static const ResolverWays ways = {
    .block = resolve_walk_block, .clause = resolve_walk_clause, .child = resolve_walk_child, .group = resolve_walk_group,
};

static void find_main(Program *program) {
    if (program->modules.len == 0) return;
    const Item *item = scope_find(program->modules.at[0]->scope, program->known.main);
    if (item && item->kind == ITEM_FN) program->main = item->u.fn;
}

void resolve(Program *program) {
    program->builtins = builtin_names_make(program);
    Resolver r = {.ways = &ways, .program = program, .arena = program->arena, .diags = program->diags,
                  .builtins = program->builtins};
    for (uint32_t i = 0; i < program->modules.len; i++) declare_items(&r, program->modules.at[i]);
    for (uint32_t i = 0; i < program->modules.len; i++) {
        Module *module = r.module = program->modules.at[i];
        for (uint32_t k = 0; k < module->items.len; k++) resolve_item(&r, module->items.at[k]);
    }
    find_main(program);
}
