/* check_evaluate_call: calls of functions, and of the built-in ones that only compute. */
#include "check_evaluate.h"

enum { DEPTH_MAX = 200 };          /* of calls: each takes some stack of the compiler's */

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

/* ---- functions ---- */

static bool can_run(Evaluator *e, const Expr *call, const Fn *fn) {
    if (fn->kind != FN_PLAIN || !fn->body) {
        stop(e, call->span, fn->is_async ? "an `async fn` runs only in the program"
                                         : "C functions run only in the program");
    } else if (e->depth >= DEPTH_MAX) {
        stop(e, call->span, "calls are nested too deeply");
    }
    return !e->failed;
}

static bool body_is_right(Evaluator *e, const Expr *call, Fn *fn) {
    need_body(e->c, fn);
    if (fn->state == FN_IN_PROGRESS) stop(e, call->span, "the function itself needs this value");
    else if (fn->state != FN_RIGHT) e->failed = true;  /* what is wrong has been said */
    return !e->failed;
}

static Value run_fn(Evaluator *e, const Expr *call) {
    Fn *fn = call->u.call.to.fn;
    if (!can_run(e, call, fn) || !body_is_right(e, call, fn)) return nothing(e);
    Frame frame = {.outer = e->frame, .capacity = fn->locals.len, .result = {.type = fn->result}};
    frame.at = arena_array(e->arena, Local, fn->locals.len + 1u);
    for (uint32_t i = 0; i < call->u.call.args.len; i++) {
        Value value = value_convert(e, run_expr(e, arg(call, i)), fn->params.at[i]->type, arg(call, i)->span);
        if (e->failed) return nothing(e);
        frame.at[frame.len++] = (Local){fn->params.at[i], value_copy(e, &value)};
    }
    e->frame = &frame;
    e->depth++;
    Flow flow = run_block(e, fn->body);
    e->depth--;
    e->frame = frame.outer;
    if (!e->failed && flow != FLOW_RETURN && fn->result->kind != TYPE_EMPTY) {
        return fail(e, call->span, "the function ends without a result");
    }
    return frame.result;
}

static Value run_make(Evaluator *e, const Expr *call, const FieldList *fields, EnumCase *enum_case) {
    Value value = value_parts(e, call->type, fields->len);
    value.enum_case = enum_case;
    for (uint32_t i = 0; i < fields->len && !e->failed; i++) {
        Value field = value_convert(e, run_expr(e, arg(call, i)), fields->at[i].type, arg(call, i)->span);
        if (!e->failed) value.u.parts.at[i] = value_copy(e, &field);
    }
    return value;
}

static Value run_conversion(Evaluator *e, const Expr *call) {
    Value of = run_expr(e, arg(call, 0));
    Type *to = call->type;
    if (e->failed) return of;
    if (of.type->kind == TYPE_ENUM) of = value_integer(integer_of((uint64_t)of.enum_case->number, e->c->i64),
                                                       e->c->i64);
    if (type_is_float(to)) return value_convert(e, of, to, call->span);
    bool fits = type_is_float(of.type) ? float_in_range(of.u.number, to) : integer_fits(integer_of_value(&of), to);
    if (!fits) return fail(e, call->span, "the value does not fit this type");
    if (!type_is_float(of.type)) return value_integer(integer_of_value(&of), to);
    double number = of.u.number;
    return value_integer((Integer){number <= -1, (uint64_t)(number < 0 ? -number : number)}, to);
}

/* ---- built-in functions and methods ---- */

static Value least(Evaluator *e, const Expr *call, Value a, Value b, bool greatest) {
    a = value_convert(e, a, call->type, call->span);
    b = value_convert(e, b, call->type, call->span);
    Value less = run_operator(e, OP_LT, &b, &a, e->c->boolean, call->span);
    return (less.u.integer != 0) == greatest ? a : b;
}

static Value run_least(Evaluator *e, const Expr *call, bool greatest) {
    Value a = run_expr(e, arg(call, 0)), b = run_expr(e, arg(call, 1));
    return e->failed ? a : least(e, call, a, b, greatest);
}

static Value run_clamp(Evaluator *e, const Expr *call) {
    Value x = run_expr(e, arg(call, 0)), low = run_expr(e, arg(call, 1)), high = run_expr(e, arg(call, 2));
    return e->failed ? x : least(e, call, least(e, call, x, low, true), high, false);
}

static Value run_abs(Evaluator *e, const Expr *call) {
    Value of = run_expr(e, arg(call, 0));
    if (e->failed) return of;
    if (type_is_float(of.type)) {
        if (of.u.number < 0) of.u.number = -of.u.number;
        return of;
    }
    Integer size = {false, integer_of_value(&of).size};
    return integer_fits(size, of.type) ? value_integer(size, of.type) : fail(e, call->span, "the result does not fit");
}

static Value run_enum_from(Evaluator *e, const Expr *call) {
    Value number = run_expr(e, arg(call, 0));
    if (e->failed) return number;
    const EnumDecl *decl = call->type->elem->enumeration;
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        Integer of_case = integer_of((uint64_t)decl->cases.at[i].number, e->c->i64);
        if (integer_compare(of_case, integer_of_value(&number)) != 0) continue;
        Value found = value_parts(e, call->type, 1);
        found.u.parts.at[0] = value_parts(e, call->type->elem, 0);
        found.u.parts.at[0].enum_case = &decl->cases.at[i];
        return found;
    }
    return value_parts(e, call->type, 0);
}

/* The list that a method is called on. */
static Value *list_of(Evaluator *e, const Expr *call) {
    Value *self = run_place(e, call->u.call.self);
    if (self && self->type->kind == TYPE_REF) self = self->u.place;
    if (self && self->type->kind == TYPE_LIST) return self;
    stop(e, call->span, "this is known only when the program runs");
    return NULL;
}

static Value run_push(Evaluator *e, const Expr *call) {
    Value *list = list_of(e, call);
    if (!list) return nothing(e);
    Value item = value_convert(e, run_expr(e, arg(call, 0)), list->type->elem, call->span);
    if (e->failed) return item;
    bool fits = list->u.parts.len < list->type->count;
    if (fits) list->u.parts.at[list->u.parts.len++] = value_copy(e, &item);
    return value_bool(e, fits);
}

static Value run_pop(Evaluator *e, const Expr *call) {
    Value *list = list_of(e, call);
    if (!list) return nothing(e);
    Value popped = value_parts(e, call->type, list->u.parts.len ? 1 : 0);
    if (list->u.parts.len) popped.u.parts.at[0] = list->u.parts.at[--list->u.parts.len];
    return popped;
}

static Value run_builtin(Evaluator *e, const Expr *call) {
    switch ((Builtin)call->u.call.builtin) {
    case BUILTIN_MIN: return run_least(e, call, false);
    case BUILTIN_MAX: return run_least(e, call, true);
    case BUILTIN_CLAMP: return run_clamp(e, call);
    case BUILTIN_ABS: return run_abs(e, call);
    case BUILTIN_ENUM_FROM: return run_enum_from(e, call);
    case BUILTIN_PUSH: return run_push(e, call);
    case BUILTIN_POP: return run_pop(e, call);
    case BUILTIN_CLEAR: {
        Value *list = list_of(e, call);
        if (list) list->u.parts.len = 0;
        return (Value){.type = e->c->empty};
    }
    case BUILTIN_PANIC: return fail(e, call->span, "`panic` is reached");
    default: return run_bit_function(e, call);
    }
}

Value run_call(Evaluator *e, Expr *expr) {
    switch ((CallKind)expr->u.call.what) {
    case CALL_FN: return run_fn(e, expr);
    case CALL_STRUCT: return run_make(e, expr, &expr->type->structure->fields, NULL);
    case CALL_CASE: return run_make(e, expr, &expr->u.call.to.enum_case->fields, expr->u.call.to.enum_case);
    case CALL_CONVERT: return run_conversion(e, expr);
    case CALL_BUILTIN: return run_builtin(e, expr);
    case CALL_ERROR: case CALL_UNKNOWN: break;
    }
    return fail(e, expr->span, "this is known only when the program runs");
}
