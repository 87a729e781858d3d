"""Serves a collection until the process is stopped, and prints a greeting at the start."""

from __future__ import annotations

import gc
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..config import Config, ConfigError
from ..gateway import Gateway
from ..rpc.executor import ThreadedExecutor
from ..text.encoding import announce
from .examples import examples
from .host import HeadlessHost
from .memory import MemoryRelease
from .opening import CannotOpen
from .stopping import Stopping
from .sync import Account

logger = logging.getLogger("anki_rpc")

COLLECT_AFTER_OBJECTS = 500_000
"""New objects until Python searches for reference cycles: a large response has many objects but no cycles."""

_OUTDATED = (
    "some calls, such as suspend, fail with `scheduler_outdated`. Start again with --upgrade-scheduler, which makes "
    "a backup first; the next sync will then be a full one."
)


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
        return data_folder() / "User 1" / "collection.anki2"
    except RuntimeError:
        raise CannotOpen("The user has no home folder. Name the collection by --collection.") from None


def serve(
    path: Path,
    config: Config,
    account: Account | None = None,
    key_file: Path | None = None,
    *,
    upgrade_scheduler: bool = False,
) -> None:
    """Serve a collection until the process is asked to end, see `Stopping`. Call it on the main thread.

    Python's search for reference cycles may be off until now; it is on when the gateway serves.

    - `account`: for syncing.
    - `key_file`: only named in the greeting's examples; the key itself is in `config`.
    - `upgrade_scheduler`: see `HeadlessHost.open`.

    Raises CannotOpen, CannotListen, ServerFailed, and ConfigError if other computers could connect without a key.
    """
    stopping = Stopping()
    if config.address != config.web_bind_address:
        raise ConfigError(
            f"Other computers can reach {config.web_bind_address}, but there is no API key. Set one by --key-file or "
            "--settings, or allow access without a key by --allow-remote-without-key."
        )
    host = HeadlessHost(path, config, account)
    gateway = Gateway(host, ThreadedExecutor(host.lane))
    loading = ThreadPoolExecutor(1).submit(gateway.load)  # in parallel: Anki opens the collection without Python's lock
    server = gateway.server()
    try:
        server.listen()  # first: if that fails, no collection is created
        host.open(upgrade_scheduler=upgrade_scheduler)
        if host.is_outdated:
            logger.warning("%s uses a scheduler that Anki no longer supports: %s", path, _OUTDATED)
        loading.result()
        server.start(stopping.fail)
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER_OBJECTS)
        gc.enable()
        MemoryRelease().start()
        announce(_greeting(host, server.url, key_file))
        stopping.wait()
    finally:
        gateway.operations.stop("the gateway is being stopped", timeout=5)
        server.stop()
        host.lane.stop()
        host.close()
        stopping.done()


def _greeting(host: HeadlessHost, url: str, key_file: Path | None) -> str:
    made = "\nThe file did not exist: this is a new, empty collection." if host.is_new else ""
    if host.is_outdated:
        made += f"\nIt uses a scheduler that Anki no longer supports: {_OUTDATED}"
    calls = examples(url, key_file=key_file, is_locked=host.config.is_locked)
    return f"""\
AnkiRPC serves {host.path}{made}
at {url}

{calls}

Ctrl-C stops it."""
