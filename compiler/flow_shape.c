/* flow_shape: references into lists and str[N]s, which can shrink under them. Such a reference is used up by
   whatever may change its container: an `await`, since other tasks run then, or a change in this very function. */
#include "flow.h"

/* ---- places ---- */

static const Expr *outer_place(const Expr *place) {
    switch ((ExprKind)place->kind) {
    case EXPR_FIELD: return place->u.field.item || place->u.field.enum_case ? NULL : place->u.field.of;
    case EXPR_INDEX: return place->u.index.of;
    case EXPR_SLICE: return place->u.slice.of;
    case EXPR_DEREF: case EXPR_REF: return place->u.operand;
    default: return NULL;
    }
}

static const Expr *without_reference(const Expr *place) {
    while (place->kind == EXPR_DEREF || place->kind == EXPR_REF) place = place->u.operand;
    return place;
}

/* The same place, as far as the text tells: any index may be any other. */
static bool is_same(const Expr *a, const Expr *b) {
    for (;;) {
        a = without_reference(a);
        b = without_reference(b);
        if (a->kind != b->kind) return false;
        if (a->kind == EXPR_NAME) return a->u.name.var == b->u.name.var && a->u.name.item == b->u.name.item;
        if (a->kind == EXPR_FIELD && a->u.field.name != b->u.field.name) return false;
        a = outer_place(a);
        b = outer_place(b);
        if (!a || !b) return false;
    }
}

/* `place` is the container, or something that the container is a part of. */
static bool covers(const Expr *place, const Expr *container) {
    for (const Expr *part = container; part; part = outer_place(part)) {
        if (is_same(part, place)) return true;
    }
    return false;
}

static Str place_text(Flow *f, const Expr *place) { return span_text(f->program->sources, place->span); }

/* ---- variables that point into containers ---- */

void shape_note(Flow *f, Known *known, const Origins *origins) {
    known->container = NULL;
    for (uint32_t i = 0; i < origins->len && !known->container; i++) {
        known->container = origins->at[i].container;
        known->taken_at = origins->at[i].span;
    }
    if (!known->container || known->is_shaped) return;
    known->is_shaped = true;
    vec_push(&f->family, &f->shaped, known);
}

static void make_stale(Flow *f, Known *known, Span span) {
    if (!f->here.reachable || state_has(f, &f->here, FACT_STALE, known->bit)) return;
    state_put(f, &f->here, FACT_STALE, known->bit, true);
    known->stale_at = span;
}

void shape_wait(Flow *f, Span span) {
    for (uint32_t i = 0; i < f->shaped.len; i++) {
        if (f->shaped.at[i]->container) make_stale(f, f->shaped.at[i], span);
    }
}

void shape_change(Flow *f, const Expr *place, Span span) {
    for (uint32_t i = 0; i < f->shaped.len; i++) {
        Known *known = f->shaped.at[i];
        if (known->container && covers(place, known->container)) make_stale(f, known, span);
    }
}

void shape_use(Flow *f, Known *known, Span span) {
    if (!known->container) return;
    const char *name = known->var->name->text;
    Str container = place_text(f, known->container);
    Diag *diag = diag_add(flow_diags(f), CODE_E0407, span, "`%s` points into `%.*s`, which may have changed since",
                          name, (int)container.len, container.at);
    diag_label(flow_diags(f), diag, known->taken_at, "the reference was taken here");
    diag_label(flow_diags(f), diag, known->stale_at, "here the container may change");
    diag_note(flow_diags(f), diag, "keep a copy of the value, or the index, and look again");
    known->container = NULL;
}

/* ---- loops: what a round does, the next one finds ---- */

static void look_at_block(void *flow, const Block *block);

static void look_at_expr(void *flow, Expr *expr) {
    Flow *f = flow;
    if (expr->kind == EXPR_AWAIT || expr->kind == EXPR_RACE) shape_wait(f, expr->span);
    if (expr->kind == EXPR_REF && expr->mut) shape_change(f, expr->u.operand, expr->span);
    if (is_call_of(expr, BUILTIN_PUSH) || is_call_of(expr, BUILTIN_POP) || is_call_of(expr, BUILTIN_REMOVE) ||
        is_call_of(expr, BUILTIN_CLEAR)) {
        shape_change(f, expr->u.call.self, expr->span);
    }
    expr_parts(expr, look_at_expr, f);
    if (expr->kind == EXPR_IF) {
        look_at_block(f, expr->u.branch.then);
        look_at_block(f, expr->u.branch.other);
    } else if (expr->kind == EXPR_CATCH) {
        look_at_block(f, expr->u.caught.clause->block);
    }
}

static void look_at_block(void *flow, const Block *block) {
    Flow *f = flow;
    for (uint32_t i = 0; block && i < block->stmts.len; i++) {
        const Stmt *stmt = block->stmts.at[i];
        switch ((StmtKind)stmt->kind) {
        case STMT_ASYNC_FOR: case STMT_NURSERY: case STMT_SELECT: case STMT_RACE: case STMT_TOGETHER: case STMT_EVERY:
        case STMT_WITH:
            shape_wait(f, stmt->span);
            break;
        case STMT_ASSIGN:
            shape_change(f, stmt->u.assign.to, stmt->span);
            break;
        default: break;
        }
        stmt_parts(stmt, look_at_expr, look_at_block, f);
    }
}

void shape_enter_loop(Flow *f, const Stmt *loop) {
    if (f->shaped.len == 0) return;
    if (loop->kind == STMT_ASYNC_FOR || loop->kind == STMT_EVERY) shape_wait(f, loop->span);
    stmt_parts(loop, look_at_expr, look_at_block, f);
}

/* ---- arguments ---- */

static void find_await(void *found, Expr *expr) {
    Span *await = found;
    if (expr->kind == EXPR_AWAIT && await->len == 0) *await = expr->span;
    expr_parts(expr, find_await, found);
}

static void report_arg(Flow *f, const Expr *value, const Expr *container, Span change, const char *why) {
    Str text = place_text(f, container);
    Diag *diag = diag_add(flow_diags(f), CODE_E0407, value->span, "this points into `%.*s`, which can change %s",
                          (int)text.len, text.at, why);
    if (change.len) diag_label(flow_diags(f), diag, change, "here");
    diag_note(flow_diags(f), diag, "give a copy of the value, or the index");
}

static void check_arg(Flow *f, const Expr *call, uint32_t at, const Expr *container) {
    const ArgList *args = &call->u.call.args;
    for (uint32_t i = 0; i < args->len; i++) {
        Expr *other = args->at[i].value;
        Span await = {0};
        if (i > at) find_await(&await, other);
        if (await.len) {
            report_arg(f, args->at[at].value, container, await, "before the call begins");
        } else if (i != at && other->kind == EXPR_REF && other->mut && covers(other->u.operand, container)) {
            report_arg(f, args->at[at].value, container, other->span, "in the called function");
        } else {
            continue;
        }
        return;
    }
}

void shape_args(Flow *f, const Expr *call, const Fn *fn, bool waits) {
    for (uint32_t i = 0; fn && i < call->u.call.args.len && i < fn->params.len; i++) {
        const Expr *value = call->u.call.args.at[i].value;
        if (!fn->params.at[i]->type->has_ref || !f->here.reachable) continue;
        Origins origins = {0};
        origins_of(f, value, fn->params.at[i]->type, &origins);
        const Expr *container = NULL;
        for (uint32_t k = 0; k < origins.len && !container; k++) container = origins.at[k].container;
        if (!container) continue;
        if (waits) report_arg(f, value, container, (Span){0}, "while the called function waits");
        else check_arg(f, call, i, container);
    }
}
