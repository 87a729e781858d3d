"""Windows for tests on other systems: some of its paths, and a computer that CPython's own `ntpath` works on."""

import errno
import importlib.util
import ntpath
import os
import sys
import types
from collections.abc import Iterable, Mapping
from pathlib import PureWindowsPath

from addon.files.path_policy import Machine, System

WINDOWS = Machine(
    System.WINDOWS,
    PureWindowsPath(r"C:\Users\Anna"),
    PureWindowsPath(r"C:\Users\Anna\AppData\Roaming\Anki2\User 1\collection.media"),
    PureWindowsPath(r"C:\Users\Anna\AppData\Roaming\Anki2"),
    (PureWindowsPath(r"\\nas\anki"), PureWindowsPath(r"D:\Shared.old")),
)
UNUSABLE = {
    "a device": [
        *(r"\\.\C:\Users\Anna\a", r"\\?\GLOBALROOT\Device\a", r"\\.\pipe\a", r"\\?\Volume{1-2}\a", r"\??\C:\a"),
        *("//./C:/a", r"\\?\C:", "NUL", "nul", "nul.mp3", r"C:\vault\CON", "con .txt", r"C:\aux\mela.mp3", "COM1"),
        *("lpt9.a.b", "com\u00b9", "CONIN$", "conout$", "prn.", "COM0", r"\\?\C:\vault\nul"),
    ],
    "a stream": [
        *("prefs21.db::$DATA", "mela.mp3:secret", r"C:\vault\mela.mp3:a:$DATA", r"C:\vault:a\mela.mp3", "ab:c"),
        r"\\?\C:\vault\mela.mp3:a",
    ],
    "the root of its drive": ["C:mela.mp3", "C:", "d:..\\a", "a:b"],
    "on another computer": [
        *(r"\\evil.example\share\mela.mp3", "//evil.example/share/a", r"\/evil.example\share\a"),
        *(r"\\?\UNC\evil.example\share\a", r"\\?\unc\evil.example\share\a", r"\\evil.example", r"\\evil.example\share"),
        *(r"\\evil.example@80\DavWWWRoot\a", r"\\127.0.0.1\C$\Windows\win.ini", r"\\localhost\C$\Users\Anna\a"),
        *(r"\\nas\ankis\a", r"\\nas2\anki\a", r"\\server\homes\anna\a", r"\\\evil\share\a", r"\\"),
    ],
}
"""Reasons why no caller may use a path, to paths whose text alone gives that reason."""

FILE_NOT_FOUND, BAD_NETPATH, NOT_A_LINK, TOO_MANY_LINKS = 2, 53, 4390, 1921
MOST_LINKS = 63


class WindowsError(OSError):
    """An error with the number that Windows gives it."""

    def __init__(self, winerror: int, path: str) -> None:
        super().__init__(errno.ENOENT if winerror == FILE_NOT_FOUND else errno.EINVAL, f"[WinError {winerror}]", path)
        self.winerror = winerror


class Windows:
    """Files, links (path to target), mapped drives (`Z:` to a share), and short names (path to the real one)."""

    def __init__(
        self,
        files: Iterable[str],
        links: Mapping[str, str],
        drives: Mapping[str, str],
        short_names: Mapping[str, str],
    ) -> None:
        self.uses: list[str] = []
        """Every path that a function of the system was called with."""
        self.servers: set[str] = set()
        """The other computers that were asked for something, and so got the user's name and password hash."""
        self._links = {ntpath.normcase(link): target for link, target in links.items()}
        self._drives = {ntpath.normcase(drive): share for drive, share in drives.items()}
        self._short = {ntpath.normcase(short): real for short, real in short_names.items()}
        self._known = {}
        for path in map(PureWindowsPath, (*files, *links)):
            self._known |= {ntpath.normcase(part): str(part) for part in (path, *path.parents)}
        self.ntpath = self._ntpath()
        self.os = types.SimpleNamespace(path=self.ntpath, readlink=self.readlink, fspath=os.fspath, listdir=self.refuse)

    def _ntpath(self) -> types.ModuleType:
        """CPython's `ntpath` with its branch for Windows."""
        nt = types.ModuleType("nt")
        nt._getfinalpathname = self.final_path
        nt.readlink = self.readlink
        nt._findfirstfile = lambda path: ntpath.basename(self._resolve(path, follow_last=False))
        nt._getfullpathname = ntpath.normpath
        spec = importlib.util.spec_from_file_location("ntpath_of_windows", ntpath.__file__)
        module = importlib.util.module_from_spec(spec)
        before = sys.modules.get("nt")
        sys.modules["nt"] = nt
        try:
            spec.loader.exec_module(module)
        finally:
            sys.modules.pop("nt") if before is None else sys.modules.update(nt=before)
        module.os = types.SimpleNamespace(
            fspath=os.fspath, fsencode=os.fsencode, getcwd=lambda: "C:\\", lstat=self.lstat, stat=self.refuse
        )
        assert module.realpath is not module.abspath
        return module

    def refuse(self, path: str) -> None:
        raise AssertionError(f"this computer cannot do that with {path!r}")

    def final_path(self, path: str) -> str:
        """`GetFinalPathNameByHandleW`, which opens the path."""
        real = self._resolve(path)
        return f"\\\\?\\UNC\\{real[2:]}" if real.startswith("\\\\") else f"\\\\?\\{real}"

    def readlink(self, path: str | PureWindowsPath) -> str:
        """`FSCTL_GET_REPARSE_POINT`, which opens the link itself but not its target."""
        real = self._resolve(path, follow_last=False)
        if ntpath.normcase(real) not in self._links:
            raise WindowsError(NOT_A_LINK, path)
        return self._links[ntpath.normcase(real)]

    def lstat(self, path: str) -> os.stat_result:
        real = self._resolve(path, follow_last=False)
        return os.stat_result((0o120000 if ntpath.normcase(real) in self._links else 0o100000, *[0] * 9))

    def _resolve(self, path: str | PureWindowsPath, *, follow_last: bool = True) -> str:
        rest = path = os.fspath(path)
        self.uses.append(path)
        for _ in range(MOST_LINKS):
            rest = rest.replace("\\\\?\\UNC\\", "\\\\").replace("\\\\?\\", "")
            drive, names = ntpath.splitdrive(ntpath.normpath(rest))
            drive = self._drives.get(ntpath.normcase(drive), drive)
            if drive.startswith("\\\\"):
                self.servers.add(drive[2:].partition("\\")[0].casefold())
                if not any(known.startswith(ntpath.normcase(drive)) for known in self._known):
                    raise WindowsError(BAD_NETPATH, path)
            real, names = f"{drive}\\", [name for name in names.split("\\") if name]
            for place, name in enumerate(names):
                real = self._entry(ntpath.join(real, name.rstrip(". ")), path)
                target = self._links.get(ntpath.normcase(real))
                if target is not None and (follow_last or place < len(names) - 1):
                    if target.startswith("\\\\?\\Volume{"):  # a disk that is mounted in a folder
                        continue
                    rest = ntpath.join(ntpath.dirname(real), target, *names[place + 1 :])
                    break
            else:
                return real
        raise WindowsError(TOO_MANY_LINKS, path)

    def _entry(self, path: str, asked: str) -> str:
        path = self._short.get(ntpath.normcase(path), path)
        if ntpath.normcase(path) not in self._known:
            raise WindowsError(FILE_NOT_FOUND, asked)
        return self._known[ntpath.normcase(path)]
