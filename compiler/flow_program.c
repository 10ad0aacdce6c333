/* flow_program: what happens to variables on the way through each function.

   Needs  effects without errors.
   Gives  Stmt.unreachable. Refuses: values used before they are there, functions that end without a result, handles
          used after they were moved, references that outlive what they refer to, references into what may change its
          shape, locks that are acquired by hand and kept on some way out. Warns of what is never reached or never used.
   Must not touch anything else of the tree, but for Var.slot, which it uses while it runs. */
#include "flow.h"

static const FlowWays ways = {.expr = flow_walk_expr, .block = flow_walk_block, .group = flow_walk_group};

/* ---- one function ---- */

static void begin_fn(Flow *f, Fn *fn, uint32_t level) {
    f->fn = fn;
    f->level = level;
    f->words = bits_words(fn->locals.len + 1);
    f->spare.len = f->tracked.len = f->shaped.len = f->fences.len = f->handlers.len = 0;
    f->stmt = NULL;
    f->defer = NULL;
    f->fell = NULL;
    f->here = state_nowhere(f);
    f->here.reachable = true;
}

/* What a parameter refers to is the caller's; what a child captured by value it holds like the variable it came
   from. */
static void declare_param(Flow *f, Var *var) {
    Known *known = flow_declare(f, var, true);
    if (!has_origins(var->type)) return;
    Origin origin = {.var = var, .level = LEVEL_CALLER, .span = var->span};
    if (var->kind == VAR_CAPTURE) {
        if (var->by_reference) return;
        origin = (Origin){.var = var->captured, .held = true, .span = var->span};
    }
    vec_push(&f->family, &known->holds, origin);
}

static bool wants_result(const Fn *fn) {
    if (fn->kind == FN_CHILD || fn->kind == FN_TEST || !fn->result) return false;
    return fn->result->kind != TYPE_EMPTY && fn->result->kind != TYPE_NEVER && fn->result->kind != TYPE_ERROR_TYPE;
}

static void report_no_result(Flow *f, const Fn *fn) {
    Diags *diags = flow_diags(f);
    Span end = {fn->body->span.at + fn->body->span.len - 1, 1};
    Diag *diag = diag_add(diags, CODE_E0410, end, "%s can come to its end here without a result",
                          fn_text(&f->family, fn));
    if (fn->result_expr) {
        diag_label(diags, diag, fn->result_expr->span, "it promises `%s`", type_text(&f->program->types, fn->result));
    }
    const Stmt *last = fn->body->stmts.len ? fn->body->stmts.at[fn->body->stmts.len - 1] : NULL;
    if (last && last == f->fell) {
        diag_label(diags, diag, last->span, "when this is cancelled, control comes out behind it");
        diag_note(diags, diag, "write behind it what to `return` then");
    }
}

static void flow_fn(Flow *f, Fn *fn, uint32_t level) {
    begin_fn(f, fn, level);
    for (uint32_t i = 0; i < fn->params.len; i++) declare_param(f, fn->params.at[i]);
    flow_block(f, fn->body);
    held_check(f, &f->here, (Span){fn->body->span.at + fn->body->span.len - 1, 1}, "it ends here with the lock");
    if (f->here.reachable && wants_result(fn)) report_no_result(f, fn);
    warn_of_unused(f, fn);
}

/* ---- a function and the children written in it, and in these ---- */

static void flow_family(Flow *f, Fn *fn) {
    flow_fn(f, fn, LEVEL_FN);
    for (uint32_t i = 0; i < f->children.len; i++) {
        Child child = f->children.at[i];
        flow_fn(f, child.fn, child.level);
    }
    settle_claims(f);
    settle_family_lendings(f);
}

void flow(Program *program) {
    Passages passages = {.settled = 0};
    Arena family = {0};
    for (uint32_t i = 0; i < program->fns.len; i++) {
        Fn *fn = program->fns.at[i];
        if (fn->kind == FN_CHILD || !fn->body) continue;
        Flow f = {.ways = &ways, .program = program, .passages = &passages, .family = family};
        flow_family(&f, fn);
        family = f.family;
        arena_reset(&family);
    }
    settle_lendings(program, &passages);
    for (uint32_t i = 0; i < program->modules.len; i++) {
        warn_of_unused_imports(program, program->modules.at[i], &family);
    }
    arena_free(&family);
    arena_free(&passages.arena);
}
