"""The rows of Anki's browser."""

import pytest
import seed
from anki.collection import Config
from sizes import for_rows

CARDS, NOTES = [seed.MELA_CARD, seed.UVA_CARD], [seed.MELA, seed.UVA]


def show_notes(gateway):
    gateway.col.set_config_bool(Config.Bool.BROWSER_TABLE_SHOW_NOTES_MODE, value=True)


def every_column(gateway):
    return [column["key"] for column in gateway.rpc("browserColumns")["result"]]


@pytest.mark.parametrize(("member", "ids"), [("cards", CARDS), ("notes", NOTES)])
def test_the_cells_are_those_of_ankis_own_browser(gateway, member, ids):
    if member == "notes":
        show_notes(gateway)
    columns = every_column(gateway)
    rows = gateway.rpc("browserRows", {member: [*ids, ids[0]], "columns": columns})["result"]
    gateway.col._backend.set_active_browser_columns(columns)
    shown = [[cell.text for cell in gateway.col._backend.browser_row_for_id(id).cells] for id in ids]
    assert [(row["id"], row["error"]) for row in rows] == [(id, None) for id in [*ids, ids[0]]]
    assert [[cell.replace("\u2068", "").replace("\u2069", "") for cell in row] for row in shown] == [
        row["cells"] for row in rows[:2]
    ]
    assert rows[2] == rows[0]
    assert len(rows[0]["cells"]) == len(columns) == 19


@pytest.mark.parametrize("member", ["cards", "notes"])
def test_the_columns_of_the_browser_are_put_back(gateway, member):
    if member == "notes":
        show_notes(gateway)
    (gateway.col.load_browser_note_columns if member == "notes" else gateway.col.load_browser_card_columns)()
    id = (CARDS if member == "cards" else NOTES)[0]
    before = gateway.col._backend.browser_row_for_id(id)
    assert "result" in gateway.rpc("browserRows", {member: [id], "columns": ["noteCrt"]})
    assert gateway.col._backend.browser_row_for_id(id) == before


def test_colors_are_those_of_the_state(gateway):
    def color():
        return gateway.rpc("browserRows", {"cards": CARDS[:1], "columns": ["deck"]})["result"][0]["color"]

    assert color() == "default"
    gateway.legacy("suspend", cards=CARDS)
    assert color() == "suspended"
    gateway.legacy("addTags", notes=NOTES, tags="marked")
    assert color() == "marked"
    gateway.rpc("setFlags", {"cards": CARDS, "flag": 4})
    assert color() == "flagBlue"


def test_what_the_browser_is_not_set_to_has_no_rows(gateway):
    error = gateway.rpc("browserRows", {"notes": NOTES, "columns": ["deck"]})["error"]
    assert error["data"] == {"kind": "refused", "field": "notes"}
    assert error["message"] == "Anki's browser is set to cards, so notes have no rows. Send cards instead."
    show_notes(gateway)
    error = gateway.rpc("browserRows", {"cards": CARDS, "columns": ["deck"]})["error"]
    assert error["message"] == "Anki's browser is set to notes, so cards have no rows. Send notes instead."
    assert gateway.col.get_config_bool(Config.Bool.BROWSER_TABLE_SHOW_NOTES_MODE)


def test_a_row_that_anki_cannot_show_says_why_and_leaves_the_others(gateway):
    gateway.col.db.execute("update cards set did = 5, ord = 9 where id = ?", CARDS[0])
    gateway.col.db.execute("update notes set flds = cast(x'ff' as text) where id = ?", NOTES[1])
    columns = ["noteFld", "question", "template"]
    first, second, unknown = gateway.rpc("browserRows", {"cards": [*CARDS, 5], "columns": columns})["result"]
    for row in (first, second):
        assert (row["cells"], row["color"]) == (["", "", ""], "default")
        assert row["error"]
    assert unknown is None


def test_nothing_is_written(gateway):
    gateway.legacy("addTags", notes=NOTES, tags="one")
    gateway.col.undo()
    before = gateway.col.mod, gateway.col.undo_status()
    gateway.rpc("browserRows", {"cards": CARDS, "columns": ["deck"]})
    assert (gateway.col.mod, gateway.col.undo_status()) == before


@for_rows(
    ("params", "text"),
    [
        ({"cards": CARDS, "notes": NOTES, "columns": ["deck"]}, "Give exactly one of cards, notes."),
        ({"columns": ["deck"]}, "Give exactly one of cards, notes."),
        ({"cards": CARDS, "columns": []}, "Must not be empty."),
    ],
)
def test_params_that_do_not_fit(reading, params, text):
    assert text in str(reading.rpc("browserRows", params)["error"]["data"])


def test_an_unknown_column_is_named(reading):
    error = reading.rpc("browserRows", {"cards": CARDS, "columns": ["deck", "due"]})["error"]
    assert (error["data"]["kind"], error["data"]["column"], error["data"]["index"]) == ("refused", "due", 1)
    assert error["message"].startswith("There is no such column: due. The columns are answer, cardDue,")


@for_rows("member", ["cards", "notes"])
@for_rows("side", ["", "{{Front}}" * 100])
def test_a_row_that_would_fill_the_memory_is_not_rendered(kept, member, side):
    """By the template of cards, or by the browser's own."""
    gateway = kept.unchanged()
    model = gateway.col.models.by_name("Basic")
    model["tmpls"][0].update({"bqfmt": side} if side else {"qfmt": "{{Front}}" * 100})
    gateway.col.models.update_dict(model)
    ids = []
    for front in ("a" * 2_000_000, "small"):
        note = {"deckName": "Italian::A1", "modelName": "Basic", "fields": {"Front": front}}
        note = gateway.rpc("addNote", {"note": note})["result"]
        ids.append(note if member == "notes" else gateway.rpc("findCards", {"query": f"nid:{note}"})["result"][0])
    if member == "notes":
        show_notes(gateway)
    large, small = gateway.rpc("browserRows", {member: ids, "columns": ["question"]})["result"]
    assert large["cells"] == [""]
    assert "at most 64 are rendered" in large["error"]
    assert large["error"].endswith(f"{'BrowserFront' if side else 'Front'!r}.")
    assert (small["cells"], small["error"]) == (["small" * 100], None)
    assert len(gateway.rpc("browserRows", {member: ids, "columns": ["deck"]})["result"][0]["cells"]) == 1
