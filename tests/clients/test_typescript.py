"""The TypeScript client: current, typed, small, and right in every example of the document, against a live gateway."""

import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from examples import DOCUMENT, error_of, is_right

from addon.http.server.server import Server

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "clients" / "typescript"
MANIFEST = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
STRICT = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "types": [],
    "outDir": "out",
}


def test_it_is_made_from_the_present_document(tmp_path):
    spec = importlib.util.spec_from_file_location("generate_typescript", CLIENT / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    generate.main(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        made, kept = path.read_text(encoding="utf-8"), (CLIENT / "src" / path.name).read_text(encoding="utf-8")
        assert made == kept, f"{path.name} is out of date: run `make clients`"


def test_its_version_is_that_of_the_gateway():
    lock = json.loads((CLIENT / "package-lock.json").read_text(encoding="utf-8"))
    assert MANIFEST["version"] == lock["version"] == DOCUMENT["info"]["version"]
    assert "dependencies" not in MANIFEST


def run(command, folder, **environment):
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def runner(typescript):
    """A process of Node that makes calls: a line in, a line out."""
    command = ["node", ROOT / "tests" / "clients" / "typescript" / "run.mjs"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


@pytest.mark.node
def test_every_example_by_the_client(url, runner, method, example):
    params = {param["name"]: param["value"] for param in example["params"]}
    runner.stdin.write(json.dumps({"url": url, "method": method["name"], "params": params}) + "\n")
    runner.stdin.flush()
    outcome = json.loads(runner.stdout.readline())
    kind = error_of(method)
    if kind is None:
        assert set(outcome) <= {"result"}, outcome
        assert is_right(method["name"], outcome.get("result"), example["result"]["value"]), outcome
    else:
        error = outcome["error"]
        assert (error["kind"], error["data"]["kind"], error["name"], error["isError"]) == (kind, kind, "RpcError", True)
        assert isinstance(error["code"], int)
        assert error["message"]


@pytest.mark.node
def test_what_it_does_beside_calling(typescript, url, open_gateway):
    server = Server(open_gateway(apiKey="\u043a\u043b\u044e\u0447").gateway.app, port=0)
    server.start()
    try:
        script = ROOT / "tests" / "clients" / "typescript" / "client.test.mjs"
        run(["node", "--test", "--test-reporter=spec", script], typescript, URL=url, LOCKED=server.url)
    finally:
        server.stop()


@pytest.fixture(scope="module")
def project(typescript, tmp_path_factory):
    """A project that has installed what `npm pack` packs."""
    folder = tmp_path_factory.mktemp("project")
    pack = ["npm", "pack", "--json", "--ignore-scripts", "--pack-destination", folder, typescript]
    (packed,) = json.loads(run(pack, folder))
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    run(["npm", "install", "--offline", "--no-audit", "--no-fund", folder / packed["filename"]], folder)
    folder.joinpath("packed.json").write_text(json.dumps(packed), encoding="utf-8")
    return folder


@pytest.mark.node
def test_the_package_has_what_is_published_and_little_javascript(project):
    files = {file["path"]: file["size"] for file in json.loads((project / "packed.json").read_text("utf-8"))["files"]}
    modules = [path.stem for path in (CLIENT / "src").glob("*.ts")]
    compiled = {f"dist/{name}.{end}" for name in modules for end in ("js", "d.ts")}
    assert set(files) == {"LICENSE", "README.md", "package.json", *compiled}
    assert sum(size for path, size in files.items() if path.endswith(".js")) < 30_000


def check(project, typescript, sources, module="nodenext"):
    """Compile sources in a project, strictly, to its folder `out`."""
    for name, source in sources.items():
        (project / name).write_text(source, encoding="utf-8")
    kind = {"module": module, "moduleResolution": "nodenext" if module == "nodenext" else "bundler"}
    config = {"compilerOptions": {**STRICT, **kind}, "files": list(sources)}
    (project / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    run([typescript / "node_modules" / ".bin" / "tsc", "--project", project], project)


def snippets():
    text = (CLIENT / "README.md").read_text(encoding="utf-8")
    return dict(enumerate(re.findall(r"```ts\n(.*?)```", text, re.DOTALL)))


@pytest.mark.node
@pytest.mark.parametrize("module", ["nodenext", "esnext"])
def test_what_the_readme_shows_compiles_strictly_and_runs(project, typescript, serve, collection, module):
    sources = {f"readme{number}.ts": code for number, code in snippets().items()}
    assert len(sources) == 4
    check(project, typescript, sources, module)
    port = serve("--collection", collection.with_name("new.anki2")).ready().port
    printed = ""
    for number in range(len(sources)):
        file = project / "out" / f"readme{number}.js"
        moved = file.read_text("utf-8").replace("new Client({", f'new Client({{ url: "http://127.0.0.1:{port}",')
        file.write_text(moved.replace("new Client()", f'new Client("http://127.0.0.1:{port}")'), encoding="utf-8")
        printed += run(["node", file], project)
    assert re.search(r"added \d+\nmela \[\]\n\[ 'Default', 'Italian' \] \[ \d+ \]\n", printed), printed
    assert printed.endswith("3000 added\n")


@pytest.mark.node
def test_every_example_fits_the_types(project, typescript):
    lines = ['import type { Calls } from "anki-rpc-client";']
    for method in DOCUMENT["methods"]:
        for number, example in enumerate(method["examples"]):
            name, params = method["name"], {param["name"]: param["value"] for param in example["params"]}
            lines.append(f'export const {name}{number}: Calls["{name}"]["params"] = {json.dumps(params)};')
            result = json.dumps(example["result"]["value"])
            lines.append(f'export const {name}{number}Result: Calls["{name}"]["result"] = {result};')
    check(project, typescript, {"examples.ts": "\n".join(lines) + "\n"})


TYPED = """
import { Client, type FieldValue, type Losses } from "anki-rpc-client";

export async function use(anki: Client, dry: boolean) {
  const notes = await anki.notesInfo({ notes: [1] });
  const value: string | undefined = notes[0]?.fields["Front"]?.value;
  for (const part of await anki.notesInfo({ query: "", fields: ["tags"] })) {
    const tags: string[] | undefined = part.tags;
    // @ts-expect-error: it can be missing
    part.tags.length;
  }
  const deleted: number[] = await anki.deleteNotes({ notes: [1] });
  const losses: Losses = await anki.deleteNotes({ notes: [1], dryRun: true });
  const either: number[] | Losses = await anki.deleteNotes({ notes: [1], dryRun: dry });
  // @ts-expect-error: a dry run has losses
  const wrong: number[] = await anki.deleteNotes({ notes: [1], dryRun: true });
  // @ts-expect-error: the fields are missing
  await anki.addNote({ note: { deckName: "a", modelName: "b" } });
  // @ts-expect-error: a search is text
  await anki.findNotes({ query: 17 });
  // @ts-expect-error: there is no such param
  await anki.findNotes({ querry: "mela" });
  const ids: number[] = (await anki.run("addNotes", { notes: [] })).flatMap(({ id }) => id ?? []);
  for await (const event of anki.events()) {
    if (event.method === "cardsAnswered") {
      const ease: number | undefined = event.params.answers[0]?.ease;
      console.log(ease);
    }
    // @ts-expect-error: there is no such event
    if (event.method === "noSuchThing") break;
  }
  console.log(value, deleted, losses, either, wrong, ids);
  return {} as FieldValue;
}
"""


@pytest.mark.node
def test_its_types_tell_what_is_wrong(project, typescript):
    check(project, typescript, {"typed.ts": TYPED})


PAGE = """<script type="module">
import { Client, RpcError } from "./dist/index.js";
const anki = new Client({ url: new URLSearchParams(location.search).get("url"), app: "page" });
try {
  const note = { deckName: "Italian", modelName: "Italian vocab", fields: { Word: "pera", Meaning: "pear" } };
  const id = await anki.addNote({ note });
  const again = await anki.addNote({ note }).catch((error) => error instanceof RpcError && error.kind);
  const batch = anki.batch();
  const found = batch.findNotes({ query: "Word:pera" });
  await batch.send();
  document.title = JSON.stringify([again, (await found)[0] === id]);
} catch (error) {
  document.title = String(error);
}
</script>"""


@pytest.mark.node
@pytest.mark.browser
def test_a_page_in_a_browser_calls(typescript, open_gateway, tmp_path):
    from playwright.sync_api import expect, sync_playwright  # takes long, in each process that collects tests

    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "dist").symlink_to(typescript / "dist")
    handler = functools.partial(Files, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site, sync_playwright() as playwright:
        threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True).start()
        origin = f"http://localhost:{site.server_port}"
        server = Server(open_gateway(webCorsOriginList=[origin]).gateway.app, port=0)
        server.start()
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.getuid() == 0 else []
        )
        try:
            page = browser.new_page()
            page.goto(f"{origin}/page.html?url={server.url}")
            expect(page).to_have_title('["duplicate",true]', timeout=20_000)
        finally:
            browser.close()
            server.stop()
            site.shutdown()


class Files(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_):
        """Say nothing."""
