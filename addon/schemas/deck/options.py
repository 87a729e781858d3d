"""What the actions on groups of deck options take and give. On the wire such a group is called a config."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import AnyOf, Boolean, Integer, Nested, String, Strings
from ..fields.dates import is_date
from ..fields.search import search_problem


def _date_problem(text: str) -> str | None:
    return None if is_date(text) else "Not a date as in `2026-11-24`."


_UNSEEN = {"weightSearch": search_problem, "paramSearch": search_problem, "ignoreRevlogsBeforeDate": _date_problem}
"""Names of texts in a group, to what tells what is wrong with them. Anki calls the search by either name."""


class OptionsGroup(Object):
    """A whole group. Anki knows what is in it, which changes from version to version.

    Looked at here are its id, and what Anki stores unseen but cannot read.
    """

    id = Integer("Id of the group.", required=True)

    class Meta:
        unknown = ma.EXCLUDE

    def load(self, data: Any, **more: Any) -> Any:
        loaded = super().load(data, **more)
        for name, problem_of in _UNSEEN.items():
            if isinstance(text := data.get(name), str) and (problem := problem_of(text)):
                raise ma.ValidationError({name: [problem]})
        return {**data, **loaded}


class GetDeckConfig(Params):
    deck = String("Full deck name in its exact spelling.", required=True)


class SaveDeckConfig(Params):
    config = Nested(
        OptionsGroup,
        "The whole group as getDeckConfig gives it, changed as wanted. `mod` and `usn` are set by Anki.",
        required=True,
    )


class SetDeckConfigId(Params):
    decks = Strings("Full deck names in their exact spelling.", required=True)
    config_id = Integer("Id of the group.", required=True)


class CloneDeckConfigId(Params):
    name = String("Name of the new group; others may have the same.", required=True)
    clone_from = Integer("Id of the group to copy.", load_default=1)


class RemoveDeckConfigId(Params):
    config_id = Integer("Id of the group. The first one, 1, stays.", required=True)


OPTIONS_GROUP = AnyOf(
    Nested(OptionsGroup),
    Boolean("False: there is no deck of this name.", title="NoSuchDeck"),
    description="The group as Anki keeps it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`, "
    "`lapse` and others that depend on Anki's version; a filtered deck's own object; false when no deck has exactly "
    "that name.",
    title="DeckOptions",
)
IS_SAVED = Boolean("False when there is no group with that id, or Anki refuses the object.", title="IsSaved")
IS_SET = Boolean("False when a deck or the group does not exist.", title="IsSet")
IS_REMOVED = Boolean("False when there is no such group.", title="IsRemoved")
NEW_OPTIONS_ID = AnyOf(
    Integer("Id of the new group: creation time in milliseconds since 1970.", title="ClonedGroupId"),
    Boolean("False: there is no group to copy.", title="NoSuchOptionsGroup"),
    description="Id of the new group; false when the one to copy does not exist.",
    title="NewOptionsGroupId",
)
