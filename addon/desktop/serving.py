"""Starts and stops the server: where it listens, or why it does not."""

from __future__ import annotations

from collections.abc import Callable

from ..config import Config, Limits
from ..gateway import Gateway
from ..http.server.listening import CannotListen
from ..http.server.server import Server
from .app_nap import AppNap
from .settings_file import SettingsFile

ONLY_HERE = (
    "Only programs on this computer are served. At {} other computers could call, and there is no API key. Make one "
    "under Keys, or set allowRemoteWithoutKey."
)


class Serving:
    """Serves the gateway at the address in the settings. Main thread only.

    If the server cannot listen, `complain` is called with the reason and the text of `hint`. `changed` is called after
    each new attempt to listen, successful or not.
    """

    def __init__(
        self,
        gateway: Gateway,
        settings: SettingsFile,
        hint: Callable[[], str],
        complain: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self._gateway = gateway
        self._settings = settings
        self._hint = hint
        self._complain = complain
        self._changed = changed
        self._server: Server | None = None
        self._app_nap = AppNap()
        self.problem: str | None = None
        """Why the server does not listen, in words; None if it does."""

    @property
    def url(self) -> str | None:
        """The address of the server; None while it does not listen."""
        return self._server.url if self._server else None

    @property
    def notices(self) -> list[str]:
        """Where the server deviates from the settings, and why, in words."""
        config = self._settings.config
        found = [] if self._settings.problem is None else [self._settings.problem]
        is_as_set = config.address == config.web_bind_address
        return found if is_as_set else [*found, ONLY_HERE.format(config.web_bind_address)]

    def listen(self) -> None:
        self._server = self._gateway.server()
        try:
            self._server.start()
        except CannotListen as error:
            self._server = None
            self.problem = f"{error}{self._hint()}"
            self._complain(self.problem)
        else:
            self.problem = None
            self._prevent_app_nap()

    def listen_anew(self) -> None:
        """Close the port and listen again, at the address in the settings."""
        self.stop()
        self.listen()
        self._changed()

    def follow(self, before: Config) -> None:
        """Apply changed settings; `before` are the previous ones."""
        if _listening(before) != _listening(self._settings.config):
            self.listen_anew()
        self._prevent_app_nap()

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.stop(timeout=1)
        self._prevent_app_nap()

    def _prevent_app_nap(self) -> None:
        self._app_nap.prevent(wanted=self._settings.config.prevent_app_nap and self._server is not None)


def _listening(config: Config) -> tuple[str, int, Limits]:
    return config.address, config.web_bind_port, config.limits
