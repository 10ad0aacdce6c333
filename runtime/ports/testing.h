/* What a program of tests gives the test port, which has the `main`. */
#ifndef TR_TESTING_H
#define TR_TESTING_H

#include "../tr.h"

/* The program as new, with this test, by its number from 1, as its main task. */
tr_rt *tr_test_begin(size_t test);
/* Reports the errors with which it ended. */
void tr_test_report(size_t test);

#endif
