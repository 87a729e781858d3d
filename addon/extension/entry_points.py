"""Loads the extensions of installed packages beside the headless server, if the user has named them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from ..rpc import threads
from ..rpc.errors import Busy
from .calls import log_failure, text_of
from .declarations import Declarations
from .interface import INTERFACE, AnkiRpc

logger = logging.getLogger("anki_rpc.extension")

GROUP = "anki_rpc.extensions"
LIMIT_S = 30.0
"""Seconds that the start of the server waits for an extension to register itself."""


def load(declarations: Declarations, names: Iterable[str], limit: float = LIMIT_S) -> None:
    """Load the entry points of these names, and call each with the object that is `mw.anki_rpc` in Anki. Never raises.

    A failure is logged, and becomes a fault of an extension of this name.
    """
    for name in dict.fromkeys(names):
        found = [*entry_points(group=GROUP, name=name)]
        if not found:
            _refuse(declarations, name, f"No installed package has the entry point {name} in {GROUP}.")
        elif len(found) > 1:
            _refuse(declarations, name, f"Several installed packages have the entry point {name} in {GROUP}.")
        else:
            try:
                thread = threads.start(f"load {name}", _load, declarations, found[0])
            except Busy as error:
                _refuse(declarations, name, error.message)
                continue
            thread.join(limit)
            if thread.is_alive():
                logger.warning("The extension %s has not registered itself within %g seconds", name, limit)


def _load(declarations: Declarations, entry_point: EntryPoint) -> None:
    try:
        entry_point.load()(AnkiRpc(declarations))
    except BaseException as error:  # even SystemExit must not end the server
        log_failure(f"The extension {entry_point.name} cannot be loaded", error)
        _refuse(declarations, entry_point.name, f"{entry_point.value} cannot be loaded: {text_of(error)}")


def _refuse(declarations: Declarations, name: str, fault: str) -> None:
    logger.warning("The extension %s is not used: %s", name, fault)
    declarations.extend(name, INTERFACE, name, 1.0, module=GROUP).errors.append(fault)
