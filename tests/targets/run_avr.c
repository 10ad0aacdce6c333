/* run_avr MCU PROGRAM.elf: a program on a simulated AVR at 16 MHz. What it sends on USART 0 goes to the output; its status
   is what it left in GPIOR0 when it went to sleep for ever; 124 after too many cycles, 134 if it crashed. */
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { GPIOR0 = 0x3e, SP_LOW = 0x5d, SP_HIGH = 0x5e };
static const uint64_t most_cycles = 16000000ull * 20;

static void sent(struct avr_irq_t *irq, uint32_t value, void *param) {
    (void)irq;
    (void)param;
    putchar((int)value);
}

static void say_nothing(avr_t *avr, const int level, const char *format, va_list arguments) {
    (void)avr;
    (void)level;
    (void)format;
    (void)arguments;
}

static avr_t *make(const char *name, const char *path) {
    elf_firmware_t firmware;
    avr_global_logger_set(say_nothing);
    memset(&firmware, 0, sizeof firmware);
    avr_t *avr = avr_make_mcu_by_name(name);
    if (!avr || elf_read_firmware(path, &firmware)) return NULL;
    avr_init(avr);
    avr->frequency = 16000000;
    avr_load_firmware(avr, &firmware);
    return avr;
}

static void listen(avr_t *avr) {
    uint32_t flags = 0;
    avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS('0'), &flags);
    flags &= ~(uint32_t)(AVR_UART_FLAG_STDIO | AVR_UART_FLAG_POLL_SLEEP);
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), sent, NULL);
}

int main(int argc, char **argv) {
    avr_t *avr = argc == 3 ? make(argv[1], argv[2]) : NULL;
    if (!avr) return fprintf(stderr, "usage: run_avr MCU PROGRAM.elf\n"), 125;
    listen(avr);
    int state;
    unsigned lowest = avr->ramend;
    do {
        state = avr_run(avr);
        unsigned stack = avr->data[SP_LOW] | (unsigned)avr->data[SP_HIGH] << 8;
        if (stack && stack < lowest) lowest = stack;
    } while (state != cpu_Done && state != cpu_Crashed && avr->cycle < most_cycles);
    printf("[stack %u]\n", avr->ramend - lowest);
    fflush(stdout);
    return state == cpu_Done ? avr->data[GPIOR0] : state == cpu_Crashed ? 134 : 124;
}
