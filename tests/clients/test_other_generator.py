"""Generators of others read the document, too: what they make compiles, and calls the gateway."""

import json
import subprocess
from pathlib import Path

import pytest
from examples import DOCUMENT

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv-clients" / "bin"

pytestmark = pytest.mark.node

STRICT = {
    "compilerOptions": {
        "strict": True,
        "target": "es2020",
        "module": "es2020",
        "moduleResolution": "node10",
        "experimentalDecorators": True,
        "types": ["node"],
        "noEmit": True,
    },
    "include": ["src"],
}
"""The generator's own settings, and strict."""

CALLS = """
import asyncio, json, sys
from anki_rpc_http_client.client import AnkiRPCClient

async def main():
    client = AnkiRPCClient({}, sys.argv[1])
    decks, notes = await client.deck_names(), await client.find_notes("deck:Italian")
    print(json.dumps([decks, notes, await client.get_tags()]))

asyncio.run(main())
"""


@pytest.fixture
def generate(url, tmp_path):
    """Generates a client from a live gateway, and returns its folder."""

    def run(language):
        command = [BIN / "orpc", language, url]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return Path(json.loads(done.stdout))

    return run


def test_its_python_client_calls(generate, url):
    folder = generate("python")
    command = [BIN / "python", "-c", CALLS, url]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == [
        ["Default", "Italian", "Italian::A1"],
        [1700000000001, 1700000000002],
        ["A1", "fruit"],
    ]


def test_its_typescript_client_compiles_strictly(generate, openrpc_tools):
    folder = generate("typescript")
    (folder / "node_modules").symlink_to(openrpc_tools / "node_modules")
    (folder / "tsconfig.json").write_text(json.dumps(STRICT), encoding="utf-8")
    tsc = [openrpc_tools / "node_modules" / ".bin" / "tsc", "--project", folder]
    done = subprocess.run(tsc, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout[:3000]


def test_its_rust_client_is_written(generate):
    source = generate("rust") / "src"
    assert "fn deck_names(" in (source / "client.rs").read_text(encoding="utf-8")
    assert "pub struct NewNote" in (source / "model.rs").read_text(encoding="utf-8")


COMPILED = {
    "strict": True,
    "target": "es2022",
    "module": "commonjs",
    "moduleResolution": "node10",
    "esModuleInterop": True,
    "resolveJsonModule": True,
    "types": ["node"],
    "outDir": "out",
}
CALLER = """
import { AnkiRPC } from "./client/typescript/src";

async function main() {
  const anki = new AnkiRPC({ transport: { type: "http", host: "127.0.0.1", port: Number(process.argv[2]) } });
  const added = await anki.addNotes([{ deckName: "Italian", modelName: "Basic", fields: { Front: "a", Back: "b" } }]);
  console.log(JSON.stringify([await anki.deckNames(), await anki.findNotes("Front:a"), added.map(({ id }) => id)]));
}

main();
"""


def test_the_official_generator_makes_a_client_that_compiles_and_calls(openrpc_tools, url, tmp_path):
    def run(command, *arguments):
        whole = [openrpc_tools / "node_modules" / ".bin" / command, *arguments]
        done = subprocess.run(whole, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]

    (tmp_path / "node_modules").symlink_to(openrpc_tools / "node_modules")
    what = ["-t", "client", "-l", "typescript", "-n", "ankirpc"]
    run("open-rpc-generator", "generate", *what, "-d", ROOT / "spec" / "openrpc.json", "-o", tmp_path)
    (tmp_path / "caller.ts").write_text(CALLER, encoding="utf-8")
    config = {"compilerOptions": COMPILED, "files": ["caller.ts"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    run("tsc")
    command = ["node", "out/caller.js", url.rpartition(":")[2]]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    decks, found, added = json.loads(done.stdout)
    assert (decks, found) == (["Default", "Italian", "Italian::A1"], added)


def test_the_document_is_valid_by_the_tool_that_others_use(openrpc_tools):
    script = """
      const { validateOpenRPCDocument, parseOpenRPCDocument } = require("newest-schema-utils-js");
      const document = require("../../../spec/openrpc.json");
      const valid = validateOpenRPCDocument(document);
      if (valid !== true) throw new Error(String(valid));
      parseOpenRPCDocument(document).then((whole) => console.log(whole.methods.length));
    """
    command = ["node", "-e", script]
    done = subprocess.run(command, cwd=openrpc_tools, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.split()[-1:] == [str(len(DOCUMENT["methods"]))], done.stderr[:2000]
