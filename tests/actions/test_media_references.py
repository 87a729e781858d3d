"""Which media files notes name, on a real collection."""

from pathlib import Path

import pytest
import seed

LATEX = "[latex]x^2[/latex] [$]y[/$]"


@pytest.fixture(params=["own", "older"])
def gateway(request, gateway, monkeypatch):
    """A gateway on Anki, which finds the names itself from 26.8 on, and on an older one."""
    backend = type(gateway.col._backend).__mro__[1]
    if request.param == "older":
        monkeypatch.delattr(backend, "extract_media_files", raising=False)
    elif not hasattr(backend, "extract_media_files"):
        pytest.skip("this Anki does not find names itself")
    assert hasattr(gateway.col._backend, "extract_media_files") == (request.param == "own")
    return gateway


@pytest.fixture
def named(gateway):
    """Returns the names in a text that is a note's field."""

    def names(text):
        gateway.col.db.execute("update notes set flds = ? || char(31) where id = ?", text, seed.MELA)
        (files,) = gateway.rpc("mediaOfNotes", {"notes": [seed.MELA]})["result"]
        assert not any(file["exists"] for file in files)
        return [file["filename"] for file in files]

    return names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img src="b.jpg"> [sound:x.mp3]', ["b.jpg", "x.mp3"]),
        ('[sound:x.mp3]<img class=a src="b.jpg" alt="c">', ["b.jpg", "x.mp3"]),
        ('<img src="b.jpg"><IMG SRC="b.jpg">', ["b.jpg"]),
        ("<img src='a&amp;b.jpg'><img src=q.png>", ["a&b.jpg", "q.png"]),
        ('<img src="a%20b.jpg"><img src="a b.jpg">', ["a%20b.jpg", "a b.jpg"]),
        ("[sound:a&amp;b.mp3]", ["a&b.mp3"]),
        ('<audio src="a.mp3"></audio><object data="o.pdf"></object>', ["a.mp3", "o.pdf"]),
        ('<video src="v.mp4"><source src="s.mp4"></video>', ["v.mp4", "s.mp4"]),
        ('<img src="http://x/y.jpg"><img src="HTTPS://x/y.jpg"><img src="//x/y.jpg">', []),
        ('<img src="data:image/png;base64,xx"><img src="file:///x.png">[sound:ftp://x/y.mp3]', []),
        ('{{c1::<img src="c.png">}}', ["c.png"]),
        ('<img src=""><img src=\'\'>[sound:]<img src="x.png', []),
        ("[anki:tts lang=x]y[/anki:tts] url(x.png)", []),
        (LATEX, []),
        ("\ufffd<img src=\ufffd.png>", ["\ufffd.png"]),
        ("", []),
    ],
)
def test_the_names_in_a_text_are_found(named, text, expected):
    assert named(text) == expected


def test_files_that_exist_are_told_from_missing_ones_in_all_fields(gateway):
    folder = Path(gateway.col.media.dir())
    for name in ("\u00e9.jpg", "a&b.jpg"):
        (folder / name).touch()
    (folder.parent / "secret.txt").touch()
    (folder / "folder").mkdir()
    words = [
        '<img src="e\u0301.jpg"><img src="a&amp;b.jpg"><img src="gone.jpg">',
        f'<img src="../secret.txt"><img src="{folder.parent}/secret.txt"> [sound:folder] [sound:..] [sound:_ciao.txt]',
    ]
    gateway.col.db.execute("update notes set flds = ? || char(31) || ? where id = ?", *words, seed.MELA)
    params = {"notes": [seed.UVA, 5, seed.MELA, seed.MELA]}
    _, _, files, again = gateway.rpc("mediaOfNotes", params)["result"]
    assert again == files
    assert [file["filename"] for file in files if file["exists"]] == ["e\u0301.jpg", "a&b.jpg", "_ciao.txt"]
    missing = [file for file in files if not file["exists"]]
    assert [file["filename"] for file in missing][:2] == ["gone.jpg", "../secret.txt"]
    only = gateway.rpc("mediaOfNotes", {**params, "missingOnly": True})["result"]
    assert only == [[], None, missing, missing]
    assert gateway.legacy("mediaOfNotes", **params, missingOnly=True) == {"result": only, "error": None}


def test_a_name_that_no_file_can_have_is_missing(named):
    assert named(f'<img src="{"x" * 5_000}.png">') == ["x" * 5_000 + ".png"]


def test_reading_makes_no_pictures_and_changes_nothing(gateway):
    gateway.rpc("setPreferences", {"changes": {"editing": {"renderLatex": True}}})
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Meaning": LATEX}}]})
    files = gateway.rpc("getMediaFilesNames", {})
    before = str(gateway.col.undo_status())
    assert gateway.rpc("mediaOfNotes", {"notes": [seed.MELA]})["result"] == [[]]
    assert gateway.rpc("getMediaFilesNames", {}) == files
    assert str(gateway.col.undo_status()) == before


def test_it_agrees_with_the_check_of_all_media(gateway):
    text = '<img src="a%20b.jpg"><img src="x&amp;y.png"> [sound:gone.mp3] <video src="v.mp4">'
    gateway.col.db.execute("update notes set flds = ? || char(31) where id = ?", text, seed.MELA)
    (files,) = gateway.rpc("mediaOfNotes", {"notes": [seed.MELA], "missingOnly": True})["result"]
    assert sorted(file["filename"] for file in files) == sorted(gateway.rpc("checkMedia", {})["result"]["missing"])
