"""An extension that uses all that an extension can declare."""

WORD = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "description": "The word."},
        "readings": {"type": "array", "items": {"type": "string"}},
        "parts": {
            "type": ["array", "null"],
            "items": {"type": "object", "properties": {"kanji": {"type": "string"}}, "required": ["kanji"]},
        },
        "level": {"enum": [1, 2, None]},
        "more": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
    "required": ["text"],
    "additionalProperties": False,
}
PARAMS = {
    "type": "object",
    "definitions": {"word": WORD},
    "properties": {
        "words": {"type": "array", "items": {"$ref": "#/definitions/word"}, "description": "The words."},
        "style": {"enum": ["html", "plain"], "default": "html"},
        "either": {"anyOf": [{"type": "integer"}, {"type": "object", "properties": {"id": {"type": "integer"}}}]},
        "anything": {},
        "empty": {"type": "object"},
        "limit": {"type": ["integer", "null"], "minimum": 1, "default": None},
    },
    "required": ["words"],
}
RESULT = {
    "type": "array",
    "items": {"type": ["object", "null"], "properties": WORD["properties"], "required": ["text"]},
}


def generate(ctx, words, style, limit, **more):
    """Return the words with their readings. A comment ends with */.

    It has a second paragraph.
    """
    if not words:
        raise ctx.error("tooLong")
    return words


def remove(ctx, notes):
    """Delete notes."""


def register(door):
    furigana = door.extension("furigana", interface=1, title="Furigana")
    furigana.action(
        "furigana_generate",
        generate,
        params=PARAMS,
        result=RESULT,
        idempotent=True,
        errors={"tooLong": "The text is too long."},
        examples=[{"name": "one word", "params": {"words": [{"text": "a"}]}, "result": [{"text": "a"}]}],
    )
    furigana.action(
        "furigana_remove",
        remove,
        params={"properties": {"notes": {"type": "array", "items": {"type": "integer"}}}, "required": ["notes"]},
        writes=True,
        scope="delete",
        dry_run=lambda ctx, notes: ctx.losses(notes=notes),
    )
    furigana.action(
        "furigana_fill",
        lambda ctx: {"filled": 0},
        result={"type": "object", "properties": {"filled": {"type": "integer"}}, "required": ["filled"]},
        writes=True,
        dry_run=lambda ctx: ctx.losses(),
    )
    furigana.action(
        "furigana_choose",
        lambda ctx: None,
        result={"type": ["object", "null"], "properties": {"filled": {"type": "integer"}}},
        writes=True,
        dry_run=lambda ctx: ctx.losses(),
    )
    furigana.action("furigana_show", lambda ctx: ctx.mw.show(), runs_on="window", scope="gui", agents=False)
    furigana.action("furigana_fetch", lambda ctx: None, runs_on="thread", result={"type": "object", "properties": {}})
    furigana.event(
        "furigana_generated", "Readings were generated.", {"properties": {"words": {"type": "array", "items": WORD}}}
    )
    return furigana
