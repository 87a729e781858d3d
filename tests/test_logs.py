"""What is logged holds no secrets, and the files stay small."""

import logging

import pytest

from addon.logs import LOG_BYTES, Redacting, file_handler


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
    handler = file_handler(tmp_path / "x.log")
    assert not (tmp_path / "x.log").exists()
    for _ in range(4):
        handler.handle(logging.LogRecord("x", logging.ERROR, __file__, 1, "y" * (LOG_BYTES // 2), (), None))
    handler.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.log", "x.log.1"]
    assert all(path.stat().st_size <= LOG_BYTES for path in tmp_path.iterdir())
