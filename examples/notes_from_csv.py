"""Add notes from a CSV file, with pictures: `python notes_from_csv.py words.csv --deck Italian --note-type Basic`.

The first line names the note type's fields. A column `tags` has tags, separated by spaces. A column `picture` has paths
of pictures, which are relative to the CSV file; they are appended to the note type's last field that the file names. A
second run adds only what is new.
"""

import argparse
import base64
import csv
from pathlib import Path

from anki_rpc_client import Client, types


def note_from(row: dict[str, str], folder: Path, deck: str, note_type: str) -> types.NewNote:
    fields = {name: value for name, value in row.items() if name not in (None, "tags", "picture")}
    note: types.NewNote = {"deckName": deck, "modelName": note_type, "fields": fields}
    note["tags"] = row.get("tags", "").split()
    if picture := row.get("picture"):
        data = base64.b64encode((folder / picture).read_bytes()).decode()
        note["picture"] = [{"filename": Path(picture).name, "data": data, "fields": [list(fields)[-1]]}]
    return note


def main() -> None:
    parser = argparse.ArgumentParser(description="Add notes from a CSV file")
    parser.add_argument("file", type=Path)
    parser.add_argument("--deck", default="Default")
    parser.add_argument("--note-type", default="Basic")
    options = parser.parse_args()
    with options.file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, restval=""))
    notes = [note_from(row, options.file.parent, options.deck, options.note_type) for row in rows]
    with Client(app="notes-from-csv") as anki:
        anki.create_deck(options.deck)
        entries = anki.add_notes(notes)
    for line, entry in enumerate(entries, 2):
        if entry["error"] is not None and entry["error"]["data"]["kind"] != "duplicate":
            print(f"line {line}: {entry['error']['message']}")
    print(f"added {sum(entry['id'] is not None for entry in entries)} of {len(entries)} notes")


if __name__ == "__main__":
    main()
