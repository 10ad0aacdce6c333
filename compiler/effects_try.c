/* effects_try: what clauses take of the errors of a `try`, what their handlers add, and which jumps out of handlers and
   defers would lose something. */
#include "effects_walk.h"

/* ---- jumps out of regions ---- */

static void report_lost(Walk *w, const Stmt *jump, const char *word, const Region *region) {
    Diag *diag = diag_add(walk_diags(w), CODE_E0309, jump->span,
                          "this `%s` would leave while other errors are still on their way", word);
    diag_label(walk_diags(w), diag, region->clause->span, "this handler takes only some of them");
    diag_label(walk_diags(w), diag, region->loses, "another can come from here");
    diag_note(walk_diags(w), diag, "jump behind the `try`, or from a last clause that takes all the rest: `catch* _`");
}

static void report_jump_from_defer(Walk *w, const Stmt *jump, const char *word, const Region *region) {
    Diag *diag = diag_add(walk_diags(w), CODE_E0311, jump->span, "no `%s` can leave a `defer`", word);
    diag_label(walk_diags(w), diag, region->defer->span, "this runs while its block is being left already");
}

/* A jump that leaves all regions behind the first `kept`. */
static void leave_regions(Walk *w, const Stmt *jump, const char *word, uint32_t kept) {
    for (uint32_t i = w->regions.len; i-- > kept;) {
        Region *region = &w->regions.at[i];
        if (region->kind == REGION_HANDLER) region->clause->jumps = true;
        if (w->quiet || (region->kind == REGION_HANDLER && region->loses.len == 0)) continue;
        if (region->kind == REGION_HANDLER) report_lost(w, jump, word, region);
        else report_jump_from_defer(w, jump, word, region);
        return;
    }
}

void errors_jump(Walk *w, const Stmt *jump) {
    const char *word = jump->kind == STMT_BREAK ? "break" : "continue";
    for (uint32_t i = w->loops.len; i-- > 0;) {
        if (w->loops.at[i].loop != jump->u.jump.target) continue;
        leave_regions(w, jump, word, w->loops.at[i].regions);
        return;
    }
}

void errors_loop(Walk *w, const Stmt *loop) {
    LoopMark mark = {loop, w->regions.len};
    vec_push(walk_scratch(w), &w->loops, mark);
    stmt_parts(loop, errors_expr, errors_block, w);
    w->loops.len--;
}

void errors_return(Walk *w, const Stmt *stmt) { leave_regions(w, stmt, "return", 0); }

/* ---- raise ---- */

static Region *innermost_handler(const Walk *w) {
    uint32_t i = w->regions.len;
    while (i > 0 && w->regions.at[i - 1].kind != REGION_HANDLER) i--;
    return i ? &w->regions.at[i - 1] : NULL;
}

/* raise; sends on what the handler took. Directly in the handler it adds no leaves of its own: they are counted
   already. */
static void errors_raise_again(Walk *w, const Stmt *raise) {
    Region *handler = innermost_handler(w);
    if (!handler) {
        if (w->quiet) return;
        Diag *diag = diag_add(walk_diags(w), CODE_E0308, raise->span, "here is no error that `raise;` could send on");
        diag_note(walk_diags(w), diag,
                  "it stands in the block of a `catch`; elsewhere write which error: `raise Jam;`");
        return;
    }
    bool direct = handler->own == w->set;
    handler->rethrows |= direct;
    uint32_t total = w->set->total;
    set_either(walk_scratch(w), w->set, handler->taken);
    if (direct) w->set->total = total;
}

void errors_raise(Walk *w, const Stmt *raise) {
    Expr *error = raise->u.raise.error;
    if (!error) {
        errors_raise_again(w, raise);
        return;
    }
    expr_parts(error, errors_expr, w);
    ErrorDecl *decl = raised_error(error);
    Kind kind = {.error = decl, .span = raise->span};
    if (decl) set_add(walk_scratch(w), w->set, kind);
}

/* ---- try ---- */

/* What comes of a try: the body's errors that no clause took, and what the handlers raise. */
typedef struct Attempt {
    ErrorSet rest;                 /* not taken yet */
    ErrorSet raised;               /* by handlers */
    uint32_t leaves;               /* that can come out of the body together */
    bool passes;                   /* a leaf of the body may go on */
    bool all_taken;                /* a `catch* _` came before */
    VEC(uint32_t) totals;          /* of the handlers, without what they only send on */
} Attempt;

static void warn_of_nothing(Walk *w, Span span, const char *name) {
    if (w->quiet) return;
    if (name) diag_add(walk_diags(w), CODE_W0601, span, "no `%s` can arrive here", name);
    else diag_add(walk_diags(w), CODE_W0601, span, "no error can arrive here");
}

static void take_kind(Walk *w, Attempt *attempt, uint32_t at, ErrorSet *taken) {
    set_add(walk_scratch(w), taken, attempt->rest.kinds.at[at]);
    attempt->rest.kinds.len--;
    for (uint32_t i = at; i < attempt->rest.kinds.len; i++) attempt->rest.kinds.at[i] = attempt->rest.kinds.at[i + 1];
}

/* Every error that is left; the clause hears of them, so that its handler knows what it binds. */
static void take_rest(Walk *w, Attempt *attempt, Clause *clause, ErrorSet *taken) {
    if (attempt->rest.kinds.len == 0) warn_of_nothing(w, clause->span, NULL);
    clause->errors.len = 0;
    for (uint32_t i = 0; i < attempt->rest.kinds.len; i++) {
        set_add(walk_scratch(w), taken, attempt->rest.kinds.at[i]);
        vec_push(w->e->program->arena, &clause->errors, attempt->rest.kinds.at[i].error);
    }
    attempt->rest.kinds.len = 0;
}

static uint32_t most_leaves(const ErrorSet *set, uint32_t leaves) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < set->kinds.len; i++) count = add_up(count, set->kinds.at[i].many ? leaves : 1);
    return count < leaves ? count : leaves;
}

static ErrorSet take(Walk *w, Attempt *attempt, Clause *clause) {
    ErrorSet taken = {.total = 0};
    if (clause->any) take_rest(w, attempt, clause, &taken);
    for (uint32_t i = 0; i < clause->errors.len && !clause->any; i++) {
        const ErrorDecl *error = clause->errors.at[i];
        uint32_t at = set_find(&attempt->rest, error);
        if (at < attempt->rest.kinds.len) take_kind(w, attempt, at, &taken);
        else if (!attempt->all_taken) warn_of_nothing(w, clause->name_spans.at[i], error->name->text);
    }
    taken.total = most_leaves(&taken, attempt->leaves);
    if (!clause->star && taken.total > 1 && !w->quiet) report_several(w->e, clause, &taken);
    return taken;
}

/* Where a leaf comes from that is neither in this clause's hands nor in those of one before it. */
static Span lost_by_jump(const Attempt *attempt) {
    if (attempt->leaves < 2) return (Span){0};
    if (attempt->rest.kinds.len) return attempt->rest.kinds.at[0].span;
    if (attempt->raised.kinds.len) return attempt->raised.kinds.at[0].span;
    return (Span){0};
}

static void errors_handler(Walk *w, Attempt *attempt, Clause *clause) {
    ErrorSet taken = take(w, attempt, clause), raised = {.total = 0}, *outer = w->set;
    Region region = {.kind = REGION_HANDLER, .clause = clause, .taken = &taken, .own = &raised};
    region.loses = lost_by_jump(attempt);
    w->set = &raised;
    vec_push(walk_scratch(w), &w->regions, region);
    errors_block(w, clause->block);
    attempt->passes |= w->regions.at[--w->regions.len].rethrows;
    w->set = outer;
    if (taken.kinds.len == 0) return;
    vec_push(walk_scratch(w), &attempt->totals, raised.total);
    if (attempt->leaves > 1) set_both(walk_scratch(w), &attempt->raised, &raised);
    else set_either(walk_scratch(w), &attempt->raised, &raised);
}

/* Each leaf of the body either goes on as it is, or starts a handler that raises others in its place: count the
   most, with those handlers running that raise most. */
static uint32_t total_of(const Attempt *attempt) {
    uint32_t passing = attempt->passes || attempt->rest.kinds.len ? 1 : 0, left = attempt->leaves, total = 0;
    for (; left; left--) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < attempt->totals.len; i++) {
            if (attempt->totals.at[i] > attempt->totals.at[best]) best = i;
        }
        if (best >= attempt->totals.len || attempt->totals.at[best] <= passing) break;
        total = add_up(total, attempt->totals.at[best]);
        attempt->totals.at[best] = 0;
    }
    return add_up(total, multiply(left, passing));
}

static void add_attempt(Walk *w, Attempt *attempt) {
    ErrorSet whole = attempt->rest;
    whole.total = 0;
    if (attempt->leaves > 1) set_both(walk_scratch(w), &whole, &attempt->raised);
    else set_either(walk_scratch(w), &whole, &attempt->raised);
    whole.total = total_of(attempt);
    if (whole.kinds.len) set_either(walk_scratch(w), w->set, &whole);
}

static void check_last(Walk *w, const Stmt *stmt, uint32_t at) {
    const Clause *clause = stmt->u.attempt.clauses.at[at];
    if (!clause->any || at + 1 == stmt->u.attempt.clauses.len || w->quiet) return;
    Diag *diag = diag_add(walk_diags(w), CODE_E0313, clause->span,
                          "this clause takes all errors: those behind it get none");
    diag_label(walk_diags(w), diag, stmt->u.attempt.clauses.at[at + 1]->span, "this one never runs");
}

void errors_try(Walk *w, const Stmt *stmt) {
    Attempt attempt = {.rest = errors_of_block(w, stmt->u.attempt.block)};
    attempt.leaves = attempt.rest.total;
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) {
        const Clause *clause = stmt->u.attempt.clauses.at[i];
        errors_handler(w, &attempt, stmt->u.attempt.clauses.at[i]);
        check_last(w, stmt, i);
        attempt.all_taken |= clause->any;
    }
    add_attempt(w, &attempt);
}

/* f() catch E { ... } */
void errors_catch(Walk *w, const Expr *expr) {
    ErrorSet inner = {.total = 0}, *outer = w->set;
    w->set = &inner;
    errors_expr(w, expr->u.caught.of);
    w->set = outer;
    Attempt attempt = {.rest = inner, .leaves = inner.total};
    errors_handler(w, &attempt, expr->u.caught.clause);
    add_attempt(w, &attempt);
}

/* ---- defer ---- */

void errors_defer(Walk *w, const Stmt *defer) {
    Region region = {.kind = REGION_DEFER, .defer = defer};
    vec_push(walk_scratch(w), &w->regions, region);
    ErrorSet set = errors_of_block(w, defer->u.block);
    w->regions.len--;
    if (w->quiet || set.kinds.len == 0) return;
    const Kind *kind = &set.kinds.at[0];
    Diag *diag = diag_add(walk_diags(w), CODE_E0310, kind->span, "`%s` would leave this `defer`, and nothing can",
                          kind->error->name->text);
    diag_label(walk_diags(w), diag, defer->span, "this runs while its block is being left already");
    diag_note(walk_diags(w), diag, "handle it inside: `try { } catch %s { }`", kind->error->name->text);
}
