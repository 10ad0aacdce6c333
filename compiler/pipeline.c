#include "compiler.h"
#include "emit.h"
#include "lex.h"
#include "passes.h"
#include "tokens.h"

const char *stage_name(Stage stage) {
    static const char *const names[] = {"none", "tokens", "ast", "ir", "live", "frame", "c"};
    return names[stage];
}

void unit_init(Unit *unit) {
    *unit = (Unit){.name = "program", .stage = STAGE_C, .ticks = TICKS_HOST};
    unit->sources.arena = unit->diags.arena = &unit->arena;
    names_init(&unit->names, &unit->arena);
    unit->program = (Program){
        .arena = &unit->arena, .names = &unit->names, .sources = &unit->sources, .diags = &unit->diags,
        .known = {.main = name_str(&unit->names, "main"), .underscore = name_str(&unit->names, "_")},
    };
    types_init(&unit->program.types, &unit->arena);
    lex_words(&unit->names);
}

void unit_free(Unit *unit) {
    buf_free(&unit->dump);
    texts_free(&unit->c);
    texts_free(&unit->h);
    types_free(&unit->program.types);
    names_free(&unit->names);
    arena_free(&unit->scratch);
    arena_free(&unit->arena);
}

/* ---- modules ---- */

static Module *find_module(const Program *program, Name name) {
    for (uint32_t i = 0; i < program->modules.len; i++) {
        if (program->modules.at[i]->name == name) return program->modules.at[i];
    }
    return NULL;
}

/* Places are 32 bits wide, and their differences must be too. */
enum { SOURCE_BYTES_MAX = 1 << 30 };

static void add_module(Unit *unit, Str path, Str text, Name name) {
    Source *source = source_add(&unit->sources, path, text);
    if (text.len >= SOURCE_BYTES_MAX - source->base) {
        source->text = STR("");
        diag_add(&unit->diags, CODE_E0501, (Span){source->base, 0}, "all files together may have %d bytes at most",
                 SOURCE_BYTES_MAX);
    }
    Module *module = parse(&unit->program, source, name);
    vec_push(&unit->arena, &unit->program.modules, module);
}

/* The path of what `import name;` in a file names: name.tr beside that file. */
static Str module_path(Arena *arena, Str importer, Name name) {
    size_t folder = importer.len;
    while (folder && importer.at[folder - 1] != '/') folder--;
    return str_format(arena, "%.*s%s.tr", (int)folder, importer.at, name->text);
}

static void read_imports(Unit *unit, const Module *importer) {
    for (uint32_t i = 0; i < importer->imports.len; i++) {
        const Item *import = importer->imports.at[i];
        if (find_module(&unit->program, import->name)) continue;
        Str path = module_path(&unit->arena, importer->source->path, import->name), text;
        if (unit->read && unit->read(unit->context, &unit->arena, path.at, &text)) {
            add_module(unit, path, text, import->name);
        } else {
            diag_add(&unit->diags, CODE_E0204, import->span, "there is no file `%s` to import", path.at);
        }
    }
}

/* The main module and all that it imports, directly or not. */
static void parse_all(Unit *unit, Str path, Str text) {
    add_module(unit, path, text, unit->program.known.main);
    for (uint32_t i = 0; i < unit->program.modules.len; i++) read_imports(unit, unit->program.modules.at[i]);
}

/* ---- the passes ---- */

/* Of the main file alone: the lexer knows nothing of imports. */
static void show_tokens(Unit *unit, Str path, Str text) {
    const Source *source = source_add(&unit->sources, path, text);
    tokens_dump(&unit->dump, source, &unit->sources, &unit->names, &unit->diags);
}

static void show_tree(Unit *unit) {
    for (uint32_t i = 0; i < unit->program.modules.len; i++) ast_dump(&unit->dump, unit->program.modules.at[i]);
}

static void show_function(Unit *unit, const IrFn *fn) {
    if (unit->stage == STAGE_IR) ir_dump(&unit->dump, &unit->program.types, fn);
    if (unit->stage == STAGE_LIVE) live_dump(&unit->dump, fn);
    if (unit->stage == STAGE_FRAME) frame_dump(&unit->dump, fn);
}

static void generate_function(Unit *unit, Emitter *emitter, IrFn *fn) {
    suspend(fn);
    live(fn, &unit->scratch);
    frame(fn, &unit->arena, &unit->scratch);
    if (unit->show) show_function(unit, fn);
    if (emitter) emit_fn(emitter, fn);
    arena_reset(&unit->scratch);
}

/* Function by function, so that only one body is in memory at a time. */
static void generate(Unit *unit) {
    Program *program = &unit->program;
    IrProgram *ir = lower_program(program, &unit->arena, &(LowerHow){.name = unit->name, .checks = !unit->unchecked, .dumps = unit->dumps, .ticks = unit->ticks});
    ir->numbered = unit->bundled;
    Emitter *emitter = unit->stage == STAGE_C ? emit_begin(ir, &program->types) : NULL;
    for (uint32_t i = 0; i < ir->fns.len; i++) {
        if (ir->fns.at[i]->is_extern) {
            if (emitter) emit_extern(emitter, ir->fns.at[i]);
            continue;
        }
        lower_body(program, ir, ir->fns.at[i], &unit->scratch);
        generate_function(unit, emitter, ir->fns.at[i]);
    }
    if (lower_init(program, ir, &unit->scratch)) generate_function(unit, emitter, ir->init);
    if (emitter) emit_end(emitter, &unit->c, &unit->h, &unit->features);
}

static bool failed(const Unit *unit) { return unit->diags.errors > 0; }

/* A module may do without `main`; a program that is to be built may not. */
static void require_main(Unit *unit) {
    if (!unit->program.takes_main || unit->stage != STAGE_C || unit->program.main) return;
    Diag *diag = diag_add(&unit->diags, CODE_E0232, (Span){unit->program.modules.at[0]->source->base, 0},
                          "there is no `main`, so there is nothing to run");
    diag_note(&unit->diags, diag, "a program begins with `async fn main() { }`");
}

static void run_passes(Unit *unit, Str path, Str text) {
    Program *program = &unit->program;
    if (unit->stage == STAGE_TOKENS) {
        show_tokens(unit, path, text);
        return;
    }
    program->has_test_runtime = unit->for_virtual || unit->testing || unit->stage != STAGE_C;
    program->takes_main = !unit->testing;
    program->takes_tests = unit->testing || unit->stage != STAGE_C;
    parse_all(unit, path, text);
    if (unit->stage == STAGE_AST) show_tree(unit);
    if (unit->stage == STAGE_AST || failed(unit)) return;
    resolve(program);
    check(program);
    if (failed(unit)) return;
    effects(program);
    if (failed(unit)) return;
    flow(program);
    require_main(unit);
    if (failed(unit)) return;
    generate(unit);
}

bool compile(Unit *unit, Str path, Str text) {
    run_passes(unit, path, text);
    diags_finish(&unit->diags);
    return !failed(unit);
}
