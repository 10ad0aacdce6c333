/* syntax: what the actions of grammar/parser.y call, and what happens at a syntax error. */
#ifndef TRC_SYNTAX_H
#define TRC_SYNTAX_H

#include "ast.h"
#include "lex.h"
#include "program.h"

/* Where the elements of a list that is still being read begin; see syntax_list.c. */
typedef uint32_t Mark;

/* One run of the parser over one source. */
typedef struct Syntax {
    Program *program;
    Arena *arena;
    Diags *diags;
    Module *module;
    Lexer lexer;

    Buf list;                      /* elements of the lists that are still being read, innermost last */

    bool failed;                   /* the last token fed was not taken */
    bool overflow;                 /* the parser's stack is full */
    bool reported_depth;           /* "nested too deep" is said once */
    struct { Name *at; uint32_t len, capacity; } words; /* of the language, that were taken for names */
    uint32_t last_failure;         /* place of the last token that was not taken */
    int before_kind;               /* the token before the current one */
    Token before;
} Syntax;

/* ---- lists: syntax_list.c ---- */

Mark list_mark(const Syntax *cx);
void list_push(Syntax *cx, const void *element, size_t size);
/* Forgets the elements behind the mark. */
void list_cut(Syntax *cx, Mark mark);
/* Moves the elements behind the mark to the arena. */
void *list_take(Syntax *cx, Mark mark, size_t element_size, uint32_t *len);
#define LIST_TAKE(cx, mark, list)                                                                \
    ((list).at = list_take((cx), (mark), sizeof *(list).at, &(list).len), (void)((list).capacity = (list).len))

/* A list with its closing bracket. */
typedef struct List { Mark mark; Span end; } List;

/* `begin` makes a list of its first element, `add` appends to the list. */
Mark list_begin_pointer(Syntax *cx, void *pointer);
Mark list_add_pointer(Syntax *cx, Mark list, void *pointer);

/* ---- tokens and spans: syntax_list.c ---- */

Token no_token(void);
static inline bool is_token(Token token) { return token.span.len != 0; }
/* From `start` to the last sign before the brace at `brace`. */
Span head_span(const Syntax *cx, Span start, Span brace);
static inline Span end_of(Span span) { return (Span){span.at + span.len, 0}; }
static inline bool is_underscore(Name name) { return name->len == 1 && name->text[0] == '_'; }

/* ---- errors: syntax_error.c ---- */

/* Part of the language, but not of this version of the compiler. Gives NULL. */
void *not_built(Syntax *cx, Token token, const char *what);
Diag *missing_semicolon(Syntax *cx, Span before);

/* ---- expressions: syntax_expr.c ---- */

Expr *make_name(Syntax *cx, Token name);
Expr *make_literal(Syntax *cx, ExprKind kind, Token token);
Expr *make_float(Syntax *cx, Token token);
Expr *make_paren(Token open, Expr *expr, Token close);
Expr *make_tuple(Syntax *cx, Token open, Expr *first, Mark rest, Token close);
Expr *make_array(Syntax *cx, Token open, Mark items, Token close);
Expr *make_repeat(Syntax *cx, Token open, Expr *value, Expr *count, Token close);
Expr *make_channel(Syntax *cx, Token word, TypeExpr *elem, List args);
Expr *make_field(Syntax *cx, Expr *of, Token name);
Expr *make_call(Syntax *cx, Expr *callee, List args);
Expr *make_index(Syntax *cx, Expr *of, Expr *at, Token close);
Expr *make_slice(Syntax *cx, Expr *of, Expr *low, Token range, Expr *high, Token close);
Mark list_begin_arg(Syntax *cx, Token name, Expr *value);
Mark list_add_arg(Syntax *cx, Mark list, Token name, Expr *value);
Expr *make_unary(Syntax *cx, Op op, Token sign, Expr *operand);
Expr *make_negative(Syntax *cx, Token sign, Token integer);
Expr *make_prefix(Syntax *cx, ExprKind kind, Token sign, Expr *operand);
Expr *make_ref_mut(Syntax *cx, Token sign, Expr *operand);
Expr *make_binary(Syntax *cx, Expr *left, Token op, Expr *right);
Expr *make_compare(Syntax *cx, Expr *left, Token op, Expr *right);
/* `a = b` where a condition is wanted. */
Expr *make_equal(Syntax *cx, Expr *left, Token assign, Expr *right);
Expr *make_range(Syntax *cx, Expr *low, Token range, Expr *high);
Expr *make_wrong(Syntax *cx, Span span);
/* A node over up to two others; if the tree would be too tall, they are replaced. */
Expr *make_node(Syntax *cx, ExprKind kind, Span span, Expr **a, Expr **b);

/* ---- strings: syntax_string.c ---- */

Expr *make_string(Syntax *cx, Token token);
Expr *make_bytes(Syntax *cx, Token token);
/* The pieces of an interpolated string so far, and where it begins. */
typedef struct Pieces { Mark mark; uint32_t start; } Pieces;
Pieces begin_pieces(Syntax *cx, Token head, Expr *hole, Token format);
Pieces add_piece(Syntax *cx, Pieces pieces, Token middle, Expr *hole, Token format);
Expr *make_interpolation(Syntax *cx, Pieces pieces, Token tail);

/* ---- types and patterns: syntax_type.c ---- */

TypeExpr *type_name(Syntax *cx, Name module, Token first, Token name);
TypeExpr *type_optional(Syntax *cx, TypeExpr *elem, Token sign);
TypeExpr *type_prefix(Syntax *cx, TypeExprKind kind, Token sign, bool mut, TypeExpr *elem);
TypeExpr *type_array(Syntax *cx, Token open, Expr *count, TypeExpr *elem);
TypeExpr *type_str(Syntax *cx, Token name, Expr *count, Token close);
TypeExpr *type_apply(Syntax *cx, Token name, Mark args, Span end);
TypeExpr *type_tuple_of(Syntax *cx, Token open, TypeExpr *first, Mark rest, Token close);
/* A number among type arguments, in a shell until type_apply takes it. */
TypeExpr *type_count(Syntax *cx, Expr *count);
TypeExpr *close_type(TypeExpr *type, Span end);
Expr *make_cast(Syntax *cx, Expr *of, Token type);

Pattern *make_pattern(Syntax *cx, Mark alternatives);
Pattern *pattern_value(Syntax *cx, Expr *value);
Pattern *pattern_range(Syntax *cx, Expr *low, Token range, Expr *high);
Pattern *pattern_case(Syntax *cx, Expr *name, List items);

/* ---- blocks and their values: syntax_value.c ---- */

Block *make_block(Syntax *cx, Token open, Mark stmts, Expr *value, Token close);
Block *block_of_if(Syntax *cx, Stmt *branch);
Block *block_of_value(Syntax *cx, Expr *value);
/* The block gives no value: an expression at its end lacks its `;`; then gives what was reported. NULL is fine. */
Diag *plain_block(Syntax *cx, Block *block);

/* Their blocks give values, or leave. */
Expr *make_if_value(Syntax *cx, Token word, Expr *cond, Block *then, Block *other);
Expr *make_race(Syntax *cx, Token word, Block *block);
Expr *make_catch(Syntax *cx, Expr *of, Clause *clause);

/* ---- statements: syntax_stmt.c ---- */

Mark list_begin_var(Syntax *cx, Token name);
Mark list_add_var(Syntax *cx, Mark list, Token name);
Stmt *make_let(Syntax *cx, Token word, Mark names, TypeExpr *type, Expr *value, Token end);
Stmt *make_static(Syntax *cx, Token word, Token atomic, Token name, TypeExpr *type, Expr *value, Placement *placement);
Placement *place_section(Syntax *cx, Placement *placement, Token name);
Placement *place_align(Syntax *cx, Placement *placement, Expr *align);
Placement *place_uninit(Syntax *cx, Placement *placement);
Stmt *end_stmt(Stmt *stmt, Token end);
Stmt *make_assign(Syntax *cx, Expr *to, Expr *value, Token end);
Stmt *make_assign_op(Syntax *cx, Expr *to, Token op, Expr *value, Token end);
Stmt *make_expr_stmt(Syntax *cx, Expr *expr, Token end);
Stmt *make_assert(Syntax *cx, Token word, Expr *cond, Expr *why, Token end);
Stmt *make_block_stmt(Syntax *cx, Block *block);
Stmt *make_jump(Syntax *cx, Token word, Token label, Token end);
Stmt *make_return(Syntax *cx, Token word, Expr *value, Token end);
Stmt *make_raise(Syntax *cx, Token word, Expr *error, Token end);
Stmt *make_wrong_stmt(Syntax *cx, Token token);

/* ---- statements with blocks: syntax_block.c ---- */

Stmt *make_if(Syntax *cx, Token word, Expr *cond, Block *then, Block *other);
Stmt *make_if_const(Syntax *cx, Token word, Expr *cond, Block *then, Block *other);
Stmt *make_if_let(Syntax *cx, Token word, Token name, Expr *value, Block *then, Block *other);
Stmt *make_while(Syntax *cx, Token word, Expr *cond, Block *block);
Stmt *make_loop(Syntax *cx, Token word, Block *block);
Stmt *make_for(Syntax *cx, Token word, Token index, Token name, Expr *in, Block *block);
Stmt *make_async_for(Syntax *cx, Token word, Token name, Expr *in, Block *block);
Stmt *make_shielded_for(Syntax *cx, Token word, Token name, Expr *in, Token shield, Block *block);
Stmt *label_loop(Stmt *loop, Token label);
Stmt *make_match(Syntax *cx, Token word, Expr *of, Token open, Mark arms);
Mark list_add_arm(Syntax *cx, Mark list, Pattern *pattern, Expr *guard, Block *block);
Stmt *make_try(Syntax *cx, Token word, Block *block, Mark clauses);
Clause *make_clause(Syntax *cx, Token word, Token star, Mark errors, Token as, Block *block);
Stmt *make_body(Syntax *cx, Token word, Block *block);
Stmt *make_every(Syntax *cx, Token word, Expr *time, Token late, Block *block);
Stmt *make_task(Syntax *cx, Expr *call, Token name, Token end);
Stmt *make_child(Syntax *cx, Expr *nursery, Token method, Block *block, Token name);
Stmt *make_nursery(Syntax *cx, Token word, Token name, Expr *capacity, Block *block);
Stmt *make_dynamic_nursery(Syntax *cx, Token word, Token name, Block *block);
Stmt *make_nursery_with(Syntax *cx, Token word, Token name, Token open, List options, Block *block);
Stmt *make_scope(Syntax *cx, Token word, Expr *time, Token shield, Token as, Block *block, Block *other);
Stmt *make_with(Syntax *cx, Token word, Expr *resource, Block *block);
Stmt *make_group(Syntax *cx, Token word, Block *block);
Stmt *make_select(Syntax *cx, Token word, Token open, Mark arms);
SelectArm *make_select_arm(Syntax *cx, SelectKind kind, Token word, Expr *expr, Token as, Expr *guard, Block *block);
Mark list_add_select_arm(Syntax *cx, Mark list, const SelectArm *arm);

/* ---- tests: syntax_test.c ---- */

/* server(7) as port */
Arg *make_fixture(Syntax *cx, Expr *call, Token as);
/* `fixture`: or NULL */
Item *make_test(Syntax *cx, Token word, Token name, const Arg *fixture, Block *body);

/* ---- declarations: syntax_item.c ---- */

typedef struct Starts { bool written; TypeExpr *type; } Starts;
typedef struct Raises { Mark mark; bool written, inferred; } Raises;
/* Flaky, or radio.Busy: in `raises` and `catch`. Also a path of `import`: `name` is its last word, `span` all of it. */
typedef struct ErrorName {
    Name module, name;
    Span span;
    bool star;
} ErrorName;

ErrorName *make_error_name(Syntax *cx, Name module, Token first, Token name);
Mark list_begin_error(Syntax *cx, ErrorName *name, Token star);
Mark list_add_error(Syntax *cx, Mark list, ErrorName *name, Token star);

void add_item(Syntax *cx, Item *item);
Mark push_item(Syntax *cx, Mark list, Item *item);
Item *make_public(Item *item);
Item *make_item_if(Syntax *cx, Token word, Expr *cond, Mark items, Item *other);
Item *make_item_if_else(Syntax *cx, Token word, Expr *cond, Mark items, Mark other);
Fn *make_head(Syntax *cx, Token word, Token name, Mark params, TypeExpr *result, Starts starts, Raises raises);
Var *make_param(Syntax *cx, Token name, TypeExpr *type);
Item *make_fn(Syntax *cx, FnKind kind, Fn *fn, Block *body);
Item *make_export_fn(Syntax *cx, Fn *fn, Block *body);
Item *make_extern_fn(Syntax *cx, FnKind kind, Fn *fn, Token end);
Item *make_extern_isr_fn(Syntax *cx, Fn *fn, Token end);
Mark list_begin_field(Syntax *cx, Token name, TypeExpr *type);
Mark list_add_field(Syntax *cx, Mark list, Token name, TypeExpr *type);
Item *make_struct(Syntax *cx, Token name, Mark fields);
Item *make_enum(Syntax *cx, Token name, TypeExpr *base, Mark cases);
Mark list_begin_case(Syntax *cx, Token name, Mark payload, Expr *number);
Mark list_add_case(Syntax *cx, Mark list, Token name, Mark payload, Expr *number);
Item *make_error(Syntax *cx, Token name, Mark fields);
Item *make_const(Syntax *cx, Token name, TypeExpr *type, Expr *value, bool is_config);
Item *make_static_item(Syntax *cx, Stmt *let);
Item *make_static_channel(Syntax *cx, Token word, TypeExpr *elem, List args, Token name);
Item *make_import(Syntax *cx, const ErrorName *path);
ErrorName *longer_path(ErrorName *path, Token name);
Item *make_include(Syntax *cx, Token word, Token file);
Item *drop_fields(Syntax *cx, Token word, Mark fields, const char *what);

/* ---- the parser that lemon makes: parser.y ---- */

typedef void Parser;
size_t parser_size(void);
void parser_begin(Parser *parser, Syntax *cx);
/* Sets cx->failed if the parser does not take the token; then only reductions have been done. */
void parser_feed(Parser *parser, int kind, Token token);
void parser_end(Parser *parser);
/* The parser would take these tokens, one after the other. Nothing changes. */
bool parser_takes(const Parser *parser, const int *kinds, size_t count);
/* Symbols on the stack, numbered from 1; the kind of the one at `at` if it is a token, else 0. */
uint32_t parser_height(const Parser *parser);
int parser_symbol(const Parser *parser, uint32_t at, Token *token);
bool parser_pop(Parser *parser);

/* ---- at a syntax error ---- */

/* A token that the parser has not taken. */
typedef struct Failure {
    int kind;
    Token token;
    bool first_on_line;
    bool quiet;                    /* it follows from what has been reported */
} Failure;

/* syntax_recover.c. Reports the failure, unless it follows from an error reported before, and leaves the parser where
   it can go on; *kind and *token are then the next to be fed. */
void syntax_recover(Syntax *cx, Parser *parser, int *kind, Token *token);

/* syntax_repair.c. Where one sign is missing or wrong: reports that, mends it, and gives true. *kind and *token are the
   next to be fed. */
bool syntax_repair(Syntax *cx, Parser *parser, const Failure *failure, int *kind, Token *token);

/* syntax_error.c. Says what was expected and what was found. True if the next `{` begins a block all the same. */
bool syntax_report(Syntax *cx, const Parser *parser, const Failure *failure);

/* Words that begin a declaration or a statement: where they begin a line, one begins. */
bool begins_item(int kind);
bool begins_stmt(int kind);
Str token_source(const Syntax *cx, Token token);

#endif
