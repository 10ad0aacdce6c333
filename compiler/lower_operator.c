/* lower_operator: operators. What && || ?? need of their right side stays on their right side. */
#include "lower.h"

/* The type in which two operands are compared or computed. */
static Type *common(const Expr *expr) {
    Type *left = type_seen(expr->u.binary.left->type), *right = type_seen(expr->u.binary.right->type);
    if (left == right) return left;
    if (left->kind == TYPE_STR_N || right->kind == TYPE_STR_N) return left->kind == TYPE_STR ? left : right;
    if (left->kind == TYPE_NONE) return right;
    if (right->kind == TYPE_NONE) return left;
    if (left->kind == TYPE_OPTIONAL) return left;
    if (right->kind == TYPE_OPTIONAL) return right;
    return type_fits(left, right) ? right : left;
}

static bool mixes_types(Op op, const Expr *expr) {
    if (op == OP_SHL || op == OP_SHR) return true;
    TypeKind left = type_seen(expr->u.binary.left->type)->kind, right = type_seen(expr->u.binary.right->type)->kind;
    bool timed = left == TYPE_DURATION || left == TYPE_INSTANT || right == TYPE_DURATION || right == TYPE_INSTANT;
    return timed && left != right;
}

static bool is_comparison(Op op) { return op >= OP_EQ && op <= OP_GE; }

/* a && b where b needs statements: t = a; if (t) { t = b; } */
static IrExpr *lower_logic(Lower *l, Expr *expr) {
    bool is_and = expr->op == OP_LOGIC_AND;
    IrExpr *left = lower_expr(l, expr->u.binary.left);
    IrBlock *out = l->out, aside = {0};
    bool head = l->head;
    l->head = false;
    l->out = &aside;
    IrExpr *right = lower_expr(l, expr->u.binary.right);
    l->out = out;
    l->head = head;
    if (!aside.len) return ir_binary(l, (Op)expr->op, expr->type, left, right);
    IrVar *temp = lower_temp(l, expr->type, "t");
    temp->fixed = false;
    lower_set(l, ir_use(l, temp), left);
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = is_and ? ir_use(l, temp) : ir_unary(l, IRX_UNARY, expr->type, ir_use(l, temp));
    if (!is_and) test->u.branch.cond->op = OP_NOT;
    l->out = &aside;
    lower_set(l, ir_use(l, temp), right);
    l->out = out;
    test->u.branch.then = aside;
    return ir_use(l, temp);
}

/* a ?? b */
static IrExpr *lower_coalesce(Lower *l, Expr *expr) {
    Expr *left = expr->u.binary.left;
    IrExpr *maybe = lower_stable(l, lower_as(l, left, type_seen(left->type)));
    Type *type = expr->type;
    IrBlock *out = l->out, aside = {0};
    l->out = &aside;
    IrExpr *other = lower_as(l, expr->u.binary.right, type);
    l->out = out;
    IrExpr *has = ir_unary(l, IRX_HAS, lower_basic(l, TYPE_BOOL), maybe);
    IrExpr *inner = maybe;
    if (type->kind != TYPE_OPTIONAL) inner = lower_convert(l, ir_unary(l, IRX_UNWRAP, maybe->type->elem, maybe), type);
    if (!aside.len) {
        IrExpr *choice = ir_unary(l, IRX_CHOOSE, type, has);
        choice->u.of.b = inner;
        choice->u.of.c = other;
        return choice;
    }
    IrVar *temp = lower_temp(l, type, "t");
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = has;
    l->out = &aside;
    lower_set(l, ir_use(l, temp), other);
    test->u.branch.other = aside;
    l->out = &test->u.branch.then;
    lower_set(l, ir_use(l, temp), inner);
    l->out = out;
    return ir_use(l, temp);
}

static Type *widest(Lower *l, const Type *type) {
    return lower_basic(l, type_is_signed(type) ? TYPE_I64 : TYPE_U64);
}

IrExpr *lower_binary(Lower *l, Expr *expr) {
    Op op = (Op)expr->op;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) return lower_logic(l, expr);
    if (op == OP_COALESCE) return lower_coalesce(l, expr);
    Expr *left = expr->u.binary.left, *right = expr->u.binary.right;
    bool mixed = mixes_types(op, expr);
    Type *left_type = mixed ? type_seen(left->type) : is_comparison(op) ? common(expr) : expr->type;
    Type *right_type = mixed ? type_seen(right->type) : left_type;
    bool is_shift = op == OP_SHL || op == OP_SHR;
    if (is_shift) left_type = expr->type;
    else if (mixed && type_is_int(left_type)) left_type = widest(l, left_type);
    if (mixed && !is_shift && type_is_int(right_type)) right_type = widest(l, right_type);
    TypeKind seen = type_seen(left->type)->kind;
    bool is_time = seen == TYPE_DURATION || seen == TYPE_INSTANT;
    if (is_time && !mixed && !is_comparison(op)) left_type = right_type = type_seen(left->type);
    IrExpr *a = lower_as(l, left, left_type);
    uint32_t mark = l->out->len;
    IrExpr *b = lower_as(l, right, right_type);
    a = lower_before(l, mark, a);
    l->line = lower_line(l, expr->span.at);
    return ir_binary(l, op, expr->type, a, b);
}

bool lower_compared(Lower *l, Expr *expr, IrExpr **left, IrExpr **right) {
    if (expr->kind != EXPR_BINARY || !is_comparison((Op)expr->op) || mixes_types((Op)expr->op, expr)) return false;
    Type *type = common(expr);
    if (!type_is_printable(type)) return false;
    *left = lower_as(l, expr->u.binary.left, type);
    uint32_t mark = l->out->len;
    *right = lower_as(l, expr->u.binary.right, type);
    *left = lower_before(l, mark, *left);
    return true;
}

IrExpr *lower_unary(Lower *l, Expr *expr) {
    IrExpr *a = lower_as(l, expr->u.operand, expr->type);
    IrExpr *made = ir_unary(l, IRX_UNARY, expr->type, a);
    made->op = expr->op;
    return made;
}
