"""Params and results of the actions that write or replace the whole collection."""

from ..base import Object, Params
from ..fields.basic import Boolean, Integer, Nested, String


class ExportCollection(Params):
    path = String("Path of the new file (.colpkg); a relative path begins at the media folder.", required=True)
    with_media = Boolean("Include the media files.", load_default=True)
    legacy = Boolean("Write the older form, which every Anki can read. The newer one is smaller.", load_default=False)


class CollectionExported(Object):
    """The file that was written."""

    size = Integer("Bytes.", required=True)


class ImportCollection(Params):
    path = String("Path of the file (.colpkg); a relative path begins at the media folder.", required=True)


class RestoreBackup(Params):
    name = String("File name of the backup, as in listBackups.", required=True)


class CollectionReplaced(Object):
    """The collection that is open now."""

    notes = Integer("Number of notes.", required=True)
    cards = Integer("Number of cards.", required=True)
    backup = String("Name of the backup of the collection before.", required=True)


COLLECTION_EXPORTED = Nested(CollectionExported, "The file that was written.")
COLLECTION_REPLACED = Nested(CollectionReplaced, "The collection that is open now.")
