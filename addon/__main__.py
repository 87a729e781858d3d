"""`python -m addon`: the command line.

This module compiles on older Pythons too, so that they are named as the cause: a Mac's own Python is 3.9.
"""

import json
import sys

from .version import OLDEST_PYTHON


def main() -> int:
    """Run the command line, or say that this Python is too old for it."""
    if sys.version_info < OLDEST_PYTHON:
        return _refuse("{}.{}".format(*OLDEST_PYTHON))
    from .cli import main as run  # older Pythons cannot run it

    return run()


def _refuse(oldest: str) -> int:
    """Report the cause, to a client of agents as the answer to its first request: few show what else is written."""
    version = sys.version.split()[0]
    text = f"AnkiRPC needs Python {oldest} or newer, but {sys.executable} is {version}. Start it by a newer Python."
    print(f"anki-rpc: {text}", file=sys.stderr)
    is_bridge = sys.argv[1:2] == ["mcp"] and not sys.stdin.isatty()
    for line in sys.stdin.buffer if is_bridge else ():
        try:
            id = json.loads(line)["id"]
        except (ValueError, TypeError, KeyError):  # a notification, or no message
            continue
        answer = {"jsonrpc": "2.0", "id": id, "error": {"code": -32603, "message": text}}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()
        break
    return 1


if __name__ == "__main__":
    sys.exit(main())
