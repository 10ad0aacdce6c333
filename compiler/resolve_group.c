/* resolve_group: `race` and `together` become nurseries.

       together { let x = a(); b(y); { c(); } }      nursery together {
                                                          together.start_soon(a());
                                                          together.start_soon(b(y));
                                                          together.start_soon { c(); }
                                                      }                                     -- then x is bound

   The nursery's name is a word of the language, so nobody else can name it. */
#include "resolve.h"

static Var *nursery_var(Resolver *r, Span span, bool together) {
    Var *var = ast_var(r->arena, VAR_NURSERY, name_str(r->program->names, together ? "together" : "race"), span);
    var->fn = r->fn;
    var->depth = r->scope ? r->scope->depth : 0;
    var->block = r->scope ? r->scope->block : NULL;
    var->used = true;
    if (r->fn) vec_push(r->arena, &r->fn->locals, var);
    return var;
}

/* nursery.start_soon, called at `span`. */
static Expr *start_in(Resolver *r, Var *nursery, Span span) {
    Expr *self = ast_expr(r->arena, EXPR_NAME, span);
    self->u.name.name = nursery->name;
    self->u.name.var = nursery;
    Expr *callee = ast_expr(r->arena, EXPR_FIELD, span);
    callee->u.field.of = self;
    callee->u.field.name = name_str(r->program->names, "start_soon");
    callee->u.field.name_span = span;
    callee->u.field.index = -1;
    Expr *start = ast_expr(r->arena, EXPR_CALL, span);
    start->u.call.callee = callee;
    start->u.call.what = CALL_BUILTIN;
    start->u.call.builtin = BUILTIN_START_SOON;
    start->u.call.self = self;
    return start;
}

/* What else stands there is refused by check. */
static void resolve_arm(Resolver *r, Stmt *arm, Expr *start) {
    Expr *call = NULL;
    switch ((StmtKind)arm->kind) {
    case STMT_EXPR: case STMT_DROP:
        call = arm->u.expr;
        resolve_expr(r, call);
        break;
    case STMT_LET:
        call = arm->u.let.value;
        resolve_let_value(r, arm);
        break;
    case STMT_BLOCK:
        start->u.call.child = arena_new(r->arena, ChildStart);
        start->u.call.child->block = arm->u.block;
        resolve_child(r, start);
        return;
    default: return;
    }
    if (!call) return;
    Arg arg = {.value = call};
    vec_push(r->arena, &start->u.call.args, arg);
}

void resolve_walk_group(Resolver *r, Group *group, Span span, bool together) {
    Stmt *nursery = group->nursery = ast_stmt(r->arena, STMT_NURSERY, span);
    Var *var = nursery->u.nursery.var = nursery_var(r, span, together);
    var->owner = nursery;
    Block *starts = nursery->u.nursery.block = arena_new(r->arena, Block);
    starts->span = group->block->span;
    for (uint32_t i = 0; i < group->block->stmts.len; i++) {
        Stmt *arm = group->block->stmts.at[i];
        bool is_block = arm->kind == STMT_BLOCK;
        Stmt *made = ast_stmt(r->arena, STMT_EXPR, arm->span);
        made->has_semicolon = true;
        made->u.expr = start_in(r, var, is_block ? (Span){arm->u.block->span.at, 1} : arm->span);
        vec_push(r->arena, &starts->stmts, made);
        resolve_arm(r, arm, made->u.expr);
    }
    for (uint32_t i = 0; together && i < group->block->stmts.len; i++) {
        if (group->block->stmts.at[i]->kind == STMT_LET) declare_let(r, group->block->stmts.at[i]);
    }
}
