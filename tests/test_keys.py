"""How keys are kept: whatever is no hash is a key, and its hash opens for it alone."""

import re
from hashlib import sha256

from sizes import for_rows

from addon import keys

SALT, DIGEST = "0" * 32, "0" * 64
MALFORMED = {
    "no parts": "sha256",
    "one part": "sha256$",
    "no digest": f"sha256${SALT}",
    "an empty digest": f"sha256${SALT}$",
    "an empty salt": f"sha256$${DIGEST}",
    "a short salt": f"sha256${SALT[1:]}${DIGEST}",
    "a long salt": f"sha256${SALT}0${DIGEST}",
    "a short digest": f"sha256${SALT}${DIGEST[1:]}",
    "a long digest": f"sha256${SALT}${DIGEST}0",
    "a fourth part": f"sha256${SALT}${DIGEST}$",
    "capitals": f"sha256${SALT}${'A' * 64}",
    "no hexadecimal digits": f"sha256${SALT}${'g' * 64}",
    "another algorithm": f"sha512${SALT}${DIGEST}",
    "a space before": f" sha256${SALT}${DIGEST}",
    "a line end after": f"sha256${SALT}${DIGEST}\n",
    "other separators": f"sha256:{SALT}:{DIGEST}",
}


@for_rows("key", MALFORMED.values())
def test_a_malformed_hash_is_a_key_like_any_other(key):
    hashed = keys.hash_key(key)
    assert keys.HASH.fullmatch(hashed)
    assert keys.hash_key(hashed) == hashed
    assert keys.matches(hashed, key)
    assert not keys.matches(hashed, hashed)


@for_rows("key", ["k", "ключ", "\ud83d", "$", "$$", " ", "\0", "k" * 10_000])
def test_a_key_opens_its_own_hash_alone(key):
    hashed = keys.hash_key(key)
    assert re.fullmatch(r"sha256\$[0-9a-f]{32}\$[0-9a-f]{64}", hashed)
    assert keys.matches(hashed, key)
    salt = hashed.split("$")[1]
    for other in (
        "",
        key + "x",
        key[:-1],
        "x" + key,
        salt + key,
        hashed,
        None,
        5,
        True,
        [key],
        key.encode("utf-8", "replace"),
    ):
        assert not keys.matches(hashed, other)


def test_a_hash_is_the_salted_sha256_of_the_key():
    """Settings that were written once must open with their keys for ever."""
    known = "sha256$00112233445566778899aabbccddeeff$daf0c9ef29adf29981119834ce9f5357822f4a381f0552edc08b3f1934498b37"
    assert keys.matches(known, "k")


@for_rows("given", ["", "k", None, 0, False, [], {}])
def test_an_empty_key_is_none_even_if_its_hash_is_kept(given):
    assert keys.hash_key("") == ""
    for hashed in ("", f"sha256${SALT}${sha256(SALT.encode()).hexdigest()}"):
        assert not keys.matches(hashed, given)


@for_rows("given", ["", "k", keys.NO_KEYS_HASH, DIGEST, SALT])
def test_what_stands_for_a_wrong_key_is_a_hash_that_no_key_has(given):
    assert keys.HASH.fullmatch(keys.NO_KEYS_HASH)
    assert not keys.matches(keys.NO_KEYS_HASH, given)


def test_a_new_key_has_192_random_bits_and_fits_into_a_header():
    made = {keys.generate() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", key) for key in made)


def test_one_key_is_kept_under_a_new_salt_each_time():
    salts = {keys.hash_key("k").split("$")[1] for _ in range(100)}
    assert len(salts) == 100
