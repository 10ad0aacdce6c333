/* compiler: the contents page. The core takes texts and gives texts and diagnostics; it reads, prints and ends nothing.

   floor 0   arena text vec bits utf8 json ticks know nothing of the language
   floor 1   source diag render                 texts, places, what is wrong
   floor 2   ast types program                  the tree, and what is known of the program
   floor 3   lex tokens parse | names resolve check effects flow
   floor 4   ir lower suspend live frame
   floor 5   out emit
   roof      compiler pipeline | main options files host_cc test ...   the driver */
#ifndef TRC_COMPILER_H
#define TRC_COMPILER_H

#include "program.h"
#include "ticks.h"

/* How far to compile, and what `trc dump` shows. */
typedef enum Stage {
    STAGE_NONE,
    STAGE_TOKENS,
    STAGE_AST,
    STAGE_IR,
    STAGE_LIVE,
    STAGE_FRAME,
    STAGE_C              /* all the way */
} Stage;

/* "tokens" */
const char *stage_name(Stage stage);

/* Gives the text of a module's file, for which the core must ask; false if there is none. */
typedef bool (*ReadModule)(void *context, Arena *arena, const char *path, Str *text);

/* One compilation. Set the first part, call compile, use the second part, then unit_free. */
typedef struct Unit {
    ReadModule read;     /* NULL: there are no other modules */
    void *context;       /* handed to `read` */
    const char *name;    /* of the generated program: a C identifier */
    bool unchecked;      /* --checks=off */
    bool dumps;          /* with what tr_dump needs: the runtime will be compiled with TR_DUMP */
    bool for_virtual;    /* STAGE_C: the runtime will be compiled with TR_TEST */
    bool testing;        /* STAGE_C: the tests of the main module are the program, and not `main` */
    Ticks ticks;         /* --tick */
    bool bundled;        /* STAGE_C: the runtime will be compiled with `features`, for this program alone */
    Stage stage;         /* compile up to this one */
    bool show;           /* and show what it gave in `dump` */

    Sources sources;
    Diags diags;         /* finished: sorted, without repeats */
    Buf dump;
    Texts c, h;          /* STAGE_C; each piece malloc'ed */
    Str features;        /* STAGE_C: the text of tr_features.h */

    Arena arena;         /* of all that lives as long as the unit */
    Arena scratch;       /* of one function's body, between lowering and emitting */
    Names names;
    Program program;
} Unit;

void unit_init(Unit *unit);
void unit_free(Unit *unit);

/* Compiles the program whose main module is `text`; both must outlive the unit. True if there are no errors. */
bool compile(Unit *unit, Str path, Str text);

#endif
