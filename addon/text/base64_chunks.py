"""Base64 in pieces. One call for a large text would hold Python's lock, and so block Anki's window, until it ends.

Each piece is written to the result at once. Keeping all pieces and joining them would hold the lock again, and the
freed pieces would stay with the thread's allocator.
"""

import base64
import binascii
from io import BytesIO

PIECE_CHARACTERS = 2**20
"""Characters that are decoded at once, which takes some milliseconds."""
_BYTES = PIECE_CHARACTERS // 4 * 3


def decode(text: str) -> bytes:
    """Decode strict base64 (RFC 4648, section 4). Raises ValueError for any other text."""
    content = BytesIO(bytes(len(text) // 4 * 3))
    for start in range(0, len(text), PIECE_CHARACTERS):
        piece = binascii.a2b_base64(text[start : start + PIECE_CHARACTERS], strict_mode=True)
        if len(piece) < _BYTES and start + PIECE_CHARACTERS < len(text):
            raise binascii.Error("Excess data after padding")
        content.write(piece)
    content.truncate()
    return content.getvalue()


def decode_leniently(text: str) -> bytes:
    """Decode as Python does, ignoring characters outside the alphabet. Raises ValueError if that is impossible."""
    try:
        return decode(text)
    except ValueError:
        return base64.b64decode(text)


def encode(content: bytes) -> str:
    """Encode content as base64."""
    text = ""
    for start in range(0, len(content), _BYTES):
        text += str(binascii.b2a_base64(content[start : start + _BYTES], newline=False), "ascii")
    return text
