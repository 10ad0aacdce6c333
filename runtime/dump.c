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

/* The scopes that the task has entered itself, the innermost first. */
static void put_scopes(const tr_rt *rt, const tr_task *task) {
    const tr_scope *border = task->nursery ? &task->nursery->scope : &rt->root;
    for (const tr_scope *scope = task->scope; scope && scope != border; scope = scope->parent) {
        if (scope->flags & TR_SCOPE_SHIELD) put(", shield");
        if (scope->flags & TR_SCOPE_CALLED) put(", cancelled");
        else if (scope->flags & TR_SCOPE_TIMED) {
            put_time(", deadline at ", (tr_duration)(tr_deadline(TR_RECORD(scope, tr_timed_scope, scope)) - rt->start));
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
    const tr_task *holder = task->wake == TR_WAKE_BLOCKED && task->lock ? task->lock->owner : NULL;
    const tr_task_shape *kind = holder ? shape_of(rt, holder) : NULL;
    if (!kind) return;
    put(", held by ");
    put_places(kind->shape, (const char *)holder + kind->frame);
}

static void put_task(const tr_rt *rt, const tr_task *task, int depth) {
    for (int i = 0; i < depth; i++) put("  ");
    const tr_task_shape *kind = shape_of(rt, task);
    if (kind) put_places(kind->shape, (const char *)task + kind->frame);
    bool waits = task->wake == TR_WAKE_BLOCKED || task->wake == TR_WAKE_JOINING;
    if (waits) put_time(", since ", (tr_duration)(task->since - rt->start));
    else put(", ready");
    put_scopes(rt, task);
    put_holder(rt, task);
    put("\n");
}

static void put_tree(const tr_rt *rt, const tr_task *task, int depth);

/* The children in the nurseries of a task from `scope` outwards, those of the outermost first. */
static void put_children(const tr_rt *rt, const tr_scope *scope, const tr_scope *border, int depth) {
    if (!scope || scope == border) return;
    put_children(rt, scope->parent, border, depth);
    if (!(scope->flags & TR_SCOPE_NURSERY)) return;
    for (const tr_task *child = TR_RECORD(scope, tr_nursery, scope)->first; child; child = child->younger) {
        put_tree(rt, child, depth);
    }
}

static void put_tree(const tr_rt *rt, const tr_task *task, int depth) {
    put_task(rt, task, depth);
    put_children(rt, task->scope, task->nursery ? &task->nursery->scope : NULL, depth + 1);
}

void tr_dump(const tr_rt *rt) {
    out.len = 0;
    if (rt->root.task && !rt->done) put_tree(rt, rt->root.task, 0);
}

#endif
