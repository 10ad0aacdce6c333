/* The lexer: bytes to tokens. A block of rules for code, one for the inside of strings, one for nested comments.
   A NUL stands behind the text; one inside of it has been reported by lex_begin and is stepped over. */
#include "lex.h"

#include "ast.h"
#include "parser.h"
#include "utf8.h"

/*!re2c
  re2c:define:YYCTYPE = "unsigned char";
  re2c:define:YYCURSOR = cursor;
  re2c:define:YYMARKER = marker;
  re2c:yyfill:enable = 0;
  re2c:flags:bit-vectors = 1;

  digits   = [0-9] [0-9_]*;
  fraction = digits "." digits;
  exponent = [eE] [+-]? digits;
  word     = [A-Za-z_] [A-Za-z0-9_]*;
  plain    = [^"\\{}\n\x00];
*/

/* ---- words ---- */

enum { MAY_BE_NAME = 1 << 16 };

/* One word: its kind, and which of that kind it is. What comes after the gap may also be a name. */
#define WORD(text, kind, which) {text, T_##kind | (uint32_t)(which) << 8}
#define SOFT_WORD(text, kind, which) {text, T_##kind | (uint32_t)(which) << 8 | MAY_BE_NAME}

static const struct { const char *text; uint32_t word; } words[] = {
    WORD("as", AS, 0), WORD("assert", ASSERT, 0), WORD("async", ASYNC, 0), WORD("await", AWAIT, 0),
    WORD("break", JUMP, STMT_BREAK), WORD("cancel_scope", CANCEL_SCOPE, 0), WORD("catch", CATCH, 0),
    WORD("const", CONST, 0), WORD("continue", JUMP, STMT_CONTINUE), WORD("critical", BODY, STMT_CRITICAL),
    WORD("defer", BODY, STMT_DEFER), WORD("else", ELSE, 0), WORD("enum", ENUM, 0), WORD("error", ERROR, 0),
    WORD("every", EVERY, 0), WORD("fail_after", TIMED, SCOPE_FAIL_AFTER), WORD("fail_at", TIMED, SCOPE_FAIL_AT),
    WORD("false", BOOL, false), WORD("fn", FN, 0), WORD("for", FOR, 0), WORD("if", IF, 0), WORD("import", IMPORT, 0),
    WORD("in", IN, 0), WORD("let", LET, VAR_LET), WORD("loop", LOOP, 0), WORD("match", MATCH, 0),
    WORD("move_on_after", TIMED, SCOPE_MOVE_ON_AFTER), WORD("move_on_at", TIMED, SCOPE_MOVE_ON_AT),
    WORD("mut", MUT, 0), WORD("none", NONE, 0), WORD("nursery", NURSERY, 0), WORD("pub", PUB, 0),
    WORD("race", GROUP, STMT_RACE), WORD("raise", RAISE, 0), WORD("raises", RAISES, 0), WORD("return", RETURN, 0),
    WORD("select", SELECT, 0), WORD("shield", SHIELD, 0), WORD("soft", BODY, STMT_SCOPE), WORD("static", STATIC, 0),
    WORD("struct", STRUCT, 0), WORD("test", TEST, 0), WORD("together", GROUP, STMT_TOGETHER),
    WORD("true", BOOL, true), WORD("try", TRY, 0), WORD("var", VAR, VAR_VAR), WORD("while", WHILE, 0),

    SOFT_WORD("after", AFTER, 0), SOFT_WORD("align", ALIGN, 0), SOFT_WORD("at", AT, 0),
    SOFT_WORD("atomic", ATOMIC, 0), SOFT_WORD("broadcast", CHANNEL, CHANNEL_BROADCAST),
    SOFT_WORD("channel", CHANNEL, CHANNEL_QUEUE), SOFT_WORD("config", CONFIG, 0), SOFT_WORD("dynamic", DYNAMIC, 0),
    SOFT_WORD("export", EXPORT, 0), SOFT_WORD("extern", EXTERN, 0), SOFT_WORD("include", INCLUDE, 0),
    SOFT_WORD("isr", ISR, 0), SOFT_WORD("latest", CHANNEL, CHANNEL_LATEST), SOFT_WORD("mmio", MMIO, 0),
    SOFT_WORD("section", SECTION, 0), SOFT_WORD("start_service", START_BLOCK, 0),
    SOFT_WORD("start_soon", START_BLOCK, 0), SOFT_WORD("start_when_free", START_BLOCK, 0),
    SOFT_WORD("starts", STARTS, 0), SOFT_WORD("type", TYPE, 0), SOFT_WORD("uninit", UNINIT, 0),
    SOFT_WORD("wire", WIRE, 0), SOFT_WORD("with", WITH, 0),
};

void lex_words(Names *names) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        name_slot(names, words[i].text, strlen(words[i].text))->word = words[i].word;
    }
}

int lex_reserved(Name name) { return name->word & MAY_BE_NAME ? 0 : name->word & 0xFF; }

static const unsigned char *skip_blanks(const unsigned char *at) {
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') at++;
    return at;
}

/* The word at `at` names a number type: `x as u8` is a cast, `f() as port` is not. */
static bool is_number_type(const unsigned char *at) {
    const unsigned char *marker, *cursor = skip_blanks(at), *start = cursor;
    /*!re2c
      word {
          static const char *const types[] = {
              "u8", "i32", "u32", "usize", "f64", "u16", "i64", "u64", "f32", "i8", "i16",
          };
          for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
              if (str_is((Str){(const char *)start, (size_t)(cursor - start)}, types[i])) return true;
          }
          return false;
      }
      * { return false; }
    */
}

/* A word of the language may mean different things, or just be a name, by what stands around it. */
static int word_kind(const Lexer *lexer, Token *token, Name name) {
    int kind = (int)(name->word & 0xFF);
    bool after_dot = lexer->last == T_DOT;
    if (kind == T_START_BLOCK) return after_dot && *skip_blanks(lexer->at) == '{' ? T_START_BLOCK : T_NAME;
    if (after_dot) return T_NAME;
    if (kind == T_CHANNEL && *lexer->at != '<') return T_NAME;
    if (!(name->word & MAY_BE_NAME) || kind == T_CHANNEL) token->u.integer = name->word >> 8 & 0xFF;
    return kind == T_AS && is_number_type(lexer->at) ? T_CAST : kind;
}

/* ---- errors ---- */

static uint32_t offset(const Lexer *lexer, const unsigned char *at) { return (uint32_t)(at - lexer->text); }

/* Typographic signs that come with copied text, and words about signs of other languages. */
static const char *advice_on(uint32_t c) {
    switch (c) {
    case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB: return "a string stands in straight quotes: \"";
    case 0x2018: case 0x2019: case '`': return "a character stands in straight quotes: '";
    case 0x2212: case 0x2013: case 0x2014: return "minus is the sign -";
    case 0xD7: return "times is the sign *";
    case 0xA0: case 0x200B: case 0xFEFF: return "it looks like a blank but is none";
    case '#': return "constants are made by `const`, C headers are named by `include`, and comments begin with //";
    case '@': case '$': return "no name begins with it";
    case '\\': return "a line needs no sign to go on in the next one";
    default: return NULL;
    }
}

static void bad_character(Lexer *lexer, const unsigned char *start) {
    uint32_t c;
    size_t len = utf8_next((const char *)start, (const char *)lexer->end, &c);
    uint32_t from = offset(lexer, start);
    if (c == UTF8_INVALID) {
        /* lex_begin has reported it. */
        lexer->trouble = from + 1;
        return;
    }
    char text[64];
    const char *control = "a control character (0x%02x) has no meaning here";
    if (c < ' ' || c == 0x7F) snprintf(text, sizeof text, control, (unsigned)c);
    else snprintf(text, sizeof text, "the character `%.*s` has no meaning here", (int)len, (const char *)start);
    Diag *diag = lex_error(lexer, CODE_E0101, from, from + (uint32_t)len, text);
    if (advice_on(c)) diag_note(lexer->diags, diag, "%s", advice_on(c));
    lexer->at = start + len;
}

/* ---- strings ---- */

static uint32_t first_quote(const Lexer *lexer, uint32_t start) { return lexer->holes ? lexer->hole[0].start : start; }

/* What was said about the inside of a string follows from its having no end. */
static void retract(Lexer *lexer, uint32_t start) {
    Diags *diags = lexer->diags;
    while (diags->list.len && diags->list.at[diags->list.len - 1]->span.at >= lexer->base + start) {
        diags->list.len--;
        diags->errors--;
    }
}

static void open_string(Lexer *lexer, uint32_t start, uint32_t end) {
    start = first_quote(lexer, start);
    retract(lexer, start);
    Diag *diag = lex_error(lexer, CODE_E0106, start, end, "the line ends before the string does");
    lexer->unfinished = diag->span;
    if (lexer->holes) {
        diag_note(lexer->diags, diag,
                  "either a `\"` or the `}` of a hole is missing; a brace that is text is doubled: {{");
    } else {
        diag_note(lexer->diags, diag,
                  "a string ends with `\"` on the line on which it begins; \\n is a line break in it");
    }
    lexer->unwinding = lexer->holes > 0;
}

/* From behind the quote, or behind the `}` of a hole, to the closing quote or the next hole. `start` is the string's
   own first byte. Gives `ended` or `opened`. */
static int string_rest(Lexer *lexer, Token *token, uint32_t start, int ended, int opened) {
    const unsigned char *cursor = lexer->at, *marker, *inside = cursor, *piece;
    int kind = ended;
    uint32_t delimiter = 1;
    for (;;) {
        piece = cursor;
        /*!re2c
          plain+                     { continue; }
          "\\u{" [0-9A-Fa-f]* "}"    { continue; }
          "\\" [^\n\x00]             { continue; }
          "{{" | "}}"                { continue; }
          "}" {
              lex_error(lexer, CODE_E0113, offset(lexer, piece), offset(lexer, cursor),
                        "a `}` that is text is doubled: `}}`");
              continue;
          }
          "{" {
              if (lexer->holes == HOLES_MAX) {
                  lex_error(lexer, CODE_E0119, offset(lexer, piece), offset(lexer, cursor),
                            "strings are nested too deep");
                  continue;
              }
              lexer->hole[lexer->holes++] = (Hole){start, 0};
              kind = opened;
              break;
          }
          "\""                       { break; }
          "\n" | "\x00" {
              if (*piece == 0 && piece < lexer->end) continue;
              cursor = piece;
              delimiter = 0;
              open_string(lexer, start, offset(lexer, piece));
              break;
          }
          *                          { continue; }
        */
    }
    lexer->at = cursor;
    token->u.inner.at = offset(lexer, inside);
    token->u.inner.len = (uint32_t)(cursor - inside) - delimiter;
    return kind;
}

/* Behind a `}` that closes a hole. */
static int string_goes_on(Lexer *lexer, Token *token) {
    uint32_t start = lexer->hole[--lexer->holes].start;
    return string_rest(lexer, token, start, T_STRING_TAIL, T_STRING_MIDDLE);
}

/* An empty end for each string that is still open. */
static int unwind(Lexer *lexer, Token *token) {
    lexer->unwinding = --lexer->holes > 0;
    uint32_t here = offset(lexer, lexer->at);
    *token = (Token){.span = {lexer->base + here, 0}, .u.inner = {here, 0}};
    return lexer->last = T_STRING_TAIL;
}

static bool in_hole_itself(const Lexer *lexer) { return lexer->holes && lexer->hole[lexer->holes - 1].depth == 0; }

static int open_bracket(Lexer *lexer, int kind) {
    if (lexer->holes) lexer->hole[lexer->holes - 1].depth++;
    return kind;
}

static int close_bracket(Lexer *lexer, int kind) {
    if (lexer->holes && lexer->hole[lexer->holes - 1].depth) lexer->hole[lexer->holes - 1].depth--;
    return kind;
}

/* Behind the `:` of a hole: what stands before its `}`. */
static int format_spec(Lexer *lexer, Token *token) {
    const unsigned char *start = lexer->at, *at = start;
    while (at < lexer->end && *at != '}' && *at != '"' && *at != '\n') at++;
    lexer->at = at;
    token->u.inner.at = offset(lexer, start);
    token->u.inner.len = (uint32_t)(at - start);
    return T_FORMAT;
}

/* ---- comments ---- */

static const unsigned char *line_end(const unsigned char *at, const unsigned char *end) {
    const unsigned char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    return newline ? newline : end;
}

static void skip_comment(Lexer *lexer, const unsigned char *start) {
    const unsigned char *cursor = lexer->at, *marker;
    for (unsigned depth = 1; depth;) {
        /*!re2c
          "/*"         { depth++; continue; }
          "*" "/"      { depth--; continue; }
          "\x00" {
              if (cursor <= lexer->end) continue;
              cursor = lexer->end;
              uint32_t from = offset(lexer, start);
              Diag *diag = lex_error(lexer, CODE_E0107, from, from + 2, "this comment has no end");
              diag_note(lexer->diags, diag, "comments nest: each `/*` needs a `*" "/` of its own");
              lexer->hopeless = true;
              break;
          }
          [^/*\x00]+   { continue; }
          *            { continue; }
        */
    }
    lexer->at = cursor;
}

/* ---- code ---- */

#define OPERATOR(kind, op) do { token->u.integer = (op); result = (kind); goto done; } while (0)
#define SIGN(kind) do { result = (kind); goto done; } while (0)

/* Finishes a token whose value other functions work out. */
#define VALUE(call)                                                                              \
    do {                                                                                         \
        lexer->at = cursor;                                                                      \
        token->span = (Span){lexer->base + offset(lexer, start), (uint32_t)(cursor - start)};    \
        result = (call);                                                                         \
        cursor = lexer->at;                                                                      \
        goto done;                                                                               \
    } while (0)

int lex_next(Lexer *lexer, Token *token) {
    if (lexer->unwinding) return unwind(lexer, token);
    const unsigned char *cursor = lexer->at, *marker, *start;
    int result;
again:
    start = cursor;
    /*!re2c
      [ \t\r]+            { goto again; }
      "\n" [ \t\r\n]* {
          if (!lexer->holes) goto again;
          lexer->at = start;
          open_string(lexer, 0, offset(lexer, start));
          return unwind(lexer, token);
      }
      "//"                { cursor = line_end(cursor, lexer->end); goto again; }
      "/*"                { lexer->at = cursor; skip_comment(lexer, start); cursor = lexer->at; goto again; }
      "\x00" {
          if (start < lexer->end) goto again;
          cursor = start;
          if (lexer->holes) {
              lexer->at = start;
              open_string(lexer, 0, offset(lexer, start));
              return unwind(lexer, token);
          }
          SIGN(0);
      }

      word {
          NameText *name = name_slot(lexer->names, (const char *)start, (size_t)(cursor - start));
          token->u.name = name;
          result = T_NAME;
          if (name->word) {
              lexer->at = cursor;
              result = word_kind(lexer, token, name);
          }
          goto done;
      }

      digits | "0x" [0-9A-Fa-f_]+ | "0b" [01_]+ | "0o" [0-7_]+   { VALUE(lex_integer(lexer, token)); }
      fraction exponent? | digits exponent                       { VALUE(lex_float(lexer, token)); }
      (digits | fraction) ("ns" | "us" | "ms" | "s" | "min" | "h") { VALUE(lex_duration(lexer, token)); }
      (digits | fraction) word                                   { VALUE(lex_bad_number(lexer, token)); }

      "'" ([^'\\\n\x00] | "\\" [^\n\x00])* "'"                   { VALUE(lex_character(lexer, token)); }
      "'"                                                        { VALUE(lex_open_character(lexer, token)); }
      "\"" plain* "\"" {
          token->u.inner.at = offset(lexer, start) + 1;
          token->u.inner.len = (uint32_t)(cursor - start) - 2;
          SIGN(T_STRING);
      }
      "\"" { VALUE(string_rest(lexer, token, offset(lexer, start), T_STRING, T_STRING_HEAD)); }
      "b\"" ([^"\\\n\x00] | "\\" [^\n\x00])* "\"" {
          token->u.inner.at = offset(lexer, start) + 2;
          token->u.inner.len = (uint32_t)(cursor - start) - 3;
          SIGN(T_BYTES);
      }

      "("    { SIGN(open_bracket(lexer, T_LPAREN)); }
      "["    { SIGN(open_bracket(lexer, T_LBRACKET)); }
      "{"    { SIGN(open_bracket(lexer, T_LBRACE)); }
      ")"    { SIGN(close_bracket(lexer, T_RPAREN)); }
      "]"    { SIGN(close_bracket(lexer, T_RBRACKET)); }
      "}"    { if (in_hole_itself(lexer)) VALUE(string_goes_on(lexer, token)); SIGN(close_bracket(lexer, T_RBRACE)); }
      ":"    { if (in_hole_itself(lexer)) VALUE(format_spec(lexer, token)); SIGN(T_COLON); }
      ";"    { SIGN(T_SEMI); }
      ","    { SIGN(T_COMMA); }
      "."    { SIGN(T_DOT); }
      ".."   { OPERATOR(T_RANGE, false); }
      "..="  { OPERATOR(T_RANGE, true); }
      "->"   { SIGN(T_ARROW); }
      "=>"   { SIGN(T_FAT_ARROW); }
      "?"    { SIGN(T_QUESTION); }
      "!"    { OPERATOR(T_NOT, OP_NOT); }
      "~"    { OPERATOR(T_INVERT, OP_INVERT); }

      "*"    { OPERATOR(T_STAR, OP_MUL); }
      "/"    { OPERATOR(T_TIMES, OP_DIV); }
      "%"    { OPERATOR(T_TIMES, OP_REM); }
      "*%"   { OPERATOR(T_TIMES, OP_WMUL); }
      "-"    { OPERATOR(T_MINUS, OP_SUB); }
      "+"    { OPERATOR(T_PLUS, OP_ADD); }
      "+%"   { OPERATOR(T_PLUS, OP_WADD); }
      "-%"   { OPERATOR(T_PLUS, OP_WSUB); }
      "+|"   { OPERATOR(T_PLUS, OP_SADD); }
      "-|"   { OPERATOR(T_PLUS, OP_SSUB); }
      "<<"   { OPERATOR(T_SHL, OP_SHL); }
      ">>"   { OPERATOR(T_SHR, OP_SHR); }
      "&"    { OPERATOR(T_AND, OP_AND); }
      "^"    { OPERATOR(T_XOR, OP_XOR); }
      "|"    { OPERATOR(T_OR, OP_OR); }
      "=="   { OPERATOR(T_COMPARE, OP_EQ); }
      "!="   { OPERATOR(T_COMPARE, OP_NE); }
      "<="   { OPERATOR(T_COMPARE, OP_LE); }
      ">="   { OPERATOR(T_COMPARE, OP_GE); }
      "<"    { OPERATOR(T_LT, OP_LT); }
      ">"    { OPERATOR(T_GT, OP_GT); }
      "&&"   { OPERATOR(T_LOGIC_AND, OP_LOGIC_AND); }
      "||"   { OPERATOR(T_LOGIC_OR, OP_LOGIC_OR); }
      "??"   { OPERATOR(T_COALESCE, OP_COALESCE); }

      "="    { SIGN(T_ASSIGN); }
      "+="   { OPERATOR(T_ASSIGN_OP, OP_ADD); }
      "-="   { OPERATOR(T_ASSIGN_OP, OP_SUB); }
      "*="   { OPERATOR(T_ASSIGN_OP, OP_MUL); }
      "/="   { OPERATOR(T_ASSIGN_OP, OP_DIV); }
      "%="   { OPERATOR(T_ASSIGN_OP, OP_REM); }
      "+%="  { OPERATOR(T_ASSIGN_OP, OP_WADD); }
      "-%="  { OPERATOR(T_ASSIGN_OP, OP_WSUB); }
      "*%="  { OPERATOR(T_ASSIGN_OP, OP_WMUL); }
      "+|="  { OPERATOR(T_ASSIGN_OP, OP_SADD); }
      "-|="  { OPERATOR(T_ASSIGN_OP, OP_SSUB); }
      "<<="  { OPERATOR(T_ASSIGN_OP, OP_SHL); }
      ">>="  { OPERATOR(T_ASSIGN_OP, OP_SHR); }
      "&="   { OPERATOR(T_ASSIGN_OP, OP_AND); }
      "^="   { OPERATOR(T_ASSIGN_OP, OP_XOR); }
      "|="   { OPERATOR(T_ASSIGN_OP, OP_OR); }
      "&&="  { OPERATOR(T_ASSIGN_OP, OP_LOGIC_AND); }
      "||="  { OPERATOR(T_ASSIGN_OP, OP_LOGIC_OR); }
      "??="  { OPERATOR(T_ASSIGN_OP, OP_COALESCE); }

      *      { lexer->at = cursor; bad_character(lexer, start); cursor = lexer->at; goto again; }
    */
done:
    lexer->at = cursor;
    token->span = (Span){lexer->base + offset(lexer, start), (uint32_t)(cursor - start)};
    return lexer->last = result;
}
