"""What somebody does with anki-yaml-sync, from PyPI: the port is the argument, what it printed is written as JSON."""

import contextlib
import functools
import io
import json
import sys
import tempfile
from pathlib import Path

import yaml
from anki_sync import cli
from anki_sync.anki_client import AnkiClient
from anki_sync.commands import export_cmd, import_cmd

client = functools.partial(AnkiClient, port=int(sys.argv[1]))
export_cmd.AnkiClient = import_cmd.AnkiClient = client


def typed(*words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        cli.main(words, standalone_mode=False)
    return [line for line in out.getvalue().splitlines() if line.startswith(("✓", "⚠", " "))]


def note(deck, front):
    return {"id": 0, "type": "Basic", "deck": deck, "tags": ["yaml"], "fields": {"Front": front, "Back": "?"}}


with tempfile.TemporaryDirectory() as name:
    folder = Path(name, "notes")
    told = {"imported": typed("import", "-o", name + "/notes")}
    files = {path.relative_to(folder).as_posix(): yaml.safe_load(path.read_text()) for path in folder.rglob("*.yaml")}
    mela = next(path for path, content in files.items() if content["fields"].get("Word") == "mela")
    told["imported"] = [told["imported"][0].replace(name, "."), sorted(files), files[mela]["tags"]]
    changed = {**files[mela], "deck": "Italian", "tags": ["fruit", "red"]}
    changed["fields"]["Meaning"] = "an apple"
    folder.joinpath(mela).write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    folder.joinpath("new.yaml").write_text(yaml.safe_dump(note("Italian", "pera")), encoding="utf-8")
    folder.joinpath("lost.yaml").write_text(
        yaml.safe_dump({**note("none", "ananas"), "id": 1600000000000}), encoding="utf-8"
    )
    told["exported"] = [line.partition(" Note ")[0] for line in typed("export", "-i", str(folder))]
    told["written back"] = yaml.safe_load(folder.joinpath("new.yaml").read_text())["id"] > 0
json.dump(told, sys.stdout)
