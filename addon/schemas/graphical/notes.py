"""What the actions on the windows that show and edit notes take and give."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, Nested, String, StringDict
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.search import Search
from ..fields.tags import Tags
from ..fields.windows import ACTIVATE

BROWSED_CARDS = Ids("Ids of the cards that match, in no particular order.", title="BrowsedCards")


SHOWN_NOTE_ID = Integer("Always 0: a note that was not added yet has no id.", title="ShownNoteId")


SELECTED_NOTES = Ids("Ids of the notes selected in the browser; none when it is closed.", title="SelectedNotes")


ADD_WINDOW_CHANGED = Boolean("Always true.", title="AddWindowChanged")


class ReorderCards(Object):
    order = String("`ascending` or `descending`.", required=True)
    column_id = String("Anki's key of a column that is visible.", required=True)


class GuiBrowse(Params):
    query = Search("Search text; without it the browser is only opened.", load_default=None)
    reorder_cards = Nested(ReorderCards, "How to sort the browser.", load_default=None)
    activate = ACTIVATE


class GuiSelectCard(Params):
    card = Integer("Card id.", required=True)


class GuiSelectNote(Params):
    note = Integer("Card id, in spite of the name.", required=True)


class NoteDraft(Object):
    deck_name = String("Deck.", required=True)
    model_name = String("Note type.", required=True)
    fields = StringDict("Exact field name to HTML.", load_default=dict)
    tags = Tags("Tags.", load_default=list)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class GuiAddCards(Params):
    note = Nested(NoteDraft, "What to fill in.", load_default=None)
    activate = ACTIVATE


class NoteDraftChange(Object):
    deck_name = String("Deck; the selected one stays when left out.", load_default=None)
    model_name = String("Note type; the selected one stays when left out.", load_default=None)
    fields = StringDict("Exact field name to HTML; the other fields stay.", load_default=dict)
    tags = Tags("Tags; they stay when left out.", load_default=None)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class GuiAddNoteSetData(Params):
    note = Nested(NoteDraftChange, "What to fill in.", required=True)
    append = Boolean("Add to the fields and the tags instead of replacing them.", load_default=False)


class GuiEditNote(Params):
    note = Integer("Note id.", required=True)
    activate = ACTIVATE
