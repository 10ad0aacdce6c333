/* test_report: what `trc test` prints. */
#ifndef TRC_TEST_REPORT_H
#define TRC_TEST_REPORT_H

#include "options.h"

/* How one test ended. */
typedef struct TestResult {
    Str name;
    Place place;             /* where it is declared */
    bool passed;
    Str output;              /* what it wrote, if it failed */
} TestResult;

/* The results so far. */
typedef struct TestReport {
    Results format;
    uint32_t passed, failed;
    bool color, progress;    /* on a terminal, and nobody said no */
    Buf cases;               /* JUNIT: the elements, until it is known how many there are */
} TestReport;

void report_begin(TestReport *report, Results format);
/* A test begins. */
void report_running(TestReport *report, Str name);
void report_result(TestReport *report, const TestResult *result);
/* Prints the closing line. */
void report_end(TestReport *report);

#endif
