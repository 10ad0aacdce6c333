"""What the Trio twins of the conformance pairs share.

Trio leaves some orders open. Trellis fixes them, and always to an order that Trio allows; this module makes Trio
choose the same:

- every pass of the loop is FIFO (Trio reverses half of them);
- equal deadlines expire in the order in which they were set (Trio: by address);
- the tasks that one `cancel()` or `Event.set()` wakes run in a stated order (Trio: by iterating a set): waiters in the
  order of waiting; cancelled tasks depth first from the top, children in the order of starting.

The clock is Trio's MockClock, which jumps to the next deadline when all tasks wait. Its unit here is one nanosecond and
its values are whole, so that no sum of durations is rounded: `trio.sleep(10 * ms)`.
"""

import sys

import trio
import trio._core._run as _run
import trio.testing
from trio import (  # noqa: F401  (for the twins)
    BrokenResourceError as BrokenResource,
    EndOfChannel,
    TooSlowError as TooSlow,
    WouldBlock,
)

ns, us, ms, sec = 1, 1_000, 1_000_000, 1_000_000_000


class Duration(int):
    """A duration or, since the run began, an instant; prints as Trellis prints it: `1.5s`, `10ms`, `0s`."""

    def __str__(self):
        if self == 0:
            return "0s"
        sign, n = ("-", -self) if self < 0 else ("", int(self))
        for name, unit in (("s", sec), ("ms", ms), ("us", us), ("ns", ns)):
            if n >= unit:
                whole, rest = divmod(n, unit)
                digits = f"{rest:0{len(str(unit)) - 1}d}".rstrip("0") if rest else ""
                return f"{sign}{whole}{'.' + digits if digits else ''}{name}"

    def __format__(self, spec):
        return format(str(self), spec)


def now():
    return trio.current_time()


def uptime():
    return Duration(trio.current_time())


def busy(duration):
    """`busy(d);`: time passes, and nobody gets a turn."""
    trio.lowlevel.current_clock().jump(duration)


def show(value):
    """A bool as Trellis prints it."""
    return {True: "true", False: "false"}[value]


def error(name, *fields):
    """`error Name(field, ...);` as an exception class."""

    def init(self, *values):
        Exception.__init__(self, *values)
        for field, value in zip(fields, values, strict=True):
            setattr(self, field, value)

    return type(name, (Exception,), {"__init__": init})


class NotStarted(Exception):
    """What `start` raises when its child ended before `started`: in Trio a RuntimeError."""


async def start(nursery, fn, *args):
    """`await n.start(fn(args))`"""
    try:
        return await nursery.start(fn, *args)
    except RuntimeError as e:
        if "without calling" not in str(e):
            raise
        raise NotStarted from None


class Task:
    """`n.start_soon(fn(args)) as task;`"""

    def __init__(self, nursery, fn, *args):
        self.ended = trio.Event()
        self._scope = trio.CancelScope()
        nursery.start_soon(self._run, fn, *args)

    async def _run(self, fn, *args):
        try:
            with self._scope:
                await fn(*args)
        finally:
            self.ended.set()

    @property
    def is_done(self):
        return self.ended.is_set()

    def cancel(self):
        if not self.is_done:
            self._scope.cancel()


class Serving:
    """A nursery with services: `async with Serving() as n: n.start_service(fn, args)`; `n.body` is the nursery itself."""

    def __init__(self):
        self._services = []

    async def __aenter__(self):
        self._outer = trio.open_nursery()
        self._outside = await self._outer.__aenter__()
        self._inner = trio.open_nursery()
        self.body = await self._inner.__aenter__()
        return self

    def start_service(self, fn, *args):
        """Gives what `as service` names."""
        service = Task(self._outside, fn, *args)
        service._scope.shield = True
        self._services.append(service)
        return service

    async def __aexit__(self, *exc):
        try:
            absorbed = await self._inner.__aexit__(*exc)
            exc = (None, None, None) if absorbed else exc
        except BaseException as e:
            exc = (type(e), e, e.__traceback__)
        with trio.CancelScope(shield=True):
            for service in reversed(self._services):
                service.cancel()
                await service.ended.wait()
        return await self._outer.__aexit__(*exc)
async def select(*arms):
    """The number of the first of several operations to end, and its value; the others are cancelled. None is an arm left
    out. The same as `select` only where no two operations can end in one pass, and up to the turns that it takes."""
    won = []

    async def wait(number, operation):
        try:
            end = (number, await operation(), None)
        except (trio.EndOfChannel, trio.BrokenResourceError) as e:
            end = (number, None, e)
        won.append(end)
        n.cancel_scope.cancel()

    async with trio.open_nursery() as n:
        for number, operation in enumerate(arms):
            if operation:
                n.start_soon(wait, number, operation)
    number, value, raised = won[0]
    if raised:
        raise raised
    return number, value


async def race(*calls):
    """The index of the first to end, and what it gave; the others are cancelled and waited for."""
    won = []

    async def run(index, call):
        value = await call()
        if not won:
            won.append((index, value))
            n.cancel_scope.cancel()

    async with trio.open_nursery() as n:
        for index, call in enumerate(calls):
            n.start_soon(run, index, call)
    return won[0]


async def together(*calls):
    """What all gave, when all have ended."""
    values = [None] * len(calls)

    async def run(index, call):
        values[index] = await call()

    async with trio.open_nursery() as n:
        for index, call in enumerate(calls):
            n.start_soon(run, index, call)
    return values


def leaves(exc):
    """The errors in a group of any depth, in order; Trellis knows no other form."""
    if isinstance(exc, BaseExceptionGroup):
        return [leaf for part in exc.exceptions for leaf in leaves(part)]
    return [exc]


def name(exc):
    """`e.name`"""
    return type(exc).__name__.removesuffix("Error") if type(exc).__module__.startswith("trio") else type(exc).__name__


class Deadlock(BaseException):
    """All tasks wait and nothing is to come."""


class _OrderedSet(dict):
    """As much of a set as Trio uses of those whose order shows; iterates in the order of adding."""

    def add(self, item):
        self[item] = None

    def remove(self, item):
        del self[item]

    def discard(self, item):
        self.pop(item, None)


def _after_init(cls, **fields):
    original = cls.__init__

    def init(self, *args, **kwargs):
        original(self, *args, **kwargs)
        for field, factory in fields.items():
            setattr(self, field, factory())

    cls.__init__ = init


def _tree(task):
    """The tasks below `task`, depth first: outer nurseries before inner ones, children in the order of coming in."""
    yield task
    for nursery in task._child_nurseries:
        for child in nursery._children:
            yield from _tree(child)


_reached = []  # by the recalculations under way: asking a scope whether it was cancelled may begin another


def _recalculate(self):
    """CancelStatus.recalculate, except that the tasks it reaches are woken in the order of the tree."""
    outer, todo = bool(_reached), [self]
    reached = _reached[0] if outer else set()
    _reached.append(reached)
    while todo:
        current = todo.pop()
        state = current._scope.cancel_called or current.parent_cancellation_is_visible_to_us
        if state != current.effectively_cancelled:
            if current._scope._cancel_reason is None and current.parent_cancellation_is_visible_to_us:
                current._scope._cancel_reason = current._parent._scope._cancel_reason
            current.effectively_cancelled = state
            if state:
                reached.update(current._tasks)
            todo.extend(current._children)
    _reached.pop()
    if reached and not outer:
        for task in _tree(_run.GLOBAL_RUN_CONTEXT.runner.init_task):
            if task in reached:
                task._attempt_delivery_of_any_pending_cancel()


def _autojump(self):
    jump = trio.lowlevel.current_statistics().seconds_to_next_deadline
    if jump == float("inf"):
        raise Deadlock
    if jump > 0:
        self.jump(jump)


def _add_deadline(self, deadline, scope, _turn=[0]):  # noqa: B006  (the counter is meant to be shared)
    _turn[0] += 1
    _run.heappush(self._heap, (deadline, _turn[0], scope))
    self._active += 1


class _Fifo:
    def random(self):
        return 0.0  # "reverse the batch", which the loop then pops from its end


_run._r = _Fifo()
_run.CancelStatus.recalculate = _recalculate
_run.Deadlines.add = _add_deadline
_after_init(trio.Event, _tasks=_OrderedSet)
_after_init(_run.Nursery, _children=_OrderedSet)
trio.testing.MockClock._autojump = _autojump


def run_to_status(main):
    """Runs the twin; its exit status is what the Trellis program's is to be."""
    try:
        status = trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))
    except trio.TrioInternalError as e:
        if isinstance(e.__cause__, Deadlock):
            sys.stdout.flush()
            print("deadlock", file=sys.stderr)
            return 1
        raise
    except Exception as e:
        sys.stdout.flush()
        for leaf in leaves(e):
            print(f"error: {name(leaf)}{leaf.args or ''}", file=sys.stderr)
        return 1
    return 0 if status is None else status


def run(main):
    sys.exit(run_to_status(main))
