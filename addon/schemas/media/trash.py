"""Params and results of the actions on Anki's media trash."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, String, Strings


class DeleteMediaFiles(Params):
    filenames = Strings("Names in the media folder.", required=True)


TRASHED_NAMES = Strings("Names of the files that are in the trash now.", title="TrashedFiles")


class FileInTrash(Object):
    """A file in Anki's media trash."""

    filename = String("Its name, which is the one that it had in the media folder.", required=True)
    size = Integer("Its size in bytes.", required=True)


MEDIA_TRASH = List(Nested(FileInTrash), "The files, by name.", title="MediaTrash")
RESTORED_NAMES = Strings("Names of the files that are in the media folder again.", title="RestoredFiles")
DELETED_NAMES = Strings("Names of the files that are gone.", title="FilesDeletedFromTrash")
