/* reset: from reset to main, and what traps come to. The board's external interrupts go to board_interrupt, which is
   weak; what nobody expects ends the program. */
#include "board.h"
#include "tr.h"

extern uint32_t board_data_load[], board_data[], board_data_end[], board_bss[], board_bss_end[];

#define CAUSE_INTERRUPT 0x80000000u
enum { CAUSE_TIMER = 7, CAUSE_EXTERNAL = 11 };

int main(void);
void board_reset(void);

__asm__(".section .reset, \"ax\"\n"
        ".globl board_start\n"
        "board_start:\n"
        "    .option push\n"
        "    .option norelax\n"
        "    la gp, __global_pointer$\n"
        "    .option pop\n"
        "    la sp, board_stack\n"
        "    j board_reset\n"
        ".text\n");

static void unexpected(void) {
    static const char message[] = "unexpected interrupt or fault\n";
    tr_port_write(message, sizeof message - 1, true);
    tr_port_panic();
}

__attribute__((weak)) void board_timer_interrupt(void) { unexpected(); }
__attribute__((weak)) void board_interrupt(void) { unexpected(); }

__attribute__((interrupt("machine"), aligned(4))) static void trap(void) {
    uint32_t cause;
    __asm__ volatile("csrr %0, mcause" : "=r"(cause));
    if (cause == (CAUSE_INTERRUPT | CAUSE_TIMER)) board_timer_interrupt();
    else if (cause == (CAUSE_INTERRUPT | CAUSE_EXTERNAL)) board_interrupt();
    else unexpected();
}

void board_reset(void) {
    const uint32_t *from = board_data_load;
    for (uint32_t *to = board_data; to < board_data_end;) *to++ = *from++;
    for (uint32_t *to = board_bss; to < board_bss_end;) *to++ = 0;
    __asm__ volatile("csrw mtvec, %0" : : "r"(trap));
    board_end(main());
}
