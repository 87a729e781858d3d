"""Base64 in pieces. One call for a large text would hold Python's lock, and so block Anki's window, until it ends.

Each piece is written into one buffer: many pieces that are freed together would stay with the thread's allocator.
"""

import base64
import binascii

PIECE_CHARACTERS = 2**20
"""Characters that are decoded at once, which takes some milliseconds."""
_BYTES = PIECE_CHARACTERS // 4 * 3


def decode(text: str) -> bytes:
    """Decode strict base64 (RFC 4648, section 4). Raises ValueError for any other text."""
    content, size = bytearray(len(text) // 4 * 3), 0
    for start in range(0, len(text), PIECE_CHARACTERS):
        piece = binascii.a2b_base64(text[start : start + PIECE_CHARACTERS], strict_mode=True)
        if len(piece) < _BYTES and start + PIECE_CHARACTERS < len(text):
            raise binascii.Error("Excess data after padding")
        content[size : size + len(piece)] = piece
        size += len(piece)
    return bytes(memoryview(content)[:size])


def decode_leniently(text: str) -> bytes:
    """Decode as Python does, ignoring characters outside the alphabet. Raises ValueError if that is impossible."""
    try:
        return decode(text)
    except ValueError:
        return base64.b64decode(text)


def encode(content: bytes) -> str:
    """Encode content as base64."""
    text = bytearray((len(content) + 2) // 3 * 4)
    for place, start in enumerate(range(0, len(content), _BYTES)):
        piece = binascii.b2a_base64(content[start : start + _BYTES], newline=False)
        text[place * PIECE_CHARACTERS : place * PIECE_CHARACTERS + len(piece)] = piece
    return text.decode()
