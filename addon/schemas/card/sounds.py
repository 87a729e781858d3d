"""Result of cardSounds."""

from ..base import Object
from ..fields.basic import AnyOf, Boolean, Integer, List, Nested, Number, String, Strings


class SoundFile(Object):
    """A sound or a video of the media folder."""

    file = String("Name in the media folder; the file may be missing.", required=True)


class SpokenText(Object):
    """A text to be spoken by the computer."""

    text = String("What to say, without HTML.", required=True)
    lang = String("Language, such as `it_IT`.", required=True)
    voices = Strings("Preferred voices, best first; mostly none.", required=True)
    speed = Number("1 is normal.", required=True)


def _side(side: str) -> List:
    return List(
        AnyOf(Nested(SoundFile), Nested(SpokenText), title="SoundOrSpokenText"),
        f"Of the {side}, in order: the rendered HTML has `[anki:play:{side[0]}:0]` in the place of the first one.",
        required=True,
    )


class SoundsOfCard(Object):
    """What Anki plays with a card."""

    card_id = Integer("Card id.", required=True)
    autoplay = Boolean("Anki plays it when it shows the side, by the preset of the home deck.", required=True)
    replay_question = Boolean(
        "On the answer side, Anki's *Replay Audio* also plays that of the question.", required=True
    )
    question = _side("question")
    answer = _side("answer")


CARD_SOUNDS = List(
    Nested(SoundsOfCard, title="SoundsOrUnknown", allow_none=True),
    "One entry per card, in order; null for an unknown id, and for a card that Anki cannot show.",
    title="SoundsOfCards",
)
