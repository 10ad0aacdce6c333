#!/usr/bin/env python3
"""Random program pairs: the same program in Trellis and in Trio, run on both sides and compared line by line.

    random_pairs.py --trc T --seeds A..B [--keep DIR] [--minutes M] [--avoid KINDS]

Needs an interpreter with Trio 0.35. A seed stands for one tree, from which both texts are written. A pair that differs is
shrunk by deleting subtrees as long as it differs in the same way, and left in DIR as seed_N.tr, seed_N.py, seed_N.diff.

The tree is kept valid by one pass, `Fix`, which drops every statement that the language would refuse, or where Trellis
means to differ from Trio (docs/trio.md): so generating and shrinking need not care.
"""

import argparse
import contextlib
import copy
import difflib
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import trio_twin
from trio_twin_random import TrioFault

# ---- the tree ---------------------------------------------------------------------------------------------------------


class Node:
    """A statement. `a` holds its attributes, `blocks` its bodies by name, each a list of nodes."""

    def __init__(self, kind, ident, blocks=None, **a):
        self.kind, self.id, self.blocks, self.a = kind, ident, blocks or {}, a

    def walk(self):
        yield self
        for block in self.blocks.values():
            for node in block:
                yield from node.walk()


EVENTS, LOCKS, SEMAPHORES, LIMITERS, COUNTERS = ["e0", "e1", "e2"], ["k0", "k1"], ["m0"], ["q0"], ["v0", "v1"]
SHARED = EVENTS + LOCKS + SEMAPHORES + LIMITERS + COUNTERS
ERRORS = ["A", "B", "C"]
BUILT_IN = ["TooSlow", "EndOfChannel", "BrokenResource", "WouldBlock", "NotStarted"]
TIMED = ["move_on_after", "move_on_at", "fail_after", "fail_at"]
TOP = 200  # ms after which all is cancelled

# ---- generating -------------------------------------------------------------------------------------------------------

WEIGHTS = {
    "say": 4, "checkpoint": 7, "sleep": 14, "forever": 0.4, "busy": 0.6, "count": 4, "local": 2,
    "set": 6, "wait": 3, "is_set": 1, "send": 7, "receive": 7, "async_for": 4, "send_nowait": 2, "receive_nowait": 2,
    "stats": 1, "clone": 2, "close": 2, "channel": 5, "lock": 4, "semaphore": 3, "limiter": 3, "total": 0.7,
    "scope": 13, "cancel": 5, "deadline": 3, "set_shield": 2, "called": 2,
    "nursery": 8, "start_soon": 14, "start": 4, "started": 2, "cancel_nursery": 1,
    "raise": 2, "try": 6, "loop": 4, "if": 3, "return": 0.7, "break": 2, "continue": 1, "defer": 5, "call": 5,
}  # fmt: skip
BODIED = {"async_for", "lock", "semaphore", "limiter", "scope", "nursery", "start_soon", "start", "try", "loop", "if",
          "defer", "call", "channel", "local"}  # fmt: skip


class Generator:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.count = 0
        self.room = self.rng.choice([20, 40, 60, 90, 130])

    def ident(self):
        self.count += 1
        return self.count

    def program(self):
        # Each program leaves some kinds out and favours others, so that rare mixtures come up.
        always = ("sleep", "checkpoint", "start_soon", "nursery")
        self.kinds = [k for k in WEIGHTS if k in always or self.rng.random() < 0.75]
        self.weights = [WEIGHTS[k] * self.rng.choice([1, 1, 1, 3]) for k in self.kinds]
        none = {"handles": [], "scopes": [], "nurseries": []}
        return Node("main", 0, {"body": self.block(none, 1, 2) + self.core(none, 0) + self.block(none, 1, 2)})

    def core(self, names, depth):
        """A nursery with several children, sometimes with a channel, a try or a scope around it."""
        if self.rng.random() < 0.5:
            core = self.channel(names, depth)
        else:
            name = f"n{self.ident()}"
            inner = dict(names, nurseries=[*names["nurseries"], name])
            body = []
            for _ in range(self.rng.randint(2, 5)):
                named, gives = self.rng.random() < 0.4, []
                block = {"body": self.block(inner, depth + 1)}
                body.append(Node("start_soon", self.ident(), block, nursery=name, gives=gives, named=named))
                if self.rng.random() < 0.3:
                    body += self.statement(inner, depth + 1)
            body += self.block(inner, depth + 1, 4)
            core = [Node("nursery", self.ident(), {"body": body}, name=name)]
        if self.rng.random() < 0.3:
            name = f"s{self.ident()}"
            core = [Node("scope", self.ident(), {"body": core}, what="move_on_after", name=name, time=20, shield=False)]
        if self.rng.random() < 0.5:
            kinds = self.rng.choice([ERRORS[:2], BUILT_IN, ["_"]])
            core = [Node("try", self.ident(), {"body": core, "catch0": []}, clauses=[["catch0", kinds, None]])]
        return core

    def time(self):
        return self.rng.choice([0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 20])

    def block(self, names, depth, most=7):
        """`names` is what may be mentioned; it grows inside a block and does not leave it."""
        names = {k: list(v) for k, v in names.items()}
        block = []
        for _ in range(self.rng.randint(1, max(1, most - depth))):
            if self.room <= 0:
                break
            block += self.statement(names, depth)
        return block

    def pick(self, names):
        return self.rng.choice(names) if names else None

    def statement(self, names, depth):
        kind = self.rng.choices(self.kinds, self.weights)[0]
        if depth > 5 and kind in BODIED:
            kind = "sleep"
        self.room -= 1
        rng, ident = self.rng, self.ident()
        tx = self.pick([h for h in names["handles"] if h[0] == "t"])
        rx = self.pick([h for h in names["handles"] if h[0] == "r"])

        def body(**more):
            inner = dict(names)
            for k, v in more.items():
                inner[k] = names[k] + [v]
            return self.block(inner, depth + 1)

        match kind:
            case "sleep" | "busy":
                return [Node(kind, ident, time=self.time())]
            case "count":
                return [Node(kind, ident, name=rng.choice(COUNTERS))]
            case "set" | "wait" | "is_set":
                return [Node(kind, ident, name=rng.choice(EVENTS))]
            case "send" | "send_nowait":
                return [Node(kind, ident, name=tx)] if tx else []
            case "receive" | "receive_nowait" | "stats":
                return [Node(kind, ident, name=rx)] if rx else []
            case "async_for":
                return [Node(kind, ident, {"body": body()}, name=rx)] if rx else []
            case "clone":
                source = self.pick(names["handles"])
                if not source:
                    return []
                new = f"{source[0]}x{ident}"
                names["handles"].append(new)
                return [Node(kind, ident, name=new, source=source)]
            case "close":
                return [Node(kind, ident, name=tx or rx)] if tx or rx else []
            case "channel":
                return self.channel(names, depth)
            case "lock":
                return [Node(kind, ident, {"body": body()}, name=rng.choice(LOCKS))]
            case "semaphore":
                return [Node(kind, ident, {"body": body()}, name=rng.choice(SEMAPHORES))]
            case "limiter":
                return [Node(kind, ident, {"body": body()}, name=rng.choice(LIMITERS))]
            case "total":
                return [Node(kind, ident, name=rng.choice(LIMITERS), value=rng.randint(1, 3))]
            case "scope":
                what = rng.choice([*TIMED, "move_on_after", "move_on_after", "fail_after", "cancel_scope", "shield"])
                name = f"s{ident}"
                blocks = {"body": body(scopes=name)}
                if what in ("move_on_after", "move_on_at", "cancel_scope") and rng.random() < 0.2:
                    blocks["else"] = self.block(names, depth + 2, 3)
                names["scopes"].append(name)
                shield = what == "shield" or (what in TIMED and rng.random() < 0.15)
                return [Node(kind, ident, blocks, what=what, name=name, time=self.time(), shield=shield)]
            case "cancel" | "called":
                name = self.pick(names["scopes"])
                return [Node(kind, ident, name=name)] if name else []
            case "deadline":
                name = self.pick(names["scopes"])
                time = rng.choice([-1, 0, 1, 2, 3, 5, 10])
                return [Node(kind, ident, name=name, time=time)] if name else []
            case "set_shield":
                name = self.pick(names["scopes"])
                return [Node(kind, ident, name=name, value=rng.random() < 0.7)] if name else []
            case "nursery":
                if depth < 4 and rng.random() < 0.6:
                    return self.core(names, depth + 1)
                name = f"n{ident}"
                return [Node(kind, ident, {"body": body(nurseries=name)}, name=name)]
            case "start_soon" | "start":
                nursery = self.pick(names["nurseries"][-2:])
                if not nursery:
                    return []
                gives = []
                for handle in rng.sample(names["handles"], min(len(names["handles"]), rng.choice([0, 1, 1, 2]))):
                    new = f"{handle[0]}x{self.ident()}"
                    gives.append((new, handle, rng.choice(["clone", "clone", "move"])))
                inner = dict(names, handles=[g[0] for g in gives])
                block = self.block(inner, depth + 1)
                if kind == "start" and rng.random() < 0.9:
                    block.insert(rng.randint(0, len(block)), Node("started", self.ident()))
                named = kind == "start" or rng.random() < 0.4
                return [
                    Node(kind, ident, {"body": block}, nursery=nursery, gives=gives, named=named)
                ]
            case "cancel_nursery":
                name = self.pick(names["nurseries"])
                return [Node(kind, ident, name=name)] if name else []
            case "raise":
                return [Node(kind, ident, error=rng.choice(ERRORS))]
            case "try":
                blocks, clauses = {"body": body()}, []
                for _ in range(rng.randint(1, 2)):
                    kinds = rng.choice([[rng.choice(ERRORS)], rng.sample(ERRORS, 2), ["_"], [rng.choice(BUILT_IN)]])
                    key = f"catch{len(clauses)}"
                    clauses.append([key, kinds, rng.choice([None, None, None, "send on", "raise"])])
                    blocks[key] = self.block(names, depth + 2, 2)
                return [Node(kind, ident, blocks, clauses=clauses)]
            case "loop":
                return [Node(kind, ident, {"body": body()}, count=rng.randint(1, 3))]
            case "local":
                return [Node(kind, ident, {"body": body()})]
            case "if":
                blocks = {"body": body()}
                if rng.random() < 0.3:
                    blocks["else"] = self.block(names, depth + 2, 3)
                return [Node(kind, ident, blocks, name=rng.choice(COUNTERS), value=rng.randint(0, 3))]
            case "defer" | "call":
                return [Node(kind, ident, {"body": body()}, result=rng.random() < 0.3)]
        return [Node(kind, ident)]

    def channel(self, names, depth):
        """A channel, and a nursery among whose children its handles are shared out."""
        c, n = self.ident(), self.ident()
        tx, rx, name = f"tx{c}", f"rx{c}", f"n{n}"
        inner = dict(names, nurseries=[*names["nurseries"], name], handles=[*names["handles"], tx, rx])
        children, left = [], [tx, rx]
        for _ in range(self.rng.randint(1, 4)):
            gives = []
            for handle in self.rng.sample(left, min(len(left), self.rng.choice([1, 1, 2]))):
                how = "move" if self.rng.random() < 0.4 else "clone"
                gives.append((f"{handle[0]}x{self.ident()}", handle, how))
                if how == "move":
                    left.remove(handle)
            mine = dict(inner, handles=[g[0] for g in gives])
            block = self.block(mine, depth + 1)
            for new, handle, _ in gives:  # most are used
                if self.rng.random() < 0.85:
                    kind = self.rng.choice(["send", "send", "async_for" if handle[0] == "r" else "send"])
                    if handle[0] == "r" and kind == "send":
                        kind = "receive"
                    use = Node(kind, self.ident(), {"body": []} if kind == "async_for" else None, name=new)
                    if self.rng.random() < 0.5:
                        use = Node("loop", self.ident(), {"body": [use]}, count=self.rng.randint(2, 4))
                    block.insert(self.rng.randint(0, len(block)), use)
            named = self.rng.random() < 0.4
            children.append(
                Node("start_soon", self.ident(), {"body": block}, nursery=name, gives=gives, named=named)
            )
        closes = [Node("close", self.ident(), name=h) for h in left if self.rng.random() < 0.6]
        left = [h for h in left if h not in [c.a["name"] for c in closes]]
        inner["handles"] = names["handles"] + left
        body = children + closes + self.block(inner, depth + 1, 3)
        names["handles"] += left
        return [
            Node("channel", c, tx=tx, rx=rx, capacity=self.rng.choice([0, 0, 1, 1, 2, 4])),
            Node("nursery", n, {"body": body}, name=name),
        ]


# ---- keeping it valid ---------------------------------------------------------------------------------------------------

SUSPENDS = {"checkpoint", "sleep", "forever", "wait", "send", "receive", "async_for", "lock", "semaphore", "limiter",
            "nursery", "start", "call"}  # fmt: skip
SYNC_IN_DEFER = {"say", "count", "set", "is_set", "cancel", "deadline", "set_shield", "cancel_nursery", "total", "busy"}


def can_raise(nodes):
    """Whether an error may leave these statements; True when in doubt."""
    return any(
        n.kind in ("raise", "send", "receive", "start", "send_nowait", "receive_nowait")
        or n.a.get("what", "").startswith("fail")
        or (n.kind == "start_soon")
        for node in nodes
        for n in node.walk()
    )


class Env:
    """What a place knows. Copied on the way down."""

    def __init__(self):
        self.path = ()  # the blocks around, outermost first, across functions
        self.names = {}  # scope, nursery, local -> path of the block that declares it (a nursery: its body)
        self.handles = {}  # handle -> [path, "own" | "ref" | "gone", path of its channel]; the lists are shared
        self.mine = frozenset()  # nurseries opened in this function
        self.inside = ()  # scopes around, of this task and its ancestors
        self.held = frozenset()  # locks and limiters
        self.loops = 0  # around, in this function
        self.quiet = False  # nothing may wait without limit here
        self.quiet_homes = {}  # nursery -> whether it was opened in such a place
        self.jumps = True  # return, break, continue allowed
        self.defer = None  # in a defer: "sync" or "async"
        self.shielded = frozenset()  # nurseries with a shield between them and here
        self.starts = None  # in the body of a started function: its "started" counts
        self.fresh = None  # in a nursery's body before anything waited or jumped: the path of the block around it
        self.function = 0

    def inner(self, **changes):
        env = copy.copy(self)
        env.names = dict(self.names)
        env.handles = dict(self.handles)
        env.fresh = None
        for k, v in changes.items():
            setattr(env, k, v)
        return env


class Fix:
    """Drops what may not stand. Decides nothing else, so that a shrunk tree stays close to its parent."""

    def __init__(self, main):
        self.serial = 0
        self.shieldable = {n.a["name"] for n in main.walk() if n.kind == "set_shield"}
        main.blocks["body"] = self.block(main.blocks["body"], Env())

    def block(self, nodes, env):
        """Fixes a block in an environment of its own, which must be fresh: names declared here stay in it."""
        self.serial += 1
        env.path = (*env.path, self.serial)
        kept = []
        for i, node in enumerate(nodes):
            self.rest = nodes[i + 1 :]
            if not self.statement(node, env):
                continue
            kept.append(node)
            if node.kind in SUSPENDS or node.kind in ("scope", "try", "loop", "if", "defer", "raise"):
                env.fresh = None
            if node.kind in ("return", "break", "continue", "raise"):
                break
        return kept

    def usable(self, name, env):
        info = env.handles.get(name)
        return info is not None and info[1] != "gone"

    def movable(self, name, env):
        info = env.handles.get(name)
        return info and info[1] == "own" and (info[0] == env.path or (env.fresh is not None and info[0] == env.fresh))

    def statement(self, n, env):
        kind, a = n.kind, n.a
        if kind in self.avoid or ("lent" in self.avoid and self.lent(n, env)):
            return False
        if env.defer and kind not in SYNC_IN_DEFER and kind != "scope":
            if env.defer == "sync" or kind not in ("sleep", "checkpoint", "wait", "forever"):
                return False
        if env.quiet and kind in ("forever", "wait", "send", "receive", "async_for", "lock", "semaphore", "limiter"):
            return False
        if a.get("name") in env.held and kind in ("lock", "limiter", "semaphore"):
            return False
        match kind:
            case "send" | "send_nowait":
                return self.usable(a["name"], env) and a["name"][0] == "t"
            case "receive" | "receive_nowait" | "stats":
                return self.usable(a["name"], env) and a["name"][0] == "r"
            case "async_for":
                if not (self.usable(a["name"], env) and a["name"][0] == "r"):
                    return False
                n.blocks["body"] = self.block(n.blocks["body"], env.inner(loops=env.loops + 1))
            case "clone":
                if not self.usable(a["source"], env):
                    return False
                env.handles[a["name"]] = [env.path, "own", env.handles[a["source"]][2]]
            case "close":
                if not self.movable(a["name"], env):
                    return False
                env.handles[a["name"]][1] = "gone"
            case "channel":
                env.handles[a["tx"]] = [env.path, "own", env.path]
                env.handles[a["rx"]] = [env.path, "own", env.path]
            case "lock" | "limiter" | "semaphore":
                n.blocks["body"] = self.block(n.blocks["body"], env.inner(held=env.held | {a["name"]}))
            case "scope":
                return self.scope(n, env)
            case "cancel" | "deadline":
                return a["name"] in env.names and (kind == "cancel" or a["name"] in env.inside or a["time"] >= 0)
            case "set_shield":
                return a["name"] in env.inside and env.names.get(a["name"]) is not None and self.timed[a["name"]]
            case "called":
                return a["name"] in env.inside and a["name"] in env.names
            case "nursery":
                inner = env.inner(fresh=env.path)
                inner.names[a["name"]] = (*env.path, self.serial + 1)
                inner.mine = env.mine | {a["name"]}
                inner.quiet_homes = {**env.quiet_homes, a["name"]: env.quiet}
                n.blocks["body"] = self.block(n.blocks["body"], inner)
                n.a["capacity"] = self.capacity(n)
            case "start_soon" | "start":
                return self.start(n, env)
            case "started":
                if env.starts is None or env.starts or env.loops or env.defer:
                    return False
                env.starts.append(n)
            case "cancel_nursery":
                return a["name"] in env.names
            case "try":
                return self.try_(n, env)
            case "loop":
                n.blocks["body"] = self.block(n.blocks["body"], env.inner(loops=env.loops + 1))
            case "local":
                n.blocks["body"] = self.block(n.blocks["body"], env.inner())
            case "if":
                for key in n.blocks:
                    n.blocks[key] = self.block(n.blocks[key], env.inner())
            case "return":
                return env.jumps
            case "break" | "continue":
                return env.jumps and env.loops > 0
            case "defer":
                # Where an error may unwind through it, an await outside a shield would differ: Trio loses the error.
                how = "sync" if can_raise(self.rest) else "async"
                n.blocks["body"] = self.block(n.blocks["body"], env.inner(defer=how, jumps=False, loops=0, starts=None))
                return bool(n.blocks["body"])
            case "call":
                inner = env.inner(mine=frozenset(), loops=0, jumps=True, starts=None)
                # What is borrowed, or cloned from it, may go to children of nurseries opened in there only.
                here = (*env.path, self.serial + 1)
                inner.handles = {h: [i[0], "ref", here] for h, i in env.handles.items() if i[1] != "gone"}
                n.blocks["body"] = self.block(n.blocks["body"], inner)
        return True

    avoid = frozenset()  # kinds to leave out; "lent": nurseries used outside the function that opens them

    def lent(self, n, env):
        if n.kind in ("start_soon", "start"):
            return n.a["nursery"] not in env.mine
        return n.kind == "cancel_nursery" and n.a["name"] not in env.mine

    timed = {}  # scope -> whether it has a time of its own; filled on the way

    def scope(self, n, env):
        a = n.a
        timed = a["what"] in TIMED
        self.timed[a["name"]] = timed
        shield = a["shield"]
        if env.defer and not (shield and not a["what"].startswith("fail")):
            return False
        inner = env.inner(inside=(*env.inside, a["name"]))
        if env.defer:
            inner.defer = "async"
        inner.names[a["name"]] = env.path
        if shield or a["name"] in self.shieldable:
            inner.shielded = frozenset(k for k in env.names if k[0] == "n")
        inner.quiet = not timed and (env.quiet or shield)
        inner.starts = env.starts
        n.blocks["body"] = self.block(n.blocks["body"], inner)
        if "else" in n.blocks:
            after = env.inner()
            after.names[a["name"]] = env.path
            n.blocks["else"] = self.block(n.blocks["else"], after)
        if n.blocks["body"]:
            env.names[a["name"]] = env.path
        return bool(n.blocks["body"])

    def start(self, n, env):
        a = n.a
        home = env.names.get(a["nursery"])
        if home is None or (n.kind == "start" and (a["nursery"] in env.shielded or env.quiet or env.defer)):
            return False
        gives = []
        for new, source, how in a["gives"]:
            if not self.usable(source, env):
                continue
            channel = env.handles[source][2]  # must be declared around the nursery
            if len(channel) >= len(home) or home[: len(channel)] != channel:
                continue
            if how == "move":
                if not self.movable(source, env):
                    how = "clone"
                else:
                    env.handles[source][1] = "gone"
            gives.append((new, source, how))
        a["gives"] = gives
        inner = env.inner(mine=frozenset(), held=frozenset(), loops=0, jumps=True, starts=[] if n.kind == "start" else None)
        # A child sees what is declared in its nursery's block or outside it.
        inner.names = {k: p for k, p in env.names.items() if home[: len(p)] == p}
        inner.inside = tuple(s for s in env.inside if s in inner.names and len(env.names[s]) < len(home))
        inner.handles = {}
        inner.path = (*home, -n.id)
        for new, source, _ in gives:
            inner.handles[new] = [(*inner.path, self.serial + 1), "own", env.handles[source][2]]
        inner.quiet = env.quiet_homes[a["nursery"]]
        n.blocks["body"] = self.block(n.blocks["body"], inner)
        return True

    def try_(self, n, env):
        a = n.a
        n.blocks["body"] = self.block(n.blocks["body"], env.inner())
        if not n.blocks["body"]:
            return False
        seen, clauses = set(), []
        for key, kinds, end in a["clauses"]:
            kinds = [k for k in kinds if k not in seen]
            if not kinds or "_" in seen:
                continue
            seen.update(kinds)
            n.blocks[key] = self.block(n.blocks[key], env.inner(jumps=False, loops=0, starts=None))
            if n.blocks[key] and n.blocks[key][-1].kind == "raise":
                end = None
            clauses.append([key, kinds, end])
        if not clauses:
            return False
        a["clauses"] = clauses
        n.blocks = {k: b for k, b in n.blocks.items() if k == "body" or k in [c[0] for c in clauses]}
        return True

    def capacity(self, nursery):
        """How many starts there can be, if the nursery must state it: lent, or in a loop without known end; else 0."""
        name, needed = nursery.a["name"], False

        def count(nodes, times, known):
            nonlocal needed
            total = 0
            for n in nodes:
                here = times * (n.a["count"] if n.kind == "loop" else 30 if n.kind == "async_for" else 1)
                if n.kind in ("start_soon", "start") and n.a["nursery"] == name:
                    total += times
                    needed |= not known
                if n.kind == "cancel_nursery" and n.a["name"] == name:
                    needed |= not known
                inner = known and n.kind not in ("start_soon", "start", "call", "async_for")
                for block in n.blocks.values():
                    total += count(block, here, inner)
            return total

        total = count(nursery.blocks["body"], 1, True)
        return max(total, 1) if needed else 0


# ---- writing Trellis ------------------------------------------------------------------------------------------------------


def own_mentions(nodes, handles=frozenset()):
    """Names of shared objects, scopes, nurseries and handles that these statements mention but do not declare."""
    found, declared = [], set()

    def mention(name):
        if name not in found:
            found.append(name)

    for node in nodes:
        for n in node.walk():
            if n.kind in ("scope", "nursery"):
                declared.add(n.a["name"])
            elif n.kind == "channel":
                declared.update((n.a["tx"], n.a["rx"]))
            elif n.kind in ("start_soon", "start"):
                mention(n.a["nursery"])
                for new, source, _ in n.a["gives"]:
                    declared.add(new)
                    mention(source)
            elif n.kind == "clone":
                declared.add(n.a["name"])
                mention(n.a["source"])
            elif "name" in n.a:
                mention(n.a["name"])
    return [name for name in found if name not in declared]


TYPES = {"e": "&Event", "k": "&Lock", "m": "&Semaphore", "q": "&CapacityLimiter", "v": "&mut i32", "s": "&CancelScope",
         "n": "&Nursery", "t": "Sender<i32>", "r": "Receiver<i32>"}  # fmt: skip


def mentioned_scopes(main):
    return {n.a["name"] for n in main.walk() if n.kind in ("cancel", "deadline", "set_shield", "called")}


class Trellis:
    def __init__(self, main):
        self.functions = []
        self.mentioned = mentioned_scopes(main)
        self.refs = frozenset()  # parameters that are references
        for n in main.walk():
            n.a["valued"] = False
        used = [n for n in SHARED if n in own_mentions(main.blocks["body"])]
        lines = []
        makers = {"e": "Event()", "k": "Lock()", "m": "Semaphore(1)", "q": "CapacityLimiter(2)", "v": "0"}
        for name in used:
            lines.append(f"    var {name} = {makers[name[0]]};")
        lines += ["    try {", f"        move_on_after {TOP}ms as top {{"]
        lines += self.block(main.blocks["body"], 3)
        lines += ["        }", '        print("{uptime()} top {top.cancelled_caught}");']
        lines += ["    } catch* A | B | C as g {", '        for e in g { print("{uptime()} leaf {e.name} {e.id}"); }']
        lines += ["    } catch* _ {", '        print("{uptime()} other errors");', "    }"]
        head = [f"error {e}(id: i32);" for e in ERRORS]
        text = [*head, ""]
        for function in self.functions:
            text += [*function, ""]
        text += ["async fn main() {", *lines, "}", ""]
        self.text = "\n".join(text)

    def block(self, nodes, depth):
        lines = []
        for node in nodes:
            lines += self.statement(node, depth)
        return lines

    def place(self, name):
        """A shared variable as a place."""
        return f"*{name}" if name in self.refs else name

    def lend(self, name):
        if name in self.refs:
            return name
        return f"&mut {name}" if name[0] == "v" else f"&{name}"

    def function(self, n, owned):
        """Writes the body as a function of its own; returns its name and parameters."""
        names = [m for m in own_mentions(n.blocks["body"]) if m not in owned]
        params = [f"{m}: {TYPES[m[0]]}" for m in owned]
        params += [f"{m}: {'&' if m[0] in 'tr' else ''}{TYPES[m[0]]}" for m in names]
        kept, self.refs = self.refs, frozenset(names)
        result = " -> i32" if n.kind == "call" and n.a["result"] else ""
        head = f"async fn f_{n.id}({', '.join(params)}){result}{' starts i32' if n.kind == 'start' else ''} raises {{"
        lines = self.block(n.blocks["body"], 1)
        if result and not (n.blocks["body"] and n.blocks["body"][-1].kind in ("return", "raise")):
            lines.append("    return 0;")
        self.functions.append([head, *lines, "}"])
        self.refs = kept
        return names

    def statement(self, n, depth):
        pad, a, kind = "    " * depth, n.a, n.kind
        name = a.get("name")
        say = f'{pad}print("{{uptime()}} {n.id}");'

        def braces(head, block, tail=""):
            return [f"{pad}{head}{' ' if head else ''}{{", *self.block(block, depth + 1), f"{pad}}}{tail}"]

        match kind:
            case "say":
                return [say]
            case "checkpoint":
                return [f"{pad}await checkpoint();", say]
            case "sleep":
                return [f"{pad}await sleep({a['time']}ms);", say]
            case "forever":
                return [f"{pad}await sleep_forever();"]
            case "busy":
                return [f"{pad}busy({a['time']}ms);", say]
            case "count":
                return [f"{pad}{self.place(name)} += 1;", f'{pad}print("{{uptime()}} {n.id} {{{self.place(name)}}}");']
            case "local":
                lines = [f"{pad}var x{n.id} = {n.id};", *braces("", n.blocks["body"])]
                return [*lines, f"{pad}x{n.id} += 1;", f'{pad}print("{{uptime()}} {n.id} {{x{n.id}}}");']
            case "set":
                return [f"{pad}{name}.set();", say]
            case "wait":
                return [f"{pad}await {name}.wait();", say]
            case "is_set":
                return [f'{pad}print("{{uptime()}} {n.id} {{{name}.is_set()}}");']
            case "send":
                return [f"{pad}await {name}.send({n.id});", say]
            case "receive":
                return [f"{pad}let x{n.id} = await {name}.receive();", f'{pad}print("{{uptime()}} {n.id} {{x{n.id}}}");']
            case "send_nowait":
                return [
                    f"{pad}try {{ {name}.send_nowait({n.id}); }}",
                    f'{pad}catch WouldBlock {{ print("{{uptime()}} {n.id} full"); }}',
                    say,
                ]
            case "receive_nowait":
                return [
                    f"{pad}let x{n.id} = {name}.receive_nowait() catch WouldBlock {{ -1 }};",
                    f'{pad}print("{{uptime()}} {n.id} {{x{n.id}}}");',
                ]
            case "stats":
                fields = "buffered capacity senders receivers waiting_senders waiting_receivers".split()
                shown = " ".join(f"{{x{n.id}.{f}}}" for f in fields)
                return [f"{pad}let x{n.id} = {name}.statistics();", f'{pad}print("{{uptime()}} {n.id} {shown}");']
            case "async_for":
                # A loop that feeds itself would never let the clock go on: it ends after 20 items.
                lines = braces(f"async for x{n.id} in {name}", n.blocks["body"])
                lines[1:1] = [
                    f'{pad}    print("{{uptime()}} {n.id} {{x{n.id}}}");',
                    f"{pad}    c{n.id} += 1;",
                    f"{pad}    if c{n.id} == 20 {{ break; }}",
                ]
                return [f"{pad}var c{n.id} = 0;", *lines, say]
            case "clone":
                return [f"{pad}let {name} = {a['source']}.clone();"]
            case "close":
                return [f"{pad}{name}.close();", say]
            case "channel":
                return [f"{pad}let ({a['tx']}, {a['rx']}) = channel<i32>({a['capacity']});"]
            case "lock" | "semaphore" | "limiter":
                lines = braces(f"async with {name}", n.blocks["body"])
                return [lines[0], "    " + say, *lines[1:], say]
            case "total":
                return [f"{pad}{name}.total_tokens = {a['value']};", say]
            case "scope":
                time = f"{a['time']}ms"
                head = a["what"]
                if head in TIMED:
                    head += f" now() + {time}" if head.endswith("_at") else f" {time}"
                    head += " shield" if a["shield"] else ""
                if head == "shield" and name not in self.mentioned:
                    return braces(head, n.blocks["body"])
                if head == "shield":  # with a name it is a scope like others, which control may leave early
                    head = "cancel_scope shield"
                lines = braces(f"{head} as {name}", n.blocks["body"])
                if "else" in n.blocks:
                    lines[-1:] = braces("} else", n.blocks["else"])
                return [*lines, f'{pad}print("{{uptime()}} {n.id} {{{name}.cancelled_caught}}");']
            case "cancel":
                return [f"{pad}{name}.cancel();", say]
            case "called":
                return [f'{pad}print("{{uptime()}} {n.id} {{{name}.cancel_called}}");']
            case "deadline":
                sign = "-" if a["time"] < 0 else "+"
                return [f"{pad}{name}.deadline = now() {sign} {abs(a['time'])}ms;", say]
            case "set_shield":
                return [f"{pad}{name}.shield = {'true' if a['value'] else 'false'};", say]
            case "nursery":
                head = f"nursery {name}" + (f"[{a['capacity']}]" if a["capacity"] else "")
                return [*braces(head, n.blocks["body"]), say]
            case "start_soon" | "start":
                return [*self.start(n, pad, depth), say]
            case "started":
                return [f"{pad}started({n.id});", say]
            case "cancel_nursery":
                return [f"{pad}{name}.cancel_scope.cancel();", say]
            case "raise":
                return [f"{pad}raise {a['error']}({n.id});"]
            case "try":
                lines = [f"{pad}try {{", *self.block(n.blocks["body"], depth + 1)]
                for key, kinds, end in a["clauses"]:
                    bind = "" if kinds == ["_"] else f" as g{n.id}"
                    lines.append(f"{pad}}} catch* {' | '.join(kinds)}{bind} {{")
                    if bind:
                        field = " {e.id}" if kinds[0] in ERRORS else ""
                        lines.append(f'{pad}    for e in g{n.id} {{ print("{{uptime()}} {n.id} {{e.name}}{field}"); }}')
                    else:
                        lines.append(f'{pad}    print("{{uptime()}} {n.id} all");')
                    lines += self.block(n.blocks[key], depth + 1)
                    if end == "send on":
                        lines.append(f"{pad}    raise;")
                    elif end:
                        lines.append(f"{pad}    raise C({n.id});")
                return [*lines, f"{pad}}}", say]
            case "loop":
                return [*braces(f"for i{n.id} in 0..{a['count']}", n.blocks["body"]), say]
            case "if":
                lines = braces(f"if {self.place(name)} > {a['value']}", n.blocks["body"])
                if "else" in n.blocks:
                    lines[-1:] = braces("} else", n.blocks["else"])
                return lines
            case "return":
                return [f"{pad}return{self.value(n)};"]
            case "break" | "continue":
                return [f"{pad}{kind};"]
            case "defer":
                return braces("defer", n.blocks["body"])
            case "call":
                self.mark_returns(n)
                names = self.function(n, [])
                call = f"await f_{n.id}({', '.join(self.lend(m) for m in names)})"
                if a["result"]:
                    return [f"{pad}let x{n.id} = {call};", f'{pad}print("{{uptime()}} {n.id} {{x{n.id}}}");']
                return [f"{pad}{call};", say]
        raise ValueError(kind)

    def value(self, n):
        return f" {n.id}" if n.a["valued"] else ""

    @staticmethod
    def mark_returns(call):
        """`return` gives a value in a function that has one; not in children written in place inside it."""

        def mark(nodes, valued):
            for n in nodes:
                if n.kind == "return":
                    n.a["valued"] = valued
                for block in n.blocks.values():
                    mark(block, valued and n.kind not in ("start_soon", "start", "call"))

        mark(call.blocks["body"], call.a["result"])

    def start(self, n, pad, depth):
        a, lines = n.a, []
        if n.kind == "start" or a["named"]:
            names = self.function(n, [g[0] for g in a["gives"]])
            args = [source + (".clone()" if how == "clone" else "") for _, source, how in a["gives"]]
            args += [self.lend(m) for m in names]
            call = f"{a['nursery']}.{n.kind}(f_{n.id}({', '.join(args)}))"
            if n.kind == "start":
                return [f"{pad}let x{n.id} = await {call};", f'{pad}print("{{uptime()}} {n.id} {{x{n.id}}}");']
            return [f"{pad}{call};"]
        for new, source, how in a["gives"]:
            lines.append(f"{pad}let {new} = {source}{'.clone()' if how == 'clone' else ''};")
        body = self.block(n.blocks["body"], depth + 1)
        for new, _, _ in a["gives"]:  # captured only if it is mentioned
            if new not in own_mentions(n.blocks["body"]):
                body.insert(0, f"{pad}    _ = {new}.statistics();")
        return [*lines, f"{pad}{a['nursery']}.start_soon {{", *body, f"{pad}}}"]


# ---- writing Trio ---------------------------------------------------------------------------------------------------------


class Trio:
    def __init__(self, main):
        self.mentioned = mentioned_scopes(main)
        lines = [
            "import trio",
            "from trio_twin_random import Catch, channel",
            "from trio_twin import (BrokenResource, EndOfChannel, NotStarted, TooSlow, WouldBlock, busy, error, leaves, ms,",
            "                       name, now, run, show, start, uptime)",
            "",
            *[f'{e} = error("{e}", "id")' for e in ERRORS],
            "",
            "",
            "async def main():",
        ]
        makers = {"e": "trio.Event()", "k": "trio.Lock()", "m": "trio.Semaphore(1)", "q": "trio.CapacityLimiter(2)", "v": "[0]"}
        lines += [f"    {n} = {makers[n[0]]}" for n in SHARED if n in own_mentions(main.blocks["body"])]
        lines += ["    try:", f"        with trio.move_on_after({TOP} * ms) as top:"]
        lines += self.block(main.blocks["body"], 3)
        lines += [
            '        print(f"{uptime()} top {show(top.cancelled_caught)}")',
            "    except BaseException as error_0:",
            "        caught_0 = Catch(error_0)",
            "        if g := caught_0.take(A, B, C):",
            '            for e in g: print(f"{uptime()} leaf {name(e)} {e.id}")',
            "        if caught_0.take(Exception):",
            '            print(f"{uptime()} other errors")',
            "        caught_0.end()",
            "",
            "",
            'if __name__ == "__main__":',
            "    run(main)",
            "",
        ]
        self.text = "\n".join(lines)

    def block(self, nodes, depth):
        lines, inner = [], depth
        closers = []
        for i, n in enumerate(nodes):
            pad = "    " * inner
            if n.kind == "defer":
                rest = self.block(nodes[i + 1 :], inner + 1)
                lines += [f"{pad}try:", *rest, f"{pad}finally:", *self.block(n.blocks["body"], inner + 1)]
                return lines
            lines += self.statement(n, inner)
            if n.kind == "clone":
                lines.append(f"{pad}with {n.a['name']}:")
                inner += 1
                closers.append(inner)
            elif n.kind == "channel":
                lines.append(f"{pad}with {n.a['tx']}, {n.a['rx']}:")
                inner += 1
                closers.append(inner)
        lines.append("    " * inner + "pass")
        return lines

    def statement(self, n, depth):
        pad, a, kind = "    " * depth, n.a, n.kind
        name = a.get("name")
        say = f'{pad}print(f"{{uptime()}} {n.id}")'

        def body(head, block):
            return [f"{pad}{head}:", *self.block(block, depth + 1)]

        match kind:
            case "say":
                return [say]
            case "checkpoint":
                return [f"{pad}await trio.lowlevel.checkpoint()", say]
            case "sleep":
                return [f"{pad}await trio.sleep({a['time']} * ms)", say]
            case "forever":
                return [f"{pad}await trio.sleep_forever()"]
            case "busy":
                return [f"{pad}busy({a['time']} * ms)", say]
            case "count":
                return [f"{pad}{name}[0] += 1", f'{pad}print(f"{{uptime()}} {n.id} {{{name}[0]}}")']
            case "local":
                lines = [f"{pad}x{n.id} = {n.id}", *body("if True", n.blocks["body"])]
                return [*lines, f"{pad}x{n.id} += 1", f'{pad}print(f"{{uptime()}} {n.id} {{x{n.id}}}")']
            case "set":
                return [f"{pad}{name}.set()", say]
            case "wait":
                return [f"{pad}await {name}.wait()", say]
            case "is_set":
                return [f'{pad}print(f"{{uptime()}} {n.id} {{show({name}.is_set())}}")']
            case "send":
                return [f"{pad}await {name}.raw.send({n.id})", say]
            case "receive":
                return [f"{pad}x{n.id} = await {name}.raw.receive()", f'{pad}print(f"{{uptime()}} {n.id} {{x{n.id}}}")']
            case "send_nowait":
                return [
                    f"{pad}try:",
                    f"{pad}    {name}.raw.send_nowait({n.id})",
                    f"{pad}except WouldBlock:",
                    f'{pad}    print(f"{{uptime()}} {n.id} full")',
                    say,
                ]
            case "receive_nowait":
                return [
                    f"{pad}try:",
                    f"{pad}    x{n.id} = {name}.raw.receive_nowait()",
                    f"{pad}except WouldBlock:",
                    f"{pad}    x{n.id} = -1",
                    f'{pad}print(f"{{uptime()}} {n.id} {{x{n.id}}}")',
                ]
            case "stats":
                return [f'{pad}print(f"{{uptime()}} {n.id} {{{name}.stats()}}")']
            case "async_for":
                lines = body(f"async for x{n.id} in {name}.raw", n.blocks["body"])
                lines[1:1] = [
                    f'{pad}    print(f"{{uptime()}} {n.id} {{x{n.id}}}")',
                    f"{pad}    c{n.id} += 1",
                    f"{pad}    if c{n.id} == 20: break",
                ]
                return [f"{pad}c{n.id} = 0", *lines, say]
            case "clone":
                return [f"{pad}{name} = {a['source']}.clone()"]
            case "close":
                return [f"{pad}{name}.close()", say]
            case "channel":
                return [f"{pad}{a['tx']}, {a['rx']} = channel({a['capacity']})"]
            case "lock" | "semaphore" | "limiter":
                lines = body(f"async with {name}", n.blocks["body"])
                return [lines[0], "    " + say, *lines[1:], say]
            case "total":
                return [f"{pad}{name}.total_tokens = {a['value']}", say]
            case "scope":
                time = f"{a['time']} * ms"
                what = a["what"]
                if what in ("cancel_scope", "shield"):
                    head = f"trio.CancelScope({'shield=True' if a['shield'] else ''})"
                else:
                    time = f"now() + {time}" if what.endswith("_at") else time
                    head = f"trio.{what}({time}{', shield=True' if a['shield'] else ''})"
                lines = body(f"with {head} as {name}", n.blocks["body"])
                if "else" in n.blocks:
                    lines += body(f"if {name}.cancelled_caught", n.blocks["else"])
                if what == "shield" and name not in self.mentioned:
                    return lines
                return [*lines, f'{pad}print(f"{{uptime()}} {n.id} {{show({name}.cancelled_caught)}}")']
            case "cancel":
                return [f"{pad}{name}.cancel()", say]
            case "called":
                return [f'{pad}print(f"{{uptime()}} {n.id} {{show({name}.cancel_called)}}")']
            case "deadline":
                return [f"{pad}{name}.deadline = now() + {a['time']} * ms", say]
            case "set_shield":
                return [f"{pad}{name}.shield = {a['value']}", say]
            case "nursery":
                return [*body(f"async with trio.open_nursery() as {name}", n.blocks["body"]), say]
            case "start_soon" | "start":
                return [*self.start(n, pad, depth), say]
            case "started":
                return [f"{pad}task_status.started({n.id})", say]
            case "cancel_nursery":
                return [f"{pad}{name}.cancel_scope.cancel()", say]
            case "raise":
                return [f"{pad}raise {a['error']}({n.id})"]
            case "try":
                lines = body("try", n.blocks["body"])
                lines += [f"{pad}except BaseException as error_{n.id}:", f"{pad}    caught_{n.id} = Catch(error_{n.id})"]
                for key, kinds, end in a["clauses"]:
                    shown = f'for e in g{n.id}: print(f"{{uptime()}} {n.id} {{name(e)}}{" {e.id}" if kinds[0] in ERRORS else ""}")'
                    if kinds == ["_"]:
                        kinds, shown = ["Exception"], f'print(f"{{uptime()}} {n.id} all")'
                    lines += [
                        f"{pad}    if g{n.id} := caught_{n.id}.take({', '.join(kinds)}):",
                        f"{pad}        with caught_{n.id}:",
                        f"{pad}            {shown}",
                        *self.block(n.blocks[key], depth + 3),
                    ]
                    if end == "send on":
                        lines.append(f"{pad}            caught_{n.id}.send_on(g{n.id})")
                    elif end:
                        lines.append(f"{pad}            raise C({n.id})")
                return [*lines, f"{pad}    caught_{n.id}.end()", say]
            case "loop":
                return [*body(f"for i{n.id} in range({a['count']})", n.blocks["body"]), say]
            case "if":
                lines = body(f"if {name}[0] > {a['value']}", n.blocks["body"])
                if "else" in n.blocks:
                    lines += body("else", n.blocks["else"])
                return lines
            case "return":
                return [f"{pad}return" + (f" {n.id}" if n.a["valued"] else "")]
            case "break" | "continue":
                return [f"{pad}{kind}"]
            case "call":
                lines = body(f"async def f_{n.id}()", n.blocks["body"])
                if a["result"]:
                    lines.append(f"{pad}    return 0")
                    return [*lines, f"{pad}x{n.id} = await f_{n.id}()", f'{pad}print(f"{{uptime()}} {n.id} {{x{n.id}}}")']
                return [*lines, f"{pad}await f_{n.id}()", say]
        raise ValueError(kind)

    def start(self, n, pad, depth):
        a = n.a
        owned = [g[0] for g in a["gives"]]
        status = "*, task_status" if n.kind == "start" else ""
        lines = [f"{pad}async def f_{n.id}({', '.join([*owned, *([status] if status else [])])}):"]
        if owned:
            lines.append(f"{pad}    with {', '.join(owned)}:")
        lines += self.block(n.blocks["body"], depth + (2 if owned else 1))
        args = [f"{source}.{'clone' if how == 'clone' else 'move'}()" for _, source, how in a["gives"]]
        if n.kind == "start":
            call = f"await start({', '.join([a['nursery'], f'f_{n.id}', *args])})"
            return [*lines, f"{pad}x{n.id} = {call}", f'{pad}print(f"{{uptime()}} {n.id} {{x{n.id}}}")']
        return [*lines, f"{pad}{a['nursery']}.start_soon({', '.join([f'f_{n.id}', *args])})"]


# ---- running both -----------------------------------------------------------------------------------------------------------


def run_trio(text):
    """What the twin prints; None where Trio has no answer."""
    out = io.StringIO()
    scope = {"__name__": "pair"}
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        exec(compile(text, "pair.py", "exec"), scope)
        try:
            status = trio_twin.run_to_status(scope["main"])
        except TrioFault:
            return None
    return out.getvalue() + f"[status {status}]\n"


class Runner:
    def __init__(self, trc, cc):
        self.trc, self.dir = trc, tempfile.TemporaryDirectory(prefix="pairs-")
        self.env = dict(os.environ, **({"CC": cc} if cc else {}))
        self.serial = 0

    def run_trellis(self, text):
        self.serial += 1
        path = Path(self.dir.name) / f"p{self.serial}.tr"
        path.write_text(text)
        try:
            done = subprocess.run(
                [self.trc, "run", "--virtual", str(path)], capture_output=True, env=self.env, timeout=20, check=False
            )
            out = done.stdout.decode(errors="replace") + f"[status {done.returncode}]\n"
            return out, done.stderr.decode(errors="replace")
        except subprocess.TimeoutExpired as e:
            return (e.stdout or b"").decode(errors="replace") + "[no end]\n", ""
        finally:
            path.unlink()


def symptom(want, got, said):
    """How a pair fails, roughly, so that shrinking does not wander to another failure; None if it does not."""
    if got == want or want is None:
        return None
    errors = sorted({line.split("error")[1][:7] for line in said.splitlines() if "error[" in line})
    if errors:
        return f"compile {errors[0]}"
    if "runtime error" in said or "Sanitizer" in said:
        return "sanitizer"
    if "panic" in said:
        return "panic"
    last = got.splitlines()[-1:]
    return "differs" if last == want.splitlines()[-1:] else f"ends {last}"


class Pair:
    """A tree and its two texts."""

    def __init__(self, main):
        self.main = main
        Fix(main)
        self.tr, self.py = Trellis(main).text, Trio(main).text

    def check(self, runner):
        self.want = run_trio(self.py)
        self.got, self.said = runner.run_trellis(self.tr)
        return symptom(self.want, self.got, self.said)

    def size(self):
        return sum(1 for _ in self.main.walk())


def edits(main):
    """Trees a step smaller, large steps first. Each is a fresh copy."""
    nodes = list(main.walk())
    places = [(i, key, j) for i, n in enumerate(nodes) for key, b in n.blocks.items() for j in range(len(b))]

    def edited(i, change):
        tree = copy.deepcopy(main)
        change(list(tree.walk())[i])
        return tree

    def weight(place):
        i, key, j = place
        return -sum(1 for _ in nodes[i].blocks[key][j].walk())

    for i, key, j in sorted(places, key=weight):
        yield edited(i, lambda n, key=key, j=j: n.blocks[key].pop(j))
    for i, key, j in places:  # a statement replaced by what stands in it
        inner = nodes[i].blocks[key][j]
        if inner.blocks:
            def hoist(n, key=key, j=j):
                node = n.blocks[key][j]
                n.blocks[key][j : j + 1] = [s for b in node.blocks.values() for s in b]

            yield edited(i, hoist)
    for i, n in enumerate(nodes):
        if n.kind == "loop" and n.a["count"] > 1:
            yield edited(i, lambda n: n.a.update(count=n.a["count"] - 1))
        if n.kind == "start_soon" and n.a["named"]:
            yield edited(i, lambda n: n.a.update(named=False))
        if n.kind in ("start_soon", "start"):
            for g in range(len(n.a["gives"])):
                yield edited(i, lambda n, g=g: n.a["gives"].pop(g))
        if n.a.get("time", 0) > 1:
            yield edited(i, lambda n: n.a.update(time=1))
        if n.a.get("shield") and n.a.get("what") != "shield":
            yield edited(i, lambda n: n.a.update(shield=False))
        if n.kind == "call" and n.a["result"]:
            yield edited(i, lambda n: n.a.update(result=False))
        if n.kind == "scope" and n.a["what"] not in ("cancel_scope", "shield"):
            yield edited(i, lambda n: n.a.update(what="cancel_scope", shield=False))
        for c in range(len(n.a.get("clauses", []))):
            yield edited(i, lambda n, c=c: n.a["clauses"].pop(c))
            if n.a["clauses"][c][2]:
                yield edited(i, lambda n, c=c: n.a["clauses"][c].__setitem__(2, None))


def shrink(pair, kind, runner, pool, jobs):
    tried = set()
    progress = True
    while progress:
        progress = False
        candidates = edits(pair.main)
        while True:
            batch = []
            for tree in candidates:
                smaller = Pair(tree)
                if smaller.tr not in tried and smaller.tr != pair.tr:
                    tried.add(smaller.tr)
                    smaller.want = run_trio(smaller.py)
                    batch.append(smaller)
                if len(batch) == jobs:
                    break
            if not batch:
                break
            for smaller, (got, said) in zip(batch, pool.map(lambda p: runner.run_trellis(p.tr), batch), strict=True):
                if symptom(smaller.want, got, said) == kind:
                    smaller.got, smaller.said = got, said
                    pair, progress = smaller, True
                    break
            if progress:
                break
    return pair


def seeds_of(text):
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trc")
    parser.add_argument("--seeds", default="1..100", help="A..B")
    parser.add_argument("--keep", help="folder for failing pairs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cc", default="tcc")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--most", type=int, default=10, help="stop after so many failures")
    parser.add_argument("--minutes", type=float, help="stop after so long")
    parser.add_argument("--avoid", default="", help="kinds of statements to leave out, or `lent`; comma between")
    parser.add_argument("--show", action="store_true", help="only print the pairs")
    options = parser.parse_args()
    seeds = seeds_of(options.seeds)
    Fix.avoid = frozenset(options.avoid.split(","))
    if options.show or not options.trc:
        for seed in seeds:
            pair = Pair(Generator(seed).program())
            print(pair.tr, pair.py, run_trio(pair.py), sep="\n")
        return 0
    runner = Runner(options.trc, options.cc)
    passed = failed = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        ahead = []
        todo = iter(seeds)

        def submit():
            seed = next(todo, None)
            if seed is not None:
                pair = Pair(Generator(seed).program())
                ahead.append((seed, pair, pool.submit(runner.run_trellis, pair.tr)))

        for _ in range(options.jobs * 2):
            submit()
        end = time.monotonic() + 60 * options.minutes if options.minutes else float("inf")
        while ahead and failed < options.most and time.monotonic() < end:
            seed, pair, future = ahead.pop(0)
            pair.want = run_trio(pair.py)
            pair.got, pair.said = future.result()
            submit()
            kind = symptom(pair.want, pair.got, pair.said)
            if kind is None:
                passed += 1
                continue
            failed += 1
            before = pair.size()
            if not options.no_shrink:
                pair = shrink(pair, kind, runner, pool, options.jobs)
            diff = "".join(
                difflib.unified_diff(pair.want.splitlines(True), pair.got.splitlines(True), "trio", "trellis")
            )
            print(f"FAILED seed {seed}: {kind}; shrunk from {before} to {pair.size()} nodes", flush=True)
            said = [part for part in pair.said.split("\n\n") if not part.startswith("warning")]
            print(pair.tr, diff, "\n\n".join(said), sep="\n", flush=True)
            if options.keep:
                keep = Path(options.keep)
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"seed_{seed}.tr").write_text(pair.tr)
                (keep / f"seed_{seed}.py").write_text(pair.py)
                (keep / f"seed_{seed}.diff").write_text(diff + pair.said)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
