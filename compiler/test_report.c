#define _POSIX_C_SOURCE 200809L

#include "test_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void report_begin(TestReport *report, Results format) {
    const char *no_color = getenv("NO_COLOR");
    bool plain = no_color && *no_color;
    *report = (TestReport){
        .format = format,
        .color = format == RESULTS_TERMINAL && !plain && isatty(STDOUT_FILENO),
        .progress = format == RESULTS_TERMINAL && isatty(STDERR_FILENO),
    };
    if (format == RESULTS_TAP) puts("TAP version 13");
}

void report_running(TestReport *report, Str name) {
    if (!report->progress) return;
    fflush(stdout);
    fprintf(stderr, "\r\033[K%.*s", (int)name.len, name.at);
}

/* Each line with `before` in front. */
static void put_lines(const char *before, Str text) {
    while (text.len) {
        const char *end = memchr(text.at, '\n', text.len);
        size_t len = end ? (size_t)(end - text.at) : text.len;
        printf("%s%.*s\n", before, (int)len, text.at);
        len += end != NULL;
        text = (Str){text.at + len, text.len - len};
    }
}

/* ---- terminal ---- */

static void put_word(const TestReport *report, const char *color, const char *word) {
    if (report->color) printf("\033[%sm%s\033[0m", color, word);
    else fputs(word, stdout);
}

static void terminal(const TestReport *report, const TestResult *result) {
    if (report->progress) fputs("\r\033[K", stderr);
    if (result->passed) {
        put_word(report, "32", "ok");
        printf("    %.*s\n", (int)result->name.len, result->name.at);
        return;
    }
    put_word(report, "31", "FAIL");
    printf("  %.*s (%.*s:%u)\n", (int)result->name.len, result->name.at, (int)result->place.source->path.len,
           result->place.source->path.at, result->place.line);
    put_lines("      ", result->output);
}

/* ---- TAP: https://testanything.org/tap-version-13-specification.html ---- */

/* A `#` in a name would begin a directive. */
static void tap(const TestReport *report, const TestResult *result) {
    printf("%s %u - ", result->passed ? "ok" : "not ok", report->passed + report->failed);
    for (size_t i = 0; i < result->name.len; i++) {
        if (result->name.at[i] == '#' || result->name.at[i] == '\\') putchar('\\');
        putchar(result->name.at[i] == '\n' ? ' ' : result->name.at[i]);
    }
    putchar('\n');
    put_lines("# ", result->output);
}

/* ---- JUnit ---- */

/* XML has no way to say most control characters. */
static void put_xml(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        switch (text.at[i]) {
        case '<': buf_text(out, "&lt;"); break;
        case '>': buf_text(out, "&gt;"); break;
        case '&': buf_text(out, "&amp;"); break;
        case '"': buf_text(out, "&quot;"); break;
        case '\n': buf_text(out, "&#10;"); break;
        case '\t': buf_char(out, '\t'); break;
        default: buf_char(out, (unsigned char)text.at[i] < ' ' ? '?' : text.at[i]); break;
        }
    }
}

static void junit(TestReport *report, const TestResult *result) {
    Buf *out = &report->cases;
    buf_text(out, "  <testcase classname=\"");
    put_xml(out, result->place.source->path);
    buf_text(out, "\" name=\"");
    put_xml(out, result->name);
    buf_format(out, "\" line=\"%u\"", result->place.line);
    if (result->passed) {
        buf_text(out, "/>\n");
        return;
    }
    buf_text(out, ">\n    <failure message=\"");
    put_xml(out, result->output);
    buf_text(out, "\"/>\n  </testcase>\n");
}

/* ---- all ---- */

void report_result(TestReport *report, const TestResult *result) {
    if (result->passed) report->passed++;
    else report->failed++;
    switch (report->format) {
    case RESULTS_TERMINAL: terminal(report, result); break;
    case RESULTS_TAP: tap(report, result); break;
    case RESULTS_JUNIT: junit(report, result); break;
    }
}

void report_end(TestReport *report) {
    uint32_t all = report->passed + report->failed;
    if (report->format == RESULTS_JUNIT) {
        printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"trc\" tests=\"%u\" failures=\"%u\">\n%.*s"
               "</testsuite>\n", all, report->failed, (int)report->cases.len, report->cases.at ? report->cases.at : "");
        fprintf(stderr, "%u passed, %u failed\n", report->passed, report->failed);
    } else {
        if (report->format == RESULTS_TAP) printf("1..%u\n# ", all);
        printf("%u passed, %u failed\n", report->passed, report->failed);
    }
    buf_free(&report->cases);
}
