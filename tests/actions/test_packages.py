"""Packages, written from one collection and read into another."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
import seed
from sizes import for_rows

MISSING = "Failed to open '{}': No such file or directory (os error 2)"


@pytest.fixture
def other(open_gateway):
    """A collection without the deck that the packages hold."""
    gateway = open_gateway()
    gateway.col.remove_notes([seed.MELA, seed.UVA])
    gateway.col.decks.remove([seed.ITALIAN])
    gateway.col.media.trash_files(["_ciao.txt"])
    gateway.col.models.remove(gateway.col.models.by_name("Italian vocab")["id"])
    return gateway


@pytest.fixture
def studied(gateway):
    """The example collection with a sound, a tag that exports drop, and a card that was learned."""
    note = gateway.col.get_note(seed.MELA)
    note["Meaning"] = "apple [sound:\u00e9\U0001f600.mp3]"
    note.tags = ["A1", "leech", "marked"]
    gateway.col.media.write_data("\u00e9\U0001f600.mp3", b"sound")
    gateway.col.update_note(note)
    gateway.col.sched.set_due_date([seed.MELA_CARD], "7!")
    return gateway


def export(gateway, path, deck="Italian", **more):
    return gateway.legacy("exportPackage", deck=deck, path=str(path), **more)


def load(gateway, path):
    return gateway.legacy("importPackage", path=str(path))


DONE = {"result": True, "error": None}


@pytest.mark.parametrize("scheduling", [True, False])
def test_a_deck_makes_the_journey(studied, other, tmp_path, scheduling):
    package = tmp_path / "\u00e9 \u05d0\U0001f600.apkg"
    before = studied.col.undo_status().last_step, studied.col.mod
    assert export(studied, package, "itaLIAN", includeSched=scheduling) == DONE
    assert (studied.col.undo_status().last_step, studied.col.mod) == before
    assert load(other, package) == DONE
    note = other.col.get_note(seed.MELA)
    assert (note["Word"], note["Meaning"]) == ("mela", "apple [sound:\u00e9\U0001f600.mp3]")
    assert note.tags == (["A1", "leech", "marked"] if scheduling else ["A1"])
    (card,) = note.cards()
    assert (card.id, other.col.decks.name(card.did)) == (seed.MELA_CARD, "Italian::A1")
    assert (card.type, card.ivl) == ((2, 7) if scheduling else (0, 0))
    assert other.col.media.have("\u00e9\U0001f600.mp3")
    assert not other.col.media.have("_ciao.txt"), "no note uses it"


def test_an_import_is_one_step_to_undo_and_the_second_adds_nothing(studied, other, tmp_path):
    export(studied, tmp_path / "a.apkg")
    other.rpc("importPackage", [str(tmp_path / "a.apkg")])
    assert other.col.undo_status().undo == "Import"
    load(other, tmp_path / "a.apkg")
    assert (other.col.note_count(), other.col.card_count()) == (2, 2)
    other.col.undo()
    other.col.undo()
    assert (other.col.note_count(), other.col.card_count()) == (0, 0)


def test_only_the_deck_and_its_sub_decks_are_written(studied, other, tmp_path):
    studied.legacy("createDeck", deck="French")
    studied.col.set_deck([seed.UVA_CARD], studied.col.decks.id("French"))
    export(studied, tmp_path / "a.apkg")
    load(other, tmp_path / "a.apkg")
    assert other.col.find_notes("") == [seed.MELA]


def test_an_unknown_deck_is_false_and_writes_nothing(gateway, tmp_path):
    assert export(gateway, tmp_path / "a.apkg", "Nope") == {"result": False, "error": None}
    assert gateway.legacy("exportPackage", deck=None, path=str(tmp_path / "a.apkg"))["result"] is False
    assert not (tmp_path / "a.apkg").exists()


def test_a_package_is_overwritten_and_no_other_file(gateway, tmp_path):
    package = tmp_path / "a.apkg"
    assert [export(gateway, package), export(gateway, package)] == [DONE, DONE]
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as document:
        document.writestr("word/document.xml", "precious")
    for precious in (b"precious", (tmp_path / "a.docx").read_bytes()):
        package.write_bytes(precious)
        error = gateway.rpc("exportPackage", ["Italian", str(package)])["error"]
        assert error["data"] == {"kind": "file_problem", "field": "path"}
        assert "no package" in error["message"]
        assert package.read_bytes() == precious


def test_no_error_tells_where_a_relative_path_leads(gateway):
    for action, params in (("exportPackage", ["Italian", "none/a.apkg"]), ("importPackage", ["none/a.apkg"])):
        message = gateway.rpc(action, params)["error"]["message"]
        assert "none" in message
        assert message.endswith("A relative path begins at the media folder.")
        assert str(Path(gateway.col.path).parent) not in message


@for_rows("action", ["exportPackage", "importPackage"])
@for_rows("name", ["collection.anki2", "collection.anki2-wal", "collection.media.db2"])
def test_the_collection_itself_is_left_alone(kept, action, name):
    gateway = kept.unchanged()
    gateway.legacy("addTags", notes=[seed.MELA], tags="x")
    path = gateway.col.path.replace("collection.anki2", name)
    error = gateway.rpc(action, ["Italian", path] if action == "exportPackage" else [path])["error"]
    assert error["message"] == f"In use by Anki: {path!r}"
    assert gateway.col.note_count() == 2


def test_a_folder_that_does_not_exist_gets_ankis_words(gateway, tmp_path):
    path = tmp_path / "nope" / "a.apkg"
    error = export(gateway, path)["error"]
    assert error.startswith(f"Failed to create file in '{path.parent}': No such file or directory (os error 2) at path")
    assert gateway.rpc("exportPackage", ["Italian", str(path)])["error"]["data"]["kind"] == "file_problem"


@pytest.mark.parametrize("path", ["", "a\0b", "n" * 300, "."])
def test_a_path_that_cannot_be_written_is_an_error(gateway, path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert gateway.rpc("exportPackage", ["Italian", path])["error"]["data"]["kind"] == "file_problem"
    assert set(tmp_path.iterdir()) == before


def test_a_relative_path_begins_at_the_media_folder(gateway):
    assert [export(gateway, "a.apkg"), load(gateway, "a.apkg")] == [DONE, DONE]
    assert Path(gateway.col.media.dir(), "a.apkg").exists()


def damaged(package, how):
    """Spoil a package."""
    if how == "not a zip":
        package.write_bytes(b"hello")
    elif how == "cut off":
        package.write_bytes(package.read_bytes()[:500])
    elif how == "no collection":
        with zipfile.ZipFile(package, "w") as file:
            file.writestr("a", "b")
    elif how == "flipped bits":
        content = bytearray(package.read_bytes())
        content[200:300] = bytes(100)
        package.write_bytes(content)


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("not a zip", "invalid Zip archive: Could not find EOCD"),
        ("cut off", "invalid Zip archive: Could not find EOCD"),
        ("no collection", "The file is no Anki package, as it contains no collection"),
        ("flipped bits", "Failed to copy from 'collection.anki21' to "),
    ],
)
def test_a_damaged_package_is_refused_and_the_undo_history_stays(gateway, tmp_path, how, text):
    export(gateway, tmp_path / "a.apkg")
    damaged(tmp_path / "a.apkg", how)
    gateway.legacy("addTags", notes=[seed.MELA], tags="x")
    assert load(gateway, tmp_path / "a.apkg")["error"].startswith(text)
    error = gateway.rpc("importPackage", [str(tmp_path / "a.apkg")])["error"]
    assert error["data"] == {"kind": "file_problem", "field": "path"}
    assert gateway.col.undo_status().undo == "Update Tag"
    assert gateway.col.note_count() == 2


@pytest.mark.parametrize("name", ["nope.apkg", "n" * 300])
def test_a_package_that_is_not_there_gets_ankis_words(gateway, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    error = load(gateway, name)["error"]
    assert error.startswith(f"Failed to open '{name}': ")
    if name == "nope.apkg":
        assert error == MISSING.format(name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_regular_file_is_not_opened(gateway, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        assert load(gateway, path)["error"] == f"Not a regular file: {str(path)!r}"
        assert export(gateway, path)["error"] == f"Not a regular file: {str(path)!r}"


def test_a_package_of_today_with_compressed_media_is_read(studied, other, tmp_path):
    from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

    studied.col.export_anki_package(
        out_path=str(tmp_path / "a.apkg"),
        options=ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=False),
        limit=DeckIdLimit(seed.ITALIAN),
    )
    shutil.copy(tmp_path / "a.apkg", tmp_path / "no ending")
    assert load(other, tmp_path / "no ending") == DONE
    assert other.col.media.have("\u00e9\U0001f600.mp3")


@for_rows(
    ("action", "params", "text"),
    [
        ("exportPackage", {}, "AnkiConnect.exportPackage() missing 2 required positional arguments: 'deck' and 'path'"),
        ("importPackage", {}, "AnkiConnect.importPackage() missing 1 required positional argument: 'path'"),
        ("exportPackage", {"deck": 5, "path": "x"}, "bad argument type for built-in operation"),
        ("importPackage", {"path": None}, "bad argument type for built-in operation"),
        ("importPackage", {"x": 1}, "AnkiConnect.importPackage() got an unexpected keyword argument 'x'"),
    ],
)
def test_params_that_do_not_fit_say_why(reading, action, params, text):
    assert reading.legacy(action, **params) == {"result": None, "error": text}
    assert reading.rpc(action, params)["error"]["data"]["kind"] == "invalid_params"


def test_what_an_import_changes_in_note_types_is_seen_at_once(gateway, open_gateway, tmp_path):
    other = open_gateway()
    assert other.rpc("modelFieldNames", {"modelName": "Italian vocab"})["result"] == ["Word", "Meaning"]
    gateway.rpc("modelFieldAdd", {"modelName": "Italian vocab", "fieldName": "Audio"})
    assert export(gateway, tmp_path / "x.apkg") == DONE
    assert load(other, tmp_path / "x.apkg") == DONE
    assert other.rpc("modelFieldNames", {"modelName": "Italian vocab"})["result"] == ["Word", "Meaning", "Audio"]


@pytest.mark.parametrize("flag", ["false", "true", "", [], {}, 1.0])
def test_whether_to_keep_the_scheduling_is_no_text(gateway, tmp_path, flag):
    package = tmp_path / "x.apkg"
    error = f"'{type(flag).__name__}' object cannot be interpreted as an integer"
    assert export(gateway, package, "Italian", includeSched=flag) == {"result": None, "error": error}
    assert not package.exists()


@pytest.mark.parametrize("flag", [None, 0, 1, 2, True, False])
def test_whether_to_keep_the_scheduling_may_be_a_number_for_old_clients(gateway, tmp_path, flag):
    assert export(gateway, tmp_path / "x.apkg", "Italian", includeSched=flag) == DONE
