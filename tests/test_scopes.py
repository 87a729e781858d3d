"""What a caller of each scope can reach: a call needs every scope that its effects need, whatever it is called."""

import base64
from pathlib import Path

import pytest
import seed
from local_gateway import LocalGateway
from schemas import fields_in
from sizes import for_each, for_rows

from addon.actions import REGISTRY
from addon.rpc.scopes import Scope

DATA = base64.b64encode(b"content").decode()
SCOPES = sorted(set(Scope) - {Scope.READ})


def item(word, **source):
    return {"filename": f"{word}.png", "fields": ["Word"], **(source or {"data": DATA})}


def new(word, kind=None, **source):
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": word}}
    return note if kind is None else {**note, kind: [item(word, **source)]}


def old(word, kind=None, **source):
    note = {"id": seed.MELA, "fields": {"Meaning": word}}
    return note if kind is None else {**note, kind: [item(word, **source)]}


def occlusion(**image):
    shapes = [{"type": "rect", "left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}]
    return {"notes": [{"image": {"filename": "_ciao.txt", **image}, "shapes": shapes, "deckName": "Italian"}]}


MEDIA = [
    ("addNote", {"note": new("n1", "picture")}, "write media"),
    ("addNote", {"note": new("n2", "audio")}, "write media"),
    ("addNote", {"note": new("n3", "video")}, "write media"),
    ("addNote", {"note": new("n4", "picture", url="URL")}, "write media"),
    ("addNotes", {"notes": [new("n5"), new("n6", "picture")]}, "write media"),
    ("addNotes", {"notes": [new("n7", "audio", url="URL")]}, "write media"),
    ("updateNote", {"note": old("n8", "video")}, "write media"),
    ("updateNote", {"note": {**old("n9", "picture", url="URL"), "tags": ["x"]}}, "write media"),
    ("updateNoteFields", {"note": old("n10", "picture")}, "write media"),
    ("updateNoteFields", {"note": old("n11", "audio", url="URL")}, "write media"),
    ("addImageOcclusionNotes", occlusion(filename="o.png", data=DATA), "write media"),
    ("addImageOcclusionNotes", occlusion(filename="p.png", url="URL"), "write media"),
    ("guiAddCards", {"note": new("n12", "picture")}, "gui media"),
    ("guiAddCards", {"note": new("n13", "picture", url="URL")}, "gui media"),
    ("guiAddNoteSetData", {"note": {"picture": [item("n14")]}}, "gui media"),
    ("storeMediaFile", {"filename": "a.txt", "data": DATA}, "media"),
    ("storeMediaFile", {"filename": "b.txt", "url": "URL"}, "media"),
]
FILES = [
    ("storeMediaFile", {"filename": "c.txt", "path": "_ciao.txt"}, "media files"),
    ("addNote", {"note": new("f1", "picture", path="_ciao.txt")}, "write media files"),
    ("updateNote", {"note": old("f2", "audio", path="_ciao.txt")}, "write media files"),
    ("updateNoteFields", {"note": old("f3", "video", path="_ciao.txt")}, "write media files"),
    ("addNotes", {"notes": [new("f4"), new("f5", "picture", path="_ciao.txt")]}, "write media files"),
    ("addImageOcclusionNotes", occlusion(filename="q.png", path="_ciao.txt"), "write media files"),
    ("guiAddCards", {"note": new("f6", "picture", path="_ciao.txt")}, "gui media files"),
    ("guiAddNoteSetData", {"note": {"picture": [item("f7", path="_ciao.txt")]}}, "gui media files"),
    ("importPackage", {"path": "none.apkg"}, "files write media"),
    ("exportPackage", {"deck": "Nowhere", "path": "new.apkg"}, "files"),
    ("mergePackage", {"path": "none.apkg"}, "files write media"),
    ("exportNotesPackage", {"path": "new.apkg", "query": ""}, "files"),
    ("exportCollection", {"path": "none/all.colpkg"}, "files admin"),
    ("importCollection", {"path": "none.colpkg"}, "files admin"),
    ("exportNotesText", {"path": "notes.txt", "query": ""}, "files"),
    ("exportCardsText", {"path": "cards.txt", "query": ""}, "files"),
    ("previewTextFile", {"path": "words.csv"}, "files"),
    ("importTextFile", {"path": "words.csv"}, "files write"),
    ("guiImportFile", {"path": "words.csv"}, "files gui"),
    ("guiImportFile", {}, "files gui"),
]
SMALL_LOSSES = {
    "clearUnusedTags": {},
    "customStudy": {"deck": "Nowhere", "cram": {"kind": "new"}},
    "emptyFilteredDeck": {"deck": "Nowhere"},
    "forgetCards": {"cards": [1]},
    "moveTags": {"tags": ["nowhere"], "parent": None},
    "removeConfigValues": {"keys": ["my-program.c"]},
    "removeSavedSearch": {"name": "nowhere"},
    "removeTags": {"notes": [seed.UVA], "tags": "nowhere"},
    "updateDeckPreset": {"preset": "Nowhere", "changes": {"newPerDay": 1}},
}
"""Destructive methods that need no `delete`, because no note, card, deck, note type, preset or file goes."""
CALLS = [
    *MEDIA,
    *FILES,
    # the same without what needs more
    ("addNote", {"note": new("w1")}, "write"),
    ("addNotes", {"notes": [new("w2")]}, "write"),
    ("upsertNotes", {"notes": [new("w3")]}, "write"),
    ("updateNote", {"note": old("w4")}, "write"),
    ("updateNoteFields", {"note": old("w5")}, "write"),
    ("addImageOcclusionNotes", occlusion(), "write"),
    ("guiAddCards", {}, "gui"),
    ("guiAddCards", {"note": new("w6")}, "gui"),
    ("guiAddNoteSetData", {"note": {"fields": {"Word": "x"}}}, "gui"),
    # what is lost
    ("sync", {}, "sync"),
    ("syncStatus", {}, "sync"),
    ("mediaSyncStatus", {}, "sync"),
    ("syncLogin", {"user": "x", "password": "x", "server": "ftp://x/"}, "admin"),
    ("syncLogout", {}, "admin"),
    ("addProfile", {"name": "x"}, "admin"),
    ("renameProfile", {"name": "x", "newName": "y"}, "admin"),
    ("deleteProfile", {"name": "x"}, "admin delete files"),
    ("deleteProfile", {"name": "x", "dryRun": True}, "admin delete files"),
    ("sync", {"full": "download"}, "sync delete"),
    ("sync", {"full": "upload"}, "sync delete"),
    ("setPreferences", {"changes": {"scheduling": {"rollover": 5}}}, "write"),
    ("setPreferences", {"changes": {"backups": {"daily": 5}}}, "write admin"),
    ("setDeckOptionsForAll", {"applyAllParentLimits": True}, "write"),
    ("setDeckOptionsForAll", {"cardStateCustomizer": "x"}, "write admin"),
    ("setConfigValues", {"values": {"my-program.a": 1}}, "write"),
    ("removeConfigValues", {"keys": ["my-program.b"]}, "write"),
    ("editModel", {"modelName": "Cloze", "edits": [{"op": "setCss", "css": ""}]}, "write"),
    ("editModel", {"modelName": "Cloze", "edits": [{"op": "removeField", "name": "Back Extra"}]}, "write delete"),
    ("restoreModel", {"modelName": "Nowhere", "kind": "basic"}, "write delete"),
    ("changeNoteType", {"notes": [seed.UVA], "modelName": "Nowhere"}, "write delete"),
    # small things only
    *((name, given, "write") for name, given in SMALL_LOSSES.items()),
    # what is done by another name
    ("checkMedia", {}, "media write"),
    ("guiAnswerCard", {"ease": 3}, "gui"),
    ("guiUndo", {}, "gui"),
    ("guiOpen", {"window": "preferences"}, "gui"),
    ("guiOpen", {"window": "checkMedia"}, "gui media write"),
    ("guiCheckDatabase", {}, "gui admin"),
    ("checkDatabase", {}, "admin"),
]


def keys_of(needs):
    """The scopes that a call needs, and for each of them all others."""
    return [needs.split(), *([scope for scope in SCOPES if scope != needed] for needed in needs.split())]


def name_of(scopes):
    return "-".join(sorted(scopes))


KEYS = {name_of(scopes): scopes for _, _, needs in CALLS for scopes in [*keys_of(needs), ["write", "delete"]]}


@pytest.fixture(scope="module")
def locked(example_collection, tmp_path_factory):
    """One gateway for all calls: what is refused changes nothing, and the others do not meet."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("scopes"))
    gateway = LocalGateway(path, keys={name: {"key": name, "scopes": scopes} for name, scopes in KEYS.items()})
    yield gateway
    gateway.close()


def headers(scopes):
    return {"Authorization": f"Bearer {name_of(scopes)}"}


def state_of(gateway):
    return gateway.col.db.scalar("select mod from col"), sorted(Path(gateway.col.media.dir()).iterdir())


@pytest.fixture
def params(web):
    """A call's params, with the address of a web server in the place of `URL`."""

    def filled(value):
        if isinstance(value, dict):
            return {key: filled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner) for inner in value]
        return f"{web.url}/fine" if value == "URL" else value

    filled.agents = web.agents
    """Those that have fetched it."""
    return filled


def check_refusal(error, scope):
    assert (error["data"]["kind"], error["data"]["scope"]) == ("permission_denied", scope)
    assert f"it lacks the scope {scope}" in error["message"]


@for_rows(("method", "given", "needs"), CALLS)
def test_a_call_needs_each_scope_that_its_effects_need_and_no_other(locked, params, method, given, needs):
    given, (enough, *others) = params(given), keys_of(needs)
    params.agents.clear()
    for needed, scopes in zip(needs.split(), others, strict=True):
        before = state_of(locked)
        check_refusal(locked.rpc(method, given, **headers(scopes))["error"], needed)
        assert (state_of(locked), params.agents) == (before, [])
    answer = locked.rpc(method, given, **headers(enough))
    assert answer.get("error", {"data": {"kind": None}})["data"]["kind"] != "permission_denied"
    if "error" not in answer and "media" in enough:
        assert "error" not in str(answer["result"]) or all(entry["error"] is None for entry in answer["result"])


@for_rows(
    ("method", "given", "lacking"),
    [(method, given, needs.split()[-1]) for method, given, needs in [*MEDIA, *FILES]],
)
def test_what_a_call_lacks_it_lacks_in_whatever_way_it_is_made(locked, params, method, given, lacking):
    given, scopes = params(given), [scope for scope in SCOPES if scope != lacking]
    before, key = state_of(locked), headers(scopes)
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": given}
    for answer in (
        *locked.post([message, {"jsonrpc": "2.0", "method": method, "params": given}], **key),
        *locked.rpc("multi", {"actions": [{"action": method, "params": given}]}, **key)["result"],
        *locked.rpc("multi", [[{"action": method, "params": given, "key": name_of(scopes)}]], **key)["result"],
    ):
        check_refusal(answer["error"], lacking)
    envelope = {"action": method, "version": 6, "params": given}
    for reply in (
        locked.legacy(method, key=name_of(scopes), **given),
        *locked.legacy("multi", key=name_of(scopes), actions=[envelope])["result"],
    ):
        assert (reply["result"], f"it lacks the scope {lacking}" in reply["error"]) == (None, True)
    if REGISTRY[method].is_startable:
        check_refusal(locked.rpc("startOperation", {"method": method, "params": given}, **key)["error"], lacking)
    assert (state_of(locked), params.agents) == (before, [])


def test_cards_are_deleted_with_their_note_type_by_callers_only_who_may_delete(locked):
    two = (
        {"Front": "{{Front}}", "Back": "{{Back}}", "Name": "1"},
        {"Front": "{{Back}}", "Back": "{{Front}}", "Name": "2"},
    )
    model = {"modelName": "Two", "inOrderFields": ["Front", "Back"], "cardTemplates": two}
    locked.rpc("createModel", model, **headers(["write"]))
    change = {"id": seed.UVA, "modelName": "Two", "fields": {"Front": "uva", "Back": "grapes"}}
    assert "error" not in locked.rpc("updateNoteModel", {"note": change}, **headers(["write"]))
    back = {"note": {**change, "modelName": "Basic"}}
    before = state_of(locked)
    assert (
        locked.rpc("updateNoteModel", {**back, "dryRun": True}, **headers(["write"]))["result"]["cards"]["count"] == 1
    )
    check_refusal(locked.rpc("updateNoteModel", back, **headers(["write"]))["error"], "delete")
    check_refusal(
        locked.rpc("changeNoteType", {"notes": [seed.UVA], "modelName": "Basic"}, **headers(["write"]))["error"],
        "delete",
    )
    assert state_of(locked) == before
    assert "error" not in locked.rpc("updateNoteModel", back, **headers(["write", "delete"]))
    assert len(locked.col.get_note(seed.UVA).card_ids()) == 1


@for_each(
    method=["canAddNote", "canAddNotes", "canAddNoteWithErrorDetail", "canAddNotesWithErrorDetail"],
    source=[{"data": DATA}, {"url": "URL"}, {"path": "_ciao.txt"}],
)
def test_who_asks_whether_a_note_can_be_added_has_nothing_fetched_or_stored(locked, web, params, method, source):
    note = params(new("asked", "picture", **source))
    before = state_of(locked)
    answer = locked.rpc(method, {"notes": [note]} if "Notes" in method else {"note": note}, **headers(["write"]))
    assert "error" not in answer
    assert state_of(locked) == before
    assert web.agents == []


# --- nothing is left out ---


def methods_with(*names):
    found = {a.name: {path[-1] for path, _ in fields_in(a.params.instance())} for a in REGISTRY.listed()}
    return {
        name
        for name, members in found.items()
        if {*names} & members and (REGISTRY[name].scope is not Scope.READ or REGISTRY[name].needs)
    }


def test_every_action_that_takes_content_or_an_address_is_tried():
    assert methods_with("data", "url") == {method for method, _, _ in MEDIA}, "Give each a row in MEDIA here."


def test_every_action_that_takes_a_path_is_tried():
    tried = {method for method, _, _ in [*MEDIA, *FILES]}
    assert methods_with("path") == tried, "Give each a row in FILES here, or in MEDIA if it stores a file."


NOTHING_BUT_DELETE = {
    *("deleteDecks", "deleteMediaFile", "deleteMediaFiles", "deleteModels", "deleteNotes", "emptyMediaTrash"),
    *("modelFieldRemove", "modelTemplateRemove", "removeDeckConfigId", "removeEmptyCards", "removeEmptyNotes"),
}


def test_who_may_only_delete_reaches_only_what_does_nothing_else():
    found = {a.name for a in REGISTRY.listed() if {a.scope, *a.extra_scopes} == {Scope.DELETE}}
    assert found == NOTHING_BUT_DELETE, "If it also changes what stays, it needs `write` too."


def test_every_action_that_writes_needs_more_than_to_read():
    """Those that only look are told apart by hand in the registry, so this list is the one to look at."""
    for action in REGISTRY.listed():
        scopes = {action.scope, *action.extra_scopes}
        if action.writes:
            assert scopes & {Scope.WRITE, Scope.MEDIA, Scope.DELETE, Scope.ADMIN, Scope.SYNC, Scope.GUI}, action.name
