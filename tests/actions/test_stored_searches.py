"""Searches and dates in a collection that would end Anki, or that it cannot read: a clear error names the place."""

import ast
import inspect
from pathlib import Path

import pytest
import seed
from anki._backend import RustBackend
from anki.deck_config_pb2 import DeckConfig
from anki.decks_pb2 import Deck
from sizes import for_rows

from addon.schemas.fields.search import DEEPEST, LONGEST_FIELD_NAME
from addon.text.plain import plain

ADDON = Path(__file__).parents[2] / "addon"
DOOR = "searching"

DEEP = f"More than {DEEPEST} parentheses within each other."
DEADLY = {
    "parentheses": ("(" * 20_000, DEEP),
    "parentheses that are closed": ("(" * 5_000 + "mela" + ")" * 5_000, DEEP),
    "denied parentheses": ("-(" * 20_000, DEEP),
    "a field's name of wildcards": (
        "*" * 20_000 + "a:mela",
        f"A field's name of more than {LONGEST_FIELD_NAME} characters.",
    ),
}
MALFORMED = {"a parenthesis that is not closed": "(mela", "a quote that is not closed": '"mela', "no number": "nid:x"}
FINE = {"parentheses": "(" * DEEPEST + "deck:*" + ")" * DEEPEST, "every card": "deck:*"}

PARSERS = {
    *("find_cards", "find_notes", "build_search_string", "search_for", "rebuild_filtered_deck"),
    *("add_or_update_filtered_deck", "simulate_fsrs_review", "simulate_fsrs_workload"),
}
"""What reads searches beside the backend's calls with a param `search`."""
CHECKED_BEFORE = {"rebuild_filtered_deck", "add_or_update_filtered_deck", "search_for"}
"""Called with what went through `find_cards` just before."""
NO_SEARCH = {"find_and_replace", "find_and_replace_tag"}
"""Their `search` is what they look for in a text."""


def parsers():
    signatures = {
        name: inspect.signature(call).parameters
        for name, call in inspect.getmembers(RustBackend, inspect.isfunction)
        if not name.startswith("_")
    }
    found = {name for name, params in signatures.items() if "search" in params}
    return (found | PARSERS) - NO_SEARCH


def calls(tree, is_inside=False):
    """Names of methods that are mentioned, and whether that is within `with parsing(...)`."""
    for node in ast.iter_child_nodes(tree):
        inside = is_inside or (isinstance(node, ast.With) and "parsing(" in ast.unparse(node.items[0]))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) != DOOR:
            yield node.attr, inside
        yield from calls(node, inside)


def test_every_search_goes_through_one_door():
    names = parsers()
    assert {"graphs", "evaluate_params_legacy", "compute_fsrs_params", "search_cards"} <= names
    bypasses = [
        f"{path.name}: {name}"
        for path in ADDON.rglob("*.py")
        if path.stem != DOOR and "_vendor" not in path.parts
        if any(name in path.read_text() for name in names)
        for name, is_inside in calls(ast.parse(path.read_text()))
        if name in names and not is_inside and name not in CHECKED_BEFORE
    ]
    assert bypasses == []


def store(gateway, statement, *values):
    """Write as a sync would, past all checks."""
    gateway.col.db.execute(statement, *values)
    gateway.col.close()
    gateway.col.reopen()


def set_preset(gateway, **members):
    blob = bytes(gateway.col.db.scalar("select config from deck_config where id = 1"))
    config = DeckConfig.Config.FromString(blob)
    for name, value in members.items():
        setattr(config, name, value)
    store(gateway, "update deck_config set config = unhex(?) where id = 1", config.SerializeToString().hex())


def set_term(gateway, deck_id, text):
    kind = Deck.KindContainer.FromString(bytes(gateway.col.db.scalar("select kind from decks where id = ?", deck_id)))
    kind.filtered.search_terms[-1].search = text
    store(gateway, "update decks set kind = unhex(?) where id = ?", kind.SerializeToString().hex(), deck_id)


@pytest.fixture
def deck_id(gateway):
    """A filtered deck of two searches."""
    terms = [{"search": "deck:Italian"}, {"search": "tag:fruit"}]
    return gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": terms})["result"]["deckId"]


def error_of(gateway, method, **params):
    error = gateway.rpc(method, params)["error"]
    assert len(error["message"]) < 300
    return (
        error["data"]["kind"],
        error["message"],
        {key: value for key, value in error["data"].items() if key != "kind"},
    )


def plainly(text):
    """An error of the old protocol, as JSON-RPC has it: Anki's own text comes after ours."""
    place, colon, theirs = text.partition(": ")
    return place + colon + plain(theirs)


USERS_OF_PRESETS = ["evaluateFsrsParams", "optimizeFsrsParams"]


@for_rows("method", USERS_OF_PRESETS)
@for_rows("name", [*DEADLY, *MALFORMED])
def test_a_preset_with_an_unreadable_search_is_named(kept, method, name):
    gateway = kept.unchanged()
    text, reason = DEADLY.get(name) or (MALFORMED.get(name), None)
    set_preset(gateway, param_search=text)
    kind, message, data = error_of(gateway, method, preset="Default")
    assert (kind, data) == ("invalid_search", {"preset": "Default", "field": "weightSearch"})
    assert message.startswith("weightSearch of the preset 'Default': ")
    assert reason is None or message.endswith(reason)
    assert plainly(gateway.legacy(method, preset="Default")["error"]) == message
    assert gateway.rpc(method, {"preset": "Default", "search": "deck:*"}).get("error", {"code": 0})["code"] != -32603


@for_rows("name", DEADLY)
def test_a_preset_with_a_deadly_search_can_be_read_used_and_mended(kept, name):
    gateway = kept.unchanged()
    set_preset(gateway, param_search=DEADLY[name][0])
    config = gateway.rpc("getDeckConfig", {"deck": "Italian"})["result"]
    assert config["weightSearch"] == DEADLY[name][0]
    for method, params in {
        "setFsrsActive": {"active": True},
        "getFsrsParams": {},
        "simulateReviews": {"preset": "Default", "days": 1},
        "setDesiredRetention": {"preset": "Default", "desiredRetention": 0.8},
        "setDeckPreset": {"decks": ["Italian"], "preset": "Default"},
        "getDeckPresets": {},
    }.items():
        assert "result" in gateway.rpc(method, params), method
    assert error_of(gateway, "cloneDeckConfigId", name="copy")[0] == "refused"
    assert gateway.rpc("saveDeckConfig", {"config": {**config, "weightSearch": ""}})["result"] is True
    assert error_of(gateway, "evaluateFsrsParams", preset="Default")[0] == "refused"  # there are no reviews


@pytest.mark.parametrize("name", FINE)
def test_a_preset_with_a_readable_search_is_used(gateway, name):
    set_preset(gateway, param_search=FINE[name])
    assert error_of(gateway, "evaluateFsrsParams", preset="Default")[0] == "refused"  # there are no reviews


@for_rows("member", ["weightSearch", "paramSearch"])
@for_rows("name", DEADLY)
def test_no_deadly_search_gets_into_a_preset(reading, member, name):
    text, reason = DEADLY[name]
    config = {**reading.rpc("getDeckConfig", {"deck": "Italian"})["result"], member: text}
    before = reading.col.db.list("select hex(config) from deck_config")
    error = error_of(reading, "saveDeckConfig", config=config)
    assert error[:2] == ("invalid_params", f"Invalid params: config.{member}: {reason}")
    assert reading.legacy("saveDeckConfig", config=config) == {"result": None, "error": reason}
    assert reading.col.db.list("select hex(config) from deck_config") == before


DATES = {"": True, "2026-11-24": True, "0001-01-01": True, "9999-12-31": True}
DATES |= dict.fromkeys(["nonsense", "2026-13-01", "2026-02-30", "24.11.2026", "2026-11-24T00:00:00", "0", "-1"], False)
DATES |= dict.fromkeys(["20261124", "2026-W01-1", "\u0662026-11-24", "1" * 20_000, "2026-11-24 ", "99999-01-01"], False)


@for_rows("date", DATES)
def test_a_date_is_refused_by_its_name_where_it_is_written_and_where_it_is_read(kept, date):
    gateway = kept.unchanged()
    config = gateway.rpc("getDeckConfig", {"deck": "Italian"})["result"] | {"ignoreRevlogsBeforeDate": date}
    saved = gateway.rpc("saveDeckConfig", {"config": config})
    assert ("result" in saved) is DATES[date]
    if not DATES[date]:
        message = "Not a date as in `2026-11-24`."
        assert saved["error"]["message"] == f"Invalid params: config.ignoreRevlogsBeforeDate: {message}"
        assert gateway.legacy("saveDeckConfig", config=config) == {"result": None, "error": message}
    set_preset(gateway, ignore_revlogs_before_date=date)
    for method in USERS_OF_PRESETS:
        kind, message, data = error_of(gateway, method, preset="Default")
        assert kind == "refused"
        assert ("not a date" in message) is not DATES[date]
        assert ("field" in data) is not DATES[date]


@pytest.mark.parametrize("name", [*DEADLY, *MALFORMED])
def test_a_filtered_deck_with_an_unreadable_search_is_named_and_stays_as_it_is(gateway, deck_id, name):
    text, reason = DEADLY.get(name) or (MALFORMED.get(name), None)
    set_term(gateway, deck_id, text)
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})
    undo = gateway.rpc("undoStatus")
    kind, message, data = error_of(gateway, "rebuildFilteredDeck", deck="Cram")
    assert (kind, data) == ("invalid_search", {"deck": "Cram", "field": "terms.1.search"})
    assert message.startswith("terms.1.search of the filtered deck 'Cram': ")
    assert reason is None or message.endswith(reason)
    assert plainly(gateway.legacy("rebuildFilteredDeck", deck="Cram")["error"]) == message
    assert error_of(gateway, "updateFilteredDeck", deck="Cram", reschedule=False) == (kind, message, data)
    assert gateway.rpc("undoStatus") == undo
    assert gateway.rpc("getFilteredDeck", {"deck": "Cram"})["result"]["terms"][1]["search"] == text
    assert gateway.rpc("emptyFilteredDeck", {"deck": "Cram"})["result"] == 2
    assert gateway.rpc("deleteDecks", {"decks": ["Cram"], "cardsToo": True})["result"] == ["Cram"]


@pytest.mark.parametrize("name", FINE)
def test_a_filtered_deck_with_a_readable_search_is_rebuilt(gateway, deck_id, name):
    set_term(gateway, deck_id, FINE[name])
    assert gateway.rpc("rebuildFilteredDeck", {"deck": "Cram"})["result"] == 2


@for_rows("id", [2**63 - 1, 2**62, 10**15, 4_000_000_000_000, 0, -1, -(10**14), -(2**63)])
def test_a_review_at_an_odd_time_does_not_count_as_a_day_of_study_unless_it_is_one(kept, id):
    gateway = kept.unchanged()
    before = gateway.rpc("studyStreak")["result"]
    gateway.col.db.execute("insert into revlog values (?, ?, -1, 3, 1, 1, 2500, 5210, 1)", id, seed.UVA_CARD)
    is_past = -1 <= id <= 0
    assert gateway.rpc("studyStreak")["result"] == {**before, "daysStudied": 1 + is_past}
