"""The tree of decks, on a real collection."""

import pytest
import seed
from sizes import for_rows

A1, ITALIAN = "Italian::A1", "Italian"


@pytest.fixture
def tree(call):
    """The entries of a tree by full name."""

    def of(**params):
        return {entry["fullName"]: entry for entry in call("deckTree", **params)}

    return of


@pytest.fixture
def decks(call):
    """Creates decks."""
    return lambda *names: [call("createDeck", deck=name) for name in names]


def add(call, count, deck, due=0):
    """Add notes to a deck, of which some are due."""
    note = {"modelName": "Basic", "deckName": deck}
    call("addNotes", notes=[{**note, "fields": {"Front": f"{deck} {n}", "Back": "b"}} for n in range(count)])
    cards = call("findCards", query=f'"deck:{deck}" note:Basic')
    call("setDueDate", cards=cards[:due], days="0")
    return cards


# --- reading ---


def test_each_deck_comes_before_its_sub_decks_and_names_its_parent(tree, decks):
    decks("b::x::1", "b::x::0", "a", "b y", "b::w")
    found = tree()
    assert [*found] == ["a", "b", "b::w", "b::x", "b::x::0", "b::x::1", "b y", ITALIAN, A1]
    for name, entry in found.items():
        above, _, last = name.rpartition("::")
        assert (entry["parent"], entry["name"]) == (above or None, last)


def test_the_counts_are_those_of_ankis_deck_list(gateway, call, tree):
    add(call, 30, A1, due=25)
    add(call, 5, ITALIAN, due=2)
    call("setDeckLimits", decks=[A1], newCards=6, reviews=40)
    call("setDeckLimits", decks=[ITALIAN], newCards=4)
    found = tree()

    def check(node):
        if node.level:
            entry = found[gateway.col.decks.name(node.deck_id)]
            assert entry == {
                **entry,
                "newToday": node.new_count,
                "learningToday": node.learn_count,
                "reviewToday": node.review_count,
                "cards": node.total_in_deck,
                "cardsWithChildren": node.total_including_children,
            }
        for child in node.children:
            check(child)

    check(gateway.col.sched.deck_due_tree())
    parent, child = found[ITALIAN], found[A1]
    assert (child["newToday"], child["reviewToday"]) == (6, 25)
    assert (child["newUncapped"], child["reviewUncapped"]) == (7, 25)  # its own, without limits
    assert (parent["newToday"], parent["reviewToday"]) == (4, 27)  # with the child's, within the limits of both
    assert (parent["newUncapped"], parent["reviewUncapped"]) == (3, 2)  # without the child's
    assert (parent["cards"], parent["cardsWithChildren"]) == (5, 37)


def test_learning_of_a_day_or_longer_is_counted_apart(gateway, call, tree):
    call("updateDeckPreset", preset="Default", changes={"learnSteps": [1440]})
    call("answerCards", answers=[{"cardId": seed.MELA_CARD, "ease": 1}])
    gateway.col.db.execute(f"update cards set due = 0 where id = {seed.MELA_CARD}")
    found = tree()
    assert (found[A1]["interdayLearningUncapped"], found[A1]["learningToday"]) == (1, 1)
    assert (found[ITALIAN]["interdayLearningUncapped"], found[ITALIAN]["learningToday"]) == (0, 1)


def test_default_is_left_out_while_it_is_empty_and_not_alone(gateway, call, tree, decks):
    assert "Default" not in tree()
    assert tree(deck="default")["Default"] == {
        **tree()[A1],
        "deckId": 1,
        "name": "Default",
        "fullName": "Default",
        "parent": None,
        **dict.fromkeys(("newToday", "newUncapped", "cards", "cardsWithChildren"), 0),
    }
    decks("Default::Child")
    assert [*tree()][:2] == ["Default", "Default::Child"]
    call("deleteDecks", decks=["Default::Child"], cardsToo=True)
    add(call, 1, "Default")
    assert tree()["Default"]["cards"] == 1
    call("deleteDecks", decks=["Default", ITALIAN], cardsToo=True)
    assert [*tree()] == ["Default"]  # alone


def test_one_deck_comes_with_its_sub_decks(call, tree, decks):
    decks("Italian::A1::b", "Italian::A10")
    assert tree(deck="italian::a1") == {name: tree()[name] for name in (A1, "Italian::A1::b")}
    assert tree(deck=ITALIAN) == tree()
    assert call("deckTree", deck="Klingon")["kind"] == "deck_not_found"


def test_collapsed_is_what_the_deck_list_shows_and_not_the_browser(gateway, tree):
    deck = gateway.col.decks.get(seed.ITALIAN)
    gateway.col.decks.update_dict({**deck, "collapsed": True, "browserCollapsed": False})
    assert tree()[ITALIAN]["collapsed"] is True
    gateway.col.decks.update_dict({**deck, "collapsed": False, "browserCollapsed": True})
    assert tree()[ITALIAN]["collapsed"] is False


def test_filtered_decks_have_counts_too(call, tree):
    call("createFilteredDeck", deck="Cram", terms=[{"search": "deck:Italian"}])
    entry = tree()["Cram"]
    assert (entry["isFiltered"], entry["newToday"], entry["cards"]) == (True, 2, 2)
    assert tree()[A1]["cards"] == 0


def test_a_deck_whose_parent_is_missing_is_not_shown(gateway, call, tree):
    gateway.col.db.execute("update decks set name = ? where id = ?", "Any\x1fA1", seed.ITALIAN_A1)
    assert [*tree()] == [ITALIAN]
    assert call("deckTree", deck="Any::A1") == {"kind": "refused", "deck": "Any::A1"}


def test_a_tree_of_many_levels_is_no_recursion(tree, decks):
    for depth in range(10, 91, 10):
        decks("::".join(str(level) for level in range(depth)))
    found = tree(deck="0")
    assert len(found) == 90
    assert found["::".join(map(str, range(90)))]["name"] == "89"


# --- moving ---


def names(gateway):
    return [entry.name for entry in gateway.col.decks.all_names_and_ids()]


def test_decks_are_moved_with_their_sub_decks_as_one_step(gateway, call, decks):
    decks("Other", "Italian::A1::b", "French::B1")
    before, cards = names(gateway), gateway.col.db.all("select id, did from cards")
    assert call("moveDecks", decks=["italian::a1", "French::b1", A1], parent="other") == 2
    moved = ["Default", "French", ITALIAN, "Other", "Other::A1", "Other::A1::b", "Other::B1"]
    assert names(gateway) == moved
    assert gateway.col.db.all("select id, did from cards") == cards
    assert call("moveDecks", decks=["Other::A1", "Other"], parent="") == 1
    assert names(gateway) == ["A1", "A1::b", "Default", "French", ITALIAN, "Other", "Other::B1"]
    call("undo")
    assert names(gateway) == moved
    assert call("undo")["redo"] == "Rename Deck"
    assert names(gateway) == before


def test_a_deck_and_its_sub_deck_come_side_by_side(gateway, call, decks):
    decks("Other")
    for wanted in ([ITALIAN, A1], [A1, ITALIAN]):
        assert call("moveDecks", decks=wanted, parent="Other") == 2
        assert names(gateway) == ["Default", "Other", "Other::A1", "Other::Italian"]
        call("undo")


def test_what_is_in_place_is_no_step(gateway, call):
    status = gateway.col.undo_status()
    assert call("moveDecks", decks=[A1], parent=ITALIAN) == 0
    assert call("moveDecks", decks=[ITALIAN, "Default"], parent=None) == 0
    assert call("moveDecks", decks=[], parent=ITALIAN) == 0
    assert gateway.col.undo_status() == status


@for_rows(
    ("wanted", "parent", "data"),
    [
        ([A1], "Other", {"kind": "already_exists", "deck": "Other::A1"}),  # Anki would add a plus sign
        (["French::A1", A1], "Third", {"kind": "already_exists", "deck": "Third::A1"}),
        (["French::ünder"], "Other", {"kind": "already_exists", "deck": "Other::ünder"}),
        ([ITALIAN], A1, {"kind": "refused", "deck": ITALIAN, "parent": A1}),  # Anki would do nothing
        ([A1], A1, {"kind": "refused", "deck": A1, "parent": A1}),
        ([A1], "cram", {"kind": "refused", "parent": "Cram"}),
        ([A1, "Klingon"], "Third", {"kind": "deck_not_found", "deck": "Klingon"}),
        ([A1], "Klingon", {"kind": "deck_not_found", "deck": "Klingon"}),
    ],
)
def test_what_anki_would_do_otherwise_is_refused_as_a_whole(kept, wanted, parent, data):
    gateway = kept.unchanged()
    call = gateway.call
    for deck in ("Other::a1", "Other::Ünder", "Third", "French::A1", "French::ünder"):
        call("createDeck", deck=deck)
    call("createFilteredDeck", deck="Cram", terms=[{"search": ""}])
    before, status = names(gateway), gateway.col.undo_status()
    error = call("moveDecks", decks=["French", *wanted], parent=parent)
    assert {**error, "suggestions": None} == {**data, "suggestions": None}
    assert (names(gateway), gateway.col.undo_status()) == (before, status)


def test_a_deck_moves_below_one_whose_name_begins_as_its_own(gateway, call, decks):
    """Anki mistakes it for a move below itself, and does nothing."""
    decks("Italian::A", "Italian::A::x", "Italian::B")
    before = names(gateway)
    assert call("moveDecks", decks=["Italian::A", "Italian::A::x", "Italian::B"], parent=A1) == 3
    assert names(gateway) == ["Default", ITALIAN, A1, "Italian::A1::A", "Italian::A1::B", "Italian::A1::x"]
    call("undo")
    assert names(gateway) == before
    assert call("moveDecks", decks=["Italian::A"], parent=A1) == 1
    assert "Italian::A1::A::x" in names(gateway)


def test_filtered_decks_can_be_moved(gateway, call):
    call("createFilteredDeck", deck="Cram", terms=[{"search": ""}])
    assert call("moveDecks", decks=["Cram"], parent=ITALIAN) == 1
    assert "Italian::Cram" in names(gateway)


def test_there_are_at_most_a_hundred_levels(gateway, call, decks):
    for depth in range(10, 91, 10):
        decks("::".join(str(level) for level in range(depth)))
        decks("::".join(f"x{level}" for level in range(depth)))
    status = gateway.col.undo_status()
    bottom = "::".join(str(level) for level in range(90))
    assert call("moveDecks", decks=["x0"], parent=bottom)["kind"] == "refused"
    assert gateway.col.undo_status() == status


def test_a_deck_that_anki_cannot_read_is_named_before_anything_is_written(gateway, call, decks):
    decks("Other", "Odd")
    gateway.col.db.execute("update decks set kind = x'ff' where name = 'Odd'")
    status = gateway.col.undo_status()
    assert call("moveDecks", decks=[A1], parent="Other")["kind"] == "anki_error"
    assert gateway.col.undo_status() == status


def test_old_envelopes_work_too(gateway):
    assert gateway.legacy("moveDecks", decks=[A1], parent=None) == {"result": 1, "error": None}
    assert [deck["fullName"] for deck in gateway.legacy("deckTree")["result"]] == ["A1", ITALIAN]
    assert gateway.legacy("moveDecks", decks=["A1"])["error"]  # the parent is always named
