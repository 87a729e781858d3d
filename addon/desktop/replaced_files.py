"""Keeps the gateway usable until Anki restarts, although Anki replaces or deletes the add-on's files."""

from __future__ import annotations

import logging
import pkgutil
import sys
from collections.abc import Callable, Iterable
from importlib import import_module

import anki.lang
from aqt import gui_hooks

from .. import vendored
from ..gateway import load_files
from .ui.translation import translations

logger = logging.getLogger("anki_rpc")

UNUSED = {"__main__", "_vendor", "cli", "headless", "terminal"}
"""Parts that are not used inside Anki, and the private copies, which `vendored` imports."""


def before_files_change(addon: str, release: Callable[[], None]) -> None:
    """Before Anki replaces or deletes the files of an add-on, load all that it may still use, and call `release`.

    Most modules and other files are read when they are first used, and would then be missing, or of another version.
    """

    def changing(addons: Iterable[str]) -> None:
        if addon in addons:
            try:
                _import_all(addon)
                load_files()
                translations(anki.lang.current_lang)
            except Exception:  # the user's wish comes first
                logger.exception("not everything could be loaded before the files change")
            release()

    gui_hooks.addon_manager_will_install_addon.append(lambda _, installed: changing([installed]))
    gui_hooks.addons_dialog_will_delete_addons.append(lambda _, deleted: changing(deleted))


def _import_all(addon: str) -> None:
    for name in vendored.__all__:
        getattr(vendored, name)
    for part in pkgutil.iter_modules(sys.modules[addon].__path__):
        if part.name not in UNUSED:
            module = import_module(f"{addon}.{part.name}")
            for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}.") if part.ispkg else ():
                import_module(found.name)
