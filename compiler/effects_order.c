/* effects_order: the call graph. Functions in an order in which callees and children come first; functions that can
   come back to themselves stand together. An async function that can is refused, since its frame would contain
   itself.

   Needs  all edges, those to slots too.
   Gives  Effects.sorted and circle_ends, FnFacts.recursive, Fn.reachable, Program.reached. */
#include "effects.h"

/* A child started through a lent nursery has its slot in the frame of whoever owns that, not in the starter's. */
static bool is_containing(const Edge *edge) { return edge->kind != EDGE_SPAWN; }

/* ---- Tarjan's strongly connected components, with a stack of its own: the call graph may be deep ---- */

typedef struct Visit {
    uint32_t fn;
    uint32_t edge;                 /* the next to follow */
} Visit;

typedef struct Sort {
    Effects *e;
    Visit *visits;                 /* the way from the root to here */
    uint32_t visit_count;
    uint32_t *stack;               /* functions whose circle is not closed yet */
    uint32_t stack_count;
    uint32_t next_order, sorted_count;
} Sort;

static void begin_visit(Sort *sort, uint32_t fn) {
    FnFacts *facts = &sort->e->facts[fn];
    facts->order = facts->low = ++sort->next_order;
    facts->on_stack = true;
    sort->stack[sort->stack_count++] = fn;
    sort->visits[sort->visit_count++] = (Visit){fn, 0};
}

static void close_circle(Sort *sort, uint32_t root) {
    Effects *e = sort->e;
    uint32_t first = sort->sorted_count, fn;
    do {
        fn = sort->stack[--sort->stack_count];
        e->facts[fn].on_stack = false;
        e->sorted[sort->sorted_count++] = fn;
    } while (fn != root);
    for (uint32_t i = first; i < sort->sorted_count; i++) {
        e->circle_ends[i] = sort->sorted_count;
        if (sort->sorted_count - first > 1) e->facts[e->sorted[i]].recursive = true;
    }
}

static void end_visit(Sort *sort) {
    uint32_t fn = sort->visits[--sort->visit_count].fn;
    FnFacts *facts = &sort->e->facts[fn];
    if (facts->low == facts->order) close_circle(sort, fn);
    if (sort->visit_count == 0) return;
    FnFacts *caller = &sort->e->facts[sort->visits[sort->visit_count - 1].fn];
    if (facts->low < caller->low) caller->low = facts->low;
}

static void follow_edge(Sort *sort, uint32_t fn, const Edge *edge) {
    if (!is_containing(edge)) return;
    FnFacts *from = &sort->e->facts[fn], *to = facts_of(sort->e, edge->to);
    if (to == from) from->recursive = true;
    if (to->order == 0) begin_visit(sort, edge->to->mark);
    else if (to->on_stack && to->order < from->low) from->low = to->order;
}

static void visit_from(Sort *sort, uint32_t root) {
    begin_visit(sort, root);
    while (sort->visit_count) {
        Visit *visit = &sort->visits[sort->visit_count - 1];
        const FnFacts *facts = &sort->e->facts[visit->fn];
        if (visit->edge < facts->edges.len) follow_edge(sort, visit->fn, &facts->edges.at[visit->edge++]);
        else end_visit(sort);
    }
}

/* ---- circles of async functions ---- */

/* The edge by which each function of the circle was first reached from the one where the search began. */
typedef struct Way {
    uint32_t from;
    const Edge *edge;
} Way;

static uint32_t first_in_source(const Effects *e, uint32_t first, uint32_t end) {
    uint32_t best = e->sorted[first];
    for (uint32_t i = first + 1; i < end; i++) {
        if (e->facts[e->sorted[i]].fn->span.at < e->facts[best].fn->span.at) best = e->sorted[i];
    }
    return best;
}

/* Breadth first, so that the circle shown is a shortest one. Gives the edge that closes it. */
static const Edge *find_way_back(Effects *e, uint32_t root, uint32_t count, Way *ways, uint32_t *last) {
    uint32_t *queue = arena_array(&e->scratch, uint32_t, count), head = 0, tail = 0;
    queue[tail++] = root;
    while (head < tail) {
        uint32_t fn = queue[head++];
        for (uint32_t i = 0; i < e->facts[fn].edges.len; i++) {
            const Edge *edge = &e->facts[fn].edges.at[i];
            if (!is_containing(edge)) continue;
            *last = fn;
            if (edge->to->mark == root) return edge;
            if (e->facts[edge->to->mark].low != e->facts[root].low || ways[edge->to->mark].edge) continue;
            ways[edge->to->mark] = (Way){fn, edge};
            queue[tail++] = edge->to->mark;
        }
    }
    return NULL;
}

static void label_step(Effects *e, Diag *diag, const Fn *from, const Edge *edge) {
    const char *what = edge->kind == EDGE_CALL ? "awaits" : "starts";
    Span span = edge->kind == EDGE_CALL ? edge->call->span : started_span(edge->call);
    diag_label(e->program->diags, diag, span, "%s %s %s", fn_text(&e->arena, from), what,
               fn_text(&e->arena, edge->to));
}

static void report_circle(Effects *e, uint32_t first, uint32_t end, Way *ways) {
    Diags *diags = e->program->diags;
    uint32_t root = first_in_source(e, first, end), last = root;
    /* A number that no other function has there. */
    for (uint32_t i = first; i < end; i++) e->facts[e->sorted[i]].low = e->count + end;
    const Edge *closing = find_way_back(e, root, end - first, ways, &last);
    const Fn *fn = e->facts[root].fn;
    if (!closing) return;

    Diag *diag = diag_add(diags, CODE_E0312, fn->span, "the frame of %s would have to contain itself",
                          fn_text(&e->arena, fn));
    VEC(Way) steps = {0};
    Way step = {last, closing};
    for (;;) {
        vec_push(&e->scratch, &steps, step);
        if (step.from == root) break;
        step = ways[step.from];
    }
    while (steps.len) {
        Way at = steps.at[--steps.len];
        label_step(e, diag, e->facts[at.from].fn, at.edge);
    }
    diag_note(diags, diag,
              "every task has its memory before the program starts: use a loop, or hand the work over a channel");
}

static bool is_async_circle(const Effects *e, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        const FnFacts *facts = &e->facts[e->sorted[i]];
        if (!facts->recursive || !facts->fn->is_async) return false;
    }
    return true;
}

static void refuse_async_circles(Effects *e) {
    Way *ways = NULL;              /* by function; each is in one circle only */
    for (uint32_t i = 0; i < e->count; i = e->circle_ends[i]) {
        if (!is_async_circle(e, i, e->circle_ends[i])) continue;
        if (!ways) ways = arena_array(&e->arena, Way, e->count);
        report_circle(e, i, e->circle_ends[i], ways);
        arena_reset(&e->scratch);
    }
}

void sort_functions(Effects *e) {
    e->sorted = arena_array(&e->arena, uint32_t, e->count);
    e->circle_ends = arena_array(&e->arena, uint32_t, e->count);
    Sort sort = {.e = e};
    sort.visits = arena_array(&e->arena, Visit, e->count);
    sort.stack = arena_array(&e->arena, uint32_t, e->count);
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->facts[i].order == 0) visit_from(&sort, i);
    }
    refuse_async_circles(e);
}

/* ---- what is reached from outside ---- */

/* Tests of imported files are run where those are the main ones. */
static bool is_root(const Program *program, const Fn *fn) {
    if (fn->kind == FN_TEST) return program->takes_tests && fn->module == program->modules.at[0];
    return (fn == program->main && program->takes_main) || fn->kind == FN_ISR || fn->is_export;
}

void mark_reachable(Effects *e) {
    uint32_t *queue = arena_array(&e->arena, uint32_t, e->count), count = 0;
    for (uint32_t i = 0; i < e->count; i++) {
        Fn *fn = e->facts[i].fn;
        fn->reachable = is_root(e->program, fn);
        if (fn->reachable) queue[count++] = i;
    }
    while (count) {
        const FnFacts *facts = &e->facts[queue[--count]];
        for (uint32_t i = 0; i < facts->edges.len; i++) {
            Fn *to = facts->edges.at[i].to;
            if (to->reachable) continue;
            to->reachable = true;
            queue[count++] = to->mark;
        }
    }
}

/* ---- the order in which they are made ---- */

/* Callees and children before those that await or start them, since a frame contains the frames of both. Plain
   functions may call each other in circles; they then come in any order. No recursion: chains of calls are long. */
void order_reached(Effects *e) {
    Program *program = e->program;
    bool *seen = arena_array(&e->arena, bool, e->count);
    Visit *visits = arena_array(&e->arena, Visit, e->count);
    for (uint32_t root = 0; root < e->count; root++) {
        if (!e->facts[root].fn->reachable || !e->facts[root].fn->body || seen[root]) continue;
        uint32_t depth = 0;
        visits[depth++] = (Visit){root, 0};
        seen[root] = true;
        while (depth) {
            Visit *visit = &visits[depth - 1];
            const FnFacts *facts = &e->facts[visit->fn];
            if (visit->edge == facts->edges.len) {
                vec_push(program->arena, &program->reached, facts->fn);
                depth--;
                continue;
            }
            const Fn *to = facts->edges.at[visit->edge++].to;
            if (seen[to->mark] || !to->body) continue;
            seen[to->mark] = true;
            visits[depth++] = (Visit){to->mark, 0};
        }
    }
}
