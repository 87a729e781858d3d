"""The registry of actions. The decorator `@action` registers a function, and returns it unchanged."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..version import OLDEST_ANKI
from .errors import ActionError, Busy, ExtensionFailed, InternalError, StillRunning

if TYPE_CHECKING:
    from ..vendored import marshmallow
from .caller import Caller
from .executor import RunsOn
from .host import Host
from .scopes import Scope

T = TypeVar("T")
Handler = TypeVar("Handler", bound=Callable[..., Any])
TouchesNotes = Callable[[dict[str, Any]], Iterable[int] | None]
Needs = Callable[[dict[str, Any]], Iterable[tuple[Scope, str]]]
Prepare = Callable[[dict[str, Any], Caller, Host], dict[str, Any]]
ValidateInTrial = Callable[[dict[str, Any], Caller, Host, Callable[[], bool]], dict[str, Any]]

DEFAULT_LIMIT_S = 600.0
"""Seconds that a caller waits for a call that has begun, unless the action sets another limit."""

ANKI = f">={OLDEST_ANKI}"
"""The versions of Anki that an action supports, unless it sets others."""


def title(name: str) -> str:
    """Return the name of an action as words: `addNotes` -> `Add notes`, `furigana_addAll` -> `Furigana: add all`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", ": ").lower()
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Example:
    """A call, and its result on the small example collection. The tests run every example."""

    name: str
    params: Mapping[str, Any]
    result: Any


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A named action: a JSON-RPC method of that name, with all that the core knows about it."""

    name: str
    handler: Callable[..., Any]
    params: Any
    """A subclass of `schemas.base.Params`, or what has the same methods; `load_for` validates the params of a call."""
    result: marshmallow.fields.Field[Any] | None
    """None if it is described otherwise, see `AddedAction`."""
    runs_on: RunsOn = RunsOn.COLLECTION
    scope: Scope = Scope.READ
    extra_scopes: tuple[Scope, ...] = ()
    """Further scopes that every call needs."""
    needs: Needs | None = None
    """Returns the further scopes that the loaded params need, each with a verb phrase for the error message."""
    writes: bool = False
    undoable: bool = False
    idempotent: bool = False
    """A second call with the same params changes nothing more. False also if that is unknown."""
    errors: tuple[type[ActionError], ...] = ()
    examples: tuple[Example, ...] = ()
    destructive: bool = False
    """It can delete data that the call does not replace, see `actions.dry_run.destructive`."""
    prepare: Prepare | None = None
    """Called on the server thread with the loaded params before the handler runs; it returns the params to use."""
    validate_in_trial: ValidateInTrial | None = None
    """Called like `prepare`, after it: tries the call on a copy that is thrown away. It may take long, so it regularly
    calls its last argument, which returns whether the call is still wanted, and raises Cancelled if it is not."""
    touches_notes: TouchesNotes | None = None
    """Returns, given the loaded params, the ids of the notes whose text the call writes or deletes; None for any note.
    What the user is typing into them is stored before the call runs."""
    limit: float = DEFAULT_LIMIT_S
    """Seconds that a caller waits for a call that has begun."""
    public: bool = False
    """Open to every caller, even without permission or API key."""
    once: bool = False
    """A request may call it only once, however many calls the request contains."""
    interactive: bool = False
    """It waits for an answer of the user."""
    is_quick: bool = False
    """It needs only a moment of the server thread: no collection, window, user, file or other computer."""
    startable: bool | None = None
    """It can be started as an operation; None: if it runs on the collection lane."""
    cancellable: bool = False
    """As an operation it can be cancelled while it runs."""
    anki: str = ANKI
    """The versions of Anki that it supports."""

    @property
    def category(self) -> str:
        """The name of the package that contains the handler's module."""
        return self._package.rpartition(".")[2]

    @property
    def category_summary(self) -> str:
        """The docstring of that package."""
        return inspect.getdoc(sys.modules[self._package]) or self.category

    @property
    def _package(self) -> str:
        return self.handler.__module__.rpartition(".")[0]

    @property
    def summary(self) -> str:
        """The first paragraph of the handler's docstring."""
        return self._paragraphs()[0]

    @property
    def description(self) -> str:
        """The whole docstring of the handler, one line a paragraph."""
        return "\n\n".join(self._paragraphs())

    @property
    def is_startable(self) -> bool:
        """Whether the action can be started as an operation."""
        return self.runs_on is RunsOn.COLLECTION if self.startable is None else self.startable

    @property
    def is_listed(self) -> bool:
        """Whether lists of methods contain the action. Names that begin with `rpc.` are reserved by JSON-RPC."""
        return not self.name.startswith("rpc.")

    @property
    def purpose(self) -> str:
        """A verb phrase for the error of a caller that lacks a scope."""
        return f"use {self.name}"

    def internal_error(self) -> ActionError:
        """Return the error of a call whose result cannot be sent."""
        return InternalError()

    def named(self, error: ActionError) -> ActionError:
        """Return the error of the wait for a call, which names the extension of the action."""
        return error

    def _paragraphs(self) -> list[str]:
        text = inspect.getdoc(self.handler) or self.name
        return [" ".join(part.split()) for part in text.split("\n\n")]


class Owner(NamedTuple):
    """The extension of an action or an event."""

    name: str
    title: str
    is_seen: bool
    """The user has seen it. Until then, its actions need the scope `admin`."""


class AddedAction(Action):
    """An action of an extension, which brings its own description."""

    __slots__ = ("described", "owner")

    def __init__(self, owner: Owner, described: Described, *values: Any, **more: Any) -> None:
        object.__setattr__(self, "owner", owner)
        object.__setattr__(self, "described", described)
        Action.__init__(self, *values, **more)

    owner: Owner
    described: Described

    @property
    def category(self) -> str:
        return self.owner.title

    @property
    def category_summary(self) -> str:
        return f"Actions of the extension {self.owner.title}, which is no part of AnkiRPC."

    @property
    def purpose(self) -> str:
        if self.owner.is_seen:
            return f"use {self.name}"
        return (
            f"use {self.name} before the user has seen the extension {self.owner.title}, on the tab State of AnkiRPC's "
            f'window or by "{self.owner.name}" in the setting extensions'
        )

    def internal_error(self) -> ActionError:
        return ExtensionFailed.of(self.owner, f"returned what cannot be written as JSON ({self.name})")

    def named(self, error: ActionError) -> ActionError:
        if not isinstance(error, Busy | StillRunning) or "extension" in error.data:
            return error
        return type(error)(f"{error} It is an action of the extension {self.owner.title}.", extension=self.owner.name)

    def _paragraphs(self) -> list[str]:
        return list(self.described.paragraphs)


class Described(NamedTuple):
    """The description of an added action, in the form of the OpenRPC document."""

    paragraphs: Sequence[str]
    params: Sequence[Mapping[str, Any]]
    result: Mapping[str, Any]
    errors: Sequence[Mapping[str, Any]] = ()
    components: Mapping[str, Any] = MappingProxyType({})
    for_agents: bool = True


class AddedEvent(NamedTuple):
    """An event of an extension."""

    owner: Owner
    name: str
    summary: str
    params: Sequence[Mapping[str, Any]]
    components: Mapping[str, Any]


class Registry(Mapping[str, Action]):
    """All actions by wire name.

    - The module of an action can be imported when the action is first looked up, see `expect`.
    - A registry with a `parent` has the parent's actions, and those that `replace` adds. It may change while requests
      run: each of them looks an action up once.
    """

    def __init__(self, parent: Registry | None = None) -> None:
        self._parent = parent
        self._modules: Mapping[str, str] = {}
        self._registered: dict[str, Action] = {}
        self.events: dict[str, tuple[str, Any]] = {} if parent is None else parent.events
        """The events by name, each with its summary and the schema of its params."""
        self.added: Sequence[AddedAction] = ()
        self.added_events: Sequence[AddedEvent] = ()
        self._version = 0
        self._derived: dict[Callable[..., Any], tuple[int, Any]] = {}

    def __getitem__(self, name: str) -> Action:
        if name in self._modules:
            import_module(self._modules[name])  # returns when it is wholly imported, by whichever thread
        elif self._parent is not None and name not in self._registered:
            return self._parent[name]
        return self._registered[name]

    def __contains__(self, name: object) -> bool:
        return name in self._registered or name in self._modules or name in (self._parent or ())

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*(self._parent or ()), *self._modules, *self._registered)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def expect(self, modules: Mapping[str, str]) -> None:
        """Name the module that registers each action. It is imported when one of its actions is first looked up."""
        self._modules = modules

    def load(self) -> None:
        """Import all modules that `expect` has named."""
        for module in dict.fromkeys(self._modules.values()):
            import_module(module)

    def add(self, action: Action) -> None:
        """Register an action. Raises ValueError if the name is taken."""
        if action.name in self._registered:
            raise ValueError(f"two actions have the name {action.name}")
        self._registered[action.name] = action

    def replace(self, added: Sequence[AddedAction], events: Sequence[AddedEvent]) -> None:
        """Replace all actions and events of extensions."""
        self._registered = {action.name: action for action in added}
        self.added, self.added_events = added, events
        self._version += 1

    def derived(self, make: Callable[[Registry], T]) -> T:
        """Return what a function makes of the registry. It is kept until the registry changes."""
        version = self._version
        kept = self._derived.get(make)
        if kept is None or kept[0] != version:
            kept = self._derived[make] = version, make(self)
        value: T = kept[1]
        return value

    def listed(self) -> list[Action]:
        """Return every listed action by name (capitals sort before small letters)."""
        return [self[name] for name in sorted(self) if self[name].is_listed]

    def action(
        self,
        name: str,
        params: Any,
        result: marshmallow.fields.Field[Any],
        *,
        runs_on: RunsOn = RunsOn.COLLECTION,
        scope: Scope | None = None,
        extra_scopes: Sequence[Scope] = (),
        needs: Needs | None = None,
        writes: bool = False,
        undoable: bool | None = None,
        idempotent: bool = False,
        errors: Sequence[type[ActionError]] = (),
        examples: Sequence[Example] = (),
        destructive: bool = False,
        prepare: Prepare | None = None,
        validate_in_trial: ValidateInTrial | None = None,
        touches_notes: TouchesNotes | None = None,
        limit: float = DEFAULT_LIMIT_S,
        public: bool = False,
        once: bool = False,
        interactive: bool = False,
        is_quick: bool = False,
        startable: bool | None = None,
        cancellable: bool = False,
        anki: str = ANKI,
    ) -> Callable[[Handler], Handler]:
        """Register a function as the handler of an action, and return it unchanged. `Action` documents the options.

        An action that `writes` gets the scope `write` and counts as undoable, unless `scope` and `undoable` are given.
        """

        def register(handler: Handler) -> Handler:
            self.add(
                Action(
                    name,
                    handler,
                    params,
                    result,
                    runs_on=runs_on,
                    scope=scope or (Scope.WRITE if writes else Scope.READ),
                    extra_scopes=tuple(extra_scopes),
                    needs=needs,
                    writes=writes,
                    undoable=writes if undoable is None else undoable,
                    idempotent=idempotent,
                    errors=tuple(errors),
                    examples=tuple(examples),
                    destructive=destructive,
                    prepare=prepare,
                    validate_in_trial=validate_in_trial,
                    touches_notes=touches_notes,
                    limit=limit,
                    public=public,
                    once=once,
                    interactive=interactive,
                    is_quick=is_quick,
                    startable=startable,
                    cancellable=cancellable,
                    anki=anki,
                )
            )
            return handler

        return register


REGISTRY = Registry()
action = REGISTRY.action
