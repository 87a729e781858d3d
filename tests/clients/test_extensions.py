"""Clients that are generated for a gateway with extensions have the methods of these."""

import contextlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import seed
from extended_gateway import ExtendedGateway
from rich_extension import register
from werkzeug.wrappers import Response

from addon.http.server.server import Server

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "clients" / "python" / "anki_rpc_client"
PYTHON = ROOT / ".venv-clients" / "bin" / "python"

USE = """
import sys
from anki_rpc_client import Client, errors, types

client = Client(sys.argv[1])
words: list[types.FuriganaGenerateWordsItem] = [{"text": "mela"}]
made = client.furigana_generate(words, style="plain")
print([word["text"] for word in made if word is not None])
lost: types.Losses = client.furigana_remove([1], dry_run=True)
print(lost)
try:
    client.furigana_generate([])
except errors.FuriganaTooLong as error:
    print(error.kind)
"""

USE_TYPESCRIPT = """
import { Client } from "./index.js";
import type { FuriganaGenerateWordsItem, Losses } from "./types.js";

const client = new Client();
export async function use(): Promise<string[]> {
  const words: FuriganaGenerateWordsItem[] = [{ text: "mela" }];
  const made = await client.furigana_generate({ words, style: "plain" });
  const lost: Losses = await client.furigana_remove({ notes: [1], dryRun: true });
  return [...made.map((word) => word?.text ?? ""), String(lost.dryRun)];
}
"""


def with_few_methods(gateway):
    """The gateway's application; its document has the methods of extensions, and those that the client itself calls."""
    document = gateway.document()
    made = {"_methods.py", "errors.py", "types.py"}
    own = "".join(path.read_text("utf-8") for path in CLIENT.glob("*.py") if path.name not in made)
    called = {name.replace("_", "") for name in re.findall(r"\.(\w+)\(", own)}
    methods = document["methods"]
    document["methods"] = [each for each in methods if "x-extension" in each or each["name"].lower() in called]

    def answer(environ, start_response):
        is_asked_for = environ["PATH_INFO"] == "/openrpc.json"
        return (Response(json.dumps(document)) if is_asked_for else gateway.gateway.app)(environ, start_response)

    return answer


@pytest.fixture
def gateway(example_collection, tmp_path):
    gateway = ExtendedGateway(seed.copy(example_collection, tmp_path / "collection"), extensions=["furigana"])
    register(gateway.door)
    yield gateway
    gateway.close()


@contextlib.contextmanager
def serving(app):
    server = Server(app, port=0)
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def url(gateway):
    with serving(gateway.gateway.app) as address:
        yield address


@pytest.fixture
def short_url(gateway):
    with serving(with_few_methods(gateway)) as address:
        yield address


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


@pytest.mark.process
def test_a_python_client_is_made_for_a_gateway_at_its_address(short_url, tmp_path):
    client = tmp_path / "anki_rpc_client"
    shutil.copytree(CLIENT, client)
    run(PYTHON, ROOT / "clients" / "python" / "generate.py", client, short_url, cwd=ROOT)
    (tmp_path / "use.py").write_text(USE, encoding="utf-8")
    assert run(sys.executable, "use.py", short_url, cwd=tmp_path).splitlines() == [
        "['mela']",
        "{'dryRun': True, 'notes': {'count': 1, 'ids': [1]}}",
        "furigana_tooLong",
    ]
    mypy = ("-m", "mypy", "--strict", "--cache-dir", ROOT / ".mypy_cache" / "clients", "--config-file", "")
    run(sys.executable, *mypy, "use.py", cwd=tmp_path)


@pytest.mark.process
def test_a_typescript_client_is_made_of_a_file(url, tmp_path):
    from urllib.request import urlopen

    document = tmp_path / "document.json"
    document.write_bytes(urlopen(f"{url}/openrpc.json", timeout=20).read())
    run(PYTHON, ROOT / "clients" / "typescript" / "generate.py", tmp_path / "src", document, cwd=ROOT)
    methods = (tmp_path / "src" / "methods.ts").read_text("utf-8")
    assert re.search(r"furigana_generate\(params: types\.FuriganaGenerateParams", methods)
    assert '"furigana_remove"' in methods


@pytest.mark.node
def test_it_compiles_strictly(typescript, url, tmp_path):
    source = tmp_path / "src"
    shutil.copytree(typescript / "src", source)
    run(PYTHON, typescript / "generate.py", source, url, cwd=ROOT)
    (source / "use.ts").write_text(USE_TYPESCRIPT, encoding="utf-8")
    config = json.loads((typescript / "tsconfig.json").read_text("utf-8"))
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(typescript / "node_modules")
    run(typescript / "node_modules" / ".bin" / "tsc", "--noEmit", "--project", tmp_path, cwd=tmp_path)
