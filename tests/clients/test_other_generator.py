"""openrpcclientgenerator reads the document, too: its TypeScript compiles, and its Python client calls the gateway."""

import json
import subprocess
from pathlib import Path

import pytest

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
    print(json.dumps([decks, notes, await client.create_deck("Italian::A1")]))

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
        {"deckId": 1700000002002, "name": "Italian::A1"},
    ]


def test_its_typescript_client_compiles_strictly(generate, typescript):
    folder = generate("typescript")
    (folder / "node_modules").symlink_to(typescript / "node_modules")
    (folder / "tsconfig.json").write_text(json.dumps(STRICT), encoding="utf-8")
    tsc = [typescript / "node_modules" / ".bin" / "tsc", "--project", folder]
    done = subprocess.run(tsc, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout[:3000]


def test_its_rust_client_is_written(generate):
    source = generate("rust") / "src"
    assert "fn deck_names(" in (source / "client.rs").read_text(encoding="utf-8")
    assert "pub struct NewNote" in (source / "model.rs").read_text(encoding="utf-8")
