"""The base classes of schemas. A schema validates a call and describes it in the OpenRPC document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, KeysView, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from typing import Any, Self

from ..text.positions import too_many_values
from ..text.similar import did_you_mean
from ..text.similar_identifiers import similar_identifiers
from ..vendored import marshmallow as ma

MISSING = "Required, but missing."
_MOST_SEARCHES = 10
"""The most wrong names of a call for which similar ones are searched. A call can contain a million."""


class WrongName(str):  # noqa: SLOT000
    """A message about a name that is none of a few known ones. `flaws` completes it by the one that was meant."""

    name: str
    names: Sequence[str]
    otherwise: str

    def __new__(cls, message: str, name: str, names: Sequence[str], otherwise: str = "") -> Self:
        """`otherwise`: what to append if no name is similar, to the first such message about these names."""
        flaw = super().__new__(cls, message)
        flaw.name, flaw.names, flaw.otherwise = name, names, otherwise
        return flaw


def flaws(messages: Any) -> Iterator[tuple[str, str]]:
    """Flatten marshmallow's messages to pairs of path (`notes.3.deckName`) and message."""
    meant: dict[tuple[str, Sequence[str]], str] = {}
    listed: set[Sequence[str]] = set()
    for path, message in _flattened(messages):
        if isinstance(message, WrongName):
            wrong = message.name, message.names
            if wrong not in meant and len(meant) < _MOST_SEARCHES:
                meant[wrong] = did_you_mean(similar_identifiers(*wrong))
            hint = meant.get(wrong) or ("" if message.names in listed else message.otherwise)
            if hint and not meant.get(wrong):
                listed.add(message.names)
            yield path, f"{message}{hint}"
        else:
            yield path, message


def _flattened(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else str(key)
            yield from _flattened(inner, f"{path}.{step}" if path and step else path or step)
    elif isinstance(messages, list):
        for inner in messages:
            yield from _flattened(inner, path)
    else:
        yield path, messages


class Base(ma.Schema):
    """Attributes are snake_case. Names on the wire are camelCase, unless the field sets `data_key`."""

    error_messages = {"type": "Must be an object."}  # noqa: RUF012  (as marshmallow declares it)
    member_noun = "member"

    def load(self, data: Any, **more: Any) -> Any:
        """Like marshmallow's, whose error and traceback form a cycle, which Anki frees late."""
        try:
            loaded = self._load_valid(data)
        except ma.ValidationError:
            loaded, data = None, self.given(data)
        try:
            return self.check(super().load(data, **more) if loaded is None else loaded)
        except ma.ValidationError as error:
            if isinstance(error.messages, dict) and isinstance(data, dict):
                # marshmallow's own order is random
                order = {key: place for place, key in enumerate(dict.fromkeys((*self._attributes, *data)))}
                messages = dict(sorted(error.messages.items(), key=lambda item: order.get(item[0], -1)))
                if self.unknown == ma.RAISE:
                    unknown = [name for name in data if name not in self._attributes]
                    messages |= {name: [self.unknown_message(name)] for name in unknown}
                error.messages = messages
            raise error.with_traceback(None) from None

    @classmethod
    def resolve_hooks(cls) -> dict[str, list[tuple[str, bool, dict[str, Any]]]]:
        """Return no hooks such as `post_load`, because none of our schemas has one and the search takes long."""
        return defaultdict(list)

    unset_by_null: AbstractSet[str] = frozenset()
    """The members on the wire that null leaves out."""
    one_of: Sequence[tuple[str, str]] = ()
    """Pairs of members on the wire of which exactly one must be given; `check` or `load` tests it."""

    def given(self, data: Any) -> Any:
        """Return the data without the members that count as left out."""
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None or name not in self.unset_by_null}

    def unknown_message(self, name: str) -> str:
        """Return the message for a member that does not exist."""
        names = self._names
        listed = f" The {self.member_noun}s are {', '.join(names)}."
        if len(names) < 2:
            listed = f" The only {self.member_noun} is {names[0]}." if names else f" There are no {self.member_noun}s."
        return WrongName(f"Unknown {self.member_noun}.", name, names, listed)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        """Check the members together. Returns them, or raises ValidationError."""
        return loaded

    def _load_valid(self, data: Any) -> dict[str, Any]:
        """Load valid data by the fields alone, in a third of the time; marshmallow finds the errors in other data."""
        if not isinstance(data, dict) or (self.unknown == ma.RAISE and not data.keys() <= self._attributes.keys()):
            raise ma.ValidationError("")
        loaded = {}
        for key, attribute, plain, values, deserialize, is_required, by_null, default in self._members:
            value: Any = data.get(key, ma.missing)
            if (value is ma.missing and not is_required) or (value is None and by_null):
                value = default() if callable(default) else default  # most members of most notes
            elif type(value) is not plain or not (value in values if values else plain is bool or value.isascii()):
                value = deserialize(value, key, data)
            if value is not ma.missing:
                loaded[attribute] = value
        return loaded

    @cached_property
    def _members(self) -> list[tuple[Any, ...]]:
        """For each name on the wire: the attribute, type and values that are valid as they are (see `Field`), the
        function that loads any value, whether it is required, whether null leaves it out, and the default.
        """
        return [
            (
                key,
                attribute,
                None if field.validators else getattr(field, "plain_type", None),
                getattr(field, "plain_values", None),
                field.deserialize,
                field.required,
                key in self.unset_by_null,
                field.load_default,
            )
            for key, (attribute, field) in self._attributes.items()
        ]

    @cached_property
    def _attributes(self) -> dict[str, tuple[str, ma.fields.Field[Any]]]:
        """Attribute and field of each name on the wire."""
        return {str(field.data_key): (name, field) for name, field in self.load_fields.items()}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self._attributes)

    @classmethod
    def wire(cls, *path: str | int) -> str:
        """The path of an attribute on the wire: `("terms", 0, "max_cards")` -> `terms.0.maxCards`."""
        schema: Any = cls.instance()
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
    def instance(cls) -> Self:
        """The shared instance: building one takes longer than a load."""
        return cls()

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), field_name)


class _OfCall(Base):
    """A part of a call. Null for an optional member means that it is left out: many serialisers write it for what was
    not set. A field for which null has a meaning of its own, has `allow_none` and another default.
    """

    @cached_property
    def unset_by_null(self) -> AbstractSet[str]:  # type: ignore[override]
        return frozenset(
            name
            for name, (_, field) in self._attributes.items()
            if not field.required and (field.load_default is None or not field.allow_none)
        )


class Object(_OfCall):
    """A nested object."""


class Params(_OfCall):
    """The params of an action. Their order is part of the API: required ones first, new ones at the end."""

    member_noun = "param"

    @classmethod
    def load_for(cls, params: Mapping[str, Any] | Sequence[Any]) -> dict[str, Any]:
        """Validate params given by name or by position, and return them by attribute name.

        By position, `null` for an optional param means that it is left out. Raises marshmallow's ValidationError.
        """
        schema = cls.instance()
        loaded: dict[str, Any] = schema.load(params if isinstance(params, Mapping) else schema._by_name(params))
        return loaded

    @classmethod
    def names(cls) -> KeysView[str]:
        """The names of the params on the wire."""
        return cls.instance()._attributes.keys()

    @staticmethod
    def flaws(error: ma.ValidationError) -> Iterator[tuple[str, str]]:
        """Pairs of path (`notes.3.deckName`) and message, one for each error."""
        return flaws(error.messages)

    def _by_name(self, values: Sequence[Any]) -> dict[str, Any]:
        fields = list(self.load_fields.values())
        if len(values) > len(fields):
            names = [str(field.data_key) for field in fields]
            raise ma.ValidationError({"params": [too_many_values(len(values), names)]})
        return {
            str(field.data_key): value
            for field, value in zip(fields, values, strict=False)
            if value is not None or field.required
        }


class NoParams(Params):
    """An action without params."""
