"""Typed answers: compares them with the right ones, as Anki's reviewer does."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any, NamedTuple
from unicodedata import normalize

from anki.utils import split_fields

from ...collection.errors import OF_CARDS
from ...collection.rows import READABLE_CARD, rows_of, unreadable
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.study import typed_answers as s
from ..card.cards import card_not_found
from ..card.rendering import sides
from ..note.reading import name_and_fields

_TYPE = re.compile(r"\[\[type:(.+?)\]\]")
"""What Anki writes for `{{type:...}}` into a question."""
_WHOLE, _RIGHT = ("<code id=typeans>", "</code>"), ("<code id=typeans><span class=typeGood>", "</span></code>")


@action(
    "compareAnswer",
    s.CompareAnswer,
    s.COMPARED_ANSWER,
    errors=OF_CARDS,
    examples=[
        Example(
            "a wrong letter",
            {"typed": "mele", "expected": "<b>mela</b>"},
            {
                "correct": False,
                "expected": "mela",
                "html": "<code id=typeans><span class=typeGood>mel</span><span class=typeBad>e</span><br>"
                "<span id=typearrow>&darr;</span><br>"
                "<span class=typeGood>mel</span><span class=typeMissed>a</span></code>",
            },
        ),
        Example(
            "without the accent",
            {"typed": "citta", "expected": "citt\u00e0", "ignoreAccents": True},
            {
                "correct": True,
                "expected": "citt\u00e0",
                "html": "<code id=typeans><span class=typeGood>citt\u00e0</span></code>",
            },
        ),
    ],
)
def compare_answer(
    ctx: Context, typed: str, expected: str | None, card: int | None, ignore_accents: bool | None
) -> dict[str, Any]:
    """Compare a typed answer with the right one, which is given or is that of a card. Nothing is answered or written.

    Refused are cards that ask for no typed answer, and right answers of more than 500 characters, or 5,000 with their
    HTML. If accents are ignored, they count as characters of both answers: an accented letter is two.
    """
    wanted = _Wanted(expected or "") if card is None else _wanted_by(ctx, card)
    if ignore_accents is None:
        ignore_accents = wanted.ignore_accents
    of_expected = "expected" if card is None else "card"
    if len(wanted.text) > s.LONGEST_HTML:
        text = (
            f"The right answer has {len(wanted.text)} characters with its HTML. At most {s.LONGEST_HTML} can be read."
        )
        raise Refused(text, field=s.CompareAnswer.wire(of_expected))
    plain = unescape(_between(_WHOLE, ctx.col.compare_answer(wanted.text, "")))
    _require_short("right", plain, of_expected, ignore_accents=ignore_accents)
    _require_short("typed", typed, "typed", ignore_accents=ignore_accents)
    html = ctx.col.compare_answer(wanted.text, typed, not ignore_accents)
    shown = _between(_RIGHT, html)
    correct = (html[: len(_RIGHT[0])], html[-len(_RIGHT[1]) :]) == _RIGHT and _composed(plain) in (
        _composed(shown),
        _composed(unescape(shown)),
    )
    if correct:
        html = escape(plain).join(_RIGHT)  # Anki before 26.05 does not escape it
    return {"correct": correct or typed == plain == "", "expected": plain, "html": html}


def _require_short(which: str, text: str, name: str, *, ignore_accents: bool) -> None:
    """Raise Refused if a text is too long as Anki compares it, which takes it apart to ignore accents."""
    length = len(normalize("NFKD" if ignore_accents else "NFC", text))
    if length > s.LONGEST:
        counted = ", with accents and parts of letters counted apart" if ignore_accents else ""
        text = f"The {which} answer has {length} characters{counted}. At most {s.LONGEST} can be compared."
        raise Refused(text, field=s.CompareAnswer.wire(name))


def _composed(text: str) -> str:
    return normalize("NFC", text)


def _between(ends: tuple[str, str], html: str) -> str:
    return html.removeprefix(ends[0]).removesuffix(ends[1])


class _Wanted(NamedTuple):
    """A right answer."""

    text: str
    ignore_accents: bool = False


def _wanted_by(ctx: Context, card_id: int) -> _Wanted:
    """The right answer of a card, found as Anki's reviewer finds it (`typeAnsQuestionFilter` in qt/aqt/reviewer.py)."""
    rows = rows_of(ctx.col, _CARD, [card_id])
    if not rows:
        raise card_not_found(card_id)
    ((ordinal, model_id, fields, is_readable),) = rows
    if not is_readable:
        raise unreadable("card", card_id)
    place = _TYPE.search(sides(ctx.col, card_id, model_id)[0])
    if place is None:
        raise Refused(
            "The front of this card asks for no typed answer: its template has no {{type:...}}.", card=card_id
        )
    name, is_cloze, ignore_accents = place[1], False, False
    if name.startswith("cloze:"):
        name, is_cloze = name.split(":")[1], True
    if name.startswith("nc:"):
        name, ignore_accents = name.split(":")[1], True
    values = dict(zip(name_and_fields(ctx, model_id)[1], split_fields(fields or ""), strict=False))
    if name not in values:
        raise Refused(f"The template of this card asks for a field that its note does not have: {name}", card=card_id)
    text = values[name]
    if is_cloze:
        text = ctx.col.extract_cloze_for_typing(text, ordinal + 1)
    if not text:
        raise Refused(
            f"The card asks for no typed answer, because its note has none in the field {name}.", card=card_id
        )
    return _Wanted(text, ignore_accents)


_CARD = f"""
select ord, (select cast(mid as integer) from notes where id = nid),
    (select cast(flds as text) from notes where id = nid), {READABLE_CARD}
from cards where id in ids"""  # noqa: S608  (constants)
