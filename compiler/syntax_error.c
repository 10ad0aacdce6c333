#include "syntax.h"

#include "parser.h"

void *not_built(Syntax *cx, Token token, const char *what) {
    Diag *diag = diag_add(cx->diags, CODE_E0199, token.span, "this version of trc cannot compile %s", what);
    diag_note(cx->diags, diag, "it is part of the language, and is read, but nothing is made of it yet");
    return NULL;
}

Diag *missing_semicolon(Syntax *cx, Span before) {
    Span place = end_of(before);
    Diag *diag = diag_add(cx->diags, CODE_E0103, place, "a `;` is missing here");
    diag_fix(cx->diags, diag, place, STR(";"), "write `;`");
    return diag;
}

bool begins_item(int kind) {
    switch (kind) {
    case T_FN: case T_STRUCT: case T_ENUM: case T_ERROR: case T_IMPORT: case T_PUB: case T_TEST: case T_CONST:
    case T_STATIC:
        return true;
    default:
        return false;
    }
}

bool begins_stmt(int kind) {
    switch (kind) {
    case T_LET: case T_VAR: case T_ASSERT: case T_IF: case T_LOOP: case T_WHILE: case T_FOR: case T_MATCH: case T_JUMP:
    case T_RETURN: case T_RAISE: case T_TRY: case T_BODY: case T_EVERY: case T_NURSERY: case T_TIMED:
    case T_CANCEL_SCOPE: case T_SHIELD: case T_GROUP: case T_SELECT:
        return true;
    default:
        return false;
    }
}

Str token_source(const Syntax *cx, Token token) {
    return (Str){(const char *)cx->lexer.text + (token.span.at - cx->lexer.base), token.span.len};
}

/* ---- what is expected ---- */

/* Up to four phrases: "an expression, `)` or `,`". */
typedef struct Expected {
    const Parser *parser;
    const char *phrases[4];
    size_t count;
    bool many;
} Expected;

static bool takes(const Expected *expected, int kind) { return parser_takes(expected->parser, &kind, 1); }

static void add(Expected *expected, const char *phrase) {
    size_t room = sizeof expected->phrases / sizeof *expected->phrases;
    if (expected->count < room) expected->phrases[expected->count++] = phrase;
    else expected->many = true;
}

static const char *construct(const Expected *expected) {
    if (takes(expected, T_LET)) return takes(expected, T_RETURN) ? "a statement" : NULL;
    if (takes(expected, T_STRUCT) && takes(expected, T_IMPORT)) return "a declaration";
    if (takes(expected, T_FLOAT)) return "an expression";
    if (takes(expected, T_INT) && takes(expected, T_RANGE)) return "a pattern";
    if (takes(expected, T_AND) && takes(expected, T_NAME)) return "a type";
    if (takes(expected, T_NAME)) return "a name";
    if (takes(expected, T_STRING)) return "a string";
    return NULL;
}

/* Signs that are worth naming: those that end or join something. */
static const struct { int kind; const char *text; } signs[] = {
    {T_SEMI, "`;`"}, {T_COMMA, "`,`"}, {T_RPAREN, "`)`"}, {T_RBRACKET, "`]`"}, {T_LBRACE, "`{`"}, {T_RBRACE, "`}`"},
    {T_COLON, "`:`"}, {T_ASSIGN, "`=`"}, {T_ARROW, "`->`"}, {T_FAT_ARROW, "`=>`"}, {T_GT, "`>`"}, {T_IN, "`in`"},
    {T_FN, "`fn`"}, {T_FOR, "`for`"}, {T_WITH, "`with`"}, {T_VAR, "`var`"}, {T_AWAIT, "`await`"}, {T_AFTER, "`after`"},
    {T_ELSE, "`else`"},
};

/* Behind an operand much is possible: operators, a comparison's `>`, an assignment. */
static bool is_noise(const Expected *expected, int kind) {
    bool after_operand = takes(expected, T_PLUS);
    if (after_operand && kind == T_RBRACE) return takes(expected, T_SEMI);
    return after_operand && (kind == T_GT || kind == T_ASSIGN);
}

static void find_expected(Expected *expected) {
    const char *what = construct(expected);
    if (what) add(expected, what);
    /* A construct has its own words; of signs only a closing one is not part of it. */
    bool wide = takes(expected, T_FLOAT) || takes(expected, T_STRUCT);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        int kind = signs[i].kind;
        if (wide && kind != T_RPAREN && kind != T_RBRACKET && kind != T_RBRACE) continue;
        bool is_name = (kind == T_WITH || kind == T_AFTER) && takes(expected, T_NAME);
        if (!is_name && !is_noise(expected, kind) && takes(expected, kind)) add(expected, signs[i].text);
    }
}

static void write_expected(Buf *out, const Expected *expected) {
    for (size_t i = 0; i < expected->count; i++) {
        if (i) buf_text(out, i + 1 == expected->count && !expected->many ? " or " : ", ");
        buf_text(out, expected->phrases[i]);
    }
}

/* What was found, in words. */
static void write_found(Syntax *cx, Buf *out, const Failure *failure) {
    enum { LONGEST = 30 };
    Str text = token_source(cx, failure->token);
    if (failure->kind == 0) buf_text(out, "the file ends");
    else if (text.at[0] == '"') buf_text(out, "a string stands here");
    else buf_format(out, "`%.*s%s` stands here", (int)(text.len < LONGEST ? text.len : LONGEST), text.at,
                    text.len > LONGEST ? "..." : "");
}

static Diag *report_expected(Syntax *cx, const Parser *parser, const Failure *failure) {
    Expected expected = {.parser = parser};
    find_expected(&expected);
    Buf text = {0};
    if (expected.count && !expected.many) {
        write_expected(&text, &expected);
        buf_text(&text, expected.count > 1 ? " are possible here, but " : " is expected, but ");
        write_found(cx, &text, failure);
    } else {
        write_found(cx, &text, failure);
        buf_text(&text, failure->kind == 0 ? " too early" : ", where it means nothing");
    }
    Diag *diag = diag_add(cx->diags, CODE_E0102, failure->token.span, "%s", buf_cstr(&text));
    buf_free(&text);
    return diag;
}

/* ---- advice: habits of other languages, and frequent slips ---- */

/* Words that mean something elsewhere. The failed token is the word, or follows it. */
static const struct { const char *word, *advice; bool block; } foreign_words[] = {
    {"func", "a function begins with `fn`", true},
    {"function", "a function begins with `fn`", true},
    {"def", "a function begins with `fn`", true},
    {"fun", "a function begins with `fn`", true},
    {"void", "a function begins with `fn`; without `->` it has no result", true},
    {"elif", "write `else if`", true},
    {"elsif", "write `else if`", true},
    {"elseif", "write `else if`", true},
    {"then", "the block of an `if` stands in braces", true},
    {"do", "the block of a loop stands in braces", true},
    {"foreach", "write `for x in xs { ... }`", true},
    {"until", "write `while !condition { ... }`", true},
    {"unless", "write `if !condition { ... }`", true},
    {"switch", "write `match x { 1 => { ... } _ => { ... } }`", false},
    {"and", "write `&&`", true},
    {"or", "write `||`", true},
    {"not", "write `!`", true},
    {"is", "write `==`", true},
    {"class", "data are declared by `struct`; functions stand outside of it", false},
    {"interface", "there are no interfaces", false},
    {"throw", "write `raise`", false},
    {"throws", "write `raises`", true},
    {"except", "write `catch`", true},
    {"finally", "what must always run goes into a `defer { ... }` at the beginning of the block", true},
    {"spawn", "a task is started in a nursery: nursery n { n.start_soon(f()); }", true},
    {"go", "a task is started in a nursery: nursery n { n.start_soon(f()); }", true},
    {"yield", "write `await checkpoint();`", false},
    {"typedef", "there are no other names for types", false},
    {"using", "a file is imported by `import name;`", false},
    {"use", "a file is imported by `import name;`", false},
};

/* Pairs of kinds: the token before (0: any) and the failed one. */
static const struct { int before, found; const char *advice; } pairs[] = {
    {T_ASYNC, T_NAME, "a function that may wait begins with `async fn`"},
    {T_LET, T_MUT, "what changes is declared by `var`"},
    {T_PLUS, T_PLUS, "there is no `++`: write `x += 1`"},
    {T_MINUS, T_SEMI, "there is no `--`: write `x -= 1`"},
    {T_COMPARE, T_ASSIGN, "there is one kind of equality: `==` and `!=`"},
    {T_NAME, T_STRING, "arguments stand in parentheses: f(\"...\")"},
    {T_NAME, T_STRING_HEAD, "arguments stand in parentheses: f(\"...\")"},
    {T_NURSERY, T_LBRACE, "a nursery has a name: nursery n { ... }"},
    {T_NURSERY, T_COLON, "a nursery has a name, and a block in braces: nursery n { ... }"},
    {0, T_QUESTION, "a choice between values is written `if c { a } else { b }`"},
    {0, T_RANGE, "a range stands behind `in`, in the index of a slice, and in patterns"},
    {0, T_CATCH, "a `catch` follows the block of a `try`, or a call in a value"},
    {0, T_ELSE, "`else` follows directly behind the `}` of an `if`"},
    {0, T_WITH, "`with` follows `async`: async with lock { ... }"},
};

/* Reports a foreign word; false if there is none. *block: the `{` that follows begins a block. */
static bool report_foreign(Syntax *cx, const Failure *failure, bool *block) {
    Str found = token_source(cx, failure->token), before = token_source(cx, cx->before);
    for (size_t i = 0; i < sizeof foreign_words / sizeof *foreign_words; i++) {
        const char *word = foreign_words[i].word;
        bool here = failure->kind == T_NAME && str_is(found, word);
        bool just_before = cx->before_kind == T_NAME && str_is(before, word);
        if (!here && !just_before) continue;
        Span span = here ? failure->token.span : cx->before.span;
        Diag *diag = diag_add(cx->diags, CODE_E0102, span, "`%s` is no word of the language", word);
        diag_note(cx->diags, diag, "%s", foreign_words[i].advice);
        *block = foreign_words[i].block;
        return true;
    }
    return false;
}

static const char *pair_advice(const Syntax *cx, const Failure *failure) {
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool fits = pairs[i].before == 0 || pairs[i].before == cx->before_kind;
        if (fits && pairs[i].found == failure->kind) return pairs[i].advice;
    }
    return NULL;
}

static bool is_upper(Str text) { return text.len && text.at[0] >= 'A' && text.at[0] <= 'Z'; }

/* What depends on more than the two tokens. */
static const char *other_advice(const Syntax *cx, const Parser *parser, const Failure *failure) {
    Expected expected = {.parser = parser};
    int kind = failure->kind;
    bool statement = takes(&expected, T_LET), item = !statement && takes(&expected, T_STRUCT);
    if (kind == T_COLON && cx->before_kind == T_RPAREN && takes(&expected, T_LBRACE)) {
        return "the type of a function's result stands behind `->`";
    }
    if (kind == T_SEMI && takes(&expected, T_LBRACE)) return "only an `extern fn` has no body";
    if (kind == T_LBRACE && cx->before_kind == T_NAME && is_upper(token_source(cx, cx->before))) {
        return "a struct is built by a call: P(a: 1, b: 2)";
    }
    if (kind == T_IF && takes(&expected, T_INT)) return "an `if` between operators stands in parentheses";
    if (item && (begins_stmt(kind) || kind == T_AWAIT)) return "statements stand in functions: async fn main() { ... }";
    if (item && kind == T_NAME) {
        return "a declaration begins with fn, async fn, struct, enum, error, const, static, import or test";
    }
    if (statement && kind == T_CONST) return "a constant is declared outside of functions; inside, `let` will do";
    if (statement && begins_item(kind)) return "functions and types are declared outside of functions";
    bool only_block = !statement && takes(&expected, T_LBRACE) && !takes(&expected, T_INT);
    if (only_block) return "a block stands in braces: { ... }";
    if (kind == T_NAME && cx->before_kind == T_NAME && takes(&expected, T_SEMI)) {
        return "a variable is declared by `let x: T = v;` or `var x: T = v;`";
    }
    if (kind == T_ASSIGN && cx->before_kind == T_COLON && takes(&expected, T_FOR)) {
        return "there is no `:=`: a variable is declared by `let x = v;` or `var x = v;`";
    }
    if (kind == T_ASSIGN && takes(&expected, T_IN)) return "write `for i in 0..10 { ... }`";
    return NULL;
}

bool syntax_report(Syntax *cx, const Parser *parser, const Failure *failure) {
    bool block = false;
    if (report_foreign(cx, failure, &block)) return block;
    const char *advice = pair_advice(cx, failure);
    if (!advice) advice = other_advice(cx, parser, failure);
    Diag *diag = report_expected(cx, parser, failure);
    if (advice) diag_note(cx->diags, diag, "%s", advice);
    return false;
}
