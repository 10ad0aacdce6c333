#!/bin/sh
# demo.sh TRC: what Trellis does, in a few seconds.
set -eu
cd "$(dirname "$0")/../.."
trc=$1

show() {
    printf '\n$ %s\n' "$*"
    "$@" || :
}
tell() { printf '\n%s\n' "$*"; }

tell 'A producer, two workers and a deadline over all of it (examples/06_producer_consumer.tr), as C and in real time:'
show "$trc" run examples/06_producer_consumer.tr

tell 'What it says when a handle is used after it was given away:'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/moved.tr" <<'END'
async fn produce(jobs: Sender<i32>) raises {
    await jobs.send(1);
}

async fn main() raises {
    let (jobs, queue) = channel<i32>(5);
    nursery n {
        n.start_soon(produce(jobs));
        await jobs.send(2);
        await queue.receive();
    }
}
END
show "$trc" check "$work/moved.tr"
