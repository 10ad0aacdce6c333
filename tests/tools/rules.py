#!/usr/bin/env python3
"""docs/trio.md is whole: each rule of Trio stands in it once, in order; what it names as a proof exists, and a conformance
pair that stands in a rule's row says at its head that it is about that rule; no pair is left out.
"""

import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
TRIO = TOP / "docs/trio.md"
RULES = 249
# A rule with one of these words needs no proof.
EXCUSES = ("**Cannot be written", "**Not carried over", "**Not built yet")


def rules_of(source):
    """The rules that the comment at the head of a program names: `Rule 4`, `Rules 4, 7-9`, `and rule 12`."""
    head = re.match(r"(//.*\n)*", source.read_text()).group(0).replace("\n//", "")
    named = set()
    for numbers in re.findall(r"[Rr]ules? ((?:\d+(?:-\d+)?(?:, | and )?)+)", head):
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", numbers):
            named.update(range(int(first), int(last or first) + 1))
    return named


class Check:
    """What is wrong, and what was named."""

    def __init__(self):
        self.heads = {source.stem: rules_of(source) for source in (TOP / "tests/conformance").rglob("*.tr")}
        twins = {twin.stem for twin in (TOP / "tests/conformance").rglob("*.py")}
        self.pairs = {name for name in twins if name in self.heads or name.startswith("example_")}
        self.wrong, self.rows, self.named = [], [], set()

    def proof(self, name, place):
        if "/" in name:
            is_there = any((TOP / "tests" / f"{name}{ending}").exists() for ending in (".tr", ".c"))
        else:
            is_there = name in self.pairs
            self.named.add(name)
        if not is_there:
            self.wrong.append(f"{place}: there is no `{name}`")

    def row(self, number, remark, proofs):
        self.rows.append(number)
        if not proofs and not remark.startswith(EXCUSES):
            self.wrong.append(f"rule {number}: nothing proves it")
        for name in proofs:
            self.proof(name, f"rule {number}")
            if number not in self.heads.get(name, {number}):
                self.wrong.append(f"rule {number}: the head of {name}.tr does not name it")

    def end(self):
        if self.rows != list(range(1, RULES + 1)):
            odd = set(range(1, RULES + 1)) ^ set(self.rows)
            self.wrong.append(f"each rule stands once, in order: see {sorted(odd) or self.rows}")
        self.wrong += [f"the pair {name} is not named" for name in sorted(self.pairs - self.named)]


def main():
    check = Check()
    table, _, rest = TRIO.read_text().partition("\n## Pairs of no single rule\n")
    for line in table.splitlines():
        row = re.match(r"\| (\d+) \| [EHP] \| .+ \| (.+) \| (.*)\|$", line)
        if row:
            check.row(int(row.group(1)), row.group(2), re.findall(r"`([^`]+)`", row.group(3)))
        elif re.match(r"\|\s*\d", line):
            check.wrong.append(f"not a row of the table: {line}")
    for name in re.findall(r"`([^`]+)`", rest):
        check.proof(name, "pairs of no single rule")
    check.end()
    for text in check.wrong:
        print(f"docs/trio.md: {text}")
    if not check.wrong:
        print(f"rules: all {RULES}, with {len(check.pairs)} pairs")
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
