"""The command line: `anki-rpc serve`, `anki-rpc mcp`, `anki-rpc key` and `anki-rpc spec`."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import keys, logs
from .text import encoding
from .text.origins import EVERY, is_origin
from .version import VERSION

if TYPE_CHECKING:
    from .config import Config
    from .headless.base_folder import BaseFolder


class CannotRun(Exception):
    """The command cannot run with these options or files. The message says why, and what to do."""


def _variable(name: str) -> str | None:
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anki-rpc", description="A JSON-RPC 2.0 gateway to Anki.")
    parser.add_argument("--version", action="version", version=f"AnkiRPC {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser(
        "serve",
        help="serve a collection without a window",
        description="Serve a collection without a window. Each option can also be set by an environment variable: a "
        "switch by 1, several origins or hosts separated by spaces.",
    )
    serve.add_argument(
        "--collection",
        type=Path,
        default=_variable("ANKI_RPC_COLLECTION"),
        help="collection file; created if it does not exist [ANKI_RPC_COLLECTION]",
    )
    serve.add_argument(
        "--base",
        type=Path,
        metavar="FOLDER",
        default=_variable("ANKI_RPC_BASE"),
        help="Anki's base folder, instead of a collection file: its profiles are served, one at a time [ANKI_RPC_BASE]",
    )
    serve.add_argument(
        "--profile",
        metavar="NAME",
        default=_variable("ANKI_RPC_PROFILE"),
        help="profile of the base folder to open at the start; by default the one that Anki would open "
        "[ANKI_RPC_PROFILE]",
    )
    serve.add_argument(
        "--settings",
        type=Path,
        default=_variable("ANKI_RPC_SETTINGS"),
        help="JSON file with settings by name; the other options override it [ANKI_RPC_SETTINGS]",
    )
    serve.add_argument(
        "--host",
        default=_variable("ANKI_RPC_HOST"),
        help="address to listen on, 127.0.0.1 by default [ANKI_RPC_HOST]",
    )
    serve.add_argument(
        "--port",
        type=_port,
        default=_variable("ANKI_RPC_PORT"),
        help="port to listen on, 8765 by default; 0 for any free port [ANKI_RPC_PORT]",
    )
    serve.add_argument(
        "--key-file",
        type=Path,
        default=_variable("ANKI_RPC_KEY_FILE"),
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
        default=_variable("ANKI_RPC_ALLOW_REMOTE_WITHOUT_KEY") == "1",
        help="allow access from other computers without an API key [ANKI_RPC_ALLOW_REMOTE_WITHOUT_KEY]",
    )
    serve.add_argument(
        "--upgrade-scheduler",
        action="store_true",
        default=_variable("ANKI_RPC_UPGRADE_SCHEDULER") == "1",
        help="upgrade a scheduler that Anki no longer supports, after a backup; the next sync is a full one "
        "[ANKI_RPC_UPGRADE_SCHEDULER]",
    )
    serve.add_argument(
        "--sync-endpoint",
        metavar="URL",
        default=_variable("ANKI_RPC_SYNC_ENDPOINT"),
        help="server to sync with, AnkiWeb by default; the account is read from ANKI_RPC_SYNC_USER and "
        "ANKI_RPC_SYNC_PASSWORD or the system's key ring [ANKI_RPC_SYNC_ENDPOINT]",
    )
    serve.add_argument(
        "--sync-after-writes",
        type=_seconds,
        metavar="SECONDS",
        default=_variable("ANKI_RPC_SYNC_AFTER_WRITES"),
        help="sync when nothing has been written for this many seconds [ANKI_RPC_SYNC_AFTER_WRITES]",
    )
    serve.add_argument(
        "--log-file",
        type=Path,
        default=_variable("ANKI_RPC_LOG_FILE"),
        help="log file for warnings and errors, instead of standard error; at most 1 MiB, and one older file "
        "[ANKI_RPC_LOG_FILE]",
    )
    serve.add_argument(
        "--mcp-all-tools",
        action="store_true",
        default=_variable("ANKI_RPC_MCP_ALL_TOOLS") == "1",
        help="offer every action to agents as a tool, not only a selection [ANKI_RPC_MCP_ALL_TOOLS]",
    )
    serve.add_argument(
        "--mcp-allow-destructive",
        action="store_true",
        default=_variable("ANKI_RPC_MCP_ALLOW_DESTRUCTIVE") == "1",
        help="let agents use tools that can delete data, such as deleteNotes [ANKI_RPC_MCP_ALLOW_DESTRUCTIVE]",
    )
    serve.add_argument(
        "--mcp-confirm-destructive",
        action="store_true",
        default=_variable("ANKI_RPC_MCP_CONFIRM_DESTRUCTIVE") == "1",
        help="let agents use these tools only if the call is confirmed [ANKI_RPC_MCP_CONFIRM_DESTRUCTIVE]",
    )
    serve.add_argument(
        "--mcp-read-only",
        action="store_true",
        default=_variable("ANKI_RPC_MCP_READ_ONLY") == "1",
        help="offer agents only tools that read [ANKI_RPC_MCP_READ_ONLY]",
    )
    serve.set_defaults(run=_serve)

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
    key.set_defaults(run=_make_key)

    mcp = commands.add_parser(
        "mcp",
        help="connect an agent's standard input and output to a gateway",
        description="Speak the Model Context Protocol on standard input and output, for a client that starts its "
        "servers as programs. It forwards messages to a running gateway, in Anki or by `anki-rpc serve`. "
        "The API key can also be set in the environment variable ANKI_RPC_KEY.",
    )
    mcp.add_argument(
        "--url",
        default=_variable("ANKI_RPC_URL") or "http://127.0.0.1:8765",
        help="address of the gateway, http://127.0.0.1:8765 by default [ANKI_RPC_URL]",
    )
    mcp.add_argument(
        "--key-file",
        type=Path,
        default=_variable("ANKI_RPC_KEY_FILE"),
        help="file that contains the gateway's API key [ANKI_RPC_KEY_FILE]",
    )
    mcp.set_defaults(run=_mcp)

    spec = commands.add_parser("spec", help="write the OpenRPC document")
    spec.add_argument("--output", type=Path, help="file to write; standard output by default")
    spec.set_defaults(run=_spec)
    return parser


def _serve(options: argparse.Namespace) -> None:
    gc.disable()  # what a start creates stays; `serve` turns it on again

    from .config import ConfigError
    from .headless.serve import serve
    from .headless.sync import Account

    handler = _log_file(options.log_file) if options.log_file else logging.StreamHandler()
    handler.setFormatter(logs.Redacting())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    path, base = _served(options)
    try:
        account = Account.load(options.sync_endpoint)  # before the environment is copied, as it removes the password
        serve(
            path,
            _config(options),
            account,
            options.key_file,
            base=base,
            upgrade_scheduler=options.upgrade_scheduler,
        )
    except ConfigError as error:
        raise CannotRun(str(error)) from None


def _served(options: argparse.Namespace) -> tuple[Path, BaseFolder | None]:
    """Return the collection file to serve, and the base folder that it belongs to if one is named."""
    from .headless.base_folder import BaseFolder
    from .headless.serve import default_collection

    if options.base and options.collection:
        raise CannotRun(
            "Name either a base folder (--base or ANKI_RPC_BASE) or a collection file (--collection or "
            "ANKI_RPC_COLLECTION), not both."
        )
    if options.profile and not options.base:
        raise CannotRun(
            "A profile (--profile or ANKI_RPC_PROFILE) belongs to a base folder. Name the folder by --base."
        )
    try:
        if not options.base:
            return (options.collection or default_collection()).expanduser().resolve(), None
        base = BaseFolder(options.base.expanduser().resolve())
    except RuntimeError as error:
        what = f"base folder {options.base}" if options.base else f"collection {options.collection}"
        raise CannotRun(f"The {what} cannot be found: {error}") from None
    return base.collection(base.first(options.profile)), base


def _log_file(path: Path) -> logging.Handler:
    """Return the handler of the log file. Creates the file at once, so that an error shows before it is needed."""
    try:
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        raise CannotRun(f"The log file {path} cannot be written: {error.strerror or error}") from None
    return logs.LogFile(path)


def _config(options: argparse.Namespace) -> Config:
    """Combine the settings file, the environment and the options; each overrides the one before."""
    from .config import Config

    for origin in options.allow_origin:
        if origin != EVERY and not is_origin(origin):
            raise CannotRun(f"{origin!r} is not an origin. Use a scheme and no path, such as https://example.com.")
    stored = _settings(options.settings) if options.settings else {}
    base = Config.load(stored, {})
    lists = {
        "allowedHosts": (base.allowed_hosts, options.allow_host),
        "allowedFolders": (base.allowed_folders, options.allow_folder),
        "webCorsOriginList": (base.web_cors_origin_list, options.allow_origin),
    }
    settings: dict[str, Any] = {
        "webBindAddress": options.host and options.host.strip("[]"),
        "webBindPort": options.port,
        "apiKey": options.key_file and _key(options.key_file),
        "allowRemoteWithoutKey": options.allow_remote_without_key or None,
        "syncAfterWrites": options.sync_after_writes,
        "mcpAllTools": options.mcp_all_tools or None,
        "mcpAllowDestructive": options.mcp_allow_destructive or None,
        "mcpConfirmDestructive": options.mcp_confirm_destructive or None,
        "mcpReadOnly": options.mcp_read_only or None,
        **{name: [*known, *more] for name, (known, more) in lists.items() if more},
    }
    given = {name: value for name, value in settings.items() if value is not None}
    ours = {"ANKICONNECT_BIND_ADDRESS"} if options.host else set()  # the option overrides it
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return Config.load({**stored, **given}, environment)


def _settings(path: Path) -> dict[str, Any]:
    text = _text("settings", path)
    try:
        settings = json.loads(text, object_pairs_hook=_without_repetition)
    except _Repeated as error:
        raise CannotRun(f"The settings file {path} contains {error} twice. Remove one of them.") from None
    except ValueError as error:
        raise CannotRun(f"The settings file {path} is not valid JSON: {error}") from None
    if not isinstance(settings, dict):
        raise CannotRun(f"The settings file {path} must contain a JSON object, such as {{}}.")
    _check(settings)
    return settings


class _Repeated(Exception):
    """A JSON object has two members of the name in the message. JSON does not define which of them counts."""


def _without_repetition(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in members:
        if name in found:
            raise _Repeated(name)
        found[name] = value
    return found


def _check(settings: dict[str, Any]) -> None:
    from .config import Config, ConfigError

    try:
        Config.load(settings, {})
    except ConfigError as error:
        raise CannotRun(str(error)) from None


def _make_key(options: argparse.Namespace) -> None:
    settings = _settings(options.settings) if options.settings.exists() else {}
    key = keys.generate()
    entry = {"key": keys.hash_key(key), "scopes": options.scope}
    changed = {**settings, "keys": {**settings.get("keys", {}), options.name: entry}}
    _check(changed)
    options.settings.write_text(json.dumps(changed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(key)


def _mcp(options: argparse.Namespace) -> None:
    """Run the bridge. It needs only Python, so it runs from the add-on's folder without Anki and its libraries."""
    from .mcp.stdio_bridge import Bridge

    key = _key(Path(options.key_file)) if options.key_file else _variable("ANKI_RPC_KEY")
    try:
        bridge = Bridge(options.url, key, sys.stdout.buffer)
    except ValueError as error:
        raise CannotRun(str(error)) from None
    bridge.run(sys.stdin.buffer)


def _key(path: Path) -> str:
    key = _text("key", path).strip()
    if not key:
        raise CannotRun(f"The key file {path} is empty. Write the API key into it.")
    return key


def _text(kind: str, path: Path) -> str:
    try:
        return encoding.read_text(path)
    except OSError as error:
        raise CannotRun(f"The {kind} file {path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise CannotRun(f"The {kind} file {path} is not a text file in UTF-8 or UTF-16. Save it as UTF-8.") from None


def _spec(options: argparse.Namespace) -> None:
    from .gateway import contract
    from .rpc.openrpc import to_text

    text = to_text(contract())
    if options.output:
        options.output.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit status: 0, or 1 after an error. A wrong option exits with status 2."""
    encoding.use_utf8()
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (OSError, CannotRun) as error:
        print(f"anki-rpc: {error}", file=sys.stderr)
        return 1
    return 0
