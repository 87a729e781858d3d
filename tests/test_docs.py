"""The documentation does what it says: its code runs, its links lead somewhere, what is generated is current."""

import doctest
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from gateway_process import child_environment
from local_gateway import LocalGateway

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "clients").glob("*/README.md")),
    *sorted((ROOT / "examples").rglob("README.md")),
]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ADDRESS = "http://127.0.0.1:8765"
VAGUE = re.compile(r"\b(tells|told|whoever|of whom|of who)\b")
"""Words that make a sentence hard to read: a verb of the field, or a noun, says it better."""
ROOTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "addon", "docs")
"""Files and folders whose language is checked."""
ANKICONNECTS: tuple[str, ...] = ()
"""Texts of AnkiConnect's own, which stay to the letter."""


def blocks(page, *languages):
    return [code for language, code in BLOCK.findall(page.read_text(encoding="utf-8")) if language in languages]


IN_ANKI = ROOT / "docs" / "extensions.md"
"""Its blocks run in a real Anki: tests/desktop/test_tutorial.py."""


def test_what_a_text_names_in_ankis_menu_is_there():
    labels = json.loads((ROOT / "addon/desktop/ui/languages/de.json").read_text(encoding="utf-8"))
    labels = {label.replace("&", "") for label in labels}
    for path in (*PAGES, ROOT / "addon" / "config.md", *(ROOT / "addon").rglob("*.py")):
        for name in re.findall(r"Tools > AnkiRPC > ([A-Z]\w*(?: [a-z]+(?=\*))?)", path.read_text(encoding="utf-8")):
            assert name in labels, path


def having(*languages):
    return [pytest.param(page, id=page.name) for page in PAGES if page != IN_ANKI and blocks(page, *languages)]


@pytest.fixture
def served(tmp_path):
    """The address of a gateway on a new, empty collection."""
    gateway = LocalGateway(tmp_path / "c.anki2", webBindPort=0)
    server = gateway.gateway.server()
    server.start()
    yield server.url
    server.stop()
    gateway.close()


def run(command, code, address):
    """Run a piece of code against a gateway; returns what it printed."""
    done = subprocess.run(
        [*command, code.replace(ADDRESS, address)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env=child_environment(ANKI_RPC_URL=address, PYTHONPATH=str(ROOT / "clients" / "python")),
        check=False,
    )
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("page", having("console", "python"))
def test_blocks_run_in_their_order_and_print_what_is_written(page, served):
    for language, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "python" and "@action" not in code and "class CreateDeck" not in code:
            run([sys.executable, "-c"], code, served)
        for command, expected in re.findall(
            r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", code if language == "console" else "", re.MULTILINE
        ):
            printed = run(["bash", "-c"], command, served).rstrip() + "\n"
            assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), (command, printed)


def test_the_lines_to_try_give_results(served):
    lines = re.findall(r"^    (curl .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        answer = json.loads(run(["bash", "-c"], line, served))
        assert answer.get("result") == ["Default"] or answer["error"]["data"]["kind"] == "not_logged_in"


@pytest.mark.parametrize("page", having("js"))
@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node, which no other test of these needs")
def test_javascript_runs(page, served):
    for code in blocks(page, "js"):
        run(["node", "--input-type=module", "--eval"], code, served)


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_commands_and_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^ *)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    for link in re.findall(r"\]\(([^)#:]+)(#[^)]+)?\)", text):
        assert (page.parent / link[0]).exists(), link
        if link[1]:
            target = (page.parent / link[0]).read_text(encoding="utf-8")
            heads = re.findall(r"^#+ (.*)$", target, re.MULTILINE)
            places = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert link[1][1:] in places | set(re.findall(r'<a id="(.*?)"></a>', target)), link


@pytest.fixture(scope="module")
def docs():
    """The tool that writes the generated parts."""
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
    docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(docs)
    return docs


def test_no_line_has_a_vague_word(docs):
    found = []
    for root in ROOTS:
        for path in [ROOT / root, *(ROOT / root).rglob("*")]:
            if path.suffix not in {".py", ".md", ".html", ".css", ".js", ".json"} or "_vendor" in path.parts:
                continue
            text = docs.MARK.sub("", path.read_text(encoding="utf-8"))
            lines = [line for line in text.splitlines() if not any(theirs in line for theirs in ANKICONNECTS)]
            found += [f"{path.relative_to(ROOT)}: {line.strip()}" for line in lines if VAGUE.search(line)]
    assert found == []


def test_the_changelog_says_nothing_twice():
    sentences = re.split(r"(?<=[.:;]) ", " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split()))
    long = [sentence for sentence in sentences if len(sentence) > 45]
    assert [sentence for sentence, times in Counter(long).items() if times > 1] == []


def test_what_is_made_from_the_code_is_current(docs):
    for page, text in docs.written():
        assert page.read_text(encoding="utf-8") == text, f"{page.name} is out of date: run `make docs`"


def test_the_tests_that_keep_a_promise_are_there():
    table = (ROOT / "docs" / "security.md").read_text("utf-8").partition("## What was tried")[2]
    named = [
        (file, test)
        for row in table.splitlines()[5:]
        for file, tests in re.findall(r"\]\(\.\./tests/(\S+?)\): ([^;|]+)", row)
        for test in re.findall(r"`(\w+)`", tests)
    ]
    assert len(named) > 50
    missing = [row for row in named if f"def {row[1]}(" not in (ROOT / "tests" / row[0]).read_text("utf-8")]
    assert missing == []
