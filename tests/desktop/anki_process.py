"""A real Anki in a process of its own, offscreen, in a throw-away folder, driven by Python source.

    anki = AnkiProcess(tmp_path / "anki")
    anki.install(Path("dist/anki-rpc.ankiaddon"), config={"webBindPort": 18765})
    with anki:
        anki.exec("mw.onAddCard()")
        anki.wait_for("aqt.dialogs.getInstance('AddCards') is not None")
        assert anki.errors() == []

The test imports neither aqt nor anki: the spy add-on (`spy/`) is the other end. Not concerned with what is
installed; the fixtures in `conftest.py` know our gateway. POSIX only.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import pickle
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Client
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from fork_server import ForkedProcess, ForkServer
from sizes import IS_FULL

ROOT = Path(__file__).resolve().parents[2]
SPY = Path(__file__).with_name("spy")
SHOW = "ANKI_RPC_SHOW_WINDOWS"
"""The environment variable that has Anki show its windows on a display in place of offscreen."""
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
SERVER_FAULT = re.compile(
    r"^.*ERROR:waitress: Exception when servicing.*\nTraceback[\s\S]*?\nOSError: \[Errno 9\] Bad file descriptor\n",
    re.MULTILINE,
)
"""What Anki's own media server writes if Anki quits while a page still loads its files."""
START_TIMEOUT = 60.0
STOP_TIMEOUT = 20.0
CALL_TIMEOUT = 20.0


class AnkiError(AssertionError):
    """Anki could not do what the test asked: the source raised, or Anki hangs or has ended."""


class Exit(NamedTuple):
    """How Anki ended: its return code (negative: killed by that signal) and what it wrote while stopping."""

    code: int
    output: str


@dataclass
class Gaps:
    """How long the main thread was away, in milliseconds, by a 5 ms timer; filled when the block ends."""

    count: int = 0
    max_ms: float = 0.0


def desktop_python() -> Path:
    """The interpreter that has aqt: $ANKI_RPC_DESKTOP_PYTHON, else .venv-desktop's; else AnkiError."""
    given = os.environ.get("ANKI_RPC_DESKTOP_PYTHON")
    python = Path(given) if given else ROOT / ".venv-desktop" / "bin" / "python"
    if not python.exists():
        raise AnkiError(
            f"no Python with Anki at {python}: run `make setup`, or set ANKI_RPC_DESKTOP_PYTHON, "
            'or leave these tests out with pytest -m "not desktop"'
        )
    return python


class AnkiProcess:
    """One base folder and the Anki that runs in it; it may be started again after it was stopped.

    Source runs on Qt's main thread, also while a modal dialog is open. It sees `mw`, `aqt`, `anki`, the
    keyword arguments of the call, every name that earlier source defined, until `tidy()`, and `keep`, a dict
    that outlives it. Results come back as JSON: tuples and Anki's sequences as lists, keys as strings.
    """

    def __init__(
        self,
        base: Path,
        *,
        profiles: Sequence[str] = ("User 1",),
        profile: str | None = None,
        spy_last: bool = False,
        env: Mapping[str, str] | None = None,
        language: str = "en_US",
    ) -> None:
        """Make the base folder, which must not exist yet.

        `profile` is opened at the start; without it Anki opens the only one, or else shows its picker. The
        spy is loaded before the other add-ons, or after them with `spy_last`. `env` is added to Anki's own.
        `language` is Anki's.
        """
        self.base = base
        self.profiles = tuple(profiles)
        self.profile = profile
        self.addons = base / "addons21"
        self.log_file = base / "output.log"
        self._env = dict(env or {})
        self._language = language
        self._process: subprocess.Popen[bytes] | ForkedProcess | None = None
        self._address = ("127.0.0.1", 0)
        self._key = b""
        self.addons.mkdir(parents=True)
        _write_preferences(base, self.profiles)
        shutil.copytree(_spy(), self.addons / ("zz_spy" if spy_last else "00_spy"))

    # add-ons and process

    def install(self, package: Path, folder: str = "1234567890", config: Mapping[str, Any] | None = None) -> Path:
        """Unzip an .ankiaddon as Anki's add-on manager does, `config` as the user's; return its folder."""
        target = self.addons / folder
        shutil.copytree(_unpacked(package, package.stat().st_mtime_ns), target)
        manifest_file = target / "manifest.json"
        manifest = json.loads(manifest_file.read_text("utf-8")) if manifest_file.exists() else {}
        meta = {"name": manifest.get("name", folder), "mod": manifest.get("mod", int(time.time()))}
        if config is not None:
            meta["config"] = dict(config)
        (target / "meta.json").write_text(json.dumps(meta), "utf-8")
        return target

    def start(self) -> None:
        """Start Anki and wait until its window, with the profile or the profile picker, can be used."""
        python = desktop_python()
        key = secrets.token_hex(16)
        self._key = bytes.fromhex(key)
        port_file = self.base / "spy_port"
        port_file.unlink(missing_ok=True)
        chosen = ("-p", self.profile) if self.profile else ()
        with self.log_file.open("ab") as log:
            arguments = ["-c", "import aqt; aqt.run()", "-b", str(self.base), "-l", self._language, *chosen]
            env = {**_environment(), **self._env, "ANKI_SPY_KEY": key, "ANKI_SPY_PORT_FILE": str(port_file)}
            server = _fork_server(python)
            if not IS_FULL and server.can_start(env):
                forked = {**env, "ANKI_SPY_FORKED": "1"}
                self._process = ForkedProcess(
                    server, arguments, cwd=self.base, env=forked, log=log, start_new_session=True
                )
            else:
                self._process = subprocess.Popen(
                    [python, *arguments],
                    cwd=self.base,
                    env=env,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        try:
            deadline = time.monotonic() + START_TIMEOUT
            while not port_file.exists():
                if self.has_ended() or time.monotonic() > deadline:
                    raise AnkiError(f"the spy was not loaded{self._tail()}")
                time.sleep(0.01)
            self._address = ("127.0.0.1", int(port_file.read_text()))
            usable = "mw.state == 'profileManager' or progress.draws > 0 and mw.web._domDone"
            self.wait_for(f"progress.started and ({usable}) and is_idle()", timeout=deadline - time.monotonic())
        except BaseException:
            self.kill()
            raise

    def stop(self) -> Exit:
        """Close all windows and the profile and end Anki; kill it where that takes too long (20 s for each).

        An Anki that has ended by itself is no error here: its code tells.
        """
        if self._process is None:
            raise AnkiError("Anki is not running")
        before = self.log_file.stat().st_size
        with contextlib.suppress(AnkiError):  # it may be ending already
            self._close_windows(timeout=STOP_TIMEOUT)
            self.post("leave()")
        return self.ended(since=before)

    def ended(self, since: int | None = None) -> Exit:
        """Wait for the end of an Anki that is quitting; its output from an offset of its log on, or from now on."""
        if self._process is None:
            raise AnkiError("Anki is not running")
        before = self.log_file.stat().st_size if since is None else since
        try:
            self._process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._have_threads_written()
        code, crash = self.kill(), self.base / "crash.log"  # where Anki has Python write the stack of a crash
        stack = crash.read_text("utf-8", "replace") if code < 0 and crash.exists() else ""
        return Exit(code, SERVER_FAULT.sub("", self.log(since=before)) + stack)

    def _have_threads_written(self) -> None:
        """Have an Anki that does not end write where all its threads are; see the spy."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGUSR1)
                time.sleep(0.5)

    def kill(self) -> int:
        """Kill Anki and its helper processes at once; return the code that Anki ended with."""
        process = self._process
        if process is None:
            return 0
        self._process = None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        _close(process.stdin)
        return code

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self.stop()

    # driving Anki

    def eval(self, expression: str, /, *, timeout: float = CALL_TIMEOUT, **names: Any) -> Any:
        """The value of an expression; `names` are JSON values that it can use."""
        return self._call("eval", expression, timeout, names)

    def exec(self, statements: str, /, *, timeout: float = CALL_TIMEOUT, **names: Any) -> Any:
        """Run statements; return what they assign to `result`, else None."""
        return self._call("exec", statements, timeout, names)

    def post(self, statements: str, /, **names: Any) -> None:
        """Run statements from Qt's event loop, soon, without waiting: for what opens a modal dialog.

        What they raise goes where any of Anki's own errors goes: to `errors()`.
        """
        self._call("post", statements, CALL_TIMEOUT, names)

    def wait_for(self, expression: str, /, *, timeout: float = 30.0, **names: Any) -> Any:
        """Evaluate until the value is true and return it. An expression that raises is not true yet."""
        return self._call("wait", expression, timeout, names)

    def open_profile(self, name: str, *, timeout: float = 20.0) -> None:
        """Open a profile, after closing the one that is open, and wait until its deck browser is drawn."""
        draws = self.eval("progress.draws")
        self.post("open_profile(name)", name=name)
        self.wait_for(
            "mw.pm.name == name and mw.col and progress.draws > draws and True",
            timeout=timeout,
            name=name,
            draws=draws,
        )

    def focus(self) -> None:
        """Give the focus to Anki's main window, which Anki refreshes only while a widget in it has the focus."""
        if self.eval("mw.isActiveWindow() and aqt.utils.current_window() == mw"):
            return
        # Hidden and shown again, as at a change of profile, it is active for Qt's offscreen platform already.
        self.exec("other = aqt.qt.QWidget()\nother.show()\nother.close()\nmw.activateWindow()\nmw.web.setFocus()")
        self.wait_for("mw.isActiveWindow() and aqt.utils.current_window() == mw")

    def grab(self, widget: str, path: Path) -> Path:
        """Save what a widget shows, given by an expression, as a PNG; return its path."""
        if not self.eval(f"({widget}).grab().save(path, 'PNG')", path=str(path)):
            raise AnkiError(f"{widget} could not be saved to {path}")
        return path

    def report(self, folder: Path) -> str:
        """Save a picture of every visible window in a folder; return what Anki is doing, in words, with their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = [self.eval("describe_all()")]
        for number in range(self.eval("len(windows()) + 1")):
            widget = f"[mw, *windows()][{number}]"
            picture = self.grab(widget, folder / f"{number}.png")
            lines.append(f"{picture}: {self.eval(f'describe({widget})')}")
        return "\n".join(lines)

    @contextlib.contextmanager
    def gaps(self) -> Iterator[Gaps]:
        """Measure, while the block runs, how long the main thread was away from its event loop."""
        gaps = Gaps()
        self.exec("gap_timer.start()")
        yield gaps
        gaps.__dict__.update(self.eval("gap_timer.stop()", timeout=60))

    # what went wrong

    def errors(self) -> list[str]:
        """What Anki would have shown in error boxes: uncaught exceptions, stderr, failed operations."""
        return list(self.eval("reported_errors()"))

    def forget_errors(self) -> None:
        """For a test that has caused errors on purpose."""
        self.exec("reported_errors().clear()")

    def windows(self) -> list[str]:
        """The visible windows besides the main window: class, title and, of message boxes, the text."""
        return list(self.eval("[describe(w) for w in windows()]"))

    def log(self, since: int = 0) -> str:
        """What Anki wrote to stdout and stderr, in all its starts, from a byte offset on."""
        return self.log_file.read_bytes()[since:].decode("utf-8", "replace") if self.log_file.exists() else ""

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def tidy(self) -> list[str]:
        """Close every window, go back to the first profile and the deck browser in front, forget names of tests.

        Returns the complaints: the errors since the last time, and warnings that were left open.
        """
        self._close_windows(timeout=30)
        home = self.profile or self.profiles[0]
        if self.eval("mw.col is None or mw.pm.name != home", home=home):
            self.open_profile(home)
        if self.eval("mw.state != 'deckBrowser'"):
            draws = self.exec("result = progress.draws\nmw.moveToState('deckBrowser')")
            self.wait_for("progress.draws > draws", draws=draws)
        self.wait_for("mw.web._domDone and is_idle()")
        self.focus()
        complaints = self.errors()
        self.exec("errors.clear()\nplayed.clear()\nforget_names()")
        return complaints

    # the channel

    def _call(self, mode: str, source: str, timeout: float, names: Mapping[str, Any]) -> Any:
        process = self._running()
        request = {"mode": mode, "source": source, "names": names, "timeout": timeout}
        try:
            with Client(self._address, authkey=self._key) as connection:
                _send_at_once(connection.fileno())
                connection.send_bytes(json.dumps(request).encode())
                if not connection.poll(timeout + 5):
                    raise AnkiError(f"the spy is silent after {timeout:g} s{self._tail()}")
                reply = json.loads(connection.recv_bytes())
        except (OSError, EOFError) as error:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)  # the connection of an Anki that dies is gone a little before the process
            self._running()
            raise AnkiError(f"the spy does not answer ({error!r}){self._tail()}") from None
        if "timeout" in reply:
            stack = reply["timeout"]
            raise AnkiError(
                f"not done after {timeout:g} s: {source}\nAnki's main thread is here:\n{stack}{self._tail()}"
            )
        if "still" in reply:
            raise AnkiError(f"{source} is still {reply['still']} after {timeout:g} s{self._tail()}")
        if "error" in reply:
            raise AnkiError(f"{source}\n{reply['error']}")
        return reply["result"]

    def _close_windows(self, timeout: float) -> None:
        """Close what is open. Work of Anki's own ends first: it fails if its page, card or collection is gone.

        A window asks its page first what was typed. If the page is being loaded then, Qt gives no answer; so the window
        is asked up to three times.
        """
        self._settle()
        for asks_again in (True, True, False):
            try:
                self.wait_for("close_windows(attempt)", timeout=timeout / 3, attempt=secrets.token_hex(4))
                break
            except AnkiError as error:
                if self.has_ended():
                    raise
                if not asks_again:
                    raise AnkiError(f"windows do not close: {self.windows()}\n{error}") from None
        self._settle()

    def _settle(self) -> None:
        """Wait until the page is drawn, then for an idle Anki, 2 s: programs may keep it busy. A dialog ends both."""
        for expression, timeout in (("has_drawn()", CALL_TIMEOUT), ("is_idle()", 2)):
            with contextlib.suppress(AnkiError):
                self.wait_for(f"{expression} or aqt.qt.QApplication.activeModalWidget() is not None", timeout=timeout)

    def _running(self) -> subprocess.Popen[bytes] | ForkedProcess:
        if self._process is None:
            raise AnkiError("Anki is not running")
        if self._process.poll() is not None:
            raise AnkiError(f"Anki has ended with code {self._process.returncode}{self._tail()}")
        return self._process

    def _tail(self, lines: int = 40) -> str:
        """The end of what Anki wrote, its crash log included, to be put behind a message."""
        crash_file = self.base / "crash.log"
        crash = crash_file.read_text("utf-8", "replace") if crash_file.exists() else ""
        return "\n--- the end of Anki's output:\n" + "\n".join((self.log() + crash).splitlines()[-lines:])


@functools.cache
def _fork_server(python: Path) -> ForkServer:
    return ForkServer("aqt", str(python), _environment())


@functools.cache
def _spy() -> Path:
    """A folder with the spy, compiled once."""
    folder = _temporary_folder()
    shutil.copytree(SPY, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    return _compiled(folder)


@functools.cache
def _unpacked(package: Path, mtime_ns: int) -> Path:
    """A folder with the content of a package, compiled once."""
    folder = _temporary_folder()
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return _compiled(folder)


def _temporary_folder() -> Path:
    """A folder for all the Ankis of these tests, until they end."""
    folder = Path(tempfile.mkdtemp(prefix="anki-rpc-package-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _compiled(folder: Path) -> Path:
    subprocess.run([desktop_python(), "-m", "compileall", "-q", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def _write_preferences(base: Path, profiles: Sequence[str]) -> None:
    """Settings with which no dialog waits for a user and nothing reaches for the network (`aqt.profiles`)."""
    now = int(time.time())
    everywhere = {
        "ver": 0,
        "created": now,
        "id": secrets.randbits(63),
        "lastMsg": 0,
        "defaultLang": "en_US",
        "firstRun": False,
        "updates": False,
        "suppressUpdate": True,
        "check_for_updates": False,
        "check_for_addon_updates": False,
        "last_addon_update_check": now,
    }
    profile = {
        "mainWindowGeom": None,
        "mainWindowState": None,
        "numBackups": 50,
        "lastOptimize": now,
        "searchHistory": [],
        "syncKey": None,
        "syncMedia": False,
        "autoSync": False,
        "allowHTML": False,
        "importMode": 1,
    }
    rows = {"_global": everywhere} | dict.fromkeys(profiles, profile)
    with contextlib.closing(sqlite3.connect(base / "prefs21.db")) as db, db:
        db.execute("create table profiles (name text primary key collate nocase, data blob not null)")
        db.executemany("insert into profiles values (?, ?)", [(n, pickle.dumps(d, 4)) for n, d in rows.items()])
    (base / "gldriver6").write_text("software")


def _environment() -> dict[str, str]:
    """This process's environment, without what leaks our Python into Anki's, and fit for no display."""
    leaks = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DEBUG", "ANKIDEV", *DISPLAYS)
    env = {name: value for name, value in os.environ.items() if name not in leaks}
    key = f"anki-rpc-tests-{secrets.token_hex(8)}"
    if os.environ.get(SHOW):
        env |= {name: os.environ[name] for name in DISPLAYS if name in os.environ}
    else:
        env["QT_QPA_PLATFORM"] = "offscreen"
    env |= {
        "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
        "QT_LOGGING_RULES": "*.debug=false;*.info=false;qt.qpa.*=false",
        "ANKI_SINGLE_INSTANCE_KEY": key,
        "LOGNAME": key,  # before 26.05 there is one Anki for each user
        "PYTHONUNBUFFERED": "1",
        "LANG": "C.UTF-8",
    }
    if os.geteuid() == 0:
        env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    return env


def _send_at_once(fileno: int) -> None:
    """Turn Nagle's algorithm off: the request would wait 40 ms for the acknowledged end of the handshake."""
    with socket.socket(fileno=os.dup(fileno)) as duplicate:
        duplicate.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        stream.close()
