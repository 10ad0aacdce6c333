#include "parser.h"
#include "syntax.h"

/* Mistakes of one sign. The parser says whether it could go on if a token were put in, changed or left out; if so that
   is done, and the rest of the statement is read as it was meant. */

typedef struct Repair {
    Syntax *cx;
    Parser *parser;
    const Failure *failure;
    int *kind;
    Token *token;
} Repair;

/* More than this many signs are not missing: something else is wrong. */
enum { MISSING_MAX = 16 };

static Span gap(const Repair *repair) { return end_of(repair->cx->before.span); }

static void feed(Repair *repair, int kind) { parser_feed(repair->parser, kind, (Token){.span = gap(repair)}); }

static void advance(Repair *repair) {
    repair->cx->before_kind = *repair->kind;
    repair->cx->before = *repair->token;
    *repair->kind = lex_next(&repair->cx->lexer, repair->token);
}

/* The parser would take `kind` in place of the failed token. */
static bool takes(const Repair *repair, int kind) { return parser_takes(repair->parser, &kind, 1); }

/* The parser would take `kind`, then the failed token. */
static bool takes_before(const Repair *repair, int kind) {
    return parser_takes(repair->parser, (int[]){kind, repair->failure->kind}, 2);
}

static Diag *report(const Repair *repair, Code code, Span span, const char *text) {
    if (repair->failure->quiet) return NULL;
    return diag_add(repair->cx->diags, code, span, "%s", text);
}

static void offer(const Repair *repair, Diag *diag, Span span, const char *with) {
    if (diag) diag_fix(repair->cx->diags, diag, span, str_of(with), *with ? "write `%s`" : "leave it out", with);
}

/* ---- something is missing ---- */

/* The signs that would close what is open. */
typedef struct Closing {
    int kinds[MISSING_MAX + 1];    /* room for the failed token at the end */
    size_t count;
    uint32_t height;               /* symbols of the stack that are not closed yet */
    int first;                     /* the first bracket put in, or 0 */
    Token opener;                  /* what it closes */
} Closing;

static bool closing_takes(const Repair *repair, Closing *closing, int kind) {
    closing->kinds[closing->count] = kind;
    return parser_takes(repair->parser, closing->kinds, closing->count + 1);
}

static bool put(const Repair *repair, Closing *closing, int kind) {
    if (closing->count + 1 >= MISSING_MAX || !closing_takes(repair, closing, kind)) return false;
    closing->count++;
    return true;
}

/* The innermost bracket that is still open: its closing kind, or 0. */
static int next_closer(const Repair *repair, Closing *closing, Token *opener) {
    while (closing->height) {
        switch (parser_symbol(repair->parser, closing->height--, opener)) {
        case T_LPAREN: return T_RPAREN;
        case T_LBRACKET: return T_RBRACKET;
        case T_LBRACE: return T_RBRACE;
        default: break;
        }
    }
    return 0;
}

/* Finds closing signs after which the failed token is taken. Blocks are closed only before a declaration and at the
   end of the file. */
static bool find_closing(const Repair *repair, Closing *closing, bool blocks) {
    while (!closing_takes(repair, closing, repair->failure->kind)) {
        Closing before = *closing;
        if (put(repair, closing, T_SEMI) && closing_takes(repair, closing, repair->failure->kind)) return true;
        *closing = before;
        Token opener;
        int closer = next_closer(repair, closing, &opener);
        if (closer == 0 || (closer == T_RBRACE && !blocks)) return false;
        if (closer == T_RBRACE) put(repair, closing, T_SEMI);
        if (!put(repair, closing, closer)) return false;
        if (!closing->first) {
            closing->first = closer;
            closing->opener = opener;
        }
    }
    return true;
}

static const char *bracket_text(int closer) { return closer == T_RPAREN ? ")" : closer == T_RBRACKET ? "]" : "}"; }

/* How far the line of this token is indented. */
static uint32_t indentation(const Syntax *cx, Token token) {
    const char *text = cx->module->source->text.at;
    uint32_t start = token.span.at - cx->module->source->base, blanks = 0;
    while (start && text[start - 1] != '\n') start--;
    while (text[start + blanks] == ' ' || text[start + blanks] == '\t') blanks++;
    return blanks;
}

/* A block whose closing brace is indented as that of another one further out: there the missing brace belongs. */
typedef struct OpenBlock { Token brace; uint32_t indentation; } OpenBlock;

/* Looks for it between the outermost suspect and the failure. */
static Token likely_culprit(const Repair *repair, Token opener) {
    enum { BLOCKS_MAX = 64 };
    OpenBlock open[BLOCKS_MAX];
    size_t count = 0;
    Diags unheard = {.arena = repair->cx->arena};
    Lexer lexer = repair->cx->lexer;
    lexer.at = lexer.text + (opener.span.at - lexer.base);
    lexer.diags = &unheard;
    lexer.holes = 0;
    lexer.unwinding = false;

    Token token;
    for (int kind; (kind = lex_next(&lexer, &token)) && token.span.at < repair->failure->token.span.at;) {
        if (kind == T_LBRACE && count < BLOCKS_MAX) {
            open[count++] = (OpenBlock){token, indentation(repair->cx, token)};
        } else if (kind == T_RBRACE && count) {
            uint32_t here = indentation(repair->cx, token);
            if (count > 1 && here < open[count - 1].indentation) return open[count - 1].brace;
            count--;
        }
    }
    return opener;
}

static void report_closer(const Repair *repair, const Closing *closing) {
    if (repair->failure->quiet) return;
    const char *bracket = bracket_text(closing->first);
    Diags *diags = repair->cx->diags;
    Diag *diag;
    if (closing->first == T_RBRACE) {
        diag = diag_add(diags, CODE_E0104, repair->failure->token.span,
                        repair->failure->kind ? "a `}` is missing before this" : "the file ends, but a `}` is missing");
        Token culprit = likely_culprit(repair, closing->opener);
        diag_label(diags, diag, culprit.span, "the block that begins here is not closed, or one inside it");
    } else {
        diag = diag_add(diags, CODE_E0104, gap(repair), "a `%s` is missing here", bracket);
        diag_label(diags, diag, closing->opener.span, "to close this");
        diag_fix(diags, diag, gap(repair), str_of(bracket), "write `%s`", bracket);
    }
}

static bool begins_own_line(const Repair *repair) {
    const Failure *failure = repair->failure;
    return failure->first_on_line && (begins_item(failure->kind) || indentation(repair->cx, failure->token) == 0);
}

/* Statements and brackets that nobody has closed. */
static bool close_open(Repair *repair) {
    const Failure *failure = repair->failure;
    bool ends = failure->kind == 0 || (begins_own_line(repair) && begins_item(failure->kind));
    bool stmt_ends = ends || failure->first_on_line || failure->kind == T_RBRACE || begins_stmt(failure->kind);
    Closing closing = {.height = parser_height(repair->parser)};
    if (!find_closing(repair, &closing, ends)) return false;
    bool only_semicolon = !closing.first;
    if (only_semicolon && !stmt_ends) return false;

    if (!only_semicolon) report_closer(repair, &closing);
    else if (!failure->quiet) missing_semicolon(repair->cx, repair->cx->before.span);
    for (size_t i = 0; i < closing.count; i++) feed(repair, closing.kinds[i]);
    return true;
}

/* The bracket in which the failed token stands. */
static int innermost_opener(const Repair *repair, Token *opener) {
    for (uint32_t at = parser_height(repair->parser); at; at--) {
        int kind = parser_symbol(repair->parser, at, opener);
        if (kind == T_LPAREN || kind == T_LBRACKET || kind == T_LBRACE) return kind;
    }
    return 0;
}

/* On a line of its own that is not indented deeper than the bracket's, no list goes on. */
static bool list_may_go_on(const Repair *repair) {
    Token opener;
    if (!innermost_opener(repair, &opener)) return false;
    if (!repair->failure->first_on_line) return true;
    return indentation(repair->cx, repair->failure->token) > indentation(repair->cx, opener);
}

/* Parentheses around one expression: `if (a b) {`. It could become a tuple, but that is not likely what is meant. */
static bool in_group(const Repair *repair) {
    uint32_t at = parser_height(repair->parser);
    Token token;
    while (at && !parser_symbol(repair->parser, at, &token)) at--;
    if (at < 2 || parser_symbol(repair->parser, at, &token) != T_LPAREN) return false;
    int before = parser_symbol(repair->parser, at - 1, &token);
    return before != 0 && before != T_NAME;
}

static bool put_comma(Repair *repair) {
    if (!list_may_go_on(repair) || in_group(repair) || !takes_before(repair, T_COMMA)) return false;
    offer(repair, report(repair, CODE_E0102, gap(repair), "a `,` is missing here"), gap(repair), ",");
    feed(repair, T_COMMA);
    return true;
}

/* fn f(x i32), struct P { a u8 } */
static bool put_colon(Repair *repair) {
    if (repair->cx->before_kind != T_NAME || !takes_before(repair, T_COLON)) return false;
    Diag *diag = report(repair, CODE_E0102, gap(repair), "a `:` is missing between the name and its type");
    offer(repair, diag, gap(repair), ":");
    feed(repair, T_COLON);
    return true;
}

/* ---- something stands in the place of something else ---- */

static bool replace(Repair *repair, int wrong, int right, const char *with, const char *text) {
    if (repair->failure->kind != wrong || !takes(repair, right)) return false;
    offer(repair, report(repair, CODE_E0102, repair->failure->token.span, text), repair->failure->token.span, with);
    feed(repair, right);
    advance(repair);
    return true;
}

static bool replace_sign(Repair *repair) {
    Token opener;
    bool in_braces = innermost_opener(repair, &opener) == T_LBRACE && repair->cx->before_kind != T_RBRACE;
    return replace(repair, T_ARROW, T_FAT_ARROW, "=>", "between a pattern and its block stands `=>`") ||
           (in_braces && replace(repair, T_SEMI, T_COMMA, ",", "fields and cases are separated by `,`"));
}

static Name word_of(const Repair *repair) {
    Str text = token_source(repair->cx, repair->failure->token);
    return name_of(repair->cx->program->names, text.at, text.len);
}

static void feed_name(Repair *repair, Name name) {
    parser_feed(repair->parser, T_NAME, (Token){.span = repair->failure->token.span, .u.name = name});
    advance(repair);
}

/* A word of the language that was declared as a name, which has been reported: so it is used as one. */
static bool take_again(Repair *repair) {
    if (repair->cx->words.len == 0 || !takes(repair, T_NAME)) return false;
    Name name = word_of(repair);
    for (uint32_t i = 0; i < repair->cx->words.len; i++) {
        if (repair->cx->words.at[i] != name) continue;
        feed_name(repair, name);
        return true;
    }
    return false;
}

/* A word of the language where only a name can stand. */
static bool take_as_name(Repair *repair) {
    Name name = word_of(repair);
    bool only_name = takes(repair, T_NAME) && !takes(repair, T_INT) && !takes(repair, T_AND) && !takes(repair, T_MUT);
    if (!lex_reserved(name) || !only_name || repair->failure->kind == T_MUT) return false;
    if (repair->failure->first_on_line && !takes_before(repair, T_NAME)) {
        /* The name is missing, and this is the next line. */
        if (begins_item(repair->failure->kind) || begins_stmt(repair->failure->kind)) return false;
    }
    if (!repair->failure->quiet) {
        diag_add(repair->cx->diags, CODE_E0102, repair->failure->token.span,
                 "`%s` is a word of the language and cannot be a name", name->text);
    }
    vec_push(repair->cx->arena, &repair->cx->words, name);
    feed_name(repair, name);
    return true;
}

/* `(a]` */
static bool replace_closer(Repair *repair) {
    Token opener;
    int open = innermost_opener(repair, &opener), found = repair->failure->kind;
    int right = open == T_LPAREN ? T_RPAREN : open == T_LBRACKET ? T_RBRACKET : 0;
    bool mismatch = right && (found == T_RPAREN || found == T_RBRACKET) && takes(repair, right);
    if (!mismatch) return false;
    Span span = repair->failure->token.span;
    Diag *diag = report(repair, CODE_E0104, span, "this bracket does not match the one it closes");
    if (diag) diag_label(repair->cx->diags, diag, opener.span, "this one");
    offer(repair, diag, span, bracket_text(right));
    feed(repair, right);
    advance(repair);
    return true;
}

/* ---- something is too much ---- */

/* A closing bracket that has no partner. */
static bool is_stray(int kind, int opener) {
    if (kind == T_RBRACE) return opener == 0;
    return (kind == T_RPAREN || kind == T_RBRACKET) && (opener == 0 || opener == T_LBRACE);
}

static bool drop(Repair *repair) {
    const Failure *failure = repair->failure;
    Token token;
    int opener = innermost_opener(repair, &token);
    bool stray = is_stray(failure->kind, opener);
    bool comma = failure->kind == T_COMMA && repair->cx->before_kind == T_RBRACE && opener == T_LBRACE;
    bool mut = failure->kind == T_MUT && repair->cx->before_kind == T_LET;
    if (!stray && !comma && !mut) return false;
    const char *text = stray   ? "this bracket closes nothing"
                       : comma ? "no comma follows a block"
                               : "what changes is declared by `var`, not by `let mut`";
    Diag *diag = report(repair, stray ? CODE_E0104 : CODE_E0102, failure->token.span, text);
    Span much = failure->token.span;
    Str source = token_source(repair->cx, failure->token);
    if (mut && source.at[source.len] == ' ') much.len++;
    offer(repair, diag, much, "");
    advance(repair);
    return true;
}

bool syntax_repair(Syntax *cx, Parser *parser, const Failure *failure, int *kind, Token *token) {
    Repair repair = {cx, parser, failure, kind, token};
    bool mended = take_again(&repair) || put_comma(&repair) || put_colon(&repair) || replace_sign(&repair) || replace_closer(&repair) ||
                  take_as_name(&repair) || close_open(&repair) || drop(&repair);
    cx->failed = false;
    return mended;
}
