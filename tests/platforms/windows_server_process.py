"""The command line in a process in which Python has only what it has on Windows. With `import`: imports all modules."""

import ctypes
import importlib
import os
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

OF_OTHERS = ("anki.collection", "asyncio", "pytest", "requests", "werkzeug.serving")
"""Modules of others that have another part of theirs, or other sources, on Windows."""

MORE_NAMES = {
    os: "fchmod fchown lchown pread pwrite register_at_fork sched_getaffinity sendfile setuid statvfs O_CLOEXEC "
    "O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_SYNC WNOHANG",
    select: "devpoll kqueue",
    signal: "sigwait",
    socket: "CMSG_LEN TCP_USER_TIMEOUT sethostname",
    time: "clock_gettime",
}
"""What a server could use besides the names that `without_posix` takes away."""

SIGBREAK = signal.SIGTTIN
"""The signal that stands for Ctrl-Break here, of the same number."""


def take_away():
    """Let this process find only what Python has on Windows. What is imported already stays as it is."""
    importlib.import_module("without_posix")
    for module, names in MORE_NAMES.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    socket.SO_EXCLUSIVEADDRUSE = socket.SO_KEEPALIVE
    socket.socketpair = _connected_sockets
    signal.SIGBREAK = SIGBREAK
    ctypes.WINFUNCTYPE = ctypes.CFUNCTYPE
    ctypes.windll = SimpleNamespace(kernel32=SimpleNamespace(SetConsoleCtrlHandler=_set_console_handler))
    sys.platform = "win32"


def _connected_sockets():
    """As Python makes a pair on Windows, which has none of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        one = socket.create_connection(listener.getsockname())
        return one, listener.accept()[0]


CONSOLE_EVENTS = "ANKI_RPC_CONSOLE_EVENTS"
"""The environment variable with a path: if the file exists, the console is closed."""


def _set_console_handler(handler, _):
    """As Windows does, call the handler on a thread of its own, and end the process as soon as it returns."""

    def close():
        while not os.path.exists(os.environ[CONSOLE_EVENTS]):  # noqa: PTH110
            time.sleep(0.01)
        handler(2)
        os._exit(0xC000013A & 0xFF)

    if CONSOLE_EVENTS in os.environ:
        threading.Thread(target=close, daemon=True).start()


def _main():
    for module in OF_OTHERS:
        importlib.import_module(module)
    take_away()
    from windows_server import simulate

    from addon import cli

    simulate(sys.modules["pytest"].MonkeyPatch())
    if sys.argv[1:] == ["import"]:
        for file in sorted(Path(cli.__file__).parent.rglob("*.py")):
            parts = file.relative_to(Path(cli.__file__).parents[1]).with_suffix("").parts
            if "desktop" not in parts and parts[-1] != "__main__":
                importlib.import_module(".".join(parts).removesuffix(".__init__"))
        return 0
    return cli.main()


if __name__ == "__main__":
    sys.exit(_main())
