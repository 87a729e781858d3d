"""Params and results of the actions on notes' tags."""

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, Id, Ids, Integer, List, String, Strings
from ..fields.paging import FROM_ZERO
from ..fields.tags import Tag

TAGS = Strings("All tags that the collection knows, in alphabetical order.", title="TagList")
TAGS_OF_NOTE = Strings("The note's tags, in alphabetical order.", title="TagsOfNote")


NOTES_WITHOUT_TAGS = Ids("Ids of the notes from which a tag was removed.", title="NotesWithoutTags")


class GetNoteTags(Params):
    note = Id("Note id.", required=True)


class UpdateNoteTags(Params):
    note = Id("Note id.", required=True)
    tags = List(Tag(), "Tags that replace the note's; a text with spaces is several tags.", required=True)


class TagNotes(Params):
    notes = Ids("Note ids.", required=True)
    tags = String("Tags, separated by spaces.", required=True)


class AddTags(TagNotes):
    tags = Tag("Tags, separated by spaces.", required=True)
    add = Boolean("If false, remove the tags instead.", load_default=True)


def _old_tag() -> String:
    return String("Tag to replace, compared without case; sub-tags stay.", data_key="tag_to_replace", required=True)


def _new_tags() -> Tag:
    return Tag(
        "New tags, separated by spaces; an empty text removes the tag.",
        data_key="replace_with_tag",
        required=True,
    )


class ReplaceTags(Params):
    notes = Ids("Note ids.", required=True)
    tag_to_replace = _old_tag()
    replace_with_tag = _new_tags()


class ReplaceTagsInAllNotes(Params):
    tag_to_replace = _old_tag()
    replace_with_tag = _new_tags()


class RenameTag(Params):
    tag = String("Tag to rename, compared without case; its sub-tags move along.", required=True)
    new_name = Tag("New name, without spaces; `::` between levels.", required=True)


RENAMED_IN = Integer("Number of notes with the tag or one of its sub-tags.", title="NotesWithRenamedTag")


MOST_MOVED = 500
"""The most tags that one call moves: Anki takes seconds to read an expression for thousands."""


class MoveTags(Params):
    tags = Strings(
        "Tags to move, compared without case; their sub-tags move along.",
        required=True,
        validate=ma.validate.Length(max=MOST_MOVED),
    )
    parent = Tag(
        "Tag below which they are moved, `::` between levels; null or an empty text for the top.",
        required=True,
        allow_none=True,
    )


MOVED_IN = Integer("Number of notes with one of the tags or their sub-tags.", title="NotesWithMovedTags")


class RemoveTagsInAllNotes(Params):
    tags = Strings("Tags to remove; a text with spaces is several tags.", required=True)


REMOVED_IN = Integer("Number of notes that had one of the tags.", title="NotesWithoutRemovedTags")


class CompleteTag(Params):
    text = String(
        "Text that a level of the tag contains; with `::` a part of each level.",
        required=True,
        validate=ma.validate.Length(max=1_000),
    )
    limit = Integer("Maximum number of tags; default all.", load_default=None, validate=FROM_ZERO)


COMPLETED_TAGS = Strings("Matching tags, in alphabetical order.", title="CompletedTags")

UNUSED_TAGS = Strings("Tags that no note has, in alphabetical order.", title="UnusedTagList")
