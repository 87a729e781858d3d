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
        default=os.environ.get("ANKI_RPC_COLLECTION"),
        help="collection file; made if there is none [ANKI_RPC_COLLECTION]",
    )
    serve.add_argument(
        "--host",
        default=os.environ.get("ANKI_RPC_HOST"),
        help="address to listen on, 127.0.0.1 by default [ANKI_RPC_HOST]",
    )
    serve.add_argument(
        "--port",
        type=int,
        default=os.environ.get("ANKI_RPC_PORT"),
        help="port to listen on, 8765 by default; 0 for any free one [ANKI_RPC_PORT]",
    )
    serve.add_argument(
        "--key-file",
        type=Path,
        default=os.environ.get("ANKI_RPC_KEY_FILE"),
        help="file whose content is the API key that every request must carry [ANKI_RPC_KEY_FILE]",
    )
    serve.add_argument(
        "--allow-origin",
        action="append",
        metavar="ORIGIN",
        default=os.environ.get("ANKI_RPC_ALLOW_ORIGIN", "").split(),
        help="web origin that may use the gateway, besides http://localhost; may be repeated [ANKI_RPC_ALLOW_ORIGIN]",
    )
    serve.set_defaults(run=_serve)

    spec = commands.add_parser("spec", help="write the OpenRPC document")
    spec.add_argument("--output", type=Path, help="file to write; standard output by default")
    spec.set_defaults(run=_spec)
    return parser


def _serve(options: argparse.Namespace) -> None:
    from . import headless

    settings: dict[str, object] = {
        "webBindAddress": options.host,
        "webBindPort": options.port,
        "apiKey": options.key_file and options.key_file.read_text().strip(),
        "webCorsOriginList": [*Config().web_cors_origin_list, *options.allow_origin],
    }
    given = {name: value for name, value in settings.items() if value is not None}
    environment = {} if options.host else os.environ
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    path = options.collection or headless.default_collection()
    headless.serve(path.expanduser().resolve(), Config.load(given, environment))


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
