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
from ..rpc.host import Files, home_folder
from ..text.folders import home_share
from .path_policy import Access, Machine, System, Unusable, absolute, plain_spelling, refusal
from .regular_files import IN_USE, databases_of, is_one_of

_POSIX = System.MACOS if sys.platform == "darwin" else System.LINUX
SYSTEM = System.WINDOWS if isinstance(Path(), PureWindowsPath) else _POSIX
_MOST_LINKS = 63
"""Links in one path; Windows itself follows no more."""


class FilePolicy(NamedTuple):
    """The folders of this computer, and the kind of caller that names files in them."""

    media: Path | None
    """The media folder of the open profile. It is always allowed, and relative paths begin there."""
    allowed: tuple[str, ...] = ()
    """Further folders that the user has allowed."""
    home: Path = home_folder()
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
            text = absolute(path, place)
            if SYSTEM is System.WINDOWS:
                text = _without_links(text, place)
            place = _resolved(place)
            real = Path(absolute(os.path.realpath(text), place))  # a drive may be a folder on another computer
            reason = refusal(real, place, self.kind, access)
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
        share = home_share()
        shares = (Path(share),) if share else ()
        return Machine(SYSTEM, self.home, self.media, self.anki, tuple(map(Path, self.allowed)), shares)


def _without_links(path: str, place: Machine) -> str:
    """Return a path of Windows without its links. Raises Unusable if a link leads to what must not be opened.

    `realpath` alone would open the target first, which may be on another computer.
    """
    for _ in range(_MOST_LINKS):
        found = _first_link(PureWindowsPath(path))
        if found is None:
            return path
        link, target = found
        rest = PureWindowsPath(path).relative_to(link)
        path = absolute(str(link.parent / plain_spelling(target) / rest), place)
    raise Unusable("it leads through too many links")


def _first_link(path: PureWindowsPath) -> tuple[PureWindowsPath, PureWindowsPath] | None:
    """Return the first link in a path, and its target. A disk that is mounted in a folder is no link."""
    for part in (*reversed(path.parents), path):
        try:
            target = os.readlink(part)  # noqa: PTH115  (it opens the link itself, and not its target)
        except (OSError, ValueError):  # no link
            continue
        if not target.startswith("\\\\?\\Volume{"):
            return part, PureWindowsPath(target)
    return None


def _resolved(place: Machine) -> Machine:
    return place._replace(
        home=_real(place.home),
        media=place.media and _real(place.media),
        anki=place.anki and _real(place.anki),
        allowed=tuple(map(_real, place.allowed)),
    )


def _real(folder: PurePath) -> Path:
    return Path(os.path.realpath(folder))
