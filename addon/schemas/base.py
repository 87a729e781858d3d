"""The schema base class: a schema validates a call, and describes it in the OpenRPC document.

A schema has two instances. The strict one is JSON-RPC's: types are exact, unknown members are refused. The tolerant
one takes what AnkiConnect took.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Self

from ..vendored import marshmallow as ma


class Flaw(str):  # noqa: SLOT000
    """A validation message that also knows its sort and what the old protocol says in its place."""

    sort: str
    legacy: str | None

    def __new__(cls, message: str, legacy: str | None = None, *, sort: str = "invalid") -> Self:
        flaw = super().__new__(cls, message)
        flaw.sort = sort
        flaw.legacy = legacy
        return flaw


def flaws(messages: Any, path: str = "") -> Iterator[tuple[str, str, str, str | None]]:
    """Flatten marshmallow's messages to rows of path (`notes.3.deckName`), sort, message and legacy text."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else str(key)
            yield from flaws(inner, f"{path}.{step}" if path and step else path or step)
    elif isinstance(messages, list):
        for inner in messages:
            yield from flaws(inner, path)
    elif isinstance(messages, Flaw):
        yield path, messages.sort, str(messages), messages.legacy
    else:
        yield path, "invalid", str(messages), None


class Base(ma.Schema):
    """Attributes are snake_case; on the wire a name is camelCase, unless the field names its `data_key`."""

    error_messages = {  # noqa: RUF012  (as marshmallow declares it)
        "unknown": Flaw("Unknown field.", sort="unknown"),
        "type": "Not an object.",
    }

    def __init__(self, *, tolerant: bool = False, **more: Any) -> None:
        self.tolerant = tolerant
        super().__init__(**more)

    def load(self, data: Any, **more: Any) -> Any:
        """As marshmallow's, whose error and traceback hold each other, until Anki frees cycles."""
        try:
            return self._load_valid(data)
        except ma.ValidationError:
            pass
        try:
            return super().load(data, **more)
        except ma.ValidationError as error:
            if isinstance(error.messages, dict) and isinstance(data, dict):
                # marshmallow's own order is by chance
                order = {key: place for place, key in enumerate(dict.fromkeys((*self._attributes, *data)))}
                error.messages = dict(sorted(error.messages.items(), key=lambda item: order.get(item[0], -1)))
            raise error.with_traceback(None) from None

    def _load_valid(self, data: Any) -> dict[str, Any]:
        """Load by the fields alone, in a third of the time; what marshmallow says of a flaw is its own to find."""
        if not isinstance(data, dict) or (self.unknown == ma.RAISE and not data.keys() <= self._attributes.keys()):
            raise ma.ValidationError("")
        loaded = {}
        for key, (attribute, field) in self._attributes.items():
            value = field.deserialize(data.get(key, ma.missing), key, data)
            if value is not ma.missing:
                loaded[attribute] = value
        return loaded

    @cached_property
    def _attributes(self) -> dict[str, tuple[str, ma.fields.Field[Any]]]:
        """Name on the wire to attribute and field."""
        return {str(field.data_key): (name, field) for name, field in self.load_fields.items()}

    @classmethod
    def wire(cls, *path: str | int) -> str:
        """What clients call an attribute, or one inside it: `("terms", 0, "max_cards")` -> `terms.0.maxCards`."""
        schema: Any = cls.variant(False)
        steps = []
        for step in path:
            if isinstance(step, int):
                steps.append(str(step))
            else:
                field = schema.fields[step]
                steps.append(str(field.data_key))
                schema = getattr(getattr(field, "inner", field), "schema", None)
        return ".".join(steps)

    @classmethod
    @cache
    def variant(cls, tolerant: bool) -> Self:
        """The one strict or the one tolerant instance: building them costs more than a load."""
        return cls(tolerant=tolerant)

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), field_name)


class Object(Base):
    """A nested object. Unknown members are refused when strict and ignored when tolerant."""

    def __init__(self, *, tolerant: bool = False, **more: Any) -> None:
        super().__init__(tolerant=tolerant, **more)
        if tolerant:
            self.unknown = ma.EXCLUDE


class Params(Base):
    """The params of an action. Their order is API: required ones first, new ones at the end."""

    @classmethod
    def load_for(cls, params: Mapping[str, Any] | Sequence[Any], *, tolerant: bool) -> dict[str, Any]:
        """Validate params given by name or by position and return them by attribute name.

        By position, `null` for an optional param counts as absent. Raises marshmallow's ValidationError.
        """
        schema = cls.variant(tolerant)
        if not isinstance(params, Mapping):
            params = schema._by_name(params)
        loaded: dict[str, Any] = schema.load(params)
        return loaded

    @staticmethod
    def flaws(error: ma.ValidationError) -> Iterator[tuple[str, str, str, str | None]]:
        """What was wrong, a row each: path (`notes.3.deckName`), sort, message and the old protocol's text."""
        return flaws(error.messages)

    def _by_name(self, values: Sequence[Any]) -> dict[str, Any]:
        fields = list(self.load_fields.values())
        if len(values) > len(fields):
            message = f"{len(values)} params were given by position, and there are {len(fields)}."
            raise ma.ValidationError({str(len(fields)): [Flaw(message, sort="unknown")]})
        return {
            str(field.data_key): value
            for field, value in zip(fields, values, strict=False)
            if value is not None or field.required
        }


class NoParams(Params):
    """An action without params."""
