"""Finds an AnkiConnect, or a fork of it, in the same Anki, and takes its place with its settings."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from aqt.qt import QAction, QLabel, QMessageBox, Qt

from ..config import problems
from .ui.texts import as_entry
from .ui.translation import say

if TYPE_CHECKING:
    from aqt.addons import AddonManager
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

SETTINGS = ("apiKey", "ignoreOriginList", "webBindAddress", "webBindPort", "webCorsOrigin", "webCorsOriginList")
"""The settings that are copied."""

SIGNATURE = {"webBindPort", "webCorsOriginList"}
"""Settings that identify AnkiConnect and its forks, whatever the name of their folder."""


LONGEST_NAME = 60
"""Characters of an add-on's name; the rest is not shown."""


class Other(NamedTuple):
    """Another add-on that serves AnkiConnect's protocol."""

    folder: str
    name: str
    port: Any
    """The port in its settings."""


def find(manager: AddonManager, ours: str) -> Other | None:
    """Return the enabled add-on that is AnkiConnect or a fork; None if there is none. Reads a file for each add-on.

    It starts to listen before AnkiRPC, so it keeps the port if both want the same. `ours` is AnkiRPC's own folder; it
    has the same settings and is skipped.
    """
    for meta in manager.all_addon_meta():
        if meta.enabled and meta.compatible() and meta.dir_name != ours:
            settings = manager.getConfig(meta.dir_name) or {}
            if settings.keys() >= SIGNATURE:
                return Other(meta.dir_name, meta.human_name()[:LONGEST_NAME], settings["webBindPort"])
    return None


def take_over(manager: AddonManager, ours: str, other: Other) -> tuple[dict[str, Any], dict[str, str]]:
    """Disable the other add-on and free its port. Returns the settings to copy, and the problems of the wrong ones.

    If the port cannot be freed at once, it is free after a restart of Anki.
    """
    settings = choose(manager.getConfig(other.folder) or {}, manager.getConfig(ours) or {})
    manager.toggleEnabled(other.folder, enable=False)
    _hang_up(other)
    return settings


def choose(theirs: dict[str, Any], ours: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the settings to copy, and the problem of each setting that is wrong and not copied.

    `null` and an empty text are not copied, so a key of ours is not removed because the other add-on has none. If we
    have no key, a wrong key is copied: it locks the gateway, as it locked theirs.
    """
    copied = {name: theirs[name] for name in SETTINGS if theirs.get(name) not in (None, "")}
    refused = problems(copied)
    if not ours.get("apiKey"):
        refused.pop("apiKey", None)
    return {name: value for name, value in copied.items() if name not in refused}, refused


def _hang_up(other: Other) -> None:
    """Close the other add-on's socket. Although disabled, it would listen until Anki quits."""
    server = getattr(getattr(sys.modules.get(other.folder), "ac", None), "server", None)
    try:
        server.close()  # type: ignore[union-attr]
    except Exception as error:
        logger.warning("%s did not stop listening: %s", other.name, error)


class TakeOver:
    """The entry in Anki's Tools menu that takes over from AnkiConnect, shown while that is enabled. Main thread only.

    `addon` is our own folder. `adopt` puts AnkiConnect's settings in force and returns whether the gateway listens.
    No dialog is modal.
    """

    def __init__(self, mw: AnkiQt, addon: str, adopt: Callable[[dict[str, Any]], bool]) -> None:
        self._mw = mw
        self._addon = addon
        self._adopt = adopt
        self.other = find(mw.addonManager, addon)
        """The add-on that runs since Anki started. One that is enabled later runs only after a restart."""
        self._entry: QAction | None = None

    def offer(self) -> None:
        """Add the entry to the menu, if there is an add-on to take over from."""
        if self.other is not None and self._entry is None:
            self._entry = QAction(as_entry(say("AnkiRPC: Take Over from {name}…", name=self.other.name)), self._mw)
            self._entry.triggered.connect(self.ask)
            self._mw.form.menuTools.addAction(self._entry)

    def hint(self) -> str:
        """Return what to add to the message that the port is taken; empty without AnkiConnect."""
        if self.other is None:
            return ""
        return f" {self.other.name} is enabled too: see Tools > AnkiRPC: Take Over from {self.other.name}."

    def ask(self) -> None:
        """Explain what will happen, and take over if the user agrees."""
        other = self.other
        if other is None:
            return
        box = self._box(
            say("Take over from {name}?", name=other.name),
            say(
                "AnkiRPC copies its address, port, key, allowed and denied origins, and disables it. The same programs "
                "keep working. To enable {name} again, use Tools > Add-ons.",
                name=other.name,
            ),
        )
        box.addButton(say("Take Over"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(lambda: self.run(other))
        box.show()

    def run(self, other: Other) -> None:
        """Take over, and show the outcome."""
        settings, refused = take_over(self._mw.addonManager, self._addon, other)
        self.other = find(self._mw.addonManager, self._addon)  # there may be a fork of it as well
        is_listening = self._adopt(settings)
        if self._entry is not None and self.other is None:
            self._mw.form.menuTools.removeAction(self._entry)
            self._entry = None
        if is_listening:
            done = say("{name} is disabled. AnkiRPC serves in its place.", name=other.name)
        else:
            done = say("{name} is disabled. Restart Anki to let AnkiRPC serve in its place.", name=other.name)
        left = "\n".join(f"{name}: {problem}" for name, problem in refused.items())
        self._say(done, say("These settings are wrong and were not copied:") + f"\n{left}" if left else "")

    def _say(self, text: str, details: str = "") -> None:
        self._box(text, details).show()

    def _box(self, text: str, details: str) -> QMessageBox:
        box = QMessageBox(self._mw)
        box.setWindowTitle("AnkiRPC")
        box.setStyleSheet("QLabel { min-width: 400px; }")  # otherwise it is as narrow as its first line
        box.setText(text)
        box.setInformativeText(details)
        for shown in box.findChildren(QLabel):  # the box's own `setTextFormat` covers only the first text
            shown.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setModal(False)
        return box
