"""The one table that everything measured goes into."""

import contextlib
import sys
import time
import traceback
from typing import NamedTuple

WORDS = {
    "gateway": "",
    "ratio": "x ",
    "cpu": "CPU x ",
    "exponent": "n^ ",
    "wait": "wait ",
    "median": "median ",
    "gap": "gap ",
}
HEAD = ("what", "where", "inside", "gateway", "ratio", "wait", "gap", "aim", "")


class Aim(NamedTuple):
    """What a row should reach: `limit` is the most, or the least, of one of its columns, of its `exponent`, of the
    `median` of the waits, or of its `cpu`, the ratio of the CPU times.
    """

    of: str
    limit: float
    at_least: bool = False

    def is_met(self, **cells):
        value = cells[self.of]
        if value is None:
            return True
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self):
        sign = ">=" if self.at_least else "<="
        return f"{WORDS[self.of]}{sign} {self.limit:g}"


def overhead(ratio):
    return Aim("ratio", ratio)


class Table:
    """Prints rows as they come, and remembers which missed their aim or failed, and how long each group took."""

    def __init__(self):
        self.missed = []
        self.failed = []
        self._took = []
        self._print(HEAD)

    def row(self, what, where, inside, gateway, aim=None, more="", *, wait=None, gap=None, **figures_of_aims):
        """Times are in milliseconds unless `what` says otherwise; None for what does not exist.

        `aim` is one, or a list of several. `wait`: the longest wait of another client meanwhile; `gap`: the longest
        time for which Anki's main thread was away. `figures_of_aims`: `cpu`, `exponent` and `median`, if aims are of
        them.
        """
        ratio = gateway / inside if inside and gateway is not None else None
        cells = {"gateway": gateway, "ratio": ratio, "wait": wait, "gap": gap, **figures_of_aims}
        verdicts = []
        for each in aim if isinstance(aim, list) else [aim] if aim else []:
            is_missed = not each.is_met(**cells)
            if is_missed:
                self.missed.append(f"{what} ({where}, {each})")
            verdicts.append(f"{each}{' MISSED' if is_missed else ''}")
        figures = [figure(value) for value in (inside, gateway, ratio, wait, gap)]
        self._print((what, where, *figures, ", ".join(verdicts), more))

    def fail(self, what, where, error):
        """Report that a row, or the rest of a group, could not be measured. The run goes on."""
        self.failed.append(f"{what} ({where})")
        self._print((what, where, *["-"] * 5, "FAILED", f"{type(error).__name__}: {error}"[:300]))

    @contextlib.contextmanager
    def group(self, name, where):
        """Note how long the group takes; if it fails, the rest of it is left out."""
        begin = time.perf_counter()
        try:
            yield
        except (Exception, SystemExit) as error:
            traceback.print_exc()
            self.fail(name, where, error)
        self._took.append((time.perf_counter() - begin, f"{name} ({where})"))

    def end(self):
        """Print what took how long, what was missed and what failed, and exit."""
        print("\ntook: " + ", ".join(f"{name} {seconds:.0f} s" for seconds, name in self._took))
        words = {"missed": self.missed, "failed": self.failed}
        sys.exit("\n".join(f"{word}: {', '.join(rows)}" for word, rows in words.items() if rows) or 0)

    def _print(self, cells):
        what, where, *figures, aim, more = cells
        row = f"{what:<50}{where:<10}" + "".join(f"{cell:>10}" for cell in figures) + f"  {aim:<24} {more}"
        print(row.rstrip(), flush=True)


def figure(value):
    """About three digits of a number."""
    if value is None:
        return "-"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 3 - len(str(int(value))))}f}" if value >= 1 else f"{value:.3f}"
