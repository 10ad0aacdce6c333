/* lower_time: durations become ticks. What the target's clock cannot count is refused, never rounded: a shorter wait than
   the one that is written could be none at all. */
#include "lower.h"

static const char *unit_text(Ticks ticks) {
    int64_t unit = ticks_unit(ticks);
    return unit >= 1000000 ? "1ms" : unit >= 1000 ? "1us" : "1ns";
}

static void refuse(Lower *l, const Expr *expr, const char *why) {
    Diags *diags = l->program->diags;
    Diag *diag = diag_add(diags, CODE_E0505, expr->span, "%s", why);
    Ticks ticks = l->ir->ticks;
    long long most = (long long)(ticks_far(ticks) / ticks.per_second);
    diag_note(diags, diag,
              "this build counts ticks of %s in %d bits: at most %lld hours, %lld minutes and %lld seconds",
              unit_text(ticks), ticks.bits, most / 3600, most / 60 % 60, most % 60);
    diag_note(diags, diag, "`--tick` chooses another clock, such as us64");
}

IrExpr *lower_duration(Lower *l, const Expr *literal) {
    int64_t nanoseconds = (int64_t)literal->u.integer, unit = ticks_unit(l->ir->ticks);
    int64_t ticks = nanoseconds / unit, most = ticks_most(l->ir->ticks);
    if (nanoseconds % unit != 0) refuse(l, literal, "this duration is no whole number of ticks");
    else if (ticks > most || ticks < -most - 1) refuse(l, literal, "this duration is too long for the clock");
    return ir_int(l, literal->type, (uint64_t)ticks);
}

IrExpr *lower_wait_time(Lower *l, Expr *expr) {
    uint32_t errors = l->program->diags->errors;
    IrExpr *time = lower_as(l, expr, lower_basic(l, TYPE_DURATION));
    bool is_known = time->kind == IRX_INT && l->program->diags->errors == errors;
    if (is_known && (int64_t)time->u.integer > ticks_far(l->ir->ticks))
        refuse(l, expr, "this lies further ahead than half the clock's range");
    return time;
}
