"""The host without a window: a bare collection, served until it is told to stop."""

from __future__ import annotations

import gc
import logging
import os
import shlex
import signal
import sqlite3
import sys
import threading
import time
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import anki.lang
from anki.buildinfo import version
from anki.collection import Collection

from ..collection import progress as anki_progress
from ..collection.change_log import Changes
from ..config import Config, ConfigError
from ..files.file_policy import FilePolicy
from ..gateway import Gateway
from ..rpc.events import Events
from ..rpc.executor import Lane, ThreadedExecutor
from . import sync as headless_sync
from .sync import Account

if TYPE_CHECKING:
    from anki.collection import OpChanges

    from ..rpc.operations import Progress

logger = logging.getLogger("anki_rpc")

T = TypeVar("T")

OPTIMIZE_EVERY = 24 * 60 * 60
"""Seconds between two runs of `Collection.optimize`, as in Anki: without it Anki's planner takes a slow path."""

COLLECT_AFTER = 500_000
"""New objects until Python looks for cycles among them: a large answer has many and no cycle."""


_TABLES = {"col", "notes", "cards", "revlog", "graves"}
"""What every collection has."""

_OUTDATED = (
    "some calls fail with `scheduler_outdated`, such as suspend. Start again with --upgrade-scheduler, which makes "
    "a backup first; the next sync will then be a full one."
)

_UNFIT = ("unable to open database", "readonly database", "disk is full", "disk I/O error")
"""What SQLite says if the disk is to blame."""


class CannotOpen(OSError):
    """The collection cannot be opened; the message says why."""


class HeadlessHost:
    """A collection file, open from `open` to `close`, and the lane on which it is used."""

    def __init__(self, path: Path, config: Config, account: Account | None = None) -> None:
        self.config = config
        self.path = path
        self.is_new = False
        self.lane = Lane()
        self.events = Events()
        self._changes = Changes(self.events, self.lane, self.collection)
        self._account = account or Account()
        self._col: Collection | None = None

    def open(self, *, upgrade_scheduler: bool = False) -> None:
        """Open the collection, or make it where there is none. Raises CannotOpen.

        `upgrade_scheduler`: if the collection uses a scheduler that Anki no longer supports, upgrade it.
        """
        self.is_new = not self.path.exists()
        self._col = _open(self.path, is_new=self.is_new)
        if upgrade_scheduler and self.is_outdated:
            _upgrade_scheduler(self._col, self.path)
        self._changes.opened()
        self.events.publish("profileOpened", {"profile": self.profile()})

    @property
    def is_outdated(self) -> bool:
        """The collection uses a scheduler that Anki no longer supports."""
        return self._col is not None and not self._col.v3_scheduler()

    def collection(self) -> Collection | None:
        return self._col

    def profile(self) -> str:
        """The folder's name, as in Anki's own layout, or the file's where it has another name than Anki's."""
        return self.path.parent.name if self.path.name == "collection.anki2" else self.path.stem

    def profiles(self) -> Future[list[str]]:
        """The one that is served."""
        return _answered([self.profile()])

    def open_profile(self, name: str) -> Future[bool]:
        """It is open already."""
        return _answered(name == self.profile())

    def sync(self, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """On the lane, so that nothing else uses the collection meanwhile."""
        self._changes.announce("syncStarted", {})
        answer = headless_sync.start(self.lane, self.collection, self._account, full, wait_for_media=wait_for_media)
        answer.add_done_callback(lambda _: self._synced())
        return answer

    def _synced(self) -> None:
        self.lane.submit(self._changes.opened)
        self._changes.announce("syncFinished", {})

    def progress(self, *, of_sync: bool) -> Progress | None:
        return anki_progress.progress(self._col, of_sync=of_sync) if self._col else None

    def abort(self, *, sync: bool) -> None:
        if self._col:
            anki_progress.abort(self._col, sync=sync)

    def window(self) -> None:
        return None

    def changed(self, changes: OpChanges) -> None:
        self._changes.add(changes)

    def file_policy(self) -> FilePolicy:
        return FilePolicy(Path(self._col.media.dir()) if self._col else None, self.config.allowed_folders)

    def allowed_downloads(self) -> tuple[str, ...]:
        return self.config.allowed_download_hosts

    def package_limit(self) -> int:
        return self.config.limits.package_megabytes * 2**20

    def save_input(self, note_ids: set[int] | None) -> None:
        """Nobody is typing."""

    def requires_key(self) -> bool:
        return self.config.is_locked

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Denied: there is nobody to ask."""
        return _answered(False)

    def close(self) -> None:
        col, self._col = self._col, None
        if col is not None:
            col.close()


def _answered(value: T) -> Future[T]:
    """An answer that is there at once."""
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer


def _open(path: Path, *, is_new: bool) -> Collection:
    if anki.lang.current_i18n is None:
        anki.lang.set_lang("en")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not is_new:
            _check(path)
        col = Collection(str(path))
    except CannotOpen:
        raise
    except OSError as error:
        raise CannotOpen(f"{path} cannot be opened: {error.strerror or error}") from None
    except Exception as error:
        raise CannotOpen(_reason(path, error)) from None
    if not is_new:  # an empty collection has nothing to count yet
        try:
            _optimize_when_due(col, path)
        except CannotOpen:
            col.close()
            raise
        except Exception as error:
            col.close()
            raise CannotOpen(f"{path} cannot be optimized: {error}") from None
    return col


def _reason(path: Path, error: Exception) -> str:
    """Why Anki cannot open a file, in plain words."""
    text = str(error)
    if "already open" in text:
        return f"{path} is open in another program (Anki, most likely). Close it there."
    if "FileTooNew" in text or "Unsupported scheduler" in text:
        return f"{path} was last used by a newer version of Anki than this one ({version}). Update Anki here."
    if "FileTooOld" in text:
        return f"{path} was last used by a version of Anki that is too old to be read. Open it in Anki 2.1 first."
    if any(words in text for words in _UNFIT):
        return f"{path} cannot be opened: {error}"
    return _damaged(path, text)


def _damaged(path: Path, detail: str) -> str:
    return (
        f"{path} is damaged: {detail}. Put a backup in its place; Anki keeps them in the folder `backups` beside a "
        "collection."
    )


def _check(path: Path) -> None:
    """Raise CannotOpen for a file that is no collection: Anki turns any SQLite database, or an empty file, into one.

    A database with a write-ahead log is left to Anki: its tables may stand there only.
    """
    if path.is_dir():
        raise CannotOpen(f"{path} is a folder. Name the file in it, such as {path / 'collection.anki2'}.")
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return
    found: set[str] = set()
    if path.is_file():
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
                found = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
        except sqlite3.DatabaseError as error:
            if "malformed" in str(error):
                raise CannotOpen(_damaged(path, str(error))) from None
    if not found & {"notes", "cards"}:
        raise CannotOpen(f"{path} is no collection of Anki's. It was left as it is.")
    if missing := sorted(_TABLES - found):
        raise CannotOpen(_damaged(path, f"it has no table {missing[0]}"))


def _optimize_when_due(col: Collection, path: Path) -> None:
    """Look for damage, and optimize. The time of a marker beside the collection is that of the last time."""
    marker = path.with_name(path.name + ".optimized")
    if marker.exists() and time.time() - marker.stat().st_mtime <= OPTIMIZE_EVERY:
        return
    if (found := str(col.db and col.db.scalar("pragma quick_check(1)"))) != "ok":
        raise CannotOpen(_damaged(path, found))
    col.optimize()
    marker.touch()


def _upgrade_scheduler(col: Collection, path: Path) -> None:
    """Go over to the scheduler that Anki supports; a backup is made before. Raises CannotOpen."""
    try:
        folder = path.with_name("backups")
        folder.mkdir(exist_ok=True)
        col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
        if col.sched_ver() == 1:
            col.upgrade_to_v2_scheduler()
        col.set_v3_scheduler(enabled=True)
    except Exception as error:
        raise CannotOpen(f"the scheduler of {path} cannot be upgraded: {error}") from None


def data_folder() -> Path:
    """The platform's folder for this program's data."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming")) / "AnkiRPC"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/AnkiRPC"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "anki-rpc"


def default_collection() -> Path:
    """Where a collection is kept when none is named."""
    return data_folder() / "User 1" / "collection.anki2"


def serve(
    path: Path,
    config: Config,
    account: Account | None = None,
    key_file: Path | None = None,
    *,
    upgrade_scheduler: bool = False,
) -> None:
    """Serve a collection until SIGINT or SIGTERM. Raises CannotOpen, or OSError where it cannot listen.

    `account` is for syncing. `key_file` is named in the greeting's examples only: the key itself is in `config`.
    `upgrade_scheduler` is as in `HeadlessHost.open`.
    """
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if config.address != config.web_bind_address:
        raise ConfigError(
            f"{config.web_bind_address} can be reached from other computers, and there is no API key: give one by "
            "--key-file or --settings, or --allow-remote-without-key"
        )
    host = HeadlessHost(path, config, account)
    gateway = Gateway(host, ThreadedExecutor(host.lane))
    gateway.load()
    server = gateway.server()
    try:
        server.listen()  # first: where that fails, no collection is made
        host.open(upgrade_scheduler=upgrade_scheduler)
        if host.is_outdated:
            logger.warning("%s uses a scheduler that Anki no longer supports: %s", path, _OUTDATED)
        server.start()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)
        print(_greeting(host, server.url, key_file), flush=True)
        while not stopped.wait(1 if sys.platform == "win32" else None):  # there a signal ends no long wait
            pass
    finally:
        gateway.operations.stop("the gateway is being stopped", timeout=5)
        server.stop()
        host.lane.stop()
        host.close()


def _greeting(host: HeadlessHost, url: str, key_file: Path | None) -> str:
    made = "\nThere was no file of that name: this is a new, empty collection." if host.is_new else ""
    if host.is_outdated:
        made += f"\nIt uses a scheduler that Anki no longer supports: {_OUTDATED}"
    curl = "curl " + shlex.quote(url)
    with_key = ""
    if key_file is not None:
        curl += f' -H "X-API-Key: $(cat {shlex.quote(str(key_file))})"'
    elif host.config.is_locked:
        curl += ' -H "X-API-Key: $KEY"'
        with_key = " (KEY stands for one of your keys)"
    return f"""\
AnkiRPC serves {host.path}{made}
at {url}

Two lines to try in another terminal, one for each protocol{with_key}:

  {curl} -d '{{"action": "deckNames", "version": 6}}'
  {curl} -H 'Content-Type: application/json' -d '{{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}}'

Ctrl-C ends it."""
