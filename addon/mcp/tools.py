"""Actions as tools of the Model Context Protocol. They are made from the OpenRPC document; long results are cut."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..rpc import codec
from ..rpc.errors import InvalidParams, Problem
from ..rpc.registry import title
from ..rpc.scopes import Scope
from .catalogue import CURATED, DESTRUCTIVE_PARAMS, DESTRUCTIVE_TOOLS, LEFT_OUT, Curated

JsonObject = dict[str, Any]

RESULT_LIMIT_BYTES = 50_000
"""Bytes of a result in JSON. A longer one is cut, as a model would have to read all of it."""

AGAIN = "The call was carried out for all items, those not shown included: do not repeat it."
"""The hint for a cut result of a tool that writes."""

DESTRUCTIVE_SETTING = "mcpAllowDestructive"
_UNKNOWN = "Unknown param."

_SMALLEST_SHARE_BYTES = 64
"""Bytes for each member of an object. If its members would get less, the object is a map, and cut like a list."""


def allowed_by(setting: str) -> str:
    """Return the sentence that names the setting for something that is not offered."""
    return f"The user can allow it with the setting {setting} of AnkiRPC"


class ToolAccess(NamedTuple):
    """What the caller and the settings allow: it decides which tools are offered."""

    may: Callable[[Scope], bool]
    all_tools: bool
    destructive: bool
    has_window: bool


class Tool:
    """An action as a tool.

    - `definition`: the tool as tools/list returns it if destructive tools are allowed.
    - `destroying`: the paths of the params that are offered only then.
    - `safe_definition`: the definition without these params.
    """

    def __init__(self, method: JsonObject, schemas: JsonObject) -> None:
        self.name: str = method["name"]
        self.is_curated = self.name in CURATED
        curated = CURATED.get(self.name, Curated())
        self._scope = Scope(method["x-scope"])
        self._scopes = [self._scope, *map(Scope, method["x-also-needs"])]
        self._needs_window: bool = method["x-needs-window"]
        self._destructive: bool = method["x-destructive"] or self.name in DESTRUCTIVE_TOOLS
        self.is_startable: bool = method["x-startable"]
        """The call may take long, and can run as an operation."""
        self._fixed = curated.fixed
        self._hidden = [path.split(".") for path in (*curated.without, *curated.fixed)]
        takes = _input_schema(method, schemas, self._hidden)
        self.destroying = [path for path in _paths(takes) if path[-1] in DESTRUCTIVE_PARAMS]
        self._pages = AGAIN if method["x-writes"] else _pages(takes["properties"])
        self.definition: JsonObject = {
            "name": self.name,
            "title": curated.title or title(self.name),
            "description": "\n".join(filter(None, (method["description"], curated.text))),
            "inputSchema": takes,
            "outputSchema": _output_schema(method, schemas),
            "annotations": self._annotations(method, takes),
        }
        self.safe_definition = self._without_destroying() if self.destroying else self.definition

    def is_offered(self, offer: ToolAccess) -> bool:
        """Whether the caller may see and call the tool."""
        return (
            (offer.all_tools or self.is_curated)
            and (offer.destructive or not self._destructive)
            and (offer.has_window or not self._needs_window)
            and all(map(offer.may, self._scopes))
        )

    def blocking_setting(self, offer: ToolAccess) -> str | None:
        """Return the name of the setting that prevents the tool from being offered; None if no setting does."""
        if self._destructive and not offer.destructive:
            return DESTRUCTIVE_SETTING
        return None if self.is_curated or offer.all_tools else "mcpAllTools"

    def params(self, arguments: JsonObject, offer: ToolAccess) -> JsonObject:
        """Return the params of the action. Raises InvalidParams for a param that the tool does not offer."""
        problems = [Problem(".".join(path), _UNKNOWN) for path in self._hidden if _holds(arguments, path)]
        if not offer.destructive:
            problems += [
                Problem(".".join(path), f"{_UNKNOWN} {allowed_by(DESTRUCTIVE_SETTING)}")
                for path in self.destroying
                if _holds(arguments, path)
            ]
        if problems:
            raise InvalidParams(problems)
        return {**arguments, **self._fixed}

    def structured(self, result: Any) -> JsonObject:
        """Return a result as structured content: `result` and, if it was cut, `truncated`: what was cut, what to do."""
        return truncate(result, self._pages)

    def _annotations(self, method: JsonObject, takes: JsonObject) -> JsonObject:
        reads = not method["x-writes"] and self._scope in (Scope.READ, Scope.MEDIA)
        is_open = self._scope is Scope.SYNC or any("url" in names for names in _properties(takes))
        if reads:
            return {"readOnlyHint": True, "openWorldHint": is_open}
        return {
            "readOnlyHint": False,
            "destructiveHint": self._destructive or bool(self.destroying),
            "idempotentHint": method["x-idempotent"],
            "openWorldHint": is_open,
        }

    def _without_destroying(self) -> JsonObject:
        safe_definition = copy.deepcopy(self.definition)
        for path in self.destroying:
            _drop(safe_definition["inputSchema"], path)
        safe_definition["annotations"]["destructiveHint"] = self._destructive
        return safe_definition


def tools(document: JsonObject) -> dict[str, Tool]:
    """Return all tools of an OpenRPC document by name; the curated ones come first, in their order."""
    schemas = document["components"]["schemas"]
    methods = {method["name"]: method for method in document["methods"] if method["name"] not in LEFT_OUT}
    order = [*(name for name in CURATED if name in methods), *(name for name in methods if name not in CURATED)]
    return {name: Tool(methods[name], schemas) for name in order}


# --- schemas ---


def _input_schema(method: JsonObject, schemas: JsonObject, hidden: Sequence[Sequence[str]]) -> JsonObject:
    properties = {
        param["name"]: {**_whole(param["schema"], schemas), "description": param["description"]}
        for param in method["params"]
    }
    required = [param["name"] for param in method["params"] if param["required"]]
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    for path in hidden:
        _drop(schema, path)
    for names in _properties(schema):
        names.update({name: _given(inner) for name, inner in names.items()})
    return schema


def _output_schema(method: JsonObject, schemas: JsonObject) -> JsonObject:
    result = method["result"]
    return {
        "type": "object",
        "properties": {
            "result": {"description": result["description"], **_whole(result["schema"], schemas)},
            "truncated": {"type": "string"},
        },
        "required": ["result"],
    }


def _whole(schema: Any, schemas: JsonObject) -> Any:
    """Return a schema with its references resolved, and without what only code generators need: titles, and the
    descriptions of components.
    """
    if isinstance(schema, list):
        return [_whole(item, schemas) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        component = schemas[schema["$ref"].rpartition("/")[2]]
        return {key: value for key, value in _whole(component, schemas).items() if key != "description"}
    return {
        key: {name: _whole(inner, schemas) for name, inner in value.items()}
        if key == "properties"
        else value
        if key in ("default", "enum")
        else _whole(value, schemas)
        for key, value in schema.items()
        if key != "title"
    }


def _objects(schema: Any) -> Iterator[JsonObject]:
    """Yield the object schemas that a schema is, or contains as items of a list or as one of several choices."""
    if not isinstance(schema, dict):
        return
    if "properties" in schema:
        yield schema
    for inner in (schema.get("items"), *schema.get("anyOf", ())):
        yield from _objects(inner)


def _drop(schema: Any, path: Sequence[str]) -> None:
    name, *rest = path
    for found in _objects(schema):
        if rest:
            _drop(found["properties"].get(name), rest)
        else:
            found["properties"].pop(name, None)
            if name in found.get("required", ()):
                found["required"].remove(name)


def _properties(schema: Any) -> Iterator[JsonObject]:
    for found in _objects(schema):
        yield found["properties"]
        for inner in found["properties"].values():
            yield from _properties(inner)


def _paths(schema: Any) -> Iterator[list[str]]:
    """Yield the paths of all members; positions in lists are left out."""
    for found in _objects(schema):
        for name, inner in found["properties"].items():
            yield [name]
            yield from ([name, *path] for path in _paths(inner))


def _holds(value: Any, path: Sequence[str]) -> bool:
    if isinstance(value, list):
        return any(_holds(item, path) for item in value)
    name, *rest = path
    if not isinstance(value, dict) or value.get(name) is None:  # null counts as left out
        return False
    return not rest or _holds(value[name], rest)


def _given(schema: JsonObject) -> JsonObject:
    """Return the schema of an optional member without null, if null means the same as leaving the member out.

    Null would be a second type, which some models do not support.
    """
    if schema.get("default", schema) is not None:
        return schema
    found = {key: value for key, value in schema.items() if key != "default"}
    if isinstance(found.get("type"), list):
        kind, *more = (kind for kind in found["type"] if kind != "null")
        found["type"] = [kind, *more] if more else kind
    if "enum" in found:
        found["enum"] = [value for value in found["enum"] if value is not None]
    choices = [choice for choice in found.pop("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) == 1:
        return {**choices[0], **found}
    return {**found, "anyOf": choices} if choices else found


def _pages(properties: Mapping[str, Any]) -> str:
    """Return the hint how to get the rest of a result, given the params of the tool."""
    if {"limit", "offset"} <= properties.keys():
        return "Ask again with `offset` and a smaller `limit`."
    if "limit" in properties:
        return "Ask again with a smaller `limit`."
    if "query" in properties:
        return "Ask again with a narrower `query`."
    return "Ask again for less."


# --- sizes ---


def truncate(result: Any, how: str, limit: int = RESULT_LIMIT_BYTES) -> JsonObject:
    """Return an object with the `result`, cut to `limit` bytes of JSON. If it was cut, `truncated` says what was cut,
    followed by `how`, the hint how to get the rest.
    """
    cuts: list[str] = []
    fitted = _fit(result, limit, "result", cuts)
    return {"result": fitted, "truncated": f"{'; '.join(cuts)}. {how}"} if cuts else {"result": fitted}


def _size(value: Any) -> int:
    return len(codec.dumps(value))


def _fit(value: Any, limit: int, path: str, cuts: list[str]) -> Any:
    """Return a value of the same shape in at most `limit` bytes. Lists and texts are shortened; `cuts` receives how."""
    if isinstance(value, codec.Encoded):
        value = codec.loads(codec.dumps(value), math.inf).value
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
