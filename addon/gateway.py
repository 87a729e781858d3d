"""The composition root: a host and an executor become a WSGI application."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from . import libs
from .config import Config
from .http import events, guard, pages
from .http.app import App
from .http.recent import Recent
from .rpc import openrpc
from .rpc.context import Caller, Host
from .rpc.dispatcher import Dispatcher
from .rpc.errors import ActionError
from .rpc.executor import Executor
from .rpc.registry import REGISTRY, Action, Scope
from .version import API_VERSION, VERSION

if TYPE_CHECKING:
    from .events import Events

REGISTRY.load = lambda: import_module(".actions", __package__)


class ConfiguredHost(Host, Protocol):
    """A host that owns the settings; it swaps the whole object when they change."""

    @property
    def config(self) -> Config: ...

    @property
    def events(self) -> Events: ...


class Gateway:
    """The assembled gateway: `app` is its WSGI application, `dispatcher` its core, `recent` who called lately."""

    def __init__(self, host: ConfiguredHost, executor: Executor) -> None:
        self._host = host
        self.recent = Recent()
        self.dispatcher = Dispatcher(
            REGISTRY,
            executor,
            host,
            authorise=self._authorise,
            translate=_translate,
        )
        fronts = pages.fronts(self.health, openrpc.stored, self.recent, self._admit)
        fronts["/events"] = events.front(
            host.events, self._admit, lambda origin, name: guard.judge(host.config, origin, name)
        )
        self.app = App(self.dispatcher, lambda: host.config, self.recent, fronts)

    @staticmethod
    def load() -> None:
        """Load what otherwise comes with the first request, so that Anki's start does not wait for it."""
        len(REGISTRY)
        _ = libs.jsonrpcserver

    def may(self, origin: str, config: Config | None = None) -> frozenset[Scope]:
        """What an origin may do, by the settings in force or by others."""
        return guard.judge(config or self._host.config, origin).scopes

    def is_unasked(self, origin: str) -> bool:
        """A browser extension that is let in because all are: nobody was asked about this one."""
        return guard.is_unasked(self._host.config, origin)

    def _admit(self, caller: Caller, scope: Scope, what: str) -> Caller:
        """The caller of a front, once it has proved that it may use it. Raises KeyRequired or PermissionDenied."""
        try:
            guard.admit(self._host.config, caller)
            guard.require(caller, scope, what)
        except ActionError as error:
            self.recent.refused(caller, what, error)
            raise
        return caller

    def _authorise(self, caller: Caller, action: Action | None) -> None:
        name = action.name if action else "(unknown)"
        try:
            guard.authorise(self._host.config, caller, action)
        except ActionError as error:
            self.recent.refused(caller, name, error)
            raise
        self.recent.served(caller, name)

    def health(self) -> dict[str, Any]:
        """State and versions, for anybody who asks."""
        from anki.buildinfo import version as anki_version

        return {
            "status": "ok",
            "collection": self._host.collection() is not None,
            "window": self._host.window() is not None,
            "version": VERSION,
            "apiVersion": API_VERSION,
            "anki": anki_version,
        }


def _translate(error: BaseException) -> ActionError | None:
    from .actions.anki_errors import translate

    return translate(error)
