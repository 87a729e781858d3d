"""Params and results of the actions on note types, which are called models on the wire."""

from typing import Any

from ..base import Object, Params
from ..fields.basic import AnyOf, Anything, Boolean, Dict, Id, Ids, Integer, List, Nested, String, Strings
from ..fields.models import MODEL_BY_NAME

MODEL_NAMES = Strings("Names of all note types, in alphabetical order.", title="ModelNameList")
MODEL_IDS_BY_NAME = Dict(
    Integer("Id of the note type: creation time in milliseconds since 1970.", title="ModelId"),
    "Id of each note type by its name.",
    title="ModelIdsByName",
)
FIELD_NAMES = Strings("Field names in field order.", title="FieldNames")


class ListedModel(Object):
    """A note type in short."""

    id = Integer("Id of the note type.", required=True)
    name = String("Name.", required=True)
    is_cloze = Boolean("It makes cards from cloze deletions: `{{c1::text}}` in a field.", required=True)
    fields = Strings("Field names in field order; the first must not be empty in a note.", required=True)
    templates = Strings("Template names; a note has at most one card per template, or per cloze number.", required=True)
    notes = Integer("Number of its notes.", required=True)


MODEL_LIST = List(Nested(ListedModel), "The note types, in alphabetical order.", title="ListedModels")


MODEL_NAME = String("Name of the note type.", title="NameOfModel")


class ModelsByName(Params):
    model_names = List(String(title="ModelNameWanted"), "Note type names, compared without case.", required=True)


class ModelById(Params):
    model_id = Id("Note type id.", required=True)


class ModelsById(Params):
    model_ids = Ids("Note type ids.", required=True)


class CardTemplate(Object):
    """A template of a new note type."""

    front = String("Question side.", required=True, data_key="Front")
    back = String("Answer side.", required=True, data_key="Back")
    name = String("Template name; default `Card 1`, `Card 2` and so on by position.", data_key="Name")


class NewField(Object):
    """A field of a new note type."""

    name = String("Field name.", required=True)
    description = String("Hint in an empty field of the editor.", load_default="")
    collapsed = Boolean("Collapsed in the editor.", load_default=False)


class _NameOrField(AnyOf):
    """A field's name, or an object. An error message concerns the form that was used."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        name, field = self.choices
        return (field if isinstance(value, dict) else name).deserialize(value, attr, data, **more)


class CreateModel(Params):
    model_name = String("Name of the new note type.", required=True)
    in_order_fields = List(
        _NameOrField(String(title="BareFieldName"), Nested(NewField), title="NewFieldOrName"),
        "The fields, at least one: each a name, or an object with further properties.",
        required=True,
    )
    card_templates = List(Nested(CardTemplate), "Card templates, at least one.", required=True)
    css = String("Styling (CSS); default Anki's.", load_default=None)
    is_cloze = Boolean("Create a cloze note type.", load_default=False)


class Template(Object):
    """A template of a note type, as Anki stores it."""

    name = String("Template name.", required=True)
    ord = Integer("Position, from 0.", required=True)
    qfmt = String("Question side.", required=True)
    afmt = String("Answer side.", required=True)
    bqfmt = String("Question side in the browser; if empty, `qfmt` is used.", required=True)
    bafmt = String("Answer side in the browser; if empty, `afmt` is used.", required=True)
    did = Integer("Id of the deck for new cards; null for the note's deck.", required=True, allow_none=True)
    bfont = String("Font in the browser; empty for the default.", required=True)
    bsize = Integer("Font size in the browser; 0 for the default.", required=True)
    id = Integer("Id of the template.", allow_none=True)


class ModelField(Object):
    """A field of a note type, as Anki stores it."""

    name = String("Field name.", required=True)
    ord = Integer("Position, from 0.", required=True)
    sticky = Boolean("The Add window keeps its text for the next note.", required=True)
    rtl = Boolean("Written from right to left.", required=True)
    font = String("Font in the editor.", required=True)
    size = Integer("Font size in the editor, in points.", required=True)
    description = String("Hint in an empty field of the editor.")
    plain_text = Boolean("Edited as HTML by default.")
    collapsed = Boolean("Collapsed in the editor.")
    exclude_from_search = Boolean("Not searched unless the search names the field.")
    id = Integer("Id of the field.", allow_none=True)
    tag = Integer("Anki's internal mark.", allow_none=True)
    prevent_deletion = Boolean("Anki refuses to delete it.")


class Model(Object):
    """A note type, as Anki stores it."""

    id = Integer("Id of the note type: creation time in milliseconds since 1970.", required=True)
    name = String("Name.", required=True)
    type = Integer("0 for a standard note type, 1 for a cloze one.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    usn = Integer("Update sequence number; -1 for not yet synced.", required=True)
    sortf = Integer("Position of the sort field.", required=True)
    did = Integer("Id of the deck last used; null for none.", required=True, allow_none=True)
    tmpls = List(Nested(Template), "Card templates.", required=True)
    flds = List(Nested(ModelField), "Fields.", required=True)
    css = String("Styling.", required=True)
    latex_pre = String("LaTeX before a snippet.", required=True)
    latex_post = String("LaTeX after a snippet.", required=True)
    latexsvg = Boolean("LaTeX makes SVG images.", required=True)
    req = List(
        List(Anything(), title="Requirement"),
        "For each template: its position, `any`, `all` or `none`, and the positions of the fields that a card needs.",
        required=True,
    )
    original_stock_kind = Integer("Number of Anki's built-in note type that it was made from.")
    original_id = Integer("Id that it had in an imported package.", allow_none=True)


MODEL = Nested(Model, "The note type, as Anki stores it.")
MODELS = List(Nested(Model), "The note types in the order of the call, as Anki stores them.", title="ModelList")


class Styling(Object):
    """The styling of a note type."""

    css = String("Styling: CSS for all templates.", required=True)


STYLING = Nested(Styling, "The styling.")


class NewStyling(Object):
    """New styling of a note type."""

    name = MODEL_BY_NAME
    css = String("The new styling; may be empty.", required=True)


class UpdateModelStyling(Params):
    model = Nested(NewStyling, "The note type and its new styling.", required=True)
