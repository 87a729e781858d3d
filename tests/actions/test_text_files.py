"""Text files of notes: exported, previewed and imported on real collections."""

import os
from pathlib import Path

import pytest
import seed
from sizes import for_rows

VOCAB = {"modelName": "Italian vocab", "deck": "Italian::A1"}
EMPTY = {
    name: []
    for name in (
        *("new", "updated", "unchanged", "firstFieldMatch"),
        *("conflicting", "missingModel", "missingDeck", "emptyFirstField"),
    )
}


def result(gateway, method, **params):
    answer = gateway.rpc(method, params)
    assert "error" not in answer, answer
    return answer["result"]


def error(gateway, method, **params):
    said = gateway.rpc(method, params)["error"]
    return said["data"]["kind"], said["data"].get("field"), said["message"]


def preview(gateway, text, **more):
    return result(gateway, "previewTextFile", text=text, **more)


def load(gateway, text, **more):
    return result(gateway, "importTextFile", text=text, **{**VOCAB, **more})


def notes(gateway):
    return gateway.col.db.list("select flds || '|' || tags from notes order by id")


def history(gateway):
    status = gateway.col.undo_status()
    return status.undo, status.redo, status.last_step, gateway.col.mod


def make_history(gateway):
    """Make a step to undo and one to redo."""
    gateway.col.decks.rename(gateway.col.decks.id_for_name("Italian"), "italian")
    gateway.col.set_config("undone", 1, undoable=True)
    gateway.col.undo()


@pytest.fixture
def gateway_with_history(gateway):
    make_history(gateway)
    return gateway


@pytest.fixture(scope="module")
def kept_gateway_with_history(keep):
    return keep(make_history)


# --- there and back ---


def test_nothing_is_lost_on_the_way_out_and_in(gateway, open_gateway, tmp_path):
    other = open_gateway()
    other.col.remove_notes([seed.MELA, seed.UVA])
    other.col.decks.remove([seed.ITALIAN])
    rich = 'a <b>"quoted"</b>\ttab<br>\nline; <img src="x.png"> \u05d0\U0001f600'
    note = gateway.col.get_note(seed.UVA)
    note["Meaning"], note.tags = rich, ["x::y", "z"]
    gateway.col.update_note(note)
    path = str(tmp_path / "all.txt")
    before = history(gateway)
    assert result(gateway, "exportNotesText", path=path, query="") == 2
    assert history(gateway) == before
    done = result(other, "importTextFile", path=path)
    assert done == {**EMPTY, "found": 2, "new": done["new"]}
    assert len(done["new"]) == 2
    assert notes(other) == notes(gateway)
    assert notes(other)[1] == f"uva\x1f{rich}| x::y z "
    guids = "select guid from notes order by id"
    assert other.col.db.list(guids) == gateway.col.db.list(guids)
    decks = {other.col.decks.name(card.did) for id in done["new"] for card in other.col.get_note(id).cards()}
    assert decks == {"Italian::A1"}
    assert other.col.undo_status().undo == "Import"
    other.col.undo()
    assert other.col.note_count() == 0


def decks_of(gateway):
    col = gateway.col
    fields = col.db.all("select n.flds, c.did from notes n join cards c on c.nid = n.id order by n.id")
    return {text.partition("\x1f")[0]: col.decks.name(deck) for text, deck in fields}


NESTED = ["A::B::C", "A::B", "A::B", "A", "A+", "A", "a::x", "A+::D", "A+", "E::F", "E"]
"""Decks below others come first: Anki then creates `A::B+`, `A::B++` and so on for the others."""


def test_a_deck_that_comes_after_one_below_it_gets_its_notes(gateway, open_gateway, tmp_path):
    other, path = open_gateway(), str(tmp_path / "all.txt")
    lines = [f"word {number}\tb\t{deck}" for number, deck in enumerate(NESTED)]
    text = "#separator:tab\n#notetype:Basic\n#deck column:3\n" + "\n".join(lines)
    before = gateway.col.decks.all_names_and_ids()
    done = result(gateway, "importTextFile", text=text)
    assert len(done["new"]) == len(NESTED)
    found = decks_of(gateway)
    assert [found[f"word {number}"].lower() for number in range(len(NESTED))] == [deck.lower() for deck in NESTED]
    assert result(gateway, "undoStatus") == {"undo": "Import", "redo": None}
    added = {deck.name for deck in gateway.col.decks.all_names_and_ids()} - {deck.name for deck in before}
    assert {name.lower() for name in added} == {"e", "e::f", "a", "a::b", "a::b::c", "a::x", "a+", "a+::d"}
    result(gateway, "exportNotesText", path=path, query="")
    assert len(result(gateway, "importTextFile", path=path)["unchanged"]) == len(NESTED) + 2
    assert result(gateway, "undoStatus") == {"undo": "Import", "redo": None}
    result(other, "importTextFile", path=path)
    assert decks_of(other) == found
    result(gateway, "undo")
    assert gateway.col.decks.all_names_and_ids() == before


def test_reading_back_what_was_written_changes_nothing(gateway_with_history, tmp_path):
    gateway, path = gateway_with_history, str(tmp_path / "all.txt")
    result(gateway, "exportNotesText", path=path, query="")
    before = history(gateway)
    done = result(gateway, "importTextFile", path=path)
    assert done == {**EMPTY, "found": 2, "unchanged": [seed.MELA, seed.UVA]}
    assert history(gateway) == before
    assert before[:2] == ("Rename Deck", "Update Config")


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"notes": [seed.MELA]}, 1),
        ({"query": "uva"}, 1),
        ({"deck": "iTalian"}, 2),
        ({"notes": []}, 0),
        ({"query": ""}, 2),
    ],
)
def test_the_notes_to_export_are_chosen(gateway, tmp_path, chosen, count):
    path = tmp_path / "some.txt"
    assert result(gateway, "exportNotesText", path=str(path), **chosen) == count
    assert len(path.read_text("utf-8").splitlines()) == 6 + count
    assert list(tmp_path.glob("*.new")) == []


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        ({"notes": [seed.MELA, 5]}, "note_not_found"),
        ({"deck": "Nope"}, "deck_not_found"),
        ({"query": "re:("}, "invalid_search"),
        ({}, "invalid_params"),
        ({"notes": [seed.MELA], "query": ""}, "invalid_params"),
    ],
)
def test_an_unknown_choice_writes_no_file(gateway, tmp_path, chosen, kind):
    assert error(gateway, "exportNotesText", path=str(tmp_path / "a.txt"), **chosen)[0] == kind
    assert not (tmp_path / "a.txt").exists()


def test_only_a_damaged_note_that_is_chosen_is_refused(gateway, tmp_path):
    gateway.col.db.execute("update notes set flds = cast(x'ff' as text) where id = ?", seed.UVA)
    path = str(tmp_path / "some.txt")
    assert result(gateway, "exportNotesText", path=path, notes=[seed.MELA]) == 1
    for chosen in ({"notes": [seed.UVA]}, {"query": ""}, {"deck": "Italian"}):
        assert error(gateway, "exportNotesText", path=path, **chosen)[0] == "refused"


def test_columns_and_html_can_be_left_out(gateway, tmp_path):
    note = gateway.col.get_note(seed.MELA)
    note["Meaning"] = "<b>apple</b><br>[sound:a.mp3]<img src=x.png>"
    gateway.col.update_note(note)
    path = tmp_path / "plain.txt"
    off = dict.fromkeys(("html", "tags", "deckName", "modelName", "guid"), False)
    result(gateway, "exportNotesText", path=str(path), notes=[seed.MELA], **off)
    header, line = path.read_text("utf-8").rsplit("\n", 2)[:2]
    assert header == "#separator:tab\n#html:false"
    assert line.startswith("mela\tapple")
    assert "png" not in line


def test_only_such_a_file_is_overwritten(gateway, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("precious")
    kind, field, message = error(gateway, "exportNotesText", path=str(path), query="")
    assert (kind, field, path.read_text()) == ("file_problem", "path", "precious")
    assert "Not overwritten" in message
    path.unlink()
    result(gateway, "exportNotesText", path=str(path), query="")
    assert result(gateway, "exportNotesText", path=str(path), query="mela") == 1


def test_the_new_file_takes_the_place_of_the_old_one_and_of_no_other(gateway, tmp_path):
    path = tmp_path / "notes.txt"
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text("precious")
    result(gateway, "exportNotesText", path=str(path), query="")
    path.chmod(0o600)
    mode = path.stat().st_mode  # Windows knows only some of them
    result(gateway, "exportNotesText", path=str(path), query="")
    assert (path.stat().st_mode, beside.read_text()) == (mode, "precious")
    assert {*tmp_path.glob("*.txt*")} == {path, beside}
    assert result(gateway, "exportNotesText", path=str(tmp_path / f"{'n' * 250}.txt"), query="") == 2
    missing = str(tmp_path / "missing" / "a.txt")
    said = gateway.rpc("exportNotesText", {"path": missing, "query": ""})["error"]
    assert (said["data"]["kind"], said["message"]) == (
        "file_problem",
        f"The folder of this file does not exist: {missing!r}",
    )


@for_rows("method", ["previewTextFile", "importTextFile", "exportNotesText"])
def test_paths_keep_to_the_rules_for_files(reading, method):
    chosen = {"query": ""} if method == "exportNotesText" else {}
    for path in ("/etc/passwd", "none/a.txt", "a\0b", reading.col.path, "."):
        kind, field, message = error(reading, method, path=path, **chosen)
        assert (kind, field) == ("file_problem", "path")
        assert path == reading.col.path or str(Path(reading.col.path).parent) not in message


def test_a_relative_path_begins_at_the_media_folder(gateway):
    result(gateway, "exportNotesText", path="a.txt", query="")
    assert Path(gateway.col.media.dir(), "a.txt").exists()
    assert result(gateway, "previewTextFile", path="a.txt")["guidColumn"] == 1


def test_a_batch_may_import_what_it_has_written(gateway, tmp_path):
    path = str(tmp_path / "a.txt")
    calls = [("exportNotesText", {"path": path, "query": ""}), ("importTextFile", {"path": path})]
    answers = gateway.post(
        [{"jsonrpc": "2.0", "id": id, "method": name, "params": params} for id, (name, params) in enumerate(calls)]
    )
    assert [answer.get("error") for answer in answers] == [None, None]


# --- previewing ---


def test_the_header_says_how_to_read_the_file(reading):
    header = (
        "#separator:pipe\n#html:true\n#notetype:Italian vocab\n#deck:Italian\n#tags:t1 t2\n#columns:Word|Meaning|x\n"
    )
    header += "#if matches:keep current\n#match scope:notetype + deck\n#tags column:3\n"
    assert preview(reading, f"{header}pera|pear|y") == {
        "delimiter": "pipe",
        "isHtml": True,
        "columns": 3,
        "columnLabels": ["Word", "Meaning", "x"],
        "rows": [["pera", "pear", "y"]],
        "modelName": "Italian vocab",
        "fieldColumns": {"Word": 1, "Meaning": 2},
        "deck": "Italian",
        "deckColumn": None,
        "modelColumn": None,
        "tagsColumn": 3,
        "guidColumn": None,
        "tags": ["t1", "t2"],
        "onDuplicate": "keep",
        "matchScope": "noteTypeAndDeck",
        "guessed": [],
        "isNewDeck": False,
        "ignored": [],
    }


def test_a_preview_says_what_is_guessed_and_what_is_ignored(gateway_with_history):
    gateway = gateway_with_history
    before = history(gateway)
    found = preview(gateway, "one word\n")
    assert (found["delimiter"], found["columns"]) == ("space", 2)
    assert found["guessed"] == ["delimiter", "modelName", "deck"]
    found = preview(gateway, "#notetype:nosuch\n#separator:nosuch\n#deck:New::One\na,b\n")
    assert found["ignored"] == ["#separator:nosuch", "#notetype:nosuch"]
    assert (found["guessed"], found["deck"], found["isNewDeck"]) == (["delimiter", "modelName"], "New::One", True)
    assert gateway.col.decks.id_for_name("New::One") is None
    found = preview(gateway, "#notetype column:2\n#deck column:1\na\tb\tc\n")
    assert (found["modelName"], found["fieldColumns"], found["deck"]) == (None, None, None)
    assert (found["modelColumn"], found["deckColumn"], found["guessed"]) == (2, 1, ["delimiter"])
    assert history(gateway) == before


def test_an_open_quotation_mark_shows_in_the_preview(reading):
    assert preview(reading, 'a;"b\nc;d\ne;f\n')["rows"] == [["a", "b\nc;d\ne;f\n"]]


@pytest.mark.parametrize("method", ["previewTextFile", "importTextFile"])
@pytest.mark.parametrize("content", [b"", b"\n", b"#separator:comma\n", b"caf\xe9;x\n", b"a;b\n" * 5000 + b"\xff;x\n"])
def test_a_file_that_anki_cannot_read_is_refused(gateway_with_history, tmp_path, method, content):
    gateway, path = gateway_with_history, tmp_path / "a.csv"
    path.write_bytes(content)
    before = history(gateway)
    kind, field, message = error(gateway, method, path=str(path))
    assert (kind, field) == ("file_problem", "path")
    assert "anki-rpc-" not in message
    assert history(gateway) == before
    if content.isascii():
        assert error(gateway, method, text=content.decode())[:2] == ("file_problem", "text")


def test_a_mark_of_the_byte_order_is_no_content(gateway, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfpera;pear\n")
    assert result(gateway, "previewTextFile", path=str(path))["rows"] == [["pera", "pear"]]


def test_a_file_that_is_too_large_is_refused(open_gateway, tmp_path):
    gateway = open_gateway(limits={"packageMegabytes": 1})
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n" * 2**19)
    kind, _, message = error(gateway, "importTextFile", path=str(path))
    assert kind == "file_problem"
    assert "limits.packageMegabytes" in message


def test_a_preview_of_a_text_needs_no_permission_for_files(open_gateway):
    from addon.actions import REGISTRY
    from addon.rpc.scopes import Scope

    needs = REGISTRY["previewTextFile"].needs
    assert list(needs({"path": None})) == []
    assert [scope for scope, _ in needs({"path": "a"})] == [Scope.FILES]


# --- importing ---


def test_new_known_and_empty_lines_are_told_apart(gateway):
    done = load(gateway, "pera;pear\nuva;raisin\nmela;apple\n;nothing\n")
    assert done["found"] == 4
    assert len(done["new"]) == 1
    assert done == {
        **EMPTY,
        "found": 4,
        "new": done["new"],
        "firstFieldMatch": [seed.UVA],
        "unchanged": [seed.MELA],
        "emptyFirstField": [["", "nothing"]],
    }
    assert notes(gateway) == ["mela\x1fapple| A1 fruit ", "uva\x1fraisin|", "pera\x1fpear|"]
    gateway.col.undo()
    assert notes(gateway) == ["mela\x1fapple| A1 fruit ", "uva\x1fgrapes|"]


@for_rows(
    ("choice", "expected", "which"),
    [("update", "newer", "firstFieldMatch"), ("keep", "apple", "firstFieldMatch"), ("add", "apple", "firstFieldMatch")],
)
def test_a_known_note_is_updated_kept_or_added_again(kept, choice, expected, which):
    gateway = kept.unchanged()
    done = load(gateway, "mela;newer", onDuplicate=choice)
    assert gateway.col.get_note(seed.MELA)["Meaning"] == expected
    assert (len(done[which]), done[which] == [seed.MELA]) == (1, choice != "add")
    assert gateway.col.note_count() == (3 if choice == "add" else 2)


def test_the_choice_of_the_last_import_is_not_the_next_ones(gateway):
    load(gateway, "mela;newer", onDuplicate="add", matchScope="noteTypeAndDeck")
    assert preview(gateway, "a;b")["onDuplicate"] == "update"
    assert preview(gateway, "a;b")["matchScope"] == "noteType"
    load(gateway, "uva;raisin")
    assert gateway.col.get_note(seed.UVA)["Meaning"] == "raisin"


def test_keeping_what_is_known_changes_nothing(gateway_with_history):
    before = history(gateway_with_history)
    done = load(gateway_with_history, "mela;newer", onDuplicate="keep", deck="italian::A1")
    assert done == {**EMPTY, "found": 1, "firstFieldMatch": [seed.MELA]}
    assert history(gateway_with_history) == before


@for_rows("text", [";x\n", "#tags:t\nmela;apple\n", "mela;apple\nmela;apple\n"])
def test_a_file_without_news_changes_nothing(kept_gateway_with_history, text):
    gateway_with_history = kept_gateway_with_history.unchanged()
    before = history(gateway_with_history)
    assert load(gateway_with_history, text, deck="italian::A1", tags=["x"])["new"] == []
    assert history(gateway_with_history) == before


@for_rows("text", ["<b>mela</b>;apple", "mela;apple2", "mela;apple\npera;pear", "MELA;apple"])
def test_what_is_nearly_the_same_is_imported(kept, text):
    gateway = kept.unchanged()
    load(gateway, text, isHtml=True)
    assert gateway.col.undo_status().undo == "Import"


def test_a_known_note_is_looked_for_in_its_deck_if_wanted(gateway):
    assert len(load(gateway, "mela;x", deck="Default", matchScope="noteTypeAndDeck")["new"]) == 1
    assert load(gateway, "mela;y", matchScope="noteTypeAndDeck")["firstFieldMatch"] == [seed.MELA]


def test_an_update_replaces_tags_and_moves_no_card(gateway):
    text = "#tags column:3\n#deck column:4\nmela;newer;x;New\npera;pear;y;New\n"
    done = result(gateway, "importTextFile", text=text, modelName="Italian vocab", tagsForUpdated=["upd"])
    assert gateway.col.get_note(seed.MELA).tags == ["upd", "x"]
    assert gateway.col.decks.name(gateway.col.get_card(seed.MELA_CARD).did) == "Italian::A1"
    (card,) = gateway.col.get_note(done["new"][0]).cards()
    assert gateway.col.decks.name(card.did) == "New"


def test_html_is_escaped_if_it_is_text(gateway):
    load(gateway, "a<b;x & y", isHtml=False)
    load(gateway, "<i>c</i>;d", isHtml=True)
    assert notes(gateway)[2:] == ["a&lt;b\x1fx &amp; y|", "<i>c</i>\x1fd|"]


def test_columns_are_given_to_fields(gateway):
    load(gateway, "pear;x;pera\n", fieldColumns={"word": 3, "Meaning": 1}, tags=["one two"])
    assert notes(gateway)[2] == "pera\x1fpear| one two "


@for_rows(
    ("columns", "kind", "field"),
    [
        ({"Word": 3}, "refused", "fieldColumns"),
        ({"Meaning": 1}, "refused", "fieldColumns"),
        ({}, "refused", "fieldColumns"),
        ({"Word": 1, "Nope": 2}, "not_found", "Nope"),
        ({"Word": 0}, "invalid_params", None),
        ({"Word": 10**12}, "refused", "fieldColumns"),
    ],
)
def test_a_column_that_is_not_there_is_refused(kept_gateway_with_history, columns, kind, field):
    gateway_with_history = kept_gateway_with_history.unchanged()
    gateway = gateway_with_history
    before = history(gateway)
    params = {"text": "a;b", **VOCAB, "fieldColumns": columns}
    assert error(gateway, "importTextFile", **params)[:2] == (kind, field)
    assert history(gateway) == before


@for_rows(
    ("more", "kind"),
    [
        ({"deck": "Nope"}, "deck_not_found"),
        ({"modelName": "Nope"}, "model_not_found"),
        ({"path": "a.csv"}, "invalid_params"),
        ({"text": None}, "invalid_params"),
        ({"onDuplicate": "nope"}, "invalid_params"),
    ],
)
def test_an_unknown_name_changes_nothing(kept_gateway_with_history, more, kind):
    gateway_with_history = kept_gateway_with_history.unchanged()
    before = history(gateway_with_history)
    assert error(gateway_with_history, "importTextFile", **{"text": "a;b", **VOCAB, **more})[0] == kind
    assert history(gateway_with_history) == before


@pytest.mark.parametrize("method", ["previewTextFile", "importTextFile"])
def test_what_the_file_names_for_each_line_cannot_be_named_for_all(reading, method):
    """Anki would read the column as a field."""
    assert error(reading, method, text="#deck column:1\nNew;a;b\n", **VOCAB)[:2] == ("refused", "deck")
    params = {"text": "#notetype column:1\nBasic;a;b\n", "modelName": "Basic"}
    assert error(reading, method, **params)[:2] == ("refused", "modelName")


@pytest.mark.parametrize("method", ["previewTextFile", "importTextFile"])
def test_a_filtered_deck_gets_no_notes(gateway, method):
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Italian"}]})
    before = gateway.col.undo_status(), gateway.col.decks.all_names_and_ids()
    for params in ({"text": "a;b", "deck": "Cram"}, {"text": "#deck:Cram\na;b"}):
        assert error(gateway, method, **params)[0] == "refused"
    assert (gateway.col.undo_status(), gateway.col.decks.all_names_and_ids()) == before


@pytest.mark.parametrize(
    "text",
    ["#deck column:3\na;b;CRAM\n", "#deck column:3\na;b;Cram::below\n", "#deck:Cram::below\na;b\n"],
    ids=["a line", "a line, below it", "all lines, below it"],
)
def test_no_deck_is_created_in_place_of_a_filtered_one_or_below_it(gateway_with_history, text):
    """Anki would create `Cram+`, or fail and clear the undo history."""
    gateway = gateway_with_history
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Italian"}]})
    before = history(gateway), gateway.col.decks.all_names_and_ids()
    assert error(gateway, "importTextFile", text=text, modelName="Italian vocab")[0] == "refused"
    assert (history(gateway), gateway.col.decks.all_names_and_ids()) == before


def test_known_notes_stay_in_their_filtered_deck(gateway, tmp_path):
    """Anki names the filtered deck when it exports a card in one."""
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Italian"}]})
    path = str(tmp_path / "notes.txt")
    result(gateway, "exportNotesText", path=path, query="")
    before = gateway.col.decks.all_names_and_ids()
    assert "Cram" in Path(path).read_text("utf-8")
    assert len(result(gateway, "importTextFile", path=path)["unchanged"]) == 2
    assert gateway.col.decks.all_names_and_ids() == before


def test_a_note_type_that_a_line_names_may_be_missing(gateway):
    text = "#notetype column:1\nnosuch;a;b\nItalian vocab;pera;pear\n"
    done = result(gateway, "importTextFile", text=text, deck="Italian::A1")
    assert (len(done["new"]), done["missingModel"]) == (1, [["a", "b"]])
    columns = {"text": text, "fieldColumns": {"Word": 1}}
    assert error(gateway, "importTextFile", **columns)[:2] == ("refused", "fieldColumns")


def test_an_id_that_belongs_to_another_note_type_is_a_conflict(gateway):
    guid = gateway.col.get_note(seed.MELA).guid
    text = f"#separator:tab\n#guid column:1\n{guid}\tmela\tapple"
    done = result(gateway, "importTextFile", text=text, modelName="Basic", deck="Default")
    assert done == {**EMPTY, "found": 1, "conflicting": [["mela", "apple"]]}
    assert notes(gateway)[0] == "mela\x1fapple| A1 fruit "


def test_a_note_is_updated_by_its_id(gateway):
    guid = gateway.col.get_note(seed.MELA).guid
    text = f"#separator:tab\n#guid column:1\n{guid}\tmela 2\tapple"
    assert result(gateway, "importTextFile", text=text, **VOCAB)["updated"] == [seed.MELA]
    assert notes(gateway)[0] == "mela 2\x1fapple| A1 fruit "


@for_rows("choice", ["keep", "add"])
def test_a_note_is_added_once_by_its_id(kept_gateway_with_history, choice):
    gateway_with_history = kept_gateway_with_history.unchanged()
    gateway = gateway_with_history
    text = f"#separator:tab\n#guid column:1\n{gateway.col.get_note(seed.MELA).guid}\tmela 2\tapple"
    before = history(gateway)
    params = {**VOCAB, "deck": "italian", "text": text, "onDuplicate": choice}
    assert result(gateway, "importTextFile", **params) == {**EMPTY, "found": 1, "unchanged": [seed.MELA]}
    assert history(gateway) == before


def test_the_old_protocol_has_the_same_methods(gateway):
    assert gateway.legacy("importTextFile", text="pera;pear", **VOCAB)["result"]["found"] == 1
    assert gateway.legacy("previewTextFile", text="pera;pear")["result"]["columns"] == 2
    assert gateway.legacy("exportNotesText", path="a.txt", query="")["result"] == 3


def test_the_column_behind_the_fields_is_guessed_to_have_the_tags(gateway):
    found = preview(gateway, "pera;pear;x y\n", **VOCAB)
    assert (found["tagsColumn"], found["guessed"]) == (3, ["delimiter", "tagsColumn"])
    load(gateway, "pera;pear;x y\n")
    assert notes(gateway)[2] == "pera\x1fpear| x y "
