"""The prompts: prepared messages that a user sends by choosing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from .content import text
from .replies import Asked, JsonObject


class Argument(NamedTuple):
    """An argument of a prompt; it is required if it has no default."""

    name: str
    description: str
    default: str | None = None


class Prompt(NamedTuple):
    """A prepared message that a user sends by choosing it."""

    name: str
    title: str
    description: str
    text: str
    """With `{name}` for the value of each argument, and `{further}` for how to reach tools that are not listed."""
    arguments: tuple[Argument, ...] = ()
    content: Callable[[Asked, Mapping[str, str]], Sequence[JsonObject]] | None = None
    """Returns the content blocks, given the arguments, in place of the text."""

    def blocks(self, asked: Asked, values: Mapping[str, str]) -> Sequence[JsonObject]:
        """Return the content blocks of the messages."""
        return self.content(asked, values) if self.content else [text(self.text.format(**values))]


PROMPTS = (
    Prompt(
        "make_cards",
        "Make cards from a text",
        "Turns a text into notes, shows them, and adds them.",
        "Make Anki notes from the text below, for {deck}, with {note_type}.\n"
        "Read the decks and note types with deckStatistics and listModels. Follow the rules of good cards:\n"
        "- Only what is worth remembering, and what the text makes understood; the basics first.\n"
        "- One fact a note: split lists and long answers. The answer is a few words.\n"
        "- The question has exactly one right answer, is clear without the text at hand, and cannot be guessed from "
        "its wording.\n"
        "- Prefer cloze deletions for definitions and for the members of a list.\n"
        "- Add an example or a picture where it helps, and the source if it matters.\n"
        "Check with findNotes whether a note exists already. Show me the notes as a table and wait until I agree. Then "
        "add them with one call of addNotes, and report which notes were added, which were not, and why.\n\n{text}",
        (
            Argument("text", "The text to make cards from."),
            Argument("deck", "Full name of the deck.", "the deck that fits best (ask me if none does)"),
            Argument("note_type", "Name of the note type.", "the note type that fits best"),
        ),
    ),
    Prompt(
        "review",
        "Review with me",
        "Asks the due cards one by one, and answers them as the user decides.",
        "Review my due cards in {deck} with me. Select the deck with selectDeck. For each card:\n"
        "1. Ask: call nextCards with `sides` of `question`, so that you do not know the answer. Show me only the "
        "question, in plain text, and wait for my answer.\n"
        "2. Show: call cardsInfo with `fields` of `answer` and show me the answer. Say what I had right and wrong.\n"
        "3. Grade: propose an ease (1 Again, 2 Hard, 3 Good, 4 Easy), and wait until I agree. Then call answerCards; "
        "`time` is how long I took for my answer in milliseconds, if you can tell.\n"
        "Continue until I stop or no card is left, then sum up what I should look at again.",
        (Argument("deck", "Full name of the deck.", "the current deck"),),
    ),
    Prompt(
        "fix_weak_cards",
        "Find and fix weak cards",
        "Finds cards that are forgotten again and again, are too long or exist twice, and proposes better ones.",
        "Find the weak cards in {deck}, and help me to mend them:\n"
        "- Leeches: search with findCards for `tag:leech or prop:lapses>=6`, and read their reviews with "
        "getReviewsOfCards.\n"
        "- Too long: read the notes with notesInfo. Look for answers of more than a sentence, lists, and several facts "
        "on one card.\n"
        "- Duplicates: findDuplicates; look also for notes that ask nearly the same.\n"
        "Explain for each why it is weak: too much on one card, too similar to another card, no context, an unclear "
        "question. Propose a better wording, a split or a mnemonic as a short table, and change notes with updateNotes "
        "and addNotes only after I have agreed.{further}",
        (Argument("deck", "Full name of the deck.", "all decks"),),
    ),
    Prompt(
        "plan_week",
        "Plan my week",
        "Reads the forecast and today's numbers, and plans the reviews and new cards of the next seven days.",
        "Plan my reviews of the next seven days in {deck}. Read dueForecast with `days` of 7, deckStatistics, "
        "collectionStatistics and studyStreak. Show me a table of the days with the cards due and the minutes that "
        "they take me, judged by the time of today's answers. Name the days that are too full, and how many new "
        "cards a day fit in; a new card causes about eight reviews within its first month. If I want to move cards, "
        "propose which ones, and use setDueDate only after I have agreed.{further}",
        (Argument("deck", "Full name of the deck.", "all decks"),),
    ),
    Prompt(
        "tidy_notes",
        "Tidy up notes",
        "Finds duplicates, mistakes and inconsistent formatting, and corrects what the user agrees to.",
        "Read the notes that the search `{query}` finds (notesInfo). List duplicates (findDuplicates), typing "
        "mistakes, empty fields, inconsistent formatting, and tags that mean the same, with the note ids, as a short "
        "table. Correct what I agree to with one call of updateNotes; send for each note the `mod` that you have read "
        "as `ifMod`.{further}",
        (Argument("query", "Search text as in Anki's browser.", "deck:current"),),
    ),
)
