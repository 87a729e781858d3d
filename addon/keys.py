"""API keys, which the settings store only as salted hashes.

The hash is fast on purpose. A key that is made here has 192 random bits, so a slow hash would not make it safer, but
wrong keys could then keep the gateway busy.
"""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

HASH = re.compile(r"sha256\$[0-9a-f]{32}\$[0-9a-f]{64}")

NO_KEYS_HASH = f"sha256${'0' * 32}${'0' * 64}"
"""The hash of no key. It replaces an invalid key in the settings, so that the gateway stays locked."""


def generate() -> str:
    """Return a new key."""
    return secrets.token_urlsafe(24)


def hash_key(key: str) -> str:
    """Return the hash to store for a key. A hash is returned unchanged, and so is an empty key, which means none."""
    if not key or HASH.fullmatch(key):
        return key
    salt = secrets.token_hex(16)
    return f"sha256${salt}${_digest(salt, key)}"


def matches(hashed: str, given: object) -> bool:
    """Whether a key matches a stored hash; compared in constant time. False if either is empty."""
    if not (hashed and given and isinstance(given, str)):
        return False
    _, salt, digest = hashed.split("$")
    return hmac.compare_digest(digest, _digest(salt, given))


def _digest(salt: str, key: str) -> str:
    return sha256(salt.encode() + key.encode("utf-8", "surrogatepass")).hexdigest()
