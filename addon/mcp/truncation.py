"""Shortens results: leaves out empty members, and cuts long results, with a hint how to get the rest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..rpc import codec
from .replies import JsonObject

RESULT_LIMIT_BYTES = 50_000
"""Bytes of a result in JSON. A longer one is cut, as a model would have to read all of it."""

AGAIN = "The call was carried out for all items, those not shown included: do not repeat it."
"""The hint for a cut result of a tool that writes."""

SPARSE = " What is 0 or false is left out."
"""The end of the description of a tool that reads, and whose results are sparse."""

_SMALLEST_SHARE_BYTES = 64
"""Bytes for each member of an object. If its members would get less, the object is a map, and cut like a list."""


def sparse(result: Any) -> Any:
    """Return a result without the members of its objects that are null, false, zero or empty."""
    result = _decoded(result)
    if isinstance(result, list):
        return [sparse(item) for item in result]
    if isinstance(result, dict):
        return {name: kept for name, value in result.items() if (kept := sparse(value))}
    return result


def truncate(result: Any, how: str, limit: int = RESULT_LIMIT_BYTES) -> JsonObject:
    """Return an object with the `result`, cut to `limit` bytes of JSON. If it was cut, `truncated` says what was cut,
    followed by `how`, the hint how to get the rest.
    """
    cuts: list[str] = []
    fitted = _fit(result, limit, "result", cuts)
    return {"result": fitted, "truncated": f"{'; '.join(cuts)}. {how}"} if cuts else {"result": fitted}


def how_to_get_rest(properties: Mapping[str, Any]) -> str:
    """Return the hint how to get the rest of a result, given the params of the tool."""
    if {"limit", "offset"} <= properties.keys():
        return "Ask again with `offset` and a smaller `limit`."
    if "limit" in properties:
        return "Ask again with a smaller `limit`."
    if "query" in properties:
        return "Ask again with a narrower `query`."
    return "Ask again for less."


def _decoded(value: Any) -> Any:
    """Return an encoded value as Python has it, and any other value unchanged."""
    return codec.loads(codec.dumps(value), math.inf).value if isinstance(value, codec.Encoded) else value


def _size(value: Any) -> int:
    return len(codec.dumps(value))


def _fit(value: Any, limit: int, path: str, cuts: list[str]) -> Any:
    """Return a value of the same shape in at most `limit` bytes. Lists and texts are shortened; `cuts` receives how."""
    value = _decoded(value)
    if _size(value) <= limit:
        return value
    if isinstance(value, list) and value:
        kept = _first(value, limit) or [_fit(value[0], limit - 2, f"{path}[0]", cuts)]
        if len(kept) < len(value):
            cuts.append(f"the first {len(kept)} of {len(value)} in `{path}` are shown")
        return kept
    if isinstance(value, dict) and len(value) * _SMALLEST_SHARE_BYTES > limit:
        members = dict(_first(list(value.items()), limit))
        cuts.append(f"the first {len(members)} of {len(value)} in `{path}` are shown")
        return members
    if isinstance(value, dict):
        return _fit_members(value, limit, path, cuts)
    if isinstance(value, str):
        kept_text = _beginning(value, limit)
        cuts.append(f"the first {len(kept_text)} of {len(value)} characters of `{path}` are shown")
        return kept_text
    return value


def _first(items: Sequence[Any], limit: int) -> list[Any]:
    room = limit - 2
    kept = []
    for item in items:
        room -= _size(item) + 1
        if room < 0:
            break
        kept.append(item)
    return kept


def _fit_members(value: JsonObject, limit: int, path: str, cuts: list[str]) -> JsonObject:
    """Keep the small members whole, and divide the remaining bytes among the large ones."""
    room, fitted = limit - 2, {}
    names = sorted(value, key=lambda name: _size(value[name]))
    for place, name in enumerate(names):
        own = _size(name) + 2
        fitted[name] = _fit(value[name], room // (len(names) - place) - own, f"{path}.{name}", cuts)
        room -= _size(fitted[name]) + own
    return {name: fitted[name] for name in value}


def _beginning(text: str, limit: int) -> str:
    """Return a beginning whose JSON fits into the limit; it is at most a tenth shorter than possible."""
    length = len(text)
    while length and _size(text[:length]) > limit:
        length = min(length * 9 // 10, max(limit, 0))
    return text[:length]
