"""Params and results of the actions on templates of note types."""

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Dict, Integer, List, Nested, String, Strings
from ..fields.models import MODEL_BY_NAME, ModelByName
from ..fields.numbers import Position


class Sides(Object):
    """The two sides of a template."""

    front = String("Question side.", required=True, data_key="Front")
    back = String("Answer side.", required=True, data_key="Back")


TEMPLATES = Dict(Nested(Sides), "Sides of each template by its name, in template order.", title="TemplatesByName")

FIELDS_ON_TEMPLATES = Dict(
    List(
        Strings("Field names.", title="FieldsOnSide"),
        "Two lists: the fields of the question side, and the further fields of the answer side.",
        title="FieldsOnTemplate",
        validate=ma.validate.Length(equal=2),
    ),
    "Fields of each template by its name, in template order.",
    title="FieldsByTemplate",
)


class NewTemplate(Object):
    """A template to be added."""

    name = String("Template name in its exact spelling.", required=True, data_key="Name")
    front = String("Question side.", required=True, data_key="Front")
    back = String("Answer side.", required=True, data_key="Back")


class AddTemplate(ModelByName):
    template = Nested(NewTemplate, "The template.", required=True)


class TemplateOfModel(ModelByName):
    template_name = String("Template name in its exact spelling.", required=True)


class RenameTemplate(ModelByName):
    old_template_name = String("Current name in its exact spelling.", required=True)
    new_template_name = String("New name.", required=True)


class RepositionTemplate(TemplateOfModel):
    index = Position("New position, from 0; the end if too large.", required=True)


class NewSides(Object):
    """New sides of a template."""

    front = String("New question side; unchanged if empty or left out.", load_default="", data_key="Front")
    back = String("New answer side; unchanged if empty or left out.", load_default="", data_key="Back")
    browser_front = String("Question side in Anki's browser.", data_key="BrowserFront")
    browser_back = String("Answer side in Anki's browser.", data_key="BrowserBack")


class NewTemplates(Object):
    """New sides of a note type's templates."""

    name = MODEL_BY_NAME
    templates = Dict(
        Nested(NewSides),
        "New sides by exact template name.",
        title="NewSidesByTemplate",
        required=True,
    )


class UpdateModelTemplates(Params):
    model = Nested(NewTemplates, "The note type and the new sides of its templates.", required=True)


REMOVED_TEMPLATE = String(
    "Name of the removed template; null if there was none.", title="RemovedTemplate", allow_none=True
)
FOUND_MODELS = Integer("Number of note types that contained the text.", title="FoundModels")


class FindAndReplace(Params):
    model_name = String(
        "Note type name, compared without case; empty or null for all note types.", required=True, allow_none=True
    )
    find_text = String(
        "Text to find, case-sensitive and without wildcards; not empty.",
        required=True,
        validate=ma.validate.Length(min=1, error="Must not be empty."),
    )
    replace_text = String("The new text.", required=True)
    front = Boolean("Replace in question sides.", load_default=True)
    back = Boolean("Replace in answer sides.", load_default=True)
    css = Boolean("Replace in the styling.", load_default=True)
