"""The TypeScript client: every example of the document fits its types, and is right against a live gateway."""

import json
import subprocess
import time

import pytest
from examples import DOCUMENT, error_of, is_right

from addon.http.server.server import Server

pytestmark = pytest.mark.node


def in_order(example):
    return [param["value"] for param in example["params"]]


@pytest.fixture(scope="module")
def runner(typescript):
    """A process of Node that makes calls: a line in, a line out."""
    command = ["node", "build/js/run.js"]
    with subprocess.Popen(command, cwd=typescript, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def test_every_example_by_the_client(url, runner, method, example):
    call = {"port": int(url.rpartition(":")[2]), "method": method["name"], "params": in_order(example)}
    runner.stdin.write(json.dumps(call) + "\n")
    runner.stdin.flush()
    outcome = json.loads(runner.stdout.readline())
    kind = error_of(method)
    if kind is None:
        assert set(outcome) == {"result"}, outcome
        assert is_right(method["name"], outcome["result"], example["result"]["value"]), outcome
    else:
        assert outcome["error"]["data"]["kind"] == kind
        assert isinstance(outcome["error"]["code"], int)
        assert outcome["error"]["message"]


def test_every_example_fits_the_types(typescript):
    lines = ['import { AnkiRPC } from "./client/typescript/src";', "type Of<T extends keyof AnkiRPC> ="]
    lines.append("  AnkiRPC[T] extends (...a: never[]) => Promise<infer R> ? R : never;")
    for method in DOCUMENT["methods"]:
        for number, example in enumerate(method["examples"]):
            name, params = method["name"], ", ".join(map(json.dumps, in_order(example)))
            lines.append(f'export const {name}{number}: Of<"{name}"> = {json.dumps(example["result"]["value"])};')
            lines.append(f"export const {name}{number}Call = (anki: AnkiRPC) => anki.{name}({params});")
    file = typescript / "build" / "examples.ts"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tsc = ["node_modules/.bin/tsc", "--noEmit"]
    try:
        done = subprocess.run(tsc, cwd=typescript, capture_output=True, text=True, timeout=180, check=False)
    finally:
        file.unlink()
    assert done.returncode == 0, done.stdout[:3000]


def test_the_example_of_the_readme_is_the_one_that_is_compiled_and_runs(typescript, serve, collection):
    example = (typescript / "example.ts").read_text(encoding="utf-8")
    assert f"```ts\n{example}```" in (typescript / "README.md").read_text(encoding="utf-8")
    port = serve("--collection", collection.with_name("new.anki2")).ready().port
    command = ["node", "build/js/example.js", str(port)]
    done = subprocess.run(command, cwd=typescript, capture_output=True, text=True, timeout=60, check=True)
    added, found = done.stdout.splitlines()
    assert json.loads(found) == [int(added)]


def test_the_example_of_events_follows_over_a_connection_that_breaks(typescript, gateway):
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "a", "Back": "b"}}
    server = Server(gateway.gateway.app, port=0)
    server.start()
    command = ["node", "build/js/events.js", str(server.port)]
    with subprocess.Popen(command, cwd=typescript, stdout=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: gateway.host.events.changed._waiters)
            first = gateway.rpc("addNote", {"note": note})["result"]
            assert next_of(process, "notesAdded") == {"notes": [first]}
            server.stop()
            gateway.rpc("deleteNotes", {"notes": [first]})
            server.start()
            assert next_of(process, "notesDeleted") == {"notes": [first]}
        finally:
            process.kill()
            server.stop()


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def next_of(process, method):
    for line in process.stdout:
        name, _, params = line.partition(" ")
        if name == method:
            return json.loads(params)
    raise AssertionError("it has ended")


def test_the_document_is_valid_by_the_tool_that_others_use(typescript):
    script = """
      const { validateOpenRPCDocument, parseOpenRPCDocument } = require("newest-schema-utils-js");
      const document = require("../../spec/openrpc.json");
      const valid = validateOpenRPCDocument(document);
      if (valid !== true) throw new Error(String(valid));
      parseOpenRPCDocument(document).then((whole) => console.log(whole.methods.length));
    """
    done = subprocess.run(
        ["node", "-e", script], cwd=typescript, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.split()[-1:] == [str(len(DOCUMENT["methods"]))], done.stderr[:2000]
