"""The schemas of tools: the input and output of an action, as the contract has them, without what helps no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .replies import JsonObject

_CHECKED = ("pattern", "minLength", "maxLength", "minItems", "minimum", "maximum")
"""Rules for params that are not described: they help no model to choose, and the error says what was wrong."""


def input_schema(method: JsonObject, schemas: JsonObject, hidden: Sequence[Sequence[str]]) -> JsonObject:
    """Return the schema of a method's params. `hidden`: the paths of params to leave out."""
    properties = {
        param["name"]: {**_whole(param["schema"], schemas), "description": param["description"]}
        for param in method["params"]
    }
    required = [param["name"] for param in method["params"] if param["required"]]
    schema = {"type": "object", "properties": properties, **({"required": required} if required else {})}
    for path in hidden:
        drop(schema, path)
    _drop_conditions(schema)
    for names in member_maps(schema):
        names.update({name: _given(inner) for name, inner in names.items()})
    _drop_empty_choices(schema)
    for found in _objects_within(schema):
        for inner in found["properties"].values():
            for name in _CHECKED:
                inner.pop(name, None)
            if inner.get("default", None) in (False, ""):  # what any model expects
                del inner["default"]
            if any(True for _ in objects(inner)):  # its members say more
                inner.pop("description", None)
        if found.get("additionalProperties") is False:  # the call says which param is unknown, and which was meant
            del found["additionalProperties"]
    return schema


def describe(schema: Any, path: Sequence[str], text: str) -> None:
    """Replace the description of a param; an empty text drops it."""
    name, *rest = path
    for found in objects(schema):
        inner = found["properties"].get(name)
        if rest:
            describe(inner, rest, text)
        elif inner is not None:
            inner.pop("description", None)
            if text:
                inner["description"] = text


def output_schema(method: JsonObject, schemas: JsonObject) -> JsonObject:
    """Return the schema of what a tool returns as structured content."""
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


def objects(schema: Any) -> Iterator[JsonObject]:
    """Yield the object schemas that a schema is, or contains as items of a list or as one of several choices."""
    if not isinstance(schema, dict):
        return
    if "properties" in schema:
        yield schema
    for inner in (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())):
        yield from objects(inner)


def drop(schema: Any, path: Sequence[str]) -> None:
    """Remove a member from a schema; a path leads through lists."""
    name, *rest = path
    for found in objects(schema):
        if rest:
            drop(found["properties"].get(name), rest)
        else:
            found["properties"].pop(name, None)
            if name in found.get("required", ()):
                found["required"].remove(name)
            for pair in found.get("x-one-of", ()):
                if name in pair:
                    found["required"].extend(other for other in pair if other != name)


def _drop_conditions(schema: Any) -> None:
    """Drop the keyword `x-one-of`, which only the contract knows. The error of a wrong call says the same."""
    for found in objects(schema):
        found.pop("x-one-of", None)
        for inner in found["properties"].values():
            _drop_conditions(inner)


def _drop_empty_choices(schema: JsonObject) -> None:
    """Drop objects of which no member is offered from the items of lists that may also be something else."""
    for names in member_maps(schema):
        for inner in names.values():
            choices = inner.get("items", {}).get("anyOf", ())
            offered = [choice for choice in choices if choice.get("properties") != {}]
            if len(offered) == 1 < len(choices):
                inner["items"] = offered[0]


def member_maps(schema: Any) -> Iterator[JsonObject]:
    """Yield the schemas of the members, by their names, of all objects at any depth."""
    for found in objects(schema):
        yield found["properties"]
        for inner in found["properties"].values():
            yield from member_maps(inner)


def _objects_within(schema: Any) -> Iterator[JsonObject]:
    """Yield all object schemas at any depth."""
    for found in objects(schema):
        yield found
        for inner in found["properties"].values():
            yield from _objects_within(inner)


def paths(schema: Any) -> Iterator[list[str]]:
    """Yield the paths of all members; positions in lists are left out."""
    for found in objects(schema):
        for name, inner in found["properties"].items():
            yield [name]
            yield from ([name, *path] for path in paths(inner))


def holds(value: Any, path: Sequence[str]) -> bool:
    """Whether a value has a member, in any of its items if it is a list. Null counts as left out."""
    values = [value]
    for name in path:
        members = (each.get(name) for each in _outside_lists(values) if isinstance(each, dict))
        values = [each for each in members if each is not None]
    return bool(values)


def _outside_lists(values: Sequence[Any]) -> Iterator[Any]:
    """Yield the values and, instead of a list, its items: without recursion, as clients can nest lists deeply."""
    left = [*values]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left += value
        else:
            yield value


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
