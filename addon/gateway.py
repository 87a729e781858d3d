"""The composition root: combines a host and an executor to a WSGI application. All parts meet only here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from . import vendored
from .collection.media_folder import MediaFolder
from .collection.sync_after_writes import SyncAfterWrites
from .config import Config
from .extension.declarations import Declarations
from .extension.extensions import Extensions
from .http import guard
from .http.app import App
from .http.call_log import CallLog
from .http.endpoints import browser_page, documents, events, media
from .http.endpoints.mcp import Mcp
from .http.server.server import Server
from .rpc import openrpc
from .rpc.caller import Caller
from .rpc.dispatcher import Dispatcher
from .rpc.errors import ActionError, KeyRequired
from .rpc.executor import Executor
from .rpc.host import Host
from .rpc.operations import Operations
from .rpc.registry import Action, AddedAction, Registry
from .rpc.scopes import Scope
from .rpc.suggestions import Unknown
from .version import API_VERSION, VERSION

if TYPE_CHECKING:
    from anki.collection import Collection

    from .rpc.events import Events

HANDLER_ENDS_S = 5.0
"""Seconds that a handler of an extension may take to end if Anki quits or the server is stopped. It may never end."""


@cache
def registry() -> Registry:
    """Return all actions. The module of each is imported by its first call, so that Anki starts faster."""
    from .actions import REGISTRY

    return REGISTRY


def contract() -> dict[str, Any]:
    """Generate the OpenRPC document."""
    return openrpc.document(registry(), media.DESCRIPTION)


def load_files() -> None:
    """Read all files that are served, which are then served although they are replaced or deleted."""
    openrpc.stored()
    browser_page.load()


def _load_tolerantly(action: Action, params: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(action, AddedAction):
        loaded: dict[str, Any] = action.params.load_for(params)
        return loaded
    from .schemas import tolerance  # imported by the first request of the old protocol

    return tolerance.load(action.params, action.name, params)


class ConfiguredHost(Host, Protocol):
    """A host with settings and events. If the settings change, it replaces the whole `config` object."""

    @property
    def config(self) -> Config: ...

    @property
    def events(self) -> Events: ...

    on_write: Callable[[], None]
    """Called after each write to the collection by a program; the gateway sets it. It must not wait."""


class Gateway:
    """The assembled gateway.

    - `app`: its WSGI application. `server` returns a server for it.
    - `dispatcher`: its JSON-RPC core.
    - `recent`: the log of recent callers and calls.
    - `operations`: the calls that run in the background.
    - `extensions`: the actions of others, and their state.
    """

    def __init__(self, host: ConfiguredHost, executor: Executor, declarations: Declarations | None = None) -> None:
        """`declarations`: what extensions have declared, and will declare."""
        self._host = host
        self.recent = CallLog()
        self.operations = Operations(host, host.events.publish)
        self._sync_after_writes = SyncAfterWrites(
            host,
            lambda: host.config.sync_after_writes,
            lambda: self.operations.has_unfinished,
            _check_before_sync,
        )
        host.on_write = self._sync_after_writes.wrote
        host.events.watch = self._sync_after_writes.notice
        self.extensions = Extensions(
            declarations or Declarations(),
            registry,
            host.events,
            seen=lambda: host.config.extensions,
            translate=self._translate,
        )
        self.dispatcher = Dispatcher(
            self.extensions.registry,
            executor,
            host,
            authorise=self._authorise,
            audit=self._called,
            translate=self._translate,
            operations=self.operations,
            limits=lambda: host.config.limits,
            is_public=lambda caller: not guard.is_known(host.config, caller),
            unknown_in=lambda data: _unknown_in(data, host.collection),
        )
        endpoints = documents.endpoints(self.health, self.recent, self._admit, self.contract)

        def check_origin(origin: str | None, name: str | None) -> guard.OriginAccess:
            return guard.check_origin(host.config, origin, name)

        endpoints["/events"] = events.endpoint(host.events, self._admit, check_origin)
        endpoints["/mcp"] = Mcp(
            self.dispatcher,
            lambda: host.config,
            lambda: self.contract().document,
            self._admit,
            lambda: host.window() is not None,
            events=host.events,
            check_origin=check_origin,
        ).endpoint
        endpoints["/media/"] = media.endpoint(
            MediaFolder(host, executor, self._sync_after_writes.wrote),
            self._admit,
            self._require,
            lambda: host.config.limits.media_megabytes * 2**20,
        )
        self.app = App(self.dispatcher, lambda: host.config, self.recent, endpoints, _load_tolerantly)

    def load(self) -> None:
        """Import what the first request would import, so that the first request is not slow. May run on any thread."""
        self.extensions.registry()
        _ = vendored.jsonrpcserver

    def load_actions(self) -> None:
        """Import all actions, before an upgrade of the package replaces those that nobody has called yet."""
        registry().load()

    def waits_for_extension(self) -> bool:
        """Whether a handler of an extension has the turn on the collection lane. It may never end."""
        work = self.dispatcher.lane_watch.current
        running = {call.action for state in self.extensions.state() for call in state.running} if work else ()
        return work is not None and work.method in running

    def contract(self) -> openrpc.Contract:
        """Return the OpenRPC document with the actions of the extensions."""
        return self.extensions.registry().derived(openrpc.contract_of)

    def server(self) -> Server:
        """Return a server for the gateway, with address and limits from the settings. It does not listen yet."""
        config = self._host.config
        limits = config.limits
        return Server(
            self.app,
            config.address,
            config.web_bind_port,
            max_connections=limits.connections,
            max_waiting=limits.waiting,
            max_header=limits.header_kilobytes * 2**10,
            max_body=limits.body_megabytes * 2**20,
            read_timeout=limits.stall_seconds,
            read_deadline=limits.read_seconds,
            idle_timeout=limits.idle_seconds,
            upload=self.app.upload,
            claim=self.app.claim,
        )

    def may(self, origin: str, config: Config | None = None) -> frozenset[Scope]:
        """Return the scopes of an origin, by the current settings or by `config`."""
        return guard.check_origin(config or self._host.config, origin).scopes

    def is_implicitly_allowed(self, origin: str) -> bool:
        """Whether this browser extension is allowed only because all are: the user was never asked about it."""
        return guard.is_implicitly_allowed(self._host.config, origin)

    def _translate(self, error: BaseException) -> ActionError | None:
        return _translate(error, self._host.collection())

    def _admit(self, caller: Caller, scope: Scope, what: str) -> Caller:
        """Return the caller of an endpoint with the scopes of its key. Raises KeyRequired or PermissionDenied, and logs
        the refusal.
        """
        try:
            return self._require(caller, scope, what)
        except ActionError as error:
            self._refused(caller, what, error)
            raise

    def _require(self, caller: Caller, scope: Scope, what: str) -> Caller:
        """Like `_admit`, for a request that is not complete yet: it is checked again later, so nothing is logged."""
        caller = guard.require_any_scope(self._host.config, caller)
        caller.require(scope, f"use {what}")
        return caller

    def _authorise(self, caller: Caller, action: Action | None) -> Caller:
        try:
            self.app.key_throttle.check(caller)
            return guard.authorise(self._host.config, caller, action)
        except ActionError as error:
            self._refused(caller, _name(action), error)
            raise

    def _refused(self, caller: Caller, what: str, error: ActionError) -> None:
        if isinstance(error, KeyRequired) and caller.has_key:
            self.app.key_throttle.add(caller)
        self.recent.record_refusal(guard.try_authenticate(self._host.config, caller), what, error)

    def _called(self, caller: Caller, action: Action | None, failure: str | None) -> None:
        self.recent.record_call(caller, _name(action), failure)
        if failure is None and action is not None and _writes_media(action):
            self._sync_after_writes.wrote()

    def health(self) -> dict[str, Any]:
        """Return the state and the versions, as `/health` serves them to every caller."""
        from anki.buildinfo import version as anki_version

        return {
            "status": "ok",
            "collection": self._host.collection() is not None,
            "window": self._host.window() is not None,
            "version": VERSION,
            "apiVersion": API_VERSION,
            "anki": anki_version,
        }


def _translate(error: BaseException, col: Collection | None) -> ActionError | None:
    from .collection.damage import damage_behind
    from .collection.errors import translate

    damage = None if col is None else damage_behind(col, error)
    return damage or translate(error, col)


def _unknown_in(data: Mapping[str, Any], collection: Callable[[], Collection | None]) -> Unknown | None:
    from .collection.known_names import unknown_in

    return unknown_in(data, collection)


def _check_before_sync(col: Collection) -> None:
    from .actions.media.files import refuse_databases

    refuse_databases(col)


def _writes_media(action: Action) -> bool:
    """Whether an action writes media files, which no undo step holds."""
    return action.writes and not action.undoable and action.scope in (Scope.MEDIA, Scope.DELETE)


def _name(action: Action | None) -> str:
    return action.name if action else "(unknown)"
