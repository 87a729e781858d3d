"""AnkiConnect, or a fork of it, beside us: how it is found, and taking its place with its settings."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from aqt.qt import QAction, QLabel, QMessageBox, Qt

from ..config import problems
from .ui.texts import as_entry

if TYPE_CHECKING:
    from aqt.addons import AddonManager
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

SETTINGS = ("apiKey", "ignoreOriginList", "webBindAddress", "webBindPort", "webCorsOrigin", "webCorsOriginList")
"""What is taken over."""

SIGNATURE = {"webBindPort", "webCorsOriginList"}
"""Settings by which AnkiConnect and its forks are known, whatever their folder is called."""


LONGEST_NAME = 60
"""Characters of an add-on's name that are shown."""


class Other(NamedTuple):
    """Another add-on that serves AnkiConnect's protocol."""

    folder: str
    name: str
    port: Any
    """As its settings have it."""


def find(manager: AddonManager, ours: str) -> Other | None:
    """The enabled add-on that is AnkiConnect or like it. It begins to listen before us, so it keeps a shared port.

    `ours` is the folder of our own, which is like it, too. Reads a file for each add-on.
    """
    for meta in manager.all_addon_meta():
        if meta.enabled and meta.compatible() and meta.dir_name != ours:
            settings = manager.getConfig(meta.dir_name) or {}
            if settings.keys() >= SIGNATURE:
                return Other(meta.dir_name, meta.human_name()[:LONGEST_NAME], settings["webBindPort"])
    return None


def take_over(manager: AddonManager, ours: str, other: Other) -> tuple[dict[str, Any], dict[str, str]]:
    """Disable the other and free its port; return the settings to copy, and what is wrong with others.

    Where the port cannot be freed at once, it is free when Anki has been started again.
    """
    settings = choose(manager.getConfig(other.folder) or {}, manager.getConfig(ours) or {})
    manager.toggleEnabled(other.folder, enable=False)
    _hang_up(other)
    return settings


def choose(theirs: dict[str, Any], ours: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Which of their settings are copied, and what is wrong with those that are left behind.

    `null` and an empty text are not copied: a key of ours is not removed because the other had none. A wrong key is,
    where we have none: it locks the gateway, as it locked theirs.
    """
    copied = {name: theirs[name] for name in SETTINGS if theirs.get(name) not in (None, "")}
    refused = problems(copied)
    if not ours.get("apiKey"):
        refused.pop("apiKey", None)
    return {name: value for name, value in copied.items() if name not in refused}, refused


def _hang_up(other: Other) -> None:
    """Close the other's socket: disabled, it would go on listening until Anki quits."""
    server = getattr(getattr(sys.modules.get(other.folder), "ac", None), "server", None)
    try:
        server.close()  # type: ignore[union-attr]
    except Exception as error:
        logger.info("%s could not be told to stop listening: %s", other.name, error)


class TakeOver:
    """The entry in Anki's Tools menu that is there while AnkiConnect is. Main thread only.

    `addon` is our own folder. `adopt` puts settings of AnkiConnect's in force and tells whether the gateway is then
    listening. Nothing here is modal.
    """

    def __init__(self, mw: AnkiQt, addon: str, adopt: Callable[[dict[str, Any]], bool]) -> None:
        self._mw = mw
        self._addon = addon
        self._adopt = adopt
        self.other = find(mw.addonManager, addon)
        """Which runs since Anki was started: an add-on that is enabled later runs when Anki has been started again."""
        self._entry: QAction | None = None

    def offer(self) -> None:
        """Put the entry into the menu where there is something to take over."""
        if self.other is not None and self._entry is None:
            self._entry = QAction(as_entry(f"AnkiRPC: Take Over from {self.other.name}…"), self._mw)
            self._entry.triggered.connect(self.ask)
            self._mw.form.menuTools.addAction(self._entry)

    def hint(self) -> str:
        """What to say where the port is taken; empty without AnkiConnect."""
        if self.other is None:
            return ""
        return f" {self.other.name} is enabled too: see Tools > AnkiRPC: Take Over from {self.other.name}."

    def ask(self) -> None:
        """Say what will happen, and do it when the user agrees."""
        other = self.other
        if other is None:
            return
        box = self._box(
            f"Take over from {other.name}?",
            f"AnkiRPC copies its address, port, key and allowed origins, and disables it. The same programs go on "
            f"working. Tools > Add-ons enables {other.name} again.",
        )
        box.addButton("Take Over", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(lambda: self.run(other))
        box.show()

    def run(self, other: Other) -> None:
        """Take over, and tell what came of it."""
        settings, refused = take_over(self._mw.addonManager, self._addon, other)
        self.other = find(self._mw.addonManager, self._addon)  # there may be a fork of it as well
        is_listening = self._adopt(settings)
        if self._entry is not None and self.other is None:
            self._mw.form.menuTools.removeAction(self._entry)
            self._entry = None
        done = f"{other.name} is disabled. "
        done += "AnkiRPC serves in its place." if is_listening else "Restart Anki, and AnkiRPC serves in its place."
        left = "\n".join(f"{name}: {problem}" for name, problem in refused.items())
        self._say(done, f"These settings were not copied, because they are wrong:\n{left}" if left else "")

    def _say(self, text: str, details: str = "") -> None:
        self._box(text, details).show()

    def _box(self, text: str, details: str) -> QMessageBox:
        box = QMessageBox(self._mw)
        box.setWindowTitle("AnkiRPC")
        box.setStyleSheet("QLabel { min-width: 400px; }")  # else it is as narrow as its first line
        box.setText(text)
        box.setInformativeText(details)
        for shown in box.findChildren(QLabel):  # the box's own `setTextFormat` is about the first text only
            shown.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setModal(False)
        return box
