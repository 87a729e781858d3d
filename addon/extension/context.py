"""The context of an extension's handler: the stable part of `rpc.context.Context`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..rpc import codec
from ..rpc.context import Context
from ..rpc.errors import ActionError
from ..rpc.executor import RunsOn

if TYPE_CHECKING:
    from anki.collection import Collection
    from aqt.main import AnkiQt

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

MAX_LISTED = 1_000
"""Ids or names of one kind in the losses; the count has no limit."""


class Misuse(Exception):
    """The handler has used the context in a way that its declaration does not allow. The message is for its author."""


class ExtensionError(ActionError):
    """An error that an extension has declared."""

    def __init__(self, code: int, kind: str, message: str, extension: str, data: Mapping[str, Any]) -> None:
        self.code = code  # type: ignore[misc]
        self.kind = kind  # type: ignore[misc]
        super().__init__(message)
        self.data |= {**data, "extension": extension}


class ExtensionContext:
    """The first argument of every handler of an extension. It is valid for one call: do not keep it."""

    def __init__(
        self,
        context: Callable[[], Context | None],
        runs_on: RunsOn,
        *,
        writes: bool,
        is_dry_run: bool,
        error: Callable[[str, str | None, Mapping[str, Any]], ActionError],
    ) -> None:
        self._context = context
        self._runs_on = runs_on
        self._writes = writes
        self._is_dry_run = is_dry_run
        self._error = error

    @property
    def col(self) -> Collection:
        """The open collection. If none is open, the call fails with `collection_unavailable`."""
        if self._runs_on is RunsOn.ANY:
            raise Misuse('ctx.col needs runs_on="collection" or "window": another thread must not use the collection')
        return self._valid.col

    @property
    def mw(self) -> AnkiQt:
        """Anki's main window, for actions with `runs_on="window"`."""
        if self._runs_on is not RunsOn.GUI:
            raise Misuse('ctx.mw needs runs_on="window": only Qt\'s main thread may use it')
        return self._valid.mw

    @property
    def caller_name(self) -> str:
        """The name of the caller for people: of its key, else its origin, else the program's own name for itself."""
        caller = self._valid.caller
        return caller.key_name or caller.origin or caller.program or "a program"

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes of the caller."""
        return frozenset(scope.value for scope in self._valid.caller.scopes)

    @property
    def is_dry_run(self) -> bool:
        """Whether this is a dry run: nothing can be written."""
        return self._is_dry_run

    def write(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Make one undoable call into Anki that changes the collection, and return its result.

        All writes of a call are one step in Anki's undo menu, with Anki's own name for the first.
        """
        return self._writing.write(call, *args, **kwargs)

    def write_as(self, label: str, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Like `write`, but `label` is the name in Anki's undo menu. The call must change something."""
        return self._writing.write_as(label, call, *args, **kwargs)

    def single_commit(self, rows: int = 0) -> AbstractContextManager[None]:
        """Commit the writes of this block together: if Anki is killed in between, none of them is saved.

        For a few consecutive writes. `rows`: how many notes or cards they change.
        """
        return self._writing.single_commit(rows)

    def progress(self, done: int, total: int) -> bool:
        """Report that `done` of `total` items are done, and let other calls run.

        Returns False if the call is cancelled. The handler should then return the result for the items that are done.
        """
        context = self._valid
        if context.operation is not None and not context.operation.checkpoint(done, total):
            return False
        context.give_way(before_chunk=True)
        return True

    def chunks(self, items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
        """Yield the items in chunks of `size`, to be written one after another. Between two chunks, report the progress
        and let other calls run. If the call is cancelled, no further chunk follows.
        """
        return self._valid.chunks(items, size)

    def parts(self, items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
        """Yield the items in parts of `size`, and let other calls run after each. For reads."""
        return self._valid.parts(items, size)

    def error(self, kind: str, message: str | None = None, /, **data: Any) -> Exception:
        """Return an error to raise. `kind`: one of the declared `errors`; `data`: JSON, for programs."""
        return self._error(kind, message, data)

    def losses(self, **kinds: Iterable[int] | Iterable[str]) -> dict[str, Any]:
        """Return the result of a dry run: the items that would be deleted, by kind, as ids or as names.

        The kinds are those of our own actions: `notes`, `cards`, `decks`, `files`, `tags`, `fields`, `templates`,
        `presets`, `models`, `searches`, `configValues`, and `changedNotes`, `changedCards`, `changedDecks`,
        `changedFiles`, `changedModels` for items that stay, but lose a part.
        """
        result: dict[str, Any] = {"dryRun": True}
        for kind, things in kinds.items():
            if found := list(things):
                of = "ids" if isinstance(found[0], int) else "names"
                result[kind] = {"count": len(found), of: found[:MAX_LISTED]}
        return result

    @property
    def _valid(self) -> Context:
        if (context := self._context()) is None:
            raise Misuse("ctx is valid only during its call")
        return context

    @property
    def _writing(self) -> Context:
        if not self._writes:
            raise Misuse("ctx.write needs an action that is registered with writes=True")
        if self._is_dry_run:
            raise Misuse("a dry run must not write")
        if self._runs_on is RunsOn.ANY:
            raise Misuse('an action that writes needs runs_on="collection" or "window"')
        return self._valid


def is_json(value: Any) -> bool:
    """Whether a value can be written as JSON."""
    try:
        codec.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
