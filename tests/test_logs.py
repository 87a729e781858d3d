"""What is logged holds no secrets, the files stay small, and a file that cannot be written stops nothing."""

import errno
import logging
import os

import pytest

from addon import logs
from addon.logs import MAX_WAITING, LogFile, Redacting

LOG_BYTES = 2**14


@pytest.fixture(autouse=True)
def _short_logs(monkeypatch):
    monkeypatch.setattr(logs, "LOG_BYTES", LOG_BYTES)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ('{"action": "version", "key": "sesame"}', '{"action": "version", "key": "(redacted)"}'),
        ("{'key': 'sesame', 'version': 6}", "{'key': '(redacted)', 'version': 6}"),
        ('{"key": "open, \\"sesame\\" now", "version": 6}', '{"key": "(redacted)", "version": 6}'),
        ("{'password': 'it\\'s sesame", "{'password': '(redacted)"),
        ("Authorization: Bearer sesame", "Authorization: Bearer (redacted)"),
        ("X-API-Key: sesame", "X-API-Key: (redacted)"),
        ("apiKey=sesame", "apiKey=(redacted)"),
        ("password: sesame", "password: (redacted)"),
        ("the keyboard is fine", "the keyboard is fine"),
        ("\x1b]0;owned\x07\x1b[2J", "\\x1b]0;owned\\x07\\x1b[2J"),
        ("\x9b31m\r\x7f\0", "\\x9b31m\\x0d\\x7f\\x00"),
        ("two\n\tlines, gr\u00fc\u00dfe", "two\n\tlines, gr\u00fc\u00dfe"),
    ],
)
def test_keys_and_passwords_are_left_out(said, written):
    record = logging.LogRecord("anki_rpc", logging.ERROR, __file__, 1, said, (), None)
    assert Redacting().format(record).endswith(f" ERROR {written}")


def test_a_traceback_is_redacted_too():
    try:
        raise ValueError('"key": "sesame"')
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), (type(error), error, None))
    assert "sesame" not in Redacting().format(record)


@pytest.mark.parametrize("home", ["Ada Lovelace", "O'Brien", "Zo\u00eb"])
def test_the_user_s_folder_is_shortened(monkeypatch, tmp_path, home):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / home))
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "no %s, %s", (tmp_path / home, tmp_path), None)
    assert Redacting().format(record).endswith(f" ERROR no ~, {tmp_path}")


def test_a_log_file_has_one_older_one_beside_it(tmp_path):
    handler = LogFile(tmp_path / "x.log")
    assert not (tmp_path / "x.log").exists()
    for _ in range(4):
        handler.handle(logging.LogRecord("x", logging.ERROR, __file__, 1, "y" * (LOG_BYTES // 2), (), None))
    handler.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.log", "x.log.1"]
    assert all(path.stat().st_size <= LOG_BYTES for path in tmp_path.iterdir())


def entry(text, *args, exc_info=None):
    return logging.LogRecord("x", logging.ERROR, __file__, 1, text, args, exc_info)


def lines(path):
    """The texts of the entries, without their times."""
    return [line.partition(" ERROR ")[2] for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def log(tmp_path, capfd):
    """The handler of a log in a folder that does not exist yet; nothing may be shown to the user."""
    handler = LogFile(tmp_path / "folder" / "x.log")
    yield handler
    handler.close()
    assert capfd.readouterr() == ("", "")


def test_entries_wait_for_a_folder_that_is_missing(log, tmp_path):
    class Large:
        def __str__(self):
            return "large"

    for number in range(MAX_WAITING + 10):
        log.handle(entry("%s %s", number, Large()))
    assert not any(isinstance(arg, Large) for kept in log._waiting for arg in kept.args or ())
    (tmp_path / "folder").mkdir()
    log.handle(entry("last"))
    assert lines(tmp_path / "folder" / "x.log") == [*(f"{n} large" for n in range(10, MAX_WAITING + 10)), "last"]
    log.handle(entry("one more"))
    assert lines(tmp_path / "folder" / "x.log")[-2:] == ["last", "one more"]


def test_a_traceback_that_waits_is_written(log, tmp_path):
    try:
        raise ValueError("no such luck")
    except ValueError as error:
        log.handle(entry("failed", exc_info=(type(error), error, error.__traceback__)))
    (tmp_path / "folder").mkdir()
    log.handle(entry("last"))
    assert lines(tmp_path / "folder" / "x.log")[0] == "failed"
    assert "ValueError: no such luck" in (tmp_path / "folder" / "x.log").read_text("utf-8")


def test_a_file_in_the_place_of_the_folder_stops_nothing(log, tmp_path):
    (tmp_path / "folder").touch()
    log.handle(entry("first"))
    (tmp_path / "folder").unlink()
    (tmp_path / "folder").mkdir()
    log.handle(entry("second"))
    assert lines(tmp_path / "folder" / "x.log") == ["first", "second"]


def test_an_entry_that_cannot_be_formatted_stops_no_other(log, tmp_path):
    (tmp_path / "folder").mkdir()
    log.handle(entry("%d", "no number"))
    log.handle(entry("second"))
    assert lines(tmp_path / "folder" / "x.log") == ["second"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")  # noqa: PTH110
def test_entries_wait_for_a_disk_that_is_full(log, tmp_path):
    path = tmp_path / "folder" / "x.log"
    path.parent.mkdir()
    path.symlink_to("/dev/full")
    for text in ("first", "second"):
        log.handle(entry(text))
    path.unlink()
    log.handle(entry("third"))
    assert lines(path) == ["first", "second", "third"]


@pytest.mark.parametrize("older_is_held", [False, True])
def test_a_full_log_that_another_process_has_open_loses_no_entry(log, tmp_path, monkeypatch, older_is_held):
    """On Windows such a file can be neither renamed nor removed. A program may also deny others to write to it."""

    def refuse(*_):
        raise PermissionError(errno.EACCES, "The process cannot access the file because it is being used")

    folder = tmp_path / "folder"
    folder.mkdir()
    if older_is_held:
        (folder / "x.log.1").mkdir()
    monkeypatch.setattr(os, "rename", refuse)
    texts = [f"{number} {'y' * (LOG_BYTES // 4)}" for number in range(6)]
    for text in texts:
        log.handle(entry(text))
    older = [] if older_is_held else lines(folder / "x.log.1")
    assert [*older, *lines(folder / "x.log")] == texts
    if not older_is_held:
        assert all(path.stat().st_size <= LOG_BYTES for path in folder.iterdir())
    monkeypatch.undo()
    if older_is_held:
        (folder / "x.log.1").rmdir()
    log.handle(entry("last " + "y" * (LOG_BYTES // 2)))
    assert (folder / "x.log").stat().st_size <= LOG_BYTES
