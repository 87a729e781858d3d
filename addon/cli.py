"""The commands of `anki-rpc`; `terminal/arguments.py` has their options."""

from __future__ import annotations

import argparse
import errno
import gc
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import keys, logs
from .terminal.arguments import parser, variable
from .text import encoding
from .text.origins import EVERY, is_origin

if TYPE_CHECKING:
    from .config import Config
    from .headless.base_folder import BaseFolder
    from .terminal.connection import Connection


class CannotRun(Exception):
    """The command cannot run with these options or files. The message says why, and what to do."""


def _serve(options: argparse.Namespace) -> None:
    gc.disable()  # what a start creates stays; `serve` turns it on again

    from .config import ConfigError
    from .headless.serve import serve
    from .headless.sync import Account

    handler = _log_file(options.log_file) if options.log_file else logging.StreamHandler()
    handler.setFormatter(logs.Redacting())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    if _is_on(options.verbose, "ANKI_RPC_VERBOSE"):
        logging.getLogger("anki_rpc.calls").setLevel(logging.INFO)
    path, base = _served(options)
    try:
        account = Account.load(options.sync_endpoint)  # before the environment is copied, as it removes the password
        serve(
            path,
            _config(options),
            account,
            options.key_file,
            base=base,
            log_file=options.log_file,
            upgrade_scheduler=_is_on(options.upgrade_scheduler, "ANKI_RPC_UPGRADE_SCHEDULER"),
        )
    except ConfigError as error:
        raise CannotRun(str(error)) from None


def _is_on(given: bool | str | None, name: str) -> bool:  # noqa: FBT001  (an option, or the text of its variable)
    """Return whether a switch is on that an option or a variable sets."""
    from .headless.environment import switch

    try:
        return switch(given) if isinstance(given, str) else bool(given)
    except ValueError as error:
        raise CannotRun(f"environment variable {name}: {error}") from None


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
    from .headless.environment import reject_misspelt, settings_of
    from .terminal.completion import variables_of

    for origin in options.allow_origin:
        if origin != EVERY and not is_origin(origin):
            raise CannotRun(f"{origin!r} is not an origin. Use a scheme and no path, such as https://example.com.")
    stored = _settings(options.settings) if options.settings else {}
    reject_misspelt(os.environ, variables_of(parser()))
    stored |= settings_of(os.environ)
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
    _store(options.settings, json.dumps(changed, ensure_ascii=False, indent=2) + "\n")
    print(key)


def _store(path: Path, text: str) -> None:
    """Replace the text of a file. If the disk is full, the file stays as it is.

    It is written in place, so it keeps its owner, and can be a link or a single file that a container mounts. A copy
    beside it shows first that there is room, if its folder accepts one.
    """
    from tempfile import TemporaryFile

    try:
        with TemporaryFile(dir=path.resolve().parent) as copy:
            copy.write(text.encode())
            copy.flush()
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
    path.write_text(text, encoding="utf-8")


def _call(options: argparse.Namespace) -> None:
    from .terminal import call

    if options.params and options.file:
        raise CannotRun("Params come either from arguments or from --file, not from both.")
    try:
        params = call.read_json(_input(options.file)) if options.file else call.params_of(options.params)
        result = call.call(_connection(options), options.method, params)
    except (ValueError, call.CannotCall) as error:
        raise CannotRun(str(error)) from None
    print(call.as_table(result) if options.table else call.as_json(result))


def _input(path: str) -> str:
    """Read params from a file, or from standard input if the path is a hyphen."""
    if path != "-":
        return _text("params", Path(path))
    try:
        return encoding.decode(sys.stdin.buffer.read())
    except UnicodeDecodeError:
        raise CannotRun("Standard input is not text in UTF-8 or UTF-16.") from None


def _connection(options: argparse.Namespace, **more: float) -> Connection:
    from .terminal.connection import Connection

    try:
        return Connection(options.url, _gateway_key(options), **more)
    except ValueError as error:
        raise CannotRun(str(error)) from None


def _gateway_key(options: argparse.Namespace) -> str | None:
    return _key(Path(options.key_file)) if options.key_file else variable("ANKI_RPC_KEY")


def _doctor(options: argparse.Namespace) -> int:
    from .terminal.doctor import WAIT_S, examine

    is_well = True
    connection = _connection(options, timeout=WAIT_S)
    for finding in examine(connection, has_key=bool(_gateway_key(options)), origin=options.origin):
        print(finding.line)
        is_well = is_well and finding.advice is None
    return 0 if is_well else 1


def _completion(options: argparse.Namespace) -> None:
    from .rpc.openrpc import stored
    from .terminal import call
    from .terminal.completion import methods_of, script

    try:
        document = call.call(_connection(options), "rpc.discover", {}) if options.url else stored()
    except call.CannotCall as error:
        raise CannotRun(str(error)) from None
    _write(script(options.shell, parser(), methods_of(document)), options.output)


def _mcp(options: argparse.Namespace) -> None:
    """Run the bridge. It needs only Python, so it runs from the add-on's folder without Anki and its libraries."""
    from .mcp.stdio_bridge import Bridge

    try:
        bridge = Bridge(options.url, _gateway_key(options), sys.stdout.buffer)
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

    _write(to_text(contract()), options.output)


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")


COMMANDS: dict[str, Callable[[argparse.Namespace], int | None]] = {
    "serve": _serve,
    "call": _call,
    "doctor": _doctor,
    "completion": _completion,
    "key": _make_key,
    "mcp": _mcp,
    "spec": _spec,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit status: 0, or 1 after an error. A wrong option exits with status 2."""
    encoding.use_utf8()
    options = parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options) or 0
    except (OSError, CannotRun) as error:
        print(f"anki-rpc: {error}", file=sys.stderr)
        return 1
