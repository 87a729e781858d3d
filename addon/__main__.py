"""The command line: `anki-rpc serve` and `anki-rpc spec`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .config import Config, ConfigError
from .version import VERSION


def _variable(name: str) -> str | None:
    """An environment variable; an empty one, as compose files pass on, counts as none."""
    return os.environ.get(name) or None


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:6]) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 0 to 65535")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anki-rpc", description="A JSON-RPC 2.0 gateway to Anki.")
    parser.add_argument("--version", action="version", version=f"AnkiRPC {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser(
        "serve",
        help="serve a collection without a window",
        description="Serve a collection without a window. Each option can also be given by the environment.",
    )
    serve.add_argument(
        "--collection",
        type=Path,
        default=_variable("ANKI_RPC_COLLECTION"),
        help="collection file; made if there is none [ANKI_RPC_COLLECTION]",
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
        help="port to listen on, 8765 by default; 0 for any free one [ANKI_RPC_PORT]",
    )
    serve.add_argument(
        "--key-file",
        type=Path,
        default=_variable("ANKI_RPC_KEY_FILE"),
        help="file whose content is the API key that every request must carry [ANKI_RPC_KEY_FILE]",
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
        help="hidden or system folder whose files programs may name; may be repeated [ANKI_RPC_ALLOW_FOLDER]",
    )
    serve.add_argument(
        "--allow-remote-without-key",
        action="store_true",
        default=_variable("ANKI_RPC_ALLOW_REMOTE_WITHOUT_KEY") == "1",
        help="let other computers in although there is no key; `1` [ANKI_RPC_ALLOW_REMOTE_WITHOUT_KEY]",
    )
    serve.add_argument(
        "--max-media-size",
        type=int,
        metavar="MIB",
        default=_variable("ANKI_RPC_MAX_MEDIA_SIZE"),
        help="largest file that PUT /media/ takes, in MiB, 100 by default [ANKI_RPC_MAX_MEDIA_SIZE]",
    )
    serve.add_argument(
        "--sync-endpoint",
        metavar="URL",
        default=_variable("ANKI_RPC_SYNC_ENDPOINT"),
        help="server to sync with, AnkiWeb by default; the account is taken from ANKI_RPC_SYNC_USER and "
        "ANKI_RPC_SYNC_PASSWORD, or the system's key ring [ANKI_RPC_SYNC_ENDPOINT]",
    )
    serve.set_defaults(run=_serve)

    spec = commands.add_parser("spec", help="write the OpenRPC document")
    spec.add_argument("--output", type=Path, help="file to write; standard output by default")
    spec.set_defaults(run=_spec)
    return parser


def _serve(options: argparse.Namespace) -> None:
    from . import headless
    from .headless_sync import Account

    settings: dict[str, object] = {
        "webBindAddress": options.host and options.host.strip("[]"),
        "webBindPort": options.port,
        "apiKey": options.key_file and _key(options.key_file),
        "allowedHosts": [*Config().allowed_hosts, *options.allow_host],
        "allowedFolders": [folder for folder in options.allow_folder if folder],
        "allowRemoteWithoutKey": options.allow_remote_without_key,
        "maxMediaSize": options.max_media_size,
        "webCorsOriginList": [*Config().web_cors_origin_list, *options.allow_origin],
    }
    given = {name: value for name, value in settings.items() if value is not None}
    account = Account.load(options.sync_endpoint)  # before the environment is copied: it takes the password out
    ours = {"ANKICONNECT_BIND_ADDRESS"} if options.host else set()  # the option wins
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    path = options.collection or headless.default_collection()
    headless.serve(path.expanduser().resolve(), Config.load(given, environment), account, options.key_file)


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"the key file {path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"the key file {path} is not text") from None
    if not key:
        raise ConfigError(f"the key file {path} is empty")
    return key


def _spec(options: argparse.Namespace) -> None:
    from . import actions  # noqa: F401  (fills the registry)
    from .rpc import openrpc
    from .rpc.registry import REGISTRY

    text = openrpc.to_text(openrpc.document(REGISTRY))
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 for what went wrong, or 2 for a wrong option."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (OSError, ConfigError) as error:
        print(f"anki-rpc: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
