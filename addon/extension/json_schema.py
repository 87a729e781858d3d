"""Checks the JSON Schemas of extensions, and resolves their references.

The accepted keywords are the part of draft 7 that the gateway's document uses, so every tool can read it. Only local
references are accepted, so nothing is ever fetched. `pattern` is refused, because Python cannot stop a regular
expression that never ends.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..rpc import codec
from .declarations import NotAccepted

JsonObject = dict[str, Any]

SCALARS = frozenset({"string", "integer", "number", "boolean", "null"})
TYPES = SCALARS | {"array", "object"}
KEYWORDS = frozenset(
    {
        *("title", "description", "type", "properties", "required", "additionalProperties", "items", "anyOf", "enum"),
        *("default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"),
        *("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"),
    }
)
_INSTEAD = {
    "const": "Write `enum` with one value.",
    "nullable": 'Write the type as a list, such as ["string", "null"].',
    "oneOf": "Write `anyOf`.",
    "pattern": "Check the text in the handler, and raise `ctx.error`: a pattern may never end.",
    "format": "Name the format in the description, and check it in the handler.",
    "$defs": "Write `definitions`.",
}
_BESIDE_CHOICES = {"title", "description", "anyOf", "default"}
_DEFINITIONS = ("#/definitions/", "#/$defs/")

LARGEST_BYTES = 64 * 2**10
DEEPEST = 16
MOST_SCHEMAS = 1000
"""The most schemas inside one schema, references resolved."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""Names of members that every generated client can write."""


class SchemaFault(NotAccepted):
    """A schema is refused. The message says where, why, and how to mend it."""


def accepted(schema: Any, what: str) -> JsonObject:
    """Return a copy of a schema without references and titles. Raises SchemaFault.

    `what`: the schema's name in the message.
    """
    try:
        text = codec.dumps(schema)
        own = codec.loads(text).value
    except (TypeError, ValueError, RecursionError) as error:
        raise SchemaFault(f"{what} is not JSON: {error}") from None
    if len(text) > LARGEST_BYTES:
        raise SchemaFault(f"{what} has {len(text)} bytes, but at most {LARGEST_BYTES} are accepted.")
    if not isinstance(own, dict):
        raise SchemaFault(f"{what} must be an object, such as {{}}, which accepts any value.")
    own.pop("$schema", None)
    definitions = {**_dict(own.pop("$defs", None)), **_dict(own.pop("definitions", None))}
    found = _Reader(definitions).read(own, what, ())
    _check_by_meta_schema(found, what)
    return found


def _dict(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _check_by_meta_schema(schema: JsonObject, what: str) -> None:
    import jsonschema  # only if there is an extension

    try:
        jsonschema.Draft7Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        raise SchemaFault(f"{what}{_path(error.absolute_path)}: {error.message}") from None


def _path(steps: Any) -> str:
    return "".join(f".{step}" for step in steps)


def _remedy(keyword: str, value: Any) -> str:
    if keyword not in _INSTEAD and isinstance(value, dict):
        return 'If it is a name of yours, put it into "properties".'
    return _INSTEAD.get(keyword, f"The keywords are {', '.join(sorted(KEYWORDS))}.")


class _Reader:
    """Reads one schema with its definitions."""

    def __init__(self, definitions: JsonObject) -> None:
        self._definitions = definitions
        self._left = MOST_SCHEMAS

    def read(self, schema: Any, path: str, within: tuple[str, ...], depth: int = 0) -> JsonObject:
        """Return the schema with references resolved. `within`: the references that lead here."""
        if not isinstance(schema, dict):
            raise SchemaFault(f"{path} must be an object, such as {{}}, which accepts any value.")
        self._left -= 1
        if self._left < 0 or depth > DEEPEST:
            raise SchemaFault(
                f"{path} exceeds the limits of {MOST_SCHEMAS} schemas and {DEEPEST} levels, references resolved."
            )
        if "$ref" in schema:
            return self._referred(schema, path, within, depth)
        if wrong := sorted(schema.keys() - KEYWORDS):
            raise SchemaFault(f"{path}: the keyword {wrong[0]} is not accepted. {_remedy(wrong[0], schema[wrong[0]])}")
        own = {key: value for key, value in schema.items() if key != "title"}
        if "anyOf" in own:
            return self._choice(own, path, within, depth)
        if (kinds := _kinds(own, path)) is None:
            return own
        if len(kinds) > 1 and not set(kinds) <= SCALARS:
            return self.read(_as_choice(own, kinds), path, within, depth)
        if kinds == ["object"]:
            return self._object(own, path, within, depth)
        if kinds == ["array"]:
            own["items"] = self.read(own.get("items", {}), f"{path}.items", within, depth + 1)
        return own

    def _referred(self, schema: JsonObject, path: str, within: tuple[str, ...], depth: int) -> JsonObject:
        target = schema["$ref"]
        start = next((start for start in _DEFINITIONS if str(target).startswith(start)), None)
        if len(schema) > 1 or start is None:
            raise SchemaFault(f"{path}: a $ref must stand alone, and refer to #/definitions/ of the same schema.")
        if target in within:
            raise SchemaFault(f"{path}: {target} contains itself. Use a flat list, with the ids of the parents.")
        name = target.removeprefix(start)
        if name not in self._definitions:
            raise SchemaFault(f"{path}: {target} does not exist.")
        return self.read(self._definitions[name], path, (*within, target), depth)

    def _choice(self, own: JsonObject, path: str, within: tuple[str, ...], depth: int) -> JsonObject:
        choices = own["anyOf"]
        if own.keys() - _BESIDE_CHOICES or not isinstance(choices, list) or not choices:
            raise SchemaFault(
                f"{path}: anyOf must be a list of schemas, and only description and default may stand beside it."
            )
        return {
            **own,
            "anyOf": [
                self.read(choice, f"{path}.anyOf.{place}", within, depth + 1) for place, choice in enumerate(choices)
            ],
        }

    def _object(self, own: JsonObject, path: str, within: tuple[str, ...], depth: int) -> JsonObject:
        members, required = own.get("properties", {}), own.get("required", [])
        if not isinstance(members, dict) or not isinstance(required, list):
            raise SchemaFault(f"{path}: properties must be an object, and required a list.")
        if wrong := [name for name in members if keyword.iskeyword(name) or not NAME.fullmatch(name)]:
            raise SchemaFault(
                f"{path}: {wrong[0]!r} cannot be the name of a member. Use letters, digits and underscores, and no "
                "keyword of Python."
            )
        if undeclared := [name for name in required if name not in members]:
            raise SchemaFault(f"{path}: {undeclared[0]!r} is required, but not among the properties.")
        read = {name: self.read(inner, f"{path}.{name}", within, depth + 1) for name, inner in members.items()}
        found = {**own, **({"properties": read} if members else {})}
        if not members:
            found.pop("properties", None)
        if not required:
            found.pop("required", None)
        if isinstance(rest := own.get("additionalProperties", True), dict):
            rest = self.read(rest, f"{path}.additionalProperties", within, depth + 1)
        return {**found, "additionalProperties": rest}


def _kinds(own: JsonObject, path: str) -> list[str] | None:
    """Return the types of a schema; None if it accepts any value. The type of an enumeration can be left out."""
    if "enum" in own:
        values = own["enum"]
        if not isinstance(values, list) or not values or any(isinstance(value, list | dict) for value in values):
            raise SchemaFault(f"{path}: enum must be a list of texts, numbers, booleans and null.")
        if "type" not in own:
            of_values = list(dict.fromkeys(map(_kind, values)))
            own["type"] = of_values[0] if len(of_values) == 1 else of_values
    given = own.get("type")
    if given is None:
        if stray := sorted(own.keys() - {"description", "default"}):
            raise SchemaFault(f"{path}: the keyword {stray[0]} needs a type beside it.")
        return None
    kinds = given if isinstance(given, list) else [given]
    if not kinds or any(kind not in TYPES for kind in map(str, kinds)):
        raise SchemaFault(f"{path}: the type must be one of {', '.join(sorted(TYPES))}, or a list of these.")
    own["type"] = kinds[0] if len(kinds) == 1 else kinds
    return kinds


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    return "integer" if isinstance(value, int) else "number" if isinstance(value, float) else "string"


_OF_KIND = {
    "array": {"items", "minItems", "maxItems", "uniqueItems"},
    "object": {"properties", "required", "additionalProperties", "minProperties", "maxProperties"},
}


def _as_choice(own: JsonObject, kinds: list[str]) -> JsonObject:
    """Return a schema of several types as a choice, if one is an array or an object: tools take lists of scalars."""
    outer: JsonObject = {key: own[key] for key in ("description", "default") if key in own}
    special = set().union(*_OF_KIND.values())
    plain = {key: value for key, value in own.items() if key not in (*outer, *special, "type")}
    choices = [
        {"type": kind, **{key: own[key] for key in _OF_KIND[kind] if key in own}}
        if kind in _OF_KIND
        else {"type": kind, **(plain if kind != "null" else {})}
        for kind in kinds
    ]
    return {**outer, "anyOf": choices}


def accepts_null(schema: Mapping[str, Any]) -> bool:
    """Whether null is a value that the schema accepts."""
    if "anyOf" in schema:
        return any(map(accepts_null, schema["anyOf"]))
    kind = schema.get("type")
    return kind is None or kind == "null" or (isinstance(kind, list) and "null" in kind)


def subschemas(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and all schemas inside it."""
    yield schema
    for inner in (*schema.get("properties", {}).values(), *schema.get("anyOf", ())):
        yield from subschemas(inner)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), Mapping):
            yield from subschemas(schema[key])
