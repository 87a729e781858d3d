"""Raw media in a real Anki: its reviewer shows and plays what was uploaded, and its window stays alive meanwhile."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib

import pytest

from .conftest import GatewayProcess, Reply

pytestmark = pytest.mark.usefixtures("clean")

MIB = 2**20
WIDTH = (
    "mw.reviewer.web.evalWithCallback('document.images[0] && document.images[0].naturalWidth', "
    "lambda width: keep.update(width=width))"
)


def send(anki: GatewayProcess, method: str, name: str, body: bytes | None = None) -> Reply:
    return anki.send(body, method=method, path=f"/media/{name}", timeout=60)


def picture(width: int) -> bytes:
    """A black PNG, one row high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + bytes(3 * width))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def test_the_reviewer_shows_and_plays_what_was_uploaded(anki: GatewayProcess) -> None:
    assert send(anki, "PUT", "mela%20rossa.png", picture(7)).status == 201
    assert send(anki, "PUT", "mela.mp3", b"no sound, but a file").status == 201
    anki.exec("aqt.gui_hooks.reviewer_will_play_question_sounds.append(lambda card, tags: keep.update(played=tags))")
    anki.legacy("createDeck", deck="Media")
    fields = {"Front": '<img src="mela rossa.png">[sound:mela.mp3]', "Back": "apple"}
    anki.legacy("addNote", note={"deckName": "Media", "modelName": "Basic", "fields": fields})
    assert anki.legacy("guiDeckReview", name="Media")["result"] is True
    anki.wait_for(f"{WIDTH} or keep.get('width') == 7")
    anki.wait_for("bool(keep.get('played'))")
    assert anki.eval("open(keep['played'][0].path(mw.col.media.dir())).read()") == "no sound, but a file"
    assert anki.eval("sorted(mw.col.media.check().unused)") == []
    assert send(anki, "PUT", "mela%20rossa.png", picture(9)).status == 200
    assert send(anki, "DELETE", "mela.mp3").status == 204
    assert anki.eval("list(mw.col.media.check().missing)") == ["mela.mp3"]
    assert anki.eval("mw.col.media.check().have_trash") is True
    anki.delete_deck("Media")


def test_the_window_stays_alive_during_a_large_upload_and_download(
    anki: GatewayProcess, record_property: pytest.RecordProperty
) -> None:
    content = os.urandom(32 * MIB)
    with anki.gaps() as gaps:
        assert send(anki, "PUT", "big.bin", content).status == 201
        assert send(anki, "PUT", "big.bin", content[::-1]).status == 200
        reply = send(anki, "GET", "big.bin")
    assert hashlib.sha256(reply.body).digest() == hashlib.sha256(content[::-1]).digest()
    assert send(anki, "DELETE", "big.bin").status == 204
    record_property("gaps", str(gaps))
    assert gaps.max_ms < 500, gaps
