# Made from spec/openrpc.json by `make clients`: do not edit.

"""A method of the client for each method of the gateway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from . import types
from ._core import Reply


class Methods:
    """Methods that wait for the answer."""

    def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Any:
        raise NotImplementedError

    def add_image_occlusion_notes(
        self,
        notes: list[types.NewOcclusionNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add image occlusion notes, and tell of each its id, or why it was not added.

        Each shape becomes a card, but for those that share a number and for texts. Duplicates are not looked for.
        Each 5,000 notes are one atomic step; the call is one step in Anki's undo menu.

        notes: The notes to add.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.AddedNote] = self._call(
            "addImageOcclusionNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_note(self, note: types.NewNote, idempotency_key: str | None = None) -> int:
        """Add a note and return its id.

        A note is refused when its first field is empty, when another note of the scope has the same first field, or
        when its cloze deletions do not fit the note type.

        note: The note to add.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: Note id: creation time in milliseconds since 1970, raised until free.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, DeckNotFound, Duplicate, EmptyNote,
            ClozeProblem, Refused, FileProblem, DownloadFailed, AlreadyExists
        """
        result: int = self._call("addNote", {"note": note}, idempotencyKey=idempotency_key)
        return result

    def add_notes(
        self,
        notes: list[types.NewNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add notes and tell of each its id, or why it was not added.

        Later notes see earlier ones, so a repeat inside the call is a duplicate. Each 5,000 notes are one atomic
        step; the call is one step in Anki's undo menu.

        notes: The notes to add.
        on_error: When notes cannot be added: `skip` adds the others, `abort` adds none and fails.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.AddedNote] = self._call(
            "addNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_tags(self, notes: list[int], tags: str, add: bool | None = None) -> None:
        """Add tags to notes. Unknown notes are skipped.

        notes: Note ids.
        tags: Tags, separated by spaces.
        add: False removes the tags instead.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = self._call("addTags", {"notes": notes, "tags": tags}, add=add)
        return result

    def answer_cards(self, answers: list[types.Answer]) -> list[bool]:
        """Answer cards as in a review, and tell of each answer whether it was given.

        Cards that are not due are answered too, and suspended ones become unsuspended. Several answers to one card
        are given in their order; of different cards, those with the same ease and no `time` are answered together.
        An unknown card is skipped, as is one that is damaged, or whose deck, note or sibling is.

        answers: The answers, in order.

        Returns: Per answer whether it was given; false for a card that is unknown or damaged.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool] = self._call("answerCards", {"answers": answers})
        return result

    def api_reflect(self, scopes: list[str], actions: list[str] | None = None) -> types.Reflection:
        """Tell which actions there are, or which of the given ones.

        Unknown scopes and names are dropped. A full list is in alphabetical order, capitals before small letters.

        scopes: What to describe; only `actions` exists.
        actions: Names to look for; without them every action is listed.

        Returns: What was asked for.
        """
        result: types.Reflection = self._call("apiReflect", {"scopes": scopes}, actions=actions)
        return result

    def are_due(self, cards: list[int]) -> list[bool | None]:
        """Tell of each card whether it is due, by its latest review.

        New cards are due always, suspended ones too. A card in a learning step of more than 20 minutes is due when
        that time has passed since its latest review; any other is due when Anki's search `is:due` finds it.

        Null stands for an unknown id, and for a card that is not new but has no reviews.

        cards: Card ids.

        Returns: Per card whether it is due; null for an unknown id, and for a card that is not new but has no
            reviews.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool | None] = self._call("areDue", {"cards": cards})
        return result

    def are_suspended(self, cards: list[int]) -> list[bool | None]:
        """Tell of each card whether it is suspended; null for an unknown id.

        cards: Card ids.

        Returns: Per card whether it is suspended; null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool | None] = self._call("areSuspended", {"cards": cards})
        return result

    def bury_cards(self, cards: list[int]) -> int:
        """Hide cards until tomorrow, and tell how many were not buried yet. Suspended ones stay suspended.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.

        Returns: Number of cards that were changed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: int = self._call("buryCards", {"cards": cards})
        return result

    def can_add_note(self, note: types.NewNote) -> bool:
        """Tell whether addNote would accept a note. Nothing is fetched or stored.

        note: The note, as for addNote.

        Returns: addNote would accept the note.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("canAddNote", {"note": note})
        return result

    def can_add_note_with_error_detail(self, note: types.NewNote) -> types.CanAdd:
        """Tell whether addNote would accept a note, and why it would not.

        note: The note, as for addNote.

        Returns: The answer.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.CanAdd = self._call("canAddNoteWithErrorDetail", {"note": note})
        return result

    def can_add_notes(self, notes: list[types.NewNote]) -> list[bool]:
        """Tell of each note whether addNote would accept it: against the collection, not against each other.

        notes: The notes, as for addNotes.

        Returns: One answer per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool] = self._call("canAddNotes", {"notes": notes})
        return result

    def can_add_notes_with_error_detail(self, notes: list[types.NewNote]) -> list[types.CanAdd]:
        """Tell of each note whether addNote would accept it, and why it would not.

        notes: The notes, as for addNotes.

        Returns: One answer per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.CanAdd] = self._call("canAddNotesWithErrorDetail", {"notes": notes})
        return result

    def cancel_operation(self, id: str) -> types.Operation:
        """Stop an operation as soon as it can be stopped.

        One that is queued never begins. One that writes many notes stops after 5,000 at the most: what is written
        stays, and its result tells of each note. Import, export, checks and sync stop where Anki looks for it, and
        leave nothing half done. Anything else is refused once it runs. One that has ended stays as it is.

        id: The operation's id.

        Returns: The operation as it is now; result and error only where it is the caller's own.
        Raises: NotFound, Refused
        """
        result: types.Operation = self._call("cancelOperation", {"id": id})
        return result

    def card_reviews(self, deck: str, start_id: int) -> list[list[int]]:
        """List the log entries of the cards in a deck, as rows of numbers; none for a deck that does not exist.

        Only cards count that are in the deck itself now, not in a sub-deck or a filtered deck.

        deck: Deck name, compared without case.
        start_id: Only entries with a larger id: time in milliseconds since 1970.

        Returns: Log entries in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[list[int]] = self._call("cardReviews", {"deck": deck, "startID": start_id})
        return result

    def cards_details(
        self,
        cards: list[int] | None = None,
        fields: list[Literal["prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps"]] | None = None,
        note_fields: list[str] | None = None,
        query: str | None = None,
    ) -> list[int | dict[str, Any]]:
        """Describe cards, given by their ids or found by a search, by chosen values only: much faster than
        `cardsInfo`.

        Without any value or field to add, the result is the list of the ids. An unknown id fails the call.

        cards: Card ids. Either these or a `query`.
        fields: Values to add: `prop:r` retrievability from 0 to 1, `prop:s` stability in days, `prop:d` the desired
            retention; the others as in `cardsInfo`.
        note_fields: Names of fields of the note to add; one that the note does not have is left out.
        query: Search text; wins over `cards`.

        Returns: One entry per card, in order: what was asked for, or just the id where nothing was.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, InvalidSearch
        """
        result: list[int | dict[str, Any]] = self._call(
            "cardsDetails", {}, cards=cards, fields=fields, noteFields=note_fields, query=query
        )
        return result

    def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        fields: list[
            Literal[
                "cardId",
                "fields",
                "fieldOrder",
                "question",
                "answer",
                "modelName",
                "ord",
                "deckName",
                "css",
                "factor",
                "interval",
                "note",
                "type",
                "queue",
                "due",
                "reps",
                "lapses",
                "left",
                "mod",
                "nextReviews",
                "flags",
                "homeDeckName",
            ]
        ]
        | None = None,
        note_fields: list[str] | None = None,
    ) -> list[types.CardInfo | types.Missing | types.CardPart]:
        """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids.

        With `fields`, or a page at a time, it takes as much less time as less is asked for: most of it goes into
        `question`, `answer` and `nextReviews`.

        cards: Card ids.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.
        fields: Members to give of each entry; all when left out.
        note_fields: Names of the note's fields to give in `fields`, in their exact spelling; all when left out. One
            that a note does not have is left out.

        Returns: One entry per card, in order; an empty object for an unknown id. With `fields`, only what was asked
            for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.CardInfo | types.Missing | types.CardPart] = self._call(
            "cardsInfo", {"cards": cards}, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    def cards_mod_time(self, cards: list[int]) -> list[types.CardTime | types.Missing]:
        """Tell when each card was last changed: the cheap way to watch for changes.

        cards: Card ids.

        Returns: One entry per card, in order; an empty object for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.CardTime | types.Missing] = self._call("cardsModTime", {"cards": cards})
        return result

    def cards_to_notes(self, cards: list[int]) -> list[int]:
        """List the notes of cards, each once and in no particular order.

        Unknown ids are skipped.

        cards: Card ids.

        Returns: Ids of the notes, each once, in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int] = self._call("cardsToNotes", {"cards": cards})
        return result

    def change_deck(self, cards: list[int], deck: str) -> str:
        """Move cards to a deck, which is made if it is missing, and return the deck's name.

        Unknown ids are skipped. Cards leave the filtered deck that they are in. A filtered deck is refused as the
        target: it fetches its cards itself.

        cards: Card ids; unknown ones are skipped.
        deck: Full name of the target, which is made if it is missing. Not a filtered deck.

        Returns: Full deck name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: str = self._call("changeDeck", {"cards": cards, "deck": deck})
        return result

    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, Any] | None = None,
        templates: dict[str, Any] | None = None,
        dry_run: bool | None = None,
    ) -> types.NoteTypeChange | types.Losses:
        """Give notes of one note type another one, with a map of their fields and templates, and tell what was lost.

        Fields and templates of the new note type that a map leaves out are empty. The next sync has to be a full
        one. An unknown id fails the call, and so do notes of different note types; then nothing is changed.

        notes: Note ids, all of one note type.
        model_name: The new note type, compared without case.
        fields: Field name of the new note type to the one whose text it gets; null empties it. When left out, by
            name, and those without a namesake in their order.
        templates: Template name of the new note type to the one whose cards it gets; null for new cards. When left
            out, by name, and those without a namesake in their order. Note types for cloze deletions take none.
        dry_run: Tell what would go, and change nothing.

        Returns: What was changed. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, ModelNotFound, NotFound, Refused
        """
        result: types.NoteTypeChange | types.Losses = self._call(
            "changeNoteType",
            {"notes": notes, "modelName": model_name},
            fields=fields,
            templates=templates,
            dryRun=dry_run,
        )
        return result

    def check_database(self) -> types.DatabaseReport:
        """Check the database and mend what can be mended, after a backup, and tell what was found.

        No window shows it. The collection is busy meanwhile: for a few seconds, where it is large. Anki's undo
        history is emptied.

        Returns: What was found.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.DatabaseReport = self._call("checkDatabase", {})
        return result

    def check_media(self) -> types.MediaReport:
        """Find media files that nothing names, and names of files that are missing. Nothing is deleted.

        As in Anki's window, file names that not every system takes are changed, in the notes too. Files whose names
        begin with an underscore count as used.

        Returns: What was found.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.MediaReport = self._call("checkMedia", {})
        return result

    def clear_unused_tags(self, dry_run: bool | None = None) -> types.Losses | None:
        """Forget the tags that no note has.

        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = self._call("clearUnusedTags", {}, dryRun=dry_run)
        return result

    def clone_deck_config_id(self, name: str, clone_from: int | None = None) -> int | bool:
        """Copy a group of options under another name and return the new group's id; false when there is none to copy.

        name: Name of the new group; others may have the same.
        clone_from: Id of the group to copy.

        Returns: Id of the new group; false when the one to copy does not exist.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: int | bool = self._call("cloneDeckConfigId", {"name": name}, cloneFrom=clone_from)
        return result

    def collection_statistics(self, query: str | None = None) -> types.CollectionFigures:
        """Count cards, today's answers and what was remembered, in the collection or in what a search finds.

        The numbers are those of Anki's graphs.

        query: Search text as in Anki's browser; empty for the whole collection.

        Returns: The figures.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: types.CollectionFigures = self._call("collectionStatistics", {}, query=query)
        return result

    def create_backup(self) -> types.BackupMade:
        """Back the collection up, without its media, into the backup folder of the profile; answers when it is stored.

        Where nothing was changed since the last backup, Anki makes none. It keeps as many as its preferences say.

        Returns: What there is now.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.BackupMade = self._call("createBackup", {})
        return result

    def create_deck(self, deck: str) -> int:
        """Create an empty deck and return its id; an existing deck is left as it is.

        deck: Full name, `::` between levels. Missing parents are made too. Anki turns an empty level into `blank`.

        Returns: Deck id: creation time in milliseconds since 1970; 1 is Default.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: int = self._call("createDeck", {"deck": deck})
        return result

    def create_filtered_deck(
        self, deck: str, terms: list[types.SearchTerm], reschedule: bool | None = None, allow_empty: bool | None = None
    ) -> types.FilteredDeckMade:
        """Make a filtered deck and fetch its cards.

        Suspended and buried cards, and those in another filtered deck, are not fetched. A search without any other
        card is refused, unless `allowEmpty` is true. The new deck becomes the current one, as in Anki's window.

        deck: Full name, `::` between levels. Missing parents are made too.
        terms: One or two searches, whose cards the deck takes in that order.
        reschedule: Answers change when cards are shown next.
        allow_empty: Make the deck even where no card is found.

        Returns: The new deck.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, AlreadyExists, InvalidSearch, Refused
        """
        result: types.FilteredDeckMade = self._call(
            "createFilteredDeck", {"deck": deck, "terms": terms}, reschedule=reschedule, allowEmpty=allow_empty
        )
        return result

    def create_model(
        self,
        model_name: str,
        in_order_fields: list[str | types.NewField],
        card_templates: list[types.CardTemplate],
        css: str | None = None,
        is_cloze: bool | None = None,
    ) -> types.Model:
        """Create a note type and return it as Anki stores it.

        Anki gives a repeated field or template name a plus sign and takes `:`, `{`, `}` and quotes out of field
        names.

        model_name: Name of the new note type.
        in_order_fields: The fields, at least one: the name, or an object if the field shall have more than that.
        card_templates: Card templates, at least one.
        css: Styling; Anki's default when left out.
        is_cloze: Make a cloze note type.

        Returns: The note type, as Anki keeps it.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, AlreadyExists, Refused
        """
        result: types.Model = self._call(
            "createModel",
            {"modelName": model_name, "inOrderFields": in_order_fields, "cardTemplates": card_templates},
            css=css,
            isCloze=is_cloze,
        )
        return result

    def deck_name_from_id(self, deck_id: int) -> str:
        """Give the full name of a deck.

        deck_id: Deck id.

        Returns: Full deck name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: str = self._call("deckNameFromId", {"deckId": deck_id})
        return result

    def deck_names(self) -> list[str]:
        """List the full names of all decks.

        Returns: Full names of all decks, filtered ones too, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = self._call("deckNames", {})
        return result

    def deck_names_and_ids(self) -> dict[str, int]:
        """List all decks with their ids.

        Returns: Full deck name to deck id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, int] = self._call("deckNamesAndIds", {})
        return result

    def deck_statistics(self, decks: list[str] | None = None) -> list[types.DeckFigures]:
        """Count what decks have for today and how their cards stand, sub-decks included.

        Cards in a filtered deck count for that one. An unknown name fails the call.

        decks: Full names, compared without case; those of Anki's deck list when left out.

        Returns: One entry per deck, in the order of the names given, or of the deck list.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: list[types.DeckFigures] = self._call("deckStatistics", {}, decks=decks)
        return result

    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Delete decks with their sub-decks and cards.

        Names of no deck are skipped. Default is emptied but stays. A filtered deck is dissolved: its cards go home.

        decks: Full names in their exact spelling; names of no deck are skipped.
        cards_too: Must be true: Anki deletes a deck only with its cards.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = self._call("deleteDecks", {"decks": decks}, cardsToo=cards_too, dryRun=dry_run)
        return result

    def delete_media_file(self, filename: str, dry_run: bool | None = None) -> types.Losses | None:
        """Move a file from the media folder to Anki's media trash. A name that does not exist is skipped.

        filename: Name in the media folder.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem
        """
        result: types.Losses | None = self._call("deleteMediaFile", {"filename": filename}, dryRun=dry_run)
        return result

    def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> types.Losses | None:
        """Delete notes with all their cards. Unknown ids are skipped.

        Each 5,000 ids are one atomic step; the call is one step in Anki's undo menu.

        notes: Note ids.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = self._call("deleteNotes", {"notes": notes}, dryRun=dry_run)
        return result

    def due_forecast(self, query: str | None = None, days: int | None = None) -> types.Forecast:
        """Tell how many cards get due on each of the next days. The day begins at the hour of Anki's preferences.

        query: Search text as in Anki's browser; empty for the whole collection.
        days: How many days, today included.

        Returns: How many cards get due when, as cards stand now; new ones do not count.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: types.Forecast = self._call("dueForecast", {}, query=query, days=days)
        return result

    def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> int | types.Losses:
        """Send the cards of a filtered deck home, and tell how many there were. The deck stays.

        deck: Full name of a filtered deck, compared without case.
        dry_run: Tell what would go, and change nothing.

        Returns: Number of cards that went home. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: int | types.Losses = self._call("emptyFilteredDeck", {"deck": deck}, dryRun=dry_run)
        return result

    def evaluate_fsrs_params(
        self, preset: str, params: list[float] | None = None, search: str | None = None
    ) -> types.FsrsFit:
        """Tell how well parameters of FSRS predict the answers that were given. FSRS need not be active.

        Refused where no review can be judged.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        params: Parameters to judge instead of the preset's.
        search: Search text for the cards whose reviews count, instead of the preset's own.

        Returns: How the parameters fit the reviews.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: types.FsrsFit = self._call("evaluateFsrsParams", {"preset": preset}, params=params, search=search)
        return result

    def export_package(self, deck: str, path: str, include_sched: bool | None = None) -> bool:
        """Write a deck with its sub-decks and their media to a package.

        An existing package is overwritten, any other file is not. Without scheduling the cards come out new, and
        the tags `marked` and `leech` are left out.

        deck: Deck, compared without case.
        path: Where to write the package; a relative path begins at the media folder.
        include_sched: Keep the scheduling and the decks' options.

        Returns: The package was written; false when there is no such deck.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem, Refused
        """
        result: bool = self._call("exportPackage", {"deck": deck, "path": path}, includeSched=include_sched)
        return result

    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses:
        """Replace a text in templates and styling, and tell how many note types contained it.

        If one of the note types would become invalid, none is changed.

        model_name: Note type name, compared without case; empty or null for all note types.
        find_text: Text to look for, case-sensitive and without wildcards; not empty.
        replace_text: Text to put in its place.
        front: Look in question sides.
        back: Look in answer sides.
        css: Look in the styling.
        dry_run: Tell what would go, and change nothing.

        Returns: How many note types contained the text. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: int | types.Losses = self._call(
            "findAndReplaceInModels",
            {"modelName": model_name, "findText": find_text, "replaceText": replace_text},
            front=front,
            back=back,
            css=css,
            dryRun=dry_run,
        )
        return result

    def find_cards(self, query: str | None = None, limit: int | None = None, offset: int | None = None) -> list[int]:
        """Find cards by a search text as in Anki's browser, in no particular order; pages are in the order of the ids.

        query: Search text as in Anki's browser; empty for everything, and without it nothing is found.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.

        Returns: Card ids, in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: list[int] = self._call("findCards", {}, query=query, limit=limit, offset=offset)
        return result

    def find_duplicates(
        self,
        query: str | None = None,
        fields: list[str] | None = None,
        all_models: bool | None = None,
        limit: int | None = None,
    ) -> list[types.DuplicateGroup]:
        """Find groups of notes whose first field, or whose chosen fields, say the same but for HTML.

        Texts are compared as Anki does for duplicates: case counts, names of media files count. Notes that have
        none of their text, or not all of the fields, are left out.

        query: Search text that chooses the notes; empty for all.
        fields: Fields that must all be equal, compared without case; the first one when left out.
        all_models: Compare notes of different note types too.
        limit: The most groups; all when left out.

        Returns: Groups of two notes or more, by their oldest note.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch, NotFound
        """
        result: list[types.DuplicateGroup] = self._call(
            "findDuplicates", {}, query=query, fields=fields, allModels=all_models, limit=limit
        )
        return result

    def find_empty_cards(self) -> list[types.EmptyCardsOfNote]:
        """Find cards whose front has become empty, by their notes.

        Returns: An entry per note with empty cards.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: list[types.EmptyCardsOfNote] = self._call("findEmptyCards", {})
        return result

    def find_models_by_id(self, model_ids: list[int]) -> list[types.Model]:
        """Describe note types as Anki keeps them, in the order of the ids. An unknown id fails the call.

        Ids of fields and templates have 64 bits, more than JavaScript's numbers hold.

        model_ids: Note type ids.

        Returns: The note types in the order of the call, as Anki keeps them.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[types.Model] = self._call("findModelsById", {"modelIds": model_ids})
        return result

    def find_models_by_name(self, model_names: list[str]) -> list[types.Model]:
        """Describe note types as Anki keeps them, in the order of the names. An unknown name fails the call.

        Ids of fields and templates have 64 bits, more than JavaScript's numbers hold.

        model_names: Note type names, compared without case.

        Returns: The note types in the order of the call, as Anki keeps them.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[types.Model] = self._call("findModelsByName", {"modelNames": model_names})
        return result

    def find_notes(self, query: str | None = None, limit: int | None = None, offset: int | None = None) -> list[int]:
        """Find notes by a search text as in Anki's browser, in no particular order; pages are in the order of the ids.

        query: Search text as in Anki's browser; empty for everything, and without it nothing is found.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.

        Returns: Note ids.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: list[int] = self._call("findNotes", {}, query=query, limit=limit, offset=offset)
        return result

    def forget_cards(self, cards: list[int], dry_run: bool | None = None) -> types.Losses | None:
        """Make cards new again.

        They get back their old position among the new cards where Anki remembers it, keep their counts of reviews
        and lapses, and leave a filtered deck. Unknown ids, and cards that are as new as can be, are skipped.

        cards: Card ids.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = self._call("forgetCards", {"cards": cards}, dryRun=dry_run)
        return result

    def get_active_profile(self) -> str | None:
        """Tell which profile is open.

        Returns: Name of the open profile; while none is open, of the last one that was, and null for none yet.
        """
        result: str | None = self._call("getActiveProfile", {})
        return result

    def get_collection(self) -> types.CollectionOverview:
        """Describe the collection as a whole: its times, its size, and everything in it but notes and cards.

        Returns: The collection at a glance.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.CollectionOverview = self._call("getCollection", {})
        return result

    def get_collection_config(self) -> dict[str, Any]:
        """Tell all settings of Anki that belong to the collection.

        Returns: Anki's settings by their names in the collection.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, Any] = self._call("getCollectionConfig", {})
        return result

    def get_collection_stats_html(self, whole_collection: bool | None = None) -> str:
        """Give the statistics of Anki's old report as HTML.

        whole_collection: False reports on the current deck and its sub-decks only.

        Returns: HTML for display; its layout changes with Anki.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: str = self._call("getCollectionStatsHTML", {}, wholeCollection=whole_collection)
        return result

    def get_current_deck(self) -> types.CurrentDeck:
        """Tell which deck is the current one: Anki studies it, and adds to it.

        Returns: The deck that Anki studies and adds to.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.CurrentDeck = self._call("getCurrentDeck", {})
        return result

    def get_deck_config(self, deck: str) -> types.OptionsGroup | bool:
        """Give the options of a deck; false when no deck has exactly that name.

        A deck whose group is gone has group 1. A filtered deck has no group, so the deck itself is given.

        deck: Full deck name in its exact spelling.

        Returns: The group as Anki keeps it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`,
            `lapse` and others that depend on Anki's version; a filtered deck's own object; false when no deck has
            exactly that name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.OptionsGroup | bool = self._call("getDeckConfig", {"deck": deck})
        return result

    def get_deck_description(self, deck: str) -> str:
        """Give the description that Anki shows on a deck's overview.

        deck: Full name in its exact spelling.

        Returns: Description of the deck, as Markdown or HTML.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: str = self._call("getDeckDescription", {"deck": deck})
        return result

    def get_deck_presets(self) -> list[types.DeckPreset]:
        """List the presets of deck options, each with the decks that use it.

        Returns: All presets, by name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.DeckPreset] = self._call("getDeckPresets", {})
        return result

    def get_deck_stats(self, decks: list[str]) -> dict[str, types.DeckStats]:
        """Count what decks have for today, sub-decks included, and all cards of the decks themselves.

        Names of no deck are left out, and so is an empty Default as long as there are other decks.

        decks: Full names, compared without case; names of no deck are left out.

        Returns: Deck id as text to today's counts, in the order of the deck list, with sub-decks and within the
            limits.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, types.DeckStats] = self._call("getDeckStats", {"decks": decks})
        return result

    def get_decks(self, cards: list[int]) -> dict[str, list[int]]:
        """Group cards by the decks that they are in now.

        A card in a filtered deck counts for that one. Unknown ids are left out.

        cards: Card ids; a repeated one is repeated in the result.

        Returns: Full deck name to the ids of the cards in it.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, list[int]] = self._call("getDecks", {"cards": cards})
        return result

    def get_ease_factors(self, cards: list[int]) -> list[int | None]:
        """Tell the ease of each card; null for an unknown id.

        cards: Card ids.

        Returns: Per card its ease in tenths of a percent, 0 for none yet; null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int | None] = self._call("getEaseFactors", {"cards": cards})
        return result

    def get_filtered_deck(self, deck: str) -> types.FilteredDeck:
        """Tell the searches of a filtered deck, and how many cards it holds.

        deck: Full name of a filtered deck, compared without case.

        Returns: Its settings.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: types.FilteredDeck = self._call("getFilteredDeck", {"deck": deck})
        return result

    def get_flags(self, cards: list[int]) -> list[int | None]:
        """Tell the flags of cards, in the order of the ids.

        cards: Card ids.

        Returns: Per card its flag, 0 for none; null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int | None] = self._call("getFlags", {"cards": cards})
        return result

    def get_fsrs_params(self, presets: list[str] | None = None) -> types.FsrsOverview:
        """Tell whether Anki schedules by FSRS, and the parameters and the desired retention of presets.

        presets: Names of presets in their exact spelling; all when left out.

        Returns: FSRS in the collection, and in its presets.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound
        """
        result: types.FsrsOverview = self._call("getFsrsParams", {}, presets=presets)
        return result

    def get_image_occlusion_notes(self, notes: list[int]) -> list[types.OcclusionNote | types.Missing]:
        """Describe image occlusion notes, with their shapes, in the order of the ids.

        A note of another kind fails the call.

        notes: Note ids.

        Returns: One entry per note, in order; an empty object for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: list[types.OcclusionNote | types.Missing] = self._call("getImageOcclusionNotes", {"notes": notes})
        return result

    def get_intervals(self, cards: list[int], complete: bool | None = None) -> list[int | list[int] | None]:
        """Tell the latest interval of each card, or all of them, from the review log.

        A new card gives the number 0, also where all intervals are asked for. Without reviews the latest interval
        is null and the list of all is empty; the same goes for an unknown id.

        cards: Card ids.
        complete: The whole history of each card instead of its latest interval.

        Returns: Per card its latest interval, or all of them; null or an empty list for an unknown id, and for a
            card that is not new but has no reviews.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int | list[int] | None] = self._call("getIntervals", {"cards": cards}, complete=complete)
        return result

    def get_latest_review_id(self, deck: str) -> int:
        """Tell the largest id of a log entry of the cards in a deck; 0 for none, and for a deck that does not exist.

        Only cards count that are in the deck itself now, not in a sub-deck or a filtered deck.

        deck: Deck name, compared without case.

        Returns: Largest id: time of the last answer in milliseconds since 1970; 0 for none.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: int = self._call("getLatestReviewID", {"deck": deck})
        return result

    def get_media_dir_path(self) -> str:
        """Tell where the media folder of the open profile is.

        Returns: Absolute path of the media folder.
        """
        result: str = self._call("getMediaDirPath", {})
        return result

    def get_media_files_names(self, pattern: str | None = None) -> list[str]:
        """List the files in the media folder.

        Names that begin with a dot are left out unless the pattern begins with one too. Case counts where it counts
        for file names.

        pattern: Which names: `*` stands for any text, `?` for one character, `[...]` for one of several. At most
            255 characters.

        Returns: Names of the files, in no particular order.
        Raises: Refused
        """
        result: list[str] = self._call("getMediaFilesNames", {}, pattern=pattern)
        return result

    def get_memory_states(self, cards: list[int], computed: bool | None = None) -> list[types.MemoryState | None]:
        """Tell how well cards are remembered, by FSRS: stability, difficulty and retrievability.

        Cards have a memory state once they are reviewed while FSRS is active, or when it is switched on.

        cards: Card ids.
        computed: Compute them from the review log by what the deck's preset says now, instead of telling what is
            stored: also while FSRS is not active. It takes seconds for 10,000 cards.

        Returns: One entry per card, in order; nulls for a card without memory state, null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.MemoryState | None] = self._call("getMemoryStates", {"cards": cards}, computed=computed)
        return result

    def get_note_tags(self, note: int) -> list[str]:
        """List the tags of a note.

        note: Note id.

        Returns: The note's tags, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused
        """
        result: list[str] = self._call("getNoteTags", {"note": note})
        return result

    def get_num_cards_reviewed_by_day(self) -> list[list[str | int]]:
        """Count the log entries of each day, newest day first.

        The day begins at the hour of Anki's preferences, in local time.

        Returns: Pairs of local date (`2026-11-23`) and number of log entries, newest first; days without entries
            are left out.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[list[str | int]] = self._call("getNumCardsReviewedByDay", {})
        return result

    def get_num_cards_reviewed_today(self) -> int:
        """Count today's log entries, those of changes by hand too.

        The day begins at the hour of Anki's preferences.

        Returns: Number of log entries; several for a card count each.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: int = self._call("getNumCardsReviewedToday", {})
        return result

    def get_operation(self, id: str) -> types.Operation:
        """Tell how far an operation is, and what came of it.

        It is told to who started it: callers are told apart by their origins and by the names of their keys.
            Callers with the scope `admin` learn of others, too, but not what came of them.

        id: The operation's id.

        Returns: The operation as it is now; result and error only where it is the caller's own.
        Raises: NotFound
        """
        result: types.Operation = self._call("getOperation", {"id": id})
        return result

    def get_profiles(self) -> list[str]:
        """List the names of all profiles.

        Returns: Names of all profiles, sorted.
        """
        result: list[str] = self._call("getProfiles", {})
        return result

    def get_reviews_of_cards(self, cards: list[int]) -> dict[str, list[types.Review]]:
        """List the log entries of each card, oldest first; none for an unknown id.

        cards: Card ids.

        Returns: Card id as text to its log entries, oldest first.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, list[types.Review]] = self._call("getReviewsOfCards", {"cards": cards})
        return result

    def get_tags(self) -> list[str]:
        """List all tags that the collection knows, used or not.

        Returns: All tags that the collection knows, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = self._call("getTags", {})
        return result

    def get_version(self) -> types.Versions:
        """Tell the version of Anki, and of AnkiConnect Plus, whose actions are served.

        Returns: What runs here.
        """
        result: types.Versions = self._call("getVersion", {})
        return result

    def grade_now(self, cards: list[int], ease: int) -> bool:
        """Give one answer to several cards, due or not, as Anki's *Grade Now* does.

        A repeated id counts once. An unknown id fails the call, and nothing is changed.

        cards: Card ids.
        ease: 1 Again, 2 Hard, 3 Good, 4 Easy.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: bool = self._call("gradeNow", {"cards": cards, "ease": ease})
        return result

    def gui_add_cards(self, note: types.NoteDraft | None = None, activate: bool | None = None) -> int:
        """Open the Add window, with a note filled in if one is given. Nothing is added until the user does it.

        note: What to fill in.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Always 0: a note that was not added yet has no id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, ModelNotFound, Refused, FileProblem,
            DownloadFailed
        """
        result: int = self._call("guiAddCards", {}, note=note, activate=activate)
        return result

    def gui_add_note_set_data(self, note: types.NoteDraftChange, append: bool | None = None) -> bool:
        """Fill in the Add window that is open: deck, note type, fields, tags and files.

        What is left out stays, and so does what the user has typed there, but for the fields that are named.
        Everything is checked before anything is changed. If the window does not hand over within two seconds what
        the user has typed, because a dialog or a script of a note holds it up, the note is filled in as it is.

        note: What to fill in.
        append: Add to the fields and the tags instead of replacing them.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, WindowClosed, DeckNotFound, ModelNotFound, NotFound,
            FileProblem, DownloadFailed
        """
        result: bool = self._call("guiAddNoteSetData", {"note": note}, append=append)
        return result

    def gui_answer_card(self, ease: int) -> bool:
        """Answer the card on screen; its answer side must be shown.

        ease: Answer button, from 1.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiAnswerCard", {"ease": ease})
        return result

    def gui_browse(
        self, query: str | None = None, reorder_cards: types.ReorderCards | None = None, activate: bool | None = None
    ) -> list[int]:
        """Open or raise the browser, search in it, and return the ids of the cards that match.

        Sorting changes what the browser shows, not the order of the ids.

        query: Search text; without it the browser is only opened.
        reorder_cards: How to sort the browser.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Ids of the cards that match, in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch, Refused
        """
        result: list[int] = self._call("guiBrowse", {}, query=query, reorderCards=reorder_cards, activate=activate)
        return result

    def gui_check_database(self, wait: bool | None = None, activate: bool | None = None) -> types.DatabaseCheck | None:
        """Check the database and mend what can be mended, after a backup, and tell what was found.

        Anki shows its progress, and what was found in a window that blocks nobody. The collection is busy
        meanwhile: for a few seconds, where it is large. With `wait` false the reply is `null`, at once.

        wait: Reply when the check has ended.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: What the check found; null where it was not waited for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.DatabaseCheck | None = self._call("guiCheckDatabase", {}, wait=wait, activate=activate)
        return result

    def gui_current_card(self) -> types.CurrentCard:
        """Describe the card on screen.

        Returns: The card that is being reviewed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ReviewInactive
        """
        result: types.CurrentCard = self._call("guiCurrentCard", {})
        return result

    def gui_deck_browser(self) -> None:
        """Show the list of decks.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = self._call("guiDeckBrowser", {})
        return result

    def gui_deck_overview(self, name: str) -> bool:
        """Select a deck and show its overview; false when there is no deck of that name.

        name: Deck name, compared without case.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiDeckOverview", {"name": name})
        return result

    def gui_deck_review(self, name: str) -> bool:
        """Begin to review a deck; false when there is no deck of that name.

        Where nothing is due, Anki shows the deck's overview.

        name: Deck name, compared without case.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiDeckReview", {"name": name})
        return result

    def gui_edit_note(self, note: int, activate: bool | None = None) -> None:
        """Show a note in a window of its own, for editing. Another call shows the other note in the same window.

        The window can preview the note, show it in the browser, and go back to the notes that it showed before.

        note: Note id.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound
        """
        result: None = self._call("guiEditNote", {"note": note}, activate=activate)
        return result

    def gui_exit_anki(self) -> None:
        """Close Anki a second after the reply. A window with unsaved input asks the user first, as always.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = self._call("guiExitAnki", {})
        return result

    def gui_import_file(self, path: str | None = None, activate: bool | None = None) -> None:
        """Open Anki's import window for a file, or let the user pick one. Nothing is imported until the user does it.

        The reply does not wait for the user. A file that is called a package and is none, or takes up more than
        `limits.packageMegabytes`, is refused.

        path: File to import; without it the user picks one.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem
        """
        result: None = self._call("guiImportFile", {}, path=path, activate=activate)
        return result

    def gui_play_audio(self) -> bool:
        """Play the sounds of the side that is shown once more; true also when it has none.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiPlayAudio", {})
        return result

    def gui_review_active(self) -> bool:
        """Tell whether a review is running and shows a card.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiReviewActive", {})
        return result

    def gui_select_card(self, card: int) -> bool:
        """Select one card in the open browser, and nothing else; false when the browser is closed.

        A card that the browser does not list leaves nothing selected.

        card: Card id.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiSelectCard", {"card": card})
        return result

    def gui_select_note(self, note: int) -> bool:
        """Select one card in the open browser: the old name of guiSelectCard.

        note: Card id, in spite of the name.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiSelectNote", {"note": note})
        return result

    def gui_selected_notes(self) -> list[int]:
        """Return the ids of the notes that are selected in the open browser.

        Returns: Ids of the notes selected in the browser; none when it is closed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int] = self._call("guiSelectedNotes", {})
        return result

    def gui_show_answer(self) -> bool:
        """Turn to the answer side of the card on screen.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiShowAnswer", {})
        return result

    def gui_show_question(self) -> bool:
        """Turn to the question side of the card on screen.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiShowQuestion", {})
        return result

    def gui_start_card_timer(self) -> bool:
        """Start the answer timer of the card on screen again, so that the answer's time counts from now.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiStartCardTimer", {})
        return result

    def gui_undo(self) -> bool:
        """Undo the newest step, as Anki's menu does; false when there is nothing to undo. Redoing is left to the user.

        Callers without the scope `delete` may undo only their own steps, as with `undo`.

        Returns: Something was undone.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("guiUndo", {})
        return result

    def import_package(self, path: str) -> Literal[True]:
        """Read a package in: notes with their cards, scheduling, media and deck options.

        Notes that are there already are recognised, and changed where the package has a newer version. Files stay
        in the media folder when the import is undone.

        The package is first imported into a collection that is thrown away. If Anki refuses it there, or it is
        larger than `limits.packageMegabytes`, nothing is changed, and the undo history stays.

        path: The package; a relative path begins at the media folder.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem, Refused
        """
        result: Literal[True] = self._call("importPackage", {"path": path})
        return result

    def insert_reviews(self, reviews: list[list[int]]) -> None:
        """Add entries to the review log, all or none; the scheduling of the cards stays as it is.

        Refused are an id that is used already, and numbers that Anki cannot read. The cards need not exist. Anki
        has no undoable call for this, so its undo history is emptied.

        reviews: Rows as cardReviews gives them. Their usn is not looked at: new entries are yet to sync.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, AlreadyExists, Refused
        """
        result: None = self._call("insertReviews", {"reviews": reviews})
        return result

    def is_fsrs_active(self) -> bool | None:
        """Tell whether Anki schedules by FSRS; null where that was never decided, so that it does not.

        Returns: FSRS is switched on; null when that was never decided.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool | None = self._call("isFsrsActive", {})
        return result

    def list_backups(self) -> list[types.Backup]:
        """List the backups of the profile, newest first.

        Returns: Newest first.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.Backup] = self._call("listBackups", {})
        return result

    def list_models(self) -> list[types.ListedModel]:
        """List the note types with their fields and templates, and how many notes each has.

        Returns: The note types, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.ListedModel] = self._call("listModels", {})
        return result

    def list_operations(self) -> list[types.OperationSummary]:
        """List operations without their results: those that are queued or running, and those that have ended lately.

        Returns: Oldest first.
        """
        result: list[types.OperationSummary] = self._call("listOperations", {})
        return result

    def load_profile(self, name: str) -> bool:
        """Open a profile, and close the one that is open; the answer comes when it is open.

        Where a window holds unsaved text, Anki asks the user what to do with it; the call is refused if the user
        keeps the window. A headless gateway has one profile, which is always open.

        name: Name of the profile, exactly.

        Returns: The profile is open; false where there is none of that name.
        Raises: Refused
        """
        result: bool = self._call("loadProfile", {"name": name})
        return result

    def model_field_add(self, model_name: str, field_name: str, index: int | None = None) -> str:
        """Add a field to a note type, and return the name it got; it is empty in existing notes.

        A field of exactly that name is not added again, but moved if a position is given. If the name differs from
        another field's in case only, Anki gives it a plus sign; it takes `:`, `{`, `}` and quotes out of names. A
        new field, or a move, makes the next sync a full one.

        model_name: Note type name, compared without case.
        field_name: Name of the field.
        index: Position that it gets, from 0; the end when too large or left out.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: str = self._call("modelFieldAdd", {"modelName": model_name, "fieldName": field_name}, index=index)
        return result

    def model_field_descriptions(self, model_name: str) -> list[str]:
        """List the hints that the editor shows in the empty fields of a note type.

        model_name: Note type name, compared without case.

        Returns: Hint that the editor shows in each empty field, in field order; empty for none.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[str] = self._call("modelFieldDescriptions", {"modelName": model_name})
        return result

    def model_field_fonts(self, model_name: str) -> dict[str, types.FieldFont]:
        """Tell in which font and size the editor shows each field of a note type.

        model_name: Note type name, compared without case.

        Returns: Field name to its font, in field order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: dict[str, types.FieldFont] = self._call("modelFieldFonts", {"modelName": model_name})
        return result

    def model_field_names(self, model_name: str) -> list[str]:
        """List the names of a note type's fields, in their order.

        model_name: Note type name, compared without case.

        Returns: Field names in field order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[str] = self._call("modelFieldNames", {"modelName": model_name})
        return result

    def model_field_remove(self, model_name: str, field_name: str, dry_run: bool | None = None) -> types.Losses | None:
        """Remove a field from a note type, with what the notes have in it.

        Templates lose their references to it; a question side without any field gets one that remains. The last
        field stays, and so does one that Anki itself does not let go, as in `Image Occlusion`. The next sync
        becomes a full one.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: types.Losses | None = self._call(
            "modelFieldRemove", {"modelName": model_name, "fieldName": field_name}, dryRun=dry_run
        )
        return result

    def model_field_rename(self, model_name: str, old_field_name: str, new_field_name: str) -> str:
        """Rename a field of a note type, in its templates too, and return the name it got.

        If the name is taken, Anki gives the later one of the two fields a plus sign; it takes `:`, `{`, `}` and
        quotes out of names.

        model_name: Note type name, compared without case.
        old_field_name: Present name in its exact spelling.
        new_field_name: New name.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: str = self._call(
            "modelFieldRename",
            {"modelName": model_name, "oldFieldName": old_field_name, "newFieldName": new_field_name},
        )
        return result

    def model_field_reposition(self, model_name: str, field_name: str, index: int) -> None:
        """Move a field of a note type to another position; what the notes have in it moves along.

        The next sync becomes a full one.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        index: Position that it gets, from 0; the end when too large.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = self._call(
            "modelFieldReposition", {"modelName": model_name, "fieldName": field_name, "index": index}
        )
        return result

    def model_field_set_description(self, model_name: str, field_name: str, description: str) -> bool:
        """Set the hint that the editor shows in a field while it is empty.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        description: Hint that the editor shows while the field is empty; may be empty.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: bool = self._call(
            "modelFieldSetDescription", {"modelName": model_name, "fieldName": field_name, "description": description}
        )
        return result

    def model_field_set_font(self, model_name: str, field_name: str, font: str) -> None:
        """Set the font in which the editor shows a field.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        font: Font in the editor.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = self._call("modelFieldSetFont", {"modelName": model_name, "fieldName": field_name, "font": font})
        return result

    def model_field_set_font_size(self, model_name: str, field_name: str, font_size: int) -> None:
        """Set the size in which the editor shows a field.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        font_size: Font size in the editor, in points: 0 to 65535.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = self._call(
            "modelFieldSetFontSize", {"modelName": model_name, "fieldName": field_name, "fontSize": font_size}
        )
        return result

    def model_fields_on_templates(self, model_name: str) -> dict[str, list[list[str]]]:
        """Tell which fields stand on the two sides of each template of a note type.

        Only the text is looked at: repeats stay, special names such as `Tags` count as fields, an inverted
            condition appears as `^Name`, and names need not exist. The answer side lists only what the question
            side has not.

        model_name: Note type name, compared without case.

        Returns: Template name to the fields on its two sides, in template order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: dict[str, list[list[str]]] = self._call("modelFieldsOnTemplates", {"modelName": model_name})
        return result

    def model_name_from_id(self, model_id: int) -> str:
        """Tell the name of a note type.

        model_id: Note type id.

        Returns: Name of the note type.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: str = self._call("modelNameFromId", {"modelId": model_id})
        return result

    def model_names(self) -> list[str]:
        """List the names of all note types.

        Returns: Names of all note types, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = self._call("modelNames", {})
        return result

    def model_names_and_ids(self) -> dict[str, int]:
        """List all note types with their ids.

        Returns: Note type name to its id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, int] = self._call("modelNamesAndIds", {})
        return result

    def model_styling(self, model_name: str) -> types.Styling:
        """Tell the styling of a note type.

        model_name: Note type name, compared without case.

        Returns: The styling.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: types.Styling = self._call("modelStyling", {"modelName": model_name})
        return result

    def model_template_add(self, model_name: str, template: types.NewTemplate) -> str:
        """Add a template to a note type, at the end, make the missing cards of its notes, and return the name it got.

        A template of exactly that name gets the new sides instead. A cloze note type takes no second template: Anki
        would never use it. A new template makes the next sync a full one.

        model_name: Note type name, compared without case.
        template: The template.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: str = self._call("modelTemplateAdd", {"modelName": model_name, "template": template})
        return result

    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Remove a template from a note type, with all its cards.

        Notes that have no other card are left without one, and Anki's database check deletes such notes. The only
        template stays, and so do those of a cloze note type. The next sync becomes a full one.

        model_name: Note type name, compared without case.
        template_name: Template name in its exact spelling.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: types.Losses | None = self._call(
            "modelTemplateRemove", {"modelName": model_name, "templateName": template_name}, dryRun=dry_run
        )
        return result

    def model_template_rename(self, model_name: str, old_template_name: str, new_template_name: str) -> str:
        """Rename a template of a note type, and return the name it got.

        If the name is taken, the later one of the two templates gets a plus sign.

        model_name: Note type name, compared without case.
        old_template_name: Present name in its exact spelling.
        new_template_name: New name.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: str = self._call(
            "modelTemplateRename",
            {"modelName": model_name, "oldTemplateName": old_template_name, "newTemplateName": new_template_name},
        )
        return result

    def model_template_reposition(self, model_name: str, template_name: str, index: int) -> None:
        """Move a template of a note type to another position; its cards keep their content and schedule.

        Those of a cloze note type stay where they are. The next sync becomes a full one.

        model_name: Note type name, compared without case.
        template_name: Template name in its exact spelling.
        index: Position that it gets, from 0; the end when too large.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = self._call(
            "modelTemplateReposition", {"modelName": model_name, "templateName": template_name, "index": index}
        )
        return result

    def model_templates(self, model_name: str) -> dict[str, types.Sides]:
        """Tell the two sides of each template of a note type.

        model_name: Note type name, compared without case.

        Returns: Template name to its two sides, in template order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: dict[str, types.Sides] = self._call("modelTemplates", {"modelName": model_name})
        return result

    def multi(self, actions: list[types.Call]) -> list[types.Outcome]:
        """Run several calls in order and tell the outcome of each.

        A call that fails does not stop the rest, and nothing is rolled back. A `multi` may stand in a `multi`, 32
        deep.

        actions: Calls to run in order.

        Returns: One outcome per call, in order.
        """
        result: list[types.Outcome] = self._call("multi", {"actions": actions})
        return result

    def next_cards(self, limit: int | None = None) -> types.Queue:
        """Tell which cards Anki would show next in the current deck, both sides of each, and what each answer would
        do.

        Order and daily limits are Anki's own. `selectDeck` chooses the deck, and `answerCards` answers.

        limit: The most cards.

        Returns: What is left for today, and the cards that come next.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Queue = self._call("nextCards", {}, limit=limit)
        return result

    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
    ) -> list[types.NoteInfo | types.Missing | types.NotePart]:
        """Describe notes: fields, tags, note type and cards, in the order of the ids.

        With `fields`, or a page at a time, it takes as much less time as less is asked for. Pages of what a search
        finds are in the order of the ids, which is that of creation.

        notes: Note ids.
        query: Search text; wins over `notes`.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.
        fields: Members to give of each entry; all when left out.
        note_fields: Names of the note's fields to give in `fields`, in their exact spelling; all when left out. One
            that a note does not have is left out.

        Returns: One entry per note, in order; an empty object for an unknown id. With `fields`, only what was asked
            for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused, InvalidSearch
        """
        result: list[types.NoteInfo | types.Missing | types.NotePart] = self._call(
            "notesInfo", {}, notes=notes, query=query, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    def notes_mod_time(self, notes: list[int]) -> list[types.NoteTime | types.Missing]:
        """Tell when notes were last changed, in the order of the ids.

        notes: Note ids.

        Returns: One entry per note, in order; an empty object for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.NoteTime | types.Missing] = self._call("notesModTime", {"notes": notes})
        return result

    def optimize_fsrs_params(
        self,
        preset: str,
        search: str | None = None,
        apply: bool | None = None,
        health_check: bool | None = None,
        reschedule: bool | None = None,
    ) -> types.Optimized:
        """Learn the parameters of FSRS from reviews, as *Optimize* in Anki's options does. FSRS need not be active.

        Without `apply` nothing is changed. Refused where no review can be learned from: only those count that come
        a day or more after the card was first learned. No other call on the collection is served meanwhile.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        search: Search text for the cards whose reviews count, instead of the preset's own.
        apply: Save what was found in the preset, where it is better.
        health_check: Tell as well whether FSRS suits these reviews; it takes longer.
        reschedule: With `apply`: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: What was found.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: types.Optimized = self._call(
            "optimizeFsrsParams",
            {"preset": preset},
            search=search,
            apply=apply,
            healthCheck=health_check,
            reschedule=reschedule,
        )
        return result

    def rebuild_filtered_deck(self, deck: str) -> int:
        """Send the cards of a filtered deck home and fetch them afresh; tell how many it has then.

        deck: Full name of a filtered deck, compared without case.

        Returns: Number of cards that are in it now.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, InvalidSearch, Refused
        """
        result: int = self._call("rebuildFilteredDeck", {"deck": deck})
        return result

    def redo(self) -> types.UndoneStep:
        """Redo the step that was undone last and return its name; null, and nothing is done, if there is none.

        Callers without the scope `delete` may redo only their own steps, as with `undo`.

        Returns: What was done, and the next steps both ways.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.UndoneStep = self._call("redo", {})
        return result

    def relearn_cards(self, cards: list[int]) -> None:
        """Put cards into relearning, due at once.

        The interval, the ease and the counts stay as they are, and nothing is logged. A card in a filtered deck
        stays there. Cards that are being relearned within a day already are left as they are. Unknown ids are
        skipped.

        cards: Card ids.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = self._call("relearnCards", {"cards": cards})
        return result

    def reload_collection(self) -> None:
        """Have Anki's windows read the collection again and show what is in it.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = self._call("reloadCollection", {})
        return result

    def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> bool | types.Losses:
        """Remove a group of options; false when there is none with that id.

        Its decks get group 1. The next sync with AnkiWeb must be a full one.

        config_id: Id of the group. The first one, 1, stays.
        dry_run: Tell what would go, and change nothing.

        Returns: False when there is no such group. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: bool | types.Losses = self._call("removeDeckConfigId", {"configId": config_id}, dryRun=dry_run)
        return result

    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> types.EmptyCardsRemoved | types.Losses:
        """Remove cards whose front has become empty, and tell which.

        keep_notes: Keep the first card of a note that has only empty ones.
        dry_run: Tell what would go, and change nothing.

        Returns: What was removed. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.EmptyCardsRemoved | types.Losses = self._call(
            "removeEmptyCards", {}, keepNotes=keep_notes, dryRun=dry_run
        )
        return result

    def remove_empty_notes(self, dry_run: bool | None = None) -> types.Losses | None:
        """Delete notes that have nothing in any field, with their cards.

        White space and empty HTML are nothing; a picture or a sound is something. Tags do not count. A note with
        something in it keeps its cards, empty ones too: `findEmptyCards` lists those.

        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = self._call("removeEmptyNotes", {}, dryRun=dry_run)
        return result

    def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> types.Losses | None:
        """Remove tags, and their sub-tags with them, from notes.

        Case does not matter. Unknown notes, and tags that a note does not have, are skipped.

        notes: Note ids.
        tags: Tags, separated by spaces.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = self._call("removeTags", {"notes": notes, "tags": tags}, dryRun=dry_run)
        return result

    def rename_deck(self, deck: str, new_name: str) -> str:
        """Rename a deck, or move it below another one, together with its sub-decks.

        A name that another deck has is refused, and so is one below the deck itself or below a filtered deck.

        deck: Full name, compared without case.
        new_name: The full new name, `::` between levels. Missing parents are made too.

        Returns: The new full name, as Anki has tidied it.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, AlreadyExists, Refused
        """
        result: str = self._call("renameDeck", {"deck": deck, "newName": new_name})
        return result

    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Replace a tag in notes. Unknown notes, and notes without the tag, are skipped.

        notes: Note ids.
        tag_to_replace: Tag to replace, compared without case; its sub-tags stay.
        replace_with_tag: The tag in its place; several are separated by spaces, and an empty text is none.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = self._call(
            "replaceTags",
            {"notes": notes, "tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Replace a tag in every note that has it.

        tag_to_replace: Tag to replace, compared without case; its sub-tags stay.
        replace_with_tag: The tag in its place; several are separated by spaces, and an empty text is none.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = self._call(
            "replaceTagsInAllNotes",
            {"tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    def reposition_new_cards(
        self, ordered_card_ids: list[int], start_position: int, step: int, shift: bool
    ) -> types.Repositioned:
        """Put new cards in an order.

        A repeated id counts where it stands first. Unknown ids and cards that are not new are skipped and reported.

        ordered_card_ids: Card ids, in the order that the cards shall have.
        start_position: Position of the first card.
        step: From one position to the next.
        shift: Push away the new cards that stand at these positions or behind.

        Returns: What was done.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Repositioned = self._call(
            "repositionNewCards",
            {"orderedCardIds": ordered_card_ids, "startPosition": start_position, "step": step, "shift": shift},
        )
        return result

    def request_permission(self) -> types.Permission:
        """Ask for permission to use the gateway.

        Programs that are no browser, and origins that are allowed, have it. For any other origin the user is asked,
        and the call waits for the answer; without one in time, and where there is nobody to ask, it is denied.

        Returns: Whether permission was granted, and what to know then.
        """
        result: types.Permission = self._call("requestPermission", {})
        return result

    def retrieve_media_file(self, filename: str) -> str | Literal[False]:
        """Read a file in the media folder, as base64; false when there is none.

        filename: Name in the media folder; directories in it are ignored.

        Returns: Content in base64; false when there is no such file.
        Raises: FileProblem
        """
        result: str | Literal[False] = self._call("retrieveMediaFile", {"filename": filename})
        return result

    def review_log(
        self, after: int | None = None, limit: int | None = None, before: int | None = None, query: str | None = None
    ) -> types.ReviewPage:
        """List the entries of the review log in pages, oldest first.

        Answers that are given meanwhile come on a later page, and none comes twice. Those that a sync brings from
        another device may be older than a page that was read.

        after: Only entries with a larger id: time in milliseconds since 1970, or `next`.
        limit: The most entries of a page.
        before: Only entries with a smaller id.
        query: Only entries of the cards that this search text finds, as they stand now.

        Returns: A page of the log.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: types.ReviewPage = self._call("reviewLog", {}, after=after, limit=limit, before=before, query=query)
        return result

    def save_deck_config(self, config: types.OptionsGroup) -> bool:
        """Replace a group of options as a whole; false when there is none with that id, or Anki refuses the object.

        As in Anki's own window, new cards are sorted afresh when their order changes, and with FSRS memory states
        are computed afresh when its parameters change.

        config: The whole group as getDeckConfig gives it, changed as wanted. `mod` and `usn` are set by Anki.

        Returns: False when there is no group with that id, or Anki refuses the object.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("saveDeckConfig", {"config": config})
        return result

    def select_deck(self, deck: str) -> None:
        """Make a deck the current one. No window changes what it shows.

        deck: Full name, compared without case.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: None = self._call("selectDeck", {"deck": deck})
        return result

    def set_deck_config_id(self, decks: list[str], config_id: int) -> bool:
        """Give decks another group of options; false, and nothing is done, when a deck or the group does not exist.

        Filtered decks have no group, so they are skipped. Sub-decks stay as they are.

        decks: Full deck names in their exact spelling.
        config_id: Id of the group.

        Returns: False when a deck or the group does not exist.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("setDeckConfigId", {"decks": decks, "configId": config_id})
        return result

    def set_deck_description(self, deck: str, description: str) -> bool:
        """Replace the description of a deck. Filtered decks have none.

        deck: Full name in its exact spelling.
        description: The new text; an empty one removes it.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: bool = self._call("setDeckDescription", {"deck": deck, "description": description})
        return result

    def set_deck_desired_retention(
        self, deck: str, desired_retention: float | None, reschedule: bool | None = None
    ) -> bool:
        """Give a deck a desired retention of its own, or take it away; tell whether that changed anything.

        Sub-decks stay as they are. A filtered deck has none.

        deck: Full deck name, compared without case.
        desired_retention: The share of reviews that are to be passed; null for that of the deck's preset.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: bool = self._call(
            "setDeckDesiredRetention", {"deck": deck, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_deck_preset(self, decks: list[str], preset: str) -> int:
        """Give decks a preset of options, and tell how many had another one.

        As in Anki's own window, memory states of their cards are computed afresh while FSRS is active. Sub-decks
        stay as they are. A filtered deck has no preset, so it is refused, and then nothing is changed. Of several
        presets of that name, the oldest counts.

        decks: Full names, compared without case.
        preset: Name of the preset in its exact spelling.

        Returns: Number of decks that had another preset.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, NotFound, Refused
        """
        result: int = self._call("setDeckPreset", {"decks": decks, "preset": preset})
        return result

    def set_desired_retention(self, preset: str, desired_retention: float, reschedule: bool | None = None) -> bool:
        """Set the desired retention of a preset, and tell whether that changed anything.

        Decks with a desired retention of their own keep it.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        desired_retention: The share of reviews that are to be passed.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound
        """
        result: bool = self._call(
            "setDesiredRetention", {"preset": preset, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_due_date(self, cards: list[int], days: str) -> bool:
        """Make cards due in some days.

        New cards become review cards. Cards in a filtered deck return home. Unknown and damaged cards are skipped,
        as are those without a sound home deck, and those that have this due date and interval already.

        cards: Card ids.
        days: Days from today: `0` is today, `3-7` a random day of that range for each card; `!` at the end makes
            them the interval too. At most 999999.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("setDueDate", {"cards": cards, "days": days})
        return result

    def set_ease_factors(self, cards: list[int], ease_factors: list[int]) -> list[bool]:
        """Set the ease of cards, and tell of each whether it exists.

        Unknown ids are skipped. Of a card that is named more than once, the last ease counts.

        cards: Card ids.
        ease_factors: Ease per card, in tenths of a percent: 2500 is 250 %.

        Returns: Per card whether it exists, and so has the ease that was asked for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool] = self._call("setEaseFactors", {"cards": cards, "easeFactors": ease_factors})
        return result

    def set_flags(self, cards: list[int], flag: int) -> int:
        """Give cards a flag, or take theirs away, and tell how many had another one.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.
        flag: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple; 0 takes it away.

        Returns: Number of cards that were changed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: int = self._call("setFlags", {"cards": cards, "flag": flag})
        return result

    def set_fsrs_active(self, active: bool, reschedule: bool | None = None) -> bool:
        """Switch FSRS on or off for the whole collection, and tell whether that changed anything.

        As in Anki's own window, memory states are computed for all cards with reviews, or removed.

        active: Schedule by FSRS.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = self._call("setFsrsActive", {"active": active}, reschedule=reschedule)
        return result

    def set_fsrs_params(self, preset: str, params: list[float], reschedule: bool | None = None) -> bool:
        """Give a preset parameters of FSRS, and tell whether that changed anything.

        As in Anki's own window, memory states of its cards are computed afresh while FSRS is active.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        params: 17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's own.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, Refused
        """
        result: bool = self._call("setFsrsParams", {"preset": preset, "params": params}, reschedule=reschedule)
        return result

    def set_specific_value_of_card(
        self, card: int, keys: list[str], new_values: list[Any], warning_check: bool | None = None
    ) -> list[bool]:
        """Set single values of a card as they are stored.

        Anki checks little of it: a value that does not fit the others can make the card unusable. The note, its
            template and the decks must exist, and a card in a filtered deck must have its home in another one.

        card: Card id.
        keys: Names of the values: `nid`, `did`, `ord`, `type`, `queue`, `due`, `ivl`, `factor`, `reps`, `lapses`,
            `left`, `odue`, `odid`, `flags`, `original_position`, `last_review_time`, `desired_retention`, `decay`,
            `custom_data`.
        new_values: The value for each name: a whole number, but for `desired_retention`, `decay` and `custom_data`.
            null clears `original_position`, `last_review_time`, `desired_retention`, `decay`.
        warning_check: Must be true to set `nid`, `did`, `ord`, `type`, `queue`, `ivl`, `reps`, `lapses`, `left`,
            `odue`, `odid`.

        Returns: Always one `true`.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, NoteNotFound, DeckNotFound, Refused
        """
        result: list[bool] = self._call(
            "setSpecificValueOfCard", {"card": card, "keys": keys, "newValues": new_values}, warning_check=warning_check
        )
        return result

    def simulate_reviews(
        self,
        preset: str,
        days: int | None = None,
        new_limit: int | None = None,
        review_limit: int | None = None,
        more_new_cards: int | None = None,
        search: str | None = None,
        desired_retention: float | None = None,
    ) -> list[types.SimulatedDay]:
        """Foretell new cards, reviews, time and knowledge of each of the next days, as Anki's own simulator does.

        FSRS must be active. Suspended cards do not count. Cards with reviews but without memory state get theirs
        stored. A year of 50,000 cards takes 10 to 20 seconds, and no other call on the collection is served
        meanwhile.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        days: How many days, today included.
        new_limit: New cards a day; the preset's limit when left out.
        review_limit: Reviews a day; the preset's limit when left out.
        more_new_cards: New cards to imagine beside those that there are.
        search: Search text for the cards, instead of all cards of the preset.
        desired_retention: Instead of the preset's.

        Returns: An entry per day, today first.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: list[types.SimulatedDay] = self._call(
            "simulateReviews",
            {"preset": preset},
            days=days,
            newLimit=new_limit,
            reviewLimit=review_limit,
            moreNewCards=more_new_cards,
            search=search,
            desiredRetention=desired_retention,
        )
        return result

    def simulate_workload(
        self,
        preset: str,
        days: int | None = None,
        new_limit: int | None = None,
        review_limit: int | None = None,
        more_new_cards: int | None = None,
        search: str | None = None,
    ) -> list[types.Workload]:
        """Foretell for each desired retention what work it makes, and what is remembered in the end.

        As `simulateReviews`, thirty times over. Refused for parameters of an older FSRS: Anki 26.05 breaks down
        over them.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        days: How many days, today included.
        new_limit: New cards a day; the preset's limit when left out.
        review_limit: Reviews a day; the preset's limit when left out.
        more_new_cards: New cards to imagine beside those that there are.
        search: Search text for the cards, instead of all cards of the preset.

        Returns: An entry per retention, from 0.7 to 0.99.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: list[types.Workload] = self._call(
            "simulateWorkload",
            {"preset": preset},
            days=days,
            newLimit=new_limit,
            reviewLimit=review_limit,
            moreNewCards=more_new_cards,
            search=search,
        )
        return result

    def start_operation(self, method: str, params: dict[str, Any] | list[Any] | None = None) -> types.Operation:
        """Start an action that may take long, and answer at once; what comes of it is asked for later.

        Any action on the collection can be started, and `sync`. Its name, its params and the caller's right to it
        are checked before the answer; whatever it finds later is the operation's own outcome. It waits for its turn
        as long as it takes, and goes on when the connection is lost. Params and result are those of JSON-RPC in
        both protocols.

        While it writes many notes, other callers may read between two parts. Its progress is told by the event
        `operationChanged`, too. The last 100 operations are kept for an hour after their end.

        method: Name of an action that runs on the collection, or `sync`.
        params: Its params in JSON-RPC, by name or by position.

        Returns: The operation as it is now; result and error only where it is the caller's own.
        Raises: Refused
        """
        result: types.Operation = self._call("startOperation", {"method": method}, params=params)
        return result

    def store_media_file(
        self,
        filename: str,
        data: str | None = None,
        path: str | None = None,
        url: str | None = None,
        skip_hash: str | None = None,
        delete_existing: bool | None = None,
    ) -> str | None:
        """Store a file in the media folder, and tell the name it got.

        The content is base64 `data`, a file at `path`, or what `url` answers, in this order. An existing file of
        that name goes to Anki's media trash; with `deleteExisting` false, other content gets a free name instead.

        filename: Name to store under, without its folders; Anki cleans it.
        data: Content in base64; used before `path` and `url`.
        path: File to copy, readable by the gateway; used before `url`.
        url: Address to fetch, http or https.
        skip_hash: MD5 of content that must not be stored, in lower-case hexadecimal digits.
        delete_existing: Trash a file of that name first; otherwise Anki picks a free name for other content.

        Returns: The name really used; null when `skipHash` matched.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused, FileProblem, DownloadFailed
        """
        result: str | None = self._call(
            "storeMediaFile",
            {"filename": filename},
            data=data,
            path=path,
            url=url,
            skipHash=skip_hash,
            deleteExisting=delete_existing,
        )
        return result

    def study_streak(self) -> types.Streak:
        """Count the days in a row with at least one answer. The day begins at the hour of Anki's preferences.

        Answers with a time in the future, or before the year 1, do not count.

        Returns: Days with at least one answer.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Streak = self._call("studyStreak", {})
        return result

    def suspend(self, cards: list[int], suspend: bool | None = None) -> bool:
        """Suspend cards, and tell whether any was not suspended yet.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.
        suspend: False unsuspends instead.

        Returns: At least one card was not yet as wanted.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: bool = self._call("suspend", {"cards": cards}, suspend=suspend)
        return result

    def suspended(self, card: int) -> bool:
        """Tell whether a card is suspended.

        card: Card id.

        Returns: The card is suspended; a buried one is not.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound
        """
        result: bool = self._call("suspended", {"card": card})
        return result

    def sync(
        self, full: Literal["upload", "download"] | None = None, wait_for_media: bool | None = None
    ) -> types.SyncResult:
        """Sync the collection and its media with the account that is set up, and tell what happened.

        No question is put to the user. Where both sides cannot be merged, the error tells which ways of a full sync
        are possible; such a sync happens only when it is asked for by name, loses what is on the other side only,
        and needs the scope `delete`. Before a download the collection is backed up. Meanwhile calls that need the
        collection or the windows wait, and after a minute they are answered `busy`.

        full: What to do where a full sync is needed: `upload` replaces everything on the server, `download`
            everything here. Without it, such a sync is refused.
        wait_for_media: Answer when the media are synced, too, not only the collection.

        Returns: What the sync did.
        Raises: NotLoggedIn, LoginRefused, Offline, FullSyncRequired, SyncFailed, Cancelled, Refused
        """
        result: types.SyncResult = self._call("sync", {}, full=full, waitForMedia=wait_for_media)
        return result

    def unbury_cards(self, cards: list[int]) -> int:
        """Show buried cards again, and tell how many there were. Suspended ones stay suspended.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.

        Returns: Number of cards that were changed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: int = self._call("unburyCards", {"cards": cards})
        return result

    def undo(self) -> types.UndoneStep:
        """Undo the newest step and return its name; null, and nothing is done, if there is none.

        A request or a batch is one step. Callers without the scope `delete` may undo only what they have written
        themselves since the gateway started. The origin and the name of the key identify a caller.

        Returns: What was done, and the next steps both ways.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.UndoneStep = self._call("undo", {})
        return result

    def undo_status(self) -> types.NextSteps:
        """Tell which steps would be undone and redone.

        Returns: The next steps both ways.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.NextSteps = self._call("undoStatus", {})
        return result

    def unsuspend(self, cards: list[int]) -> bool:
        """Unsuspend cards, and tell whether any was suspended.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.

        Returns: At least one card was not yet as wanted.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: bool = self._call("unsuspend", {"cards": cards})
        return result

    def unused_tags(self) -> list[str]:
        """List the tags that the collection knows and no note has; `clearUnusedTags` forgets them.

        Returns: Tags that no note has, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = self._call("unusedTags", {})
        return result

    def update_image_occlusion_notes(
        self, notes: list[types.ChangedOcclusionNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Write shapes, texts and tags into image occlusion notes, and tell of each what became of it.

        Cards belong to the numbers of shapes, so a shape that keeps its `card` keeps what was learned. The card of
        a number that is gone becomes an empty one, which `removeEmptyCards` removes. With `ifMod`, a note that was
        changed meanwhile fails by `conflict`. The call is one step in Anki's undo menu.

        notes: Which notes, and what to write into them.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.NoteUpdate] = self._call("updateImageOcclusionNotes", {"notes": notes}, onError=on_error)
        return result

    def update_model_styling(self, model: types.NewStyling) -> None:
        """Replace the whole styling of a note type.

        model: Which note type, and its new styling.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: None = self._call("updateModelStyling", {"model": model})
        return result

    def update_model_templates(self, model: types.NewTemplates) -> None:
        """Rewrite sides of a note type's templates; the others stay as they are.

        Unknown template names are skipped. A side of a card cannot be emptied. Anki makes cards that the new sides
        ask for, and keeps those that they no longer ask for.

        model: Which note type, and what to write into its templates.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: None = self._call("updateModelTemplates", {"model": model})
        return result

    def update_note(self, note: types.NoteChanges) -> None:
        """Write into fields of a note, replace its tags, or both.

        Fields that are not named stay as they are, and so do the tags when `tags` is left out. There is no check
        for duplicates, and the first field can be emptied. Files are only stored together with `fields`.

        note: Which note, and its `fields`, its `tags` or both.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused, FileProblem, DownloadFailed
        """
        result: None = self._call("updateNote", {"note": note})
        return result

    def update_note_fields(self, note: types.NoteFields) -> None:
        """Write into fields of a note; the others stay as they are.

        There is no check for duplicates, and the first field can be emptied.

        note: Which note, and what to write into its fields.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused, FileProblem, DownloadFailed
        """
        result: None = self._call("updateNoteFields", {"note": note})
        return result

    def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> types.Losses | None:
        """Give a note another note type, and new content.

        Fields that are not named are emptied, and without `tags` the note keeps its tags. Cards go on with the
        template that Anki finds for them, missing ones are made, and those that the note type has no template for
        are deleted, which needs the scope `delete`. The next sync has to be a full one, unless the note has the
        note type already.

        note: Which note, and what becomes of it.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, ModelNotFound, Refused
        """
        result: types.Losses | None = self._call("updateNoteModel", {"note": note}, dryRun=dry_run)
        return result

    def update_note_tags(self, note: int, tags: list[str]) -> None:
        """Replace the tags of a note; an empty list clears them.

        note: Note id.
        tags: All the tags that the note will have; one with spaces in it is several.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused
        """
        result: None = self._call("updateNoteTags", {"note": note, "tags": tags})
        return result

    def update_notes(
        self, notes: list[types.ChangedNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Write into fields and tags of many notes, and tell of each what became of it.

        A note is written wholly or not at all. With `ifMod`, one that was changed meanwhile fails by `conflict`.
        There is no check for duplicates. Each 5,000 notes are one atomic step; the call is one step in Anki's undo
        menu.

        notes: Which notes, and what to write into them.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.NoteUpdate] = self._call("updateNotes", {"notes": notes}, onError=on_error)
        return result

    def upsert_notes(
        self,
        notes: list[types.UpsertedNote],
        key: str | None = None,
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.Upsert]:
        """Add notes, or write into those that are there already, and tell of each what became of it.

        A note is there already where one of its note type has the same text, but for HTML, in the key field; of
        several, the oldest counts. It stays in its deck. Later notes of the call see earlier ones. Each 5,000 notes
        are one atomic step; the call is one step in Anki's undo menu.

        A note that an earlier call with the same `idempotencyKey` has added is `unchanged`, whatever has become of
        it.

        notes: The notes.
        key: Field by which a note is found; the first one of its note type when left out.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.Upsert] = self._call(
            "upsertNotes", {"notes": notes}, key=key, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def version(self) -> int:
        """Tell the API version of the old protocol.

        Returns: API version of the old protocol; 6 since 2018.
        """
        result: int = self._call("version", {})
        return result


class AsyncMethods:
    """Methods to be awaited."""

    async def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Any:
        raise NotImplementedError

    async def add_image_occlusion_notes(
        self,
        notes: list[types.NewOcclusionNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add image occlusion notes, and tell of each its id, or why it was not added.

        Each shape becomes a card, but for those that share a number and for texts. Duplicates are not looked for.
        Each 5,000 notes are one atomic step; the call is one step in Anki's undo menu.

        notes: The notes to add.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.AddedNote] = await self._call(
            "addImageOcclusionNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    async def add_note(self, note: types.NewNote, idempotency_key: str | None = None) -> int:
        """Add a note and return its id.

        A note is refused when its first field is empty, when another note of the scope has the same first field, or
        when its cloze deletions do not fit the note type.

        note: The note to add.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: Note id: creation time in milliseconds since 1970, raised until free.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, DeckNotFound, Duplicate, EmptyNote,
            ClozeProblem, Refused, FileProblem, DownloadFailed, AlreadyExists
        """
        result: int = await self._call("addNote", {"note": note}, idempotencyKey=idempotency_key)
        return result

    async def add_notes(
        self,
        notes: list[types.NewNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add notes and tell of each its id, or why it was not added.

        Later notes see earlier ones, so a repeat inside the call is a duplicate. Each 5,000 notes are one atomic
        step; the call is one step in Anki's undo menu.

        notes: The notes to add.
        on_error: When notes cannot be added: `skip` adds the others, `abort` adds none and fails.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.AddedNote] = await self._call(
            "addNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    async def add_tags(self, notes: list[int], tags: str, add: bool | None = None) -> None:
        """Add tags to notes. Unknown notes are skipped.

        notes: Note ids.
        tags: Tags, separated by spaces.
        add: False removes the tags instead.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = await self._call("addTags", {"notes": notes, "tags": tags}, add=add)
        return result

    async def answer_cards(self, answers: list[types.Answer]) -> list[bool]:
        """Answer cards as in a review, and tell of each answer whether it was given.

        Cards that are not due are answered too, and suspended ones become unsuspended. Several answers to one card
        are given in their order; of different cards, those with the same ease and no `time` are answered together.
        An unknown card is skipped, as is one that is damaged, or whose deck, note or sibling is.

        answers: The answers, in order.

        Returns: Per answer whether it was given; false for a card that is unknown or damaged.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool] = await self._call("answerCards", {"answers": answers})
        return result

    async def api_reflect(self, scopes: list[str], actions: list[str] | None = None) -> types.Reflection:
        """Tell which actions there are, or which of the given ones.

        Unknown scopes and names are dropped. A full list is in alphabetical order, capitals before small letters.

        scopes: What to describe; only `actions` exists.
        actions: Names to look for; without them every action is listed.

        Returns: What was asked for.
        """
        result: types.Reflection = await self._call("apiReflect", {"scopes": scopes}, actions=actions)
        return result

    async def are_due(self, cards: list[int]) -> list[bool | None]:
        """Tell of each card whether it is due, by its latest review.

        New cards are due always, suspended ones too. A card in a learning step of more than 20 minutes is due when
        that time has passed since its latest review; any other is due when Anki's search `is:due` finds it.

        Null stands for an unknown id, and for a card that is not new but has no reviews.

        cards: Card ids.

        Returns: Per card whether it is due; null for an unknown id, and for a card that is not new but has no
            reviews.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool | None] = await self._call("areDue", {"cards": cards})
        return result

    async def are_suspended(self, cards: list[int]) -> list[bool | None]:
        """Tell of each card whether it is suspended; null for an unknown id.

        cards: Card ids.

        Returns: Per card whether it is suspended; null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool | None] = await self._call("areSuspended", {"cards": cards})
        return result

    async def bury_cards(self, cards: list[int]) -> int:
        """Hide cards until tomorrow, and tell how many were not buried yet. Suspended ones stay suspended.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.

        Returns: Number of cards that were changed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: int = await self._call("buryCards", {"cards": cards})
        return result

    async def can_add_note(self, note: types.NewNote) -> bool:
        """Tell whether addNote would accept a note. Nothing is fetched or stored.

        note: The note, as for addNote.

        Returns: addNote would accept the note.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("canAddNote", {"note": note})
        return result

    async def can_add_note_with_error_detail(self, note: types.NewNote) -> types.CanAdd:
        """Tell whether addNote would accept a note, and why it would not.

        note: The note, as for addNote.

        Returns: The answer.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.CanAdd = await self._call("canAddNoteWithErrorDetail", {"note": note})
        return result

    async def can_add_notes(self, notes: list[types.NewNote]) -> list[bool]:
        """Tell of each note whether addNote would accept it: against the collection, not against each other.

        notes: The notes, as for addNotes.

        Returns: One answer per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool] = await self._call("canAddNotes", {"notes": notes})
        return result

    async def can_add_notes_with_error_detail(self, notes: list[types.NewNote]) -> list[types.CanAdd]:
        """Tell of each note whether addNote would accept it, and why it would not.

        notes: The notes, as for addNotes.

        Returns: One answer per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.CanAdd] = await self._call("canAddNotesWithErrorDetail", {"notes": notes})
        return result

    async def cancel_operation(self, id: str) -> types.Operation:
        """Stop an operation as soon as it can be stopped.

        One that is queued never begins. One that writes many notes stops after 5,000 at the most: what is written
        stays, and its result tells of each note. Import, export, checks and sync stop where Anki looks for it, and
        leave nothing half done. Anything else is refused once it runs. One that has ended stays as it is.

        id: The operation's id.

        Returns: The operation as it is now; result and error only where it is the caller's own.
        Raises: NotFound, Refused
        """
        result: types.Operation = await self._call("cancelOperation", {"id": id})
        return result

    async def card_reviews(self, deck: str, start_id: int) -> list[list[int]]:
        """List the log entries of the cards in a deck, as rows of numbers; none for a deck that does not exist.

        Only cards count that are in the deck itself now, not in a sub-deck or a filtered deck.

        deck: Deck name, compared without case.
        start_id: Only entries with a larger id: time in milliseconds since 1970.

        Returns: Log entries in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[list[int]] = await self._call("cardReviews", {"deck": deck, "startID": start_id})
        return result

    async def cards_details(
        self,
        cards: list[int] | None = None,
        fields: list[Literal["prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps"]] | None = None,
        note_fields: list[str] | None = None,
        query: str | None = None,
    ) -> list[int | dict[str, Any]]:
        """Describe cards, given by their ids or found by a search, by chosen values only: much faster than
        `cardsInfo`.

        Without any value or field to add, the result is the list of the ids. An unknown id fails the call.

        cards: Card ids. Either these or a `query`.
        fields: Values to add: `prop:r` retrievability from 0 to 1, `prop:s` stability in days, `prop:d` the desired
            retention; the others as in `cardsInfo`.
        note_fields: Names of fields of the note to add; one that the note does not have is left out.
        query: Search text; wins over `cards`.

        Returns: One entry per card, in order: what was asked for, or just the id where nothing was.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, InvalidSearch
        """
        result: list[int | dict[str, Any]] = await self._call(
            "cardsDetails", {}, cards=cards, fields=fields, noteFields=note_fields, query=query
        )
        return result

    async def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        fields: list[
            Literal[
                "cardId",
                "fields",
                "fieldOrder",
                "question",
                "answer",
                "modelName",
                "ord",
                "deckName",
                "css",
                "factor",
                "interval",
                "note",
                "type",
                "queue",
                "due",
                "reps",
                "lapses",
                "left",
                "mod",
                "nextReviews",
                "flags",
                "homeDeckName",
            ]
        ]
        | None = None,
        note_fields: list[str] | None = None,
    ) -> list[types.CardInfo | types.Missing | types.CardPart]:
        """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids.

        With `fields`, or a page at a time, it takes as much less time as less is asked for: most of it goes into
        `question`, `answer` and `nextReviews`.

        cards: Card ids.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.
        fields: Members to give of each entry; all when left out.
        note_fields: Names of the note's fields to give in `fields`, in their exact spelling; all when left out. One
            that a note does not have is left out.

        Returns: One entry per card, in order; an empty object for an unknown id. With `fields`, only what was asked
            for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.CardInfo | types.Missing | types.CardPart] = await self._call(
            "cardsInfo", {"cards": cards}, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    async def cards_mod_time(self, cards: list[int]) -> list[types.CardTime | types.Missing]:
        """Tell when each card was last changed: the cheap way to watch for changes.

        cards: Card ids.

        Returns: One entry per card, in order; an empty object for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.CardTime | types.Missing] = await self._call("cardsModTime", {"cards": cards})
        return result

    async def cards_to_notes(self, cards: list[int]) -> list[int]:
        """List the notes of cards, each once and in no particular order.

        Unknown ids are skipped.

        cards: Card ids.

        Returns: Ids of the notes, each once, in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int] = await self._call("cardsToNotes", {"cards": cards})
        return result

    async def change_deck(self, cards: list[int], deck: str) -> str:
        """Move cards to a deck, which is made if it is missing, and return the deck's name.

        Unknown ids are skipped. Cards leave the filtered deck that they are in. A filtered deck is refused as the
        target: it fetches its cards itself.

        cards: Card ids; unknown ones are skipped.
        deck: Full name of the target, which is made if it is missing. Not a filtered deck.

        Returns: Full deck name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: str = await self._call("changeDeck", {"cards": cards, "deck": deck})
        return result

    async def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, Any] | None = None,
        templates: dict[str, Any] | None = None,
        dry_run: bool | None = None,
    ) -> types.NoteTypeChange | types.Losses:
        """Give notes of one note type another one, with a map of their fields and templates, and tell what was lost.

        Fields and templates of the new note type that a map leaves out are empty. The next sync has to be a full
        one. An unknown id fails the call, and so do notes of different note types; then nothing is changed.

        notes: Note ids, all of one note type.
        model_name: The new note type, compared without case.
        fields: Field name of the new note type to the one whose text it gets; null empties it. When left out, by
            name, and those without a namesake in their order.
        templates: Template name of the new note type to the one whose cards it gets; null for new cards. When left
            out, by name, and those without a namesake in their order. Note types for cloze deletions take none.
        dry_run: Tell what would go, and change nothing.

        Returns: What was changed. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, ModelNotFound, NotFound, Refused
        """
        result: types.NoteTypeChange | types.Losses = await self._call(
            "changeNoteType",
            {"notes": notes, "modelName": model_name},
            fields=fields,
            templates=templates,
            dryRun=dry_run,
        )
        return result

    async def check_database(self) -> types.DatabaseReport:
        """Check the database and mend what can be mended, after a backup, and tell what was found.

        No window shows it. The collection is busy meanwhile: for a few seconds, where it is large. Anki's undo
        history is emptied.

        Returns: What was found.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.DatabaseReport = await self._call("checkDatabase", {})
        return result

    async def check_media(self) -> types.MediaReport:
        """Find media files that nothing names, and names of files that are missing. Nothing is deleted.

        As in Anki's window, file names that not every system takes are changed, in the notes too. Files whose names
        begin with an underscore count as used.

        Returns: What was found.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.MediaReport = await self._call("checkMedia", {})
        return result

    async def clear_unused_tags(self, dry_run: bool | None = None) -> types.Losses | None:
        """Forget the tags that no note has.

        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = await self._call("clearUnusedTags", {}, dryRun=dry_run)
        return result

    async def clone_deck_config_id(self, name: str, clone_from: int | None = None) -> int | bool:
        """Copy a group of options under another name and return the new group's id; false when there is none to copy.

        name: Name of the new group; others may have the same.
        clone_from: Id of the group to copy.

        Returns: Id of the new group; false when the one to copy does not exist.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: int | bool = await self._call("cloneDeckConfigId", {"name": name}, cloneFrom=clone_from)
        return result

    async def collection_statistics(self, query: str | None = None) -> types.CollectionFigures:
        """Count cards, today's answers and what was remembered, in the collection or in what a search finds.

        The numbers are those of Anki's graphs.

        query: Search text as in Anki's browser; empty for the whole collection.

        Returns: The figures.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: types.CollectionFigures = await self._call("collectionStatistics", {}, query=query)
        return result

    async def create_backup(self) -> types.BackupMade:
        """Back the collection up, without its media, into the backup folder of the profile; answers when it is stored.

        Where nothing was changed since the last backup, Anki makes none. It keeps as many as its preferences say.

        Returns: What there is now.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.BackupMade = await self._call("createBackup", {})
        return result

    async def create_deck(self, deck: str) -> int:
        """Create an empty deck and return its id; an existing deck is left as it is.

        deck: Full name, `::` between levels. Missing parents are made too. Anki turns an empty level into `blank`.

        Returns: Deck id: creation time in milliseconds since 1970; 1 is Default.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: int = await self._call("createDeck", {"deck": deck})
        return result

    async def create_filtered_deck(
        self, deck: str, terms: list[types.SearchTerm], reschedule: bool | None = None, allow_empty: bool | None = None
    ) -> types.FilteredDeckMade:
        """Make a filtered deck and fetch its cards.

        Suspended and buried cards, and those in another filtered deck, are not fetched. A search without any other
        card is refused, unless `allowEmpty` is true. The new deck becomes the current one, as in Anki's window.

        deck: Full name, `::` between levels. Missing parents are made too.
        terms: One or two searches, whose cards the deck takes in that order.
        reschedule: Answers change when cards are shown next.
        allow_empty: Make the deck even where no card is found.

        Returns: The new deck.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, AlreadyExists, InvalidSearch, Refused
        """
        result: types.FilteredDeckMade = await self._call(
            "createFilteredDeck", {"deck": deck, "terms": terms}, reschedule=reschedule, allowEmpty=allow_empty
        )
        return result

    async def create_model(
        self,
        model_name: str,
        in_order_fields: list[str | types.NewField],
        card_templates: list[types.CardTemplate],
        css: str | None = None,
        is_cloze: bool | None = None,
    ) -> types.Model:
        """Create a note type and return it as Anki stores it.

        Anki gives a repeated field or template name a plus sign and takes `:`, `{`, `}` and quotes out of field
        names.

        model_name: Name of the new note type.
        in_order_fields: The fields, at least one: the name, or an object if the field shall have more than that.
        card_templates: Card templates, at least one.
        css: Styling; Anki's default when left out.
        is_cloze: Make a cloze note type.

        Returns: The note type, as Anki keeps it.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, AlreadyExists, Refused
        """
        result: types.Model = await self._call(
            "createModel",
            {"modelName": model_name, "inOrderFields": in_order_fields, "cardTemplates": card_templates},
            css=css,
            isCloze=is_cloze,
        )
        return result

    async def deck_name_from_id(self, deck_id: int) -> str:
        """Give the full name of a deck.

        deck_id: Deck id.

        Returns: Full deck name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: str = await self._call("deckNameFromId", {"deckId": deck_id})
        return result

    async def deck_names(self) -> list[str]:
        """List the full names of all decks.

        Returns: Full names of all decks, filtered ones too, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = await self._call("deckNames", {})
        return result

    async def deck_names_and_ids(self) -> dict[str, int]:
        """List all decks with their ids.

        Returns: Full deck name to deck id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, int] = await self._call("deckNamesAndIds", {})
        return result

    async def deck_statistics(self, decks: list[str] | None = None) -> list[types.DeckFigures]:
        """Count what decks have for today and how their cards stand, sub-decks included.

        Cards in a filtered deck count for that one. An unknown name fails the call.

        decks: Full names, compared without case; those of Anki's deck list when left out.

        Returns: One entry per deck, in the order of the names given, or of the deck list.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: list[types.DeckFigures] = await self._call("deckStatistics", {}, decks=decks)
        return result

    async def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Delete decks with their sub-decks and cards.

        Names of no deck are skipped. Default is emptied but stays. A filtered deck is dissolved: its cards go home.

        decks: Full names in their exact spelling; names of no deck are skipped.
        cards_too: Must be true: Anki deletes a deck only with its cards.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = await self._call(
            "deleteDecks", {"decks": decks}, cardsToo=cards_too, dryRun=dry_run
        )
        return result

    async def delete_media_file(self, filename: str, dry_run: bool | None = None) -> types.Losses | None:
        """Move a file from the media folder to Anki's media trash. A name that does not exist is skipped.

        filename: Name in the media folder.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem
        """
        result: types.Losses | None = await self._call("deleteMediaFile", {"filename": filename}, dryRun=dry_run)
        return result

    async def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> types.Losses | None:
        """Delete notes with all their cards. Unknown ids are skipped.

        Each 5,000 ids are one atomic step; the call is one step in Anki's undo menu.

        notes: Note ids.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = await self._call("deleteNotes", {"notes": notes}, dryRun=dry_run)
        return result

    async def due_forecast(self, query: str | None = None, days: int | None = None) -> types.Forecast:
        """Tell how many cards get due on each of the next days. The day begins at the hour of Anki's preferences.

        query: Search text as in Anki's browser; empty for the whole collection.
        days: How many days, today included.

        Returns: How many cards get due when, as cards stand now; new ones do not count.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: types.Forecast = await self._call("dueForecast", {}, query=query, days=days)
        return result

    async def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> int | types.Losses:
        """Send the cards of a filtered deck home, and tell how many there were. The deck stays.

        deck: Full name of a filtered deck, compared without case.
        dry_run: Tell what would go, and change nothing.

        Returns: Number of cards that went home. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: int | types.Losses = await self._call("emptyFilteredDeck", {"deck": deck}, dryRun=dry_run)
        return result

    async def evaluate_fsrs_params(
        self, preset: str, params: list[float] | None = None, search: str | None = None
    ) -> types.FsrsFit:
        """Tell how well parameters of FSRS predict the answers that were given. FSRS need not be active.

        Refused where no review can be judged.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        params: Parameters to judge instead of the preset's.
        search: Search text for the cards whose reviews count, instead of the preset's own.

        Returns: How the parameters fit the reviews.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: types.FsrsFit = await self._call("evaluateFsrsParams", {"preset": preset}, params=params, search=search)
        return result

    async def export_package(self, deck: str, path: str, include_sched: bool | None = None) -> bool:
        """Write a deck with its sub-decks and their media to a package.

        An existing package is overwritten, any other file is not. Without scheduling the cards come out new, and
        the tags `marked` and `leech` are left out.

        deck: Deck, compared without case.
        path: Where to write the package; a relative path begins at the media folder.
        include_sched: Keep the scheduling and the decks' options.

        Returns: The package was written; false when there is no such deck.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem, Refused
        """
        result: bool = await self._call("exportPackage", {"deck": deck, "path": path}, includeSched=include_sched)
        return result

    async def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses:
        """Replace a text in templates and styling, and tell how many note types contained it.

        If one of the note types would become invalid, none is changed.

        model_name: Note type name, compared without case; empty or null for all note types.
        find_text: Text to look for, case-sensitive and without wildcards; not empty.
        replace_text: Text to put in its place.
        front: Look in question sides.
        back: Look in answer sides.
        css: Look in the styling.
        dry_run: Tell what would go, and change nothing.

        Returns: How many note types contained the text. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: int | types.Losses = await self._call(
            "findAndReplaceInModels",
            {"modelName": model_name, "findText": find_text, "replaceText": replace_text},
            front=front,
            back=back,
            css=css,
            dryRun=dry_run,
        )
        return result

    async def find_cards(
        self, query: str | None = None, limit: int | None = None, offset: int | None = None
    ) -> list[int]:
        """Find cards by a search text as in Anki's browser, in no particular order; pages are in the order of the ids.

        query: Search text as in Anki's browser; empty for everything, and without it nothing is found.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.

        Returns: Card ids, in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: list[int] = await self._call("findCards", {}, query=query, limit=limit, offset=offset)
        return result

    async def find_duplicates(
        self,
        query: str | None = None,
        fields: list[str] | None = None,
        all_models: bool | None = None,
        limit: int | None = None,
    ) -> list[types.DuplicateGroup]:
        """Find groups of notes whose first field, or whose chosen fields, say the same but for HTML.

        Texts are compared as Anki does for duplicates: case counts, names of media files count. Notes that have
        none of their text, or not all of the fields, are left out.

        query: Search text that chooses the notes; empty for all.
        fields: Fields that must all be equal, compared without case; the first one when left out.
        all_models: Compare notes of different note types too.
        limit: The most groups; all when left out.

        Returns: Groups of two notes or more, by their oldest note.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch, NotFound
        """
        result: list[types.DuplicateGroup] = await self._call(
            "findDuplicates", {}, query=query, fields=fields, allModels=all_models, limit=limit
        )
        return result

    async def find_empty_cards(self) -> list[types.EmptyCardsOfNote]:
        """Find cards whose front has become empty, by their notes.

        Returns: An entry per note with empty cards.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: list[types.EmptyCardsOfNote] = await self._call("findEmptyCards", {})
        return result

    async def find_models_by_id(self, model_ids: list[int]) -> list[types.Model]:
        """Describe note types as Anki keeps them, in the order of the ids. An unknown id fails the call.

        Ids of fields and templates have 64 bits, more than JavaScript's numbers hold.

        model_ids: Note type ids.

        Returns: The note types in the order of the call, as Anki keeps them.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[types.Model] = await self._call("findModelsById", {"modelIds": model_ids})
        return result

    async def find_models_by_name(self, model_names: list[str]) -> list[types.Model]:
        """Describe note types as Anki keeps them, in the order of the names. An unknown name fails the call.

        Ids of fields and templates have 64 bits, more than JavaScript's numbers hold.

        model_names: Note type names, compared without case.

        Returns: The note types in the order of the call, as Anki keeps them.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[types.Model] = await self._call("findModelsByName", {"modelNames": model_names})
        return result

    async def find_notes(
        self, query: str | None = None, limit: int | None = None, offset: int | None = None
    ) -> list[int]:
        """Find notes by a search text as in Anki's browser, in no particular order; pages are in the order of the ids.

        query: Search text as in Anki's browser; empty for everything, and without it nothing is found.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.

        Returns: Note ids.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: list[int] = await self._call("findNotes", {}, query=query, limit=limit, offset=offset)
        return result

    async def forget_cards(self, cards: list[int], dry_run: bool | None = None) -> types.Losses | None:
        """Make cards new again.

        They get back their old position among the new cards where Anki remembers it, keep their counts of reviews
        and lapses, and leave a filtered deck. Unknown ids, and cards that are as new as can be, are skipped.

        cards: Card ids.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = await self._call("forgetCards", {"cards": cards}, dryRun=dry_run)
        return result

    async def get_active_profile(self) -> str | None:
        """Tell which profile is open.

        Returns: Name of the open profile; while none is open, of the last one that was, and null for none yet.
        """
        result: str | None = await self._call("getActiveProfile", {})
        return result

    async def get_collection(self) -> types.CollectionOverview:
        """Describe the collection as a whole: its times, its size, and everything in it but notes and cards.

        Returns: The collection at a glance.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.CollectionOverview = await self._call("getCollection", {})
        return result

    async def get_collection_config(self) -> dict[str, Any]:
        """Tell all settings of Anki that belong to the collection.

        Returns: Anki's settings by their names in the collection.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, Any] = await self._call("getCollectionConfig", {})
        return result

    async def get_collection_stats_html(self, whole_collection: bool | None = None) -> str:
        """Give the statistics of Anki's old report as HTML.

        whole_collection: False reports on the current deck and its sub-decks only.

        Returns: HTML for display; its layout changes with Anki.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: str = await self._call("getCollectionStatsHTML", {}, wholeCollection=whole_collection)
        return result

    async def get_current_deck(self) -> types.CurrentDeck:
        """Tell which deck is the current one: Anki studies it, and adds to it.

        Returns: The deck that Anki studies and adds to.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.CurrentDeck = await self._call("getCurrentDeck", {})
        return result

    async def get_deck_config(self, deck: str) -> types.OptionsGroup | bool:
        """Give the options of a deck; false when no deck has exactly that name.

        A deck whose group is gone has group 1. A filtered deck has no group, so the deck itself is given.

        deck: Full deck name in its exact spelling.

        Returns: The group as Anki keeps it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`,
            `lapse` and others that depend on Anki's version; a filtered deck's own object; false when no deck has
            exactly that name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.OptionsGroup | bool = await self._call("getDeckConfig", {"deck": deck})
        return result

    async def get_deck_description(self, deck: str) -> str:
        """Give the description that Anki shows on a deck's overview.

        deck: Full name in its exact spelling.

        Returns: Description of the deck, as Markdown or HTML.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: str = await self._call("getDeckDescription", {"deck": deck})
        return result

    async def get_deck_presets(self) -> list[types.DeckPreset]:
        """List the presets of deck options, each with the decks that use it.

        Returns: All presets, by name.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.DeckPreset] = await self._call("getDeckPresets", {})
        return result

    async def get_deck_stats(self, decks: list[str]) -> dict[str, types.DeckStats]:
        """Count what decks have for today, sub-decks included, and all cards of the decks themselves.

        Names of no deck are left out, and so is an empty Default as long as there are other decks.

        decks: Full names, compared without case; names of no deck are left out.

        Returns: Deck id as text to today's counts, in the order of the deck list, with sub-decks and within the
            limits.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, types.DeckStats] = await self._call("getDeckStats", {"decks": decks})
        return result

    async def get_decks(self, cards: list[int]) -> dict[str, list[int]]:
        """Group cards by the decks that they are in now.

        A card in a filtered deck counts for that one. Unknown ids are left out.

        cards: Card ids; a repeated one is repeated in the result.

        Returns: Full deck name to the ids of the cards in it.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, list[int]] = await self._call("getDecks", {"cards": cards})
        return result

    async def get_ease_factors(self, cards: list[int]) -> list[int | None]:
        """Tell the ease of each card; null for an unknown id.

        cards: Card ids.

        Returns: Per card its ease in tenths of a percent, 0 for none yet; null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int | None] = await self._call("getEaseFactors", {"cards": cards})
        return result

    async def get_filtered_deck(self, deck: str) -> types.FilteredDeck:
        """Tell the searches of a filtered deck, and how many cards it holds.

        deck: Full name of a filtered deck, compared without case.

        Returns: Its settings.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: types.FilteredDeck = await self._call("getFilteredDeck", {"deck": deck})
        return result

    async def get_flags(self, cards: list[int]) -> list[int | None]:
        """Tell the flags of cards, in the order of the ids.

        cards: Card ids.

        Returns: Per card its flag, 0 for none; null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int | None] = await self._call("getFlags", {"cards": cards})
        return result

    async def get_fsrs_params(self, presets: list[str] | None = None) -> types.FsrsOverview:
        """Tell whether Anki schedules by FSRS, and the parameters and the desired retention of presets.

        presets: Names of presets in their exact spelling; all when left out.

        Returns: FSRS in the collection, and in its presets.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound
        """
        result: types.FsrsOverview = await self._call("getFsrsParams", {}, presets=presets)
        return result

    async def get_image_occlusion_notes(self, notes: list[int]) -> list[types.OcclusionNote | types.Missing]:
        """Describe image occlusion notes, with their shapes, in the order of the ids.

        A note of another kind fails the call.

        notes: Note ids.

        Returns: One entry per note, in order; an empty object for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: list[types.OcclusionNote | types.Missing] = await self._call("getImageOcclusionNotes", {"notes": notes})
        return result

    async def get_intervals(self, cards: list[int], complete: bool | None = None) -> list[int | list[int] | None]:
        """Tell the latest interval of each card, or all of them, from the review log.

        A new card gives the number 0, also where all intervals are asked for. Without reviews the latest interval
        is null and the list of all is empty; the same goes for an unknown id.

        cards: Card ids.
        complete: The whole history of each card instead of its latest interval.

        Returns: Per card its latest interval, or all of them; null or an empty list for an unknown id, and for a
            card that is not new but has no reviews.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int | list[int] | None] = await self._call("getIntervals", {"cards": cards}, complete=complete)
        return result

    async def get_latest_review_id(self, deck: str) -> int:
        """Tell the largest id of a log entry of the cards in a deck; 0 for none, and for a deck that does not exist.

        Only cards count that are in the deck itself now, not in a sub-deck or a filtered deck.

        deck: Deck name, compared without case.

        Returns: Largest id: time of the last answer in milliseconds since 1970; 0 for none.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: int = await self._call("getLatestReviewID", {"deck": deck})
        return result

    async def get_media_dir_path(self) -> str:
        """Tell where the media folder of the open profile is.

        Returns: Absolute path of the media folder.
        """
        result: str = await self._call("getMediaDirPath", {})
        return result

    async def get_media_files_names(self, pattern: str | None = None) -> list[str]:
        """List the files in the media folder.

        Names that begin with a dot are left out unless the pattern begins with one too. Case counts where it counts
        for file names.

        pattern: Which names: `*` stands for any text, `?` for one character, `[...]` for one of several. At most
            255 characters.

        Returns: Names of the files, in no particular order.
        Raises: Refused
        """
        result: list[str] = await self._call("getMediaFilesNames", {}, pattern=pattern)
        return result

    async def get_memory_states(self, cards: list[int], computed: bool | None = None) -> list[types.MemoryState | None]:
        """Tell how well cards are remembered, by FSRS: stability, difficulty and retrievability.

        Cards have a memory state once they are reviewed while FSRS is active, or when it is switched on.

        cards: Card ids.
        computed: Compute them from the review log by what the deck's preset says now, instead of telling what is
            stored: also while FSRS is not active. It takes seconds for 10,000 cards.

        Returns: One entry per card, in order; nulls for a card without memory state, null for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.MemoryState | None] = await self._call(
            "getMemoryStates", {"cards": cards}, computed=computed
        )
        return result

    async def get_note_tags(self, note: int) -> list[str]:
        """List the tags of a note.

        note: Note id.

        Returns: The note's tags, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused
        """
        result: list[str] = await self._call("getNoteTags", {"note": note})
        return result

    async def get_num_cards_reviewed_by_day(self) -> list[list[str | int]]:
        """Count the log entries of each day, newest day first.

        The day begins at the hour of Anki's preferences, in local time.

        Returns: Pairs of local date (`2026-11-23`) and number of log entries, newest first; days without entries
            are left out.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[list[str | int]] = await self._call("getNumCardsReviewedByDay", {})
        return result

    async def get_num_cards_reviewed_today(self) -> int:
        """Count today's log entries, those of changes by hand too.

        The day begins at the hour of Anki's preferences.

        Returns: Number of log entries; several for a card count each.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: int = await self._call("getNumCardsReviewedToday", {})
        return result

    async def get_operation(self, id: str) -> types.Operation:
        """Tell how far an operation is, and what came of it.

        It is told to who started it: callers are told apart by their origins and by the names of their keys.
            Callers with the scope `admin` learn of others, too, but not what came of them.

        id: The operation's id.

        Returns: The operation as it is now; result and error only where it is the caller's own.
        Raises: NotFound
        """
        result: types.Operation = await self._call("getOperation", {"id": id})
        return result

    async def get_profiles(self) -> list[str]:
        """List the names of all profiles.

        Returns: Names of all profiles, sorted.
        """
        result: list[str] = await self._call("getProfiles", {})
        return result

    async def get_reviews_of_cards(self, cards: list[int]) -> dict[str, list[types.Review]]:
        """List the log entries of each card, oldest first; none for an unknown id.

        cards: Card ids.

        Returns: Card id as text to its log entries, oldest first.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, list[types.Review]] = await self._call("getReviewsOfCards", {"cards": cards})
        return result

    async def get_tags(self) -> list[str]:
        """List all tags that the collection knows, used or not.

        Returns: All tags that the collection knows, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = await self._call("getTags", {})
        return result

    async def get_version(self) -> types.Versions:
        """Tell the version of Anki, and of AnkiConnect Plus, whose actions are served.

        Returns: What runs here.
        """
        result: types.Versions = await self._call("getVersion", {})
        return result

    async def grade_now(self, cards: list[int], ease: int) -> bool:
        """Give one answer to several cards, due or not, as Anki's *Grade Now* does.

        A repeated id counts once. An unknown id fails the call, and nothing is changed.

        cards: Card ids.
        ease: 1 Again, 2 Hard, 3 Good, 4 Easy.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: bool = await self._call("gradeNow", {"cards": cards, "ease": ease})
        return result

    async def gui_add_cards(self, note: types.NoteDraft | None = None, activate: bool | None = None) -> int:
        """Open the Add window, with a note filled in if one is given. Nothing is added until the user does it.

        note: What to fill in.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Always 0: a note that was not added yet has no id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, ModelNotFound, Refused, FileProblem,
            DownloadFailed
        """
        result: int = await self._call("guiAddCards", {}, note=note, activate=activate)
        return result

    async def gui_add_note_set_data(self, note: types.NoteDraftChange, append: bool | None = None) -> bool:
        """Fill in the Add window that is open: deck, note type, fields, tags and files.

        What is left out stays, and so does what the user has typed there, but for the fields that are named.
        Everything is checked before anything is changed. If the window does not hand over within two seconds what
        the user has typed, because a dialog or a script of a note holds it up, the note is filled in as it is.

        note: What to fill in.
        append: Add to the fields and the tags instead of replacing them.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, WindowClosed, DeckNotFound, ModelNotFound, NotFound,
            FileProblem, DownloadFailed
        """
        result: bool = await self._call("guiAddNoteSetData", {"note": note}, append=append)
        return result

    async def gui_answer_card(self, ease: int) -> bool:
        """Answer the card on screen; its answer side must be shown.

        ease: Answer button, from 1.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiAnswerCard", {"ease": ease})
        return result

    async def gui_browse(
        self, query: str | None = None, reorder_cards: types.ReorderCards | None = None, activate: bool | None = None
    ) -> list[int]:
        """Open or raise the browser, search in it, and return the ids of the cards that match.

        Sorting changes what the browser shows, not the order of the ids.

        query: Search text; without it the browser is only opened.
        reorder_cards: How to sort the browser.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Ids of the cards that match, in no particular order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch, Refused
        """
        result: list[int] = await self._call(
            "guiBrowse", {}, query=query, reorderCards=reorder_cards, activate=activate
        )
        return result

    async def gui_check_database(
        self, wait: bool | None = None, activate: bool | None = None
    ) -> types.DatabaseCheck | None:
        """Check the database and mend what can be mended, after a backup, and tell what was found.

        Anki shows its progress, and what was found in a window that blocks nobody. The collection is busy
        meanwhile: for a few seconds, where it is large. With `wait` false the reply is `null`, at once.

        wait: Reply when the check has ended.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: What the check found; null where it was not waited for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.DatabaseCheck | None = await self._call("guiCheckDatabase", {}, wait=wait, activate=activate)
        return result

    async def gui_current_card(self) -> types.CurrentCard:
        """Describe the card on screen.

        Returns: The card that is being reviewed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ReviewInactive
        """
        result: types.CurrentCard = await self._call("guiCurrentCard", {})
        return result

    async def gui_deck_browser(self) -> None:
        """Show the list of decks.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = await self._call("guiDeckBrowser", {})
        return result

    async def gui_deck_overview(self, name: str) -> bool:
        """Select a deck and show its overview; false when there is no deck of that name.

        name: Deck name, compared without case.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiDeckOverview", {"name": name})
        return result

    async def gui_deck_review(self, name: str) -> bool:
        """Begin to review a deck; false when there is no deck of that name.

        Where nothing is due, Anki shows the deck's overview.

        name: Deck name, compared without case.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiDeckReview", {"name": name})
        return result

    async def gui_edit_note(self, note: int, activate: bool | None = None) -> None:
        """Show a note in a window of its own, for editing. Another call shows the other note in the same window.

        The window can preview the note, show it in the browser, and go back to the notes that it showed before.

        note: Note id.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound
        """
        result: None = await self._call("guiEditNote", {"note": note}, activate=activate)
        return result

    async def gui_exit_anki(self) -> None:
        """Close Anki a second after the reply. A window with unsaved input asks the user first, as always.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = await self._call("guiExitAnki", {})
        return result

    async def gui_import_file(self, path: str | None = None, activate: bool | None = None) -> None:
        """Open Anki's import window for a file, or let the user pick one. Nothing is imported until the user does it.

        The reply does not wait for the user. A file that is called a package and is none, or takes up more than
        `limits.packageMegabytes`, is refused.

        path: File to import; without it the user picks one.
        activate: Bring the window to the front and give it the focus; with false nothing the user does is
            interrupted.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem
        """
        result: None = await self._call("guiImportFile", {}, path=path, activate=activate)
        return result

    async def gui_play_audio(self) -> bool:
        """Play the sounds of the side that is shown once more; true also when it has none.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiPlayAudio", {})
        return result

    async def gui_review_active(self) -> bool:
        """Tell whether a review is running and shows a card.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiReviewActive", {})
        return result

    async def gui_select_card(self, card: int) -> bool:
        """Select one card in the open browser, and nothing else; false when the browser is closed.

        A card that the browser does not list leaves nothing selected.

        card: Card id.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiSelectCard", {"card": card})
        return result

    async def gui_select_note(self, note: int) -> bool:
        """Select one card in the open browser: the old name of guiSelectCard.

        note: Card id, in spite of the name.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiSelectNote", {"note": note})
        return result

    async def gui_selected_notes(self) -> list[int]:
        """Return the ids of the notes that are selected in the open browser.

        Returns: Ids of the notes selected in the browser; none when it is closed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[int] = await self._call("guiSelectedNotes", {})
        return result

    async def gui_show_answer(self) -> bool:
        """Turn to the answer side of the card on screen.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiShowAnswer", {})
        return result

    async def gui_show_question(self) -> bool:
        """Turn to the question side of the card on screen.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiShowQuestion", {})
        return result

    async def gui_start_card_timer(self) -> bool:
        """Start the answer timer of the card on screen again, so that the answer's time counts from now.

        Returns: It was possible in the window's present state.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiStartCardTimer", {})
        return result

    async def gui_undo(self) -> bool:
        """Undo the newest step, as Anki's menu does; false when there is nothing to undo. Redoing is left to the user.

        Callers without the scope `delete` may undo only their own steps, as with `undo`.

        Returns: Something was undone.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("guiUndo", {})
        return result

    async def import_package(self, path: str) -> Literal[True]:
        """Read a package in: notes with their cards, scheduling, media and deck options.

        Notes that are there already are recognised, and changed where the package has a newer version. Files stay
        in the media folder when the import is undone.

        The package is first imported into a collection that is thrown away. If Anki refuses it there, or it is
        larger than `limits.packageMegabytes`, nothing is changed, and the undo history stays.

        path: The package; a relative path begins at the media folder.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, FileProblem, Refused
        """
        result: Literal[True] = await self._call("importPackage", {"path": path})
        return result

    async def insert_reviews(self, reviews: list[list[int]]) -> None:
        """Add entries to the review log, all or none; the scheduling of the cards stays as it is.

        Refused are an id that is used already, and numbers that Anki cannot read. The cards need not exist. Anki
        has no undoable call for this, so its undo history is emptied.

        reviews: Rows as cardReviews gives them. Their usn is not looked at: new entries are yet to sync.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, AlreadyExists, Refused
        """
        result: None = await self._call("insertReviews", {"reviews": reviews})
        return result

    async def is_fsrs_active(self) -> bool | None:
        """Tell whether Anki schedules by FSRS; null where that was never decided, so that it does not.

        Returns: FSRS is switched on; null when that was never decided.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool | None = await self._call("isFsrsActive", {})
        return result

    async def list_backups(self) -> list[types.Backup]:
        """List the backups of the profile, newest first.

        Returns: Newest first.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.Backup] = await self._call("listBackups", {})
        return result

    async def list_models(self) -> list[types.ListedModel]:
        """List the note types with their fields and templates, and how many notes each has.

        Returns: The note types, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.ListedModel] = await self._call("listModels", {})
        return result

    async def list_operations(self) -> list[types.OperationSummary]:
        """List operations without their results: those that are queued or running, and those that have ended lately.

        Returns: Oldest first.
        """
        result: list[types.OperationSummary] = await self._call("listOperations", {})
        return result

    async def load_profile(self, name: str) -> bool:
        """Open a profile, and close the one that is open; the answer comes when it is open.

        Where a window holds unsaved text, Anki asks the user what to do with it; the call is refused if the user
        keeps the window. A headless gateway has one profile, which is always open.

        name: Name of the profile, exactly.

        Returns: The profile is open; false where there is none of that name.
        Raises: Refused
        """
        result: bool = await self._call("loadProfile", {"name": name})
        return result

    async def model_field_add(self, model_name: str, field_name: str, index: int | None = None) -> str:
        """Add a field to a note type, and return the name it got; it is empty in existing notes.

        A field of exactly that name is not added again, but moved if a position is given. If the name differs from
        another field's in case only, Anki gives it a plus sign; it takes `:`, `{`, `}` and quotes out of names. A
        new field, or a move, makes the next sync a full one.

        model_name: Note type name, compared without case.
        field_name: Name of the field.
        index: Position that it gets, from 0; the end when too large or left out.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: str = await self._call("modelFieldAdd", {"modelName": model_name, "fieldName": field_name}, index=index)
        return result

    async def model_field_descriptions(self, model_name: str) -> list[str]:
        """List the hints that the editor shows in the empty fields of a note type.

        model_name: Note type name, compared without case.

        Returns: Hint that the editor shows in each empty field, in field order; empty for none.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[str] = await self._call("modelFieldDescriptions", {"modelName": model_name})
        return result

    async def model_field_fonts(self, model_name: str) -> dict[str, types.FieldFont]:
        """Tell in which font and size the editor shows each field of a note type.

        model_name: Note type name, compared without case.

        Returns: Field name to its font, in field order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: dict[str, types.FieldFont] = await self._call("modelFieldFonts", {"modelName": model_name})
        return result

    async def model_field_names(self, model_name: str) -> list[str]:
        """List the names of a note type's fields, in their order.

        model_name: Note type name, compared without case.

        Returns: Field names in field order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: list[str] = await self._call("modelFieldNames", {"modelName": model_name})
        return result

    async def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Remove a field from a note type, with what the notes have in it.

        Templates lose their references to it; a question side without any field gets one that remains. The last
        field stays, and so does one that Anki itself does not let go, as in `Image Occlusion`. The next sync
        becomes a full one.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: types.Losses | None = await self._call(
            "modelFieldRemove", {"modelName": model_name, "fieldName": field_name}, dryRun=dry_run
        )
        return result

    async def model_field_rename(self, model_name: str, old_field_name: str, new_field_name: str) -> str:
        """Rename a field of a note type, in its templates too, and return the name it got.

        If the name is taken, Anki gives the later one of the two fields a plus sign; it takes `:`, `{`, `}` and
        quotes out of names.

        model_name: Note type name, compared without case.
        old_field_name: Present name in its exact spelling.
        new_field_name: New name.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: str = await self._call(
            "modelFieldRename",
            {"modelName": model_name, "oldFieldName": old_field_name, "newFieldName": new_field_name},
        )
        return result

    async def model_field_reposition(self, model_name: str, field_name: str, index: int) -> None:
        """Move a field of a note type to another position; what the notes have in it moves along.

        The next sync becomes a full one.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        index: Position that it gets, from 0; the end when too large.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = await self._call(
            "modelFieldReposition", {"modelName": model_name, "fieldName": field_name, "index": index}
        )
        return result

    async def model_field_set_description(self, model_name: str, field_name: str, description: str) -> bool:
        """Set the hint that the editor shows in a field while it is empty.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        description: Hint that the editor shows while the field is empty; may be empty.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: bool = await self._call(
            "modelFieldSetDescription", {"modelName": model_name, "fieldName": field_name, "description": description}
        )
        return result

    async def model_field_set_font(self, model_name: str, field_name: str, font: str) -> None:
        """Set the font in which the editor shows a field.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        font: Font in the editor.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = await self._call(
            "modelFieldSetFont", {"modelName": model_name, "fieldName": field_name, "font": font}
        )
        return result

    async def model_field_set_font_size(self, model_name: str, field_name: str, font_size: int) -> None:
        """Set the size in which the editor shows a field.

        model_name: Note type name, compared without case.
        field_name: Field name in its exact spelling.
        font_size: Font size in the editor, in points: 0 to 65535.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = await self._call(
            "modelFieldSetFontSize", {"modelName": model_name, "fieldName": field_name, "fontSize": font_size}
        )
        return result

    async def model_fields_on_templates(self, model_name: str) -> dict[str, list[list[str]]]:
        """Tell which fields stand on the two sides of each template of a note type.

        Only the text is looked at: repeats stay, special names such as `Tags` count as fields, an inverted
            condition appears as `^Name`, and names need not exist. The answer side lists only what the question
            side has not.

        model_name: Note type name, compared without case.

        Returns: Template name to the fields on its two sides, in template order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: dict[str, list[list[str]]] = await self._call("modelFieldsOnTemplates", {"modelName": model_name})
        return result

    async def model_name_from_id(self, model_id: int) -> str:
        """Tell the name of a note type.

        model_id: Note type id.

        Returns: Name of the note type.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: str = await self._call("modelNameFromId", {"modelId": model_id})
        return result

    async def model_names(self) -> list[str]:
        """List the names of all note types.

        Returns: Names of all note types, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = await self._call("modelNames", {})
        return result

    async def model_names_and_ids(self) -> dict[str, int]:
        """List all note types with their ids.

        Returns: Note type name to its id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: dict[str, int] = await self._call("modelNamesAndIds", {})
        return result

    async def model_styling(self, model_name: str) -> types.Styling:
        """Tell the styling of a note type.

        model_name: Note type name, compared without case.

        Returns: The styling.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: types.Styling = await self._call("modelStyling", {"modelName": model_name})
        return result

    async def model_template_add(self, model_name: str, template: types.NewTemplate) -> str:
        """Add a template to a note type, at the end, make the missing cards of its notes, and return the name it got.

        A template of exactly that name gets the new sides instead. A cloze note type takes no second template: Anki
        would never use it. A new template makes the next sync a full one.

        model_name: Note type name, compared without case.
        template: The template.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: str = await self._call("modelTemplateAdd", {"modelName": model_name, "template": template})
        return result

    async def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Remove a template from a note type, with all its cards.

        Notes that have no other card are left without one, and Anki's database check deletes such notes. The only
        template stays, and so do those of a cloze note type. The next sync becomes a full one.

        model_name: Note type name, compared without case.
        template_name: Template name in its exact spelling.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: types.Losses | None = await self._call(
            "modelTemplateRemove", {"modelName": model_name, "templateName": template_name}, dryRun=dry_run
        )
        return result

    async def model_template_rename(self, model_name: str, old_template_name: str, new_template_name: str) -> str:
        """Rename a template of a note type, and return the name it got.

        If the name is taken, the later one of the two templates gets a plus sign.

        model_name: Note type name, compared without case.
        old_template_name: Present name in its exact spelling.
        new_template_name: New name.

        Returns: The name that it got: Anki tidies names, and gives one that is taken a plus sign.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: str = await self._call(
            "modelTemplateRename",
            {"modelName": model_name, "oldTemplateName": old_template_name, "newTemplateName": new_template_name},
        )
        return result

    async def model_template_reposition(self, model_name: str, template_name: str, index: int) -> None:
        """Move a template of a note type to another position; its cards keep their content and schedule.

        Those of a cloze note type stay where they are. The next sync becomes a full one.

        model_name: Note type name, compared without case.
        template_name: Template name in its exact spelling.
        index: Position that it gets, from 0; the end when too large.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, NotFound, Refused
        """
        result: None = await self._call(
            "modelTemplateReposition", {"modelName": model_name, "templateName": template_name, "index": index}
        )
        return result

    async def model_templates(self, model_name: str) -> dict[str, types.Sides]:
        """Tell the two sides of each template of a note type.

        model_name: Note type name, compared without case.

        Returns: Template name to its two sides, in template order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound
        """
        result: dict[str, types.Sides] = await self._call("modelTemplates", {"modelName": model_name})
        return result

    async def multi(self, actions: list[types.Call]) -> list[types.Outcome]:
        """Run several calls in order and tell the outcome of each.

        A call that fails does not stop the rest, and nothing is rolled back. A `multi` may stand in a `multi`, 32
        deep.

        actions: Calls to run in order.

        Returns: One outcome per call, in order.
        """
        result: list[types.Outcome] = await self._call("multi", {"actions": actions})
        return result

    async def next_cards(self, limit: int | None = None) -> types.Queue:
        """Tell which cards Anki would show next in the current deck, both sides of each, and what each answer would
        do.

        Order and daily limits are Anki's own. `selectDeck` chooses the deck, and `answerCards` answers.

        limit: The most cards.

        Returns: What is left for today, and the cards that come next.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Queue = await self._call("nextCards", {}, limit=limit)
        return result

    async def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
    ) -> list[types.NoteInfo | types.Missing | types.NotePart]:
        """Describe notes: fields, tags, note type and cards, in the order of the ids.

        With `fields`, or a page at a time, it takes as much less time as less is asked for. Pages of what a search
        finds are in the order of the ids, which is that of creation.

        notes: Note ids.
        query: Search text; wins over `notes`.
        limit: The most entries to give; all when left out.
        offset: How many entries to leave out before them.
        fields: Members to give of each entry; all when left out.
        note_fields: Names of the note's fields to give in `fields`, in their exact spelling; all when left out. One
            that a note does not have is left out.

        Returns: One entry per note, in order; an empty object for an unknown id. With `fields`, only what was asked
            for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused, InvalidSearch
        """
        result: list[types.NoteInfo | types.Missing | types.NotePart] = await self._call(
            "notesInfo", {}, notes=notes, query=query, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    async def notes_mod_time(self, notes: list[int]) -> list[types.NoteTime | types.Missing]:
        """Tell when notes were last changed, in the order of the ids.

        notes: Note ids.

        Returns: One entry per note, in order; an empty object for an unknown id.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[types.NoteTime | types.Missing] = await self._call("notesModTime", {"notes": notes})
        return result

    async def optimize_fsrs_params(
        self,
        preset: str,
        search: str | None = None,
        apply: bool | None = None,
        health_check: bool | None = None,
        reschedule: bool | None = None,
    ) -> types.Optimized:
        """Learn the parameters of FSRS from reviews, as *Optimize* in Anki's options does. FSRS need not be active.

        Without `apply` nothing is changed. Refused where no review can be learned from: only those count that come
        a day or more after the card was first learned. No other call on the collection is served meanwhile.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        search: Search text for the cards whose reviews count, instead of the preset's own.
        apply: Save what was found in the preset, where it is better.
        health_check: Tell as well whether FSRS suits these reviews; it takes longer.
        reschedule: With `apply`: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: What was found.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: types.Optimized = await self._call(
            "optimizeFsrsParams",
            {"preset": preset},
            search=search,
            apply=apply,
            healthCheck=health_check,
            reschedule=reschedule,
        )
        return result

    async def rebuild_filtered_deck(self, deck: str) -> int:
        """Send the cards of a filtered deck home and fetch them afresh; tell how many it has then.

        deck: Full name of a filtered deck, compared without case.

        Returns: Number of cards that are in it now.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, InvalidSearch, Refused
        """
        result: int = await self._call("rebuildFilteredDeck", {"deck": deck})
        return result

    async def redo(self) -> types.UndoneStep:
        """Redo the step that was undone last and return its name; null, and nothing is done, if there is none.

        Callers without the scope `delete` may redo only their own steps, as with `undo`.

        Returns: What was done, and the next steps both ways.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.UndoneStep = await self._call("redo", {})
        return result

    async def relearn_cards(self, cards: list[int]) -> None:
        """Put cards into relearning, due at once.

        The interval, the ease and the counts stay as they are, and nothing is logged. A card in a filtered deck
        stays there. Cards that are being relearned within a day already are left as they are. Unknown ids are
        skipped.

        cards: Card ids.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = await self._call("relearnCards", {"cards": cards})
        return result

    async def reload_collection(self) -> None:
        """Have Anki's windows read the collection again and show what is in it.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: None = await self._call("reloadCollection", {})
        return result

    async def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> bool | types.Losses:
        """Remove a group of options; false when there is none with that id.

        Its decks get group 1. The next sync with AnkiWeb must be a full one.

        config_id: Id of the group. The first one, 1, stays.
        dry_run: Tell what would go, and change nothing.

        Returns: False when there is no such group. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: bool | types.Losses = await self._call("removeDeckConfigId", {"configId": config_id}, dryRun=dry_run)
        return result

    async def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> types.EmptyCardsRemoved | types.Losses:
        """Remove cards whose front has become empty, and tell which.

        keep_notes: Keep the first card of a note that has only empty ones.
        dry_run: Tell what would go, and change nothing.

        Returns: What was removed. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.EmptyCardsRemoved | types.Losses = await self._call(
            "removeEmptyCards", {}, keepNotes=keep_notes, dryRun=dry_run
        )
        return result

    async def remove_empty_notes(self, dry_run: bool | None = None) -> types.Losses | None:
        """Delete notes that have nothing in any field, with their cards.

        White space and empty HTML are nothing; a picture or a sound is something. Tags do not count. A note with
        something in it keeps its cards, empty ones too: `findEmptyCards` lists those.

        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Losses | None = await self._call("removeEmptyNotes", {}, dryRun=dry_run)
        return result

    async def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> types.Losses | None:
        """Remove tags, and their sub-tags with them, from notes.

        Case does not matter. Unknown notes, and tags that a note does not have, are skipped.

        notes: Note ids.
        tags: Tags, separated by spaces.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = await self._call("removeTags", {"notes": notes, "tags": tags}, dryRun=dry_run)
        return result

    async def rename_deck(self, deck: str, new_name: str) -> str:
        """Rename a deck, or move it below another one, together with its sub-decks.

        A name that another deck has is refused, and so is one below the deck itself or below a filtered deck.

        deck: Full name, compared without case.
        new_name: The full new name, `::` between levels. Missing parents are made too.

        Returns: The new full name, as Anki has tidied it.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, AlreadyExists, Refused
        """
        result: str = await self._call("renameDeck", {"deck": deck, "newName": new_name})
        return result

    async def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Replace a tag in notes. Unknown notes, and notes without the tag, are skipped.

        notes: Note ids.
        tag_to_replace: Tag to replace, compared without case; its sub-tags stay.
        replace_with_tag: The tag in its place; several are separated by spaces, and an empty text is none.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = await self._call(
            "replaceTags",
            {"notes": notes, "tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    async def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> types.Losses | None:
        """Replace a tag in every note that has it.

        tag_to_replace: Tag to replace, compared without case; its sub-tags stay.
        replace_with_tag: The tag in its place; several are separated by spaces, and an empty text is none.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Losses | None = await self._call(
            "replaceTagsInAllNotes",
            {"tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    async def reposition_new_cards(
        self, ordered_card_ids: list[int], start_position: int, step: int, shift: bool
    ) -> types.Repositioned:
        """Put new cards in an order.

        A repeated id counts where it stands first. Unknown ids and cards that are not new are skipped and reported.

        ordered_card_ids: Card ids, in the order that the cards shall have.
        start_position: Position of the first card.
        step: From one position to the next.
        shift: Push away the new cards that stand at these positions or behind.

        Returns: What was done.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused
        """
        result: types.Repositioned = await self._call(
            "repositionNewCards",
            {"orderedCardIds": ordered_card_ids, "startPosition": start_position, "step": step, "shift": shift},
        )
        return result

    async def request_permission(self) -> types.Permission:
        """Ask for permission to use the gateway.

        Programs that are no browser, and origins that are allowed, have it. For any other origin the user is asked,
        and the call waits for the answer; without one in time, and where there is nobody to ask, it is denied.

        Returns: Whether permission was granted, and what to know then.
        """
        result: types.Permission = await self._call("requestPermission", {})
        return result

    async def retrieve_media_file(self, filename: str) -> str | Literal[False]:
        """Read a file in the media folder, as base64; false when there is none.

        filename: Name in the media folder; directories in it are ignored.

        Returns: Content in base64; false when there is no such file.
        Raises: FileProblem
        """
        result: str | Literal[False] = await self._call("retrieveMediaFile", {"filename": filename})
        return result

    async def review_log(
        self, after: int | None = None, limit: int | None = None, before: int | None = None, query: str | None = None
    ) -> types.ReviewPage:
        """List the entries of the review log in pages, oldest first.

        Answers that are given meanwhile come on a later page, and none comes twice. Those that a sync brings from
        another device may be older than a page that was read.

        after: Only entries with a larger id: time in milliseconds since 1970, or `next`.
        limit: The most entries of a page.
        before: Only entries with a smaller id.
        query: Only entries of the cards that this search text finds, as they stand now.

        Returns: A page of the log.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, InvalidSearch
        """
        result: types.ReviewPage = await self._call(
            "reviewLog", {}, after=after, limit=limit, before=before, query=query
        )
        return result

    async def save_deck_config(self, config: types.OptionsGroup) -> bool:
        """Replace a group of options as a whole; false when there is none with that id, or Anki refuses the object.

        As in Anki's own window, new cards are sorted afresh when their order changes, and with FSRS memory states
        are computed afresh when its parameters change.

        config: The whole group as getDeckConfig gives it, changed as wanted. `mod` and `usn` are set by Anki.

        Returns: False when there is no group with that id, or Anki refuses the object.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("saveDeckConfig", {"config": config})
        return result

    async def select_deck(self, deck: str) -> None:
        """Make a deck the current one. No window changes what it shows.

        deck: Full name, compared without case.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound
        """
        result: None = await self._call("selectDeck", {"deck": deck})
        return result

    async def set_deck_config_id(self, decks: list[str], config_id: int) -> bool:
        """Give decks another group of options; false, and nothing is done, when a deck or the group does not exist.

        Filtered decks have no group, so they are skipped. Sub-decks stay as they are.

        decks: Full deck names in their exact spelling.
        config_id: Id of the group.

        Returns: False when a deck or the group does not exist.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("setDeckConfigId", {"decks": decks, "configId": config_id})
        return result

    async def set_deck_description(self, deck: str, description: str) -> bool:
        """Replace the description of a deck. Filtered decks have none.

        deck: Full name in its exact spelling.
        description: The new text; an empty one removes it.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: bool = await self._call("setDeckDescription", {"deck": deck, "description": description})
        return result

    async def set_deck_desired_retention(
        self, deck: str, desired_retention: float | None, reschedule: bool | None = None
    ) -> bool:
        """Give a deck a desired retention of its own, or take it away; tell whether that changed anything.

        Sub-decks stay as they are. A filtered deck has none.

        deck: Full deck name, compared without case.
        desired_retention: The share of reviews that are to be passed; null for that of the deck's preset.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, Refused
        """
        result: bool = await self._call(
            "setDeckDesiredRetention", {"deck": deck, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    async def set_deck_preset(self, decks: list[str], preset: str) -> int:
        """Give decks a preset of options, and tell how many had another one.

        As in Anki's own window, memory states of their cards are computed afresh while FSRS is active. Sub-decks
        stay as they are. A filtered deck has no preset, so it is refused, and then nothing is changed. Of several
        presets of that name, the oldest counts.

        decks: Full names, compared without case.
        preset: Name of the preset in its exact spelling.

        Returns: Number of decks that had another preset.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, DeckNotFound, NotFound, Refused
        """
        result: int = await self._call("setDeckPreset", {"decks": decks, "preset": preset})
        return result

    async def set_desired_retention(
        self, preset: str, desired_retention: float, reschedule: bool | None = None
    ) -> bool:
        """Set the desired retention of a preset, and tell whether that changed anything.

        Decks with a desired retention of their own keep it.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        desired_retention: The share of reviews that are to be passed.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound
        """
        result: bool = await self._call(
            "setDesiredRetention", {"preset": preset, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    async def set_due_date(self, cards: list[int], days: str) -> bool:
        """Make cards due in some days.

        New cards become review cards. Cards in a filtered deck return home. Unknown and damaged cards are skipped,
        as are those without a sound home deck, and those that have this due date and interval already.

        cards: Card ids.
        days: Days from today: `0` is today, `3-7` a random day of that range for each card; `!` at the end makes
            them the interval too. At most 999999.

        Returns: Always true.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("setDueDate", {"cards": cards, "days": days})
        return result

    async def set_ease_factors(self, cards: list[int], ease_factors: list[int]) -> list[bool]:
        """Set the ease of cards, and tell of each whether it exists.

        Unknown ids are skipped. Of a card that is named more than once, the last ease counts.

        cards: Card ids.
        ease_factors: Ease per card, in tenths of a percent: 2500 is 250 %.

        Returns: Per card whether it exists, and so has the ease that was asked for.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[bool] = await self._call("setEaseFactors", {"cards": cards, "easeFactors": ease_factors})
        return result

    async def set_flags(self, cards: list[int], flag: int) -> int:
        """Give cards a flag, or take theirs away, and tell how many had another one.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.
        flag: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple; 0 takes it away.

        Returns: Number of cards that were changed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: int = await self._call("setFlags", {"cards": cards, "flag": flag})
        return result

    async def set_fsrs_active(self, active: bool, reschedule: bool | None = None) -> bool:
        """Switch FSRS on or off for the whole collection, and tell whether that changed anything.

        As in Anki's own window, memory states are computed for all cards with reviews, or removed.

        active: Schedule by FSRS.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: bool = await self._call("setFsrsActive", {"active": active}, reschedule=reschedule)
        return result

    async def set_fsrs_params(self, preset: str, params: list[float], reschedule: bool | None = None) -> bool:
        """Give a preset parameters of FSRS, and tell whether that changed anything.

        As in Anki's own window, memory states of its cards are computed afresh while FSRS is active.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        params: 17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's own.
        reschedule: Review cards get new due dates at once, as by *Reschedule cards on change*.

        Returns: False where it was so already.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, Refused
        """
        result: bool = await self._call("setFsrsParams", {"preset": preset, "params": params}, reschedule=reschedule)
        return result

    async def set_specific_value_of_card(
        self, card: int, keys: list[str], new_values: list[Any], warning_check: bool | None = None
    ) -> list[bool]:
        """Set single values of a card as they are stored.

        Anki checks little of it: a value that does not fit the others can make the card unusable. The note, its
            template and the decks must exist, and a card in a filtered deck must have its home in another one.

        card: Card id.
        keys: Names of the values: `nid`, `did`, `ord`, `type`, `queue`, `due`, `ivl`, `factor`, `reps`, `lapses`,
            `left`, `odue`, `odid`, `flags`, `original_position`, `last_review_time`, `desired_retention`, `decay`,
            `custom_data`.
        new_values: The value for each name: a whole number, but for `desired_retention`, `decay` and `custom_data`.
            null clears `original_position`, `last_review_time`, `desired_retention`, `decay`.
        warning_check: Must be true to set `nid`, `did`, `ord`, `type`, `queue`, `ivl`, `reps`, `lapses`, `left`,
            `odue`, `odid`.

        Returns: Always one `true`.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, NoteNotFound, DeckNotFound, Refused
        """
        result: list[bool] = await self._call(
            "setSpecificValueOfCard", {"card": card, "keys": keys, "newValues": new_values}, warning_check=warning_check
        )
        return result

    async def simulate_reviews(
        self,
        preset: str,
        days: int | None = None,
        new_limit: int | None = None,
        review_limit: int | None = None,
        more_new_cards: int | None = None,
        search: str | None = None,
        desired_retention: float | None = None,
    ) -> list[types.SimulatedDay]:
        """Foretell new cards, reviews, time and knowledge of each of the next days, as Anki's own simulator does.

        FSRS must be active. Suspended cards do not count. Cards with reviews but without memory state get theirs
        stored. A year of 50,000 cards takes 10 to 20 seconds, and no other call on the collection is served
        meanwhile.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        days: How many days, today included.
        new_limit: New cards a day; the preset's limit when left out.
        review_limit: Reviews a day; the preset's limit when left out.
        more_new_cards: New cards to imagine beside those that there are.
        search: Search text for the cards, instead of all cards of the preset.
        desired_retention: Instead of the preset's.

        Returns: An entry per day, today first.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: list[types.SimulatedDay] = await self._call(
            "simulateReviews",
            {"preset": preset},
            days=days,
            newLimit=new_limit,
            reviewLimit=review_limit,
            moreNewCards=more_new_cards,
            search=search,
            desiredRetention=desired_retention,
        )
        return result

    async def simulate_workload(
        self,
        preset: str,
        days: int | None = None,
        new_limit: int | None = None,
        review_limit: int | None = None,
        more_new_cards: int | None = None,
        search: str | None = None,
    ) -> list[types.Workload]:
        """Foretell for each desired retention what work it makes, and what is remembered in the end.

        As `simulateReviews`, thirty times over. Refused for parameters of an older FSRS: Anki 26.05 breaks down
        over them.

        preset: Name of the preset in its exact spelling; of several of that name, the oldest counts.
        days: How many days, today included.
        new_limit: New cards a day; the preset's limit when left out.
        review_limit: Reviews a day; the preset's limit when left out.
        more_new_cards: New cards to imagine beside those that there are.
        search: Search text for the cards, instead of all cards of the preset.

        Returns: An entry per retention, from 0.7 to 0.99.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NotFound, InvalidSearch, Refused
        """
        result: list[types.Workload] = await self._call(
            "simulateWorkload",
            {"preset": preset},
            days=days,
            newLimit=new_limit,
            reviewLimit=review_limit,
            moreNewCards=more_new_cards,
            search=search,
        )
        return result

    async def start_operation(self, method: str, params: dict[str, Any] | list[Any] | None = None) -> types.Operation:
        """Start an action that may take long, and answer at once; what comes of it is asked for later.

        Any action on the collection can be started, and `sync`. Its name, its params and the caller's right to it
        are checked before the answer; whatever it finds later is the operation's own outcome. It waits for its turn
        as long as it takes, and goes on when the connection is lost. Params and result are those of JSON-RPC in
        both protocols.

        While it writes many notes, other callers may read between two parts. Its progress is told by the event
        `operationChanged`, too. The last 100 operations are kept for an hour after their end.

        method: Name of an action that runs on the collection, or `sync`.
        params: Its params in JSON-RPC, by name or by position.

        Returns: The operation as it is now; result and error only where it is the caller's own.
        Raises: Refused
        """
        result: types.Operation = await self._call("startOperation", {"method": method}, params=params)
        return result

    async def store_media_file(
        self,
        filename: str,
        data: str | None = None,
        path: str | None = None,
        url: str | None = None,
        skip_hash: str | None = None,
        delete_existing: bool | None = None,
    ) -> str | None:
        """Store a file in the media folder, and tell the name it got.

        The content is base64 `data`, a file at `path`, or what `url` answers, in this order. An existing file of
        that name goes to Anki's media trash; with `deleteExisting` false, other content gets a free name instead.

        filename: Name to store under, without its folders; Anki cleans it.
        data: Content in base64; used before `path` and `url`.
        path: File to copy, readable by the gateway; used before `url`.
        url: Address to fetch, http or https.
        skip_hash: MD5 of content that must not be stored, in lower-case hexadecimal digits.
        delete_existing: Trash a file of that name first; otherwise Anki picks a free name for other content.

        Returns: The name really used; null when `skipHash` matched.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, Refused, FileProblem, DownloadFailed
        """
        result: str | None = await self._call(
            "storeMediaFile",
            {"filename": filename},
            data=data,
            path=path,
            url=url,
            skipHash=skip_hash,
            deleteExisting=delete_existing,
        )
        return result

    async def study_streak(self) -> types.Streak:
        """Count the days in a row with at least one answer. The day begins at the hour of Anki's preferences.

        Answers with a time in the future, or before the year 1, do not count.

        Returns: Days with at least one answer.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.Streak = await self._call("studyStreak", {})
        return result

    async def suspend(self, cards: list[int], suspend: bool | None = None) -> bool:
        """Suspend cards, and tell whether any was not suspended yet.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.
        suspend: False unsuspends instead.

        Returns: At least one card was not yet as wanted.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: bool = await self._call("suspend", {"cards": cards}, suspend=suspend)
        return result

    async def suspended(self, card: int) -> bool:
        """Tell whether a card is suspended.

        card: Card id.

        Returns: The card is suspended; a buried one is not.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound
        """
        result: bool = await self._call("suspended", {"card": card})
        return result

    async def sync(
        self, full: Literal["upload", "download"] | None = None, wait_for_media: bool | None = None
    ) -> types.SyncResult:
        """Sync the collection and its media with the account that is set up, and tell what happened.

        No question is put to the user. Where both sides cannot be merged, the error tells which ways of a full sync
        are possible; such a sync happens only when it is asked for by name, loses what is on the other side only,
        and needs the scope `delete`. Before a download the collection is backed up. Meanwhile calls that need the
        collection or the windows wait, and after a minute they are answered `busy`.

        full: What to do where a full sync is needed: `upload` replaces everything on the server, `download`
            everything here. Without it, such a sync is refused.
        wait_for_media: Answer when the media are synced, too, not only the collection.

        Returns: What the sync did.
        Raises: NotLoggedIn, LoginRefused, Offline, FullSyncRequired, SyncFailed, Cancelled, Refused
        """
        result: types.SyncResult = await self._call("sync", {}, full=full, waitForMedia=wait_for_media)
        return result

    async def unbury_cards(self, cards: list[int]) -> int:
        """Show buried cards again, and tell how many there were. Suspended ones stay suspended.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.

        Returns: Number of cards that were changed.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: int = await self._call("unburyCards", {"cards": cards})
        return result

    async def undo(self) -> types.UndoneStep:
        """Undo the newest step and return its name; null, and nothing is done, if there is none.

        A request or a batch is one step. Callers without the scope `delete` may undo only what they have written
        themselves since the gateway started. The origin and the name of the key identify a caller.

        Returns: What was done, and the next steps both ways.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.UndoneStep = await self._call("undo", {})
        return result

    async def undo_status(self) -> types.NextSteps:
        """Tell which steps would be undone and redone.

        Returns: The next steps both ways.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: types.NextSteps = await self._call("undoStatus", {})
        return result

    async def unsuspend(self, cards: list[int]) -> bool:
        """Unsuspend cards, and tell whether any was suspended.

        An unknown id fails the call, and nothing is changed.

        cards: Card ids.

        Returns: At least one card was not yet as wanted.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, CardNotFound, Refused
        """
        result: bool = await self._call("unsuspend", {"cards": cards})
        return result

    async def unused_tags(self) -> list[str]:
        """List the tags that the collection knows and no note has; `clearUnusedTags` forgets them.

        Returns: Tags that no note has, in alphabetical order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated
        """
        result: list[str] = await self._call("unusedTags", {})
        return result

    async def update_image_occlusion_notes(
        self, notes: list[types.ChangedOcclusionNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Write shapes, texts and tags into image occlusion notes, and tell of each what became of it.

        Cards belong to the numbers of shapes, so a shape that keeps its `card` keeps what was learned. The card of
        a number that is gone becomes an empty one, which `removeEmptyCards` removes. With `ifMod`, a note that was
        changed meanwhile fails by `conflict`. The call is one step in Anki's undo menu.

        notes: Which notes, and what to write into them.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.NoteUpdate] = await self._call(
            "updateImageOcclusionNotes", {"notes": notes}, onError=on_error
        )
        return result

    async def update_model_styling(self, model: types.NewStyling) -> None:
        """Replace the whole styling of a note type.

        model: Which note type, and its new styling.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: None = await self._call("updateModelStyling", {"model": model})
        return result

    async def update_model_templates(self, model: types.NewTemplates) -> None:
        """Rewrite sides of a note type's templates; the others stay as they are.

        Unknown template names are skipped. A side of a card cannot be emptied. Anki makes cards that the new sides
        ask for, and keeps those that they no longer ask for.

        model: Which note type, and what to write into its templates.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, ModelNotFound, Refused
        """
        result: None = await self._call("updateModelTemplates", {"model": model})
        return result

    async def update_note(self, note: types.NoteChanges) -> None:
        """Write into fields of a note, replace its tags, or both.

        Fields that are not named stay as they are, and so do the tags when `tags` is left out. There is no check
        for duplicates, and the first field can be emptied. Files are only stored together with `fields`.

        note: Which note, and its `fields`, its `tags` or both.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused, FileProblem, DownloadFailed
        """
        result: None = await self._call("updateNote", {"note": note})
        return result

    async def update_note_fields(self, note: types.NoteFields) -> None:
        """Write into fields of a note; the others stay as they are.

        There is no check for duplicates, and the first field can be emptied.

        note: Which note, and what to write into its fields.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused, FileProblem, DownloadFailed
        """
        result: None = await self._call("updateNoteFields", {"note": note})
        return result

    async def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> types.Losses | None:
        """Give a note another note type, and new content.

        Fields that are not named are emptied, and without `tags` the note keeps its tags. Cards go on with the
        template that Anki finds for them, missing ones are made, and those that the note type has no template for
        are deleted, which needs the scope `delete`. The next sync has to be a full one, unless the note has the
        note type already.

        note: Which note, and what becomes of it.
        dry_run: Tell what would go, and change nothing.

        Returns: Always null. With `dryRun`, what would go.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, ModelNotFound, Refused
        """
        result: types.Losses | None = await self._call("updateNoteModel", {"note": note}, dryRun=dry_run)
        return result

    async def update_note_tags(self, note: int, tags: list[str]) -> None:
        """Replace the tags of a note; an empty list clears them.

        note: Note id.
        tags: All the tags that the note will have; one with spaces in it is several.

        Returns: Always null.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, NoteNotFound, Refused
        """
        result: None = await self._call("updateNoteTags", {"note": note, "tags": tags})
        return result

    async def update_notes(
        self, notes: list[types.ChangedNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Write into fields and tags of many notes, and tell of each what became of it.

        A note is written wholly or not at all. With `ifMod`, one that was changed meanwhile fails by `conflict`.
        There is no check for duplicates. Each 5,000 notes are one atomic step; the call is one step in Anki's undo
        menu.

        notes: Which notes, and what to write into them.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.NoteUpdate] = await self._call("updateNotes", {"notes": notes}, onError=on_error)
        return result

    async def upsert_notes(
        self,
        notes: list[types.UpsertedNote],
        key: str | None = None,
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.Upsert]:
        """Add notes, or write into those that are there already, and tell of each what became of it.

        A note is there already where one of its note type has the same text, but for HTML, in the key field; of
        several, the oldest counts. It stays in its deck. Later notes of the call see earlier ones. Each 5,000 notes
        are one atomic step; the call is one step in Anki's undo menu.

        A note that an earlier call with the same `idempotencyKey` has added is `unchanged`, whatever has become of
        it.

        notes: The notes.
        key: Field by which a note is found; the first one of its note type when left out.
        on_error: When notes cannot be written: `skip` writes the others, `abort` writes none and fails.
        idempotency_key: A text of your own, another one for each call. A call that is sent again with its key,
            after a lost connection or a restart, adds no note twice: it answers the ids of the first time. The key
            holds as long as the note exists, on every device that it syncs to; one that was deleted or undone is
            added again. For other notes the key is refused.

        Returns: One entry per note, in order.
        Raises: AnkiError, StorageFailed, SchedulerOutdated, SomeFailed
        """
        result: list[types.Upsert] = await self._call(
            "upsertNotes", {"notes": notes}, key=key, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    async def version(self) -> int:
        """Tell the API version of the old protocol.

        Returns: API version of the old protocol; 6 since 2018.
        """
        result: int = await self._call("version", {})
        return result


class BatchMethods:
    """Methods whose results are there when the batch has been sent."""

    def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Reply[Any]:
        raise NotImplementedError

    def add_image_occlusion_notes(
        self,
        notes: list[types.NewOcclusionNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> Reply[list[types.AddedNote]]:
        """Add image occlusion notes, and tell of each its id, or why it was not added."""
        result: Reply[list[types.AddedNote]] = self._call(
            "addImageOcclusionNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_note(self, note: types.NewNote, idempotency_key: str | None = None) -> Reply[int]:
        """Add a note and return its id."""
        result: Reply[int] = self._call("addNote", {"note": note}, idempotencyKey=idempotency_key)
        return result

    def add_notes(
        self,
        notes: list[types.NewNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> Reply[list[types.AddedNote]]:
        """Add notes and tell of each its id, or why it was not added."""
        result: Reply[list[types.AddedNote]] = self._call(
            "addNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_tags(self, notes: list[int], tags: str, add: bool | None = None) -> Reply[None]:
        """Add tags to notes. Unknown notes are skipped."""
        result: Reply[None] = self._call("addTags", {"notes": notes, "tags": tags}, add=add)
        return result

    def answer_cards(self, answers: list[types.Answer]) -> Reply[list[bool]]:
        """Answer cards as in a review, and tell of each answer whether it was given."""
        result: Reply[list[bool]] = self._call("answerCards", {"answers": answers})
        return result

    def api_reflect(self, scopes: list[str], actions: list[str] | None = None) -> Reply[types.Reflection]:
        """Tell which actions there are, or which of the given ones."""
        result: Reply[types.Reflection] = self._call("apiReflect", {"scopes": scopes}, actions=actions)
        return result

    def are_due(self, cards: list[int]) -> Reply[list[bool | None]]:
        """Tell of each card whether it is due, by its latest review."""
        result: Reply[list[bool | None]] = self._call("areDue", {"cards": cards})
        return result

    def are_suspended(self, cards: list[int]) -> Reply[list[bool | None]]:
        """Tell of each card whether it is suspended; null for an unknown id."""
        result: Reply[list[bool | None]] = self._call("areSuspended", {"cards": cards})
        return result

    def bury_cards(self, cards: list[int]) -> Reply[int]:
        """Hide cards until tomorrow, and tell how many were not buried yet. Suspended ones stay suspended."""
        result: Reply[int] = self._call("buryCards", {"cards": cards})
        return result

    def can_add_note(self, note: types.NewNote) -> Reply[bool]:
        """Tell whether addNote would accept a note. Nothing is fetched or stored."""
        result: Reply[bool] = self._call("canAddNote", {"note": note})
        return result

    def can_add_note_with_error_detail(self, note: types.NewNote) -> Reply[types.CanAdd]:
        """Tell whether addNote would accept a note, and why it would not."""
        result: Reply[types.CanAdd] = self._call("canAddNoteWithErrorDetail", {"note": note})
        return result

    def can_add_notes(self, notes: list[types.NewNote]) -> Reply[list[bool]]:
        """Tell of each note whether addNote would accept it: against the collection, not against each other."""
        result: Reply[list[bool]] = self._call("canAddNotes", {"notes": notes})
        return result

    def can_add_notes_with_error_detail(self, notes: list[types.NewNote]) -> Reply[list[types.CanAdd]]:
        """Tell of each note whether addNote would accept it, and why it would not."""
        result: Reply[list[types.CanAdd]] = self._call("canAddNotesWithErrorDetail", {"notes": notes})
        return result

    def cancel_operation(self, id: str) -> Reply[types.Operation]:
        """Stop an operation as soon as it can be stopped."""
        result: Reply[types.Operation] = self._call("cancelOperation", {"id": id})
        return result

    def card_reviews(self, deck: str, start_id: int) -> Reply[list[list[int]]]:
        """List the log entries of the cards in a deck, as rows of numbers; none for a deck that does not exist."""
        result: Reply[list[list[int]]] = self._call("cardReviews", {"deck": deck, "startID": start_id})
        return result

    def cards_details(
        self,
        cards: list[int] | None = None,
        fields: list[Literal["prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps"]] | None = None,
        note_fields: list[str] | None = None,
        query: str | None = None,
    ) -> Reply[list[int | dict[str, Any]]]:
        """Describe cards, given by their ids or found by a search, by chosen values only: much faster than
        `cardsInfo`.
        """
        result: Reply[list[int | dict[str, Any]]] = self._call(
            "cardsDetails", {}, cards=cards, fields=fields, noteFields=note_fields, query=query
        )
        return result

    def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        fields: list[
            Literal[
                "cardId",
                "fields",
                "fieldOrder",
                "question",
                "answer",
                "modelName",
                "ord",
                "deckName",
                "css",
                "factor",
                "interval",
                "note",
                "type",
                "queue",
                "due",
                "reps",
                "lapses",
                "left",
                "mod",
                "nextReviews",
                "flags",
                "homeDeckName",
            ]
        ]
        | None = None,
        note_fields: list[str] | None = None,
    ) -> Reply[list[types.CardInfo | types.Missing | types.CardPart]]:
        """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids."""
        result: Reply[list[types.CardInfo | types.Missing | types.CardPart]] = self._call(
            "cardsInfo", {"cards": cards}, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    def cards_mod_time(self, cards: list[int]) -> Reply[list[types.CardTime | types.Missing]]:
        """Tell when each card was last changed: the cheap way to watch for changes."""
        result: Reply[list[types.CardTime | types.Missing]] = self._call("cardsModTime", {"cards": cards})
        return result

    def cards_to_notes(self, cards: list[int]) -> Reply[list[int]]:
        """List the notes of cards, each once and in no particular order."""
        result: Reply[list[int]] = self._call("cardsToNotes", {"cards": cards})
        return result

    def change_deck(self, cards: list[int], deck: str) -> Reply[str]:
        """Move cards to a deck, which is made if it is missing, and return the deck's name."""
        result: Reply[str] = self._call("changeDeck", {"cards": cards, "deck": deck})
        return result

    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, Any] | None = None,
        templates: dict[str, Any] | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.NoteTypeChange | types.Losses]:
        """Give notes of one note type another one, with a map of their fields and templates, and tell what was lost."""
        result: Reply[types.NoteTypeChange | types.Losses] = self._call(
            "changeNoteType",
            {"notes": notes, "modelName": model_name},
            fields=fields,
            templates=templates,
            dryRun=dry_run,
        )
        return result

    def check_database(self) -> Reply[types.DatabaseReport]:
        """Check the database and mend what can be mended, after a backup, and tell what was found."""
        result: Reply[types.DatabaseReport] = self._call("checkDatabase", {})
        return result

    def check_media(self) -> Reply[types.MediaReport]:
        """Find media files that nothing names, and names of files that are missing. Nothing is deleted."""
        result: Reply[types.MediaReport] = self._call("checkMedia", {})
        return result

    def clear_unused_tags(self, dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Forget the tags that no note has."""
        result: Reply[types.Losses | None] = self._call("clearUnusedTags", {}, dryRun=dry_run)
        return result

    def clone_deck_config_id(self, name: str, clone_from: int | None = None) -> Reply[int | bool]:
        """Copy a group of options under another name and return the new group's id; false when there is none to copy."""
        result: Reply[int | bool] = self._call("cloneDeckConfigId", {"name": name}, cloneFrom=clone_from)
        return result

    def collection_statistics(self, query: str | None = None) -> Reply[types.CollectionFigures]:
        """Count cards, today's answers and what was remembered, in the collection or in what a search finds."""
        result: Reply[types.CollectionFigures] = self._call("collectionStatistics", {}, query=query)
        return result

    def create_backup(self) -> Reply[types.BackupMade]:
        """Back the collection up, without its media, into the backup folder of the profile; answers when it is stored."""
        result: Reply[types.BackupMade] = self._call("createBackup", {})
        return result

    def create_deck(self, deck: str) -> Reply[int]:
        """Create an empty deck and return its id; an existing deck is left as it is."""
        result: Reply[int] = self._call("createDeck", {"deck": deck})
        return result

    def create_filtered_deck(
        self, deck: str, terms: list[types.SearchTerm], reschedule: bool | None = None, allow_empty: bool | None = None
    ) -> Reply[types.FilteredDeckMade]:
        """Make a filtered deck and fetch its cards."""
        result: Reply[types.FilteredDeckMade] = self._call(
            "createFilteredDeck", {"deck": deck, "terms": terms}, reschedule=reschedule, allowEmpty=allow_empty
        )
        return result

    def create_model(
        self,
        model_name: str,
        in_order_fields: list[str | types.NewField],
        card_templates: list[types.CardTemplate],
        css: str | None = None,
        is_cloze: bool | None = None,
    ) -> Reply[types.Model]:
        """Create a note type and return it as Anki stores it."""
        result: Reply[types.Model] = self._call(
            "createModel",
            {"modelName": model_name, "inOrderFields": in_order_fields, "cardTemplates": card_templates},
            css=css,
            isCloze=is_cloze,
        )
        return result

    def deck_name_from_id(self, deck_id: int) -> Reply[str]:
        """Give the full name of a deck."""
        result: Reply[str] = self._call("deckNameFromId", {"deckId": deck_id})
        return result

    def deck_names(self) -> Reply[list[str]]:
        """List the full names of all decks."""
        result: Reply[list[str]] = self._call("deckNames", {})
        return result

    def deck_names_and_ids(self) -> Reply[dict[str, int]]:
        """List all decks with their ids."""
        result: Reply[dict[str, int]] = self._call("deckNamesAndIds", {})
        return result

    def deck_statistics(self, decks: list[str] | None = None) -> Reply[list[types.DeckFigures]]:
        """Count what decks have for today and how their cards stand, sub-decks included."""
        result: Reply[list[types.DeckFigures]] = self._call("deckStatistics", {}, decks=decks)
        return result

    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> Reply[types.Losses | None]:
        """Delete decks with their sub-decks and cards."""
        result: Reply[types.Losses | None] = self._call(
            "deleteDecks", {"decks": decks}, cardsToo=cards_too, dryRun=dry_run
        )
        return result

    def delete_media_file(self, filename: str, dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Move a file from the media folder to Anki's media trash. A name that does not exist is skipped."""
        result: Reply[types.Losses | None] = self._call("deleteMediaFile", {"filename": filename}, dryRun=dry_run)
        return result

    def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Delete notes with all their cards. Unknown ids are skipped."""
        result: Reply[types.Losses | None] = self._call("deleteNotes", {"notes": notes}, dryRun=dry_run)
        return result

    def due_forecast(self, query: str | None = None, days: int | None = None) -> Reply[types.Forecast]:
        """Tell how many cards get due on each of the next days. The day begins at the hour of Anki's preferences."""
        result: Reply[types.Forecast] = self._call("dueForecast", {}, query=query, days=days)
        return result

    def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> Reply[int | types.Losses]:
        """Send the cards of a filtered deck home, and tell how many there were. The deck stays."""
        result: Reply[int | types.Losses] = self._call("emptyFilteredDeck", {"deck": deck}, dryRun=dry_run)
        return result

    def evaluate_fsrs_params(
        self, preset: str, params: list[float] | None = None, search: str | None = None
    ) -> Reply[types.FsrsFit]:
        """Tell how well parameters of FSRS predict the answers that were given. FSRS need not be active."""
        result: Reply[types.FsrsFit] = self._call(
            "evaluateFsrsParams", {"preset": preset}, params=params, search=search
        )
        return result

    def export_package(self, deck: str, path: str, include_sched: bool | None = None) -> Reply[bool]:
        """Write a deck with its sub-decks and their media to a package."""
        result: Reply[bool] = self._call("exportPackage", {"deck": deck, "path": path}, includeSched=include_sched)
        return result

    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: bool | None = None,
    ) -> Reply[int | types.Losses]:
        """Replace a text in templates and styling, and tell how many note types contained it."""
        result: Reply[int | types.Losses] = self._call(
            "findAndReplaceInModels",
            {"modelName": model_name, "findText": find_text, "replaceText": replace_text},
            front=front,
            back=back,
            css=css,
            dryRun=dry_run,
        )
        return result

    def find_cards(
        self, query: str | None = None, limit: int | None = None, offset: int | None = None
    ) -> Reply[list[int]]:
        """Find cards by a search text as in Anki's browser, in no particular order; pages are in the order of the ids."""
        result: Reply[list[int]] = self._call("findCards", {}, query=query, limit=limit, offset=offset)
        return result

    def find_duplicates(
        self,
        query: str | None = None,
        fields: list[str] | None = None,
        all_models: bool | None = None,
        limit: int | None = None,
    ) -> Reply[list[types.DuplicateGroup]]:
        """Find groups of notes whose first field, or whose chosen fields, say the same but for HTML."""
        result: Reply[list[types.DuplicateGroup]] = self._call(
            "findDuplicates", {}, query=query, fields=fields, allModels=all_models, limit=limit
        )
        return result

    def find_empty_cards(self) -> Reply[list[types.EmptyCardsOfNote]]:
        """Find cards whose front has become empty, by their notes."""
        result: Reply[list[types.EmptyCardsOfNote]] = self._call("findEmptyCards", {})
        return result

    def find_models_by_id(self, model_ids: list[int]) -> Reply[list[types.Model]]:
        """Describe note types as Anki keeps them, in the order of the ids. An unknown id fails the call."""
        result: Reply[list[types.Model]] = self._call("findModelsById", {"modelIds": model_ids})
        return result

    def find_models_by_name(self, model_names: list[str]) -> Reply[list[types.Model]]:
        """Describe note types as Anki keeps them, in the order of the names. An unknown name fails the call."""
        result: Reply[list[types.Model]] = self._call("findModelsByName", {"modelNames": model_names})
        return result

    def find_notes(
        self, query: str | None = None, limit: int | None = None, offset: int | None = None
    ) -> Reply[list[int]]:
        """Find notes by a search text as in Anki's browser, in no particular order; pages are in the order of the ids."""
        result: Reply[list[int]] = self._call("findNotes", {}, query=query, limit=limit, offset=offset)
        return result

    def forget_cards(self, cards: list[int], dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Make cards new again."""
        result: Reply[types.Losses | None] = self._call("forgetCards", {"cards": cards}, dryRun=dry_run)
        return result

    def get_active_profile(self) -> Reply[str | None]:
        """Tell which profile is open."""
        result: Reply[str | None] = self._call("getActiveProfile", {})
        return result

    def get_collection(self) -> Reply[types.CollectionOverview]:
        """Describe the collection as a whole: its times, its size, and everything in it but notes and cards."""
        result: Reply[types.CollectionOverview] = self._call("getCollection", {})
        return result

    def get_collection_config(self) -> Reply[dict[str, Any]]:
        """Tell all settings of Anki that belong to the collection."""
        result: Reply[dict[str, Any]] = self._call("getCollectionConfig", {})
        return result

    def get_collection_stats_html(self, whole_collection: bool | None = None) -> Reply[str]:
        """Give the statistics of Anki's old report as HTML."""
        result: Reply[str] = self._call("getCollectionStatsHTML", {}, wholeCollection=whole_collection)
        return result

    def get_current_deck(self) -> Reply[types.CurrentDeck]:
        """Tell which deck is the current one: Anki studies it, and adds to it."""
        result: Reply[types.CurrentDeck] = self._call("getCurrentDeck", {})
        return result

    def get_deck_config(self, deck: str) -> Reply[types.OptionsGroup | bool]:
        """Give the options of a deck; false when no deck has exactly that name."""
        result: Reply[types.OptionsGroup | bool] = self._call("getDeckConfig", {"deck": deck})
        return result

    def get_deck_description(self, deck: str) -> Reply[str]:
        """Give the description that Anki shows on a deck's overview."""
        result: Reply[str] = self._call("getDeckDescription", {"deck": deck})
        return result

    def get_deck_presets(self) -> Reply[list[types.DeckPreset]]:
        """List the presets of deck options, each with the decks that use it."""
        result: Reply[list[types.DeckPreset]] = self._call("getDeckPresets", {})
        return result

    def get_deck_stats(self, decks: list[str]) -> Reply[dict[str, types.DeckStats]]:
        """Count what decks have for today, sub-decks included, and all cards of the decks themselves."""
        result: Reply[dict[str, types.DeckStats]] = self._call("getDeckStats", {"decks": decks})
        return result

    def get_decks(self, cards: list[int]) -> Reply[dict[str, list[int]]]:
        """Group cards by the decks that they are in now."""
        result: Reply[dict[str, list[int]]] = self._call("getDecks", {"cards": cards})
        return result

    def get_ease_factors(self, cards: list[int]) -> Reply[list[int | None]]:
        """Tell the ease of each card; null for an unknown id."""
        result: Reply[list[int | None]] = self._call("getEaseFactors", {"cards": cards})
        return result

    def get_filtered_deck(self, deck: str) -> Reply[types.FilteredDeck]:
        """Tell the searches of a filtered deck, and how many cards it holds."""
        result: Reply[types.FilteredDeck] = self._call("getFilteredDeck", {"deck": deck})
        return result

    def get_flags(self, cards: list[int]) -> Reply[list[int | None]]:
        """Tell the flags of cards, in the order of the ids."""
        result: Reply[list[int | None]] = self._call("getFlags", {"cards": cards})
        return result

    def get_fsrs_params(self, presets: list[str] | None = None) -> Reply[types.FsrsOverview]:
        """Tell whether Anki schedules by FSRS, and the parameters and the desired retention of presets."""
        result: Reply[types.FsrsOverview] = self._call("getFsrsParams", {}, presets=presets)
        return result

    def get_image_occlusion_notes(self, notes: list[int]) -> Reply[list[types.OcclusionNote | types.Missing]]:
        """Describe image occlusion notes, with their shapes, in the order of the ids."""
        result: Reply[list[types.OcclusionNote | types.Missing]] = self._call(
            "getImageOcclusionNotes", {"notes": notes}
        )
        return result

    def get_intervals(self, cards: list[int], complete: bool | None = None) -> Reply[list[int | list[int] | None]]:
        """Tell the latest interval of each card, or all of them, from the review log."""
        result: Reply[list[int | list[int] | None]] = self._call("getIntervals", {"cards": cards}, complete=complete)
        return result

    def get_latest_review_id(self, deck: str) -> Reply[int]:
        """Tell the largest id of a log entry of the cards in a deck; 0 for none, and for a deck that does not exist."""
        result: Reply[int] = self._call("getLatestReviewID", {"deck": deck})
        return result

    def get_media_dir_path(self) -> Reply[str]:
        """Tell where the media folder of the open profile is."""
        result: Reply[str] = self._call("getMediaDirPath", {})
        return result

    def get_media_files_names(self, pattern: str | None = None) -> Reply[list[str]]:
        """List the files in the media folder."""
        result: Reply[list[str]] = self._call("getMediaFilesNames", {}, pattern=pattern)
        return result

    def get_memory_states(
        self, cards: list[int], computed: bool | None = None
    ) -> Reply[list[types.MemoryState | None]]:
        """Tell how well cards are remembered, by FSRS: stability, difficulty and retrievability."""
        result: Reply[list[types.MemoryState | None]] = self._call(
            "getMemoryStates", {"cards": cards}, computed=computed
        )
        return result

    def get_note_tags(self, note: int) -> Reply[list[str]]:
        """List the tags of a note."""
        result: Reply[list[str]] = self._call("getNoteTags", {"note": note})
        return result

    def get_num_cards_reviewed_by_day(self) -> Reply[list[list[str | int]]]:
        """Count the log entries of each day, newest day first."""
        result: Reply[list[list[str | int]]] = self._call("getNumCardsReviewedByDay", {})
        return result

    def get_num_cards_reviewed_today(self) -> Reply[int]:
        """Count today's log entries, those of changes by hand too."""
        result: Reply[int] = self._call("getNumCardsReviewedToday", {})
        return result

    def get_operation(self, id: str) -> Reply[types.Operation]:
        """Tell how far an operation is, and what came of it."""
        result: Reply[types.Operation] = self._call("getOperation", {"id": id})
        return result

    def get_profiles(self) -> Reply[list[str]]:
        """List the names of all profiles."""
        result: Reply[list[str]] = self._call("getProfiles", {})
        return result

    def get_reviews_of_cards(self, cards: list[int]) -> Reply[dict[str, list[types.Review]]]:
        """List the log entries of each card, oldest first; none for an unknown id."""
        result: Reply[dict[str, list[types.Review]]] = self._call("getReviewsOfCards", {"cards": cards})
        return result

    def get_tags(self) -> Reply[list[str]]:
        """List all tags that the collection knows, used or not."""
        result: Reply[list[str]] = self._call("getTags", {})
        return result

    def get_version(self) -> Reply[types.Versions]:
        """Tell the version of Anki, and of AnkiConnect Plus, whose actions are served."""
        result: Reply[types.Versions] = self._call("getVersion", {})
        return result

    def grade_now(self, cards: list[int], ease: int) -> Reply[bool]:
        """Give one answer to several cards, due or not, as Anki's *Grade Now* does."""
        result: Reply[bool] = self._call("gradeNow", {"cards": cards, "ease": ease})
        return result

    def gui_add_cards(self, note: types.NoteDraft | None = None, activate: bool | None = None) -> Reply[int]:
        """Open the Add window, with a note filled in if one is given. Nothing is added until the user does it."""
        result: Reply[int] = self._call("guiAddCards", {}, note=note, activate=activate)
        return result

    def gui_add_note_set_data(self, note: types.NoteDraftChange, append: bool | None = None) -> Reply[bool]:
        """Fill in the Add window that is open: deck, note type, fields, tags and files."""
        result: Reply[bool] = self._call("guiAddNoteSetData", {"note": note}, append=append)
        return result

    def gui_answer_card(self, ease: int) -> Reply[bool]:
        """Answer the card on screen; its answer side must be shown."""
        result: Reply[bool] = self._call("guiAnswerCard", {"ease": ease})
        return result

    def gui_browse(
        self, query: str | None = None, reorder_cards: types.ReorderCards | None = None, activate: bool | None = None
    ) -> Reply[list[int]]:
        """Open or raise the browser, search in it, and return the ids of the cards that match."""
        result: Reply[list[int]] = self._call(
            "guiBrowse", {}, query=query, reorderCards=reorder_cards, activate=activate
        )
        return result

    def gui_check_database(
        self, wait: bool | None = None, activate: bool | None = None
    ) -> Reply[types.DatabaseCheck | None]:
        """Check the database and mend what can be mended, after a backup, and tell what was found."""
        result: Reply[types.DatabaseCheck | None] = self._call("guiCheckDatabase", {}, wait=wait, activate=activate)
        return result

    def gui_current_card(self) -> Reply[types.CurrentCard]:
        """Describe the card on screen."""
        result: Reply[types.CurrentCard] = self._call("guiCurrentCard", {})
        return result

    def gui_deck_browser(self) -> Reply[None]:
        """Show the list of decks."""
        result: Reply[None] = self._call("guiDeckBrowser", {})
        return result

    def gui_deck_overview(self, name: str) -> Reply[bool]:
        """Select a deck and show its overview; false when there is no deck of that name."""
        result: Reply[bool] = self._call("guiDeckOverview", {"name": name})
        return result

    def gui_deck_review(self, name: str) -> Reply[bool]:
        """Begin to review a deck; false when there is no deck of that name."""
        result: Reply[bool] = self._call("guiDeckReview", {"name": name})
        return result

    def gui_edit_note(self, note: int, activate: bool | None = None) -> Reply[None]:
        """Show a note in a window of its own, for editing. Another call shows the other note in the same window."""
        result: Reply[None] = self._call("guiEditNote", {"note": note}, activate=activate)
        return result

    def gui_exit_anki(self) -> Reply[None]:
        """Close Anki a second after the reply. A window with unsaved input asks the user first, as always."""
        result: Reply[None] = self._call("guiExitAnki", {})
        return result

    def gui_import_file(self, path: str | None = None, activate: bool | None = None) -> Reply[None]:
        """Open Anki's import window for a file, or let the user pick one. Nothing is imported until the user does it."""
        result: Reply[None] = self._call("guiImportFile", {}, path=path, activate=activate)
        return result

    def gui_play_audio(self) -> Reply[bool]:
        """Play the sounds of the side that is shown once more; true also when it has none."""
        result: Reply[bool] = self._call("guiPlayAudio", {})
        return result

    def gui_review_active(self) -> Reply[bool]:
        """Tell whether a review is running and shows a card."""
        result: Reply[bool] = self._call("guiReviewActive", {})
        return result

    def gui_select_card(self, card: int) -> Reply[bool]:
        """Select one card in the open browser, and nothing else; false when the browser is closed."""
        result: Reply[bool] = self._call("guiSelectCard", {"card": card})
        return result

    def gui_select_note(self, note: int) -> Reply[bool]:
        """Select one card in the open browser: the old name of guiSelectCard."""
        result: Reply[bool] = self._call("guiSelectNote", {"note": note})
        return result

    def gui_selected_notes(self) -> Reply[list[int]]:
        """Return the ids of the notes that are selected in the open browser."""
        result: Reply[list[int]] = self._call("guiSelectedNotes", {})
        return result

    def gui_show_answer(self) -> Reply[bool]:
        """Turn to the answer side of the card on screen."""
        result: Reply[bool] = self._call("guiShowAnswer", {})
        return result

    def gui_show_question(self) -> Reply[bool]:
        """Turn to the question side of the card on screen."""
        result: Reply[bool] = self._call("guiShowQuestion", {})
        return result

    def gui_start_card_timer(self) -> Reply[bool]:
        """Start the answer timer of the card on screen again, so that the answer's time counts from now."""
        result: Reply[bool] = self._call("guiStartCardTimer", {})
        return result

    def gui_undo(self) -> Reply[bool]:
        """Undo the newest step, as Anki's menu does; false when there is nothing to undo. Redoing is left to the user."""
        result: Reply[bool] = self._call("guiUndo", {})
        return result

    def import_package(self, path: str) -> Reply[Literal[True]]:
        """Read a package in: notes with their cards, scheduling, media and deck options."""
        result: Reply[Literal[True]] = self._call("importPackage", {"path": path})
        return result

    def insert_reviews(self, reviews: list[list[int]]) -> Reply[None]:
        """Add entries to the review log, all or none; the scheduling of the cards stays as it is."""
        result: Reply[None] = self._call("insertReviews", {"reviews": reviews})
        return result

    def is_fsrs_active(self) -> Reply[bool | None]:
        """Tell whether Anki schedules by FSRS; null where that was never decided, so that it does not."""
        result: Reply[bool | None] = self._call("isFsrsActive", {})
        return result

    def list_backups(self) -> Reply[list[types.Backup]]:
        """List the backups of the profile, newest first."""
        result: Reply[list[types.Backup]] = self._call("listBackups", {})
        return result

    def list_models(self) -> Reply[list[types.ListedModel]]:
        """List the note types with their fields and templates, and how many notes each has."""
        result: Reply[list[types.ListedModel]] = self._call("listModels", {})
        return result

    def list_operations(self) -> Reply[list[types.OperationSummary]]:
        """List operations without their results: those that are queued or running, and those that have ended lately."""
        result: Reply[list[types.OperationSummary]] = self._call("listOperations", {})
        return result

    def load_profile(self, name: str) -> Reply[bool]:
        """Open a profile, and close the one that is open; the answer comes when it is open."""
        result: Reply[bool] = self._call("loadProfile", {"name": name})
        return result

    def model_field_add(self, model_name: str, field_name: str, index: int | None = None) -> Reply[str]:
        """Add a field to a note type, and return the name it got; it is empty in existing notes."""
        result: Reply[str] = self._call(
            "modelFieldAdd", {"modelName": model_name, "fieldName": field_name}, index=index
        )
        return result

    def model_field_descriptions(self, model_name: str) -> Reply[list[str]]:
        """List the hints that the editor shows in the empty fields of a note type."""
        result: Reply[list[str]] = self._call("modelFieldDescriptions", {"modelName": model_name})
        return result

    def model_field_fonts(self, model_name: str) -> Reply[dict[str, types.FieldFont]]:
        """Tell in which font and size the editor shows each field of a note type."""
        result: Reply[dict[str, types.FieldFont]] = self._call("modelFieldFonts", {"modelName": model_name})
        return result

    def model_field_names(self, model_name: str) -> Reply[list[str]]:
        """List the names of a note type's fields, in their order."""
        result: Reply[list[str]] = self._call("modelFieldNames", {"modelName": model_name})
        return result

    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> Reply[types.Losses | None]:
        """Remove a field from a note type, with what the notes have in it."""
        result: Reply[types.Losses | None] = self._call(
            "modelFieldRemove", {"modelName": model_name, "fieldName": field_name}, dryRun=dry_run
        )
        return result

    def model_field_rename(self, model_name: str, old_field_name: str, new_field_name: str) -> Reply[str]:
        """Rename a field of a note type, in its templates too, and return the name it got."""
        result: Reply[str] = self._call(
            "modelFieldRename",
            {"modelName": model_name, "oldFieldName": old_field_name, "newFieldName": new_field_name},
        )
        return result

    def model_field_reposition(self, model_name: str, field_name: str, index: int) -> Reply[None]:
        """Move a field of a note type to another position; what the notes have in it moves along."""
        result: Reply[None] = self._call(
            "modelFieldReposition", {"modelName": model_name, "fieldName": field_name, "index": index}
        )
        return result

    def model_field_set_description(self, model_name: str, field_name: str, description: str) -> Reply[bool]:
        """Set the hint that the editor shows in a field while it is empty."""
        result: Reply[bool] = self._call(
            "modelFieldSetDescription", {"modelName": model_name, "fieldName": field_name, "description": description}
        )
        return result

    def model_field_set_font(self, model_name: str, field_name: str, font: str) -> Reply[None]:
        """Set the font in which the editor shows a field."""
        result: Reply[None] = self._call(
            "modelFieldSetFont", {"modelName": model_name, "fieldName": field_name, "font": font}
        )
        return result

    def model_field_set_font_size(self, model_name: str, field_name: str, font_size: int) -> Reply[None]:
        """Set the size in which the editor shows a field."""
        result: Reply[None] = self._call(
            "modelFieldSetFontSize", {"modelName": model_name, "fieldName": field_name, "fontSize": font_size}
        )
        return result

    def model_fields_on_templates(self, model_name: str) -> Reply[dict[str, list[list[str]]]]:
        """Tell which fields stand on the two sides of each template of a note type."""
        result: Reply[dict[str, list[list[str]]]] = self._call("modelFieldsOnTemplates", {"modelName": model_name})
        return result

    def model_name_from_id(self, model_id: int) -> Reply[str]:
        """Tell the name of a note type."""
        result: Reply[str] = self._call("modelNameFromId", {"modelId": model_id})
        return result

    def model_names(self) -> Reply[list[str]]:
        """List the names of all note types."""
        result: Reply[list[str]] = self._call("modelNames", {})
        return result

    def model_names_and_ids(self) -> Reply[dict[str, int]]:
        """List all note types with their ids."""
        result: Reply[dict[str, int]] = self._call("modelNamesAndIds", {})
        return result

    def model_styling(self, model_name: str) -> Reply[types.Styling]:
        """Tell the styling of a note type."""
        result: Reply[types.Styling] = self._call("modelStyling", {"modelName": model_name})
        return result

    def model_template_add(self, model_name: str, template: types.NewTemplate) -> Reply[str]:
        """Add a template to a note type, at the end, make the missing cards of its notes, and return the name it got."""
        result: Reply[str] = self._call("modelTemplateAdd", {"modelName": model_name, "template": template})
        return result

    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> Reply[types.Losses | None]:
        """Remove a template from a note type, with all its cards."""
        result: Reply[types.Losses | None] = self._call(
            "modelTemplateRemove", {"modelName": model_name, "templateName": template_name}, dryRun=dry_run
        )
        return result

    def model_template_rename(self, model_name: str, old_template_name: str, new_template_name: str) -> Reply[str]:
        """Rename a template of a note type, and return the name it got."""
        result: Reply[str] = self._call(
            "modelTemplateRename",
            {"modelName": model_name, "oldTemplateName": old_template_name, "newTemplateName": new_template_name},
        )
        return result

    def model_template_reposition(self, model_name: str, template_name: str, index: int) -> Reply[None]:
        """Move a template of a note type to another position; its cards keep their content and schedule."""
        result: Reply[None] = self._call(
            "modelTemplateReposition", {"modelName": model_name, "templateName": template_name, "index": index}
        )
        return result

    def model_templates(self, model_name: str) -> Reply[dict[str, types.Sides]]:
        """Tell the two sides of each template of a note type."""
        result: Reply[dict[str, types.Sides]] = self._call("modelTemplates", {"modelName": model_name})
        return result

    def multi(self, actions: list[types.Call]) -> Reply[list[types.Outcome]]:
        """Run several calls in order and tell the outcome of each."""
        result: Reply[list[types.Outcome]] = self._call("multi", {"actions": actions})
        return result

    def next_cards(self, limit: int | None = None) -> Reply[types.Queue]:
        """Tell which cards Anki would show next in the current deck, both sides of each, and what each answer would
        do.
        """
        result: Reply[types.Queue] = self._call("nextCards", {}, limit=limit)
        return result

    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
    ) -> Reply[list[types.NoteInfo | types.Missing | types.NotePart]]:
        """Describe notes: fields, tags, note type and cards, in the order of the ids."""
        result: Reply[list[types.NoteInfo | types.Missing | types.NotePart]] = self._call(
            "notesInfo", {}, notes=notes, query=query, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    def notes_mod_time(self, notes: list[int]) -> Reply[list[types.NoteTime | types.Missing]]:
        """Tell when notes were last changed, in the order of the ids."""
        result: Reply[list[types.NoteTime | types.Missing]] = self._call("notesModTime", {"notes": notes})
        return result

    def optimize_fsrs_params(
        self,
        preset: str,
        search: str | None = None,
        apply: bool | None = None,
        health_check: bool | None = None,
        reschedule: bool | None = None,
    ) -> Reply[types.Optimized]:
        """Learn the parameters of FSRS from reviews, as *Optimize* in Anki's options does. FSRS need not be active."""
        result: Reply[types.Optimized] = self._call(
            "optimizeFsrsParams",
            {"preset": preset},
            search=search,
            apply=apply,
            healthCheck=health_check,
            reschedule=reschedule,
        )
        return result

    def rebuild_filtered_deck(self, deck: str) -> Reply[int]:
        """Send the cards of a filtered deck home and fetch them afresh; tell how many it has then."""
        result: Reply[int] = self._call("rebuildFilteredDeck", {"deck": deck})
        return result

    def redo(self) -> Reply[types.UndoneStep]:
        """Redo the step that was undone last and return its name; null, and nothing is done, if there is none."""
        result: Reply[types.UndoneStep] = self._call("redo", {})
        return result

    def relearn_cards(self, cards: list[int]) -> Reply[None]:
        """Put cards into relearning, due at once."""
        result: Reply[None] = self._call("relearnCards", {"cards": cards})
        return result

    def reload_collection(self) -> Reply[None]:
        """Have Anki's windows read the collection again and show what is in it."""
        result: Reply[None] = self._call("reloadCollection", {})
        return result

    def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> Reply[bool | types.Losses]:
        """Remove a group of options; false when there is none with that id."""
        result: Reply[bool | types.Losses] = self._call("removeDeckConfigId", {"configId": config_id}, dryRun=dry_run)
        return result

    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> Reply[types.EmptyCardsRemoved | types.Losses]:
        """Remove cards whose front has become empty, and tell which."""
        result: Reply[types.EmptyCardsRemoved | types.Losses] = self._call(
            "removeEmptyCards", {}, keepNotes=keep_notes, dryRun=dry_run
        )
        return result

    def remove_empty_notes(self, dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Delete notes that have nothing in any field, with their cards."""
        result: Reply[types.Losses | None] = self._call("removeEmptyNotes", {}, dryRun=dry_run)
        return result

    def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Remove tags, and their sub-tags with them, from notes."""
        result: Reply[types.Losses | None] = self._call("removeTags", {"notes": notes, "tags": tags}, dryRun=dry_run)
        return result

    def rename_deck(self, deck: str, new_name: str) -> Reply[str]:
        """Rename a deck, or move it below another one, together with its sub-decks."""
        result: Reply[str] = self._call("renameDeck", {"deck": deck, "newName": new_name})
        return result

    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> Reply[types.Losses | None]:
        """Replace a tag in notes. Unknown notes, and notes without the tag, are skipped."""
        result: Reply[types.Losses | None] = self._call(
            "replaceTags",
            {"notes": notes, "tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> Reply[types.Losses | None]:
        """Replace a tag in every note that has it."""
        result: Reply[types.Losses | None] = self._call(
            "replaceTagsInAllNotes",
            {"tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    def reposition_new_cards(
        self, ordered_card_ids: list[int], start_position: int, step: int, shift: bool
    ) -> Reply[types.Repositioned]:
        """Put new cards in an order."""
        result: Reply[types.Repositioned] = self._call(
            "repositionNewCards",
            {"orderedCardIds": ordered_card_ids, "startPosition": start_position, "step": step, "shift": shift},
        )
        return result

    def request_permission(self) -> Reply[types.Permission]:
        """Ask for permission to use the gateway."""
        result: Reply[types.Permission] = self._call("requestPermission", {})
        return result

    def retrieve_media_file(self, filename: str) -> Reply[str | Literal[False]]:
        """Read a file in the media folder, as base64; false when there is none."""
        result: Reply[str | Literal[False]] = self._call("retrieveMediaFile", {"filename": filename})
        return result

    def review_log(
        self, after: int | None = None, limit: int | None = None, before: int | None = None, query: str | None = None
    ) -> Reply[types.ReviewPage]:
        """List the entries of the review log in pages, oldest first."""
        result: Reply[types.ReviewPage] = self._call(
            "reviewLog", {}, after=after, limit=limit, before=before, query=query
        )
        return result

    def save_deck_config(self, config: types.OptionsGroup) -> Reply[bool]:
        """Replace a group of options as a whole; false when there is none with that id, or Anki refuses the object."""
        result: Reply[bool] = self._call("saveDeckConfig", {"config": config})
        return result

    def select_deck(self, deck: str) -> Reply[None]:
        """Make a deck the current one. No window changes what it shows."""
        result: Reply[None] = self._call("selectDeck", {"deck": deck})
        return result

    def set_deck_config_id(self, decks: list[str], config_id: int) -> Reply[bool]:
        """Give decks another group of options; false, and nothing is done, when a deck or the group does not exist."""
        result: Reply[bool] = self._call("setDeckConfigId", {"decks": decks, "configId": config_id})
        return result

    def set_deck_description(self, deck: str, description: str) -> Reply[bool]:
        """Replace the description of a deck. Filtered decks have none."""
        result: Reply[bool] = self._call("setDeckDescription", {"deck": deck, "description": description})
        return result

    def set_deck_desired_retention(
        self, deck: str, desired_retention: float | None, reschedule: bool | None = None
    ) -> Reply[bool]:
        """Give a deck a desired retention of its own, or take it away; tell whether that changed anything."""
        result: Reply[bool] = self._call(
            "setDeckDesiredRetention", {"deck": deck, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_deck_preset(self, decks: list[str], preset: str) -> Reply[int]:
        """Give decks a preset of options, and tell how many had another one."""
        result: Reply[int] = self._call("setDeckPreset", {"decks": decks, "preset": preset})
        return result

    def set_desired_retention(
        self, preset: str, desired_retention: float, reschedule: bool | None = None
    ) -> Reply[bool]:
        """Set the desired retention of a preset, and tell whether that changed anything."""
        result: Reply[bool] = self._call(
            "setDesiredRetention", {"preset": preset, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_due_date(self, cards: list[int], days: str) -> Reply[bool]:
        """Make cards due in some days."""
        result: Reply[bool] = self._call("setDueDate", {"cards": cards, "days": days})
        return result

    def set_ease_factors(self, cards: list[int], ease_factors: list[int]) -> Reply[list[bool]]:
        """Set the ease of cards, and tell of each whether it exists."""
        result: Reply[list[bool]] = self._call("setEaseFactors", {"cards": cards, "easeFactors": ease_factors})
        return result

    def set_flags(self, cards: list[int], flag: int) -> Reply[int]:
        """Give cards a flag, or take theirs away, and tell how many had another one."""
        result: Reply[int] = self._call("setFlags", {"cards": cards, "flag": flag})
        return result

    def set_fsrs_active(self, active: bool, reschedule: bool | None = None) -> Reply[bool]:
        """Switch FSRS on or off for the whole collection, and tell whether that changed anything."""
        result: Reply[bool] = self._call("setFsrsActive", {"active": active}, reschedule=reschedule)
        return result

    def set_fsrs_params(self, preset: str, params: list[float], reschedule: bool | None = None) -> Reply[bool]:
        """Give a preset parameters of FSRS, and tell whether that changed anything."""
        result: Reply[bool] = self._call("setFsrsParams", {"preset": preset, "params": params}, reschedule=reschedule)
        return result

    def set_specific_value_of_card(
        self, card: int, keys: list[str], new_values: list[Any], warning_check: bool | None = None
    ) -> Reply[list[bool]]:
        """Set single values of a card as they are stored."""
        result: Reply[list[bool]] = self._call(
            "setSpecificValueOfCard", {"card": card, "keys": keys, "newValues": new_values}, warning_check=warning_check
        )
        return result

    def simulate_reviews(
        self,
        preset: str,
        days: int | None = None,
        new_limit: int | None = None,
        review_limit: int | None = None,
        more_new_cards: int | None = None,
        search: str | None = None,
        desired_retention: float | None = None,
    ) -> Reply[list[types.SimulatedDay]]:
        """Foretell new cards, reviews, time and knowledge of each of the next days, as Anki's own simulator does."""
        result: Reply[list[types.SimulatedDay]] = self._call(
            "simulateReviews",
            {"preset": preset},
            days=days,
            newLimit=new_limit,
            reviewLimit=review_limit,
            moreNewCards=more_new_cards,
            search=search,
            desiredRetention=desired_retention,
        )
        return result

    def simulate_workload(
        self,
        preset: str,
        days: int | None = None,
        new_limit: int | None = None,
        review_limit: int | None = None,
        more_new_cards: int | None = None,
        search: str | None = None,
    ) -> Reply[list[types.Workload]]:
        """Foretell for each desired retention what work it makes, and what is remembered in the end."""
        result: Reply[list[types.Workload]] = self._call(
            "simulateWorkload",
            {"preset": preset},
            days=days,
            newLimit=new_limit,
            reviewLimit=review_limit,
            moreNewCards=more_new_cards,
            search=search,
        )
        return result

    def start_operation(self, method: str, params: dict[str, Any] | list[Any] | None = None) -> Reply[types.Operation]:
        """Start an action that may take long, and answer at once; what comes of it is asked for later."""
        result: Reply[types.Operation] = self._call("startOperation", {"method": method}, params=params)
        return result

    def store_media_file(
        self,
        filename: str,
        data: str | None = None,
        path: str | None = None,
        url: str | None = None,
        skip_hash: str | None = None,
        delete_existing: bool | None = None,
    ) -> Reply[str | None]:
        """Store a file in the media folder, and tell the name it got."""
        result: Reply[str | None] = self._call(
            "storeMediaFile",
            {"filename": filename},
            data=data,
            path=path,
            url=url,
            skipHash=skip_hash,
            deleteExisting=delete_existing,
        )
        return result

    def study_streak(self) -> Reply[types.Streak]:
        """Count the days in a row with at least one answer. The day begins at the hour of Anki's preferences."""
        result: Reply[types.Streak] = self._call("studyStreak", {})
        return result

    def suspend(self, cards: list[int], suspend: bool | None = None) -> Reply[bool]:
        """Suspend cards, and tell whether any was not suspended yet."""
        result: Reply[bool] = self._call("suspend", {"cards": cards}, suspend=suspend)
        return result

    def suspended(self, card: int) -> Reply[bool]:
        """Tell whether a card is suspended."""
        result: Reply[bool] = self._call("suspended", {"card": card})
        return result

    def sync(
        self, full: Literal["upload", "download"] | None = None, wait_for_media: bool | None = None
    ) -> Reply[types.SyncResult]:
        """Sync the collection and its media with the account that is set up, and tell what happened."""
        result: Reply[types.SyncResult] = self._call("sync", {}, full=full, waitForMedia=wait_for_media)
        return result

    def unbury_cards(self, cards: list[int]) -> Reply[int]:
        """Show buried cards again, and tell how many there were. Suspended ones stay suspended."""
        result: Reply[int] = self._call("unburyCards", {"cards": cards})
        return result

    def undo(self) -> Reply[types.UndoneStep]:
        """Undo the newest step and return its name; null, and nothing is done, if there is none."""
        result: Reply[types.UndoneStep] = self._call("undo", {})
        return result

    def undo_status(self) -> Reply[types.NextSteps]:
        """Tell which steps would be undone and redone."""
        result: Reply[types.NextSteps] = self._call("undoStatus", {})
        return result

    def unsuspend(self, cards: list[int]) -> Reply[bool]:
        """Unsuspend cards, and tell whether any was suspended."""
        result: Reply[bool] = self._call("unsuspend", {"cards": cards})
        return result

    def unused_tags(self) -> Reply[list[str]]:
        """List the tags that the collection knows and no note has; `clearUnusedTags` forgets them."""
        result: Reply[list[str]] = self._call("unusedTags", {})
        return result

    def update_image_occlusion_notes(
        self, notes: list[types.ChangedOcclusionNote], on_error: Literal["skip", "abort"] | None = None
    ) -> Reply[list[types.NoteUpdate]]:
        """Write shapes, texts and tags into image occlusion notes, and tell of each what became of it."""
        result: Reply[list[types.NoteUpdate]] = self._call(
            "updateImageOcclusionNotes", {"notes": notes}, onError=on_error
        )
        return result

    def update_model_styling(self, model: types.NewStyling) -> Reply[None]:
        """Replace the whole styling of a note type."""
        result: Reply[None] = self._call("updateModelStyling", {"model": model})
        return result

    def update_model_templates(self, model: types.NewTemplates) -> Reply[None]:
        """Rewrite sides of a note type's templates; the others stay as they are."""
        result: Reply[None] = self._call("updateModelTemplates", {"model": model})
        return result

    def update_note(self, note: types.NoteChanges) -> Reply[None]:
        """Write into fields of a note, replace its tags, or both."""
        result: Reply[None] = self._call("updateNote", {"note": note})
        return result

    def update_note_fields(self, note: types.NoteFields) -> Reply[None]:
        """Write into fields of a note; the others stay as they are."""
        result: Reply[None] = self._call("updateNoteFields", {"note": note})
        return result

    def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> Reply[types.Losses | None]:
        """Give a note another note type, and new content."""
        result: Reply[types.Losses | None] = self._call("updateNoteModel", {"note": note}, dryRun=dry_run)
        return result

    def update_note_tags(self, note: int, tags: list[str]) -> Reply[None]:
        """Replace the tags of a note; an empty list clears them."""
        result: Reply[None] = self._call("updateNoteTags", {"note": note, "tags": tags})
        return result

    def update_notes(
        self, notes: list[types.ChangedNote], on_error: Literal["skip", "abort"] | None = None
    ) -> Reply[list[types.NoteUpdate]]:
        """Write into fields and tags of many notes, and tell of each what became of it."""
        result: Reply[list[types.NoteUpdate]] = self._call("updateNotes", {"notes": notes}, onError=on_error)
        return result

    def upsert_notes(
        self,
        notes: list[types.UpsertedNote],
        key: str | None = None,
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> Reply[list[types.Upsert]]:
        """Add notes, or write into those that are there already, and tell of each what became of it."""
        result: Reply[list[types.Upsert]] = self._call(
            "upsertNotes", {"notes": notes}, key=key, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def version(self) -> Reply[int]:
        """Tell the API version of the old protocol."""
        result: Reply[int] = self._call("version", {})
        return result
