"""The options of the command line, with the environment variables that stand for them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..version import VERSION
from .completion import SHELLS


def variable(name: str) -> str | None:
    """Return an environment variable; None if it is empty, as compose files may set it."""
    return os.environ.get(name) or None


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:6]) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: use a number from 0 to 65535")


def _seconds(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:6]) <= 86_400:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds: use one from 0 to 86400")


def _default_url() -> str:
    """The address of a gateway on this computer, at the port that `serve` would use, as in a container."""
    return variable("ANKI_RPC_URL") or f"http://127.0.0.1:{variable('ANKI_RPC_PORT') or 8765}"


def _add_gateway(command: argparse.ArgumentParser) -> None:
    """Add the options that say which gateway is meant."""
    command.add_argument(
        "--url",
        default=_default_url(),
        help="address of the gateway, by default http://127.0.0.1 with the port in ANKI_RPC_PORT, else 8765 "
        "[ANKI_RPC_URL]",
    )
    _add_key_file(command)


def _add_key_file(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--key-file",
        type=Path,
        default=variable("ANKI_RPC_KEY_FILE"),
        help="file that contains the gateway's API key [ANKI_RPC_KEY_FILE]",
    )


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; `command` is the name of the command."""
    top = argparse.ArgumentParser(prog="anki-rpc", description="A JSON-RPC 2.0 gateway to Anki.")
    top.add_argument("--version", action="version", version=f"AnkiRPC {VERSION}")
    commands = top.add_subparsers(dest="command", required=True)

    serve = commands.add_parser(
        "serve",
        help="serve a collection without a window",
        description="Serve a collection without a window. Each option can also be set by an environment variable: a "
        "switch by 1, several origins or hosts separated by spaces.",
    )
    serve.add_argument(
        "--collection",
        type=Path,
        default=variable("ANKI_RPC_COLLECTION"),
        help="collection file; created if it does not exist [ANKI_RPC_COLLECTION]",
    )
    serve.add_argument(
        "--base",
        type=Path,
        metavar="FOLDER",
        default=variable("ANKI_RPC_BASE"),
        help="Anki's base folder, instead of a collection file: its profiles are served, one at a time [ANKI_RPC_BASE]",
    )
    serve.add_argument(
        "--profile",
        metavar="NAME",
        default=variable("ANKI_RPC_PROFILE"),
        help="profile of the base folder to open at the start; by default the one that Anki would open "
        "[ANKI_RPC_PROFILE]",
    )
    serve.add_argument(
        "--settings",
        type=Path,
        default=variable("ANKI_RPC_SETTINGS"),
        help="JSON file with settings by name; the other options override it [ANKI_RPC_SETTINGS]",
    )
    serve.add_argument(
        "--host",
        default=variable("ANKI_RPC_HOST"),
        help="address to listen on, 127.0.0.1 by default [ANKI_RPC_HOST]",
    )
    serve.add_argument(
        "--port",
        type=_port,
        default=variable("ANKI_RPC_PORT"),
        help="port to listen on, 8765 by default; 0 for any free port [ANKI_RPC_PORT]",
    )
    serve.add_argument(
        "--key-file",
        type=Path,
        default=variable("ANKI_RPC_KEY_FILE"),
        help="file that contains the API key that every request must send [ANKI_RPC_KEY_FILE]",
    )
    serve.add_argument(
        "--allow-origin",
        action="append",
        metavar="ORIGIN",
        default=os.environ.get("ANKI_RPC_ALLOW_ORIGIN", "").split(),
        help="web origin that may use the gateway, besides http://localhost; may be repeated [ANKI_RPC_ALLOW_ORIGIN]",
    )
    serve.add_argument(
        "--allow-host",
        action="append",
        metavar="NAME",
        default=os.environ.get("ANKI_RPC_ALLOW_HOST", "").split(),
        help="name under which the gateway is reached, besides localhost; may be repeated [ANKI_RPC_ALLOW_HOST]",
    )
    serve.add_argument(
        "--allow-folder",
        action="append",
        metavar="PATH",
        default=os.environ.get("ANKI_RPC_ALLOW_FOLDER", "").split(os.pathsep),
        help="hidden or system folder whose files programs may use; may be repeated [ANKI_RPC_ALLOW_FOLDER]",
    )
    serve.add_argument(
        "--allow-remote-without-key",
        action="store_true",
        help="allow access from other computers without an API key [ANKI_RPC_ALLOW_REMOTE_WITHOUT_KEY]",
    )
    serve.add_argument(
        "--upgrade-scheduler",
        action="store_true",
        default=variable("ANKI_RPC_UPGRADE_SCHEDULER"),
        help="upgrade a scheduler that Anki no longer supports, after a backup; the next sync is a full one "
        "[ANKI_RPC_UPGRADE_SCHEDULER]",
    )
    serve.add_argument(
        "--sync-endpoint",
        metavar="URL",
        default=variable("ANKI_RPC_SYNC_ENDPOINT"),
        help="server to sync with, AnkiWeb by default; the account is read from ANKI_RPC_SYNC_USER and "
        "ANKI_RPC_SYNC_PASSWORD or the system's key ring [ANKI_RPC_SYNC_ENDPOINT]",
    )
    serve.add_argument(
        "--sync-after-writes",
        type=_seconds,
        metavar="SECONDS",
        help="sync when nothing has been written for this many seconds [ANKI_RPC_SYNC_AFTER_WRITES]",
    )
    serve.add_argument(
        "--log-file",
        type=Path,
        default=variable("ANKI_RPC_LOG_FILE"),
        help="log file for warnings and errors, instead of standard error; at most 1 MiB, and one older file "
        "[ANKI_RPC_LOG_FILE]",
    )
    serve.add_argument(
        "--verbose",
        action="store_true",
        default=variable("ANKI_RPC_VERBOSE"),
        help="log each call, with its caller, method and outcome, but no params, and each request with its duration "
        "[ANKI_RPC_VERBOSE]",
    )
    serve.add_argument(
        "--mcp-all-tools",
        action="store_true",
        help="offer every action to agents as a tool, not only a selection [ANKI_RPC_MCP_ALL_TOOLS]",
    )
    serve.add_argument(
        "--mcp-allow-destructive",
        action="store_true",
        help="let agents use tools that can delete data, such as deleteNotes [ANKI_RPC_MCP_ALLOW_DESTRUCTIVE]",
    )
    serve.add_argument(
        "--mcp-confirm-destructive",
        action="store_true",
        help="let agents use these tools only if the call is confirmed [ANKI_RPC_MCP_CONFIRM_DESTRUCTIVE]",
    )
    serve.add_argument(
        "--mcp-read-only",
        action="store_true",
        help="offer agents only tools that read [ANKI_RPC_MCP_READ_ONLY]",
    )

    call = commands.add_parser(
        "call",
        help="call a method and print its result",
        description="Call a method of a running gateway, in Anki or by `anki-rpc serve`, and print its result. The API "
        "key can also be set in the environment variable ANKI_RPC_KEY. Examples: `anki-rpc call deckNames`, "
        "`anki-rpc call findNotes query=deck:Italian`, `anki-rpc call notesInfo 'notes:=[1700000000001]' --table`.",
    )
    call.add_argument("method", help="name of the method")
    call.add_argument(
        "params",
        nargs="*",
        help="name=text for a text and name:=JSON for any other value, or one JSON object or list for all params",
    )
    call.add_argument("--file", metavar="PATH", help="read the params, in JSON, from a file; - is standard input")
    call.add_argument("--table", action="store_true", help="print a table instead of JSON")
    _add_gateway(call)

    doctor = commands.add_parser(
        "doctor",
        help="find out why a program cannot reach Anki",
        description="Examine port, versions, Anki, key and origin, and say what to do. Nothing is changed. The exit "
        "status is 1 if there is something to do. The API key can also be set in the environment variable "
        "ANKI_RPC_KEY.",
    )
    doctor.add_argument("--origin", help="web origin that shall have access, such as https://example.com")
    _add_gateway(doctor)

    completion = commands.add_parser(
        "completion",
        help="write a script that completes commands, methods and params in a shell",
        description='Write a completion script. For bash, put `eval "$(anki-rpc completion bash)"` into ~/.bashrc; '
        "for zsh the same, with zsh, into ~/.zshrc, after compinit; for fish, write the script to "
        "~/.config/fish/completions/anki-rpc.fish.",
    )
    completion.add_argument("shell", choices=SHELLS, help="the shell")
    completion.add_argument("--output", type=Path, help="file to write; standard output by default")
    completion.add_argument(
        "--url",
        help="address of a running gateway: completes its methods, those of extensions included; by default the "
        "methods of this version",
    )
    _add_key_file(completion)

    key = commands.add_parser(
        "key",
        help="make an API key",
        description="Make an API key and print it. It cannot be shown again: the settings file stores only a hash, "
        "which replaces an older key of the same name.",
    )
    key.add_argument("name", help="name of the key")
    key.add_argument(
        "--settings", type=Path, required=True, help="JSON file with settings; created if it does not exist"
    )
    key.add_argument(
        "--scope", action="append", required=True, help="what the key allows, such as read or change; may be repeated"
    )

    mcp = commands.add_parser(
        "mcp",
        help="connect an agent's standard input and output to a gateway",
        description="Speak the Model Context Protocol on standard input and output, for a client that starts its "
        "servers as programs. It forwards messages to a running gateway, in Anki or by `anki-rpc serve`. "
        "The API key can also be set in the environment variable ANKI_RPC_KEY.",
    )
    _add_gateway(mcp)

    spec = commands.add_parser("spec", help="write the OpenRPC document")
    spec.add_argument("--output", type=Path, help="file to write; standard output by default")
    return top
