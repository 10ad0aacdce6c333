#!/bin/sh
# demo.sh TRC: what Trellis does, in a few seconds.
set -eu
cd "$(dirname "$0")/../.."
trc=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp examples/*.tr "$work"
cp examples/06_producer_consumer.tr "$work/jobs.tr"
cat >"$work/moved.tr" <<'END'
async fn produce(jobs: Sender<i32>) raises {
    await jobs.send(1);
}

async fn main() raises {
    let (jobs, queue) = channel<i32>(5);
    nursery n {
        n.start_soon(produce(jobs));
        await jobs.send(2);
        async for job in queue { print("{job}"); }
    }
}
END
cd "$work"
exec 2>&1

tell() { printf '\n%s\n' "$*"; }
show() {
    printf '\n$ trc %s\n' "$*"
    "$trc" "$@" || :
}

tell 'The examples, compiled to C, built and run on the real clock:'
for example in [0-9][0-9]_*.tr; do
    show run "$example"
done

tell 'A program on the virtual clock, which jumps to the next deadline when all tasks wait:'
show run --virtual jobs.tr

tell 'What the compiler says of a handle that is used after it was given away:'
show check moved.tr

tell 'The C of a program, with the runtime beside it, for any C99 compiler:'
show build jobs.tr --bundle firmware
ls firmware firmware/ports
