"""The one table that everything measured goes into."""

from typing import NamedTuple

WORDS = {"gateway": "", "ratio": "x ", "exponent": "n^ "}
HEAD = ("what", "where", "inside", "gateway", "ratio", "aim", "")


class Aim(NamedTuple):
    """What a row should reach: `limit` is the most, or the least, of its `gateway`, `ratio` or `exponent`."""

    of: str
    limit: float
    at_least: bool = False

    def is_met(self, **cells):
        value = cells[self.of]
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self):
        sign = ">=" if self.at_least else "<="
        return f"{WORDS[self.of]}{sign} {self.limit:g}"


def overhead(ratio):
    return Aim("ratio", ratio)


class Table:
    """Prints rows as they come, and remembers which missed their aim."""

    def __init__(self):
        self.missed = []
        self._print(HEAD)

    def row(self, what, where, inside, gateway, aim=None, more="", *, exponent=None):
        """Times are in milliseconds unless `what` says otherwise; None for what does not exist."""
        ratio = gateway / inside if inside else None
        is_missed = aim is not None and not aim.is_met(gateway=gateway, ratio=ratio, exponent=exponent)
        if is_missed:
            self.missed.append(f"{what} ({where})")
        verdict = f"{aim}{' MISSED' if is_missed else ''}" if aim else ""
        self._print((what, where, figure(inside), figure(gateway), figure(ratio), verdict, more))

    def _print(self, cells):
        what, where, *figures, aim, more = cells
        row = f"{what:<50}{where:<10}" + "".join(f"{cell:>10}" for cell in figures) + f"  {aim:<16}{more}"
        print(row.rstrip(), flush=True)


def figure(value):
    """About three digits of a number."""
    if value is None:
        return "-"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 3 - len(str(int(value))))}f}" if value >= 1 else f"{value:.3f}"
