/* What starts the program on a board. */
#include "app.h"
#include "board.h"

static struct app_app app;

int main(void) {
    board_begin();
    app_init(&app);
    board_end(app_run(&app));
}
