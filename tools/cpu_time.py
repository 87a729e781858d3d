"""Run a command, and report its wall time and the CPU time of all processes that it started: cpu_time.py make test.

Processes whose parent has ended count too: this one adopts them (`PR_SET_CHILD_SUBREAPER`, Linux only).
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import time

assert sys.platform == "linux"

PR_SET_CHILD_SUBREAPER = 36
LEFT_S = 15.0
"""How long to wait for processes that the command has left behind."""


def main(command: list[str]) -> int:
    """Return the command's exit status."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begin = time.monotonic()
    process = os.posix_spawnp(command[0], command, os.environ)
    status = os.waitpid(process, 0)[1]
    seconds = time.monotonic() - begin
    while time.monotonic() < begin + seconds + LEFT_S:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = used.ru_utime + used.ru_stime
    print(f"{seconds:.0f} s, and {total:.0f} s of CPU time ({used.ru_utime:.0f} user, {used.ru_stime:.0f} system)")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
