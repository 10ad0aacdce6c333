/* layout: sizes on a target, by the rules that C compilers follow. What is said here of types is what emit writes. */
#include "layout.h"

const Target target_host = {
    .name = "host", .pointer = {8, 8}, .tick = {8, 8}, .align_max = 8,
    .task = {48, 8}, .scope = {24, 8}, .timed_scope = {72, 8}, .nursery = {64, 8}, .lent_nursery = {136, 8},
    .scoped_task = {80, 8}, .handle = {24, 8},
    .starting = {104, 8}, .wait = {32, 8}, .sleep_wait = {48, 8}, .channel_wait = {40, 8}, .holder = {48, 8},
    .select = {16, 8}, .timed_select = {64, 8},
    .why = {24, 8}, .channel = {48, 8}, .broadcast = {64, 8},
    .event = {24, 8}, .lock = {24, 8}, .condition = {24, 8}, .condition_waiter = {40, 8},
    .semaphore = {24, 8}, .limiter = {40, 8}, .sequencer = {24, 8}, .channel_stats = {12, 2},
};

static const Size nothing = {0, 1}, byte = {1, 1};

static Size number(const Target *target, uint64_t size) {
    return (Size){size, size < target->align_max ? size : target->align_max};
}

/* The smallest unsigned integer that counts to `max`. */
static Size counter(const Target *target, uint64_t max) {
    return number(target, max <= UINT8_MAX ? 1 : max <= UINT16_MAX ? 2 : max <= UINT32_MAX ? 4 : 8);
}

/* C has no empty arrays and structs: one that nothing is in has room for one. */
static Size times(Size elem, uint64_t count) { return (Size){elem.size * (count ? count : 1), elem.align}; }

static Size fields(const Target *target, const IrProgram *ir, const FieldList *list) {
    Size all = list->len ? nothing : byte;
    for (uint32_t i = 0; i < list->len; i++) all = size_behind(all, size_of_type(target, ir, list->at[i].type));
    return size_whole(all);
}

/* struct { tag; union { one struct for each case with fields }; }; without payload the number alone. */
static Size enumeration(const Target *target, const IrProgram *ir, const EnumDecl *decl) {
    uint64_t max = decl->has_payload ? decl->cases.len : 0;
    bool negative = false;
    Size payload = nothing;
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const EnumCase *one = &decl->cases.at[i];
        if (decl->has_payload) {
            if (one->fields.len) payload = size_either(payload, fields(target, ir, &one->fields));
        } else {
            negative |= one->number < 0;
            uint64_t far = (uint64_t)(one->number < 0 ? -(one->number + 1) : one->number);
            if (far > max) max = far;
        }
    }
    return size_whole(size_behind(counter(target, negative ? max * 2 : max), payload));
}

static Size tuple(const Target *target, const IrProgram *ir, const Type *type) {
    Size all = nothing;
    for (uint32_t i = 0; i < type->items.len; i++) all = size_behind(all, size_of_type(target, ir, type->items.at[i]));
    return size_whole(all);
}

static Size list(const Target *target, const IrProgram *ir, const Type *type) {
    Size items = times(size_of_type(target, ir, type->elem), type->count);
    return size_whole(size_behind(counter(target, type->count), items));
}

/* The fields of the largest error that the program names; and which error it is and where it was raised, as a number:
   two bytes if the functions so far have more than 255 such places (later ones may still widen it in C). */
/* The fields of the errors share their bytes. The same for the whole program, so it is worked out once. */
static Size leaf_fields(const Target *target, const IrProgram *ir) {
    if (!ir) return nothing;
    if (ir->leaf_size && ir->leaf_size->align) return (Size){ir->leaf_size->size, ir->leaf_size->align};
    Size payload = nothing;
    for (uint32_t i = 0; i < ir->errors.len; i++) {
        const ErrorDecl *error = ir->errors.at[i];
        if (error->used && error->fields.len) payload = size_either(payload, fields(target, ir, &error->fields));
    }
    if (ir->leaf_size) *ir->leaf_size = (struct IrLeafSize){payload.size, payload.align};
    return payload;
}

static Size leaf(const Target *target, const IrProgram *ir) {
    Size payload = leaf_fields(target, ir);
    return size_whole(size_behind(payload, counter(target, ir ? ir->sites.len : 0)));
}

Size size_of_leaves(const Target *target, const IrProgram *ir, uint32_t count) {
    return size_whole(size_behind(times(leaf(target, ir), count), counter(target, count)));
}

Size size_of_type(const Target *target, const IrProgram *ir, const Type *type) {
    switch (type->kind) {
    case TYPE_BOOL: case TYPE_I8: case TYPE_U8: return byte;
    case TYPE_I16: case TYPE_U16: return number(target, 2);
    case TYPE_I32: case TYPE_U32: case TYPE_F32: return number(target, 4);
    case TYPE_I64: case TYPE_U64: case TYPE_F64: return number(target, 8);
    case TYPE_DURATION: case TYPE_INSTANT: return target->tick;
    case TYPE_USIZE: case TYPE_REF: case TYPE_SENDER: case TYPE_RECEIVER: return target->pointer;
    case TYPE_STR: case TYPE_SLICE: return times(target->pointer, 2);
    case TYPE_STR_N: return size_whole(size_behind(counter(target, type->count), times(byte, type->count)));
    case TYPE_ARRAY: return times(size_of_type(target, ir, type->elem), type->count);
    case TYPE_LIST: return list(target, ir, type);
    case TYPE_OPTIONAL: return size_whole(size_behind(size_of_type(target, ir, type->elem), byte));
    case TYPE_TUPLE: return tuple(target, ir, type);
    case TYPE_STRUCT: return fields(target, ir, &type->structure->fields);
    case TYPE_ENUM: return enumeration(target, ir, type->enumeration);
    case TYPE_EVENT: return target->event;
    case TYPE_LOCK: return target->lock;
    case TYPE_CONDITION: return target->condition;
    case TYPE_SEMAPHORE: return target->semaphore;
    case TYPE_LIMITER: return target->limiter;
    case TYPE_SEQUENCER: return target->sequencer;
    case TYPE_SCOPE: return target->timed_scope;
    case TYPE_NURSERY: return target->nursery;
    case TYPE_LEAF: return leaf(target, ir);
    case TYPE_STATISTICS: return target->channel_stats;
    case TYPE_TASK: return target->handle;
    case TYPE_ERROR_TYPE: case TYPE_EMPTY: case TYPE_NEVER: case TYPE_GROUP: case TYPE_NONE: break;
    }
    return nothing;
}

/* A slot is a task and the frame of whoever runs in it; of several that are taken in turn, the number taken is kept. */
static Size slots(const Target *target, const IrVar *var) {
    Size slot = nothing;
    for (uint32_t i = 0; i < var->children.len; i++) {
        const IrChild *child = &var->children.at[i];
        Size frame = {child->fn->size, child->fn->align};
        slot = size_either(slot, size_behind(child->scoped ? target->scoped_task : target->task, frame));
    }
    Size all = times(size_whole(slot), var->count);
    return var->count > 1 && !var->pool ? size_whole(size_behind(all, counter(target, var->count))) : all;
}

/* The waits of its arms lie behind it. */
static Size select_size(const Target *target, const IrStmt *select) {
    Size all = ir_is_timed(select) ? target->timed_select : target->select;
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) {
        const IrArm *arm = &select->u.select.arms.at[i];
        if (!ir_arm_has_wait(select, arm)) continue;
        all = size_behind(all, ir_arm_has_item(arm) ? target->channel_wait : target->wait);
    }
    return size_whole(all);
}

static Size channel(const Target *target, const IrProgram *ir, const IrVar *var) {
    Size one = target->channel;
    if (var->ends) one = size_behind(target->broadcast, times(target->channel, var->ends));
    if (var->count) one = size_whole(size_behind(one, times(size_of_type(target, ir, var->type), var->count)));
    return times(one, var->channels);
}

/* With what stands before it. */
static Size told(const Target *target, const IrVar *var, Size record) {
    return var->told ? size_whole(size_behind(target->why, record)) : record;
}

Size size_of_var(const Target *target, const IrProgram *ir, const IrVar *var) {
    switch (var->kind) {
    case IRV_VALUE: return size_of_type(target, ir, var->type);
    case IRV_LEAVES: return size_of_leaves(target, ir, var->count);
    case IRV_WHY: return byte;
    case IRV_SCOPE: return told(target, var, var->timed ? target->timed_scope : target->scope);
    case IRV_NURSERY: return told(target, var, var->lent ? target->lent_nursery : target->nursery);
    case IRV_STARTING: return target->starting;
    case IRV_WAIT: return target->wait;
    case IRV_SLEEP: return target->sleep_wait;
    case IRV_CHANNEL_WAIT: return target->channel_wait;
    case IRV_HOLDER: return target->holder;
    case IRV_CONDITION_WAITER: return target->condition_waiter;
    case IRV_SELECT: return select_size(target, var->select);
    case IRV_CHANNEL: return channel(target, ir, var);
    case IRV_CALLEE: return (Size){var->fn->size, var->fn->align};
    case IRV_SLOTS: return slots(target, var);
    }
    return nothing;
}
