"""The scripts that complete the command line, tried in each shell that is installed."""

import shutil
import subprocess

import pytest

from addon.terminal.arguments import parser
from addon.terminal.completion import SHELLS, methods_of, script

CASES = [
    ("anki-rpc ", {"serve", "call", "doctor"}, {"deckNames"}),
    ("anki-rpc se", {"serve"}, {"call"}),
    ("anki-rpc serve --ba", {"--base"}, {"--host"}),
    ("anki-rpc call deckNa", {"deckNames", "deckNamesAndIds"}, {"addNote"}),
    ("anki-rpc call createDeck ", {"deck="}, {"deckNames"}),
    ("anki-rpc call notesInfo no", {"notes:="}, {"deckNames"}),
    ("anki-rpc completion f", {"fish"}, {"bash"}),
]
BASH = """
source "$1"
read -ra COMP_WORDS <<<"$2"; [[ $2 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _anki_rpc; printf '%s\\n' "${COMPREPLY[@]}"
"""
ZSH = """
compdef() { }
_files() { }
_describe() { local name=$2 each; for each in ${(P)name}; do compadd -- ${each%%:*}; done }
compadd() {
    local each
    for each in "$@[2,-1]"; do [[ $each == ${words[CURRENT]}* && $each != -- ]] && print -r -- $each; done
    return 0
}
source $1
words=(${(s: :)2}); [[ $2 == *" " ]] && words+=("")
CURRENT=$#words; _anki_rpc
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    from addon.cli import main

    folder = tmp_path_factory.mktemp("completion")
    for shell in SHELLS:
        assert main(["completion", shell, "--output", str(folder / shell)]) == 0
    return folder


def completed(shell, script, line):
    """What a shell offers for a line."""
    command = {
        "bash": ["bash", "--norc", "-c", BASH, "bash", script, line],
        "zsh": ["zsh", "-f", "-c", ZSH, "zsh", script, line],
        "fish": ["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, line],
    }[shell]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return {line.split("\t")[0] for line in done.stdout.splitlines()}


@pytest.mark.process
@pytest.mark.parametrize("shell", SHELLS)
def test_commands_options_methods_and_params_are_completed(scripts, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    for line, offered, other in CASES:
        found = completed(shell, scripts / shell, line)
        assert offered <= found, line
        assert not other & found, line


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_stays_small(scripts, shell):
    assert 10_000 < (scripts / shell).stat().st_size < 100_000


def test_names_that_a_shell_could_take_for_a_command_are_left_out():
    param = {"schema": {"type": "string"}}
    document = {
        "methods": [
            {"name": "words_count", "summary": "Count\n$(words)", "params": [{"name": "text", **param}]},
            {"name": "words_tag", "summary": "", "params": [{"name": "a;b", **param}, {"name": "$(c)", **param}]},
            {"name": "a) rm -r ~ ;; b", "summary": "", "params": []},
            {"name": "`id`", "summary": "", "params": []},
        ]
    }
    assert methods_of(document) == [
        ("words_count", "Count $(words)", ("text=",)),
        ("words_tag", "", ()),
    ]


@pytest.mark.process
@pytest.mark.parametrize("shell", SHELLS)
def test_a_summary_is_no_command(shell, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    trap = tmp_path / "trap"
    summary = f"'$(touch {trap})' `touch {trap}` \\'; touch {trap}"
    methods = methods_of({"methods": [{"name": "words_count", "summary": summary, "params": []}]})
    (tmp_path / shell).write_text(script(shell, parser(), methods))
    assert "words_count" in completed(shell, tmp_path / shell, "anki-rpc call wor")
    assert not trap.exists()
