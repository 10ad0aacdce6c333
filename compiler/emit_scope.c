/* emit_scope: what is asked of cancel scopes, nurseries' too, and of handles on tasks. */
#include "emit_internal.h"

static const IrExpr *item(const IrExpr *expr, uint32_t i) { return expr->u.built.items.at[i]; }

/* The variable of a scope that is named here, not reached through a reference. */
static const IrVar *scope_var(const IrExpr *pointer) {
    if (pointer->kind != IRX_ADDRESS || pointer->u.of.a->kind != IRX_VAR) return NULL;
    const IrVar *var = pointer->u.of.a->u.var;
    return var->kind == IRV_SCOPE ? var : NULL;
}

/* As a tr_timed_scope *. A scope that is lent to somebody who sets its deadline is one. */
static void put_timed(Emitter *e, const IrExpr *pointer) {
    const IrVar *var = scope_var(pointer);
    if (var && var->timed) put(e, "&$v", var);
    else put(e, "TR_TIMED($o)", pointer);
}

static void put_cancel_called(Emitter *e, const IrExpr *scope) {
    const IrVar *var = scope_var(scope);
    if (var && var->timed) {
        put(e, "tr_timed_cancel_called($r, &$v)", var);
    } else if (var) {
        put(e, "tr_cancel_called(&$v)", var);
    } else {
        need(e, HELPER_CALLED);
        put(e, "@_cancel_called($r, $o)", scope);
    }
}

static void put_set_deadline(Emitter *e, const IrExpr *scope, const IrExpr *deadline) {
    put(e, "tr_set_deadline($r, ");
    put_timed(e, scope);
    put(e, ", $x)", deadline);
}

/* The constant with what is said by who cancels, and where; NULL if nobody asks. */
static const char *said_name(Emitter *e, const IrExpr *expr, uint32_t at) {
    if (expr->u.built.items.len <= at) return NULL;
    const char *name = reserve(e, "%s_said", NULL);
    Str text = item(expr, at)->u.text, file = base_name(e->fn.fn->source->path);
    Str where = str_format(&e->scratch, "%.*s:%u", (int)file.len, file.at, (unsigned)expr->line);
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static const tr_said $s = {{", name);
    put_string(e, text, true);
    put(e, ", $n}, {", (uint32_t)text.len);
    put_string(e, where, true);
    put(e, ", $n}};\n", (uint32_t)where.len);
    aside_end(e, &aside, SECTION_CONSTANTS);
    return name;
}

static void put_stop(Emitter *e, const IrExpr *expr) {
    const IrExpr *grace = item(expr, 1);
    const char *said = said_name(e, expr, 2);
    bool is_known = grace->kind == IRX_INT && (int64_t)grace->u.integer >= 0;
    if (!is_known) need(e, HELPER_WAIT_TIME);
    put(e, said ? "tr_stop_saying($r, " : "tr_stop($r, ");
    put_timed(e, item(expr, 0));
    if (is_known) put(e, ", $x", grace);
    else put(e, ", @_wait_time($x, $l)", grace, grace);
    if (said) put(e, ", &$s", said);
    put_text(e, ")");
}

static void put_cancel(Emitter *e, const IrExpr *expr) {
    const char *said = said_name(e, expr, 1);
    if (said) put(e, "tr_cancel_saying($r, $o, &$s)", item(expr, 0), said);
    else put(e, "tr_cancel($r, $o)", item(expr, 0));
}

/* &n of a nursery whose record is a tr_lent_nursery. */
static bool is_lent_var(const IrExpr *pointer) {
    if (pointer->kind != IRX_ADDRESS || pointer->u.of.a->kind != IRX_VAR) return false;
    const IrVar *var = pointer->u.of.a->u.var;
    return var->kind == IRV_NURSERY && var->lent;
}

bool put_scope_op(Emitter *e, const IrExpr *expr) {
    const IrExpr *scope = expr->u.built.items.len ? item(expr, 0) : NULL;
    uses(e, USES_CANCEL);
    switch ((IrOp)expr->irop) {
    case IROP_CANCEL: put_cancel(e, expr); break;
    case IROP_TELL: put(e, "tr_tell($r, $o)", scope); break;
    case IROP_REASON: put(e, "tr_why_of($o)->reason", scope); break;
    case IROP_CANCELLED_AT: put(e, "tr_why_of($o)->at", scope); break;
    case IROP_SAID_TEXT: put(e, "tr_said_of($o).text", scope); break;
    case IROP_SAID_WHERE: put(e, "tr_said_of($o).where", scope); break;
    case IROP_CANCEL_CALLED: put_cancel_called(e, scope); break;
    case IROP_CANCELLED_CAUGHT: put(e, "tr_cancelled_caught($o)", scope); break;
    case IROP_SCOPE_DEADLINE:
        put_text(e, "tr_deadline(");
        put_timed(e, scope);
        put_text(e, ")");
        break;
    case IROP_SET_DEADLINE: put_set_deadline(e, scope, item(expr, 1)); break;
    case IROP_SCOPE_SHIELD:
        put(e, "(($o)->flags & TR_SCOPE_SHIELD) != 0", scope);
        return false;
    case IROP_SET_SHIELD: put(e, "tr_set_shield($r, $o, $x)", scope, item(expr, 1)); break;
    case IROP_STOP: put_stop(e, expr); break;
    case IROP_STOPPING: put(e, "tr_stopping($o)", scope); break;
    case IROP_CANCEL_CHILD: put(e, "tr_cancel_child($r, $o)", scope); break;
    case IROP_IS_DONE: put(e, "tr_is_done($o)", scope); break;
    case IROP_EFFECTIVE_DEADLINE:
        put(e, "tr_effective_deadline($r)");
        break;
    default:
        put_text(e, "&");
        put_arrow(e, scope);
        put_text(e, is_lent_var(scope) ? "nursery.scope" : "scope");
        break;
    }
    return true;
}
