"""Subscriptions to resources: which events concern which resource, and the messages of a subscription.

https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..rpc.events import LOST, Event
from ..rpc.operations import EVENT
from .resources import Resource
from .tasks import AgentTask

JsonObject = dict[str, Any]

MOST = 256
"""Resources of one subscription."""
LONGEST = 4096
"""Characters of an address, as each is kept."""

_ID = "io.modelcontextprotocol/subscriptionId"
_EVERYTHING = frozenset({LOST, "collectionReplaced", "profileOpened"})
"""Events after which everything may be different."""
_OF_NOTES = frozenset({"notesAdded", "notesUpdated", "notesDeleted"})


class Watched(NamedTuple):
    """What a resource depends on."""

    kinds: frozenset[str]
    """The kinds of changes after which it may be different."""
    note: int | None = None
    """The note that it is; None if it is none. Its changes are recognised by its id, not by their kind."""

    def is_concerned(self, event: Event) -> bool:
        """Whether the resource may be different after an event."""
        if event.name in _OF_NOTES:
            return self.note in event.params["notes"]
        if event.name == "collectionChanged":
            return not self.kinds.isdisjoint(event.params["kinds"])
        return event.name in _EVERYTHING


def watch(resources: Sequence[Resource], uri: Any) -> Watched | None:
    """Return what the resource at an address depends on; None if no event reports its changes, or there is none."""
    if not isinstance(uri, str) or len(uri) > LONGEST:
        return None
    for resource in resources:
        parts = resource.match(uri)
        if parts is not None and resource.changes:
            note = int(parts["noteId"]) if "noteId" in parts else None
            return Watched(resource.changes if note is None else resource.changes - {"note"}, note)
    return None


class Subscription:
    """The resources whose changes a client wants to know. Only one thread may change it at a time."""

    def __init__(self) -> None:
        self._watched: Mapping[str, Watched] = {}
        self.tasks: Mapping[str, AgentTask] = {}
        """The tasks whose changes the client wants to know, by their ids."""
        self._readers: list[object] = []

    @property
    def uris(self) -> list[str]:
        return [*self._watched]

    def add(self, uri: str, watched: Watched) -> bool:
        """Add a resource. Return False if there are too many."""
        if uri not in self._watched and len(self._watched) >= MOST:
            return False
        self._watched = {**self._watched, uri: watched}
        return True

    def remove(self, uri: str) -> None:
        """Remove a resource, if it is there."""
        self._watched = {known: watched for known, watched in self._watched.items() if known != uri}

    def add_reader(self, reader: object) -> None:
        """Add a stream of the session, which is identified by an object. The newest one gets all messages."""
        self._readers.append(reader)

    def remove_reader(self, reader: object) -> None:
        """Remove a stream that has ended."""
        self._readers.remove(reader)

    def is_reader(self, reader: object) -> bool:
        """Whether a stream gets the messages: the protocol forbids to send one on several streams of a session."""
        return self._readers[-1:] == [reader]

    def updated(self, events: Sequence[Event]) -> list[str]:
        """Return the addresses of the resources that may be different after these events, each once."""
        return [uri for uri, watched in self._watched.items() if any(map(watched.is_concerned, events))]

    def changed_tasks(self, events: Sequence[Event]) -> list[AgentTask]:
        """Return the tasks that these events are about, each once."""
        changed = dict.fromkeys(event.params["id"] for event in events if event.name == EVENT)
        return [self.tasks[id] for id in changed if id in self.tasks]


# --- messages ---


def acknowledged(id: str | int, subscription: Subscription) -> JsonObject:
    """Return the first message of a stream: what of the client's wishes is fulfilled."""
    wishes = {"resourceSubscriptions": subscription.uris, "taskIds": [*subscription.tasks]}
    wishes = {name: wish for name, wish in wishes.items() if wish}
    return _notification("notifications/subscriptions/acknowledged", {"notifications": wishes}, id)


def updated(uri: str, id: str | int | None = None) -> JsonObject:
    """Return the message that a resource may be different; with the id of the subscription in the current revision."""
    return _notification("notifications/resources/updated", {"uri": uri}, id)


def task_changed(task: AgentTask, id: str | int | None) -> JsonObject:
    """Return the message with the state of a task."""
    return _notification("notifications/tasks", task.describe(), id)


def ended(id: str | int) -> JsonObject:
    """Return the last message of a stream that the server ends."""
    return {"jsonrpc": "2.0", "id": id, "result": {"resultType": "complete", "_meta": {_ID: id}}}


def _notification(method: str, params: JsonObject, id: str | int | None) -> JsonObject:
    meta = {} if id is None else {"_meta": {_ID: id}}
    return {"jsonrpc": "2.0", "method": method, "params": {**meta, **params}}
