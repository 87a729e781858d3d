"""Params and results of the actions on packages."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, Enum, Ids, String
from .selection import DECK, NOTES, QUERY, require_one

UPDATES = ("ifNewer", "always", "never")
"""The words for what an import does with what exists, in the order of Anki's numbers."""
_UPDATES = "if those of the package were changed later, always, or never."
LEGACY = Boolean("Write the older form, which every Anki can read. The newer one is smaller.", load_default=True)


class ExportPackage(Params):
    deck = String("Deck, compared without case.", required=True)
    path = String("Path of the new package; a relative path begins at the media folder.", required=True)
    include_sched = Boolean("Keep the scheduling.", load_default=False)
    with_media = Boolean("Include the media files.", load_default=True)
    with_deck_options = Boolean("Include the decks' options. By default as `includeSched`.", load_default=None)
    legacy = LEGACY


class ExportNotesPackage(Params):
    path = String("Path of the new package; a relative path begins at the media folder.", required=True)
    notes = NOTES
    cards = Ids("Ids of the cards.", load_default=None)
    query = QUERY
    deck = DECK
    all = Boolean("Export all notes.", load_default=False)
    with_scheduling = Boolean("Keep the scheduling.", load_default=False)
    with_deck_options = Boolean("Include the decks' options.", load_default=False)
    with_media = Boolean("Include the media files.", load_default=True)
    legacy = LEGACY

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        return require_one(loaded, "notes", "cards", "query", "deck", "all")


class ImportPackage(Params):
    path = String("Path of the package; a relative path begins at the media folder.", required=True)


class MergePackage(Params):
    path = String("Path of the package; a relative path begins at the media folder.", required=True)
    update_notes = Enum(UPDATES, f"Update notes that exist here: {_UPDATES}", load_default="ifNewer")
    update_models = Enum(UPDATES, f"Update note types that exist here: {_UPDATES}", load_default="ifNewer")
    merge_models = Boolean("Unite note types that have other fields or templates here.", load_default=False)
    with_scheduling = Boolean("Take the scheduling. If false, the cards are new.", load_default=True)
    with_deck_options = Boolean("Take the decks' options.", load_default=True)


EXPORTED = Boolean("Always true.", title="PackageExported")
IMPORTED = Boolean("Always true.", title="PackageImported", validate=ma.validate.OneOf([True]))
