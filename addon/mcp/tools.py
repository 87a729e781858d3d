"""Actions as tools of the Model Context Protocol, made from the OpenRPC document."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache, cached_property
from typing import Any, NamedTuple

from ..rpc import codec
from ..rpc.errors import InvalidParams, Problem
from ..rpc.scopes import Scope
from . import confirmation, pages, tool_schemas
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
from .truncation import AGAIN, SPARSE, how_to_get_rest, sparse, truncate

DESTRUCTIVE_SETTING = "mcpAllowDestructive"
PATTERNS_SETTING = "mcpTools"
READ_ONLY_SETTING = "mcpReadOnly"
_UNKNOWN = "Unknown param."
_TOOL_OF = {"deckNames": "deckStatistics", "modelNames": "listModels"}
"""The tools that read the same as actions that are no tools."""


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
    """An action as a tool. Its schemas are made when they are first needed, as most tools are not even listed."""

    def __init__(self, method: JsonObject, schemas: JsonObject, curated: Curated | None) -> None:
        """`curated`: the tool's entry in the catalogue; None if it has none."""
        self.name: str = method["name"]
        self.is_curated = curated is not None or method.get("x-extension", {}).get("forAgents", False)
        self.description: str = method["description"]
        if curated is not None:
            summary = curated.summary or self.description.partition("\n")[0]
            self.description = f"{summary}\n{curated.text}".strip()
        self._curated = curated = curated or Curated()
        self.is_common = curated.is_common
        self.words = curated.words
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
        is_list = not method["x-writes"] and method["result"]["schema"].get("type") == "array"
        has_own_pages = "x-extension" in method and any(param["name"] in pages.SCHEMAS for param in method["params"])
        self._is_paged = is_list and not self._needs_window and "limit" not in curated.fixed and not has_own_pages
        self._omits = SPARSE if curated.is_sparse and not method["x-writes"] else ""
        self._method = method
        self._schemas = schemas
        self._definitions = cache(self._define)

    @cached_property
    def _takes(self) -> JsonObject:
        """The schema of the arguments."""
        takes = tool_schemas.input_schema(self._method, self._schemas, self._hidden)
        for param, text in self._curated.texts.items():
            tool_schemas.describe(takes, param.split("."), text)
        if self._is_paged:
            takes["properties"] |= pages.SCHEMAS
        takes["properties"] |= self._curated.extra
        return takes

    @cached_property
    def _returns(self) -> JsonObject:
        """The schema of a result as structured content."""
        returns = tool_schemas.output_schema(self._method, self._schemas)
        if self._curated.is_in_blocks:
            returns["properties"]["result"] = {"type": "null"}
        return returns

    @cached_property
    def destroying(self) -> list[list[str]]:
        """The paths of the params that are offered only if destructive tools are allowed."""
        return [path for path in tool_schemas.paths(self._takes) if path[-1] in DESTRUCTIVE_PARAMS]

    @property
    def _hint(self) -> str:
        return AGAIN if self._method["x-writes"] else how_to_get_rest(self._takes["properties"])

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

    def is_listed(self, offer: ToolAccess) -> bool:
        """Whether tools/list contains the tool, if it is offered. searchTools finds the others."""
        return offer.all_tools or self.is_common or offer.switched(self.name) is True

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
            outcome = confirmation.check(asked, self.name, params, has_dry_run="dryRun" in self._takes["properties"])
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
        problems = [Problem(".".join(path), _UNKNOWN) for path in self._hidden if tool_schemas.holds(arguments, path)]
        if not offer.destroying_params:
            problems += [
                Problem(".".join(path), f"{_UNKNOWN} {allowed_by(DESTRUCTIVE_SETTING)}")
                for path in self.destroying
                if tool_schemas.holds(arguments, path)
            ]
        if problems:
            raise InvalidParams(problems)
        return {**arguments, **self._curated.fixed}

    def structured(self, reply: ToolReply, offer: ToolAccess) -> JsonObject:
        """Return a result as structured content: `result` and, if it was cut, `truncated`: what was cut, what to do."""
        is_sparse = self._curated.is_sparse and not offer.structured
        shown = {**truncate(sparse(reply.result) if is_sparse else reply.result, self._hint), **reply.beside}
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
            tool_schemas.drop(takes, path)
        if confirm and self.destroys:
            takes["properties"] |= confirmation.SCHEMA
        return {
            "name": self.name,
            **({"title": self._curated.title} if self._curated.title else {}),
            "description": f"{self.description}{'' if structured else self._omits}",
            "inputSchema": takes,
            **({"outputSchema": self._returns} if structured else {}),
            "annotations": self._annotations(takes, destroying=destroying),
        }

    def _annotations(self, takes: JsonObject, *, destroying: bool) -> JsonObject:
        """Return the hints that differ from the defaults of the protocol."""
        is_open = self._scope is Scope.SYNC or any("url" in names for names in tool_schemas.member_maps(takes))
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
    return isinstance(notes, list) and any(tool_schemas.holds(note, ["options", "createDeck"]) for note in notes)


def tools(document: JsonObject, catalogue: Catalogue = ANKI) -> dict[str, Tool]:
    """Return all tools of an OpenRPC document by name; the curated ones come first, in their order."""
    schemas, curated = document["components"]["schemas"], catalogue.tools
    methods = {method["name"]: method for method in document["methods"] if method["name"] not in LEFT_OUT}
    order = [*(name for name in curated if name in methods), *(name for name in methods if name not in curated)]
    return {name: Tool(methods[name], schemas, curated.get(name)) for name in order}
