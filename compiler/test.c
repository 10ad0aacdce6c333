/* `trc test`: each file becomes one program, which is started anew for each of its tests. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "commands.h"
#include "files.h"
#include "host_cc.h"
#include "host_program.h"
#include "output.h"
#include "session.h"
#include "test_report.h"

/* The tests of one file. */
typedef struct TestRun {
    const Options *options;
    TestReport *report;
    Unit *unit;
    const char *program, *output; /* paths */
} TestRun;

/* What a program object needs to be a program of tests. */
static Str main_text(Unit *unit) {
    const char *name = unit->name;
    return str_format(&unit->arena,
        "#include \"runtime/ports/testing.h\"\n"
        "\n"
        "static struct %s_app app;\n"
        "\n"
        "tr_rt *tr_test_begin(size_t test) {\n"
        "    memset(&app, 0, sizeof app);\n"
        "    %s_test_init(&app, test);\n"
        "    return &app.rt;\n"
        "}\n"
        "\n"
        "void tr_test_report(size_t test) { %s_test_report(&app, test); }\n", name, name, name);
}

static bool is_wanted(const Options *options, const Item *item) {
    return item->kind == ITEM_TEST && (!options->test.filter || strstr(item->name->text, options->test.filter));
}

/* What the user can type to run this test alone, to which the process adds how. A shell takes what stands between '
   as it is. */
static const char *replay_command(const TestRun *run, Str name) {
    Buf quoted = {0};
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '\'') buf_text(&quoted, "'\\'");
        buf_char(&quoted, name.at[i]);
    }
    Str path = run->unit->program.modules.at[0]->source->path;
    const char *command = str_format(&run->unit->arena, "trc test %.*s --filter '%.*s'", (int)path.len, path.at,
                                     (int)quoted.len, quoted.at ? quoted.at : "").at;
    buf_free(&quoted);
    return command;
}

/* Gives the wait status; -1 after a report. `number`: of the test, from 1. */
static int run_test(const TestRun *run, uint32_t number, Str name) {
    Words words = {.arena = &run->unit->arena};
    words_add(&words, run->program);
    words_add(&words, str_format(&run->unit->arena, "%u", number).at);
    const TestOptions *wanted = &run->options->test;
    words_add(&words, wanted->timeout);
    words_add(&words, wanted->explore ? (wanted->runs ? wanted->runs : "100") : "0");
    words_add(&words, wanted->schedule);
    words_add(&words, wanted->cancel_points ? (wanted->runs ? wanted->runs : "1000") : "0");
    words_add(&words, wanted->cancel_at);
    words_add(&words, replay_command(run, name));
    int status = words_run(&words, run->output);
    if (status == -1) misuse("cannot start the program: %s", strerror(errno));
    return status;
}

static Str output_of(const TestRun *run, int status) {
    Str text;
    if (!file_read(&run->unit->arena, run->output, &text)) text = STR("");
    if (!WIFSIGNALED(status)) return text;
    return str_format(&run->unit->arena, "%.*sended by signal %d\n", (int)text.len, text.at, WTERMSIG(status));
}

/* Was it stopped from the keyboard? */
static bool was_stopped(int status) {
    return WIFSIGNALED(status) && (WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGTERM || WTERMSIG(status) == SIGHUP);
}

/* Gives 0, 2 after a report, or with the status in *stopped 0 too, if the user has had enough. */
static int run_tests(const TestRun *run, int *stopped) {
    const Module *module = run->unit->program.modules.at[0];
    uint32_t number = 0;
    for (uint32_t i = 0; i < module->items.len && !*stopped; i++) {
        const Item *item = module->items.at[i];
        if (item->kind == ITEM_TEST) number++;
        if (!is_wanted(run->options, item)) continue;
        report_running(run->report, name_text(item->name));
        int status = run_test(run, number, name_text(item->name));
        if (status == -1) return 2;
        if (was_stopped(status)) {
            *stopped = status;
            break;
        }
        TestResult result = {name_text(item->name), source_place(&run->unit->sources, item->span.at), status == 0,
                             status == 0 ? STR("") : output_of(run, status)};
        report_result(run->report, &result);
    }
    return 0;
}

static bool any_wanted(const Unit *unit, const Options *options) {
    const Module *module = unit->program.modules.at[0];
    for (uint32_t i = 0; i < module->items.len; i++) if (is_wanted(options, module->items.at[i])) return true;
    return false;
}

static int run_program(Unit *unit, const Options *options, TestReport *report, int *stopped) {
    if (!any_wanted(unit, options)) return 0;
    const char *directory = directory_private(&unit->arena);
    if (!directory) return misuse("cannot make a temporary directory: %s", strerror(errno));
    TestRun run = {.options = options, .report = report, .unit = unit};
    run.output = path_join(&unit->arena, directory, "output");
    HostProgram wanted = {"ports/testing.c", "-DTR_TEST=1 -DTR_DUMP=1", main_text(unit)};
    int status = host_program_make(unit, &wanted, directory, &run.program);
    if (status == 0) status = run_tests(&run, stopped);
    directory_remove(&unit->arena, directory);
    return status;
}

static int test_file(const Options *options, const char *path, TestReport *report, int *stopped) {
    Options of_file = *options;
    of_file.operand = path;
    Unit unit;
    unit_init(&unit);
    unit.name = output_name(&unit.arena, path);
    unit.testing = unit.dumps = true;
    int status = compile_file(&unit, &of_file);
    if (status == 0) status = run_program(&unit, options, report, stopped);
    unit_free(&unit);
    return status;
}

int command_test(const Options *options) {
    TestReport report;
    int status = 0, stopped = 0;
    report_begin(&report, options->test.results);
    for (size_t i = 0; i < options->test.file_count && !stopped; i++) {
        int of_file = test_file(options, options->test.files[i], &report, &stopped);
        if (of_file > status) status = of_file;
    }
    report_end(&report);
    if (stopped) return exit_as(stopped);
    if (options->test.filter && !report.passed && !report.failed && status == 0) {
        return misuse("no test has `%s` in its name", options->test.filter);
    }
    return report.failed && status == 0 ? 1 : status;
}
