/* The grammar of Trellis. Actions are calls of constructors (compiler/syntax*.c); what they share is the Syntax.
   A rule of one symbol without an action hands on that symbol's value: both have the same type, and lemon spares the
   step. (Not so where that symbol has a destructor.) A list takes its closing bracket in, so that at an error behind an
   element both the bracket and a comma are still possible: lemon would reduce an empty rest without a look at the next
   token. */
%name trc_parser_
%token_prefix T_
%token_type {Token}
%default_type {Token}
%extra_context {Syntax *cx}

/* A level of braces with its statement takes four entries: AST_DEPTH_MAX levels fit. */
%stack_size 4096
%stack_overflow { cx->overflow = true; }
/* Nothing is popped or skipped here: syntax_repair.c and syntax_recover.c do, with the stack as it was. */
%syntax_error { cx->failed = true; (void)yymajor; (void)TOKEN; }

%include {
#include "syntax.h"
#define YYNOERRORRECOVERY 1
}

/* Words that are names wherever the grammar has no other use for them. */
%fallback NAME AFTER ALIGN AT ATOMIC CONFIG DYNAMIC EXPORT EXTERN INCLUDE ISR MMIO SECTION STARTS TYPE UNINIT
               WIRE WITH.

/* Loosest first. */
%left CATCH.
%right COALESCE.
%left LOGIC_OR.
%left LOGIC_AND.
%left COMPARE LT GT.
%left OR.
%left XOR.
%left AND.
%left SHL SHR.
%left PLUS MINUS.
%left TIMES STAR.
%left CAST.
%right NOT INVERT AWAIT.
%left DOT LPAREN LBRACKET.

%start_symbol file
file ::= module.

/* ---- declarations ------------------------------------------------------------------------------------------------ */

module ::= .
module ::= module item(I).                              { add_item(cx, I); }
module ::= module SEMI.
module ::= module WRONG_ITEM.
module ::= module WRONG_HEAD block.

%type item {Item *}
item ::= declaration.
item(A) ::= PUB declaration(D).                         { A = make_public(D); }
item ::= conditional_items.

%type conditional_items {Item *}
conditional_items(A) ::= IF(T) CONST cond(C) LBRACE items(I) RBRACE.
                                                        { A = make_item_if(cx, T, C, I, NULL); }
conditional_items(A) ::= IF(T) CONST cond(C) LBRACE items(I) RBRACE ELSE conditional_items(E).
                                                        { A = make_item_if(cx, T, C, I, E); }
conditional_items(A) ::= IF(T) CONST cond(C) LBRACE items(I) RBRACE ELSE LBRACE items(E) RBRACE.
                                                        { A = make_item_if_else(cx, T, C, I, E); }

%type items {Mark}
%destructor items { list_cut(cx, $$); }
items(A) ::= .                                          { A = list_mark(cx); }
items(A) ::= items(L) item(I).                          { A = push_item(cx, L, I); }
items(A) ::= items(L) SEMI.                             { A = L; }
items(A) ::= items(L) WRONG_ITEM.                       { A = L; }
items(A) ::= items(L) WRONG_HEAD block.                 { A = L; }

%type declaration {Item *}

/* functions */
declaration(A) ::= fn(F) block(B).                      { A = make_fn(cx, FN_PLAIN, F, B); }
declaration(A) ::= ASYNC fn(F) block(B).                { A = make_fn(cx, FN_ASYNC, F, B); }
declaration(A) ::= EXPORT fn(F) block(B).               { A = make_export_fn(cx, F, B); }
declaration(A) ::= ISR fn(F) block(B).                  { A = make_fn(cx, FN_ISR, F, B); }
declaration(A) ::= EXTERN fn(F) SEMI(E).                { A = make_extern_fn(cx, FN_EXTERN, F, E); }
declaration(A) ::= EXTERN ISR fn(F) SEMI(E).            { A = make_extern_isr_fn(cx, F, E); }
declaration(A) ::= EXTERN ASYNC fn(F) SEMI(E).          { A = make_extern_fn(cx, FN_EXTERN_ASYNC, F, E); }

%type fn {Fn *}
fn(A) ::= FN(T) NAME(N) LPAREN params(P) result(R) starts(S) raises(E).
                                                        { A = make_head(cx, T, N, P, R, S, E); }

%type params {Mark}
%type param_list {Mark}
%destructor params { list_cut(cx, $$); }
%destructor param_list { list_cut(cx, $$); }
params(A) ::= RPAREN.                                   { A = list_mark(cx); }
params(A) ::= param_list(L) RPAREN.                     { A = L; }
params(A) ::= param_list(L) COMMA RPAREN.               { A = L; }
param_list(A) ::= param(P).                             { A = list_begin_pointer(cx, P); }
param_list(A) ::= param_list(L) COMMA param(P).         { A = list_add_pointer(cx, L, P); }
%type param {Var *}
param(A) ::= NAME(N) COLON type(T).                     { A = make_param(cx, N, T); }

%type result {TypeExpr *}
result(A) ::= .                                         { A = NULL; }
result(A) ::= ARROW type(T).                            { A = T; }

%type starts {Starts}
starts(A) ::= .                                         { A = (Starts){false, NULL}; }
starts(A) ::= STARTS.                                   { A = (Starts){true, NULL}; }
starts(A) ::= STARTS type(T).                           { A = (Starts){true, T}; }

%type raises {Raises}
%type raise_list {Mark}
%destructor raises { list_cut(cx, $$.mark); }
%destructor raise_list { list_cut(cx, $$); }
raises(A) ::= .                                         { A = (Raises){list_mark(cx), false, false}; }
raises(A) ::= RAISES.                                   { A = (Raises){list_mark(cx), true, true}; }
raises(A) ::= RAISES raise_list(L).                     { A = (Raises){L, true, false}; }
raise_list(A) ::= error_name(N) star(S).                { A = list_begin_error(cx, N, S); }
raise_list(A) ::= raise_list(L) COMMA error_name(N) star(S). { A = list_add_error(cx, L, N, S); }

%type error_name {ErrorName *}
error_name(A) ::= NAME(N).                              { A = make_error_name(cx, NULL, N, N); }
error_name(A) ::= NAME(M) DOT NAME(N).                  { A = make_error_name(cx, M.u.name, M, N); }
star(A) ::= .                                           { A = no_token(); }
star(A) ::= STAR(T).                                    { A = T; }

declaration(A) ::= TEST(T) STRING(S) fixture(F) block(B). { A = make_test(cx, T, S, F, B); }
%type fixture {Arg *}
fixture(A) ::= .                                        { A = NULL; }
fixture(A) ::= WITH expr(E) as(N).                      { A = make_fixture(cx, E, N); }

/* types */
declaration(A) ::= STRUCT NAME(N) LBRACE fields(F).     { A = make_struct(cx, N, F); }
declaration(A) ::= ENUM NAME(N) base(B) LBRACE cases(C). { A = make_enum(cx, N, B, C); }
declaration(A) ::= ERROR NAME(N) SEMI.                  { A = make_error(cx, N, list_mark(cx)); }
declaration(A) ::= ERROR NAME(N) LPAREN payload(F) SEMI. { A = make_error(cx, N, F); }

%type fields {Mark}
%type payload {Mark}
%type field_list {Mark}
%destructor fields { list_cut(cx, $$); }
%destructor payload { list_cut(cx, $$); }
%destructor field_list { list_cut(cx, $$); }
fields(A) ::= RBRACE.                                   { A = list_mark(cx); }
fields(A) ::= field_list(L) RBRACE.                     { A = L; }
fields(A) ::= field_list(L) COMMA RBRACE.               { A = L; }
payload(A) ::= RPAREN.                                  { A = list_mark(cx); }
payload(A) ::= field_list(L) RPAREN.                    { A = L; }
payload(A) ::= field_list(L) COMMA RPAREN.              { A = L; }
field_list(A) ::= NAME(N) COLON type(T).                { A = list_begin_field(cx, N, T); }
field_list(A) ::= field_list(L) COMMA NAME(N) COLON type(T). { A = list_add_field(cx, L, N, T); }
field_list(A) ::= WRONG_FIELD.                          { A = list_mark(cx); }
field_list(A) ::= field_list(L) COMMA WRONG_FIELD.      { A = L; }

%type base {TypeExpr *}
base(A) ::= .                                           { A = NULL; }
base(A) ::= COLON type(T).                              { A = T; }

%type cases {Mark}
%type case_list {Mark}
%destructor cases { list_cut(cx, $$); }
%destructor case_list { list_cut(cx, $$); }
cases(A) ::= RBRACE.                                    { A = list_mark(cx); }
cases(A) ::= case_list(L) RBRACE.                       { A = L; }
cases(A) ::= case_list(L) COMMA RBRACE.                 { A = L; }
case_list(A) ::= NAME(N) values_of(P) number(V).        { A = list_begin_case(cx, N, P, V); }
case_list(A) ::= case_list(L) COMMA NAME(N) values_of(P) number(V). { A = list_add_case(cx, L, N, P, V); }
case_list(A) ::= WRONG_FIELD.                           { A = list_mark(cx); }
case_list(A) ::= case_list(L) COMMA WRONG_FIELD.        { A = L; }
%type values_of {Mark}
%destructor values_of { list_cut(cx, $$); }
values_of(A) ::= .                                      { A = list_mark(cx); }
values_of(A) ::= LPAREN payload(F).                     { A = F; }
%type number {Expr *}
number(A) ::= .                                         { A = NULL; }
number(A) ::= ASSIGN expr(V).                           { A = V; }

/* values */
declaration(A) ::= CONST NAME(N) type_note(T) ASSIGN value(V) SEMI. { A = make_const(cx, N, T, V, false); }
declaration(A) ::= CONFIG NAME(N) type_note(T) ASSIGN value(V) SEMI. { A = make_const(cx, N, T, V, true); }
declaration(A) ::= static(S) SEMI.                      { A = make_static_item(cx, S); }
declaration(A) ::= STATIC CHANNEL(C) channel_elem(T) LPAREN args(M) NAME(N) SEMI.
                                                        { A = make_static_channel(cx, C, T, M, N); }

%type static {Stmt *}
static(A) ::= STATIC(K) atomic(B) VAR NAME(N) type_note(T) initial(V) placement(P).
                                                        { A = make_static(cx, K, B, N, T, V, P); }
atomic(A) ::= .                                         { A = no_token(); }
atomic(A) ::= ATOMIC(T).                                { A = T; }
%type initial {Expr *}
initial(A) ::= .                                        { A = NULL; }
initial(A) ::= ASSIGN value(V).                         { A = V; }
%type placement {Placement *}
placement(A) ::= .                                      { A = NULL; }
placement(A) ::= placement(P) AT SECTION LPAREN STRING(S) RPAREN. { A = place_section(cx, P, S); }
placement(A) ::= placement(P) ALIGN LPAREN expr(E) RPAREN. { A = place_align(cx, P, E); }
placement(A) ::= placement(P) UNINIT.                   { A = place_uninit(cx, P); }

%type type_note {TypeExpr *}
type_note(A) ::= .                                      { A = NULL; }
type_note(A) ::= COLON type(T).                         { A = T; }

/* modules and C */
declaration(A) ::= IMPORT path(P) SEMI.                 { A = make_import(cx, P); }
%type path {ErrorName *}
path(A) ::= NAME(N).                                    { A = make_error_name(cx, N.u.name, N, N); }
path(A) ::= path(P) DOT NAME(N).                        { A = longer_path(P, N); }
declaration(A) ::= INCLUDE(T) STRING(S) SEMI.           { A = make_include(cx, T, S); }
declaration(A) ::= EXTERN(T) STRUCT NAME LBRACE fields(F). { A = drop_fields(cx, T, F, "extern struct"); }
declaration(A) ::= EXTERN(T) TYPE NAME SEMI.            { A = not_built(cx, T, "extern type"); }
declaration(A) ::= EXTERN(T) CONST NAME COLON type SEMI. { A = not_built(cx, T, "extern const"); }
declaration(A) ::= WIRE(T) STRUCT NAME LBRACE fields(F). { A = drop_fields(cx, T, F, "wire struct"); }
declaration(A) ::= WIRE(T) STRUCT NAME NAME LBRACE fields(F). { A = drop_fields(cx, T, F, "wire struct"); }
declaration(A) ::= MMIO(T) NAME COLON type AT expr SEMI. { A = not_built(cx, T, "mmio"); }
declaration(A) ::= MMIO(T) STRUCT NAME LBRACE registers. { A = not_built(cx, T, "mmio"); }
registers ::= RBRACE.
registers ::= register_list RBRACE.
registers ::= register_list COMMA RBRACE.
register_list ::= register.
register_list ::= register_list COMMA register.
register ::= NAME COLON type access.
register ::= NAME COLON type access LBRACE bits.
register ::= WRONG_FIELD.
access ::= .
access ::= NAME.
bits ::= RBRACE.
bits ::= bit_list RBRACE.
bits ::= bit_list COMMA RBRACE.
bit_list ::= bit.
bit_list ::= bit_list COMMA bit.
bit ::= NAME COLON expr access.
bit ::= NAME COLON expr RANGE expr access.
bit ::= WRONG_FIELD.

/* ---- written types ----------------------------------------------------------------------------------------------- */

%type type {TypeExpr *}
%type base_type {TypeExpr *}
type ::= base_type.
type(A) ::= base_type(T) QUESTION(Q).                   { A = type_optional(cx, T, Q); }
type(A) ::= AND(S) type(T).                             { A = type_prefix(cx, TYPE_EXPR_REF, S, false, T); }
type(A) ::= AND(S) MUT type(T).                         { A = type_prefix(cx, TYPE_EXPR_REF, S, true, T); }
type(A) ::= LBRACKET(S) RBRACKET type(T).               { A = type_prefix(cx, TYPE_EXPR_SLICE, S, false, T); }
type(A) ::= LBRACKET(S) RBRACKET MUT type(T).           { A = type_prefix(cx, TYPE_EXPR_SLICE, S, true, T); }
type(A) ::= LBRACKET(S) expr(N) RBRACKET type(T).       { A = type_array(cx, S, N, T); }

base_type(A) ::= NAME(N).                               { A = type_name(cx, NULL, N, N); }
base_type(A) ::= NAME(M) DOT NAME(N).                   { A = type_name(cx, M.u.name, M, N); }
base_type(A) ::= NAME(N) LBRACKET expr(E) RBRACKET(R).  { A = type_str(cx, N, E, R); }
base_type(A) ::= NAME(N) LT type_args(L) GT(R).         { A = type_apply(cx, N, L, R.span); }
base_type(A) ::= NAME(N) LT inner_args(L) SHR(R).       { A = type_apply(cx, N, L, R.span); }
base_type(A) ::= LPAREN(S) type(F) COMMA type_list(L) RPAREN(R). { A = type_tuple_of(cx, S, F, L, R); }

%type type_list {Mark}
%destructor type_list { list_cut(cx, $$); }
type_list(A) ::= type(T).                               { A = list_begin_pointer(cx, T); }
type_list(A) ::= type_list(L) COMMA type(T).            { A = list_add_pointer(cx, L, T); }

%type type_args {Mark}
%destructor type_args { list_cut(cx, $$); }
type_args(A) ::= type_arg(T).                           { A = list_begin_pointer(cx, T); }
type_args(A) ::= type_args(L) COMMA type_arg(T).        { A = list_add_pointer(cx, L, T); }
%type type_arg {TypeExpr *}
type_arg ::= type.
type_arg(A) ::= size(N).                                { A = type_count(cx, N); }

/* Arguments of which the last ends in `>`, as in Sender<list<u8, 4>>: the `>>` closes it and what it stands in. */
%type inner_args {Mark}
%destructor inner_args { list_cut(cx, $$); }
inner_args(A) ::= open_type(T).                         { A = list_begin_pointer(cx, T); }
inner_args(A) ::= type_args(L) COMMA open_type(T).      { A = list_add_pointer(cx, L, T); }
%type open_type {TypeExpr *}
open_type(A) ::= NAME(N) LT type_args(L).               { A = type_apply(cx, N, L, N.span); }
open_type(A) ::= AND(S) open_type(T).                   { A = type_prefix(cx, TYPE_EXPR_REF, S, false, T); }
open_type(A) ::= AND(S) MUT open_type(T).               { A = type_prefix(cx, TYPE_EXPR_REF, S, true, T); }
open_type(A) ::= LBRACKET(S) RBRACKET open_type(T).     { A = type_prefix(cx, TYPE_EXPR_SLICE, S, false, T); }
open_type(A) ::= LBRACKET(S) RBRACKET MUT open_type(T). { A = type_prefix(cx, TYPE_EXPR_SLICE, S, true, T); }
open_type(A) ::= LBRACKET(S) expr(N) RBRACKET open_type(T). { A = type_array(cx, S, N, T); }

/* The N of list<T, N>: no `>` in it, and a lone name counts as a type until `list` takes it. */
%type size {Expr *}
%type size_part {Expr *}
size(A) ::= INT(T).                                     { A = make_literal(cx, EXPR_INT, T); }
size(A) ::= LPAREN(L) size_part(E) RPAREN(R).           { A = make_paren(L, E, R); }
size(A) ::= size_part(L) PLUS(T) size_part(R).          { A = make_binary(cx, L, T, R); }
size(A) ::= size_part(L) MINUS(T) size_part(R).         { A = make_binary(cx, L, T, R); }
size(A) ::= size_part(L) STAR(T) size_part(R).          { A = make_binary(cx, L, T, R); }
size(A) ::= size_part(L) TIMES(T) size_part(R).         { A = make_binary(cx, L, T, R); }
size(A) ::= size_part(L) SHL(T) size_part(R).           { A = make_binary(cx, L, T, R); }
size_part ::= size.
size_part(A) ::= NAME(N).                               { A = make_name(cx, N); }
size_part(A) ::= NAME(M) DOT NAME(N).                   { A = make_field(cx, make_name(cx, M), N); }

/* ---- statements -------------------------------------------------------------------------------------------------- */

%type block {Block *}
block(A) ::= LBRACE(L) stmts(S) RBRACE(R).              { A = make_block(cx, L, S, NULL, R); }
block(A) ::= LBRACE(L) stmts(S) expr(V) RBRACE(R).      { A = make_block(cx, L, S, V, R); }

%type stmts {Mark}
%destructor stmts { list_cut(cx, $$); }
stmts(A) ::= .                                          { A = list_mark(cx); }
stmts(A) ::= stmts(L) stmt(S).                          { A = list_add_pointer(cx, L, S); }
stmts(A) ::= stmts(L) SEMI.                             { A = L; }
stmts(A) ::= stmts(L) WRONG_STMT(T).                    { A = list_add_pointer(cx, L, make_wrong_stmt(cx, T)); }
stmts(A) ::= stmts(L) WRONG_HEAD(T) block wrong_tail.   { A = list_add_pointer(cx, L, make_wrong_stmt(cx, T)); }
wrong_tail ::= clauses(L).                              { list_cut(cx, L); }
wrong_tail ::= ELSE block.
wrong_tail ::= ELSE if.

%type stmt {Stmt *}

/* variables */
stmt(A) ::= binder(K) names(N) SEMI(E).                 { A = make_let(cx, K, N, NULL, NULL, E); }
stmt(A) ::= binder(K) names(N) ASSIGN value(V) SEMI(E). { A = make_let(cx, K, N, NULL, V, E); }
stmt(A) ::= binder(K) names(N) COLON type(T) SEMI(E).   { A = make_let(cx, K, N, T, NULL, E); }
stmt(A) ::= binder(K) names(N) COLON type(T) ASSIGN value(V) SEMI(E). { A = make_let(cx, K, N, T, V, E); }
stmt(A) ::= static(S) SEMI(E).                          { A = end_stmt(S, E); }

binder ::= LET.
binder ::= VAR.
%type names {Mark}
%type name_list {Mark}
%destructor names { list_cut(cx, $$); }
%destructor name_list { list_cut(cx, $$); }
names(A) ::= NAME(N).                                   { A = list_begin_var(cx, N); }
names(A) ::= LPAREN name_list(L) RPAREN.                { A = L; }
name_list(A) ::= NAME(N).                               { A = list_begin_var(cx, N); }
name_list(A) ::= name_list(L) COMMA NAME(N).            { A = list_add_var(cx, L, N); }

/* values */
stmt(A) ::= expr(T) ASSIGN value(V) SEMI(E).            { A = make_assign(cx, T, V, E); }
stmt(A) ::= expr(T) ASSIGN_OP(O) value(V) SEMI(E).      { A = make_assign_op(cx, T, O, V, E); }
stmt(A) ::= expr(V) SEMI(E).                            { A = make_expr_stmt(cx, V, E); }
stmt(A) ::= expr(C) AS NAME(N) SEMI(E).                 { A = make_task(cx, C, N, E); }
stmt(A) ::= expr(O) DOT START_BLOCK(M) block(B).        { A = make_child(cx, O, M, B, no_token()); }
stmt(A) ::= expr(O) DOT START_BLOCK(M) block(B) AS NAME(N) SEMI. { A = make_child(cx, O, M, B, N); }
stmt(A) ::= ASSERT(T) expr(C) SEMI(E).                  { A = make_assert(cx, T, C, NULL, E); }
stmt(A) ::= ASSERT(T) expr(C) COMMA value(W) SEMI(E).   { A = make_assert(cx, T, C, W, E); }

/* control */
stmt(A) ::= block(B).                                   { A = make_block_stmt(cx, B); }
stmt ::= if.
stmt ::= loop.
stmt(A) ::= NAME(L) COLON loop(S).                      { A = label_loop(S, L); }
stmt(A) ::= MATCH(T) expr(E) LBRACE(B) arms(L) RBRACE.  { A = make_match(cx, T, E, B, L); }
stmt(A) ::= JUMP(T) SEMI(E).                            { A = make_jump(cx, T, no_token(), E); }
stmt(A) ::= JUMP(T) NAME(L) SEMI(E).                    { A = make_jump(cx, T, L, E); }
stmt(A) ::= RETURN(T) SEMI(E).                          { A = make_return(cx, T, NULL, E); }
stmt(A) ::= RETURN(T) value(V) SEMI(E).                 { A = make_return(cx, T, V, E); }
stmt(A) ::= RAISE(T) SEMI(E).                           { A = make_raise(cx, T, NULL, E); }
stmt(A) ::= RAISE(T) expr(V) SEMI(E).                   { A = make_raise(cx, T, V, E); }
stmt(A) ::= TRY(T) block(B) clauses(L).                 { A = make_try(cx, T, B, L); }
stmt(A) ::= BODY(T) block(B).                           { A = make_body(cx, T, B); }

%type if {Stmt *}
if(A) ::= IF(T) cond(C) block(B) else(E).               { A = make_if(cx, T, C, B, E); }
if(A) ::= IF(T) CONST cond(C) block(B) else(E).         { A = make_if_const(cx, T, C, B, E); }
if(A) ::= IF(T) LET NAME(N) ASSIGN expr(C) block(B) else(E). { A = make_if_let(cx, T, N, C, B, E); }
%type else {Block *}
else(A) ::= .                                           { A = NULL; }
else(A) ::= ELSE block(B).                              { A = B; }
else(A) ::= ELSE if(I).                                 { A = block_of_if(cx, I); }

%type cond {Expr *}
cond ::= expr.
cond(A) ::= expr(L) ASSIGN(T) expr(R).                  { A = make_equal(cx, L, T, R); }

%type loop {Stmt *}
loop(A) ::= WHILE(T) cond(C) block(B).                  { A = make_while(cx, T, C, B); }
loop(A) ::= LOOP(T) block(B).                           { A = make_loop(cx, T, B); }
loop(A) ::= FOR(T) NAME(N) IN range(E) block(B).        { A = make_for(cx, T, no_token(), N, E, B); }
loop(A) ::= FOR(T) NAME(I) COMMA NAME(N) IN range(E) block(B). { A = make_for(cx, T, I, N, E, B); }
loop(A) ::= EVERY(T) expr(E) as(N) block(B).            { A = make_every(cx, T, E, N, B); }
loop(A) ::= ASYNC(T) FOR NAME(N) IN expr(E) block(B).   { A = make_async_for(cx, T, N, E, B); }
loop(A) ::= ASYNC(T) FOR NAME(N) IN expr(E) SHIELD(S) block(B). { A = make_shielded_for(cx, T, N, E, S, B); }

%type range {Expr *}
range ::= expr.
range(A) ::= expr(L) RANGE(T) expr(R).                  { A = make_range(cx, L, T, R); }

%type arms {Mark}
%destructor arms { list_cut(cx, $$); }
arms(A) ::= .                                           { A = list_mark(cx); }
arms(A) ::= arms(L) pattern(P) guard(G) FAT_ARROW block(B). { A = list_add_arm(cx, L, P, G, B); }
arms(A) ::= arms(L) WRONG_ARM.                          { A = L; }
%type guard {Expr *}
guard(A) ::= .                                          { A = NULL; }
guard(A) ::= IF cond(C).                                { A = C; }

%type clauses {Mark}
%destructor clauses { list_cut(cx, $$); }
clauses(A) ::= .                                        { A = list_mark(cx); }
clauses(A) ::= clauses(L) clause(C).                    { A = list_add_pointer(cx, L, C); }
%type clause {Clause *}
clause(A) ::= CATCH(T) star(S) caught(E) as(N) block(B). { A = make_clause(cx, T, S, E, N, B); }
%type caught {Mark}
%destructor caught { list_cut(cx, $$); }
caught(A) ::= error_name(N).                            { A = list_begin_error(cx, N, no_token()); }
caught(A) ::= caught(L) OR error_name(N).               { A = list_add_error(cx, L, N, no_token()); }

/* The name of `as name`; an empty token if there is none. */
as(A) ::= .                                             { A = no_token(); }
as(A) ::= AS NAME(N).                                   { A = N; }

/* tasks and scopes */
stmt(A) ::= NURSERY(T) NAME(N) block(B).                { A = make_nursery(cx, T, N, NULL, B); }
stmt(A) ::= NURSERY(T) NAME(N) LBRACKET expr(C) RBRACKET block(B). { A = make_nursery(cx, T, N, C, B); }
stmt(A) ::= NURSERY(T) NAME(N) LBRACKET DYNAMIC RBRACKET block(B). { A = make_dynamic_nursery(cx, T, N, B); }
stmt(A) ::= NURSERY(T) NAME(N) LPAREN(P) args(L) block(B). { A = make_nursery_with(cx, T, N, P, L, B); }
stmt(A) ::= TIMED(T) expr(E) shield(S) as(N) block(B) scope_else(O). { A = make_scope(cx, T, E, S, N, B, O); }
stmt(A) ::= CANCEL_SCOPE(T) shield(S) as(N) block(B) scope_else(O). { A = make_scope(cx, T, NULL, S, N, B, O); }
stmt(A) ::= SHIELD(T) as(N) block(B) scope_else(O).     { A = make_scope(cx, T, NULL, T, N, B, O); }
shield(A) ::= .                                         { A = no_token(); }
shield(A) ::= SHIELD(T).                                { A = T; }
%type scope_else {Block *}
scope_else(A) ::= .                                     { A = NULL; }
scope_else(A) ::= ELSE block(B).                        { A = B; }

stmt(A) ::= ASYNC(T) WITH expr(E) block(B).             { A = make_with(cx, T, E, B); }
stmt(A) ::= GROUP(T) block(B).                          { A = make_group(cx, T, B); }
stmt(A) ::= SELECT(T) LBRACE(B) select_arms(L) RBRACE.  { A = make_select(cx, T, B, L); }

%type select_arms {Mark}
%destructor select_arms { list_cut(cx, $$); }
select_arms(A) ::= .                                    { A = list_mark(cx); }
select_arms(A) ::= select_arms(L) select_arm(S).        { A = list_add_select_arm(cx, L, S); }
select_arms(A) ::= select_arms(L) WRONG_ARM.            { A = L; }
%type select_arm {SelectArm *}
select_arm(A) ::= AWAIT(T) expr(E) as(N) guard(G) FAT_ARROW block(B).
    { A = make_select_arm(cx, SELECT_AWAIT, T, E, N, G, B); }
select_arm(A) ::= AFTER(T) expr(E) guard(G) FAT_ARROW block(B).
    { A = make_select_arm(cx, SELECT_AFTER, T, E, no_token(), G, B); }
select_arm(A) ::= AT(T) expr(E) guard(G) FAT_ARROW block(B).
    { A = make_select_arm(cx, SELECT_AT, T, E, no_token(), G, B); }
select_arm(A) ::= ELSE(T) guard(G) FAT_ARROW block(B).
    { A = make_select_arm(cx, SELECT_ELSE, T, NULL, no_token(), G, B); }

/* ---- patterns ---------------------------------------------------------------------------------------------------- */

%type pattern {Pattern *}
pattern(A) ::= alternatives(L).                         { A = make_pattern(cx, L); }
%type alternatives {Mark}
%destructor alternatives { list_cut(cx, $$); }
alternatives(A) ::= alternative(P).                     { A = list_begin_pointer(cx, P); }
alternatives(A) ::= alternatives(L) OR alternative(P).  { A = list_add_pointer(cx, L, P); }

%type alternative {Pattern *}
alternative(A) ::= limit(E).                            { A = pattern_value(cx, E); }
alternative(A) ::= limit(L) RANGE(T).                   { A = pattern_range(cx, L, T, NULL); }
alternative(A) ::= limit(L) RANGE(T) limit(R).          { A = pattern_range(cx, L, T, R); }
alternative(A) ::= RANGE(T) limit(R).                   { A = pattern_range(cx, NULL, T, R); }
alternative(A) ::= case_name(E) LPAREN patterns(L).     { A = pattern_case(cx, E, L); }

%type patterns {List}
%type pattern_list {Mark}
%destructor patterns { list_cut(cx, $$.mark); }
%destructor pattern_list { list_cut(cx, $$); }
patterns(A) ::= RPAREN(R).                              { A = (List){list_mark(cx), R.span}; }
patterns(A) ::= pattern_list(L) RPAREN(R).              { A = (List){L, R.span}; }
patterns(A) ::= pattern_list(L) COMMA RPAREN(R).        { A = (List){L, R.span}; }
pattern_list(A) ::= pattern(P).                         { A = list_begin_pointer(cx, P); }
pattern_list(A) ::= pattern_list(L) COMMA pattern(P).   { A = list_add_pointer(cx, L, P); }

%type limit {Expr *}
limit(A) ::= INT(T).                                    { A = make_literal(cx, EXPR_INT, T); }
limit(A) ::= MINUS(S) INT(T).                           { A = make_negative(cx, S, T); }
limit(A) ::= DURATION(T).                               { A = make_literal(cx, EXPR_DURATION, T); }
limit(A) ::= BOOL(T).                                   { A = make_literal(cx, EXPR_BOOL, T); }
limit(A) ::= NONE(T).                                   { A = make_literal(cx, EXPR_NONE, T); }
limit(A) ::= STRING(T).                                 { A = make_string(cx, T); }
limit ::= case_name.
%type case_name {Expr *}
case_name(A) ::= NAME(N).                               { A = make_name(cx, N); }
case_name(A) ::= case_name(E) DOT NAME(N).              { A = make_field(cx, E, N); }

/* ---- expressions ------------------------------------------------------------------------------------------------- */

/* Where a value is wanted, `if` and `race` are expressions too; at the start of a statement they are statements. */
%type value {Expr *}
value ::= expr.
value ::= if_value.
value(A) ::= GROUP(T) block(B).                         { A = make_race(cx, T, B); }

%type if_value {Expr *}
if_value(A) ::= IF(T) cond(C) block(B) ELSE block(E).   { A = make_if_value(cx, T, C, B, E); }
if_value(A) ::= IF(T) cond(C) block(B) ELSE if_value(E). { A = make_if_value(cx, T, C, B, block_of_value(cx, E)); }

%type expr {Expr *}
expr(A) ::= NAME(T).                                    { A = make_name(cx, T); }
expr(A) ::= INT(T).                                     { A = make_literal(cx, EXPR_INT, T); }
expr(A) ::= FLOAT(T).                                   { A = make_float(cx, T); }
expr(A) ::= DURATION(T).                                { A = make_literal(cx, EXPR_DURATION, T); }
expr(A) ::= BOOL(T).                                    { A = make_literal(cx, EXPR_BOOL, T); }
expr(A) ::= NONE(T).                                    { A = make_literal(cx, EXPR_NONE, T); }
expr(A) ::= STRING(T).                                  { A = make_string(cx, T); }
expr(A) ::= BYTES(T).                                   { A = make_bytes(cx, T); }
expr(A) ::= pieces(L) STRING_TAIL(T).                   { A = make_interpolation(cx, L, T); }
expr(A) ::= LPAREN(L) value(E) RPAREN(R).               { A = make_paren(L, E, R); }
expr(A) ::= LPAREN(L) value(F) COMMA values(M) RPAREN(R). { A = make_tuple(cx, L, F, M, R); }
expr(A) ::= LBRACKET(L) RBRACKET(R).                    { A = make_array(cx, L, list_mark(cx), R); }
expr(A) ::= LBRACKET(L) values(M) RBRACKET(R).          { A = make_array(cx, L, M, R); }
expr(A) ::= LBRACKET(L) values(M) COMMA RBRACKET(R).    { A = make_array(cx, L, M, R); }
expr(A) ::= LBRACKET(L) value(V) SEMI value(N) RBRACKET(R). { A = make_repeat(cx, L, V, N, R); }
expr(A) ::= CHANNEL(C) channel_elem(T) LPAREN args(M).  { A = make_channel(cx, C, T, M); }

%type values {Mark}
%destructor values { list_cut(cx, $$); }
values(A) ::= value(E).                                 { A = list_begin_pointer(cx, E); }
values(A) ::= values(L) COMMA value(E).                 { A = list_add_pointer(cx, L, E); }

/* The text pieces and holes of an interpolated string, up to its tail. */
%type pieces {Pieces}
%destructor pieces { list_cut(cx, $$.mark); }
pieces(A) ::= STRING_HEAD(T) hole(E) format(F).         { A = begin_pieces(cx, T, E, F); }
pieces(A) ::= pieces(L) STRING_MIDDLE(T) hole(E) format(F). { A = add_piece(cx, L, T, E, F); }
%type hole {Expr *}
hole(A) ::= .                                           { A = NULL; }
hole ::= value.
format(A) ::= .                                         { A = no_token(); }
format(A) ::= FORMAT(T).                                { A = T; }

%type channel_elem {TypeExpr *}
channel_elem(A) ::= LT type(T) GT.                      { A = T; }
channel_elem(A) ::= LT open_type(T) SHR(R).             { A = close_type(T, R.span); }

/* postfix */
expr(A) ::= expr(E) DOT NAME(N).                        { A = make_field(cx, E, N); }
expr(A) ::= expr(E) LPAREN args(L).                     { A = make_call(cx, E, L); }
expr(A) ::= expr(E) LBRACKET expr(I) RBRACKET(R).       { A = make_index(cx, E, I, R); }
expr(A) ::= expr(E) LBRACKET bound(L) RANGE(T) bound(H) RBRACKET(R). { A = make_slice(cx, E, L, T, H, R); }
%type bound {Expr *}
bound(A) ::= .                                          { A = NULL; }
bound ::= expr.

%type args {List}
%type arg_list {Mark}
%destructor args { list_cut(cx, $$.mark); }
%destructor arg_list { list_cut(cx, $$); }
args(A) ::= RPAREN(R).                                  { A = (List){list_mark(cx), R.span}; }
args(A) ::= arg_list(L) RPAREN(R).                      { A = (List){L, R.span}; }
args(A) ::= arg_list(L) COMMA RPAREN(R).                { A = (List){L, R.span}; }
arg_list(A) ::= value(V).                               { A = list_begin_arg(cx, no_token(), V); }
arg_list(A) ::= NAME(N) COLON value(V).                 { A = list_begin_arg(cx, N, V); }
arg_list(A) ::= arg_list(L) COMMA value(V).             { A = list_add_arg(cx, L, no_token(), V); }
arg_list(A) ::= arg_list(L) COMMA NAME(N) COLON value(V). { A = list_add_arg(cx, L, N, V); }

/* prefix */
expr(A) ::= MINUS(T) expr(E). [NOT]                     { A = make_unary(cx, OP_NEG, T, E); }
expr(A) ::= NOT(T) expr(E).                             { A = make_unary(cx, OP_NOT, T, E); }
expr(A) ::= INVERT(T) expr(E).                          { A = make_unary(cx, OP_INVERT, T, E); }
expr(A) ::= STAR(T) expr(E). [NOT]                      { A = make_prefix(cx, EXPR_DEREF, T, E); }
expr(A) ::= AND(T) expr(E). [NOT]                       { A = make_prefix(cx, EXPR_REF, T, E); }
expr(A) ::= AND(T) MUT expr(E). [NOT]                   { A = make_ref_mut(cx, T, E); }
expr(A) ::= AWAIT(T) expr(E).                           { A = make_prefix(cx, EXPR_AWAIT, T, E); }

/* infix */
expr(A) ::= expr(E) CAST NAME(N).                       { A = make_cast(cx, E, N); }
expr(A) ::= expr(L) TIMES(T) expr(R).                   { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) STAR(T) expr(R).                    { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) PLUS(T) expr(R).                    { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) MINUS(T) expr(R).                   { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) SHL(T) expr(R).                     { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) SHR(T) expr(R).                     { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) AND(T) expr(R).                     { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) XOR(T) expr(R).                     { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) OR(T) expr(R).                      { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) COMPARE(T) expr(R).                 { A = make_compare(cx, L, T, R); }
expr(A) ::= expr(L) LT(T) expr(R).                      { A = make_compare(cx, L, T, R); }
expr(A) ::= expr(L) GT(T) expr(R).                      { A = make_compare(cx, L, T, R); }
expr(A) ::= expr(L) LOGIC_AND(T) expr(R).               { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) LOGIC_OR(T) expr(R).                { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(L) COALESCE(T) expr(R).                { A = make_binary(cx, L, T, R); }
expr(A) ::= expr(E) clause(C). [CATCH]                  { A = make_catch(cx, E, C); }

/* ---- the parser as the rest sees it ------------------------------------------------------------------------------ */

%code {
size_t parser_size(void) { return sizeof(yyParser); }

void parser_begin(Parser *parser, Syntax *cx) { trc_parser_Init(parser, cx); }

void parser_feed(Parser *parser, int kind, Token token) { trc_parser_(parser, kind, token); }

void parser_end(Parser *parser) { trc_parser_Finalize(parser); }

static uint32_t height(const yyParser *parser) { return (uint32_t)(parser->yytos - parser->yystack); }

uint32_t parser_height(const Parser *raw) { return height((const yyParser *)raw); }

int parser_symbol(const Parser *raw, uint32_t at, Token *token) {
    const yyStackEntry *entry = &((const yyParser *)raw)->yystack[at];
    if (entry->major >= YYNTOKEN) return 0;
    *token = entry->minor.yy0;
    return entry->major;
}

bool parser_pop(Parser *raw) {
    yyParser *parser = (yyParser *)raw;
    if (height(parser) == 0) return false;
    yy_pop_parser_stack(parser);
    return true;
}

/* What the stack would become: the real one below `floor`, `states` on top. */
typedef struct Trial {
    const yyParser *parser;
    uint32_t floor, count;
    YYACTIONTYPE states[128];
} Trial;

static YYACTIONTYPE trial_top(const Trial *trial) {
    return trial->count ? trial->states[trial->count - 1] : trial->parser->yystack[trial->floor - 1].stateno;
}

static bool trial_push(Trial *trial, YYACTIONTYPE state) {
    if (trial->count == sizeof trial->states / sizeof *trial->states) return false;
    trial->states[trial->count++] = state;
    return true;
}

static bool trial_reduce(Trial *trial, uint32_t rule) {
    uint32_t pops = (uint32_t)-yyRuleInfoNRhs[rule];
    uint32_t own = pops < trial->count ? pops : trial->count;
    trial->count -= own;
    trial->floor -= pops - own;
    return trial_push(trial, yy_find_reduce_action(trial_top(trial), yyRuleInfoLhs[rule]));
}

static bool trial_take(Trial *trial, int kind) {
    for (;;) {
        YYACTIONTYPE action = yy_find_shift_action((YYCODETYPE)kind, trial_top(trial));
        if (action >= YY_MIN_REDUCE) {
            if (!trial_reduce(trial, action - YY_MIN_REDUCE)) return false;
        } else if (action <= YY_MAX_SHIFTREDUCE) {
            return trial_push(trial, action > YY_MAX_SHIFT ? action + YY_MIN_REDUCE - YY_MIN_SHIFTREDUCE : action);
        } else {
            return action == YY_ACCEPT_ACTION;
        }
    }
}

bool parser_takes(const Parser *raw, const int *kinds, size_t count) {
    Trial trial = {.parser = (const yyParser *)raw};
    trial.floor = height(trial.parser) + 1;
    for (size_t i = 0; i < count; i++) {
        if (!trial_take(&trial, kinds[i])) return false;
    }
    return true;
}
}
