"""What programs can call, and what they are notified about."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import Any

from .readings import with_readings

CHUNK = 200
"""Notes that are written by one call: short enough that Anki stays responsive."""
IDS = {"type": "array", "items": {"type": "integer"}}
FIELDS = {
    "source": {"type": "string", "description": "The field with the text."},
    "target": {"type": "string", "description": "The field for the text with readings."},
}
NOTES = {**IDS, "description": "Note ids. Left out: the notes that were added since the last call."}


def register(rpc: Any) -> None:
    """Register everything at AnkiRPC. `rpc`: `mw.anki_rpc` in Anki, or what the headless server passes."""
    furigana = rpc.extension("furigana", interface=1, title="Furigana from a word list", limit=30)
    added = Added()

    def fill(ctx: Any, source: str, target: str, notes: list[int] | None = None) -> dict[str, int]:
        """Fill a field of notes with the text of another field and its readings.

        What was in the field is replaced. Notes that do not exist are skipped.
        """
        filled = 0
        for ids in ctx.chunks(added.take() if notes is None else notes, CHUNK):
            changed = list(changes(ctx, ids, source, target))
            for note, text in changed:
                note[target] = text
            if changed:
                ctx.write_as("Add Furigana", ctx.col.update_notes, [note for note, _ in changed])
            filled += len(changed)
        furigana.publish("furigana_filled", {"filled": filled})
        return {"filled": filled}

    def losses(ctx: Any, source: str, target: str, notes: list[int] | None = None) -> Any:
        found = changes(ctx, added.ids if notes is None else notes, source, target)
        return ctx.losses(changedNotes=[note.id for note, _ in found if note[target]])

    furigana.action(
        "furigana_generate",
        generate,
        params={"properties": {"text": {"type": "string", "description": "In Japanese."}}, "required": ["text"]},
        result={"type": "string", "description": "In the form of Anki's furigana filter."},
        runs_on="thread",
        idempotent=True,
        examples=[{"name": "one word", "params": {"text": "水を飲む"}, "result": "水[みず]を 飲む[のむ]"}],
    )
    furigana.action(
        "furigana_fill",
        fill,
        params={"properties": {**FIELDS, "notes": NOTES}, "required": ["source", "target"]},
        result={"type": "object", "properties": {"filled": {"type": "integer"}}, "required": ["filled"]},
        writes=True,
        idempotent=True,
        cancellable=True,
        dry_run=losses,
        errors={"noSuchField": "The note has no field of this name."},
    )
    furigana.event(
        "furigana_filled",
        "Fields were filled with readings.",
        {"properties": {"filled": {"type": "integer", "description": "How many."}}, "required": ["filled"]},
    )
    furigana.listen("notesAdded", lambda name, params: added.add(params["notes"]))


def generate(ctx: Any, text: str) -> str:
    """Return a text with the readings of the words in the list."""
    return with_readings(text)


def changes(ctx: Any, ids: list[int], source: str, target: str) -> Iterator[tuple[Any, str]]:
    """Yield each note that would change, with the new text. Nothing is changed yet."""
    for note_id in ctx.col.db.list(f"select id from notes where id in ({','.join(map(str, ids))})"):  # noqa: S608
        note = ctx.col.get_note(note_id)
        for name in (source, target):
            if name not in note:
                raise ctx.error("noSuchField", note=note_id, field=name)
        text = with_readings(note[source])
        if note[target] != text:
            yield note, text


class Added:
    """The notes that were added since they were last taken. Listeners run on a thread of their own."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self._lock = Lock()

    def add(self, ids: list[int]) -> None:
        with self._lock:
            self.ids += ids

    def take(self) -> list[int]:
        with self._lock:
            ids, self.ids = self.ids, []
            return ids
