/* diag: diagnostics as data. Whoever finds a fault adds one; renderers print them; nobody exits. */
#ifndef TRC_DIAG_H
#define TRC_DIAG_H

#include "source.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING } Severity;

/* Every code once: MESSAGE(E0203, ERROR, "title"). The title is one line, the same for each case of the code;
   what differs is in the text of the diagnostic. docs/errors.md and `trc explain` have an entry for each. */
typedef enum Code {
#define MESSAGE(code, severity, title) CODE_##code,
#include "messages.def"
#undef MESSAGE
    CODE_COUNT
} Code;

/* A second place: "`x` was moved here". */
typedef struct Label {
    Span span;
    Str text;
} Label;

/* A change that would mend it: replace `span` (length 0: insert) by `with`; `text` says it in words. */
typedef struct Fix {
    Span span;
    Str with;
    Str text;
} Fix;

typedef struct Diag {
    Code code;
    Span span;           /* where */
    Str text;            /* what was expected and what was found, in one or two sentences */
    VEC(Label) labels;   /* other places involved, in reading order */
    VEC(Str) notes;      /* reasons and advice without a place */
    VEC(Fix) fixes;      /* at most one in practice */
} Diag;

typedef struct Diags {
    Arena *arena;
    VEC(Diag *) list;    /* in the order found; diags_finish sorts by place and drops repeats */
    uint32_t errors, warnings;
} Diags;

/* Adds one; the text is printf-formatted. Print names with %s and name->text, types with type_text(). */
Diag *diag_add(Diags *diags, Code code, Span span, const char *format, ...);
/* Nothing for what has no place, as it is built in. */
void diag_label(Diags *diags, Diag *diag, Span span, const char *format, ...);
void diag_note(Diags *diags, Diag *diag, const char *format, ...);
void diag_fix(Diags *diags, Diag *diag, Span span, Str with, const char *format, ...);
/* Sorts by place, keeps one diagnostic per code and span, and of errors at one span the first. */
void diags_finish(Diags *diags);

Severity code_severity(Code code);
const char *code_name(Code code);       /* "E0203" */
const char *code_title(Code code);
/* The code named `name`, or CODE_COUNT. */
Code code_find(Str name);

#endif
