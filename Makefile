# Trellis. `make help` lists the targets.

CC = gcc
BUILD = build
PYTHON = build/venv/bin/python

MAKEFLAGS += --no-print-directory

# V=1 shows the commands.
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-6s %s\n' $(1) '$(2)')

STRICT = -std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
CFLAGS = -O2 -g $(SANITIZE)
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
INCLUDES = -Icompiler -I$(BUILD)

# ---- the compiler ----

DRIVER = main options session commands new run test test_report output files host_cc host_program
CORE = $(filter-out $(DRIVER),$(basename $(notdir $(wildcard compiler/*.c))))
GENERATED = lexer parser token_names embedded_runtime embedded_ports embedded_errors

RUNTIME_FILES = $(sort $(wildcard runtime/*.[ch] runtime/ports/*.[ch]))
# What `trc new` takes from: project/, CORE/ and CORE/BOARD/.
PORT_FILES = $(sort $(foreach depth,* */*,$(wildcard $(addprefix runtime/ports/$(depth)/,*.c *.h *.ld *.tr Makefile))))

object = $(addprefix $(BUILD)/,$(addsuffix .o,$(1)))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all demo test setup-demo setup-test clean help asan
.PHONY: layers messages rules unit runtime-tests driver golden conformance random targets bundles embedded mutate bench

all: $(BUILD)/trc ## build the compiler: build/trc

$(BUILD)/trc: $(call object,$(DRIVER) $(CORE) $(GENERATED))
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) -o $@ $^

# What the unit tests link against: all but main.
$(BUILD)/libtrc.a: $(call object,$(CORE) $(GENERATED))
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rc $@ $^

$(BUILD)/%.o: compiler/%.c | $(BUILD)/parser.h
	$(call say,CC,$<)
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

# Generated code is compiled as it comes: the warnings are not ours to mend.
$(BUILD)/%.o: $(BUILD)/%.c | $(BUILD)/parser.h
	$(call say,CC,$<)
	$(Q)$(CC) -std=c99 -w -DNDEBUG $(CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

$(BUILD)/lexer.c: grammar/lexer.re | $(BUILD)
	$(call say,RE2C,$<)
	$(Q)re2c -W -Werror -i --no-generation-date -8 $< > $@

# A conflict in the grammar is a failure: lemon ends with status 1.
$(BUILD)/parser.c: grammar/parser.y | $(BUILD)
	$(call say,LEMON,$<)
	$(Q)lemon -l -q -d$(BUILD) $<
$(BUILD)/parser.h: $(BUILD)/parser.c
	$(Q)touch $@

$(BUILD)/token_names.c: $(BUILD)/parser.h compiler/token_names.awk
	$(Q)awk -f compiler/token_names.awk $< > $@

$(BUILD)/embedded_runtime.c: $(RUNTIME_FILES) compiler/embed.awk | $(BUILD)
	$(call say,EMBED,runtime/)
	$(Q)awk -v table=embedded_runtime -v strip=runtime/ -f compiler/embed.awk $(RUNTIME_FILES) > $@

$(BUILD)/embedded_ports.c: $(PORT_FILES) compiler/embed.awk | $(BUILD)
	$(call say,EMBED,runtime/ports/)
	$(Q)awk -v table=embedded_ports -v strip=runtime/ports/ -f compiler/embed.awk $(PORT_FILES) > $@

$(BUILD)/embedded_errors.c: docs/errors.md compiler/embed.awk | $(BUILD)
	$(call say,EMBED,$<)
	$(Q)awk -v table=embedded_errors -v sections=1 -f compiler/embed.awk $< > $@

$(BUILD) $(BUILD)/unit $(BUILD)/runtime:
	$(Q)mkdir -p $@

# The same with the address and undefined-behaviour sanitizers.
asan:
	$(Q)$(MAKE) BUILD=$(BUILD)/asan SANITIZE='$(SANITIZERS)' $(BUILD)/asan/trc

# ---- trying it ----

demo: setup-demo ## build, then compile and run an example
	$(Q)$(MAKE) $(BUILD)/trc
	$(Q)tests/tools/demo.sh $(BUILD)/trc

setup-demo:
	$(Q)tests/tools/setup.sh demo

setup-test:
	$(Q)tests/tools/setup.sh test

# ---- tests ----

test: setup-test ## everything that follows
	$(Q)$(MAKE) all
	$(Q)$(MAKE) layers
	$(Q)$(MAKE) messages
	$(Q)$(MAKE) rules
	$(Q)$(MAKE) unit
	$(Q)$(MAKE) runtime-tests
	$(Q)$(MAKE) driver
	$(Q)$(MAKE) golden
	$(Q)$(MAKE) conformance
	$(Q)$(MAKE) random
	$(Q)$(MAKE) targets
	$(Q)$(MAKE) bundles
	$(Q)$(MAKE) embedded
	$(Q)$(MAKE) mutate

layers: ## who may include whom, and who may print
	$(Q)tests/tools/layers.sh

messages: ## every diagnostic is explained in docs/errors.md
	$(Q)tests/tools/messages.sh

rules: ## every rule of Trio's stands in docs/trio.md, with what proves it
	$(Q)tests/tools/rules.py

UNIT = $(basename $(notdir $(wildcard tests/unit/test_*.c)))

unit: $(addprefix $(BUILD)/unit/,$(UNIT)) ## unit tests of the compiler
	$(Q)tests/tools/run_all.sh $^

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libtrc.a | $(BUILD)/unit
	$(call say,CC,$<)
	$(Q)$(CC) $(STRICT) $(CFLAGS) $(INCLUDES) -MMD -MP -o $@ $< $(BUILD)/libtrc.a -lcmocka

RUNTIME_TESTS = $(basename $(notdir $(wildcard tests/runtime/test_*.c)))
RUNTIME_SOURCES = $(wildcard runtime/*.c) runtime/ports/virtual.c

# On the host's clock, and on a narrow and coarse one that wraps.
runtime-tests: $(addprefix $(BUILD)/runtime/,$(RUNTIME_TESTS) $(addsuffix -ms32,$(RUNTIME_TESTS))) ## tests of the runtime on the virtual port
	$(Q)tests/tools/run_all.sh $^

$(BUILD)/runtime/%: tests/runtime/%.c $(RUNTIME_SOURCES) $(wildcard runtime/*.h tests/runtime/*.h) | $(BUILD)/runtime
	$(call say,CC,$<)
	$(Q)$(CC) $(STRICT) -O1 -g $(SANITIZERS) $(SWITCHES) -Iruntime -o $@ $< $(RUNTIME_SOURCES) -lcmocka

$(BUILD)/runtime/test_testing $(BUILD)/runtime/test_testing-ms32: SWITCHES = -DTR_TEST=1

$(BUILD)/runtime/%-ms32: tests/runtime/%.c $(RUNTIME_SOURCES) $(wildcard runtime/*.h tests/runtime/*.h) | $(BUILD)/runtime
	$(call say,CC,$< (ms32))
	$(Q)$(CC) $(STRICT) -DTR_TICK_BITS=32 -DTR_TICKS_PER_SECOND=1000 -O1 -g $(SANITIZERS) $(SWITCHES) -Iruntime -o $@ $< \
		$(RUNTIME_SOURCES) -lcmocka

driver: $(BUILD)/trc ## the command line tool
	$(Q)tests/tools/driver.sh $(BUILD)/trc

golden: $(BUILD)/trc ## golden tests and examples; UPDATE=1 accepts what comes out
	$(Q)tests/tools/golden.sh $(BUILD)/trc

conformance: $(BUILD)/trc ## the same programs in Trio and Trellis print the same
	$(Q)$(PYTHON) tests/conformance/run.py $(BUILD)/trc $(PYTHON)

# SEEDS=1..10000 for as many as one likes.
SEEDS = 400000..400299

random: $(BUILD)/trc ## random programs in Trio and Trellis print the same; SEEDS=A..B
	$(Q)$(PYTHON) tests/conformance/random_pairs.py --trc $(BUILD)/trc --seeds $(SEEDS)

targets: $(BUILD)/trc ## programs on emulated boards and foreign machines print what they print here
	$(Q)python3 tests/targets/run.py $(BUILD)/trc

mutate: asan ## damaged programs: no crash, no hang, no C that does not compile
	$(Q)tests/tools/mutate.py --trc $(BUILD)/asan/trc

bundles: $(BUILD)/trc ## programs with a runtime that is cut to them do the same
	$(Q)tests/tools/bundles.sh $(BUILD)/trc

embedded: $(BUILD)/trc ## flash, RAM and instructions on a Cortex-M3; UPDATE=1 accepts what is measured
	$(Q)python3 bench/embedded/measure.py $(BUILD)/trc bench/embedded/measured.txt

bench: $(BUILD)/trc ## benchmarks
	$(Q)TRC=$(BUILD)/trc bench/compile.sh

clean: ## remove all that was built
	$(Q)rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

-include $(wildcard $(BUILD)/*.d $(BUILD)/unit/*.d)
