/* effects_report: what is said of errors that arrive where nobody expects them. Both ends are shown: what brings the
   error, and the signature or clause that it does not fit. */
#include "effects.h"

static const char *cause_text(Effects *e, const Kind *kind) {
    const Expr *call = kind->cause;
    if (!call) return NULL;
    const Fn *fn = is_start(call) ? started_fn(call) : call->u.call.what == CALL_FN ? call->u.call.to.fn : NULL;
    bool is_own = kind->error->number == BUILTIN_ERROR_NURSERY_FULL || kind->error->number == BUILTIN_ERROR_NOT_STARTED;
    if (fn && !is_own) return fn_text(&e->arena, fn);
    return str_format(&e->arena, "`%s`", builtin_name((Builtin)call->u.call.builtin)).at;
}

/* "`A`", "`A` and `B`", "`A`, `B` and `C`"; or, for code, "A, B*". */
static Str list_kinds(Effects *e, const ErrorSet *set, bool code) {
    Buf buf = {0};
    uint32_t len = set->kinds.len;
    for (uint32_t i = 0; i < len; i++) {
        const Kind *kind = &set->kinds.at[i];
        if (i) buf_text(&buf, !code && i + 1 == len ? " and " : ", ");
        buf_format(&buf, code ? "%s%s" : "`%s`", kind->error->name->text, code && kind->many ? "*" : "");
    }
    Str text = str_copy(e->program->arena, buf_view(&buf));
    buf_free(&buf);
    return text;
}

/* The errors that are written are names in the source, with or without a star. */
static Span after_last_written(Effects *e, const Fn *fn) {
    uint32_t last = fn->raise_spans.len - 1;
    Span span = fn->raise_spans.at[last];
    uint32_t end = span.at + span.len;
    if (fn->raise_stars.at[last] && span_text(e->program->sources, (Span){end, 1}).at[0] == '*') end++;
    return (Span){end, 0};
}

static void fix_raises(Effects *e, Diag *diag, const Fn *fn, const ErrorSet *set) {
    Diags *diags = e->program->diags;
    Str list = list_kinds(e, set, true);
    if (fn->raise_spans.len) {
        Str with = str_format(diags->arena, ", %.*s", (int)list.len, list.at);
        diag_fix(diags, diag, after_last_written(e, fn), with, "list it in the signature");
    } else {
        Str with = str_format(diags->arena, " raises %.*s", (int)list.len, list.at);
        diag_fix(diags, diag, (Span){head_end(e->program->sources, fn), 0}, with, "list it in the signature");
    }
}

void report_leaving(Effects *e, const Fn *fn, const ErrorSet *set) {
    Diags *diags = e->program->diags;
    const Kind *first = &set->kinds.at[0];
    for (uint32_t i = 1; i < set->kinds.len; i++) {
        if (set->kinds.at[i].span.at < first->span.at) first = &set->kinds.at[i];
    }
    const char *cause = cause_text(e, first), *error = first->error->name->text;
    const char *name = fn_text(&e->arena, fn);
    Diag *diag = cause
        ? diag_add(diags, CODE_E0306, first->span, "%s can raise `%s`, which %s does not list", cause, error, name)
        : diag_add(diags, CODE_E0306, first->span, "`%s` leaves %s, which does not list it", error, name);
    for (uint32_t i = 0; i < set->kinds.len; i++) {
        const Kind *kind = &set->kinds.at[i];
        if (kind == first) continue;
        bool same_place = kind->span.at == first->span.at;
        if (!same_place) diag_label(diags, diag, kind->span, "`%s` comes from here", kind->error->name->text);
        else diag_note(diags, diag, "the same holds for `%s`", kind->error->name->text);
    }
    Str list = list_kinds(e, set, false);
    if (fn->raise_spans.len) diag_label(diags, diag, fn->span, "its list lacks %.*s", (int)list.len, list.at);
    else diag_label(diags, diag, fn->span, "by its signature it raises nothing");
    diag_note(diags, diag, "to handle it here instead: `try { } catch%s %s { }`", first->many ? "*" : "", error);
    fix_raises(e, diag, fn, set);
}

void report_unlisted_many(Effects *e, const Fn *fn, const Kind *kind, uint32_t written) {
    Diags *diags = e->program->diags;
    const char *error = kind->error->name->text;
    Diag *diag = diag_add(diags, CODE_E0307, kind->span, "several `%s` can leave %s together, and it lists one", error,
                          fn_text(&e->arena, fn));
    if (kind->second.len) diag_label(diags, diag, kind->second, "another can come from here");
    Span span = fn->raise_spans.at[written];
    diag_label(diags, diag, span, "one is listed");
    diag_fix(diags, diag, (Span){span.at + span.len, 0}, STR("*"), "say that several may come");
}

void report_several(Effects *e, const Clause *clause, const ErrorSet *set) {
    Diags *diags = e->program->diags;
    const Kind *kind = &set->kinds.at[0];
    const char *error = kind->error->name->text;
    Diag *diag = diag_add(diags, CODE_E0307, clause->span,
                          "several errors can arrive here together, and `catch` takes one");
    bool one_from_each = kind->second.len || (!kind->many && set->kinds.len > 1);
    diag_label(diags, diag, kind->span, "%s`%s` can come from here", one_from_each ? "" : "several ", error);
    if (one_from_each) {
        const Kind *next = kind->second.len ? kind : &set->kinds.at[1];
        Span other = kind->second.len ? kind->second : next->span;
        diag_label(diags, diag, other, "`%s` can come from here", next->error->name->text);
    }
    if (clause->as) {
        diag_note(diags, diag, "`catch* %s as %s` binds all of them: `for each in %s { }`", error,
                  clause->as->text, clause->as->text);
    } else {
        diag_fix(diags, diag, (Span){clause->span.at + 5, 0}, STR("*"), "take all of them");
    }
}
