/* emit_frame: what an async function keeps while it waits. While it runs, the frame holds its state; when it has ended,
   its result or its errors lie in the same bytes:

       union app_work {
           struct {
               int32_t job;
               union { tr_sleep_wait wait; struct app_ask ask; } u1;
               uint8_t at;
           } s;
           int32_t ret;
           struct app_leaves_1 errs;
       };

   Without result and errors the state alone is the frame. */
#include "emit_internal.h"

const char *frame_tag(Emitter *e, IrFn *fn) {
    const EmitFn *of = emit_fn_of(e, fn);
    return str_format(&e->scratch, "%s %s", of->is_union ? "union" : "struct", of->name).at;
}

/* ---- records ---- */

static const char *const records[] = {
    [IRV_NURSERY] = "tr_nursery", [IRV_STARTING] = "tr_starting", [IRV_WAIT] = "tr_wait", [IRV_SLEEP] = "tr_sleep_wait",
    [IRV_CHANNEL_WAIT] = "tr_channel_wait", [IRV_HOLDER] = "tr_holder",
    [IRV_CONDITION_WAITER] = "tr_condition_waiter", [IRV_WHY] = "tr_status",
};

void put_channel(Emitter *e, Type *item, uint32_t count, uint32_t ends, const char *name) {
    if (count) {
        put_text(e, ends ? "struct { tr_broadcast channel; " : "struct { tr_channel channel; ");
        if (ends) put(e, "tr_channel end[$n]; ", ends);
        put_declared(e, type_c(e, item), "items");
        put(e, "[$n]; } $s", count, name);
    } else {
        put(e, "tr_channel $s", name);
    }
}

static void put_slot_array(Emitter *e, const IrVar *var, const char *name) {
    if (var->children.len == 1) {
        put(e, "struct $k_slot $s", &var->children.at[0], name);
    } else {
        put_text(e, "union { ");
        for (uint32_t i = 0; i < var->children.len; i++) {
            const IrChild *child = &var->children.at[i];
            put(e, "struct $k_slot $s$s; ", child, child->scoped ? "scoped_" : "", child->fn->name);
        }
        put(e, "} $s", name);
    }
    if (!is_single(var)) put(e, "[$n]", var->count);
}

/* The waits of the arms are called by their numbers. */
static void put_select(Emitter *e, const IrVar *var, const char *name) {
    const IrStmt *select = var->select;
    put(e, "struct { $s select; ", ir_is_timed(select) ? "tr_timed_select" : "tr_select");
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) {
        const IrArm *arm = &select->u.select.arms.at[i];
        if (!ir_arm_has_wait(select, arm)) continue;
        put(e, "$s wait_$n; ", ir_arm_has_item(arm) ? "tr_channel_wait" : "tr_wait", arm->number);
    }
    put(e, "} $s", name);
}

/* One slot, a pool, or slots that are taken one after the other. */
static void put_slots(Emitter *e, const IrVar *var, const char *name) {
    if (!is_counted(var)) {
        put_slot_array(e, var, name);
        return;
    }
    put_text(e, "struct { ");
    put_slot_array(e, var, "slot");
    put(e, "; $s used; } $s", count_type(var->count), name);
}

static void put_record_as(Emitter *e, const IrVar *var, const char *name) {
    if (var->told) {
        IrVar record = *var;
        record.told = false;
        put_text(e, "struct { tr_why why; ");
        put_record_as(e, &record, "of");
        put(e, "; } $s", name);
        return;
    }
    switch (var->kind) {
    case IRV_VALUE: put_declared(e, type_c(e, var->type), name); break;
    case IRV_LEAVES: put(e, "$s $s", leaves_type(e, var->count), name); break;
    case IRV_SCOPE: put(e, "$s $s", var->timed ? "tr_timed_scope" : "tr_scope", name); break;
    case IRV_NURSERY: put(e, "$s $s", var->lent ? "tr_lent_nursery" : "tr_nursery", name); break;
    case IRV_CHANNEL:
        put_channel(e, var->type, var->count, var->ends, name);
        if (var->channels) put(e, "[$n]", var->channels);
        break;
    case IRV_CALLEE: put(e, "$s $s", frame_tag(e, var->fn), name); break;
    case IRV_SLOTS: put_slots(e, var, name); break;
    case IRV_SELECT: put_select(e, var, name); break;
    default: put(e, "$s $s", records[var->kind], name); break;
    }
}

void put_record(Emitter *e, const IrVar *var) { put_record_as(e, var, local_name(e, var->name)); }

/* What its declaration names must be declared before it. */
static void need_parts(Emitter *e, const IrVar *var) {
    if (var->type && var->kind != IRV_LEAVES) type_c(e, var->type);
    if (var->kind == IRV_LEAVES) leaves_type(e, var->count);
    for (uint32_t i = 0; i < var->children.len; i++) need_slot(e, var->children.at[i]);
}

/* ---- the frame ---- */

static void slot_parts(Emitter *e, const IrSlot *slot) {
    if (slot->var) need_parts(e, slot->var);
    for (uint32_t i = 0; i < slot->parts.len; i++) slot_parts(e, slot->parts.at[i]);
}

static void put_slot(Emitter *e, const IrSlot *slot) {
    if (slot->kind == IR_SLOT_UNION || slot->kind == IR_SLOT_STRUCT) {
        open_line(e, slot->kind == IR_SLOT_UNION ? "union {" : "struct {");
        for (uint32_t i = 0; i < slot->parts.len; i++) put_slot(e, slot->parts.at[i]);
        close_line(e, "} $s;", slot->name);
        return;
    }
    out_plain(e->out, 0);
    switch (slot->kind) {
    case IR_SLOT_AT: put(e, "$s $s", e->fn.fn->points < 256 ? "uint8_t" : "uint16_t", slot->name); break;
    case IR_SLOT_STARTING: put(e, "tr_starting *$s", slot->name); break;
    case IR_SLOT_STARTED_VALUE:
        put_declared(e, type_c(e, e->fn.fn->start_type), "*");
        put_text(e, slot->name);
        break;
    default: put_record_as(e, slot->var, slot->name); break;
    }
    put_text(e, ";\n");
}

static void put_state(Emitter *e, const IrFn *fn) {
    for (uint32_t i = 0; i < fn->layout.len; i++) put_slot(e, fn->layout.at[i]);
    if (!fn->layout.len) plain(e, "uint8_t nothing;");
}

void emit_frame(Emitter *e) {
    IrFn *fn = e->fn.fn;
    for (uint32_t i = 0; i < fn->layout.len; i++) slot_parts(e, fn->layout.at[i]);
    if (fn->result_type) type_c(e, fn->result_type);
    if (fn->start_type) type_c(e, fn->start_type);
    if (fn->leaf_max) leaves_type(e, fn->leaf_max);
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, "$s {", frame_tag(e, fn));
    if (emit_fn_of(e, fn)->is_union) {
        open_line(e, "struct {");
        put_state(e, fn);
        close_line(e, "} s;");
        if (fn->result_type) {
            out_plain(e->out, 0);
            put_declared(e, type_c(e, fn->result_type), "ret;\n");
        }
        if (fn->leaf_max) plain(e, "$s errs;", leaves_type(e, fn->leaf_max));
    } else {
        put_state(e, fn);
    }
    close_line(e, "};");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_FRAMES);
}

/* The field of that kind, with the way to it; NULL if there is none. */
const char *frame_field(Emitter *e, const IrFn *fn, IrSlotKind kind) {
    for (uint32_t i = 0; i < fn->layout.len; i++) {
        const IrSlot *slot = fn->layout.at[i];
        if (slot->kind == kind) return str_format(&e->scratch, fn->emit->is_union ? "f->s.%s" : "f->%s", slot->name).at;
    }
    return NULL;
}

/* ---- its beginning ---- */

static void put_begin_head(Emitter *e, IrFn *fn) {
    put(e, "static void $f_begin($s *f", fn, frame_tag(e, fn));
    for (uint32_t i = 0; i < fn->params.len; i++) {
        put_text(e, ", ");
        put_declared(e, type_c(e, fn->params.at[i]->type), param_name(e, fn->params.at[i]));
    }
    if (fn->starts) put_text(e, ", tr_starting *starting");
    if (fn->start_type) {
        put_text(e, ", ");
        put_declared(e, type_c(e, fn->start_type), "*started_value");
    }
    put_text(e, ")");
}

static bool sets_something(const IrFn *fn) {
    for (uint32_t i = 0; i < fn->params.len; i++) if (fn->params.at[i]->place == IR_FRAME) return true;
    return fn->points || fn->starts;
}

/* The parameters lie where the function looks for them; its first step begins at the top. */
void emit_begin_fn(Emitter *e) {
    IrFn *fn = e->fn.fn;
    put_begin_head(e, fn);
    put_text(e, " {\n");
    e->out->indent++;
    if (e->fn.at) plain(e, "$s = 0;", e->fn.at);
    if (!sets_something(fn)) plain(e, "(void)f;");
    for (uint32_t i = 0; i < fn->params.len; i++) {
        const IrVar *param = fn->params.at[i];
        if (param->place == IR_FRAME) plain(e, "$s = $s;", e->fn.names[param->id], param_name(e, param));
        else plain(e, "(void)$s;", param_name(e, param));
    }
    if (fn->starts) plain(e, "$s = starting;", frame_field(e, fn, IR_SLOT_STARTING));
    if (fn->start_type) plain(e, "$s = started_value;", frame_field(e, fn, IR_SLOT_STARTED_VALUE));
    close_line(e, "}");
    put_text(e, "\n");
}

/* ---- children ---- */

/* struct app_work_slot { tr_task task; struct app_work frame; }: room for a child. One with a scope of its own:
   struct app_work_scoped_slot { tr_scoped_task own; struct app_work frame; } */
void need_slot(Emitter *e, IrChild child) {
    EmitFn *of = emit_fn_of(e, child.fn);
    if (of->has_slot[child.scoped]) return;
    of->has_slot[child.scoped] = true;
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, "struct $k_slot {", &child);
    plain(e, child.scoped ? "tr_scoped_task own;" : "tr_task task;");
    plain(e, "$s frame;", frame_tag(e, child.fn));
    close_line(e, "};");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_FRAMES);
}

const char *slot_task(IrChild child) { return child.scoped ? "own.task" : "task"; }

/* The child's step as its task takes it: errors are put down in the nursery, so that the slot is free. */
void need_task(Emitter *e, IrChild child) {
    IrFn *fn = child.fn;
    EmitFn *of = emit_fn_of(e, fn);
    need_slot(e, child);
    if (of->has_task[child.scoped]) return;
    of->has_task[child.scoped] = true;
    if (fn->leaf_max) need(e, HELPER_PUT_DOWN);
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, "static tr_status $k_task(tr_rt *rt, tr_task *task) {", &child);
    plain(e, "struct $k_slot *slot = (struct $k_slot *)(void *)task;", &child, &child);
    bool looks = fn->leaf_max || child.scoped;
    plain(e, "$s$f_step((struct @_app *)(void *)rt, &slot->frame);", looks ? "tr_status s = " : "return ", fn);
    if (child.scoped) plain(e, "if (s != TR_PENDING) s = tr_scope_exit(rt, &slot->own.scope, s);");
    if (fn->leaf_max) {
        plain(e, "if (s & TR_RAISED) @_put_down(tr_nursery_of(rt, task), $s);",
              "slot->frame.errs.leaf, slot->frame.errs.count");
    }
    if (looks) plain(e, "return s;");
    close_line(e, "}");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_HELPERS);
}

/* The same in a race, whose winner has to be known. */
void need_racer(Emitter *e, IrFn *fn) {
    EmitFn *of = emit_fn_of(e, fn);
    need_task(e, (IrChild){.fn = fn});
    if (of->has_racer) return;
    of->has_racer = true;
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, "static tr_status $f_racer(tr_rt *rt, tr_task *task) {", fn);
    plain(e, "return tr_race_step(rt, task, $f_task(rt, task));", fn);
    close_line(e, "}");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_HELPERS);
}

/* How a task knows its step: by its number, from 1 in the order of first use, or by its name. */
static const char *numbered_step(Emitter *e, const char *name) {
    if (!e->ir->numbered) return name;
    uint32_t number = 0;
    while (number < e->steps.len && strcmp(e->steps.at[number], name) != 0) number++;
    if (number == e->steps.len) vec_push(e->arena, &e->steps, str_format(e->arena, "%s", name).at);
    return str_format(&e->scratch, "%u /* %s */", number + 1, name).at;
}

const char *step_text(Emitter *e, IrChild child) {
    const char *scoped = child.scoped ? "scoped_" : "";
    return numbered_step(e, str_format(&e->scratch, "%s_%stask", child.fn->emit->name, scoped).at);
}

const char *racer_text(Emitter *e, IrFn *fn) {
    return numbered_step(e, str_format(&e->scratch, "%s_racer", fn->emit->name).at);
}

void emit_step_task(Emitter *e) {
    open_line(e, "tr_status tr_step_task(tr_rt *rt, tr_task *task) {");
    plain(e, "switch (task->step) {");
    for (uint32_t i = 1; i < e->steps.len; i++) plain(e, "case $n: return $s(rt, task);", i + 1, e->steps.at[i]);
    plain(e, "default: return $s(rt, task);", e->steps.at[0]);
    plain(e, "}");
    close_line(e, "}");
    put_text(e, "\n");
}

/* The main task's step: it has no nursery to put errors down in, they stay in its frame. */
void emit_main_task(Emitter *e, IrFn *fn) {
    open_line(e, "static tr_status $f_task(tr_rt *rt, tr_task *task) {", fn);
    plain(e, "struct $f_slot *slot = (struct $f_slot *)(void *)task;", fn, fn);
    plain(e, "return $f_step((struct @_app *)(void *)rt, &slot->frame);", fn);
    close_line(e, "}");
    put_text(e, "\n");
}
