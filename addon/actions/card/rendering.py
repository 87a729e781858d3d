"""Questions and answers of cards, as Anki's reviewer shows them."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from anki import hooks, latex
from anki.cards import Card, CardId
from anki.consts import MODEL_CLOZE
from anki.decks import DEFAULT_DECK_ID
from anki.errors import BackendError
from anki.models import NotetypeId
from anki.template import PartiallyRenderedCard, TemplateRenderContext, TemplateRenderOutput, apply_custom_filters
from anki.utils import to_json_bytes

from ...collection.damage import damage_behind
from ...rpc.errors import Refused
from ...text.plain import without_isolates
from ..model.template_limits import has_many_references, require_readable, require_small

if TYPE_CHECKING:
    from anki.card_rendering_pb2 import RenderCardResponse, RenderedTemplateNode
    from anki.collection import Collection
    from anki.models import NotetypeDict, TemplateDict
    from anki.notes import Note
    from anki.sound import AVTag


class HookError(Exception):
    """A hook of another add-on raised an error while it changed a card."""


_MEDIA_OR_LATEX = ("[sound:", "[anki:", "[latex", "[$")


def render(col: Collection, card_id: int, css: str, model_id: int) -> tuple[str, str]:
    """Question and answer as HTML, each after the note type's styling."""
    style = f"<style>{css}</style>"
    question, answer = sides(col, card_id, model_id)
    return style + question, style + answer


def sides(col: Collection, card_id: int, model_id: int) -> tuple[str, str]:
    """Question and answer as HTML without styling.

    If Anki cannot render a card, for example because its template is gone, both sides hold Anki's message; if the card
    is too large or another add-on fails, they hold ours.
    """
    try:
        require_safe(col, card_id, model_id)
        if not _has_hooks() and (rendered := _by_backend(col, card_id)):
            return rendered
        output = _by_hooks(col, card_id)
        return output.question_text, output.answer_text
    except HookError as error:
        text = html.escape(str(error))
    except (BackendError, Refused) as error:
        text = str(damage_behind(col, error) or error)
    return text, text


def sounds_of(col: Collection, card_id: int, model_id: int) -> tuple[list[AVTag], list[AVTag]] | None:
    """What Anki plays on the question and on the answer side; None if it cannot render the card."""
    try:
        require_safe(col, card_id, model_id)
        if not _has_hooks() and _by_backend(col, card_id):
            return [], []
        output = _by_hooks(col, card_id)
    except (BackendError, Refused, HookError):
        return None
    return output.question_av_tags, output.answer_av_tags


def require_safe(
    col: Collection, item_id: int, model_id: int, *, of_note: bool = False, in_browser: bool = False
) -> None:
    """Raise Refused if the card would crash Anki, or could become larger than the memory.

    Its note is measured only if the note type has a template with many references. `of_note`: the id is of a note, and
    each of its cards counts. `in_browser`: Anki renders it for its browser.
    """
    model = col.models.get(NotetypeId(model_id))
    if model is None:
        return
    require_readable(model)
    places = range(len(model["tmpls"]))
    if not any(has_many_references(model, place, in_browser=in_browser) for place in places):
        return
    assert col.db is not None
    select = "select c.ord, length(cast(n.flds as blob)) from cards c join notes n on n.id = c.nid where "
    for place, size in col.db.all(select + ("n.id = ?" if of_note else "c.id = ?"), item_id):
        if model["type"] == MODEL_CLOZE or place in places:
            require_small(model, place, size, in_browser=in_browser)


def _has_hooks() -> bool:
    """Whether other add-ons may change rendered cards; Anki's own LaTeX hook does not count."""
    return hooks.field_filter.count() > 0 or bool(_hooks_of_addons())


def _hooks_of_addons() -> list[Callable[[TemplateRenderOutput, TemplateRenderContext], None]]:
    return [hook for hook in hooks.card_did_render._hooks if hook is not latex.on_card_did_render]


def _by_backend(col: Collection, card_id: int) -> tuple[str, str] | None:
    """Render by one fast call. None if sounds or LaTeX need the steps that Anki makes in Python."""
    rendered = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
    sides = _joined(rendered.question_nodes), _joined(rendered.answer_nodes)
    return None if any(mark in side for side in sides for mark in _MEDIA_OR_LATEX) else sides


def _joined(nodes: Iterable[RenderedTemplateNode]) -> str:
    return "".join(node.text for node in nodes)


def _by_hooks(col: Collection, card_id: int) -> TemplateRenderOutput:
    card = col.get_card(CardId(card_id))
    try:
        return card.render_output()
    except BackendError:
        raise
    except Exception as error:
        raise _hook_error(error) from error


def _hook_error(error: Exception) -> HookError:
    return HookError(f"Another add-on of Anki failed: {type(error).__name__}: {error}")


def render_unsaved(
    col: Collection, model: NotetypeDict, note: Note, template: TemplateDict, place: int, *, fill_empty: bool
) -> tuple[str, str, bool]:
    """Question and answer of a card that need not exist, and whether it is empty, so that Anki would not make it.

    Unlike for stored cards, Anki's hook for LaTeX is not called: it writes pictures to the media folder. Raises
    TemplateError, and HookError if another add-on fails.
    """
    has_hooks = _has_hooks()
    rendered = col._backend.render_uncommitted_card_legacy(
        note=note._to_backend_note(),
        card_ord=place,
        template=to_json_bytes(template),
        fill_empty=fill_empty,
        partial_render=has_hooks,
    )
    if rendered.is_empty:  # both sides end with a message by Anki
        for nodes in (rendered.question_nodes, rendered.answer_nodes):
            nodes[-1].text = without_isolates(nodes[-1].text)
    if has_hooks:
        try:
            question, answer = _by_hooks_of_addons(model, note, template, place, rendered)
        except Exception as error:
            raise _hook_error(error) from error
    else:
        question, answer = (
            "".join(node.text for node in nodes) for nodes in (rendered.question_nodes, rendered.answer_nodes)
        )
    return question, answer, rendered.is_empty


def _by_hooks_of_addons(
    model: NotetypeDict, note: Note, template: TemplateDict, place: int, rendered: RenderCardResponse
) -> tuple[str, str]:
    card = Card(note.col)
    card.ord = place
    card.did = DEFAULT_DECK_ID
    card._note = note
    context = TemplateRenderContext.from_card_layout(note, card, model, template, fill_empty=False)
    nodes = PartiallyRenderedCard.from_proto(rendered)
    context._question_side = True
    question = apply_custom_filters(nodes.qnodes, context, front_side=None)
    context._question_side = False
    answer = apply_custom_filters(nodes.anodes, context, front_side=question)
    output = TemplateRenderOutput(question, answer, [], [], model["css"])
    for hook in _hooks_of_addons():
        hook(output, context)
    return output.question_text, output.answer_text
