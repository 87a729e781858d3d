"""Base64 in pieces gives what Python gives for the whole."""

import base64
import binascii
import random

import pytest
from sizes import for_rows

from addon.text import base64_chunks

EDGES = [0, 1, 2, 3, 4, base64_chunks.PIECE_CHARACTERS // 4 * 3]
SIZES = sorted({edge + more for edge in EDGES for more in (-1, 0, 1, 2) if edge + more >= 0})


@for_rows("size", SIZES)
def test_content_of_any_size_comes_and_goes(size):
    content = random.Random(size).randbytes(size)
    text = base64.b64encode(content).decode()
    assert base64_chunks.encode(content) == text
    assert base64_chunks.decode(text) == content


@for_rows("text", ["a", "YQ", "YQ=", "YQ==YQ==", "Y Q==", "Y=Q=", "====", "é", "YQ==\n"])
def test_what_is_no_base64_to_the_letter_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  (whatever Python says)
        base64_chunks.decode(text)


def test_padding_where_one_piece_ends_is_refused():
    whole = "A" * (base64_chunks.PIECE_CHARACTERS - 4)
    with pytest.raises(binascii.Error, match="Excess data after padding"):
        base64_chunks.decode(f"{whole}AA==AAAA")


def test_a_lenient_reader_ignores_what_python_ignores():
    content = bytes(base64_chunks.PIECE_CHARACTERS)
    text = base64.encodebytes(content).decode()
    assert base64_chunks.decode_leniently(text) == content


def test_a_lenient_reader_stops_at_padding_as_python_does():
    text = "A" * (base64_chunks.PIECE_CHARACTERS - 4) + "AA==AAAA"
    assert base64_chunks.decode_leniently(text) == base64.b64decode(text)
