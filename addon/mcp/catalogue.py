"""The offer to agents: which actions are tools by default, and their descriptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from . import card_media
from .completions import COMPLETERS, Completer
from .prompts import PROMPTS, Prompt
from .replies import Asked, ToolReply
from .resources import RESOURCES, SEARCH_IN_SHORT, Resource

JsonObject = dict[str, Any]

INSTRUCTIONS = """\
Anki keeps notes; each note makes one card or more by the templates of its note type (called model here), and cards, \
not notes, are in decks and are reviewed.
Before you add notes, read the field names with listModels and the decks with deckStatistics. Note ids come from \
findNotes, notesInfo and addNotes, card ids from findCards, nextCards and the `cards` of a note.
Fields contain HTML: escape `<` and `&` in plain text. Work in bulk: one call for many notes.
Each call that writes is one undo step (`undoStep` in its result), which `undo` reverts. Lists have at most 100 \
entries unless you set `limit`. A result that is too long is cut, and `truncated` says how to get the rest. An error \
says what was wrong: correct the call and try again."""


class Curated(NamedTuple):
    """How a tool differs from its action."""

    text: str = ""
    """Follows the first line of the description, in place of the rest of the action's description."""
    summary: str = ""
    """The first line of the description; if empty, the action's."""
    title: str = ""
    """The title of the tool; if empty, it is made from the name."""
    texts: Mapping[str, str] = MappingProxyType({})
    """The descriptions of params, in place of the action's; a dot leads into the objects of a list or a map. Empty if
    the name and the type, or the tool's description, say the same."""
    without: tuple[str, ...] = ()
    """Params that are not offered; a dot leads into the objects of a list."""
    fixed: Mapping[str, Any] = MappingProxyType({})
    """Params that are not offered but always set, because other values would lose data that undo cannot restore."""
    extra: Mapping[str, JsonObject] = MappingProxyType({})
    """The schemas of params that the action does not have. They are for `answer`."""
    is_common: bool = True
    """tools/list contains the tool. searchTools finds the others, which most work does not need."""
    words: str = ""
    """Other words for the tool's work, by which searchTools finds it. They are not sent to the model."""
    is_sparse: bool = False
    """Members that are null, false, zero or empty are left out of the result, unless results are structured."""
    is_in_blocks: bool = False
    """The result is sent only as content blocks. In structured content it is null."""
    answer: Callable[[Asked, JsonObject], ToolReply] | None = None
    """Answers a call, given its arguments, in place of the action's result alone."""


def _texts(**texts: str) -> Mapping[str, str]:
    """Return descriptions of params. A path is written with two underscores in place of each dot."""
    return MappingProxyType({path.replace("__", "."): text for path, text in texts.items()})


TOOLS: Mapping[str, Curated] = MappingProxyType(
    {
        # --- find and read ---
        "findNotes": Curated(
            SEARCH_IN_SHORT,
            "Return the ids of the notes that a search finds.",
            texts=_texts(query=""),
            without=("orderBy", "descending"),
        ),
        "notesInfo": Curated(
            "Name the `fields` that you need: all of them are long. `cards` holds card ids.",
            "Read notes by their ids, or by `query` as in findNotes.",
            texts=_texts(notes="", query="", fields="", noteFields="Note fields in `fields`."),
            without=("plainText",),
        ),
        "findCards": Curated(
            "",
            "Return the ids of the cards that a search finds; see findNotes.",
            texts=_texts(query=""),
            without=("orderBy", "descending"),
        ),
        "cardsInfo": Curated(
            "Name the `fields` that you need: all of them are long. `interval` is in days, `factor` in tenths of a "
            "percent.",
            "Read cards: content, sides, deck and scheduling.",
            texts=_texts(cards="", fields="", noteFields=""),
        ),
        "findDuplicates": Curated(
            summary="Find groups of notes with the same text.",
            texts=_texts(
                query="As in findNotes.",
                fields="All must be equal; default the first.",
                allModels="Also across note types.",
            ),
            is_common=False,
            words="duplicate double twice identical repeated similar merge dedupe",
        ),
        "getTags": Curated(summary="List all tags."),
        # --- add and change notes ---
        "addNotes": Curated(
            "Cloze note types: {{c1::hidden::hint}}. Store pictures and sounds by storeMediaFile, then write "
            '<img src="name.jpg"> or [sound:name.mp3].',
            "Add notes. The result has the id of each, or why it was not added.",
            is_sparse=True,
            texts=_texts(
                notes__modelName="Note type.",
                notes__deckName="",
                notes__fields="By field name; the first must not be empty.",
                notes__tags="",
                notes__options__allowDuplicate="",
                notes__options__createDeck="",
            ),
            without=(
                *("notes.audio", "notes.video", "notes.picture", "notes.modelId", "notes.deckId"),
                *("idempotencyKey", "onError"),
                *(
                    "notes.options.duplicateScope",
                    "notes.options.duplicateScopeOptions",
                    "notes.options.suspended",
                    "notes.options.flag",
                ),
                "notes.options.allowMissingCloze",
            ),
        ),
        "updateNotes": Curated(
            "What is left out stays.",
            "Change fields and tags of notes.",
            texts=_texts(
                notes__id="",
                notes__fields="",
                notes__tags="Replaces all tags.",
                notes__addTags="",
                notes__removeTags="",
                notes__ifMod="Skip the note if its `mod` differs.",
            ),
            without=("notes.expected", "onError"),
        ),
        "addTags": Curated(
            summary="Add tags to notes.",
            texts=_texts(notes="", tags="Separated by spaces."),
            without=("add",),
        ),
        "removeTags": Curated(
            summary="Remove tags and their sub-tags from notes.",
            texts=_texts(notes="", tags="Separated by spaces."),
        ),
        # --- review ---
        "nextCards": Curated(
            "To review with the user: get the question only, wait, read the `answer` by cardsInfo, agree on the ease, "
            "then call answerCards.",
            "Return the next cards of the current deck (selectDeck).",
            texts=_texts(limit="", sides=""),
            without=("states",),
            extra=MappingProxyType({"media": card_media.WITH_MEDIA}),
            answer=card_media.next_cards,
        ),
        "answerCards": Curated(
            "Answer only what the user has answered.",
            "Answer cards as in a review.",
            texts=_texts(
                answers__cardId="",
                answers__ease="1 Again, 2 Hard, 3 Good, 4 Easy.",
                answers__time="Milliseconds.",
            ),
            without=("answers.token",),
        ),
        "suspend": Curated(
            summary="Keep cards from being shown until they are unsuspended.",
            texts=_texts(cards="", suspend="False: unsuspend."),
            is_common=False,
            words="unsuspend pause freeze hide bury unbury skip leech disable stop resume exclude reactivate",
        ),
        "setDueDate": Curated(
            summary="Set when cards are due. New cards become review cards.",
            texts=_texts(
                cards="",
                days="From today: `0` today, `3-7` a random day in that range. `!` at the end: also the interval.",
            ),
            is_common=False,
            words="schedule reschedule postpone delay move later tomorrow today week earlier overdue interval review",
        ),
        "setFlags": Curated(
            summary="Set the flag of cards.",
            texts=_texts(cards="", flag="0 none, 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple."),
            is_common=False,
            words="mark bookmark color colour star unflag clear remove",
        ),
        # --- decks ---
        "deckStatistics": Curated(
            "",
            "List decks with their cards left for today (`newToday`, …) and by state, sub-decks included.",
            texts=_texts(decks=""),
            is_sparse=True,
        ),
        "createDeck": Curated(
            summary="Create a deck, with missing parents.",
            texts=_texts(deck="Full name: `A::B`."),
        ),
        "changeDeck": Curated(
            summary="Move cards to a deck, which is created if it is missing.",
            texts=_texts(cards="", deck=""),
        ),
        "renameDeck": Curated(
            summary="Rename a deck, or move it below another one, with its sub-decks.",
            texts=_texts(deck="", newName="Full name: `A::B`."),
        ),
        "selectDeck": Curated(summary="Make a deck the current one.", texts=_texts(deck="")),
        # --- note types ---
        "listModels": Curated(
            summary="List note types (models) with fields and templates.", title="List note types", is_sparse=True
        ),
        "modelTemplates": Curated(
            summary="Return both sides of each template, HTML with {{Field}} in it.",
            texts=_texts(modelName=""),
            is_common=False,
            words="html layout code source front back question answer card side look view",
        ),
        "createModel": Curated(
            "First look for one that fits (listModels). Sides are HTML with {{Field}}; the answer mostly begins with "
            "{{FrontSide}}<hr id=answer>. Cloze: one template, {{cloze:Field}} on both sides.",
            "Create a note type.",
            title="Create note type",
            texts=_texts(
                modelName="",
                inOrderFields="",
                cardTemplates__Front="Question.",
                cardTemplates__Back="Answer.",
                cardTemplates__Name="",
                css="",
                isCloze="",
            ),
            without=("inOrderFields.name", "inOrderFields.description", "inOrderFields.collapsed"),
            is_common=False,
            words="make design field card cloze",
        ),
        "updateModelTemplates": Curated(
            "Read them by modelTemplates first. Cards that the new sides require are created.",
            "Replace sides of a note type's templates.",
            texts=_texts(model__name="", model__templates__Front="", model__templates__Back=""),
            without=("model.templates.BrowserFront", "model.templates.BrowserBack"),
            is_common=False,
            words="html layout design front back question answer card edit rewrite look",
        ),
        "updateModelStyling": Curated(
            summary="Replace the whole styling of a note type.",
            texts=_texts(model__name="", model__css=""),
            is_common=False,
            words="css style stylesheet font size big center color colour background dark align look design appearance",
        ),
        # --- media ---
        "getMediaFilesNames": Curated(
            summary="List media files.",
            texts=_texts(pattern="With `*`, `?` and `[...]`."),
            is_common=False,
            words="audio sound recording picture image photo video mp3 png jpg collection",
        ),
        "retrieveMediaFile": Curated(
            summary="Return a media file; a picture or a sound as such.",
            texts=_texts(filename=""),
            answer=card_media.file,
            is_in_blocks=True,
            is_common=False,
            words="download show view open see hear play look audio image photo video content",
        ),
        "storeMediaFile": Curated(
            "Send `path` (on Anki's computer), `url` or `data`. Use the name in the result: it may differ.",
            "Store a media file.",
            texts=_texts(filename="", data="Base64.", path="", url=""),
            without=("skipHash", "collision"),
            fixed=MappingProxyType({"deleteExisting": False}),
        ),
        # --- statistics ---
        "collectionStatistics": Curated(
            summary="Return card counts, today's answers and the retention.",
            texts=_texts(query="As in findNotes."),
            is_common=False,
            words="stats total many much true time today progress accuracy studied overview performance",
        ),
        "dueForecast": Curated(
            summary="Count the cards due on each of the next days.",
            texts=_texts(query="As in findNotes.", days=""),
            is_common=False,
            words="next upcoming coming when future tomorrow week month workload load schedule plan calendar review",
        ),
        "studyStreak": Curated(
            summary="Count the days in a row with reviews.", is_common=False, words="consecutive daily habit row long"
        ),
        "getReviewsOfCards": Curated(
            "`ease` is 1 Again to 4 Easy; `id` is the time in ms since 1970.",
            "List the past reviews of each card.",
            texts=_texts(cards=""),
            is_common=False,
            words="history log revlog last when answer previous performance interval time fail forgot again rating",
        ),
        # --- taking back, syncing, showing ---
        "undo": Curated(summary="Undo the newest step, and return its name."),
        "sync": Curated(
            "Ask the user first.",
            "Sync collection and media with the user's account.",
            without=("waitForMedia",),
            fixed=MappingProxyType({"full": None}),
        ),
        "guiBrowse": Curated(
            summary="Show the user the result of a search in Anki's window.",
            without=("reorderCards",),
            is_common=False,
            words="open browser display window",
        ),
        # --- offered only if destructive tools are allowed ---
        "deleteNotes": Curated(
            "Ask the user first; suspending or tagging would keep them.",
            "Delete notes with all their cards.",
            texts=_texts(notes=""),
        ),
        "deleteDecks": Curated(
            "Ask the user first; changeDeck would keep the cards.",
            "Delete decks with their sub-decks and cards.",
            texts=_texts(decks="", cardsToo="Must be true."),
            is_common=False,
            words="trash",
        ),
        "changeNoteType": Curated(
            "Call it with `dryRun` first, and show the user what would be lost.",
            "Change the note type of notes.",
            texts=_texts(
                notes="All of one note type.",
                modelName="The new one.",
                fields="Old field by name of the new one; null for an empty one. By default by name, then in order.",
                templates="Old template by name of the new one; null for new cards. Not for cloze note types.",
            ),
            is_common=False,
            words="convert switch migrate turn map basic cloze",
        ),
        "findAndReplaceInNotes": Curated(
            "Call it with `dryRun` first. For a few notes, updateNotes is safer.",
            "Replace a text in fields of notes: `notes`, or those that `query` finds.",
            texts=_texts(
                findText="With `regex`: of Rust, no look-around or back-references.",
                replaceText="With `regex`: `$1` and `${name}` are groups.",
                notes="",
                query="As in findNotes.",
                field="Default all.",
                regex="",
                matchCase="",
            ),
            is_common=False,
            words="regex substitute bulk edit correct fix typo everywhere swap",
        ),
        "renameTag": Curated(
            "If the new name is taken, the two become one.",
            "Rename a tag, with its sub-tags.",
            texts=_texts(tag="", newName="`::` between levels."),
        ),
    }
)
"""The tools that are offered by default, in their order."""

LEFT_OUT = frozenset({"multi", "startOperation", "apiReflect", "requestPermission", "syncLogin"})
"""Actions that are never tools. The first two call other actions, which may not be offered; the last has a password."""

DESTRUCTIVE_TOOLS = frozenset({"redo"})
"""Tools that can delete data, beside the actions that have a dry run: redo can repeat a deletion."""

NOT_READING = frozenset({"cancelOperation"})
"""Tools that change what others do, although they neither write nor need a scope for it."""

ADDITIVE_TOOLS = frozenset(
    {
        *("addNotes", "addNote", "addImageOcclusionNotes", "addTags", "createDeck", "storeMediaFile", "insertReviews"),
        *("createModel", "copyModel", "createStockModel", "modelFieldAdd", "modelTemplateAdd", "cloneDeckConfigId"),
        *("guiBrowse", "guiSelectCard", "guiSelectNote", "guiDeckBrowser", "guiDeckOverview", "guiDeckReview"),
        *("guiShowQuestion", "guiShowAnswer", "guiPlayAudio"),
    }
)
"""Tools that change something, but replace and remove nothing: they only add, or only show something in a window."""

DESTRUCTIVE_PARAMS = frozenset({"deleteExisting"})
"""Params that can delete data, in any tool and at any depth. If they are left out, nothing is deleted."""


class Catalogue(NamedTuple):
    """All that is offered."""

    tools: Mapping[str, Curated]
    """The tools that are offered by default, in their order."""
    resources: Sequence[Resource]
    prompts: Sequence[Prompt]
    completers: Mapping[str, Completer]
    """What completes the arguments of prompts and resources, by their names."""
    instructions: str


ANKI = Catalogue(TOOLS, RESOURCES, PROMPTS, COMPLETERS, INSTRUCTIONS)
