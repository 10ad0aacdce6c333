/* out: lines of C. A text grows line by line, indented, with #line directives that lead back to the source; names are
   made unique and kept away from the words of C. Knows nothing of the IR. */
#ifndef TRC_OUT_H
#define TRC_OUT_H

#include <string.h>

#include "text.h"

/* A line that opened a block. */
typedef struct Opened {
    size_t start, end;   /* the line and its end */
    uint32_t line;       /* of the source */
} Opened;
enum { OPENED_MAX = 64 };

/* One section of a file. Sections are written in any order and joined once. */
typedef struct Out {
    Buf text;
    uint32_t indent;
    uint32_t line;       /* the source line that what is written now comes from; 0: from none */
    uint32_t believed;   /* the line that the C compiler takes the next line of text for; 0: not of the source */
    size_t start;        /* where the line of code begins that is being written, or was written last */
    size_t before, before_end; /* the line of code before it */
    uint32_t joins;      /* the source line of that one */
    Opened *opened;      /* by indentation: the last one opened there; NULL: blocks stay as they are written */
} Out;

/* Lines of C are joined up to this width, where that saves a directive. */
enum { OUT_WIDTH = 118 };

/* Begins a line that holds code: the directive, if one is needed, and the indentation. */
void out_code(Out *out);
/* Ends it. A simple statement goes behind the one before it if both come from one line of the source. */
void out_code_end(Out *out);
/* Begins a line that holds none: a comment, a label, a closing brace. `less`: levels further out. */
void out_plain(Out *out, uint32_t less);
static inline void out_end(Out *out) {
    buf_char(&out->text, '\n');
    if (out->believed) out->believed++;
}
/* The line that was just written opens a block. */
void out_open(Out *out);
/* } else { : closes a block and opens the other one. */
void out_else(Out *out);
/* Closes a block; an `if` with one simple statement from the same line of the source becomes one line. */
void out_close(Out *out, const char *brace);
/* Takes `text` off the end if the last line is a simple statement that ends so; true if it was there. */
bool out_drop(Out *out, const char *text);
/* If the text ends with the line `tail`, apart from blanks before it, that becomes `with`; true if it does. */
bool out_replace(Out *out, const char *tail, const char *with);
/* All of `from` behind `to`; `from` is empty then. */
void out_move(Out *to, Out *from);

/* A string literal, quotes included. `utf8`: it is text, so letters beyond ASCII stay as they are. */
void out_string(Buf *to, Str text, bool utf8);
/* What fits into a comment on one line. */
void out_comment(Buf *to, Str text);

/* A word of C, or a macro of the headers that generated C includes: no field can have this name. */
bool out_is_word(const char *name);

typedef struct Ident {
    const char *name;
    uint32_t hash;
    bool family;         /* the name with each of the family's endings is taken too */
} Ident;

/* Names given away in the file. */
typedef struct Idents {
    Arena *arena;
    Ident *slots;        /* open addressing; in the arena */
    uint32_t capacity, count;
    const char *const *endings; /* of families, ended by NULL, each shorter than 16 letters; or NULL */
} Idents;

/* `wish`, or wish_2, wish_3 ... if it is taken. In the arena; taken from now on. */
const char *ident(Idents *idents, const char *wish);
/* The same of a name that is free with each of the endings. */
const char *ident_family(Idents *idents, const char *wish);
bool ident_taken(const Idents *idents, const char *name);
/* Room for so many without growing. */
void idents_reserve(Idents *idents, uint32_t count);

#endif
