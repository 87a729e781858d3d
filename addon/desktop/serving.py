"""The server's life: where it listens, and why it does not."""

from __future__ import annotations

from collections.abc import Callable

from ..config import Config, Limits
from ..gateway import Gateway
from ..http.server.server import CannotListen, Server
from .app_nap import AppNap
from .settings_file import SettingsFile

ONLY_HERE = (
    "Only programs on this computer are served: at {} others would be, too, and there is no API key. Make one under "
    "Keys, or set allowRemoteWithoutKey."
)


class Serving:
    """Serves a gateway where the settings say. Main thread only.

    `hint` is what to add where it cannot listen, and `complain` is told of it. `changed` is called when it has
    listened anew, well or not.
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
        """Why it does not listen, in words."""

    @property
    def url(self) -> str | None:
        """Where it is served; None while it is not."""
        return self._server.url if self._server else None

    @property
    def notices(self) -> list[str]:
        """What it does otherwise than the settings say, and why, in words."""
        config = self._settings.config
        told = [] if self._settings.problem is None else [self._settings.problem]
        return told if config.address == config.web_bind_address else [*told, ONLY_HERE.format(config.web_bind_address)]

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
        """Close the port and listen where the settings say."""
        self.stop()
        self.listen()
        self._changed()

    def follow(self, before: Config) -> None:
        """Do what the settings say now."""
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
