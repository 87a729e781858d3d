"""Keeps the declarations of extensions until a gateway makes actions of them. Standard library only; any thread."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

ACTION, EVENT, LISTENER = "action", "event", "listener"

LONGEST_TITLE = 60
"""Characters of the name of an extension for people."""
MOST_ITEMS = 500
"""Actions, events and listeners of an extension: with each change, the next request looks at all of them."""
LONGEST_SHOWN = 100
"""Characters of a name that are kept; longer names are refused."""
ERRORS_KEPT = 5
"""The latest errors of an extension that are kept for its author."""


class NotAccepted(ValueError):
    """A declaration of an extension is refused. The message is for its author."""


def as_name(name: Any) -> str:
    """Return a name of one line, for the log and for people. What is no name becomes one that is refused."""
    text = name[:LONGEST_SHOWN] if isinstance(name, str) else f"<{type(name).__name__}>"
    return text if text.isprintable() else ascii(text)


class Declared:
    """An action, an event or a listener, as its author has declared it."""

    def __init__(self, kind: str, name: str, handler: Callable[..., Any] | None, options: Mapping[str, Any]) -> None:
        self.kind = kind
        self.name = as_name(name)
        self.handler = handler
        self.options = options
        self.is_withdrawn = False
        self.fault: str | None = None
        """The reason if it is refused."""
        self.made: Any = None
        """The action or event that the gateway has made from it; None before that, and if it is refused."""


class DeclaredExtension:
    """An extension, as its author has declared it."""

    def __init__(
        self, name: str, interface: int, title: str, limit: float, *, module: str, unknown: Mapping[str, Any]
    ) -> None:
        self.name = as_name(name)
        self.interface = interface
        self.is_titled = isinstance(title, str) and len(title) <= LONGEST_TITLE and title.isprintable()
        self.title = (title if self.is_titled else "") or self.name[:LONGEST_TITLE]
        self.limit = limit
        self.module = module
        """The module that has registered it."""
        self.unknown = unknown
        """Options that do not exist."""
        self.items: tuple[Declared, ...] = ()
        self.is_withdrawn = False
        self.fault: str | None = None
        """The reason if the whole extension is refused."""
        self.errors: deque[str] = deque(maxlen=ERRORS_KEPT)
        """The latest failures, oldest first."""

    def faults(self) -> tuple[str, ...]:
        """Return the refused declarations with their reasons, then the latest failures."""
        own = [] if self.fault is None else [self.fault]
        return (*own, *(f"{item.name}: {item.fault}" for item in self.items if item.fault), *self.errors)


def _nothing() -> None:
    """Ignore news while no gateway listens."""


def _not_sent(extension: DeclaredExtension, name: str, params: Mapping[str, Any]) -> bool:
    return False


class Declarations:
    """All declarations. The gateway sets `on_news`, which must not wait, and `publish`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.extensions: tuple[DeclaredExtension, ...] = ()
        self.changes = 0
        """Grows with each change."""
        self.on_news: Callable[[], None] = _nothing
        self.publish: Callable[[DeclaredExtension, str, Mapping[str, Any]], bool] = _not_sent

    def extend(
        self,
        name: str,
        interface: int,
        title: str,
        limit: float,
        *,
        module: str,
        unknown: Mapping[str, Any] = MappingProxyType({}),
    ) -> DeclaredExtension:
        """Add an extension, and return it. `unknown`: options that do not exist."""
        extension = DeclaredExtension(name, interface, title, limit, module=module, unknown=unknown)
        with self._lock:
            self.extensions = (*self.extensions, extension)
        self._changed()
        return extension

    def declare(
        self,
        extension: DeclaredExtension,
        kind: str,
        name: str,
        handler: Callable[..., Any] | None,
        options: Mapping[str, Any],
    ) -> Declared:
        """Add something to an extension, and return it."""
        item = Declared(kind, name, handler, options)
        with self._lock:
            has_room = len(extension.items) < MOST_ITEMS
            if has_room:
                extension.items = (*extension.items, item)
        if has_room:
            self._changed()
        else:
            item.fault = f"an extension has at most {MOST_ITEMS} actions, events and listeners."
            extension.errors.append(f"{item.name}: {item.fault}")
        return item

    def withdraw(self, items: Sequence[Declared]) -> None:
        """Withdraw declarations."""
        for item in items:
            item.is_withdrawn = True
        with self._lock:
            for extension in self.extensions:
                extension.items = tuple(item for item in extension.items if not item.is_withdrawn)
        self._changed()

    def withdraw_named(self, extension: DeclaredExtension, name: str | None) -> None:
        """Withdraw the declarations of a name; without a name, the whole extension."""
        if name is None:
            extension.is_withdrawn = True
            with self._lock:
                self.extensions = tuple(each for each in self.extensions if each is not extension)
        found = [item for item in extension.items if name in (None, item.name)]
        for item in found:
            item.is_withdrawn = True
        self.withdraw(found)

    def _changed(self) -> None:
        with self._lock:
            self.changes += 1
        self.on_news()
