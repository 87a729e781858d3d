"""The host without a window: a bare collection, served until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import anki.lang
from anki.collection import Collection
from anki.errors import DBError

from .config import Config
from .gateway import Gateway
from .http.server import Server
from .rpc.executor import Lane, ThreadedExecutor

if TYPE_CHECKING:
    from anki.collection import OpChanges

logger = logging.getLogger("anki_rpc")

OPTIMIZE_EVERY = 24 * 60 * 60
"""Seconds between two runs of `Collection.optimize`, as in Anki: without it Anki's planner takes a slow path."""


class CannotOpen(OSError):
    """The collection cannot be opened; the message says why."""


class HeadlessHost:
    """A collection file, opened for as long as the gateway runs."""

    def __init__(self, path: Path, config: Config) -> None:
        self.config = config
        self.path = path
        self._col: Collection | None = _open(path)

    def collection(self) -> Collection | None:
        return self._col

    def profile(self) -> str:
        """The folder's name, as in Anki's own layout, or the file's where it has another name than Anki's."""
        return self.path.parent.name if self.path.name == "collection.anki2" else self.path.stem

    def window(self) -> None:
        return None

    def changed(self, changes: OpChanges) -> None:
        """Nobody is looking."""

    def requires_key(self) -> bool:
        return bool(self.config.api_key)

    def ask_permission(self, origin: str) -> Future[bool]:
        """Denied: there is nobody to ask."""
        answer: Future[bool] = Future()
        answer.set_result(False)
        return answer

    def close(self) -> None:
        col, self._col = self._col, None
        if col is not None:
            col.close()


def _open(path: Path) -> Collection:
    anki.lang.set_lang("en")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        col = Collection(str(path))
    except DBError as error:
        if "already open" in str(error):
            raise CannotOpen(f"{path} is open in another program (Anki, most likely). Close it there.") from None
        raise CannotOpen(f"{path} cannot be opened as a collection: {error}") from None
    except Exception as error:
        raise CannotOpen(f"{path} cannot be opened as a collection: {error}") from None
    _optimize_when_due(col, path.with_name(path.name + ".optimized"))
    return col


def _optimize_when_due(col: Collection, marker: Path) -> None:
    """The marker's time tells when it was last done."""
    if not marker.exists() or time.time() - marker.stat().st_mtime > OPTIMIZE_EVERY:
        col.optimize()
        marker.touch()


def data_folder() -> Path:
    """The platform's folder for this program's data."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming")) / "AnkiRPC"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/AnkiRPC"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "anki-rpc"


def default_collection() -> Path:
    return data_folder() / "User 1" / "collection.anki2"


def serve(path: Path, config: Config) -> None:
    """Serve a collection until SIGINT or SIGTERM. Raises CannotOpen, or OSError where it cannot listen."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    host = HeadlessHost(path, config)
    lane = Lane()
    try:
        server = Server(Gateway(host, ThreadedExecutor(lane)).app, config.web_bind_address, config.web_bind_port)
        server.start()
        try:
            print(_greeting(path, server.url), flush=True)
            stopped.wait()
        finally:
            server.stop()
    finally:
        lane.stop()
        host.close()


def _greeting(path: Path, url: str) -> str:
    return f"""\
AnkiRPC serves {path}
at {url}

Two lines to try in another terminal, one for each protocol:

  curl {url} -d '{{"action": "deckNames", "version": 6}}'
  curl {url} -H 'Content-Type: application/json' -d '{{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}}'

Ctrl-C ends it."""
