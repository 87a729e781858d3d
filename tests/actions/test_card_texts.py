"""Text files of cards, exported from real collections."""

import csv
from pathlib import Path

import pytest
import seed

HEADER = "#separator:tab\n#html:{}\n"


def export(gateway, path, **chosen):
    answer = gateway.rpc("exportCardsText", {"path": str(path), **chosen})
    assert "error" not in answer, answer
    return answer["result"]


def error(gateway, path, **chosen):
    said = gateway.rpc("exportCardsText", {"path": str(path), **chosen})["error"]
    return said["data"]["kind"], said["data"], said["message"]


def rows(path, html="true"):
    text = Path(path).read_text("utf-8")
    header = HEADER.format(html)
    assert text.startswith(header)
    return sorted(map(tuple, csv.reader(text.removeprefix(header).splitlines(keepends=True), delimiter="\t")))


def history(gateway):
    status = gateway.col.undo_status()
    return status.undo, status.redo, status.last_step, gateway.col.mod


def test_both_sides_are_written_as_they_are_shown(gateway, tmp_path):
    note = gateway.col.get_note(seed.MELA)
    note["Meaning"] = '<b>apple</b>\ttab "quoted"<br>line &amp; [sound:a.mp3]<img src="x.png">\nnext \U0001f600'
    gateway.col.update_note(note)
    gateway.col.undo()
    gateway.col.redo()
    gateway.col.set_config("undone", 1, undoable=True)
    gateway.col.undo()
    before = history(gateway)
    path = tmp_path / "cards.txt"
    assert export(gateway, path, query="") == 2
    assert rows(path) == [("mela", note["Meaning"]), ("uva", "grapes")]
    assert export(gateway, path, query="", html=False) == 2
    (mela, plain), uva = rows(path, "false")
    assert (mela, uva) == ("mela", ("uva", "grapes"))
    assert "png" not in plain
    assert "<" not in plain
    assert "sound" not in plain
    assert history(gateway) == before
    assert before[:2] == ("Update Note", "Update Config")


def test_each_card_of_a_note_has_a_line(gateway, tmp_path):
    for kind, fields in (
        ("Basic (and reversed card)", {"Front": "front", "Back": "back"}),
        ("Cloze", {"Text": "{{c1::one}} {{c2::two}}"}),
    ):
        note = {"deckName": "Default", "modelName": kind, "fields": fields}
        assert gateway.rpc("addNote", {"note": note})["result"]
    path = tmp_path / "cards.txt"
    assert export(gateway, path, deck="default", html=False) == 4
    assert rows(path, "false") == [
        ("[...] two", "one two"),
        ("back", "front"),
        ("front", "back"),
        ("one [...]", "one two"),
    ]
    assert export(gateway, path, query="card:2 front", html=False) == 1
    assert rows(path, "false") == [("back", "front")]


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"cards": [seed.MELA_CARD]}, 1),
        ({"cards": [seed.MELA_CARD, seed.UVA_CARD, seed.MELA_CARD]}, 2),
        ({"cards": []}, 0),
        ({"query": "uva"}, 1),
        ({"query": "nosuch"}, 0),
        ({"query": ""}, 2),
        ({"deck": "iTalian"}, 2),
        ({"deck": "Default"}, 0),
    ],
)
def test_the_cards_to_export_are_chosen(gateway, tmp_path, chosen, count):
    path = tmp_path / "some.txt"
    assert export(gateway, path, **chosen) == count
    assert len(rows(path)) == count
    assert [*tmp_path.glob("*.txt*")] == [path]


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        ({"cards": [seed.MELA_CARD, 5]}, "card_not_found"),
        ({"deck": "Nope"}, "deck_not_found"),
        ({"query": "re:("}, "invalid_search"),
        ({}, "invalid_params"),
        ({"cards": [seed.MELA_CARD], "query": ""}, "invalid_params"),
        ({"notes": [seed.MELA]}, "invalid_params"),
    ],
)
def test_an_unknown_choice_writes_no_file(gateway, tmp_path, chosen, kind):
    path = tmp_path / "a.txt"
    assert error(gateway, path, **chosen)[0] == kind
    assert not path.exists()


def test_only_such_a_file_is_overwritten(gateway, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("precious")
    kind, data, message = error(gateway, path, query="")
    assert (kind, data["field"], path.read_text()) == ("file_problem", "path", "precious")
    assert "Not overwritten" in message
    path.unlink()
    assert "error" not in gateway.rpc("exportNotesText", {"path": str(path), "query": ""})
    assert export(gateway, path, query="mela") == 1
    assert export(gateway, path, query="") == 2


def test_paths_keep_to_the_rules_for_files(gateway):
    for path in ("/etc/passwd", "none/a.txt", "a\0b", gateway.col.path, "."):
        kind, data, message = error(gateway, path, query="")
        assert (kind, data["field"]) == ("file_problem", "path")
        assert path == gateway.col.path or str(Path(gateway.col.path).parent) not in message
    assert export(gateway, "a.txt", query="") == 2
    assert len(rows(Path(gateway.col.media.dir(), "a.txt"))) == 2


@pytest.mark.parametrize("column", ["ord = 9", "nid = 9"])
def test_a_card_that_cannot_be_rendered_is_named_and_the_file_stays(gateway, tmp_path, column):
    path = tmp_path / "a.txt"
    export(gateway, path, query="mela")
    gateway.col.db.execute(f"update cards set {column} where id = {seed.UVA_CARD}")
    kind, data, _ = error(gateway, path, cards=[seed.MELA_CARD, seed.UVA_CARD])
    assert (kind, data.get("card")) == ("refused", seed.UVA_CARD)
    assert rows(path) == [("mela", "apple")]
    assert [*tmp_path.glob("anki-rpc-*")] == []


def test_it_runs_as_an_operation_and_in_the_old_protocol(gateway, tmp_path):
    assert gateway.legacy("exportCardsText", path=str(tmp_path / "b.txt"), query="") == {"result": 2, "error": None}
    start = {"method": "exportCardsText", "params": {"path": str(tmp_path / "a.txt"), "query": ""}}
    assert gateway.rpc("startOperation", start)["result"]["method"] == "exportCardsText"
