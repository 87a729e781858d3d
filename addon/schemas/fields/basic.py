"""The fields of the schemas: Marshmallow's, with exact types."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from ...vendored import marshmallow as ma
from ..base import MISSING, Base, WrongName

INT64 = range(-(2**63), 2**63)
_LONGEST_READ = 1000
"""Characters of the longest text that is tried as JSON, to say how to write the value that was meant."""
_DEEPEST_READ = 20
"""The most lists in it: Python takes long for deep ones."""
_BEGINNINGS = frozenset('0123456789-[{tfn"')
"""With what JSON begins: most texts need not be tried."""
_LONGEST_SHOWN = 40


def shortened(text: str) -> str:
    """Return the beginning of a text from a call, for a message."""
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
    return shown.encode(errors="replace").decode()


def read_json(text: str) -> Any:
    """Return the value that a text is the JSON of; `missing` if it is not JSON, or takes too long to be tried."""
    if len(text) <= _LONGEST_READ and text[:1] in _BEGINNINGS and text.count("[") <= _DEEPEST_READ:
        with suppress(ValueError, RecursionError):
            return json.loads(text)
    return ma.missing


class Field(ma.fields.Field[Any]):
    """The base class of all fields."""

    kind = "a value"
    """What it accepts, in an error message."""
    plain_type: type | None = None
    """The type whose values are valid as they are: text if it is ASCII, an int if it is one of `plain_values`. None if
    there is none, as in a subclass that loads values in its own way.
    """
    plain_values: range | None = None
    shows_value = False
    """Whether messages repeat a value of a wrong type. Those about settings are logged, and must not repeat a key."""
    default_error_messages = {"required": MISSING}  # noqa: RUF012  (as marshmallow declares it)

    def __init__(self, description: str | None = None, *, title: str | None = None, **more: Any) -> None:
        metadata = {"title": title, "description": description, **more.pop("metadata", {})}
        more["metadata"] = {key: value for key, value in metadata.items() if value is not None}
        super().__init__(**more)

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if {"deserialize", "_deserialize"} & vars(cls).keys() and "plain_type" not in vars(cls):
            cls.plain_type = None

    def wrong_type(self, value: Any) -> ma.ValidationError:
        """Return the error for a value of a wrong type: what the field accepts, what came, and how to write it."""
        return ma.ValidationError(f"Must be {self.kind}, not {self._shown(value)}{self._remedy(value)}.")

    def _shown(self, value: Any) -> str:
        if self.shows_value and isinstance(value, int | float):
            return shortened(json.dumps(value))
        if self.shows_value and isinstance(value, str):
            return f'the string "{shortened(value)}"'
        return _KINDS[type(value)]

    def _remedy(self, value: Any) -> str:
        return ": write it without quotes" if isinstance(value, str) and self._accepts(read_json(value)) else ""

    def _accepts(self, value: Any) -> bool:
        with suppress(ma.ValidationError):
            self.deserialize(value)
            return value is not ma.missing
        return False

    def _validate_missing(self, value: Any) -> None:
        if value is None and not self.allow_none:
            raise self.wrong_type(value)
        super()._validate_missing(value)

    def _validate(self, value: Any) -> None:
        for validator in self.validators:
            try:
                validator(value)
            except ma.ValidationError as error:
                raise ma.ValidationError(_rejection(validator, value) or error.messages) from None

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        # like marshmallow's, in half of the time
        if value is None or value is ma.missing:
            return super().deserialize(value, attr, data, **more)
        loaded = self._deserialize(value, attr, data, **more)
        if self.validators:
            self._validate(loaded)
        return loaded


def _rejection(validator: Any, value: Any) -> str | None:
    """Return the message for a value that a validator of marshmallow's rejects; None if it has a message of its own."""
    if getattr(validator, "error", None) not in (None, ma.validate.OneOf.default_message):
        return None
    match validator:
        case ma.validate.Range(min=low, max=high):
            return f"Must be {_bounds(low, high)}, not {shortened(json.dumps(value))}."
        case ma.validate.Length(min=1) if not value:
            return "Must not be empty."
        case ma.validate.Length(min=low, max=high, equal=exact):
            length = f"exactly {exact}" if exact is not None else _bounds(low, high)
            return f"Must have {length} {'characters' if isinstance(value, str) else 'items'}, not {len(value)}."
        case ma.validate.OneOf(choices=choices):
            return WrongName(f"Must be one of: {', '.join(map(str, choices))}.", str(value), tuple(choices))
    return None


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"from {low} to {high}"


_KINDS: dict[type[Any], str] = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
}


class String(Field, ma.fields.String):
    """Text. Lone surrogates are refused, because neither Anki nor UTF-8 can hold them."""

    kind = "a string"
    plain_type = str

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        if not isinstance(value, str):
            raise self.wrong_type(value)
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise ma.ValidationError("Not valid Unicode: a lone surrogate.") from None
        return value

    def _remedy(self, value: Any) -> str:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return ": write it in quotes" if is_number and self._accepts(json.dumps(value)) else ""


class Integer(Field, ma.fields.Integer):
    """A whole number of 64 bits; neither `true` nor `"1"`. `1.0` is one, as in JSON Schema."""

    kind = "an integer"
    plain_type = int
    plain_values = INT64
    shows_value = True

    reads_floats = True

    def whole(self, value: Any) -> Any:
        """Return the integer that a float stands for; any other value unchanged."""
        return int(value) if type(value) is float and self.reads_floats and value.is_integer() else value

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        value = self.whole(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong_type(value)
        if value not in INT64:
            raise ma.ValidationError("Must be an integer of 64 bits; this one is too large.")
        return value


class Id(Integer):
    """The id of something."""


class Number(Field, ma.fields.Float):
    """A number, whole or not; neither `true` nor text."""

    kind = "a number"
    shows_value = True

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.wrong_type(value)
        return value


class Boolean(Field, ma.fields.Boolean):
    """`true` or `false`."""

    kind = "true or false"
    plain_type = bool
    shows_value = True

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise self.wrong_type(value)
        return value


class List(Field, ma.fields.List[Any]):
    """A list of values that one field describes."""

    kind = "a list"

    def __init__(self, inner: ma.fields.Field[Any], description: str | None = None, **more: Any) -> None:
        super().__init__(description, cls_or_instance=inner, **more)

    def _remedy(self, value: Any) -> str:
        if value is None or isinstance(value, list):
            return ""
        if self._accepts([value]):
            return ": put it in brackets"
        item = read_json(value) if isinstance(value, str) else ma.missing
        if item is not ma.missing and self._accepts([item]):
            return ": put it in brackets, without quotes"
        return super()._remedy(value)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.wrong_type(value)
        inner = self.inner
        load = inner.schema.load if type(inner) is Nested and not inner.validators else inner.deserialize
        loaded, messages = [], {}
        for place, item in enumerate(value):
            try:
                loaded.append(load(item) if type(item) is dict else inner.deserialize(item))
            except ma.ValidationError as error:
                messages[place] = error.messages
        if messages:
            raise ma.ValidationError(messages)
        return loaded


class Ids(List):
    """A list of ids, checked in one pass: a list of Integer fields takes seventy times as long."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(Id(), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.wrong_type(value)
        if set(map(type, value)) <= {int} and (not value or (min(value) in INT64 and max(value) in INT64)):
            return value
        return ma.fields.List._deserialize(self, value, attr, data, **more)


def _is_text(values: list[Any]) -> bool:
    """Whether all values are valid text."""
    try:
        text = "".join(values)
        return text.isascii() or bool(text.encode())
    except (TypeError, UnicodeEncodeError):
        return False


class Strings(List):
    """A list of texts, checked in one pass as `Ids` are."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(String(), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        return value if isinstance(value, list) and _is_text(value) else super()._deserialize(value, attr, data, **more)


class StringDict(Field, ma.fields.Dict):
    """An object whose values are text."""

    kind = "an object"

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, keys=String(), values=String(), **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.wrong_type(value)
        messages = {}
        for key, text in value.items() if not _is_text([*value, *value.values()]) else ():
            for part in (key, text):
                try:
                    self.value_field.deserialize(part)  # type: ignore[union-attr]
                except ma.ValidationError as error:
                    messages[key] = error.messages
        if messages:
            raise ma.ValidationError(messages)
        return value


class Dict(Field, ma.fields.Dict):
    """An object whose values one field describes."""

    kind = "an object"

    def __init__(self, values: ma.fields.Field[Any], description: str | None = None, **more: Any) -> None:
        super().__init__(description, **{"keys": String(), "values": values, **more})

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not isinstance(value, dict):
            raise self.wrong_type(value)
        try:
            return super()._deserialize(value, attr, data, **more)  # type: ignore[no-untyped-call]
        except ma.ValidationError as error:  # marshmallow puts "value" between a name and the messages for its value
            messages = {name: wrong.get("value", wrong) for name, wrong in error.messages_dict.items()}
        raise ma.ValidationError(messages)


class Nested(Field, ma.fields.Nested):
    """An object that a schema describes."""

    kind = "an object"

    def __init__(self, nested: type[Base], description: str | None = None, **more: Any) -> None:
        super().__init__(description, nested=nested, **more)

    @property
    def schema(self) -> Base:
        nested: type[Base] = self.nested  # type: ignore[assignment]
        return nested.instance()

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:  # type: ignore[override]
        if not isinstance(value, dict):
            raise self.wrong_type(value)
        return self.schema.load(value)


class Anything(Field, ma.fields.Raw):
    """Any JSON value, null too."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, **{"allow_none": True, **more})


class Null(Field, ma.fields.Constant[None]):
    """Always null."""

    kind = "null"

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, constant=None, allow_none=True, **more)


class AnyOf(Field):
    """A value that one of several fields accepts."""

    def __init__(self, *choices: ma.fields.Field[Any], description: str | None = None, **more: Any) -> None:
        super().__init__(description, **more)
        self.choices = choices

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        self.choices = copy.deepcopy(self.choices)  # each schema has its own
        for choice in self.choices:
            choice._bind_to_schema(field_name, self)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        for choice in self.choices:
            try:
                return choice.deserialize(value, attr, data, **more)
            except ma.ValidationError:
                continue
        raise self.wrong_type(value)

    @property
    def kind(self) -> str:  # type: ignore[override]
        return " or ".join(dict.fromkeys(getattr(choice, "kind", Field.kind) for choice in self.choices))


class Enum(String):
    """One of several words."""

    def __init__(self, words: Sequence[str], description: str | None = None, **more: Any) -> None:
        super().__init__(description, validate=ma.validate.OneOf(words), **more)
        self.kind = f"one of the strings {', '.join(words)}"


NOTHING = Null("Always null.", title="Nothing")
