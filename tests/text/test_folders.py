"""Folders of the user in texts, however Anki, Python or the system quotes them."""

import json
import time
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sizes import for_rows

from addon.text import folders
from addon.text.folders import home_share, replace_path, without_home

HOMES = {
    "/home/ada": PurePosixPath,
    "/home/ada lovelace": PurePosixPath,
    "/home/O'Brien": PurePosixPath,
    "/Users/zoë": PurePosixPath,
    "/Users/a+b (c)": PurePosixPath,
    r"C:\Users\Ada": PureWindowsPath,
    r"C:\Users\Ada.Lovelace": PureWindowsPath,
    r"C:\Users\O'Brien": PureWindowsPath,
    r"D:\Zoë's files": PureWindowsPath,
    r"\\nas\home\Ada": PureWindowsPath,
    r"\\nas.example\home$\O'Brien": PureWindowsPath,
    r"\\nas\ada$": PureWindowsPath,
    r"\\?\C:\Users\Ada": PureWindowsPath,
    r"\\?\UNC\nas\home\Ada": PureWindowsPath,
}


def quoted(path):
    """A path as texts quote it: plain, by Python, JSON and Rust, with other separators, case, form and prefix."""
    yield path
    yield repr(path)[1:-1]
    yield json.dumps(path, ensure_ascii=False)[1:-1]
    yield unicodedata.normalize("NFD", path)
    if "\\" in path:
        yield path.replace("\\", "/")
        yield path.lower()
        yield path.upper()
        if not path.startswith("\\\\?\\"):
            verbatim = f"\\\\?\\UNC\\{path[2:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"
            yield verbatim
            yield repr(verbatim)[1:-1]
            yield verbatim.replace("\\", "/")


SPELT = [(home, spelt) for home in HOMES for spelt in dict.fromkeys(quoted(home))]


@pytest.fixture
def at_home(monkeypatch):
    def at(home, share=None, path=""):
        monkeypatch.setattr(folders, "Path", type("Path", (), {"home": staticmethod(lambda: HOMES[home](home))}))
        for name, value in (("HOMESHARE", share), ("HOMEPATH", path)):
            monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)

    return at


@for_rows(("home", "spelt"), SPELT)
def test_the_home_is_shortened_in_every_spelling(at_home, home, spelt):
    at_home(home)
    for text, shortened in (
        ("open '{}/Documents/a.txt': denied", "open '~/Documents/a.txt': denied"),
        ('"{}\\\\media.trash\\\\x" in {}', '"~\\\\media.trash\\\\x" in ~'),
        ("in {}, and {}: full\n{}", "in ~, and ~: full\n~"),
        ("{}'s", "~'s"),
        ("{}, {}and, {}-2, {}.old", "~, {}and, {}-2, {}.old"),
        ("file:{}", "file:~"),
    ):
        assert without_home(text.replace("{}", spelt)) == shortened.replace("{}", spelt)


def test_a_longer_path_that_ends_like_the_home_stays(at_home):
    for home, longer in (
        ("/home/ada", "/mnt/home/ada/a"),
        (r"C:\Users\Ada", "xC:/Users/Ada"),
        (r"\\nas\home\Ada", "a//nas/home/Ada"),
    ):
        at_home(home)
        assert without_home(f"open {longer}") == f"open {longer}"


@pytest.mark.parametrize("home", HOMES, ids=ascii)
def test_the_home_stays_for_a_caller_that_has_named_it(at_home, home):
    at_home(home)
    for spelt in quoted(home):
        assert without_home(f"open '{spelt}/a.txt'", f"{home}/b") == f"open '{spelt}/a.txt'"
        assert without_home(f"open '{spelt}/a.txt'", f"{spelt}\\b") == f"open '{spelt}/a.txt'"
        assert without_home(f"open '{spelt}/a.txt'", f"{home}s/b") == "open '~/a.txt'"


def test_a_home_on_a_server_is_shortened_by_both_its_names(at_home):
    at_home(r"C:\Users\Ada", r"\\nas\home", r"\Ada")
    assert home_share() == r"\\nas\home\Ada"
    text = r"from \\NAS\home\Ada\a to C:\Users\Ada\a beside \\nas\home\Ben\a"
    assert without_home(text) == r"from ~\a to ~\a beside \\nas\home\Ben\a"


def test_a_home_that_is_a_whole_disk_stays(at_home, monkeypatch):
    for home, flavour in (("/", PurePosixPath), ("C:\\", PureWindowsPath)):
        monkeypatch.setitem(HOMES, home, flavour)
        at_home(home)
        assert without_home("open 'C:\\a/b': /c") == "open 'C:\\a/b': /c"


def test_without_a_home_nothing_is_shortened(monkeypatch):
    def home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", home)
    assert without_home("open '/home/ada/a.txt'") == "open '/home/ada/a.txt'"


def test_a_path_is_replaced_however_the_error_quotes_it():
    real = r"\\nas\home\O'Brien\a.apkg"
    for text in (f"no {real!r}", f"no '{real}'", f"no {json.dumps(real)}"):
        assert replace_path(text, real, "a.apkg").replace('"', "'") == "no 'a.apkg'"


def test_words_are_put_in_as_they_are():
    assert replace_path(r"open '\\nas\home\x'", r"\\nas\home", r"a\1\g<0>b") == r"open 'a\1\g<0>b\x'"


def test_a_long_text_takes_no_long_time():
    for part in ("/home/", "\\\\", "\\\\?\\", "'", "/", "\\\\?\\UNC\\"):
        before = time.process_time()
        without_home(part * 100_000)
        assert time.process_time() - before < 2
