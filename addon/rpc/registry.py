"""Actions and where they are kept: the decorator registers a function and hands it back untouched."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ..version import OLDEST_ANKI
from .errors import ActionError

if TYPE_CHECKING:
    from ..vendored import marshmallow
from .caller import Caller
from .executor import RunsOn
from .host import Host
from .scopes import Scope

Handler = TypeVar("Handler", bound=Callable[..., Any])
TouchesNotes = Callable[[dict[str, Any]], Iterable[int] | None]
Needs = Callable[[dict[str, Any]], Iterable[tuple[Scope, str]]]
Prepare = Callable[[dict[str, Any], Caller, Host], dict[str, Any]]
ValidateInTrial = Callable[[dict[str, Any], Caller, Host, Callable[[], bool]], dict[str, Any]]

DEFAULT_LIMIT_S = 600.0
"""Seconds that a caller waits for a call that has begun, if its action says nothing else."""

ANKI = f">={OLDEST_ANKI}"
"""The versions of Anki that an action works on, if it says nothing else."""


def title(name: str) -> str:
    """`addNotes` -> `Add notes`: an action's name as a person would write it."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Example:
    """A call that runs on the small example collection, with the result it gives there."""

    name: str
    params: Mapping[str, Any]
    result: Any


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A named operation. JSON-RPC knows it as a method of that name."""

    name: str
    handler: Callable[..., Any]
    params: Any
    """A subclass of `schemas.base.Params`: its `load_for` validates a call."""
    result: marshmallow.fields.Field[Any]
    runs_on: RunsOn = RunsOn.COLLECTION
    scope: Scope = Scope.READ
    also: tuple[Scope, ...] = ()
    """Further scopes that its effects need, whatever the params are."""
    needs: Needs | None = None
    """From the loaded params, the further scopes that these need, each with what it is needed for."""
    writes: bool = False
    undoable: bool = False
    idempotent: bool = False
    """Called again with the same params, it changes nothing more. Said where it is known."""
    errors: tuple[type[ActionError], ...] = ()
    examples: tuple[Example, ...] = ()
    destructive: bool = False
    """Something can go by it that the call does not replace, see `actions.losses.destructive`."""
    prepare: Prepare | None = None
    """Runs on the server thread with the loaded params; what it returns replaces them."""
    validate_in_trial: ValidateInTrial | None = None
    """As `prepare`, and after it: tries the call where it changes nothing. It can take long, so it asks from time to
    time, by its last argument, whether the call is still wanted, and raises Cancelled if it is not."""
    touches_notes: TouchesNotes | None = None
    """From the loaded params, the notes whose text it writes or deletes: what the user is typing into them is stored
    first. None stands for any note."""
    limit: float = DEFAULT_LIMIT_S
    """Seconds a caller waits for a call that has begun."""
    public: bool = False
    """Served without an API key."""
    once: bool = False
    """A request may call it once, however many calls it holds."""
    interactive: bool = False
    is_quick: bool = False
    """It needs nothing but a moment of the server thread: no collection, window, person, file or other computer."""
    startable: bool | None = None
    """It can be started as an operation; None for what runs on the collection lane."""
    cancellable: bool = False
    """As an operation it can be cancelled while it runs."""
    anki: str = ANKI
    """The versions of Anki that it works on."""

    @property
    def category(self) -> str:
        """The package that holds the handler's module."""
        return self._package.rpartition(".")[2]

    @property
    def category_summary(self) -> str:
        """What the category is about, as its package says."""
        return inspect.getdoc(sys.modules[self._package]) or self.category

    @property
    def _package(self) -> str:
        return self.handler.__module__.rpartition(".")[0]

    @property
    def summary(self) -> str:
        return self._paragraphs()[0]

    @property
    def description(self) -> str:
        return "\n\n".join(self._paragraphs())

    @property
    def is_startable(self) -> bool:
        return self.runs_on is RunsOn.COLLECTION if self.startable is None else self.startable

    @property
    def is_listed(self) -> bool:
        """Names beginning with `rpc.` are JSON-RPC's own and stand in no list of methods."""
        return not self.name.startswith("rpc.")

    def _paragraphs(self) -> list[str]:
        text = inspect.getdoc(self.handler) or self.name
        return [" ".join(part.split()) for part in text.split("\n\n")]


class Registry(Mapping[str, Action]):
    """All actions by wire name."""

    def __init__(self) -> None:
        self._actions: dict[str, Action] = {}
        self.events: dict[str, tuple[str, Any]] = {}
        """By name, what each tells and the schema of its params."""

    def __getitem__(self, name: str) -> Action:
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)

    def add(self, action: Action) -> None:
        if action.name in self._actions:
            raise ValueError(f"two actions are called {action.name}")
        self._actions[action.name] = action

    def listed(self) -> list[Action]:
        """Every action but JSON-RPC's own, in alphabetical order (capitals before small letters)."""
        return [self[name] for name in sorted(self) if self[name].is_listed]

    def action(
        self,
        name: str,
        params: Any,
        result: marshmallow.fields.Field[Any],
        *,
        runs_on: RunsOn = RunsOn.COLLECTION,
        scope: Scope | None = None,
        also: Sequence[Scope] = (),
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
        """Register a function as the handler of an action; `Action` says what each option means.

        An action that writes has the scope `write` and can be undone, unless it says otherwise.
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
                    also=tuple(also),
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
