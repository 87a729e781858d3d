"""A tag of very many levels would leave Anki without its tree of tags, or end it: none is taken."""

from collections import defaultdict

import seed
from schemas import fields_in
from sizes import for_rows

from addon.actions import REGISTRY
from addon.schemas.fields.basic import Boolean
from addon.schemas.fields.tags import MOST_LEVELS, Tag, Tags

MOST, DEEP = "::".join("a" * MOST_LEVELS), "::".join("a" * (MOST_LEVELS + 1))
MESSAGE = f"A tag of more than {MOST_LEVELS} levels."
TAKEN_AWAY = {("removeTagsInAllNotes", "tags"), ("removeTags", "tags"), ("updateNotes", "notes", "remove_tags")}
ASKED_FOR = {
    ("renameTag", "tag"),
    ("moveTags", "tags"),
    ("buildSearch", "parts", "tag"),
    ("buildSearch", "parts", "any", "tag"),
    ("replaceTags", "tag_to_replace"),
    ("replaceTagsInAllNotes", "tag_to_replace"),
}


def tags(action):
    """The fields that hold tags, their items included, by where they stand; not those that only say yes or no."""
    found = defaultdict(list)
    for path, field in fields_in(action.params.instance(), (action.name,)):
        if {"tag", "tags"} & {*path[-1].split("_")} and not isinstance(field, Boolean):
            found[path].append(field)
    return found


def test_every_tag_that_an_action_takes_is_looked_at():
    found = {path: fields for action in REGISTRY.listed() for path, fields in tags(action).items()}
    unseen = {path for path, fields in found.items() if not any(isinstance(field, Tag | Tags) for field in fields)}
    assert unseen == TAKEN_AWAY | ASKED_FOR
    assert len(found) > 15


def test_a_tree_of_tags_of_the_most_levels_can_be_shown(gateway):
    assert gateway.rpc("addTags", {"notes": [seed.MELA], "tags": MOST})["result"] is None
    assert gateway.col.tags.tree().children


@for_rows(
    ("method", "params", "where"),
    [
        ("addTags", {"notes": [seed.MELA], "tags": f"fine {DEEP}"}, "tags"),
        ("addTags", {"notes": [seed.MELA], "tags": f"fine\u3000{DEEP}"}, "tags"),
        ("updateNoteTags", {"note": seed.MELA, "tags": [DEEP]}, "tags.0"),
        ("updateNote", {"note": {"id": seed.MELA, "tags": ["x", DEEP]}}, "note.tags.1"),
        ("updateNotes", {"notes": [{"id": seed.MELA, "addTags": [DEEP]}]}, "notes.0.addTags"),
        (
            "addNote",
            {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x"}, "tags": [DEEP]}},
            "note.tags",
        ),
        ("replaceTagsInAllNotes", {"tag_to_replace": "A1", "replace_with_tag": DEEP}, "replace_with_tag"),
        ("renameTag", {"tag": "A1", "newName": DEEP}, "newName"),
    ],
)
def test_a_deeper_one_is_refused(reading, method, params, where):
    assert reading.rpc(method, params)["error"]["message"] == f"Invalid params: {where}: {MESSAGE}"
    assert DEEP not in reading.col.tags.all()


def test_the_old_protocol_says_so_too(reading):
    assert reading.legacy("addTags", notes=[seed.MELA], tags=DEEP) == {"result": None, "error": MESSAGE}
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x"}, "tags": DEEP}
    assert reading.legacy("addNote", note=note) == {"result": None, "error": MESSAGE}
    assert reading.legacy("updateNoteTags", note=seed.MELA, tags=DEEP) == {"result": None, "error": MESSAGE}


def test_one_that_is_there_can_be_taken_away(gateway):
    gateway.col.tags.bulk_add([seed.MELA], DEEP)
    assert gateway.rpc("removeTags", {"notes": [seed.MELA], "tags": DEEP})["result"] == [seed.MELA]
    assert DEEP not in gateway.rpc("getNoteTags", {"note": seed.MELA})["result"]
