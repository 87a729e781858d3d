"""The programs of docs/clients.md, the same in each language, do the same: they add a note once."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8").partition("## The same in seven languages")[2]
PROGRAMS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.partition("\n## ")[0], re.DOTALL | re.MULTILINE))
PROGRAMS["deno"] = PROGRAMS["ts"]
RELEASE = ROOT / ".venv-release" / "bin"
DENO = str(RELEASE / "deno")
CRATES = Path("/usr/share/cargo/registry")
CARGO = """
[package]
name = "program"
version = "0.1.0"
edition = "2021"

[dependencies]
serde_json = "1"
ureq = { version = "2", default-features = false, features = ["json"] }
"""


def of_typescript(folder):
    (folder / "program.mjs").write_text((folder / "program.ts").read_text("utf-8"), encoding="utf-8")
    package = folder / "node_modules" / "anki-rpc-client"
    package.parent.mkdir()
    package.symlink_to(ROOT / "clients" / "typescript")
    return ["node", folder / "program.mjs"]  # it has no types of its own


def of_deno(folder):
    """The same program, as it is: Deno compiles it."""
    (folder / "program.deno").rename(folder / "program.ts")
    imports = {"anki-rpc-client": (ROOT / "clients" / "typescript" / "dist" / "index.js").as_uri()}
    (folder / "deno.json").write_text(json.dumps({"imports": imports}), encoding="utf-8")
    return [DENO, "run", "--no-remote", "--allow-net=127.0.0.1", folder / "program.ts"]


def of_go(folder):
    compiled(["go", "build", "-o", "program", "program.go"], folder, GOCACHE=folder / "cache", GO111MODULE="off")
    return [folder / "program"]


def of_rust(folder):
    (folder / "src").mkdir()
    (folder / "program.rust").rename(folder / "src" / "main.rs")
    (folder / "Cargo.toml").write_text(CARGO, encoding="utf-8")
    (folder / ".cargo").mkdir()
    source = f'[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "{CRATES}"\n'
    (folder / ".cargo" / "config.toml").write_text(source, encoding="utf-8")
    compiled(["cargo", "build", "--quiet", "--offline"], folder)
    return [folder / "target" / "debug" / "program"]


def compiled(command, folder, **environment):
    environment = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr[-3000:]


COMMANDS = {
    "python": (("python3",), lambda folder: [ROOT / ".venv" / "bin" / "python", folder / "program.python"]),
    "ts": (("node",), of_typescript),
    "deno": ((DENO,), of_deno),
    "sh": (("curl", "jq"), lambda folder: ["sh", folder / "program.sh"]),
    "go": (("go",), of_go),
    "rust": (("cargo", *([] if list(CRATES.glob("ureq-2*")) else ["the crate ureq of Debian"])), of_rust),
    "elisp": (("emacs",), lambda folder: ["emacs", "--batch", "--quick", "--load", folder / "program.elisp"]),
}


def works(tool):
    """Whether it is there, and more than a stub that says how to install it."""
    return bool(shutil.which(tool)) and (
        tool != "cargo" or subprocess.run([tool, "--version"], capture_output=True, check=False).returncode == 0
    )


def test_there_is_a_program_in_each_language():
    assert set(PROGRAMS) == {*COMMANDS, "powershell"}


FAULTS = """
import json, sys
import tree_sitter_powershell
from tree_sitter import Language, Parser

def faults(node):
    if node.is_error or node.is_missing:
        yield [node.start_point.row + 1, node.text.decode()]
    for child in node.children:
        yield from faults(child)

parser = Parser(Language(tree_sitter_powershell.language()))
texts = json.load(sys.stdin)
print(json.dumps({text: found for text in texts if (found := [*faults(parser.parse(text.encode()).root_node)])}))
"""


@pytest.mark.node
def test_what_is_for_powershell_is_powershell():
    """PowerShell cannot be installed everywhere; this finds what its grammar does not know."""
    texts = [PROGRAMS["powershell"]]
    for path in (ROOT / "docs").glob("*.md"):
        texts += re.findall(r"^```powershell\n(.*?)^```$", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)

    def faults(texts):
        command = [RELEASE / "python", "-c", FAULTS]
        return json.loads(
            subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True).stdout
        )

    assert faults(texts) == {}
    assert faults([texts[0].replace("}", "", 1)]) != {}


@pytest.mark.node
@pytest.mark.parametrize("language", COMMANDS)
def test_a_program_adds_a_note_once(typescript, serve, collection, tmp_path, language):
    tools, prepare = COMMANDS[language]
    if missing := [tool for tool in tools if not works(tool)]:
        pytest.skip(f"needs {', '.join(missing)}")
    port = serve("--collection", collection.with_name("new.anki2")).ready().port
    code = PROGRAMS[language].replace("127.0.0.1:8765", f"127.0.0.1:{port}")
    code = code.replace("new Client()", f'new Client("http://127.0.0.1:{port}")')
    (tmp_path / f"program.{language}").write_text(code, encoding="utf-8")
    command = prepare(tmp_path)
    environment = {
        **os.environ,
        "DENO_DIR": str(tmp_path / "deno"),
        "ANKI_RPC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT / "clients" / "python"),
    }

    def run():
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False, env=environment
        )
        assert done.returncode == 0, done.stderr
        return (done.stdout or done.stderr).splitlines()  # Emacs writes its messages to stderr

    (first,) = run()
    (note,) = re.findall(r"\d{13}", first)
    problem, again = run()
    assert re.fullmatch(r"\W*duplicate\W+.*it is a duplicate\W*", problem), problem
    assert again == first
    assert json.loads(note) > 1_500_000_000_000
