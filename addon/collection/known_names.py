"""The names of decks, note types and their parts, presets and tags, for suggestions in errors about unknown names.

For what has no names, or has them elsewhere, an error says which method lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..rpc.errors import NotFound
from ..rpc.suggestions import Unknown
from .damage import all_tags, names_by_id
from .errors import CardNotFound, DeckNotFound, ModelNotFound, NoteNotFound

if TYPE_CHECKING:
    from anki.collection import Collection


class _Kind(NamedTuple):
    """What an error of a kind calls unknown."""

    member: str
    """The member of the error's data with the unknown name."""
    table: Literal["decks", "notetypes", "deck_config"]
    otherwise: str


_KINDS = {
    DeckNotFound.kind: _Kind("deck", "decks", "deckNames lists all decks."),
    ModelNotFound.kind: _Kind("model", "notetypes", "modelNames lists all note types."),
    NotFound.kind: _Kind("preset", "deck_config", "getDeckPresets lists all presets."),
}
_LISTERS = {
    NoteNotFound.kind: {"note": "findNotes finds notes."},
    CardNotFound.kind: {"card": "findCards finds cards."},
    DeckNotFound.kind: {"deck": "deckNamesAndIds lists all decks."},
    ModelNotFound.kind: {"model": "modelNamesAndIds lists all note types."},
    NotFound.kind: {
        "backup": "listBackups lists all backups.",
        "config": "getDeckPresets lists all presets.",
        "file": "getMediaFilesNames lists all files.",
        "operation": "listOperations lists all operations.",
        "profile": "getProfiles lists all profiles.",
    },
}
"""Which method lists what has no names to suggest, by the kind of the error and the member of its data."""
_PARTS = {"field": ("flds", "modelFieldNames"), "template": ("tmpls", "modelTemplates")}
"""By the member of the data with an unknown part of a note type: where the note type has these, and who lists them."""


def _all_fields(col: Collection) -> list[str]:
    assert col.db is not None
    return col.db.list("select distinct cast(name as text) from fields")


_EVERYWHERE = {
    "tag": (all_tags, "getTags lists all tags."),
    "field": (_all_fields, "modelFieldNames lists those of a note type."),
}
"""By the member of the data with an unknown name: who lists all such names.

`field` comes last: beside another member it is the param that has the name, not a field of notes.
"""


def unknown_in(data: Mapping[str, Any], collection: Callable[[], Collection | None]) -> Unknown | None:
    """Return the name in the collection that an error with these data calls unknown; None if it names none."""

    def col() -> Collection:
        found = collection()
        assert found is not None
        return found

    kind, model = str(data.get("kind")), data.get("model")
    if kind == NotFound.kind and isinstance(model, str):
        for part, (member, lister) in _PARTS.items():
            if isinstance(name := data.get(part), str):
                names = partial(_parts_of, col, model, member)
                return Unknown(name, (part, model), names, f"{lister} lists them.", f"The {part}s of {model} are")
        return None
    if (known := _KINDS.get(kind)) and isinstance(name := data.get(known.member), str):
        return Unknown(name, kind, lambda: names_by_id(col(), known.table).values(), known.otherwise)
    if listed := next((known for known in _LISTERS.get(kind, {}) if known in data), None):
        return Unknown(str(data[listed]), listed, list, _LISTERS[kind][listed])
    named = next((known for known in _EVERYWHERE if known in data), None)
    if kind != NotFound.kind or named is None:
        return None
    names_of, otherwise = _EVERYWHERE[named]
    return Unknown(str(data[named]), named, lambda: names_of(col()), otherwise)


def _parts_of(col: Callable[[], Collection], model: str, member: str) -> list[str]:
    found = col().models.by_name(model)
    return [part["name"] for part in found[member]] if found else []
