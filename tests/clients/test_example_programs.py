"""The programs in examples/ do what they say, in processes of their own, and are short."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from anki_rpc_client import Client
from gateway_process import child_environment

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "examples").glob("*.py"))

pytestmark = pytest.mark.process


def command(name, *arguments):
    return [sys.executable, ROOT / "examples" / name, *arguments]


@pytest.fixture
def environment(url):
    return child_environment(ANKI_RPC_URL=url, PYTHONPATH=str(ROOT / "clients" / "python"))


@pytest.fixture
def run(environment, tmp_path):
    """A function that runs a program to its end and returns what it printed."""

    def once(name, *arguments, answers=None, status=0):
        done = subprocess.run(
            command(name, *arguments),
            input=answers,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return once


def test_they_are_short_and_listed():
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert len(PROGRAMS) == 5
    for path in PROGRAMS:
        assert len(path.read_text(encoding="utf-8").splitlines()) < 60, path.name
        assert f"[{path.name}]({path.name})" in text
        assert f"`python {path.name}" in path.read_text(encoding="utf-8")


def test_notes_from_a_csv_file(run, url, tmp_path):
    (tmp_path / "pera.png").write_bytes(b"\x89PNG")
    rows = ["Word,Meaning,tags,picture", "pera,pear,fruit new,pera.png", 'fico,"fig, fruit",,', ",nothing,,"]
    (tmp_path / "words.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    arguments = ("notes_from_csv.py", "words.csv", "--deck", "Frutta", "--note-type", "Italian vocab")
    assert run(*arguments) == (
        "line 4: cannot create note because its first field, Word, is empty\nadded 2 of 3 notes\n"
    )
    with Client(url) as anki:
        pear, fig = anki.notes_info(query="deck:Frutta")
        assert (pear["fields"]["Meaning"]["value"], pear["tags"]) == ('pear<img src="pera.png">', ["fruit", "new"])
        assert (fig["fields"]["Meaning"]["value"], fig["tags"]) == ("fig, fruit", [])
        assert anki.retrieve_media_file("pera.png")
    assert run(*arguments).endswith("added 0 of 3 notes\n")


def test_a_nightly_backup(run, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 4):
        (folder / f"anki-2026-01-0{day}.colpkg").write_bytes(b"old")
    (folder / "notes.txt").write_bytes(b"mine")
    printed = run("nightly_backup.py", "backups", "--keep", "3")
    assert printed.startswith(f"wrote {folder}")
    left = sorted(path.name for path in folder.iterdir())
    assert left[:2] == ["anki-2026-01-02.colpkg", "anki-2026-01-03.colpkg"]
    assert left[3:] == ["notes.txt"]
    assert (folder / left[2]).read_bytes()[:2] == b"PK"


def test_problems_are_tagged_and_untagged(run, url):
    with Client(url) as anki:
        one, two = anki.find_notes("deck:Italian")
        cards = anki.find_cards(f"nid:{one}")
        anki.set_specific_value_of_card(cards[0], ["lapses"], [8], warning_check=True)
        arguments = ("tag_problems.py", "--search", "deck:Italian", "--length", "5")
        first = run(*arguments)
        assert first.startswith("problem::leech: 1 notes, 1 of them new\nproblem::long: ")
        assert anki.find_notes("tag:problem::leech") == [one]
        anki.set_specific_value_of_card(cards[0], ["lapses"], [0], warning_check=True)
        assert run(*arguments[:3]) == (
            "problem::leech: 0 notes, 0 of them new\nproblem::long: 0 notes, 0 of them new\n"
        )
        assert anki.find_notes("tag:problem::*") == []
        assert two


def test_events_are_followed_and_go_on_where_they_were(gateway, url, environment, tmp_path):
    note = {"deckName": "Italian", "modelName": "Italian vocab"}

    @contextlib.contextmanager
    def following():
        with subprocess.Popen(
            command("follow_events.py"), cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                until(lambda: gateway.host.events.changed._waiters)
                yield process.stdout
            finally:
                process.kill()

    with Client(url) as anki:
        with following() as lines:
            first = anki.add_note({**note, "fields": {"Word": "uno", "Meaning": "?"}})
            assert lines.readline() == "added: uno\n"
            anki.delete_notes([first])
            assert lines.readline() == "deleted: 1 notes\n"
        until(lambda: not gateway.host.events.changed._waiters)
        anki.add_note({**note, "fields": {"Word": "due", "Meaning": "?"}})
        with following() as lines:
            again = lines.readline()
            if again == "deleted: 1 notes\n":  # it was stopped before it had stored this event
                again = lines.readline()
            assert again == "added: due\n"


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_review_in_a_terminal(run, url):
    with Client(url) as anki:
        before = len(anki.review_log()["reviews"])
        printed = run("review_in_terminal.py", "Italian", answers="\nx\n3\n\nq\n")
        log = anki.review_log()["reviews"]
    assert (len(log), log[-1]["ease"]) == (before + 1, 3)
    assert "mela" in printed
    assert "<hr" not in printed
    assert "<style" not in printed
    assert "deck was not found: Latin" in run("review_in_terminal.py", "Latin", answers="", status=1)
