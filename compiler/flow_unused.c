/* flow_unused: names that nothing asks for. A name that begins with `_` says that it is meant so. */
#include "flow.h"

static bool is_worth_a_word(const Fn *fn, const Var *var) {
    if (var->used || !var->name || var->name->text[0] == '_') return false;
    switch (var->kind) {
    case VAR_LET: case VAR_VAR: case VAR_CATCH: case VAR_SCOPE: case VAR_TASK: return true;
    /* A handle that is never used still holds its channel open. `for i in 0..3` is how to do a thing three times. */
    case VAR_PARAM: return fn->body && !fn->is_export && !var->type->handle;
    default: return false;
    }
}

static void warn(Flow *f, const Var *var) {
    Diags *diags = flow_diags(f);
    const char *name = var->name->text;
    if (var->written_to && var->kind != VAR_PARAM) {
        diag_add(diags, CODE_W0606, var->span, "`%s` gets values, but nothing reads them", name);
        return;
    }
    const char *what = var->kind == VAR_PARAM ? "parameter" : var->type->handle ? "handle" : "variable";
    Diag *diag = diag_add(diags, CODE_W0606, var->span, "the %s `%s` is never used", what, name);
    diag_fix(diags, diag, (Span){var->span.at, 0}, STR("_"), "say that this is meant so");
}

void warn_of_unused(Flow *f, const Fn *fn) {
    for (uint32_t i = 0; i < fn->locals.len; i++) {
        if (is_worth_a_word(fn, fn->locals.at[i])) warn(f, fn->locals.at[i]);
    }
}
