"""Bytes to values and back."""

import json
import time

import orjson
import pytest
from sizes import for_rows

from addon.rpc import codec
from addon.rpc.codec import Document

WHOLE = [0, -1, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**30]


@for_rows("value", WHOLE)
def test_whole_numbers_of_any_length_are_read_and_written_exactly(value):
    document = codec.loads(str(value).encode())
    assert document == Document(value)
    assert type(document.value) is int
    assert codec.dumps(value) == str(value).encode()


@for_rows("text", ["0.1", "1e3", "-1.5E-7", "0.1234567890123456789", "1234567890123456789.5", "1e-999"])
def test_fractions_are_read_as_python_reads_them(text):
    document = codec.loads(text.encode())
    assert document == Document(float(text))
    assert type(document.value) is float


@for_rows("text", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1.5e400"])
@for_rows("form", ["{}", '{{"a": [{}]}}', "[{}, 1234567890123456789]"])
def test_numbers_that_json_has_no_value_for_are_read_and_flagged(text, form):
    body = form.format(text)
    document = codec.loads(body.encode())
    assert document.error is None
    assert not document.standard
    assert repr(document.value) == repr(json.loads(body))


@for_rows("body", [b"1", b'"NaN"', b'["Infinity", 1234567890123456789]', b'"\\ud800"'])
def test_anything_else_is_standard(body):
    assert codec.loads(body).standard


@pytest.mark.parametrize("text", ["\ud800", "a\ud800b", "\ude00\ud83d"], ids=ascii)
def test_lone_surrogates_survive_the_round_trip(text):
    body = codec.dumps({text: [text]})
    assert body == json.dumps({text: [text]}, separators=(",", ":")).encode()
    assert codec.loads(body) == Document({text: [text]})


@for_rows("value", ["ключ", "🗝", "\u2028", "\x00", "\x7f", "e\u0301"])
def test_text_survives_the_round_trip(value):
    assert codec.loads(codec.dumps(value)) == Document(value)
    assert codec.loads(json.dumps(value).encode()) == Document(value)


def test_text_is_written_as_utf_8_without_escapes_or_spaces():
    assert codec.dumps({"ключ": ["é", 1]}) == '{"ключ":["é",1]}'.encode()


@for_rows(
    "body",
    [b"", b" ", b"{", b"{'a': 1}", b"[1,]", b"1 2", b"01", b'{"a" 1}', b'"\x00"', b"[1234567890123456789"],
)
def test_what_does_not_parse_is_told_in_pythons_words(body):
    document = codec.loads(body)
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (whatever Python says)
        json.loads(body.decode())
    assert document == Document(None, str(caught.value), is_empty=not body)


def test_bytes_that_are_no_utf_8_are_told_in_pythons_words():
    assert codec.loads(b'"\xff"').error == "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"


@for_rows("body", [b"\xef\xbb\xbf{}", "{}".encode("utf-16"), "{}".encode("utf-32-le"), b"\x1f\x8b\x08"])
def test_other_encodings_are_refused(body):
    assert codec.loads(body).error is not None


@for_rows("body", [b"[" * 10**6, b"[" * 10**5 + b"]" * 10**5, b'{"a":' * 10**5 + b"1" + b"}" * 10**5, b"9" * 10_000])
def test_size_and_depth_are_errors_and_no_crash(body):
    assert codec.loads(body).error


def test_of_repeated_members_the_last_one_counts():
    assert codec.loads(b'{"a": 1, "a": 2}').value == {"a": 2}
    assert codec.loads(b'{"a": 1, "a": 1234567890123456789}').value == {"a": 1234567890123456789}


@for_rows("value", [{1, 2}, b"bytes", object(), [object()]])
def test_what_json_cannot_say_is_a_type_error(value):
    with pytest.raises(TypeError):
        codec.dumps(value)


@for_rows(("value", "weight"), [("0", 1), ("[]", 2), ("{}", 2), ("[[[[]]]]", 5), ('{"":0}', 2)])
def test_a_body_of_more_values_than_memory_should_hold_is_not_read(value, weight):
    limit = 2**12
    items = [value.encode()] * (limit // weight)
    assert codec.loads(b"[" + b",".join(items[1:]) + b"]", limit).error is None
    body = b"[" + b",".join(items * 2) + b"]"
    assert codec.loads(body, limit) == Document(
        None, "The body contains more than 4096 values. Send them in several requests."
    )


def test_a_body_may_hold_four_million_values():
    values = b"0," * (codec.MOST_VALUES - 1)
    assert codec.loads(b"[" + values + b"0]").error is None
    too_many = codec.loads(b"[" + values + b"0,0]")
    assert too_many == Document(None, "The body contains more than 4194304 values. Send them in several requests.")


def test_a_long_text_is_one_value():
    assert codec.loads(b'"%s"' % (b"x" * 2 * codec.MOST_VALUES)).error is None


PIECE = 2**14
"""Bytes. The real pieces are longer, which makes no difference but takes longer."""
LONG = "QmFzZTY0/+-_" * (PIECE // 4) + "Zg=="


@pytest.fixture
def short_pieces(monkeypatch):
    for name in ("_PIECE_BYTES", "_ITEMS_BYTES", "_SLICE_CHARACTERS"):
        monkeypatch.setattr(codec, name, PIECE)


@for_rows(
    "form",
    [
        *('{{"a": "{}"}}', '{{"a": 1, "b": ["{}", "{}", 2]\n, "c": "{}" }}', '[{{"a": {{}}}}, ["{}"\r\n]]', '"{}"'),
        *('{{"{}": 1}}', '{{"{}" : "{}"}}', '{{"a": "{}", "a": "{}"}}', '["\\"{}"]', '["a\\\\\\"{}"]', '["\\\\{}"]'),
        *('["{}\\n"]', '["{}\\u00e9"]', '["{} "]', '["é", "{}"]', '["ab", "{}é"]', '[",{}"]', '[1, "{}", 123456]'),
        *('["{}", 1234567890123456789012]', '["{}", NaN]', '["{}", "\\ud800"]', '["' + "x" * PIECE + '{}", "{}"]'),
    ],
)
def test_long_texts_of_base64_are_read_as_python_reads_them(short_pieces, form):
    body = form.format(*[LONG] * form.count("{}"))
    assert repr(codec.loads(body.encode()).value) == repr(json.loads(body))


@for_rows(
    "form",
    [
        '["{}"',
        '["{}',
        '{}"]',
        '["a"{}"b"]',
        '["a"{}, "b"]',
        "[{}]",
        '["{}" "b"]',
        '["{}",]',
        '["a", "{}"]]',
        '{{"a":{}"',
    ],
)
def test_json_that_is_broken_beside_a_long_text_is_told_in_pythons_words(short_pieces, form):
    body = form.format(LONG)
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (whatever Python says)
        json.loads(body)
    assert codec.loads(body.encode()) == Document(None, str(caught.value))


def test_long_numbers_and_names_in_place_of_base64_are_read():
    number = "1" * 4000
    assert codec.loads(f"[{number}]".encode()).value == [int(number)]
    assert codec.loads(b'["a"' + b"1" * 2**22 + b"]").error


NOTES = ", ".join(
    f'{{"deck": "A", "audio": [{{"url": "{i}"}}, {{"deck": "B"}}], "tags": ["x"]}}' for i in range(PIECE // 20)
)
TEXTS = ", ".join([r'{"deck": "}, {\"deck\": [{\"deck\""}'] * (PIECE // 10))


@for_rows(
    "form",
    [
        *("[{}]", '{{"params": {{"notes": [{}]}}, "id": 1}}', '{{"a": [{}], "b": [{}]}}', '{{"a": [{}], "a": [{}]}}'),
        *('[[{}], [[{}]], "{{"]', '[{}, {{"other": 1}}, "text", {}]', '[{{"deck": [{}]}}, {{"deck": [{}]}}]'),
        *('["[{{", "deck", {}]', '[{{"method": {{"notes": [{}]}}}}, {{"method": [{}]}}]'),
    ],
)
def test_long_arrays_of_objects_are_read_as_python_reads_them(short_pieces, form):
    for items in (NOTES, TEXTS, NOTES.replace(", {", " ,\n\t{"), NOTES.replace(" ", "")):
        body = form.format(*[items] * form.count("{}"))
        assert codec.loads(body.encode()).value == json.loads(body)


@for_rows(
    "form", ["[{}", "{}]", "[{}]]", "[{}}}]", '{{"a": {}}}', "[{} 1]", '["{}]', "[{},]", '[{}, "a]', "[{}], [{}]"]
)
def test_json_that_is_broken_around_a_long_array_is_told_in_pythons_words(short_pieces, form):
    body = form.format(*[NOTES] * form.count("{}"))
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (whatever Python says)
        json.loads(body)
    assert codec.loads(body.encode()) == Document(None, str(caught.value))


def test_pieces_of_the_real_length_make_the_whole():
    value = {"text": LONG * 100, "notes": json.loads(f"[{NOTES}]") * 20}
    body = json.dumps(value).encode()
    assert codec.loads(body).value == value
    parts, size = codec.parts_of(value, 2**30)
    assert json.loads(b"".join(parts)) == value
    assert size == sum(map(len, parts))


CARDS = b"[%b]" % b",".join([b'{"card": %d, "ease": 3, "answered": true}' % number for number in range(20_000)])


@for_rows(
    "body",
    [
        b'{"a": %b, "b": [%b]}' % (CARDS, b",".join([b"{}"] * 10**6)),
        b'[[{"%b": 1}], %b]' % (b"k" * 200_000, CARDS),
    ],
)
def test_what_stands_beside_a_long_array_costs_little(body):
    def seconds(loads):
        start = time.process_time()
        loads(body)
        return time.process_time() - start

    assert any(seconds(codec.loads) < 4 * seconds(orjson.loads) for _ in range(3))


@for_rows(
    "text", [LONG, 'é\n"\\' * (PIECE // 2), "\x00" * (PIECE + 1), "🗝" * PIECE, "a" * PIECE + "\ud800", "a" * PIECE]
)
def test_long_texts_are_written_in_parts(short_pieces, text):
    for value in (text, {"a": text}, [text]):
        parts, size = codec.parts_of(value, 2**30)
        assert size == sum(map(len, parts))
        assert json.loads(b"".join(parts)) == value
