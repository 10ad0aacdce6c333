#include "options.h"

#include <string.h>

#include "files.h"

/* ---- what the commands are ---- */

enum {
    BUILD = 1 << COMMAND_BUILD, RUN = 1 << COMMAND_RUN, TEST = 1 << COMMAND_TEST, CHECK = 1 << COMMAND_CHECK,
    DUMP = 1 << COMMAND_DUMP, NEW = 1 << COMMAND_NEW
};

static const char main_help[] =
    "usage: trc COMMAND [OPTIONS] ...\n"
    "\n"
    "  build A.tr      compile to C: A.c and A.h\n"
    "  run A.tr        compile and run on this machine\n"
    "  test A.tr ...   run the tests of files\n"
    "  check A.tr      only report what is wrong\n"
    "  new NAME        begin a project, for this machine or a board\n"
    "  explain CODE    tell the story behind a diagnostic, such as E0203\n"
    "  dump A.tr       show what a stage of the compiler made of it\n"
    "\n"
    "  trc COMMAND --help   the options of a command\n"
    "  trc --version        the version\n"
    "\n"
    "Exit status: 0, 1 for errors in the source or failed tests, 2 for errors of use.\n";

#define FORMAT_HELP "  --format=FORMAT   how diagnostics are printed: terminal, line or json\n"
#define TICK_HELP "  --tick=UNITBITS   the unit and width of the clock, such as us32 or ms64 (ns64)\n"
#define CHECKS_HELP "  --checks=on|off   keep or leave out checks at run time (on)\n"

typedef struct CommandText {
    const char *name, *operand, *help;
} CommandText;

static const CommandText commands[] = {
    [COMMAND_BUILD] = {"build", "a source file",
        "usage: trc build A.tr [OPTIONS]\n"
        "\n"
        "Compiles the program to A.c and A.h in the current directory.\n"
        "\n"
        "  -o OUT.c          write OUT.c and OUT.h instead\n"
        "  --bundle DIR      write them into DIR, and a runtime for them alone: add DIR to any C project\n"
        "  --dump            with NAME_dump, which prints the tree of tasks: compile all with -DTR_DUMP=1\n"
        TICK_HELP CHECKS_HELP FORMAT_HELP},
    [COMMAND_RUN] = {"run", "a source file",
        "usage: trc run A.tr [OPTIONS] [-- ARGS]\n"
        "\n"
        "Compiles the program with the C compiler named by CC and runs it; the exit status is the program's. Without\n"
        "CC: with tcc if there is one, as it is the quickest, else with cc. CC='cc -O2' makes a faster program.\n"
        "\n"
        "  --dump-on-deadlock  print the tree of tasks when all wait and nothing can wake one\n"
        "  --virtual         on a clock that jumps to the next deadline when all tasks wait\n"
        TICK_HELP CHECKS_HELP},
    [COMMAND_TEST] = {"test", "a source file",
        "usage: trc test A.tr ... [OPTIONS]\n"
        "\n"
        "Runs every `test` of the files, each by itself, on a clock that jumps to the next deadline when all tasks wait.\n"
        "The exit status is 0 if all pass, 1 if one fails or a file has errors, 2 for errors of use.\n"
        "\n"
        "  --filter TEXT     only the tests that have TEXT in their names\n"
        "  --format=FORMAT   how the results are printed: terminal, tap or junit\n"
        "  --explore         run each test in many schedules: in each, other tasks of a pass come first\n"
        "  --schedule N      only in this schedule\n"
        "  --cancel-points   cancel each test at each of its checkpoints in turn: cleanup must be done all the same\n"
        "  --cancel-at N     only at this one, counted from 1\n"
        "  --runs N          at most so many runs of each test (100 schedules, 1000 cancellations)\n"
        "  --timeout SECONDS after which a test that does not end fails (60; 0: never)\n"
        TICK_HELP CHECKS_HELP},
    [COMMAND_CHECK] = {"check", "a source file",
        "usage: trc check A.tr [OPTIONS]\n"
        "\n"
        "Reports what is wrong with the program and writes nothing.\n"
        "\n"
        TICK_HELP FORMAT_HELP},
    [COMMAND_NEW] = {"new", "a name for the project",
        "usage: trc new NAME [OPTIONS]\n"
        "\n"
        "Makes the directory NAME with a program and a Makefile, and for a board with its port: `make run` there runs it.\n"
        "\n"
        "  --board BOARD     host (the default), mps2-an385, microbit, virt (RISC-V) or atmega328p\n"},
    [COMMAND_EXPLAIN] = {"explain", "the code of a diagnostic, such as E0203",
        "usage: trc explain CODE\n"
        "\n"
        "Tells what a diagnostic means, with a wrong and a right example.\n"},
    [COMMAND_DUMP] = {"dump", "a source file",
        "usage: trc dump --stage=STAGE A.tr\n"
        "\n"
        "Shows what a stage of the compiler made of the program.\n"
        "\n"
        "  --stage=STAGE     tokens, ast, ir, live or frame\n"
        TICK_HELP},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* ---- what the options are ---- */

/* The index of `value` in a NULL-terminated list, or -1. */
static int choice(const char *const *names, const char *value) {
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], value) == 0) return i;
    }
    return -1;
}

static bool set_output(Options *options, const char *value) {
    options->output = value;
    /* What is no C file is not overwritten, whatever it is. */
    size_t len = strlen(value);
    return len > 2 && strcmp(value + len - 2, ".c") == 0;
}

static bool set_bundle(Options *options, const char *value) {
    options->bundle = value;
    return *value != '\0';
}

static bool set_board(Options *options, const char *value) {
    options->board = value;
    return *value != '\0';
}

static bool set_checks(Options *options, const char *value) {
    static const char *const names[] = {"on", "off", NULL};
    int at = choice(names, value);
    options->unchecked = at == 1;
    return at >= 0;
}

static bool set_format(Options *options, const char *value) {
    static const char *const names[] = {"terminal", "line", "json", NULL};
    int at = choice(names, value);
    if (at >= 0) options->format = (Format)at;
    return at >= 0;
}

/* "ms32": the unit and the width. */
static bool set_tick(Options *options, const char *value) {
    static const char *const units[] = {"ns", "us", "ms", NULL};
    static const uint32_t per_second[] = {1000000000, 1000000, 1000};
    char unit[3] = {0};
    strncpy(unit, value, 2);
    int at = choice(units, unit);
    bool is_wide = at >= 0 && strcmp(value + 2, "64") == 0;
    if (at < 0 || (!is_wide && strcmp(value + 2, "32") != 0)) return false;
    options->ticks = (Ticks){per_second[at], is_wide ? 64 : 32};
    return true;
}

static bool set_stage(Options *options, const char *value) {
    for (Stage stage = STAGE_TOKENS; stage <= STAGE_FRAME; stage++) {
        if (strcmp(stage_name(stage), value) != 0) continue;
        options->stage = stage;
        return true;
    }
    return false;
}

static bool set_filter(Options *options, const char *value) {
    options->test.filter = value;
    return true;
}

static bool set_results(Options *options, const char *value) {
    static const char *const names[] = {"terminal", "tap", "junit", NULL};
    int at = choice(names, value);
    if (at >= 0) options->test.results = (Results)at;
    return at >= 0;
}

static bool is_number(const char *text) { return *text && strlen(text) < 10 && !text[strspn(text, "0123456789")]; }

static bool set_timeout(Options *options, const char *value) {
    options->test.timeout = value;
    return is_number(value);
}

static bool set_explore(Options *options, const char *value) {
    (void)value;
    return options->test.explore = true;
}

static bool set_cancel_points(Options *options, const char *value) {
    (void)value;
    return options->test.cancel_points = true;
}

static bool is_count(const char *text) { return is_number(text) && text[strspn(text, "0")]; }

static bool set_schedule(Options *options, const char *value) {
    options->test.schedule = value;
    return is_count(value);
}

static bool set_cancel_at(Options *options, const char *value) {
    options->test.cancel_at = value;
    return is_count(value);
}

static bool set_runs(Options *options, const char *value) {
    options->test.runs = value;
    return is_count(value);
}

static bool set_dumps(Options *options, const char *value) {
    (void)value;
    return options->dumps = true;
}

static bool set_virtual(Options *options, const char *value) {
    (void)value;
    return options->virtual_clock = true;
}

typedef struct Option {
    const char *name;
    const char *wants;   /* what its value must be; NULL: takes none */
    int commands;        /* a bit for each that knows it */
    bool (*set)(Options *options, const char *value);
} Option;

static const Option options_known[] = {
    {"-o", "a name that ends in .c", BUILD, set_output},
    {"--board", "a board", NEW, set_board},
    {"--bundle", "a directory", BUILD, set_bundle},
    {"--checks", "on or off", BUILD | RUN | TEST, set_checks},
    {"--filter", "a part of a test's name", TEST, set_filter},
    {"--format", "terminal, tap or junit", TEST, set_results},
    {"--explore", NULL, TEST, set_explore},
    {"--schedule", "the number of a schedule", TEST, set_schedule},
    {"--cancel-points", NULL, TEST, set_cancel_points},
    {"--cancel-at", "the number of a checkpoint", TEST, set_cancel_at},
    {"--runs", "how many runs there are at most", TEST, set_runs},
    {"--timeout", "a number of seconds", TEST, set_timeout},
    {"--tick", "a unit and a width, such as us32 or ms64", BUILD | RUN | TEST | CHECK | DUMP, set_tick},
    {"--format", "terminal, line or json", BUILD | CHECK, set_format},
    {"--stage", "tokens, ast, ir, live or frame", DUMP, set_stage},
    {"--virtual", NULL, RUN, set_virtual},
    {"--dump", NULL, BUILD, set_dumps},
    {"--dump-on-deadlock", NULL, RUN, set_dumps},
};

/* The option that `text` names, alone or with `=value` behind it. */
static const Option *find_option(Command command, const char *text, size_t len) {
    for (size_t i = 0; i < sizeof options_known / sizeof *options_known; i++) {
        const Option *option = &options_known[i];
        bool known = option->commands & 1 << command;
        if (known && strlen(option->name) == len && strncmp(option->name, text, len) == 0) return option;
    }
    return NULL;
}

/* ---- reading ---- */

/* One option and its value; moves *at over what it took. */
static bool read_option(Options *options, int argc, char **argv, int *at) {
    const char *text = argv[*at], *name = commands[options->command].name;
    const char *equals = strncmp(text, "--", 2) == 0 ? strchr(text, '=') : NULL;
    size_t len = equals ? (size_t)(equals - text) : strlen(text);
    const Option *option = find_option(options->command, text, len);
    if (!option) return misuse("`trc %s` has no option `%.*s`; see `trc %s --help`", name, (int)len, text, name), false;

    const char *value = equals ? equals + 1 : NULL;
    if (option->wants && !value && *at + 1 < argc) value = argv[++*at];
    if ((option->wants != NULL) != (value != NULL) || !option->set(options, value)) {
        misuse("`%s` takes %s", option->name, option->wants ? option->wants : "no value");
        return false;
    }
    return true;
}

static bool read_arguments(Options *options, int argc, char **argv) {
    const CommandText *command = &commands[options->command];
    for (int at = 2; at < argc; at++) {
        const char *text = argv[at];
        if (strcmp(text, "--help") == 0 || strcmp(text, "-h") == 0) {
            options->command = COMMAND_HELP;
            options->help = command->help;
            return true;
        }
        if (strcmp(text, "--") == 0 && options->command == COMMAND_RUN) {
            options->args = argv + at + 1;
            break;
        }
        if (text[0] == '-' && text[1] != '\0') {
            if (!read_option(options, argc, argv, &at)) return false;
        } else if (options->command == COMMAND_TEST) {
            options->test.files[options->test.file_count++] = argv[at]; /* over words that were read */
        } else if (options->operand) {
            return misuse("`trc %s` takes one operand: what is `%s`?", command->name, text), false;
        } else {
            options->operand = text;
        }
    }
    if (!options->operand && !options->test.file_count) {
        return misuse("`trc %s` needs %s", command->name, command->operand), false;
    }
    if (options->command == COMMAND_DUMP && options->stage == STAGE_NONE) {
        return misuse("`trc dump` needs a --stage: tokens, ast, ir, live or frame"), false;
    }
    return true;
}

bool options_read(Options *options, int argc, char **argv) {
    *options = (Options){.args = argv + argc, .board = "host", .ticks = TICKS_HOST};
    options->test = (TestOptions){.files = argv + 2, .timeout = "60", .schedule = "0", .cancel_at = "0"};
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        options->command = COMMAND_HELP;
        options->help = main_help;
        return true;
    }
    if (strcmp(word, "--version") == 0) {
        options->command = COMMAND_VERSION;
        return true;
    }
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, word) != 0) continue;
        options->command = (Command)i;
        return read_arguments(options, argc, argv);
    }
    if (*word) misuse("no command `%s`; see `trc --help`", word);
    else misuse("which command? see `trc --help`");
    return false;
}
