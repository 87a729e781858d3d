"""Our fields: Marshmallow's, with exact types, and with what AnkiConnect tolerated and said.

What a field tolerates, and the text that AnkiConnect gave for a wrong type, stand on the field: the text is what Python
or Anki happened to say there, and clients compare it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ...vendored import marshmallow as ma
from ..base import Base, Flaw, flaws

Legacy = str | Callable[[Any], str]
"""The old protocol's text for a value of a wrong type, or a function from the value to it."""

INT64 = range(-(2**63), 2**63)

NOT_TEXT = "bad argument type for built-in operation"


class Malformed(NamedTuple):
    """What stands in a tolerantly read list in the place of a member that is not valid."""

    text: str


def legacy_text(error: ma.ValidationError) -> str:
    """What the old protocol says of the first flaw of a nested value."""
    _, _, message, legacy = next(flaws(error.messages))
    return legacy or message


def texts_only(value: Any) -> Any:
    """Drop members that are no text from a list, where AnkiConnect only asked whether a name is in it."""
    return [member for member in value if isinstance(member, str)] if isinstance(value, list) else value


def empty_list_for_null(value: Any) -> Any:
    """AnkiConnect takes null for an empty list."""
    return [] if value is None else value


def unknown_for_null(ids: Any) -> Any:
    """AnkiConnect takes null for an id that nothing has; JavaScript writes a number that is missing as null."""
    return [0 if id is None else id for id in ids] if isinstance(ids, list) and None in ids else ids


def list_of_iterated(value: Any) -> Any:
    """What Python's iteration sees of text and objects. Lua and PHP write an empty list as an object."""
    return list(value) if isinstance(value, str | dict) else value


def empty_list_for_empty(value: Any) -> Any:
    """AnkiConnect takes what is empty for an empty list, where a text or an object is too dangerous to be iterated."""
    return [] if value in ("", {}) else value


def blank_for_null(value: Any) -> Any:
    """AnkiConnect takes null for an empty text."""
    return "" if value is None else value


def digits_to_numbers(ids: Any) -> Any:
    """AnkiConnect puts ids into the text of a statement or a search, where digits are a number."""
    if not isinstance(ids, list):
        return ids
    return [int(id) if isinstance(id, str) and re.fullmatch("[0-9]{1,18}", id) else id for id in ids]


class Field(ma.fields.Field[Any]):
    """What our fields share. `legacy` and `tolerate` concern tolerant loads only.

    legacy: the old protocol's text for a wrong type. legacy_missing: the same for a missing member, the quoted name
    by default. tolerate: turns a value that AnkiConnect took into one that the field takes; it is called before
    anything else, but not for a missing value.
    """

    legacy: Legacy | None = None
    tolerate: Callable[[Any], Any] | None = None
    is_tolerant = False

    def __init__(
        self,
        description: str | None = None,
        *,
        title: str | None = None,
        legacy: Legacy | None = None,
        legacy_missing: str | None = None,
        tolerate: Callable[[Any], Any] | None = None,
        **more: Any,
    ) -> None:
        metadata = {"title": title, "description": description, **more.pop("metadata", {})}
        more["metadata"] = {key: value for key, value in metadata.items() if value is not None}
        super().__init__(**more)
        self.legacy_missing = legacy_missing
        if legacy is not None:
            self.legacy = legacy
        if tolerate is not None:
            self.tolerate = tolerate

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        self.is_tolerant = getattr(self.root, "tolerant", False)

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        if value is ma.missing and not self.required:  # most members of most notes: spare them the long way
            default = self.load_default
            return default() if callable(default) else default
        if self.is_tolerant and self.tolerate is not None and value is not ma.missing:
            value = self.tolerate(value)
        if self.validators:
            return super().deserialize(value, attr, data, **more)
        self._validate_missing(value)  # as marshmallow's, without what it does for validators
        if value is None and self.allow_none:
            return None
        return self._deserialize(value, attr, data, **more)

    def flaw(self, message: str, value: Any, legacy: Legacy | None = None) -> ma.ValidationError:
        """The error for a value of a wrong type."""
        text = self.legacy if legacy is None else legacy
        return ma.ValidationError([Flaw(message, text(value) if callable(text) else text)])

    def _validate_missing(self, value: Any) -> None:
        if value is ma.missing and self.required:
            message = "Missing data for required field."
            raise ma.ValidationError([Flaw(message, self.legacy_missing or repr(self.data_key), sort="missing")])
        if value is None and not self.allow_none:
            raise self.flaw("Field may not be null.", value)


def cannot_be_integer(value: Any) -> str:
    return f"'{type(value).__name__}' object cannot be interpreted as an integer"


def _is_not_iterable(value: Any) -> str:
    return f"'{type(value).__name__}' object is not iterable"


def is_not_subscriptable(value: Any) -> str:
    if isinstance(value, str):
        return "string indices must be integers, not 'str'"
    if isinstance(value, list):
        return "list indices must be integers or slices, not str"
    return f"'{type(value).__name__}' object is not subscriptable"


def not_a_container(value: Any) -> str:
    """What Python says of a value that is asked for a member."""
    if isinstance(value, list | str):
        return is_not_subscriptable(value)
    return f"argument of type '{type(value).__name__}' is not iterable"


def has_no_length(value: Any) -> str:
    return f"object of type '{type(value).__name__}' has no len()"


def has_no(attribute: str) -> Callable[[Any], str]:
    """What Python says of a value without that attribute."""
    return lambda value: f"'{type(value).__name__}' object has no attribute '{attribute}'"


class String(Field, ma.fields.String):
    """Text. Lone surrogates are refused: neither Anki nor UTF-8 has a place for them."""

    legacy = NOT_TEXT

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        if not isinstance(value, str):
            raise self.flaw("Not a valid string.", value)
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise self.flaw("Not valid Unicode: a lone surrogate.", value, str(error)) from None
        return value


class Integer(Field, ma.fields.Integer):
    """A whole number of 64 bits; when strict neither `true` nor `1.0` nor `"1"`."""

    legacy = staticmethod(cannot_be_integer)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        if not isinstance(value, int) or (isinstance(value, bool) and not self.is_tolerant):
            raise self.flaw("Not a valid integer.", value)
        if value not in INT64:
            raise self.flaw("Not an integer of 64 bits.", value, f"Value out of range: {value}")
        return int(value)


class Id(Integer):
    """The id of something. `true` is not the id 1."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        if isinstance(value, bool):
            raise self.flaw("Not a valid integer.", value)
        return super()._deserialize(value, attr, data, **more)


class Number(Field, ma.fields.Float):
    """A number, whole or not; when strict not `true` and not text."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.flaw("Not a valid number.", value)
        return value


class Boolean(Field, ma.fields.Boolean):
    """`true` or `false`. A tolerant one goes by Python's truth, unless it has a text for other values."""

    def _validate_missing(self, value: Any) -> None:
        if value is not None or not self.is_tolerant or self.legacy is not None:
            super()._validate_missing(value)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> bool:
        if self.is_tolerant and self.legacy is None:
            return bool(value)
        if not isinstance(value, bool):
            raise self.flaw("Not a valid boolean.", value)
        return value


class List(Field, ma.fields.List[Any]):
    """A list of values that one field describes."""

    legacy = staticmethod(_is_not_iterable)

    def __init__(self, inner: ma.fields.Field[Any], description: str | None = None, **more: Any) -> None:
        super().__init__(description, cls_or_instance=inner, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if self.is_tolerant and self.legacy is _is_not_iterable:
            value = list_of_iterated(value)
        if not isinstance(value, list):
            raise self.flaw("Not a valid list.", value)
        return super()._deserialize(value, attr, data, **more)


class EachOrMalformed(List):
    """A list of objects of which a tolerant load keeps the place of an invalid one, as a Malformed."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if not self.is_tolerant or not isinstance(value, list):
            return super()._deserialize(value, attr, data, **more)
        return [valid_or_malformed(self.inner, member) for member in value]


def valid_or_malformed(field: ma.fields.Field[Any], value: Any) -> Any:
    """What a field makes of a value, or a Malformed that says what was wrong with it."""
    try:
        return field.deserialize(value)
    except ma.ValidationError as error:
        return Malformed(legacy_text(error))


class Ids(List):
    """A list of ids, checked in one pass: a list of Integer fields takes seventy times as long."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(Id(), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if self.is_tolerant:
            value = list_of_iterated(value)
        if not isinstance(value, list):
            raise self.flaw("Not a valid list.", value)
        if set(map(type, value)) <= {int} and (not value or (min(value) in INT64 and max(value) in INT64)):
            return value
        return ma.fields.List._deserialize(self, value, attr, data, **more)


def _is_text(values: list[Any]) -> bool:
    """All of these are valid text."""
    try:
        text = "".join(values)
        return text.isascii() or bool(text.encode())
    except (TypeError, UnicodeEncodeError):
        return False


class Texts(List):
    """A list of texts, checked in one pass as `Ids` are."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(String(), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        return value if isinstance(value, list) and _is_text(value) else super()._deserialize(value, attr, data, **more)


class TextMap(Field, ma.fields.Dict):
    """An object whose values are text."""

    legacy = staticmethod(has_no("items"))

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, keys=String(), values=String(), **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.flaw("Not an object.", value)
        if not _is_text([*value, *value.values()]):
            for key, text in value.items():
                for part in (key, text):
                    try:
                        self.value_field.deserialize(part)  # type: ignore[union-attr]
                    except ma.ValidationError as error:
                        raise ma.ValidationError({key: error.messages}) from None
        return value


class Mapped(Field, ma.fields.Dict):
    """An object whose values one field describes."""

    legacy = staticmethod(has_no("items"))

    def __init__(self, values: ma.fields.Field[Any], description: str | None = None, **more: Any) -> None:
        super().__init__(description, **{"keys": String(), "values": values, **more})

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not isinstance(value, dict):
            raise self.flaw("Not an object.", value)
        try:
            return super()._deserialize(value, attr, data, **more)  # type: ignore[no-untyped-call]
        except ma.ValidationError as error:  # marshmallow puts "value" between a name and what is wrong with its value
            messages = {name: wrong.get("value", wrong) for name, wrong in error.messages_dict.items()}
        raise ma.ValidationError(messages)


class Nested(Field, ma.fields.Nested):
    """An object that a schema describes."""

    legacy = staticmethod(is_not_subscriptable)

    def __init__(self, nested: type[Base], description: str | None = None, **more: Any) -> None:
        super().__init__(description, nested=nested, **more)

    @property
    def schema(self) -> ma.Schema:
        nested: type[Base] = self.nested  # type: ignore[assignment]
        return nested.variant(self.is_tolerant)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:  # type: ignore[override]
        if not isinstance(value, dict):
            raise self.flaw("Not an object.", value)
        return self.schema.load(value)


class Anything(Field, ma.fields.Raw):
    """Any JSON value, null too."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, **{"allow_none": True, **more})


class Null(Field, ma.fields.Constant[None]):
    """Always null."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, constant=None, allow_none=True, **more)


class AnyOf(Field):
    """A value that one of several fields takes."""

    def __init__(self, *choices: ma.fields.Field[Any], description: str | None = None, **more: Any) -> None:
        super().__init__(description, **more)
        self.choices = choices

    def _bind_to_schema(self, field_name: str, parent: Any) -> None:
        super()._bind_to_schema(field_name, parent)
        self.choices = copy.deepcopy(self.choices)  # the strict and the tolerant schema have their own
        for choice in self.choices:
            choice._bind_to_schema(field_name, self)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        for choice in self.choices:
            try:
                return choice.deserialize(value, attr, data, **more)
            except ma.ValidationError:
                continue
        raise self.flaw("Fits none of the possible types.", value)


class Enum(String):
    """One of several words."""

    def __init__(self, words: Sequence[str], description: str | None = None, **more: Any) -> None:
        super().__init__(description, validate=ma.validate.OneOf(words), **more)


NOTHING = Null("Always null.", title="Nothing")
