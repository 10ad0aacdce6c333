#include "tree.h"

/* ---- parts ---- */

static void visit_if(VisitPart visit, void *context, Expr *part) {
    if (part) visit(context, part);
}

static void call_parts(const Expr *call, VisitPart visit, void *context) {
    if (call->u.call.what == CALL_BUILTIN) visit_if(visit, context, call->u.call.self);
    for (uint32_t i = 0; i < call->u.call.args.len; i++) visit(context, call->u.call.args.at[i].value);
}

void expr_parts(const Expr *expr, VisitPart visit, void *context) {
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: case EXPR_FLOAT: case EXPR_DURATION: case EXPR_BOOL: case EXPR_NONE: case EXPR_STRING:
    case EXPR_BYTES: case EXPR_NAME: case EXPR_RACE: case EXPR_WRONG:
        return;
    case EXPR_INTERPOLATION:
        for (uint32_t i = 0; i < expr->u.parts.len; i++) visit_if(visit, context, expr->u.parts.at[i].expr);
        return;
    case EXPR_FIELD:
        if (!expr->u.field.item && !expr->u.field.enum_case) visit(context, expr->u.field.of);
        return;
    case EXPR_INDEX:
        visit(context, expr->u.index.of);
        visit(context, expr->u.index.at);
        return;
    case EXPR_SLICE:
        visit(context, expr->u.slice.of);
        visit_if(visit, context, expr->u.slice.low);
        visit_if(visit, context, expr->u.slice.high);
        return;
    case EXPR_CALL:
        call_parts(expr, visit, context);
        return;
    case EXPR_CHANNEL:
        visit_if(visit, context, expr->u.channel.capacity);
        visit_if(visit, context, expr->u.channel.copies);
        return;
    case EXPR_UNARY: case EXPR_DEREF: case EXPR_REF: case EXPR_AWAIT:
        visit(context, expr->u.operand);
        return;
    case EXPR_BINARY: case EXPR_RANGE:
        visit_if(visit, context, expr->u.binary.left);
        visit_if(visit, context, expr->u.binary.right);
        return;
    case EXPR_CAST:
        visit(context, expr->u.cast.of);
        return;
    case EXPR_IF:
        visit(context, expr->u.branch.cond);
        return;
    case EXPR_ARRAY: case EXPR_TUPLE:
        for (uint32_t i = 0; i < expr->u.items.len; i++) visit(context, expr->u.items.at[i]);
        return;
    case EXPR_REPEAT:
        visit(context, expr->u.repeat.value);
        visit_if(visit, context, expr->u.repeat.count);
        return;
    case EXPR_CATCH:
        visit(context, expr->u.caught.of);
        return;
    }
}

static void arms_of_select(const Stmt *stmt, VisitPart visit, VisitBlock enter, void *context) {
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const SelectArm *arm = &stmt->u.select.arms.at[i];
        visit_if(visit, context, arm->guard);
        visit_if(visit, context, arm->expr);
        enter(context, arm->block);
    }
}

static void arms_of_match(const Stmt *stmt, VisitPart visit, VisitBlock enter, void *context) {
    visit(context, stmt->u.match.of);
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
        const Arm *arm = &stmt->u.match.arms.at[i];
        visit_if(visit, context, arm->guard);
        enter(context, arm->block);
    }
}

static void enter_if(VisitBlock enter, void *context, const Block *block) {
    if (block) enter(context, block);
}

void stmt_parts(const Stmt *stmt, VisitPart visit, VisitBlock enter, void *context) {
    switch ((StmtKind)stmt->kind) {
    case STMT_BREAK: case STMT_CONTINUE: case STMT_WRONG:
        return;
    case STMT_LET:
        visit_if(visit, context, stmt->u.let.value);
        return;
    case STMT_ASSIGN:
        visit(context, stmt->u.assign.value);
        visit(context, stmt->u.assign.to);
        return;
    case STMT_EXPR: case STMT_DROP: case STMT_RETURN:
        visit_if(visit, context, stmt->u.expr);
        return;
    case STMT_RAISE:
        visit_if(visit, context, stmt->u.raise.error);
        return;
    case STMT_ASSERT:
        visit(context, stmt->u.check.cond);
        visit_if(visit, context, stmt->u.check.why);
        return;
    case STMT_BLOCK: case STMT_DEFER: case STMT_CRITICAL:
        enter(context, stmt->u.block);
        return;
    case STMT_IF:
        visit(context, stmt->u.branch.cond);
        enter(context, stmt->u.branch.then);
        enter_if(enter, context, stmt->u.branch.other);
        return;
    case STMT_WHILE: case STMT_LOOP:
        visit_if(visit, context, stmt->u.loop.cond);
        enter(context, stmt->u.loop.block);
        return;
    case STMT_FOR: case STMT_ASYNC_FOR:
        visit(context, stmt->u.each.in);
        enter(context, stmt->u.each.block);
        return;
    case STMT_MATCH:
        arms_of_match(stmt, visit, enter, context);
        return;
    case STMT_TRY:
        enter(context, stmt->u.attempt.block);
        for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) {
            enter(context, stmt->u.attempt.clauses.at[i]->block);
        }
        return;
    case STMT_NURSERY:
        visit_if(visit, context, stmt->u.nursery.capacity);
        enter(context, stmt->u.nursery.block);
        return;
    case STMT_SCOPE:
        visit_if(visit, context, stmt->u.scope.time);
        enter(context, stmt->u.scope.block);
        enter_if(enter, context, stmt->u.scope.other);
        return;
    case STMT_SELECT:
        arms_of_select(stmt, visit, enter, context);
        return;
    case STMT_RACE: case STMT_TOGETHER: /* as the nurseries that they are */
        enter(context, stmt->u.group.nursery->u.nursery.block);
        return;
    case STMT_EVERY:
        visit(context, stmt->u.every.time);
        enter(context, stmt->u.every.block);
        return;
    case STMT_WITH:
        visit(context, stmt->u.with.resource);
        if (stmt->u.with.position) visit(context, stmt->u.with.position);
        enter(context, stmt->u.with.block);
        return;
    }
}

/* ---- places ---- */

Var *place_var(const Expr *place) {
    for (;;) {
        switch ((ExprKind)place->kind) {
        case EXPR_NAME:
            return place->u.name.var;
        case EXPR_FIELD:
            if (place->u.field.item || place->u.field.enum_case) return NULL;
            place = place->u.field.of;
            break;
        case EXPR_INDEX:
            place = place->u.index.of;
            break;
        case EXPR_SLICE:
            place = place->u.slice.of;
            break;
        case EXPR_REF: case EXPR_DEREF:
            place = place->u.operand;
            break;
        default:
            return NULL;
        }
    }
}

Var *var_original(Var *var) {
    while (var && var->kind == VAR_CAPTURE && var->captured) var = var->captured;
    return var;
}

bool is_static_handle(const Expr *expr) {
    if (expr->kind != EXPR_FIELD) return false;
    const Expr *of = expr->u.field.of;
    const Item *item = expr->u.field.item;
    if (!item && of->kind == EXPR_NAME) item = of->u.name.item;
    if (!item && of->kind == EXPR_FIELD) item = of->u.field.item;
    return item && item->kind == ITEM_CHANNEL;
}

/* ---- calls ---- */

Expr *started_call(const Expr *start) {
    return start->u.call.args.len ? start->u.call.args.at[0].value : NULL;
}

Span started_span(const Expr *start) {
    const Expr *call = started_call(start);
    return call ? call->span : start->u.call.callee->span;
}

Fn *started_fn(const Expr *start) {
    if (start->u.call.child && start->u.call.child->block) return start->u.call.child->fn;
    const Expr *call = started_call(start);
    return call && call->kind == EXPR_CALL && call->u.call.what == CALL_FN ? call->u.call.to.fn : NULL;
}

Expr *cancel_text(const Expr *cancel) {
    const ArgList *args = &cancel->u.call.args;
    return args->len && !args->at[0].name ? args->at[0].value : NULL;
}

Expr *cancel_grace(const Expr *cancel) {
    const ArgList *args = &cancel->u.call.args;
    return args->len && args->at[args->len - 1].name ? args->at[args->len - 1].value : NULL;
}

bool start_is_scoped(const Expr *start) {
    return is_call_of(start, BUILTIN_START_SERVICE) || (start->u.call.child && start->u.call.child->as);
}

ErrorDecl *raised_error(const Expr *error) {
    if (error->kind == EXPR_CALL) return error->u.call.what == CALL_ERROR ? error->u.call.to.error : NULL;
    const Item *item = NULL;
    if (error->kind == EXPR_NAME) item = error->u.name.item;
    if (error->kind == EXPR_FIELD) item = error->u.field.item;
    return item && item->kind == ITEM_ERROR ? item->u.error : NULL;
}

bool builtin_is_async(Builtin builtin) {
    switch (builtin) {
    case BUILTIN_SLEEP: case BUILTIN_SLEEP_UNTIL: case BUILTIN_SLEEP_FOREVER: case BUILTIN_CHECKPOINT:
    case BUILTIN_WAIT_ALL_TASKS_BLOCKED:
    case BUILTIN_SEND: case BUILTIN_RECEIVE: case BUILTIN_EVENT_WAIT: case BUILTIN_ACQUIRE: case BUILTIN_CONDITION_WAIT:
    case BUILTIN_START:
        return true;
    default:
        return false;
    }
}

BuiltinErrors builtin_errors(const Expr *call) {
    /* The ends of a static channel never close. */
    bool closes = !call->u.call.self || !is_static_handle(call->u.call.self);
    BuiltinError broken = closes ? BUILTIN_ERROR_BROKEN_RESOURCE : ERROR_NONE_BUILTIN;
    BuiltinError ended = closes ? BUILTIN_ERROR_END_OF_CHANNEL : ERROR_NONE_BUILTIN;
    switch ((Builtin)call->u.call.builtin) {
    case BUILTIN_SEND: return (BuiltinErrors){{broken}};
    case BUILTIN_RECEIVE: return (BuiltinErrors){{ended}};
    case BUILTIN_SEND_NOWAIT: return (BuiltinErrors){{BUILTIN_ERROR_WOULD_BLOCK, broken}};
    case BUILTIN_RECEIVE_NOWAIT: return (BuiltinErrors){{BUILTIN_ERROR_WOULD_BLOCK, ended}};
    case BUILTIN_ACQUIRE_NOWAIT: return (BuiltinErrors){{BUILTIN_ERROR_WOULD_BLOCK}};
    default: return (BuiltinErrors){{ERROR_NONE_BUILTIN}};
    }
}

Type *race_value(const Group *race) {
    Type *value = NULL;
    for (uint32_t i = 0; i < race->block->stmts.len; i++) {
        const Stmt *arm = race->block->stmts.at[i];
        Type *type = arm->kind == STMT_EXPR ? arm->u.expr->type : NULL;
        if (type && type->kind == TYPE_NEVER) continue;
        if (!type || type->kind == TYPE_EMPTY || type->kind == TYPE_ERROR_TYPE || (value && value != type)) return NULL;
        value = type;
    }
    return value;
}

const Expr *value_of_block(const Block *block) {
    const Stmt *last = block && block->stmts.len ? block->stmts.at[block->stmts.len - 1] : NULL;
    return last && last->kind == STMT_EXPR && !last->has_semicolon ? last->u.expr : NULL;
}

bool is_endless(const Stmt *loop) {
    if (loop->kind == STMT_LOOP || loop->kind == STMT_EVERY) return true;
    const Expr *cond = loop->kind == STMT_WHILE ? loop->u.loop.cond : NULL;
    return cond && cond->kind == EXPR_BOOL && cond->u.integer;
}

/* ---- texts ---- */

const char *fn_text(Arena *arena, const Fn *fn) {
    if (fn->kind == FN_CHILD && !fn->name) return "the child written in place";
    if (fn->kind == FN_TEST || !fn->name) return "the test";
    return str_format(arena, "`%s`", fn->name->text).at;
}

Str span_text(const Sources *sources, Span span) {
    const Source *source = source_at(sources, span.at);
    return (Str){source->text.at + (span.at - source->base), span.len};
}

uint32_t head_end(const Sources *sources, const Fn *fn) {
    Str head = span_text(sources, fn->head);
    while (head.len && (head.at[head.len - 1] == ' ' || head.at[head.len - 1] == '\n')) head.len--;
    return fn->head.at + (uint32_t)head.len;
}
