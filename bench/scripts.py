"""Calls that scripts make on many notes, texts and packages, each beside Anki's own call for the same."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from anki.cards import CardId
from anki.collection import (
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    NoteIdsLimit,
)
from anki.import_export_pb2 import CsvMetadataRequest, ImportCsvRequest
from anki.scheduler_pb2 import CardAnswer

from .bulk import report, stopwatches
from .client import JSON_RPC, body_of, request_of
from .table import overhead

NOTES, ANSWERS, FILES = 5_000, 200, 2_000
CHECKED, TWICE, ALL_CHECKED, TRIED = 2, 3, 3.5, 6
"""Aims: what is named is checked first; the work is done twice, in a trial or in both directions to find equal values;
all notes of the collection are checked for damage; a package is measured, and tried in a new collection, or each file
is looked at.
"""


class Script(NamedTuple):
    """A call, and the same work in this process."""

    method: str
    params: dict[str, Any]
    inside: Callable[[Any, dict[str, Any]], Any]
    count: int
    aim: float
    is_step: bool = True
    """Undone on both sides after each round."""
    prepare: Callable[[Any, Callable[..., Any], dict[str, Any]], None] = lambda col, call, params: None
    """Called before each round with the collection of this process and the calls of the gateway."""


def measure(gateway, col, table, options):
    with tempfile.TemporaryDirectory() as folder:
        scripts = made(col, Path(folder))
        for name, script in scripts.items():
            inside, outside = stopwatches(gateway)
            for _ in range(options.rounds):
                script.prepare(col, gateway.client.call, script.params)
                request = request_of(body_of(JSON_RPC, script.method, script.params))
                with inside:
                    script.inside(col, script.params)
                with outside:
                    answer = bytes(gateway.client.send(request))
                if answer.startswith(b'{"jsonrpc":"2.0","error"'):
                    raise SystemExit(f"{name}: {answer[:300]!r}")
                if script.is_step:
                    col.undo()
                    gateway.client.call("undo")
            title = f"{name}, {script.count:,}"
            report(table, gateway, title, overhead(script.aim), inside=inside, outside=outside)


def made(col, folder):
    """The calls, with the texts and packages that they read."""
    notes = col.db.list(
        "select id from notes where mid = (select id from notetypes where name = 'Basic') order by id limit ?", NOTES
    )
    tag = "topic001"
    tagged = len(col.find_notes(f"tag:{tag}"))
    cards = col.find_cards("is:new -is:suspended")[:ANSWERS]
    text = "".join(f"script {number}\tback {number}\n" for number in range(NOTES))
    header = "#separator:tab\n#html:true\n#notetype:Basic\n#deck:Default\n"
    news = folder / "news.txt"
    news.write_text(header + text)
    known, package = folder / "known.txt", folder / "known.apkg"
    limit = NoteIdsLimit(notes)
    shape = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True, legacy=False)
    export_text(col, {"path": str(known), "notes": notes})
    col.export_anki_package(out_path=str(package), options=shape, limit=limit)
    fresh = with_other_ids(col, folder, shape)
    return {
        "renameTag": Script("renameTag", {"tag": tag, "newName": "renamed"}, rename_tag, tagged, ALL_CHECKED),
        "removeTagsInAllNotes": Script("removeTagsInAllNotes", {"tags": [tag]}, remove_tag, tagged, ALL_CHECKED),
        "findNotes by deck": Script(
            "findNotes", {"query": "", "orderBy": "deck"}, find_sorted, col.note_count(), TWICE, is_step=False
        ),
        "exportNotesText": Script(
            "exportNotesText",
            {"path": str(folder / "out.txt"), "notes": notes},
            export_text,
            NOTES,
            CHECKED,
            is_step=False,
        ),
        "importTextFile": Script("importTextFile", {"path": str(news)}, import_text, NOTES, TWICE),
        "importTextFile, known": Script(
            "importTextFile", {"path": str(known)}, import_text, NOTES, TWICE, is_step=False
        ),
        "exportNotesPackage": Script(
            "exportNotesPackage",
            {"path": str(folder / "out.apkg"), "notes": notes, "withScheduling": True, "withDeckOptions": True},
            lambda col, params: col.export_anki_package(out_path=params["path"], options=shape, limit=limit),
            NOTES,
            1.5,
            is_step=False,
        ),
        "mergePackage": Script("mergePackage", {"path": str(fresh)}, import_package, NOTES, 2.5),
        "mergePackage, known": Script("mergePackage", {"path": str(package)}, import_package, NOTES, 6, is_step=False),
        "answerCards with tokens": Script(
            "answerCards", {"answers": []}, answer, ANSWERS, 2, prepare=lambda *args: with_tokens(*args, cards)
        ),
        "deleteModels": Script("deleteModels", {"modelNames": ["Cloze"]}, delete_model, 1, 1.5),
        "editModel": Script("editModel", EDIT, edit_model, 1, 2.5),
        "deleteMediaFiles": Script(
            "deleteMediaFiles",
            {"filenames": [f"script{number}.txt" for number in range(FILES)]},
            lambda col, params: col.media.trash_files(params["filenames"]),
            FILES,
            TRIED,
            is_step=False,
            prepare=with_files,
        ),
    }


def rename_tag(col, params):
    col.tags.rename(params["tag"], params["newName"])


def remove_tag(col, params):
    col.tags.remove(params["tags"][0])


def find_sorted(col, params):
    return col.find_notes(params["query"], order=col.get_browser_column(params["orderBy"]))


def export_text(col, params):
    col.export_note_csv(
        out_path=params["path"],
        limit=NoteIdsLimit(params["notes"]),
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )


def import_text(col, params):
    metadata = col._backend.get_csv_metadata(CsvMetadataRequest(path=params["path"]))
    col.import_csv(ImportCsvRequest(path=params["path"], metadata=metadata))


def import_package(col, params):
    options = ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=params["path"], options=options))


def with_other_ids(col, folder, shape):
    """A package of as many notes that no collection has."""
    import_text(col, {"path": str(folder / "news.txt")})
    fresh = folder / "fresh.apkg"
    found = col.find_notes("front:script*")
    col.export_anki_package(out_path=str(fresh), options=shape, limit=NoteIdsLimit(found))
    col.undo()
    return fresh


def with_tokens(col, call, params, cards):
    states = call("getAnswerStates", {"cards": cards})
    params["answers"] = [{"cardId": state["cardId"], "ease": 3, "token": state["token"]} for state in states]


def answer(col, params):
    """The states of each card are read twice: by the client, and for the answer."""
    step = col.add_custom_undo_entry("Answer cards")
    for entry in params["answers"]:
        states = col._backend.get_scheduling_states(CardId(entry["cardId"]))
        col._backend.answer_card(
            CardAnswer(
                card_id=entry["cardId"],
                current_state=states.current,
                new_state=states.good,
                rating=CardAnswer.GOOD,
                answered_at_millis=int(time.time() * 1000),
            )
        )
        col.merge_undo_entries(step)


def delete_model(col, params):
    col.models.remove(col.models.id_for_name(params["modelNames"][0]))


EDIT = {
    "modelName": "Mined",
    "edits": [
        {"op": "renameField", "name": "Notes", "newName": "Remarks"},
        {"op": "addField", "name": "Extra"},
        {"op": "setCss", "css": ".card { color: red; }"},
    ],
}


def edit_model(col, params):
    model = col.models.by_name(params["modelName"])
    names = col.models.field_names(model)
    col.models.rename_field(model, model["flds"][names.index("Notes")], "Remarks")
    col.models.add_field(model, col.models.new_field("Extra"))
    model["css"] = ".card { color: red; }"
    col.models.update_dict(model)


def with_files(col, call, params):
    """New files, and an empty trash: a file whose name is taken there is moved in a call of its own."""
    col.media.empty_trash()
    call("emptyMediaTrash")
    for folder in (Path(col.media.dir()), Path(call("getMediaDirPath"))):
        for name in params["filenames"]:
            (folder / name).write_bytes(b"x")
