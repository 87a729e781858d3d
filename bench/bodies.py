"""Media in and out, and what that takes of memory: a body may take three times its size."""

import base64
import json
import os
import time
from pathlib import Path

from .client import JSON_RPC, LEGACY, body_of, request_of
from .gateways import MIB
from .latency import best
from .table import Aim

SIZES = (1, 8, 64)
AT_MOST = Aim("ratio", 3.1)
"""A tenth for what is there once, however large the body is."""


def measure(gateway, col, table, options):
    """Inside: Anki's own call with the content, and base64 where it is asked for; reading the file."""
    document = json.loads(bytes(gateway.client.send(request_of(b"", "GET", "/openrpc.json"))))
    for size in SIZES:
        content = os.urandom(size * MIB)
        text = base64.b64encode(content).decode()
        name = f"bench{size}.bin"
        path = Path(col.media.dir(), name)

        def within(name=name, text=text):
            col.media.trash_files([name])
            col.media.write_data(name, base64.b64decode(text))

        def read(path=path):
            return base64.b64encode(path.read_bytes())

        stored = request_of(body_of(JSON_RPC, "storeMediaFile", {"filename": name, "data": text}))
        fetched = request_of(body_of(JSON_RPC, "retrieveMediaFile", {"filename": name}))
        row(gateway, table, options, f"storeMediaFile, {size} MiB", inside=within, request_for=lambda r=stored: r)
        row(gateway, table, options, f"retrieveMediaFile, {size} MiB", inside=read, request_for=lambda r=fetched: r)
        if "x-media" in document:
            raw(gateway, table, options, size, content)


def raw(gateway, table, options, size, content):
    """The same without base64; inside is writing and reading a file."""
    path = f"/media/raw{size}.bin"
    here = gateway.folder / f"raw{size}.bin"

    def write():
        here.write_bytes(changed())

    def changed():
        return os.urandom(8) + content[8:]

    row(
        gateway,
        table,
        options,
        f"PUT /media/, {size} MiB",
        inside=write,
        request_for=lambda: request_of(changed(), "PUT", path),
    )
    row(
        gateway,
        table,
        options,
        f"GET /media/, {size} MiB",
        inside=here.read_bytes,
        request_for=lambda: request_of(b"", "GET", path),
    )


def row(gateway, table, options, name, *, inside, request_for):
    within = best(inside, options.rounds)
    took = []
    for _ in range(options.rounds):
        request = request_for()
        answer = gateway.client.send(request)
        took.append(gateway.client.seconds * 1000)
        if bytes(answer[:200]).find(b'"error"') >= 0:
            raise SystemExit(f"{name}: {bytes(answer[:200])}")
    table.row(name, gateway.where, within, min(took))


def measure_memory(gateway, table, options, bare):
    """At rest inside is a process with nothing but the collection, or Anki without the add-on."""
    table.row("memory at rest, MiB", gateway.where, bare, gateway.memory()[0])
    for protocol in (JSON_RPC, LEGACY):
        text = base64.b64encode(os.urandom(64 * MIB)).decode()
        request = request_of(body_of(protocol, "storeMediaFile", {"filename": "memory.bin", "data": text}))
        peak(gateway, table, options, f"most memory, body of {{:.0f}} MiB, {protocol}, MiB", request)
    notes = [
        {"deckName": "Italian::Core", "modelName": "Basic", "fields": {"Front": f"memory {index}", "Back": "x" * 2**14}}
        for index in range(1000)
    ]
    request = request_of(body_of(JSON_RPC, "canAddNotes", {"notes": notes}))
    peak(gateway, table, options, "most memory, 1,000 notes of {:.0f} MiB together, MiB", request)
    gateway.client.send(request_of(body_of(JSON_RPC, "version")))
    time.sleep(1)
    table.row("memory at rest afterwards, MiB", gateway.where, bare, gateway.memory()[0])


def peak(gateway, table, options, name, request):
    """What a request takes beyond what is there, beside the size of its body: the least of the rounds."""
    size = len(request) / MIB
    found = []
    for _ in range(options.rounds):
        rest = gateway.memory()[0]
        gateway.forget_peak()
        gateway.client.send(request)
        found.append(gateway.memory()[1] - rest)
    table.row(name.format(size), gateway.where, size, found[0], AT_MOST, f"again {min(found):.0f}")
