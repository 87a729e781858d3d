"""The spy add-on: runs Python source sent by a test on Qt's main thread of a real Anki.

Loaded by Anki, never by a test; needs nothing but the standard library and aqt. One JSON request and one
reply per connection; `AnkiProcess` in `anki_process.py` is the other end and states the contract.

Source runs through a queued Qt signal, one event per call, and not through `taskman.run_on_main`: that runs
closures in batches, and one that opens a modal dialog would hold back those queued behind it.
"""

import atexit
import faulthandler
import gc
import json
import os
import signal
import sys
import threading
import time
import traceback
import types
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

import anki
import aqt
import aqt.addons
import aqt.errors
import aqt.sound
from aqt.qt import QApplication, QDialog, QMessageBox, QObject, Qt, QTimer, QWidget, pyqtSignal

mw = aqt.mw
WORK = "AnkiRpcWork"
errors: list[str] = []
played: list[str] = []
keep: dict[str, Any] = {}


class _MainThread(QObject):
    """Runs callables on the main thread, each in an event of its own, inside nested event loops too."""

    posted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.posted.connect(lambda task: task(), Qt.ConnectionType.QueuedConnection)


FIRST_LOOK_MS, LAST_LOOK_MS = 10, 100
"""An expression may ask a page, which does nothing else any more if it is asked too often."""


class _Wait:
    """Evaluates an expression on the main thread, now and then, until it is true or nobody waits any more."""

    def __init__(self, source: str, given: dict[str, Any], answer: Future[str]) -> None:
        self._code = compile(source, "<test>", "eval")
        self._answer = answer
        self._seen = ""
        self._is_over = False
        names.update(given)
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(FIRST_LOOK_MS)
        self._look()

    def _look(self) -> None:
        self._timer.setInterval(min(int(self._timer.interval() * 1.2), LAST_LOOK_MS))
        try:
            value = eval(self._code, names)
            reply = json.dumps({"result": value}, default=_plain)
        except BaseException:
            value, self._seen = None, traceback.format_exc()
        else:
            self._seen = repr(value)
        if value and not self._is_over:
            self._answer.set_result(reply)
            self._is_over = True
        if self._is_over:
            self._timer.stop()

    def end(self) -> str:
        """Stop waiting; return what the expression was in the end. Any thread."""
        self._is_over = True
        return self._seen


class _GapTimer:
    """Measures how long the main thread was away: the times between the ticks of a 5 ms timer.

    The time for which the machine let it wait for a processor does not count.
    """

    def __init__(self) -> None:
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._gaps: list[float] = []
        self._last = 0.0

    def _now(self) -> float:
        try:
            _, waited_ns, _ = self._schedule.read_text("ascii").split()
        except OSError:
            return time.perf_counter()
        return time.perf_counter() - int(waited_ns) / 1e9

    def _tick(self) -> None:
        now = self._now()
        self._gaps.append((now - self._last) * 1000)
        self._last = now

    def start(self) -> None:
        self._gaps = []
        self._last = self._now()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        self._timer.stop()
        self._tick()
        return {"count": len(self._gaps), "max_ms": max(self._gaps)}


class _Progress:
    """Facts that only hooks tell: Anki has started, the deck browser was drawn and the main page loaded n times.

    `drawn` is the number of the load whose page was last seen to be drawn (`has_drawn`).
    """

    started = False
    draws = 0
    loads = 0
    drawn = 0


def _watch_progress() -> None:
    def started() -> None:
        gc.freeze()  # Anki collects garbage whenever a window closes; the objects of the start are skipped
        _Progress.started = True

    def drawn(_browser: object) -> None:
        _Progress.draws += 1

    def loading() -> None:
        _Progress.loads += 1

    mw.web.page().loadStarted.connect(loading)
    aqt.gui_hooks.main_window_did_init.append(started)
    aqt.gui_hooks.deck_browser_did_render.append(drawn)


ANKIS_OWN_FAULTS = [
    # A page that is left before it has said what its background is answers with nothing (`TopWebView`).
    ("in set_background", "TypeError: expected string or bytes-like object, got 'NoneType'"),
]
"""Errors of Anki's own that fast programs bring about and nobody but Anki can prevent: words of their tracebacks."""


def _is_ankis_own(text: str) -> bool:
    return any(all(words in text for words in fault) for fault in ANKIS_OWN_FAULTS)


def _record_errors() -> None:
    """Put into `errors` what Anki would show in an error box, and show none.

    What counts as an error stays Anki's decision (`ErrorHandler.onTimeout`, `show_exception`), but for the known
    faults of its own.
    """

    class Unshown:
        def show(self) -> None: ...

        def exec(self) -> None: ...

    def box(user_text: str, debug_text: str, *_args: object, **_more: object) -> Unshown:
        text = debug_text.strip() or user_text
        if not _is_ankis_own(text):
            errors.append(text)
        return Unshown()

    on_timeout = aqt.errors.ErrorHandler.onTimeout

    def flush(handler: aqt.errors.ErrorHandler) -> None:
        if handler.pool.strip():
            on_timeout(handler)

    show_text = aqt.addons.showText

    def broken_addons(text: str, *args: Any, **more: Any) -> Any:
        errors.append(text)
        return show_text(text, *args, **more)

    aqt.errors._init_message_box = box
    aqt.errors.supportText = lambda: ""
    aqt.errors.addon_debug_info = lambda: ""
    aqt.errors.ErrorHandler.onTimeout = flush
    aqt.addons.showText = broken_addons


def _complete() -> None:
    """Add what the tests use and older versions of Anki lack, for source that tests send and nobody else."""

    def get_instance(manager: aqt.DialogManager, name: str) -> Any:
        if sys._getframe(1).f_code.co_filename != "<test>":
            raise AttributeError(name="getInstance", obj=manager)
        return manager._dialogs[name][1]

    if not hasattr(aqt.DialogManager, "getInstance"):
        aqt.DialogManager.getInstance = get_instance


def _leave_wrappers() -> None:
    """Unregister PyQt's clean-up at the end of Python, which comes after Anki has saved everything.

    It walks over the table of all wrappers while it deletes some of them. Sometimes it reads a deleted one, and
    Anki ends with SIGSEGV.
    """
    if "ANKI_SPY_FORKED" in os.environ:
        return  # the process from which this one was forked has not registered it
    for found in gc.get_objects():
        # `isinstance` would ask many an object for its class, and so have PyQt make all its enums
        if type(found) is types.BuiltinFunctionType and found.__name__ == "_qtcore_cleanup":
            atexit.unregister(found)


def _mute() -> None:
    """Record sounds in `played`: with no player installed Anki warns in a dialog."""

    def play(tags: Iterable[object]) -> None:
        played.extend(str(getattr(tag, "filename", tag)) for tag in tags)

    aqt.sound.av_player.play_tags = play
    aqt.sound.av_player.append_tags = play


def reported_errors() -> list[str]:
    """The errors so far, with those that Anki's handler still gathers (it waits 100 ms)."""
    mw.errorHandler.onTimeout()
    return errors


def windows() -> list[QWidget]:
    """The visible windows besides the main window and the profile picker.

    Without the one that shows a program's work: it opens by itself where the machine is slow.
    """
    own = (mw, getattr(mw, "profileDiag", None))
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in own and w.objectName() != WORK]


def describe(window: QWidget) -> str:
    text = f": {window.text()}" if isinstance(window, QMessageBox) else ""
    return f"{type(window).__name__} {window.windowTitle()!r}{text}"


def describe_all() -> str:
    """What Anki is doing, for a person who looks for the reason of a failed test."""
    focus = QApplication.focusWidget()
    card = mw.reviewer.card and mw.reviewer.card.id
    facts = {
        "profile": mw.pm.name,
        "state": mw.state,
        "reviewer": (mw.reviewer.state, card) if mw.state == "review" else None,
        "page": (mw.web._domDone, mw.web.url().toString()),
        "focus": focus and (type(focus).__name__, type(focus.window()).__name__),
        "active": type(QApplication.activeWindow()).__name__,
        "idle": is_idle(),
        "errors": errors,
    }
    return "; ".join(f"{name}: {value}" for name, value in facts.items())


def close_windows(attempt: str) -> bool:
    """Ask the topmost modal dialog, or else every window, to close; typed text is given up. True if none is left.

    Windows close later, so this is called until it is true; in one attempt each window is asked once.
    Warnings that were waiting for a user are added to `errors`.
    """
    opened = windows()
    modal = QApplication.activeModalWidget()
    for window in [modal] if modal else opened:
        if window.property("spy_attempt") == attempt or window is mw.progress._win or window.objectName() == WORK:
            continue
        window.setProperty("spy_attempt", attempt)
        if isinstance(window, QMessageBox):
            if window.icon() in (QMessageBox.Icon.Warning, QMessageBox.Icon.Critical):
                errors.append(describe(window))
            if discard := window.button(QMessageBox.StandardButton.Discard):
                discard.click()
                continue
        if isinstance(window, QDialog) and window is modal:
            window.reject()
        else:
            window.close()
    return not opened


def has_drawn() -> bool:
    """The main page shows what it asks Anki for; one that is left before that tells the user that its request failed.

    Only the congratulations ask, after their load has ended. The page answers later: call this until it is true.
    """
    if mw.web.url().path() != "/congrats":
        return True
    load, page = _Progress.loads, mw.web.page()
    if page.isLoading() or not mw.web._domDone:
        return False

    def answer(is_drawn: bool) -> None:
        if is_drawn:
            _Progress.drawn = load

    if _Progress.drawn != load:
        page.runJavaScript("document.querySelector('.congrats') !== null", answer)
    return _Progress.drawn == load


def is_idle() -> bool:
    """No work of Anki's own is under way whose end would find a page, a card, a collection or its server gone."""
    pages = (mw.web, mw.bottomWeb, mw.toolbarWeb)
    serving = mw.mediaServer.server.task_dispatcher
    return not (
        mw._background_op_count
        or mw.progress.busy()
        or any(page.page().isLoading() for page in pages)
        or not (mw.web._domDone and mw.bottomWeb._domDone)  # at once, while a load begins later
        or serving.active_count
        or serving.queue
        or any(_fills_its_sidebar(window) for window in windows())
        or not has_drawn()
    )


def _fills_its_sidebar(window: Any) -> bool:
    """It is a browser, which fills its sidebar a moment later. Anki would do so even after the browser was closed."""
    sidebar = getattr(window, "sidebar", None)
    return sidebar is not None and sidebar.isVisible() and sidebar.model() is None


def open_profile(name: str) -> None:
    """Start to open a profile, closing the one that is open."""

    def load() -> None:
        mw.pm.load(name)
        mw.loadProfile()

    if mw.state == "profileManager":
        mw.pm.load(name)
        mw.onOpenProfile()
    else:
        mw.unloadProfile(load)


def leave() -> None:
    """Close the profile properly and end Anki."""
    if mw.state == "profileManager":
        mw.profileDiag.close()
    elif mw.col is not None:
        mw.unloadProfileAndExit()
    else:
        mw.cleanupAndExit()


names: dict[str, Any] = {}


def forget_names() -> None:
    """Set what a test's source sees: our own names and, of what tests have defined, only `keep`."""
    names.clear()
    names.update(
        mw=mw,
        aqt=aqt,
        anki=anki,
        keep=keep,
        errors=errors,
        played=played,
        progress=_Progress,
        gap_timer=_GapTimer(),
        reported_errors=reported_errors,
        windows=windows,
        describe=describe,
        describe_all=describe_all,
        close_windows=close_windows,
        has_drawn=has_drawn,
        is_idle=is_idle,
        open_profile=open_profile,
        leave=leave,
        forget_names=forget_names,
    )


def _plain(value: object) -> object:
    """For json: protobuf's and Anki's sequences become lists, anything else is the test's mistake."""
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return list(value)
    raise TypeError(f"a test can only be given JSON, not {value!r}")


def _run(mode: str, source: str, given: dict[str, Any]) -> str:
    """Run source and return the reply; never raises, so that Anki's error handler stays out of it."""
    try:
        names.update(given)
        if mode == "eval":
            result = eval(compile(source, "<test>", "eval"), names)
        else:
            names.pop("result", None)
            exec(compile(source, "<test>", "exec"), names)
            result = names.pop("result", None)
        return json.dumps({"result": result}, default=_plain)
    except BaseException:
        return json.dumps({"error": traceback.format_exc()})


def _post(source: str, given: dict[str, Any]) -> str:
    """Run source from a timer, later; what it raises is Anki's to report."""
    names.update(given)
    code = compile(source, "<test>", "exec")
    QTimer.singleShot(0, lambda: exec(code, names))
    return json.dumps({"result": None})


def _main_stack() -> str:
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    return "".join(traceback.format_stack(frame)) if frame else ""


def _answer(connection: Connection, main: _MainThread) -> None:
    """Serve one connection: one request, one reply. A call that nobody waits for any more is not begun."""
    with connection:
        request = json.loads(connection.recv_bytes())
        mode, source, given = request["mode"], request["source"], request["names"]
        future: Future[str] = Future()
        waits: list[_Wait] = []

        def task() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                if mode == "wait":
                    waits.append(_Wait(source, given, future))
                else:
                    future.set_result(_post(source, given) if mode == "post" else _run(mode, source, given))
            except SyntaxError:
                future.set_result(json.dumps({"error": traceback.format_exc()}))

        main.posted.emit(task)
        try:
            reply = future.result(request["timeout"])
        except FutureTimeout:
            future.cancel()
            reply = json.dumps({"still": waits[0].end()} if waits else {"timeout": _main_stack()})
        connection.send_bytes(reply.encode())


def _serve(main: _MainThread) -> None:
    authkey = bytes.fromhex(os.environ["ANKI_SPY_KEY"])
    with Listener(("127.0.0.1", 0), backlog=64, authkey=authkey) as listener:
        port_file = Path(os.environ["ANKI_SPY_PORT_FILE"])
        part = port_file.with_suffix(".part")
        part.write_text(str(listener.address[1]))
        part.replace(port_file)
        while True:
            try:
                connection = listener.accept()
            except (AuthenticationError, EOFError, OSError):
                continue
            threading.Thread(target=_answer, args=(connection, main), daemon=True).start()


def _die_with_the_test() -> None:
    """End this process group when the test process, which holds the other end of stdin, is gone."""
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


# Where the newest Anki has the stack of a crash written; older ones do not.
_crash_log = Path(mw.pm.base, "crash.log").open("a", encoding="utf-8")  # noqa: SIM115  (open until Anki ends)
faulthandler.enable(_crash_log)
faulthandler.register(signal.SIGUSR1, _crash_log, all_threads=True)
_record_errors()
_complete()
_leave_wrappers()
_mute()
_watch_progress()
forget_names()
_main = _MainThread()
threading.Thread(target=_serve, args=(_main,), daemon=True).start()
threading.Thread(target=_die_with_the_test, daemon=True).start()
