/* emit_errors: raising, what is done with leaves that were raised, and what is asked of them. */
#include "emit_internal.h"

/* ---- raising ---- */

void emit_raise(Emitter *e, const IrStmt *stmt) {
    const ErrorDecl *error = stmt->u.raise.error;
    const IrExprList *fields = &stmt->u.raise.fields;
    Home home = leaves_home(e, stmt->u.raise.errs, RAISED);
    if (fields->len) {
        out_code(e->out);
        put_home(e, home, "leaf");
        put(e, "[0] = (struct @_leaf){.site = $s, .u.$s = {", site_text(e, stmt->u.raise.site), error_field(e, error));
        for (uint32_t i = 0; i < fields->len; i++) {
            if (i) put_text(e, ", ");
            put_initialiser(e, fields->at[i]);
        }
        put_text(e, "}};");
        out_code_end(e->out);
        emit_count_one(e, home);
    } else {
        emit_site(e, home, site_text(e, stmt->u.raise.site));
    }
    emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
}

/* ---- bookkeeping ---- */

/* Kinds of errors as an array and its length. */
static void put_kinds(Emitter *e, ErrorDecl *const *errors, uint32_t count) {
    put_text(e, "(const uint8_t[]){");
    for (uint32_t i = 0; i < count; i++) put(e, i ? ", $n" : "$n", errors[i]->number);
    put(e, "}, $n", count);
}

static void emit_take(Emitter *e, const IrStmt *stmt) {
    const IrVar *to = stmt->u.leaves.to, *from = stmt->u.leaves.from;
    if (!stmt->u.leaves.error_count) {
        emit_move_var(e, (Home){to}, from);
        return;
    }
    need(e, HELPER_TAKE);
    out_code(e->out);
    put(e, "$v.count = ($s)@_take($v.leaf, $v.leaf, $v.count, ", to, count_type(to->count), to, from, from);
    put_kinds(e, stmt->u.leaves.errors, stmt->u.leaves.error_count);
    put_text(e, ");");
    out_code_end(e->out);
}

static void emit_drop(Emitter *e, const IrStmt *stmt) {
    const IrVar *from = stmt->u.leaves.from;
    if (!stmt->u.leaves.error_count) {
        line(e, "$v.count = 0;", from);
        return;
    }
    need(e, HELPER_DROP);
    out_code(e->out);
    put(e, "$v.count = ($s)@_drop($v.leaf, $v.count, ", from, count_type(from->count), from, from);
    put_kinds(e, stmt->u.leaves.errors, stmt->u.leaves.error_count);
    put_text(e, ");");
    out_code_end(e->out);
}

void emit_leaves(Emitter *e, const IrStmt *stmt) {
    const IrVar *to = stmt->u.leaves.to, *from = stmt->u.leaves.from;
    switch (stmt->u.leaves.op) {
    case IRL_TAKE: emit_take(e, stmt); break;
    case IRL_DROP: emit_drop(e, stmt); break;
    case IRL_ADD:
        need(e, HELPER_MOVE);
        line(e, "$v.count = ($s)($v.count + @_move($v.leaf + $v.count, $v.leaf, $v.count));", to, count_type(to->count),
             to, to, to, from, from);
        break;
    case IRL_CLEAR: line(e, "$v.count = 0;", to ? to : from); break;
    }
}

/* ---- asking ---- */

/* The leaves of a variable, or of what a reference to a group points to. */
static void put_leaves_of(Emitter *e, const IrExpr *of) {
    if (of->kind == IRX_VAR && of->u.var->kind == IRV_LEAVES) put(e, "$v.leaf, $v.count", of->u.var, of->u.var);
    else put(e, "$p.at, $p.len", of, of);
}

bool put_error_op(Emitter *e, const IrExpr *expr) {
    const IrExpr *of = expr->u.built.items.at[0];
    uint32_t count = expr->u.built.error_count;
    if (expr->irop != IROP_LEAVES_ANY) need(e, HELPER_SITES);
    switch ((IrOp)expr->irop) {
    case IROP_ERROR_IS:
        put(e, "@_sites[$p.site].error == $n", of, expr->u.built.errors[0]->number);
        return false;
    case IROP_ERROR_NAME:
        need(e, HELPER_NAMES);
        put(e, "@_error_names[@_sites[$p.site].error - 1]", of);
        return true;
    case IROP_ERROR_WHERE:
        need(e, HELPER_WHERE);
        put(e, "@_where[$p.site]", of);
        return true;
    default: break;
    }
    if (!count) {
        put_leaves(e, of->u.var, "count != 0");
        return false;
    }
    need(e, HELPER_ANY);
    put(e, "@_any(");
    put_leaves_of(e, of);
    put_text(e, ", ");
    put_kinds(e, expr->u.built.errors, count);
    put_text(e, ")");
    return true;
}
