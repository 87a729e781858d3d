"""`anki-rpc call`: params from the command line, a file or standard input; a result as JSON or as a table."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, takewhile
from typing import Any

from .connection import CannotReach, Connection

LONGEST_CELL = 60
"""Characters of a table's cell if the width of the terminal is not known."""
SHORTEST_CELL = 8


class CannotCall(Exception):
    """The gateway refused the call, or cannot be reached. The message is for the user."""


def params_of(words: Sequence[str]) -> Any:
    """Read params from arguments: one JSON object or list, or members as `name=text` and `name:=JSON`.

    Raises ValueError.
    """
    if len(words) == 1 and words[0].lstrip()[:1] in ("{", "["):
        return read_json(words[0])
    return dict(map(_member, words))


def read_json(text: str) -> Any:
    """Read params in JSON. Raises ValueError."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"The params are not valid JSON: {error}") from None
    if not isinstance(value, dict | list):
        raise ValueError(  # noqa: TRY004  (the text is wrong, not its type)
            'The params must be a JSON object, such as {"query": "deck:Italian"}, or a list.'
        )
    return value


def _member(word: str) -> tuple[str, Any]:
    name, is_pair, text = word.partition("=")
    if not is_pair or name in ("", ":"):
        raise ValueError(
            f"{word!r} is no param. Write name=text, or name:=JSON for other values, or one JSON object for all params."
        )
    if not name.endswith(":"):
        return name, text
    try:
        return name[:-1], json.loads(text)
    except ValueError as error:
        raise ValueError(f"The value of {name[:-1]} is not valid JSON: {error}") from None


def call(connection: Connection, method: str, params: Any) -> Any:
    """Call a method and return its result. Raises CannotCall."""
    try:
        answer = connection.call(method, params)
    except CannotReach as error:
        raise CannotCall(
            f"Anki cannot be reached at {connection.url}: {error}. Start Anki with AnkiRPC in it, or `anki-rpc serve`; "
            "`anki-rpc doctor` examines the rest."
        ) from None
    value = answer.value
    if isinstance(value, dict) and "result" in value:
        return value["result"]
    refusal = value.get("error") if isinstance(value, dict) else None
    if not isinstance(refusal, dict):
        raise CannotCall(f"{connection.url} is no gateway: it answers with {answer.status} {answer.reason}.")
    raise CannotCall(_described(refusal))


def _described(error: Mapping[str, Any]) -> str:
    """Return the message of an error, its kind, and what else its data has."""
    data = error.get("data")
    data = data if isinstance(data, dict) else {}
    kind = data.get("kind", error.get("code"))
    hint = " Pass it by --key-file, or in ANKI_RPC_KEY." if kind == "key_required" else ""
    more = {name: value for name, value in data.items() if name != "kind"}
    details = f"\n{as_json(more)}" if more else ""
    return f"{_CONTROLS.sub(_escaped, str(error.get('message')))}{hint} ({kind}){details}"


def as_json(value: Any) -> str:
    """Return a value as JSON to read."""
    return _CONTROLS.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2))


_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What a terminal may obey, as it comes from anybody's notes; JSON text has those below 32 escaped already."""


def _escaped(control: re.Match[str]) -> str:
    return f"\\u{ord(control[0]):04x}"


def as_table(value: Any, *, width: int | None = None) -> str:
    """Return a value as a table: a list has a row for each item, an object a row for each member.

    No line is longer than `width` (the terminal's by default) as long as the columns fit; long cells are cut.
    """
    rows = value if isinstance(value, list) else None
    if rows is not None and rows and all(isinstance(row, dict) for row in rows):
        head = list(dict.fromkeys(name for row in rows for name in row))
        cells = [[_cell(row[name]) if name in row else "" for name in head] for row in rows]
    elif rows is not None and rows and all(isinstance(row, list) for row in rows):
        head = []
        longest = max(map(len, rows))
        cells = [[*map(_cell, row), *[""] * (longest - len(row))] for row in rows]
    elif rows is not None:
        head, cells = [], [[_cell(row)] for row in rows]
    elif isinstance(value, dict):
        head, cells = [], [[name, _cell(member)] for name, member in value.items()]
    else:
        head, cells = [], [[_cell(value)]]
    return _aligned([head, *cells] if head else cells, has_head=bool(head), width=width)


def _aligned(rows: list[list[str]], *, has_head: bool, width: int | None) -> str:
    if not rows:
        return ""
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    available = width or shutil.get_terminal_size((len(widths) * (LONGEST_CELL + 2), 24)).columns
    widths = _fitted(widths, available - 2 * (len(widths) - 1))
    if has_head:
        rows = [rows[0], ["-" * each for each in widths], *rows[1:]]
    lines = ("  ".join(_padded(cell, each) for cell, each in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _fitted(widths: list[int], available: int) -> list[int]:
    """Return widths whose sum is at most `available`: the widest columns are narrowed, none below SHORTEST_CELL."""
    limit = min(max(widths, default=0), max(available, SHORTEST_CELL))
    while limit > SHORTEST_CELL and sum(min(each, limit) for each in widths) > available:
        limit -= 1
    return [min(each, limit) for each in widths]


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else " " for letter in text)


_WIDE: Callable[[str], bool] = lambda letter: unicodedata.east_asian_width(letter) in "WF"  # noqa: E731


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for each letter of Chinese, Japanese and Korean."""
    return sum(0 if unicodedata.combining(letter) else 1 + _WIDE(letter) for letter in text)


def _padded(text: str, width: int) -> str:
    columns = _columns(text)
    if columns > width:
        ends = accumulate(map(_columns, text))
        text = text[: sum(1 for _ in takewhile(lambda end: end < width, ends))] + "…"
        columns = _columns(text)
    return text + " " * (width - columns)
