"""What the actions on backups and checks take and give."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, String, Strings


class BackupMade(Object):
    created = Boolean("False where nothing was changed since the last one.", required=True)
    name = String("Name of the newest backup; null where there is none.", required=True, allow_none=True)


class Backup(Object):
    name = String("File name in the backup folder of the profile.", required=True)
    size = Integer("Bytes.", required=True)
    created = Integer("Time in seconds since 1970.", required=True)


class DatabaseReport(Object):
    ok = Boolean("No problem was found.", required=True)
    problems = Strings("Problems that were found and mended, in the language of Anki.", required=True)


class MediaReport(Object):
    unused = Strings("Files that no note and no template names.", required=True)
    missing = Strings("Files that are named, but not there.", required=True)
    notes_with_missing = Ids("Notes that name them.", required=True)
    has_trash = Boolean("There are files in Anki's media trash.", required=True)


class EmptyCardsOfNote(Object):
    note_id = Integer("Note id.", required=True)
    cards = Ids("Its empty cards.", required=True)
    all_cards = Boolean("The note has no other card.", required=True)


class RemoveEmptyCards(Params):
    keep_notes = Boolean("Keep the first card of a note that has only empty ones.", load_default=True)


class EmptyCardsRemoved(Object):
    cards = Ids("Cards that were removed.", required=True)
    notes = Ids("Notes that went with their last card.", required=True)


BACKUP_MADE = Nested(BackupMade, "What there is now.")
BACKUPS = List(Nested(Backup), "Newest first.", title="Backups")
DATABASE_REPORT = Nested(DatabaseReport, "What was found.")
MEDIA_REPORT = Nested(MediaReport, "What was found.")
EMPTY_CARDS = List(Nested(EmptyCardsOfNote), "An entry per note with empty cards.", title="EmptyCardsReport")
EMPTY_CARDS_REMOVED = Nested(EmptyCardsRemoved, "What was removed.")
