/* check_args: the arguments of calls. */
#include "check.h"

static Name name_at(const Callee *callee, uint32_t i) {
    return callee->params ? callee->params->at[i]->name : callee->fields->at[i].name;
}

static Type *type_at(const Callee *callee, uint32_t i) {
    return callee->params ? callee->params->at[i]->type : callee->fields->at[i].type;
}

static Wanted wanted_at(const Callee *callee, uint32_t i) {
    Span span = callee->params ? callee->params->at[i]->span : callee->fields->at[i].span;
    const char *why = callee->params ? "parameter % is declared here" : "field % is declared here";
    return (Wanted){type_at(callee, i), span, why, name_at(callee, i)};
}

static const char *callee_text(Checker *c, const Callee *callee) {
    const char *dot = callee->owner ? "." : "";
    return str_format(c->arena, "`%s%s%s`", callee->owner ? callee->owner : "", dot, callee->name).at;
}

static bool has_names(const Callee *callee) { return callee->params || callee->fields; }

static void label_callee(Checker *c, Diag *diag, const Callee *callee) {
    if (callee->span.len) diag_label(c->diags, diag, callee->span, "%s is declared here", callee_text(c, callee));
}

/* "`x`, `y`": the names from `i` on. */
static const char *missing_names(Checker *c, const Callee *callee, uint32_t i) {
    Buf text = {0};
    for (uint32_t first = i; i < callee->count; i++) {
        if (i > first) buf_text(&text, ", ");
        buf_format(&text, "`%s`", name_at(callee, i)->text);
    }
    const char *copy = str_copy(c->arena, buf_view(&text)).at;
    buf_free(&text);
    return copy;
}

static const char *arguments(uint32_t count) { return count == 1 ? "argument" : "arguments"; }

bool check_arg_count(Checker *c, const Expr *call, const Callee *callee) {
    const ArgList *args = &call->u.call.args;
    if (args->len == callee->count) return true;
    unsigned want = callee->count, have = args->len;
    if (have > want) {
        const Expr *extra = args->at[want].value;
        Diag *diag = diag_add(c->diags, CODE_E0209, extra->span, "%s takes %u %s, and this is one more",
                              callee_text(c, callee), want, arguments(want));
        label_callee(c, diag, callee);
        return false;
    }
    const char *names = has_names(callee) ? missing_names(c, callee, have) : NULL;
    Diag *diag = diag_add(c->diags, CODE_E0209, call->span, "%s takes %u %s, and %u %s given%s%s%s",
                          callee_text(c, callee), want, arguments(want), have, have == 1 ? "is" : "are",
                          names ? ": " : "", names ? names : "",
                          !names ? "" : want - have == 1 ? " is missing" : " are missing");
    label_callee(c, diag, callee);
    return false;
}

static bool find_name(const Callee *callee, Name name, uint32_t *index) {
    for (*index = 0; *index < callee->count; ++*index) {
        if (name_at(callee, *index) == name) return true;
    }
    return false;
}

static bool unknown_arg_name(Checker *c, const Arg *arg, const Callee *callee) {
    const char *what = !callee->params && callee->fields ? "field" : "parameter";
    Diag *diag = diag_add(c->diags, CODE_E0209, arg->name_span, "%s has no %s `%s`", callee_text(c, callee), what,
                          arg->name->text);
    Near near = near_to(arg->name);
    for (uint32_t i = 0; has_names(callee) && i < callee->count; i++) near_try(&near, name_at(callee, i));
    if (!near_fix(&near, c->diags, diag, arg->name_span)) label_callee(c, diag, callee);
    return false;
}

/* Names are optional, but where they are written they are right, and in order: so is the order of evaluation. */
static bool check_arg_names(Checker *c, const Expr *call, const Callee *callee) {
    const ArgList *args = &call->u.call.args;
    bool good = true;
    for (uint32_t i = 0; i < args->len; i++) {
        const Arg *arg = &args->at[i];
        uint32_t index;
        if (!arg->name || (i < callee->count && has_names(callee) && name_at(callee, i) == arg->name)) continue;
        if (!has_names(callee) || !find_name(callee, arg->name, &index)) {
            good = unknown_arg_name(c, arg, callee);
        } else if (args->len == callee->count) {
            Diag *diag = diag_add(c->diags, CODE_E0209, arg->name_span,
                                  "`%s` is not in its place: argument %u of %s is `%s`",
                                  arg->name->text, (unsigned)i + 1, callee_text(c, callee), name_at(callee, i)->text);
            diag_note(c->diags, diag,
                      "arguments are written in the order of the declaration, in which they are evaluated");
            return false;
        }
    }
    return good;
}

/* A plain function may get text that is built for it, which its caller does. */
static bool takes_text(const Expr *call, const Expr *value, const Type *type) {
    bool plain = call->u.call.what == CALL_FN && call->u.call.to.fn->kind == FN_PLAIN;
    return plain && value->kind == EXPR_INTERPOLATION && type->kind == TYPE_STR;
}

/* An argument of something unknown: any text is right, and so is a call that gives no value. */
static void check_loosely(Checker *c, Expr *value) {
    if (value->kind == EXPR_INTERPOLATION) {
        check_text(c, value);
    } else {
        check_expr(c, value, NULL);
        settle_default(c, value);
    }
}

void check_all_args(Checker *c, const Expr *call) {
    for (uint32_t i = 0; i < call->u.call.args.len; i++) check_loosely(c, call->u.call.args.at[i].value);
}

void check_args(Checker *c, Expr *call, const Callee *callee) {
    bool named = check_arg_names(c, call, callee);
    if (named) named = check_arg_count(c, call, callee);
    for (uint32_t i = 0; i < call->u.call.args.len; i++) {
        Expr *value = call->u.call.args.at[i].value;
        if (!named || i >= callee->count) check_loosely(c, value);
        else if (takes_text(call, value, type_at(callee, i))) check_text(c, value);
        else check_wanted(c, value, wanted_at(callee, i));
    }
}
