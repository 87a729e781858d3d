"""JSON in and out: one reader and one writer for both protocols.

orjson is fast, but stricter than the reader of AnkiConnect (NaN, lone surrogates). It reads integers beyond 64 bits as
floats, and words its errors differently. Python's own `json` is used if one of these differences matters.
"""

from __future__ import annotations

import json
import math
import re
import secrets
import string
from collections.abc import Collection, Iterator
from io import BytesIO
from itertools import islice, pairwise
from typing import Any, NamedTuple

import orjson

MOST_VALUES = 2**22
"""Values in one body. Each needs about a hundred bytes once it is read: for tiny values, forty times their JSON."""

NOT_STANDARD = "a number is NaN, infinite, or larger than 1.8e308, which JSON cannot hold"
"""The explanation for a document that is not `standard`."""

_BASE64 = (string.ascii_letters + string.digits + "+/-_=").encode()
_OTHERS = bytes({*range(0x100)} - {*_BASE64, *b'"[{,'})
_MARKS = bytes.maketrans(b"123456789[{" + _OTHERS, b"000000000,," + b"." * len(_OTHERS))
"""Turns digits into `0`, brackets that open into commas (each begins a value), and all other bytes into dots, except
quotes and the characters of base64.
"""
_LONG_NUMBER = b"0" * 19
_PIECE_BYTES = 2**20
"""Bytes searched at once. That takes a millisecond, during which no other Python thread runs."""
_END_OF_VALUE = re.compile(rb"[ \t\r\n]*[,\]}]")
_ITEMS_BYTES = 2**18
"""About as many bytes of a long array are parsed at once, which takes some milliseconds."""
_OBJECTS = re.compile(rb"\[\s*\{\s*(\"[^\"\\]{0,100}\")")
"""The begin of an array of objects, with the first key. A long key would take long to compile."""
_ARRAYS_TRIED = 4


class Document(NamedTuple):
    """A parsed body. `error` is None, or Python's explanation of why the body does not parse.

    `standard` is False if the body contains numbers that Python's `json` accepts but JSON does not define: NaN, the
    infinities, and numbers such as 1e999 that become infinite.
    """

    value: Any
    error: str | None = None
    standard: bool = True
    is_empty: bool = False

    @property
    def problem(self) -> str | None:
        """What is wrong with the body, for people who do not know Python; None if it is JSON."""
        error = self.error
        if error is None:
            return None if self.standard else NOT_STANDARD
        if "UTF-8 BOM" in error:
            return "the body begins with a byte order mark. Send it as UTF-8 without one."
        if error.startswith("'utf-8' codec"):
            return f"the body is not UTF-8: {error.partition('decode ')[2]}"
        if error.startswith("Extra data"):
            return f"{error}. Send several calls as a batch, in one array."
        return f"the body is not JSON: {error}" if ": line " in error else error


def loads(body: bytes, most_values: float = MOST_VALUES) -> Document:
    """Parse a request body. Never raises: `Document.error` reports a body that does not parse."""
    survey = _survey(body)
    if survey.values > most_values:
        return Document(None, f"The body contains more than {most_values} values. Send them in several requests.")
    if not survey.has_long_number:
        try:
            return Document(_parse(body, survey.base64))
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


class _Survey(NamedTuple):
    """What a body may contain. The first two err on the safe side, as punctuation inside strings counts too."""

    has_long_number: bool
    """A number beyond 64 bits."""
    values: int
    """The most values that it can contain."""
    base64: Collection[int]
    """Where the pieces begin that contain only characters of base64."""


def _survey(body: bytes) -> _Survey:
    """Search a body in pieces, which takes a tenth of the time of a regular expression."""
    has_long_number, values = False, 0
    base64: dict[int, None] = {}
    for start in range(0, len(body), _PIECE_BYTES):
        piece = body[start : start + _PIECE_BYTES + len(_LONG_NUMBER)].translate(_MARKS)
        has_long_number = has_long_number or _LONG_NUMBER in piece
        commas = piece.count(b",", 0, _PIECE_BYTES)
        values += commas
        if not commas and len(piece) >= _PIECE_BYTES and max(piece.find(mark, 0, _PIECE_BYTES) for mark in b'".') < 0:
            base64[start] = None
    return _Survey(has_long_number, values, base64.keys())


def _parse(body: bytes, base64: Collection[int]) -> Any:
    """Parse standard JSON. Raises JSONDecodeError.

    orjson holds Python's lock until it has read the whole body, a quarter of a second for a large file in base64. Such
    texts are taken out first.
    """
    view, read, mark = memoryview(body), 0, secrets.token_hex(16)
    rest: list[bytes | memoryview] = []
    texts: dict[str, str] = {}
    for start, end in _long_texts(body, base64):
        name = f"{mark}{start}"
        texts[name] = _text(view[start:end])
        rest += [view[read:start], name.encode()]
        read = end
    if not texts:
        return _parse_objects(body)
    value = _parse_objects(b"".join([*rest, view[read:]]))
    _put_back(value, texts)
    return value


def _parse_objects(body: bytes) -> Any:
    """Parse standard JSON, and the objects of a long array in pieces, between which other Python threads can run.

    A mark takes the place of the pieces. If the rest is JSON, the mark is an item of an array, so whatever is a list of
    items may stand there. Otherwise the places to cut were wrong, and the whole body is parsed at once.
    """
    cuts = _cuts(body)
    if len(cuts) < 2:
        return orjson.loads(body)
    mark = secrets.token_hex(16)
    try:
        value = orjson.loads(b'%b"%b",%b' % (body[: cuts[0]], mark.encode(), body[cuts[-1] :]))
        items: list[Any] = []
        for start, end in pairwise(cuts):
            items += orjson.loads(b"[%b]" % body[start : end - 1])
    except orjson.JSONDecodeError:
        return orjson.loads(body)
    _replace(value, mark, items)
    return value


def _cuts(body: bytes) -> list[int]:
    """Return where items of an array of objects may begin, at some distance; empty if there is no long array.

    Nearly all clients write the members of similar objects in the same order. So the items of the array begin with the
    same key, and the objects inside them with others.
    """
    if len(body) < 2 * _ITEMS_BYTES:
        return []
    for first in islice(_OBJECTS.finditer(body, 0, _ITEMS_BYTES), _ARRAYS_TRIED):
        between = re.compile(rb"\}\s*,(?=\s*\{\s*%b)" % re.escape(first[1]))
        cuts, start = [], first.start()
        while cut := between.search(body, start, start + _ITEMS_BYTES):
            cuts.append(cut.end())
            start = cut.end() + _ITEMS_BYTES
        if len(cuts) > 1:
            return cuts
    return []


def _replace(value: Any, mark: str, items: list[Any]) -> None:
    """Replace a mark, an item of a list somewhere in the value, by items.

    The search runs in the order of the document, as what follows the mark may be long.
    """
    left = [value]
    while left:
        outer = left.pop()
        if isinstance(outer, list) and mark in outer:
            place = outer.index(mark)
            outer[place : place + 1] = items
            return
        inner = outer.values() if isinstance(outer, dict) else outer
        left += [each for each in reversed(inner) if isinstance(each, dict | list)]


def _long_texts(body: bytes, base64: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield where long texts of base64 are, without their quotes. `base64`: see `_Survey`.

    Outside of a text, base64 cannot follow a quote: if the body is JSON, the quote before it begins a text.
    """
    end = 0
    for place in base64:
        start = body.rfind(b'"', max(end, place - _PIECE_BYTES), place) + 1 if place >= end else 0
        if not start:
            continue
        end = body.find(b'"', place)
        if end < 0:
            return
        pieces = (piece for piece in range(start - start % _PIECE_BYTES, end, _PIECE_BYTES) if piece not in base64)
        others = (body[max(start, piece) : min(end, piece + _PIECE_BYTES)] for piece in pieces)
        is_value = body[start - 2 : start - 1] != b"\\" and _END_OF_VALUE.match(body, end + 1)
        if is_value and not any(other.translate(None, _BASE64) for other in others):
            yield start, end


def _text(view: memoryview) -> str:
    """Decode ASCII piece by piece, so that other Python threads run in between. Python extends such a text in place."""
    text = ""
    for start in range(0, len(view), _PIECE_BYTES):
        text += str(view[start : start + _PIECE_BYTES], "ascii")
    return text


def _put_back(value: Any, texts: dict[str, str]) -> None:
    """Replace the names of texts in a parsed value by the texts. Each name occurs at most once."""
    left = [value]
    while left and texts:
        outer = left.pop()
        for place, inner in outer.items() if isinstance(outer, dict) else enumerate(outer):
            if isinstance(inner, str):
                outer[place] = texts.pop(inner, inner)
            elif isinstance(inner, dict | list):
                left.append(inner)


class TooLong(Exception):
    """The JSON of a value is longer than allowed."""


class Encoded:
    """A value that is JSON already, in parts. The parts are joined only when the whole response is written."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts


def dumps(value: Any) -> bytes:
    """Write a value as JSON. If orjson rejects it (lone surrogates, integers beyond 64 bits), `json` writes it.

    Raises TypeError, ValueError or RecursionError if the value cannot be written as JSON.
    """
    if isinstance(value, Encoded):
        return write(value)
    try:
        return orjson.dumps(value, default=_fragment)
    except TypeError:
        pass
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()
    except TypeError:
        return _composed(value)


def write(*parts: Any) -> bytes:
    """Return the parts of a document together: bytes as they are, any other value as JSON. Raises as `dumps` does."""
    pieces: list[bytes] = []
    for part in parts:
        pieces += part.parts if isinstance(part, Encoded) else [part if isinstance(part, bytes) else dumps(part)]
    size = sum(map(len, pieces))
    if size < _PIECE_BYTES:
        return b"".join(pieces)
    whole = BytesIO(bytes(size))  # in which each piece is written: during a join no other Python thread would run
    for piece in pieces:
        whole.write(piece)
    return whole.getvalue()


def parts_of(value: Any, limit: int) -> tuple[list[bytes], int]:
    """Return the JSON of a value in parts, and its length in bytes. Raises TooLong if the length exceeds the limit.

    A long list is written in slices, so memory never holds much more than the limit. An object that occurs in a slice
    several times is written once. A long text is written in slices, because no other Python thread runs meanwhile.
    """
    parts, size = [], 0
    for part in _parts(value):
        size += len(part)
        if size > limit:
            raise TooLong
        parts.append(part)
    return parts, size


_SLICE_ITEMS = 64
"""Items of a list that are written at once."""
_PLAIN_SLICE_ITEMS = 4096
"""The same for lists that contain only numbers, booleans and null."""
_PLAIN = {int, float, bool, type(None)}


_SLICE_CHARACTERS = 2**20


def _parts(value: Any) -> Iterator[bytes]:
    if isinstance(value, str) and len(value) > _SLICE_CHARACTERS:
        yield b'"'
        for start in range(0, len(value), _SLICE_CHARACTERS):
            yield dumps(value[start : start + _SLICE_CHARACTERS])[1:-1]
        yield b'"'
    elif _is_long(value):
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
    is_plain = type(items[0]) in _PLAIN and set(map(type, items)) <= _PLAIN
    length = _PLAIN_SLICE_ITEMS if is_plain else _SLICE_ITEMS
    yield b"["
    for start in range(0, len(items), length):
        part = items[start : start + length]
        if start:
            yield b","
        if is_plain or len(set(map(id, part))) == len(part):
            yield dumps(part)[1:-1]
        else:
            yield from _once_each(part)
    yield b"]"


def _once_each(items: list[Any]) -> Iterator[bytes]:
    written: dict[int, bytes] = {}
    for place, item in enumerate(items):
        part = written.get(id(item))
        if part is None:
            part = written[id(item)] = dumps(item)
        yield b"," + part if place else part


def _fragment(value: Any) -> orjson.Fragment:
    if isinstance(value, Encoded):
        return orjson.Fragment(b"".join(value.parts))
    raise TypeError


def _composed(value: Any) -> bytes:
    """Write a value that contains both `Encoded` parts and parts that orjson rejects."""
    if isinstance(value, dict):
        return b"{" + b",".join(dumps(name) + b":" + dumps(inner) for name, inner in value.items()) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(dumps, value)) + b"]"
    raise TypeError(f"a value of type {type(value).__name__} cannot be written as JSON")
