"""The losses by a call: the result of every destructive action with `dryRun`."""

import copy
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from .basic import AnyOf, Boolean, Ids, Integer, Nested, Strings

MAX_LISTED = 1_000
"""Ids or names of one kind; the count has no limit."""

DRY_RUN = Boolean("Report what would be lost, and change nothing.", load_default=False)


class GoingIds(Object):
    """What would be lost, by its ids."""

    count = Integer("Their number.", required=True)
    ids = Ids(f"Their ids, at most {MAX_LISTED:,}.", required=True)


class GoingNames(Object):
    """What would be lost, by its names."""

    count = Integer("Their number.", required=True)
    names = Strings(f"Their names, at most {MAX_LISTED:,}.", required=True)


class GoingProfiles(GoingNames):
    """Deleted profiles."""

    bytes = Integer("Size of their folders, with media and backups, in bytes.", required=True)


class Losses(Object):
    """What a destructive call would remove. Kinds without losses are left out."""

    dry_run = Boolean("Always true: nothing was changed.", required=True)
    notes = Nested(GoingIds, "Deleted notes.")
    cards = Nested(GoingIds, "Deleted cards.")
    decks = Nested(GoingNames, "Deleted decks, by their full names.")
    files = Nested(GoingNames, "Media files moved to Anki's media trash, deleted from it, or deleted with a profile.")
    tags = Nested(GoingNames, "Tags removed from the collection's list.")
    lost_fields = Nested(GoingNames, "Removed fields, or fields whose texts these notes lose.", data_key="fields")
    templates = Nested(GoingNames, "Removed templates, or templates whose cards these notes lose.")
    presets = Nested(GoingNames, "Removed presets of deck options.")
    models = Nested(GoingNames, "Deleted note types.")
    searches = Nested(GoingNames, "Removed saved searches.")
    config_values = Nested(GoingNames, "Removed values that programs have stored, by their keys.")
    profiles = Nested(GoingProfiles, "Deleted profiles. Their notes, cards and media files are listed, too.")
    changed_notes = Nested(GoingIds, "Notes that stay, but lose texts, tags or all their cards.")
    changed_cards = Nested(
        GoingIds,
        "Cards that stay, but lose their progress, their step, their memory state, their position among new cards, or "
        "their place in a filtered deck.",
    )
    changed_decks = Nested(GoingNames, "Decks that stay, but lose their preset.")
    changed_files = Nested(GoingNames, "Media files that get another content.")
    changed_models = Nested(
        GoingNames, "Note types that stay, but lose a field, a template, texts or options of these."
    )


def with_dry_run(params: type[Params]) -> type[Params]:
    """The params of a destructive action: its own, then `dryRun`."""
    return type(params.__name__, (params,), {"__module__": params.__module__, "dry_run": DRY_RUN})


def or_losses(result: ma.fields.Field[Any]) -> AnyOf:
    """The result of a destructive action: its own, or with `dryRun` the losses."""
    own = copy.copy(result)
    own.metadata = {**result.metadata}
    description = own.metadata.get("description", "What was done.")
    description += " With `dryRun`, the losses."
    return AnyOf(own, Nested(Losses), allow_none=own.allow_none, description=description)
