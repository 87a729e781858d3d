"""Which files programs may name: the system's, other people's and hidden ones are refused, links and all."""

import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon.file_policy import FilePolicy, refusal
from addon.rpc.errors import FileProblem

ANNA = PurePosixPath("/home/anna")
POSIX = [
    ("/home/anna/vault/mela.mp3", None),
    ("/home/anna/.bashrc", "hidden"),
    ("/home/anna/.ssh/id_rsa", "hidden"),
    ("/home/anna/vault/.obsidian/app.json", "hidden"),
    ("/home/anna", None),
    ("/home/ben/vault/mela.mp3", "another user"),
    ("/home/annabel/mela.mp3", "another user"),
    ("/home/ben", "another user"),
    ("/home/shared/mela.mp3", None),
    ("/home/public", None),
    ("/home", None),
    ("/mnt/home/ben", None),
    ("/root", "another user"),
    ("/root/mela.mp3", "another user"),
    ("/Users/ben/mela.mp3", "another user"),
    ("/Users/Shared/mela.mp3", None),
    ("/etc/passwd", "system"),
    ("/ETC/passwd", "system"),
    ("/proc/self/environ", "system"),
    ("/dev/zero", "system"),
    ("/run/secrets/key", "system"),
    ("/sys/kernel", "system"),
    *(
        (f"/{name}/a", "system")
        for name in [
            "bin",
            "boot",
            "dev",
            "etc",
            "lib",
            "lib64",
            "proc",
            "run",
            "sbin",
            "sys",
            "usr",
            "library",
            "system",
        ]
    ),
    ("/usr", "system"),
    ("/Library/Preferences/a.plist", "system"),
    ("/System/Library/a", "system"),
    ("/private/etc/passwd", "system"),
    ("/private/var/db/a", "system"),
    ("/private/var/root/a", "system"),
    ("/private", None),
    ("/mnt/private/etc/passwd", None),
    ("/private/var/folders/x/T/a.mp3", None),
    ("/mnt/usb/mela.mp3", None),
    ("/tmp/mela.mp3", None),
    ("/srv/.hidden/mela.mp3", None),
    ("/etcetera/mela.mp3", None),
    ("/", None),
]
WINDOWS = [
    (r"C:\Users\Anna\vault\mela.mp3", None),
    (r"c:\users\ANNA\.ssh\id_rsa", "hidden"),
    (r"C:\Users\Ben\mela.mp3", "another user"),
    (r"C:\Users\Public\mela.mp3", None),
    (r"C:\Users\Anna\AppData\Local\Temp\mela.mp3", None),
    (r"C:\Windows\win.ini", "system"),
    (r"c:\program files (x86)\a", "system"),
    (r"C:\Program Files\a", "system"),
    (r"C:\ProgramData\a", "system"),
    (r"C:\etc\a", None),
    (r"C:\Program\a", None),
    ("C:\\", None),
    (r"D:\vault\mela.mp3", None),
    (r"\\localhost\C$\Windows\win.ini", "system"),
    (r"\\localhost\C$\Users\Ben\mela.mp3", "another user"),
    (r"\\.\C:\Users\Anna\a", "device"),
    (r"\\?\GLOBALROOT\Device\a", "device"),
]


@pytest.mark.parametrize(
    ("path", "home", "reason"),
    [
        *((PurePosixPath(path), ANNA, reason) for path, reason in POSIX),
        *((PureWindowsPath(path), PureWindowsPath(r"C:\Users\Anna"), reason) for path, reason in WINDOWS),
        (PurePosixPath("/root/mela.mp3"), PurePosixPath("/root"), None),
        (PurePosixPath("/root/.ssh/id_rsa"), PurePosixPath("/root"), "hidden"),
        (PurePosixPath("/data/mela.mp3"), PurePosixPath("/"), None),
        (PurePosixPath("/home/ben/mela.mp3"), PurePosixPath("/"), "another user"),
        (PurePosixPath("/.ssh/id_rsa"), PurePosixPath("/"), "hidden"),
        (PurePosixPath("/Users/anna/Library/Mobile Documents/vault/a.mp3"), PurePosixPath("/Users/anna"), None),
    ],
    ids=str,
)
def test_a_path_is_refused_for_its_reason(path, home, reason):
    found = refusal(path, home)
    assert found is None if reason is None else found is not None and reason in found


@pytest.fixture
def home(tmp_path):
    for folder in ("vault", ".ssh", ".notes"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mela.txt").write_text(folder)
    return tmp_path


def test_links_and_dots_lead_nowhere_else(home):
    policy = FilePolicy(None, home=home)
    assert policy.resolve(f"{home}/vault/../vault/mela.txt") == str(home / "vault" / "mela.txt")
    (home / "vault" / "link.txt").symlink_to(home / ".ssh" / "mela.txt")
    for path in (f"{home}/vault/link.txt", f"{home}/vault/../.ssh/mela.txt", f"{home}/.ssh/../.ssh/mela.txt"):
        with pytest.raises(FileProblem, match=r"it is hidden, or in a hidden folder\. The setting allowedFolders can"):
            policy.resolve(path)


def test_the_media_folder_and_allowed_ones_are_open_and_relative_paths_begin_there(home):
    policy = FilePolicy(home / ".ssh", (str(home / ".notes"),), home=home)
    assert policy.resolve("mela.txt") == str(home / ".ssh" / "mela.txt")
    assert policy.resolve(f"{home}/.notes/mela.txt") == str(home / ".notes" / "mela.txt")
    with pytest.raises(FileProblem):
        policy.resolve("../.hidden")


UNRESOLVABLE = [
    *(
        "a\0b",
        "\0",
        "/etc/passwd\0",
        "/etc/x\0.apkg",
        "/tmp/../etc/x\0.apkg",
        "../\0/../../etc/passwd",
        "/tmp/x\0/../y",
    ),
    *("\ud800", "/etc/\ud800", "/tmp/\ud800"),
]


@pytest.mark.parametrize("path", UNRESOLVABLE, ids=ascii)
@pytest.mark.parametrize("allowed", [(), ("/",), ("/etc", "/tmp")], ids=str)
def test_a_path_that_cannot_be_judged_is_refused(home, path, allowed):
    with pytest.raises(FileProblem, match=r"embedded null byte|surrogates not allowed"):
        FilePolicy(home, allowed, home=home).resolve(path)


def test_a_folder_that_cannot_be_judged_allows_nothing(home):
    for folder in ("/tmp\0", "/\0", "\ud800"):
        with pytest.raises(FileProblem):
            FilePolicy(None, (folder,), home=home).resolve("/etc/passwd")


@pytest.mark.parametrize("path", UNRESOLVABLE, ids=ascii)
def test_a_path_that_no_file_can_have_is_a_file_problem_and_leaves_no_file_behind(gateway, path):
    folders = [folder for folder in (Path("/etc"), Path(gateway.col.media.dir())) if folder.is_dir()]
    before = [sorted(folder.iterdir()) for folder in folders]
    calls = [
        ("storeMediaFile", {"filename": "a.txt", "path": path}),
        ("importPackage", {"path": path}),
        ("exportPackage", {"deck": "Italian", "path": path}),
    ]
    kinds = [gateway.rpc(*call)["error"]["data"]["kind"] for call in calls]
    expected = "file_problem" if "\0" in path else "invalid_params"
    assert kinds == [expected] * 3
    assert [sorted(folder.iterdir()) for folder in folders] == before


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
def test_a_path_that_the_system_cannot_follow_is_judged_by_its_name(home):
    policy = FilePolicy(None, home=home)
    (home / "loop").symlink_to(home / "loop")
    for path in (f"{home}/loop", f"{home}/{'n' * 300}", f"{home}/vault/mela.txt/inside", f"{home}/none/a.txt"):
        assert policy.resolve(path) == path
    for path in (f"{home}/.ssh/{'n' * 300}", "/etc/none/a.txt", f"/etc/{'n' * 300}"):
        with pytest.raises(FileProblem):
            policy.resolve(path)


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
@settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(["..", ".", "etc", "proc", "vault", ".ssh", "mela.txt", "", "home", "self"]), max_size=8)
)
def test_whatever_is_let_through_is_refused_by_no_rule(parts):
    policy = FilePolicy(Path("/nowhere/media"), home=Path("/home/anna"))
    try:
        real = policy.resolve("/".join(parts))
    except FileProblem:
        return
    assert real == os.path.realpath(real)
    assert refusal(PurePosixPath(real), ANNA) is None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/dev/zero", "../" * 30 + "etc/passwd"])
@pytest.mark.parametrize("kind", ["store", "note", "notes", "import", "export"])
def test_every_way_to_name_a_file_asks(gateway, kind, path):
    item = {"filename": "a.txt", "path": path, "fields": ["Meaning"]}
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": kind}, "picture": [item]}
    calls = {
        "store": ("storeMediaFile", {"filename": "a.txt", "path": path}),
        "note": ("addNote", {"note": note}),
        "notes": ("addNotes", {"notes": [note]}),
        "import": ("importPackage", {"path": path}),
        "export": ("exportPackage", {"deck": "Italian", "path": path}),
    }
    answer = gateway.rpc(*calls[kind])
    error = answer["result"][0]["error"] if kind == "notes" else answer["error"]
    assert error["data"]["kind"] == "file_problem"
    text = "it belongs to the system. The setting allowedFolders can allow its folder."
    assert error["message"] == f"Programs may not use {path!r}: {text}"
    assert gateway.col.media.have("a.txt") is False
