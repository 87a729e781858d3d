"""What the actions on notes' tags take and give."""

from ..base import Params
from ..fields.basic import (
    Boolean,
    Ids,
    String,
    Texts,
    blank_for_null,
    empty_list_for_null,
    has_no,
    unknown_for_null,
)
from ..fields.notes import NoteId
from ..fields.tags import NewTags, Tag

TAGS = Texts("All tags that the collection knows, in alphabetical order.", title="TagList")
TAGS_OF_NOTE = Texts("The note's tags, in alphabetical order.", title="TagsOfNote")


class GetNoteTags(Params):
    note = NoteId("Note id.", required=True)


class UpdateNoteTags(Params):
    note = NoteId("Note id.", required=True)
    tags = NewTags("All the tags that the note will have; one with spaces in it is several.", required=True)


class TagNotes(Params):
    notes = Ids("Note ids.", required=True, tolerate=empty_list_for_null)
    tags = String("Tags, separated by spaces.", required=True, tolerate=blank_for_null)


class AddTags(TagNotes):
    tags = Tag("Tags, separated by spaces.", required=True, tolerate=blank_for_null)
    add = Boolean("False removes the tags instead.", load_default=True)


def _old_tag() -> String:
    return String(
        "Tag to replace, compared without case; its sub-tags stay.",
        data_key="tag_to_replace",
        required=True,
        legacy=has_no("lower"),
    )


def _new_tags() -> Tag:
    return Tag(
        "The tag in its place; several are separated by spaces, and an empty text is none.",
        data_key="replace_with_tag",
        required=True,
    )


class ReplaceTags(Params):
    notes = Ids("Note ids.", required=True, tolerate=unknown_for_null)
    tag_to_replace = _old_tag()
    replace_with_tag = _new_tags()


class ReplaceTagsInAllNotes(Params):
    tag_to_replace = _old_tag()
    replace_with_tag = _new_tags()


UNUSED_TAGS = Texts("Tags that no note has, in alphabetical order.", title="UnusedTagList")
