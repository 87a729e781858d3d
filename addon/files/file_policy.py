"""Which files on this computer callers may name: the rules of `path_policy`, applied to this computer.

It opens no file. A path that it cannot check is refused.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath, PureWindowsPath
from typing import NamedTuple

from ..rpc.caller import Caller, CallerKind
from ..rpc.errors import FileProblem
from ..rpc.host import Files
from .path_policy import Access, Machine, System, Unusable, absolute, refusal
from .regular_files import IN_USE, databases_of, is_one_of

_POSIX = System.MACOS if sys.platform == "darwin" else System.LINUX
SYSTEM = System.WINDOWS if isinstance(Path(), PureWindowsPath) else _POSIX


class FilePolicy(NamedTuple):
    """The folders of this computer, and the kind of caller that names files in them."""

    media: Path | None
    """The media folder of the open profile. It is always allowed, and relative paths begin there."""
    allowed: tuple[str, ...] = ()
    """Further folders that the user has allowed."""
    home: Path = Path.home()
    anki: Path | None = None
    """The folder that contains Anki's profiles."""
    kind: CallerKind = CallerKind.OTHER_COMPUTER
    """The kind of caller; by default the strictest."""

    @classmethod
    def for_caller(cls, caller: Caller, host: Files) -> FilePolicy:
        """Return the policy for a caller on a host."""
        folders = host.folders()
        return cls(folders.media, folders.allowed, folders.home, folders.anki, caller.kind)

    def resolve(self, path: str, access: Access = Access.READ) -> str:
        """Return the path without symbolic links and `..`. Raises FileProblem if the caller may not use it, or if it is
        invalid.
        """
        try:
            if "\0" in path:
                raise ValueError("embedded null byte")
            place = self._place()
            real = Path(os.path.realpath(absolute(path, place)))
            reason = refusal(real, _resolved(place), self.kind, access)
        except Unusable as error:
            raise FileProblem(f"Programs may not use {path!r}: {error}.") from None
        except (OSError, ValueError) as error:
            why = str(error.strerror if isinstance(error, OSError) else error)
            raise FileProblem(f"{why}: {path!r}") from None
        if reason:
            text = f"Programs may not use {path!r}: {reason}. The setting allowedFolders can allow its folder."
            raise FileProblem(text)
        if is_one_of(real, databases_of(self.media)):
            raise FileProblem(f"{IN_USE}: {path!r}")
        return str(real)

    def _place(self) -> Machine:
        share = os.environ.get("HOMESHARE")  # on Windows: a home folder on a server
        return Machine(
            SYSTEM, self.home, self.media, self.anki, tuple(map(Path, self.allowed)), (Path(share),) if share else ()
        )


def _resolved(place: Machine) -> Machine:
    return place._replace(
        home=_real(place.home),
        media=place.media and _real(place.media),
        anki=place.anki and _real(place.anki),
        allowed=tuple(map(_real, place.allowed)),
    )


def _real(folder: PurePath) -> Path:
    return Path(os.path.realpath(folder))
