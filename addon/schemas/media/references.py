"""Params and result of mediaOfNotes."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, List, Nested, String


class MediaOfNotes(Params):
    notes = Ids("Note ids.", required=True)
    missing_only = Boolean("Return only files that do not exist.", load_default=False)


class MediaReference(Object):
    """A file that a note names."""

    filename = String("Its name, as in the media folder.", required=True)
    exists = Boolean("There is such a file in the media folder.", required=True)


MEDIA_OF_NOTES = List(
    List(
        Nested(MediaReference),
        "The files of a note, each once; null for an unknown id.",
        title="MediaOfNote",
        allow_none=True,
    ),
    "One entry per note, in order.",
    title="MediaOfEachNote",
)
