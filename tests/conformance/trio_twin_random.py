"""What the Trio side of a random pair uses; see random_pairs.py."""

import trio
from trio_twin import leaves


class TrioFault(BaseException):
    """Trio's own "this should never happen": a scope is shielded by another task while a send in it says it is cancelled."""


class Handle:
    """A channel handle with one owner: closed with its block unless it was moved away."""

    def __init__(self, raw):
        self.raw = raw

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.raw is not None:
            self.raw.close()
            self.raw = None

    def clone(self):
        return Handle(self.raw.clone())

    def move(self):
        moved, self.raw = Handle(self.raw), None
        return moved

    def stats(self):
        s = self.raw.statistics()
        return (
            f"{s.current_buffer_used} {s.max_buffer_size} {s.open_send_channels} {s.open_receive_channels} "
            f"{s.tasks_waiting_send} {s.tasks_waiting_receive}"
        )


def channel(capacity):
    tx, rx = trio.open_memory_channel(capacity)
    return Handle(tx), Handle(rx)


class Catch:
    """`catch*` clauses as Trellis has them: what no clause took keeps its order, what handlers raise comes behind it."""

    def __init__(self, exc):
        for e in leaves(exc):
            if isinstance(e, (AssertionError, TrioFault)):
                raise TrioFault(e)
            if isinstance(e, (RuntimeError, TypeError, AttributeError, NameError)):
                raise SystemExit(f"the pair is wrong: {e!r}")
        self.exc = exc
        self.rest = leaves(exc)
        self.raised = []
        self.sent_on = []
        self.all = list(self.rest)

    def take(self, *kinds):
        taken = [e for e in self.rest if isinstance(e, kinds)]
        self.rest = [e for e in self.rest if not isinstance(e, kinds)]
        return taken

    def send_on(self, taken):
        self.sent_on += taken

    def __enter__(self):
        return self

    def __exit__(self, _type, exc, _traceback):
        if exc is not None:
            self.raised.append(exc)
        return True

    def end(self):
        rest = [e for e in self.all if e in self.rest or e in self.sent_on]
        if len(rest) == len(self.all) and not self.raised:
            raise self.exc
        left = rest + self.raised
        if len(left) == 1:
            raise left[0]
        if left:
            raise BaseExceptionGroup("", left)
