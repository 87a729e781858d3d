"""Actions as tools of the Model Context Protocol. They are made from the OpenRPC document; long results are cut."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NamedTuple

from ..rpc import codec
from ..rpc.errors import InvalidParams, Problem
from ..rpc.scopes import Scope
from . import confirmation, pages
from .catalogue import (
    ADDITIVE_TOOLS,
    ANKI,
    DESTRUCTIVE_PARAMS,
    DESTRUCTIVE_TOOLS,
    LEFT_OUT,
    NOT_READING,
    Catalogue,
    Curated,
)
from .pages import Page
from .replies import Asked, JsonObject, ToolReply, result_of

RESULT_LIMIT_BYTES = 50_000
"""Bytes of a result in JSON. A longer one is cut, as a model would have to read all of it."""

AGAIN = "The call was carried out for all items, those not shown included: do not repeat it."
"""The hint for a cut result of a tool that writes."""

DESTRUCTIVE_SETTING = "mcpAllowDestructive"
PATTERNS_SETTING = "mcpTools"
READ_ONLY_SETTING = "mcpReadOnly"
_UNKNOWN = "Unknown param."
_TOOL_OF = {"deckNames": "deckStatistics", "modelNames": "listModels"}
"""The tools that read the same as actions that are no tools."""

_CHECKED = ("pattern", "minLength", "maxLength", "minItems", "minimum", "maximum")
"""Rules for params that are not described: they help no model to choose, and the error says what was wrong."""
_SMALLEST_SHARE_BYTES = 64
"""Bytes for each member of an object. If its members would get less, the object is a map, and cut like a list."""


def allowed_by(setting: str) -> str:
    """Return the sentence that names the setting for something that is not offered."""
    if setting == READ_ONLY_SETTING:
        return f"The setting {setting} of AnkiRPC allows only tools that read"
    return f"The user can allow it with the setting {setting} of AnkiRPC"


class ToolAccess(NamedTuple):
    """What the caller and the settings allow: it decides which tools are offered, and how."""

    may: Callable[[Scope], bool]
    all_tools: bool = False
    destructive: bool = False
    has_window: bool = False
    read_only: bool = False
    patterns: tuple[str, ...] = ()
    """Patterns of the names of tools that are offered, or with `-` before it, are not. Later ones count more."""
    confirm: bool = False
    """A call that destroys must be confirmed."""
    structured: bool = False
    """Results are described by schemas, and sent as structured content as well."""

    def switched(self, name: str) -> bool | None:
        """Return whether the user's patterns switch a tool on or off; None if no pattern matches its name."""
        matching = [pattern for pattern in self.patterns if fnmatchcase(name, pattern.removeprefix("-"))]
        return not matching[-1].startswith("-") if matching else None

    def is_switched_off(self, action: str) -> bool:
        """Whether the user has switched off the tool that reads what an action reads."""
        return self.switched(_TOOL_OF.get(action, action)) is False

    @property
    def destroying_params(self) -> bool:
        """Whether params that destroy are offered. They are not if calls must be confirmed, as these could not be."""
        return self.destructive and not self.confirm


class Tool:
    """An action as a tool.

    - `definition`: the tool as tools/list returns it.
    - `destroying`: the paths of the params that are offered only if destructive tools are allowed.
    """

    def __init__(self, method: JsonObject, schemas: JsonObject, curated: Curated | None) -> None:
        """`curated`: the tool's entry in the catalogue; None if it has none."""
        self.name: str = method["name"]
        self.is_curated = curated is not None or method.get("x-extension", {}).get("forAgents", False)
        self._description: str = method["description"]
        if curated is not None:
            summary = curated.summary or self._description.partition("\n")[0]
            self._description = f"{summary}\n{curated.text}".strip()
        self._curated = curated = curated or Curated()
        self._scope = Scope(method["x-scope"])
        self._scopes = [self._scope, *map(Scope, method["x-also-needs"])]
        self._needs_window: bool = method["x-needs-window"]
        self.destroys: bool = method["x-destructive"] or self.name in DESTRUCTIVE_TOOLS
        """The call may delete data. It is offered only if the settings say so, and can be made to need confirmation."""
        self.is_startable: bool = method["x-startable"]
        """The call may take long, and can run as an operation."""
        may_read = self._scope in (Scope.READ, Scope.MEDIA) and self.name not in NOT_READING
        self.reads: bool = may_read and not method["x-writes"]
        self._hidden = [path.split(".") for path in (*curated.without, *curated.fixed)]
        self._takes = _input_schema(method, schemas, self._hidden)
        for param, text in curated.texts.items():
            _describe(self._takes, param.split("."), text)
        self.destroying = [path for path in _paths(self._takes) if path[-1] in DESTRUCTIVE_PARAMS]
        self._has_dry_run = "dryRun" in self._takes["properties"]
        properties = self._takes["properties"]
        is_list = not method["x-writes"] and method["result"]["schema"].get("type") == "array"
        has_own_pages = "x-extension" in method and not properties.keys().isdisjoint(pages.SCHEMAS)
        self._is_paged = is_list and not self._needs_window and "limit" not in curated.fixed and not has_own_pages
        if self._is_paged:
            properties |= pages.SCHEMAS
        properties |= curated.extra
        self._returns = _output_schema(method, schemas)
        self._hint = AGAIN if method["x-writes"] else _pages(properties)
        self._method = method
        self._definitions = cache(self._define)

    @property
    def definition(self) -> JsonObject:
        """The tool in full, as it is described if everything is allowed."""
        return self._definitions(destroying=True, confirm=False, structured=True)

    def describe(self, offer: ToolAccess) -> JsonObject:
        """Return the tool as tools/list returns it."""
        return self._definitions(destroying=offer.destroying_params, confirm=offer.confirm, structured=offer.structured)

    def is_offered(self, offer: ToolAccess) -> bool:
        """Whether the caller may see and call the tool."""
        return (
            self.blocking_setting(offer) is None
            and (offer.has_window or not self._needs_window)
            and all(map(offer.may, self._scopes))
        )

    def blocking_setting(self, offer: ToolAccess) -> str | None:
        """Return the name of the setting that prevents the tool from being offered; None if no setting does."""
        if offer.read_only and not self.reads:
            return READ_ONLY_SETTING
        if self.destroys and not offer.destructive:
            return DESTRUCTIVE_SETTING
        setting = None if self.is_curated or offer.all_tools else "mcpAllTools"
        if (switched := offer.switched(self.name)) is not None:
            setting = None if switched else PATTERNS_SETTING
        return setting

    def answer(self, asked: Asked, arguments: JsonObject, offer: ToolAccess) -> ToolReply:
        """Call the action. Raises InvalidParams for a param that the tool does not offer, CallFailed if the action
        fails, and InputRequired if the user must confirm the call.
        """
        params = self._params(arguments, offer)
        if self.destroys and offer.confirm:
            outcome = confirmation.check(asked, self.name, params, has_dry_run=self._has_dry_run)
            if isinstance(outcome, ToolReply):
                return outcome
            params = outcome
        if self._is_paged:
            return self._page(asked, params)
        if self._curated.answer is not None:
            return self._curated.answer(asked.only(offer.is_switched_off), params)
        if self.reads:
            return ToolReply(asked.result(self.name, **params))
        return self._write(asked, params)

    def _write(self, asked: Asked, params: JsonObject) -> ToolReply:
        """Call an action that writes, and say which step was made in the undo history, and which decks."""
        makes_decks = "deck" in self.name.lower() or _wants_decks(params.get("notes"))
        around: list[tuple[str, JsonObject]] = [("deckNamesAndIds", {})] * makes_decks
        responses = asked.call_all([*around, (self.name, params), *around])
        response = responses[len(around)]
        result = result_of(response)
        beside = {}
        if step := response.get("step"):
            beside = {"undoStep": step}
            if makes_decks and (made := _made(responses[0], responses[-1])):
                beside["newDecks"] = made
        return ToolReply(result, beside=beside)

    def _page(self, asked: Asked, params: JsonObject) -> ToolReply:
        page = Page(params)
        if (search := pages.search_of(self.name)) is not None and params.get(search[0]) is not None:
            query, finder, ids = search
            params[ids] = asked.result(finder, query=params.pop(query))
        named = params.get(pages.ids_param(self.name) or "")
        if isinstance(named, list):
            shown = page.of(named)
            entries = asked.result(self.name, **{**params, str(pages.ids_param(self.name)): shown})
            return ToolReply(entries, page=(page, len(named)))
        entries = asked.result(self.name, **params)
        return ToolReply(page.of(entries), page=(page, len(entries)))

    def _params(self, arguments: JsonObject, offer: ToolAccess) -> JsonObject:
        problems = [Problem(".".join(path), _UNKNOWN) for path in self._hidden if _holds(arguments, path)]
        if not offer.destroying_params:
            problems += [
                Problem(".".join(path), f"{_UNKNOWN} {allowed_by(DESTRUCTIVE_SETTING)}")
                for path in self.destroying
                if _holds(arguments, path)
            ]
        if problems:
            raise InvalidParams(problems)
        return {**arguments, **self._curated.fixed}

    def structured(self, reply: ToolReply) -> JsonObject:
        """Return a result as structured content: `result` and, if it was cut, `truncated`: what was cut, what to do."""
        shown = {**truncate(reply.result, self._hint), **reply.beside}
        if reply.page is None:
            return shown
        page, total = reply.page
        cut = shown.pop("truncated", "")
        shown |= page.beside(len(shown["result"]), total)
        if "`result[" in cut:  # an entry that is too long by itself
            shown["truncated"] = f"{cut} {shown.get('truncated', '')}".strip()
        return shown

    def _define(self, *, destroying: bool, confirm: bool, structured: bool) -> JsonObject:
        takes = codec.loads(codec.dumps(self._takes)).value
        for path in () if destroying else self.destroying:
            _drop(takes, path)
        if confirm and self.destroys:
            takes["properties"] |= confirmation.SCHEMA
        return {
            "name": self.name,
            **({"title": self._curated.title} if self._curated.title else {}),
            "description": self._description,
            "inputSchema": takes,
            **({"outputSchema": self._returns} if structured else {}),
            "annotations": self._annotations(takes, destroying=destroying),
        }

    def _annotations(self, takes: JsonObject, *, destroying: bool) -> JsonObject:
        """Return the hints that differ from the defaults of the protocol."""
        is_open = self._scope is Scope.SYNC or any("url" in names for names in _properties(takes))
        hints = {} if is_open else {"openWorldHint": False}
        if self.reads:
            return {"readOnlyHint": True, **hints}
        if self._method["x-idempotent"]:
            hints["idempotentHint"] = True
        if self.name in ADDITIVE_TOOLS and not (destroying and self.destroying):
            hints["destructiveHint"] = False
        return hints


def _made(before: JsonObject, after: JsonObject) -> list[str]:
    """Return the names of the decks whose ids only the second response has; nothing if one of them is an error."""
    if "error" in before or "error" in after:
        return []
    known = {*before["result"].values()}
    return sorted(name for name, id in after["result"].items() if id not in known)


def _wants_decks(notes: Any) -> bool:
    """Whether any of these notes may create its deck."""
    return isinstance(notes, list) and any(_holds(note, ["options", "createDeck"]) for note in notes)


def tools(document: JsonObject, catalogue: Catalogue = ANKI) -> dict[str, Tool]:
    """Return all tools of an OpenRPC document by name; the curated ones come first, in their order."""
    schemas, curated = document["components"]["schemas"], catalogue.tools
    methods = {method["name"]: method for method in document["methods"] if method["name"] not in LEFT_OUT}
    order = [*(name for name in curated if name in methods), *(name for name in methods if name not in curated)]
    return {name: Tool(methods[name], schemas, curated.get(name)) for name in order}


# --- schemas ---


def _input_schema(method: JsonObject, schemas: JsonObject, hidden: Sequence[Sequence[str]]) -> JsonObject:
    properties = {
        param["name"]: {**_whole(param["schema"], schemas), "description": param["description"]}
        for param in method["params"]
    }
    required = [param["name"] for param in method["params"] if param["required"]]
    schema = {"type": "object", "properties": properties, **({"required": required} if required else {})}
    for path in hidden:
        _drop(schema, path)
    _drop_conditions(schema)
    for names in _properties(schema):
        names.update({name: _given(inner) for name, inner in names.items()})
    _drop_empty_choices(schema)
    for found in _objects_within(schema):
        for inner in found["properties"].values():
            for name in _CHECKED:
                inner.pop(name, None)
            if inner.get("default", None) in (False, ""):  # what any model expects
                del inner["default"]
            if any(True for _ in _objects(inner)):  # its members say more
                inner.pop("description", None)
        if found.get("additionalProperties") is False:  # the call says which param is unknown, and which was meant
            del found["additionalProperties"]
    return schema


def _describe(schema: Any, path: Sequence[str], text: str) -> None:
    """Replace the description of a param; an empty text drops it."""
    name, *rest = path
    for found in _objects(schema):
        inner = found["properties"].get(name)
        if rest:
            _describe(inner, rest, text)
        elif inner is not None:
            inner.pop("description", None)
            if text:
                inner["description"] = text


def _output_schema(method: JsonObject, schemas: JsonObject) -> JsonObject:
    result = method["result"]
    return {
        "type": "object",
        "properties": {
            "result": {"description": result["description"], **_whole(result["schema"], schemas)},
            "truncated": {"type": "string"},
            "total": {"type": "integer"},
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
    for inner in (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())):
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
            for pair in found.get("x-one-of", ()):
                if name in pair:
                    found["required"].extend(other for other in pair if other != name)


def _drop_conditions(schema: Any) -> None:
    """Drop the keyword `x-one-of`, which only the contract knows. The error of a wrong call says the same."""
    for found in _objects(schema):
        found.pop("x-one-of", None)
        for inner in found["properties"].values():
            _drop_conditions(inner)


def _drop_empty_choices(schema: JsonObject) -> None:
    """Drop objects of which no member is offered from the items of lists that may also be something else."""
    for names in _properties(schema):
        for inner in names.values():
            choices = inner.get("items", {}).get("anyOf", ())
            offered = [choice for choice in choices if choice.get("properties") != {}]
            if len(offered) == 1 < len(choices):
                inner["items"] = offered[0]


def _properties(schema: Any) -> Iterator[JsonObject]:
    for found in _objects(schema):
        yield found["properties"]
        for inner in found["properties"].values():
            yield from _properties(inner)


def _objects_within(schema: Any) -> Iterator[JsonObject]:
    """Yield all object schemas at any depth."""
    for found in _objects(schema):
        yield found
        for inner in found["properties"].values():
            yield from _objects_within(inner)


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
