"""The round trips in spec/fixtures: each a request, and the reply of a gateway on the example collection.

Run as a program, it writes them anew.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import seed  # noqa: E402
from examples import DOCUMENT, MOMENT, error_of  # noqa: E402
from local_gateway import LocalGateway  # noqa: E402
from values import members_in  # noqa: E402

FOLDER = Path(__file__).parents[1] / "spec" / "fixtures"
_FOLDERS = {"json-rpc": "application/json", "ankiconnect": "text/plain"}
"""The folder of each protocol, and the content type of its requests."""

_OF_FILES = {"exportCardsText", "exportNotesPackage", "exportNotesText", "exportPackage", "importPackage"}
_VARYING = {"nextReviews"}
"""Members whose values vary by chance: the labels of the answer buttons."""


class Case(NamedTuple):
    """A round trip without its reply."""

    protocol: str
    name: str
    comment: str
    request: Any
    changes: bool

    @property
    def path(self) -> Path:
        return FOLDER / self.protocol / f"{self.name}.json"


def cases() -> list[Case]:
    """All cases, in the order of their files."""
    return sorted([*_examples(), *_protocols()], key=lambda case: case.path)


def _examples() -> Iterator[Case]:
    """The examples of the document whose results are the same each time."""
    for method in DOCUMENT["methods"]:
        if error_of(method) or method["name"] in MOMENT | _OF_FILES:
            continue
        for example in method["examples"]:
            if any(name in _VARYING for name, _ in members_in(example["result"]["value"])):
                continue
            name, changes = f"{method['name']}-{_slug(example['name'])}", method["x-writes"]
            comment = f"{method['summary']} Here: {example['name']}."
            params = {param["name"]: param["value"] for param in example["params"]}
            yield Case("json-rpc", name, comment, _call(method["name"], params), changes)
            yield Case("ankiconnect", name, comment, _envelope(method["name"], params), changes)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _call(method: str, params: Any, **more: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params, **more}


def _envelope(action: str, params: Any, **more: Any) -> dict[str, Any]:
    return {"action": action, "version": 6, "params": params, **more}


_MELA = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": "mela", "Meaning": "apple"}}
_NOWHERE = {**_MELA, "deckName": "Italien"}
_FIND, _DECKS = _call("findNotes", {"query": "tag:fruit"}), _call("deckNames", {}, id="decks")
_PROTOCOLS: dict[str, dict[str, tuple[str, Any]]] = {
    "json-rpc": {
        "by-position": ("Params by position.", _call("findNotes", ["deck:Italian", 1, 1])),
        "by-position-with-a-gap": ("Null leaves out an optional param.", _call("findNotes", ["deck:Italian", None, 1])),
        "without-params": ("A call without `params`.", {"jsonrpc": "2.0", "id": "a", "method": "deckNames"}),
        "notification": ("No `id`, so there is no reply.", {"jsonrpc": "2.0", "method": "deckNames"}),
        "unknown-method": ("A method that does not exist.", _call("noSuchThing", {})),
        "unknown-param": ("A param that does not exist.", _call("findNotes", {"querry": "mela"})),
        "missing-param": ("A required param is missing.", _call("createDeck", {})),
        "wrong-types": ("All wrong params are listed.", _call("addNote", {"note": {**_MELA, "fields": {"Word": 1}}})),
        "invalid-request": ("No method is named.", {"jsonrpc": "2.0", "id": 1}),
        "empty-batch": ("A batch without calls.", []),
        "batch": (
            "Calls run in order; one that fails does not stop the others.",
            [_FIND, _call("no", {}, id=2), _DECKS],
        ),
        "batch-of-notifications": ("There is no reply.", [{"jsonrpc": "2.0", "method": "deckNames"}]),
        "batch-with-an-invalid-call": ("Each invalid call gets a reply.", [1, _DECKS]),
        "malformed-search": ("Anki cannot read the search text.", _call("findNotes", {"query": "("})),
        "duplicate": ("A note that is there already.", _call("addNote", {"note": _MELA})),
        "unknown-deck": ("A deck that does not exist.", _call("addNote", {"note": _NOWHERE})),
        "unknown-note-type": ("There is none.", _call("modelFieldNames", {"modelName": "Basik"})),
        "all-or-none": ("One note fails, so none is added.", _call("addNotes", {"notes": [_MELA], "onError": "abort"})),
    },
    "ankiconnect": {
        "unknown-action": ("An action that does not exist.", _envelope("noSuchThing", {})),
        "without-params": ("An action without `params`.", {"action": "deckNames", "version": 6}),
        "version-4": ("Up to version 4 the reply is the bare result.", {"action": "deckNames", "version": 4}),
        "without-version": ("Without a version, too.", {"action": "findNotes", "params": {"query": "tag:fruit"}}),
        "version-4-error": ("Errors have both members.", {"action": "noSuchThing", "version": 4}),
        "malformed-search": ("Anki cannot read the search text.", _envelope("findNotes", {"query": "("})),
        "duplicate": ("A note that is there already.", _envelope("addNote", {"note": _MELA})),
        "unknown-deck": ("A deck that does not exist.", _envelope("addNote", {"note": _NOWHERE})),
        "unknown-note-type": ("There is none.", _envelope("modelFieldNames", {"modelName": "Basik"})),
        "missing-param": ("A required param is missing.", _envelope("createDeck", {})),
        "several": (
            "Actions in one call, each with its version.",
            _envelope("multi", {"actions": [_envelope("deckNames", {}), {"action": "deckNames"}, {"action": "no"}]}),
        ),
    },
}
"""What the examples do not show: the envelopes of both protocols, and errors."""


def _protocols() -> Iterator[Case]:
    for protocol, by_name in _PROTOCOLS.items():
        for name, (comment, request) in by_name.items():
            yield Case(protocol, f"_{name}", comment, request, changes=False)


def played(case: Case, gateway: LocalGateway) -> dict[str, Any]:
    """What the file of a case holds; without `reply` if there is none."""
    body = gateway.send(json.dumps(case.request).encode(), content_type=_FOLDERS[case.protocol]).data
    reply = {"reply": json.loads(body)} if body else {}
    return {"comment": case.comment, "request": case.request, **reply}


def as_text(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source" / "collection.anki2"
        source.parent.mkdir()
        seed.make(source)
        for protocol in _FOLDERS:
            for old in (FOLDER / protocol).glob("*.json"):
                old.unlink()
        reading = LocalGateway(seed.copy(source, Path(folder) / "reading"))
        for number, case in enumerate(cases()):
            gateway = LocalGateway(seed.copy(source, Path(folder) / str(number))) if case.changes else reading
            case.path.parent.mkdir(parents=True, exist_ok=True)
            case.path.write_text(as_text(played(case, gateway)), encoding="utf-8")
            if case.changes:
                gateway.close()
        reading.close()


if __name__ == "__main__":
    main()
