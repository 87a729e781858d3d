"""Opening Anki's windows by guiOpen: each is really shown, used again as Anki does, and can be closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from sizes import for_each, for_matrix, for_rows

from .conftest import GatewayProcess

pytestmark = pytest.mark.usefixtures("clean")

DECK, OTHER, CRAM = "Opened", "Opened too", "Opened cram"
PLAIN = ("statistics", "preferences", "cardInfo")
"""The windows that are no dialogs."""
CLASSES = {
    "statistics": "NewDeckStats",
    "preferences": "Preferences",
    "noteTypes": "Models",
    "fields": "FieldDialog",
    "cardLayout": "CardLayout",
    "deckOptions": "DeckOptionsDialog",
    "filteredDeck": "FilteredDeckConfigDialog",
    "customStudy": "CustomStudy",
    "cardInfo": "CardInfoDialog",
    "export": "ExportDialog",
}
BROWSER = "aqt.dialogs._dialogs['Browser'][1]"
UNFOCUSED = "testAttribute(aqt.qt.Qt.WidgetAttribute.WA_ShowWithoutActivating)"


@pytest.fixture(scope="module")
def ids(anki: GatewayProcess) -> Iterator[dict[str, Any]]:
    for deck in (DECK, OTHER):
        anki.rpc("createDeck", {"deck": deck})
    fields = ({"Front": "first", "Back": "b"}, {"Front": "second", "Back": "b"})
    kind = "Basic (and reversed card)"
    notes = [
        anki.rpc("addNote", {"note": {"deckName": DECK, "modelName": kind, "fields": each}})["result"]
        for each in fields
    ]
    term = {"search": "tag:nosuch", "limit": 1, "order": "added"}
    anki.rpc("createFilteredDeck", {"deck": CRAM, "terms": [term], "allowEmpty": True})
    cards = [anki.eval(f"list(mw.col.card_ids_of_note({note}))") for note in notes]
    yield {"notes": notes, "cards": [sorted(each) for each in cards]}
    for deck in (DECK, OTHER, CRAM):
        anki.delete_deck(deck)


def calls(ids: dict[str, Any]) -> dict[str, list[tuple[dict[str, Any], str]]]:
    """For each window two sets of params with what the window then shows, by an expression about it (`w`)."""
    (note, _), (cards, (other, *_)) = ids["notes"], ids["cards"]
    title = "w.windowTitle().translate({0x2068: None, 0x2069: None})"
    chosen = "(w.deck_chooser.selected_deck_name(), mw.col.decks.current()['name'])"
    return {
        "statistics": [
            ({"deck": DECK.upper()}, f"{chosen} == ({DECK!r},) * 2"),
            ({"deck": CRAM}, f"{chosen} == ({CRAM!r},) * 2"),
        ],
        "preferences": [({}, "w.isVisible()")] * 2,
        "noteTypes": [
            ({"modelName": "cloze"}, "w.current_notetype()['name'] == 'Cloze'"),
            ({"modelName": "Basic"}, "w.current_notetype()['name'] == 'Basic'"),
        ],
        "fields": [
            ({"modelName": name}, f"w.model['name'] == {name!r} and {name!r} in {title}") for name in ("Cloze", "Basic")
        ],
        "cardLayout": [
            ({"card": cards[1]}, f"(w.note.id, w.ord, w.current_template()['name']) == ({note}, 1, 'Card 2')"),
            ({"modelName": "Cloze"}, "w.model['name'] == 'Cloze' and w.note.id == 0"),
        ],
        "deckOptions": [({"deck": name}, f"{name!r} in {title}") for name in (DECK, OTHER)],
        "filteredDeck": [({"deck": CRAM}, f"w.form.name.text() == {CRAM!r} and w.deck.id"), ({}, "w.deck.id == 0")],
        "customStudy": [
            ({"deck": name}, f"mw.col.decks.name(w.deck_id) == mw.col.decks.current()['name'] == {name!r}")
            for name in (DECK, OTHER)
        ],
        "cardInfo": [({"card": cards[0]}, shown_card(cards[0])), ({"card": other}, shown_card(other))],
        "export": [({"deck": DECK}, f"w.frm.deck.currentText() == {DECK!r}"), ({"note": note}, f"w.nids == [{note}]")],
    }


def shown_card(card: int) -> str:
    """Looks into the page, whose answer comes later."""
    text = "(w.web.page().runJavaScript('document.body.innerText', lambda text: keep.update(page=str(text))) or 1)"
    return f"w.web.isVisible() and {text} and 'Added' in keep.get('page', '') and '{card}' in keep['page']"


def window(kind: str) -> str:
    return f"next(w for w in windows() if type(w).__name__ == {CLASSES[kind]!r})"


def of_kind(anki: GatewayProcess, kind: str) -> int:
    return int(anki.eval(f"len([w for w in windows() if type(w).__name__ == {CLASSES[kind]!r}])"))


def open_window(anki: GatewayProcess, kind: str, **params: Any) -> Any:
    return anki.rpc("guiOpen", {"window": kind, **params})


def shows(anki: GatewayProcess, kind: str, what: str) -> bool:
    return bool(anki.wait_for(f"[w for w in windows() if type(w).__name__ == {CLASSES[kind]!r} and {what}] and True"))


@pytest.mark.parametrize("kind", CLASSES)
def test_a_window_is_shown_when_the_response_comes_and_can_be_closed(
    anki: GatewayProcess, ids: dict[str, Any], kind: str
) -> None:
    for params, what in calls(ids)[kind]:
        anki.focus()
        before = anki.rpc("undoStatus")["result"]
        begin = time.monotonic()
        assert open_window(anki, kind, **params)["result"] is None
        assert time.monotonic() - begin < 5
        assert of_kind(anki, kind) == 1
        assert shows(anki, kind, what)
        anki.wait_for(f"{window(kind)}.isActiveWindow()")
        if "deck" not in params:
            assert anki.rpc("undoStatus")["result"] == before
        is_modal = anki.eval("aqt.qt.QApplication.activeModalWidget() is not None")
        assert is_modal is (kind not in PLAIN)
        assert "Default" in anki.rpc("deckNames")["result"]
        assert anki.rpc("guiReviewActive")["result"] is False
        if kind == "deckOptions":
            anki.wait_for(f"{window(kind)}._ready")  # it asks its page whether something was changed
        anki.exec(f"{window(kind)}.close()")
        anki.wait_for("windows() == []")
    assert anki.errors() == []


@pytest.mark.parametrize("kind", for_matrix(CLASSES, 5, 2))
def test_the_old_protocol_opens_it_too(anki: GatewayProcess, ids: dict[str, Any], kind: str) -> None:
    params, what = calls(ids)[kind][0]
    assert anki.legacy("guiOpen", window=kind, **params) == {"result": None, "error": None}
    assert shows(anki, kind, what)


@pytest.mark.parametrize("kind", PLAIN)
def test_an_open_window_is_used_again(anki: GatewayProcess, ids: dict[str, Any], kind: str) -> None:
    for params, what in calls(ids)[kind]:
        assert open_window(anki, kind, **params)["result"] is None
        assert shows(anki, kind, what)
        anki.wait_for(f"{window(kind)}.isActiveWindow()")
        anki.exec("mw.activateWindow()")
        anki.wait_for("mw.isActiveWindow()")
    assert of_kind(anki, kind) == 1
    assert open_window(anki, kind, **calls(ids)[kind][0][0], activate=False)["result"] is None
    assert shows(anki, kind, calls(ids)[kind][0][1])
    assert anki.eval("mw.isActiveWindow()")
    anki.exec(f"{window(kind)}.showMinimized()")
    assert open_window(anki, kind, **calls(ids)[kind][0][0])["result"] is None
    assert not anki.eval(f"{window(kind)}.isMinimized()")


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind not in PLAIN])
def test_a_dialog_is_used_again_only_for_the_same(anki: GatewayProcess, ids: dict[str, Any], kind: str) -> None:
    (same, what), (other, _) = calls(ids)[kind]
    for _ in range(2):
        assert open_window(anki, kind, **same)["result"] is None
    assert of_kind(anki, kind) == len(anki.windows()) == 1
    assert shows(anki, kind, what)
    for refused in (
        open_window(anki, kind, **other),
        *(open_window(anki, each, **calls(ids)[each][0][0]) for each in PLAIN),
    ):
        assert refused["error"]["data"] == {"kind": "busy"}
        assert "has to be closed first" in refused["error"]["message"]
    assert len(anki.windows()) == 1


@pytest.fixture
def information(anki: GatewayProcess) -> None:
    anki.post("aqt.utils.showInfo('wait', title='Mind this')")
    anki.wait_for("windows() != []")


@pytest.mark.usefixtures("information")
@for_each(kind=CLASSES)
def test_a_dialog_of_ankis_own_is_reported(anki: GatewayProcess, ids: dict[str, Any], kind: str) -> None:
    answer = open_window(anki, kind, **calls(ids)[kind][0][0])["error"]
    assert answer["data"] == {"kind": "busy"}
    assert answer["message"].startswith("Anki has a dialog open: Mind this")
    assert len(anki.windows()) == 1


@pytest.mark.parametrize("kind", for_matrix(CLASSES, 3))
def test_without_activate_the_focus_stays(anki: GatewayProcess, ids: dict[str, Any], kind: str) -> None:
    anki.focus()
    params, what = calls(ids)[kind][0]
    assert open_window(anki, kind, **params, activate=False)["result"] is None
    assert shows(anki, kind, what)
    assert anki.eval(f"{window(kind)}.{UNFOCUSED}")
    if kind in PLAIN:
        assert open_window(anki, kind, **params)["result"] is None
        anki.wait_for(f"{window(kind)}.isActiveWindow()")


def test_a_window_that_asks_for_the_focus_does_not_get_it(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    anki.exec(
        "import aqt.stats\nkeep['asked'] = 0\n"
        "def ask(window):\n    keep['asked'] += 1\n    aqt.qt.QDialog.activateWindow(window)\n"
        "aqt.stats.NewDeckStats.activateWindow = ask"
    )
    for activate, asked in ((False, 0), (True, 1)):
        assert open_window(anki, "statistics", activate=activate)["result"] is None
        assert anki.eval("keep['asked']") == asked
    anki.exec("del aqt.stats.NewDeckStats.activateWindow")


WRONG: list[tuple[dict[str, Any], str, Any]] = [
    ({"window": "deckOptions", "deck": "nosuch"}, "deck_not_found", "nosuch"),
    ({"window": "statistics", "deck": "nosuch"}, "deck_not_found", "nosuch"),
    ({"window": "filteredDeck", "deck": "nosuch"}, "deck_not_found", "nosuch"),
    ({"window": "customStudy", "deck": "nosuch"}, "deck_not_found", "nosuch"),
    ({"window": "export", "deck": "nosuch"}, "deck_not_found", "nosuch"),
    ({"window": "filteredDeck", "deck": DECK}, "refused", "not filtered: Opened"),
    ({"window": "customStudy", "deck": CRAM}, "refused", CRAM),
    ({"window": "noteTypes", "modelName": "nosuch"}, "model_not_found", "nosuch"),
    ({"window": "fields", "modelName": "nosuch"}, "model_not_found", "nosuch"),
    ({"window": "cardLayout", "modelName": "nosuch"}, "model_not_found", "nosuch"),
    ({"window": "cardLayout", "note": 5}, "note_not_found", "5"),
    ({"window": "cardLayout", "card": 5}, "card_not_found", "5"),
    ({"window": "cardInfo", "card": 5}, "card_not_found", "5"),
    ({"window": "export", "note": 5}, "note_not_found", "5"),
]


@for_rows(("params", "kind", "words"), WRONG)
def test_what_does_not_exist_is_an_error_before_anything_opens(
    anki: GatewayProcess, ids: dict[str, Any], params: dict[str, Any], kind: str, words: str
) -> None:
    error = anki.rpc("guiOpen", params)["error"]
    assert (error["data"]["kind"], words in error["message"]) == (kind, True), error
    old = anki.legacy("guiOpen", **params)
    assert old["result"] is None
    assert old["error"]
    assert anki.windows() == []


def test_deck_options_of_a_filtered_deck_are_its_own(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    assert open_window(anki, "deckOptions", deck=CRAM)["result"] is None
    assert shows(anki, "filteredDeck", f"w.form.name.text() == {CRAM!r}")


def test_card_templates_are_shown_as_ankis_editor_shows_them(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    fields = {"Text": "{{c1::a}} {{c5::b}}"}
    note = anki.rpc("addNote", {"note": {"deckName": DECK, "modelName": "Cloze", "fields": fields}})["result"]
    cards = anki.eval(f"[(card.id, card.ord) for card in mw.col.get_note({note}).cards()]")
    (card,) = [card for card, index in cards if index == 4]
    assert open_window(anki, "cardLayout", card=card)["result"] is None
    assert shows(anki, "cardLayout", f"(w.note.id, w.ord) == ({note}, 4)")
    assert not anki.tidy()
    damaged = ids["cards"][1][1]
    anki.exec(f"mw.col.db.execute('update cards set ord = 7 where id = {damaged}')")
    error = open_window(anki, "cardLayout", card=damaged)["error"]
    anki.exec(f"mw.col.db.execute('update cards set ord = 1 where id = {damaged}')")
    assert error["data"] == {"kind": "refused", "card": damaged}
    anki.rpc("deleteNotes", {"notes": [note]})


def test_the_keyboard_does_not_choose_another_window(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    """With Shift held down, Anki's menu opens an older one, which waits for the user."""
    anki.exec(
        "import aqt.deckoptions\n"
        "keep['pressed'] = aqt.deckoptions.KeyboardModifiersPressed\n"
        "aqt.deckoptions.KeyboardModifiersPressed = lambda: __import__('types').SimpleNamespace(shift=True)"
    )
    assert open_window(anki, "deckOptions", deck=DECK)["result"] is None
    anki.exec("aqt.deckoptions.KeyboardModifiersPressed = keep.pop('pressed')")
    assert of_kind(anki, "deckOptions") == 1


def test_undo_stays_if_the_deck_is_current_already(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    anki.rpc("selectDeck", {"deck": DECK})
    anki.rpc("addTags", {"notes": ids["notes"], "tags": "opened"})
    anki.rpc("undo")
    before = anki.rpc("undoStatus")["result"]
    assert before["redo"]
    for kind in (kind for kind, ((params, _), _) in calls(ids).items() if "deck" in params):
        assert open_window(anki, kind, **calls(ids)[kind][0][0])["result"] is None
        assert anki.rpc("undoStatus")["result"] == before, kind
        assert not anki.tidy()
    assert open_window(anki, "statistics", deck=OTHER)["result"] is None
    assert anki.rpc("undoStatus")["result"]["undo"] == "Select Deck"


def test_the_media_check_shows_its_findings_when_it_has_ended(anki: GatewayProcess) -> None:
    assert open_window(anki, "checkMedia")["result"] is None
    anki.wait_for("any(w.windowTitle() == 'Check Media' for w in windows())")
    assert "Default" in anki.rpc("deckNames")["result"]
    assert open_window(anki, "checkMedia")["error"]["data"]["kind"] == "busy"
    anki.exec("next(w for w in windows() if w.windowTitle() == 'Check Media').reject()")
    anki.wait_for("windows() == []")


def test_media_checks_at_the_same_time_are_one_check(anki: GatewayProcess) -> None:
    anki.exec(
        "keep['check'], keep['checks'] = mw.on_check_media_db, []\n"
        "def check():\n    keep['checks'].append(1)\n    keep['check']()\n"
        "mw.on_check_media_db = check"
    )
    try:
        # the calls come while the main thread is held, so they run one after the other when it goes on
        holding = threading.Thread(target=lambda: anki.exec("import time\ntime.sleep(0.6)"))
        holding.start()
        answers = at_once(anki, *[("checkMedia", {})] * 4)
        holding.join(20)
        anki.wait_for("any(w.windowTitle() == 'Check Media' for w in windows())")
        assert sorted(answers) == ["busy", "busy", "busy", "shown"]
        assert anki.eval("len(keep['checks'])") == 1
    finally:
        anki.exec("mw.on_check_media_db = keep.pop('check')\ndel keep['checks']")
    anki.exec("next(w for w in windows() if w.windowTitle() == 'Check Media').reject()")
    anki.wait_for("windows() == []")


def test_a_dialog_after_ankis_own_work_does_not_hold_a_call_that_came_before_it(anki: GatewayProcess) -> None:
    answers: list[Any] = []
    caller = threading.Thread(target=lambda: answers.append(open_window(anki, "preferences")))
    anki.post(
        "import time\n"
        "def show(done):\n"
        "    mw.progress.finish()\n"
        "    keep['dialog'] = aqt.qt.QDialog(mw)\n"
        "    keep['dialog'].exec()\n"
        "mw.progress.start()\n"
        "mw.taskman.run_in_background(lambda: time.sleep(0.3), show)\n"
        "time.sleep(0.7)"
    )
    caller.start()
    anki.wait_for("keep.get('dialog') and keep['dialog'].isVisible()")
    try:
        caller.join(10)
        assert [answer["error"]["data"]["kind"] for answer in answers] == ["busy"]
    finally:
        anki.exec("keep.pop('dialog').reject()")
        caller.join(10)


def at_once(anki: GatewayProcess, *wanted: tuple[str, dict[str, Any]]) -> list[str]:
    """Open windows by calls at the same time; for each whether it was shown, or the kind of its error."""
    answers = ["none"] * len(wanted)

    def call(index: int, kind: str, params: dict[str, Any]) -> None:
        answer = open_window(anki, kind, **params)
        answers[index] = answer["error"]["data"]["kind"] if "error" in answer else "shown"

    threads = [threading.Thread(target=call, args=(index, *each)) for index, each in enumerate(wanted)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers


@pytest.mark.parametrize("kind", for_matrix([kind for kind in CLASSES if kind not in PLAIN], 3, 2))
def test_calls_at_the_same_time_open_one_dialog(anki: GatewayProcess, ids: dict[str, Any], kind: str) -> None:
    (one, what), (other, else_) = calls(ids)[kind]
    answers = at_once(anki, *[(kind, one), (kind, other)] * 3)
    assert of_kind(anki, kind) == len(anki.windows()) == 1
    assert answers in (["shown", "busy"] * 3, ["busy", "shown"] * 3)
    assert shows(anki, kind, what if answers[0] == "shown" else else_)


@pytest.fixture
def held(anki: GatewayProcess) -> Iterator[None]:
    """Anki's dialog for custom study is fetching what it shows until `keep['go_on']` is called."""
    anki.exec(
        "from aqt.customstudy import CustomStudy\nkeep['fetch'] = CustomStudy.fetch_data_and_show\n"
        "def hold(mw, keep=keep):\n    keep['go_on'] = lambda: keep['fetch'](mw)\n"
        "CustomStudy.fetch_data_and_show = staticmethod(hold)"
    )
    yield
    anki.exec(
        "from aqt.customstudy import CustomStudy\nCustomStudy.fetch_data_and_show = staticmethod(keep.pop('fetch'))"
    )


@pytest.mark.usefixtures("held")
def test_no_window_opens_while_a_dialog_is_still_fetching(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    answers: list[Any] = []

    def open_it(**more: Any) -> threading.Thread:
        thread = threading.Thread(target=lambda: answers.append(open_window(anki, "customStudy", deck=DECK, **more)))
        thread.start()
        return thread

    first = open_it(activate=False)
    anki.wait_for("'go_on' in keep")
    second = open_it()
    others = [(kind, calls(ids)[kind][0][0]) for kind in CLASSES if kind != "customStudy"]
    assert at_once(anki, ("checkMedia", {}), *others) == ["busy"] * (1 + len(others))
    assert answers == anki.windows() == []
    anki.exec("keep.pop('go_on')()")
    for thread in (first, second):
        thread.join(20)
    assert [answer.get("result", answer) for answer in answers] == [None, None]
    assert len(anki.windows()) == of_kind(anki, "customStudy") == 1
    anki.wait_for(f"{window('customStudy')}.isActiveWindow()")  # as the second call asks for


def test_a_dialog_that_cannot_be_created_is_not_waited_for(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    anki.exec(
        "import aqt.import_export.exporting as e\nkeep['init'] = e.ExportDialog.__init__\n"
        "def fail(*_, **__):\n    raise ValueError('no export')\n"
        "e.ExportDialog.__init__ = fail"
    )
    failed = open_window(anki, "export")
    anki.exec("import aqt.import_export.exporting as e\ne.ExportDialog.__init__ = keep.pop('init')")
    assert "error" in failed
    assert open_window(anki, "export")["result"] is None


def test_windows_that_are_left_open_close_with_the_profile(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    for kind in ("statistics", "cardInfo"):  # in Anki 25.7, open preferences keep the profile open
        assert open_window(anki, kind, **calls(ids)[kind][0][0])["result"] is None
    anki.post("mw.unloadProfileAndShowProfileManager()")
    anki.wait_for("mw.state == 'profileManager'")
    answer = open_window(anki, "preferences")["error"]
    assert answer["data"]["kind"] == "collection_unavailable"
    for kind, ((params, _), *_) in calls(ids).items():
        assert open_window(anki, kind, **params)["error"]["data"]["kind"] == "collection_unavailable"
    assert anki.windows() == []
    anki.open_profile("User 1")


def test_the_rows_of_the_browser_are_refused_while_it_shows_its_own(anki: GatewayProcess, ids: dict[str, Any]) -> None:
    params = {"columns": ["noteCrt"], "cards": ids["cards"][0]}
    assert "result" in anki.rpc("browserRows", params)
    anki.rpc("guiBrowse", {"query": f"deck:{DECK}"})
    anki.wait_for(f"{BROWSER}.table.len() == 4")
    columns = anki.eval(f"len({BROWSER}.table._model._state.active_columns)")
    error = anki.rpc("browserRows", params)["error"]
    assert error["data"]["kind"] == "refused"
    assert error["message"] == "Anki's browser is open, and shows columns of its own. Close it, and try again."
    card = ids["cards"][0][0]
    assert anki.eval(f"len(list(mw.col.browser_row_for_id({card})[0]))") == columns
    anki.exec(f"{BROWSER}.close()")
    anki.wait_for(f"{BROWSER} is None")
    assert "result" in anki.rpc("browserRows", params)


ROWS = "import sys\nrows = sys.modules['1234567890.actions.card.rows']\n"
OPENS_BETWEEN = """
import threading, time
Context = sys.modules['1234567890.rpc.context'].Context
parts, plain, shows = Context.parts, rows._row, threading.Event()
def slow_row(*args, **more):
    time.sleep(0.3)  # the browser comes to ask for its rows
    return plain(*args, **more)
def parts_and_browser(*args):
    for number, part in enumerate(parts(*args)):
        if number == 1:
            mw.taskman.run_on_main(lambda: aqt.dialogs.open('Browser', mw, search=(search,)))
            shows.wait(10)
        yield part
def will_show(_browser):
    shows.set()
aqt.gui_hooks.browser_will_show.append(will_show)
Context.parts, rows._row, rows._ROWS_PER_PART = parts_and_browser, slow_row, 1
"""
"""Anki opens its browser between the first part and the second, which begins before the browser asks for its rows."""
AS_BEFORE = """
aqt.gui_hooks.browser_will_show.remove(will_show)
Context.parts, rows._row, rows._ROWS_PER_PART = parts, plain, part
"""


def test_a_browser_that_opens_between_two_parts_shows_its_own_columns(
    anki: GatewayProcess, ids: dict[str, Any]
) -> None:
    params = {"columns": ["noteCrt"], "cards": [*ids["cards"][0], *ids["cards"][1]]}
    part = anki.exec(f"{ROWS}result = rows._ROWS_PER_PART")
    anki.exec(OPENS_BETWEEN, search=f"deck:{DECK}")
    try:
        error = anki.rpc("browserRows", params)["error"]
        anki.wait_for(f"len({BROWSER}.table._model._rows) == 4")  # it is painted
        cells = f"[w.cells for w in {BROWSER}.table._model._rows.values()]"
        columns = anki.eval(f"len({BROWSER}.table._model._state.active_columns)")
        assert {len(row) for row in anki.eval(f"[[c.text for c in cells] for cells in {cells}]")} == {columns}
        assert error["data"]["kind"] == "refused"
        anki.exec(f"{BROWSER}.close()")
        anki.wait_for(f"{BROWSER} is None")
    finally:
        anki.exec(AS_BEFORE, part=part)
