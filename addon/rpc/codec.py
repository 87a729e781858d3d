"""Bytes to values and back: one reader and one writer for both protocols.

orjson is fast but stricter than what AnkiConnect took (NaN, lone surrogates), reads integers beyond 64 bits as
floats, and words its errors differently. Where one of these matters, Python's own `json` decides.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

MOST_VALUES = 2**22
"""In a body: each takes about a hundred bytes when it is read, which for tiny ones is forty times the body's size."""

_MARKS = bytes.maketrans(b"123456789[{", b"000000000,,")
_LONG_NUMBER = b"0" * 19
_PIECE_BYTES = 2**20
"""Bytes that are looked at in one go: it takes a millisecond, in which no other thread of Python's runs."""


class Document(NamedTuple):
    """A parsed body. `error` is None or says in Python's words why it does not parse.

    `standard` is False for what Python's `json` takes but JSON has no value for: NaN, the infinities, and numbers
    like 1e999 that become one.
    """

    value: Any
    error: str | None = None
    standard: bool = True
    is_empty: bool = False


def loads(body: bytes, most_values: float = MOST_VALUES) -> Document:
    """Parse a request body. It never raises."""
    has_long_number, values = _survey(body)
    if values > most_values:
        return Document(None, f"more than {most_values} values in one body: send them in parts")
    if not has_long_number:
        try:
            return Document(orjson.loads(body))
        except orjson.JSONDecodeError:
            pass
    standard = True

    def constant(name: str) -> float:
        nonlocal standard
        standard = False
        return float(name)

    def number(text: str) -> float:
        value = float(text)
        return constant(text) if math.isinf(value) else value

    try:
        value = json.loads(body.decode("utf-8"), parse_constant=constant, parse_float=number)
    except RecursionError:
        return Document(None, "maximum nesting depth exceeded")
    except ValueError as error:  # bad UTF-8, bad JSON, or an integer of more than 4,300 digits
        return Document(None, str(error), is_empty=not body)
    return Document(value, None, standard)


def _survey(body: bytes) -> tuple[bool, int]:
    """Whether there may be a number beyond 64 bits, and how many values there are at the most (marks in texts count).

    In a tenth of the time of a regular expression.
    """
    has_long_number, values = False, 0
    for start in range(0, len(body), _PIECE_BYTES):
        piece = body[start : start + _PIECE_BYTES + len(_LONG_NUMBER)].translate(_MARKS)
        has_long_number = has_long_number or _LONG_NUMBER in piece
        values += piece.count(b",", 0, _PIECE_BYTES)
    return has_long_number, values


class TooLong(Exception):
    """The JSON of a value is longer than it may be."""


class Encoded:
    """A value that is JSON already, in parts that are joined when the whole answer is written."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts


def dumps(value: Any) -> bytes:
    """Write a reply; what orjson refuses (lone surrogates, integers beyond 64 bits) is written by `json`."""
    if isinstance(value, Encoded):
        return b"".join(value.parts)
    try:
        return orjson.dumps(value, default=_fragment)
    except TypeError:
        pass
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()
    except TypeError:
        return _composed(value)


def parts_of(value: Any, limit: int) -> tuple[list[bytes], int]:
    """The JSON of a value in parts, and its length. Raises TooLong if that exceeds the limit.

    A long list is written in slices, so that nothing much longer than the limit ever exists, and an object that stands
    in the list several times is written once.
    """
    parts, size = [], 0
    for part in _parts(value) if isinstance(value, list | dict) else [dumps(value)]:
        size += len(part)
        if size > limit:
            raise TooLong
        parts.append(part)
    return parts, size


_SLICE_ITEMS = 64
"""Items of a list that are written in one go."""
_PLAIN_SLICE_ITEMS = 4096
"""As `_SLICE`, for items that are all short."""
_PLAIN = {int, float, bool, type(None)}


def _parts(value: Any) -> Iterator[bytes]:
    if _is_long(value):
        yield from _slices(value)
    elif isinstance(value, dict) and any(map(_is_long, value.values())):
        between = b"{"
        for name, inner in value.items():
            yield between + dumps(str(name)) + b":"
            yield from _parts(inner)
            between = b","
        yield b"}"
    else:
        yield dumps(value)


def _is_long(value: Any) -> bool:
    return isinstance(value, list) and len(value) > _SLICE_ITEMS


def _slices(items: list[Any]) -> Iterator[bytes]:
    yield b"["
    if set(map(type, items)) <= _PLAIN:
        yield from _in_slices(items, _PLAIN_SLICE_ITEMS)
    elif len(set(map(id, items))) == len(items):
        yield from _in_slices(items, _SLICE_ITEMS)
    else:
        yield dumps(items[0])
        written: dict[int, bytes] = {}
        for item in items[1:]:
            part = written.get(id(item))
            if part is None:
                part = written[id(item)] = b"," + dumps(item)
            yield part
    yield b"]"


def _in_slices(items: list[Any], length: int) -> Iterator[bytes]:
    yield dumps(items[:length])[1:-1]
    for start in range(length, len(items), length):
        yield b"," + dumps(items[start : start + length])[1:-1]


def _fragment(value: Any) -> orjson.Fragment:
    if isinstance(value, Encoded):
        return orjson.Fragment(b"".join(value.parts))
    raise TypeError


def _composed(value: Any) -> bytes:
    """Write a value in which something is encoded and something else is not for orjson."""
    if isinstance(value, dict):
        return b"{" + b",".join(dumps(name) + b":" + dumps(inner) for name, inner in value.items()) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(dumps, value)) + b"]"
    raise TypeError(f"{type(value).__name__} is not JSON")
