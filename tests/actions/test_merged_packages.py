"""Packages of chosen notes, and packages that are merged as the caller chooses."""

import shutil
import time
import zipfile
from pathlib import Path

import pytest
import seed
from local_gateway import LocalGateway

NONE = {
    name: []
    for name in (
        *("new", "updated", "unchanged", "firstFieldMatch"),
        *("conflicting", "missingModel", "missingDeck", "emptyFirstField"),
    )
}


def result(gateway, method, /, **params):
    answer = gateway.rpc(method, params)
    assert "error" not in answer, answer
    return answer["result"]


def kind(gateway, method, **params):
    return gateway.rpc(method, params)["error"]["data"]["kind"]


def history(gateway):
    status = gateway.col.undo_status()
    return status.undo, status.redo, status.last_step, gateway.col.mod


def change(gateway, note_id, mod=None, **fields):
    note = gateway.col.get_note(note_id)
    for name, value in fields.items():
        note[name] = value
    gateway.col.update_note(note)
    if mod is not None:
        gateway.col.db.execute("update notes set mod = ? where id = ?", mod, note_id)


@pytest.fixture
def package(tmp_path):
    return str(tmp_path / "some.apkg")


@pytest.fixture
def empty(open_gateway):
    """A collection without notes and without the deck of the packages."""
    gateway = open_gateway()
    gateway.col.remove_notes([seed.MELA, seed.UVA])
    gateway.col.decks.remove([seed.ITALIAN])
    return gateway


# --- exporting ---


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"notes": [seed.UVA, seed.MELA, seed.MELA]}, 2),
        ({"cards": [seed.UVA_CARD]}, 1),
        ({"query": "uva or nothing"}, 1),
        ({"deck": "ITALIAN"}, 2),
        ({"all": True}, 2),
        ({"notes": []}, 0),
        ({"cards": []}, 0),
        ({"query": "nothing"}, 0),
    ],
)
def test_the_notes_to_export_are_chosen(gateway, empty, package, chosen, count):
    before = history(gateway)
    assert result(gateway, "exportNotesPackage", path=package, **chosen) == count
    assert history(gateway) == before
    done = result(empty, "mergePackage", path=package)
    assert (done["found"], len(done["new"])) == (count, count)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"notes": [5]}, "note_not_found"),
        ({"cards": [seed.UVA_CARD, 5]}, "card_not_found"),
        ({"deck": "Nope"}, "deck_not_found"),
        ({"query": "("}, "invalid_search"),
        ({}, "invalid_params"),
        ({"all": False}, "invalid_params"),
        ({"all": True, "query": ""}, "invalid_params"),
    ],
)
def test_an_unknown_choice_writes_no_package(gateway, package, tmp_path, chosen, expected):
    assert kind(gateway, "exportNotesPackage", path=package, **chosen) == expected
    assert list(tmp_path.glob("*.apkg")) == []


@pytest.mark.parametrize(("legacy", "member"), [(True, "collection.anki21"), (False, "collection.anki21b")])
@pytest.mark.parametrize("method", ["exportNotesPackage", "exportPackage"])
def test_the_form_of_the_package_and_its_media_are_chosen(gateway, package, method, legacy, member):
    change(gateway, seed.MELA, Meaning="[sound:_ciao.txt]")
    chosen = {"notes": [seed.MELA]} if method == "exportNotesPackage" else {"deck": "Italian"}
    for with_media in (True, False):
        result(gateway, method, path=package, **chosen, withMedia=with_media, legacy=legacy)
        with zipfile.ZipFile(package) as file:
            assert member in file.namelist()
            assert ("0" in file.namelist()) is with_media


def test_scheduling_and_options_are_kept_if_wanted(gateway, open_gateway, package):
    gateway.col.sched.set_due_date([seed.MELA_CARD], "7!")
    for with_scheduling in (True, False):
        other = open_gateway()
        other.col.remove_notes([seed.MELA])
        result(gateway, "exportNotesPackage", path=package, notes=[seed.MELA], withScheduling=with_scheduling)
        result(other, "mergePackage", path=package)
        assert other.col.get_card(seed.MELA_CARD).ivl == (7 if with_scheduling else 0)


def test_options_come_with_the_scheduling_unless_the_call_says_otherwise(gateway, open_gateway, package):
    hard = gateway.rpc("cloneDeckConfigId", {"name": "Hard"})["result"]
    gateway.rpc("setDeckPreset", {"decks": ["Italian::A1"], "preset": "Hard"})
    for more, expected in (
        ({"includeSched": True}, [hard]),
        ({"includeSched": True, "withDeckOptions": False}, []),
        ({"includeSched": False, "withDeckOptions": True}, [hard]),
        ({}, []),
    ):
        other = open_gateway()
        other.col.remove_notes([seed.MELA, seed.UVA])
        other.col.decks.remove([seed.ITALIAN])
        result(gateway, "exportPackage", deck="Italian", path=package, **more)
        result(other, "mergePackage", path=package)
        assert [preset["id"] for preset in other.col.decks.all_config() if preset["name"] == "Hard"] == expected


# --- merging ---


def test_what_was_merged_is_one_step(gateway, empty, package):
    result(gateway, "exportNotesPackage", path=package, all=True)
    done = result(empty, "mergePackage", path=package)
    assert done == {**NONE, "found": 2, "new": [seed.MELA, seed.UVA]}
    assert empty.col.undo_status().undo == "Import"
    empty.col.undo()
    assert empty.col.note_count() == 0


@pytest.mark.parametrize(
    ("choice", "later", "expected"),
    [
        ("ifNewer", 9, "theirs"),
        ("ifNewer", -9, "ours"),
        ("always", -9, "theirs"),
        ("always", 0, "ours"),
        ("never", 9, "ours"),
    ],
)
def test_a_known_note_is_updated_as_wanted(gateway, open_gateway, choice, later, expected):
    other, package = open_gateway(), str(Path(gateway.col.path).with_name("some.apkg"))
    change(gateway, seed.MELA, seed.FIXED + later, Meaning="theirs")
    change(other, seed.MELA, seed.FIXED, Meaning="ours")
    result(gateway, "exportNotesPackage", path=package, notes=[seed.MELA])
    done = result(other, "mergePackage", path=package, updateNotes=choice)
    assert other.col.get_note(seed.MELA)["Meaning"] == expected
    which = "updated" if expected == "theirs" else "unchanged"
    assert done == {**NONE, "found": 1, which: [seed.MELA]}


def test_a_note_type_with_other_fields_is_a_conflict_unless_it_is_merged(gateway, open_gateway, package):
    other = open_gateway()
    gateway.rpc("modelFieldAdd", {"modelName": "Italian vocab", "fieldName": "More"})
    change(gateway, seed.MELA, 4 * 10**9, Meaning="theirs", More="x")  # later than the merge, which changes our notes
    result(gateway, "exportNotesPackage", path=package, notes=[seed.MELA])
    done = result(other, "mergePackage", path=package)
    assert done == {**NONE, "found": 1, "conflicting": [["mela", "theirs", "x"]]}
    assert other.col.get_note(seed.MELA)["Meaning"] == "apple"
    assert result(other, "mergePackage", path=package, mergeModels=True)["updated"] == [seed.MELA]
    note = other.col.get_note(seed.MELA)
    assert (note["Meaning"], note["More"]) == ("theirs", "x")


def test_another_note_type_of_the_same_name_gets_a_new_name(gateway, empty, package):
    gateway.rpc("modelFieldAdd", {"modelName": "Basic", "fieldName": "More"})
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "f", "Back": "b", "More": "m"}}
    id = gateway.rpc("addNote", {"note": note})["result"]
    result(gateway, "exportNotesPackage", path=package, notes=[id])
    assert len(result(empty, "mergePackage", path=package)["new"]) == 1
    assert empty.col.models.by_name("Basic+") is not None


def test_cards_come_in_new_and_active_without_scheduling(gateway, empty, package):
    gateway.col.sched.set_due_date([seed.MELA_CARD], "7!")
    gateway.col.sched.suspend_cards([seed.UVA_CARD])
    result(gateway, "exportNotesPackage", path=package, all=True, withScheduling=True)
    result(empty, "mergePackage", path=package, withScheduling=False)
    cards = [empty.col.get_card(id) for id in (seed.MELA_CARD, seed.UVA_CARD)]
    assert [(card.type, card.queue, card.ivl) for card in cards] == [(0, 0, 0)] * 2


def test_the_package_of_a_collection_is_merged(gateway, empty, tmp_path):
    path = str(tmp_path / "all.colpkg")
    gateway.col.export_collection_package(path, include_media=True, legacy=False)
    gateway.col.reopen()
    change(empty, add(empty), Meaning="stays")
    assert len(result(empty, "mergePackage", path=path)["new"]) == 2
    assert empty.col.note_count() == 3


def add(gateway):
    note = {"deckName": "Default", "modelName": "Italian vocab", "fields": {"Word": "own"}}
    return gateway.rpc("addNote", {"note": note})["result"]


@pytest.mark.parametrize("content", [b"", b"garbage", None])
def test_a_package_that_anki_refuses_keeps_the_history(gateway, tmp_path, content):
    path = tmp_path / "a.apkg"
    if content is not None:
        path.write_bytes(content)
    add(gateway)
    before = history(gateway)
    assert kind(gateway, "mergePackage", path=str(path)) == "file_problem"
    assert history(gateway) == before


def test_it_is_merged_as_an_operation(gateway, empty, package):
    result(gateway, "exportNotesPackage", path=package, all=True)
    id = result(empty, "startOperation", method="mergePackage", params={"path": package})["id"]
    deadline = time.monotonic() + 20
    while (done := result(empty, "getOperation", id=id))["state"] in {"queued", "running"}:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert (done["state"], done["result"]["found"]) == ("done", 2)


def test_the_old_protocol_has_the_same_methods(gateway, empty, package):
    assert gateway.legacy("exportNotesPackage", path=package, all=True)["result"] == 2
    assert empty.legacy("mergePackage", path=package)["result"]["found"] == 2


# --- nothing to do ---


@pytest.fixture(scope="module")
def merged(example_collection, tmp_path_factory):
    """A package, and a collection that has everything of it."""
    folders = [tmp_path_factory.mktemp("merged") for _ in range(2)]
    gateway, other = (LocalGateway(seed.copy(example_collection, folder)) for folder in folders)
    package, path = folders[0] / "some.apkg", Path(other.col.path)
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "f", "Back": "b"}}
    gateway.rpc("addNote", {"note": note})
    gateway.col.sched.set_due_date([seed.MELA_CARD], "7!")
    change(gateway, seed.MELA, seed.FIXED + 5, Meaning="[sound:_ciao.txt]")
    result(gateway, "exportNotesPackage", path=str(package), all=True, withScheduling=True, withDeckOptions=True)
    result(other, "mergePackage", path=str(package))
    for each in (gateway, other):
        each.close()
    return package, path


@pytest.fixture
def known(merged, package, tmp_path):
    """That collection beside that package, with a step to undo and one to redo."""
    shutil.copy(merged[0], package)
    other = LocalGateway(seed.copy(merged[1], tmp_path))
    other.col.decks.rename(1, "Renamed")
    other.col.set_config("undone", 1, undoable=True)
    other.col.undo()
    yield other
    other.close()


@pytest.mark.parametrize("more", [{}, {"updateNotes": "always"}, {"updateNotes": "never"}, {"mergeModels": True}])
def test_a_package_without_news_changes_nothing(known, package, more):
    before = history(known)
    assert before[:2] == ("Rename Deck", "Update Config")
    expected = {**NONE, "found": 3, "unchanged": list(known.col.find_notes("", order="n.id"))}
    assert result(known, "mergePackage", path=package, **more) == expected
    assert history(known) == before


def test_of_a_package_without_notes_nothing_comes(gateway, known, package):
    result(gateway, "exportNotesPackage", path=package, notes=[])
    before = history(known)
    assert result(known, "mergePackage", path=package) == {**NONE, "found": 0}
    assert history(known) == before


def change_note(col):
    col.db.execute("update notes set mod = ? where id = ?", seed.FIXED, seed.MELA)


def rename_field(col):
    model = col.models.by_name("Italian vocab")
    col.models.rename_field(model, model["flds"][1], "Other")
    col.models.update_dict(model)


CHANGES = {
    "a note": change_note,
    "a deleted card": lambda col: col.remove_notes([seed.UVA]),
    "a deck": lambda col: col.decks.rename(seed.ITALIAN, "Elsewhere"),
    "a file": lambda col: (Path(col.media.dir()) / "_ciao.txt").unlink(),
    "a field": rename_field,
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_missing_or_older_is_imported(known, package, what):
    CHANGES[what](known.col)
    before = known.col.undo_status().last_step
    result(known, "mergePackage", path=package)
    assert known.col.undo_status().last_step > before
