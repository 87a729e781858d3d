"""The extensions of one gateway: their actions and events in its registry, and their state for the user.

The actions and events are made from the declarations at the first request, or when the state is shown.
"""

from __future__ import annotations

import logging
import math
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..rpc.events import Events
from ..rpc.registry import DEFAULT_LIMIT_S, AddedAction, AddedEvent, Owner, Registry
from .calls import ExtensionCalls, Translate, log_failure, text_of
from .declarations import ACTION, EVENT, LISTENER, LONGEST_TITLE, Declarations, Declared, DeclaredExtension, NotAccepted
from .interface import INTERFACE
from .listening import Listening, Publishing

if TYPE_CHECKING:
    from .actions import Made  # imported with the first declaration
    from .taken_names import TakenNames

logger = logging.getLogger("anki_rpc.extension")

LONGEST_FAULT = 500
"""Characters of the text of a fault: an author's names can be long."""
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
    """The refused declarations with their reasons, then the latest failures. For people."""
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

    def is_current(self) -> bool:
        """Return whether `state` returns at once: nothing was declared or seen since the actions were made."""
        return self._made_for == (self._declarations.changes, self._seen())

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
        if declared or self._registry.added or self._registry.added_events:
            self._make_all(self._registry, declared, seen)
        self._made_for = now
        return self._registry

    def _make_all(self, registry: Registry, declared: Sequence[DeclaredExtension], seen: Sequence[str]) -> None:
        from .taken_names import TakenNames

        self._calls = {extension: calls for extension, calls in self._calls.items() if extension in declared}
        taken = TakenNames(self._parent())
        actions: list[AddedAction] = []
        events: list[AddedEvent] = []
        for extension in declared:
            try:
                extension.fault = _fault_of(extension, taken)
            except BaseException as error:  # an author's object can raise anything
                extension.fault = text_of(error)
            for item in extension.items:
                made = self._make(extension, item, seen, taken)
                if made is not None and isinstance(made.value, AddedAction):
                    actions.append(made.value)
                elif made is not None:
                    events.append(made.value)  # type: ignore[arg-type]
        if actions != [*registry.added] or events != [*registry.added_events]:
            registry.replace(actions, events)

    def _make(
        self, extension: DeclaredExtension, item: Declared, seen: Sequence[str], taken: TakenNames
    ) -> Made | None:
        """Make an action or an event. If it is refused, keep the reason as its fault."""
        if extension.fault is not None or item.kind == LISTENER:
            item.made, item.fault = None, taken.fault_of_listener(item) if item.kind == LISTENER else None
            return None
        from .actions import make_action, make_event

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
            is_known = isinstance(error, NotAccepted)
            if not is_known:
                log_failure(f"{item.name} of the extension {extension.title} cannot be used", error)
            fault = str(error)[:LONGEST_FAULT] if is_known else text_of(error)
            if fault != item.fault:
                logger.warning("AnkiRPC refuses %s of the extension %s: %s", item.name, extension.title, fault)
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
        try:
            return self._publishing.publish(extension, name, params)
        except BaseException as error:  # an author's object can raise anything
            extension.errors.append(f"an event was not published: {text_of(error)}")
            return False

    def _event(self, extension: DeclaredExtension, name: str) -> Made | None:
        """Return an event of an extension; None if it has none of this name."""
        found = [item for item in extension.items if item.kind == EVENT and item.name == name]
        if not found or found[0].fault is not None or extension.fault is not None:
            return None
        from .actions import make_event

        item = found[0]
        if item.made is None:  # no request has come so far
            try:
                item.made = make_event(item, Owner(extension.name, extension.title, is_seen=True))
            except NotAccepted:
                return None
        made: Made = item.made
        return made


def _fault_of(extension: DeclaredExtension, taken: TakenNames) -> str | None:
    """Return why an extension is refused as a whole; None if it is not. Takes its name."""
    name, interface, limit = extension.name, extension.interface, extension.limit
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return "The name of an extension must be 2 to 40 lower-case letters and digits, and begin with a letter."
    if isinstance(interface, bool) or not isinstance(interface, int) or not 1 <= interface <= INTERFACE:
        return f"It needs interface {interface}, but this AnkiRPC has interface {INTERFACE}. Install a newer AnkiRPC."
    is_number = isinstance(limit, int | float) and not isinstance(limit, bool) and math.isfinite(limit)
    if not is_number or not 0 < limit <= DEFAULT_LIMIT_S:
        return f"limit must be a number of seconds, more than 0 and at most {DEFAULT_LIMIT_S:g}."
    if not extension.is_titled or extension.title in taken.categories:
        return f"title must be one line of at most {LONGEST_TITLE} characters, and not a category of AnkiRPC."
    if extension.unknown:
        return f"unknown option {min(extension.unknown)}. The options are interface, title and limit."
    other = taken.extensions.setdefault(name, extension)
    return None if other is extension else f"The name {name} is taken by {other.title} ({other.module})."
