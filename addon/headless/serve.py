"""Serves a collection until the process is stopped, and prints a greeting at the start."""

from __future__ import annotations

import gc
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..collection.profile_store import COLLECTION
from ..config import Config, ConfigError
from ..extension import entry_points
from ..extension.declarations import Declarations
from ..gateway import HANDLER_ENDS_S, Gateway
from ..rpc.executor import ThreadedExecutor
from ..rpc.threads import switch_often
from ..text.encoding import announce
from .base_folder import BaseFolder
from .examples import examples
from .host import HeadlessHost
from .memory import MemoryRelease
from .opening import OUTDATED, CannotOpen
from .stopping import Stopping
from .sync import Account

COLLECT_AFTER_OBJECTS = 500_000
"""New objects until Python searches for reference cycles: a large response has many objects but no cycles."""


def data_folder() -> Path:
    """Return the platform's folder for this program's data. Raises RuntimeError if the user has no home folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming") / "AnkiRPC"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/AnkiRPC"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "anki-rpc"


def default_collection() -> Path:
    """Return the path of the collection that is served if none is named. Raises CannotOpen if there is none."""
    try:
        return data_folder() / "User 1" / COLLECTION
    except RuntimeError:
        raise CannotOpen("The user has no home folder. Name the collection by --collection.") from None


def serve(
    path: Path,
    config: Config,
    account: Account | None = None,
    key_file: Path | None = None,
    *,
    base: BaseFolder | None = None,
    log_file: Path | None = None,
    upgrade_scheduler: bool = False,
) -> None:
    """Serve a collection until the process is asked to end, see `Stopping`. Call it on the main thread.

    Python's search for reference cycles may be off until now; it is on when the gateway serves.

    - `account`: for syncing, unless the profile has its own.
    - `key_file`: only named in the greeting's examples; the key itself is in `config`.
    - `base`: the base folder with the profile of the collection, and others that callers may open instead.
    - `log_file`: only named in the greeting; None if warnings and errors go to standard error.
    - `upgrade_scheduler`: see `HeadlessHost.open`.

    Raises CannotOpen, CannotListen, ServerFailed, and ConfigError if other computers could connect without a key.
    """
    switch_often()
    stopping = Stopping()
    if config.address != config.web_bind_address:
        raise ConfigError(
            f"Other computers can reach {config.web_bind_address}, but there is no API key. Set one by --key-file or "
            "--settings, or allow access without a key by --allow-remote-without-key."
        )
    host = HeadlessHost(path, config, account, base)
    declarations = Declarations()
    gateway = Gateway(host, ThreadedExecutor(host.lane), declarations)
    host.unloading = lambda: gateway.operations.stop("the collection is being closed")

    def load() -> None:
        entry_points.load(declarations, config.extensions)
        gateway.load()

    loading = ThreadPoolExecutor(1).submit(load)  # in parallel: Anki opens the collection without Python's lock
    server = gateway.server()
    try:
        server.listen()  # first: if that fails, no collection is created
        host.open(upgrade_scheduler=upgrade_scheduler)
        loading.result()
        server.start(stopping.fail)
        announce(_greeting(host, base, server.url, key_file, log_file))
        gateway.load_actions()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER_OBJECTS)
        gc.enable()
        MemoryRelease().start()
        stopping.wait()
    finally:
        host.abort(sync=True)  # a sync may wait for its server
        gateway.operations.stop("the gateway is being stopped", timeout=5)
        gateway.extensions.stop()
        server.stop()
        deadline = time.monotonic() + HANDLER_ENDS_S

        def gives_up() -> bool:
            host.abort(sync=True)  # again: one that was queued may have begun
            return time.monotonic() > deadline and gateway.waits_for_extension()

        host.lane.stop(gives_up)
        host.close()
        stopping.done()


def _greeting(
    host: HeadlessHost, base: BaseFolder | None, url: str, key_file: Path | None, log_file: Path | None
) -> str:
    made = "\nThe file did not exist: this is a new, empty collection." if host.is_new else ""
    if host.is_outdated:
        made += f"\nIt uses a scheduler that Anki no longer supports: {OUTDATED}"
    if base:
        made += f"\nThe profiles of the base folder, which loadProfile opens: {', '.join(base.names())}"
    calls = examples(url, key_file=key_file, is_locked=host.config.is_locked)
    return f"""\
AnkiRPC serves {host.path}{made}
at {url}

Open this address in a browser for the page with all methods.
Warnings and errors are written to {log_file.absolute() if log_file else "standard error"}.

{calls}

Ctrl-C stops it."""
