"""The pictures and sounds of cards, as content blocks."""

from __future__ import annotations

from . import content
from .replies import Asked, CallFailed, JsonObject, ToolReply

WITH_MEDIA: JsonObject = {"type": "boolean"}
"""The schema of the param by which a tool returns the media of its cards."""


def file(asked: Asked, arguments: JsonObject) -> ToolReply:
    """Answer with a media file as a picture, a sound or a resource."""
    data = asked.result("retrieveMediaFile", **arguments)
    return ToolReply(blocks=[content.media(str(arguments.get("filename")), data)], only_blocks=True)


def next_cards(asked: Asked, arguments: JsonObject) -> ToolReply:
    """Answer with the cards that come next and, if the call wants them, with the media of the sides that it returns."""
    wants = arguments.pop("media", False)
    queue = asked.result("nextCards", **arguments)
    if wants is not True:
        return ToolReply(queue)
    blocks, missing, room = [], [], content.SHOWN_BYTES
    for name in _names(asked, queue["cards"]):
        try:
            data = asked.result("retrieveMediaFile", filename=name)
        except CallFailed:
            missing.append(name)
            continue
        room -= len(data)
        if room < 0:
            blocks.append({"type": "resource_link", "uri": content.media_uri(name), "name": name})
        else:
            blocks.append(content.media(name, data))
    return ToolReply(queue, blocks, {"missingMedia": missing} if missing else {})


def _names(asked: Asked, cards: list[JsonObject]) -> list[str]:
    """Return the names of the pictures and sounds on the sides that are shown, each once."""
    sounds = asked.result("cardSounds", cards=[card["cardId"] for card in cards])
    names: list[str] = []
    for card, heard in zip(cards, sounds, strict=True):
        for side in ("question", "answer"):
            if side in card:
                names += content.pictures(card[side])
                names += [sound["file"] for sound in (heard or {}).get(side, ()) if "file" in sound]
    return list(dict.fromkeys(names))
