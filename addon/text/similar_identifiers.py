"""The methods and members that were probably meant by a wrong name, compared word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache

from .similar import LONGEST, MOST_NAMES

_MOST_WORDS = 10
_LEAST_SIMILARITY = 0.6
_LEAST_OF_A_WORD = 0.7
"""The least similarity of two words that are the same but for a slip."""
_LEAST_OF_LETTERS = 0.8
"""The least similarity of two names that are the same but for a slip, whatever their words."""
_OF_A_SUMMARY = 0.9
"""What a match with a summary counts for, compared with one with a name."""
_SUMMARY_WORDS = 3

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NOTE_TYPE = re.compile(r"[Nn]ote[ _]?[Tt]ype")
_SAME = {
    word: group[0]
    for group in (
        ("add", "create", "new", "insert", "make", "store", "save", "upload", "put"),
        ("get", "list", "read", "fetch", "retrieve", "info"),
        ("find", "search", "query"),
        ("delete", "remove", "erase", "clear"),
        ("update", "edit", "change", "modify", "set"),
        ("current", "active", "next"),
        ("answer", "grade"),
        ("package", "apkg"),
        ("text", "csv", "tsv"),
    )
    for word in group
}
_WEIGHTS = dict.fromkeys(("add", "get", "find", "update", "name", "id", "all"), 0.4)
"""What words count for that say little; others count for 1."""
_COUNTS_FOR_NOTHING = {"a", "the", "of", "for", "by", "to", "in", "and", "with", "from"}


def similar_identifiers(wrong: str, names: Iterable[str] | Mapping[str, str], most: int = 3) -> list[str]:
    """Return up to `most` names of methods or members that were probably meant, the likeliest first.

    Two words are alike if one is a plural of the other, a slip, or another word for it. A name with a different word is
    not suggested for its letters: for `moveCards` not `moveDecks`. In a mapping, each name has a summary, which counts
    too: that of `changeDeck` is *Move cards to a deck*.
    """
    words = _words(wrong[: LONGEST + 1])
    if len(wrong) > LONGEST or len(words) > _MOST_WORDS:
        return []
    similarity = cache(_similarity)
    scores = {}
    for name, _ in zip(names, range(MOST_NAMES), strict=False):
        score = max(_overlap(words, _words(name), similarity), _of_letters(wrong, name))
        if isinstance(names, Mapping) and len(words) > 1:
            described = _words(names[name].partition(",")[0])[:_SUMMARY_WORDS]
            score = max(score, _OF_A_SUMMARY * _overlap(words, described, _equality))
        if score >= _LEAST_SIMILARITY:
            scores[name] = score
    is_plural = wrong.endswith("s")
    return sorted(scores, key=lambda name: (-scores[name], name.endswith("s") != is_plural))[:most]


def weighted_words(text: str) -> dict[str, float]:
    """Return the weight of each word of a text. Words with the same meaning are returned as one of them."""
    return {_SAME.get(word, word): _weight(word) for word in _words(text)}


def _words(text: str) -> list[str]:
    found = (word.lower() for word in _WORD.findall(_NOTE_TYPE.sub("Model", text)))
    singular = (word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word for word in found)
    return [word for word in singular if word not in _COUNTS_FOR_NOTHING]


def _overlap(some: list[str], others: list[str], similarity: Callable[[str, str], float]) -> float:
    """How much two lists of words have in common: from 0 to 1."""
    left, common = [*others], 0.0
    for word in some:
        best = max(left, key=lambda other: similarity(word, other), default=None)
        if best is not None and similarity(word, best):
            left.remove(best)
            common += similarity(word, best) * (_weight(word) + _weight(best))
    return common / (sum(map(_weight, [*some, *others])) or 1)


def _weight(word: str) -> float:
    return _WEIGHTS.get(_SAME.get(word, word), 1.0)


def _equality(one: str, other: str) -> float:
    return float(_SAME.get(one, one) == _SAME.get(other, other))


def _similarity(one: str, other: str) -> float:
    if _equality(one, other) or one[0] != other[0]:  # hardly anybody mistypes the first letter
        return _equality(one, other)
    return _ratio(one, other, _LEAST_OF_A_WORD)


def _of_letters(one: str, other: str) -> float:
    return _ratio(one.casefold(), other.casefold(), _LEAST_OF_LETTERS)


def _ratio(one: str, other: str, least: float) -> float:
    """The similarity of two texts; 0 if it is less than `least`."""
    shorter, longer = sorted((len(one), len(other)))
    if 2 * shorter < least * (shorter + longer):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    if matcher.quick_ratio() < least or (ratio := matcher.ratio()) < least:
        return 0.0
    return ratio
