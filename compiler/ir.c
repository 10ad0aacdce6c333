/* ir: the makers of IR nodes. */
#include "ir.h"

#include <stdlib.h>
#include <string.h>

/* ---- names of variables ---- */

/* What a variable of generated C cannot be called: words of C (of C11, C23 and gcc too), and macros and functions of
   the headers that generated C includes. Sorted. */
static const char *const taken[] = {
    "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "constexpr", "continue", "default",
    "do", "double", "else", "enum", "extern", "false", "float", "for", "goto", "i386", "if", "inline",
    "int", "linux", "long", "memchr", "memcmp", "memcpy", "memmove", "memset", "nullptr", "offsetof", "register",
    "restrict", "return", "short", "signed", "size_t", "sizeof", "static",
    "static_assert", "strlen", "struct", "switch", "thread_local", "true", "typedef", "typeof",
    "union", "unix", "unsigned", "void", "volatile", "wchar_t", "while",
};

static int by_text(const void *name, const void *entry) { return strcmp(name, *(const char *const *)entry); }

bool ir_is_c_word(const char *name) {
    return strncmp(name, "tr_", 3) == 0 ||
           bsearch(name, taken, sizeof taken / sizeof *taken, sizeof *taken, by_text) != NULL;
}

/* Names in capitals may be macros of the C library; tr_ is the runtime's; _X and __ are the implementation's. */
static bool is_taken(const char *name) {
    bool lower = false;
    for (const char *c = name; *c; c++) lower |= *c >= 'a' && *c <= 'z';
    if (!lower && strlen(name) > 1) return true;
    if (name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z'))) return true;
    return ir_is_c_word(name);
}

static uint32_t hash_of(const char *name) {
    uint32_t hash = 2166136261u;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

/* The place of `name` in the table: of the variable that has it, or the empty one where it would go. */
static IrVar **find_name(const IrFn *fn, const char *name) {
    uint32_t mask = fn->names.capacity - 1, i = hash_of(name) & mask;
    while (fn->names.at[i] && strcmp(fn->names.at[i]->name, name) != 0) i = (i + 1) & mask;
    return &fn->names.at[i];
}

static void grow_names(Arena *arena, IrFn *fn) {
    if (fn->vars.len * 2 < fn->names.capacity) return;
    fn->names.capacity = fn->names.capacity ? fn->names.capacity * 2 : 32;
    fn->names.at = arena_array(arena, IrVar *, fn->names.capacity);
    for (uint32_t i = 0; i < fn->vars.len; i++) *find_name(fn, fn->vars.at[i]->name) = fn->vars.at[i];
}

/* total, total_2, total_3 ...; v_int for int. */
static const char *unique_name(Arena *arena, IrFn *fn, const char *name) {
    const char *wish = is_taken(name) ? str_format(arena, "v_%s", name).at : name;
    IrVar *first = *find_name(fn, wish);
    while (first) {
        const char *next = str_format(arena, "%s_%u", wish, ++first->copies + 1).at;
        if (!*find_name(fn, next)) return next;
    }
    return wish;
}

const char *ir_name(Arena *arena, const IrFn *fn, const char *wish) {
    const char *name = wish;
    for (uint32_t i = 2; fn->names.capacity && *find_name(fn, name); i++) name = str_format(arena, "%s_%u", wish, i).at;
    return name;
}

/* ---- nodes ---- */

IrVar *ir_var(Arena *arena, IrFn *fn, IrVarKind kind, const char *name) {
    grow_names(arena, fn);
    IrVar *var = arena_new(arena, IrVar);
    var->kind = kind;
    var->name = unique_name(arena, fn, name);
    var->id = fn->vars.len;
    *find_name(fn, var->name) = var;
    vec_push(arena, &fn->vars, var);
    return var;
}

/* A node is as large as the member of its union that its kind uses. */
#define SIZE_WITH(Node, member) (offsetof(Node, u) + sizeof((Node *)0)->u.member)

static size_t expr_size(IrExprKind kind) {
    switch (kind) {
    case IRX_NONE: case IRX_INT: return SIZE_WITH(IrExpr, integer);
    case IRX_FLOAT: return SIZE_WITH(IrExpr, number);
    case IRX_STR: case IRX_BYTES: return SIZE_WITH(IrExpr, text);
    case IRX_VAR: return SIZE_WITH(IrExpr, var);
    case IRX_GLOBAL: return SIZE_WITH(IrExpr, global);
    case IRX_FIELD: case IRX_PAYLOAD: return SIZE_WITH(IrExpr, part);
    case IRX_STRUCT: case IRX_CASE: case IRX_ARRAY: return SIZE_WITH(IrExpr, make);
    case IRX_REPEAT: return SIZE_WITH(IrExpr, repeat);
    case IRX_CALL: return SIZE_WITH(IrExpr, call);
    case IRX_OP: return SIZE_WITH(IrExpr, built);
    default: return SIZE_WITH(IrExpr, of);
    }
}

IrExpr *ir_expr(Arena *arena, IrExprKind kind, Type *type, uint32_t line) {
    IrExpr *expr = arena_alloc(arena, expr_size(kind));
    expr->kind = (uint8_t)kind;
    expr->type = type;
    expr->line = line;
    return expr;
}

static size_t stmt_size(IrStmtKind kind) {
    switch (kind) {
    case IRS_SET: case IRS_DO: return SIZE_WITH(IrStmt, set);
    case IRS_PRINT: return SIZE_WITH(IrStmt, print);
    case IRS_CALL: return SIZE_WITH(IrStmt, call);
    case IRS_AWAIT: return SIZE_WITH(IrStmt, await);
    case IRS_SELECT: return SIZE_WITH(IrStmt, select);
    case IRS_AWAIT_CALL: return SIZE_WITH(IrStmt, await_call);
    case IRS_START_SOON: case IRS_START: return SIZE_WITH(IrStmt, start);
    case IRS_IF: return SIZE_WITH(IrStmt, branch);
    case IRS_LOOP: return SIZE_WITH(IrStmt, loop);
    case IRS_BREAK: case IRS_CONTINUE: case IRS_RETURN: return SIZE_WITH(IrStmt, jump);
    case IRS_RAISE: return SIZE_WITH(IrStmt, raise);
    case IRS_UNWIND: return SIZE_WITH(IrStmt, unwind);
    case IRS_REGION: return SIZE_WITH(IrStmt, region);
    case IRS_TRY: return SIZE_WITH(IrStmt, attempt);
    case IRS_SCOPE_ENTER: return SIZE_WITH(IrStmt, scope);
    case IRS_NURSERY_OPEN: return SIZE_WITH(IrStmt, nursery);
    case IRS_LEAVES: return SIZE_WITH(IrStmt, leaves);
    case IRS_CHECK: return SIZE_WITH(IrStmt, check);
    case IRS_BEGIN: return SIZE_WITH(IrStmt, var);
    case IRS_KEEP: return SIZE_WITH(IrStmt, vars);
    }
    return sizeof(IrStmt);
}

IrStmt *ir_stmt(Arena *arena, IrStmtKind kind, Span span, uint32_t line) {
    IrStmt *stmt = arena_alloc(arena, stmt_size(kind));
    stmt->kind = (uint8_t)kind;
    stmt->span = span;
    stmt->line = line;
    return stmt;
}

/* ---- questions ---- */

bool ir_needs_why(const IrRegion *region) { return region->unwinds || region->exits.len > 0; }

/* `else` without a guard: it comes last. */
static bool never_waits(const IrStmt *select) {
    const IrArm *last = &select->u.select.arms.at[select->u.select.arms.len - 1];
    return last->op == IRW_CHECKPOINT && !last->guard;
}

bool ir_arm_has_wait(const IrStmt *select, const IrArm *arm) { return arm->op >= IRW_SEND && !never_waits(select); }

bool ir_is_timed(const IrStmt *select) {
    if (never_waits(select)) return false;
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) {
        IrWaitOp op = select->u.select.arms.at[i].op;
        if (op == IRW_SLEEP || op == IRW_SLEEP_UNTIL) return true;
    }
    return false;
}

IrVar *ir_place_var(const IrExpr *place, bool *whole) {
    *whole = true;
    while (place->kind != IRX_VAR) {
        *whole = false;
        switch ((IrExprKind)place->kind) {
        case IRX_FIELD: case IRX_PAYLOAD: place = place->u.part.a; break;
        case IRX_INDEX: case IRX_UNWRAP: place = place->u.of.a; break;
        default: return NULL;
        }
        const Type *type = place->type;
        if (type && (type->kind == TYPE_SLICE || type->kind == TYPE_REF || type->kind == TYPE_STR)) return NULL;
    }
    return place->u.var;
}
