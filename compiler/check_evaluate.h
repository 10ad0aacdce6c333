/* check_evaluate: private to the check_evaluate*.c files, which run functions while the program compiles. */
#ifndef TRC_CHECK_EVALUATE_H
#define TRC_CHECK_EVALUATE_H

#include "check.h"

typedef struct Value Value;
struct Value {
    Type *type;                    /* never a literal's */
    EnumCase *enum_case;           /* ENUM */
    union {
        uint64_t integer;          /* integers, bool, duration */
        double number;
        Str text;                  /* str, str[N] */
        Value *place;              /* REF */
        struct { Value *at; uint32_t len; } parts; /* ARRAY, LIST, STRUCT, TUPLE; ENUM: what the case carries; OPTIONAL:
                                                      none or one; SLICE: elements of somebody else's */
    } u;
};

typedef struct Local {
    const Var *var;
    Value value;
} Local;

typedef struct Frame {
    struct Frame *outer;
    Local *at;
    uint32_t len, capacity;        /* never grows: others point into it */
    Value result;                  /* its type from the beginning; the value from `return` on */
} Frame;

typedef struct KnownConstant {
    const Item *item;
    Value value;
} KnownConstant;

typedef struct Evaluator Evaluator;
struct Evaluator {
    Value (*expr)(Evaluator *e, Expr *expr); /* for the rooms beneath it: what an expression calls holds expressions */
    Checker *c;
    Arena *arena;
    const Expr *root;              /* what is evaluated, for messages */
    const char *what;
    Frame *frame;
    uint32_t depth;                /* of calls */
    uint32_t steps, nesting;
    bool failed;                   /* and reported */
    const Stmt *target;            /* of a jump that is under way */
    VEC(KnownConstant *) constants;
};

static inline Value run_expr(Evaluator *e, Expr *expr) { return e->expr(e, expr); }

/* check_evaluate_value.c */
Integer integer_of_value(const Value *value);
Value value_integer(Integer value, Type *type);
Value value_bool(const Evaluator *e, bool value);
Value value_parts(Evaluator *e, Type *type, uint32_t len);
Value value_copy(Evaluator *e, const Value *value);      /* shares nothing that can change */
Value value_convert(Evaluator *e, Value value, Type *to, Span span);
bool value_equal(const Value *a, const Value *b);
Expr *value_tree(Evaluator *e, const Value *value, Span span); /* as literals; NULL if it cannot be written down */

/* check_evaluate.c */
/* Says, once, why there is no value. */
void stop(Evaluator *e, Span span, const char *why);
Value fail(Evaluator *e, Span span, const char *why);    /* the same where a value is to be given */
Value nothing(const Evaluator *e);                       /* in place of one that is not there */
bool step(Evaluator *e, Span span);                      /* false: the evaluation has failed, or is too long */
bool run_condition(Evaluator *e, Expr *expr);

/* check_evaluate_expr.c */
Value value_of_expr(Evaluator *e, Expr *expr);           /* run_expr */

/* check_evaluate_place.c */
Value *run_place(Evaluator *e, Expr *expr);              /* NULL if it failed */
Value *run_base(Evaluator *e, Expr *expr);               /* the whole, seen through a reference; NULL if failed */

/* check_evaluate_op.c */
Value run_operator(Evaluator *e, Op op, const Value *a, const Value *b, Type *type, Span span);
Value run_binary(Evaluator *e, Expr *expr);
Value run_unary(Evaluator *e, const Expr *expr);
Value run_cast(Evaluator *e, const Expr *expr);

/* check_evaluate_call.c */
Value run_call(Evaluator *e, Expr *expr);

/* check_evaluate_bits.c: what is not known when the program compiles is refused here too */
Value run_bit_function(Evaluator *e, const Expr *call);

/* check_evaluate_stmt.c */
typedef enum Flow { FLOW_NEXT, FLOW_BREAK, FLOW_CONTINUE, FLOW_RETURN } Flow;
Flow run_block(Evaluator *e, const Block *block);
Value run_block_value(Evaluator *e, const Block *block);
Local *new_local(Evaluator *e, const Var *var);

#endif
