"""The extensions of one gateway: their actions and events in its registry, and their state for the user.

Nothing is made of the declarations before the first request, or before the state is shown.
"""

from __future__ import annotations

import logging
import math
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..rpc import openrpc
from ..rpc.events import Events
from ..rpc.registry import DEFAULT_LIMIT_S, AddedAction, AddedEvent, Owner, Registry
from .actions import Made, NotAccepted, make_action, make_event
from .calls import ExtensionCalls, Translate
from .declarations import ACTION, EVENT, LISTENER, Declarations, Declared, DeclaredExtension
from .described import snake, titles_of
from .interface import INTERFACE
from .json_schema import SchemaFault
from .listening import Listening, Publishing

logger = logging.getLogger("anki_rpc.extension")

_NAME = re.compile(r"[a-z][a-z0-9]{1,39}")


class ActionState(NamedTuple):
    """An action of an extension."""

    name: str
    scope: str
    writes: bool
    destructive: bool


class RunningState(NamedTuple):
    """A call that runs."""

    action: str
    since: float
    """Seconds since 1970."""
    is_late: bool
    """It has exceeded the limit: until it ends, further calls of the extension are refused."""


class ExtensionState(NamedTuple):
    """An extension, for the user."""

    name: str
    title: str
    module: str
    """The module that has registered it; its first part is the name of the add-on's folder, or of the package."""
    is_seen: bool
    """Its name is in the setting `extensions`. Until then, its actions need the scope `admin`."""
    actions: Sequence[ActionState]
    events: Sequence[str]
    listens: Sequence[str]
    """The names of the events to which it listens; `*` for all."""
    faults: Sequence[str]
    """What was refused, and why; what has failed lately, the latest last. For people."""
    running: Sequence[RunningState]


class Extensions:
    """The extensions of one gateway. Any thread."""

    def __init__(
        self,
        declarations: Declarations,
        parent: Callable[[], Registry],
        events: Events,
        *,
        seen: Callable[[], Sequence[str]],
        translate: Translate,
    ) -> None:
        """Create them.

        - `parent`: returns the registry of our own actions; called when it is first needed.
        - `seen`: returns the names of the extensions that the user has seen; called for each request.
        - `translate`: turns an exception of Anki into an ActionError.
        """
        self._declarations = declarations
        self._parent = parent
        self._seen = seen
        self._translate = translate
        self._lock = threading.Lock()
        self._registry: Registry | None = None
        self._made_for: tuple[int, Sequence[str]] | None = None
        self._calls: dict[DeclaredExtension, ExtensionCalls] = {}
        self._listening = Listening(events, declarations)
        self._publishing = Publishing(events, self._event)
        declarations.publish = self._publish
        declarations.on_news = self._listening.update
        self._listening.update()

    def registry(self) -> Registry:
        """Return the registry: our actions and those of the extensions, as they are declared and seen now."""
        registry, now = self._registry, (self._declarations.changes, self._seen())
        if registry is None or self._made_for != now:
            with self._lock:
                registry = self._updated(now)
        return registry

    def stop(self) -> None:
        """End the threads of listeners."""
        self._declarations.on_news = lambda: None
        self._listening.stop()

    def state(self) -> list[ExtensionState]:
        """Return the state of each extension, in the order of registration."""
        self.registry()
        return [self._state_of(extension) for extension in self._declarations.extensions]

    def _state_of(self, extension: DeclaredExtension) -> ExtensionState:
        made = [item.made.value for item in extension.items if item.made is not None]
        calls = self._calls.get(extension)
        return ExtensionState(
            extension.name,
            extension.title,
            extension.module,
            extension.name in self._seen(),
            [
                ActionState(one.name, one.scope.value, one.writes, one.destructive)
                for one in made
                if isinstance(one, AddedAction)
            ],
            [one.name for one in made if isinstance(one, AddedEvent)],
            [item.name for item in extension.items if item.kind == LISTENER and item.fault is None],
            extension.faults(),
            [RunningState(call.action, call.since, calls.is_late(call)) for call in calls.running] if calls else [],
        )

    def _updated(self, now: tuple[int, Sequence[str]]) -> Registry:
        if self._registry is None:
            self._registry = Registry(self._parent())
        if self._made_for == now:
            return self._registry
        _, seen = now
        declared = self._declarations.extensions
        self._calls = {extension: calls for extension, calls in self._calls.items() if extension in declared}
        taken = _Taken(self._parent())
        actions: list[AddedAction] = []
        events: list[AddedEvent] = []
        for extension in declared:
            extension.fault = _fault_of(extension, taken)
            for item in extension.items:
                made = self._make(extension, item, seen, taken)
                if made is not None and isinstance(made.value, AddedAction):
                    actions.append(made.value)
                elif made is not None:
                    events.append(made.value)  # type: ignore[arg-type]
        if actions or events or self._registry.added or self._registry.added_events:
            self._registry.replace(actions, events)
        self._made_for = now
        return self._registry

    def _make(self, extension: DeclaredExtension, item: Declared, seen: Sequence[str], taken: _Taken) -> Made | None:
        """Make an action or an event, and note why it is refused if it is."""
        if extension.fault is not None or item.kind == LISTENER:
            item.made = None
            return None
        owner = Owner(extension.name, extension.title, extension.name in seen)
        made: Made | None = item.made
        try:
            if made is None or made.value.owner != owner:
                calls = self._calls.setdefault(extension, self._new_calls(extension))
                is_action = item.kind == ACTION
                made = make_action(item, owner, calls, extension.limit) if is_action else make_event(item, owner)
                for note in made.notes if item.made is None else ():
                    extension.errors.append(f"{item.name}: {note}")
            taken.take(made)
        except BaseException as error:  # an author's object can raise anything, SystemExit too
            is_known = isinstance(error, NotAccepted | SchemaFault)
            if not is_known:
                logger.error("%s of the extension %s cannot be used", item.name, extension.title, exc_info=error)
            fault = str(error) if is_known else f"{type(error).__name__}: {error}"
            if fault != item.fault:
                logger.warning("The extension %s is refused %s: %s", extension.title, item.name, fault)
            item.made, item.fault = None, fault
            return None
        item.made, item.fault = made, None
        return made

    def _new_calls(self, extension: DeclaredExtension) -> ExtensionCalls:
        return ExtensionCalls(extension, extension.limit, self._translate)

    # --- events ---

    def _publish(self, extension: DeclaredExtension, name: str, params: Mapping[str, Any]) -> bool:
        """Publish an event of an extension that the user has seen."""
        if extension.is_withdrawn or extension.name not in self._seen():
            return False
        return self._publishing.publish(extension, name, params)

    def _event(self, extension: DeclaredExtension, name: str) -> Made | None:
        """Return an event of an extension; None if it has none of this name."""
        found = [item for item in extension.items if item.kind == EVENT and item.name == name]
        if not found or found[0].fault is not None or extension.fault is not None:
            return None
        item = found[0]
        if item.made is None:  # no request has come so far
            try:
                item.made = make_event(item, Owner(extension.name, extension.title, is_seen=True))
            except (NotAccepted, SchemaFault):
                return None
        made: Made = item.made
        return made


class _Taken:
    """The names that are taken, in our own actions and by the extensions so far."""

    def __init__(self, own: Registry) -> None:
        self.extensions: dict[str, DeclaredExtension] = {}
        self._own = own
        self._names: dict[str, str] = {}
        self._events = set(own.events)
        self._codes: dict[int, str] = {}
        self._titles: set[str] = set()

    def take(self, made: Made) -> None:
        """Take the names of an action or event. Raises NotAccepted if one of them is taken."""
        value = made.value
        if isinstance(value, AddedEvent):
            if value.name in self._events:
                raise NotAccepted("this name of an event is taken.")
        elif (other := self._all_names().get(snake(value.name))) is not None:
            raise NotAccepted(f"the name is taken by {other}. Choose another name.")
        if taken := self._all_titles() & {*made.titles}:
            raise NotAccepted(f"the title {min(taken)} that follows from the name is taken. Choose another name.")
        errors = value.described.errors if isinstance(value, AddedAction) else ()
        for error in errors:
            kind = error["data"]["kind"]
            if self._codes.get(error["code"], kind) != kind:
                raise NotAccepted(f"the error {kind} would have the code of another one. Choose another name.")
        self._titles |= {*made.titles}
        self._codes |= {error["code"]: error["data"]["kind"] for error in errors}
        if isinstance(value, AddedEvent):
            self._events.add(value.name)
        else:
            self._names[snake(value.name)] = value.name

    def _all_names(self) -> dict[str, str]:
        if not self._names:
            self._names = {snake(name): name for name in self._own}
        return self._names

    def _all_titles(self) -> set[str]:
        if not self._titles:
            self._titles = {*self._own.derived(_titles)}
        return self._titles


def _titles(registry: Registry) -> frozenset[str]:
    return titles_of(openrpc.stored())


def _fault_of(extension: DeclaredExtension, taken: _Taken) -> str | None:
    """Return why an extension is refused as a whole; None if it is not. Takes its name."""
    name, interface, limit = extension.name, extension.interface, extension.limit
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return "The name of an extension is 2 to 40 small letters and digits, and begins with a letter."
    if isinstance(interface, bool) or not isinstance(interface, int) or not 1 <= interface <= INTERFACE:
        return f"It needs interface {interface}, but this AnkiRPC has {INTERFACE}. Is there a newer AnkiRPC?"
    is_number = isinstance(limit, int | float) and not isinstance(limit, bool) and math.isfinite(limit)
    if not is_number or not 0 < limit <= DEFAULT_LIMIT_S:
        return f"limit is a number of seconds up to {DEFAULT_LIMIT_S:g}."
    if not isinstance(extension.title, str):
        return "title is a text."
    other = taken.extensions.setdefault(name, extension)
    return None if other is extension else f"The name {name} is taken by {other.title} ({other.module})."
