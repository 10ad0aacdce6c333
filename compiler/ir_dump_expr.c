/* ir_dump_expr: expressions of the IR as text, close to how the language writes them. */
#include "ir_dump_expr.h"
#include "ast.h"

/* ---- names of operations ---- */

static const char *const op_names[] = {
    [IROP_NOW] = "now", [IROP_UPTIME] = "uptime", [IROP_UPTIME64] = "uptime64",
    [IROP_LEN] = "len", [IROP_MIN] = "min", [IROP_MAX] = "max",
    [IROP_ABS] = "abs", [IROP_LIST_PUSH] = "list_push", [IROP_LIST_POP] = "list_pop",
    [IROP_LIST_REMOVE] = "list_remove", [IROP_LIST_CLEAR] = "list_clear", [IROP_STR_PUSH] = "str_push", [IROP_STR_CLEAR] = "str_clear",
    [IROP_STR_BYTES] = "str_bytes", [IROP_STR_FROM] = "str_from", [IROP_STR_STORE] = "str_store",
    [IROP_CLZ] = "clz", [IROP_CTZ] = "ctz", [IROP_POPCOUNT] = "popcount", [IROP_ROTATE] = "rotate", [IROP_BITS] = "bits",
    [IROP_MUL_SHIFT] = "mul_shift", [IROP_LOAD] = "load", [IROP_STORE] = "store", [IROP_ENUM_FROM] = "enum_from", [IROP_BUSY] = "busy", [IROP_NEXT_BEAT] = "next_beat", [IROP_CANCEL] = "cancel",
    [IROP_CANCEL_CALLED] = "cancel_called", [IROP_CANCELLED_CAUGHT] = "cancelled_caught",
    [IROP_SCOPE_DEADLINE] = "deadline", [IROP_SET_DEADLINE] = "set_deadline", [IROP_NEVER] = "never",
    [IROP_SCOPE_SHIELD] = "shield", [IROP_SET_SHIELD] = "set_shield", [IROP_EFFECTIVE_DEADLINE] = "effective_deadline",
    [IROP_STOP] = "stop", [IROP_TELL] = "tell", [IROP_REASON] = "reason",
    [IROP_CANCELLED_AT] = "cancelled_at", [IROP_SAID_TEXT] = "said_text", [IROP_SAID_WHERE] = "said_where",
    [IROP_STOPPING] = "stopping", [IROP_CANCEL_CHILD] = "cancel_child", [IROP_IS_DONE] = "is_done",
        [IROP_NURSERY_FULL] = "nursery_full", [IROP_NURSERY_SCOPE] = "nursery_scope", [IROP_CHANNEL_INIT] = "channel_init", [IROP_SENDER] = "sender",
    [IROP_RECEIVER] = "receiver", [IROP_SENDER_CLONE] = "sender_clone", [IROP_RECEIVER_CLONE] = "receiver_clone",
    [IROP_SENDER_CLOSE] = "sender_close", [IROP_RECEIVER_CLOSE] = "receiver_close", [IROP_MOVED] = "moved",
    [IROP_TRY_SEND] = "try_send", [IROP_TRY_RECEIVE] = "try_receive", [IROP_STATISTICS] = "statistics",
    [IROP_EVENT_INIT] = "event_init", [IROP_EVENT_SET] = "event_set", [IROP_EVENT_IS_SET] = "event_is_set",
    [IROP_LOCK_INIT] = "lock_init", [IROP_LOCK_RELEASE] = "lock_release", [IROP_LOCK_LOCKED] = "lock_locked",
    [IROP_CONDITION_INIT] = "condition_init", [IROP_CONDITION_LOCK] = "condition_lock",
    [IROP_CONDITION_NOTIFY] = "condition_notify",
    [IROP_SEMAPHORE_INIT] = "semaphore_init", [IROP_SEMAPHORE_RELEASE] = "semaphore_release",
    [IROP_SEMAPHORE_VALUE] = "semaphore_value", [IROP_LIMITER_INIT] = "limiter_init",
    [IROP_SEQUENCER_INIT] = "sequencer_init", [IROP_SEQUENCER_LEAVE] = "sequencer_leave",
    [IROP_LIMITER_RELEASE] = "limiter_release", [IROP_LIMITER_TOTAL] = "limiter_total",
    [IROP_LIMITER_BORROWED] = "limiter_borrowed", [IROP_LIMITER_AVAILABLE] = "limiter_available",
    [IROP_LIMITER_SET_TOTAL] = "limiter_set_total", [IROP_WON] = "won", [IROP_RESULT] = "result",
    [IROP_DEFERRED] = "deferred", [IROP_UNDEFERRED] = "undeferred",
    [IROP_STARTED] = "started", [IROP_ERROR_IS] = "error_is",
    [IROP_ERROR_NAME] = "error_name", [IROP_ERROR_WHERE] = "error_where", [IROP_LEAVES_ANY] = "leaves_any",
};

static const char *const binary_names[] = {
    [OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/", [OP_REM] = "%", [OP_WADD] = "+%", [OP_WSUB] = "-%",
    [OP_WMUL] = "*%", [OP_SADD] = "+|", [OP_SSUB] = "-|", [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_AND] = "&",
    [OP_XOR] = "^", [OP_OR] = "|", [OP_EQ] = "==", [OP_NE] = "!=", [OP_LT] = "<", [OP_LE] = "<=", [OP_GT] = ">",
    [OP_GE] = ">=", [OP_LOGIC_AND] = "&&", [OP_LOGIC_OR] = "||", [OP_COALESCE] = "??", [OP_NEG] = "-", [OP_NOT] = "!",
    [OP_INVERT] = "~",
};

const char *dump_wait(IrWaitOp op) {
    static const char *const names[] = {
        [IRW_CHECKPOINT] = "checkpoint", [IRW_SLEEP] = "sleep", [IRW_SLEEP_UNTIL] = "sleep_until",
        [IRW_SLEEP_FOREVER] = "sleep_forever", [IRW_SEND] = "send", [IRW_RECEIVE] = "receive",
        [IRW_EVENT_WAIT] = "event_wait", [IRW_LOCK_ACQUIRE] = "lock_acquire",
        [IRW_CONDITION_WAIT] = "condition_wait",
        [IRW_SEMAPHORE_ACQUIRE] = "semaphore_acquire", [IRW_ALL_BLOCKED] = "wait_all_tasks_blocked",
        [IRW_SEQUENCER_ENTER] = "sequencer_enter", [IRW_LIMITER_ACQUIRE] = "limiter_acquire",
    };
    return names[op];
}

/* ---- leaves ---- */

void dump_type(Buf *out, Types *types, const Type *type) { buf_text(out, type ? type_text(types, type) : "record"); }

static void dump_string(Buf *out, Str text) {
    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\n') buf_text(out, "\\n");
        else if (c == '"' || c == '\\') buf_format(out, "\\%c", c);
        else if (c < ' ') buf_format(out, "\\x%02x", (unsigned char)c);
        else buf_char(out, c);
    }
    buf_char(out, '"');
}

static void dump_int(Buf *out, const IrExpr *expr) {
    const Type *type = expr->type;
    if (type && type->kind == TYPE_BOOL) buf_text(out, expr->u.integer ? "true" : "false");
    else if (type && type->kind == TYPE_DURATION) buf_format(out, "%lldt", (long long)(int64_t)expr->u.integer);
    else if (type && type_is_signed(type)) buf_int(out, (int64_t)expr->u.integer);
    else buf_uint(out, expr->u.integer);
}

static void dump_field(Buf *out, const IrExpr *expr) {
    const Type *type = expr->u.part.a->type;
    uint32_t index = expr->u.part.index;
    if (expr->kind == IRX_PAYLOAD) buf_text(out, expr->u.part.enum_case->fields.at[index].name->text);
    else if (type && type->kind == TYPE_STRUCT) buf_text(out, type->structure->fields.at[index].name->text);
    else buf_uint(out, index);
}

/* ---- operands ---- */

static bool stands_alone(const IrExpr *expr) {
    return expr->kind != IRX_BINARY && expr->kind != IRX_CHOOSE && expr->kind != IRX_CONVERT;
}

static void operand(Buf *out, Types *types, const IrExpr *expr) {
    if (!stands_alone(expr)) buf_char(out, '(');
    dump_expr(out, types, expr);
    if (!stands_alone(expr)) buf_char(out, ')');
}

static void prefixed(Buf *out, Types *types, const char *op, const IrExpr *expr) {
    buf_text(out, op);
    operand(out, types, expr);
}

void dump_exprs(Buf *out, Types *types, const IrExprList *list) {
    for (uint32_t i = 0; i < list->len; i++) {
        if (i) buf_text(out, ", ");
        dump_expr(out, types, list->at[i]);
    }
}

static void listed(Buf *out, Types *types, const char *name, const IrExprList *list) {
    buf_format(out, "%s(", name);
    dump_exprs(out, types, list);
    buf_char(out, ')');
}

void dump_parts(Buf *out, Types *types, const IrPart *parts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (i) buf_char(out, ' ');
        if (parts[i].value) dump_expr(out, types, parts[i].value);
        else dump_string(out, parts[i].text);
    }
}

static void dump_op(Buf *out, Types *types, const IrExpr *expr) {
    listed(out, types, op_names[expr->irop], &expr->u.built.items);
    for (uint32_t i = 0; i < expr->u.built.error_count; i++) {
        buf_format(out, "%s%s", i ? ", " : " of ", expr->u.built.errors[i]->name->text);
    }
}

static void dump_make(Buf *out, Types *types, const IrExpr *expr) {
    dump_type(out, types, expr->type);
    if (expr->kind == IRX_CASE) buf_format(out, ".%s", expr->u.make.enum_case->name->text);
    listed(out, types, "", &expr->u.make.items);
}

static void dump_convert(Buf *out, Types *types, const IrExpr *expr) {
    static const char *const how[] = {[IR_WIDEN] = "as", [IR_WRAP] = "wrapped to", [IR_CHECK] = "checked as"};
    operand(out, types, expr->u.of.a);
    buf_format(out, " %s ", how[expr->convert]);
    dump_type(out, types, expr->type);
}

static void dump_range(Buf *out, Types *types, const IrExpr *expr) {
    operand(out, types, expr->u.of.a);
    buf_char(out, '[');
    if (expr->u.of.b) dump_expr(out, types, expr->u.of.b);
    if (expr->kind == IRX_SLICE) buf_text(out, "..");
    if (expr->u.of.c) dump_expr(out, types, expr->u.of.c);
    buf_char(out, ']');
}

static void dump_repeat(Buf *out, Types *types, const IrExpr *expr) {
    if (!expr->u.repeat.value) {
        dump_type(out, types, expr->type);
        buf_text(out, "()");
        return;
    }
    buf_char(out, '[');
    dump_expr(out, types, expr->u.repeat.value);
    buf_format(out, "; %u]", expr->u.repeat.count);
}

static void dump_infix(Buf *out, Types *types, const IrExpr *expr) {
    operand(out, types, expr->u.of.a);
    buf_format(out, " %s ", expr->kind == IRX_CHOOSE ? "?" : binary_names[expr->op]);
    operand(out, types, expr->u.of.b);
    if (expr->kind != IRX_CHOOSE) return;
    buf_text(out, " : ");
    operand(out, types, expr->u.of.c);
}

void dump_expr(Buf *out, Types *types, const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_INT: dump_int(out, expr); break;
    case IRX_FLOAT: buf_format(out, "%g", expr->u.number); break;
    case IRX_STR: dump_string(out, expr->u.text); break;
    case IRX_BYTES: buf_char(out, 'b'), dump_string(out, expr->u.text); break;
    case IRX_NONE: buf_text(out, "none"); break;
    case IRX_SOME: prefixed(out, types, "some ", expr->u.of.a); break;
    case IRX_VAR: buf_text(out, expr->u.var->name); break;
    case IRX_GLOBAL: buf_text(out, expr->u.global->name); break;
    case IRX_FIELD: case IRX_PAYLOAD:
        prefixed(out, types, "", expr->u.part.a);
        buf_char(out, '.');
        dump_field(out, expr);
        break;
    case IRX_TAG: prefixed(out, types, "tag of ", expr->u.of.a); break;
    case IRX_HAS: prefixed(out, types, "has ", expr->u.of.a); break;
    case IRX_UNWRAP: prefixed(out, types, "value of ", expr->u.of.a); break;
    case IRX_INDEX: case IRX_SLICE: dump_range(out, types, expr); break;
    case IRX_DEREF: prefixed(out, types, "*", expr->u.of.a); break;
    case IRX_ADDRESS: prefixed(out, types, "&", expr->u.of.a); break;
    case IRX_UNARY: prefixed(out, types, binary_names[expr->op], expr->u.of.a); break;
    case IRX_BINARY: case IRX_CHOOSE: dump_infix(out, types, expr); break;
    case IRX_CONVERT: dump_convert(out, types, expr); break;
    case IRX_STRUCT: case IRX_CASE: dump_make(out, types, expr); break;
    case IRX_ARRAY: buf_char(out, '['), dump_exprs(out, types, &expr->u.make.items), buf_char(out, ']'); break;
    case IRX_REPEAT: dump_repeat(out, types, expr); break;
    case IRX_CALL: listed(out, types, expr->u.call.fn->name, &expr->u.call.items); break;
    case IRX_OP: dump_op(out, types, expr); break;
    }
}
