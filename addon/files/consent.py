"""The consent of the person that a program may use a folder, which macOS asks for (Documents, Desktop, other disks).

The program waits inside the system until the question is answered, at the first use of such a folder.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress

from .file_policy import SYSTEM
from .path_policy import System

_DENIED = os.strerror(errno.EPERM)
"""Part of the errors of Python and of Anki. Permissions of files, which macOS does not ask about, give EACCES."""
ADVICE = (
    "macOS does not allow this program to use the folder. "
    "Allow it in System Settings > Privacy & Security > Files and Folders."
)


def await_consent(path: str) -> None:
    """Wait until the system lets or forbids this process to use the folder of a file, by listing it.

    Call it on the thread of a request, before the lane or Anki's main thread uses the file: they must not wait for a
    person, nor for a disk that is slow to answer.
    """
    with suppress(OSError, ValueError):  # the real use reports it
        os.scandir(os.path.dirname(path)).close()  # noqa: PTH120


def explained(text: str) -> str:
    """Return the text of an error about a file, with what to do if macOS has forbidden the use of its folder."""
    return f"{text}. {ADVICE}" if SYSTEM is System.MACOS and _DENIED in text else text
