/* dump: the tree of tasks as text: where each waits, for how long, under which deadlines. The generated program says what
   its frames look like (tr_shape); from a task's outermost frame the way leads through the frames of what is awaited. */
#include <string.h>

#include "tr_internal.h"

#if TR_DUMP

static tr_sink out = {.error = true};

static void put(const char *text) {
    size_t len = 0;
    while (text[len]) len++;
    tr_put_str(&out, (tr_str){text, len});
}

static uint32_t resume_point(const tr_shape *shape, const char *frame) {
    const unsigned char *at = (const unsigned char *)frame + shape->at;
    uint16_t wide;
    if (shape->at_size == 1) return *at;
    memcpy(&wide, at, sizeof wide);
    return wide;
}

/* "work at app.tr:7: await ask(), in ask at app.tr:3: await sleep(1s)" */
static void put_places(const tr_shape *shape, const char *frame) {
    while (shape) {
        put(shape->name);
        uint32_t point = resume_point(shape, frame);
        if (point == 0 || point > shape->count) {
            put(" has not begun");
            return;
        }
        const tr_place *place = &shape->places[point - 1];
        put(" at ");
        put(shape->file);
        put(":");
        tr_put_uint(&out, place->line);
        put(": ");
        put(place->text);
        shape = place->callee;
        frame += place->frame;
        if (shape) put(", in ");
    }
}

static void put_time(const char *before, tr_duration time) {
    put(before);
    tr_put_duration(&out, time);
}

/* The task has entered it itself. */
static bool is_own(const tr_rt *rt, const tr_task *task, const tr_scope *scope) {
    return scope != &rt->root && TR_AT(rt, tr_task, scope->task) == task;
}

static const tr_scope *outwards(const tr_rt *rt, const tr_scope *scope) { return TR_AT(rt, tr_scope, scope->parent); }

/* The scopes that the task has entered itself, the innermost first. */
static void put_scopes(const tr_rt *rt, const tr_task *task) {
    for (const tr_scope *scope = tr_innermost(rt, task); is_own(rt, task, scope); scope = outwards(rt, scope)) {
        if (scope->flags & TR_SCOPE_SHIELD) put(", shield");
        if (scope->flags & TR_SCOPE_CALLED) put(", cancelled");
        else if (scope->flags & TR_SCOPE_TIMED) {
            put_time(", deadline at ", (tr_duration)(tr_deadline(TR_TIMED(scope)) - rt->start));
        }
    }
}

static const tr_task_shape *shape_of(const tr_rt *rt, const tr_task *task) {
    for (size_t i = 0; i < rt->shape_count; i++) {
        if (rt->shapes[i].step == task->step) return &rt->shapes[i];
    }
    return NULL;
}

/* Where the holder of the lock that the task waits for is. */
static void put_holder(const tr_rt *rt, const tr_task *task) {
    if (task->wake != TR_WAKE_QUEUED || !task->lock || !task->lock->owner) return;
    const tr_task *holder = TR_AT(rt, tr_task, task->lock->owner);
    const tr_task_shape *kind = shape_of(rt, holder);
    if (!kind) return;
    put(", held by ");
    put_places(kind->shape, (const char *)holder + kind->frame);
}

static bool waits(const tr_task *task) {
    switch (task->wake) {
    case TR_WAKE_QUEUED: case TR_WAKE_SLEEPING: case TR_WAKE_FOREVER: case TR_WAKE_SELECTING: case TR_WAKE_NOTIFIED:
    case TR_WAKE_JOINING: return true;
    default: return false;
    }
}

static void put_task(const tr_rt *rt, const tr_task *task, int depth) {
    for (int i = 0; i < depth; i++) put("  ");
    const tr_task_shape *kind = shape_of(rt, task);
    if (kind) put_places(kind->shape, (const char *)task + kind->frame);
    if (waits(task)) put_time(", since ", (tr_duration)(task->since - rt->start));
    else put(", ready");
    put_scopes(rt, task);
    put_holder(rt, task);
    put("\n");
}

static void put_tree(const tr_rt *rt, const tr_task *task, int depth);

/* The children in the nurseries of a task from `scope` outwards, those of the outermost first. */
static void put_children(const tr_rt *rt, const tr_task *task, const tr_scope *scope, int depth) {
    if (!is_own(rt, task, scope)) return;
    put_children(rt, task, outwards(rt, scope), depth);
    if (!(scope->flags & TR_SCOPE_NURSERY)) return;
    for (TR_LINK(tr_task) at = TR_RECORD(scope, tr_nursery, scope)->first; at;) {
        const tr_task *child = TR_AT(rt, tr_task, at);
        at = child->younger;
        put_tree(rt, child, depth);
    }
}

static void put_tree(const tr_rt *rt, const tr_task *task, int depth) {
    put_task(rt, task, depth);
    put_children(rt, task, tr_innermost(rt, task), depth + 1);
}

void tr_dump(const tr_rt *rt) {
    out.len = 0;
    if (rt->root.task && !rt->done) put_tree(rt, TR_AT(rt, tr_task, rt->root.task), 0);
}

#endif
