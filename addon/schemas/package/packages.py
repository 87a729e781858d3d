"""Params and results of the actions on packages."""

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, String


class ExportPackage(Params):
    deck = String("Deck, compared without case.", required=True)
    path = String("Path of the new package; a relative path begins at the media folder.", required=True)
    include_sched = Boolean("Keep the scheduling and the decks' options.", load_default=False)


class ImportPackage(Params):
    path = String("Path of the package; a relative path begins at the media folder.", required=True)


EXPORTED = Boolean("Always true.", title="PackageExported")
IMPORTED = Boolean("Always true.", title="PackageImported", validate=ma.validate.OneOf([True]))
