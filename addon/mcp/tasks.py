"""Tasks: calls of tools that take long. The client gets a handle at once, and asks for the result later.

Each is an operation of the gateway, whose id, progress and lifetime it has. The extension is defined in
https://modelcontextprotocol.io/seps/2663-tasks-extension.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from ..rpc import codec, threads
from ..rpc.errors import InternalError, Refused
from ..rpc.operations import BackgroundOperation, Operations, ProgressReport, State

logger = logging.getLogger("anki_rpc")

JsonObject = dict[str, Any]

EXTENSION = "io.modelcontextprotocol/tasks"
SOON_S = 0.5
"""Seconds in which a call may end. If it does, its result is returned at once, and no task is made."""
POLL_MS = 1000
"""Milliseconds that clients are asked to leave between two questions."""
MOST_BYTES = 64 * 2**20
"""Bytes of all results. Beyond, the oldest are dropped; the newest is kept."""


class AgentTask:
    """A call that runs as an operation. Any thread."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._changed = threading.Condition()
        self._is_cancelled = False
        self._ended_at = 0.0
        self.operation: BackgroundOperation | None = None
        """None until the action is called."""
        self.response: Mapping[str, Any] | None = None
        """The response object; None until the call has ended."""
        self._stored = b""

    # --- for the call ---

    def run(self, respond: Callable[[], Mapping[str, Any]]) -> None:
        """Call `respond`, which returns the response object, on a new thread.

        Raises Busy if the system allows no more threads.
        """

        def work() -> None:
            try:
                response = respond()
            except Exception:
                logger.exception("A call of an agent ended with an unexpected error")
                error = InternalError()
                response = {"error": {"code": error.code, "message": error.message}}
            self._end(response)

        threads.start("mcp", work)

    def attach(self, operation: BackgroundOperation) -> None:
        """Note the operation of the action, before its work begins, and withdraw it if it was cancelled before."""
        with self._changed:
            self.operation, is_cancelled = self.operation or operation, self._is_cancelled
            self._changed.notify_all()
        if is_cancelled:
            self.cancel()

    def call(self, operation: BackgroundOperation) -> JsonObject:
        """Wait until the operation of the action has ended, and return the response object of the action."""
        operation.wait()
        result, error = operation.outcome()
        return {"error": error} if error else {"result": result}

    def _end(self, response: Mapping[str, Any]) -> None:
        result = response.get("result")
        stored = {key: value for key, value in (result or {}).items() if key not in ("resultType", "_meta")}
        with self._changed:
            self._stored, self._ended_at = codec.dumps(response.get("error") or stored), time.time()
            self.response = response
            self._changed.notify_all()

    # --- for clients ---

    @property
    def has_ended_operation(self) -> bool:
        """Whether the action has ended. The result follows in a moment."""
        return self.operation is not None and self.operation.has_ended

    @property
    def size(self) -> int:
        return len(self._stored)

    def ends_soon(self) -> bool:
        """Wait until the call has ended, or has run for a moment. Return whether it has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self.operation is not None or self.response is not None)
        return self.wait(SOON_S)

    def wait(self, timeout: float) -> bool:
        """Wait until the call has ended. Return False if that takes more than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.response is not None, timeout)

    def cancel(self) -> None:
        """Cancel the call; if it has begun, as soon as it can be stopped."""
        with self._changed:
            self._is_cancelled, operation = True, self.operation
        if operation is not None:
            with suppress(Refused):
                self._operations.cancel(operation)

    def handle(self) -> JsonObject:
        """Return the task as the client receives it in place of a result."""
        return {key: value for key, value in self.describe().items() if key not in ("result", "error")}

    def describe(self) -> JsonObject:
        """Return the task as clients read it, with its result or error once it has ended."""
        assert self.operation is not None
        with self._changed:
            response, ended_at = self.response, self._ended_at
        operation, now = self.operation, time.time()
        kept_s = (ended_at or now) - operation.created + self._operations.seconds_kept
        task = {
            "taskId": operation.id,
            "status": "working",
            "createdAt": _iso(operation.created),
            "lastUpdatedAt": _iso(ended_at or now),
            "ttlMs": int(kept_s * 1000),
            "pollIntervalMs": POLL_MS,
        }
        if response is None:
            text = _text(operation.progress)
            return {**task, **({"statusMessage": text} if text else {})}
        if operation.state is State.CANCELLED:
            message, text = (operation.outcome()[1] or {}).get("message", "It was cancelled"), _text(operation.progress)
            return {**task, "status": "cancelled", "statusMessage": f"{message} ({text})" if text else message}
        stored = codec.Encoded([self._stored])
        if "error" in response:
            return {**task, "status": "failed", "statusMessage": response["error"]["message"], "error": stored}
        return {**task, "status": "completed", "result": stored}


class Tasks:
    """The tasks of all callers, as long as their operations are kept. Any thread."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._lock = threading.Lock()
        self._kept: dict[str, AgentTask] = {}

    def keep(self, task: AgentTask) -> None:
        """Keep a task whose id a client receives."""
        assert task.operation is not None
        known = {operation.id for operation in self._operations.all()}
        with self._lock:
            kept = {id: other for id, other in self._kept.items() if id in known}
            size = sum(other.size for other in kept.values())
            while kept and size > MOST_BYTES:
                size -= kept.pop(next(iter(kept))).size
            self._kept = {**kept, task.operation.id: task}

    def find(self, id: Any, owner: Hashable) -> AgentTask | None:
        """Return a task of a caller; None if there is none with this id, no longer, or if it is another caller's."""
        with self._lock:
            task = self._kept.get(id) if isinstance(id, str) else None
        if task is None or task.operation not in self._operations.all():
            return None
        return task if task.operation.owner == owner else None


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(progress: ProgressReport | None) -> str | None:
    if progress is None:
        return None
    count = None if progress.total is None else f"{progress.done} of {progress.total}"
    return f"{progress.text} ({count})" if progress.text and count else progress.text or count
