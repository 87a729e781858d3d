"""Validates values by the accepted JSON Schemas of extensions, with jsonschema, in the words of our own schemas."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import Any

from ..rpc.errors import InvalidParams, Problem
from ..text.positions import too_many_values
from ..text.similar import did_you_mean, similar
from .json_schema import JsonObject, accepts_null

MISSING = "Required, but missing."
MOST_PROBLEMS = 20
"""The most problems that are reported of a value, because jsonschema is slow for large values."""
_INT64 = range(-(2**63), 2**63)
_LONGEST_SHOWN = 40
_LONGEST_READ = 100
_KINDS = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


class JsonParams:
    """The params of an action or an event, with the surface of `schemas.base.Params` that the core uses."""

    def __init__(self, schema: JsonObject, noun: str = "method") -> None:
        """`schema`: an accepted schema of an object. `noun`: the owner of the params in a message."""
        self._noun = noun
        self._schema = schema
        self._members: Mapping[str, JsonObject] = schema.get("properties", {})
        self._required = frozenset(schema.get("required", ()))
        self._check = Check(schema, "param")

    def names(self) -> frozenset[str]:
        """The names of the params."""
        return frozenset(self._members)

    def load_for(self, params: Mapping[str, Any] | Sequence[Any]) -> dict[str, Any]:
        """Validate params given by name or by position, and return them with the defaults of those left out.

        Null for an optional param, or for an optional member of an object in it, means that it is left out, unless the
        schema accepts null there. Raises InvalidParams.
        """
        given = dict(params) if isinstance(params, Mapping) else self._by_name(params)
        loaded: dict[str, Any] = _prepared(given, self._schema)
        if problems := self._check.problems(loaded):
            raise InvalidParams(problems)
        if "dryRun" in loaded:
            loaded["dry_run"] = loaded.pop("dryRun")  # the core's name for it
        return loaded

    @staticmethod
    def wire(*path: str | int) -> str:
        """The path of a param on the wire."""
        return ".".join(map(str, path))

    def _by_name(self, values: Sequence[Any]) -> dict[str, Any]:
        if len(values) > len(self._members):
            raise InvalidParams([Problem("params", too_many_values(len(values), [*self._members], self._noun))])
        return {
            name: value
            for name, value in zip(self._members, values, strict=False)
            if value is not None or name in self._required
        }


class Check:
    """Checks values by one schema: quickly, and if that does not accept a value, by jsonschema."""

    def __init__(self, schema: JsonObject, noun: str = "member") -> None:
        self._accepts = acceptor(schema)
        self._validator = _validator()({**schema, _NOUN: noun})

    def problems(self, value: Any) -> list[Problem]:
        """Return the problems of a value; none if it is valid."""
        if self._accepts(value):
            return []
        errors = islice(self._validator.iter_errors(value), MOST_PROBLEMS)
        return [Problem(".".join(map(str, error.absolute_path)), error.message) for error in errors]


_NOUN = "x-noun"


def _prepared(value: Any, schema: JsonObject) -> Any:
    """Return a copy of a value with defaults, without nulls that leave something out, and with `1.0` as an integer."""
    if type(value) is float:
        return int(value) if value.is_integer() and _takes_no_float(schema) else value
    if "anyOf" in schema:
        fitting = [choice for choice in schema["anyOf"] if _is_of_type(value, choice)]
        return _prepared(value, fitting[0]) if len(fitting) == 1 else value
    if isinstance(value, dict) and schema.get("type") == "object":
        return _prepared_object(value, schema)
    if isinstance(value, list) and schema.get("type") == "array":
        items = schema["items"]
        if "type" in items and items["type"] not in ("object", "array") and float not in set(map(type, value)):
            return value
        return [_prepared(item, items) for item in value]
    return value


def _takes_no_float(schema: Mapping[str, Any]) -> bool:
    """Whether the schema accepts integers, but no other numbers."""
    return _is_of_type(0, schema) and not _is_of_type(0.5, schema)


def _prepared_object(value: dict[str, Any], schema: JsonObject) -> dict[str, Any]:
    members, required, rest = schema.get("properties", {}), schema.get("required", ()), schema["additionalProperties"]
    found = {}
    for name, inner in value.items():
        own = members.get(name)
        if own is None:
            found[name] = _prepared(inner, rest) if isinstance(rest, dict) else inner
        elif inner is not None or name in required or accepts_null(own):
            found[name] = _prepared(inner, own)
    for name, own in members.items():
        if name not in found and name not in required and "default" in own:
            found[name] = json.loads(json.dumps(own["default"]))  # each call has a copy of its own
    return found


# --- types ---


def _is_string(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # a lone surrogate, which neither Anki nor UTF-8 can hold
            return False
    return True


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in _INT64


def _is_number(value: Any) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


_IS: Mapping[str, Callable[[Any], bool]] = {
    "string": _is_string,
    "integer": _is_integer,
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list | tuple),
    "object": lambda value: isinstance(value, dict) and all(isinstance(name, str) for name in value),
    "null": lambda value: value is None,
}


def _is_of_type(value: Any, schema: Mapping[str, Any]) -> bool:
    if "anyOf" in schema:
        return any(_is_of_type(value, choice) for choice in schema["anyOf"])
    kinds = schema.get("type")
    if kinds is None:
        return True
    return any(_IS[kind](value) for kind in ([kinds] if isinstance(kinds, str) else kinds))


# --- quickly ---


def acceptor(schema: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Return a function that returns True only for valid values. For valid values it may return False, too."""
    if "anyOf" in schema:
        choices = [acceptor(choice) for choice in schema["anyOf"]]
        return lambda value: any(accepts(value) for accepts in choices)
    kinds = schema.get("type")
    bounds = schema.keys() - {"type", "description", "default", "properties", "required", "additionalProperties"}
    if kinds == "object" and not bounds:
        return _object_acceptor(schema)
    if kinds == "array" and bounds == {"items"}:
        return _array_acceptor(schema["items"])
    if bounds == {"enum"} and set(map(type, schema["enum"])) == {str}:
        words = frozenset(schema["enum"])
        return lambda value: isinstance(value, str) and value in words
    if bounds or kinds is None:
        return lambda value: not bounds
    tests = [_IS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return tests[0] if len(tests) == 1 else lambda value: any(test(value) for test in tests)


def _object_acceptor(schema: Mapping[str, Any]) -> Callable[[Any], bool]:
    members = {name: acceptor(inner) for name, inner in schema.get("properties", {}).items()}
    required, rest = frozenset(schema.get("required", ())), schema["additionalProperties"]
    others = (lambda value: rest) if isinstance(rest, bool) else acceptor(rest)

    def accepts(value: Any) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        return all(isinstance(name, str) and members.get(name, others)(inner) for name, inner in value.items())

    return accepts


def _array_acceptor(items: Mapping[str, Any]) -> Callable[[Any], bool]:
    accepts = acceptor(items)
    return lambda value: isinstance(value, list | tuple) and all(map(accepts, value))


# --- by jsonschema ---


@cache
def _validator() -> Any:
    """Return the validator of draft 7, with exact types and our words."""
    import jsonschema
    from jsonschema import validators

    checker = jsonschema.Draft7Validator.TYPE_CHECKER
    for name, test in _IS.items():
        checker = checker.redefine(name, lambda _, value, test=test: test(value))
    rules = {
        "type": _said(lambda kinds, value, schema: None if _is_of_type(value, schema) else _wrong_type(value, schema)),
        "enum": _said(_not_in),
        "required": _required,
        "additionalProperties": _others,
        "anyOf": _any_of,
        "uniqueItems": _said(_twice),
        **{name: _said(_out_of_bounds(name, *rule)) for name, rule in _BOUNDS.items()},
    }
    return validators.extend(jsonschema.Draft7Validator, rules, type_checker=checker)


def _error(message: str, *path: str) -> Exception:
    from jsonschema import ValidationError

    error: Exception = ValidationError(message, path=path)
    return error


def _said(say: Callable[[Any, Any, Mapping[str, Any]], str | None]) -> Callable[..., Iterator[Any]]:
    """Return a rule for jsonschema from a function that returns the problem, or None."""

    def validate(validator: Any, rule: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
        if (message := say(rule, value, schema)) is not None:
            yield _error(message)

    return validate


def _required(validator: Any, names: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (_error(MISSING, name) for name in names if name not in value)


def _others(validator: Any, rest: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    known = schema.get("properties", {})
    for name in () if rest is True or not isinstance(value, dict) else value:
        if name in known:
            continue
        if rest is False:
            yield _error(_unknown(name, schema.get(_NOUN, "member"), tuple(known)), str(name))
        else:
            yield from validator.descend(value[name], rest, path=name)


def _any_of(validator: Any, choices: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    fitting = [choice for choice in choices if _is_of_type(value, choice)]
    found = []
    for choice in fitting:
        found.append(list(islice(validator.descend(value, choice), MOST_PROBLEMS)))
        if not found[-1]:
            return
    if len(found) == 1:
        yield from found[0]
    else:
        yield _error(f"Must fit one of {len(choices)} forms." if fitting else _wrong_type(value, schema))


def _twice(rule: Any, value: Any, schema: Mapping[str, Any]) -> str | None:
    if not rule or not isinstance(value, list | tuple):
        return None
    is_unique = len({json.dumps(item, sort_keys=True) for item in value}) == len(value)
    return None if is_unique else "Must not contain a value twice."


_BOUNDS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any, Any], bool], str]] = {
    "minimum": (_is_number, lambda value, bound: value >= bound, "Must be at least {bound}, not {value}."),
    "maximum": (_is_number, lambda value, bound: value <= bound, "Must be at most {bound}, not {value}."),
    "exclusiveMinimum": (_is_number, lambda value, bound: value > bound, "Must be more than {bound}, not {value}."),
    "exclusiveMaximum": (_is_number, lambda value, bound: value < bound, "Must be less than {bound}, not {value}."),
    "minLength": (_is_string, lambda value, bound: len(value) >= bound, "Must have at least {bound} characters."),
    "maxLength": (_is_string, lambda value, bound: len(value) <= bound, "Must have at most {bound} characters."),
    "minItems": (_IS["array"], lambda value, bound: len(value) >= bound, "Must have at least {bound} items."),
    "maxItems": (_IS["array"], lambda value, bound: len(value) <= bound, "Must have at most {bound} items."),
    "minProperties": (_IS["object"], lambda value, bound: len(value) >= bound, "Must have at least {bound} members."),
    "maxProperties": (_IS["object"], lambda value, bound: len(value) <= bound, "Must have at most {bound} members."),
}


def _out_of_bounds(
    name: str, concerns: Callable[[Any], Any], fits: Callable[[Any, Any], bool], text: str
) -> Callable[[Any, Any, Mapping[str, Any]], str | None]:
    def say(bound: Any, value: Any, schema: Mapping[str, Any]) -> str | None:
        if not concerns(value) or fits(value, bound):
            return None
        if bound == 1 and name.startswith("min") and name != "minimum":
            return "Must not be empty."
        shown = json.dumps(value)[:_LONGEST_SHOWN] if concerns is _is_number else f"{len(value)}"
        own = text.format(bound=bound, value=shown)
        return own if concerns is _is_number else own.replace(".", f", not {shown}.")

    return say


def _not_in(words: Sequence[Any], value: Any, schema: Mapping[str, Any]) -> str | None:
    if any(value == word and isinstance(value, bool) == isinstance(word, bool) for word in words):
        return None
    if not _is_of_type(value, schema):
        return None  # the rule about types says it
    texts = [word for word in words if isinstance(word, str)]
    hint = did_you_mean(similar(value, texts)) if isinstance(value, str) else ""
    return f"Must be one of: {', '.join(word if isinstance(word, str) else json.dumps(word) for word in words)}.{hint}"


def _unknown(name: Any, noun: str, names: tuple[str, ...]) -> str:
    listed = f" The {noun}s are {', '.join(names)}."
    if len(names) < 2:
        listed = f" The only {noun} is {names[0]}." if names else f" There are no {noun}s."
    return f"Unknown {noun}.{did_you_mean(similar(str(name), names)) or listed}"


def _wrong_type(value: Any, schema: Mapping[str, Any]) -> str:
    if isinstance(value, str) and not _is_string(value):
        return "Not valid Unicode: a lone surrogate."
    if isinstance(value, int) and not isinstance(value, bool) and value not in _INT64:
        return "Must be an integer of 64 bits; this one is too large."
    if isinstance(value, float) and not math.isfinite(value):
        return "Must be a finite number."
    return f"Must be {' or '.join(_words(schema))}, not {_shown(value)}{_remedy(value, schema)}."


def _words(schema: Mapping[str, Any]) -> list[str]:
    if "anyOf" in schema:
        return list(dict.fromkeys(word for choice in schema["anyOf"] for word in _words(choice)))
    kinds = schema.get("type", ())
    return [_KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)] or ["a value"]


def _shown(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}..."
        return f'the string "{text}"'
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, dict) else f"a value of the type {type(value).__name__}"


def _remedy(value: Any, schema: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        with suppress(ValueError, RecursionError):
            if len(value) <= _LONGEST_READ and _is_of_type(json.loads(value), schema):
                return ": write it without quotes"
    elif isinstance(value, int | float) and not isinstance(value, bool) and _is_of_type("", schema):
        return ": write it in quotes"
    items = schema.get("items")
    if schema.get("type") == "array" and isinstance(items, Mapping) and "type" in items and _is_of_type(value, items):
        return ": put it in brackets"
    return ""
