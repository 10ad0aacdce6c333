/* emit_features: what the program uses of the runtime, as the knobs of runtime/tr_config.h. A bundle's runtime is cut
   to it. What is known of a function is read off its variables: a record that it does not have it cannot use. */
#include "emit_internal.h"
#include "layout.h"

/* More tasks than this are kept in lists that need not be searched. */
enum { FEW = 12 };

static const char *const knobs[FEATURES] = {
    [USES_CANCEL] = "CANCEL", [USES_NURSERIES] = "NURSERIES", [USES_ERRORS] = "ERRORS", [USES_START] = "START",
    [USES_HANDLES] = "HANDLES", [USES_SERVICES] = "SERVICES", [USES_CONDITIONS] = "CONDITIONS",
    [USES_DEADLINES] = "DEADLINES", [USES_SLEEP] = "SLEEP", [USES_QUEUES] = "QUEUES", [USES_CHANNELS] = "CHANNELS",
    [USES_UPTIME] = "UPTIME", [USES_SELECT] = "SELECT",
};

void uses(Emitter *e, Feature feature) { e->features |= 1u << feature; }

static bool is_used(const Emitter *e, Feature feature) { return e->features >> feature & 1; }

/* Tasks that can live at once in the frame of a variable's children or callee. */
static uint32_t tasks_of_var(Emitter *e, const IrVar *var) {
    if (var->kind == IRV_CALLEE) return emit_fn_of(e, var->fn)->tasks;
    if (var->kind != IRV_SLOTS) return 0;
    uint32_t most = 0;
    for (uint32_t i = 0; i < var->children.len; i++) {
        uint32_t tasks = emit_fn_of(e, var->children.at[i].fn)->tasks;
        if (tasks > most) most = tasks;
    }
    uint64_t all = (uint64_t)var->count * (most + 1);
    return all > FEW ? FEW + 1 : (uint32_t)all;
}

/* The same on every target, or 0. */
static uint32_t item_bytes(const Type *item) {
    bool is_fixed = type_is_int(item) && item->kind != TYPE_USIZE;
    return is_fixed ? (uint32_t)size_of_type(&target_host, NULL, item).size : 0;
}

static void note_channel(Emitter *e, const Type *item, uint32_t count, uint32_t ends) {
    bool is_first = !e->channels.any;
    e->channels.any = true;
    if (is_first || e->channels.item_bytes == item_bytes(item)) e->channels.item_bytes = item_bytes(item);
    else e->channels.item_bytes = 0;
    e->channels.capacity = is_first || e->channels.capacity == count ? count : 0;
    uint64_t bytes = size_of_type(&target_host, e->ir, item).size;
    if (count > UINT8_MAX || ends > UINT8_MAX || bytes > UINT8_MAX) uses(e, USES_LARGE_COUNTS);
}

static void note_var(Emitter *e, const IrVar *var) {
    switch (var->kind) {
    case IRV_SCOPE:
        uses(e, USES_CANCEL);
        if (var->timed) uses(e, USES_DEADLINES);
        break;
    case IRV_NURSERY:
        uses(e, USES_NURSERIES);
        if (var->lent) uses(e, USES_CANCEL), uses(e, USES_DEADLINES);
        break;
    case IRV_STARTING: uses(e, USES_START), uses(e, USES_CANCEL), uses(e, USES_ERRORS); break;
    case IRV_SLEEP: uses(e, USES_SLEEP); break;
    case IRV_CHANNEL_WAIT: uses(e, USES_CHANNELS), uses(e, USES_QUEUES); break;
    case IRV_SELECT: uses(e, USES_SELECT), uses(e, USES_CHANNELS), uses(e, USES_QUEUES), uses(e, USES_SLEEP); break;
    case IRV_WAIT: case IRV_HOLDER: uses(e, USES_QUEUES); break;
    case IRV_CONDITION_WAITER: uses(e, USES_CONDITIONS), uses(e, USES_QUEUES); break;
    case IRV_CHANNEL: note_channel(e, var->type, var->count, var->ends); break;
    case IRV_SLOTS:
        for (uint32_t i = 0; i < var->children.len; i++)
            if (var->children.at[i].scoped) uses(e, USES_HANDLES), uses(e, USES_CANCEL);
        break;
    default: break;
    }
}

/* A record that others link to, or that may hold one. */
static bool is_linked(const IrVar *var) {
    if (var->kind != IRV_VALUE) return var->kind != IRV_WHY && var->kind != IRV_LEAVES && var->kind != IRV_CALLEE;
    switch (var->type->kind) {
    case TYPE_STRUCT: case TYPE_ARRAY: case TYPE_TUPLE: case TYPE_OPTIONAL: return true;
    default: return var->type->kind >= TYPE_EVENT && var->type->kind <= TYPE_SEQUENCER;
    }
}

/* What lies on the stack is out of reach of links that are counted from the program object. */
static void note_stack(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    for (uint32_t i = 0; i < fn->vars.len; i++)
        if (fn->vars.at[i]->place == IR_LOCAL && is_linked(fn->vars.at[i])) uses(e, USES_STACK);
}

void note_features(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    uint32_t tasks = 0;
    note_stack(e);
    if (!fn->is_async) return;
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *var = fn->vars.at[i];
        if (var->place == IR_NOWHERE) continue;
        note_var(e, var);
        tasks += tasks_of_var(e, var);
        if (tasks > FEW) tasks = FEW + 1;
    }
    fn->emit->tasks = tasks;
}

/* Not less than the program object has on any target: nothing in it is larger than on the host. Records on the stack lie
   anywhere. */
static uint64_t program_bytes(const Emitter *e) {
    const IrProgram *ir = e->ir;
    if (is_used(e, USES_STACK)) return UINT32_MAX;
    uint64_t bytes = 256 + target_host.task.size + (ir->main ? ir->main->size : 0);
    for (uint32_t i = 0; i < ir->globals.len; i++) {
        const IrGlobal *global = ir->globals.at[i];
        if (!global->is_static) continue;
        uint64_t one = size_of_type(&target_host, ir, global->type).size + 8;
        bytes += global->is_channel ? target_host.channel.size + one * (global->count + (uint64_t)1) : one;
    }
    return bytes < UINT32_MAX ? bytes : UINT32_MAX;
}

Str features_text(Emitter *e) {
    for (uint32_t i = 0; i < e->ir->globals.len; i++) {
        const IrGlobal *global = e->ir->globals.at[i];
        if (global->is_channel) note_channel(e, global->type, global->count, 0);
    }
    if (e->ir->dumps) uses(e, USES_CANCEL), uses(e, USES_NURSERIES), uses(e, USES_DEADLINES), uses(e, USES_UPTIME);
    bool few = e->ir->main && e->ir->main->emit->tasks < FEW && !is_used(e, USES_SERVICES);
    Buf text = {0};
    buf_format(&text, "/* What %s uses of the runtime; tr_config.h says what each of these is. For `%s_cancel`, which\n"
               "   the program itself does not need, set TR_HAS_CANCEL to 1. */\n", e->app, e->app);
    for (int i = 0; i < FEATURES; i++) {
        const char *knob = knobs[i];
        if (!knob) continue;
        buf_format(&text, "#ifndef TR_HAS_%s\n#define TR_HAS_%s %d\n#endif\n", knob, knob, is_used(e, (Feature)i));
    }
    buf_format(&text, "#define TR_FEW_TASKS %d\n#define TR_SMALL_COUNTS %d\n", few, !is_used(e, USES_LARGE_COUNTS));
    buf_format(&text, "#define TR_ITEM_BYTES %u\n#define TR_CAPACITY %u\n", (unsigned)e->channels.item_bytes,
               (unsigned)e->channels.capacity);
    buf_format(&text, "#define TR_NUMBERED_STEPS %u\n", (unsigned)e->steps.len);
    buf_format(&text, "#define TR_PROGRAM_BYTES %lu\n", (unsigned long)program_bytes(e));
    Str copy = str_format(e->arena, "%.*s", (int)text.len, text.at);
    buf_free(&text);
    return copy;
}
