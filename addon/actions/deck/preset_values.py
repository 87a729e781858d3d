"""The values of a preset's options, by their names on the wire."""

from __future__ import annotations

from typing import Any

from anki.buildinfo import version
from anki.deck_config_pb2 import DeckConfig

from ...collection.singles import single, singles
from ...rpc.errors import AnkiTooOld
from ...schemas.deck import preset_options as s

_OPTIONS = s.PresetOptions.instance().fields
_MEMBERS = DeckConfig.Config.DESCRIPTOR.fields_by_name


def options_of(form: DeckConfig) -> dict[str, Any]:
    """The options of a preset by their names on the wire; null for a choice that is not known."""
    return {str(field.data_key): _value(form, name) for name, field in _OPTIONS.items()}


def _value(form: DeckConfig, name: str) -> Any:
    value = getattr(form.config, name)
    if words := s.WORDS.get(name):
        return words[value] if value < len(words) else None
    if isinstance(value, float):
        return single(value)
    return value if isinstance(value, str | int) else singles(value)


def set_option(form: DeckConfig, name: str, value: Any) -> None:
    """Set an option. Raises AnkiTooOld for a choice that this Anki does not know, because it would choose another."""
    if words := s.WORDS.get(name):
        number = words.index(value)
        choice = _MEMBERS[name].enum_type
        if number not in choice.values_by_number:
            text = f"Anki {version} cannot do that, a newer one can: {wire_name(name)} cannot be {value!r}."
            raise AnkiTooOld(text, missing=f"{choice.full_name}.{value}")
        setattr(form.config, name, number)
    elif isinstance(value, list):
        getattr(form.config, name)[:] = value
    else:
        setattr(form.config, name, value)


def wire_name(name: str) -> str:
    """The name of an option on the wire."""
    return str(_OPTIONS[name].data_key)
