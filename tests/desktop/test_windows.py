"""The actions on Anki's windows, by what the windows show."""

from __future__ import annotations

from typing import Any

import pytest
from examples import kind_as_shown

from .conftest import GatewayProcess

pytestmark = pytest.mark.usefixtures("clean")

BROWSER = "aqt.dialogs.getInstance('Browser')"
ADD = "aqt.dialogs.getInstance('AddCards')"


NO_ORDERS: list[tuple[Any, str]] = [
    ({"order": "sideways", "columnId": "noteFld"}, "invalid card order: sideways"),
    ({"order": "ascending", "columnId": "noSuch"}, "invalid columnId: noSuch"),
    ({"order": "ascending", "columnId": "stability"}, "invalid columnId: stability"),
    ({"order": "ascending"}, 'Must provide a "columnId" and a "order" property"'),
    ("noteFld", "reorderCards should be a dict: noteFld"),
]


def test_gui_browse_fills_the_search_box_and_sorts(anki: GatewayProcess, deck: str) -> None:
    for order in ("ascending", "descending"):
        reply = anki.legacy("guiBrowse", query=f"deck:{deck}", reorderCards={"order": order, "columnId": "noteFld"})
        assert (len(reply["result"]), reply["error"]) == (3, None)
        shown = f"({BROWSER}._line_edit().text(), {BROWSER}.table.len(), {BROWSER}.table._state.sort_column)"
        assert anki.eval(shown) == [f"deck:{deck}", 3, "noteFld"]
        assert anki.eval(f"{BROWSER}.table._state.sort_backwards") is (order == "descending")
    assert anki.eval(f"{BROWSER}.isVisible()")
    assert anki.legacy("guiBrowse") == {"result": [], "error": None}
    for reorder, text in NO_ORDERS:
        assert anki.legacy("guiBrowse", query="", reorderCards=reorder) == {"result": None, "error": text}


def test_a_malformed_search_is_an_error_and_opens_no_warning(anki: GatewayProcess) -> None:
    reply = anki.legacy("guiBrowse", query="(")
    assert reply["result"] is None
    assert "opening bracket" in reply["error"]  # the rest is for Anki to say
    assert [w for w in anki.windows() if not w.startswith("Browser")] == []


def test_gui_add_cards_fills_the_window_in_and_asks_before_typed_text_is_lost(anki: GatewayProcess, deck: str) -> None:
    note = {"deckName": deck, "modelName": "Basic", "fields": {"Front": "f", "Back": "b"}, "tags": ["t1", "t2"]}
    assert anki.legacy("guiAddCards", note=note) == {"result": 0, "error": None}
    anki.wait_for(f"{ADD}.editor.note and {ADD}.editor.note.fields == ['f', 'b']")
    assert anki.eval(f"{ADD}.editor.note.tags") == ["t1", "t2"]
    assert anki.eval(f"mw.col.decks.name({ADD}.deck_chooser.selected_deck_id)") == deck
    assert anki.eval(f"mw.col.models.get({ADD}.notetype_chooser.selected_notetype_id)['name']") == "Basic"
    assert anki.legacy("findNotes", query="Front:f")["result"] == []

    anki.wait_for(f"{ADD}.editor.web._domDone")
    anki.exec(f"{ADD}.editor.note.fields[0] = 'typed'\n{ADD}.editor.loadNote()")
    note = {"deckName": deck, "modelName": "Basic", "fields": {"Front": "new"}}
    assert anki.legacy("guiAddCards", note=note)["error"] is None
    anki.wait_for("any('Discard' in describe(w) or 'iscard' in describe(w) for w in windows())")
    assert anki.eval(f"{ADD}.editor.note.fields[0]") == "typed"
    anki.exec(
        "from aqt.qt import QMessageBox\n"
        "box = next(w for w in windows() if isinstance(w, QMessageBox))\n"
        "box.button(QMessageBox.StandardButton.Discard).click()"
    )
    anki.wait_for(f"{ADD}.editor.note.fields[0] == 'new'")


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"deckName": "No"}, "deck was not found: No"),
        ({"modelName": "No"}, "model was not found: No"),
    ],
)
def test_gui_add_cards_refuses_unknown_names(anki: GatewayProcess, change: dict[str, str], text: str) -> None:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {}, **change}
    assert anki.legacy("guiAddCards", note=note)["error"] == text


def test_a_review_runs_by_the_actions_alone(anki: GatewayProcess, deck: str) -> None:
    assert anki.legacy("guiReviewActive")["result"] is False
    assert anki.legacy("guiShowQuestion")["result"] is False
    assert anki.legacy("guiShowAnswer")["result"] is False
    assert anki.legacy("guiAnswerCard", ease=3)["result"] is False
    assert anki.legacy("guiCurrentCard")["error"] == "Gui review is not currently active."
    error = anki.rpc("guiCurrentCard")["error"]
    assert (kind_as_shown(error), error["message"]) == (
        "review_inactive",
        "No review is running. guiDeckReview starts one.",
    )
    for method in ("guiShowQuestion", "guiShowAnswer", "guiPlayAudio", "guiStartCardTimer"):
        assert anki.legacy(method)["result"] is False
        assert kind_as_shown(anki.rpc(method)["error"]) == "review_inactive"
    assert anki.legacy("showAnswer", 4) is False
    assert kind_as_shown(anki.rpc("guiAnswerCard", {"ease": 3})["error"]) == "review_inactive"
    for method in ("guiDeckOverview", "guiDeckReview"):
        assert anki.legacy(method, name="No such deck")["result"] is False
        assert anki.rpc(method, {"name": "No such deck"})["error"]["data"]["kind"] == "deck_not_found"
    assert anki.legacy("guiDeckReview", name=deck)["result"] is True
    anki.wait_for("mw.state == 'review' and mw.reviewer.card and mw.reviewer.state == 'question'")
    assert anki.legacy("guiReviewActive")["result"] is True
    first = anki.legacy("guiCurrentCard")["result"]
    assert first["cardId"] == anki.eval("mw.reviewer.card.id")
    assert (first["deckName"], first["buttons"], len(first["nextReviews"])) == (deck, [1, 2, 3, 4], 4)
    assert anki.legacy("guiAnswerCard", ease=3)["result"] is False
    assert anki.rpc("guiAnswerCard", {"ease": 3})["error"]["data"] == {"kind": "refused", "card": first["cardId"]}
    assert anki.legacy("guiShowAnswer")["result"] is True
    assert anki.eval("mw.reviewer.state") == "answer"
    assert anki.legacy("guiShowQuestion")["result"] is True
    assert anki.eval("mw.reviewer.state") == "question"
    anki.legacy("guiShowAnswer")
    assert anki.legacy("guiAnswerCard", ease=5)["result"] is False
    assert anki.rpc("guiAnswerCard", {"ease": 5})["error"]["data"] == {"kind": "refused", "field": "ease"}
    assert anki.legacy("guiAnswerCard", ease=3)["result"] is True
    anki.wait_for("mw.reviewer.card and mw.reviewer.card.id != first", first=first["cardId"])
    assert anki.eval("mw.col.db.list('select ease from revlog where cid = ?', first)", first=first["cardId"]) == [3]


def test_an_answer_that_another_add_on_forbids_is_an_error(anki: GatewayProcess, deck: str) -> None:
    """Anki asks add-ons before a card is answered, and says nothing if one forbids it."""
    assert anki.legacy("guiDeckReview", name=deck)["result"] is True
    anki.wait_for("mw.state == 'review' and mw.reviewer.card and mw.reviewer.state == 'question'")
    card = anki.eval("mw.reviewer.card.id")
    anki.exec(
        "keep['veto'] = lambda answer, *of: (False, answer[1])\n"
        "aqt.gui_hooks.reviewer_will_answer_card.append(keep['veto'])"
    )
    try:
        anki.legacy("guiShowAnswer")
        error = anki.rpc("guiAnswerCard", {"ease": 3})["error"]
        assert error["data"] == {"kind": "refused", "card": card}
        assert error["message"] == "Another add-on of Anki does not let the card be answered."
        assert anki.legacy("guiAnswerCard", ease=3) == {"result": False, "error": None}
        assert anki.eval("mw.col.db.scalar('select count() from revlog where cid = ?', card)", card=card) == 0
    finally:
        anki.exec("aqt.gui_hooks.reviewer_will_answer_card.remove(keep.pop('veto'))")
    assert anki.legacy("guiAnswerCard", ease=3)["result"] is True
    anki.wait_for("mw.reviewer.card and mw.reviewer.card.id != card", card=card)
