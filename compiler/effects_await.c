/* effects_await: what is said of waiting where nothing can wait, of forgetting to wait, and of starting what is no
   task. */
#include "effects.h"

static const char *callee_text(Effects *e, const Expr *call) {
    if (call->u.call.what == CALL_FN) return fn_text(&e->arena, call->u.call.to.fn);
    if (call->u.call.what == CALL_BUILTIN) {
        return str_format(&e->arena, "`%s`", builtin_name((Builtin)call->u.call.builtin)).at;
    }
    return "this";
}

static bool is_async_call(const Expr *call) {
    if (call->u.call.what == CALL_FN) return call->u.call.to.fn->is_async;
    return call->u.call.what == CALL_BUILTIN && builtin_is_async((Builtin)call->u.call.builtin);
}

/* The place where a function says what it is; nothing for what the compiler made. */
static void label_fn(Effects *e, Diag *diag, const Fn *fn, const char *text) {
    if (fn->name) diag_label(e->program->diags, diag, fn->span, text, fn->name->text);
}

static void fix_make_async(Effects *e, Diag *diag, const Fn *fn) {
    if (fn->kind != FN_PLAIN || fn->is_export) return;
    diag_fix(e->program->diags, diag, (Span){fn->head.at, 0}, STR("async "), "make it an `async fn`");
}

/* ---- a call without `await`, an `await` without a call ---- */

static void report_missing_await(Effects *e, const Expr *call, bool before_postfix) {
    Diags *diags = e->program->diags;
    Diag *diag = diag_add(diags, CODE_E0301, call->span, "%s is async: without `await` it does not run",
                          callee_text(e, call));
    if (call->u.call.what == CALL_FN) label_fn(e, diag, call->u.call.to.fn, "`%s` is declared here as `async fn`");
    if (before_postfix && !call->paren) {
        Str text = span_text(e->program->sources, call->span);
        Str with = str_format(diags->arena, "(await %.*s)", (int)text.len, text.at);
        diag_fix(diags, diag, call->span, with, "wait for its result");
    } else {
        uint32_t at = call->span.at + (call->paren ? 1 : 0);
        diag_fix(diags, diag, (Span){at, 0}, STR("await "), "wait for it to finish");
    }
}

/* In a plain `fn` the word alone would not help. */
static void report_async_in_plain(Effects *e, const Surroundings *around, const Expr *call) {
    Diags *diags = e->program->diags;
    const char *callee = callee_text(e, call);
    const char *name = fn_text(&e->arena, around->fn);
    Diag *diag = diag_add(diags, CODE_E0301, call->span, "%s is async, and %s is a plain function: it cannot wait",
                          callee, name);
    label_fn(e, diag, around->fn, "`%s` is declared here without `async`");
    if (call->u.call.what == CALL_FN) label_fn(e, diag, call->u.call.to.fn, "`%s` is declared here as `async fn`");
    if (around->fn->kind == FN_PLAIN && !around->fn->is_export) {
        diag_note(diags, diag, "make %s an `async fn`, and write `await` before this call and before the calls of %s",
                  name, name);
    }
}

/* Takes the word `await` before a call away, if it is there. */
static void fix_no_await(Effects *e, Diag *diag, const Expr *call) {
    const Source *source = source_at(e->program->sources, call->span.at);
    uint32_t at = call->span.at - source->base;
    const char *text = source->text.at;
    while (at && (text[at - 1] == ' ' || text[at - 1] == '\n')) at--;
    if (at < 5 || memcmp(text + at - 5, "await", 5) != 0) return;
    Span word = {source->base + at - 5, call->span.at - source->base - (at - 5)};
    diag_fix(e->program->diags, diag, word, STR(""), "leave `await` out");
}

static void report_needless_await(Effects *e, const Expr *call) {
    Diags *diags = e->program->diags;
    if (is_call_of(call, BUILTIN_START_SOON) || is_call_of(call, BUILTIN_START_SERVICE)) {
        Diag *diag = diag_add(diags, CODE_E0303, call->span, "`%s` does not wait: the nursery does, at its end",
                              builtin_name((Builtin)call->u.call.builtin));
        diag_note(diags, diag, "`await n.start(...)` waits until the child says `started`");
        fix_no_await(e, diag, call);
        return;
    }
    bool named = call->u.call.what == CALL_FN || call->u.call.what == CALL_BUILTIN;
    Diag *diag = diag_add(diags, CODE_E0303, call->span, "%s is %s: there is nothing to wait for", callee_text(e, call),
                          named ? "not async" : "no call of a function");
    if (call->u.call.what == CALL_FN) label_fn(e, diag, call->u.call.to.fn, "`%s` is declared here without `async`");
    fix_no_await(e, diag, call);
}

void wait_check_call_use(Effects *e, const Surroundings *around, const Expr *call, CallUse use) {
    bool waits = use == CALL_USE_AWAITED || use == CALL_USE_ARM;
    if (is_async_call(call) == waits) return;
    if (waits) report_needless_await(e, call);
    else if (!around->fn->is_async) report_async_in_plain(e, around, call);
    else report_missing_await(e, call, use == CALL_USE_POSTFIX);
}

void wait_check_awaited(Effects *e, const Expr *await) {
    if (await->u.operand->type->kind == TYPE_ERROR_TYPE) return;
    Diag *diag = diag_add(e->program->diags, CODE_E0303, await->u.operand->span,
                          "only a call of an async function can be awaited");
    diag_note(e->program->diags, diag, "leave `await` out, or call something: `await f(x)`");
}

/* ---- places where nothing can wait ---- */

void wait_check_place(Effects *e, const Surroundings *around, Span span, const char *what, bool is_checkpoint) {
    Diags *diags = e->program->diags;
    if (!around->fn->is_async) {
        Diag *diag = diag_add(diags, CODE_E0302, span, "%s can stand only in an `async fn`, and %s is none", what,
                              fn_text(&e->arena, around->fn));
        label_fn(e, diag, around->fn, "`%s` is a plain function");
        fix_make_async(e, diag, around->fn);
    } else if (around->critical) {
        Diag *diag = diag_add(diags, CODE_E0302, span, "nothing can wait in `critical`: interrupts are off here");
        diag_label(diags, diag, around->critical->span, "it begins here");
    } else if (around->defer && !around->shield && is_checkpoint) {
        Diag *diag = diag_add(diags, CODE_W0602, span,
                              "when this `defer` runs because of a cancellation, %s ends at once", what);
        diag_label(diags, diag, around->defer->span, "outside of a shield");
        diag_note(diags, diag, "put it into `shield { }`, or with a limit into `move_on_after 1s shield { }`");
    }
}

/* ---- shields ---- */

bool scope_has_limit(const Stmt *scope) {
    return scope->u.scope.time != NULL || scope->u.scope.var != NULL;
}

void wait_check_shielded_wait(Effects *e, const Surroundings *around, const Expr *call) {
    if (!around->shield || around->limit || around->shield == e->told_shield) return;
    bool waits_for_task = is_call_of(call, BUILTIN_SEND) || is_call_of(call, BUILTIN_RECEIVE) ||
                          is_call_of(call, BUILTIN_EVENT_WAIT) || is_call_of(call, BUILTIN_ACQUIRE) ||
                          is_call_of(call, BUILTIN_CONDITION_WAIT);
    if (!waits_for_task) return;
    e->told_shield = around->shield;
    Diag *diag = diag_add(e->program->diags, CODE_W0607, call->span,
                          "this waits for another task, and no cancellation can end it");
    diag_label(e->program->diags, diag, around->shield->span, "because of this shield");
    diag_note(e->program->diags, diag, "give the shield a limit: `move_on_after 1s shield { }`");
}

void wait_check_scope(Effects *e, const Surroundings *around, const Stmt *scope) {
    Diags *diags = e->program->diags;
    if (scope->u.scope.kind == SCOPE_CANCEL && !scope->u.scope.var) {
        Diag *diag = diag_add(diags, CODE_W0604, scope->span, "without a name nothing can cancel this scope");
        diag_note(diags, diag, "name it: `cancel_scope as s { }`, then `s.cancel()`");
    }
    if (!scope->u.scope.shield || scope_has_limit(scope) || !around->shield || !around->limit) return;
    Diag *diag = diag_add(diags, CODE_W0607, scope->span, "this shield defeats the limit of the one around it");
    diag_label(diags, diag, around->limit->span, "this limit does not reach what is inside the inner shield");
    diag_note(diags, diag, "give the inner one a limit too: `move_on_after 1s shield { }`");
}

/* ---- starting ---- */

void wait_check_started(Effects *e, const Surroundings *around, const Expr *call) {
    Diags *diags = e->program->diags;
    const Fn *fn = around->fn;
    if (fn->kind == FN_CHILD) {
        Diag *diag = diag_add(diags, CODE_E0305, call->span, "a child written in place cannot say `started`");
        diag_label(diags, diag, fn->span, "this starts a child of its own");
        diag_note(diags, diag, "only the body of a function that is declared with `starts` can");
    } else if (fn->kind == FN_TEST) {
        diag_add(diags, CODE_E0305, call->span, "a test cannot say `started`: nobody waits for it to start");
    } else if (!fn->starts) {
        Diag *diag = diag_add(diags, CODE_E0305, call->span, "%s is not declared with `starts`",
                              fn_text(&e->arena, fn));
        uint32_t end = head_end(e->program->sources, fn);
        label_fn(e, diag, fn, "`%s` needs `starts`, or `starts T` for a value");
        if (fn->kind == FN_ASYNC && call->u.call.args.len == 0 && !fn->raises_written) {
            diag_fix(diags, diag, (Span){end, 0}, STR(" starts"), "declare that it starts");
        }
    } else if (around->defer) {
        Diag *diag = diag_add(diags, CODE_E0305, call->span, "`started` cannot stand in a `defer`");
        diag_label(diags, diag, around->defer->span, "this runs when the function ends, which is too late");
    }
}

void wait_refuse_nameless(Effects *e, const Expr *nursery) {
    diag_add(e->program->diags, CODE_E0304, nursery->span,
             "this could be any nursery: name it, or a reference to it, so that it is known where its children belong");
}
