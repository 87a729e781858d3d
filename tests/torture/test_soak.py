"""Many thousand requests of all kinds by many clients, errors among them: nothing of them stays."""

import random
import threading
import time

import seed
from gateway_process import ROOT, ServeProcess
from sizes import size

from .process import eventually, memory, open_files, threads
from .requests import JSON, REQUESTS, exchange, post, request, rpc

CLIENTS = 12
ADDING = {"a write", "several writes as one step", "a download for a note", "a download for a note of the old protocol"}
"""They make the collection grow, and what SQLite keeps of it in memory."""
MEMORY = 8 * 2**20
"""Bytes by which the process may grow: the allocator's own unrest."""


def test_nothing_grows(example_collection, tmp_path, web, figure):
    """Python's cycle collector is switched off: Anki runs it every 15 minutes and after dialogs only."""
    (tmp_path / "sitecustomize.py").write_text("import gc; gc.disable(); gc.enable = lambda: None")
    path = seed.copy(example_collection, tmp_path / "1")
    environment = {
        "PYTHONPATH": f"{tmp_path}:{ROOT}",
        "MALLOC_ARENA_MAX": "1",
    }  # each thread's own would fill up slowly
    process = ServeProcess("--collection", path, environment=environment).ready()
    web.redirects["/away"] = "http://169.254.169.254/x"
    sent = [request(name, web.url) for name in sorted(REQUESTS.keys() - ADDING)]
    for number in range(4):
        note = {"id": seed.MELA, "fields": {"Meaning": f"apple {number}"}, "tags": [f"tag{number}"]}
        sent.append(post(rpc("updateNote", {"note": note}), JSON))
    count = size("SOAK", 2500, 200_000)
    turn(process, sent, count // 4)  # caches are filled, threads and their memory are there
    before = measured(process)
    begin = time.monotonic()
    turn(process, sent, count)
    seconds = time.monotonic() - begin
    after = measured(process)
    another = time.monotonic()
    assert process.connect().rpc("version") == 6
    another = time.monotonic() - another
    assert process.stop() == 0
    assert "Traceback" not in process.err, process.err[-3000:]
    grown = after[0] - before[0]
    figure(f"{count} requests of {len(sent)} kinds by {CLIENTS} clients, a third of them refused", f"{seconds:.0f} s")
    figure("memory, threads and open files before", f"{before[0] / 2**20:.1f} MiB, {before[1]}, {before[2]}")
    figure("and after", f"{after[0] / 2**20:.1f} MiB, {after[1]}, {after[2]}; {grown / count:.1f} bytes a request")
    assert after[1:] == before[1:]
    assert grown < MEMORY
    assert another < 1


def turn(process, sent, count):
    """Have clients send so many in all, by chance, each on a connection of its own."""
    failed = []

    def client(number):
        chance = random.Random(number)
        for _ in range(count // CLIENTS):
            chosen, begin = chance.choice(sent), time.monotonic()
            try:
                exchange(process.port, chosen)
            except Exception as error:
                failed.append((chosen[:300], error, f"after {time.monotonic() - begin:.2f} s"))

    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    assert not failed


def measured(process):
    """Memory, threads and open files, once the streams have ended and all connections are closed."""
    least = []
    eventually(
        lambda: (
            least.append((threads(process), open_files(process))) or (len(least) > 60 and len(set(least[-50:])) == 1)
        )
    )
    return memory(process), *least[-1]
