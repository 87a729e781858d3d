"""Params and results of the actions on groups of deck options, which are called configs on the wire."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Integer, Nested, String, Strings
from ..fields.dates import is_date
from ..fields.search import search_problem


def _date_problem(text: str) -> str | None:
    return None if is_date(text) else "Not a date as in `2026-11-24`."


_UNSEEN = {"weightSearch": search_problem, "paramSearch": search_problem, "ignoreRevlogsBeforeDate": _date_problem}
"""The check for each text in a group, by its name. Anki uses both names for the search."""


class OptionsGroup(Object):
    """A whole group. Its members depend on the version of Anki.

    The schema checks the id, and the texts that Anki stores unchecked but then cannot read.
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
        "The whole group as getDeckConfig returns it, with your changes. Anki sets `mod` and `usn`.",
        required=True,
    )


class SetDeckConfigId(Params):
    decks = Strings("Full deck names in their exact spelling.", required=True)
    config_id = Integer("Id of the group.", required=True)


class CloneDeckConfigId(Params):
    name = String("Name of the new group; it need not be unique.", required=True)
    clone_from = Integer("Id of the group to copy.", load_default=1)


class RemoveDeckConfigId(Params):
    config_id = Integer("Id of the group. Group 1 cannot be removed.", required=True)


OPTIONS_GROUP = Nested(
    OptionsGroup,
    "The group as Anki stores it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`, `lapse` and "
    "others that depend on Anki's version.",
)
IS_SAVED = Boolean("Always true.", title="IsSaved")
IS_SET = Boolean("Always true.", title="IsSet")
REMOVED_GROUP = String("Name of the removed group; null if there was none.", title="RemovedGroup", allow_none=True)
NEW_OPTIONS_ID = Integer("Id of the new group: creation time in milliseconds since 1970.", title="NewOptionsGroupId")
