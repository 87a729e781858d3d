"""Questions and answers of cards, as Anki's reviewer shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anki import hooks, latex
from anki.cards import CardId
from anki.errors import BackendError

from ...collection.damage import damage_behind
from ...rpc.errors import Refused
from ..model.template_limits import require_readable_of

if TYPE_CHECKING:
    from anki.collection import Collection

_MEDIA_OR_LATEX = ("[sound:", "[anki:", "[latex", "[$")


def render(col: Collection, card_id: int, css: str, model_id: int) -> tuple[str, str]:
    """Question and answer as HTML, each after the note type's styling."""
    style = f"<style>{css}</style>"
    question, answer = sides(col, card_id, model_id)
    return style + question, style + answer


def sides(col: Collection, card_id: int, model_id: int) -> tuple[str, str]:
    """Question and answer as HTML without styling.

    If Anki cannot render a card, for example because its template is gone, both sides hold Anki's message.
    """
    try:
        require_readable_of(col, [model_id])
        if _has_hooks():
            return _by_hooks(col, card_id)
        return _by_backend(col, card_id) or _by_hooks(col, card_id)
    except (BackendError, Refused) as error:
        text = str(damage_behind(col, error) or error)
        return text, text


def _has_hooks() -> bool:
    """Whether other add-ons may change rendered cards; Anki's own LaTeX hook does not count."""
    return hooks.field_filter.count() > 0 or any(
        hook is not latex.on_card_did_render for hook in hooks.card_did_render._hooks
    )


def _by_backend(col: Collection, card_id: int) -> tuple[str, str] | None:
    """Render by one fast call. None if sounds or LaTeX need the steps that Anki makes in Python."""
    rendered = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
    sides = ["".join(node.text for node in nodes) for nodes in (rendered.question_nodes, rendered.answer_nodes)]
    if any(mark in side for side in sides for mark in _MEDIA_OR_LATEX):
        return None
    return sides[0], sides[1]


def _by_hooks(col: Collection, card_id: int) -> tuple[str, str]:
    output = col.get_card(CardId(card_id)).render_output()
    return output.question_text, output.answer_text
