"""What a user sees in Anki's main window when programs write: the review goes on, and lists of decks are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import GatewayProcess

pytestmark = pytest.mark.usefixtures("clean")

REVIEWER = "(mw.reviewer.card and mw.reviewer.card.id, mw.reviewer.state, mw.reviewer._reps)"


def note(front: str, deck: str) -> dict[str, Any]:
    return {"deckName": deck, "modelName": "Basic", "fields": {"Front": front, "Back": "back"}}


@pytest.fixture
def card(anki: GatewayProcess, deck: str) -> Iterator[int]:
    """The card on screen: the first of a deck of three."""
    anki.focus()
    assert anki.legacy("guiDeckReview", name=deck)["result"] is True
    anki.wait_for("mw.state == 'review' and mw.reviewer.card and mw.reviewer.state == 'question' and is_idle()")
    yield anki.eval("mw.reviewer.card.id")
    anki.exec("mw.moveToState('deckBrowser')")
    anki.wait_for("is_idle()")
    assert anki.errors() == []


def refreshed(anki: GatewayProcess) -> None:
    anki.rpc("guiSelectedNotes")  # an action on windows comes after all refreshes of earlier writes
    anki.wait_for("is_idle()")


@pytest.mark.parametrize("side", ["question", "answer"])
def test_a_review_goes_on_while_a_program_writes_to_other_notes(
    anki: GatewayProcess, deck: str, card: int, side: str
) -> None:
    if side == "answer":
        anki.exec("mw.reviewer._showAnswer()")
    shown = anki.eval(REVIEWER)
    assert shown[1] == side
    for number in range(3):
        added = anki.legacy("addNote", note=note(f"{side} {number}", deck))["result"]
        refreshed(anki)
        anki.legacy("updateNoteFields", note={"id": added, "fields": {"Back": "new"}})
        refreshed(anki)
        assert anki.eval(REVIEWER) == shown
    anki.exec("mw.reviewer._showAnswer()")
    anki.exec("mw.reviewer._answerCard(3)")
    anki.wait_for("mw.reviewer.card.id != card and mw.reviewer.state == 'question'", card=card)
    assert anki.eval("mw.col.db.list('select ease from revlog where cid = ?', card)", card=card) == [3]


def test_a_review_shows_what_a_program_changes_of_its_card(anki: GatewayProcess, card: int) -> None:
    (note_id,) = anki.legacy("cardsToNotes", cards=[card])["result"]
    anki.exec("mw.reviewer._showAnswer()")
    anki.legacy("updateNoteFields", note={"id": note_id, "fields": {"Back": "new text"}})
    refreshed(anki)
    assert anki.eval("mw.reviewer.card.note()['Back']") == "new text"
    anki.rpc("setFlags", {"cards": [card], "flag": 3})
    refreshed(anki)
    assert anki.eval("mw.reviewer.card.user_flag()") == 3
    anki.legacy("suspend", cards=[card])
    anki.wait_for("mw.reviewer.card.id != card", card=card)


def test_the_number_of_cards_that_are_left_is_up_to_date_and_nothing_else_is_drawn(
    anki: GatewayProcess, deck: str, card: int
) -> None:
    anki.exec("mw.bottomWeb.eval('document.getElementById(\"middle\").mark = 1; time = 7')")
    look = "[document.querySelector('.stattxt .new-count').innerText, document.getElementById('middle').mark, time > 6]"
    look = f"mw.bottomWeb.evalWithCallback({look!r}, lambda found: keep.update(found=found))"
    shown = anki.eval(REVIEWER)
    anki.wait_for(f"{look} or keep.get('found') == ['3', 1, True]")
    anki.legacy("addNote", note=note("fourth", deck))
    anki.wait_for(f"{look} or keep['found'] == ['4', 1, True]")
    assert anki.eval(REVIEWER) == shown
    anki.exec("mw.reviewer._showAnswer()")
    anki.legacy("addNote", note=note("fifth", deck))
    refreshed(anki)
    assert anki.eval("mw.reviewer._v3.counts()") == [0, [5, 0, 0]]
    assert anki.eval("mw.reviewer.state") == "answer"


def leave(anki: GatewayProcess) -> None:
    """Give the focus to another window. Without it, Anki draws nothing of its main window."""
    anki.exec("keep['other'] = aqt.qt.QLineEdit()\nkeep['other'].show()\nkeep['other'].activateWindow()")
    anki.exec("keep['other'].setFocus()")
    anki.wait_for("aqt.utils.current_window() is keep['other']")


def come_back(anki: GatewayProcess) -> None:
    anki.exec("keep.pop('other').close()")
    anki.focus()


def test_an_answer_is_still_shown_when_the_user_comes_back(anki: GatewayProcess, deck: str, card: int) -> None:
    anki.exec("mw.reviewer._showAnswer()")
    shown = anki.eval(REVIEWER)
    leave(anki)
    anki.legacy("addNote", note=note("found in a browser", deck))
    refreshed(anki)
    come_back(anki)
    anki.wait_for("is_idle()")
    assert anki.eval(REVIEWER) == shown


def test_a_list_of_decks_without_the_focus_is_drawn_when_it_gets_it(anki: GatewayProcess) -> None:
    anki.focus()
    refreshed(anki)
    leave(anki)
    draws = anki.eval("progress.draws")
    anki.legacy("addNote", note=note("unseen", "Default"))
    anki.wait_for("mw.deckBrowser._refresh_needed")
    assert anki.eval("progress.draws") == draws
    come_back(anki)
    anki.wait_for("progress.draws > draws", draws=draws)
    assert anki.eval("mw.deckBrowser._refresh_needed") is False


OUR_REFRESH = """
import gc, sys, time
from anki.collection import OpChanges
from aqt.qt import QTimer
refresh = next(each for each in gc.get_objects() if type(each) is sys.modules['1234567890.desktop.refresh'].Refresh)
"""
LONG_WORK_IN_A_BUSY_ANKI = """
lane, rests, was_posted = refresh._lane, [], []
mw.progress.start()
def work():
    end = time.monotonic() + 3
    while time.monotonic() < end:
        time.sleep(0.005)
        lane.give_way(can_stop=False)
def submit(*args, **options):
    rests.append(args)
    return type(lane).submit(lane, *args, **options)
lane.submit(work).add_done_callback(was_posted.append)
lane.submit = submit
QTimer.singleShot(200, lambda: refresh.add(OpChanges(card=True)))
QTimer.singleShot(2500, mw.progress.finish)
"""


def test_the_lane_rests_only_once_anki_is_free(anki: GatewayProcess) -> None:
    anki.exec(OUR_REFRESH + LONG_WORK_IN_A_BUSY_ANKI)
    anki.wait_for("was_posted and refresh._pending is None and is_idle()")
    rests = anki.eval("len(rests)")
    anki.exec("del lane.submit")
    assert 1 <= rests <= 3


WORK_THAT_GIVES_NO_WAY = """
over = []
refresh._lane.submit(lambda: time.sleep(6)).add_done_callback(over.append)
QTimer.singleShot(200, lambda: refresh.add(OpChanges(card=True)))
"""


def test_work_that_never_gives_way_hides_no_write(anki: GatewayProcess) -> None:
    anki.exec(OUR_REFRESH + WORK_THAT_GIVES_NO_WAY)
    anki.wait_for("refresh._pending is not None")
    anki.wait_for("refresh._pending is None")
    assert anki.eval("over") == []
    anki.wait_for("over and is_idle()")


A_DOWNLOAD = """
from aqt.operations import QueryOp
main, looks, downloaded = refresh._main, [], []
def when_free(*args, **options):
    looks.append(args)
    return type(main)._when_free(main, *args, **options)
main._when_free = when_free
QueryOp(parent=mw, op=lambda col: time.sleep(2), success=downloaded.append).without_collection().run_in_background()
"""


def test_waiting_for_a_download_of_ankis_costs_next_to_nothing(anki: GatewayProcess) -> None:
    anki.exec(OUR_REFRESH + A_DOWNLOAD)
    anki.exec("refresh.add(OpChanges(card=True))")
    anki.wait_for("downloaded and refresh._pending is None and is_idle()")
    looks = anki.eval("len(looks)")
    anki.exec("del main._when_free")
    assert 10 <= looks <= 500
