"""What runs on other machines is what runs here: the workflows repeat the Makefile's selection and the matrix."""

import re

import pytest
from examples import ROOT

WORKFLOWS = {path.stem: path.read_text("utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")}
EXPRESSION = re.compile(r'-m "(not \([^"]*torture\))"')


def test_there_is_one_for_each_push_each_night_and_each_release():
    assert set(WORKFLOWS) == {"tests", "nightly", "release"}


def test_a_release_is_built_by_targets_and_tools_that_exist():
    commands = WORKFLOWS["release"]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    used = re.findall(r"make ([a-z-]+)", commands)
    assert {"dist", "site"} <= set(used) <= targets
    assert [path for path in re.findall(r"tools/\w+\.py", commands) if not (ROOT / path).exists()] == []


def test_windows_and_macos_run_the_tests_of_test_fast():
    (here,) = EXPRESSION.findall((ROOT / "Makefile").read_text("utf-8").partition("\ntest-fast:")[2].split("\n\n")[0])
    assert EXPRESSION.findall(WORKFLOWS["tests"]) == [here]


@pytest.mark.parametrize("text", WORKFLOWS.values(), ids=WORKFLOWS)
def test_each_action_is_pinned_to_a_version(text):
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [action for action in used if not re.fullmatch(r"actions/[\w-]+@v\d+(\.\d+)*", action)] == []


def test_the_nightly_run_covers_each_anki_and_python():
    pinned = {path.stem.partition("-")[2] or "newest" for path in (ROOT / "requirements").glob("desktop*.txt")}
    script = (ROOT / "tools" / "matrix").read_text("utf-8")
    for name, variable, known in (("anki", "ANKI", pinned), ("python", "PYTHONS", {"3.11", "3.13"})):
        listed = re.search(rf"{name}: \[(.*)\]", WORKFLOWS["nightly"])[1]
        assert set(listed.replace('"', "").split(", ")) == known
        assert set(re.search(rf"\${{{variable}:-(.*?)}}; do", script)[1].split()) == known
