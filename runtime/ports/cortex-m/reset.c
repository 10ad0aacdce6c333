/* reset: the vector table, and what happens between reset and main. The board's interrupts are BOARD_INTERRUPTS in its
   board.h; one whose handler nobody writes ends in `unexpected`, as faults do. */
#include "board.h"
#include "tr.h"

extern uint32_t board_stack[], board_data_load[], board_data[], board_data_end[], board_bss[], board_bss_end[];

int main(void);
void Reset_Handler(void);

static void unexpected(void) {
    static const char message[] = "unexpected interrupt or fault\n";
    tr_port_write(message, sizeof message - 1, true);
    tr_port_panic();
}

void Reset_Handler(void) {
    const uint32_t *from = board_data_load;
    for (uint32_t *to = board_data; to < board_data_end;) *to++ = *from++;
    for (uint32_t *to = board_bss; to < board_bss_end;) *to++ = 0;
    board_end(main());
}

#define WEAK(name) void name(void) __attribute__((weak, alias("unexpected")));
WEAK(NMI_Handler) WEAK(SVC_Handler) WEAK(PendSV_Handler) WEAK(SysTick_Handler)
BOARD_INTERRUPTS(WEAK)
#undef WEAK

typedef struct Vectors {
    uint32_t *stack;
    void (*handler[15])(void);
#define NUMBER(name) void (*name)(void);
    BOARD_INTERRUPTS(NUMBER)
#undef NUMBER
} Vectors;

__attribute__((section(".vectors"), used)) static const Vectors vectors = {
    .stack = board_stack,
    .handler = {
        Reset_Handler, NMI_Handler, unexpected, unexpected, unexpected, unexpected, NULL, NULL, NULL, NULL, SVC_Handler,
        unexpected, NULL, PendSV_Handler, SysTick_Handler,
    },
#define ADDRESS(name) .name = name,
    BOARD_INTERRUPTS(ADDRESS)
#undef ADDRESS
};
