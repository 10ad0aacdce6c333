/* check_program: what every expression is, and whether it may be that.

   Needs  resolve; what is wrong there has no variable and no item here, and gets the error type.
   Gives  a type on every expression and variable; what each call does and each field is; constants folded in place, and
          constant items as literals or trees of literals; moves marked; captures typed; Fn.result and start_type.
   Must not look at paths: what has a value when, who moved what, and which errors leave is for effects and flow.

   Items are looked at in any order, each when it is first needed: a constant may be the size of an array in a struct
   that a function takes which computes another constant. */
#include "check.h"

static const CheckUp up = {
    .expr = type_of_expr, .block = check_stmts, .complete = complete_type, .global = find_global, .body = check_body,
};

/* ---- main ---- */

static void check_main(Checker *c) {
    const Fn *fn = c->program->main;
    if (!fn) return;
    if (fn->kind != FN_ASYNC) {
        Diag *diag = diag_add(c->diags, CODE_E0229, fn->span, "`main` is an `async fn`");
        if (fn->kind == FN_PLAIN) diag_fix(c->diags, diag, (Span){fn->head.at, 0}, STR("async "),
                                           "declare it `async fn main()`");
    } else if (fn->params.len) {
        diag_add(c->diags, CODE_E0229, fn->params.at[0]->span, "`main` has no parameters");
    } else if (fn->result != c->empty && fn->result != c->i32 && !is_wrong(fn->result)) {
        diag_add(c->diags, CODE_E0229, fn->result_expr->span, "`main` gives nothing, or an `i32` as exit status");
    } else if (fn->starts) {
        diag_add(c->diags, CODE_E0229, fn->span, "nobody waits for `main` to start");
    }
}

/* ---- items ---- */

/* What C and this language pass alike; a type that is wrong has been reported. */
static bool is_plain_in_c(const Type *type) {
    return is_wrong(type) || type_is_number(type) || type->kind == TYPE_BOOL;
}

static void check_extern(Checker *c, Fn *fn) {
    need_signature(c, fn);
    for (uint32_t i = 0; i < fn->params.len; i++) {
        const Var *param = fn->params.at[i];
        if (!is_plain_in_c(param->type)) not_supported(c, param->span, "what is no number or `bool` as a parameter of C's");
    }
    if (fn->result != c->empty && !is_plain_in_c(fn->result)) {
        not_supported(c, fn->result_expr->span, "what is no number or `bool` as a result of C's");
    }
    if (fn->raises_written || fn->raises_inferred) not_supported(c, fn->head, "an `extern fn` that raises errors");
    if (fn->starts) not_supported(c, fn->head, "an `extern fn` with `starts`");
}

static void check_include(Checker *c, const Item *item) {
    Str name = item->u.include;
    bool is_name = name.len > 0;
    for (size_t i = 0; i < name.len; i++) is_name &= name.at[i] >= ' ' && name.at[i] != '"' && name.at[i] != '\\';
    if (!is_name) not_supported(c, item->span, "an `include` of a name without letters, or with quotes in it");
}

static void check_fn_item(Checker *c, Fn *fn) {
    if (fn->kind == FN_EXTERN_ASYNC) not_supported(c, fn->head, "`extern async fn`");
    else if (fn->kind == FN_EXTERN) check_extern(c, fn);
    else if (fn->kind == FN_ISR) not_supported(c, fn->head, "`isr fn`");
    else need_body(c, fn);
}

static void check_item(Checker *c, Item *item) {
    switch (item->kind) {
    case ITEM_FN: case ITEM_TEST: check_fn_item(c, item->u.fn); break;
    case ITEM_STRUCT: need_complete(c, type_struct(c->types, item->u.structure)); break;
    case ITEM_ENUM: need_complete(c, type_enum(c->types, item->u.enumeration)); break;
    case ITEM_ERROR: need_error_fields(c, item->u.error); break;
    case ITEM_CONST: case ITEM_STATIC: need_global(c, item); break;
    case ITEM_CHANNEL: need_channel(c, item); break;
    case ITEM_IF: not_supported(c, item->span, "`if const` around declarations"); break;
    case ITEM_INCLUDE: check_include(c, item); break;
    case ITEM_IMPORT: break;
    }
}

/* Types before functions, so that `types.all` has them in the order of the text. */
static void check_items(Checker *c, bool functions) {
    for (uint32_t i = 0; i < c->program->modules.len; i++) {
        Module *module = c->program->modules.at[i];
        c->at = (Context){.module = module};
        for (uint32_t k = 0; k < module->items.len; k++) {
            Item *item = module->items.at[k];
            bool is_function = item->kind == ITEM_FN || item->kind == ITEM_TEST;
            if (is_function == functions) check_item(c, item);
        }
    }
}

static void name_types(Checker *c) {
    Types *types = c->types;
    c->error = type_basic(types, TYPE_ERROR_TYPE);
    c->empty = type_basic(types, TYPE_EMPTY);
    c->never = type_basic(types, TYPE_NEVER);
    c->boolean = type_basic(types, TYPE_BOOL);
    c->u8 = type_basic(types, TYPE_U8);
    c->i32 = type_basic(types, TYPE_I32);
    c->i64 = type_basic(types, TYPE_I64);
    c->usize = type_basic(types, TYPE_USIZE);
    c->f64 = type_basic(types, TYPE_F64);
    c->duration = type_basic(types, TYPE_DURATION);
    c->instant = type_basic(types, TYPE_INSTANT);
    c->str = type_basic(types, TYPE_STR);
    c->literal = c->negative = *c->i32;
    c->real = *c->f64;
}

void check(Program *program) {
    Checker c = {.up = &up, .program = program, .arena = program->arena, .types = &program->types, .diags = program->diags,
                 .builtins = program->builtins};
    name_types(&c);
    check_items(&c, false);
    check_items(&c, true);
    check_main(&c);
    arena_free(&c.cover);
    arena_free(&c.scratch);
}
