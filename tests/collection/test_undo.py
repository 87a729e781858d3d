"""What stands in Anki's undo menu: one named step for each request that writes, and nothing for one that does not."""

import pytest
from seed import ITALIAN_A1, MELA, MELA_CARD, UVA, UVA_CARD

USERS = "The user's own step"


@pytest.fixture
def users_step(gateway):
    """Something that the user did before, which no request may touch."""
    col = gateway.col
    target = col.add_custom_undo_entry(USERS)
    col.tags.bulk_add([MELA], "mine")
    col.merge_undo_entries(target)
    return gateway


def undo_name(gateway):
    return gateway.col.undo_status().undo


def redo_name(gateway):
    return gateway.col.undo_status().redo


def meaning(gateway, note_id=MELA):
    return gateway.col.get_note(note_id)["Meaning"]


def decks(gateway):
    return gateway.rpc("deckNames")["result"]


def note(word, **more):
    return {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": word}, **more}


def update(meaning, note_id=MELA):
    return {"note": {"id": note_id, "fields": {"Meaning": meaning}}}


def batch(gateway, *calls):
    """Run the calls as a batch; returns the responses."""
    return gateway.post(
        [{"jsonrpc": "2.0", "id": n, "method": method, "params": params} for n, (method, params) in enumerate(calls)]
    )


def multi(gateway, *calls):
    """Run the calls within `multi`; returns their outcomes."""
    return gateway.rpc("multi", [[{"action": method, "params": params} for method, params in calls]])["result"]


def old_multi(gateway, *calls):
    """Run the calls within the old protocol's `multi`."""
    return gateway.legacy("multi", actions=[{"action": method, "params": params} for method, params in calls])["result"]


TOGETHER = pytest.mark.parametrize("run", [batch, multi, old_multi])


def state_of(gateway):
    """Everything that the calls below can change."""
    rows = gateway.col.db.all("select id, tags, flds from notes order by id")
    cards = gateway.col.db.all("select id, did, queue from cards order by id")
    return rows, cards, sorted(deck.name for deck in gateway.col.decks.all_names_and_ids())


# --- single requests ---

WRITES = [
    ("addNote", {"note": note("pera")}, "Add Note"),
    ("addNotes", {"notes": [note("pera")]}, "Add Note"),
    ("addNotes", {"notes": [note(f"word {n}") for n in range(12)]}, "Add 12 notes"),
    ("updateNoteFields", update("apple (fruit)"), "Update Note"),
    ("deleteNotes", {"notes": [MELA, UVA]}, "Delete Note"),
    ("addTags", {"notes": [MELA, UVA], "tags": "new tags"}, "Update Tag"),
    ("createDeck", {"deck": "Latin"}, "Add Deck"),
    ("deleteDecks", {"decks": ["Italian::A1"], "cardsToo": True}, "Delete Deck"),
    ("suspend", {"cards": [MELA_CARD, UVA_CARD]}, "Suspend"),
]


@pytest.mark.parametrize(("action", "params", "name"), WRITES, ids=[f"{w[0]} {n}" for n, w in enumerate(WRITES)])
def test_a_request_that_writes_is_one_step_with_a_name(users_step, action, params, name):
    before = state_of(users_step)
    assert "error" not in users_step.rpc(action, params)
    after = state_of(users_step)
    assert after != before
    assert undo_name(users_step) == name
    users_step.col.undo()
    assert state_of(users_step) == before
    assert undo_name(users_step) == USERS
    users_step.col.redo()
    assert state_of(users_step) == after


def test_the_old_protocol_writes_the_same_steps(users_step):
    users_step.legacy("addNotes", notes=[note("pera"), note("pesca")])
    assert undo_name(users_step) == "Add 2 notes"
    users_step.col.undo()
    assert undo_name(users_step) == USERS


def test_two_updates_of_one_note_within_a_minute_are_two_steps(users_step):
    users_step.rpc("updateNoteFields", update("one"))
    users_step.rpc("updateNoteFields", update("two"))
    users_step.col.undo()
    assert meaning(users_step) == "one"
    users_step.col.undo()
    assert meaning(users_step) == "apple"
    assert undo_name(users_step) == USERS


def test_an_update_is_not_merged_into_the_users_own_edit_of_that_note(gateway):
    stored = gateway.col.get_note(MELA)
    stored["Meaning"] = "the user's"
    gateway.col.update_note(stored)
    gateway.rpc("updateNoteFields", update("ours"))
    gateway.col.undo()
    assert meaning(gateway) == "the user's"


NO_CHANGE = [
    ("createDeck", {"deck": "Italian::A1"}),
    ("updateNoteFields", update("apple")),
    ("suspend", {"cards": []}),
    ("deleteNotes", {"notes": []}),
    ("addNotes", {"notes": []}),
    ("addNotes", {"notes": [note("mela")]}),
    ("addTags", {"notes": [], "tags": "new"}),
    ("addTags", {"notes": [MELA], "tags": " "}),
    ("deleteDecks", {"decks": ["No such deck"], "cardsToo": True}),
    ("addNote", {"note": note("mela")}),
    ("addNote", {"note": note("pera", deckName="No such deck")}),
    ("updateNoteFields", update("x", 3)),
    ("suspend", {"cards": [3]}),
    ("createDeck", {"deck": 5}),
    ("deckNames", {}),
    ("notesInfo", {"notes": [MELA]}),
    ("cardsInfo", {"cards": [MELA_CARD]}),
    ("canAddNotes", {"notes": [note("pera")]}),
    ("findNotes", {"query": "(("}),
]


@pytest.mark.parametrize(("action", "params"), NO_CHANGE, ids=[f"{c[0]} {n}" for n, c in enumerate(NO_CHANGE)])
def test_a_request_that_changes_nothing_leaves_undo_and_redo_untouched(users_step, action, params):
    users_step.rpc("createDeck", {"deck": "Undone"})
    users_step.col.undo()
    status = users_step.col.undo_status()
    before = state_of(users_step)
    users_step.rpc(action, params)
    assert users_step.col.undo_status() == status
    assert state_of(users_step) == before


def test_suspending_what_is_suspended_leaves_undo_and_redo_untouched(users_step):
    users_step.rpc("suspend", {"cards": [MELA_CARD]})
    status = users_step.col.undo_status()
    assert users_step.rpc("suspend", {"cards": [MELA_CARD]})["result"] is False
    assert users_step.col.undo_status() == status


def test_a_write_of_nothing_is_no_step(users_step):
    users_step.rpc("deleteNotes", {"notes": [1234567890123]})
    assert undo_name(users_step) == USERS


# --- several in one ---


@TOGETHER
def test_several_writes_in_one_request_are_one_step(users_step, run):
    before = state_of(users_step)
    run(
        users_step,
        ("createDeck", {"deck": "Latin"}),
        ("addNote", {"note": note("pera", deckName="Latin")}),
        ("updateNoteFields", update("one")),
        ("updateNoteFields", update("two")),
        ("suspend", {"cards": [MELA_CARD]}),
        ("deckNames", {}),
        ("addTags", {"notes": [UVA], "tags": "seen"}),
    )
    after = state_of(users_step)
    assert meaning(users_step) == "two"
    assert undo_name(users_step) == "Create deck, add note, update note fields, suspend, add tags"
    users_step.col.undo()
    assert state_of(users_step) == before
    assert undo_name(users_step) == USERS
    users_step.col.redo()
    assert state_of(users_step) == after


@TOGETHER
def test_several_writes_of_one_kind_are_named_by_it(users_step, run):
    run(users_step, *(("addNote", {"note": note(f"word {n}")}) for n in range(50)))
    assert undo_name(users_step) == "Add note, several times"
    users_step.col.undo()
    assert users_step.col.note_count() == 2
    assert undo_name(users_step) == USERS


@TOGETHER
def test_one_write_among_reads_keeps_ankis_own_name(users_step, run):
    run(users_step, ("deckNames", {}), ("createDeck", {"deck": "Latin"}), ("findNotes", {"query": ""}))
    assert undo_name(users_step) == "Add Deck"
    users_step.col.undo()
    assert undo_name(users_step) == USERS


@TOGETHER
def test_parts_that_touch_no_collection_do_not_end_the_step(users_step, run):
    run(users_step, ("createDeck", {"deck": "Latin"}), ("version", {}), ("createDeck", {"deck": "Greek"}))
    assert undo_name(users_step) == "Create deck, several times"
    users_step.col.undo()
    assert decks(users_step) == ["Default", "Italian", "Italian::A1"]
    assert undo_name(users_step) == USERS


@TOGETHER
def test_more_writes_than_anki_remembers_steps_are_still_one_step(users_step, run):
    before = state_of(users_step)
    run(users_step, *(("updateNoteFields", update(f"meaning {n}")) for n in range(100)))
    assert meaning(users_step) == "meaning 99"
    users_step.col.undo()
    assert state_of(users_step) == before
    assert undo_name(users_step) == USERS


@TOGETHER
@pytest.mark.parametrize(
    "bad",
    [
        ("addNote", {"note": note("mela")}),
        ("addNote", {"note": {}}),
        ("updateNoteFields", update("x", 3)),
        ("suspend", {"cards": [3]}),
        ("noSuchThing", {}),
        ("guiBrowse", {"query": ""}),
    ],
    ids=lambda bad: f"{bad[0]} {str(bad[1])[:30]}",
)
def test_a_member_that_fails_changes_nothing_about_the_step_of_the_others(users_step, run, bad):
    before = state_of(users_step)
    run(users_step, ("createDeck", {"deck": "Latin"}), bad, ("updateNoteFields", update("one")))
    assert "Latin" in decks(users_step)
    assert meaning(users_step) == "one"
    if bad[0] == "guiBrowse":  # a window may show what was written so far: its part ends the step
        assert undo_name(users_step) == "Update Note"
        users_step.col.undo()
    users_step.col.undo()
    assert state_of(users_step) == before
    assert undo_name(users_step) == USERS


@TOGETHER
def test_members_that_all_fail_or_change_nothing_leave_undo_and_redo_untouched(users_step, run):
    users_step.rpc("createDeck", {"deck": "Undone"})
    users_step.col.undo()
    status = users_step.col.undo_status()
    run(
        users_step,
        ("createDeck", {"deck": "Italian"}),
        ("addNote", {"note": note("mela")}),
        ("updateNoteFields", update("apple")),
        ("deleteNotes", {"notes": []}),
    )
    assert users_step.col.undo_status() == status


@TOGETHER
def test_writes_that_turn_out_to_change_nothing_leave_no_empty_step(users_step, run):
    run(users_step, ("deleteNotes", {"notes": [1]}), ("deleteNotes", {"notes": [2]}))
    assert undo_name(users_step) == USERS
    assert redo_name(users_step) == ""


@TOGETHER
def test_a_write_after_one_that_changed_nothing_has_its_step(users_step, run):
    before = state_of(users_step)
    run(users_step, ("deleteNotes", {"notes": [1]}), ("createDeck", {"deck": "Latin"}), ("deleteNotes", {"notes": [2]}))
    assert undo_name(users_step) == "Delete notes, create deck"
    users_step.col.undo()
    assert state_of(users_step) == before
    assert undo_name(users_step) == USERS


# --- writes that Anki refuses, and a user who goes on working ---


class UserAtWork:
    """Lets something happen in the collection when a certain write is called."""

    def __init__(self, step, col):
        self.step = step
        self.col = col

    def write(self, name, label=None):
        return self.step.write(self.col, label, self.col.decks.add_normal_deck_with_name, name)

    def fail(self):
        with pytest.raises(Exception, match="field required"):
            self.step.write(self.col, None, self.col.models.add_dict, self.col.models.new("no fields"))


@pytest.fixture(params=[None, "Ours"])
def at_work(request, users_step):
    from addon.collection.undo_step import AnkiUndoStep

    return UserAtWork(AnkiUndoStep(request.param), users_step.col)


def names_of(col):
    return {deck.name for deck in col.decks.all_names_and_ids()} - {"Default", "Italian", "Italian::A1"}


def test_what_the_user_does_between_two_writes_stays_a_step_of_its_own(at_work):
    at_work.write("first")
    at_work.col.tags.bulk_add([UVA], "between")
    at_work.write("second")
    at_work.write("third")
    steps = []
    while at_work.col.undo_status().undo != USERS:
        steps.append(at_work.col.undo_status().undo)
        at_work.col.undo()
    assert steps == [at_work.step.label or "Add Deck", "Update Tag", at_work.step.label or "Add Deck"]


def test_an_undo_of_the_users_between_two_writes_takes_back_only_the_first(at_work):
    at_work.write("first")
    at_work.col.undo()
    at_work.write("second")
    assert names_of(at_work.col) == {"second"}
    at_work.col.undo()
    assert names_of(at_work.col) == set()
    assert at_work.col.undo_status().undo == USERS


def test_after_a_write_that_anki_refuses_the_next_one_is_a_step_of_its_own(at_work):
    at_work.write("first")
    at_work.fail()  # it wipes Anki's undo history
    at_work.write("second")
    at_work.write("third")
    assert at_work.col.undo_status().undo == (at_work.step.label or "Add Deck")
    at_work.col.undo()
    assert names_of(at_work.col) == {"first"}
    assert at_work.col.undo_status().undo == ""


def test_a_refused_write_leaves_no_empty_step(at_work):
    at_work.fail()
    assert at_work.col.undo_status().undo == ""


def test_a_call_that_fails_before_it_writes_leaves_the_history_and_no_empty_step(at_work):
    def fails():
        raise KeyError

    with pytest.raises(KeyError):
        at_work.step.write(at_work.col, "Ours", fails)
    assert at_work.col.undo_status().undo == USERS
    at_work.write("first")
    with pytest.raises(KeyError):
        at_work.step.write(at_work.col, "Ours", fails)
    at_work.write("second")
    at_work.col.undo()
    assert names_of(at_work.col) == set()
    assert at_work.col.undo_status().undo == USERS


def test_a_wiped_history_is_not_mistaken_for_an_earlier_one(at_work):
    """Anki counts its steps from 1 again after a wipe."""
    at_work.fail()
    at_work.write("first")
    at_work.fail()
    at_work.col.tags.bulk_add([UVA], "the user's")
    at_work.write("second")
    at_work.col.undo()
    assert names_of(at_work.col) == {"first"}
    assert at_work.col.undo_status().undo == "Update Tag"


def test_writes_of_a_batch_are_told_to_the_host_in_one_piece(gateway):
    told = []
    gateway.host.changed = told.append
    batch(gateway, ("createDeck", {"deck": "Latin"}), ("suspend", {"cards": [MELA_CARD]}), ("deckNames", {}))
    (changes,) = told
    assert changes.deck
    assert changes.card
    assert changes.study_queues
    batch(gateway, ("createDeck", {"deck": "Latin"}), ("deckNames", {}), ("addNote", {"note": {}}))
    assert len(told) == 1


def test_a_card_moved_by_an_undo_is_back_in_its_deck(users_step):
    users_step.rpc("deleteDecks", {"decks": ["Italian::A1"], "cardsToo": True})
    users_step.col.undo()
    assert users_step.col.get_card(MELA_CARD).did == ITALIAN_A1


@pytest.mark.parametrize("run", [batch, multi])
def test_a_multi_inside_a_batch_belongs_to_its_step(users_step, run):
    before = users_step.col.note_count()
    inner = {"actions": [{"action": "addNote", "params": {"note": note(word)}} for word in ("pesca", "kiwi")]}
    run(users_step, ("addNote", {"note": note("pera")}), ("multi", inner), ("addNote", {"note": note("fico")}))
    assert users_step.col.note_count() == before + 4
    users_step.col.undo()
    assert users_step.col.note_count() == before
    assert undo_name(users_step) == USERS
