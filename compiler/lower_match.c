/* lower_match: the first arm that fits. Arms become a chain of ifs; a guard looks at bindings first, so an arm with one
   notes in a flag whether it was taken:

       match v { A(x) if x > 3 => { a(); }  _ => { b(); } }
       taken = false; if (tag(v) == A) { x = payload; if (x > 3) { taken = true; a(); } } if (!taken) { b(); } */
#include "lower.h"

static IrExpr *condition(Lower *l, const Pattern *pattern, IrExpr *subject);

static IrExpr *both(Lower *l, IrExpr *a, IrExpr *b) {
    if (!a) return b;
    return b ? ir_binary(l, OP_LOGIC_AND, lower_basic(l, TYPE_BOOL), a, b) : a;
}

static IrExpr *has(Lower *l, IrExpr *subject) { return ir_unary(l, IRX_HAS, lower_basic(l, TYPE_BOOL), subject); }

static IrExpr *inner(Lower *l, IrExpr *subject) { return ir_unary(l, IRX_UNWRAP, subject->type->elem, subject); }

static IrExpr *equal(Lower *l, Expr *value, IrExpr *subject) {
    Type *truth = lower_basic(l, TYPE_BOOL);
    if (subject->type->kind == TYPE_OPTIONAL) {
        if (value->kind == EXPR_NONE) {
            IrExpr *absent = ir_unary(l, IRX_UNARY, truth, has(l, subject));
            absent->op = OP_NOT;
            return absent;
        }
        return both(l, has(l, subject), equal(l, value, inner(l, subject)));
    }
    if (subject->type->kind == TYPE_STR_N) subject = lower_convert(l, subject, lower_basic(l, TYPE_STR));
    return ir_binary(l, OP_EQ, truth, subject, lower_as(l, value, subject->type));
}

static IrExpr *in_range(Lower *l, const Expr *range, IrExpr *subject) {
    Type *truth = lower_basic(l, TYPE_BOOL);
    IrExpr *test = NULL;
    if (range->u.binary.left) test = ir_binary(l, OP_GE, truth, subject, lower_as(l, range->u.binary.left, subject->type));
    if (range->u.binary.right) {
        Op op = range->inclusive ? OP_LE : OP_LT;
        test = both(l, test, ir_binary(l, op, truth, subject, lower_as(l, range->u.binary.right, subject->type)));
    }
    return test;
}

static IrExpr *payload(Lower *l, const Pattern *pattern, IrExpr *subject, uint32_t i) {
    if (pattern->error) {
        IrExpr *as_error = ir_expr(l->scratch, IRX_VAR, type_errors(&l->program->types, TYPE_LEAF, &pattern->error, 1), l->line);
        as_error->u.var = subject->u.var;
        return ir_part(l, IRX_FIELD, pattern->error->fields.at[i].type, as_error, i, NULL);
    }
    return ir_part(l, IRX_PAYLOAD, pattern->enum_case->fields.at[i].type, subject, i, pattern->enum_case);
}

static IrExpr *is_case(Lower *l, const Pattern *pattern, IrExpr *subject) {
    IrExpr *test;
    Type *truth = lower_basic(l, TYPE_BOOL);
    if (pattern->error) {
        test = ir_op(l, IROP_ERROR_IS, truth, subject, NULL);
        test->u.built.errors = &pattern->error;
        test->u.built.error_count = 1;
    } else {
        if (subject->type->kind == TYPE_OPTIONAL) return both(l, has(l, subject), is_case(l, pattern, inner(l, subject)));
        Type *tag = lower_basic(l, TYPE_I32);
        test = ir_binary(l, OP_EQ, truth, ir_unary(l, IRX_TAG, tag, subject), ir_int(l, tag, pattern->enum_case->index));
    }
    for (uint32_t i = 0; i < pattern->items.len; i++)
        test = both(l, test, condition(l, pattern->items.at[i], payload(l, pattern, subject, i)));
    return test;
}

/* NULL: always true. */
static IrExpr *condition(Lower *l, const Pattern *pattern, IrExpr *subject) {
    switch (pattern->kind) {
    case PATTERN_BIND:
        return pattern->var && subject->type->kind == TYPE_OPTIONAL && pattern->var->type != subject->type ? has(l, subject) : NULL;
    case PATTERN_VALUE: return equal(l, pattern->value, subject);
    case PATTERN_RANGE: return in_range(l, pattern->value, subject);
    case PATTERN_CASE: return is_case(l, pattern, subject);
    case PATTERN_OR: {
        IrExpr *test = NULL;
        for (uint32_t i = 0; i < pattern->items.len; i++) {
            IrExpr *one = condition(l, pattern->items.at[i], subject);
            if (!one) return NULL;
            test = test ? ir_binary(l, OP_LOGIC_OR, lower_basic(l, TYPE_BOOL), test, one) : one;
        }
        return test;
    }
    case PATTERN_ANY: case PATTERN_WRONG: break;
    }
    return NULL;
}

static void bind(Lower *l, const Pattern *pattern, IrExpr *subject) {
    if (pattern->kind == PATTERN_BIND && pattern->var) {
        IrVar *var = lower_var(l, pattern->var);
        bool unwrap = subject->type->kind == TYPE_OPTIONAL && var->type != subject->type;
        lower_set(l, ir_use(l, var), unwrap ? inner(l, subject) : subject);
    }
    if (pattern->kind != PATTERN_CASE) return;
    if (!pattern->error && subject->type->kind == TYPE_OPTIONAL) subject = inner(l, subject);
    for (uint32_t i = 0; i < pattern->items.len; i++) bind(l, pattern->items.at[i], payload(l, pattern, subject, i));
}

static void arm_body(Lower *l, const Arm *arm, IrExpr *subject, IrVar *taken) {
    bind(l, arm->pattern, subject);
    if (!taken) {
        lower_block(l, arm->block);
        return;
    }
    IrExpr *guard = lower_expr(l, arm->guard);
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = guard;
    l->out = &test->u.branch.then;
    lower_set(l, ir_use(l, taken), ir_bool(l, true));
    lower_block(l, arm->block);
}

/* The arms from `i` on, into l->out. */
static void lower_arms(Lower *l, Stmt *stmt, uint32_t i, IrExpr *subject) {
    IrBlock *out = l->out;
    for (; i < stmt->u.match.arms.len; i++) {
        const Arm *arm = &stmt->u.match.arms.at[i];
        l->line = lower_line(l, arm->span.at);
        IrVar *taken = NULL;
        if (arm->guard) {
            taken = lower_temp(l, lower_basic(l, TYPE_BOOL), "taken");
            taken->fixed = false;
            lower_set(l, ir_use(l, taken), ir_bool(l, false));
        }
        bool rest = !taken && i + 1 == stmt->u.match.arms.len; /* check has seen to it that nothing else is left */
        IrExpr *test = rest ? NULL : condition(l, arm->pattern, subject);
        if (!test && !taken) {
            arm_body(l, arm, subject, NULL);
            break;
        }
        IrStmt *choice = lower_add(l, IRS_IF);
        choice->u.branch.cond = test ? test : ir_bool(l, true);
        IrBlock *here = l->out;
        l->out = &choice->u.branch.then;
        arm_body(l, arm, subject, taken);
        l->out = here;
        if (taken) {
            choice = lower_add(l, IRS_IF);
            choice->u.branch.cond = ir_unary(l, IRX_UNARY, lower_basic(l, TYPE_BOOL), ir_use(l, taken));
            choice->u.branch.cond->op = OP_NOT;
            l->out = &choice->u.branch.then;
        } else {
            l->out = &choice->u.branch.other;
        }
    }
    l->out = out;
}

void lower_match(Lower *l, Stmt *stmt) {
    IrExpr *subject = lower_place(l, stmt->u.match.of);
    if (subject->type->kind == TYPE_REF) subject = ir_unary(l, IRX_DEREF, subject->type->elem, subject);
    lower_arms(l, stmt, 0, lower_stable(l, subject));
}
