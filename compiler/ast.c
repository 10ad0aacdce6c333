#include "ast.h"

/* Bytes of a node that has this member of the union. */
#define EXPR_SIZE(member) (uint8_t)(offsetof(Expr, u) + sizeof(((Expr *)0)->u.member))
#define STMT_SIZE(member) (uint8_t)(offsetof(Stmt, u) + sizeof(((Stmt *)0)->u.member))

Expr *ast_expr(Arena *arena, ExprKind kind, Span span) {
    /* A kind without a member has room for an integer: folding puts one there. */
    static const uint8_t size[] = {
        [EXPR_INT] = EXPR_SIZE(integer),
        [EXPR_FLOAT] = EXPR_SIZE(number),
        [EXPR_DURATION] = EXPR_SIZE(integer),
        [EXPR_BOOL] = EXPR_SIZE(integer),
        [EXPR_NONE] = EXPR_SIZE(integer),
        [EXPR_STRING] = EXPR_SIZE(text),
        [EXPR_INTERPOLATION] = EXPR_SIZE(parts),
        [EXPR_BYTES] = EXPR_SIZE(text),
        [EXPR_NAME] = EXPR_SIZE(name),
        [EXPR_FIELD] = EXPR_SIZE(field),
        [EXPR_INDEX] = EXPR_SIZE(index),
        [EXPR_SLICE] = EXPR_SIZE(slice),
        [EXPR_CALL] = EXPR_SIZE(call),
        [EXPR_CHANNEL] = EXPR_SIZE(channel),
        [EXPR_UNARY] = EXPR_SIZE(operand),
        [EXPR_DEREF] = EXPR_SIZE(operand),
        [EXPR_REF] = EXPR_SIZE(operand),
        [EXPR_BINARY] = EXPR_SIZE(binary),
        [EXPR_CAST] = EXPR_SIZE(cast),
        [EXPR_AWAIT] = EXPR_SIZE(operand),
        [EXPR_IF] = EXPR_SIZE(branch),
        [EXPR_ARRAY] = EXPR_SIZE(items),
        [EXPR_REPEAT] = EXPR_SIZE(repeat),
        [EXPR_TUPLE] = EXPR_SIZE(items),
        [EXPR_RANGE] = EXPR_SIZE(binary),
        [EXPR_CATCH] = EXPR_SIZE(caught),
        [EXPR_RACE] = EXPR_SIZE(group),
        [EXPR_WRONG] = EXPR_SIZE(integer),
    };
    Expr *expr = arena_alloc(arena, size[kind]);
    expr->kind = (uint8_t)kind;
    expr->span = span;
    return expr;
}

Stmt *ast_stmt(Arena *arena, StmtKind kind, Span span) {
    static const uint8_t size[] = {
        [STMT_LET] = STMT_SIZE(let),
        [STMT_ASSIGN] = STMT_SIZE(assign),
        [STMT_EXPR] = STMT_SIZE(expr),
        [STMT_DROP] = STMT_SIZE(expr),
        [STMT_BLOCK] = STMT_SIZE(block),
        [STMT_IF] = STMT_SIZE(branch),
        [STMT_WHILE] = STMT_SIZE(loop),
        [STMT_LOOP] = STMT_SIZE(loop),
        [STMT_FOR] = STMT_SIZE(each),
        [STMT_ASYNC_FOR] = STMT_SIZE(each),
        [STMT_MATCH] = STMT_SIZE(match),
        [STMT_BREAK] = STMT_SIZE(jump),
        [STMT_CONTINUE] = STMT_SIZE(jump),
        [STMT_RETURN] = STMT_SIZE(expr),
        [STMT_RAISE] = STMT_SIZE(raise),
        [STMT_DEFER] = STMT_SIZE(block),
        [STMT_ASSERT] = STMT_SIZE(check),
        [STMT_TRY] = STMT_SIZE(attempt),
        [STMT_NURSERY] = STMT_SIZE(nursery),
        [STMT_SCOPE] = STMT_SIZE(scope),
        [STMT_SELECT] = STMT_SIZE(select),
        [STMT_RACE] = STMT_SIZE(group),
        [STMT_TOGETHER] = STMT_SIZE(group),
        [STMT_EVERY] = STMT_SIZE(every),
        [STMT_WITH] = STMT_SIZE(with),
        [STMT_CRITICAL] = STMT_SIZE(block),
        [STMT_WRONG] = STMT_SIZE(expr),
    };
    Stmt *stmt = arena_alloc(arena, size[kind]);
    stmt->kind = (uint8_t)kind;
    stmt->span = span;
    return stmt;
}

TypeExpr *ast_type(Arena *arena, TypeExprKind kind, Span span) {
    TypeExpr *type = arena_new(arena, TypeExpr);
    type->kind = kind;
    type->span = span;
    return type;
}

Pattern *ast_pattern(Arena *arena, PatternKind kind, Span span) {
    Pattern *pattern = arena_new(arena, Pattern);
    pattern->kind = kind;
    pattern->span = span;
    return pattern;
}

Var *ast_var(Arena *arena, VarKind kind, Name name, Span span) {
    Var *var = arena_new(arena, Var);
    var->kind = kind;
    var->name = name;
    var->span = span;
    return var;
}

const char *op_text(Op op) {
    static const char *const text[] = {
        [OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/", [OP_REM] = "%",
        [OP_WADD] = "+%", [OP_WSUB] = "-%", [OP_WMUL] = "*%",
        [OP_SADD] = "+|", [OP_SSUB] = "-|",
        [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_AND] = "&", [OP_XOR] = "^", [OP_OR] = "|",
        [OP_EQ] = "==", [OP_NE] = "!=", [OP_LT] = "<", [OP_LE] = "<=", [OP_GT] = ">", [OP_GE] = ">=",
        [OP_LOGIC_AND] = "&&", [OP_LOGIC_OR] = "||", [OP_COALESCE] = "??",
        [OP_NEG] = "-", [OP_NOT] = "!", [OP_INVERT] = "~",
    };
    return text[op];
}

const char *builtin_name(Builtin builtin) {
    static const char *const names[] = {
        [BUILTIN_NONE] = "none",
#define BUILTIN(id, owner, name) [BUILTIN_##id] = name,
#include "builtins.def"
#undef BUILTIN
    };
    return names[builtin];
}
