"""What the actions on the templates of note types take and give."""

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Dict, Integer, List, Nested, String, Strings
from ..fields.models import MODEL_BY_NAME, ModelByName
from ..fields.numbers import Position


class Sides(Object):
    front = String("Question side.", required=True, data_key="Front")
    back = String("Answer side.", required=True, data_key="Back")


TEMPLATES = Dict(Nested(Sides), "Template name to its two sides, in template order.", title="TemplatesByName")

FIELDS_ON_TEMPLATES = Dict(
    List(
        Strings("Field names.", title="FieldsOnSide"),
        "Two lists: the fields of the question side, and those that only the answer side has.",
        title="FieldsOnTemplate",
        validate=ma.validate.Length(equal=2),
    ),
    "Template name to the fields on its two sides, in template order.",
    title="FieldsByTemplate",
)


class NewTemplate(Object):
    name = String("Template name in its exact spelling.", required=True, data_key="Name")
    front = String("Question side.", required=True, data_key="Front")
    back = String("Answer side.", required=True, data_key="Back")


class AddTemplate(ModelByName):
    template = Nested(NewTemplate, "The template.", required=True)


class TemplateOfModel(ModelByName):
    template_name = String("Template name in its exact spelling.", required=True)


class RenameTemplate(ModelByName):
    old_template_name = String("Present name in its exact spelling.", required=True)
    new_template_name = String("New name.", required=True)


class RepositionTemplate(TemplateOfModel):
    index = Position("Position that it gets, from 0; the end when too large.", required=True)


class NewSides(Object):
    front = String("New question side; left as it is when empty or left out.", load_default="", data_key="Front")
    back = String("New answer side; left as it is when empty or left out.", load_default="", data_key="Back")
    browser_front = String("Front in Anki's browser.", data_key="BrowserFront")
    browser_back = String("Back there.", data_key="BrowserBack")


class NewTemplates(Object):
    name = MODEL_BY_NAME
    templates = Dict(
        Nested(NewSides),
        "Template name in its exact spelling to its new sides; names of no template are skipped.",
        title="NewSidesByTemplate",
        required=True,
    )


class UpdateModelTemplates(Params):
    model = Nested(NewTemplates, "Which note type, and what to write into its templates.", required=True)


FOUND_MODELS = Integer("How many note types contained the text.", title="FoundModels")


class FindAndReplace(Params):
    model_name = String(
        "Note type name, compared without case; empty or null for all note types.", required=True, allow_none=True
    )
    find_text = String(
        "Text to look for, case-sensitive and without wildcards; not empty.",
        required=True,
        validate=ma.validate.Length(min=1, error="Must not be empty."),
    )
    replace_text = String("Text to put in its place.", required=True)
    front = Boolean("Look in question sides.", load_default=True)
    back = Boolean("Look in answer sides.", load_default=True)
    css = Boolean("Look in the styling.", load_default=True)
