"""Params and results of the actions on backups and checks."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, String, Strings


class BackupMade(Object):
    """The outcome of a request for a backup."""

    created = Boolean("False if nothing has changed since the last backup.", required=True)
    name = String("Name of the newest backup; null if there is none.", required=True, allow_none=True)


class Backup(Object):
    """A backup of the collection."""

    name = String("File name in the backup folder of the profile.", required=True)
    size = Integer("Bytes.", required=True)
    created = Integer("Time in seconds since 1970.", required=True)


class DatabaseReport(Object):
    """The outcome of a check of the database."""

    ok = Boolean("No problem was found.", required=True)
    problems = Strings("Problems that were found and fixed, in Anki's language.", required=True)


class MediaReport(Object):
    """Unused and missing files of the media folder."""

    unused = Strings("Files that no note and no template names.", required=True)
    missing = Strings("Files that are named but do not exist.", required=True)
    notes_with_missing = Ids("Ids of the notes that name missing files.", required=True)
    has_trash = Boolean("There are files in Anki's media trash.", required=True)


class EmptyCardsOfNote(Object):
    """The empty cards of one note."""

    note_id = Integer("Note id.", required=True)
    cards = Ids("Ids of its empty cards.", required=True)
    all_cards = Boolean("The note has no other card.", required=True)


class RemoveEmptyCards(Params):
    keep_notes = Boolean("Keep the first card of a note that has only empty ones.", load_default=True)


class EmptyCardsRemoved(Object):
    """What was removed with the empty cards."""

    cards = Ids("Ids of the removed cards.", required=True)
    notes = Ids("Ids of the notes that were removed with their last card.", required=True)


BACKUP_MADE = Nested(BackupMade, "The newest backup.")
BACKUPS = List(Nested(Backup), "Newest first.", title="Backups")
DATABASE_REPORT = Nested(DatabaseReport, "The findings.")
MEDIA_REPORT = Nested(MediaReport, "The findings.")
EMPTY_CARDS = List(Nested(EmptyCardsOfNote), "One entry per note with empty cards.", title="EmptyCardsReport")
EMPTY_CARDS_REMOVED = Nested(EmptyCardsRemoved, "The removed cards and notes.")
