"""Whose a step of Anki's undo history is: callers without the scope `delete` undo and redo their own steps only."""

import pytest
from examples import DOCUMENT
from seed import MELA, UVA_CARD

from addon.collection.undo_step import AnkiUndoHistory, AnkiUndoStep
from addon.rpc.caller import Caller
from addon.rpc.errors import PermissionDenied
from addon.rpc.scopes import Scope

PAGE = "https://page.example"
KEYS = {
    "writer": {"key": "w", "scopes": ["write"]},
    "other": {"key": "o", "scopes": ["write"]},
    "editor": {"key": "e", "scopes": ["write", "delete"]},
}


def add(word):
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": word}}
    return "addNote", {"note": note}


# What the user, or another add-on, does in Anki.


def tag(col):
    col.tags.bulk_add([MELA], "mine")


def tag_and_undo(col):
    tag(col)
    col.undo()


def nothing(col):
    """An operation that changes nothing, as Anki's windows have many."""
    col.remove_notes([])


def undo_and_redo(col):
    col.undo()
    col.redo()


def wipe(col):
    col.db.execute("update notes set usn = -1")


def wipe_and_tag(col):
    wipe(col)
    tag(col)


def look(col):
    col.find_notes("")
    col.card_stats_data(UVA_CARD)


def reopen(col):
    col.close()
    col.reopen()


def reopen_and_tag(col):
    reopen(col)
    tag(col)


UNDO, REDO = ("undo", None), ("redo", None)
PERA, FICO, KIWI = add("pera"), add("fico"), add("kiwi")
GONE = ("deleteNotes", {"notes": [MELA]})
BATCH = [PERA, FICO]
OWN, DENIED, NOTHING = "done", "denied", "nothing"

HISTORIES = [
    # what happened, who then asks for what, what becomes of it
    ([], "w", UNDO, NOTHING),
    ([], "w", REDO, NOTHING),
    ([("w", PERA)], "w", UNDO, OWN),
    ([("w", BATCH)], "w", UNDO, OWN),
    ([("w", PERA), ("w", UNDO)], "w", REDO, OWN),
    ([("w", PERA), ("w", FICO), ("w", UNDO)], "w", UNDO, OWN),
    ([("w", PERA), ("w", FICO), ("w", UNDO), ("w", UNDO), ("w", REDO)], "w", REDO, OWN),
    ([("w", PERA), ("w", UNDO), ("w", REDO)], "w", UNDO, OWN),
    ([("w", PERA), ("w", UNDO), ("w", FICO)], "w", REDO, NOTHING),
    ([("w", PERA), ("w", ("findNotes", {"query": ""})), look], "w", UNDO, OWN),
    ([("w", PERA), ("w", add("mela"))], "w", UNDO, OWN),
    ([("w", PERA)] * 3, "w", UNDO, OWN),
    # another caller's, nobody's
    ([("o", PERA)], "w", UNDO, DENIED),
    ([("e", PERA)], "w", UNDO, DENIED),
    ([(None, PERA)], "w", UNDO, DENIED),
    ([("o", PERA), ("o", UNDO)], "w", REDO, DENIED),
    ([("e", GONE), ("e", UNDO)], "w", REDO, DENIED),
    ([(None, GONE), (None, UNDO)], "w", REDO, DENIED),
    ([("w", PERA), ("o", FICO)], "w", UNDO, DENIED),
    ([("o", PERA), ("w", FICO), ("w", UNDO)], "w", UNDO, DENIED),
    ([("w", PERA), ("e", UNDO)], "o", REDO, DENIED),
    ([("w", PERA), ("e", UNDO)], "w", REDO, OWN),
    ([("w", PERA), ("o", FICO), ("e", UNDO)], "w", UNDO, OWN),
    ([("w", PERA), ("o", FICO), ("e", UNDO)], "o", REDO, OWN),
    ([tag], "w", UNDO, DENIED),
    ([tag, ("e", UNDO)], "w", REDO, DENIED),
    ([("w", PERA), tag], "w", UNDO, DENIED),
    ([tag, ("w", PERA), ("w", UNDO)], "w", UNDO, DENIED),
    ([("w", PERA), tag_and_undo], "w", UNDO, OWN),
    ([("w", PERA), ("w", FICO), lambda col: col.undo()], "w", UNDO, OWN),
    ([("w", PERA), ("o", FICO), lambda col: col.undo()], "w", UNDO, OWN),
    ([("w", PERA), ("o", FICO), lambda col: col.undo()], "o", UNDO, DENIED),
    ([("w", PERA), ("o", FICO), lambda col: col.undo(), ("o", KIWI), ("o", UNDO)], "w", UNDO, OWN),
    ([("w", PERA), tag, ("e", UNDO)], "w", UNDO, OWN),
    ([("w", PERA), nothing], "w", UNDO, OWN),
    ([("w", PERA), ("w", UNDO), nothing], "w", REDO, NOTHING),
    ([("w", PERA), tag, ("w", FICO), ("w", UNDO)], "w", UNDO, DENIED),
    ([("w", PERA), tag, ("w", FICO), ("w", UNDO), ("e", UNDO)], "w", UNDO, OWN),
    ([("w", PERA), ("w", UNDO), tag_and_undo], "w", REDO, DENIED),
    ([("w", PERA), tag_and_undo], "w", REDO, DENIED),
    ([tag, ("w", PERA), undo_and_redo, lambda col: col.undo()], "w", UNDO, DENIED),
    ([("w", PERA), undo_and_redo], "w", UNDO, DENIED),
    ([("w", PERA), wipe], "w", UNDO, NOTHING),
    ([("w", PERA), wipe_and_tag], "w", UNDO, DENIED),
    ([("w", PERA), reopen], "w", UNDO, NOTHING),
    ([("w", PERA), reopen_and_tag], "w", UNDO, DENIED),
    ([wipe, ("w", PERA)], "w", UNDO, OWN),
    ([tag, ("w", PERA)], "w", UNDO, OWN),
    # with the scope `delete` anybody's
    ([("w", PERA)], "e", UNDO, OWN),
    ([tag], "e", UNDO, OWN),
    ([("w", PERA), ("w", UNDO)], None, REDO, OWN),
]


def state_of(col):
    return col.db.all("select id, tags, flds from notes order by id"), col.undo_status().undo, col.undo_status().redo


def headers(key):
    return {"Authorization": f"Bearer {key or 'main'}"}


def run(gateway, events):
    for event in events:
        if callable(event):
            event(gateway.col)
        else:
            key, calls = event
            batch = calls if isinstance(calls, list) else [calls]
            messages = [{"jsonrpc": "2.0", "id": 1, "method": m, "params": p or []} for m, p in batch]
            gateway.post(messages, **headers(key))


@pytest.fixture
def locked(open_gateway):
    return open_gateway(apiKey="main", keys=KEYS)


@pytest.mark.parametrize(("events", "key", "call", "outcome"), HISTORIES)
def test_who_may_turn_back_a_step(locked, events, key, call, outcome):
    run(locked, events)
    before = state_of(locked.col)
    answer = locked.rpc(*call, **headers(key))
    if outcome is DENIED:
        error = answer["error"]
        assert error["data"] == {"kind": "permission_denied", "origin": None, "scope": "delete"}
        assert f"is not allowed to {call[0]} a step that it has not made itself" in error["message"]
        assert state_of(locked.col) == before
    else:
        assert (answer["result"]["step"] is None) is (outcome is NOTHING)
        assert (state_of(locked.col)[0] == before[0]) is (outcome is NOTHING)


def test_pages_of_two_origins_own_steps_of_their_own(open_gateway):
    gateway = open_gateway(grants={PAGE: ["change"], "https://other.example": ["change"]})
    gateway.rpc(*PERA, Origin=PAGE)
    refused = gateway.rpc("undo", Origin="https://other.example")["error"]["message"]
    assert refused.startswith("the origin https://other.example is not allowed to undo a step that it has not made")
    assert gateway.rpc("undo", Origin=PAGE)["result"]["step"] == "Add Note"


@pytest.mark.parametrize("old", [True, False])
def test_a_step_of_two_callers_is_nobody_s(locked, old):
    calls = [{"action": m, "params": p, "key": key} for key, (m, p) in (("w", PERA), ("o", FICO))]
    if old:
        locked.legacy("multi", key="w", actions=[{**call, "version": 6} for call in calls])
    else:
        locked.rpc("multi", {"actions": calls}, **headers("w"))
    assert locked.col.note_count() == 4
    for key in ("w", "o"):
        assert locked.rpc("undo", **headers(key))["error"]["data"]["scope"] == "delete"
    assert locked.rpc("undo", **headers("e"))["result"]["step"] == "Add note, several times"


def test_a_caller_owns_the_steps_of_each_action_that_can_be_undone(locked):
    """Also, no write takes more than one operation of Anki's: those of others would be taken for the caller's."""
    owned = []
    for method in DOCUMENT["methods"]:
        if not method["x-undoable"] or method["x-scope"] != "write":
            continue
        for example in method["examples"]:
            before = state_of(locked.col)
            params = {param["name"]: param["value"] for param in example["params"]}
            locked.rpc(method["name"], params, **headers("w"))
            if state_of(locked.col)[1] != before[1]:
                assert locked.rpc("undo", **headers("w")).get("result"), method["name"]
                assert state_of(locked.col)[:2] == before[:2]
                owned.append(method["name"])
    assert len(owned) > 30


# --- somebody who writes at the same moment ---


@pytest.mark.parametrize("label", [None, "Ours"])
def test_a_write_that_another_one_falls_into_is_nobody_s(gateway, label):
    col, history, owner = gateway.col, AnkiUndoHistory(), Caller(scopes=frozenset([Scope.WRITE]))

    def write(name, meanwhile=lambda col: None):
        def call():
            out = col.decks.add_normal_deck_with_name(name)
            meanwhile(col)
            return out

        history.write(AnkiUndoStep(), owner.identity, col, label, call)

    write("alone")
    history.turn(col, "undo", owner)
    write("with another", tag)
    with pytest.raises(PermissionDenied):
        history.turn(col, "undo", owner)
    assert MELA in col.find_notes("tag:mine")


@pytest.mark.parametrize(
    ("way", "meanwhile", "is_tagged"), [("undo", tag, True), ("redo", lambda col: col.undo(), False)]
)
def test_a_step_of_the_user_s_that_comes_just_before_the_turn_stays_as_it_is(gateway, way, meanwhile, is_tagged):
    col, history = gateway.col, AnkiUndoHistory()

    class Interrupted(Caller):
        """The user does something while its identity is looked at."""

        @property
        def identity(self):
            meanwhile(col)
            return None, None

    writer = Caller(scopes=frozenset([Scope.WRITE]))
    if way == "redo":
        tag(col)
    history.write(AnkiUndoStep(), writer.identity, col, None, col.decks.add_normal_deck_with_name, "own")
    if way == "redo":
        history.turn(col, "undo", writer)
    with pytest.raises(PermissionDenied):
        history.turn(col, way, Interrupted(scopes=writer.scopes))
    assert bool(col.find_notes("tag:mine")) is is_tagged
    assert (col.decks.id_for_name("own") is None) is (way == "redo")
    with pytest.raises(PermissionDenied):
        history.turn(col, way, writer)


def operate(gateway, method):
    id = gateway.rpc("startOperation", {"method": method}, **headers("w"))["result"]["id"]
    assert gateway.gateway.operations.find(id).wait(10)
    return gateway.rpc("getOperation", {"id": id}, **headers("w"))["result"]


def old(reply):
    return {"error": {"message": reply["error"]}}


WAYS = {
    "alone": lambda gateway, method: gateway.rpc(method, **headers("w")),
    "batch": lambda gateway, method: gateway.post([{"jsonrpc": "2.0", "id": 1, "method": method}], **headers("w"))[0],
    "multi": lambda gateway, method: gateway.rpc("multi", [[{"action": method}]], **headers("w"))["result"][0],
    "operation": operate,
    "old": lambda gateway, method: old(gateway.legacy(method, key="w")),
    "old multi": lambda gateway, method: old(
        gateway.legacy("multi", key="w", actions=[{"action": method, "version": 6}])["result"][0]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_calling_turns_back_what_is_another_s(locked, way):
    run(locked, [(None, GONE), (None, PERA), (None, UNDO)])
    before = state_of(locked.col)
    for method in ("undo", "redo"):
        assert "it lacks the scope delete" in WAYS[way](locked, method)["error"]["message"]
        assert state_of(locked.col) == before


def test_steps_of_one_name_and_one_millisecond_are_told_apart(gateway, monkeypatch):
    monkeypatch.setattr("addon.collection.undo_step._modified", lambda col: 1)
    col, history, writer = gateway.col, AnkiUndoHistory(), Caller(scopes=frozenset([Scope.WRITE]))
    add_deck = col.decks.add_normal_deck_with_name
    for name in ("first", "second"):
        history.write(AnkiUndoStep(), writer.identity, col, None, add_deck, name)
    add_deck("the user's")
    with pytest.raises(PermissionDenied):
        history.turn(col, "undo", writer)
    assert col.decks.id_for_name("the user's")
    col.undo()
    for name in ("second", "first"):
        history.turn(col, "undo", writer)
        assert col.decks.id_for_name(name) is None
    history.turn(col, "redo", writer)
    assert col.decks.id_for_name("first")
