"""A plugin for pytest: what Python lacks on Windows is gone before the tests are imported."""

import asyncio.selector_events
import ctypes
import multiprocessing.connection
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
import zoneinfo

REAL = (asyncio.selector_events, ctypes, multiprocessing.connection, shutil, subprocess, uuid, zoneinfo)
"""Modules of Python's own that have chosen between the systems when they are imported."""
MODULES = ("fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty")
NAMES = {
    os: "chown fork forkpty getegid geteuid getgid getpgid getuid killpg lchown mkfifo mknod setsid sysconf uname",
    select: "epoll poll",
    signal: "SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 alarm pause pthread_sigmask setitimer",
    socket: "AF_UNIX MSG_DONTWAIT MSG_NOSIGNAL SO_REUSEPORT",
    time: "tzset",
}

sys.modules.update(dict.fromkeys(MODULES))
for module, names in NAMES.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)


def pytest_collection(session):
    sys.platform = "win32"
