"""Normal forms are Unicode's, and a letter with very many marks takes no longer than as many letters."""

import random
import time
import unicodedata

from sizes import for_rows, size

from addon.text.normal_forms import is_nfc, nfc, nfd

LETTERS = [*"aeo", "\uac00", "\u1100", "\u1161", "\u11a8"]


def test_they_are_those_of_python():
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    marks = [letter for letter in every if unicodedata.combining(letter)]
    decomposed = [letter for letter in every if unicodedata.decomposition(letter)]
    dice = random.Random(1)
    for _ in range(size("NORMAL_FORMS", 5_000, 200_000)):
        text = "".join(dice.choice(dice.choice((marks, decomposed, LETTERS))) for _ in range(dice.randrange(12)))
        assert nfc(text) == unicodedata.normalize("NFC", text), ascii(text)
        assert nfd(text) == unicodedata.normalize("NFD", text), ascii(text)
        assert is_nfc(text) == unicodedata.is_normalized("NFC", text), ascii(text)


@for_rows(
    "piece",
    [
        "\u0315\u0300",
        "\u0344\u0315",
        "\u0f73\u0f71",
        "\u0302\u0315",
        "\u1f71\u0345",
        "a\u0315\u0300",
        "\u1100\u1161\u11a8",
        "\u0300",
        "\u0958",
    ],
)
@for_rows("form", [nfc, nfd, is_nfc])
def test_the_time_grows_with_the_length(form, piece):
    def seconds(count):
        text = "a" + piece * count
        before = time.process_time()
        form(text)
        return time.process_time() - before

    assert any(seconds(40_000) < 10 * seconds(10_000) + 0.02 for _ in range(3))
