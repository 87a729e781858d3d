"""The tab Permissions: what each origin may do, with buttons to revoke that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aqt.qt import QHBoxLayout, QPushButton, QVBoxLayout, QWidget, qconnect

from ...gateway import Gateway
from ...rpc.scopes import FOR_ORIGINS, scopes_of
from ...text.origins import EVERY, is_program, parse_origin
from ..settings_file import SettingsFile
from .table import TableRow, TextTable
from .texts import label

SHORT = {
    "read": "read",
    "change": "add and change",
    "windows": "use Anki's windows",
    "manage": "delete, sync and switch profiles",
    "files": "read and write files outside Anki",
}
"""The sets of scopes that are offered, in a few words."""
EVERYTHING = "everything but files"
FOR_PROGRAMS = "everything; files only on this computer"
SPECIAL = {
    EVERY: "* (every web page!)",
    "http://localhost": "http://localhost (with browser extensions)",
}


def in_words(grants: Iterable[str]) -> str:
    """Return what several sets of scopes allow."""
    known = SHORT | {"control": f"{SHORT['windows']}, {SHORT['manage']}"}
    return ", ".join(known.get(name, name) for name in grants)


class OriginsTab(QWidget):
    """Allowed and denied origins."""

    def __init__(self, settings: SettingsFile, gateway: Gateway) -> None:
        super().__init__()
        self._settings = settings
        self._gateway = gateway
        self.table = TextTable(["Origin", "May", "Status"], 0, self._selected, empty="No origin is listed.")
        self.revoke_button = QPushButton("&Revoke")
        self.ask_button = QPushButton("&Ask again")
        self.revoke_button.setToolTip("Remove the permission. The page or program may ask for it again")
        self.ask_button.setToolTip("Forget the denial")
        qconnect(self.revoke_button.clicked, self._revoke)
        qconnect(self.ask_button.clicked, self._forget)
        row = QHBoxLayout()
        row.addStretch()
        for button in (self.ask_button, self.revoke_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(
            label(
                "You are asked about each web page. Browser extensions are let in, unless the settings say otherwise. "
                "Neither can use files outside Anki, unless the setting “grants” allows it. Programs on this computer "
                "with an origin, such as Obsidian, can if you list them in the settings or tick it when asked. All "
                "other programs need no permission, only a key if there are keys."
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
            may = "nothing" if config.is_denied(origin) else FOR_PROGRAMS if is_desktop else EVERYTHING
            yield TableRow(origin, (SPECIAL.get(origin, origin), may, "listed in the settings"))
        for origin, names in config.grants.items():
            words = EVERYTHING if scopes_of(names) == FOR_ORIGINS else in_words(names)
            allowed = "always allowed" if names else "granted nothing"
            status = "allowed until Anki is closed" if origin in once else allowed
            yield TableRow(origin, (origin, "nothing" if config.is_denied(origin) else words or "nothing", status))
        for origin in config.known_extensions:
            if self._gateway.is_implicitly_allowed(origin):
                yield TableRow(origin, (origin, EVERYTHING, "as all extensions"))
        for origin in config.ignore_origin_list:
            yield TableRow(origin, (SPECIAL.get(origin, origin), "nothing", "denied without asking"))

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
