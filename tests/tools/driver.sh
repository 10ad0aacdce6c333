#!/bin/sh
# driver.sh TRC: the command line tool: exit statuses, messages of use, files that are written, signals.
set -u
cd "$(dirname "$0")/../.." || exit 1
trc=$(realpath "$1")
here=$PWD
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export TMPDIR="$work/tmp"
mkdir "$TMPDIR"
cp examples/01_hello.tr "$work/hello.tr"
cd "$work" || exit 1
passed=0
failed=0

# expect WHAT STATUS COMMAND...: what it prints is in out and err.
expect() {
    what=$1
    wanted=$2
    shift 2
    "$@" >out 2>err
    got=$?
    if [ $got = "$wanted" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $what: status $got instead of $wanted"
        cat err
    fi
}
# holds WHAT CONDITION...
holds() {
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $what"
    fi
}
one_line() { [ "$(wc -l <err)" = 1 ] && grep -q '^trc: ' err && [ ! -s out ]; }
nothing_left() { [ -z "$(ls -A "$TMPDIR")" ] && ! ls ./*.??????* >/dev/null 2>&1; }

printf 'async fn main() {\n    let x = y;\n}\n' >bad.tr
printf 'async fn main() -> i32 {\n    return 7;\n}\n' >seven.tr
printf 'async fn main() {\n    print("x");\n    panic("no");\n}\n' >panic.tr
printf 'async fn main() {\n    await sleep(1h);\n}\n' >forever.tr

# ---- errors of use: status 2 and one line ----
while read -r arguments; do
    # shellcheck disable=SC2086  # words
    expect "trc $arguments" 2 "$trc" $arguments
    holds "trc $arguments: one line" one_line
done <<'END'

frob
build
build none.tr
build .
build --frob hello.tr
build hello.tr bad.tr
build hello.tr -o
build hello.tr -o /dev/null
build hello.tr -o 9.c
build hello.tr -o none/x.c
build hello.tr --bundle hello.tr
build hello.tr --checks=perhaps
check --format=none hello.tr
check --bundle x hello.tr
run --virtual=1 hello.tr
new
new project --board none
new project --board
new sub/none/project
new hello.tr
test
test --format=none hello.tr
test --timeout=soon hello.tr
test --frob hello.tr
build --tick=us16 hello.tr
build --tick=s32 hello.tr
explain --tick=ms32 E0203
test --schedule 0 hello.tr
test --cancel-at x hello.tr
dump hello.tr
dump --stage=none hello.tr
explain
explain E9999
END

# ---- help and version ----
for command in '' build run new test check explain dump; do
    # shellcheck disable=SC2086
    expect "trc $command --help" 0 "$trc" $command --help
    holds "trc $command --help: on stdout" grep -q '^usage: trc' out
done
expect 'trc --version' 0 "$trc" --version
expect 'explain' 0 "$trc" explain E0203
holds 'explain: the entry' grep -q '^E0203 Types do not match' out
expect 'a full disk' 2 sh -c "'$trc' --help >/dev/full"

# ---- build ----
expect 'build' 0 "$trc" build hello.tr
holds 'build: hello.c and hello.h' test -s hello.c -a -s hello.h
cp hello.c first.c
expect 'build again' 0 "$trc" build hello.tr
holds 'build again: the same bytes' cmp hello.c first.c
cp hello.tr 02_second.tr
expect 'build 02_second.tr' 0 "$trc" build 02_second.tr
holds 'build 02_second.tr: second.c' grep -q 'struct second_app' second.h
mkdir sub
expect 'build -o' 0 "$trc" build hello.tr -o sub/other.c
holds 'build -o: other.h' grep -q 'struct other_app' sub/other.h
expect 'errors in the source' 1 "$trc" build bad.tr -o sub/bad.c
holds 'errors in the source: nothing written' test ! -e sub/bad.c -a ! -e sub/bad.h
cp bad.tr hello2.tr
cp hello.c hello2.c
expect 'errors in the source' 1 "$trc" build hello2.tr
holds 'errors in the source: the old file stays' cmp hello2.c hello.c
(umask 077 && "$trc" build hello.tr -o private.c)
holds 'build keeps to the umask' test "$(stat -c %a private.c)" = 600

expect 'build --bundle' 0 "$trc" build hello.tr --bundle bundle
printf '#include "hello.h"\nstatic struct hello_app app;\n' >bundle/start.c
printf 'int main(void) { hello_init(&app); return hello_run(&app); }\n' >>bundle/start.c
expect 'a bundle compiles' 0 sh -c 'gcc -std=c99 -Wall -Wextra -Werror -o hello bundle/*.c bundle/ports/virtual.c'
expect 'a bundle runs' 0 ./hello
cp hello.tr timer.tr
expect 'a bundle overwrites no file of the runtime' 2 "$trc" build timer.tr --bundle bundle
holds 'nothing but these files is left' nothing_left

# ---- new ----
expect 'new' 0 "$trc" new project
holds 'new: what is in it' test "$(ls project | tr '\n' ' ')" = 'Makefile app.tr '
expect 'new: make run' 0 make -s -C project run TRC="$trc"
holds 'new: what it prints' test "$(tail -n 1 out)" = done
expect 'new: never over what is there' 2 "$trc" new project
expect 'new --board' 0 "$trc" new lamp --board microbit
holds 'new --board: what is in it' test "$(ls lamp | tr '\n' ' ')" = 'Makefile app.tr main.c port '
holds 'new --board: the port' test -s lamp/port/clock.c -a -s lamp/port/board.ld -a ! -e lamp/port/main.c
holds 'new --board: no other port' test ! -e lamp/port/boards -a ! -e lamp/port/mps2-an385

# ---- functions of C ----
cat >calls.tr <<'END'
include "given.h";
extern fn given(x: u8, on: bool) -> i16;
async fn main() -> i32 { return given(40, true) + given(1, false); }
END
expect 'C: build' 0 "$trc" build calls.tr --bundle c
printf '#include <stdbool.h>\n#include <stdint.h>\nint16_t given(uint8_t x, bool on);\n' >c/given.h
printf '#include "given.h"\nint16_t given(uint8_t x, bool on) { return (int16_t)(on ? x : -x); }\n' >c/given.c
printf '#include "calls.h"\nstatic struct calls_app app;\n' >c/start.c
printf 'int main(void) { calls_init(&app); return calls_run(&app); }\n' >>c/start.c
expect 'C: compiles' 0 sh -c 'gcc -std=c99 -Wall -Wextra -Wconversion -Werror -o calls c/*.c c/ports/virtual.c'
expect 'C: what it gives' 39 ./calls

# ---- ticks ----
cat >far.tr <<'END'
async fn main() {
    for day in 0..60 { await sleep(24h); }
    print("{uptime64() / 3600000000000} hours, {uptime()}");
    var pause = 500h;
    pause += 80h;
    move_on_after 1h { await sleep(pause); }
    let late = now() + pause;
    print("slept");
    await sleep_until(late + 10h);
}
END
expect 'ticks: an instant too far ahead' 1 "$trc" run --virtual --tick=ms32 far.tr
holds 'ticks: what wraps and what does not' grep -q '^1440 hours, 889032.704s$' out
holds 'ticks: up to the instant' grep -q '^slept$' out
holds 'ticks: the panic' grep -q "far.tr:9: panic: an instant further ahead than half the clock's range" err
expect 'ticks: wide enough' 0 "$trc" run --virtual --tick=ms64 far.tr
sed 's/+= 80h/+= 90h/' far.tr >farther.tr
expect 'ticks: a wait that is too long' 1 "$trc" run --virtual --tick=ms32 farther.tr
holds 'ticks: the panic' grep -q "farther.tr:6: panic: a wait for more than half the clock's range" err
expect 'ticks: too long to compile' 1 "$trc" check --tick=us32 far.tr
holds 'ticks: too long to compile' grep -q 'error.E0505.: this duration is too long for the clock' err
"$trc" build --tick=ms32 hello.tr --bundle narrow
printf '#include "hello.h"\nstatic struct hello_app app;\n' >narrow/start.c
printf 'int main(void) { hello_init(&app); return hello_run(&app); }\n' >>narrow/start.c
expect 'ticks: a bundle is set to them' 0 gcc -std=c99 -o narrow/hello narrow/*.c narrow/ports/virtual.c
cp "$OLDPWD"/runtime/tr_config.h narrow
expect 'ticks: of another runtime' 1 gcc -std=c99 -c -o narrow/hello.o narrow/hello.c
holds 'ticks: of another runtime' grep -q 'counts other ticks' err

# ---- check: the three formats ----
expect 'check' 1 "$trc" check bad.tr
holds 'check: a snippet' grep -q '^  --> bad.tr:2:13$' err
holds 'check: no colours in a file' sh -c '! grep -q "$(printf "\033")" err'
expect 'check --format=line' 1 "$trc" check --format=line bad.tr
holds 'check --format=line' grep -q '^bad.tr:2:13: error\[E0201\]: ' err
expect 'check --format=json' 1 "$trc" check --format=json bad.tr
holds 'check --format=json: on stdout' grep -q '"code":"E0201"' out
if command -v python3 >/dev/null; then
    read_json='import json; assert json.load(open("out"))[0]["start"]["line"] == 2'
    holds 'check --format=json: is JSON' python3 -c "$read_json"
fi
expect 'check without errors' 0 "$trc" check hello.tr
holds 'check without errors: silent' test ! -s err -a ! -s out

# ---- run ----
expect 'run: the status of main' 7 "$trc" run seven.tr
expect 'run: a panic' 1 "$trc" run panic.tr
holds 'run: what was printed before' grep -q '^x$' out
expect 'run: errors in the source' 1 "$trc" run bad.tr
expect 'run: no C compiler' 2 env CC=no-such-compiler "$trc" run seven.tr
expect 'run: CC with options' 7 env CC='gcc -O0' "$trc" run seven.tr
mkdir path
printf '#!/bin/sh\necho noise >&2\necho x >>tried\nexit 1\n' >path/tcc
chmod +x path/tcc
expect 'run: a tcc that refuses' 7 env -u CC PATH="$PWD/path:$PATH" "$trc" run seven.tr
holds 'run: a tcc that refuses: tried, in silence' test -s tried -a ! -s err
expect 'run: a program called as a file of the runtime' 0 "$trc" run timer.tr
"$trc" run forever.tr >out 2>err &
pid=$!
sleep 2
kill -TERM $pid
wait $pid 2>/dev/null
holds 'run: ends by the signal that it got' test $? = 143
holds 'run: leaves no directory' nothing_left

# ---- the tree of tasks ----
cat >stuck.tr <<'END'
async fn ask(rx: &Receiver<i32>) -> i32 raises {
    let x = await rx.receive();
    return x;
}
async fn work(lock: &Lock, rx: &Receiver<i32>) raises {
    async with lock {
        fail_after 1h {
            shield { let x = await ask(rx) + 1; print("{x}"); }
        }
    }
}
async fn main() raises {
    var lock = Lock();
    let (tx, rx) = channel<i32>(0);
    await sleep(2s);
    nursery n {
        n.start_soon(work(&lock, &rx));
        n.start_soon { async with lock { print("no"); } }
        await sleep(1s);
        nursery inner { inner.start_soon { await sleep_forever(); } }
    }
    await tx.send(1);
}
END
cat >tree <<'END'
deadlock: every task is waiting and nothing can wake one
main at stuck.tr:20: nursery inner, since 3s
  work at stuck.tr:8: let x = await ask(rx) + 1, in ask at stuck.tr:2: let x = await rx.receive(), since 2s, shield, cancelled
  a child in place at stuck.tr:18: async with lock, since 2s, held by work at stuck.tr:8: let x = await ask(rx) + 1, in ask at stuck.tr:2: let x = await rx.receive()
  a child in place at stuck.tr:20: await sleep_forever(), since 3s
END
expect 'a deadlock' 1 "$trc" run --virtual stuck.tr
holds 'a deadlock: one line' test "$(wc -l <err)" = 1
expect 'run --dump-on-deadlock' 1 "$trc" run --virtual --dump-on-deadlock stuck.tr
holds 'run --dump-on-deadlock: who waits for what' cmp tree err
expect 'build --dump' 0 "$trc" build --dump stuck.tr --bundle dumped
cat >dumped/start.c <<'END'
#include "stuck.h"
static struct stuck_app app;
int main(void) {
    tr_instant at;
    stuck_init(&app);
    stuck_poll(&app, tr_port_now(), &at);
    stuck_dump(&app);
    return 0;
}
END
strict='-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror'
expect 'build --dump: compiles' 0 sh -c "gcc $strict -DTR_DUMP=1 -o stuck dumped/*.c dumped/ports/virtual.c"
expect 'build --dump: runs' 0 ./stuck
holds 'build --dump: the tree' grep -q '^main at stuck.tr:15: await sleep(2s), since 0s$' err
expect 'build --dump: not without TR_DUMP' 1 sh -c 'gcc -o stuck dumped/*.c dumped/ports/virtual.c'

# ---- test ----
printf 'test "first" {\n}\ntest "second <&>" {\n    print("heard");\n    assert 1 > 2;\n}\n' >two.tr
printf 'test "third" {\n}\n' >three.tr
expect 'test: one fails' 1 "$trc" test two.tr three.tr
holds 'test: the closing line' test "$(tail -n 1 out)" = '2 passed, 1 failed'
holds 'test: what a failed one wrote' grep -q '^      heard$' out
holds 'test: no progress and no colours in a file' sh -c '! grep -q "$(printf "\033")" out err'
expect 'test: all pass' 0 "$trc" test three.tr
expect 'test --filter' 0 "$trc" test --filter ir two.tr three.tr
holds 'test --filter: those with the text' test "$(tail -n 1 out)" = '2 passed, 0 failed'
expect 'test --filter: none' 2 "$trc" test --filter nothing two.tr
expect 'test: a file without tests' 0 "$trc" test hello.tr
holds 'test: a file without tests' test "$(cat out)" = '0 passed, 0 failed'
expect 'test: errors in the source' 1 "$trc" test three.tr bad.tr
holds 'test: errors in the source: the others are run' test "$(tail -n 1 out)" = '1 passed, 0 failed'
expect 'test: no such file' 2 "$trc" test three.tr none.tr
expect 'test --format=tap' 1 "$trc" test --format=tap two.tr
holds 'test --format=tap: numbers' grep -q '^not ok 2 - second <&>$' out
holds 'test --format=tap: the plan' grep -q '^1\.\.2$' out
expect 'test --format=junit' 1 "$trc" test --format=junit two.tr
if command -v python3 >/dev/null; then
    read_xml='import xml.dom.minidom as x; assert len(x.parse("out").getElementsByTagName("testcase")) == 2'
    holds 'test --format=junit: is XML' python3 -c "$read_xml"
fi
for planted in a_cancellation_everywhere_finds_what_cleanup_forgets schedules_find_what_the_order_hides; do
    expect "test: a plain run does not see $planted" 0 "$trc" test "$here/tests/golden/test/$planted.tr"
done
expect 'test --schedule: repeats it' 1 "$trc" test --schedule 6 --filter 'gets lost' "$here/tests/golden/test/$planted.tr"
expect 'test --runs' 0 "$trc" test --explore --runs 5 --filter 'gets lost' "$here/tests/golden/test/$planted.tr"
printf 'test "it'\''s" {\n    var n = 0;\n    defer { assert n == 1; }\n    await checkpoint();\n    n = 1;\n}\n' >quoted.tr
expect 'test: a name with a quote' 1 "$trc" test --cancel-points quoted.tr
sed -n "s,^ *cancelled at checkpoint 1: trc,'$trc',p" out >repeat
expect 'test: the command that is printed' 1 sh repeat
holds 'test: the command that is printed: finds the test' test "$(tail -n 1 out)" = '0 passed, 1 failed'
printf 'test "t" { await wait_all_tasks_blocked(); }\nasync fn main() { await wait_all_tasks_blocked(); }\n' >quiet.tr
expect 'wait_all_tasks_blocked: in a test' 0 "$trc" test quiet.tr
expect 'wait_all_tasks_blocked: run --virtual' 0 "$trc" run --virtual quiet.tr
expect 'wait_all_tasks_blocked: not in what is built' 1 "$trc" build quiet.tr
holds 'wait_all_tasks_blocked: why not' grep -q E0314 err
printf 'test "sleepy" {\n    while true { }\n}\n' >endless.tr
"$trc" test --timeout 0 endless.tr >out 2>err &
pid=$!
sleep 2
kill -TERM $pid
wait $pid 2>/dev/null
holds 'test: ends by the signal that it got' test $? = 143
holds 'test: leaves no directory' nothing_left

echo "driver: $passed passed, $failed failed"
[ $failed = 0 ]
