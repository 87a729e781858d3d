"""One table of paths for Linux, macOS and Windows: in which kind of folder each is, and what callers may do there."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from sizes import for_rows
from windows import UNUSABLE, WINDOWS

from addon.files.path_policy import (
    TABLE,
    Access,
    Folder,
    Machine,
    Reach,
    System,
    Unusable,
    absolute,
    folder_of,
    refusal,
)
from addon.rpc.caller import CallerKind

LINUX = Machine(
    System.LINUX,
    PurePosixPath("/home/anna"),
    PurePosixPath("/home/anna/.local/share/Anki2/User 1/collection.media"),
    PurePosixPath("/home/anna/.local/share/Anki2"),
    (PurePosixPath("/home/anna/.notes"), PurePosixPath("/etc/anki")),
)
SILVERBLUE = LINUX._replace(home=PurePosixPath("/var/home/anna"))
SERVICE = Machine(System.LINUX, PurePosixPath("/"))
ROOT = Machine(System.LINUX, PurePosixPath("/root"))
ZOE = Machine(System.MACOS, PurePosixPath("/Users/" + unicodedata.normalize("NFC", "zoë")))
MACOS = Machine(
    System.MACOS,
    PurePosixPath("/Users/anna"),
    PurePosixPath("/Users/anna/Library/Application Support/Anki2/User 1/collection.media"),
    PurePosixPath("/Users/anna/Library/Application Support/Anki2"),
)
REDIRECTED = Machine(
    System.WINDOWS, PureWindowsPath(r"\\server\homes\anna"), PureWindowsPath(r"C:\Anki\collection.media")
)
MAPPED = WINDOWS._replace(shares=(PureWindowsPath(r"\\server\homes\anna"),))
IN_DOCUMENTS = LINUX._replace(
    media=PurePosixPath("/home/anna/Anki/User 1/collection.media"), anki=PurePosixPath("/home/anna/Anki")
)
BASE_IS_HOME = LINUX._replace(
    anki=PurePosixPath("/home/anna"), media=PurePosixPath("/home/anna/User 1/collection.media")
)

A, S, Y, B, K, H, R = Folder
ROWS = {
    "linux": (
        LINUX,
        [
            (
                R,
                "/home/anna",
                "/home/anna/vault/mela.mp3",
                "/home/anna/Library/mela.mp3",
                "/home/anna/AppData/mela.mp3",
            ),
            (R, "/mnt/usb/mela.mp3", "/tmp/mela.mp3", "/srv/.hidden/mela.mp3", "/etcetera/mela.mp3", "/", "/home"),
            (R, "/home/shared/mela.mp3", "/home/public", "/mnt/home/ben", "/private", "/private/tmp/a.mp3"),
            (R, "/mnt/private/etc/passwd", "/private/etcetera/a", "/private/var/database/a", "/var/lib/a", "/opt/a"),
            (R, "/run/media/anna/usb/mela.mp3", "/home/anna/snap/obsidian/1/mela.mp3", "/home/anna/mail/mela.mp3"),
            (R, "/home/anna/firefox/mela.mp3", "/home/anna/Google/Chrome/mela.png", "/var/home", "/usr/home"),
            (H, "/home/anna/.bashrc", "/home/anna/.cache/mela.png", "/home/anna/vault/.obsidian/app.json"),
            (H, "/home/anna/.its-name/backups/a.apkg", "/home/anna/.config/app/a", "/home/anna/.local/share/a/b.mp3"),
            (H, "/HOME/Anna/.CACHE/mela.png", "/home/anna/.var/app/md.obsidian.Obsidian/data/a", "/home/anna/..."),
            (
                H,
                "/home/anna/.chrome-tutor/mela.apkg",
                "/home/anna/.cache/chrome.png",
                "/home/anna/.cache/revolution/a.png",
                "/home/anna/.mailbox-agent/a",
                "/home/anna/.agent/vault/a.png",
            ),
            (A, "/home/anna/.notes/.ssh/mela.txt", "/etc/anki/mela.mp3", LINUX.media, f"{LINUX.media}/sub/.x"),
            (
                K,
                "/home/anna/.local/share/Anki2/Firefox/outlook.apkg",
                "/home/anna/.local/share/Anki2/User 1/x.apkg",
                "/home/anna/.local/share/Anki2/prefs21.db",
            ),
            (K, "/home/anna/.local/share/Anki2/addons21/1/meta.json", "/home/anna/.local/share/Anki2"),
            (
                S,
                "/home/anna/.ssh/id_rsa",
                "/home/anna/.SSH/mela.png",
                "/home/anna/vault/.gnupg/a.png",
                "/mnt/b/.ssh/a.png",
            ),
            (S, "/home/anna/.aws/a.png", "/home/anna/.kube/a.png", "/home/anna/.password-store/a.png"),
            (S, "/home/anna/.local/share/keyrings/a.apkg", "/home/anna/.local/share/kwalletd/a.png"),
            (S, "/home/anna/.mozilla/firefox/a/b.png", "/home/anna/.config/google-chrome-beta/Default/a.png"),
            (S, "/home/anna/.config/chromium/a.png", "/home/anna/.config/BraveSoftware/Brave-Browser/a.png"),
            (
                S,
                "/home/anna/.config/microsoft-edge/a.png",
                "/home/anna/.config/vivaldi/a.png",
                "/home/anna/.config/opera/a.png",
            ),
            (
                S,
                "/home/anna/.thunderbird/a.png",
                "/home/anna/.local/share/evolution/a.png",
                "/home/anna/.maildir/a.png",
            ),
            (S, "/home/anna/.var/app/org.mozilla.firefox/a.png", "/home/anna/.var/app/com.google.Chrome/a.png"),
            (
                S,
                "/home/anna/snap/firefox/common/a.png",
                "/home/anna/.cache/mozilla/a.png",
                "/home/anna/.config/keepassxc/a.png",
            ),
            (S, "/home/anna/.config/qutebrowser/a.png", "/home/anna/.local/share/epiphany/a.png"),
            (S, "/home/anna/.cache/falkon/a.png", "/home/anna/.config/yandex-browser/a.png", "/mnt/b/.floorp/a.png"),
            (S, "/home/anna/.var/app/one.ablaze.floorp/a.png", "/home/anna/.moonchild productions/pale moon/a.png"),
            (S, "/home/anna/.config/Mailspring/files/a.png", "/home/anna/.config/tutanota-desktop/a.png"),
            (S, "/home/anna/.config/Enpass/a.png", "/home/anna/.config/Proton Pass/a.png"),
            (S, "/home/anna/.local/share/nordpass/a.png", "/home/anna/.config/epiphany/a.png"),
            (
                Y,
                "/etc/passwd",
                "/ETC/passwd",
                "/proc/self/environ",
                "/dev/zero",
                "/run/secrets/key",
                "/sys/kernel",
                "/usr",
            ),
            (
                Y,
                "/bin/a",
                "/boot/a",
                "/lib/a",
                "/lib64/a",
                "/sbin/a",
                "/usr/share/mela.mp3",
                "/run/media",
                "/run/media/ben/a",
            ),
            (
                Y,
                "/Library/a.plist",
                "/System/Library/a",
                "/private/etc/passwd",
                "/private/var/db/a",
                "/private/var/root/a",
            ),
            (Y, "/.vol/1/2", "/.nofollow/home/anna/a.mp3", "/etc/ankira/mela.mp3", "/private/etc"),
            (B, "/home/ben/vault/mela.mp3", "/home/annabel/mela.mp3", "/home/ben", "/root", "/root/mela.mp3"),
            (B, "/Users/ben/mela.mp3", "/var/home/ben/mela.mp3", "/var/home/anna/mela.mp3", "/usr/home/ben/mela.mp3"),
        ],
    ),
    "silverblue": (SILVERBLUE, [(R, "/var/home/anna/mela.mp3"), (B, "/var/home/ben/a.mp3", "/home/anna/a.mp3")]),
    "root": (ROOT, [(R, "/root/mela.mp3"), (H, "/root/.cache/a"), (S, "/root/.ssh/id_rsa"), (B, "/home/ben/a.mp3")]),
    "service": (SERVICE, [(R, "/data/mela.mp3"), (B, "/home/ben/a.mp3", "/root/a"), (H, "/.a/b"), (S, "/.ssh/id_rsa")]),
    "anki in documents": (
        IN_DOCUMENTS,
        [
            (K, "/home/anna/Anki/addons21/1/meta.json", "/home/anna/Anki/x.apkg"),
            (R, "/home/anna/Anki2/x"),
            (A, IN_DOCUMENTS.media),
        ],
    ),
    "anki in the home": (
        BASE_IS_HOME,
        [(R, "/home/anna/vault/mela.mp3"), (H, "/home/anna/.cache/a"), (A, BASE_IS_HOME.media)],
    ),
    "macos": (
        MACOS,
        [
            (R, "/Users/anna/vault/mela.mp3", "/System/Volumes/Data/Users/anna/mela.mp3", "/private/etcetera/a.mp3"),
            (R, "/Users/anna/Library/Caches/a/mela.mp3", "/Users/anna/Library/CloudStorage/Dropbox/vault/mela.mp3"),
            (R, "/Users/anna/Library/Mobile Documents/iCloud~md~obsidian/Documents/vault/mela.mp3"),
            (
                R,
                "/private/var/folders/x/T/mela.mp3",
                "/Volumes/usb/mela.mp3",
                "/Users/Shared/mela.mp3",
                "/Applications/a.png",
            ),
            (H, "/Users/anna/Library/Application Support/agent/a.json", "/Users/anna/Library", "/Users/anna/LIBRARY/a"),
            (
                H,
                "/Users/anna/.cache/a",
                "/Users/anna/Library/Mobile Documents/vault/.obsidian/a",
                "/Users/anna/.Trash/a",
            ),
            (H, "/System/Volumes/Data/Users/anna/Library/Preferences/a.plist", "/Users/anna/.\u200ccache/a"),
            (K, "/Users/anna/Library/Application Support/Anki2/User 1/x.apkg"),
            (A, MACOS.media, f"/System/Volumes/Data{MACOS.media}/a.mp3"),
            (
                S,
                "/Users/anna/Library/Keychains/a.png",
                "/Users/anna/Library/Mail/V10/a.png",
                "/Users/anna/.s\u200csh/a.png",
            ),
            (S, "/Users/anna/Library/Safari/a.png", "/Users/anna/Library/Application Support/Google/Chrome/a.png"),
            (S, "/Users/anna/Library/Application Support/Firefox/a.png", "/Users/anna/Library/Caches/Firefox/a.png"),
            (S, "/Users/anna/Library/Application Support/Arc/a.png", "/Users/anna/Library/Caches/Mailspring/a.png"),
            (S, "/Users/anna/Library/Thunderbird/a.png", "/Users/anna/Library/Application Support/1Password/a.png"),
            (S, "/Users/anna/Library/Containers/com.apple.mail/a.png", "/Users/anna/Library/Messages/a.png"),
            (
                Y,
                "/private/etc/passwd",
                "/private/var/db/a",
                "/private/var/root/a",
                "/System/Volumes/Preboot/a",
                "/usr/a",
            ),
            (Y, "/.vol/16777220/2", "/.nofollow/Users/anna/a", "/.resolve/1/a", "/System/Volumes/Data/Library/a"),
            (Y, "/System/Volumes/Data/private/etc/passwd", "/Library/Preferences/a.plist", "/dev/disk1"),
            (
                B,
                "/Users/ben/mela.mp3",
                "/System/Volumes/Data/Users/ben/mela.mp3",
                "/Users/annabel/a",
            ),
        ],
    ),
    "macos, in another normal form": (
        ZOE,
        [
            (R, *(f"/Users/{unicodedata.normalize(form, 'zoë')}/mela.mp3" for form in ("NFC", "NFD"))),
            (H, *(f"/Users/{unicodedata.normalize(form, 'zoë')}/Library/a" for form in ("NFC", "NFD"))),
            (B, "/Users/zoe/mela.mp3"),
        ],
    ),
    "windows": (
        WINDOWS,
        [
            (R, r"C:\Users\Anna\vault\mela.mp3", r"c:\users\ANNA\mela.mp3", r"\\?\C:\Users\Anna\mela.mp3", "C:\\"),
            (R, r"C:\Users\Anna\AppData\Local\Temp\mela.mp3", r"D:\vault\mela.mp3", r"C:\etc\a", r"C:\Program\a"),
            (
                R,
                r"C:\Users\Public\mela.mp3",
                r"C:\Users\Anna\Library\mela.mp3",
                r"Z:\vault\mela.mp3",
                r"\\?\D:\mela.mp3",
            ),
            (R, r"C:\Users\Anna\console.mp3", r"C:\Users\Anna\com10\a.mp3", r"C:\Users\Anna\nulls.txt"),
            (H, r"C:\Users\Anna\AppData\Local\agent\a.json", r"C:\Users\Anna\.cache\a", r"C:\Users\Anna\APPDATA\a"),
            (
                H,
                r"C:\Users\Anna\AppData\Local\Temp\.a\b",
                r"C:\Users\Anna\AppData. \Roaming\a",
                r"C:\Users\Anna\AppData",
            ),
            (H, r"\\?\C:\Users\Anna\AppData\LocalLow\a", r"C:\Users\Anna\Application Data\a", r"C:/Users/Anna/.a/b"),
            (K, r"C:\Users\Anna\AppData\Roaming\Anki2\User 1\x.apkg", r"..\x.apkg", r"..\..\prefs21.db"),
            (
                A,
                "mela.mp3",
                r"sub\mela.mp3",
                WINDOWS.media,
                r"\\nas\anki\mela.mp3",
                r"\\?\UNC\NAS\Anki\a.mp3",
                r"D:\shared.OLD\a",
            ),
            (S, r"c:\users\ANNA\.ssh\id_rsa", r"C:\Users\Anna\.ssh.\a.png", r"C:\Users\Anna\.ssh \a.png"),
            (
                S,
                r"C:\Users\Anna\AppData\Local\Google\Chrome\User Data\a.png",
                r"C:\Users\Anna\AppData\Local\Mozilla\a.png",
            ),
            (
                S,
                r"C:\Users\Anna\AppData\Local\Microsoft\Edge\a.png",
                r"C:\Users\Anna\AppData\Roaming\Thunderbird\a.png",
            ),
            (
                S,
                r"C:\Users\Anna\AppData\Roaming\Microsoft\Protect\a.png",
                r"C:\Users\Anna\AppData\Local\Microsoft\Outlook\a.png",
            ),
            (
                S,
                r"C:\Users\Anna\AppData\Roaming\Microsoft\Credentials\a.png",
                r"C:\Users\Anna\AppData\Roaming\KeePass\a.png",
            ),
            (
                S,
                r"C:\Users\Anna\AppData\Roaming\Opera Software\a.png",
                r"C:\Users\Anna\AppData\Local\Yandex\YandexBrowser\User Data\a.png",
                r"C:\Users\Anna\.aws\a.png",
                r"C:\Users\Anna\.kube\a",
            ),
            (
                Y,
                r"C:\Windows\win.ini",
                r"c:\program files (x86)\a",
                r"C:\Program Files\a",
                r"C:\ProgramData\a",
                r"\Windows\a",
            ),
            (
                Y,
                r"C:\Documents and Settings\Anna\mela.mp3",
                r"C:\Windows.\a",
                r"\\?\C:\Windows\a",
                r"C:\$Recycle.Bin\a",
            ),
            (
                Y,
                r"C:\vault\..\Windows\a",
                r"\\?\C:\vault\..\Windows\a",
                r"C:\System Volume Information\a",
                r"D:\Windows\a",
            ),
            (
                B,
                r"C:\Users\Ben\mela.mp3",
                r"C:\Users\Annabel\a",
                r"\\?\C:\Users\Ben\a",
                r"C:\Users\Default\a",
                r"D:\Users\Ben\a",
            ),
        ],
    ),
    "windows, a home on a server": (
        REDIRECTED,
        [
            (
                R,
                r"\\server\homes\anna\mela.mp3",
                r"\\SERVER\homes\Anna\mela.mp3",
                r"\\?\UNC\server\homes\anna\mela.mp3",
            ),
            (H, r"\\server\homes\anna\AppData\Roaming\a"),
            (S, r"\\server\homes\anna\.ssh\a.png"),
            (A, "mela.mp3"),
        ],
    ),
    "windows, a share of one's own": (
        MAPPED,
        [
            (R, r"\\server\homes\anna\mela.mp3"),
            (H, r"\\server\homes\anna\AppData\Roaming\a", r"\\server\homes\anna\.config\a"),
            (B, r"C:\Users\Ben\a"),
        ],
    ),
}


def path_of(text, place):
    flavour = PureWindowsPath if place.system is System.WINDOWS else PurePosixPath
    return flavour(absolute(str(text), place))


@for_rows(
    ("place", "folder", "text"),
    [
        pytest.param(place, folder, text, id=f"{name}: {str(text)!a}")
        for name, (place, rows) in ROWS.items()
        for folder, *texts in rows
        for text in texts
    ],
)
def test_each_path_is_in_its_kind_of_folder_and_callers_may_there_what_the_table_says(place, folder, text):
    path = path_of(text, place)
    assert folder_of(path, place) is folder
    for kind in CallerKind:
        for access in Access:
            found = refusal(path, place, kind, access)
            reach = TABLE[folder][kind][list(Access).index(access)]
            assert (found is None) or reach is not Reach.ALL
            assert (found is not None) or reach is not Reach.NONE


P, D, W, C, G = CallerKind
EVERYBODY = set(CallerKind)
PROGRAMS = {P, D}


@for_rows(
    ("folder", "name", "readers", "writers"),
    [
        ("/home/anna/vault", "mela.txt", EVERYBODY, EVERYBODY),
        ("/home/anna/.notes", "mela.txt", EVERYBODY, EVERYBODY),
        ("/home/anna/.its-name/backups", "deck.apkg", PROGRAMS, PROGRAMS),
        ("/home/anna/.its-name/backups", "deck.COLPKG", PROGRAMS, PROGRAMS),
        ("/home/anna/.local/share/Anki2/User 1", "x.apkg", PROGRAMS, PROGRAMS),
        ("/home/anna/.local/share/Anki2", "prefs21.db", set(), set()),
        *(
            ("/home/anna/.cache", f"mela.{ending}", PROGRAMS, set())
            for ending in ["mp3", "OGG", "wav", "png", "jpg", "svg", "webp", "mp4", "webm", "ttf", "woff2"]
        ),
        *(
            ("/home/anna/.config/app", name, set(), set())
            for name in ["a.json", "token", "a.txt", "a.png.json", "mela.mp3 ", "mela.mp3\n", "apkg", ".apkg", ".png"]
        ),
        *(
            (folder, "mela.apkg", set(), set())
            for folder in [
                "/home/anna/.ssh",
                "/home/anna/.config/google-chrome",
                "/etc",
                "/home/ben",
                "/root",
                "/proc/self",
            ]
        ),
    ],
)
def test_who_may_read_and_write_which_files(folder, name, readers, writers):
    path = PurePosixPath(folder, name)
    assert {kind for kind in CallerKind if refusal(path, LINUX, kind, Access.READ) is None} == readers
    assert {kind for kind in CallerKind if refusal(path, LINUX, kind, Access.WRITE) is None} == writers


def test_each_kind_of_folder_has_its_row_and_each_caller_its_column():
    assert set(TABLE) == set(Folder)
    assert all(list(row) == list(CallerKind) for row in TABLE.values())


@for_rows(("reason", "text"), [(reason, text) for reason, texts in UNUSABLE.items() for text in texts])
def test_windows_opens_no_device_stream_or_share_so_they_are_refused_by_their_text(reason, text):
    with pytest.raises(Unusable, match=reason):
        absolute(text, WINDOWS)


@for_rows(
    ("text", "expected"),
    [
        ("mela.mp3", rf"{WINDOWS.media}\mela.mp3"),
        (r"..\x.apkg", r"C:\Users\Anna\AppData\Roaming\Anki2\User 1\x.apkg"),
        (r"C:/vault/./a/../mela.mp3", r"C:\vault\mela.mp3"),
        (r"C:\vault.\mela.mp3. ", r"C:\vault\mela.mp3"),
        (r"\vault\mela.mp3", r"C:\vault\mela.mp3"),
        (r"\\?\C:\vault\..\mela.mp3", r"\\?\C:\mela.mp3"),
        (r"\\?\UNC\nas\anki\mela.mp3", r"\\?\UNC\nas\anki\mela.mp3"),
        (r"\\nas\anki\a\..\mela.mp3", r"\\nas\anki\mela.mp3"),
    ],
)
def test_windows_opens_the_path_that_was_judged(text, expected):
    assert absolute(text, WINDOWS) == expected


@for_rows("text", ["prefs21.db::$DATA", "nul", "a:b", r"\\evil\share", "con.mp3", "C:a"])
def test_elsewhere_these_are_names_like_others(text):
    assert absolute(text, LINUX) == f"{LINUX.media}/{text}"
