"""Print what happens in Anki, a line each: `python follow_events.py`. Ctrl-C stops it.

The last event is stored in a file, so that the next start begins with what happened in the meantime.
"""

import argparse
from collections import Counter
from contextlib import suppress
from pathlib import Path

from anki_rpc_client import Client, types

ANSWERS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


def line_about(anki: Client, event: types.Event) -> str | None:
    if event["method"] == "notesAdded":
        notes = anki.notes_info(event["params"]["notes"], plain_text=True)
        return "added: " + ", ".join(next(iter(note["fields"].values()))["value"] for note in notes if note)
    if event["method"] == "cardsAnswered":
        answers = Counter(ANSWERS.get(answer["ease"], "?") for answer in event["params"]["answers"])
        return "answered: " + ", ".join(f"{count} {answer}" for answer, count in answers.items())
    if event["method"] == "notesDeleted":
        return f"deleted: {len(event['params']['notes'])} notes"
    if event["method"] in ("syncFinished", "eventsLost", "profileOpened", "profileClosed"):
        return event["method"]
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description="Print what happens in Anki")
    parser.add_argument("--state", type=Path, default=Path("last-event"), help="file for the last event's id")
    options = parser.parse_args()
    part = options.state.with_name(f"{options.state.name}.part")
    last = options.state.read_text(encoding="utf-8") if options.state.exists() else None
    with Client(app="follow-events") as anki, suppress(KeyboardInterrupt):
        for event in anki.events(last):
            if line := line_about(anki, event):
                print(line, flush=True)
            part.write_text(event["id"], encoding="utf-8")
            part.replace(options.state)  # whole at any moment


if __name__ == "__main__":
    main()
