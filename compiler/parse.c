#include "parser.h"
#include "syntax.h"

static void too_deep(Syntax *cx, Token token) {
    Diag *diag = diag_add(cx->diags, CODE_E0119, token.span, "blocks and brackets are nested too deep here");
    diag_note(cx->diags, diag, "the compiler reads no further in this file");
}

static void run(Syntax *cx, Parser *parser) {
    Token token;
    int kind = lex_next(&cx->lexer, &token);
    for (bool ended = false;;) {
        parser_feed(parser, kind, token);
        if (cx->failed) {
            /* At the end of the file the second try is the last. */
            if (ended) return;
            ended = kind == 0;
            syntax_recover(cx, parser, &kind, &token);
            continue;
        }
        if (cx->overflow) too_deep(cx, token);
        if (cx->overflow || kind == 0) return;
        cx->before_kind = kind;
        cx->before = token;
        kind = lex_next(&cx->lexer, &token);
    }
}

Module *parse(Program *program, Source *source, Name name) {
    Module *module = arena_new(program->arena, Module);
    module->name = name;
    module->source = source;

    Syntax cx = {.program = program, .arena = program->arena, .diags = program->diags, .module = module};
    lex_begin(&cx.lexer, source, program->names, program->diags, program->arena);

    Arena own = {0};
    Parser *parser = arena_alloc(&own, parser_size());
    parser_begin(parser, &cx);
    run(&cx, parser);
    parser_end(parser);
    arena_free(&own);
    buf_free(&cx.list);
    return module;
}
