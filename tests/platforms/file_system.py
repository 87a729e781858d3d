"""A file system on Linux that behaves as those of Windows and macOS do. It passes everything on to a folder.

    python tests/platforms/file_system.py FOLDER MOUNTPOINT TRAIT...

Traits of Windows:

- `case`: names that differ only in case are one name (also on macOS). A file that moves onto another gets the name that
  the call says.
- `devices`: every name that begins with `NUL.` or another device's name is that device, in every folder: it exists,
  reads as empty, and swallows what is written (Windows 10).
- `ports`: the same, but to open a device blocks, as that of a serial port does.
- `sharing`: a file that is open can be neither renamed nor deleted nor replaced. If all who have it open share its
  deletion, it can be renamed and deleted, but not replaced, and a deleted name stays taken until the file is closed.
- `readonly`: a file without permission to write can be neither deleted nor replaced. It can be renamed.
- `scanner`: with `sharing`; another program opens each file that was written, for 0.3 seconds, and shares no deletion.
- `nolinks`: there are no hard links (FAT).

Traits of macOS: `forms`, names that differ only in their Unicode form are one name.

`kill` ends a process, as `kill -9` does, as soon as it has moved a file out of the media folder.

A process shares deletion if it opens a file with O_NONBLOCK (so do we; on Windows by FILE_SHARE_DELETE) or O_NOFOLLOW
(Python's temporary files; on Windows O_TEMPORARY shares deletion). The error of Windows that another program uses the
file (32) is EBUSY, as Linux reports it of a mounted disk of Windows; that access is denied (5) is EACCES.
"""

import errno
import os
import signal
import stat
import sys
import threading
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import mfusepy

SCAN_S = 0.3
"""Seconds for which the virus scanner opens a file."""
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    "clock$",
    *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
}
SHARES_DELETION = os.O_NONBLOCK | os.O_NOFOLLOW
STATUS = ("st_atime_ns", "st_ctime_ns", "st_gid", "st_ino", "st_mode", "st_mtime_ns", "st_nlink", "st_size", "st_uid")


@dataclass
class Handle:
    """How somebody has a file open."""

    path: Path
    file: tuple[int, int]
    shares: bool
    """Whether the file may be renamed and deleted meanwhile."""
    is_scanned: bool
    is_written: bool = False


class FileSystem(mfusepy.Operations):
    """Knows of each open file who has it open, and how."""

    use_ns = True
    flag_nullpath_ok = 1  # a file that is deleted while it is open has no path

    def __init__(self, folder, traits):
        self._folder, self._traits = folder, traits
        self._lock = threading.RLock()
        self._open = {}  # descriptor -> handle
        self._scanned = {}  # file -> when the scanner closes it
        self._deleted = set()  # paths of deleted files that are still open

    # --- names ---

    def _real(self, path):
        """The path in the folder: of the entry that the name means, if there is one."""
        real = self._folder
        for name in filter(None, path.split("/")):
            folder, real = real, real / name
            if folder.is_dir() and not os.path.lexists(real):
                names = [entry.name for entry in folder.iterdir()]
                real = folder / next((other for other in names if self._key(other) == self._key(name)), name)
        return real

    def _key(self, name):
        name = unicodedata.normalize("NFC", name) if "forms" in self._traits else name
        return name.casefold() if "case" in self._traits else name

    def _is_device(self, path):
        base = path.rpartition("/")[2].partition(".")[0]
        return self._traits & {"devices", "ports"} and base.rstrip(" ").casefold() in DEVICES

    # --- who has a file open ---

    def _users(self, real):
        """Of each who has the file open, whether deletion is shared."""
        file = _identity(real)
        users = [handle.shares for handle in self._open.values() if handle.file == file]
        return [*users, False] if self._scanned.get(file, 0) > time.monotonic() else users

    def _is_open(self, real):
        """Whether the file was opened by this name."""
        return any(handle.path == real for handle in self._open.values())

    def _check_move(self, real):
        """Raise if the file can be neither renamed nor deleted."""
        if real in self._deleted or ("sharing" in self._traits and not all(self._users(real))):
            raise OSError(errno.EBUSY, "")

    def _check_end(self, real):
        """Raise if the file can be neither deleted nor replaced."""
        if "readonly" in self._traits and real.is_file() and not real.stat().st_mode & 0o200:
            raise OSError(errno.EACCES, "")

    def _check_free(self, real):
        """Raise if the name is that of a deleted file."""
        if real in self._deleted:
            raise OSError(errno.EBUSY, "")

    def _opened(self, real, flags, descriptor):
        shares, is_scanned = bool(flags & SHARES_DELETION), not _is_database(real.name)
        self._open[descriptor] = Handle(real, _identity(real), shares, is_scanned)
        return descriptor

    # --- what a file system does ---

    def getattr(self, path, fh=None):
        if path is not None and self._is_device(path):
            kind = stat.S_IFIFO if "ports" in self._traits else stat.S_IFCHR
            return {"st_mode": kind | 0o666, "st_nlink": 1, "st_ino": 0, "st_rdev": Path(os.devnull).stat().st_rdev}
        if fh is None:
            self._check_free(real := self._real(path))
        status = real.lstat() if fh is None else os.fstat(fh)
        return {name.removesuffix("_ns"): getattr(status, name) for name in STATUS}

    def readdir(self, path, fh):
        with os.scandir(self._real(path)) as entries:
            names = {entry.name: entry.inode() for entry in entries}
        return [(name, {"st_ino": inode}, 0) for name, inode in {".": 1, "..": 1, **names}.items()]

    def open(self, path, flags):
        with self._lock:
            real = self._real(path)
            self._check_free(real)
            if flags & (os.O_WRONLY | os.O_RDWR):
                self._check_end(real)
            return self._opened(real, flags, os.open(real, flags & ~os.O_NOFOLLOW))

    def create(self, path, mode, flags):
        with self._lock:
            real = self._real(path)
            self._check_free(real)
            descriptor = os.open(real, flags & ~os.O_NOFOLLOW | os.O_CREAT, mode)
            self._scanned.pop(_identity(real), None)  # of a deleted file that had this number
            return self._opened(real, flags, descriptor)

    def release(self, path, fh):
        with self._lock:
            handle = self._open.pop(fh)
            os.close(fh)
            if handle.is_written and handle.is_scanned and "scanner" in self._traits:
                self._scanned[handle.file] = time.monotonic() + SCAN_S
            if handle.path in self._deleted and not self._is_open(handle.path):
                self._deleted.remove(handle.path)
                handle.path.unlink()
        return 0

    def read(self, path, size, offset, fh):
        return os.pread(fh, size, offset)

    def write(self, path, data, offset, fh):
        self._open[fh].is_written = True
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        os.truncate(self._real(path) if fh is None else fh, length)

    def flush(self, path, fh):
        return 0

    def fsync(self, path, datasync, fh):
        return 0

    def unlink(self, path):
        with self._lock:
            real = self._real(path)
            self._check_move(real)
            self._check_end(real)
            if "sharing" in self._traits and self._is_open(real):
                self._deleted.add(real)
            else:
                real.unlink()

    def rename(self, old, new):
        if self._is_device(new):
            raise OSError(errno.EACCES, "")
        with self._lock:
            source, target = self._real(old), self._real(new)
            wanted = target.with_name(new.rpartition("/")[2])
            self._check_move(source)
            self._check_free(target)
            if target != source and os.path.lexists(target):
                self._check_end(target)
                if "sharing" in self._traits and self._users(target):
                    raise OSError(errno.EACCES, "")
                if target != wanted:
                    target.unlink()
            source.rename(wanted)
            for handle in self._open.values():
                handle.path = wanted if handle.path == source else handle.path
        if "kill" in self._traits and source.parent.suffix == ".media" and wanted.parent != source.parent:
            os.kill(mfusepy.fuse_get_context()[2], signal.SIGKILL)

    def link(self, target, source):
        if "nolinks" in self._traits:
            raise OSError(errno.EPERM, "")
        with self._lock:
            real = self._real(target)
            self._check_free(real)
            real.hardlink_to(self._real(source))

    def symlink(self, target, source):
        self._real(target).symlink_to(source)

    def readlink(self, path):
        return str(self._real(path).readlink())

    def mkdir(self, path, mode):
        self._real(path).mkdir(mode)

    def rmdir(self, path):
        self._real(path).rmdir()

    def chmod(self, path, mode):
        self._real(path).chmod(mode)

    def chown(self, path, uid, gid):
        return 0

    def utimens(self, path, times=None):
        os.utime(self._real(path), ns=times)

    def statfs(self, path):
        status = os.statvfs(self._folder)
        return {name: getattr(status, name) for name in dir(status) if name.startswith("f_") and name != "f_fsid"}


def _identity(path):
    status = path.lstat()
    return status.st_dev, status.st_ino


def _is_database(path):
    return ".anki2" in path or ".media.db2" in path


if __name__ == "__main__":
    mfusepy.FUSE(
        FileSystem(Path(sys.argv[1]).resolve(), frozenset(sys.argv[3:])),
        sys.argv[2],
        foreground=True,
        hard_remove=True,
        use_ino=True,
        dev="devices" in sys.argv,
        attr_timeout=0,
        entry_timeout=0,
        negative_timeout=0,
    )
