"""What a call would take away: the one answer of every destructive action to `dryRun`."""

import copy
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from .basic import AnyOf, Boolean, Ids, Integer, Nested, Strings

MOST_TOLD = 1_000
"""Ids or names of one kind; the count is of all."""

DRY_RUN = Boolean("Tell what would go, and change nothing.", load_default=False)


class GoingIds(Object):
    count = Integer("How many.", required=True)
    ids = Ids(f"Their ids, at most {MOST_TOLD:,} of them.", required=True)


class GoingNames(Object):
    count = Integer("How many.", required=True)
    names = Strings(f"Their names, at most {MOST_TOLD:,} of them.", required=True)


class Losses(Object):
    """Kinds of which nothing goes are left out."""

    dry_run = Boolean("Always true: nothing was changed.", required=True)
    notes = Nested(GoingIds, "Notes that go.")
    cards = Nested(GoingIds, "Cards that go.")
    decks = Nested(GoingNames, "Decks that go, by their full names.")
    files = Nested(GoingNames, "Media files that go to Anki's media trash.")
    tags = Nested(GoingNames, "Tags that the collection forgets.")
    lost_fields = Nested(GoingNames, "Fields that go, or whose texts these notes lose.", data_key="fields")
    templates = Nested(GoingNames, "Templates that go, or whose cards these notes lose.")
    presets = Nested(GoingNames, "Presets of deck options that go.")
    changed_notes = Nested(GoingIds, "Notes that stay, and lose texts or tags.")
    changed_cards = Nested(GoingIds, "Cards that stay, and lose what was learned or their place in a filtered deck.")
    changed_decks = Nested(GoingNames, "Decks that stay, and lose their preset.")
    changed_models = Nested(GoingNames, "Note types that stay, and lose a field, a template, or texts of theirs.")


def with_dry_run(params: type[Params]) -> type[Params]:
    """The params of a destructive action: its own, and `dryRun` as the last one."""
    return type(params.__name__, (params,), {"__module__": params.__module__, "dry_run": DRY_RUN})


def or_losses(result: ma.fields.Field[Any]) -> AnyOf:
    """What a destructive action gives: its own result, or what would go."""
    own = copy.copy(result)
    own.metadata = {**result.metadata}
    told = own.metadata.pop("description", "What was done.")
    return AnyOf(own, Nested(Losses), allow_none=own.allow_none, description=f"{told} With `dryRun`, what would go.")
