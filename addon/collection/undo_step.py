"""Anki's undo history: the writes of a request become one step, and the owner of each step is remembered."""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from ..rpc.host import Way
from ..rpc.scopes import Scope
from ..text.plain import without_isolates

if TYPE_CHECKING:
    from anki.collection import Collection, OpChanges, OpChangesAfterUndo

    from ..rpc.caller import Caller

P = ParamSpec("P")
R = TypeVar("R")

UNDO_STEPS_KEPT = 30
"""Steps that Anki keeps."""
_BACK: dict[Way, Way] = {"undo": "redo", "redo": "undo"}
_NOBODY = object()


class AnkiUndoStep:
    """One undo step: the writes of a request, or of consecutive calls of a batch without a call in Anki's window.

    - Without a label, the first write keeps Anki's own entry, and later writes are merged into it.
    - With a label, the first write creates a custom entry of that name. If nothing was written after all, the entry is
      removed, as an empty one would stay in Anki's menu.
    - Each write is merged immediately, because a merge includes everything since the target entry.
    - If the user has written something since, or the history was cleared, the next write begins a new step: the user's
      work is never merged into ours.
    """

    def __init__(self, label: str | None = None) -> None:
        self.label = label
        self.number: int | None = None
        """Anki's number of the step; None if another write came between, so that the step has no single owner."""
        self.is_new = False
        """Whether the latest write has begun the step."""
        self._changes: OpChanges | None = None
        self._target: int | None = None
        self._is_empty = False
        self._is_single_commit = False
        self._has_begun = False

    def write(self, col: Collection, label: str | None, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Make an undoable call into Anki as part of the step. Return what it returns, or raise what it raises."""
        self.number = None
        if self._is_single_commit and not self._has_begun:
            col._backend.db_begin()
            self._has_begun = True
        if self._target is not None and col.undo_status().last_step != self._target:
            self._target = None
        self.is_new = self._target is None
        if self._target is None and (label := self.label or label):
            self._target = col.add_custom_undo_entry(label)
            self._is_empty = True
        expected = (_newest(col) if self._target is None else self._target) + 1
        try:
            out = call(*args, **kwargs)
        except BaseException:
            try:
                self._merge(col)
            except Exception:  # usually Anki has cleared the undo history, and the entry with it
                self._target = None
            raise
        is_alone = _newest(col) == expected
        changes: OpChanges = getattr(out, "changes", None) or out  # type: ignore[assignment]
        if changes.notetype:
            col.models._clear_cache()
        if self._target is not None:
            changes = self._merge(col) or changes
        elif _is_any(changes):
            self._target = expected if is_alone else None
            self._is_empty = False
        self.number = self._target if is_alone else None
        if self._changes is None:
            self._changes = type(changes)()
        self._changes.MergeFrom(changes)  # flags are only ever set, so merging is a logical or
        return out

    @contextmanager
    def single_commit(self, col: Collection) -> Iterator[None]:
        """Commit the writes of this block together. Without a write there is no commit, as that would set a time."""
        self._is_single_commit = True
        try:
            yield
        finally:
            has_begun, self._is_single_commit, self._has_begun = self._has_begun, False, False
            if has_begun:
                _commit(col)

    def take_changes(self) -> OpChanges | None:
        """Return what was written since the last call of this method; None if nothing was."""
        changes, self._changes = self._changes, None
        return changes

    def name(self, col: Collection) -> str | None:
        """Return its name in the undo menu; None if nothing was written, or if it is not the newest step."""
        if self._target is None:
            return None
        status = col.undo_status()
        return without_isolates(status.undo) if status.last_step == self._target else None

    def _merge(self, col: Collection) -> OpChanges | None:
        """Merge the latest write into the step. If the step is still empty, remove it."""
        if self._target is None:
            return None
        changes = col.merge_undo_entries(self._target)
        self._is_empty = self._is_empty and not _is_any(changes)
        if self._is_empty:
            self._target = None
            col.undo()
            col.remove_notes([])  # an operation without changes, so that the removed entry cannot be redone
        return changes


class _Owned(NamedTuple):
    """A step and its owner, with the values that identify it."""

    owner: Hashable
    number: int
    """Anki's number of the operation that made, undid or redid the step."""
    modified: int
    """The collection's time of change while this is the newest step."""
    name: str


class AnkiUndoHistory:
    """Remembers the owners of the newest undo and redo steps since the gateway started. Used from any thread.

    Anki reports only the name of its newest step. So a step is recognised by its name and the collection's time of
    change. When a step is undone, Anki reports its number: if it proves to be a different step, it is redone at once.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()  # what an extension passes to `ctx.write` may itself call it
        self._db: Callable[[], object] = lambda: None
        self._newest: int | None = None
        """The number of the last undo or redo. After any other operation the known redo steps are no longer valid."""
        self._steps: dict[Way, deque[_Owned]] = {
            "undo": deque(maxlen=UNDO_STEPS_KEPT),
            "redo": deque(maxlen=UNDO_STEPS_KEPT),
        }

    @staticmethod
    def step() -> AnkiUndoStep:
        """Return a new step without any write."""
        return AnkiUndoStep()

    def write(
        self,
        step: AnkiUndoStep,
        owner: Hashable,
        col: Collection,
        label: str | None,
        call: Callable[P, R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Like `AnkiUndoStep.write`; also records the owner of the step. A step of several callers has no owner."""
        with self._lock:
            self._follow(col)
            try:
                return step.write(col, label, call, *args, **kwargs)
            finally:
                self._note(col, step, owner)

    @contextmanager
    def single_commit(self, step: AnkiUndoStep, owner: Hashable, col: Collection) -> Iterator[None]:
        """Like `AnkiUndoStep.single_commit`; records the owner again, as the commit can change the time."""
        try:
            with step.single_commit(col):
                yield
        finally:
            with self._lock:
                self._note(col, step, owner)

    def turn(self, col: Collection, way: Way, caller: Caller) -> OpChangesAfterUndo:
        """Undo or redo the newest step.

        Raises PermissionDenied if the caller neither owns the step nor has the scope `delete`, and Anki's UndoEmpty if
        there is no step.
        """
        with self._lock:
            what = f"{way} a step that it has not made itself"
            newest = self._follow(col)
            step = self._find(col, way)
            if (step is None or step.owner != caller.identity) and getattr(col.undo_status(), way):
                caller.require(Scope.DELETE, what)
            out: OpChangesAfterUndo = getattr(col, way)()
            if step is not None and step.number == out.counter:
                while self._steps[way].pop() is not step:
                    pass  # the user has undone this newer step
            else:  # it only has the name and the millisecond of a known step, or not even those
                if not caller.may(Scope.DELETE):
                    getattr(col, _BACK[way])()
                    caller.require(Scope.DELETE, what)
                step = _Owned(_NOBODY, 0, _modified(col), out.operation)
            self._newest = newest + 1
            self._steps[_BACK[way]].append(step._replace(number=self._newest))
            return out

    def _follow(self, col: Collection) -> int:
        """Return Anki's newest operation number, and forget steps that are no longer valid."""
        newest = _newest(col)
        if self._db() is not col.db:
            self._db = weakref.ref(col.db)
            self._steps["undo"].clear()
            self._newest = None
        if self._newest != newest:
            self._steps["redo"].clear()
        return newest

    def _find(self, col: Collection, way: Way) -> _Owned | None:
        """Return the newest step; None if its owner is unknown."""
        if way == "redo":
            return self._steps[way][-1] if self._steps[way] else None
        newest = _modified(col), col.undo_status().undo
        return next((step for step in reversed(self._steps[way]) if (step.modified, step.name) == newest), None)

    def _note(self, col: Collection, step: AnkiUndoStep, owner: Hashable) -> None:
        if step.number is None:
            return
        steps = self._steps["undo"]
        made = _Owned(owner, step.number, _modified(col), col.undo_status().undo)
        if steps and steps[-1].number == step.number:
            steps[-1] = made if steps[-1].owner == owner else made._replace(owner=_NOBODY)
        elif step.is_new:
            steps.append(made)


def _newest(col: Collection) -> int:
    """Return the number of Anki's newest operation. `Collection.undo_status` reports it only while there is a step."""
    return col._backend.get_undo_status().last_step


def _modified(col: Collection) -> int:
    """Return the collection's time of change in milliseconds; undoing restores the old time."""
    assert col.db is not None
    return int(col.db.scalar("select mod from col"))


def _commit(col: Collection) -> None:
    try:
        col._backend.db_commit()
    except BaseException:
        col._backend.db_rollback()
        raise


def _is_any(changes: OpChanges) -> bool:
    """Whether something was written: every undoable write sets at least `mtime`."""
    return bool(changes.ByteSize())
