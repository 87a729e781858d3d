"""The add-on's settings as Anki stores them, and permissions that last until Anki quits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from ..config import Config, ConfigError, with_kept_keys

if TYPE_CHECKING:
    from aqt.main import AnkiQt

ORIGINS = {
    "web_cors_origin": "webCorsOrigin",
    "web_cors_origin_list": "webCorsOriginList",
    "ignore_origin_list": "ignoreOriginList",
    "grants": "grants",
    "known_extensions": "knownExtensions",
}
"""Settings that the user's answers change: attribute of Config to name in the file."""


class SettingsFile:
    """Reads, changes and writes settings. Main thread only, except that any thread may read `config`.

    `changed` is called after each change, with the previous settings. `complain` is called with a text if settings are
    wrong.
    """

    def __init__(
        self, mw: AnkiQt, addon: str, changed: Callable[[Config], None], complain: Callable[[str], None]
    ) -> None:
        self._mw = mw
        self._addon = addon
        self._changed = changed
        self._complain = complain
        self._stored: dict[str, Any] = {}
        """The latest contents of the file."""
        self.once: dict[str, tuple[str, ...]] = {}
        """The permissions that last until Anki quits, by origin."""
        self.problem: str | None = None
        """What is wrong in the file, in words; None if nothing is."""
        self._saved = self._load(self._without_keys(self.stored()))
        self.config = self._saved
        """The settings in force, `once` included."""

    def stored(self) -> dict[str, Any]:
        """Return the contents of the file, defaults included. If the user has deleted the add-on, those before that."""
        self._stored = self._mw.addonManager.getConfig(self._addon) or self._stored
        return self._stored

    def read(self, settings: Mapping[str, Any]) -> None:
        """Put settings in force. A permission until Anki quits ends if they deny its origin."""
        config = self._load(self._without_keys(settings))
        self.once = {origin: names for origin, names in self.once.items() if not config.is_denied(origin)}
        self._put_in_force(config)

    def write(self, **settings: Any) -> None:
        """Change settings by their names in the file, and put them in force."""
        self._store(with_kept_keys(settings))
        self.read(self.stored())

    def grant(self, origin: str, names: Sequence[str], *, always: bool) -> None:
        """Grant an origin these sets of scopes, always or until Anki quits."""
        if always:
            self.once.pop(origin, None)
            self._keep(self._saved.with_grant(origin, names))
        else:
            self.once[origin] = tuple(names)
            self._put_in_force(self._saved)

    def ignore(self, origin: str) -> None:
        """Deny an origin without asking."""
        self.once.pop(origin, None)
        self._keep(self._saved.with_denied(origin))

    def forget(self, origin: str) -> None:
        """Forget every answer about an origin."""
        self.once.pop(origin, None)
        self._keep(self._saved.without_origin(origin))

    def know(self, extension: str) -> None:
        """Record that the user was notified about a browser extension."""
        self._keep(self._saved.with_known_extension(extension))

    def _without_keys(self, settings: Mapping[str, Any]) -> Mapping[str, Any]:
        """Replace keys by their hashes, in the file too."""
        kept = with_kept_keys(settings)
        if kept != settings:
            self._store({name: kept[name] for name in ("apiKey", "keys") if name in kept})
        return kept

    def _load(self, settings: Mapping[str, Any]) -> Config:
        before, self.problem = self.problem, None
        try:
            return Config.load(settings)
        except ConfigError as error:
            self.problem = error.effects
            if self.problem != before:
                self._complain(self.problem)
            return error.usable

    def _keep(self, config: Config) -> None:
        changes = {
            ORIGINS[field.name]: _plain(getattr(config, field.name))
            for field in fields(Config)
            if field.name in ORIGINS and getattr(config, field.name) != getattr(self._saved, field.name)
        }
        if changes:
            self._store(changes)
            config = self._load(self.stored())  # a wrong setting may be valid now
        self._put_in_force(config)

    def _store(self, changes: Mapping[str, Any]) -> None:
        self._stored = {**self.stored(), **changes}
        with suppress(FileNotFoundError):  # the user has deleted the add-on, which serves until Anki restarts
            self._mw.addonManager.writeConfig(self._addon, self._stored)

    def _put_in_force(self, saved: Config) -> None:
        before, self._saved = self.config, saved
        for origin, names in self.once.items():
            saved = saved.with_grant(origin, names)
        self.config = saved
        self._changed(before)


def _plain(value: Any) -> Any:
    """Return a value as JSON can store it."""
    if isinstance(value, Mapping):
        return {key: list(names) for key, names in value.items()}
    return list(value) if isinstance(value, tuple) else value
