"""The names that are taken: names that must be unique in a client, a document or a program."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ..rpc import openrpc
from ..rpc.errors import every_error
from ..rpc.events import LOST
from ..rpc.openrpc import pascal
from ..rpc.registry import AddedAction, AddedEvent, Registry
from ..text.similar import did_you_mean, similar
from .declarations import Declared, DeclaredExtension, NotAccepted
from .described import snake, titles_of
from .listening import EVERY

if TYPE_CHECKING:
    from .actions import Made


class TakenNames:
    """The names that are taken, in our own actions and by the extensions so far."""

    def __init__(self, own: Registry) -> None:
        self.extensions: dict[str, DeclaredExtension] = {}
        self._own = own
        self._names: dict[str, str] = {}
        self._events = set(own.events)
        self.categories = own.derived(_categories)
        self._codes: dict[int, str] = {}
        self._titles: set[str] = set()

    def take(self, made: Made) -> None:
        """Take the names of an action or event. Raises NotAccepted if one of them is taken."""
        value = made.value
        if isinstance(value, AddedEvent):
            if value.name in self._events:
                raise NotAccepted("another event has this name. Choose another name.")
        elif (other := self._all_names().get(snake(value.name))) is not None:
            raise NotAccepted(f"the name is taken by {other}. Choose another name.")
        titles = [pascal(value.name), *made.titles]
        if taken := (self._all_titles() & {*titles}) or {title for title in titles if titles.count(title) > 1}:
            raise NotAccepted(f"clients would have two types {min(taken)}, made from the names. Choose other names.")
        errors = value.described.errors if isinstance(value, AddedAction) else ()
        for error in errors:
            kind = error["data"]["kind"]
            if self._codes.get(error["code"], kind) != kind:
                raise NotAccepted(f"the error {kind} would have the same code as another error. Choose another name.")
            if pascal(kind) in self._own.derived(_classes_of_errors):
                raise NotAccepted(
                    f"the error {kind} would have the same name as another error in a client. Choose another name."
                )
        self._titles |= {*titles}
        self._codes |= {error["code"]: error["data"]["kind"] for error in errors}
        if isinstance(value, AddedEvent):
            self._events.add(value.name)
        else:
            self._names[snake(value.name)] = value.name

    def fault_of_listener(self, item: Declared) -> str | None:
        """Return why a listener is refused; None if it is not. The events of other extensions may come later."""
        name, names = item.name, [*self._own.events, LOST, EVERY]
        if not callable(item.handler):
            return "the handler is not a function."
        if isinstance(name, str) and ("_" in name or name in names):
            return None
        hint = did_you_mean(similar(str(name), names)) or f" The events are {', '.join(names)}."
        return f"there is no such event.{hint}"

    def _all_names(self) -> dict[str, str]:
        if not self._names:
            self._names = {snake(name): name for name in self._own}
        return self._names

    def _all_titles(self) -> set[str]:
        if not self._titles:
            self._titles = {*self._own.derived(_titles)}
        return self._titles


def _classes_of_errors(registry: Registry) -> frozenset[str]:
    """The names of the classes of our errors, of the Python client and of Python itself."""
    ours = {error.__name__ for error in every_error()} | {pascal(error.kind) for error in every_error()}
    return frozenset(ours | {"RpcError"} | {*dir(builtins)})


def _categories(registry: Registry) -> frozenset[str]:
    return frozenset(action.category for action in registry.values())


def _titles(registry: Registry) -> frozenset[str]:
    return titles_of(openrpc.stored()) | {pascal(name) for name in registry}
