/* What `trc run` puts beside a program, for the programs that the tests compile themselves. */
#include "app.h"

static struct app_app app;

int main(void) {
    app_init(&app);
    return app_run(&app);
}
