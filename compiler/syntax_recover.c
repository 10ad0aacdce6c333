#include "parser.h"
#include "syntax.h"

/* What cannot be mended is skipped: the construct that the failure stands in is taken off the stack, tokens are dropped
   up to where the next of its kind can begin, and one WRONG_ token takes its place. */

static const int levels[] = {T_WRONG_STMT, T_WRONG_ITEM, T_WRONG_FIELD, T_WRONG_ARM};

/* Something that is being skipped. */
typedef struct Skip {
    Syntax *cx;
    Parser *parser;
    int *kind;
    Token *token;
    int level;                     /* the WRONG_ token that the parser takes */
    bool head;                     /* the next `{` begins a block of statements */
    uint32_t depth;                /* brackets open since the failure */
} Skip;

static bool first_on_line(const Syntax *cx, Token token) {
    const char *text = cx->module->source->text.at;
    uint32_t at = token.span.at - cx->module->source->base;
    while (at && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\r')) at--;
    return at == 0 || text[at - 1] == '\n';
}

/* After a lexical error nothing is said until the statement has ended: what the parser finds follows from it. */
static bool is_quiet(const Syntax *cx, Token token) {
    if (cx->lexer.hopeless) return true;
    if (cx->lexer.trouble == 0) return false;
    const char *text = cx->module->source->text.at;
    uint32_t end = token.span.at - cx->module->source->base;
    for (uint32_t at = cx->lexer.trouble; at < end; at++) {
        if (memchr(";{}", text[at], 3)) return false;
    }
    return true;
}

/* ---- taking off the stack ---- */

/* Words behind which a block of statements comes, whatever else is wrong with their line. */
static bool announces_block(int kind) {
    switch (kind) {
    case T_FN: case T_TEST: case T_IF: case T_ELSE: case T_WHILE: case T_FOR: case T_LOOP: case T_ASYNC: case T_TRY:
    case T_CATCH: case T_NURSERY: case T_TIMED: case T_CANCEL_SCOPE: case T_SHIELD: case T_BODY: case T_EVERY:
    case T_GROUP:
        return true;
    default:
        return false;
    }
}

static int level_here(const Parser *parser) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (parser_takes(parser, &levels[i], 1)) return levels[i];
    }
    return 0;
}

static void pop_to_level(Skip *skip) {
    Token token;
    while ((skip->level = level_here(skip->parser)) == 0) {
        uint32_t top = parser_height(skip->parser);
        if (top == 0) return;
        if (announces_block(parser_symbol(skip->parser, top, &token))) skip->head = true;
        parser_pop(skip->parser);
    }
}

/* ---- skipping ---- */

static void advance(Skip *skip) {
    Syntax *cx = skip->cx;
    int kind = *skip->kind;
    if (kind == T_LPAREN || kind == T_LBRACKET || kind == T_LBRACE) skip->depth++;
    if ((kind == T_RPAREN || kind == T_RBRACKET || kind == T_RBRACE) && skip->depth) skip->depth--;
    if (announces_block(kind)) skip->head = true;
    cx->before_kind = kind;
    cx->before = *skip->token;
    *skip->kind = lex_next(&cx->lexer, skip->token);
}

static void resume(Skip *skip, int wrong) {
    parser_feed(skip->parser, wrong, (Token){.span = skip->cx->before.span});
}

/* An own line begins with a word that begins such a construct. */
static bool begins_next(const Skip *skip) {
    if (!first_on_line(skip->cx, *skip->token)) return false;
    if (begins_item(*skip->kind)) return skip->level != T_WRONG_STMT || *skip->kind != T_STATIC;
    return skip->level == T_WRONG_STMT && skip->depth == 0 && begins_stmt(*skip->kind);
}

/* The end of what is skipped, itself not to be skipped: the `}` around it, or the comma between fields. */
static bool ends_before(const Skip *skip) {
    int kind = *skip->kind;
    if (skip->depth) return false;
    if (skip->level == T_WRONG_FIELD && (kind == T_COMMA || kind == T_RPAREN)) return true;
    return kind == T_RBRACE && parser_takes(skip->parser, (int[]){skip->level, T_RBRACE}, 2);
}

/* Behind the token that was skipped last, the line has more: for (i = 0; i < n; i++) { ... } */
static bool line_goes_on(const Syntax *cx) {
    const unsigned char *at = cx->lexer.text + (end_of(cx->before.span).at - cx->lexer.base);
    while (*at == ' ' || *at == '\t' || *at == '\r') at++;
    return at < cx->lexer.end && *at != '\n' && *at != '/' && *at != '}';
}

/* The end of what is skipped, skipped too. */
static bool ends_with(Skip *skip, int kind) {
    bool line_was_cut = kind == T_STRING_TAIL && skip->cx->before.span.len == 0;
    if (line_was_cut) {
        /* Brackets that a string without an end has swallowed are not waited for. */
        skip->depth = 0;
        return skip->level == T_WRONG_STMT || skip->level == T_WRONG_ITEM;
    }
    if (skip->depth) return false;
    if (kind == T_RBRACE) return skip->level != T_WRONG_FIELD;
    if (kind == T_COMMA) return skip->level == T_WRONG_ARM;
    return kind == T_SEMI && skip->level != T_WRONG_FIELD && !(skip->head && line_goes_on(skip->cx));
}

static bool enters_block(const Skip *skip) {
    if (*skip->kind != T_LBRACE || skip->depth) return false;
    if (skip->level == T_WRONG_ITEM) return skip->head || skip->cx->before_kind == T_RPAREN;
    return skip->level == T_WRONG_STMT && skip->head;
}

/* `must` says that the token at hand cannot be the one to go on with: it has failed before. */
static void skip_tokens(Skip *skip, bool must) {
    while (*skip->kind != 0) {
        if (!must && enters_block(skip)) {
            resume(skip, T_WRONG_HEAD);
            return;
        }
        if (!must && (ends_before(skip) || begins_next(skip))) break;
        int kind = *skip->kind;
        advance(skip);
        must = false;
        if (ends_with(skip, kind)) break;
    }
    resume(skip, skip->level);
}

void syntax_recover(Syntax *cx, Parser *parser, int *kind, Token *token) {
    Failure failure = {*kind, *token, first_on_line(cx, *token), is_quiet(cx, *token)};
    bool again = cx->last_failure == token->span.at + 1;
    cx->failed = false;
    cx->last_failure = token->span.at + 1;
    if (again) failure.quiet = true;
    else if (syntax_repair(cx, parser, &failure, kind, token)) return;

    Skip skip = {.cx = cx, .parser = parser, .kind = kind, .token = token};
    if (!failure.quiet) skip.head = syntax_report(cx, parser, &failure);
    pop_to_level(&skip);
    skip_tokens(&skip, again);
    cx->failed = false;
}
