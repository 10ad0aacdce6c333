#include "ast.h"

/* The tree as the parser made it: one node a line, what belongs to it indented below. */

typedef struct Dump {
    Buf *out;
    uint32_t depth;
} Dump;

static void dump_expr(Dump *dump, const Expr *expr);
static void dump_block(Dump *dump, const char *what, const Block *block);
static void dump_items(Dump *dump, ItemList items);

/* Begins a line. */
static void begin(Dump *dump, const char *what) {
    for (uint32_t i = 0; i < dump->depth; i++) buf_text(dump->out, "  ");
    buf_text(dump->out, what);
}

static void word(Dump *dump, bool there, const char *text) {
    if (!there) return;
    buf_char(dump->out, ' ');
    buf_text(dump->out, text);
}

static void name(Dump *dump, Name name) {
    if (name) word(dump, true, name->text);
}

static void number(Dump *dump, uint64_t value) {
    buf_char(dump->out, ' ');
    buf_uint(dump->out, value);
}

/* radio.Busy */
static void path(Dump *dump, Name module, Name last) {
    name(dump, module);
    if (module && last) buf_char(dump->out, '.');
    if (module && last) buf_text(dump->out, last->text);
    else name(dump, last);
}

static void end(Dump *dump) { buf_char(dump->out, '\n'); }

static void line(Dump *dump, const char *what) {
    begin(dump, what);
    end(dump);
}

static void line_name(Dump *dump, const char *what, Name text) {
    begin(dump, what);
    name(dump, text);
    end(dump);
}

/* In quotes, with everything but plain ASCII escaped. */
static void quoted(Dump *dump, Str text) {
    buf_text(dump->out, " \"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\') buf_format(dump->out, "\\%c", c);
        else if (c >= ' ' && c < 0x7F) buf_char(dump->out, (char)c);
        else buf_format(dump->out, "\\x%02x", c);
    }
    buf_char(dump->out, '"');
}

/* ---- types ---- */

static void dump_type(Dump *dump, const TypeExpr *type) {
    static const char *const kinds[] = {
        [TYPE_EXPR_NAME] = "type", [TYPE_EXPR_APPLY] = "type", [TYPE_EXPR_STR] = "type str[]",
        [TYPE_EXPR_ARRAY] = "type [N]", [TYPE_EXPR_SLICE] = "type []", [TYPE_EXPR_REF] = "type &",
        [TYPE_EXPR_OPTIONAL] = "type ?", [TYPE_EXPR_TUPLE] = "type tuple", [TYPE_EXPR_WRONG] = "type wrong",
    };
    if (!type) return;
    begin(dump, kinds[type->kind]);
    word(dump, type->mut, "mut");
    if (type->kind == TYPE_EXPR_NAME || type->kind == TYPE_EXPR_APPLY) path(dump, type->module, type->name);
    end(dump);
    dump->depth++;
    if (type->args.len == 0) dump_type(dump, type->elem);
    for (uint32_t i = 0; i < type->args.len; i++) dump_type(dump, type->args.at[i]);
    dump_expr(dump, type->count);
    dump->depth--;
}

/* ---- expressions ---- */

static void dump_below(Dump *dump, const Expr *expr) {
    dump->depth++;
    dump_expr(dump, expr);
    dump->depth--;
}

/* A line for a part that may be missing, and the part below it. */
static void dump_part(Dump *dump, const char *what, const Expr *expr) {
    if (!expr) return;
    line(dump, what);
    dump_below(dump, expr);
}

static void dump_part_of_string(Dump *dump, const Part *part) {
    begin(dump, part->expr ? "hole" : "text");
    if (!part->expr) quoted(dump, part->text);
    if (part->zero) word(dump, true, "zero");
    if (part->width) buf_format(dump->out, " width %u", part->width);
    if (part->precision >= 0) buf_format(dump->out, " precision %d", part->precision);
    if (part->kind) buf_format(dump->out, " %c", part->kind);
    end(dump);
    if (part->expr) dump_below(dump, part->expr);
}

static void dump_call(Dump *dump, const Expr *expr) {
    dump_part(dump, "callee", expr->u.call.callee);
    for (uint32_t i = 0; i < expr->u.call.args.len; i++) {
        const Arg *arg = &expr->u.call.args.at[i];
        line_name(dump, "arg", arg->name);
        dump_below(dump, arg->value);
    }
    const ChildStart *child = expr->u.call.child;
    if (child && child->as) line_name(dump, "as", child->as);
    if (child) dump_block(dump, "child", child->block);
}

static void dump_errors(Dump *dump, const Clause *clause) {
    begin(dump, clause->star ? "catch*" : "catch");
    word(dump, clause->any, "_");
    for (uint32_t i = 0; i < clause->names.len; i++) {
        path(dump, clause->modules.at[i], clause->names.at[i]);
    }
    word(dump, clause->as != NULL, "as");
    name(dump, clause->as);
    end(dump);
}

static void dump_clause(Dump *dump, const Clause *clause) {
    dump_errors(dump, clause);
    dump->depth++;
    dump_block(dump, "block", clause->block);
    dump->depth--;
}

static void dump_items_of(Dump *dump, ExprList items) {
    for (uint32_t i = 0; i < items.len; i++) dump_expr(dump, items.at[i]);
}

/* What follows the kind on its line. */
static void dump_head(Dump *dump, const Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: case EXPR_DURATION: case EXPR_BOOL: number(dump, expr->u.integer); break;
    case EXPR_FLOAT: buf_format(dump->out, " %.17g", expr->u.number); break;
    case EXPR_STRING: case EXPR_BYTES: quoted(dump, expr->u.text); break;
    case EXPR_NAME: name(dump, expr->u.name.name); break;
    case EXPR_FIELD: name(dump, expr->u.field.name); break;
    case EXPR_UNARY: case EXPR_BINARY: word(dump, true, op_text((Op)expr->op)); break;
    case EXPR_CHANNEL: if (expr->op) word(dump, true, expr->op == CHANNEL_LATEST ? "latest" : "broadcast"); break;
    default: break;
    }
    word(dump, expr->mut, "mut");
    word(dump, expr->inclusive, "inclusive");
    end(dump);
}

static void dump_parts(Dump *dump, const Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_INTERPOLATION:
        for (uint32_t i = 0; i < expr->u.parts.len; i++) dump_part_of_string(dump, &expr->u.parts.at[i]);
        break;
    case EXPR_FIELD: dump_expr(dump, expr->u.field.of); break;
    case EXPR_INDEX: dump_expr(dump, expr->u.index.of); dump_expr(dump, expr->u.index.at); break;
    case EXPR_SLICE:
        dump_expr(dump, expr->u.slice.of);
        dump_part(dump, "low", expr->u.slice.low);
        dump_part(dump, "high", expr->u.slice.high);
        break;
    case EXPR_CALL: dump_call(dump, expr); break;
    case EXPR_CHANNEL:
        dump_type(dump, expr->u.channel.elem);
        dump_expr(dump, expr->u.channel.capacity);
        dump_part(dump, "copies", expr->u.channel.copies);
        break;
    case EXPR_UNARY: case EXPR_DEREF: case EXPR_REF: case EXPR_AWAIT: dump_expr(dump, expr->u.operand); break;
    case EXPR_BINARY: dump_expr(dump, expr->u.binary.left); dump_expr(dump, expr->u.binary.right); break;
    case EXPR_RANGE:
        dump_part(dump, "low", expr->u.binary.left);
        dump_part(dump, "high", expr->u.binary.right);
        break;
    case EXPR_CAST: dump_expr(dump, expr->u.cast.of); dump_type(dump, expr->u.cast.to); break;
    case EXPR_IF:
        dump_expr(dump, expr->u.branch.cond);
        dump_block(dump, "then", expr->u.branch.then);
        dump_block(dump, "else", expr->u.branch.other);
        break;
    case EXPR_ARRAY: case EXPR_TUPLE: dump_items_of(dump, expr->u.items); break;
    case EXPR_REPEAT: dump_expr(dump, expr->u.repeat.value); dump_part(dump, "count", expr->u.repeat.count); break;
    case EXPR_CATCH: dump_expr(dump, expr->u.caught.of); dump_clause(dump, expr->u.caught.clause); break;
    case EXPR_RACE: dump_block(dump, "block", expr->u.group.block); break;
    default: break;
    }
}

static void dump_expr(Dump *dump, const Expr *expr) {
    static const char *const kinds[] = {
        [EXPR_INT] = "int", [EXPR_FLOAT] = "float", [EXPR_DURATION] = "duration", [EXPR_BOOL] = "bool",
        [EXPR_NONE] = "none", [EXPR_STRING] = "string", [EXPR_INTERPOLATION] = "interpolation",
        [EXPR_BYTES] = "bytes", [EXPR_NAME] = "name", [EXPR_FIELD] = "field", [EXPR_INDEX] = "index",
        [EXPR_SLICE] = "slice", [EXPR_CALL] = "call", [EXPR_CHANNEL] = "channel", [EXPR_UNARY] = "unary",
        [EXPR_DEREF] = "deref", [EXPR_REF] = "ref", [EXPR_BINARY] = "binary", [EXPR_CAST] = "cast",
        [EXPR_AWAIT] = "await", [EXPR_IF] = "if", [EXPR_ARRAY] = "array", [EXPR_REPEAT] = "repeat",
        [EXPR_TUPLE] = "tuple", [EXPR_RANGE] = "range", [EXPR_CATCH] = "caught", [EXPR_RACE] = "race",
        [EXPR_WRONG] = "wrong",
    };
    if (!expr) return;
    begin(dump, kinds[expr->kind]);
    dump_head(dump, expr);
    dump->depth++;
    dump_parts(dump, expr);
    dump->depth--;
}

/* ---- patterns ---- */

static void dump_pattern(Dump *dump, const Pattern *pattern) {
    static const char *const kinds[] = {
        [PATTERN_ANY] = "any", [PATTERN_BIND] = "bind", [PATTERN_VALUE] = "value", [PATTERN_RANGE] = "between",
        [PATTERN_CASE] = "case", [PATTERN_OR] = "or", [PATTERN_WRONG] = "wrong",
    };
    line_name(dump, kinds[pattern->kind], pattern->name);
    dump->depth++;
    dump_expr(dump, pattern->value);
    for (uint32_t i = 0; i < pattern->items.len; i++) dump_pattern(dump, pattern->items.at[i]);
    dump->depth--;
}

/* ---- statements ---- */

static void dump_var(Dump *dump, const char *what, const Var *var) {
    if (!var) return;
    begin(dump, what);
    name(dump, var->name);
    if (var->placement) {
        word(dump, var->placement->atomic, "atomic");
        word(dump, var->placement->uninit, "uninit");
        if (var->placement->section.len) quoted(dump, var->placement->section);
    }
    end(dump);
    dump->depth++;
    dump_type(dump, var->written);
    if (var->placement) dump_part(dump, "align", var->placement->align);
    dump->depth--;
}

static void dump_let(Dump *dump, const Stmt *stmt) {
    for (uint32_t i = 0; i < stmt->u.let.vars.len; i++) dump_var(dump, "var", stmt->u.let.vars.at[i]);
    dump_part(dump, "value", stmt->u.let.value);
}

static void dump_branch(Dump *dump, const Stmt *stmt) {
    dump_var(dump, "var", stmt->u.branch.var);
    dump_expr(dump, stmt->u.branch.cond);
    dump_block(dump, "then", stmt->u.branch.then);
    dump_block(dump, "else", stmt->u.branch.other);
}

static void dump_match(Dump *dump, const Stmt *stmt) {
    dump_expr(dump, stmt->u.match.of);
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
        const Arm *arm = &stmt->u.match.arms.at[i];
        line(dump, "arm");
        dump->depth++;
        dump_pattern(dump, arm->pattern);
        dump_part(dump, "guard", arm->guard);
        dump_block(dump, "block", arm->block);
        dump->depth--;
    }
}

static void dump_select(Dump *dump, const Stmt *stmt) {
    static const char *const kinds[] = {
        [SELECT_AWAIT] = "await", [SELECT_AFTER] = "after", [SELECT_AT] = "at", [SELECT_ELSE] = "else",
    };
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const SelectArm *arm = &stmt->u.select.arms.at[i];
        line_name(dump, kinds[arm->kind], arm->as);
        dump->depth++;
        dump_expr(dump, arm->expr);
        dump_part(dump, "guard", arm->guard);
        dump_block(dump, "block", arm->block);
        dump->depth--;
    }
}

static void dump_try(Dump *dump, const Stmt *stmt) {
    dump_block(dump, "block", stmt->u.attempt.block);
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) dump_clause(dump, stmt->u.attempt.clauses.at[i]);
}

static void dump_nursery(Dump *dump, const Stmt *stmt) {
    dump_var(dump, "var", stmt->u.nursery.var);
    dump_part(dump, "capacity", stmt->u.nursery.capacity);
    dump_block(dump, "block", stmt->u.nursery.block);
}

static void dump_scope(Dump *dump, const Stmt *stmt) {
    dump_expr(dump, stmt->u.scope.time);
    dump_var(dump, "as", stmt->u.scope.var);
    dump_block(dump, "block", stmt->u.scope.block);
    dump_block(dump, "else", stmt->u.scope.other);
}

static void dump_each(Dump *dump, const Stmt *stmt) {
    dump_var(dump, "index", stmt->u.each.index);
    dump_var(dump, "var", stmt->u.each.var);
    dump_expr(dump, stmt->u.each.in);
    dump_block(dump, "block", stmt->u.each.block);
}

static const char *scope_text(ScopeKind kind) {
    static const char *const kinds[] = {
        [SCOPE_CANCEL] = "cancel_scope", [SCOPE_SHIELD] = "shield", [SCOPE_SOFT] = "soft", [SCOPE_MOVE_ON_AFTER] = "move_on_after",
        [SCOPE_MOVE_ON_AT] = "move_on_at", [SCOPE_FAIL_AFTER] = "fail_after", [SCOPE_FAIL_AT] = "fail_at",
    };
    return kinds[kind];
}

/* What follows the kind on its line. */
static void dump_stmt_head(Dump *dump, const Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: word(dump, stmt->u.let.var, "var"); word(dump, stmt->u.let.is_static, "static"); break;
    case STMT_ASSIGN: if (stmt->u.assign.op >= 0) word(dump, true, op_text((Op)stmt->u.assign.op)); break;
    case STMT_EXPR: word(dump, !stmt->has_semicolon, "value"); break;
    case STMT_IF: word(dump, stmt->u.branch.is_let, "let"); word(dump, stmt->u.branch.is_const, "const"); break;
    case STMT_WHILE: case STMT_LOOP: name(dump, stmt->u.loop.label); break;
    case STMT_FOR: case STMT_ASYNC_FOR: name(dump, stmt->u.each.label); break;
    case STMT_EVERY: name(dump, stmt->u.every.label); break;
    case STMT_BREAK: case STMT_CONTINUE: name(dump, stmt->u.jump.label); break;
    case STMT_NURSERY: word(dump, stmt->u.nursery.dynamic, "dynamic"); break;
    case STMT_SCOPE:
        word(dump, true, scope_text(stmt->u.scope.kind));
        word(dump, stmt->u.scope.shield && stmt->u.scope.kind != SCOPE_SHIELD, "shield");
        break;
    default: break;
    }
    end(dump);
}

static void dump_stmt_parts(Dump *dump, const Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: dump_let(dump, stmt); break;
    case STMT_ASSIGN: dump_expr(dump, stmt->u.assign.to); dump_expr(dump, stmt->u.assign.value); break;
    case STMT_EXPR: case STMT_DROP: case STMT_RETURN: dump_expr(dump, stmt->u.expr); break;
    case STMT_BLOCK: case STMT_DEFER: case STMT_CRITICAL:
        dump_block(dump, "block", stmt->u.block);
        break;
    case STMT_IF: dump_branch(dump, stmt); break;
    case STMT_WHILE: case STMT_LOOP:
        dump_expr(dump, stmt->u.loop.cond);
        dump_block(dump, "block", stmt->u.loop.block);
        break;
    case STMT_FOR: case STMT_ASYNC_FOR: dump_each(dump, stmt); break;
    case STMT_MATCH: dump_match(dump, stmt); break;
    case STMT_BREAK: case STMT_CONTINUE: break;
    case STMT_RAISE: dump_expr(dump, stmt->u.raise.error); break;
    case STMT_ASSERT: dump_expr(dump, stmt->u.check.cond); dump_part(dump, "why", stmt->u.check.why); break;
    case STMT_TRY: dump_try(dump, stmt); break;
    case STMT_NURSERY: dump_nursery(dump, stmt); break;
    case STMT_SCOPE: dump_scope(dump, stmt); break;
    case STMT_SELECT: dump_select(dump, stmt); break;
    case STMT_RACE: case STMT_TOGETHER: dump_block(dump, "block", stmt->u.group.block); break;
    case STMT_EVERY:
        dump_expr(dump, stmt->u.every.time);
        dump_var(dump, "as", stmt->u.every.late);
        dump_block(dump, "block", stmt->u.every.block);
        break;
    case STMT_WITH: dump_expr(dump, stmt->u.with.resource); dump_block(dump, "block", stmt->u.with.block); break;
    case STMT_WRONG: break;
    }
}

static void dump_stmt(Dump *dump, const Stmt *stmt) {
    static const char *const kinds[] = {
        [STMT_LET] = "let", [STMT_ASSIGN] = "assign", [STMT_EXPR] = "expr", [STMT_DROP] = "drop",
        [STMT_BLOCK] = "block", [STMT_IF] = "if", [STMT_WHILE] = "while", [STMT_LOOP] = "loop", [STMT_FOR] = "for",
        [STMT_ASYNC_FOR] = "async for", [STMT_MATCH] = "match", [STMT_BREAK] = "break", [STMT_CONTINUE] = "continue",
        [STMT_RETURN] = "return", [STMT_RAISE] = "raise", [STMT_DEFER] = "defer", [STMT_ASSERT] = "assert",
        [STMT_TRY] = "try", [STMT_NURSERY] = "nursery", [STMT_SCOPE] = "scope", [STMT_SELECT] = "select",
        [STMT_RACE] = "race", [STMT_TOGETHER] = "together", [STMT_EVERY] = "every", [STMT_WITH] = "async with",
        [STMT_CRITICAL] = "critical", [STMT_WRONG] = "wrong",
    };
    begin(dump, kinds[stmt->kind]);
    dump_stmt_head(dump, stmt);
    dump->depth++;
    dump_stmt_parts(dump, stmt);
    dump->depth--;
}

static void dump_block(Dump *dump, const char *what, const Block *block) {
    if (!block) return;
    line(dump, what);
    dump->depth++;
    for (uint32_t i = 0; i < block->stmts.len; i++) dump_stmt(dump, block->stmts.at[i]);
    dump->depth--;
}

/* ---- declarations ---- */

static void dump_raises(Dump *dump, const Fn *fn) {
    if (!fn->raises_written) return;
    begin(dump, "raises");
    word(dump, fn->raises_inferred, "inferred");
    for (uint32_t i = 0; i < fn->raise_names.len; i++) {
        path(dump, fn->raise_modules.at[i], fn->raise_names.at[i]);
        if (fn->raise_stars.at[i]) buf_char(dump->out, '*');
    }
    end(dump);
}

static void dump_fn(Dump *dump, const Fn *fn) {
    for (uint32_t i = 0; i < fn->params.len; i++) dump_var(dump, "param", fn->params.at[i]);
    if (fn->result_expr) line(dump, "result");
    dump->depth++;
    dump_type(dump, fn->result_expr);
    dump->depth--;
    if (fn->starts) line(dump, "starts");
    dump->depth++;
    dump_type(dump, fn->starts_expr);
    dump->depth--;
    dump_raises(dump, fn);
    dump_block(dump, "body", fn->body);
}

static void dump_fields(Dump *dump, FieldList fields) {
    for (uint32_t i = 0; i < fields.len; i++) {
        line_name(dump, "field", fields.at[i].name);
        dump->depth++;
        dump_type(dump, fields.at[i].written);
        dump->depth--;
    }
}

static void dump_enum(Dump *dump, const EnumDecl *decl) {
    dump_type(dump, decl->base);
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        line_name(dump, "case", decl->cases.at[i].name);
        dump->depth++;
        dump_fields(dump, decl->cases.at[i].fields);
        dump_part(dump, "number", decl->cases.at[i].value);
        dump->depth--;
    }
}

static void dump_conditional(Dump *dump, const Item *item) {
    dump_expr(dump, item->u.branch.cond);
    line(dump, "then");
    dump->depth++;
    dump_items(dump, item->u.branch.then);
    dump->depth--;
    line(dump, "else");
    dump->depth++;
    dump_items(dump, item->u.branch.other);
    dump->depth--;
}

static void dump_item_parts(Dump *dump, const Item *item) {
    switch (item->kind) {
    case ITEM_FN: case ITEM_TEST: dump_fn(dump, item->u.fn); break;
    case ITEM_STRUCT: dump_fields(dump, item->u.structure->fields); break;
    case ITEM_ENUM: dump_enum(dump, item->u.enumeration); break;
    case ITEM_ERROR: dump_fields(dump, item->u.error->fields); break;
    case ITEM_CONST: case ITEM_STATIC:
        dump_var(dump, "var", item->u.global.var);
        dump_part(dump, "value", item->u.global.value);
        break;
    case ITEM_CHANNEL: dump_type(dump, item->u.channel.elem); dump_expr(dump, item->u.channel.capacity); break;
    case ITEM_IF: dump_conditional(dump, item); break;
    case ITEM_IMPORT: case ITEM_INCLUDE: break;
    }
}

static const char *fn_text(const Fn *fn) {
    static const char *const kinds[] = {
        [FN_PLAIN] = "fn", [FN_ASYNC] = "async fn", [FN_CHILD] = "child", [FN_EXTERN] = "extern fn",
        [FN_EXTERN_ASYNC] = "extern async fn", [FN_ISR] = "isr fn", [FN_TEST] = "test",
    };
    return kinds[fn->kind];
}

static void dump_item(Dump *dump, const Item *item) {
    static const char *const kinds[] = {
        [ITEM_FN] = "fn", [ITEM_STRUCT] = "struct", [ITEM_ENUM] = "enum", [ITEM_ERROR] = "error",
        [ITEM_CONST] = "const", [ITEM_STATIC] = "static", [ITEM_IMPORT] = "import", [ITEM_TEST] = "test",
        [ITEM_CHANNEL] = "static channel", [ITEM_IF] = "if const", [ITEM_INCLUDE] = "include",
    };
    bool is_fn = item->kind == ITEM_FN;
    begin(dump, is_fn ? fn_text(item->u.fn) : item->is_config ? "config" : kinds[item->kind]);
    name(dump, item->path ? item->path : item->name);
    if (item->kind == ITEM_INCLUDE) quoted(dump, item->u.include);
    word(dump, item->is_pub, "pub");
    word(dump, is_fn && item->u.fn->is_export, "export");
    word(dump, is_fn && item->u.fn->is_isr && item->u.fn->kind == FN_EXTERN, "isr");
    end(dump);
    dump->depth++;
    dump_item_parts(dump, item);
    dump->depth--;
}

static void dump_items(Dump *dump, ItemList items) {
    for (uint32_t i = 0; i < items.len; i++) dump_item(dump, items.at[i]);
}

void ast_dump(Buf *out, const Module *module) {
    Dump dump = {out, 0};
    line_name(&dump, "module", module->name);
    dump.depth++;
    dump_items(&dump, module->items);
}
