"""What the actions on packages take and give."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, String, blank_for_null, cannot_be_integer


class _Flag(Boolean):
    """True or false. AnkiConnect hands it on to Anki, which takes whole numbers for it, and null for false."""

    legacy = staticmethod(cannot_be_integer)

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(description, tolerate=lambda x: bool(x) if x is None or isinstance(x, int) else x, **more)


class ExportPackage(Params):
    deck = String("Deck, compared without case.", required=True, tolerate=blank_for_null)
    path = String("Where to write the package; a relative path begins at the media folder.", required=True)
    include_sched = _Flag("Keep the scheduling and the decks' options.", load_default=False)


class ImportPackage(Params):
    path = String("The package; a relative path begins at the media folder.", required=True)


EXPORTED = Boolean("The package was written; false when there is no such deck.", title="PackageExported")
IMPORTED = Boolean("Always true.", title="PackageImported", validate=ma.validate.OneOf([True]))
