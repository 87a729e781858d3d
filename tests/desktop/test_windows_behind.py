"""A review whose window is behind another: one browser of Anki's stays open for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sizes import for_matrix

from .conftest import GatewayProcess
from .test_windows import BROWSER

IDLE = "mw.web._domDone and is_idle()"


@pytest.fixture(autouse=True)
def no_error(anki: GatewayProcess, clean_in_the_end: None) -> Iterator[None]:
    """Each test begins at the deck browser, behind which nothing goes on any more."""
    yield
    anki.wait_for(IDLE)
    anki.exec("mw.moveToState('deckBrowser')")
    anki.wait_for(IDLE)
    assert anki.errors() == []


def review_behind_the_browser(anki: GatewayProcess, deck: str) -> tuple[int, int]:
    """Review a deck with the answer shown, and another window in front; the card and its note."""
    assert anki.legacy("guiDeckReview", name=deck)["result"] is True
    anki.wait_for("mw.state == 'review' and mw.reviewer.card and mw.reviewer.state == 'question'")
    assert anki.legacy("guiShowAnswer")["result"] is True
    anki.exec("aqt.dialogs.open('Browser', mw)")
    anki.wait_for(f"aqt.utils.current_window() is {BROWSER}")
    return tuple(anki.eval("(mw.reviewer.card.id, mw.reviewer.card.nid)"))


def answer(anki: GatewayProcess, card: int) -> None:
    """Answer the card, and wait until the reviewer has left it: Anki reads its deck on the way."""
    assert anki.legacy("guiAnswerCard", ease=3)["result"] is True
    anki.wait_for("mw.state != 'review' or (mw.reviewer.card and mw.reviewer.card.id != card)", card=card)


CHANGES = ("deleteNotes", "suspend", "answerCards", "changeDeck")


@pytest.mark.parametrize(
    ("change", "has_new_text"),
    for_matrix([(change, bool((number + n) % 2)) for number, change in enumerate(CHANGES) for n in (0, 1)], 3, 1),
)
def test_a_review_behind_another_window_knows_what_has_changed(
    anki: GatewayProcess, deck: str, change: str, has_new_text: bool
) -> None:
    card, note = review_behind_the_browser(anki, deck)
    params: dict[str, dict[str, Any]] = {
        "deleteNotes": {"notes": [note]},
        "suspend": {"cards": [card]},
        "answerCards": {"answers": [{"cardId": card, "ease": 4}]},
        "changeDeck": {"cards": [card], "deck": "Default"},
    }
    assert anki.legacy(change, **params[change])["error"] is None
    anki.wait_for("str(mw.reviewer._refresh_needed) == 'RefreshNeeded.QUEUES'")
    if has_new_text:  # Anki forgets by it that more has changed
        other = next(id for id in anki.legacy("findNotes", query=f'deck:"{deck}"')["result"] if id != note)
        anki.legacy("updateNoteFields", note={"id": other, "fields": {"Back": "new"}})
        anki.wait_for("str(mw.reviewer._refresh_needed) == 'RefreshNeeded.NOTE_TEXT'")
    assert anki.eval("mw.reviewer.card.id") == card
    assert anki.legacy("guiAnswerCard", ease=3)["result"] is False
    new = anki.legacy("guiCurrentCard")["result"]["cardId"]
    assert new != card
    # Offscreen no window is active any more when a window of Anki's progress has come and gone.
    assert anki.eval("aqt.utils.current_window() is not mw")
    assert anki.legacy("guiShowAnswer")["result"] is True
    answer(anki, new)
    anki.wait_for("mw.col.db.list('select ease from revlog where cid = ?', new) == [3]", new=new)
    if change == "changeDeck":
        anki.legacy("deleteNotes", notes=[note])


def test_a_review_behind_another_window_ends_with_its_last_card(anki: GatewayProcess, deck: str) -> None:
    review_behind_the_browser(anki, deck)
    anki.legacy("suspend", cards=anki.legacy("findCards", query=f'deck:"{deck}"')["result"])
    assert anki.legacy("guiReviewActive")["result"] is False
    assert anki.legacy("guiCurrentCard")["error"] == "Gui review is not currently active."


def test_an_answer_that_is_shown_behind_another_window_stays_shown(anki: GatewayProcess, deck: str) -> None:
    card, note = review_behind_the_browser(anki, deck)
    anki.legacy("updateNoteFields", note={"id": note, "fields": {"Back": "new text"}})
    assert anki.rpc("setFlags", {"cards": [card], "flag": 1})["result"] == 1
    assert "new text" in anki.legacy("guiCurrentCard")["result"]["answer"]
    answer(anki, card)
