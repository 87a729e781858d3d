"""The composition root: a host and an executor become a WSGI application."""

from __future__ import annotations

from typing import Any, Protocol

from . import actions
from .actions.anki_errors import translate
from .config import Config
from .http import guard
from .http.app import App
from .rpc import openrpc
from .rpc.context import Host
from .rpc.dispatcher import Dispatcher
from .rpc.executor import Executor
from .rpc.registry import REGISTRY
from .version import API_VERSION, VERSION

__all__ = ["ConfiguredHost", "Gateway", "actions"]


class ConfiguredHost(Host, Protocol):
    """A host that owns the settings; it swaps the whole object when they change."""

    config: Config


class Gateway:
    """The assembled gateway: `app` is its WSGI application, `dispatcher` its core."""

    def __init__(self, host: ConfiguredHost, executor: Executor) -> None:
        self._host = host
        self.dispatcher = Dispatcher(
            REGISTRY,
            executor,
            host,
            authorise=lambda caller, action: guard.authorise(host.config, caller, action),
            translate=translate,
        )
        self.app = App(self.dispatcher, lambda: host.config, self.health, openrpc.stored)

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
