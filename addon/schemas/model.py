"""What the actions on note types take and give. On the wire they are called models."""

from .base import Object, Params
from .fields import Anything, Boolean, Integer, List, Mapped, Nested, String, Texts

MODEL_NAMES = Texts("Names of all note types, in alphabetical order.", title="ModelNameList")
MODEL_IDS_BY_NAME = Mapped(
    Integer("Id of the note type: creation time in milliseconds since 1970.", title="ModelId"),
    "Note type name to its id.",
    title="ModelIdsByName",
)
FIELD_NAMES = Texts("Field names in field order.", title="FieldNames")


def _not_found(name: object) -> str:
    return f"model was not found: {name}"


class ModelByName(Params):
    model_name = String("Note type name, compared without case.", required=True, legacy=_not_found)


class CardTemplate(Object):
    front = String("Question side.", required=True, data_key="Front")
    back = String("Answer side.", required=True, data_key="Back")
    name = String("Template name; `Card 1`, `Card 2` and so on by position when left out.", data_key="Name")


class CreateModel(Params):
    model_name = String("Name of the new note type.", required=True)
    in_order_fields = List(String(legacy=""), "Field names, at least one.", required=True)
    card_templates = List(Nested(CardTemplate), "Card templates, at least one.", required=True)
    css = String("Styling; Anki's default when left out.", load_default=None)
    is_cloze = Boolean("Make a cloze note type.", load_default=False)


class Template(Object):
    name = String("Template name.", required=True)
    ord = Integer("Position, from 0.", required=True)
    qfmt = String("Question side.", required=True)
    afmt = String("Answer side.", required=True)
    bqfmt = String("Question side in the browser; empty for the same.", required=True)
    bafmt = String("Answer side in the browser; empty for the same.", required=True)
    did = Integer("Deck that new cards go to; null for the note's.", required=True, allow_none=True)
    bfont = String("Font in the browser; empty for the default.", required=True)
    bsize = Integer("Font size in the browser; 0 for the default.", required=True)
    id = Integer("Id of the template.", allow_none=True)


class ModelField(Object):
    name = String("Field name.", required=True)
    ord = Integer("Position, from 0.", required=True)
    sticky = Boolean("Keeps its text in the Add window.", required=True)
    rtl = Boolean("Written from right to left.", required=True)
    font = String("Font in the editor.", required=True)
    size = Integer("Font size in the editor, in points.", required=True)
    description = String("Hint in an empty field of the editor.")
    plain_text = Boolean("Edited as HTML by default.")
    collapsed = Boolean("Collapsed in the editor.")
    exclude_from_search = Boolean("Left out of searches that name no field.")
    id = Integer("Id of the field.", allow_none=True)
    tag = Integer("Anki's own mark.", allow_none=True)
    prevent_deletion = Boolean("Anki refuses to delete it.")


class Model(Object):
    id = Integer("Id of the note type: creation time in milliseconds since 1970.", required=True)
    name = String("Name.", required=True)
    type = Integer("0 for a standard note type, 1 for a cloze one.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    usn = Integer("Update sequence number; -1 for not yet synced.", required=True)
    sortf = Integer("Position of the sort field.", required=True)
    did = Integer("Deck last used; null for none.", required=True, allow_none=True)
    tmpls = List(Nested(Template), "Card templates.", required=True)
    flds = List(Nested(ModelField), "Fields.", required=True)
    css = String("Styling.", required=True)
    latex_pre = String("LaTeX before a snippet.", required=True)
    latex_post = String("LaTeX after a snippet.", required=True)
    latexsvg = Boolean("LaTeX makes SVG images.", required=True)
    req = List(
        List(Anything(), title="Requirement"),
        "Per template its position, `any`, `all` or `none`, and the fields that make a card.",
        required=True,
    )
    original_stock_kind = Integer("Which of Anki's own note types it was made from.")
    original_id = Integer("Id that it had in an imported package.", allow_none=True)


MODEL = Nested(Model, "The note type, as Anki keeps it.")
