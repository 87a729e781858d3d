"""The accepted JSON Schemas of extensions in the form of the OpenRPC document."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..rpc.openrpc import pascal, tidy
from ..rpc.registry import title as words

JsonObject = dict[str, Any]

LONGEST_SUMMARY = 200
LOSSES = {"$ref": "#/components/schemas/Losses"}
"""The result of a dry run, as the component of our own actions."""
DRY_RUN = {"type": "boolean", "description": "Report what would be lost, and change nothing.", "default": False}


class Describer:
    """Describes one action or event. `components` receives its objects, by their titles."""

    def __init__(self, name: str) -> None:
        self._prefix = pascal(name)
        self.components: JsonObject = {}

    def params(self, schema: Mapping[str, Any], between: str = "") -> list[JsonObject]:
        """Return the content descriptors of params."""
        required = schema.get("required", ())
        return [
            self.descriptor(name, inner, self._prefix + between + pascal(name), required=name in required)
            for name, inner in schema.get("properties", {}).items()
        ]

    def result(self, schema: Mapping[str, Any], *, has_dry_run: bool) -> JsonObject:
        """Return the content descriptor of a result."""
        found = self.descriptor("result", schema, f"{self._prefix}Result", required=True)
        if has_dry_run:
            description = f"{found['description'].rstrip('.')}. With `dryRun`, the losses."
            own = {key: value for key, value in found["schema"].items() if key != "description"}
            choices = own.get("anyOf", [own])
            title = f"{self._prefix}ResultOrLosses"
            schema = {"title": title, "description": description, "anyOf": [*choices, LOSSES]}
            found |= {"description": description, "schema": schema}
        return found

    def descriptor(self, name: str, schema: Mapping[str, Any], title: str, *, required: bool) -> JsonObject:
        """Return a content descriptor. Its schema gets titles, and descriptions where the author has written none."""
        description = _one_line(schema.get("description")) or f"{words(name)}."
        own = tidy(_with_descriptions({**schema, "description": description}), title)
        return {"name": name, "description": description, "required": required, "schema": self._referring(own)}

    def _referring(self, schema: Any) -> Any:
        """Return a schema with a reference in the place of each object with members, which becomes a component."""
        if not isinstance(schema, dict):
            return schema
        own = dict(schema)
        if "properties" in own:
            own["properties"] = {name: self._referring(inner) for name, inner in own["properties"].items()}
        for key in ("items", "additionalProperties"):
            if key in own:
                own[key] = self._referring(own[key])
        if "anyOf" in own:
            own["anyOf"] = [self._referring(choice) for choice in own["anyOf"]]
        if "properties" in own:
            self.components[own["title"]] = own
            return {"$ref": f"#/components/schemas/{own['title']}"}
        return own

    def titles(self, *descriptors: JsonObject) -> Iterator[str]:
        """Yield all titles in descriptors and components."""
        for descriptor in descriptors:
            yield from _titles(descriptor["schema"])
        for component in self.components.values():
            yield from _titles(component)


def _titles(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            yield part["title"]
        for inner in part.values():
            yield from _titles(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _titles(inner)


def titles_of(document: JsonObject) -> frozenset[str]:
    """Return all titles of schemas in a document."""
    parts = (document.get("methods", []), document.get("x-events", []), document.get("components", {}))
    return frozenset(title for part in parts for title in _titles(part))


def _with_descriptions(schema: JsonObject) -> JsonObject:
    own = dict(schema)
    if "properties" in own:
        own["properties"] = {
            name: _with_descriptions({**inner, "description": _one_line(inner.get("description")) or f"{words(name)}."})
            for name, inner in own["properties"].items()
        }
    for key in ("items", "additionalProperties"):
        if isinstance(own.get(key), dict):
            own[key] = _with_descriptions(own[key])
    if "anyOf" in own:
        own["anyOf"] = [_with_descriptions(choice) for choice in own["anyOf"]]
    return own


def _one_line(text: Any) -> str:
    return " ".join(text.split()).replace("*/", "* /") if isinstance(text, str) else ""


def paragraphs(handler: Any, name: str) -> list[str]:
    """Return the paragraphs of a handler's docstring; its name in words if it has none."""
    text = inspect.getdoc(handler) if inspect.isroutine(handler) else None
    found = [_one_line(part) for part in (text or "").split("\n\n")]
    return [part for part in found if part] or [f"{words(name.partition('_')[2])}."]


def snake(name: str) -> str:
    """The name of a method in Python, which must be different for all methods."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
