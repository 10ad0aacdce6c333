/* emit_internal: private to the emit_*.c files. One function is emitted at a time, into a text of its own, as its head
   depends on what its body turned out to need. */
#ifndef TRC_EMIT_INTERNAL_H
#define TRC_EMIT_INTERNAL_H

#include "emit.h"
#include "out.h"

/* The pieces of both files, in their order in them. */
typedef enum Section {
    SECTION_TYPES, SECTION_LEAF, SECTION_LEAVES, SECTION_FRAMES,
    SECTION_HEADER_END,            /* what stands before is the header's */
    SECTION_CONSTANTS = SECTION_HEADER_END, SECTION_PROTOTYPES, SECTION_HELPERS, SECTION_SHAPES, SECTION_PUBLIC, SECTION_FUNCTIONS,
    SECTION_COUNT
} Section;

/* What emit knows of a function as long as the program lasts: IrFn.emit. */
typedef struct EmitFn {
    const char *name;              /* app_work: of its frame; app_work_step and so on are reserved with it */
    bool done;                     /* its text stands */
    bool needs_app;                /* a plain function: takes the program object */
    bool has_racer;                /* its step in a race has been written */
    bool has_slot[2], has_task[2]; /* its slot struct, its step as a task's have been written; by IrChild.scoped */
    bool is_union;                 /* result or errors share the bytes of its fields */
    uint32_t tasks;                /* an async function: that can live at once in its frame; above a limit, just more */
} EmitFn;

/* What surrounds the statement that is being emitted. */
typedef enum FenceKind { FENCE_LOOP, FENCE_BODY, FENCE_CLEANUP, FENCE_TRY } FenceKind;
typedef struct Fence {
    struct Fence *outer;
    FenceKind kind;
    const IrStmt *stmt;            /* LOOP, TRY */
    const IrRegion *region;        /* BODY, CLEANUP */
    bool sole;                     /* BODY: there is one way out: which one need not be noted */
    bool broken, continued;        /* LOOP: somebody jumps to its label */
    bool plain_step;               /* LOOP: its step stands in the head of a C for */
    bool raised;                   /* CLEANUP: errors may be on their way */
    uint8_t may;                   /* how somebody unwinds to here: RAISED, CANCELLED */
    uint32_t gotos;                /* jumps to the label at its end */
    bool handed_on;                /* BODY: why is set already where its text ends */
} Fence;

/* Something that may be left: how, and with which errors. */
typedef struct Way {
    const char *status;            /* C text of the status */
    uint8_t may;                   /* RAISED, CANCELLED: what it can be */
    const IrVar *errs;             /* where the leaves are, if it may be raised; NULL: at home already (leaves_home) */
} Way;
enum { RAISED = 2, CANCELLED = 4, RAISED_OR_CANCELLED = 6 };

/* Where leaves go: a variable, or what the function hands out. */
typedef struct Home {
    const IrVar *var;              /* NULL: the function's own errors */
} Home;

typedef struct LeavesText { uint32_t count; const char *name; } LeavesText;

typedef struct FnText {
    IrFn *fn;
    Out text;                      /* the body */
    const char **names;            /* by variable: how C calls it; in the frame with the way to it */
    uint8_t *marks;                /* by variable: VAR_SEEN, VAR_READ, VAR_DOUBTED */
    const IrRegion **first;        /* by variable: what it was first written in, if jumps lead out of that */
    const IrVar **same;            /* by variable: the one in whose place it lies, or NULL */
    Bits closed;                   /* by region's number: its body stands */
    Fence *fence;                  /* innermost */
    bool uses_app, uses_frame, uses_status, uses_tried;
    bool uses_ret, uses_errs;      /* of a plain function: what it hands out by reference */
    Bits points;                   /* by resume point - 1: its label stands */
    const char *at;                /* the field that holds the resume point */
    bool returned;                 /* its last statement has returned on every way */
    const IrVar *ends;             /* this variable's value is that of `s == TR_RAISED` */
} FnText;
/* DOUBTED: it is written before it is read, but C compilers cannot see it: the jump that leads from one to the other
   passes through a cleanup. Such a local variable begins with a value. */
enum { VAR_SEEN = 1, VAR_READ = 2, VAR_DOUBTED = 4 };

/* A value may hold values, a text's $ letters print values, places and types, and a region holds a block. What the rooms
   beneath need of these goes back up through this table, and so every room knows only those beneath it. */
typedef struct EmitUp {
    void (*expr)(Emitter *e, const IrExpr *expr);
    void (*operand)(Emitter *e, const IrExpr *expr);
    void (*place)(Emitter *e, const IrExpr *expr, bool read);
    void (*object)(Emitter *e, const IrExpr *pointer);
    const char *(*type)(Emitter *e, Type *type);
    void (*block)(Emitter *e, const IrBlock *block);
} EmitUp;

struct Emitter {
    const EmitUp *up;
    IrProgram *ir;
    Types *types;
    Arena *arena;                  /* of what lasts as long as the emitter */
    const char *app;
    Idents idents;
    Out *out;                      /* where text goes now */
    Out sections[SECTION_COUNT];
    Texts full[SECTION_COUNT];     /* what the sections held before: full pieces */
    Buf spare;                     /* of the last function's text, for the next one */
    FnText fn;
    Opened opened[OPENED_MAX];     /* of fn.text */
    Arena scratch;                 /* of one function */
    struct TypeText *type_texts; /* by Type.id */
    uint32_t type_capacity;
    const char **constants;        /* by index in IrProgram.globals: their names, once they are used */
    Idents error_idents;           /* names of the fields in the leaf's union */
    VEC(const char *) error_names; /* by number - 1: of its fields in the leaf's union; NULL if it has none */
    VEC(LeavesText) leaves;        /* the structs of leaves there are */
    bool has_groups;               /* references to groups occur */
    bool leaf_rt;                  /* an error holds an instant, so printing one needs the program's start */
    VEC(const char *) files;       /* by index in Sources: the constant with its name; NULL if not used */
    uint64_t helpers;              /* bits by Helper: written */
    uint32_t features;             /* bits by Feature */
    struct { bool any; uint32_t item_bytes, capacity; } channels; /* 0: not the same for all there are */
    VEC(const char *) steps;       /* IrProgram.numbered: names of the tasks' steps, by number - 1 */
};

/* Alone: after =, between commas. */
static inline void put_expr(Emitter *e, const IrExpr *expr) { e->up->expr(e, expr); }
/* As part of a larger one. */
static inline void put_operand(Emitter *e, const IrExpr *expr) { e->up->operand(e, expr); }
static inline void emit_block(Emitter *e, const IrBlock *block) { e->up->block(e, block); }

/* ---- emit_names.c ---- */

const char *reserve(Emitter *e, const char *format, const char *what); /* a name of the file, with %s for `what` */
extern const char *const fn_endings[];
EmitFn *emit_fn_of(Emitter *e, IrFn *fn);
const char *field_name(Emitter *e, const FieldList *fields, uint32_t index);
void name_vars(Emitter *e);
void put_var(Emitter *e, const IrVar *var, bool read);
const char *local_name(Emitter *e, const char *name); /* one that would hide a name of the file gets another */
const char *param_name(Emitter *e, const IrVar *param); /* in the head of a function */
Str base_name(Str path);                           /* without its folders */
const char *case_field(Emitter *e, const EnumCase *of); /* of its fields in the union */
const char *static_name(Emitter *e, const struct IrGlobal *global);

/* ---- emit_text.c: putting text together ---- */

/* Writes `format` to e->out. In it
       @   the program's name             $s  a C string          $n  a uint32_t          $i  an int64_t
       $e  an IrExpr, as an operand       $x  an IrExpr, alone    $p  an IrExpr of reference type, as an operand of -> 
       $v  an IrVar that is read          $w  an IrVar that is not
       $t  a Type                         $k  what names of an IrChild's slot and step begin with
                                          $f  an IrFn's name      $l  where a check of this IrExpr points: file, line */
void put(Emitter *e, const char *format, ...);
void line(Emitter *e, const char *format, ...);   /* a line of code */
void plain(Emitter *e, const char *format, ...);  /* a line without: a brace, a declaration */
void open_line(Emitter *e, const char *format, ...); /* a line of code that opens a block */
void close_line(Emitter *e, const char *format, ...); /* ends a block */
void label(Emitter *e, const char *format, ...);
static inline void put_text(Emitter *e, const char *text) { buf_bytes(&e->out->text, text, strlen(text)); }
void put_string(Emitter *e, Str text, bool utf8); /* a literal, or if it is too long for one, a constant */

/* A piece of text that stands for itself: written to the end, then added to a section. */
typedef struct Aside { Out text; Out *out; } Aside;
void aside_begin(Emitter *e, Aside *aside);
void aside_end(Emitter *e, Aside *aside, Section section);
const char *file_name(Emitter *e, const Source *source); /* the constant that holds a source's name */
void put_where(Emitter *e, uint32_t line);        /* file, line */

/* ---- emit_types.c ---- */

const char *type_c(Emitter *e, Type *type);       /* as written before a name; defines it */
const char *type_part(Emitter *e, Type *type);    /* as part of a name: arr_3_i32 */
void put_declared(Emitter *e, const char *type, const char *name); /* T name, T *name */
const char *count_type(uint64_t most);
bool is_scalar(const Type *type);                 /* C can assign, compare and initialise it as one value */
const char *case_constant(Emitter *e, const EnumCase *of); /* its number, or its tag; NULL: it has no name */
/* Functions that go with a type, written when first needed. */
typedef enum TypeHelper {
    TYPE_SAME, TYPE_PUT, TYPE_PUSH, TYPE_PUSH_BYTE, TYPE_POP, TYPE_REMOVE, TYPE_STORE, TYPE_CUT, TYPE_FILL, TYPE_FROM,
    TYPE_TRY_RECEIVE, TYPE_HELPERS
} TypeHelper;
/* Its name; true the first time: it has to be written. */
bool type_helper(Emitter *e, Type *type, TypeHelper helper, const char **name);

/* ---- emit_helper.c: functions of the generated file that are written when first needed ---- */

typedef enum Helper {
    HELPER_OUT, HELPER_ERROR_OUT, HELPER_MOVE, HELPER_PUT_DOWN, HELPER_TAKE, HELPER_DROP,
    HELPER_ANY, HELPER_PUT_LEAF, HELPER_NAMES, HELPER_WHERE, HELPER_QUOTED, HELPER_STR_FROM, HELPER_CALLED,
    HELPER_WAIT_TIME, HELPER_SITES, HELPER_FLOAT_I64, HELPER_FLOAT_U64, HELPER_STR_BYTES
} Helper;
void need(Emitter *e, Helper helper);
static inline bool is_needed(const Emitter *e, Helper helper) { return e->helpers >> helper & 1; }

/* ---- emit_leaf.c: leaves of errors ---- */

const char *leaves_type(Emitter *e, uint32_t count);
const char *error_field(Emitter *e, const ErrorDecl *error);
void emit_leaf_types(Emitter *e);
void put_leaves(Emitter *e, const IrVar *var, const char *field);
void put_home(Emitter *e, Home home, const char *field);
void emit_move(Emitter *e, Home home, const char *leaf, const char *count);
void emit_move_var(Emitter *e, Home home, const IrVar *from);
void emit_count_one(Emitter *e, Home home);
void emit_site(Emitter *e, Home home, const char *site); /* one leaf without fields */
const char *site_text(Emitter *e, uint32_t site);

/* ---- emit_frame.c ---- */

void emit_frame(Emitter *e);                      /* of e->fn */
void emit_begin_fn(Emitter *e);
void need_slot(Emitter *e, IrChild child);
void need_task(Emitter *e, IrChild child);
void need_racer(Emitter *e, IrFn *fn);
const char *step_text(Emitter *e, IrChild child); /* how a task of it knows its step: see tr_step_id */
const char *racer_text(Emitter *e, IrFn *fn);     /* the same in a race */
void emit_step_task(Emitter *e);                  /* numbered steps: what the runtime calls */
void emit_main_task(Emitter *e, IrFn *fn);
const char *slot_task(IrChild child);             /* the way from a slot to its task */
const char *frame_tag(Emitter *e, IrFn *fn);      /* struct app_work, union app_work */
void put_channel(Emitter *e, Type *item, uint32_t count, uint32_t ends, const char *name); /* its declaration */
void put_record(Emitter *e, const IrVar *var);    /* its declaration, without the semicolon */
const char *frame_field(Emitter *e, const IrFn *fn, IrSlotKind kind);
/* Slots of which no free one has to be found. */
static inline bool is_single(const IrVar *slots) { return slots->count == 1 && slots->children.len == 1; }
/* Slots of which each start takes the next one. */
static inline bool is_counted(const IrVar *slots) { return slots->count > 1 && !slots->pool; }

/* ---- emit_number.c, emit_make.c: values made of their parts ---- */

void put_int(Emitter *e, const Type *type, uint64_t value);
void put_float(Emitter *e, const Type *type, double value);
bool put_arithmetic(Emitter *e, const IrExpr *expr); /* false: it is printed as an operator */
void put_convert(Emitter *e, const IrExpr *expr);
const char *number_suffix(const Type *type);
void put_make(Emitter *e, const IrExpr *expr);
void put_initialiser(Emitter *e, const IrExpr *expr); /* in braces, constant */
void put_global(Emitter *e, const struct IrGlobal *global);
void emit_statics(Emitter *e);                    /* their first values */
bool fills_by_loop(const IrExpr *repeat);

/* ---- emit_place.c ---- */

void put_place(Emitter *e, const IrExpr *expr, bool read); /* before . and [ */
void put_arrow(Emitter *e, const IrExpr *pointer); /* p->, x. for &x */
void put_address(Emitter *e, const IrExpr *place); /* of a place, or of a copy of a value */
void put_object(Emitter *e, const IrExpr *expr);  /* the address of a record */
void put_index(Emitter *e, const IrExpr *expr);
void put_slice(Emitter *e, const IrExpr *expr);
void put_view(Emitter *e, const IrExpr *slice);   /* at, len: of a variable, or of all of a place */
void put_bound(Emitter *e, const IrExpr *bound);  /* an index or length, as size_t */
void put_len(Emitter *e, const IrExpr *of);
bool is_place(const IrExpr *expr);

/* ---- emit_leave.c: ways out ---- */

void emit_jump(Emitter *e, IrExitKind kind, const IrStmt *target);
void emit_return(Emitter *e, const IrExpr *value); /* NULL: it is in IrFn.result, if there is one */
bool leaves_at_once(const Emitter *e);           /* a return goes through no region */
void emit_leave(Emitter *e, Way way);             /* unwinds */
void emit_leave_from(Emitter *e, uint8_t may, const IrVar *errs, const char *leaf, const char *count);
void emit_unwind(Emitter *e, const IrStmt *stmt, const char *status, uint8_t may);
void emit_leave_if(Emitter *e, const char *condition, Way way);
Home leaves_home(Emitter *e, const IrVar *errs, uint8_t may); /* where leaves of what unwinds here go best */

/* ---- emit_errors.c ---- */

void emit_raise(Emitter *e, const IrStmt *stmt);
void emit_leaves(Emitter *e, const IrStmt *stmt);
bool put_error_op(Emitter *e, const IrExpr *expr);

/* ---- emit_bits.c, emit_equal.c, emit_list.c, emit_scope.c, emit_op.c: kinds of values ---- */

bool put_bit_op(Emitter *e, const IrExpr *expr);
void put_equal(Emitter *e, const IrExpr *expr);
void put_list_op(Emitter *e, const IrExpr *expr);
void put_str_op(Emitter *e, const IrExpr *expr);
bool put_scope_op(Emitter *e, const IrExpr *expr);
bool put_op(Emitter *e, const IrExpr *expr);      /* true: needs no parentheses */

/* ---- emit_expr.c: all values ---- */

void put_alone(Emitter *e, const IrExpr *expr);   /* put_expr */
void put_as_operand(Emitter *e, const IrExpr *expr); /* put_operand */
bool same_expr(const IrExpr *a, const IrExpr *b);
void put_args(Emitter *e, const IrExprList *args, bool first);
void put_call_head(Emitter *e, IrFn *fn);         /* name(app */

/* ---- emit_print.c ---- */

void emit_print(Emitter *e, const IrStmt *stmt);
void emit_check(Emitter *e, const IrStmt *stmt);
void put_fields_text(Emitter *e, const FieldList *fields, const char *before); /* code that prints (x: 1, y: 2) */
bool has_instant(const Type *type);

/* ---- emit_await.c, emit_select.c, emit_start.c: waits and children ---- */

void emit_await(Emitter *e, const IrStmt *stmt);
void emit_await_call(Emitter *e, const IrStmt *stmt);
void emit_call(Emitter *e, const IrStmt *stmt);
void emit_pending(Emitter *e, uint32_t point);    /* of a runtime operation: if it waits, goes on here */
void emit_held_check(Emitter *e, const IrExpr *lock, const IrExpr *guard, uint32_t line); /* guard: or NULL */
void emit_point(Emitter *e, uint32_t point);      /* the label where the next step goes on */
void put_seen(Emitter *e, const IrVar *var);      /* it is used by text that does not pass through put_var */
void emit_select(Emitter *e, const IrStmt *stmt);
void emit_start(Emitter *e, const IrStmt *stmt);
void emit_nursery_open(Emitter *e, const IrStmt *stmt, const IrBlock *body);

/* ---- emit_region.c, emit_stmt.c: blocks ---- */

void emit_region(Emitter *e, const IrStmt *stmt);
void emit_try(Emitter *e, const IrStmt *stmt);
bool block_falls(const IrBlock *block);           /* control can reach its end */
void emit_stmts(Emitter *e, const IrBlock *block); /* emit_block */

/* ---- emit_tables.c: once all sites are known ---- */

void emit_error_tables(Emitter *e);
void emit_report(Emitter *e);                     /* the function that prints errors that nobody caught */

/* ---- emit_features.c ---- */

/* What the runtime has to have for the program. */
typedef enum Feature {
    USES_CANCEL, USES_NURSERIES, USES_ERRORS, USES_START, USES_HANDLES, USES_SERVICES, USES_CONDITIONS, USES_DEADLINES,
    USES_SLEEP, USES_QUEUES, USES_CHANNELS, USES_UPTIME, USES_SELECT, USES_LARGE_COUNTS, USES_STACK, FEATURES
} Feature;
void uses(Emitter *e, Feature feature);
void note_features(Emitter *e);                   /* of e->fn */
Str features_text(Emitter *e);                    /* tr_features.h of a bundle */

/* ---- emit_dump.c: with --dump ---- */

void emit_shape(Emitter *e);                      /* of the function that is being written */
void emit_task_shapes(Emitter *e);
void emit_set_shapes(Emitter *e);                 /* behind tr_init */

/* ---- emit_test.c: in place of what is made for `main` ---- */

void need_test_slots(Emitter *e);
void put_test_slots(Emitter *e);
void emit_test_declarations(Emitter *e);
void emit_tests(Emitter *e);

/* ---- emit_main.c ---- */

void emit_files(Emitter *e, Texts *c, Texts *h);

#endif
