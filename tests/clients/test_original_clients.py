"""Clients of AnkiConnect, as they are published, in the flows they were written for; nothing of theirs is copied."""

import json
import subprocess

import pytest
from examples import ROOT

PYTHON = ROOT / ".venv-clients" / "bin" / "python"


@pytest.fixture
def port(serve, collection):
    """The port of a gateway on a copy of the example collection."""
    return serve("--collection", collection).ready().port


def run(command, script, port):
    """Run a script, which prints JSON; `PORT` in it is the gateway's."""
    done = subprocess.run(
        [*command, script.replace("PORT", str(port))], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


YANKI = """
import { YankiConnect } from "./clients/typescript/node_modules/yanki-connect/dist/index.js";
const anki = new YankiConnect({ port: PORT });
const kind = { deckName: "Japanese", modelName: "Italian vocab", tags: ["new"] };
const note = (word) => ({ ...kind, fields: { Word: word, Meaning: "?" } });
const deck = await anki.deck.createDeck({ deck: "Japanese" });
const id = await anki.note.addNote({ note: note("はい") });
const refused = await anki.note.addNote({ note: note("はい") }).catch((error) => error.message);
const several = await anki.note.addNotes({ notes: [note("いいえ"), note("土")] });
await anki.note.updateNoteFields({ note: { id, fields: { Meaning: "yes" } } });
await anki.note.addTags({ notes: [id], tags: "word short" });
const file = await anki.media.storeMediaFile({ filename: "hai.txt", data: btoa("hai"), deleteExisting: true });
const cards = await anki.card.findCards({ query: "deck:Japanese" });
await anki.card.suspend({ cards });
const [info] = await anki.note.notesInfo({ notes: [id] });
const suspended = await anki.card.areSuspended({ cards });
await anki.note.deleteNotes({ notes: several });
console.log(JSON.stringify({
  deck: (await anki.deck.deckNamesAndIds()).Japanese === deck,
  refused,
  meaning: info.fields.Meaning.value,
  tags: info.tags,
  text: atob(await anki.media.retrieveMediaFile({ filename: file })),
  suspended,
  left: (await anki.note.findNotes({ query: "deck:Japanese" })).length,
  version: await anki.miscellaneous.version(),
  permission: (await anki.miscellaneous.requestPermission()).permission,
}));
"""


@pytest.mark.node
@pytest.mark.usefixtures("typescript")
def test_yanki_connect_from_npm(port):
    assert run(["node", "--input-type=module", "--eval"], YANKI, port) == {
        "deck": True,
        "refused": "cannot create note because it is a duplicate",
        "meaning": "yes",
        "tags": ["new", "short", "word"],
        "text": "hai",
        "suspended": [True, True, True],
        "left": 1,
        "version": 6,
        "permission": "granted",
    }


ANKIAPI = """
import json
from ankiapi import AnkiApi
api = AnkiApi("http://127.0.0.1:PORT")
api.check_server()
api.create_deck("Japanese")
api.add_flashcard("Japanese", "はい", "yes")
print(json.dumps(None))
"""


def test_ankiapi_from_pypi(port):
    run([PYTHON, "-c"], ANKIAPI, port)
    script = "from py_ankiconnect import PyAnkiconnect as A; import json; print(json.dumps(A(default_port=PORT)({})))"
    (note,) = run([PYTHON, "-c"], script.replace("{}", "'notesInfo', query='deck:Japanese'"), port)
    assert {name: field["value"] for name, field in note["fields"].items()} == {"Front": "はい", "Back": "yes"}


PY_ANKICONNECT = """
import json
from py_ankiconnect import PyAnkiconnect
call = PyAnkiconnect(default_port=PORT)
note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera", "Meaning": "pear"}}
id = call("addNote", note=note)
try:
    call("addNote", note=note)
    refused = None
except Exception as error:
    refused = str(error)
call("updateNote", note={"id": id, "fields": {"Meaning": "a pear"}, "tags": ["fruit"]})
many = call("multi", actions=[{"action": "deckNames"}, {"action": "findNotes", "params": {"query": "Word:pera"}}])
print(json.dumps({"refused": refused, "many": many[1]["result"] if isinstance(many[1], dict) else many[1], "id": id,
                  "tags": call("getNoteTags", note=id)}))
"""


def test_py_ankiconnect_from_pypi(port):
    answer = run([PYTHON, "-c"], PY_ANKICONNECT, port)
    assert "cannot create note because it is a duplicate" in answer["refused"]
    assert answer["many"] == [answer["id"]]
    assert answer["tags"] == ["fruit"]
