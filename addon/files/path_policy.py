"""Which files callers may name, decided by the folder of the file (`TABLE`).

It works only on the text of a path and on facts that are passed in, and opens no file. So the rules of Linux, macOS
and Windows can be tested on any of them.
"""

from __future__ import annotations

import ntpath
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from pathlib import PurePath, PureWindowsPath
from typing import NamedTuple

from ..rpc.caller import CallerKind


class System(Enum):
    """The operating system that a path belongs to."""

    LINUX = "Linux"
    MACOS = "macOS"
    WINDOWS = "Windows"


class Access(Enum):
    """What the caller wants to do with the file."""

    READ = "read"
    WRITE = "write"


class Reach(Enum):
    """Which files in a folder may be used."""

    ALL = "all"
    BY_NAME = "by the end of its name"
    NONE = "none"


class Folder(Enum):
    """Kinds of folders. If several fit, the first counts."""

    ALLOWED = "the media folder, and `allowedFolders`"
    SECRETS = "folders that hold secrets"
    SYSTEM = "the system's folders"
    OTHERS = "other users' homes"
    ANKI = "Anki's own folder"
    HIDDEN = "hidden files and folders of one's own home, `AppData`, `Library`"
    REST = "everything else"


READABLE = frozenset(
    f".{ending}"
    for ending in (
        *("aac", "ac3", "aif", "aiff", "amr", "ape", "flac", "m4a", "m4b", "mid", "midi", "mka", "mp3", "oga", "ogg"),
        *("opus", "spx", "wav", "weba", "wma"),
        *("apng", "avif", "bmp", "gif", "heic", "heif", "ico", "jfif", "jp2", "jpe", "jpeg", "jpg", "jxl", "png"),
        *("svg", "tif", "tiff", "webp"),
        *("3g2", "3gp", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "ogv", "webm", "wmv"),
        *("eot", "otf", "ttc", "ttf", "woff", "woff2"),
        *("apkg", "colpkg"),
    )
)
"""File name extensions of sounds, pictures, videos, fonts and Anki packages."""
WRITABLE = frozenset({".apkg", ".colpkg"})

_ALL = (Reach.ALL, Reach.ALL)
_BY_NAME = (Reach.BY_NAME, Reach.BY_NAME)
_NONE = (Reach.NONE, Reach.NONE)
TABLE: Mapping[Folder, Mapping[CallerKind, tuple[Reach, Reach]]] = {
    folder: dict(zip(CallerKind, cells, strict=True))
    for folder, cells in {
        #               program   desktop   web    other  agent
        Folder.ALLOWED: (_ALL, _ALL, _ALL, _ALL, _ALL),
        Folder.SECRETS: (_NONE, _NONE, _NONE, _NONE, _NONE),
        Folder.SYSTEM: (_NONE, _NONE, _NONE, _NONE, _NONE),
        Folder.OTHERS: (_NONE, _NONE, _NONE, _NONE, _NONE),
        Folder.ANKI: (_BY_NAME, _BY_NAME, _NONE, _NONE, _NONE),
        Folder.HIDDEN: (_BY_NAME, _BY_NAME, _NONE, _NONE, _NONE),
        Folder.REST: (_ALL, _ALL, _ALL, _ALL, _ALL),
    }.items()
}
"""What each kind of caller may read and write in each kind of folder."""

REASONS = {
    Folder.SECRETS: "it is in a folder that holds secrets",
    Folder.SYSTEM: "it belongs to the system",
    Folder.OTHERS: "it belongs to another user",
    Folder.ANKI: "it belongs to Anki",
    Folder.HIDDEN: "it is hidden, or in a hidden folder",
}
ONLY = {
    Access.READ: "only sounds, pictures, videos, fonts and Anki packages may be read there",
    Access.WRITE: "only .apkg and .colpkg files may be written there",
}


class Machine(NamedTuple):
    """The facts about a computer. Its folders contain no symbolic links, as far as they could be resolved."""

    system: System
    home: PurePath
    media: PurePath | None = None
    """The media folder. Relative paths begin there."""
    anki: PurePath | None = None
    """The folder that contains Anki's profiles."""
    allowed: tuple[PurePath, ...] = ()
    """Folders that the user has allowed in the settings."""
    shares: tuple[PurePath, ...] = ()
    """Folders on other computers that belong to this user, such as a redirected home."""


class Unusable(ValueError):
    """A path that no caller may use, whatever the settings allow; the message says why."""


# --- the text, before anything is opened ---

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
_VERBATIM = re.compile(r"\\\\\?\\(?:(?P<drive>[A-Za-z]:\\)|(?P<share>UNC\\)(?=[^\\]))", re.IGNORECASE)


def absolute(text: str, place: Machine) -> str:
    r"""Return the absolute path for a text: joined to the media folder and, on Windows, in one spelling without `..`.

    Raises Unusable for devices (`NUL`, `\\.\C:`), for streams (`a.txt:b`), and for paths on other computers (UNC) that
    are not allowed. This is checked before any file is touched: opening a file there would send the user's name and
    password hash to the other computer.
    """
    if place.system is not System.WINDOWS:
        return posixpath.join(str(place.media or ""), text)
    text = text.replace("/", "\\")
    verbatim = _VERBATIM.match(text)
    if verbatim:
        text = (verbatim["drive"] or "\\\\") + text[verbatim.end() :]
    elif text.startswith(("\\\\?\\", "\\\\.\\", "\\??\\")):
        raise Unusable("it is a device")
    if re.match(r"[^\\]:(?!\\)", text):
        raise Unusable("it does not begin at the root of its drive")
    whole = ntpath.join(str(place.media or ""), text)
    path, is_share = PureWindowsPath(ntpath.normpath(whole)), whole.startswith("\\\\")
    names = [_plain_name(name) for name in _names(path)]
    if any(":" in name for name in names):
        raise Unusable("it names a stream of a file")
    if any(map(is_device, names)):
        raise Unusable("it is a device")
    plain = PureWindowsPath(path.anchor, *names)
    if is_share and not _is_share_allowed(plain, place):
        raise Unusable("it is on another computer. The setting allowedFolders can allow its folder")
    if not verbatim:
        return str(plain)
    return f"\\\\?\\UNC\\{str(plain)[2:]}" if is_share else f"\\\\?\\{plain}"


def is_device(name: str) -> bool:
    """Whether Windows opens a device if a file has this name, in whatever folder (`NUL`, `COM1.mp3`)."""
    return _DEVICE.fullmatch(name.partition(".")[0].rstrip(" ")) is not None


def plain_spelling(path: PurePath) -> PurePath:
    r"""Return a path without the prefix for long paths of Windows (`\\?\`)."""
    verbatim = _VERBATIM.match(str(path)) if isinstance(path, PureWindowsPath) else None
    return type(path)((verbatim["drive"] or "\\\\") + str(path)[verbatim.end() :]) if verbatim else path


def _names(path: PurePath) -> tuple[str, ...]:
    return path.parts[1:] if path.anchor else path.parts


def _plain_name(name: str) -> str:
    """Return a name as Windows reads it: without dots and spaces at the end."""
    return name.rstrip(". ") or name


def _is_share_allowed(path: PurePath, place: Machine) -> bool:
    folders = (place.media, place.anki, place.home, *place.shares, *place.allowed)
    return any(is_below(path, plain_spelling(folder), place.system) for folder in folders if folder is not None)


# --- the resolved path ---

_SYSTEM = frozenset(
    {
        *("bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin", "sys", "usr"),
        *("library", "system", ".vol", ".nofollow", ".resolve"),
    }
)
"""System folders at the root. The last three are paths by which macOS reaches every file."""
_SYSTEM_BELOW_PRIVATE = (("etc",), ("var", "db"), ("var", "root"))
"""System folders below /private, to which symbolic links of macOS point."""
_SYSTEM_WINDOWS = frozenset(
    {
        *("windows", "windows.old", "program files", "program files (x86)", "programdata", "documents and settings"),
        *("system volume information", "recovery", "boot", "efi", "perflogs", "config.msi", "msocache"),
        *("$recycle.bin", "$winreagent", "$windows.~bt", "$windows.~ws", "$sysreset"),
    }
)
_HOMES = (("home",), ("users",), ("var", "home"), ("usr", "home"))
_SHARED = frozenset({"shared", "public"})
"""Folders beside the homes that belong to no user."""
_DATA_VOLUME = ["system", "volumes", "data"]
"""The folder in which macOS shows the whole disk again."""
_APP_DATA = frozenset({"appdata", "application data", "local settings", "cookies"})
_OPEN_IN_APP_DATA = ["appdata", "local", "temp"]
_OPEN_IN_LIBRARY = frozenset({"caches", "mobile documents", "cloudstorage"})
_IGNORED = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""Characters that HFS+ ignores when it compares names."""

_SECRET_NAMES = frozenset(
    {
        *(".ssh", ".gnupg", ".gpg", ".aws", ".azure", ".kube", ".docker", ".oci", ".pki", ".password-store"),
        *(".keychain", ".keyrings", ".electrum", ".bitcoin"),
        *(".mozilla", ".thunderbird", ".icedove", ".librewolf", ".waterfox", ".zen", ".tor-browser"),
        *(".floorp", ".moonchild productions"),
        *(".mail", ".maildir", ".mutt", ".claws-mail", ".sylpheed-2.0", ".evolution"),
    }
)
"""Folders of keys, passwords, browsers and mail programs; they are secret anywhere on the disk."""
_SECRET_WORDS = re.compile(
    "keyring|keychain|kwallet|keepass|bitwarden|1password|onepassword|lastpass|dashlane|gopass|gnupg|credential|gcloud"
    "|enpass|nordpass|proton.?pass|roboform"
    "|firefox|mozilla|librewolf|waterfox|(?<![a-z])chrome|chromium|bravesoftware|brave[.-]browser|vivaldi|tor.?browser"
    "|microsoft[ .-]?edge|opera.?software|operasoftware|com[.]opera|safari"
    "|epiphany|falkon|floorp|qutebrowser|yandex.?browser|zen.?browser|company[.]thebrowser"
    "|thunderbird|betterbird|geary|claws-mail|kmail|akonadi|outlook|windowscommunicationsapps|protonmail"
    "|mailspring|tutanota"
)
"""Parts of the names of such folders, searched below the folders of many programs (`_OF_MANY_PROGRAMS`)."""
_OF_MANY_PROGRAMS = frozenset({".cache", ".config", ".kde", ".kde4", ".local", ".var", "library", *_APP_DATA})
_SECRET_RUNS = (
    *("library/mail", "library/cookies", "library/messages", "library/accounts", "library/identityservices"),
    *("library/containers/com.apple.mail", "library/application support/com.apple.tcc"),
    "library/application support/arc",
    *("microsoft/edge", "microsoft/protect", "microsoft/crypto", "microsoft/vault", "microsoft/systemcertificates"),
    *(".config/opera", ".config/op", ".config/gh", ".config/rclone", ".config/sops", ".config/evolution"),
    *(".config/mutt", ".config/neomutt", ".local/share/evolution", ".local/share/mail", ".cache/evolution"),
)
"""Secret folders that several names together identify."""
_SECRET_SNAPS = re.compile(r"firefox|chromium|brave|opera.*|vivaldi|thunderbird|bitwarden|keepassxc|1password")


def refusal(path: PurePath, place: Machine, kind: CallerKind, access: Access) -> str | None:
    """Return why a kind of caller may not use a resolved path; None if it may."""
    folder = folder_of(path, place)
    reach = TABLE[folder][kind][list(Access).index(access)]
    if reach is Reach.ALL:
        return None
    if reach is Reach.NONE:
        return REASONS[folder]
    endings = READABLE if access is Access.READ else WRITABLE
    return None if path.suffix.lower() in endings else f"{REASONS[folder]}, and {ONLY[access]}"


def folder_of(path: PurePath, place: Machine) -> Folder:
    """Return the kind of folder that a resolved path is in. Case is ignored, as the disk may ignore it, too."""
    path = plain_spelling(path)
    parts = _parts(path, place.system)
    own = _own(path, parts, place)
    private = None if own is None else _private(own, place.system)
    is_ankis = _is_ankis(path, place)
    is_programs_secret = own is not None and not is_ankis and _is_secret(own, private)
    fits = {
        Folder.ALLOWED: any(is_below(path, plain_spelling(folder), place.system) for folder in _allowed(place)),
        Folder.SECRETS: is_programs_secret or not _SECRET_NAMES.isdisjoint(parts),
        Folder.SYSTEM: _is_systems(parts, place),
        Folder.OTHERS: own is None and _is_anybodys_home(parts, place.system),
        Folder.ANKI: is_ankis,
        Folder.HIDDEN: private is not None,
        Folder.REST: True,
    }
    return next(folder for folder in Folder if fits[folder])


def is_below(path: PurePath, folder: PurePath, system: System) -> bool:
    """Whether the path is the folder or inside it, with names compared as the system does."""
    if system is System.LINUX:
        return path.is_relative_to(folder)
    names, own = _parts(path, system), _parts(folder, system)
    return path.drive.casefold() == folder.drive.casefold() and names[: len(own)] == own


def _is_ankis(path: PurePath, place: Machine) -> bool:
    """Whether the path is in Anki's folder. That folder does not count if it is or contains the whole home."""
    if place.anki is None or is_below(place.home, place.anki, place.system):
        return False
    return is_below(path, plain_spelling(place.anki), place.system)


def _allowed(place: Machine) -> tuple[PurePath, ...]:
    return place.allowed if place.media is None else (place.media, *place.allowed)


def _parts(path: PurePath, system: System) -> list[str]:
    """Return the names of a path from the root on, in one spelling."""
    parts = [_folded(part) for part in _names(path)]
    if system is System.WINDOWS:
        return [_plain_name(part) for part in parts]
    if system is System.MACOS and parts[:3] == _DATA_VOLUME:
        return parts[3:]
    return parts


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", _IGNORED.sub("", name)).casefold()


def _own(path: PurePath, parts: list[str], place: Machine) -> list[str] | None:
    """Return the names below the user's own home; None if the path is elsewhere. A service may have `/` as its home."""
    for share in place.shares:
        if is_below(path, plain_spelling(share), place.system):
            return parts[len(_parts(plain_spelling(share), place.system)) :]
    home = _parts(plain_spelling(place.home), place.system)
    if parts[: len(home)] != home or (not home and _is_anybodys_home(parts, place.system)):
        return None
    return parts[len(home) :]


def _is_systems(parts: list[str], place: Machine) -> bool:
    if place.system is System.WINDOWS:
        return bool(parts) and parts[0] in _SYSTEM_WINDOWS
    if parts[:2] == ["usr", "home"] or _is_own_disk(parts, place):
        return False
    if parts[:1] == ["private"]:
        return any(tuple(parts[1 : 1 + len(folder)]) == folder for folder in _SYSTEM_BELOW_PRIVATE)
    return bool(parts) and parts[0] in _SYSTEM


def _is_own_disk(parts: list[str], place: Machine) -> bool:
    """Whether the path is on a disk that the user has plugged in: some systems mount it below /run."""
    return len(parts) > 2 and parts[:3] == ["run", "media", _folded(place.home.name)]


def _is_anybodys_home(parts: list[str], system: System) -> bool:
    if system is not System.WINDOWS and parts[:1] == ["root"]:
        return True
    for homes in _HOMES:
        if tuple(parts[: len(homes)]) == homes:
            return len(parts) > len(homes) and parts[len(homes)] not in _SHARED
    return False


def _private(own: list[str], system: System) -> list[str] | None:
    """Return the names below the home from the first hidden one on; None if none is hidden."""
    start = 0
    if system is System.WINDOWS and own and own[0] in _APP_DATA:
        if own[:3] != _OPEN_IN_APP_DATA:
            return own
        start = 3
    if system is System.MACOS and own[:1] == ["library"]:
        if len(own) < 2 or own[1] not in _OPEN_IN_LIBRARY:
            return own
        start = 2
    return next((own[place:] for place in range(start, len(own)) if own[place].startswith(".")), None)


def _is_secret(own: list[str], private: list[str] | None) -> bool:
    if own[:1] == ["snap"] and len(own) > 1 and _SECRET_SNAPS.fullmatch(own[1]):
        return True
    if own[:2] == ["library", "caches"]:
        private = own
    if private is None:
        return False
    *folders, _ = private
    text = f"/{'/'.join(folders)}/"
    is_among_others = private[0] in _OF_MANY_PROGRAMS and any(map(_SECRET_WORDS.search, folders))
    return is_among_others or any(f"/{run}/" in text for run in _SECRET_RUNS)
