"""Anki's undo history: how the writes of a request become one step of it, and whose the steps are."""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from ..rpc.host import Way
from ..rpc.scopes import Scope

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
    """One undo step: the writes of a request, or of the parts of a batch that no window interrupts.

    A single write without a label keeps Anki's own entry, and later writes are merged into it. With a label, a
    custom entry of that name is made at the first write, and taken back where nothing was written: an empty one
    would stay in Anki's menu. Every write is merged at once, because a merge takes in everything since the target;
    where something of the user's stands there already, or the history was wiped, the next write begins a new step.
    """

    def __init__(self, label: str | None = None) -> None:
        self.label = label
        self.number: int | None = None
        """Anki's number for the step, where the latest write is in it and nobody else's; else None."""
        self.is_new = False
        """The latest write has begun the step."""
        self._changes: OpChanges | None = None
        self._target: int | None = None
        self._is_empty = False
        self._is_single_commit = False
        self._has_begun = False

    def write(self, col: Collection, label: str | None, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
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
            except Exception:  # mostly Anki has wiped the undo history, and the entry with it
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
        """The writes of this block reach the disk as one. Without a write there is no commit: it would set a time."""
        self._is_single_commit = True
        try:
            yield
        finally:
            has_begun, self._is_single_commit, self._has_begun = self._has_begun, False, False
            if has_begun:
                _commit(col)

    def take_changes(self) -> OpChanges | None:
        """What was written since the last time."""
        changes, self._changes = self._changes, None
        return changes

    def _merge(self, col: Collection) -> OpChanges | None:
        """Take what was just written into the step, or take the step back where that is nothing."""
        if self._target is None:
            return None
        changes = col.merge_undo_entries(self._target)
        self._is_empty = self._is_empty and not _is_any(changes)
        if self._is_empty:
            self._target = None
            col.undo()
            col.remove_notes([])  # an operation without changes: the withdrawn entry cannot be redone either
        return changes


class _Owned(NamedTuple):
    """A step, how it is told from others, and whose it is."""

    owner: Hashable
    number: int
    """Anki's, when it was made, undone or redone."""
    modified: int
    """The collection's time of change while it is the newest step."""
    name: str


class AnkiUndoHistory:
    """The callers that have made the newest undo and redo steps since the gateway started. From any thread.

    Anki reports of its newest step only the name. So a step counts as a caller's if the collection's time of change is
    the step's, too. A step that is undone reports its number: if it was another one after all, it is redone at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._db: Callable[[], object] = lambda: None
        self._newest: int | None = None
        """The number of the operation after which `redo` was right: any other one changes what can be redone."""
        self._steps: dict[Way, deque[_Owned]] = {
            "undo": deque(maxlen=UNDO_STEPS_KEPT),
            "redo": deque(maxlen=UNDO_STEPS_KEPT),
        }

    @staticmethod
    def step() -> AnkiUndoStep:
        """A step without a write yet."""
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
        """Write as `Step.write`, and note down whose the step is. A step of several callers is nobody's."""
        with self._lock:
            self._follow(col)
            try:
                return step.write(col, label, call, *args, **kwargs)
            finally:
                self._note(col, step, owner)

    @contextmanager
    def single_commit(self, step: AnkiUndoStep, owner: Hashable, col: Collection) -> Iterator[None]:
        """As `Step.single_commit`. The commit can set the collection's time of change, after the writes."""
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
            while step is not None and self._steps[way].pop() is not step:
                pass  # the user has undone it
            if step is None or step.number != out.counter:
                if not caller.may(Scope.DELETE):
                    getattr(col, _BACK[way])()
                    caller.require(Scope.DELETE, what)
                step = _Owned(_NOBODY, 0, _modified(col), out.operation)
            self._newest = newest + 1
            self._steps[_BACK[way]].append(step._replace(number=self._newest))
            return out

    def _follow(self, col: Collection) -> int:
        """Anki's newest number. Steps of another collection are forgotten."""
        newest = _newest(col)
        if self._db() is not col.db:
            self._db = weakref.ref(col.db)
            self._steps["undo"].clear()
            self._newest = None
        if self._newest != newest:
            self._steps["redo"].clear()
        return newest

    def _find(self, col: Collection, way: Way) -> _Owned | None:
        """The newest step; None if it is not known whose it is."""
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
    """The number of Anki's newest operation, which `Collection.undo_status` reports only while there is a step."""
    return col._backend.get_undo_status().last_step


def _modified(col: Collection) -> int:
    """The collection's time of change in milliseconds, which undoing turns back, too."""
    assert col.db is not None
    return int(col.db.scalar("select mod from col"))


def _commit(col: Collection) -> None:
    try:
        col._backend.db_commit()
    except BaseException:
        col._backend.db_rollback()
        raise


def _is_any(changes: OpChanges) -> bool:
    """Something was written: every undoable write at least sets `mtime`."""
    return bool(changes.ByteSize())
