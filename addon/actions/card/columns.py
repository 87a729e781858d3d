"""The columns of Anki's browser, by which notes and cards can be sorted."""

from __future__ import annotations

from typing import Any

from anki.collection import BrowserColumns

from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.card import columns as s
from ...text.plain import without_isolates

_COLUMNS = [
    ("answer", "Answer", "", False, False, False, "The back side of a card, customisable in the card template editor"),
    (
        "cardMod",
        "Card Modified",
        "",
        True,
        True,
        True,
        "The last time changes were made to a card, including reviews, flags and deck changes",
    ),
    ("template", "Card Type", "Cards", True, True, True, "The name of a card's card template"),
    ("noteCrt", "Created", "", True, True, True, ""),
    ("deck", "Deck", "", True, True, False, ""),
    ("difficulty", "Difficulty", "", True, False, True, ""),
    ("cardDue", "Due", "", True, True, True, ""),
    ("cardEase", "Ease", "Avg. Ease", True, True, True, ""),
    ("cardIvl", "Interval", "Avg. Interval", True, True, True, ""),
    ("cardLapses", "Lapses", "", True, True, True, ""),
    (
        "noteMod",
        "Note Modified",
        "",
        True,
        True,
        True,
        "The last time changes were made to a note, usually field content or tag edits",
    ),
    ("note", "Note Type", "", True, True, False, "The name of a note's note type"),
    ("originalPosition", "Position", "", True, True, True, ""),
    (
        "question",
        "Question",
        "",
        False,
        False,
        False,
        "The front side of a card, customisable in the card template editor",
    ),
    ("retrievability", "Retrievability", "", True, False, True, ""),
    ("cardReps", "Reviews", "", True, True, True, ""),
    ("noteFld", "Sort Field", "", True, True, False, ""),
    ("stability", "Stability", "", True, False, True, ""),
    ("noteTags", "Tags", "", True, True, False, ""),
]


@action(
    "browserColumns",
    NoParams,
    s.BROWSER_COLUMNS,
    examples=[
        Example(
            "all",
            {},
            [
                {
                    "key": key,
                    "cardsLabel": cards,
                    "notesLabel": notes or cards,
                    "sortsCards": sorts_cards,
                    "sortsNotes": sorts_notes,
                    "descendingFirst": descending,
                    "tooltip": tooltip,
                }
                for key, cards, notes, sorts_cards, sorts_notes, descending, tooltip in _COLUMNS
            ],
        )
    ],
)
def browser_columns(ctx: Context) -> list[dict[str, Any]]:
    """List the columns of Anki's browser: `findNotes` and `findCards` can sort by most of them.

    Anki compares text without HTML. It ignores the case of ASCII's letters only, so `É` comes after `z`.
    """
    return [
        {
            "key": column.key,
            "cardsLabel": without_isolates(column.cards_mode_label),
            "notesLabel": without_isolates(column.notes_mode_label),
            "sortsCards": column.sorting_cards != BrowserColumns.SORTING_NONE,
            "sortsNotes": column.sorting_notes != BrowserColumns.SORTING_NONE,
            "descendingFirst": BrowserColumns.SORTING_DESCENDING in (column.sorting_cards, column.sorting_notes),
            "tooltip": without_isolates(column.cards_mode_tooltip),
        }
        for column in ctx.col.all_browser_columns()
    ]
