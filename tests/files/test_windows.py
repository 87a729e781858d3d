"""Paths on Windows: what is opened to judge one, and where drives, links and short names lead."""

from pathlib import PureWindowsPath

import pytest
from paths import CALLS, mixtures, note
from schemas import fields_in
from sizes import for_each
from windows import UNUSABLE, WINDOWS, Windows

from addon.actions import REGISTRY
from addon.files import file_policy
from addon.files.file_policy import FilePolicy
from addon.files.path_policy import Access, Folder, System, folder_of, is_below, is_device, plain_spelling
from addon.rpc.caller import Caller, CallerKind
from addon.rpc.errors import FileProblem
from addon.rpc.host import Folders

HOME, VAULT = r"C:\Users\Anna", r"C:\vault"
FILES = [
    *(rf"{VAULT}\mela.mp3", rf"{HOME}\.ssh\id.mp3", rf"{HOME}\vault\mela.mp3", r"C:\Users\Ben\mela.mp3"),
    *(r"C:\Windows\win.mp3", r"C:\Program Files\app\mela.mp3", rf"{WINDOWS.media}\mela.mp3", r"C:\disk\mela.mp3"),
    *(r"\\evil\share\mela.mp3", r"\\nas\anki\sub\mela.mp3", r"\\nas\other\mela.mp3"),
    *(r"\\server\homes\anna\mela.mp3", r"\\server\homes\anna\.ssh\id.mp3", r"\\server\homes\ben\mela.mp3"),
]
LINKS = {
    rf"{VAULT}\secret.mp3": rf"{HOME}\.ssh\id.mp3",
    rf"{VAULT}\secret": rf"\\?\{HOME}\.ssh",
    rf"{VAULT}\up.mp3": r"..\Windows\win.mp3",
    rf"{VAULT}\root.mp3": r"\Windows\win.mp3",
    rf"{VAULT}\evil": r"\\?\UNC\evil\share",
    rf"{VAULT}\evil.mp3": r"\\evil\share\mela.mp3",
    rf"{VAULT}\twice": rf"\\?\{VAULT}\evil",
    rf"{VAULT}\pipe": r"\\?\GLOBALROOT\Device\NamedPipe\x",
    rf"{VAULT}\device.mp3": r"\\.\COM1",
    rf"{VAULT}\stream.mp3": r"mela.mp3:secret",
    rf"{VAULT}\nas": r"\\?\UNC\nas\anki",
    rf"{VAULT}\loop": rf"{VAULT}\loop",
    rf"{VAULT}\loop.mp3": r"loop.mp3",
    rf"{VAULT}\fine": rf"\\?\{HOME}\vault",
    r"C:\disk": "\\\\?\\Volume{0a1b}\\",
    r"\\nas\anki\evil": r"\\evil\share",
    r"\\nas\anki\windows": r"C:\Windows",
    rf"{WINDOWS.media}\evil": r"\\evil\share",
}
DRIVES = {"Y:": r"\\nas\anki", "Z:": r"\\nas\other", "W:": r"\\server\homes\anna"}
SHORT = {r"C:\PROGRA~1": r"C:\Program Files", rf"{HOME}\SSH~1": rf"{HOME}\.ssh", r"C:\Users\ANNA~1": HOME}

COMPUTER = "it is on another computer"
REFUSED = {
    **{text: reason for reason, texts in UNUSABLE.items() for text in texts},
    **dict.fromkeys(
        (
            *("//?/UNC/evil/share/mela.mp3", r"\/?\UNC\evil\share\mela.mp3", r"\\?\UnC\evil\share\mela.mp3"),
            *("//EVIL/share/mela.mp3", r"/\evil/share\mela.mp3", r"\\evil.\share\mela.mp3", r"\\evil\share\..\x.mp3"),
            *(r"\\evil@SSL@443\share\x.mp3", r"\\;Lanman\evil\share\x.mp3"),
            *(r"\\?\UNC\evil\share\NUL.x\..\mela.mp3", r"\\nas\anki2\x.mp3", r"\\fe80--1.ipv6-literal.net\s\x.mp3"),
        ),
        COMPUTER,
    ),
    **dict.fromkeys(
        (
            *(r"\??\UNC\evil\share\x.mp3", r"\\.\UNC\evil\share\x.mp3", "//./UNC/evil/share/x.mp3", r"\\?\UNC\\evil\a"),
            *(r"\\?\GLOBALROOT\Device\Mup\evil\share\x.mp3", r"\\?\\C:\x.mp3", r"\\?\UNC", r"\\?\pipe\x"),
            *("NUL.", "NUL ", "nul . mp3", r"C:\vault\com1.mp3", "COM\u00b2.mp3", "x\\LPT\u00b3", "con.tar.gz", "aux "),
            *(r"C:\vault\mela.mp3\..\NUL", r"\\nas\anki\COM1", "C:/vault/PRN/mela.mp3", rf"{VAULT}\CLOCK$"),
        ),
        "it is a device",
    ),
    **dict.fromkeys(
        (
            *("file://evil/share/x.mp3", "file:///C:/Windows/win.ini", r"file:\\evil\share\x.mp3", "smb://evil/s/x"),
            *("NUL:", r"C:\vault\mela.mp3:$DATA", r"C:\vault\mela.mp3::$data", r"C:\vault::$INDEX_ALLOCATION\x.mp3"),
            *(r"\\nas\anki\a.mp3:b", r"\\?\C:\vault\mela.mp3:b", r"\?\C:\x.mp3", "mela.mp3:", r"C:\C:\x.mp3"),
        ),
        "it names a stream of a file",
    ),
    **dict.fromkeys(("C:x", "C:..\\x", "c:", "Z:x.mp3", "C:./x.mp3"), "it does not begin at the root of its drive"),
}
"""Paths to a part of the reason why no caller may use them."""


@pytest.fixture
def windows(monkeypatch):
    """This computer, with Windows, to the policy of files."""
    found = Windows(FILES, LINKS, DRIVES, SHORT)
    monkeypatch.setattr(file_policy, "SYSTEM", System.WINDOWS)
    monkeypatch.setattr(file_policy, "Path", PureWindowsPath)
    monkeypatch.setattr(file_policy, "os", found.os)
    return found


def policy(kind=CallerKind.LOCAL_PROGRAM, allowed=WINDOWS.allowed, media=WINDOWS.media):
    return FilePolicy(media, tuple(map(str, allowed)), WINDOWS.home, WINDOWS.anki, kind)


@for_each(text=REFUSED)
def test_a_path_that_its_text_refuses_is_given_to_no_function_of_the_system(windows, text):
    for kind in CallerKind:
        for access in Access:
            with pytest.raises(FileProblem, match=REFUSED[text]):
                policy(kind).resolve(text, access)
    assert windows.uses == []


IN_WINDOWS = {
    "guiAddCards": lambda path: {"note": note(path)},
    "guiAddNoteSetData": lambda path: {"note": {"audio": note(path)["audio"]}},
    "guiImportFile": lambda path: {"path": path},
}
CHECKING_ONLY = {
    "canAddNote": lambda path: {"note": note(path)},
    "canAddNoteWithErrorDetail": lambda path: {"note": note(path)},
    "canAddNotes": lambda path: {"notes": [note(path)]},
    "canAddNotesWithErrorDetail": lambda path: {"notes": [note(path)]},
}


@pytest.fixture
def gateway_there(windows, refusing, monkeypatch):
    folders = Folders(WINDOWS.media, tuple(map(str, WINDOWS.allowed)), WINDOWS.anki, WINDOWS.home)
    monkeypatch.setattr(refusing.host, "folders", lambda: folders)
    return refusing


def answers(gateway, method, params):
    """The responses to calls of one method, in one batch."""
    return gateway.post([{"jsonrpc": "2.0", "id": 1, "method": method, "params": one} for one in params])


@pytest.mark.parametrize("method", CALLS)
def test_no_action_opens_a_path_that_is_refused(windows, gateway_there, method):
    found = answers(gateway_there, method, [CALLS[method](text) for text in REFUSED])
    for (text, reason), answer in zip(REFUSED.items(), map(repr, found), strict=True):
        assert "file_problem" in answer
        assert reason in answer, ascii(text)
    assert windows.uses == []


@pytest.mark.parametrize("method", IN_WINDOWS)
def test_no_action_opens_a_path_that_is_refused_before_its_window_opens(windows, gateway_there, method):
    action = REGISTRY[method]
    for text, reason in REFUSED.items():
        params = action.params.load_for(IN_WINDOWS[method](text))
        if action.prepare is not None:
            error = action.prepare(params, Caller(), gateway_there.host)["note"]["audio"][0]["error"]
        else:
            with pytest.raises(FileProblem) as caught:
                action.validate_in_trial(params, Caller(), gateway_there.host, lambda: True)
            error = caught.value
        assert reason in str(error), ascii(text)
    assert windows.uses == []


@pytest.mark.parametrize("method", CHECKING_ONLY)
def test_what_only_checks_a_note_uses_no_path(windows, gateway_there, method):
    for answer in answers(gateway_there, method, [CHECKING_ONLY[method](text) for text in (*REFUSED, *LEADS_TO)]):
        assert "result" in answer
    assert windows.uses == []


def test_every_action_that_takes_a_path_is_tried():
    takes = {a.name for a in REGISTRY.listed() if any(p[-1] == "path" for p, _ in fields_in(a.params.instance()))}
    assert takes == {*CALLS, *CHECKING_ONLY, *IN_WINDOWS}


LEADS_TO = {
    rf"{VAULT}\mela.mp3": rf"{VAULT}\mela.mp3",
    "c:/VAULT/MELA.MP3": rf"{VAULT}\mela.mp3",
    rf"\\?\{VAULT}\mela.mp3": rf"\\?\{VAULT}\mela.mp3",
    rf"{VAULT}\new.mp3": rf"{VAULT}\new.mp3",
    rf"{VAULT}\{'n' * 300}\mela.mp3": rf"{VAULT}\{'n' * 300}\mela.mp3",
    rf"{VAULT}\fine\mela.mp3": rf"{HOME}\vault\mela.mp3",
    r"C:\Users\ANNA~1\vault\mela.mp3": rf"{HOME}\vault\mela.mp3",
    r"C:\disk\mela.mp3": r"C:\disk\mela.mp3",
    rf"{VAULT}\nas\sub\mela.mp3": r"\\nas\anki\sub\mela.mp3",
    r"Y:\sub\mela.mp3": r"\\nas\anki\sub\mela.mp3",
    r"Y:\new.mp3": r"\\nas\anki\new.mp3",
    r"\\NAS\Anki\sub\mela.mp3": r"\\nas\anki\sub\mela.mp3",
    r"//?/UNC/nas/anki/sub/mela.mp3": r"\\?\UNC\nas\anki\sub\mela.mp3",
    r"\\nas\anki": r"\\nas\anki" + "\\",
    "mela.mp3": rf"{WINDOWS.media}\mela.mp3",
}


@pytest.mark.parametrize("text", LEADS_TO, ids=ascii)
def test_a_path_is_used_where_it_leads(windows, text):
    assert PureWindowsPath(policy().resolve(text)) == PureWindowsPath(LEADS_TO[text])
    assert windows.servers <= {"nas"}


LEADS_AWAY = {
    rf"{VAULT}\secret.mp3": "a folder that holds secrets",
    rf"{VAULT}\secret\id.mp3": "a folder that holds secrets",
    rf"{HOME}\SSH~1\id.mp3": "a folder that holds secrets",
    rf"{HOME}\SSH~1\new.mp3": "a folder that holds secrets",
    rf"{VAULT}\up.mp3": "it belongs to the system",
    rf"{VAULT}\root.mp3": "it belongs to the system",
    r"C:\PROGRA~1\app\mela.mp3": "it belongs to the system",
    r"C:\progra~1\new.apkg": "it belongs to the system",
    r"\\nas\anki\windows\win.mp3": "it belongs to the system",
    rf"{VAULT}\nas\windows\new.mp3": "it belongs to the system",
    rf"{VAULT}\evil\mela.mp3": COMPUTER,
    rf"{VAULT}\evil\new.mp3": COMPUTER,
    rf"{VAULT}\evil": COMPUTER,
    rf"{VAULT}\evil.mp3": COMPUTER,
    rf"\\?\{VAULT}\evil.mp3": COMPUTER,
    rf"{VAULT}\twice\mela.mp3": COMPUTER,
    rf"{VAULT}\nas\evil\mela.mp3": COMPUTER,
    r"Y:\evil\mela.mp3": COMPUTER,
    r"\\nas\anki\evil\mela.mp3": COMPUTER,
    r"evil\mela.mp3": COMPUTER,
    r"Z:\mela.mp3": COMPUTER,
    r"\\?\Z:\mela.mp3": COMPUTER,
    r"Z:\new.mp3": COMPUTER,
    rf"{VAULT}\pipe\x": "it is a device",
    rf"{VAULT}\device.mp3": "it is a device",
    rf"{VAULT}\stream.mp3": "it names a stream of a file",
    rf"{VAULT}\loop": "too many links",
    rf"{VAULT}\loop\mela.mp3": "too many links",
    rf"{VAULT}\loop.mp3": "too many links",
}


@for_each(text=LEADS_AWAY)
def test_where_a_path_leads_is_judged_before_it_is_opened(windows, text):
    for kind in CallerKind:
        with pytest.raises(FileProblem, match=LEADS_AWAY[text]):
            policy(kind).resolve(text)
    assert windows.servers <= {"nas"}, "no other computer was asked"


PARTS = ["\\", "\\\\", "/", "//", "?", ".", "..", "UNC", "evil", "share", "nas", "anki", "other", "C:", "Y:", "Z:", ":"]
PARTS += ["vault", "secret", "twice", "loop", "windows", "Windows", ".ssh", "SSH~1", "NUL", "com1.mp3", "mela.mp3", " "]


@for_each(text=lambda: ["".join(parts) for parts in mixtures(PARTS, 9, 500)])
def test_no_combination_reaches_another_computer_or_what_the_rules_forbid(windows, text):
    try:
        real = PureWindowsPath(policy().resolve(text))
    except FileProblem:
        return
    finally:
        assert windows.servers <= {"nas"}
    assert folder_of(real, WINDOWS) in (Folder.ALLOWED, Folder.ANKI, Folder.HIDDEN, Folder.REST)
    assert not any(is_device(name) or ":" in name for name in real.parts[1:])
    assert not real.drive.startswith("\\\\") or is_below(plain_spelling(real), WINDOWS.allowed[0], System.WINDOWS)


def test_an_allowed_drive_or_link_allows_the_share_that_it_leads_to(windows):
    for allowed in ("Z:\\", r"\\nas\other", r"\\?\UNC\NAS\other", "//nas/other"):
        found = policy(allowed=[allowed])
        assert found.resolve(r"Z:\mela.mp3") == r"\\nas\other\mela.mp3"
        assert found.resolve(r"Z:\new.apkg", Access.WRITE) == r"\\nas\other\new.apkg"
        with pytest.raises(FileProblem, match=COMPUTER):
            found.resolve(r"\\nas\anki\sub\mela.mp3")
    assert policy(media=PureWindowsPath("Z:\\")).resolve("mela.mp3") == r"\\nas\other\mela.mp3"


@pytest.mark.parametrize(("share", "path"), [(r"\\server\homes\anna", "\\"), (r"\\server\homes", r"\anna")])
def test_a_home_on_a_server_is_open_and_those_beside_it_are_not(windows, monkeypatch, share, path):
    monkeypatch.setenv("HOMESHARE", share)
    monkeypatch.setenv("HOMEPATH", path)
    assert policy().resolve(r"\\server\homes\anna\mela.mp3") == r"\\server\homes\anna\mela.mp3"
    assert policy().resolve(r"W:\mela.mp3") == r"\\server\homes\anna\mela.mp3"
    with pytest.raises(FileProblem, match=COMPUTER):
        policy().resolve(r"\\server\homes\ben\mela.mp3")
    for text in (r"\\server\homes\anna\.ssh\id.mp3", r"W:\.ssh\id.mp3"):
        with pytest.raises(FileProblem, match="holds secrets"):
            policy().resolve(text)
