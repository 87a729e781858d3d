"""Starts and stops the server: where it listens, or why it does not."""

from __future__ import annotations

from collections.abc import Callable

from aqt.qt import QTimer, qconnect

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

FIRST_RETRY_MS, LAST_RETRY_MS = 5_000, 60_000
"""Milliseconds until the server tries again to listen: twice as long after each attempt, as a port cannot notify."""

FAILED = "{}. “Try again” starts it anew. The log in the add-on's folder user_files has the details."


class Serving:
    """Serves the gateway at the address in the settings. Main thread only.

    - If the server cannot listen, `complain` is called with the reason and the text of `hint`. The server then tries
      again from time to time, until it can.
    - If the server fails later, `complain` is called, too. Then only the user starts it again.
    - `changed` is called after each change, except by `listen` and `stop`.
    - `post` calls a function on the main thread, soon. It may be used on any thread.
    """

    def __init__(
        self,
        gateway: Gateway,
        settings: SettingsFile,
        hint: Callable[[], str],
        complain: Callable[[str], None],
        *,
        changed: Callable[[], None],
        post: Callable[[Callable[[], None]], None],
    ) -> None:
        self._gateway = gateway
        self._settings = settings
        self._hint = hint
        self._complain = complain
        self._changed = changed
        self._post = post
        self._server: Server | None = None
        self._app_nap = AppNap()
        self._retry_ms = FIRST_RETRY_MS
        self._retry = QTimer()
        self._retry.setSingleShot(True)
        qconnect(self._retry.timeout, self._listen_again)
        self.problem: str | None = None
        """Why the server does not listen, in words; None if it does."""
        self.refusal: type[CannotListen] | None = None
        """The kind of error of the latest attempt to listen; None if the server listened."""

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
        self._retry_ms = FIRST_RETRY_MS
        self._attempt()
        if self.problem is not None:
            self._complain(self.problem)

    def _attempt(self) -> None:
        """Listen. If that fails, try again later."""
        self._retry.stop()
        server = self._gateway.server()
        try:
            server.start(lambda reason: self._post(lambda: self._failed(server, reason)))
        except CannotListen as error:
            self.refusal, self.problem = type(error), f"{error}{self._hint()}"
            self._retry.start(self._retry_ms)
            self._retry_ms = min(2 * self._retry_ms, LAST_RETRY_MS)
        else:
            self._server, self.refusal, self.problem = server, None, None
            self._prevent_app_nap()

    def _listen_again(self) -> None:
        before = self.problem
        self._attempt()
        if self.problem != before:
            self._changed()

    def look_again(self) -> None:
        """Try to listen if the address could not be used, before the next attempt by itself."""
        if self.refusal is not None:
            self._retry_ms = FIRST_RETRY_MS
            self._listen_again()

    def _failed(self, server: Server, reason: str) -> None:
        """Show that the server has failed, unless it was stopped in the meantime."""
        if server is self._server:
            self.stop()
            self.problem = FAILED.format(reason)
            self._complain(self.problem)
            self._changed()

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
        self._retry.stop()
        server, self._server = self._server, None
        if server is not None:
            server.stop(timeout=1)
        self._prevent_app_nap()

    def _prevent_app_nap(self) -> None:
        self._app_nap.prevent(wanted=self._settings.config.prevent_app_nap and self._server is not None)


def _listening(config: Config) -> tuple[str, int, Limits]:
    return config.address, config.web_bind_port, config.limits
