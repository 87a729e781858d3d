"""API keys as they are kept: salted hashes, from which no key can be read back.

The hash is a fast one: a key that was made here has 192 random bits, which no slower hash makes safer, and a slow one
would let whoever sends wrong keys keep the gateway busy.
"""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

HASH = re.compile(r"sha256\$[0-9a-f]{32}\$[0-9a-f]{64}")

NOBODYS = f"sha256${'0' * 32}${'0' * 64}"
"""Stands in the place of a key that is wrong: no key has this hash."""


def make() -> str:
    """A new key."""
    return secrets.token_urlsafe(24)


def kept(key: str) -> str:
    """What is kept of a key; a hash stays as it is, and so does the empty key, which is none."""
    if not key or HASH.fullmatch(key):
        return key
    salt = secrets.token_hex(16)
    return f"sha256${salt}${_digest(salt, key)}"


def matches(hashed: str, given: object) -> bool:
    """Whether a key is the one that is kept, in a time that tells nothing about it. An empty key is none."""
    if not (hashed and given and isinstance(given, str)):
        return False
    _, salt, digest = hashed.split("$")
    return hmac.compare_digest(digest, _digest(salt, given))


def _digest(salt: str, key: str) -> str:
    return sha256(salt.encode() + key.encode("utf-8", "surrogatepass")).hexdigest()
