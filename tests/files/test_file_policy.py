"""Which files of this computer callers may name, links and all, and that every way to name one asks."""

import os
import sys
from pathlib import Path, PurePosixPath

import pytest
from paths import mixtures
from sizes import for_each, for_rows

from addon.files.file_policy import FilePolicy
from addon.files.path_policy import Access, Machine, System, refusal
from addon.rpc.caller import CallerKind
from addon.rpc.errors import FileProblem
from addon.rpc.host import Folders


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
        for kind in CallerKind:
            with pytest.raises(
                FileProblem, match=r"a folder that holds secrets\. The setting allowedFolders can allow"
            ):
                policy._replace(kind=kind).resolve(path)


def test_the_media_folder_and_allowed_ones_are_open_and_relative_paths_begin_there(home):
    policy = FilePolicy(home / ".ssh", (str(home / ".notes"),), home=home)
    assert policy.resolve("mela.txt") == str(home / ".ssh" / "mela.txt")
    assert policy.resolve(f"{home}/.notes/mela.txt") == str(home / ".notes" / "mela.txt")
    with pytest.raises(FileProblem):
        policy.resolve("../.hidden")


def test_programs_read_media_and_write_packages_in_hidden_folders_and_nobody_else_does(home):
    program = FilePolicy(home / ".local" / "collection.media", home=home)._replace(kind=CallerKind.LOCAL_PROGRAM)
    for name in ("link.txt", "link.mp3"):
        (home / "vault" / name).symlink_to(home / ".notes" / "mela.txt")
        with pytest.raises(
            FileProblem, match="it is hidden, or in a hidden folder, and only sounds, pictures, videos, fonts"
        ):
            program.resolve(f"{home}/vault/{name}")  # what a link is called does not count
    (home / ".notes" / "pera.mp3").write_text("")
    assert program.resolve(f"{home}/.notes/pera.mp3") == f"{home}/.notes/pera.mp3"
    assert program.resolve("../x.apkg", Access.WRITE) == f"{home}/.local/x.apkg"
    with pytest.raises(FileProblem, match=r"and only \.apkg and \.colpkg files may be written there\. The setting"):
        program.resolve(f"{home}/.notes/pera.mp3", Access.WRITE)
    for kind in set(CallerKind) - {CallerKind.LOCAL_PROGRAM, CallerKind.DESKTOP_PROGRAM}:
        for path, access in ((f"{home}/.notes/pera.mp3", Access.READ), ("../x.apkg", Access.WRITE)):
            with pytest.raises(FileProblem, match=r"it is hidden, or in a hidden folder\. The setting"):
                program._replace(kind=kind).resolve(path, access)
    strict = FilePolicy(None, home=home)
    with pytest.raises(FileProblem):
        strict.resolve(f"{home}/.notes/pera.mp3")


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


@for_each(path=UNRESOLVABLE, allowed=[(), ("/",), ("/etc", "/tmp")])
def test_a_path_that_cannot_be_judged_is_refused(home, path, allowed):
    with pytest.raises(FileProblem, match=r"embedded null byte|surrogates not allowed"):
        FilePolicy(home, allowed, home=home).resolve(path)


def test_a_folder_that_cannot_be_judged_allows_nothing(home):
    for folder in ("/tmp\0", "/\0", "\ud800"):
        with pytest.raises(FileProblem):
            FilePolicy(None, (folder,), home=home).resolve("/etc/passwd")


@for_rows("path", UNRESOLVABLE)
def test_a_path_that_no_file_can_have_is_a_file_problem_and_leaves_no_file_behind(reading, path):
    folders = [folder for folder in (Path("/etc"), Path(reading.col.media.dir())) if folder.is_dir()]
    before = [sorted(folder.iterdir()) for folder in folders]
    calls = [
        ("storeMediaFile", {"filename": "a.txt", "path": path}),
        ("importPackage", {"path": path}),
        ("exportPackage", {"deck": "Italian", "path": path}),
    ]
    kinds = [reading.rpc(*call)["error"]["data"]["kind"] for call in calls]
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


PARTS = ["..", ".", "etc", "proc", "vault", ".ssh", "mela.txt", "", "home", "self"]


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
@for_each(text=lambda: ["", *map("/".join, mixtures(PARTS, 8, 300))])
def test_whatever_is_let_through_is_refused_by_no_rule(text):
    policy = FilePolicy(Path("/nowhere/media"), home=Path("/home/anna"))
    try:
        real = policy.resolve(text)
    except FileProblem:
        return
    assert real == os.path.realpath(real)
    place = Machine(System.LINUX, PurePosixPath("/home/anna"), PurePosixPath("/nowhere/media"))
    assert refusal(PurePosixPath(real), place, CallerKind.OTHER_COMPUTER, Access.READ) is None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/dev/zero", "../" * 30 + "etc/passwd"])
@pytest.mark.parametrize("kind", ["store", "note", "notes", "import", "export"])
def test_every_way_to_name_a_file_asks(reading, kind, path):
    item = {"filename": "a.txt", "path": path, "fields": ["Meaning"]}
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": kind}, "picture": [item]}
    calls = {
        "store": ("storeMediaFile", {"filename": "a.txt", "path": path}),
        "note": ("addNote", {"note": note}),
        "notes": ("addNotes", {"notes": [note]}),
        "import": ("importPackage", {"path": path}),
        "export": ("exportPackage", {"deck": "Italian", "path": path}),
    }
    answer = reading.rpc(*calls[kind])
    error = answer["result"][0]["error"] if kind == "notes" else answer["error"]
    assert error["data"]["kind"] == "file_problem"
    text = "it belongs to the system. The setting allowedFolders can allow its folder."
    assert error["message"] == f"Programs may not use {path!r}: {text}"
    assert reading.col.media.have("a.txt") is False


CALLERS = {
    "program": ({}, {}, "/"),
    "desktop program": ({"Origin": "app://obsidian.md"}, {}, "/"),
    "web origin": ({"Origin": "https://page.example"}, {}, "/"),
    "other computer": ({}, {"REMOTE_ADDR": "192.0.2.7"}, "/"),
    "agent": ({}, {}, "/mcp"),
    "agent of a desktop program": ({"Origin": "app://obsidian.md"}, {}, "/mcp"),
}


def test_programs_alone_may_use_hidden_folders_of_the_home(open_gateway, monkeypatch, home):
    gateway = open_gateway(
        webCorsOriginList=["app://obsidian.md"],
        grants={"https://page.example": ["read", "change", "files"]},
        mcpAllTools=True,
    )
    media = Path(gateway.col.media.dir())
    monkeypatch.setattr(gateway.host, "folders", lambda: Folders(media, (), None, home))
    (home / ".notes" / "pera.mp3").write_text("pera")
    for caller, (headers, environ, path) in CALLERS.items():
        may = caller in ("program", "desktop program")
        package = home / ".its-name" / caller / "a.apkg"
        package.parent.mkdir(parents=True)
        calls = [
            ("exportPackage", {"deck": "Italian", "path": str(package)}, may),
            ("importPackage", {"path": str(package)}, may),
            ("storeMediaFile", {"filename": "_pera.mp3", "path": str(home / ".notes" / "pera.mp3")}, may),
            ("storeMediaFile", {"filename": "_x.txt", "path": str(home / ".notes" / "mela.txt")}, False),
        ]
        for method, params, expected in calls:
            call = {"method": method, "params": params}
            if path == "/mcp":
                call = {"method": "tools/call", "params": {"name": method, "arguments": params}}
            body = {"jsonrpc": "2.0", "id": 1, **call}
            answer = gateway.client.post(path, json=body, headers=headers, environ_base=environ).text
            assert ("it is hidden, or in a hidden folder" not in answer) is expected, (caller, method, answer)
            assert ("error" not in answer.lower().replace('"iserror":false', "")) is expected, (caller, method, answer)
        assert package.exists() is may
