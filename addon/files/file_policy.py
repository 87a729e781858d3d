"""Which files on this computer callers may name: `path_policy`, with the facts of this computer.

It opens nothing, and what it cannot judge is refused.
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
    """What the folders of this computer are to the gateway, and who asks."""

    media: Path | None
    """The open profile's media folder: always allowed, and where relative paths begin."""
    allowed: tuple[str, ...] = ()
    """Folders that the user has allowed besides."""
    home: Path = Path.home()
    anki: Path | None = None
    """Where Anki keeps its profiles."""
    kind: CallerKind = CallerKind.OTHER_COMPUTER
    """Who asks. Until that is known, the strictest counts."""

    @classmethod
    def for_caller(cls, caller: Caller, host: Files) -> FilePolicy:
        """What a caller may name on a host."""
        folders = host.folders()
        return cls(folders.media, folders.allowed, folders.home, folders.anki, caller.kind)

    def resolve(self, path: str, access: Access = Access.READ) -> str:
        """The path without symbolic links and `..`. Raises FileProblem if the caller may not use it, or nobody can."""
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
        share = os.environ.get("HOMESHARE")  # of Windows: a home on a server
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
