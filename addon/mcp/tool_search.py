"""Finding and calling the tools that are offered but not listed, because most work needs none of them.

`searchTools` returns their definitions, and `callTool` calls any tool by its name. `unwrap` replaces a call of
`callTool` by the call of that tool before it is answered, so both are treated the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from ..rpc.errors import InvalidParams, Problem
from ..text.similar_identifiers import weighted_words
from .messages import Message
from .replies import Asked, JsonObject, ToolReply
from .tool_schemas import paths
from .tools import Tool, ToolAccess
from .truncation import truncate

SEARCH, CALL = "searchTools", "callTool"
INSTRUCTION = f"Tools for other work are not listed: {SEARCH} describes them, and {CALL} calls them."
MOST = 5
"""The most tools that a search by words returns. A search by names returns all of them."""
_IN_NAME = 2
"""The weight of a word in a tool's name or in its `Curated.words`. A word in its description or its params has 1."""
_LONGEST = 200
"""The characters of a query that a search by words reads; the rest is ignored."""
_SHORTEST_STEM = 4
"""The fewest letters of a word that counts as the beginning of a longer one."""


def unwrap(message: Message, offer: ToolAccess) -> Message:
    """Return the call of the tool that a call of callTool names. Return any other message unchanged."""
    params = message.params
    if message.method != "tools/call" or params.get("name") != CALL or offer.switched(CALL) is False:
        return message
    wrapper = params.get("arguments")
    wrapper = {} if wrapper is None else wrapper
    if not isinstance(wrapper, dict):
        return message._replace(wrapper={})
    call = {"name": wrapper.get("name"), "arguments": wrapper.get("arguments")}
    return message._replace(params={**params, **call}, wrapper=wrapper)


def describe(tools: Iterable[Tool], offer: ToolAccess) -> list[JsonObject]:
    """Return both tools as in tools/list; none if they are not offered."""
    search = ToolSearch(tools, offer)
    if not search.is_offered:
        return []
    first, *hints = (tool.describe(offer)["annotations"] for tool in search.tools)
    call = {
        "name": CALL,
        "description": f"Call a tool that {SEARCH} has described.",
        "inputSchema": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "arguments": {"type": "object"}},
            "required": ["name"],
        },
        **({"outputSchema": {"type": "object", "required": ["result"]}} if offer.structured else {}),
        # the hints that all callable tools share
        "annotations": {
            name: value for name, value in first.items() if all(others.get(name) == value for others in hints)
        },
    }
    return [search.describe(), call]


class ToolSearch:
    """The tool that finds the others of a caller."""

    def __init__(self, tools: Iterable[Tool], offer: ToolAccess) -> None:
        self._offer = offer
        self.tools = [tool for tool in tools if tool.is_offered(offer)]
        """The tools that are offered."""
        self.further = [tool for tool in self.tools if not tool.is_listed(offer)]
        """The tools that are offered but not listed."""

    @property
    def is_offered(self) -> bool:
        """Whether tools/list has this tool and callTool: not all others are listed, and neither is switched off."""
        return bool(self.further) and False not in (self._offer.switched(SEARCH), self._offer.switched(CALL))

    def describe(self) -> JsonObject:
        """Return the tool as tools/list returns it."""
        found = {"type": "array", "items": {"type": "object", "required": ["name", "description"]}}
        returns = {"type": "object", "properties": {"result": found}, "required": ["result"]}
        names = ", ".join(tool.name for tool in self.further)
        return {
            "name": SEARCH,
            "description": f"Describe further tools, by names or words, for {CALL}: {names}.",
            "inputSchema": {"type": "object", "properties": {"query": {"type": "string"}}},
            **({"outputSchema": returns} if self._offer.structured else {}),
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }

    def answer(self, asked: Asked, arguments: JsonObject, offer: ToolAccess) -> ToolReply:
        """Return the definitions of the tools that the query names, else of those that match its words best.

        If there are none, return the name and the summary of every tool that is not listed. Raises InvalidParams.
        """
        query = arguments.get("query") or ""  # null counts as left out
        problems = [Problem(name, f"Unknown param. {SEARCH} has the param query.") for name in {*arguments} - {"query"}]
        if not isinstance(query, str):
            problems.append(Problem("query", "Must be a string: names of tools, or words."))
        if problems:
            raise InvalidParams(problems)
        if found := self._named(query) or self._best(query):
            return ToolReply([self._in_full(tool) for tool in found])
        lines = {tool.name: tool.description.partition("\n")[0] for tool in self.further}
        return ToolReply([{"name": name, "description": line} for name, line in lines.items()])

    def structured(self, reply: ToolReply, offer: ToolAccess) -> JsonObject:
        """Return a reply as structured content."""
        return truncate(reply.result, "Ask for fewer.")

    def _in_full(self, tool: Tool) -> JsonObject:
        whole = tool.describe(self._offer)
        return {name: whole[name] for name in ("name", "description", "inputSchema")}

    def _named(self, query: str) -> list[Tool]:
        names = {name.casefold() for name in re.findall(r"\w+", query)}
        return [tool for tool in self.tools if tool.name.casefold() in names]

    def _best(self, query: str) -> list[Tool]:
        """Return the tools that match the words, the best first. A word that matches many tools has less weight."""
        scores: dict[str, float] = dict.fromkeys((tool.name for tool in self.further), 0.0)
        words = {tool.name: self._words(tool) for tool in self.further}
        for word, weight in weighted_words(query[:_LONGEST]).items():
            found = {name: _count(word, *known) for name, known in words.items()}
            many = sum(1 for count in found.values() if count)
            for name, count in found.items():
                scores[name] += weight * count / (many or 1)
        least = max(scores.values(), default=0.0) / 2
        best = [tool for tool in self.further if scores[tool.name] > 0 and scores[tool.name] >= least]
        return sorted(best, key=lambda tool: -scores[tool.name])[:MOST]

    def _words(self, tool: Tool) -> tuple[Iterable[str], Iterable[str]]:
        """Return the words with the weight `_IN_NAME`, and all others."""
        params = " ".join(path[-1] for path in paths(tool.describe(self._offer)["inputSchema"]))
        return weighted_words(f"{tool.name} {tool.words}"), weighted_words(f"{tool.description} {params}")


def _count(word: str, in_name: Iterable[str], in_text: Iterable[str]) -> int:
    if any(map(partial(_is_like, word), in_name)):
        return _IN_NAME
    return int(any(map(partial(_is_like, word), in_text)))


def _is_like(one: str, other: str) -> bool:
    """Whether two words are the same, or one begins with the other: suspend and suspended."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter))
