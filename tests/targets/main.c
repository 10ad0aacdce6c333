/* What starts a program that the tests put on a board. Where RAM ends at the stack it says whether that was large enough:
   the free words are painted before and looked at afterwards. */
#include "app.h"
#include "board.h"

static struct app_app app;

#if defined(__AVR__)
static void paint(void) {}
static void look(void) {}
#else
extern uint32_t board_free[];
static const uint32_t color = 0xC0105EED;

static void paint(void) {
    uint32_t here, *end = (uint32_t *)((uintptr_t)&here - 64);
    for (uint32_t *word = board_free; word < end; word++) *word = color;
}

static void look(void) {
    static const char overflow[] = "[stack overflow]\n";
    if (board_free[0] != color || board_free[1] != color) tr_port_write(overflow, sizeof overflow - 1, false);
}
#endif

int main(void) {
    board_begin();
    paint();
    app_init(&app);
    int status = app_run(&app);
    look();
    board_end(status);
}
