"""Completion of the command line in bash, zsh and fish: scripts made from the parser and the methods."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

SHELLS = ("bash", "zsh", "fish")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")


class Method(NamedTuple):
    """A method to complete."""

    name: str
    summary: str
    params: tuple[str, ...]
    """Each param as `anki-rpc call` reads it: `name=` for a text, `name:=` for other values."""


class _Command(NamedTuple):
    name: str
    summary: str
    options: list[argparse.Action]
    choices: list[str]
    """Values of its argument."""


def methods_of(document: Mapping[str, Any]) -> list[Method]:
    """Return the methods of an OpenRPC document. Names that a shell could take for a command are left out: the document
    can come from any program.
    """
    return [
        Method(
            method["name"],
            " ".join(filter(str.isprintable, str(method["summary"]).split())),
            tuple(
                f"{param['name']}{'' if 'string' in param['schema'].get('type', '') else ':'}="
                for param in method["params"]
                if NAME.fullmatch(param["name"])
            ),
        )
        for method in document.get("methods", ())
        if NAME.fullmatch(method["name"])
    ]


def script(shell: str, parser: argparse.ArgumentParser, methods: list[Method]) -> str:
    """Return the script for a shell in SHELLS."""
    make = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return "\n".join(make(list(_commands(parser)), methods)) + "\n"


def _commands(parser: argparse.ArgumentParser) -> Iterator[_Command]:
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    summaries = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    for name, command in commands.choices.items():
        actions = command._actions
        choices = [str(choice) for action in actions if not action.option_strings for choice in action.choices or ()]
        yield _Command(name, summaries[name], [action for action in actions if action.option_strings], choices)


def variables_of(parser: argparse.ArgumentParser) -> set[str]:
    """Return the environment variables that the commands of a parser name in their help."""
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    all_commands = commands.choices.values()
    texts = [text for each in all_commands for text in (each.description, *(option.help for option in each._actions))]
    return {name for text in texts for name in re.findall(r"ANKI_RPC_[A-Z_]+", text or "")}


def _flags(options: Iterable[argparse.Action]) -> list[str]:
    return [flag for option in options for flag in option.option_strings if flag.startswith("--")]


def _with_value(commands: Iterable[_Command]) -> list[str]:
    """Return the options that take a value."""
    options = [option for each in commands for option in each.options if option.nargs != 0]
    return sorted({*_flags(options)})


def _bash(commands: list[_Command], methods: list[Method]) -> Iterator[str]:
    yield "# Completion of anki-rpc for bash; made by `anki-rpc completion bash`."
    yield "_anki_rpc() {"
    yield "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words= method= i"
    yield "    COMPREPLY=()"
    yield f"    if ((COMP_CWORD == 1)); then words={shlex.quote(' '.join(each.name for each in commands))}"
    yield f'    elif [[ " {" ".join(_with_value(commands))} " == *" $previous "* ]]; then return'
    yield "    else case ${COMP_WORDS[1]} in"
    for each in commands:
        if each.name != "call":
            yield f"        {each.name}) words={shlex.quote(' '.join([*_flags(each.options), *each.choices]))} ;;"
            continue
        yield "        call)"
        yield f"            words={shlex.quote(' '.join(_flags(each.options)))}"
        yield "            for ((i = 2; i < COMP_CWORD; i++)); do"
        yield "                case ${COMP_WORDS[i]} in"
        for method in methods:
            yield f"                {method.name}) method=1 words+={shlex.quote(' ' + ' '.join(method.params))} ;;"
        yield "                esac"
        yield "            done"
        yield f"            [[ $method ]] || words+={shlex.quote(' ' + ' '.join(method.name for method in methods))} ;;"
    yield "    esac; fi"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null"
    yield "    return 0"
    yield "}"
    yield "complete -o bashdefault -o default -F _anki_rpc anki-rpc"


def _zsh(commands: list[_Command], methods: list[Method]) -> Iterator[str]:
    yield "#compdef anki-rpc"
    yield "# Completion of anki-rpc for zsh; made by `anki-rpc completion zsh`."
    yield "_anki_rpc() {"
    yield "    local -a found"
    yield "    local method= word"
    yield "    if ((CURRENT == 2)); then"
    yield f"        found=({' '.join(_described(each.name, each.summary) for each in commands)})"
    yield "        _describe command found; return"
    yield "    fi"
    yield f"    case $words[CURRENT-1] in ({'|'.join(_with_value(commands))}) _files; return ;; esac"
    yield "    case $words[2] in"
    for each in commands:
        options = " ".join(_described(flag, option.help or "") for option in each.options for flag in _flags([option]))
        choices = " ".join(map(shlex.quote, each.choices))
        yield f"    ({each.name})"
        yield f"        found=({options})"
        yield "        [[ $words[CURRENT] == -* ]] && { _describe option found; return }"
        if each.name == "call":
            yield "        for word in $words[3,CURRENT-1]; do"
            yield "            case $word in"
            for method in methods:
                yield f"            ({method.name}) method=1; compadd -S '' -- {' '.join(method.params)} ;;"
            yield "            esac"
            yield "        done"
            yield "        [[ -n $method ]] && return"
            yield f"        found=({' '.join(_described(method.name, method.summary) for method in methods)})"
            yield "        _describe method found ;;"
        else:
            yield f"        compadd -- {choices} ;;" if choices else "        _files ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] == _anki_rpc ]]; then _anki_rpc "$@"; else compdef _anki_rpc anki-rpc; fi'


def _described(name: str, text: str) -> str:
    return shlex.quote(f"{name}:{text}")


def _fish(commands: list[_Command], methods: list[Method]) -> Iterator[str]:
    yield "# Completion of anki-rpc for fish; made by `anki-rpc completion fish`."
    yield "complete -c anki-rpc -f"
    for each in commands:
        yield f"complete -c anki-rpc -n __fish_use_subcommand -a {each.name} -d {_fish_quoted(each.summary)}"
        condition = f"-n '__fish_seen_subcommand_from {each.name}'"
        for option in each.options:
            value = "" if option.nargs == 0 else " -r -F"
            for flag in _flags([option]):
                yield f"complete -c anki-rpc {condition} -l {flag[2:]}{value} -d {_fish_quoted(option.help or '')}"
        if each.choices:
            yield f"complete -c anki-rpc {condition} -a {_fish_quoted(' '.join(each.choices))}"
    names = " ".join(method.name for method in methods)
    yield "function __anki_rpc_needs_method"
    yield f"    __fish_seen_subcommand_from call; and not __fish_seen_subcommand_from {names}"
    yield "end"
    for method in methods:
        yield f"complete -c anki-rpc -n __anki_rpc_needs_method -a {method.name} -d {_fish_quoted(method.summary)}"
        if method.params:
            condition = f"-n '__fish_seen_subcommand_from call; and __fish_seen_subcommand_from {method.name}'"
            yield f"complete -c anki-rpc {condition} -a {_fish_quoted(' '.join(method.params))}"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
