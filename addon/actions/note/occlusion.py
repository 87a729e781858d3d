"""Image occlusion notes: adding, reading and changing them, with their shapes as objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anki.buildinfo import version
from anki.models import NotetypeId, StockNotetype
from anki.utils import int_version

from ...collection import media_store
from ...collection.damage import naming_damage, note_types, require_home, target_decks
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import ActionError, AnkiTooOld, FileProblem, Refused, SomeFailed
from ...rpc.host import Host
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.notes import ADDED_NOTES, NOTE_UPDATES
from ...schemas.note import occlusion as s
from ..deck.decks import deck_not_found, find_deck, refuse_filtered
from ..media.files import needs_of_source, store_references, with_content
from ..model.models import require_model
from ..model.template_limits import require_readable
from .bulk import LoadedNote, NoteBatch, change_each
from .drafts import deck_wanted, model_wanted
from .idempotency import match_idempotency_key
from .shapes import of_text, to_text, with_mode
from .updates import check_field_count
from .writing import NoteToAdd, add_in_chunks, bulk_label, number_errors, outcomes

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.image_occlusion_pb2 import ImageOcclusionFieldIndexes
    from anki.models import NotetypeDict
    from anki.notes import Note

_READS_BACKSLASHES = int_version() >= 260800
"""Older versions of Anki drop a text with a backslash, and store the note without it when the user edits its shapes."""
_IMAGE = {"filename": "_map.png", "data": "iVBORw0KGgo="}
_RECT = {"type": "rect", "card": 1, "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}


def fetch_images(params: dict[str, Any], caller: Caller, host: Host) -> dict[str, Any]:
    """The params with the fetched images, so that fetching needs no collection; a failed image holds its error."""
    return {**params, "notes": [_with_image(note, caller, host) for note in params["notes"]]}


def _with_image(note: dict[str, Any], caller: Caller, host: Host) -> dict[str, Any]:
    if not _is_new(note["image"]):
        return note
    (image,) = with_content(_as_picture(note["image"]), caller, host)["picture"]
    return {**note, "image": image}


def needs_of_images(params: dict[str, Any]) -> Iterator[tuple[Scope, str]]:
    """The scopes that images need which are not in the media folder yet (`Action.needs`)."""
    for note in params["notes"]:
        if _is_new(note["image"]):
            yield from needs_of_source(note["image"])


def _is_new(image: dict[str, Any]) -> bool:
    """Whether it is not in the media folder yet."""
    return any(image[source] is not None for source in ("data", "path", "url"))


def _as_picture(image: dict[str, Any]) -> dict[str, Any]:
    """An image in the form of a note's pictures."""
    return {"audio": [], "video": [], "picture": [{**image, "fields": None}]}


@dataclass(slots=True)
class _OcclusionNote(NoteToAdd):
    """One note of a call, with its image."""

    image: str = ""
    """The reference to the image in its field."""


@action(
    "addImageOcclusionNotes",
    s.AddImageOcclusionNotes,
    ADDED_NOTES,
    prepare=fetch_images,
    needs=needs_of_images,
    writes=True,
    errors=[SomeFailed],
    cancellable=True,
    examples=[
        Example(
            "a map with two places on it",
            {
                "notes": [
                    {
                        "image": _IMAGE,
                        "shapes": [_RECT, {"type": "ellipse", "left": 0.5, "top": 0.5, "width": 0.2, "height": 0.1}],
                        "deckName": "Default",
                        "header": "Italy",
                    }
                ]
            },
            [{"id": 1700000000003, "error": None}],
        )
    ],
)
def add_image_occlusion_notes(
    ctx: Context, notes: list[dict[str, Any]], on_error: str, idempotency_key: str | None
) -> list[dict[str, Any]]:
    """Add image occlusion notes and return for each its id, or why it was not added.

    Each shape becomes a card, except that shapes with the same number share one, and texts get none. Duplicates are not
    checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
    """
    items = [_OcclusionNote(note) for note in notes]
    if idempotency_key is not None:
        match_idempotency_key(ctx, idempotency_key, items, [_content(note) for note in notes])
    for item in ctx.paced(items):
        if item.is_new:
            try:
                with naming_damage(ctx.col):
                    _judge(ctx.col, item)
            except ActionError as error:
                item.error = error
    number_errors(ctx, [item.error for item in items], abort=on_error == "abort")
    for item in ctx.paced(items):
        if item.is_new:
            item.error = _store(ctx.col, item)
    number_errors(ctx, [item.error for item in items], abort=on_error == "abort")
    _add(ctx, [item for item in items if item.is_new])
    return outcomes(ctx, items)


def _content(note: dict[str, Any]) -> list[Any]:
    """The content of a note, for its idempotency key."""
    return [note["image"]["filename"], note["shapes"], note["header"], note["back_extra"]]


def _judge(col: Collection, item: _OcclusionNote) -> None:
    """Find a note's deck and image. Raises ActionError if the note cannot be added."""
    note, image = item.source, item.source["image"]
    model = _model(col, note)
    if _gives_model(note):
        _places(col, model)
    if model is not None:
        require_readable(model)
    deck_id = find_deck(col, deck_wanted(note))
    if deck_id is None:
        raise deck_not_found(deck_wanted(note))
    refuse_filtered(col, deck_id)
    item.deck_id = deck_id
    for home in {deck_id, *(target_decks(model) if model else ())}:
        require_home(col, home)
    if all(shape["type"] == "text" and "card" not in shape for shape in note["shapes"]):
        raise Refused("There is no shape for a card to ask for.", field=s.NewOcclusionNote.wire("shapes"))
    _require_readable_texts(note["shapes"])
    if "error" in image:
        raise image["error"]
    if "content" not in image:
        found = media_store.find(col.media.dir(), image["filename"])
        if found is None:
            raise FileProblem(f"media file was not found: {image['filename']}", field=s.NewOcclusionNote.wire("image"))
        item.image = f'<img src="{found}">'


def _store(col: Collection, item: _OcclusionNote) -> ActionError | None:
    """Store a note's image if it came with the call; return the error if that fails."""
    image = item.source["image"]
    if "content" in image:
        try:
            ((_, item.image),) = store_references(col, _as_picture(image), plain_names=True)
        except ActionError as error:
            return error
    return None


def _add(ctx: Context, items: Sequence[_OcclusionNote]) -> None:
    col = ctx.col
    label = bulk_label(ctx, "Add", len(items)) if len(items) > 1 else "Image Occlusion"
    for item in ctx.paced(items):
        model = _model(col, item.source)
        if model is None:
            ctx.write_as(label, col._backend.add_image_occlusion_notetype)
            model = _first_model(col)
            assert model is not None
        item.note = _note(col, model, item)
    add_in_chunks(ctx, items, label)


def _note(col: Collection, model: NotetypeDict, item: _OcclusionNote) -> Note:
    source, place = item.source, _places(col, model)
    note = col.new_note(model)
    note.fields[place.occlusions] = to_text(source["shapes"], hides_all=source["mode"] == "hideAll")
    note.fields[place.image] = item.image
    note.fields[place.header] = source["header"]
    note.fields[place.back_extra] = source["back_extra"]
    note.tags = source["tags"]
    return note


def _gives_model(note: dict[str, Any]) -> bool:
    return "model_name" in note or "model_id" in note


def _model(col: Collection, note: dict[str, Any]) -> NotetypeDict | None:
    """The note type of a new note; None if there is none for image occlusion. Raises ModelNotFound."""
    return require_model(col, model_wanted(note)) if _gives_model(note) else _first_model(col)


def _first_model(col: Collection) -> NotetypeDict | None:
    return next(filter(_is_for_occlusion, note_types(col)), None)


def _is_for_occlusion(model: NotetypeDict | None) -> bool:
    kind = StockNotetype.OriginalStockKind.ORIGINAL_STOCK_KIND_IMAGE_OCCLUSION
    return bool(model and model.get("originalStockKind") == kind)


def _require_readable_texts(shapes: Sequence[dict[str, Any]], stored: Sequence[dict[str, Any]] = ()) -> None:
    """Check that this Anki can show each text. Texts that the note has already may stay. Raises AnkiTooOld."""
    known = {shape.get("text") for shape in stored}
    if not _READS_BACKSLASHES and any("\\" in text and text not in known for text in _texts(shapes)):
        raise AnkiTooOld(
            f"Anki {version} cannot show a text with a backslash; Anki 26.8 and newer can.",
            field=s.NewOcclusionNote.wire("shapes"),
        )


def _texts(shapes: Sequence[dict[str, Any]]) -> Iterator[str]:
    return (shape["text"] for shape in shapes if "text" in shape)


def _places(col: Collection, model: NotetypeDict | None) -> ImageOcclusionFieldIndexes:
    """The positions of the fields that hold the parts of a note. Raises Refused."""
    if model is None or not _is_for_occlusion(model):
        name = model["name"] if model else "?"
        raise Refused(f"This note type is not for image occlusion: {name}", model=name)
    return col._backend.get_image_occlusion_fields(model["id"])


# --- reading ---


@action(
    "getImageOcclusionNotes",
    s.GetImageOcclusionNotes,
    s.OCCLUSION_NOTES,
    errors=[Refused],
    examples=[Example("an id that does not exist", {"notes": [1234567890123]}, [{}])],
)
def get_image_occlusion_notes(ctx: Context, notes: list[int]) -> list[dict[str, Any]]:
    """Describe image occlusion notes, with their shapes, in the order of the ids.

    The call fails if a note is not for image occlusion.
    """
    col = ctx.col
    batch = NoteBatch(col)
    batch.load(ctx, notes)
    known = [note_id for note_id in dict.fromkeys(notes) if note_id in batch.notes]
    described = {note_id: _described(col, batch.notes[note_id]) for note_id in known}
    return [described.get(note_id, {}) for note_id in notes]


def _described(col: Collection, stored: LoadedNote) -> dict[str, Any]:
    note = stored.note
    model = col.models.get(NotetypeId(note.notetype_id))
    place = _places(col, model)
    assert model is not None
    fields = [*note.fields, *[""] * len(model["flds"])]  # a damaged note can have too few
    shapes, hides_all = of_text(fields[place.occlusions])
    return {
        "noteId": note.id,
        "modelName": model["name"],
        "image": next(iter(col.media.files_in_str(model["id"], fields[place.image])), None),
        "mode": "hideAll" if hides_all else "hideOne",
        "shapes": shapes,
        "header": fields[place.header],
        "backExtra": fields[place.back_extra],
        "tags": list(note.tags),
        "mod": stored.mod,
    }


# --- changing ---


@action(
    "updateImageOcclusionNotes",
    s.UpdateImageOcclusionNotes,
    NOTE_UPDATES,
    writes=True,
    touches_notes=lambda params: [note["id"] for note in params["notes"]],
    errors=[SomeFailed],
    examples=[
        Example(
            "a note of another kind",
            {"notes": [{"id": 1700000000001, "mode": "hideOne"}]},
            [
                {
                    "id": 1700000000001,
                    "changed": False,
                    "mod": 1700000000,
                    "error": {
                        "code": 206,
                        "message": "This note type is not for image occlusion: Italian vocab",
                        "data": {"kind": "refused", "model": "Italian vocab", "index": 0},
                    },
                }
            ],
        )
    ],
)
def update_image_occlusion_notes(ctx: Context, notes: list[dict[str, Any]], on_error: str) -> list[dict[str, Any]]:
    """Change shapes, texts and tags of image occlusion notes and return the outcome for each.

    Cards belong to the numbers of shapes, so a shape that keeps its `card` keeps its progress. If no shape has a card's
    number any longer, the card becomes empty; `removeEmptyCards` removes such cards. With `ifMod`, a note that was
    changed meanwhile fails with `conflict`. The call is one step in Anki's undo menu.
    """
    return change_each(ctx, notes, on_error, _change)


def _change(batch: NoteBatch, stored: LoadedNote, wanted: dict[str, Any]) -> None:
    place = _places(batch.col, batch.col.models.get(NotetypeId(stored.note.notetype_id)))
    batch.positions(stored.note.notetype_id)
    fields = stored.note.fields
    check_field_count(batch.col, stored.note.notetype_id, fields)
    if "shapes" in wanted or "mode" in wanted:
        text = fields[place.occlusions]
        shapes, hides_all = of_text(text)
        if "mode" in wanted:
            hides_all = wanted["mode"] == "hideAll"
            text = with_mode(text, hides_all=hides_all)
        if "shapes" in wanted:
            _require_readable_texts(wanted["shapes"], stored=shapes)
        if "shapes" in wanted and of_text(new := to_text(wanted["shapes"], hides_all=hides_all))[0] != shapes:
            text = new
        batch.set_field_at(stored, place.occlusions, text)
    batch.set_field_at(stored, place.header, wanted.get("header", fields[place.header]))
    batch.set_field_at(stored, place.back_extra, wanted.get("back_extra", fields[place.back_extra]))
    batch.set_tags(stored, wanted.get("tags"), [], [])
