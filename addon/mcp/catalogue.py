"""What agents are offered: which actions as tools, and in what words, and the resources and prompts beside them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

INSTRUCTIONS = """\
Anki keeps notes; each note makes one card or more by the templates of its note type (called model here), and cards, \
not notes, are in decks and are reviewed.
Before you add notes, read the field names with listModels and the decks with deckStatistics. Note ids come from \
findNotes, notesInfo and addNotes, card ids from findCards, nextCards and the `cards` of a note.
Fields hold HTML: escape `<` and `&` in plain text. Work in bulk: one call for many notes.
Each call that writes is one step, which `undo` takes back. A result that is too long is cut, and `truncated` says how \
to get the rest. An error says what was wrong: mend the call and try again."""

SEARCH = """\
The search text is that of Anki's browser. Terms apart by spaces must all match, `or` between two allows either, `-` \
before one excludes, parentheses group, `*` is any text, and a term with spaces is quoted as a whole: `"deck:My \
Deck"`. Terms: `dog` (any field contains it), `"a dog"`, `w:dog` (whole word), `front:dog` (field is dog), \
`front:*dog*` (field contains it), `front:` (field is empty), `deck:French` (with its sub-decks), `tag:verb`, \
`tag:none`, `note:Basic` (note type), `card:1` (template), `is:due`, `is:new`, `is:learn`, `is:review`, \
`is:suspended`, `flag:1`, `added:7` (in the last 7 days), `edited:7`, `rated:7` (answered), `rated:7:1` (answered \
Again), `prop:lapses>3`, `prop:ivl>=30` (interval in days), `prop:due=1` (tomorrow), `nid:1,2`, `cid:1,2`. Examples: \
`deck:French is:due -tag:hard`, `(tag:a1 or tag:a2) added:30`, `deck:* prop:lapses>=8`."""


class Curated(NamedTuple):
    """What a tool says and takes beyond what the action declares."""

    text: str = ""
    """Added to the action's description."""
    title: str = ""
    """In the place of the one that its name makes."""
    without: tuple[str, ...] = ()
    """Params that are not offered; a dot leads into the objects of a list."""
    fixed: Mapping[str, Any] = MappingProxyType({})
    """Params whose value is given, not offered, as another one would lose what undoing does not bring back."""


CURATED: Mapping[str, Curated] = MappingProxyType(
    {
        # --- find and read ---
        "findNotes": Curated(f"{SEARCH}\nNext: notesInfo shows what is in them."),
        "notesInfo": Curated(
            "With `query` (see findNotes) it finds and reads in one call. `cards` holds the ids for cardsInfo, suspend "
            "and changeDeck."
        ),
        "findCards": Curated("The search text is explained at findNotes. Next: cardsInfo, or what changes cards."),
        "cardsInfo": Curated(
            "Long: ask for a few at a time, or read the notes with notesInfo. `interval` is in days, `factor` in "
            "tenths of a percent; `lapses` counts how often it was forgotten."
        ),
        "findDuplicates": Curated("`query` is explained at findNotes."),
        "getTags": Curated(),
        # --- add and change notes ---
        "addNotes": Curated(
            "Give `deckName` from deckStatistics, `modelName` and the field names from listModels. The first field "
            "must not be empty, and makes a duplicate where another note of this type has the same. For a cloze note "
            "type write {{c1::hidden text}} or {{c1::hidden text::hint}} in the field. A picture or a sound is stored "
            'with storeMediaFile first, and named in a field: <img src="name.jpg"> or [sound:name.mp3].\n'
            "Each entry of the result has `id`, or `error` that says why this note was not added.",
            without=("notes.audio", "notes.video", "notes.picture", "notes.options.duplicateScopeOptions"),
        ),
        "updateNotes": Curated(
            "Fields and tags that are left out stay. Read with notesInfo before; its `mod` given as `ifMod` keeps you "
            "from overwriting what was changed meanwhile."
        ),
        "addTags": Curated("Tags have no spaces; `::` makes levels, as in `grammar::verbs`.", without=("add",)),
        "removeTags": Curated(),
        # --- review ---
        "nextCards": Curated(
            "To review with the user: show the question, wait for the user's own answer, show the answer, let the "
            "user say how well it was remembered, then call answerCards. Ease is 1 Again, 2 Hard, 3 Good, 4 Easy."
        ),
        "answerCards": Curated(
            "It changes when the card comes again: answer only what the user has answered. Ease is 1 Again (it was "
            "forgotten), 2 Hard, 3 Good, 4 Easy."
        ),
        "suspend": Curated("A suspended card is not shown until it is unsuspended."),
        "setDueDate": Curated(),
        "setFlags": Curated(),
        # --- decks ---
        "deckStatistics": Curated(
            "This is the list of decks. `newToday`, `learningToday` and `reviewToday` are left for today."
        ),
        "createDeck": Curated("`::` between levels makes a sub-deck, as in `French::Verbs`."),
        "changeDeck": Curated("It moves cards: the `cards` of a note, or what findCards finds."),
        "renameDeck": Curated(),
        "selectDeck": Curated("nextCards tells the cards of the current deck."),
        # --- note types ---
        "listModels": Curated("A model is a note type.", title="List note types"),
        "modelTemplates": Curated("HTML with {{Field}} in it.", title="Templates of a note type"),
        "createModel": Curated(
            "Try the note types that there are (listModels) first. The question side names a field as {{Field}}; the "
            "answer side mostly begins with {{FrontSide}}<hr id=answer>. A cloze note type has one template, with "
            "{{cloze:Field}} on both sides.",
            title="Create note type",
        ),
        "updateModelTemplates": Curated(
            "It changes every card of the note type. Read with modelTemplates before.",
            title="Rewrite templates of a note type",
        ),
        "updateModelStyling": Curated(title="Replace styling of a note type"),
        # --- media ---
        "getMediaFilesNames": Curated(),
        "storeMediaFile": Curated(
            "Give one of `path` (a file on the computer that Anki runs on), `url` and `data`. Name the file that the "
            'result tells in a field: <img src="name.jpg"> or [sound:name.mp3].',
            without=("skipHash",),
            fixed=MappingProxyType({"deleteExisting": False}),
        ),
        # --- statistics ---
        "collectionStatistics": Curated("`query` is explained at findNotes; `deck:French` gives those of a deck."),
        "dueForecast": Curated("`query` is explained at findNotes."),
        "studyStreak": Curated(),
        "getReviewsOfCards": Curated("`ease` is 1 Again to 4 Easy; `id` is the time in milliseconds since 1970."),
        # --- taking back, syncing, showing ---
        "undoStatus": Curated(),
        "undo": Curated(
            "Look at undoStatus before: the newest step may be the user's own, which is refused unless the user allows "
            "destructive tools."
        ),
        "sync": Curated("Ask the user before.", without=("waitForMedia",), fixed=MappingProxyType({"full": None})),
        "guiBrowse": Curated("It shows the user, in Anki's window, what a search finds.", without=("reorderCards",)),
        # --- offered when destructive ones are allowed ---
        "deleteNotes": Curated("Ask the user before; suspending or tagging keeps them."),
        "deleteDecks": Curated("Ask the user before; changeDeck keeps the cards."),
        "changeNoteType": Curated("Ask with `dryRun` first, and tell the user what would be lost."),
    }
)
"""The tools that are offered by default, in their order."""

LEFT_OUT = frozenset({"multi", "startOperation", "apiReflect", "requestPermission"})
"""No tools, ever: the first run other actions, which may not be offered, and the others are no work."""

DESTRUCTIVE_TOOLS = frozenset({"redo"})
"""Tools by which something can go, beside the actions that have a dry run: what is redone can be a deletion."""

DESTRUCTIVE_PARAMS = frozenset({"deleteExisting"})
"""Params by which something can go, in whatever tool and however deep. Nothing goes if they are left out."""


class Resource(NamedTuple):
    """What can be read under an address; with a `param`, the address goes on with a number, its one value."""

    uri: str
    name: str
    title: str
    description: str
    method: str
    param: str | None = None


RESOURCES = (
    Resource(
        "anki://decks",
        "decks",
        "Decks",
        "All decks as a flat list of full names, `::` between levels, with what is left for today and how their cards "
        "stand.",
        "deckStatistics",
    ),
    Resource(
        "anki://note-types",
        "note-types",
        "Note types",
        "All note types with their fields and templates.",
        "listModels",
    ),
    Resource(
        "anki://statistics",
        "statistics",
        "Statistics",
        "Cards, today's answers and what was remembered, in the whole collection.",
        "collectionStatistics",
    ),
    Resource("anki://notes/{noteId}", "note", "Note", "A note with its fields, tags and cards.", "notesInfo", "notes"),
    Resource("anki://cards/{cardId}", "card", "Card", "A card with both sides and scheduling.", "cardsInfo", "cards"),
)


class Argument(NamedTuple):
    """What a prompt takes; without a default it must be given."""

    name: str
    description: str
    default: str | None = None


class Prompt(NamedTuple):
    """A message that a user sends with one choice."""

    name: str
    title: str
    description: str
    text: str
    arguments: tuple[Argument, ...] = ()


PROMPTS = (
    Prompt(
        "make_cards",
        "Make cards from a text",
        "Turns a text into notes, shows them, and adds them.",
        "Make Anki notes from the text below, for {deck}, with {note_type}.\n"
        "Read the decks and note types with deckStatistics and listModels. Make each note ask one thing that is worth "
        "remembering, short and clear without the text at hand; prefer cloze deletions for definitions and lists. "
        "Look with findNotes whether it is known already. Show me the notes as a table and wait for my word, then add "
        "them with one call of addNotes, and tell me what was added and what was not, and why.\n\n{text}",
        (
            Argument("text", "What the cards are made from."),
            Argument("deck", "Full name of the deck.", "the deck that fits best (ask me where none does)"),
            Argument("note_type", "Name of the note type.", "the note type that fits best"),
        ),
    ),
    Prompt(
        "review",
        "Review with me",
        "Asks the cards that are due, one by one, and answers them as the user says.",
        "Review my due cards in {deck} with me. Choose the deck with selectDeck, then take one card at a time with "
        "nextCards. Show me the question only, in plain text, and wait for my answer. Then show me the answer, say "
        "what I had right and wrong, propose an ease (1 Again, 2 Hard, 3 Good, 4 Easy), and wait for my word before "
        "you call answerCards. Go on until I stop or nothing is left, and sum up what I should look at again.",
        (Argument("deck", "Full name of the deck.", "the current deck"),),
    ),
    Prompt(
        "explain_leeches",
        "Explain my leeches",
        "Looks at the cards that are forgotten again and again, and proposes better ones.",
        "Find the cards that I keep forgetting in {deck}: search with findCards for `tag:leech or prop:lapses>=6`, "
        "read them with notesInfo and their reviews with getReviewsOfCards. Tell me for each why it is hard: too much "
        "on one card, too like another one, no context, badly asked. Propose a better wording, a split or a mnemonic, "
        "and change notes with updateNotes only after I have agreed.",
        (Argument("deck", "Full name of the deck.", "all decks"),),
    ),
    Prompt(
        "tidy_notes",
        "Tidy up notes",
        "Looks for duplicates, mistakes and unlike formatting, and mends what the user agrees to.",
        "Look through the notes that the search `{query}` finds (notesInfo). Tell me of duplicates (findDuplicates), "
        "typing mistakes, empty fields and unlike formatting, with the note ids, as a short table. Mend what I agree "
        "to with one call of updateNotes, each with the `ifMod` that you read.",
        (Argument("query", "Search text as in Anki's browser.", "deck:current"),),
    ),
)
