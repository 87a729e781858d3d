"""Params and results of the actions on options of note types, fields and templates."""

from ..base import Object
from ..fields.basic import Boolean, Integer, List, Nested, String
from ..fields.models import ModelByName
from ..fields.numbers import Between

MOST_BROWSER_SIZE = 255
"""Anki stores the size in 8 bits, and a larger one as 0."""


class ModelOptions(Object):
    """Options of a note type."""

    sort_field = String("Name of the field that Anki's browser sorts by.")
    latex_header = String("LaTeX before each snippet.")
    latex_footer = String("LaTeX after each snippet.")
    latex_svg = Boolean("LaTeX makes SVG images, not PNG.")


class SetModelOptions(ModelByName):
    sort_field = String("Name, in its exact spelling, of the field that Anki's browser sorts by.")
    latex_header = String("LaTeX before each snippet.")
    latex_footer = String("LaTeX after each snippet.")
    latex_svg = Boolean("LaTeX makes SVG images, not PNG.")


CHANGED = Nested(ModelOptions, "The options that had other values, with the new ones.")


class FieldOptions(Object):
    """Options of a field to be set; others stay."""

    field_name = String("Field name in its exact spelling.", required=True)
    rtl = Boolean("Written from right to left in the editor.")
    sticky = Boolean("The Add window keeps its text for the next note.")
    collapsed = Boolean("Collapsed in the editor.")
    plain_text = Boolean("Edited as HTML by default.")
    exclude_from_search = Boolean("Not searched unless the search names the field.")


class SetFieldOptions(ModelByName):
    field_options = List(
        Nested(FieldOptions), "The fields, each with its new options.", required=True, data_key="fields"
    )


FIELDS_CHANGED = Integer("Number of fields that had other options.", title="FieldsWithOtherOptions")


class TemplateOptions(Object):
    """Options of a template to be set; others stay."""

    template_name = String("Template name in its exact spelling.", required=True)
    deck = String(
        "Full name of the deck for new cards, compared without case; null or empty for the deck of the note.",
        allow_none=True,
    )
    browser_front = String("Question side in Anki's browser; if empty, the question side.")
    browser_back = String("Answer side in Anki's browser; if empty, the answer side.")
    browser_font = String("Font in Anki's browser; empty for the default.")
    browser_size = Between(0, MOST_BROWSER_SIZE, "Font size in Anki's browser, in points; 0 for the default.")


class SetTemplateOptions(ModelByName):
    templates = List(Nested(TemplateOptions), "The templates, each with its new options.", required=True)


TEMPLATES_CHANGED = Integer("Number of templates that had other options.", title="TemplatesWithOtherOptions")
