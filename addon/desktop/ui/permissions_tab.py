"""The tab Permissions: what each origin may do, with buttons to revoke that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aqt.qt import QHBoxLayout, QPushButton, QVBoxLayout, QWidget, qconnect
from aqt.utils import tr

from ...gateway import Gateway
from ...rpc.scopes import FOR_ORIGINS, scopes_of
from ...text.origins import EVERY, is_program, parse_origin
from ..settings_file import SettingsFile
from .scrolling import scrolled
from .table import TableRow, TextTable
from .texts import label
from .translation import later, say

SHORT = {
    "read": later("read"),
    "change": later("add and change"),
    "windows": later("use Anki's windows"),
    "manage": later("delete, sync and switch profiles"),
    "files": later("read and write files outside Anki"),
}
"""The sets of scopes that are offered, in a few words."""
EVERYTHING = later("everything but files")
FOR_PROGRAMS = later("everything; files only on this computer")
SPECIAL = {
    EVERY: later("* (every web page!)"),
    "http://localhost": later("http://localhost (with browser extensions)"),
}


def in_words(grants: Iterable[str]) -> str:
    """Return what several sets of scopes allow."""
    known = {name: say(text) for name, text in SHORT.items()}
    known["control"] = f"{known['windows']}, {known['manage']}"
    return ", ".join(known.get(name, name) for name in grants)


def _shown(origin: str) -> str:
    return say(SPECIAL[origin]) if origin in SPECIAL else origin


class OriginsTab(QWidget):
    """Allowed and denied origins."""

    def __init__(self, settings: SettingsFile, gateway: Gateway) -> None:
        super().__init__()
        self._settings = settings
        self._gateway = gateway
        self.table = TextTable(
            [say("Origin"), say("May"), tr.importing_status()],
            [0],
            self._selected,
            name=say("Permissions"),
            empty=say("No origin is listed."),
        )
        self.revoke_button = QPushButton(say("&Revoke"))
        self.ask_button = QPushButton(say("&Ask again"))
        self.revoke_button.setToolTip(say("Remove the permission. The page or program may ask for it again"))
        self.ask_button.setToolTip(say("Forget the denial"))
        qconnect(self.revoke_button.clicked, self._revoke)
        qconnect(self.ask_button.clicked, self._forget)
        row = QHBoxLayout()
        row.addStretch()
        for button in (self.ask_button, self.revoke_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.table.share_height()
        page, _ = scrolled(self)
        layout = QVBoxLayout(page)
        layout.setSpacing(8)
        layout.addWidget(
            label(
                say(
                    "You are asked about each web page. Browser extensions are let in, unless the settings say "
                    "otherwise. Neither can use files outside Anki, unless the setting “grants” allows it. Programs on "
                    "this computer with an origin, such as Obsidian, can if you list them in the settings or tick it "
                    "when asked. All other programs need no permission, only a key if there are keys."
                )
            )
        )
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def refresh(self) -> None:
        self.table.fill(list(self._rows()))
        self._selected()

    def _rows(self) -> Iterator[TableRow]:
        config, once = self._settings.config, self._settings.once
        listed = dict.fromkeys(filter(None, (*config.web_cors_origin_list, config.web_cors_origin)))
        for origin in listed:
            is_desktop = is_program(origin) and config.granted(origin) is None
            may = say("nothing") if config.is_denied(origin) else say(FOR_PROGRAMS if is_desktop else EVERYTHING)
            yield TableRow(origin, (_shown(origin), may, say("listed in the settings")))
        for origin, names in config.grants.items():
            words = say(EVERYTHING) if scopes_of(names) == FOR_ORIGINS else in_words(names)
            allowed = say("always allowed") if names else say("granted nothing")
            status = say("allowed until Anki is closed") if origin in once else allowed
            yield TableRow(
                origin, (origin, say("nothing") if config.is_denied(origin) else words or say("nothing"), status)
            )
        for origin in config.known_extensions:
            if self._gateway.is_implicitly_allowed(origin):
                yield TableRow(origin, (origin, say(EVERYTHING), say("as all extensions")))
        for origin in config.ignore_origin_list:
            yield TableRow(origin, (_shown(origin), say("nothing"), say("denied without asking")))

    def _selected(self) -> None:
        chosen = self.table.selected()
        is_denied = chosen in self._settings.config.ignore_origin_list
        self.revoke_button.setEnabled(chosen is not None and not is_denied)
        self.ask_button.setEnabled(is_denied)

    def _revoke(self) -> None:
        """Remove the permission. An origin that would still be let in, such as an extension, is denied."""
        origin = self.table.selected()
        if origin is None:
            return
        self._settings.forget(origin)
        if parse_origin(origin) is not None and self._gateway.may(origin):
            self._settings.ignore(origin)

    def _forget(self) -> None:
        origin = self.table.selected()
        if origin is not None:
            self._settings.forget(origin)
