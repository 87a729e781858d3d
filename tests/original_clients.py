"""Clients of AnkiConnect as they are published, in flows they were written for; nothing of theirs is copied."""

import json
import subprocess
from typing import NamedTuple

import pytest
from examples import ROOT

FLOWS = ROOT / "tests" / "clients" / "flows"
PYTHON = ROOT / ".venv-clients" / "bin" / "python"
PUBLISHED = ROOT / ".venv-published" / "bin" / "python"
DUPLICATE = "cannot create note because it is a duplicate"
SEEDED = [["Italian vocab", "mela", "apple", "A1 fruit"], ["Italian vocab", "uva", "grapes", ""]]


class Flow(NamedTuple):
    """A program of somebody's, what it is told, and what it leaves in a copy of the example collection."""

    command: list
    told: dict
    left: dict

    def run(self, port):
        """Run it to its end; returns what it was told."""
        done = subprocess.run([*self.command, str(port)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


def kept(name, command, script, *more):
    """A flow that runs in `make test-clients` only; what it is told and leaves is kept beside its script."""
    path = FLOWS / script
    outcome = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return pytest.param(Flow([command, path, *more], **outcome), id=name, marks=pytest.mark.node)


YANKI_CONNECT_TOLD = {
    "permission": "granted",
    "deck": True,
    "twice": "Model name already exists",
    "duplicate": DUPLICATE,
    "possible": [False, True],
    "refused": f"['{DUPLICATE}']",
    "fields": {"Word": "はい", "Meaning": "yes"},
    "tags": ["brief", "new", "spoken"],
    "text": "hai",
    "suspended": [False, True, True],
    "answered": [True],
    "reviews": [1, 1, 0],
    "many": [5, 1, "model was not found: none"],
    "version": 6,
}
YANKI_CONNECT_LEFT = {
    "decks": ["Default", "Italian", "Italian::A1", "Japanese", "Japanese::Rare"],
    "notes": [
        *SEEDED,
        ["Japanese vocab", "はい", "yes", "brief new spoken"],
        ["Japanese vocab", "いいえ", "?", "new short spoken"],
        ["Japanese vocab", "土", "?", "new"],
    ],
    "suspended": ["いいえ", "土"],
    "reviewed": ["uva", "はい", "いいえ"],
    "media": ["_ciao.txt", "hai.txt"],
}
PY_ANKICONNECT_TOLD = {
    "duplicate": f"Received error: '{DUPLICATE}'",
    "no deck": "Received error: 'deck was not found: Latin'",
    "no action": "Received error: 'unsupported action'",
    "many": [["Default", "Italian", "Italian::A1"], True],
    "tags": ["fruit"],
    "due": 1,
    "css": {"css": ".card { color: green; }"},
    "front": "{{Word}}!",
}
PY_ANKICONNECT_LEFT = {
    "decks": ["Default", "Italian", "Italian::A1"],
    "notes": [*SEEDED, ["Italian vocab", "pera", "a pear", "fruit"]],
    "suspended": [],
    "reviewed": ["uva", "pera"],  # a new due date is in the review log
    "media": ["_ciao.txt"],
}
ANKIAPI_TOLD = {
    "added": True,
    "warned": "Flashcard 'はい' already exists in deck 'Japanese'",
    "stored": "hai.mp3",
}
ANKIAPI_LEFT = {
    "decks": ["Default", "Italian", "Italian::A1", "Japanese"],
    "notes": [*SEEDED, ["Basic", "はい", "yes", ""]],
    "suspended": [],
    "reviewed": ["uva"],
    "media": ["_ciao.txt", "hai.mp3"],
}
each_client = pytest.mark.parametrize(
    "flow",
    [
        pytest.param(
            Flow(["node", FLOWS / "with_yanki_connect.mjs"], YANKI_CONNECT_TOLD, YANKI_CONNECT_LEFT),
            id="yanki-connect from npm",
            marks=pytest.mark.node,
        ),
        pytest.param(
            Flow([PYTHON, FLOWS / "with_py_ankiconnect.py"], PY_ANKICONNECT_TOLD, PY_ANKICONNECT_LEFT),
            id="py-ankiconnect from PyPI",
        ),
        pytest.param(Flow([PYTHON, FLOWS / "with_ankiapi.py"], ANKIAPI_TOLD, ANKIAPI_LEFT), id="ankiapi from PyPI"),
        kept("anki-connect-api from PyPI", PUBLISHED, "with_anki_connect_api.py"),
        kept("anki-yaml-sync from PyPI", PUBLISHED, "with_anki_yaml_sync.py"),
        kept("ankicli-tool from PyPI", PUBLISHED, "with_ankicli_tool.py"),
        kept("mcp-ankiconnect from PyPI", PUBLISHED, "with_mcp_ankiconnect.py"),
        kept("mcp-server-anki from PyPI", PUBLISHED, "with_mcp_server_anki.py"),
        kept("trrc from PyPI", PUBLISHED, "with_trrc.py"),
        kept("yanki from npm", "node", "with_yanki.mjs"),
    ],
)


def contents(path):
    """What a collection holds, read by Anki itself; nobody else may have it open."""
    from anki.collection import Collection

    col = Collection(str(path))
    try:
        notes = [col.get_note(note) for note in sorted(col.find_notes(""))]
        word = {card: note.fields[0] for note in notes for card in note.card_ids()}
        assert col.fix_integrity()[1]
        return {
            "decks": sorted(deck.name for deck in col.decks.all_names_and_ids()),
            "notes": [[note.note_type()["name"], *note.fields, note.string_tags().strip()] for note in notes],
            "suspended": [word[card] for card in sorted(col.find_cards("is:suspended"))],
            "reviewed": [word[card] for card in col.db.list("select distinct cid from revlog order by cid")],
            "media": sorted(file.name for file in path.with_name("collection.media").iterdir()),
        }
    finally:
        col.close()
