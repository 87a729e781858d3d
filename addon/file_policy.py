"""Which files on this computer programs may name. It decides over paths, and opens nothing: what it cannot judge is
refused.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PureWindowsPath
from typing import NamedTuple

from .regular_files import IN_USE, databases_of, is_one_of
from .rpc.errors import FileProblem

SYSTEM = {"bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys", "usr", "library", "system"}
SYSTEM_MACOS = {"etc", "var/db", "var/root"}
"""Below /private, where symbolic links of macOS lead."""
SYSTEM_WINDOWS = {"windows", "program files", "program files (x86)", "programdata"}
HOMES = {"home", "users"}
SHARED = {"shared", "public"}
"""Below the folder of homes, but nobody's own."""


class FilePolicy(NamedTuple):
    """What the folders of this computer are to the gateway."""

    media: Path | None
    """The open profile's media folder: always allowed, and where relative paths begin."""
    allowed: tuple[str, ...] = ()
    """Folders that the user has allowed besides."""
    home: Path = Path.home()

    def resolve(self, path: str) -> str:
        """The path without symbolic links and `..`. Raises FileProblem if programs may not use it, or nobody can."""
        try:
            if "\0" in path:
                raise ValueError("embedded null byte")
            real = Path(os.path.realpath(os.path.join(self.media or "", path)))  # noqa: PTH118  (Path drops a final slash)
            reason = None if self._is_allowed(real) else refusal(real, Path(os.path.realpath(self.home)))
        except (OSError, ValueError) as error:
            why = str(error.strerror if isinstance(error, OSError) else error)
            raise FileProblem(f"{why}: {path!r}", field="path") from None
        if reason:
            text = f"Programs may not use {path!r}: {reason}. The setting allowedFolders can allow its folder."
            raise FileProblem(text, field="path")
        if is_one_of(real, databases_of(self.media)):
            raise FileProblem(f"{IN_USE}: {path!r}", field="path")
        return str(real)

    def _is_allowed(self, real: Path) -> bool:
        folders = [*([self.media] if self.media else []), *map(Path, self.allowed)]
        return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)


def refusal(path: PurePath, home: PurePath) -> str | None:
    """Why programs may not use a resolved path; None where they may. Case does not count: it may not, on the disk."""
    parts = [part.casefold() for part in path.parts[1:]]
    is_windows = isinstance(path, PureWindowsPath)
    if is_windows and path.drive.startswith(("\\\\.\\", "\\\\?\\")):
        return "it is a device"
    first = parts[0] if parts else ""
    is_private = first == "private" and any("/".join(parts[1:]).startswith(folder) for folder in SYSTEM_MACOS)
    if first in (SYSTEM_WINDOWS if is_windows else SYSTEM) or is_private:
        return "it belongs to the system"
    own = [part.casefold() for part in home.parts[1:]]
    is_own = parts[: len(own)] == own
    is_home = first == "root" or (first in HOMES and len(parts) > 1 and parts[1] not in SHARED)
    if is_home and not (is_own and own):  # a service may have `/` for its home
        return "it belongs to another user"
    is_hidden = is_own and any(part.startswith(".") for part in parts[len(own) :])
    return "it is hidden, or in a hidden folder" if is_hidden else None
