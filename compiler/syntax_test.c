#include "syntax.h"

/* A fixture is a child that has started before the test's body begins, and is cancelled behind it:

       test "echo" with server(7) as port { body }

       test "echo" { nursery fixture__ { let port = await fixture__.start(server(7));
                                         { defer { fixture__.cancel_scope.cancel(); } body } } } */

static Token word_at(Syntax *cx, const char *text, Span span) {
    return (Token){.span = span, .u.name = name_of(cx->program->names, text, strlen(text))};
}

/* fixture__.start(call) */
static Expr *call_on_nursery(Syntax *cx, Expr *of, const char *method, Expr *argument, Span span) {
    Expr *callee = make_field(cx, of, word_at(cx, method, span));
    Mark args = list_mark(cx);
    if (argument) list_add_arg(cx, args, no_token(), argument);
    return make_call(cx, callee, (List){args, span});
}

static Expr *nursery_name(Syntax *cx, Span span) { return make_name(cx, word_at(cx, "fixture__", span)); }

static Stmt *start_fixture(Syntax *cx, const Arg *fixture) {
    Span span = fixture->value->span;
    Expr *call = call_on_nursery(cx, nursery_name(cx, span), "start", fixture->value, span);
    Expr *wait = make_prefix(cx, EXPR_AWAIT, (Token){.span = span}, call);
    if (!fixture->name) {          /* without a semicolon: a value that it may have is not dropped by the program */
        Stmt *unnamed = ast_stmt(cx->arena, STMT_EXPR, span);
        unnamed->u.expr = wait;
        return unnamed;
    }
    Stmt *let = ast_stmt(cx->arena, STMT_LET, span);
    vec_push(cx->arena, &let->u.let.vars, ast_var(cx->arena, VAR_LET, fixture->name, fixture->name_span));
    let->u.let.value = wait;
    return let;
}

static Stmt *stop_fixture(Syntax *cx, Span span) {
    Expr *scope = make_field(cx, nursery_name(cx, span), word_at(cx, "cancel_scope", span));
    Stmt *cancel = make_expr_stmt(cx, call_on_nursery(cx, scope, "cancel", NULL, span), (Token){.span = span});
    Stmt *stop = ast_stmt(cx->arena, STMT_DEFER, span);
    stop->u.block = arena_new(cx->arena, Block);
    stop->u.block->span = span;
    vec_push(cx->arena, &stop->u.block->stmts, cancel);
    return stop;
}

static Block *with_fixture(Syntax *cx, const Arg *fixture, Block *body) {
    Span span = fixture->value->span;
    Block *inner = arena_new(cx->arena, Block), *outer = arena_new(cx->arena, Block), *all = arena_new(cx->arena, Block);
    inner->span = outer->span = all->span = body->span;
    vec_push(cx->arena, &inner->stmts, stop_fixture(cx, span));
    for (uint32_t i = 0; i < body->stmts.len; i++) vec_push(cx->arena, &inner->stmts, body->stmts.at[i]);
    vec_push(cx->arena, &outer->stmts, start_fixture(cx, fixture));
    vec_push(cx->arena, &outer->stmts, make_block_stmt(cx, inner));
    Stmt *nursery = make_nursery(cx, (Token){.span = span}, word_at(cx, "fixture__", span), NULL, outer);
    nursery->span = span;
    vec_push(cx->arena, &all->stmts, nursery);
    return all;
}

Arg *make_fixture(Syntax *cx, Expr *call, Token as) {
    if (call->kind != EXPR_CALL && call->kind != EXPR_WRONG) {
        Diag *diag = diag_add(cx->diags, CODE_E0102, call->span, "a fixture is the call of an `async fn` that `starts`");
        diag_note(cx->diags, diag, "as in test \"echo\" with server(7) as port { }");
        return NULL;
    }
    Arg *fixture = arena_new(cx->arena, Arg);
    *fixture = (Arg){is_token(as) ? as.u.name : NULL, as.span, call};
    return fixture;
}

Item *make_test(Syntax *cx, Token word, Token name, const Arg *fixture, Block *body) {
    plain_block(cx, body);
    Str text = lex_text(&cx->lexer, name, TEXT_STRING);
    name.u.name = name_of(cx->program->names, text.at, text.len);
    Fn *fn = arena_new(cx->arena, Fn);
    fn->kind = FN_TEST;
    fn->name = name.u.name;
    fn->span = name.span;
    fn->head = head_span(cx, word.span, body->span);
    fn->module = cx->module;
    fn->body = fixture ? with_fixture(cx, fixture, body) : body;
    Item *item = arena_new(cx->arena, Item);
    item->kind = ITEM_TEST;
    item->name = name.u.name;
    item->span = name.span;
    item->u.fn = fn;
    return item;
}
