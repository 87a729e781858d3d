"""What the actions on packages take and give."""

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, String


class ExportPackage(Params):
    deck = String("Deck, compared without case.", required=True)
    path = String("Where to write the package; a relative path begins at the media folder.", required=True)
    include_sched = Boolean("Keep the scheduling and the decks' options.", load_default=False)


class ImportPackage(Params):
    path = String("The package; a relative path begins at the media folder.", required=True)


EXPORTED = Boolean("The package was written; false when there is no such deck.", title="PackageExported")
IMPORTED = Boolean("Always true.", title="PackageImported", validate=ma.validate.OneOf([True]))
