"""SQL statements that leave Anki's undo history as it is.

Anki clears the history at each statement by `Collection.db` that is not a select, whatever the statement changes. Its
library has another call that runs a statement and does nothing else: `AnkidroidService` in Anki's ankidroid.proto. The
Python part of the library has no function for it, so its numbers are found here.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from anki import generic_pb2
from anki._backend import RustBackendGenerated

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection

_PROBE = "anki_rpc_probe"


class _Numbers(NamedTuple):
    """The numbers by which the library knows the calls."""

    service: int
    run: int
    columns: int
    """Of the call that returns the names of a statement's columns."""


class _NoSuchCallError(Exception):
    """The library describes no such call, so it need not be searched again."""


_AGAIN_S = 60.0
"""Seconds after a search that failed: the collection may just have been closed, or its database locked."""
_known: list[_Numbers] = []
"""What was found. It belongs to the library, not to a collection."""
_next_search = [0.0]
"""When to search, by the monotonic clock."""


def quiet_statements(col: Collection) -> Callable[[str], None] | None:
    """Return a function that runs a statement on the open collection; None if the library has no such call.

    Only for what is temporary or put back at once: Anki does not notice what the statement changes. Errors are Anki's
    DBError. If the call was not found although the library describes it, it is searched again a minute later.
    """
    if not _known and time.monotonic() >= _next_search[0]:
        _next_search[0] = time.monotonic() + _AGAIN_S
        try:
            _known.extend(_search(col._backend))
        except _NoSuchCallError:
            _next_search[0] = math.inf
    return partial(_run, col._backend, _known[0]) if _known else None


def _run(backend: RustBackend, numbers: _Numbers, statement: str) -> None:
    message = generic_pb2.Json(json=json.dumps({"sql": statement, "args": []}).encode())
    backend._run_command(numbers.service, numbers.run, message.SerializeToString())


def _search(backend: RustBackend) -> list[_Numbers]:
    """Find the service among the numbers that Python's part leaves out, by a question that only this one can answer.

    Returns nothing if it was not found, and raises _NoSuchCallError if the library does not describe it.
    """
    try:
        from anki import ankidroid_pb2  # noqa: PLC0415 - it may be missing some day

        services: Any = ankidroid_pb2.DESCRIPTOR.services_by_name
        of_collection = [method.name for method in services["AnkidroidService"].methods]
        first = len(services["BackendAnkidroidService"].methods)
        run = first + of_collection.index("RunDbCommandForRowCount")
        columns = first + of_collection.index("GetColumnNamesFromQuery")
    except (ImportError, KeyError, ValueError):
        raise _NoSuchCallError from None
    question = generic_pb2.String(val=f"select null as {_PROBE}").SerializeToString()
    answer = generic_pb2.StringList(vals=[_PROBE]).SerializeToString()
    for service in _left_out():
        try:
            if backend._run_command(service, columns, question) == answer:
                return [_Numbers(service, run, columns)]
        except Exception:  # noqa: S112 - the library has no service of this number, or another one
            continue
    return []


def _left_out() -> list[int]:
    """Return the numbers of services for which Python's part has no function."""
    known: set[int] = set()

    class Recorder(RustBackendGenerated):
        def _run_command(self, service: int, method: int, input: Any) -> bytes:
            known.add(service)
            return b""

    recorder = Recorder()
    for name in dir(recorder):
        if name.endswith("_raw"):
            getattr(recorder, name)(b"")
    return [number for number in range(max(known, default=0)) if number not in known]
