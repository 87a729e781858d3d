"""Interface 1: the objects that the author of an extension uses. It imports only the standard library.

`Declarations` keeps every declaration until a gateway needs it, so extensions do not slow down Anki's start. No method
raises for a wrong declaration: it becomes a fault of the extension, which AnkiRPC's window shows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, overload

from ..version import VERSION
from .declarations import ACTION, EVENT, LISTENER, Declarations, Declared, DeclaredExtension, as_name

INTERFACE = 1
"""The version of the interface. It changes only if a member that extensions use is removed or changed."""

Handler = TypeVar("Handler", bound=Callable[..., Any])
Schema = Mapping[str, Any]


class Registration:
    """An action, an event or a listener that was registered."""

    def __init__(self, declarations: Declarations, declared: Declared) -> None:
        self._declarations = declarations
        self._declared = declared

    @property
    def name(self) -> str:
        """The name of the action or the event."""
        return self._declared.name

    @property
    def fault(self) -> str | None:
        """The reason if it was refused; None if it was not, or if no gateway has checked it yet."""
        return self._declared.fault

    def withdraw(self) -> None:
        """Withdraw it, at any time and from any thread. Calls that have begun are not ended."""
        self._declarations.withdraw([self._declared])


class Extension:
    """The registrations of one add-on or package. All methods can be called at any time and from any thread."""

    def __init__(self, declarations: Declarations, declared: DeclaredExtension) -> None:
        self._declarations = declarations
        self._declared = declared

    @property
    def name(self) -> str:
        """The name. The names of its actions, events and kinds of errors begin with it."""
        return self._declared.name

    @property
    def title(self) -> str:
        """The name that people read."""
        return self._declared.title

    @property
    def faults(self) -> Sequence[str]:
        """The refused declarations with their reasons, and the latest failures. A gateway checks declarations later."""
        return self._declared.faults()

    @overload
    def action(self, name: str, /, **options: Any) -> Callable[[Handler], Handler]: ...
    @overload
    def action(self, name: str, handler: Handler, /, **options: Any) -> Registration: ...

    def action(
        self,
        name: str = "",
        handler: Callable[..., Any] | None = None,
        /,
        *,
        params: Schema | None = None,
        result: Schema | None = None,
        scope: str | None = None,
        runs_on: str = "collection",
        writes: bool = False,
        undo: bool = True,
        idempotent: bool = False,
        cancellable: bool = False,
        dry_run: Callable[..., Any] | None = None,
        errors: Mapping[str, str] | None = None,
        examples: Sequence[Mapping[str, Any]] = (),
        agents: bool = True,
        **unknown: Any,
    ) -> Any:
        """Register an action: a method of JSON-RPC, an action of the old protocol, and a tool of agents.

        With a handler, returns the Registration. Without one, returns a decorator that leaves the function unchanged.

        - `name`: the extension's name, an underscore, and a name in camel case: `furigana_generate`.
        - `handler`: called as `handler(ctx, **params)`. The first paragraph of its docstring is the summary.
        - `params`: a JSON Schema of the type `object`; the order of its properties is the order by position, required
          ones first. None for no params.
        - `result`: the JSON Schema of the handler's result. None if it returns nothing.
        - `scope`: the scope that callers need. None: `write` for actions that write, else `read`.
        - `runs_on`: `collection`, one call at a time; `window`, Qt's main thread; `thread`, a thread without access to
          Anki.
        - `writes`: it changes the collection, by `ctx.write`. `undo`: Anki can undo that.
        - `idempotent`: a second call with the same params changes nothing more.
        - `cancellable`: as an operation it can be cancelled, by `ctx.progress` or `ctx.chunks`, which its handler uses.
        - `dry_run`: for an action that can delete something: a function that returns `ctx.losses(...)`. The action gets
          the param `dryRun`. If that is true, the function is called in place of the handler.
        - `errors`: the errors that `ctx.error` can make: a name in camel case, and its meaning.
        - `examples`: calls, each with `name`, `params` and `result`.
        - `agents`: agents may see it as a tool.
        """
        options = {
            "params": params,
            "result": result,
            "scope": scope,
            "runs_on": runs_on,
            "writes": writes,
            "undo": undo,
            "idempotent": idempotent,
            "cancellable": cancellable,
            "dry_run": dry_run,
            "errors": errors,
            "examples": examples,
            "agents": agents,
            **unknown,
        }
        if handler is not None:
            return self._declare(ACTION, name, handler, options)
        if callable(name):  # the decorator was written without brackets
            self._declare(ACTION, getattr(name, "__name__", ""), name, options)
            return name

        def register(function: Handler) -> Handler:
            self._declare(ACTION, name, function, options)
            return function

        return register

    def event(self, name: str = "", /, summary: str = "", params: Schema | None = None, **unknown: Any) -> Registration:
        """Register an event, which `publish` sends. Its name and `params` are like those of an action."""
        return self._declare(EVENT, name, None, {"summary": summary, "params": params, **unknown})

    def publish(self, name: str, params: Mapping[str, Any] | None = None) -> bool:
        """Send an event to all clients that follow. Returns whether it was sent; never waits and never raises."""
        return self._declarations.publish(self._declared, as_name(name), {} if params is None else params)

    def listen(self, name: str, handler: Callable[[str, Mapping[str, Any]], Any]) -> Registration:
        """Call `handler(name, params)` for each event of this name. `*` stands for all events.

        It is called on a thread of the extension, after the event. If it is too slow, it misses events, and receives
        `eventsLost` in their place.
        """
        return self._declare(LISTENER, name, handler, {})

    def withdraw(self, name: str | None = None) -> None:
        """Withdraw an action or an event by its name; without a name, the whole extension."""
        self._declarations.withdraw_named(self._declared, name)

    def _declare(
        self, kind: str, name: str, handler: Callable[..., Any] | None, options: Mapping[str, Any]
    ) -> Registration:
        return Registration(
            self._declarations, self._declarations.declare(self._declared, kind, name, handler, options)
        )


class AnkiRpc:
    """The door to the gateway: in Anki, the attribute `anki_rpc` of the main window."""

    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations

    @property
    def interface(self) -> int:
        """The version of the interface."""
        return INTERFACE

    @property
    def version(self) -> str:
        """The version of AnkiRPC."""
        return VERSION

    def extension(
        self, name: str = "", /, *, interface: int = 1, title: str = "", limit: float = 60.0, **unknown: Any
    ) -> Extension:
        """Register an extension. It can register actions and events before and after the gateway is started.

        - `name`: lower-case letters and digits. All names of the extension begin with it.
        - `interface`: the oldest version of the interface that it can use.
        - `title`: its name for people.
        - `limit`: seconds after which the caller of an action gets an error. The handler goes on. Until it ends,
          further calls of the extension are refused.
        """
        module = str(sys._getframe(1).f_globals.get("__name__", ""))
        return Extension(
            self._declarations, self._declarations.extend(name, interface, title, limit, module=module, unknown=unknown)
        )
