"""What somebody types with ankicli-tool, from PyPI: the port is the argument, what was printed is written as JSON."""

import contextlib
import io
import json
import re
import sys
import tempfile
from pathlib import Path

import anki_cli

anki_cli.ANKICONECT_URL = f"http://localhost:{sys.argv[1]}"


def typed(*words):
    """What a command prints; ids and the folder are left out."""
    sys.argv = ["anki-cli", *words]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
        anki_cli.main()
    return re.sub(r"\b\d{13}\b", "<id>", out.getvalue()).replace(folder, ".").splitlines()


def ids(*words):
    return re.findall(r"\d{13}", str(anki_cli.invoke(*words)))


with tempfile.TemporaryDirectory() as folder:
    words = Path(folder, "words")
    words.write_text("un;one\ndeux;two\n# no card\n", encoding="utf-8")
    many = Path(folder, "many")
    many.write_text('{"action": "deckNames", "version": 6}\n{"action": "getTags", "version": 5}\n', encoding="utf-8")
    package = str(Path(folder, "french.apkg"))
    told = [
        typed("version"),
        typed("create-deck", "French"),
        typed("deck-list"),
        typed("model-fields", "Italian vocab"),
        typed("model-fields", "none"),
        typed("add-note", "--deck", "French", "--tags", "young,odd", "Front:trois", "Back:three: 3"),
        typed("add-note", "--deck", "French", "Front:trois", "Back:3"),
        typed("add-notes", "--deck", "French", "--delimiter", ";", str(words)),
        typed("find-notes", "deck:French", "--limit", "2"),
        typed("find-notes", "deck:none"),
    ]
    note, *_ = ids("findNotes", {"query": "Front:trois"})
    card, *_ = ids("findCards", {"query": "Front:trois"})
    told += [
        typed("update-note", note, "Back:3"),
        typed("add-tags", note, "prime"),
        typed("remove-tags", note, "young"),
        typed("get-note-tags", note),
        typed("suspend", note),  # it calls an action that AnkiConnect has not, either
        typed("are-due", card),
        typed("set-due-date", card, "3"),
        typed("forget", card, "--delete-data"),
        typed("today-stats"),
        typed("media-store", "un.txt", "dW4="),
        typed("media-list"),
        typed("export", "French", package),
        typed("import", package),
        typed("multi", str(many)),
        typed("clear-tags"),
    ]
json.dump(told, sys.stdout)
