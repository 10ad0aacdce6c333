#include "syntax.h"

/* ---- variables ---- */

Mark list_begin_var(Syntax *cx, Token name) { return list_add_var(cx, list_mark(cx), name); }

Mark list_add_var(Syntax *cx, Mark list, Token name) {
    return list_add_pointer(cx, list, ast_var(cx->arena, VAR_LET, name.u.name, name.span));
}

static void wrong_let(Syntax *cx, const Stmt *let) {
    const Var *var = let->u.let.vars.at[0];
    if (!let->u.let.var && !let->u.let.value) {
        Diag *diag = diag_add(cx->diags, CODE_E0102, let->span, "`let %s` has no value", var->name->text);
        diag_note(cx->diags, diag, "what gets its value later is a `var`: var %s: T;", var->name->text);
    } else if (!let->u.let.type && !let->u.let.value) {
        Diag *diag = diag_add(cx->diags, CODE_E0102, let->span, "`%s` has neither a type nor a value", var->name->text);
        diag_note(cx->diags, diag, "write `var %s: T;` or `var %s = v;`", var->name->text, var->name->text);
    } else if (let->u.let.type && let->u.let.vars.len > 1) {
        diag_add(cx->diags, CODE_E0102, let->u.let.type->span, "several names take their types from the values");
    }
}

static Stmt *fill_let(Syntax *cx, Stmt *let, VarKind kind, TypeExpr *type, Expr *value) {
    for (uint32_t i = 0; i < let->u.let.vars.len; i++) {
        let->u.let.vars.at[i]->kind = kind;
        let->u.let.vars.at[i]->written = type;
    }
    let->u.let.var = kind != VAR_LET;
    let->u.let.is_static = kind == VAR_STATIC;
    let->u.let.type = type;
    let->u.let.value = value;
    if (!type || !value) wrong_let(cx, let);
    return let;
}

Stmt *make_let(Syntax *cx, Token word, Mark names, TypeExpr *type, Expr *value, Token end) {
    Stmt *let = ast_stmt(cx->arena, STMT_LET, span_to(word.span, end.span));
    LIST_TAKE(cx, names, let->u.let.vars);
    return fill_let(cx, let, (VarKind)word.u.integer, type, value);
}

Stmt *make_static(Syntax *cx, Token word, Token atomic, Token name, TypeExpr *type, Expr *value, Placement *placement) {
    Stmt *let = ast_stmt(cx->arena, STMT_LET, span_to(word.span, name.span));
    LIST_TAKE(cx, list_begin_var(cx, name), let->u.let.vars);
    fill_let(cx, let, VAR_STATIC, type, value);
    if (is_token(atomic)) {
        if (!placement) placement = arena_new(cx->arena, Placement);
        placement->atomic = true;
    }
    let->u.let.vars.at[0]->placement = placement;
    if (placement) {
        not_built(cx, is_token(atomic) ? atomic : word, "the placement of a static variable");
    } else if (type && !value) {
        diag_add(cx->diags, CODE_E0102, let->span, "`static var %s` has no value", name.u.name->text);
    }
    return let;
}

static Placement *placement_of(Syntax *cx, Placement *placement) {
    return placement ? placement : arena_new(cx->arena, Placement);
}

Placement *place_section(Syntax *cx, Placement *placement, Token name) {
    placement = placement_of(cx, placement);
    placement->section = lex_text(&cx->lexer, name, TEXT_STRING);
    return placement;
}

Placement *place_align(Syntax *cx, Placement *placement, Expr *align) {
    placement = placement_of(cx, placement);
    placement->align = align;
    return placement;
}

Placement *place_uninit(Syntax *cx, Placement *placement) {
    placement = placement_of(cx, placement);
    placement->uninit = true;
    return placement;
}

Stmt *end_stmt(Stmt *stmt, Token end) {
    stmt->span = span_to(stmt->span, end.span);
    return stmt;
}

/* ---- simple statements ---- */

static bool is_place(const Expr *expr) {
    switch (expr->kind) {
    case EXPR_NAME: case EXPR_FIELD: case EXPR_INDEX: case EXPR_DEREF: case EXPR_WRONG: return true;
    default: return false;
    }
}

static Stmt *assign(Syntax *cx, Expr *to, int op, Expr *value, Token end) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_ASSIGN, span_to(to->span, end.span));
    stmt->u.assign.to = to;
    stmt->u.assign.op = (int8_t)op;
    stmt->u.assign.value = value;
    if (!is_place(to)) {
        Diag *diag = diag_add(cx->diags, CODE_E0117, to->span, "this is a value; it cannot be assigned to");
        diag_note(cx->diags, diag, "a variable, a field, an element or `*r` can stand here; a comparison is `==`");
    }
    return stmt;
}

Stmt *make_assign(Syntax *cx, Expr *to, Expr *value, Token end) {
    bool drops = to->kind == EXPR_NAME && is_underscore(to->u.name.name);
    if (!drops) return assign(cx, to, -1, value, end);
    Stmt *stmt = ast_stmt(cx->arena, STMT_DROP, span_to(to->span, end.span));
    stmt->u.expr = value;
    return stmt;
}

Stmt *make_assign_op(Syntax *cx, Expr *to, Token op, Expr *value, Token end) {
    return assign(cx, to, (int)op.u.integer, value, end);
}

Stmt *make_expr_stmt(Syntax *cx, Expr *expr, Token end) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_EXPR, span_to(expr->span, end.span));
    stmt->has_semicolon = true;
    stmt->u.expr = expr;
    return stmt;
}

Stmt *make_assert(Syntax *cx, Token word, Expr *cond, Expr *why, Token end) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_ASSERT, span_to(word.span, end.span));
    stmt->u.check.cond = cond;
    stmt->u.check.why = why;
    return stmt;
}

Stmt *make_block_stmt(Syntax *cx, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = ast_stmt(cx->arena, STMT_BLOCK, block->span);
    stmt->u.block = block;
    return stmt;
}

Stmt *make_jump(Syntax *cx, Token word, Token label, Token end) {
    Stmt *stmt = ast_stmt(cx->arena, (StmtKind)word.u.integer, span_to(word.span, end.span));
    stmt->u.jump.label = is_token(label) ? label.u.name : NULL;
    return stmt;
}

Stmt *make_return(Syntax *cx, Token word, Expr *value, Token end) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_RETURN, span_to(word.span, end.span));
    stmt->u.expr = value;
    return stmt;
}

Stmt *make_raise(Syntax *cx, Token word, Expr *error, Token end) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_RAISE, span_to(word.span, end.span));
    stmt->u.raise.error = error;
    return stmt;
}

Stmt *make_wrong_stmt(Syntax *cx, Token token) { return ast_stmt(cx->arena, STMT_WRONG, token.span); }
