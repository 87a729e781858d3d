"""Editing a text in a field of a note, which must occur there exactly once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from anki.collection import Config
from anki.utils import strip_html_media

from ...rpc.context import Context
from ...rpc.errors import Refused, SomeFailed
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.notes import NOTE_UPDATES
from ...schemas.note import bulk as s
from ...text.anki_text import is_blank
from ...text.normal_forms import nfc
from .bulk import LoadedNote, NoteBatch, change_each
from .updates import check_field_count

if TYPE_CHECKING:
    from anki.collection import Collection

_MOST_COUNTED = 100
"""Occurrences that are counted: a short text can occur a million times in a field."""
_MOST_SHOWN = 3
_AROUND = 30
"""Characters before and after an occurrence that its excerpt shows."""
_LONGEST_SHOWN = 60
"""Characters of an occurrence that its excerpt shows."""
_LONGEST_GUESSED, _SEARCHED = 100, 10_000
"""Characters of the longest text for which similar ones are searched, and of the field's beginning: a regular
expression may try each of the one at each of the other."""
_MOST_GUESSES = 10
"""The most edits of a call for which similar texts are searched."""


@action(
    "editNoteText",
    s.EditNoteText,
    NOTE_UPDATES,
    writes=True,
    touches_notes=lambda params: [edit["id"] for edit in params["edits"]],
    errors=[SomeFailed],
    cancellable=True,
    examples=[
        Example(
            "a text that is there, and one that is not",
            {
                "edits": [
                    {"id": 1700000000002, "field": "Meaning", "findText": "grapes", "replaceText": "grapes"},
                    {"id": 1700000000001, "field": "Meaning", "findText": "Apple", "replaceText": "an apple"},
                ]
            },
            [
                {"id": 1700000000002, "changed": False, "mod": 1700000000, "error": None},
                {
                    "id": 1700000000001,
                    "changed": False,
                    "mod": 1700000000,
                    "error": {
                        "code": 206,
                        "message": "The text is not in the field Meaning. Similar is: apple",
                        "data": {
                            "kind": "refused",
                            "note": 1700000000001,
                            "field": "findText",
                            "count": 0,
                            "excerpts": ["apple"],
                            "index": 1,
                        },
                    },
                },
            ],
        )
    ],
)
def edit_note_text(ctx: Context, edits: list[dict[str, Any]], on_error: str) -> list[dict[str, Any]]:
    """Replace texts that occur exactly once in a field, and return the outcome for each edit.

    If the text does not occur, or more than once, the edit is `refused`: `data.count` is the number of occurrences, at
    most 100, and `data.excerpts` shows up to three of them, or what is similar. Callers without the scope `read` get no
    excerpts. An edit sees what earlier ones of the call have changed. A first field does not become empty. Duplicates
    are not checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
    """
    wanted = [{**edit, "if_mod": None, "expected": {}} for edit in edits]
    return change_each(ctx, wanted, on_error, partial(_edit, _Excerpts(is_shown=ctx.caller.may(Scope.READ))))


def _edit(excerpts: _Excerpts, batch: NoteBatch, stored: LoadedNote, edit: dict[str, Any]) -> None:
    place = batch.place(stored.note.notetype_id, edit["field"])
    check_field_count(batch.col, stored.note.notetype_id, stored.note.fields)
    text, wanted = stored.note.fields[place], _as_stored(batch.col, edit["find_text"])
    if wanted not in text:
        wanted = edit["find_text"]
    found = _places(text, wanted)
    if len(found) != 1:
        shown = excerpts.of(text, wanted, found)
        raise _refused(stored.note.id, edit["field"], len(found), shown)
    edited = text[: found[0]] + edit["replace_text"] + text[found[0] + len(wanted) :]
    if place == 0 and is_blank(strip_html_media(edited)) and not is_blank(strip_html_media(text)):
        raise Refused(f"The first field of this note would become empty: {stored.note.id}", note=stored.note.id)
    batch.set_field_at(stored, place, edited)


def _as_stored(col: Collection, text: str) -> str:
    """A text in the Unicode form in which Anki stores texts."""
    return nfc(text) if not text.isascii() and col.get_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT) else text


def _places(text: str, wanted: str) -> list[int]:
    """Where a text occurs, at most `_MOST_COUNTED` places. They may overlap: "aa" occurs twice in "aaa"."""
    found: list[int] = []
    start = text.find(wanted)
    while start >= 0 and len(found) < _MOST_COUNTED:
        found.append(start)
        start = text.find(wanted, start + 1)
    return found


def _refused(note_id: int, name: str, count: int, excerpts: list[str]) -> Refused:
    """The error for a text that does not occur exactly once in the field with this name."""
    if count:
        many = f"{count} times" if count < _MOST_COUNTED else f"{_MOST_COUNTED} times or more"
        message = f"The text occurs {many} in the field {name}. Add what is before or after it"
    else:
        message = f"The text is not in the field {name}"
    if excerpts:
        message += f". {'It occurs in' if count else 'Similar is'}: {' | '.join(excerpts)}"
    return Refused(message, note=note_id, field=s.NoteTextEdit.wire("find_text"), count=count, excerpts=excerpts)


@dataclass(slots=True)
class _Excerpts:
    """Makes the excerpts for the errors of a call."""

    is_shown: bool
    guesses: int = 0

    def of(self, text: str, wanted: str, found: list[int]) -> list[str]:
        """Up to three parts of a field: where the text occurs, or what is similar to it."""
        if not self.is_shown:
            return []
        if found:
            spans = [(start, start + len(wanted)) for start in found[:_MOST_SHOWN]]
        elif self.guesses < _MOST_GUESSES and len(wanted) <= _LONGEST_GUESSED:
            self.guesses += 1
            spans = _similar(text, wanted)
        else:
            return []
        return [_excerpt(text, *span) for span in spans]


def _excerpt(text: str, start: int, end: int) -> str:
    """A part of a field, with what is around it, as it is stored."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    part = text[start:end]
    if len(part) > _LONGEST_SHOWN:
        part = f"{part[: _LONGEST_SHOWN // 2]}...{part[-_LONGEST_SHOWN // 2 :]}"
    return f"{'...' * (start > _AROUND)}{before}{part}{after}{'...' * (end + _AROUND < len(text))}"


def _similar(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where a text occurs in another case, with other white space, or written as HTML."""
    pattern = "".join(_PARTS.get(part) or (_SPACE if part.isspace() else re.escape(part)) for part in _WORDS(wanted))
    found = re.finditer(pattern, text[:_SEARCHED], re.IGNORECASE)
    return [match.span() for match, _ in zip(found, range(_MOST_SHOWN), strict=False)]


_SPACE = r"(?:\s|&nbsp;|<br ?/?>)++"
_PARTS = {"&": "&(?:amp;)?", "<": "(?:<|&lt;)", ">": "(?:>|&gt;)", '"': '(?:"|&quot;)'}
_WORDS = re.compile(r"\s+|[&<>\"]|[^\s&<>\"]+").findall
