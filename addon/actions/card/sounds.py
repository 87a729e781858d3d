"""The sounds of cards: what Anki plays, and what it speaks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.sound import SoundOrVideoTag

from ...collection.damage import preset_of
from ...collection.rows import READABLE_CARD, rows_in_parts, typed
from ...collection.singles import single
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.card import sounds as s
from ...schemas.fields.cards import Cards
from .rendering import sounds_of

if TYPE_CHECKING:
    from anki.sound import AVTag

_SILENT = {"autoplay": True, "replayQuestion": True, "question": [], "answer": []}


@action(
    "cardSounds",
    Cards,
    s.CARD_SOUNDS,
    examples=[
        Example(
            "a card without any, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123]},
            [{"cardId": 1700000001001, **_SILENT}, None],
        )
    ],
)
def card_sounds(ctx: Context, cards: list[int]) -> list[dict[str, Any] | None]:
    """Return the sounds, videos and spoken texts on both sides of each card, in the order in which Anki plays them.

    Each card is rendered.
    """
    col = ctx.col

    @cache
    def plays(deck_id: int) -> tuple[bool, bool]:
        preset = preset_of(col, deck_id)
        if preset is None:
            return True, True
        return not preset.config.disable_autoplay, not preset.config.skip_question_when_replaying_answer

    found: dict[int, dict[str, Any]] = {}
    for card_id, model_id, home in ctx.paced(rows_in_parts(ctx, _CARDS, cards)):
        sounds = sounds_of(col, card_id, model_id)
        if sounds is not None:
            autoplay, replay_question = plays(home)
            found[card_id] = {
                "cardId": card_id,
                "autoplay": autoplay,
                "replayQuestion": replay_question,
                "question": [*map(_described, sounds[0])],
                "answer": [*map(_described, sounds[1])],
            }
    return [found.get(card_id) for card_id in cards]


_CARDS = f"""
select id, (select {typed("mid")} from notes where id = cards.nid), iif(odid, odid, did)
from cards where {READABLE_CARD} and id in ids"""  # noqa: S608  (constants)


def _described(tag: AVTag) -> dict[str, Any]:
    if isinstance(tag, SoundOrVideoTag):
        return {"file": Path(tag.filename).name}  # Anki plays other files only for an add-on
    return {"text": tag.field_text, "lang": tag.lang, "voices": [*tag.voices], "speed": single(tag.speed)}
