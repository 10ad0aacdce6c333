/* lex: from bytes to tokens. The kinds of tokens are in parser.h, which lemon writes; 0 is the end of the file.
   grammar/lexer.re has the rules, lex_literal.c what literals mean. */
#ifndef TRC_LEX_H
#define TRC_LEX_H

#include "diag.h"

typedef struct Token {
    Span span;
    union {
        Name name;                 /* NAME, and words that may be names */
        uint64_t integer;          /* INT, DURATION: the value; operators: their Op; words: which of their kind */
        double number;             /* FLOAT */
        struct { uint32_t at, len; } inner; /* strings, BYTES, FORMAT: what the delimiters enclose, as offsets */
    } u;
} Token;

/* Strings within the holes of strings: "a {f("b {x}")}". */
enum { HOLES_MAX = 32 };

typedef struct Hole {
    uint32_t start;                /* offset of the string's first quote */
    uint32_t depth;                /* brackets that are open inside of the hole */
} Hole;

typedef struct Lexer {
    const unsigned char *text, *at, *end;
    uint32_t base;                 /* Source.base */
    int last;                      /* kind of the token before */
    uint32_t holes;                /* how many strings are interrupted by a hole */
    bool unwinding;                /* the line ended inside of a hole: close all strings */
    uint32_t trouble;              /* offset behind the last lexical error; what follows from it is not reported */
    Span unfinished;               /* the last string that has no end */
    bool hopeless;                 /* nothing sensible can be said of the rest */
    Names *names;
    Diags *diags;
    Arena *arena;
    Hole hole[HOLES_MAX];
} Lexer;

/* Marks the words of the language in `names`. lex_begin does so, too; repeating it changes nothing. */
void lex_words(Names *names);
/* The text must have a NUL behind its last byte. Reports what is no text at all: NUL bytes, what is no UTF-8. */
void lex_begin(Lexer *lexer, const Source *source, Names *names, Diags *diags, Arena *arena);
/* Gives the kind of the next token. After an error it goes on with the likeliest meaning. */
int lex_next(Lexer *lexer, Token *token);
/* The kind of a word of the language that cannot be a name, or 0. */
int lex_reserved(Name name);

/* ---- lex_literal.c: the value of a token whose extent is known ---- */

int lex_integer(Lexer *lexer, Token *token);
int lex_float(Lexer *lexer, Token *token);
int lex_duration(Lexer *lexer, Token *token);
int lex_bad_number(Lexer *lexer, Token *token);
int lex_character(Lexer *lexer, Token *token);
int lex_open_character(Lexer *lexer, Token *token);

typedef enum TextKind { TEXT_STRING, TEXT_BYTES } TextKind;
/* The text of a string or BYTES token with its escapes resolved; reports those that are none. */
Str lex_text(Lexer *lexer, Token token, TextKind kind);

/* An error in the text from `start` to `end`; the parser will say nothing more of the statement it stands in. */
Diag *lex_error(Lexer *lexer, Code code, uint32_t start, uint32_t end, const char *text);

#endif
