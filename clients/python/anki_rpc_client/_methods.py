# Made from spec/openrpc.json by `make clients`: do not edit.

"""A method of the client for each method of the gateway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, overload

from . import types
from ._core import Reply


class Methods:
    """Methods that wait for the response."""

    def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Any:
        raise NotImplementedError

    def add_image_occlusion_notes(
        self,
        notes: list[types.NewOcclusionNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add image occlusion notes and return for each its id, or why it was not added.

        Each shape becomes a card, except that shapes with the same number share one, and texts get none. Duplicates
        are not checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.

        Args:
            notes: The notes to add.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.AddedNote] = self._call(
            "addImageOcclusionNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_note(self, note: types.NewNote, idempotency_key: str | None = None) -> int:
        """Add a note and return its id.

        A note is refused if its first field is empty, if another note in the scope has the same first field, or if
        its cloze deletions do not fit the note type.

        Args:
            note: The note to add.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            Note id: creation time in milliseconds since 1970, raised until free.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Duplicate: The note is a duplicate; `data.notes` has the ids of up to 100 equal notes, without those of
                the same call.
            EmptyNote: The note's first field is empty.
            ClozeProblem: The note's cloze deletions do not fit its note type.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: int = self._call("addNote", {"note": note}, idempotencyKey=idempotency_key)
        return result

    def add_notes(
        self,
        notes: list[types.NewNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add notes and return for each its id, or why it was not added.

        A note that repeats an earlier note of the call is a duplicate. Each 1,000 notes are written atomically; the
        call is one step in Anki's undo menu.

        Args:
            notes: The notes to add.
            on_error: If notes cannot be added: `skip` adds the others, `abort` adds none and fails.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.AddedNote] = self._call(
            "addNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_profile(self, name: str) -> str:
        """Add a profile, and return its name as it is stored. `loadProfile` opens it, which creates its empty
        collection.

        A headless gateway needs a base folder for this (`--base`). The rules for names are those of Anki, Windows
        and macOS together, on every system; names that differ only in case count as equal. If the base folder has a
        folder of this name, for example that of a lost profile, the new profile has what is in it, as in Anki.

        Args:
            name: Name of the new profile. Blanks around it are removed.

        Returns:
            The name of the profile as it is stored.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("addProfile", {"name": name})
        return result

    def add_tags(self, notes: list[int], tags: str, add: bool | None = None) -> None:
        """Add tags to notes. If an id is unknown, the call fails and changes nothing.

        Args:
            notes: Note ids.
            tags: Tags, separated by spaces.
            add: If false, remove the tags instead.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            RpcError: Another kind of error.
        """
        result: None = self._call("addTags", {"notes": notes, "tags": tags}, add=add)
        return result

    def answer_cards(self, answers: list[types.Answer]) -> list[bool]:
        """Answer cards as in a review and return for each answer whether it was recorded.

        Cards that are not due are answered, too; suspended ones become unsuspended. Answers to the same card are
        recorded in their order; different cards with the same ease and no `time` are answered together. A card is
        skipped if it is unknown, or if it, its deck, its note or one of its siblings is damaged.

        Args:
            answers: The answers, in order.

        Returns:
            For each answer whether it was recorded; false if the card is unknown or damaged.

        Raises:
            Conflict: It was changed meanwhile; `data.mod` is the time of its last change.
            RpcError: Another kind of error.
        """
        result: list[bool] = self._call("answerCards", {"answers": answers})
        return result

    def api_reflect(self, scopes: list[str], actions: list[str] | None = None) -> types.Reflection:
        """List all actions, or those of the given names that exist.

        Unknown scopes and names are left out. The list of all actions is sorted, capitals before small letters.

        Args:
            scopes: Subjects to list; only `actions` exists.
            actions: Names to look for; default all actions.

        Returns:
            The scopes and the actions.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Reflection = self._call("apiReflect", {"scopes": scopes}, actions=actions)
        return result

    def are_due(self, cards: list[int]) -> list[bool | None]:
        """Report for each card whether it is due, judged by its latest review.

        New cards are always due, even suspended ones. A card in a learning step of more than 20 minutes is due if
        that time has passed since its latest review; any other card is due if Anki's search `is:due` finds it.

        The result is null for an unknown id, and for a card that is not new but has no reviews.

        Args:
            cards: Card ids.

        Returns:
            For each card whether it is due; null for an unknown id, and for a card that is not new but has no
            reviews.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool | None] = self._call("areDue", {"cards": cards})
        return result

    def are_suspended(self, cards: list[int]) -> list[bool | None]:
        """Report for each card whether it is suspended; null if the card does not exist.

        Args:
            cards: Card ids.

        Returns:
            For each card whether it is suspended; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool | None] = self._call("areSuspended", {"cards": cards})
        return result

    def browser_columns(self) -> list[types.BrowserColumn]:
        """List the columns of Anki's browser: `findNotes` and `findCards` can sort by most of them.

        Anki compares text without HTML. It ignores the case of ASCII's letters only, so `É` comes after `z`.

        Returns:
            The columns, in Anki's order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.BrowserColumn] = self._call("browserColumns", {})
        return result

    def browser_rows(
        self, columns: list[str], cards: list[int] | None = None, notes: list[int] | None = None
    ) -> list[types.BrowserRow | None]:
        """Return the cells that Anki's browser shows for cards or notes, such as `New #1` for the due date of a new
        card.

        Anki's library keeps one choice of columns, and one of cards or notes, for a browser and for this action. So
        the call is refused while Anki's browser is open, and if the browser is set to the other of cards and notes.

        Args:
            columns: Keys of columns, see `browserColumns`.
            cards: Card ids, if Anki's browser is set to cards. Give either these or `notes`.
            notes: Note ids, if Anki's browser is set to notes.

        Returns:
            One entry per id, in order; null for an unknown id.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.BrowserRow | None] = self._call(
            "browserRows", {"columns": columns}, cards=cards, notes=notes
        )
        return result

    def build_search(self, parts: list[types.SearchPart], joiner: Literal["and", "or"] | None = None) -> str:
        """Return the search text for parts, with all names and texts taken literally, for `findNotes` and others.

        A part is a term, or a list of terms in `any`, and each can be `negated`. For more levels, build the inner
        search first, and use it as `search`. Names are not looked up, except the note type of `duplicate`.

        Args:
            parts: The parts of the search.
            joiner: Whether all parts must match, or one of them.

        Returns:
            The search text, in Anki's own spelling.

        Raises:
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: str = self._call("buildSearch", {"parts": parts}, joiner=joiner)
        return result

    def bury_cards(self, cards: list[int]) -> int:
        """Bury cards until tomorrow and return how many were not buried yet. Suspended cards stay suspended.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.

        Returns:
            Number of cards that were changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("buryCards", {"cards": cards})
        return result

    def can_add_note(self, note: types.NewNote) -> bool:
        """Check whether addNote would accept a note. Nothing is fetched or stored.

        Args:
            note: The note, as for addNote.

        Returns:
            addNote would accept the note.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = self._call("canAddNote", {"note": note})
        return result

    def can_add_note_with_error_detail(self, note: types.NewNote) -> types.CanAdd:
        """Check whether addNote would accept a note, and if not, why.

        Args:
            note: The note, as for addNote.

        Returns:
            The answer.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.CanAdd = self._call("canAddNoteWithErrorDetail", {"note": note})
        return result

    def can_add_notes(self, notes: list[types.NewNote]) -> list[bool]:
        """Check for each note whether addNote would accept it. The notes are not compared with each other.

        Args:
            notes: The notes, as for addNotes.

        Returns:
            One answer per note, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool] = self._call("canAddNotes", {"notes": notes})
        return result

    def can_add_notes_with_error_detail(self, notes: list[types.NewNote]) -> list[types.CanAdd]:
        """Check for each note whether addNote would accept it, and if not, why.

        Args:
            notes: The notes, as for addNotes.

        Returns:
            One answer per note, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CanAdd] = self._call("canAddNotesWithErrorDetail", {"notes": notes})
        return result

    def cancel_operation(self, id: str) -> types.Operation:
        """Stop an operation as soon as it can be stopped.

        A queued operation never begins. One that writes many notes stops after at most 1,000 more: what is written
        stays, and its result has an entry for each note. Import, export, checks and sync stop at the next point
        where Anki allows it, with nothing half done. Any other running operation cannot be cancelled: the call is
        refused. An operation that has ended is not changed.

        Args:
            id: The operation's id.

        Returns:
            The operation in its present state; result and error only if it is the caller's own.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Operation = self._call("cancelOperation", {"id": id})
        return result

    def card_reviews(self, deck: str, start_id: int) -> list[list[int]]:
        """List the review log entries of a deck's cards as rows of numbers.

        Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.

        Args:
            deck: Deck name, compared without case.
            start_id: Only entries with a larger id: time in milliseconds since 1970.

        Returns:
            Log entries in no particular order.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: list[list[int]] = self._call("cardReviews", {"deck": deck, "startID": start_id})
        return result

    def card_sounds(self, cards: list[int]) -> list[types.SoundsOfCard | None]:
        """Return the sounds, videos and spoken texts on both sides of each card, in the order in which Anki plays
        them.

        Each card is rendered.

        Args:
            cards: Card ids.

        Returns:
            One entry per card, in order; null for an unknown id, and for a card that Anki cannot show.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.SoundsOfCard | None] = self._call("cardSounds", {"cards": cards})
        return result

    def card_stats(self, cards: list[int], reviews: bool | None = None) -> list[types.CardStatistics | None]:
        """Return the statistics of each card: where it is, its schedule, its reviews and its memory state.

        Names are empty if the deck or the note is gone.

        Args:
            cards: Card ids.
            reviews: Also return `log`: all entries of the review log of each card.

        Returns:
            One entry per card, in order; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CardStatistics | None] = self._call("cardStats", {"cards": cards}, reviews=reviews)
        return result

    def cards_details(
        self,
        cards: list[int] | None = None,
        fields: list[Literal["prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps"]] | None = None,
        note_fields: list[str] | None = None,
        query: str | None = None,
    ) -> list[int | dict[str, Any]]:
        """Return chosen values of cards, given by ids or by a search: much faster than `cardsInfo`.

        If no value or field is chosen, the result is the list of ids. The call fails if an id is unknown.

        Args:
            cards: Card ids. Either these or a `query` must be given.
            fields: Values to return: `prop:r` retrievability from 0 to 1, `prop:s` stability in days, `prop:d`
                desired retention; the others as in `cardsInfo`.
            note_fields: Names of the note's fields to return; fields that it lacks are left out.
            query: Search text; if given, `cards` is ignored.

        Returns:
            One entry per card, in order: the requested values, or only the id if none are requested.

        Raises:
            CardNotFound: The card was not found.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int | dict[str, Any]] = self._call(
            "cardsDetails", {}, cards=cards, fields=fields, noteFields=note_fields, query=query
        )
        return result

    @overload
    def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        fields: None = None,
        note_fields: list[str] | None = None,
    ) -> list[types.CardInfo]: ...

    @overload
    def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        *,
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
        ],
        note_fields: list[str] | None = None,
    ) -> list[types.CardPart]: ...

    @overload
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
    ) -> list[types.CardInfo] | list[types.CardPart]: ...

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
    ) -> list[types.CardInfo] | list[types.CardPart]:
        """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids.

        Naming `fields` or reading in pages saves time: `question`, `answer` and `nextReviews` are the slow members.

        Args:
            cards: Card ids.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            fields: Members to return of each entry; default all.
            note_fields: Exact names of the note's fields to return in `fields`; default all. Fields that a note
                lacks are left out.

        Returns:
            One entry per card, in order; an empty object for an unknown id. With `fields`, only those members.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CardInfo] | list[types.CardPart] = self._call(
            "cardsInfo", {"cards": cards}, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    def cards_mod_time(self, cards: list[int]) -> list[types.CardTime]:
        """Return when each card was last changed: a cheap way to watch for changes.

        Args:
            cards: Card ids.

        Returns:
            One entry per card, in order; an empty object for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CardTime] = self._call("cardsModTime", {"cards": cards})
        return result

    def cards_to_notes(self, cards: list[int]) -> list[int]:
        """Return the ids of the notes that cards belong to, each once, in no particular order.

        The call fails if an id is unknown.

        Args:
            cards: Card ids.

        Returns:
            Ids of the notes, each once, in no particular order.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: list[int] = self._call("cardsToNotes", {"cards": cards})
        return result

    def change_deck(self, cards: list[int], deck: str) -> str:
        """Move cards to a deck, which is created if it is missing, and return the deck's name.

        Cards in a filtered deck leave it. A filtered deck is refused as the target. If an id is unknown, the call
        fails and changes nothing.

        Args:
            cards: Card ids.
            deck: Full name of the target; created if missing. Not a filtered deck.

        Returns:
            Full deck name.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("changeDeck", {"cards": cards, "deck": deck})
        return result

    @overload
    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: Literal[False] | None = None,
    ) -> types.NoteTypeChange: ...

    @overload
    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: bool | None = None,
    ) -> types.NoteTypeChange | types.Losses: ...

    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: bool | None = None,
    ) -> types.NoteTypeChange | types.Losses:
        """Change the note type of notes, with maps of fields and templates, and return what was lost.

        New fields that a map leaves out are empty, and new templates get new cards. The next sync must be a full
        one. If an id is unknown, or the notes are of different note types, the call fails and changes nothing.

        Args:
            notes: Note ids, all of one note type.
            model_name: The new note type, compared without case.
            fields: Old field by name of the new field that gets its text; null for an empty field. By default,
                fields are mapped by name, then the remaining ones in their order.
            templates: Old template by name of the new template that gets its cards; null for new cards. By default,
                templates are mapped by name, then the remaining ones in their order. Refused for cloze note types.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The number of notes, and what was lost. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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
        """Back up, check and repair the database, and return the problems that were found.

        No window opens. Meanwhile the collection is busy: for a few seconds if it is large. Anki's undo history is
        cleared.

        Returns:
            The findings.

        Raises:
            Refused: Anki cannot do what the call asks for.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.DatabaseReport = self._call("checkDatabase", {})
        return result

    def check_media(self) -> types.MediaReport:
        """Find unused media files, and files that notes name but that are missing. Nothing is deleted.

        As in Anki's window, files whose names are not valid on every system are renamed, in the notes too. Files
        whose names begin with an underscore count as used.

        Returns:
            The findings.

        Raises:
            Refused: Anki cannot do what the call asks for.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.MediaReport = self._call("checkMedia", {})
        return result

    @overload
    def clear_unused_tags(self, dry_run: Literal[False] | None = None) -> None: ...

    @overload
    def clear_unused_tags(self, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def clear_unused_tags(self, dry_run: bool | None = None) -> None | types.Losses: ...

    def clear_unused_tags(self, dry_run: bool | None = None) -> None | types.Losses:
        """Remove the tags that no note has from the collection's list of tags.

        Args:
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = self._call("clearUnusedTags", {}, dryRun=dry_run)
        return result

    def clone_deck_config_id(self, name: str, clone_from: int | None = None) -> int:
        """Copy a group of deck options under a new name and return its id.

        Args:
            name: Name of the new group; it need not be unique.
            clone_from: Id of the group to copy.

        Returns:
            Id of the new group: creation time in milliseconds since 1970.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("cloneDeckConfigId", {"name": name}, cloneFrom=clone_from)
        return result

    def collection_statistics(self, query: str | None = None) -> types.CollectionFigures:
        """Return card counts, today's answers and the retention, for all cards or for those that a search finds.

        The numbers are those of Anki's graphs.

        Args:
            query: Search text as in Anki's browser; empty for the whole collection.

        Returns:
            The figures.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.CollectionFigures = self._call("collectionStatistics", {}, query=query)
        return result

    def compare_answer(
        self, typed: str, expected: str | None = None, ignore_accents: bool | None = None, card: int | None = None
    ) -> types.ComparedAnswer:
        """Compare a typed answer with the right one, which is given or is that of a card. Nothing is answered or
        written.

        Refused are cards that ask for no typed answer, and right answers of more than 500 characters, or 5,000 with
        their HTML. If accents are ignored, they count as characters of both answers: an accented letter is two.

        Args:
            typed: What the user has typed, as plain text.
            expected: The right answer, as a field contains it: HTML and sounds do not count. Give this or `card`.
            ignore_accents: Accents and other marks on letters do not count. Default: false, or as the template of
                the card says (`{{type:nc:...}}`).
            card: Id of a card whose template has `{{type:...}}` on its front: that names the right answer.

        Returns:
            The comparison.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ComparedAnswer = self._call(
            "compareAnswer", {"typed": typed}, expected=expected, ignoreAccents=ignore_accents, card=card
        )
        return result

    def complete_tag(self, text: str, limit: int | None = None) -> list[str]:
        """List the tags that contain a text, as Anki's editor proposes them, with their sub-tags.

        Case does not matter. A text with `::` is compared level by level: `f::f` finds `food::fruit`. An empty text
        finds all tags.

        Args:
            text: Text that a level of the tag contains; with `::` a part of each level.
            limit: Maximum number of tags; default all.

        Returns:
            Matching tags, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = self._call("completeTag", {"text": text}, limit=limit)
        return result

    def copy_model(self, model_name: str, new_name: str) -> types.AddedModel:
        """Copy a note type with its fields, templates, styling and options, but without its notes.

        The name of another note type is refused; case does not matter. Anki removes quotes from names.

        Args:
            model_name: Note type name, compared without case.
            new_name: Name of the copy.

        Returns:
            The new note type.

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.AddedModel = self._call("copyModel", {"modelName": model_name, "newName": new_name})
        return result

    def create_backup(self) -> types.BackupMade:
        """Back up the collection, without its media, into the profile's backup folder; return once it is stored.

        If nothing has changed since the last backup, Anki makes none. Anki's preferences limit how many it keeps.

        Returns:
            The newest backup.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.BackupMade = self._call("createBackup", {})
        return result

    def create_deck(self, deck: str) -> types.DeckMade:
        """Create an empty deck and return its id and name; an existing deck is left as it is.

        Args:
            deck: Full name, `::` between levels. Missing parents are created. Anki names an empty level `blank`.

        Returns:
            The deck, whose name may differ from the one in the call.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.DeckMade = self._call("createDeck", {"deck": deck})
        return result

    def create_filtered_deck(
        self, deck: str, terms: list[types.SearchTerm], reschedule: bool | None = None, allow_empty: bool | None = None
    ) -> types.FilteredDeckMade:
        """Create a filtered deck and move the cards that its searches find into it.

        Suspended and buried cards, and cards in another filtered deck, are not moved. If that leaves no card, the
        call is refused, unless `allowEmpty` is true. The new deck becomes the current one, as in Anki's window.

        Args:
            deck: Full name, `::` between levels. Missing parents are created.
            terms: One or two searches, whose cards the deck takes in this order.
            reschedule: Answers in this deck reschedule cards.
            allow_empty: Create the deck even if no card is found.

        Returns:
            The new deck.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
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

        Refused are names that are taken, of the note type, or among its fields or templates; case does not matter.
        Anki removes `:`, `{`, `}` and quotes from field names.

        Args:
            model_name: Name of the new note type.
            in_order_fields: The fields, at least one: each a name, or an object with further properties.
            card_templates: Card templates, at least one.
            css: Styling (CSS); default Anki's.
            is_cloze: Create a cloze note type.

        Returns:
            The note type, as Anki stores it.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Model = self._call(
            "createModel",
            {"modelName": model_name, "inOrderFields": in_order_fields, "cardTemplates": card_templates},
            css=css,
            isCloze=is_cloze,
        )
        return result

    def create_stock_model(
        self,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        name: str | None = None,
    ) -> types.AddedModel:
        """Add one of Anki's built-in note types, as it comes with a new collection.

        The names of its fields and templates are in the language of the user. The name of another note type is
        refused; case does not matter.

        Args:
            kind: Which of Anki's built-in note types.
            name: Its name; default Anki's, in the language of the user.

        Returns:
            The new note type.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.AddedModel = self._call("createStockModel", {"kind": kind}, name=name)
        return result

    @overload
    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: Literal[False] | None = None,
    ) -> types.FilteredDeckMade: ...

    @overload
    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: bool | None = None,
    ) -> types.FilteredDeckMade | types.Losses: ...

    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: bool | None = None,
    ) -> types.FilteredDeckMade | types.Losses:
        """Fill a filtered deck with cards of a deck to study them beside the daily schedule, and make it the current
        deck.

        It is named *Custom Study Session*, in the user's language. If there is such a filtered deck, its cards
        return home and its searches are replaced; if an ordinary deck has the name, the call fails with
        `already_exists`.

        Exactly one of the four params says which cards. The call is refused if there is no such card, and for a
        filtered deck. So it is for decks named `current` or `filtered` and for the tag `none`, because Anki reads
        these names specially. To study more cards of the day, use `raiseTodaysLimits`.

        Args:
            deck: Full name of the deck whose cards to study, with its sub-decks, compared without case.
            cram: Cards by their state and tags.
            forgotten_days: Cards that were forgotten in so many days, today included; answers do not reschedule.
            ahead_days: Cards that are due within so many days, and those that are due.
            preview_days: New cards that were added in so many days, today included; answers do not reschedule.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The filtered deck, which is now the current deck. With `dryRun`, the losses.

        Raises:
            DeckNotFound: The deck was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.FilteredDeckMade | types.Losses = self._call(
            "customStudy",
            {"deck": deck},
            cram=cram,
            forgottenDays=forgotten_days,
            aheadDays=ahead_days,
            previewDays=preview_days,
            dryRun=dry_run,
        )
        return result

    def deck_name_from_id(self, deck_id: int) -> str:
        """Return the full name of a deck.

        Args:
            deck_id: Deck id.

        Returns:
            Full deck name.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: str = self._call("deckNameFromId", {"deckId": deck_id})
        return result

    def deck_names(self) -> list[str]:
        """List the full names of all decks.

        Returns:
            Full names of all decks, filtered ones too, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = self._call("deckNames", {})
        return result

    def deck_names_and_ids(self) -> dict[str, int]:
        """Return the id of each deck by its full name.

        Returns:
            Full deck name to deck id.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, int] = self._call("deckNamesAndIds", {})
        return result

    def deck_statistics(self, decks: list[str] | None = None) -> list[types.DeckFigures]:
        """Count each deck's cards that are due today, and its cards by state, sub-decks included.

        Cards in a filtered deck count for that deck. The call fails if a name is unknown.

        Args:
            decks: Full names, compared without case; default those of Anki's deck list.

        Returns:
            One entry per deck, in the order of the given names, or of the deck list.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: list[types.DeckFigures] = self._call("deckStatistics", {}, decks=decks)
        return result

    def deck_tree(self, deck: str | None = None) -> list[types.DeckInTree]:
        """Return the tree of decks as a list, each deck with its parent and its cards, or one deck with its sub-decks.

        As in Anki's deck list, the deck Default is left out while it has neither cards nor sub-decks and is not
        alone, unless the call names it.

        Args:
            deck: Full name, compared without case; default all decks.

        Returns:
            The decks in the order of Anki's deck list: each before its sub-decks.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.DeckInTree] = self._call("deckTree", {}, deck=deck)
        return result

    @overload
    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: Literal[False] | None = None
    ) -> list[str]: ...

    @overload
    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> list[str] | types.Losses: ...

    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> list[str] | types.Losses:
        """Delete decks with their sub-decks and cards, and return the names of the deleted decks.

        Unknown names are skipped. The deck Default is emptied but stays. The cards of a filtered deck are not
        deleted: they return to their home decks.

        Args:
            decks: Full names in their exact spelling; unknown ones are skipped.
            cards_too: Must be true: Anki deletes a deck only with its cards.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Full names of the deleted decks, sub-decks included. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] | types.Losses = self._call(
            "deleteDecks", {"decks": decks}, cardsToo=cards_too, dryRun=dry_run
        )
        return result

    @overload
    def delete_media_file(self, filename: str, dry_run: Literal[False] | None = None) -> str | None: ...

    @overload
    def delete_media_file(self, filename: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def delete_media_file(self, filename: str, dry_run: bool | None = None) -> str | None | types.Losses: ...

    def delete_media_file(self, filename: str, dry_run: bool | None = None) -> str | None | types.Losses:
        """Move a file from the media folder to Anki's media trash and return its name; null if there was none.

        Args:
            filename: Name in the media folder.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the file in the trash; null if there was none. With `dryRun`, the losses.

        Raises:
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = self._call("deleteMediaFile", {"filename": filename}, dryRun=dry_run)
        return result

    @overload
    def delete_media_files(self, filenames: list[str], dry_run: Literal[False] | None = None) -> list[str]: ...

    @overload
    def delete_media_files(self, filenames: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def delete_media_files(self, filenames: list[str], dry_run: bool | None = None) -> list[str] | types.Losses: ...

    def delete_media_files(self, filenames: list[str], dry_run: bool | None = None) -> list[str] | types.Losses:
        """Move files from the media folder to Anki's media trash, and return their names. Unknown names are skipped.

        With `unused` of `checkMedia`, this is the same as deleting unused files in Anki's window.
        `restoreMediaTrash` brings the files back, but a file of the same name that was in the trash before is
        replaced, as in Anki.

        Args:
            filenames: Names in the media folder.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Names of the files that are in the trash now. With `dryRun`, the losses.

        Raises:
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[str] | types.Losses = self._call("deleteMediaFiles", {"filenames": filenames}, dryRun=dry_run)
        return result

    @overload
    def delete_models(self, model_names: list[str], dry_run: Literal[False] | None = None) -> types.DeletedModels: ...

    @overload
    def delete_models(self, model_names: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def delete_models(
        self, model_names: list[str], dry_run: bool | None = None
    ) -> types.DeletedModels | types.Losses: ...

    def delete_models(self, model_names: list[str], dry_run: bool | None = None) -> types.DeletedModels | types.Losses:
        """Delete note types with all their notes and cards, and return what was deleted. Unknown names are skipped.

        If no note type is left, Anki adds its `Basic` again. The next sync must be a full one.

        Args:
            model_names: Note type names, compared without case.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            What was deleted. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.DeletedModels | types.Losses = self._call(
            "deleteModels", {"modelNames": model_names}, dryRun=dry_run
        )
        return result

    @overload
    def delete_notes(self, notes: list[int], dry_run: Literal[False] | None = None) -> list[int]: ...

    @overload
    def delete_notes(self, notes: list[int], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> list[int] | types.Losses: ...

    def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> list[int] | types.Losses:
        """Delete notes with all their cards, and return the ids of the deleted notes. Unknown ids are skipped.

        Each 1,000 notes are deleted atomically; the call is one step in Anki's undo menu.

        Args:
            notes: Note ids.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Ids of the deleted notes. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[int] | types.Losses = self._call("deleteNotes", {"notes": notes}, dryRun=dry_run)
        return result

    @overload
    def delete_profile(self, name: str, dry_run: Literal[False] | None = None) -> types.ProfileDeleted: ...

    @overload
    def delete_profile(self, name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def delete_profile(self, name: str, dry_run: bool | None = None) -> types.ProfileDeleted | types.Losses: ...

    def delete_profile(self, name: str, dry_run: bool | None = None) -> types.ProfileDeleted | types.Losses:
        """Delete a profile with its notes, cards, media and backups. Its folder is moved to the system's trash, as in
        Anki.

        Without a trash the folder is deleted for good: in Anki if the system has none, and headless also unless the
        library send2trash is installed. The open profile, the only one, and one that another program has open are
        refused. To bring a deleted profile back, put its folder back from the trash, and call `addProfile` with its
        name.

        Args:
            name: Exact name of the profile.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            What was done. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ProfileDeleted | types.Losses = self._call("deleteProfile", {"name": name}, dryRun=dry_run)
        return result

    def due_forecast(self, query: str | None = None, days: int | None = None) -> types.Forecast:
        """Count the cards that become due on each of the next days. A day begins at the hour in Anki's preferences.

        Args:
            query: Search text as in Anki's browser; empty for the whole collection.
            days: Number of days, including today.

        Returns:
            Cards that become due, as scheduled now; new cards do not count.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.Forecast = self._call("dueForecast", {}, query=query, days=days)
        return result

    @overload
    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: Literal[False] | None = None
    ) -> types.Model: ...

    @overload
    def edit_model(self, model_name: str, edits: list[types.ModelEdit], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: bool | None = None
    ) -> types.Model | types.Losses: ...

    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: bool | None = None
    ) -> types.Model | types.Losses:
        """Make several edits to a note type, in their order, all or none, and return it as Anki stores it.

        Templates follow the new name of a field, and lose their references to a removed one. Removing a field
        removes its content in all notes, and removing a template its cards; both need the scope `delete`. Notes
        with only such cards stay without cards. If fields or templates are added, removed or moved, the next sync
        must be a full one.

        Refused are templates with an unknown field, also for Anki's browser, a field that Anki protects, the only
        field or template, a name that another field had before the call, and templates of a cloze note type that
        would be added, removed or moved. Also refused is a call that adds templates and removes all templates of
        which a note has cards: add them in a call before. A taken name fails with `already_exists`.

        Args:
            model_name: Note type name, compared without case.
            edits: The edits, in their order.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The note type, as Anki stores it. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Model | types.Losses = self._call(
            "editModel", {"modelName": model_name, "edits": edits}, dryRun=dry_run
        )
        return result

    def edit_note_text(
        self, edits: list[types.NoteTextEdit], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Replace texts that occur exactly once in a field, and return the outcome for each edit.

        If the text does not occur, or more than once, the edit is `refused`: `data.count` is the number of
        occurrences, at most 100, and `data.excerpts` shows up to three of them, or what is similar. Callers without
        the scope `read` get no excerpts. An edit sees what earlier ones of the call have changed. A first field
        does not become empty. Duplicates are not checked. Each 1,000 notes are written atomically; the call is one
        step in Anki's undo menu.

        Args:
            edits: The edits, which are made in this order.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.NoteUpdate] = self._call("editNoteText", {"edits": edits}, onError=on_error)
        return result

    @overload
    def empty_filtered_deck(self, deck: str, dry_run: Literal[False] | None = None) -> int: ...

    @overload
    def empty_filtered_deck(self, deck: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> int | types.Losses: ...

    def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> int | types.Losses:
        """Move the cards of a filtered deck back to their home decks and return how many there were. The deck stays.

        Args:
            deck: Full name of a filtered deck, compared without case.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of cards that returned to their home decks. With `dryRun`, the losses.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = self._call("emptyFilteredDeck", {"deck": deck}, dryRun=dry_run)
        return result

    @overload
    def empty_media_trash(self, dry_run: Literal[False] | None = None) -> list[str]: ...

    @overload
    def empty_media_trash(self, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def empty_media_trash(self, dry_run: bool | None = None) -> list[str] | types.Losses: ...

    def empty_media_trash(self, dry_run: bool | None = None) -> list[str] | types.Losses:
        """Delete all files in Anki's media trash for good, and return their names.

        All collections in one folder share the trash, which matters without Anki's window.

        Args:
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Names of the files that are gone. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] | types.Losses = self._call("emptyMediaTrash", {}, dryRun=dry_run)
        return result

    def evaluate_fsrs_params(
        self, preset: str, params: list[float] | None = None, search: str | None = None
    ) -> types.FsrsFit:
        """Measure how well FSRS parameters predict the recorded answers. FSRS need not be active.

        The call is refused if there is no usable review.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            params: Parameters to evaluate instead of the preset's.
            search: Search text for the cards whose reviews count, instead of the preset's.

        Returns:
            How well the parameters fit the reviews.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.FsrsFit = self._call("evaluateFsrsParams", {"preset": preset}, params=params, search=search)
        return result

    def export_cards_text(
        self,
        path: str,
        cards: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        html: bool | None = None,
    ) -> int:
        """Export cards to a text file, and return their number. A line has two columns, question and answer as shown.

        A tab is between the columns. The lines are in no particular order, and do not say which card they are of.
        The answer does not repeat the question. A text file of notes or cards is overwritten; any other existing
        file is refused. Media files are not exported. To read notes back, use `exportNotesText`.

        Args:
            path: Path of the new file; a relative path begins at the media folder.
            cards: Ids of the cards.
            query: Search text for the cards, as in Anki's browser; an empty text finds all.
            deck: The deck with its sub-decks, compared without case.
            html: Keep HTML. If false, a side is one line of text, without pictures and sounds.

        Returns:
            Number of cards that were written.

        Raises:
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int = self._call("exportCardsText", {"path": path}, cards=cards, query=query, deck=deck, html=html)
        return result

    def export_collection(
        self, path: str, with_media: bool | None = None, legacy: bool | None = None
    ) -> types.CollectionExported:
        """Export the whole collection, with all settings and the media, to a file that `importCollection` reads.

        An existing package is overwritten; any other existing file is refused. If the call fails, the old file
        stays. The collection is closed meanwhile, and Anki's undo history is empty afterwards.

        Args:
            path: Path of the new file (.colpkg); a relative path begins at the media folder.
            with_media: Include the media files.
            legacy: Write the older form, which every Anki can read. The newer one is smaller.

        Returns:
            The file that was written.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.CollectionExported = self._call(
            "exportCollection", {"path": path}, withMedia=with_media, legacy=legacy
        )
        return result

    def export_notes_package(
        self,
        path: str,
        notes: list[int] | None = None,
        cards: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        all: bool | None = None,
        with_scheduling: bool | None = None,
        with_deck_options: bool | None = None,
        with_media: bool | None = None,
        legacy: bool | None = None,
    ) -> int:
        """Export notes, with their cards and media, to a package file, and return their number.

        Of notes that `cards` chooses only these cards are exported. See `exportPackage` for what is overwritten,
        and for what is left out without scheduling.

        Args:
            path: Path of the new package; a relative path begins at the media folder.
            notes: Ids of the notes.
            cards: Ids of the cards.
            query: Search text for the notes, as in Anki's browser; an empty text finds all.
            deck: The deck with its sub-decks, compared without case.
            all: Export all notes.
            with_scheduling: Keep the scheduling.
            with_deck_options: Include the decks' options.
            with_media: Include the media files.
            legacy: Write the older form, which every Anki can read. The newer one is smaller.

        Returns:
            Number of notes that were written.

        Raises:
            NoteNotFound: The note was not found.
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int = self._call(
            "exportNotesPackage",
            {"path": path},
            notes=notes,
            cards=cards,
            query=query,
            deck=deck,
            all=all,
            withScheduling=with_scheduling,
            withDeckOptions=with_deck_options,
            withMedia=with_media,
            legacy=legacy,
        )
        return result

    def export_notes_text(
        self,
        path: str,
        notes: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        html: bool | None = None,
        tags: bool | None = None,
        deck_name: bool | None = None,
        model_name: bool | None = None,
        guid: bool | None = None,
    ) -> int:
        """Export notes to a text file, one a line with tabs between the columns, and return their number.

        Lines at the top describe the columns, so `importTextFile` reads the file back. Such a file is overwritten;
        any other existing file is refused. Media files are not exported. The deck is that of the note's first card:
        if the card is in a filtered deck, the filtered deck.

        Args:
            path: Path of the new file; a relative path begins at the media folder.
            notes: Ids of the notes.
            query: Search text for the notes, as in Anki's browser; an empty text finds all.
            deck: The deck with its sub-decks, compared without case.
            html: Keep HTML. If false, a field is one line of text, without pictures and sounds.
            tags: Write the tags.
            deck_name: Write the deck of each note, which is that of its first card.
            model_name: Write the note type of each note.
            guid: Write the globally unique id of each note.

        Returns:
            Number of notes that were written.

        Raises:
            NoteNotFound: The note was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int = self._call(
            "exportNotesText",
            {"path": path},
            notes=notes,
            query=query,
            deck=deck,
            html=html,
            tags=tags,
            deckName=deck_name,
            modelName=model_name,
            guid=guid,
        )
        return result

    def export_package(
        self,
        deck: str,
        path: str,
        include_sched: bool | None = None,
        with_media: bool | None = None,
        with_deck_options: bool | None = None,
        legacy: bool | None = None,
    ) -> bool:
        """Export a deck, with its sub-decks and their media, to a package file.

        An existing package is overwritten; any other existing file is refused. Without scheduling, the cards are
        exported as new, without the tags `marked` and `leech`.

        Args:
            deck: Deck, compared without case.
            path: Path of the new package; a relative path begins at the media folder.
            include_sched: Keep the scheduling.
            with_media: Include the media files.
            with_deck_options: Include the decks' options. By default as `includeSched`.
            legacy: Write the older form, which every Anki can read. The newer one is smaller.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: bool = self._call(
            "exportPackage",
            {"deck": deck, "path": path},
            includeSched=include_sched,
            withMedia=with_media,
            withDeckOptions=with_deck_options,
            legacy=legacy,
        )
        return result

    @overload
    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> int: ...

    @overload
    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses: ...

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
        """Replace a text in templates and styling, and return how many note types contained it.

        If a note type would become invalid, none is changed.

        Args:
            model_name: Note type name, compared without case; empty or null for all note types.
            find_text: Text to find, case-sensitive and without wildcards; not empty.
            replace_text: The new text.
            front: Replace in question sides.
            back: Replace in answer sides.
            css: Replace in the styling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of note types that contained the text. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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

    @overload
    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> int: ...

    @overload
    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses: ...

    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses:
        """Replace a text in the fields of notes, and return how many notes were changed.

        The fields are searched as they are stored, as HTML. Plain text is taken literally, and `$` has no meaning
        in it. In an expression, `.` does not match a line break, and `^` matches only the beginning of a field.

        A new cloze number makes a card; a card whose cloze deletion goes stays as an empty card. Duplicates are not
        checked. If a first field would become empty, or a note or the field does not exist, the call fails and
        changes nothing. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.

        Args:
            find_text: Text to find, not empty; with `regex` a regular expression of Rust: no look-around and no
                back-references.
            replace_text: The new text; with `regex`, `$1` and `${name}` stand for groups.
            notes: Note ids. Give either these or a `query`.
            query: Search text for the notes, as in Anki's browser.
            field: Name of the only field to search, compared without case; default all.
            regex: `findText` is a regular expression.
            match_case: Distinguish capital letters.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes that were changed. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = self._call(
            "findAndReplaceInNotes",
            {"findText": find_text, "replaceText": replace_text},
            notes=notes,
            query=query,
            field=field,
            regex=regex,
            matchCase=match_case,
            dryRun=dry_run,
        )
        return result

    def find_cards(
        self,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> list[int]:
        """Return the ids of the cards that a search finds, by `orderBy` and then by id.

        Without `orderBy`, pages are in the order of the ids.

        Args:
            query: Search text as in Anki's browser. If empty, everything is found; if left out, nothing.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            Card ids, in no particular order.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int] = self._call(
            "findCards", {}, query=query, limit=limit, offset=offset, orderBy=order_by, descending=descending
        )
        return result

    def find_cards_page(
        self,
        query: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> types.CardPage:
        """Find cards page by page; no page skips or repeats a card, whatever others add or delete meanwhile.

        The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the
        search has found at first: cards that were added since do not appear, deleted ones are left out, and a card
        that was changed keeps its place. A repeated call returns the same page. At most eight searches of a caller
        are kept.

        Args:
            query: Search text as in Anki's browser, for the first page; empty for everything.
            cursor: `nextCursor` of the page before, for every other page.
            limit: Maximum number of ids of the page.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by
                id.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            The page.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.CardPage = self._call(
            "findCardsPage", {}, query=query, cursor=cursor, limit=limit, orderBy=order_by, descending=descending
        )
        return result

    def find_duplicates(
        self,
        query: str | None = None,
        fields: list[str] | None = None,
        all_models: bool | None = None,
        limit: int | None = None,
    ) -> list[types.DuplicateGroup]:
        """Find groups of notes with the same text in the first field or in chosen fields, HTML aside.

        Texts are compared like Anki's duplicates: case and the names of media files count. Notes without text in
        these fields, or without one of the fields, are left out.

        Args:
            query: Search text for the notes; empty for all.
            fields: Names of the fields that must all be equal, compared without case; default the first field.
            all_models: Compare notes of different note types too.
            limit: Maximum number of groups; default all.

        Returns:
            Groups of two or more notes, ordered by their oldest note.

        Raises:
            NotFound: Something that the call names was not found.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[types.DuplicateGroup] = self._call(
            "findDuplicates", {}, query=query, fields=fields, allModels=all_models, limit=limit
        )
        return result

    def find_empty_cards(self) -> list[types.EmptyCardsOfNote]:
        """Find cards whose front has become empty, grouped by note.

        Returns:
            One entry per note with empty cards.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.EmptyCardsOfNote] = self._call("findEmptyCards", {})
        return result

    def find_models_by_id(self, model_ids: list[int]) -> list[types.Model]:
        """Return note types as Anki stores them, in the order of the ids. The call fails if an id is unknown.

        Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.

        Args:
            model_ids: Note type ids.

        Returns:
            The note types in the order of the call, as Anki stores them.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[types.Model] = self._call("findModelsById", {"modelIds": model_ids})
        return result

    def find_models_by_name(self, model_names: list[str]) -> list[types.Model]:
        """Return note types as Anki stores them, in the order of the names. The call fails if a name is unknown.

        Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.

        Args:
            model_names: Note type names, compared without case.

        Returns:
            The note types in the order of the call, as Anki stores them.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[types.Model] = self._call("findModelsByName", {"modelNames": model_names})
        return result

    def find_notes(
        self,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> list[int]:
        """Return the ids of the notes that a search finds, by `orderBy` and then by id.

        Without `orderBy`, pages are in the order of the ids.

        Args:
            query: Search text as in Anki's browser. If empty, everything is found; if left out, nothing.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            Note ids.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int] = self._call(
            "findNotes", {}, query=query, limit=limit, offset=offset, orderBy=order_by, descending=descending
        )
        return result

    def find_notes_page(
        self,
        query: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> types.NotePage:
        """Find notes page by page; no page skips or repeats a note, whatever others add or delete meanwhile.

        The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the
        search has found at first: notes that were added since do not appear, deleted ones are left out, and a note
        that was changed keeps its place. A repeated call returns the same page. At most eight searches of a caller
        are kept.

        Args:
            query: Search text as in Anki's browser, for the first page; empty for everything.
            cursor: `nextCursor` of the page before, for every other page.
            limit: Maximum number of ids of the page.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by
                id.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            The page.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.NotePage = self._call(
            "findNotesPage", {}, query=query, cursor=cursor, limit=limit, orderBy=order_by, descending=descending
        )
        return result

    @overload
    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> None: ...

    @overload
    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: bool | None = None,
    ) -> None | types.Losses: ...

    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: bool | None = None,
    ) -> None | types.Losses:
        """Reset cards to new.

        They leave filtered decks. Cards that are already as they would be are skipped. If an id is unknown, the
        call fails and changes nothing.

        Args:
            cards: Card ids.
            restore_position: Return to the old position among the new cards if Anki has stored it. If false, all of
                them go to the end of the new cards, also those that are new already.
            reset_counts: Set the counts of reviews and lapses to 0.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = self._call(
            "forgetCards", {"cards": cards}, restorePosition=restore_position, resetCounts=reset_counts, dryRun=dry_run
        )
        return result

    def get_active_profile(self) -> str | None:
        """Return the name of the open profile.

        Returns:
            Name of the open profile; if none is open, of the last one that was open; null if none ever was.

        Raises:
            RpcError: Any kind of error.
        """
        result: str | None = self._call("getActiveProfile", {})
        return result

    def get_add_defaults(self, model_name: str | None = None) -> types.AddDefaults:
        """Return the deck and the note type with which Anki's window for adding notes would begin.

        The preference `addingDefaultsToCurrentDeck` (see `getPreferences`) decides: the deck is the current one, or
        the one that last got a note of this note type. A filtered deck gets no notes, so it is never returned.

        Args:
            model_name: Note type to be added, compared without case; default the one used last.

        Returns:
            The deck and the note type.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: types.AddDefaults = self._call("getAddDefaults", {}, modelName=model_name)
        return result

    def get_answer_states(self, cards: list[int]) -> list[types.AnswerStates | None]:
        """Return what each answer would do to each card, due or not, and a token that ties an answer to this state.

        Scheduling code of the user's own, which only Anki's window runs, does not count.

        Args:
            cards: Card ids.

        Returns:
            One entry per card, in order; null for an unknown id, and for a card that cannot be answered because it,
            its deck or its preset is damaged.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.AnswerStates | None] = self._call("getAnswerStates", {"cards": cards})
        return result

    def get_collection(self) -> types.CollectionOverview:
        """Describe the collection: times, counts, settings, note types, decks, deck options and tags.

        Returns:
            Overview of the collection.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.CollectionOverview = self._call("getCollection", {})
        return result

    def get_collection_config(self) -> dict[str, Any]:
        """Return all of Anki's settings that are stored in the collection.

        Returns:
            Anki's settings by their names in the collection.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, Any] = self._call("getCollectionConfig", {})
        return result

    def get_collection_stats_html(self, whole_collection: bool | None = None) -> str:
        """Return the statistics of Anki's old report as HTML.

        Args:
            whole_collection: If false, only for the current deck and its sub-decks.

        Returns:
            HTML for display; its layout changes with Anki.

        Raises:
            RpcError: Any kind of error.
        """
        result: str = self._call("getCollectionStatsHTML", {}, wholeCollection=whole_collection)
        return result

    def get_config_values(self, keys: list[str]) -> dict[str, Any]:
        """Return values that programs have stored in the collection by `setConfigValues`, on this device or on
        another.

        Args:
            keys: Keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of
                English letters, digits and `_-.:/`. At most 1,000.

        Returns:
            The values by their keys. Keys without a value are left out.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: dict[str, Any] = self._call("getConfigValues", {"keys": keys})
        return result

    def get_current_deck(self) -> types.CurrentDeck:
        """Return the current deck: the one that Anki studies and adds notes to.

        Returns:
            The deck that Anki studies and adds to.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.CurrentDeck = self._call("getCurrentDeck", {})
        return result

    def get_custom_study_options(self, deck: str) -> types.CustomStudyOptions:
        """Return what `customStudy` and `raiseTodaysLimits` can offer for a deck: its cards and their tags.

        Args:
            deck: Full name, compared without case. A filtered deck is refused, and one named `current` or
                `filtered`.

        Returns:
            The options.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.CustomStudyOptions = self._call("getCustomStudyOptions", {"deck": deck})
        return result

    def get_deck_config(self, deck: str) -> types.OptionsGroup:
        """Return the options of a deck. A filtered deck, which has none, is refused.

        If a deck's group no longer exists, the result is group 1.

        Args:
            deck: Full deck name in its exact spelling.

        Returns:
            The group as Anki stores it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`,
            `lapse` and others that depend on Anki's version.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.OptionsGroup = self._call("getDeckConfig", {"deck": deck})
        return result

    def get_deck_description(self, deck: str) -> str:
        """Return the description that Anki shows on a deck's overview.

        Args:
            deck: Full name in its exact spelling.

        Returns:
            Description of the deck, as Markdown or HTML.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: str = self._call("getDeckDescription", {"deck": deck})
        return result

    def get_deck_limits(self, decks: list[str] | None = None) -> list[types.DeckLimits]:
        """Return the daily limits of decks and how much of them is used up today. A filtered deck, which has none, is
        refused.

        Args:
            decks: Full names, compared without case; default all decks that are not filtered.

        Returns:
            One entry for each deck: in the order of the call, or by name.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.DeckLimits] = self._call("getDeckLimits", {}, decks=decks)
        return result

    def get_deck_options_for_all(self) -> types.DeckOptionsForAll:
        """Return the deck options that hold for all decks. `isFsrsActive` returns whether FSRS is active.

        Returns:
            All of them.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.DeckOptionsForAll = self._call("getDeckOptionsForAll", {})
        return result

    def get_deck_presets(self, options: bool | None = None) -> list[types.DeckPreset]:
        """List the presets of deck options, each with the decks that use it.

        With `options` also return what `updateDeckPreset` changes. `getFsrsParams` returns FSRS parameters.

        Args:
            options: Also return the options of each preset.

        Returns:
            All presets, ordered by name.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.DeckPreset] = self._call("getDeckPresets", {}, options=options)
        return result

    def get_deck_stats(self, decks: list[str]) -> dict[str, types.DeckStats]:
        """Count for each deck the cards due today, including sub-decks, and all cards, excluding sub-decks.

        The call fails if a name is unknown.

        Args:
            decks: Full names, compared without case.

        Returns:
            Today's counts by deck id as text, in the order of the deck list. They include sub-decks and respect the
            limits.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, types.DeckStats] = self._call("getDeckStats", {"decks": decks})
        return result

    def get_decks(self, cards: list[int]) -> dict[str, list[int]]:
        """Group cards by the decks that they are in now.

        A card in a filtered deck is listed under that deck. The call fails if an id is unknown.

        Args:
            cards: Card ids; a repeated one is repeated in the result.

        Returns:
            Full deck name to the ids of the cards in it.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, list[int]] = self._call("getDecks", {"cards": cards})
        return result

    def get_ease_factors(self, cards: list[int]) -> list[int | None]:
        """Return the ease factor of each card; null if the card does not exist.

        Args:
            cards: Card ids.

        Returns:
            Ease factor of each card in tenths of a percent, 0 for none yet; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int | None] = self._call("getEaseFactors", {"cards": cards})
        return result

    def get_filtered_deck(self, deck: str) -> types.FilteredDeck:
        """Return the searches and the other settings of a filtered deck, and the number of cards in it.

        Args:
            deck: Full name of a filtered deck, compared without case.

        Returns:
            Its settings.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.FilteredDeck = self._call("getFilteredDeck", {"deck": deck})
        return result

    def get_flags(self, cards: list[int]) -> list[int | None]:
        """Return the flag of each card; null if the card does not exist.

        Args:
            cards: Card ids.

        Returns:
            Flag of each card, 0 for none; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int | None] = self._call("getFlags", {"cards": cards})
        return result

    def get_fsrs_params(self, presets: list[str] | None = None) -> types.FsrsOverview:
        """Return whether Anki schedules by FSRS, and the parameters and desired retention of presets.

        Args:
            presets: Names of presets in their exact spelling; default all.

        Returns:
            FSRS in the collection and in its presets.

        Raises:
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: types.FsrsOverview = self._call("getFsrsParams", {}, presets=presets)
        return result

    def get_image_occlusion_notes(self, notes: list[int]) -> list[types.OcclusionNote]:
        """Describe image occlusion notes, with their shapes, in the order of the ids.

        The call fails if a note is not for image occlusion.

        Args:
            notes: Note ids.

        Returns:
            One entry per note, in order; an empty object for an unknown id.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.OcclusionNote] = self._call("getImageOcclusionNotes", {"notes": notes})
        return result

    def get_intervals(self, cards: list[int], complete: bool | None = None) -> list[int | list[int] | None]:
        """Return the latest interval of each card, or all its intervals, from the review log.

        A new card has the interval 0, also with `complete`. For any other card without reviews, the latest interval
        is null and the list of all intervals is empty. For an unknown id, both are null.

        Args:
            cards: Card ids.
            complete: Return all intervals of each card instead of the latest one.

        Returns:
            Latest interval of each card, or all its intervals; null for an unknown id. For a card that is not new
            but has no reviews, null or an empty list.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int | list[int] | None] = self._call("getIntervals", {"cards": cards}, complete=complete)
        return result

    def get_latest_review_id(self, deck: str) -> int:
        """Return the largest id of a deck's entries in the review log; 0 if there is none.

        Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.

        Args:
            deck: Deck name, compared without case.

        Returns:
            Largest id: time of the last answer in milliseconds since 1970; 0 for none.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: int = self._call("getLatestReviewID", {"deck": deck})
        return result

    def get_limits(self) -> types.GatewayLimits:
        """Return the limits of requests and responses, so that a program can divide its work into requests that fit.

        The limits are settings, so they can change between two calls.

        Returns:
            The limits.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.GatewayLimits = self._call("getLimits", {})
        return result

    def get_media_dir_path(self) -> str:
        """Return the path of the open profile's media folder.

        Returns:
            Absolute path of the media folder.

        Raises:
            RpcError: Any kind of error.
        """
        result: str = self._call("getMediaDirPath", {})
        return result

    def get_media_files_names(self, pattern: str | None = None) -> list[str]:
        """List the names of the files in the media folder.

        Names that begin with a dot are left out, unless the pattern begins with a dot. Case matters if it matters
        for file names on the disk.

        Args:
            pattern: Pattern of the names: `*` matches any text, `?` one character, `[...]` one of several. At most
                255 characters.

        Returns:
            Names of the files, in no particular order.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("getMediaFilesNames", {}, pattern=pattern)
        return result

    def get_memory_states(self, cards: list[int], computed: bool | None = None) -> list[types.MemoryState | None]:
        """Return the FSRS memory state of each card: stability, difficulty and retrievability.

        A card gets a memory state when it is reviewed while FSRS is active, or when FSRS is switched on.

        Args:
            cards: Card ids.
            computed: Compute the states from the review log and the deck's present preset, instead of returning the
                stored ones. This also works while FSRS is not active. It takes seconds for 10,000 cards.

        Returns:
            One entry per card, in order; null for an unknown id. If a card has no memory state, its members are
            null.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.MemoryState | None] = self._call("getMemoryStates", {"cards": cards}, computed=computed)
        return result

    def get_note_tags(self, note: int) -> list[str]:
        """List the tags of a note.

        Args:
            note: Note id.

        Returns:
            The note's tags, in alphabetical order.

        Raises:
            NoteNotFound: The note was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("getNoteTags", {"note": note})
        return result

    def get_num_cards_reviewed_by_day(self) -> list[list[str | int]]:
        """Count the entries in the review log of each day, newest day first.

        A day begins at the hour in Anki's preferences, in local time.

        Returns:
            Pairs of local date (`2026-11-23`) and number of log entries, newest first; days without entries are
            left out.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[list[str | int]] = self._call("getNumCardsReviewedByDay", {})
        return result

    def get_num_cards_reviewed_today(self) -> int:
        """Count today's entries in the review log, including manual changes.

        The day begins at the hour in Anki's preferences.

        Returns:
            Number of log entries; a card can have several.

        Raises:
            RpcError: Any kind of error.
        """
        result: int = self._call("getNumCardsReviewedToday", {})
        return result

    def get_operation(self, id: str) -> types.Operation:
        """Return the state and progress of an operation, and its result once it has ended.

        A caller sees only its own operations; origin and name of the key identify a caller. A caller with the scope
        `admin` also sees the operations of others, without their results.

        Args:
            id: The operation's id.

        Returns:
            The operation in its present state; result and error only if it is the caller's own.

        Raises:
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: types.Operation = self._call("getOperation", {"id": id})
        return result

    def get_preferences(self) -> types.Preferences:
        """Return the preferences that are stored in the collection. Those of the windows and of syncing are not.

        Returns:
            All groups.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Preferences = self._call("getPreferences", {})
        return result

    def get_profiles(self) -> list[str]:
        """List the names of all profiles.

        Returns:
            Names of all profiles, sorted.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("getProfiles", {})
        return result

    def get_reviews_of_cards(self, cards: list[int]) -> dict[str, list[types.Review] | None]:
        """List the review log entries of each card, oldest first; null for an unknown id without entries.

        Args:
            cards: Card ids.

        Returns:
            Log entries by card id as text, oldest first; null for an unknown id without entries.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, list[types.Review] | None] = self._call("getReviewsOfCards", {"cards": cards})
        return result

    def get_saved_searches(self) -> list[types.SavedSearch]:
        """List the searches that the user, or saveSearch, has saved. Anki's browser shows them in its sidebar.

        Returns:
            The saved searches, by name.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.SavedSearch] = self._call("getSavedSearches", {})
        return result

    def get_study_status(self) -> types.StudyStatus:
        """Return whether the current deck is finished for today, and what is left in it and in its sub-decks.

        `selectDeck` chooses the deck. If today's limits hold cards of a finished deck back, `raiseTodaysLimits`
        shows them.

        Returns:
            The status.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.StudyStatus = self._call("getStudyStatus", {})
        return result

    def get_tags(self) -> list[str]:
        """List all tags that the collection knows, used or not.

        Returns:
            All tags that the collection knows, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = self._call("getTags", {})
        return result

    def get_version(self) -> types.Versions:
        """Return the version of Anki, and that of AnkiConnect Plus, whose actions the gateway has.

        Returns:
            The versions.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Versions = self._call("getVersion", {})
        return result

    def grade_now(self, cards: list[int], ease: int) -> bool:
        """Answer several cards with the same ease, due or not, as Anki's *Grade Now* does.

        A repeated id counts once. If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            ease: 1 Again, 2 Hard, 3 Good, 4 Easy.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("gradeNow", {"cards": cards, "ease": ease})
        return result

    def graphs(self, query: str | None = None, days: int | None = None) -> types.GraphData:
        """Return the numbers behind all graphs of Anki's statistics, for all cards or for those that a search finds.

        `collectionStatistics` and `dueForecast` return the most wanted of them in a shorter form.

        Args:
            query: Search text as in Anki's browser; empty for the whole collection.
            days: Days of the review log to read, today included; 0 for all. It cuts only `buttons`, `hours`,
                `reviews` and `trueRetention`.

        Returns:
            The numbers.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.GraphData = self._call("graphs", {}, query=query, days=days)
        return result

    def gui_add_cards(self, note: types.NoteDraft | None = None, activate: bool | None = None) -> int:
        """Open the Add window, with a note filled in if one is given. Only the user can add the note.

        Args:
            note: The note to fill in.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always 0: the note is not added yet, so it has no id.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: int = self._call("guiAddCards", {}, note=note, activate=activate)
        return result

    def gui_add_note_set_data(self, note: types.NoteDraftChange, append: bool | None = None) -> bool:
        """Fill in the open Add window: deck, note type, fields, tags and files.

        Values that are left out stay, and so does the user's input in other fields. Everything is checked before
        anything is changed. The call first waits for the window to save the user's input. If a dialog or a script
        delays that for more than two seconds, the note is filled in as it is.

        Args:
            note: The values to fill in.
            append: Append to the fields and tags instead of replacing them.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            WindowClosed: The window that the action works on is not open.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiAddNoteSetData", {"note": note}, append=append)
        return result

    def gui_answer_card(self, ease: int) -> bool:
        """Answer the card on screen; its answer side must be shown.

        Args:
            ease: Answer button, from 1.

        Returns:
            Always true.

        Raises:
            Refused: Anki cannot do what the call asks for.
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiAnswerCard", {"ease": ease})
        return result

    def gui_browse(
        self, query: str | None = None, reorder_cards: types.ReorderCards | None = None, activate: bool | None = None
    ) -> list[int]:
        """Open the browser or bring it to the front, search in it, and return the ids of the cards that match.

        Sorting changes the order in the browser, not that of the ids.

        Args:
            query: Search text; if left out, the browser is only opened.
            reorder_cards: How to sort the browser.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Ids of the cards that match, in no particular order.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int] = self._call("guiBrowse", {}, query=query, reorderCards=reorder_cards, activate=activate)
        return result

    def gui_check_database(self, wait: bool | None = None, activate: bool | None = None) -> types.DatabaseCheck | None:
        """Back up, check and repair the database, and return what was found.

        Anki shows its progress, and then the findings in a window that blocks nothing. Meanwhile the collection is
        busy: for a few seconds if it is large. If `wait` is false, the result is `null`, at once.

        Args:
            wait: Return only after the check has ended.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            The findings; null if `wait` is false.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.DatabaseCheck | None = self._call("guiCheckDatabase", {}, wait=wait, activate=activate)
        return result

    def gui_current_card(self) -> types.CurrentCard:
        """Describe the card on screen.

        Returns:
            The card that is being reviewed.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: types.CurrentCard = self._call("guiCurrentCard", {})
        return result

    def gui_deck_browser(self) -> None:
        """Show the list of decks.

        Returns:
            Always null.

        Raises:
            RpcError: Any kind of error.
        """
        result: None = self._call("guiDeckBrowser", {})
        return result

    def gui_deck_overview(self, name: str) -> bool:
        """Select a deck and show its overview.

        Args:
            name: Deck name, compared without case.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiDeckOverview", {"name": name})
        return result

    def gui_deck_review(self, name: str) -> bool:
        """Start to review a deck. If nothing is due, Anki shows the deck's overview.

        Args:
            name: Deck name, compared without case.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiDeckReview", {"name": name})
        return result

    def gui_edit_note(self, note: int, activate: bool | None = None) -> None:
        """Show a note for editing in a window of its own. Another call shows its note in the same window.

        In the window the user can preview the note, open it in the browser, and return to notes that it showed
        before.

        Args:
            note: Note id.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            RpcError: Another kind of error.
        """
        result: None = self._call("guiEditNote", {"note": note}, activate=activate)
        return result

    def gui_exit_anki(self) -> None:
        """Close Anki one second after the response. If a window has unsaved input, Anki asks the user first.

        If Anki is at work then, such as on an import or a sync, it closes after that.

        Returns:
            Always null.

        Raises:
            RpcError: Any kind of error.
        """
        result: None = self._call("guiExitAnki", {})
        return result

    def gui_import_file(self, path: str | None = None, activate: bool | None = None) -> None:
        """Open Anki's import window for a file, or let the user pick a file. The user starts the import.

        The response does not wait for the user. A file is refused if its name is that of a package but its content
        is not, or if it is larger than `limits.packageMegabytes`.

        Args:
            path: File to import; if left out, the user picks one.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always null.

        Raises:
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: None = self._call("guiImportFile", {}, path=path, activate=activate)
        return result

    def gui_open(
        self,
        window: Literal[
            "statistics",
            "preferences",
            "noteTypes",
            "fields",
            "cardLayout",
            "deckOptions",
            "filteredDeck",
            "customStudy",
            "cardInfo",
            "export",
            "checkMedia",
        ],
        deck: str | None = None,
        note: int | None = None,
        card: int | None = None,
        model_name: str | None = None,
        activate: bool | None = None,
    ) -> None:
        """Open one of Anki's windows, in which the user goes on. The response comes when the window is shown.

        `statistics`, `preferences` and `cardInfo` leave the user free to use other windows. A further call uses the
        open window, and makes it show what the call asks for.

        `noteTypes`, `fields`, `cardLayout`, `deckOptions`, `filteredDeck`, `customStudy` and `export` are dialogs:
        until the user closes them, Anki's main window takes no input, also without `activate`. Programs are served
        meanwhile, but this method opens no other window then: it fails with `busy`, unless it asks for the same
        again.

        `checkMedia` starts the check, and the response does not wait for it. The findings are shown when it has
        ended. It needs the scopes `media` and `write`, as the method `checkMedia` does.

        With a deck, `statistics` and `customStudy` make it the current one. Without one, `deckOptions` is about the
        current deck, and `filteredDeck` about a new one. `deckOptions` of a filtered deck are those of
        `filteredDeck`.

        Args:
            window: The window. Another param says what it shows: `deck` for `statistics`, `deckOptions`,
                `filteredDeck`, `customStudy` and `export`; `note` for `cardLayout` and `export`; `card` for
                `cardLayout` and `cardInfo`; `modelName` for `noteTypes`, `fields` and `cardLayout`. At most one of
                them is given; `fields`, `cardLayout` and `cardInfo` need one.
            deck: Deck, compared without case. By default the current one; for `filteredDeck` a new one, for
                `export` all.
            note: Note id.
            card: Card id.
            model_name: Note type, compared without case.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call(
            "guiOpen", {"window": window}, deck=deck, note=note, card=card, modelName=model_name, activate=activate
        )
        return result

    def gui_play_audio(self) -> bool:
        """Play the sounds of the shown side again; true even if it has none.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiPlayAudio", {})
        return result

    def gui_review_active(self) -> bool:
        """Report whether a review is running and shows a card.

        Returns:
            A review is running and shows a card.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = self._call("guiReviewActive", {})
        return result

    def gui_select_card(self, card: int) -> bool:
        """Select only this card in the open browser. A card that the browser does not list is refused.

        Args:
            card: Card id.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            WindowClosed: The window that the action works on is not open.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiSelectCard", {"card": card})
        return result

    def gui_select_note(self, note: int) -> bool:
        """Select only this card in the open browser. This is an older name of guiSelectCard: `note` is a card id.

        Args:
            note: Card id, despite the param's name.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            WindowClosed: The window that the action works on is not open.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiSelectNote", {"note": note})
        return result

    def gui_selected_notes(self) -> list[int]:
        """Return the ids of the notes that are selected in the open browser.

        Returns:
            Ids of the notes selected in the browser; none if it is closed.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int] = self._call("guiSelectedNotes", {})
        return result

    def gui_show_answer(self) -> bool:
        """Show the answer side of the card on screen.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiShowAnswer", {})
        return result

    def gui_show_question(self) -> bool:
        """Show the question side of the card on screen.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiShowQuestion", {})
        return result

    def gui_start_card_timer(self) -> bool:
        """Restart the answer timer of the card on screen.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = self._call("guiStartCardTimer", {})
        return result

    def gui_undo(self) -> bool:
        """Undo the newest step, as Anki's menu does; false if there is nothing to undo.

        Callers without the scope `delete` may undo only their own steps, as with `undo`.

        Returns:
            Something was undone.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = self._call("guiUndo", {})
        return result

    @overload
    def import_collection(self, path: str, dry_run: Literal[False] | None = None) -> types.CollectionReplaced: ...

    @overload
    def import_collection(self, path: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def import_collection(self, path: str, dry_run: bool | None = None) -> types.CollectionReplaced | types.Losses: ...

    def import_collection(self, path: str, dry_run: bool | None = None) -> types.CollectionReplaced | types.Losses:
        """Replace the whole collection by one that was exported, and return what is in it.

        The present collection is backed up first, without its media; `restoreBackup` brings it back. Media files
        are added to the media folder: they replace files of the same name, all others stay. If Anki cannot use the
        file, nothing is changed. Anki's undo history is empty afterwards, and the next sync is a full one.

        Args:
            path: Path of the file (.colpkg); a relative path begins at the media folder.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The collection that is open now. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: types.CollectionReplaced | types.Losses = self._call("importCollection", {"path": path}, dryRun=dry_run)
        return result

    def import_package(self, path: str) -> Literal[True]:
        """Import a package: notes with their cards, scheduling, media and deck options.

        Existing notes are recognised, and updated if the package has a newer version. If the import is undone, its
        files stay in the media folder.

        The package is first imported into a temporary collection. If Anki refuses it there, or if it is larger than
        `limits.packageMegabytes`, nothing is changed, and the undo history is kept.

        Args:
            path: Path of the package; a relative path begins at the media folder.

        Returns:
            Always true.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: Literal[True] = self._call("importPackage", {"path": path})
        return result

    def import_text_file(
        self,
        path: str | None = None,
        text: str | None = None,
        delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"] | None = None,
        is_html: bool | None = None,
        model_name: str | None = None,
        deck: str | None = None,
        field_columns: dict[str, int] | None = None,
        tags: list[str] | None = None,
        tags_for_updated: list[str] | None = None,
        on_duplicate: Literal["update", "keep", "add"] | None = None,
        match_scope: Literal["noteType", "noteTypeAndDeck"] | None = None,
    ) -> types.ImportedNotes:
        """Import a text file of notes, such as CSV. The result says what was done with each note.

        See `previewTextFile` for what Anki reads in the file, and what it guesses. A note is recognised by the
        column of its globally unique id, or else by its first field. A deck that the file names and that does not
        exist is created; one that is filtered is refused, unless no note has news. An update replaces the tags of a
        note if the file has a column of tags; it does not move cards to another deck. Media files that the notes
        name are not imported.

        Args:
            path: Path of the file; a relative path begins at the media folder.
            text: The content of the file, instead of `path`.
            delimiter: What separates the columns. By default Anki reads or guesses it.
            is_html: The fields contain HTML; if false, `<`, `>` and `&` are text.
            model_name: Note type of all notes, compared without case.
            deck: Deck of all new notes, compared without case.
            field_columns: The column of each field, from 1, by the field's name. Other fields stay empty, or as
                they are. By default the columns in their order.
            tags: Tags for all notes of the file. By default those that the file names.
            tags_for_updated: Tags for notes that are updated.
            on_duplicate: What to do with a line whose note exists: `update` it, `keep` it as it is, or `add`
                another note. By default what the file says, else `update`.
            match_scope: Where a note with the same first field is looked for: among all notes of its note type, or
                among those in the same deck. By default what the file says, else `noteType`.

        Returns:
            What was done with the notes of the file.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.ImportedNotes = self._call(
            "importTextFile",
            {},
            path=path,
            text=text,
            delimiter=delimiter,
            isHtml=is_html,
            modelName=model_name,
            deck=deck,
            fieldColumns=field_columns,
            tags=tags,
            tagsForUpdated=tags_for_updated,
            onDuplicate=on_duplicate,
            matchScope=match_scope,
        )
        return result

    def insert_reviews(self, reviews: list[list[int]]) -> None:
        """Add entries to the review log, all or none; the scheduling of the cards is not changed.

        Refused are ids that are in use, and numbers that Anki cannot read. If a card is unknown, the call fails.
        Anki has no undoable call for this, so its undo history is cleared.

        Args:
            reviews: Rows as in cardReviews. Their usn is ignored: new entries are not synced yet.

        Returns:
            Always null.

        Raises:
            CardNotFound: The card was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call("insertReviews", {"reviews": reviews})
        return result

    def is_fsrs_active(self) -> bool | None:
        """Return whether Anki schedules by FSRS; null if that was never set, so that it does not.

        Returns:
            FSRS is switched on; null if that was never set.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool | None = self._call("isFsrsActive", {})
        return result

    def list_backups(self) -> list[types.Backup]:
        """List the backups of the profile, newest first; without those that are not complete.

        Returns:
            Newest first.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.Backup] = self._call("listBackups", {})
        return result

    def list_media_trash(self) -> list[types.FileInTrash]:
        """List the files in Anki's media trash.

        All collections in one folder share the trash, which matters without Anki's window.

        Returns:
            The files, by name.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.FileInTrash] = self._call("listMediaTrash", {})
        return result

    def list_models(self) -> list[types.ListedModel]:
        """List the note types with their fields, templates and number of notes.

        Returns:
            The note types, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.ListedModel] = self._call("listModels", {})
        return result

    def list_operations(self) -> list[types.OperationSummary]:
        """List the operations that are queued, running or recently ended, without their results.

        Returns:
            Oldest first.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.OperationSummary] = self._call("listOperations", {})
        return result

    def load_profile(self, name: str) -> bool:
        """Close the open profile, open another one, and return once it is open.

        If a window has unsaved text, Anki asks the user what to do; the call is refused if the user keeps the
        window. A headless gateway opens the profiles of its base folder; without one, it has one profile, which is
        always open. If the profile cannot be opened, for example because Anki has it open, the call is refused and
        the old one stays open.

        Args:
            name: Exact name of the profile.

        Returns:
            Always true: the profile is open.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("loadProfile", {"name": name})
        return result

    def media_of_notes(
        self, notes: list[int], missing_only: bool | None = None
    ) -> list[list[types.MediaReference] | None]:
        """Return which media files each note names, in pictures, sounds and videos, and whether they exist.

        Addresses such as `https://` are left out, and so are pictures that Anki makes of LaTeX. Names are compared
        as `checkMedia` does: entities such as `&amp;` are decoded, and `%20` is not.

        Args:
            notes: Note ids.
            missing_only: Return only files that do not exist.

        Returns:
            One entry per note, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[list[types.MediaReference] | None] = self._call(
            "mediaOfNotes", {"notes": notes}, missingOnly=missing_only
        )
        return result

    def media_sync_status(self) -> types.MediaSyncState:
        """Return whether the media are being synced in the background, and why the last time failed.

        Anki syncs the media after the collection. Its error is kept until the next sync begins.

        Returns:
            The media sync.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.MediaSyncState = self._call("mediaSyncStatus", {})
        return result

    def merge_package(
        self,
        path: str,
        update_notes: Literal["ifNewer", "always", "never"] | None = None,
        update_models: Literal["ifNewer", "always", "never"] | None = None,
        merge_models: bool | None = None,
        with_scheduling: bool | None = None,
        with_deck_options: bool | None = None,
    ) -> types.ImportedNotes:
        """Import a package, as you choose, and return what was done with each note.

        Like `importPackage`. A note is recognised by its globally unique id. If its note type has other fields or
        templates here, it is left out (`conflicting`), unless `mergeModels` unites both. A note type that is new
        here, but has the name of another one, gets a name such as `Basic+`. The package of a whole collection
        (.colpkg) is merged, too. If the collection has everything already, nothing is written.

        Args:
            path: Path of the package; a relative path begins at the media folder.
            update_notes: Update notes that exist here: if those of the package were changed later, always, or
                never.
            update_models: Update note types that exist here: if those of the package were changed later, always, or
                never.
            merge_models: Unite note types that have other fields or templates here.
            with_scheduling: Take the scheduling. If false, the cards are new.
            with_deck_options: Take the decks' options.

        Returns:
            What was done with the notes of the file.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.ImportedNotes = self._call(
            "mergePackage",
            {"path": path},
            updateNotes=update_notes,
            updateModels=update_models,
            mergeModels=merge_models,
            withScheduling=with_scheduling,
            withDeckOptions=with_deck_options,
        )
        return result

    def model_field_add(self, model_name: str, field_name: str, index: int | None = None) -> str:
        """Add a field to a note type and return the name it got. The field is empty in existing notes.

        A taken name is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from names. The next
        sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            field_name: Name of the field.
            index: New position, from 0; the end if too large or left out.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("modelFieldAdd", {"modelName": model_name, "fieldName": field_name}, index=index)
        return result

    def model_field_descriptions(self, model_name: str) -> list[str]:
        """Return the hint that the editor shows in each empty field of a note type.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Hint of each field, in field order; an empty text for none.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("modelFieldDescriptions", {"modelName": model_name})
        return result

    def model_field_fonts(self, model_name: str) -> dict[str, types.FieldFont]:
        """Return the font and size in which the editor shows each field of a note type.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Font of each field by its name, in field order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, types.FieldFont] = self._call("modelFieldFonts", {"modelName": model_name})
        return result

    def model_field_names(self, model_name: str) -> list[str]:
        """List the names of a note type's fields, in field order.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Field names in field order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("modelFieldNames", {"modelName": model_name})
        return result

    @overload
    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: Literal[False] | None = None
    ) -> str | None: ...

    @overload
    def model_field_remove(self, model_name: str, field_name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses: ...

    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses:
        """Remove a field from a note type, with its content in all notes, and return its name; null if there was none.

        Templates lose their references to it; a question side left without fields gets a remaining one. Refused are
        the only field, and a field that Anki protects, as in `Image Occlusion`. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the removed field; null if there was none. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = self._call(
            "modelFieldRemove", {"modelName": model_name, "fieldName": field_name}, dryRun=dry_run
        )
        return result

    def model_field_rename(self, model_name: str, old_field_name: str, new_field_name: str) -> str:
        """Rename a field of a note type, also in its templates, and return the name it got.

        The name of another field is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from
        names.

        Args:
            model_name: Note type name, compared without case.
            old_field_name: Current name in its exact spelling.
            new_field_name: New name.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call(
            "modelFieldRename",
            {"modelName": model_name, "oldFieldName": old_field_name, "newFieldName": new_field_name},
        )
        return result

    def model_field_reposition(self, model_name: str, field_name: str, index: int) -> None:
        """Move a field of a note type, with its content in all notes, to another position.

        The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            index: New position, from 0; the end if too large.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call(
            "modelFieldReposition", {"modelName": model_name, "fieldName": field_name, "index": index}
        )
        return result

    def model_field_set_description(self, model_name: str, field_name: str, description: str) -> bool:
        """Set the hint that the editor shows in a field while it is empty.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            description: The hint; may be empty.

        Returns:
            Always true.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call(
            "modelFieldSetDescription", {"modelName": model_name, "fieldName": field_name, "description": description}
        )
        return result

    def model_field_set_font(self, model_name: str, field_name: str, font: str) -> None:
        """Set the font in which the editor shows a field.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            font: Font in the editor.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call("modelFieldSetFont", {"modelName": model_name, "fieldName": field_name, "font": font})
        return result

    def model_field_set_font_size(self, model_name: str, field_name: str, font_size: int) -> None:
        """Set the size in which the editor shows a field.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            font_size: Font size in the editor, in points: 0 to 65535.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call(
            "modelFieldSetFontSize", {"modelName": model_name, "fieldName": field_name, "fontSize": font_size}
        )
        return result

    def model_field_set_options(self, model_name: str, fields: list[types.FieldOptions]) -> int:
        """Set options of fields of a note type, and return how many fields had other ones. No full sync is needed.

        If a field does not exist, the call fails and changes nothing. Other actions set the font, the font size and
        the hint: modelFieldSetFont, modelFieldSetFontSize and modelFieldSetDescription.

        Args:
            model_name: Note type name, compared without case.
            fields: The fields, each with its new options.

        Returns:
            Number of fields that had other options.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("modelFieldSetOptions", {"modelName": model_name, "fields": fields})
        return result

    def model_fields_on_templates(self, model_name: str) -> dict[str, list[list[str]]]:
        """Return the names of the fields on the two sides of each template of a note type.

        The names come from the text: repeats are kept, special names such as `Tags` count as fields, an inverted
        condition is `^Name`, and the fields need not exist. The answer side lists only names that the question side
        lacks.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Fields of each template by its name, in template order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, list[list[str]]] = self._call("modelFieldsOnTemplates", {"modelName": model_name})
        return result

    def model_name_from_id(self, model_id: int) -> str:
        """Return the name of a note type.

        Args:
            model_id: Note type id.

        Returns:
            Name of the note type.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: str = self._call("modelNameFromId", {"modelId": model_id})
        return result

    def model_names(self) -> list[str]:
        """List the names of all note types.

        Returns:
            Names of all note types, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = self._call("modelNames", {})
        return result

    def model_names_and_ids(self) -> dict[str, int]:
        """Return the id of each note type by its name.

        Returns:
            Id of each note type by its name.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, int] = self._call("modelNamesAndIds", {})
        return result

    def model_styling(self, model_name: str) -> types.Styling:
        """Return the styling of a note type, as CSS.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            The styling.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: types.Styling = self._call("modelStyling", {"modelName": model_name})
        return result

    def model_template_add(self, model_name: str, template: types.NewTemplate) -> str:
        """Add a template to a note type, at the end, create its cards, and return the name it got.

        A taken name is refused; case does not matter. A second template for a cloze note type is refused: Anki
        would never use it. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            template: The template.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("modelTemplateAdd", {"modelName": model_name, "template": template})
        return result

    @overload
    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: Literal[False] | None = None
    ) -> str | None: ...

    @overload
    def model_template_remove(self, model_name: str, template_name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses: ...

    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses:
        """Remove a template from a note type, with all its cards, and return its name; null if there was none.

        Notes without another card stay without cards, until Anki's database check makes new ones. Refused are the
        only template, and the template of a cloze note type. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            template_name: Template name in its exact spelling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the removed template; null if there was none. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = self._call(
            "modelTemplateRemove", {"modelName": model_name, "templateName": template_name}, dryRun=dry_run
        )
        return result

    def model_template_rename(self, model_name: str, old_template_name: str, new_template_name: str) -> str:
        """Rename a template of a note type and return the name it got.

        The name of another template is refused; case does not matter. Anki removes quotes from names.

        Args:
            model_name: Note type name, compared without case.
            old_template_name: Current name in its exact spelling.
            new_template_name: New name.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call(
            "modelTemplateRename",
            {"modelName": model_name, "oldTemplateName": old_template_name, "newTemplateName": new_template_name},
        )
        return result

    def model_template_reposition(self, model_name: str, template_name: str, index: int) -> None:
        """Move a template of a note type to another position; its cards keep their content and schedule.

        Templates of a cloze note type are refused. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            template_name: Template name in its exact spelling.
            index: New position, from 0; the end if too large.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call(
            "modelTemplateReposition", {"modelName": model_name, "templateName": template_name, "index": index}
        )
        return result

    def model_template_set_options(self, model_name: str, templates: list[types.TemplateOptions]) -> int:
        """Set options of templates of a note type, and return how many templates had other ones. No full sync is
        needed.

        New cards of a template with a `deck` are added to that deck, whatever deck the note is added to; present
        cards stay where they are. Refused are a filtered deck, and a format for Anki's browser with an unknown
        field. If a template or a deck does not exist, the call fails and changes nothing.

        Args:
            model_name: Note type name, compared without case.
            templates: The templates, each with its new options.

        Returns:
            Number of templates that had other options.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("modelTemplateSetOptions", {"modelName": model_name, "templates": templates})
        return result

    def model_templates(self, model_name: str) -> dict[str, types.Sides]:
        """Return the two sides of each template of a note type.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Sides of each template by its name, in template order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, types.Sides] = self._call("modelTemplates", {"modelName": model_name})
        return result

    def move_decks(self, decks: list[str], parent: str | None) -> int:
        """Move decks with their sub-decks directly below another deck, or to the top, and return how many were
        elsewhere.

        They keep the last part of their names. If one of the decks cannot be moved, none is: fails with
        `already_exists` if a name is taken at the new place. Refused is a place below the deck itself or below a
        filtered deck.

        Args:
            decks: Full names, compared without case.
            parent: Full name of the deck that shall be above them, compared without case; null or empty for the
                top.

        Returns:
            Number of decks that were elsewhere.

        Raises:
            DeckNotFound: The deck was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("moveDecks", {"decks": decks, "parent": parent})
        return result

    @overload
    def move_tags(self, tags: list[str], parent: str | None, dry_run: Literal[False] | None = None) -> int: ...

    @overload
    def move_tags(self, tags: list[str], parent: str | None, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def move_tags(self, tags: list[str], parent: str | None, dry_run: bool | None = None) -> int | types.Losses: ...

    def move_tags(self, tags: list[str], parent: str | None, dry_run: bool | None = None) -> int | types.Losses:
        """Move tags with their sub-tags below another tag, in all notes, and return how many notes have one of them.

        They keep their last level: `food::fruit` below `meal` becomes `meal::fruit`. The parent need not exist. If
        the new name is taken, the two tags become one. A tag below another one of these moves along with it. The
        old tags leave the collection's list. A tag that no note has stays as it is.

        A tag that does not exist, or that would be moved below itself, fails the call, and nothing is changed.

        Args:
            tags: Tags to move, compared without case; their sub-tags move along.
            parent: Tag below which they are moved, `::` between levels; null or an empty text for the top.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes with one of the tags or their sub-tags. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = self._call("moveTags", {"tags": tags, "parent": parent}, dryRun=dry_run)
        return result

    def multi(self, actions: list[types.Call]) -> list[types.Outcome]:
        """Run several calls in order and return the outcome of each.

        A call that fails does not stop the others, and nothing is rolled back. A `multi` may contain a `multi`, 32
        deep.

        Args:
            actions: Calls to run in order.

        Returns:
            One outcome per call, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.Outcome] = self._call("multi", {"actions": actions})
        return result

    def next_cards(
        self,
        limit: int | None = None,
        sides: Literal["both", "question", "none"] | None = None,
        states: bool | None = None,
    ) -> types.Queue:
        """Return the cards that Anki would show next in the current deck, with both sides and the effect of each
        answer.

        Order and daily limits are Anki's. `selectDeck` chooses the deck; `answerCards` answers cards.

        Args:
            limit: Maximum number of cards.
            sides: Sides to return; `question` without the hidden texts that Anki writes into the HTML of a cloze.
            states: Also return `token` and `states` of each card.

        Returns:
            Today's remaining counts, and the next cards.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Queue = self._call("nextCards", {}, limit=limit, sides=sides, states=states)
        return result

    @overload
    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NoteInfo]: ...

    @overload
    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        *,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]],
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NotePart]: ...

    @overload
    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NoteInfo] | list[types.NotePart]: ...

    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NoteInfo] | list[types.NotePart]:
        """Describe notes: fields, tags, note type and cards, in the order of the ids.

        Naming `fields` or reading in pages saves time. Pages of a search are ordered by id, which is the time of
        creation.

        Args:
            notes: Note ids.
            query: Search text; if given, `notes` is ignored.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            fields: Members to return of each entry; default all.
            note_fields: Exact names of the note's fields to return in `fields`; default all. Fields that a note
                lacks are left out.
            plain_text: Return the values of fields as text of one line, without HTML. Names of media files stay.

        Returns:
            One entry per note, in order; an empty object for an unknown id. With `fields`, only those members.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[types.NoteInfo] | list[types.NotePart] = self._call(
            "notesInfo",
            {},
            notes=notes,
            query=query,
            limit=limit,
            offset=offset,
            fields=fields,
            noteFields=note_fields,
            plainText=plain_text,
        )
        return result

    def notes_mod_time(self, notes: list[int]) -> list[types.NoteTime]:
        """Return when each note was last changed, in the order of the ids.

        Args:
            notes: Note ids.

        Returns:
            One entry per note, in order; an empty object for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.NoteTime] = self._call("notesModTime", {"notes": notes})
        return result

    def optimize_fsrs_params(
        self,
        preset: str,
        search: str | None = None,
        apply: bool | None = None,
        health_check: bool | None = None,
        reschedule: bool | None = None,
    ) -> types.Optimized:
        """Compute FSRS parameters from reviews, as *Optimize* in Anki's options does. FSRS need not be active.

        Without `apply` nothing is changed. The call is refused if there is no usable review: only reviews that come
        a day or more after the card was first learned count. Meanwhile, other calls on the collection wait.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            search: Search text for the cards whose reviews count, instead of the preset's.
            apply: Save the parameters in the preset if they are better.
            health_check: Also check whether FSRS suits these reviews, which takes longer.
            reschedule: With `apply`: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            The best parameters and how well they fit.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
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

    def preview_cards(
        self,
        note: types.PreviewedNote | None = None,
        note_id: int | None = None,
        fields: dict[str, str] | None = None,
        templates: dict[str, types.PreviewedSides] | None = None,
        css: str | None = None,
        cards: list[int] | None = None,
        fill_empty: bool | None = None,
    ) -> list[types.CardPreview]:
        """Render the cards of a note, and store nothing: neither the note nor the templates need exist yet.

        So it also checks templates before they are saved. An unknown field, or a condition that is not closed, is
        reported in `error`. Braces that are not closed are no error: Anki shows them as they are.

        Refused are cards that may become larger than 64 MiB, because a side refers to large fields many times.

        Sounds stay as they are written, as in `[sound:mela.mp3]`, and so does LaTeX. `{{Deck}}` shows `(Deck)`.

        Args:
            note: A note that need not be stored. Give either this or `noteId`.
            note_id: Id of a stored note.
            fields: Other HTML for fields of the stored note, by field name, compared without case.
            templates: Other sides of templates, by the name of the template in its exact spelling.
            css: Other styling; default that of the note type.
            cards: Positions of the cards to return: of its template, or the number of its cloze deletion less 1.
                Default all.
            fill_empty: Show the name of a field, as in `(Front)`, if the field is empty.

        Returns:
            The cards of the note, by position.

        Raises:
            NoteNotFound: The note was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.CardPreview] = self._call(
            "previewCards",
            {},
            note=note,
            noteId=note_id,
            fields=fields,
            templates=templates,
            css=css,
            cards=cards,
            fillEmpty=fill_empty,
        )
        return result

    def preview_text_file(
        self,
        path: str | None = None,
        text: str | None = None,
        delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"] | None = None,
        is_html: bool | None = None,
        model_name: str | None = None,
        deck: str | None = None,
    ) -> types.TextFilePreview:
        """Show what Anki reads in a text file of notes, and how `importTextFile` would import it. Nothing is changed.

        The file is in UTF-8. Lines at its top can say how to read it: `#separator:`, `#html:`, `#notetype:`,
        `#deck:`, `#tags:`, `#columns:`, `#notetype column:`, `#deck column:`, `#tags column:`, `#guid column:`,
        `#if matches:` and `#match scope:`. What neither they nor the call says is guessed (`guessed`). In a file of
        one column the guessed delimiter is the space.

        Compare `rows` with the file: a quotation mark that is not closed makes the rest of the file one field.

        Args:
            path: Path of the file; a relative path begins at the media folder.
            text: The content of the file, instead of `path`.
            delimiter: What separates the columns. By default Anki reads or guesses it.
            is_html: The fields contain HTML; if false, `<`, `>` and `&` are text.
            model_name: Note type of all notes, compared without case.
            deck: Deck of all new notes, compared without case.

        Returns:
            What the file contains.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: types.TextFilePreview = self._call(
            "previewTextFile",
            {},
            path=path,
            text=text,
            delimiter=delimiter,
            isHtml=is_html,
            modelName=model_name,
            deck=deck,
        )
        return result

    def raise_todays_limits(
        self, decks: list[str], new_cards: int | None = None, reviews: int | None = None
    ) -> list[types.CardsLeft]:
        """Show more new cards or reviews today, as Anki's *Custom Study* does, and return what is left for today.

        Only the limits of the named decks change. The limits of a deck above or below still apply, so the result
        can be the same as before. A filtered deck, which has no limits, is refused.

        Args:
            decks: Full names, compared without case.
            new_cards: How many more new cards are shown today; negative for fewer.
            reviews: How many more reviews are shown today; negative for fewer.

        Returns:
            One entry for each deck, in order.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.CardsLeft] = self._call(
            "raiseTodaysLimits", {"decks": decks}, newCards=new_cards, reviews=reviews
        )
        return result

    def rebuild_filtered_deck(self, deck: str) -> int:
        """Empty a filtered deck, fill it again by its searches, and return how many cards it has then.

        Args:
            deck: Full name of a filtered deck, compared without case.

        Returns:
            Number of cards that are in the deck now.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: int = self._call("rebuildFilteredDeck", {"deck": deck})
        return result

    def redo(self) -> types.UndoneStep:
        """Redo the step that was undone last and return its name; null if there is none.

        Callers without the scope `delete` may redo only their own steps, as with `undo`.

        Returns:
            The step, and the next steps to undo and redo.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.UndoneStep = self._call("redo", {})
        return result

    def relearn_cards(self, cards: list[int]) -> None:
        """Put cards into relearning, due at once.

        Interval, ease and counts stay the same, and nothing is logged. Cards in a filtered deck stay there. Cards
        that are already being relearned within a day are skipped. If an id is unknown, the call fails and changes
        nothing.

        Args:
            cards: Card ids.

        Returns:
            Always null.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: None = self._call("relearnCards", {"cards": cards})
        return result

    def reload_collection(self) -> None:
        """Make Anki's windows read the collection again and show its present state.

        Returns:
            Always null.

        Raises:
            RpcError: Any kind of error.
        """
        result: None = self._call("reloadCollection", {})
        return result

    @overload
    def remove_config_values(self, keys: list[str], dry_run: Literal[False] | None = None) -> list[str]: ...

    @overload
    def remove_config_values(self, keys: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_config_values(self, keys: list[str], dry_run: bool | None = None) -> list[str] | types.Losses: ...

    def remove_config_values(self, keys: list[str], dry_run: bool | None = None) -> list[str] | types.Losses:
        """Remove values that programs have stored in the collection, and return the keys that had one.

        Args:
            keys: Keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of
                English letters, digits and `_-.:/`. At most 1,000.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The keys that had a value. With `dryRun`, the losses.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] | types.Losses = self._call("removeConfigValues", {"keys": keys}, dryRun=dry_run)
        return result

    @overload
    def remove_deck_config_id(self, config_id: int, dry_run: Literal[False] | None = None) -> str | None: ...

    @overload
    def remove_deck_config_id(self, config_id: int, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> str | None | types.Losses: ...

    def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> str | None | types.Losses:
        """Remove a group of deck options and return its name; null if there was none.

        Its decks get group 1. The next sync with AnkiWeb must be a full sync.

        Args:
            config_id: Id of the group. Group 1 cannot be removed.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the removed group; null if there was none. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = self._call("removeDeckConfigId", {"configId": config_id}, dryRun=dry_run)
        return result

    @overload
    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: Literal[False] | None = None
    ) -> types.EmptyCardsRemoved: ...

    @overload
    def remove_empty_cards(self, keep_notes: bool | None = None, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> types.EmptyCardsRemoved | types.Losses: ...

    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> types.EmptyCardsRemoved | types.Losses:
        """Remove cards whose front has become empty and return what was removed.

        Args:
            keep_notes: Keep the first card of a note that has only empty ones.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The removed cards and notes. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.EmptyCardsRemoved | types.Losses = self._call(
            "removeEmptyCards", {}, keepNotes=keep_notes, dryRun=dry_run
        )
        return result

    @overload
    def remove_empty_notes(self, dry_run: Literal[False] | None = None) -> None: ...

    @overload
    def remove_empty_notes(self, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_empty_notes(self, dry_run: bool | None = None) -> None | types.Losses: ...

    def remove_empty_notes(self, dry_run: bool | None = None) -> None | types.Losses:
        """Delete notes whose fields are all empty, with their cards.

        A field with only white space or empty HTML is empty; one with a picture or a sound is not. Tags do not
        count. Other notes keep their empty cards, which `findEmptyCards` lists.

        Args:
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = self._call("removeEmptyNotes", {}, dryRun=dry_run)
        return result

    @overload
    def remove_saved_search(self, name: str, dry_run: Literal[False] | None = None) -> str | None: ...

    @overload
    def remove_saved_search(self, name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_saved_search(self, name: str, dry_run: bool | None = None) -> str | None | types.Losses: ...

    def remove_saved_search(self, name: str, dry_run: bool | None = None) -> str | None | types.Losses:
        """Remove a saved search and return its name; null if there was none.

        Args:
            name: Name in its exact spelling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Its name; null if there was no such search. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = self._call("removeSavedSearch", {"name": name}, dryRun=dry_run)
        return result

    @overload
    def remove_tags(self, notes: list[int], tags: str, dry_run: Literal[False] | None = None) -> list[int]: ...

    @overload
    def remove_tags(self, notes: list[int], tags: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> list[int] | types.Losses: ...

    def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> list[int] | types.Losses:
        """Remove tags and their sub-tags from notes, and return the ids of the notes that had one.

        Case does not matter. If an id is unknown, the call fails and changes nothing.

        Args:
            notes: Note ids.
            tags: Tags, separated by spaces.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Ids of the notes from which a tag was removed. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            RpcError: Another kind of error.
        """
        result: list[int] | types.Losses = self._call("removeTags", {"notes": notes, "tags": tags}, dryRun=dry_run)
        return result

    @overload
    def remove_tags_in_all_notes(self, tags: list[str], dry_run: Literal[False] | None = None) -> int: ...

    @overload
    def remove_tags_in_all_notes(self, tags: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def remove_tags_in_all_notes(self, tags: list[str], dry_run: bool | None = None) -> int | types.Losses: ...

    def remove_tags_in_all_notes(self, tags: list[str], dry_run: bool | None = None) -> int | types.Losses:
        """Remove tags and their sub-tags from all notes and from the collection's list, and return how many notes had
        one.

        Case does not matter. Tags that do not exist are skipped; without tags, nothing is removed. Each 5,000 notes
        are written atomically; the call is one step in Anki's undo menu.

        Args:
            tags: Tags to remove; a text with spaces is several tags.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes that had one of the tags. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = self._call("removeTagsInAllNotes", {"tags": tags}, dryRun=dry_run)
        return result

    def rename_deck(self, deck: str, new_name: str) -> str:
        """Rename a deck, or move it below another one, together with its sub-decks.

        Refused are the name of another deck, and a place below the deck itself or below a filtered deck.

        Args:
            deck: Full name, compared without case.
            new_name: New full name, `::` between levels. Missing parents are created.

        Returns:
            The new full name, as Anki has normalised it.

        Raises:
            DeckNotFound: The deck was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("renameDeck", {"deck": deck, "newName": new_name})
        return result

    def rename_model(self, model_name: str, new_name: str) -> str:
        """Rename a note type and return the name it got. Its notes stay, and no full sync is needed.

        The name of another note type is refused; case does not matter. Anki removes quotes from names.

        Args:
            model_name: Note type name, compared without case.
            new_name: New name.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("renameModel", {"modelName": model_name, "newName": new_name})
        return result

    def rename_profile(self, name: str, new_name: str) -> str:
        """Rename a profile and its folder, and return the new name as it is stored.

        The open profile is closed, renamed and opened again, as by `loadProfile`: running operations are cancelled,
        and if a window has unsaved text, Anki asks the user what to do. A profile that another program has open is
        refused. The rules for names are those of `addProfile`.

        Args:
            name: Exact name of the profile.
            new_name: New name. Blanks around it are removed.

        Returns:
            The name of the profile as it is stored.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = self._call("renameProfile", {"name": name, "newName": new_name})
        return result

    @overload
    def rename_tag(self, tag: str, new_name: str, dry_run: Literal[False] | None = None) -> int: ...

    @overload
    def rename_tag(self, tag: str, new_name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def rename_tag(self, tag: str, new_name: str, dry_run: bool | None = None) -> int | types.Losses: ...

    def rename_tag(self, tag: str, new_name: str, dry_run: bool | None = None) -> int | types.Losses:
        """Rename a tag with its sub-tags in all notes, and return how many notes have it.

        Case does not matter for `tag`. If the new name is taken, the two tags become one. The old tags leave the
        collection's list. A tag that no note has stays as it is, and the result is 0.

        Args:
            tag: Tag to rename, compared without case; its sub-tags move along.
            new_name: New name, without spaces; `::` between levels.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes with the tag or one of its sub-tags. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = self._call("renameTag", {"tag": tag, "newName": new_name}, dryRun=dry_run)
        return result

    @overload
    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: Literal[False] | None = None
    ) -> None: ...

    @overload
    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses: ...

    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses:
        """Replace a tag in notes; those without the tag are skipped.

        If an id is unknown, or nothing in the collection has the tag, the call fails and changes nothing.

        Args:
            notes: Note ids.
            tag_to_replace: Tag to replace, compared without case; sub-tags stay.
            replace_with_tag: New tags, separated by spaces; an empty text removes the tag.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = self._call(
            "replaceTags",
            {"notes": notes, "tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    @overload
    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: Literal[False] | None = None
    ) -> None: ...

    @overload
    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses: ...

    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses:
        """Replace a tag in every note that has it. The call fails if the collection has no such tag.

        Args:
            tag_to_replace: Tag to replace, compared without case; sub-tags stay.
            replace_with_tag: New tags, separated by spaces; an empty text removes the tag.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = self._call(
            "replaceTagsInAllNotes",
            {"tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    def reposition_new_cards(
        self, ordered_card_ids: list[int], start_position: int, step: int, shift: bool, random: bool | None = None
    ) -> types.Repositioned:
        """Position new cards in the given order, or at random.

        Cards of one note get the same position, that of the first of them. If an id is repeated, its first place
        counts. Unknown ids and cards that are not new are skipped and reported.

        Args:
            ordered_card_ids: Card ids, in their new order.
            start_position: Position of the first card.
            step: Difference between two positions.
            shift: Shift the new cards at or after these positions to make room.
            random: Mix the notes of the cards, instead of keeping the given order.

        Returns:
            The outcome.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Repositioned = self._call(
            "repositionNewCards",
            {"orderedCardIds": ordered_card_ids, "startPosition": start_position, "step": step, "shift": shift},
            random=random,
        )
        return result

    def request_permission(self) -> types.Permission:
        """Ask for permission to use the gateway.

        Programs that are not browsers, and allowed origins, have it. For any other origin the gateway asks the
        user, and the call waits for the answer. Permission is denied if no answer comes in time, or if the gateway
        has no window.

        Returns:
            Whether permission was granted; if so, also the conditions.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Permission = self._call("requestPermission", {})
        return result

    @overload
    def restore_backup(self, name: str, dry_run: Literal[False] | None = None) -> types.CollectionReplaced: ...

    @overload
    def restore_backup(self, name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def restore_backup(self, name: str, dry_run: bool | None = None) -> types.CollectionReplaced | types.Losses: ...

    def restore_backup(self, name: str, dry_run: bool | None = None) -> types.CollectionReplaced | types.Losses:
        """Replace the collection by a backup of this profile, and return what is in it.

        The present collection is backed up first, so `restoreBackup` can also bring that back. Backups have no
        media, so the media folder stays as it is. Anki's undo history is empty afterwards, and the next sync is a
        full one.

        Args:
            name: File name of the backup, as in listBackups.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The collection that is open now. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.CollectionReplaced | types.Losses = self._call("restoreBackup", {"name": name}, dryRun=dry_run)
        return result

    def restore_media_trash(self) -> list[str]:
        """Move all files of Anki's media trash back to the media folder, and return their names there.

        If a name is taken by another content, the file gets a name with the SHA-1 of its content; if a file of this
        content is there already, the one in the trash is deleted. If the trash has anything but files, such as a
        folder, nothing is moved. All collections in one folder share the trash, which matters without Anki's
        window.

        Returns:
            Names of the files that are in the media folder again.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("restoreMediaTrash", {})
        return result

    @overload
    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: Literal[False] | None = None,
    ) -> types.Model: ...

    @overload
    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: bool | None = None,
    ) -> types.Model | types.Losses: ...

    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: bool | None = None,
    ) -> types.Model | types.Losses:
        """Make a note type like one of Anki's built-in ones again, and return it as Anki stores it.

        It gets the fields, templates and styling of that one; its name, its LaTeX and its notes stay. Fields and
        templates keep the content and the cards of those with the same name; those that are left take their places
        in order, and further ones are removed with their content and their cards; notes with only such cards stay
        without cards. A cloze note type cannot become a standard one, nor the other way. If fields or templates are
        added, removed or moved, the next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            kind: Which of Anki's built-in note types it shall be like.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The note type, as Anki stores it. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Model | types.Losses = self._call(
            "restoreModel", {"modelName": model_name, "kind": kind}, dryRun=dry_run
        )
        return result

    def retrieve_media_file(self, filename: str) -> str:
        """Return a file of the media folder as base64.

        Args:
            filename: Name in the media folder; folders in it are ignored.

        Returns:
            Content in base64.

        Raises:
            NotFound: Something that the call names was not found.
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: str = self._call("retrieveMediaFile", {"filename": filename})
        return result

    def review_log(
        self, after: int | None = None, limit: int | None = None, before: int | None = None, query: str | None = None
    ) -> types.ReviewPage:
        """List the entries of the review log in pages, oldest first.

        Answers recorded between two calls appear on a later page, and no entry appears twice. But a sync can bring
        entries from another device that are older than a page already read.

        Args:
            after: Only entries with a larger id: time in milliseconds since 1970, or `next` of the previous page.
            limit: Maximum number of entries of a page.
            before: Only entries with a smaller id.
            query: Only entries of cards that this search text finds now.

        Returns:
            A page of the log.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.ReviewPage = self._call("reviewLog", {}, after=after, limit=limit, before=before, query=query)
        return result

    def save_deck_config(self, config: types.OptionsGroup) -> bool:
        """Replace a group of deck options as a whole.

        As in Anki's options window, new cards are sorted again if their order changes. While FSRS is active, memory
        states are computed again if its parameters change.

        Args:
            config: The whole group as getDeckConfig returns it, with your changes. Anki sets `mod` and `usn`.

        Returns:
            Always true.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("saveDeckConfig", {"config": config})
        return result

    def save_search(self, name: str, search: str, overwrite: bool | None = None) -> str:
        """Save a search text under a name, for the sidebar of Anki's browser, and return it as it was saved.

        If another search has the name, the call fails, unless `overwrite` is true.

        Args:
            name: Name in its exact spelling.
            search: Search text; if empty, everything is found.
            overwrite: Replace another search of this name.

        Returns:
            The search text as it was saved, in Anki's own spelling.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: str = self._call("saveSearch", {"name": name, "search": search}, overwrite=overwrite)
        return result

    def select_deck(self, deck: str) -> None:
        """Make a deck the current one. No window changes what it shows.

        Args:
            deck: Full name, compared without case.

        Returns:
            Always null.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: None = self._call("selectDeck", {"deck": deck})
        return result

    def set_config_values(self, values: dict[str, Any]) -> list[str]:
        """Store values of your program in the collection, and return the keys that had another value, or none.

        They are synced, all of them with every sync, so store few and small ones. Other programs can read and
        change them: passwords do not belong there. Anki's own keys are rejected; for some of them there is
        `setPreferences`.

        Args:
            values: Values by their keys. Each begins with a name of your own and a dot, such as `my-
                program.window`, and consists of English letters, digits and `_-.:/`. At most 1,000. A value has at
                most 16,384 bytes as JSON, and 100 levels of lists and objects.

        Returns:
            The keys that had another value, or none.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = self._call("setConfigValues", {"values": values})
        return result

    def set_deck_config_id(self, decks: list[str], config_id: int) -> bool:
        """Assign a group of options to decks. If a deck or the group does not exist, the call fails and changes
        nothing.

        A filtered deck, which has no group, is refused. Sub-decks are not changed.

        Args:
            decks: Full deck names in their exact spelling.
            config_id: Id of the group.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("setDeckConfigId", {"decks": decks, "configId": config_id})
        return result

    def set_deck_description(self, deck: str, description: str) -> bool:
        """Replace the description of a deck. A filtered deck, which has none, is refused.

        Args:
            deck: Full name in its exact spelling.
            description: The new text; an empty one removes it.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("setDeckDescription", {"deck": deck, "description": description})
        return result

    def set_deck_desired_retention(
        self, deck: str, desired_retention: float | None, reschedule: bool | None = None
    ) -> bool:
        """Set or remove a deck's own desired retention and return whether that changed anything.

        Sub-decks are not changed. A filtered deck, which has none, is refused.

        Args:
            deck: Full deck name, compared without case.
            desired_retention: Share of reviews to be passed; null for that of the deck's preset.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call(
            "setDeckDesiredRetention", {"deck": deck, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_deck_limits(
        self,
        decks: list[str],
        new_cards: int | None = None,
        reviews: int | None = None,
        new_cards_today: int | None = None,
        reviews_today: int | None = None,
        remove: list[Literal["newCards", "reviews", "newCardsToday", "reviewsToday"]] | None = None,
    ) -> int:
        """Set or remove daily limits of decks, each day or only today, and return how many decks had other ones.

        Limits that are not named stay. Sub-decks are not changed. A filtered deck, which has no limits, is refused.

        Args:
            decks: Full names, compared without case.
            new_cards: New cards a day; null for no such limit.
            reviews: Reviews a day; null for no such limit.
            new_cards_today: New cards today; null for no such limit.
            reviews_today: Reviews today; null for no such limit.
            remove: Limits that the decks shall no longer have, named for clients that cannot send null.

        Returns:
            Number of decks that had other limits.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call(
            "setDeckLimits",
            {"decks": decks},
            newCards=new_cards,
            reviews=reviews,
            newCardsToday=new_cards_today,
            reviewsToday=reviews_today,
            remove=remove,
        )
        return result

    def set_deck_options_for_all(
        self,
        new_cards_ignore_review_limit: bool | None = None,
        apply_all_parent_limits: bool | None = None,
        fsrs_health_check: bool | None = None,
        card_state_customizer: str | None = None,
    ) -> types.ChangedDeckOptionsForAll:
        """Set deck options that hold for all decks, and return those that had other values. Others stay.

        Limits count at once. Presets, and whether FSRS is active, do not change.

        Args:
            new_cards_ignore_review_limit: New cards do not count towards the limit of reviews.
            apply_all_parent_limits: The limits of all decks above a deck apply, also if the deck is studied by
                itself.
            fsrs_health_check: Optimizing in Anki's window also checks whether FSRS suits the reviews.
            card_state_customizer: JavaScript that Anki runs for each card in its reviewer; empty for none. Needs
                the scope `admin`.

        Returns:
            The options that had other values, with the new ones.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ChangedDeckOptionsForAll = self._call(
            "setDeckOptionsForAll",
            {},
            newCardsIgnoreReviewLimit=new_cards_ignore_review_limit,
            applyAllParentLimits=apply_all_parent_limits,
            fsrsHealthCheck=fsrs_health_check,
            cardStateCustomizer=card_state_customizer,
        )
        return result

    def set_deck_preset(self, decks: list[str], preset: str) -> int:
        """Assign a preset of options to decks and return how many had another one.

        As in Anki's options window, memory states of their cards are computed again while FSRS is active. Sub-decks
        are not changed. A filtered deck has no preset: if one is named, the call is refused and changes nothing. If
        several presets have the name, the oldest is used.

        Args:
            decks: Full names, compared without case.
            preset: Name of the preset in its exact spelling.

        Returns:
            Number of decks that had another preset.

        Raises:
            DeckNotFound: The deck was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("setDeckPreset", {"decks": decks, "preset": preset})
        return result

    def set_desired_retention(self, preset: str, desired_retention: float, reschedule: bool | None = None) -> bool:
        """Set the desired retention of a preset and return whether that changed anything.

        Decks with a desired retention of their own keep it.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            desired_retention: Share of reviews to be passed.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call(
            "setDesiredRetention", {"preset": preset, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_due_date(self, cards: list[int], days: str) -> bool:
        """Set when cards are due, in days from today.

        New cards become review cards. Cards in a filtered deck return to their home deck. Skipped are damaged
        cards, cards with a damaged home deck, and cards that already have this due date and interval. If an id is
        unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            days: Days from today: `0` is today, `3-7` a random day of that range for each card. With `!` at the end
                they become the interval, too. At most 999999.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: bool = self._call("setDueDate", {"cards": cards, "days": days})
        return result

    def set_ease_factors(self, cards: list[int], ease_factors: list[int]) -> list[bool]:
        """Set the ease factor of each card and return for each whether it exists.

        Unknown ids are skipped. If a card is named more than once, its last ease counts.

        Args:
            cards: Card ids.
            ease_factors: Ease factor of each card, in tenths of a percent: 2500 is 250 %.

        Returns:
            For each card whether it exists, and so now has that ease factor.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool] = self._call("setEaseFactors", {"cards": cards, "easeFactors": ease_factors})
        return result

    def set_flags(self, cards: list[int], flag: int) -> int:
        """Set or clear the flag of cards and return how many had another one.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            flag: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple; 0 for none.

        Returns:
            Number of cards that were changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("setFlags", {"cards": cards, "flag": flag})
        return result

    def set_fsrs_active(self, active: bool, reschedule: bool | None = None) -> bool:
        """Switch FSRS on or off for the whole collection and return whether that changed anything.

        As in Anki's options window, memory states are computed for all cards with reviews, or removed.

        Args:
            active: Schedule by FSRS.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("setFsrsActive", {"active": active}, reschedule=reschedule)
        return result

    def set_fsrs_params(self, preset: str, params: list[float], reschedule: bool | None = None) -> bool:
        """Set the FSRS parameters of a preset and return whether that changed anything.

        As in Anki's options window, memory states of its cards are computed again while FSRS is active.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            params: 17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's defaults.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("setFsrsParams", {"preset": preset, "params": params}, reschedule=reschedule)
        return result

    def set_model_options(
        self,
        model_name: str,
        sort_field: str | None = None,
        latex_header: str | None = None,
        latex_footer: str | None = None,
        latex_svg: bool | None = None,
    ) -> types.ModelOptions:
        """Set the sort field and the LaTeX of a note type, and return which options had other values.

        If the sort field changes, the next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            sort_field: Name, in its exact spelling, of the field that Anki's browser sorts by.
            latex_header: LaTeX before each snippet.
            latex_footer: LaTeX after each snippet.
            latex_svg: LaTeX makes SVG images, not PNG.

        Returns:
            The options that had other values, with the new ones.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ModelOptions = self._call(
            "setModelOptions",
            {"modelName": model_name},
            sortField=sort_field,
            latexHeader=latex_header,
            latexFooter=latex_footer,
            latexSvg=latex_svg,
        )
        return result

    def set_preferences(self, changes: types.ChangedPreferences) -> types.ChangedPreferences:
        """Change preferences and return those that had other values. A new beginning of the day counts at once.

        Args:
            changes: The preferences to change; others stay.

        Returns:
            The preferences that had other values, with the new ones.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.ChangedPreferences = self._call("setPreferences", {"changes": changes})
        return result

    def set_specific_value_of_card(
        self, card: int, keys: list[str], new_values: list[Any], warning_check: bool | None = None
    ) -> list[bool]:
        """Set single values of a card, in the form in which Anki stores them.

        Anki checks little: a value that does not fit the others can make the card unusable. The note, its template
        and the decks must exist. A card in a filtered deck must have a home deck that is not filtered; other cards
        must have none.

        Args:
            card: Card id.
            keys: Names of the values: `nid`, `did`, `ord`, `type`, `queue`, `due`, `ivl`, `factor`, `reps`,
                `lapses`, `left`, `odue`, `odid`, `flags`, `original_position`, `last_review_time`,
                `desired_retention`, `decay`, `custom_data`.
            new_values: Value for each name: a whole number, except for `desired_retention`, `decay` and
                `custom_data`. null clears `original_position`, `last_review_time`, `desired_retention`, `decay`.
            warning_check: Must be true to set `nid`, `did`, `ord`, `type`, `queue`, `ivl`, `reps`, `lapses`,
                `left`, `odue`, `odid`.

        Returns:
            Always one `true`.

        Raises:
            NoteNotFound: The note was not found.
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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
        """Simulate new cards, reviews, time and memorized cards of each of the next days, as Anki's simulator does.

        FSRS must be active. Suspended cards do not count. For cards with reviews but without memory state, the
        memory state is computed and stored. A year of 50,000 cards takes 10 to 20 seconds; meanwhile, other calls
        on the collection wait.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            days: Number of days, including today.
            new_limit: New cards a day; default the preset's limit.
            review_limit: Reviews a day; default the preset's limit.
            more_new_cards: Imaginary new cards in addition to the existing ones.
            search: Search text for the cards, instead of all cards of the preset.
            desired_retention: Instead of the preset's.

        Returns:
            One entry per day, today first.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
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
        """Simulate for each desired retention how much work it causes and how many cards are remembered in the end.

        This is `simulateReviews` thirty times over. Parameters of an older FSRS are refused: Anki 26.05 fails on
        them.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            days: Number of days, including today.
            new_limit: New cards a day; default the preset's limit.
            review_limit: Reviews a day; default the preset's limit.
            more_new_cards: Imaginary new cards in addition to the existing ones.
            search: Search text for the cards, instead of all cards of the preset.

        Returns:
            One entry per retention, from 0.7 to 0.99.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
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

    def sort_new_cards(self, deck: str, order: Literal["added", "random"]) -> int:
        """Sort the new cards of a deck by the age of their notes, or mix them, and return how many there are.

        They get positions from 1 on, those of one note the same, unless they are in that order already. Cards of
        sub-decks keep their positions; cards that are in a filtered deck now are sorted in their home deck. A
        filtered deck is refused. `repositionNewCards` moves chosen cards.

        Args:
            deck: Full name, compared without case; sub-decks are not included.
            order: `added`: as their notes were added; cards of one note come together.

        Returns:
            Number of new cards in the deck.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("sortNewCards", {"deck": deck, "order": order})
        return result

    def start_operation(self, method: str, params: dict[str, Any] | list[Any] | None = None) -> types.Operation:
        """Start an action in the background and return at once; `getOperation` returns its result later.

        Any action on the collection can be started, and `sync`. Name, params and permission are checked before the
        response; later errors are in the operation's outcome. The operation waits for its turn without a time
        limit, and continues if the connection is lost. Params and result have the form that they have in JSON-RPC.

        While an operation writes many notes, other callers can read between two chunks. The event
        `operationChanged` reports its progress. The last 100 operations are kept for an hour after their end.

        Args:
            method: Name of an action that runs on the collection, or `sync`.
            params: Its params, by name or by position.

        Returns:
            The operation in its present state; result and error only if it is the caller's own.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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
        collision: Literal["replace", "rename", "error"] | None = None,
    ) -> str | None:
        """Store a file in the media folder and return the name it got.

        The content is base64 `data`, the file at `path`, or the download from `url`, in this order. An existing
        file of that name is moved to Anki's media trash; `collision` says otherwise. If it has the same content, it
        stays.

        Args:
            filename: Name to store the file under; Anki normalises it, and folders are dropped.
            data: Content in base64; used before `path` and `url`.
            path: File to copy, readable by the gateway; used before `url`.
            url: Address to fetch, http or https.
            skip_hash: MD5 of content not to store, in lower-case hexadecimal digits.
            delete_existing: Move an existing file of that name to the trash; if false, other content gets a free
                name.
            collision: What happens if another file has that name: `replace` moves it to the trash, `rename` gives
                the new file a free name, `error` stores nothing. It takes the place of `deleteExisting`.

        Returns:
            The name it got; null if `skipHash` matched.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: str | None = self._call(
            "storeMediaFile",
            {"filename": filename},
            data=data,
            path=path,
            url=url,
            skipHash=skip_hash,
            deleteExisting=delete_existing,
            collision=collision,
        )
        return result

    def study_streak(self) -> types.Streak:
        """Count the days in a row with at least one answer. A day begins at the hour in Anki's preferences.

        Answers with a time in the future, or before the year 1, do not count.

        Returns:
            The streaks: days in a row with at least one answer.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Streak = self._call("studyStreak", {})
        return result

    def suggest_note_type_map(self, old_model_name: str, new_model_name: str) -> types.NoteTypeMap:
        """Return how Anki would map fields and templates if notes changed their note type, for `changeNoteType`.

        Anki maps them by name, then the remaining ones in their order.

        Args:
            old_model_name: Note type of the notes, compared without case.
            new_model_name: The new note type, compared without case.

        Returns:
            The two maps, as `changeNoteType` accepts them.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: types.NoteTypeMap = self._call(
            "suggestNoteTypeMap", {"oldModelName": old_model_name, "newModelName": new_model_name}
        )
        return result

    def suspend(self, cards: list[int], suspend: bool | None = None) -> bool:
        """Suspend cards and return whether any was not suspended yet.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            suspend: If false, unsuspend the cards instead.

        Returns:
            At least one card was changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("suspend", {"cards": cards}, suspend=suspend)
        return result

    def suspended(self, card: int) -> bool:
        """Return whether a card is suspended.

        Args:
            card: Card id.

        Returns:
            The card is suspended; a buried one is not.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: bool = self._call("suspended", {"card": card})
        return result

    def sync(
        self, full: Literal["upload", "download"] | None = None, wait_for_media: bool | None = None
    ) -> types.SyncResult:
        """Sync the collection and its media with the configured account and return what happened.

        The user is not asked anything. If both sides cannot be merged, the error lists the possible full syncs. A
        full sync happens only if `full` names it; it overwrites one side and needs the scope `delete`. Before a
        download the collection is backed up. During the sync, calls that need the collection or the windows wait;
        after a minute they fail with `busy`.

        Args:
            full: What to do if a full sync is needed: `upload` replaces everything on the server, `download`
                everything here. If left out, a full sync is refused.
            wait_for_media: Return only after the media are synced, too.

        Returns:
            The outcome of the sync.

        Raises:
            Refused: Anki cannot do what the call asks for.
            NotLoggedIn: No account is set up for syncing.
            LoginRefused: The sync server refused the login.
            Offline: The server cannot be reached.
            FullSyncRequired: A full sync is needed, which replaces one side by the other; `data.ways` lists the
                possible ways.
            SyncFailed: The sync failed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.SyncResult = self._call("sync", {}, full=full, waitForMedia=wait_for_media)
        return result

    def sync_login(self, user: str, password: str, server: str | None = None) -> None:
        """Log in to AnkiWeb, or to a server of your own, for `sync`. If the login fails, the present account stays.

        In Anki the account is that of the open profile. A gateway without Anki's window keeps it until it ends, or
        opens another profile. Only a key that the server issues is stored, never the password.

        Calls from another computer are rejected, because the connection is not encrypted, and so are those of
        agents.

        Args:
            user: The account: for AnkiWeb an e-mail address.
            password: Its password. It is not stored.
            server: Address of a server of your own; an empty text for AnkiWeb. By default the one that is used now.
                Only programs on this computer may name one.

        Returns:
            Always null.

        Raises:
            Refused: Anki cannot do what the call asks for.
            LoginRefused: The sync server refused the login.
            Offline: The server cannot be reached.
            SyncFailed: The sync failed.
            RpcError: Another kind of error.
        """
        result: None = self._call("syncLogin", {"user": user, "password": password}, server=server)
        return result

    def sync_logout(self) -> bool:
        """Forget the account for syncing, and return whether there was one. Nothing is lost on either side.

        The next sync compares all media, as it may be with another account. Fails with `busy` while a sync is
        running.

        Returns:
            There was an account.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = self._call("syncLogout", {})
        return result

    def sync_status(self, fresh: bool | None = None) -> types.NeededSync:
        """Return whether a sync is needed, and of which kind, without syncing. Media do not count.

        If something has changed here since the last sync, this alone decides, and the server is not asked: it may
        have changes too. Otherwise the server is asked, and its answer is kept for five minutes, or until the next
        sync. A normal sync can turn out to bring nothing, because a sync from another device counts as a change.

        Args:
            fresh: Ask the server again, although its last answer is less than five minutes old.

        Returns:
            The sync that is needed.

        Raises:
            NotLoggedIn: No account is set up for syncing.
            LoginRefused: The sync server refused the login.
            Offline: The server cannot be reached.
            SyncFailed: The sync failed.
            RpcError: Another kind of error.
        """
        result: types.NeededSync = self._call("syncStatus", {}, fresh=fresh)
        return result

    def unbury_cards(self, cards: list[int]) -> int:
        """Unbury cards and return how many were buried. Suspended cards stay suspended.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.

        Returns:
            Number of cards that were changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("unburyCards", {"cards": cards})
        return result

    def unbury_deck(self, deck: str, which: Literal["all", "byHand", "siblings"] | None = None) -> int:
        """Show buried cards of a deck and its sub-decks again, and return how many there were.

        Suspended cards stay suspended. `unburyCards` unburies chosen cards.

        Args:
            deck: Full name, compared without case; sub-decks are included.
            which: Those buried `byHand`, those that Anki has buried as `siblings` of an answered card, or all
                buried cards.

        Returns:
            Number of cards that were buried.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = self._call("unburyDeck", {"deck": deck}, which=which)
        return result

    def undo(self) -> types.UndoneStep:
        """Undo the newest step and return its name; null if there is none.

        A request or a batch is one step. Callers without the scope `delete` may undo only the steps that they have
        made since the gateway started. A caller is identified by its origin and the name of its key.

        Returns:
            The step, and the next steps to undo and redo.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.UndoneStep = self._call("undo", {})
        return result

    def undo_status(self) -> types.NextSteps:
        """Return the names of the steps that would be undone and redone next.

        Returns:
            The next steps to undo and redo.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.NextSteps = self._call("undoStatus", {})
        return result

    def unsuspend(self, cards: list[int]) -> bool:
        """Unsuspend cards and return whether any was suspended.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.

        Returns:
            At least one card was changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = self._call("unsuspend", {"cards": cards})
        return result

    def unused_tags(self) -> list[str]:
        """List the tags that the collection knows but no note has; `clearUnusedTags` removes them.

        Returns:
            Tags that no note has, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = self._call("unusedTags", {})
        return result

    @overload
    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: Literal[False] | None = None,
    ) -> types.UpdatedPreset: ...

    @overload
    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: bool | None = None,
    ) -> types.UpdatedPreset | types.Losses: ...

    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: bool | None = None,
    ) -> types.UpdatedPreset | types.Losses:
        """Change some options of a preset, and its name, and return which options had other values.

        `getDeckPresets` with `options` returns the present values. FSRS parameters are set by `setFsrsParams`. The
        name of another preset is refused. As in Anki's options window, a change of `newCardInsertOrder` gives all
        new cards of the preset's decks new positions, and a change of steps moves cards in learning to the nearest
        step. While FSRS is active, a change of `desiredRetention` computes memory states again.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            changes: The options to change; others stay.
            new_name: New name.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The preset, and what was changed. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.UpdatedPreset | types.Losses = self._call(
            "updateDeckPreset", {"preset": preset}, changes=changes, newName=new_name, dryRun=dry_run
        )
        return result

    def update_filtered_deck(
        self,
        deck: str,
        new_name: str | None = None,
        terms: list[types.SearchTerm] | None = None,
        reschedule: bool | None = None,
        preview_delays: types.PreviewDelays | None = None,
        allow_empty: bool | None = None,
    ) -> types.FilteredDeck:
        """Change a filtered deck, empty it, fill it again, and return its settings.

        It becomes the current deck, as in Anki's window. If the settings already are as they should be, nothing
        happens. Cards are found as by `createFilteredDeck`; if there is none, the call is refused, unless
        `allowEmpty` is true.

        Args:
            deck: Full name of a filtered deck, compared without case.
            new_name: New full name. Missing parents are created.
            terms: One or two searches, which replace the present ones.
            reschedule: Answers in this deck reschedule cards.
            preview_delays: Delays to change, used if answers do not reschedule.
            allow_empty: Update the deck even if no card is found.

        Returns:
            Its settings now.

        Raises:
            DeckNotFound: The deck was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.FilteredDeck = self._call(
            "updateFilteredDeck",
            {"deck": deck},
            newName=new_name,
            terms=terms,
            reschedule=reschedule,
            previewDelays=preview_delays,
            allowEmpty=allow_empty,
        )
        return result

    def update_image_occlusion_notes(
        self, notes: list[types.ChangedOcclusionNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Change shapes, texts and tags of image occlusion notes and return the outcome for each.

        Cards belong to the numbers of shapes, so a shape that keeps its `card` keeps its progress. If no shape has
        a card's number any longer, the card becomes empty; `removeEmptyCards` removes such cards. With `ifMod`, a
        note that was changed meanwhile fails with `conflict`. The call is one step in Anki's undo menu.

        Args:
            notes: The notes and their changes.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            RpcError: Another kind of error.
        """
        result: list[types.NoteUpdate] = self._call("updateImageOcclusionNotes", {"notes": notes}, onError=on_error)
        return result

    def update_model_styling(self, model: types.NewStyling) -> None:
        """Replace the whole styling of a note type.

        Args:
            model: The note type and its new styling.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call("updateModelStyling", {"model": model})
        return result

    def update_model_templates(self, model: types.NewTemplates) -> None:
        """Replace sides of a note type's templates; the other sides stay as they are.

        A side of a card cannot be emptied. Anki creates cards that the new sides require, and keeps cards that they
        no longer require. If a template is unknown, the call fails and changes nothing.

        Args:
            model: The note type and the new sides of its templates.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call("updateModelTemplates", {"model": model})
        return result

    def update_note(self, note: types.NoteChanges) -> None:
        """Change fields of a note, replace its tags, or both.

        Fields that are not named stay as they are, and so do the tags if `tags` is left out. Duplicates are not
        checked, and the first field can be emptied. Files are only stored together with `fields`. With `expected`,
        a note that was changed meanwhile fails with `conflict`.

        Args:
            note: The note's id, and its new `fields`, `tags` or both.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            Conflict: It was changed meanwhile; `data.mod` is the time of its last change.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: None = self._call("updateNote", {"note": note})
        return result

    def update_note_fields(self, note: types.NoteFields) -> None:
        """Change fields of a note; the other fields stay as they are.

        Duplicates are not checked, and the first field can be emptied. With `expected`, a note that was changed
        meanwhile fails with `conflict`.

        Args:
            note: The note's id and its new fields.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            Conflict: It was changed meanwhile; `data.mod` is the time of its last change.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: None = self._call("updateNoteFields", {"note": note})
        return result

    @overload
    def update_note_model(self, note: types.RetypedNote, dry_run: Literal[False] | None = None) -> None: ...

    @overload
    def update_note_model(self, note: types.RetypedNote, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> None | types.Losses: ...

    def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> None | types.Losses:
        """Change the note type of a note and replace its content.

        Fields that are not named are emptied; without `tags`, the note keeps its tags. Cards continue with the
        template that Anki finds for them, and missing cards are created. Cards without a template are deleted,
        which needs the scope `delete`. Unless the note already has the note type, the next sync must be a full one.

        Args:
            note: The note's id, its note type and content.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = self._call("updateNoteModel", {"note": note}, dryRun=dry_run)
        return result

    def update_note_tags(self, note: int, tags: list[str]) -> None:
        """Replace the tags of a note; an empty list clears them.

        Args:
            note: Note id.
            tags: Tags that replace the note's; a text with spaces is several tags.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = self._call("updateNoteTags", {"note": note, "tags": tags})
        return result

    def update_notes(
        self, notes: list[types.ChangedNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Change fields and tags of notes and return the outcome for each.

        A note is written completely or not at all. With `ifMod` or `expected`, a note that was changed meanwhile
        fails with `conflict`. Duplicates are not checked. Each 1,000 notes are written atomically; the call is one
        step in Anki's undo menu.

        Args:
            notes: The notes and their changes.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
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
        """Add notes, or update those that exist, and return the outcome for each.

        A note exists if a note of its note type has the same text, HTML aside, in the key field; if several have
        it, the oldest is updated. It stays in its deck. A note can update an earlier note of the call. Each 1,000
        notes are written atomically; the call is one step in Anki's undo menu.

        A note that an earlier call with the same `idempotencyKey` has added is `unchanged`, even if it has changed
        since.

        Args:
            notes: The notes.
            key: Field by which a note is found; default the first field of its note type.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.Upsert] = self._call(
            "upsertNotes", {"notes": notes}, key=key, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def version(self) -> int:
        """Return the API version, which is always 6.

        Returns:
            API version; always 6.

        Raises:
            RpcError: Any kind of error.
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
        """Add image occlusion notes and return for each its id, or why it was not added.

        Each shape becomes a card, except that shapes with the same number share one, and texts get none. Duplicates
        are not checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.

        Args:
            notes: The notes to add.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.AddedNote] = await self._call(
            "addImageOcclusionNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    async def add_note(self, note: types.NewNote, idempotency_key: str | None = None) -> int:
        """Add a note and return its id.

        A note is refused if its first field is empty, if another note in the scope has the same first field, or if
        its cloze deletions do not fit the note type.

        Args:
            note: The note to add.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            Note id: creation time in milliseconds since 1970, raised until free.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Duplicate: The note is a duplicate; `data.notes` has the ids of up to 100 equal notes, without those of
                the same call.
            EmptyNote: The note's first field is empty.
            ClozeProblem: The note's cloze deletions do not fit its note type.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: int = await self._call("addNote", {"note": note}, idempotencyKey=idempotency_key)
        return result

    async def add_notes(
        self,
        notes: list[types.NewNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> list[types.AddedNote]:
        """Add notes and return for each its id, or why it was not added.

        A note that repeats an earlier note of the call is a duplicate. Each 1,000 notes are written atomically; the
        call is one step in Anki's undo menu.

        Args:
            notes: The notes to add.
            on_error: If notes cannot be added: `skip` adds the others, `abort` adds none and fails.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.AddedNote] = await self._call(
            "addNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    async def add_profile(self, name: str) -> str:
        """Add a profile, and return its name as it is stored. `loadProfile` opens it, which creates its empty
        collection.

        A headless gateway needs a base folder for this (`--base`). The rules for names are those of Anki, Windows
        and macOS together, on every system; names that differ only in case count as equal. If the base folder has a
        folder of this name, for example that of a lost profile, the new profile has what is in it, as in Anki.

        Args:
            name: Name of the new profile. Blanks around it are removed.

        Returns:
            The name of the profile as it is stored.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("addProfile", {"name": name})
        return result

    async def add_tags(self, notes: list[int], tags: str, add: bool | None = None) -> None:
        """Add tags to notes. If an id is unknown, the call fails and changes nothing.

        Args:
            notes: Note ids.
            tags: Tags, separated by spaces.
            add: If false, remove the tags instead.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            RpcError: Another kind of error.
        """
        result: None = await self._call("addTags", {"notes": notes, "tags": tags}, add=add)
        return result

    async def answer_cards(self, answers: list[types.Answer]) -> list[bool]:
        """Answer cards as in a review and return for each answer whether it was recorded.

        Cards that are not due are answered, too; suspended ones become unsuspended. Answers to the same card are
        recorded in their order; different cards with the same ease and no `time` are answered together. A card is
        skipped if it is unknown, or if it, its deck, its note or one of its siblings is damaged.

        Args:
            answers: The answers, in order.

        Returns:
            For each answer whether it was recorded; false if the card is unknown or damaged.

        Raises:
            Conflict: It was changed meanwhile; `data.mod` is the time of its last change.
            RpcError: Another kind of error.
        """
        result: list[bool] = await self._call("answerCards", {"answers": answers})
        return result

    async def api_reflect(self, scopes: list[str], actions: list[str] | None = None) -> types.Reflection:
        """List all actions, or those of the given names that exist.

        Unknown scopes and names are left out. The list of all actions is sorted, capitals before small letters.

        Args:
            scopes: Subjects to list; only `actions` exists.
            actions: Names to look for; default all actions.

        Returns:
            The scopes and the actions.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Reflection = await self._call("apiReflect", {"scopes": scopes}, actions=actions)
        return result

    async def are_due(self, cards: list[int]) -> list[bool | None]:
        """Report for each card whether it is due, judged by its latest review.

        New cards are always due, even suspended ones. A card in a learning step of more than 20 minutes is due if
        that time has passed since its latest review; any other card is due if Anki's search `is:due` finds it.

        The result is null for an unknown id, and for a card that is not new but has no reviews.

        Args:
            cards: Card ids.

        Returns:
            For each card whether it is due; null for an unknown id, and for a card that is not new but has no
            reviews.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool | None] = await self._call("areDue", {"cards": cards})
        return result

    async def are_suspended(self, cards: list[int]) -> list[bool | None]:
        """Report for each card whether it is suspended; null if the card does not exist.

        Args:
            cards: Card ids.

        Returns:
            For each card whether it is suspended; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool | None] = await self._call("areSuspended", {"cards": cards})
        return result

    async def browser_columns(self) -> list[types.BrowserColumn]:
        """List the columns of Anki's browser: `findNotes` and `findCards` can sort by most of them.

        Anki compares text without HTML. It ignores the case of ASCII's letters only, so `É` comes after `z`.

        Returns:
            The columns, in Anki's order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.BrowserColumn] = await self._call("browserColumns", {})
        return result

    async def browser_rows(
        self, columns: list[str], cards: list[int] | None = None, notes: list[int] | None = None
    ) -> list[types.BrowserRow | None]:
        """Return the cells that Anki's browser shows for cards or notes, such as `New #1` for the due date of a new
        card.

        Anki's library keeps one choice of columns, and one of cards or notes, for a browser and for this action. So
        the call is refused while Anki's browser is open, and if the browser is set to the other of cards and notes.

        Args:
            columns: Keys of columns, see `browserColumns`.
            cards: Card ids, if Anki's browser is set to cards. Give either these or `notes`.
            notes: Note ids, if Anki's browser is set to notes.

        Returns:
            One entry per id, in order; null for an unknown id.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.BrowserRow | None] = await self._call(
            "browserRows", {"columns": columns}, cards=cards, notes=notes
        )
        return result

    async def build_search(self, parts: list[types.SearchPart], joiner: Literal["and", "or"] | None = None) -> str:
        """Return the search text for parts, with all names and texts taken literally, for `findNotes` and others.

        A part is a term, or a list of terms in `any`, and each can be `negated`. For more levels, build the inner
        search first, and use it as `search`. Names are not looked up, except the note type of `duplicate`.

        Args:
            parts: The parts of the search.
            joiner: Whether all parts must match, or one of them.

        Returns:
            The search text, in Anki's own spelling.

        Raises:
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: str = await self._call("buildSearch", {"parts": parts}, joiner=joiner)
        return result

    async def bury_cards(self, cards: list[int]) -> int:
        """Bury cards until tomorrow and return how many were not buried yet. Suspended cards stay suspended.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.

        Returns:
            Number of cards that were changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("buryCards", {"cards": cards})
        return result

    async def can_add_note(self, note: types.NewNote) -> bool:
        """Check whether addNote would accept a note. Nothing is fetched or stored.

        Args:
            note: The note, as for addNote.

        Returns:
            addNote would accept the note.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = await self._call("canAddNote", {"note": note})
        return result

    async def can_add_note_with_error_detail(self, note: types.NewNote) -> types.CanAdd:
        """Check whether addNote would accept a note, and if not, why.

        Args:
            note: The note, as for addNote.

        Returns:
            The answer.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.CanAdd = await self._call("canAddNoteWithErrorDetail", {"note": note})
        return result

    async def can_add_notes(self, notes: list[types.NewNote]) -> list[bool]:
        """Check for each note whether addNote would accept it. The notes are not compared with each other.

        Args:
            notes: The notes, as for addNotes.

        Returns:
            One answer per note, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool] = await self._call("canAddNotes", {"notes": notes})
        return result

    async def can_add_notes_with_error_detail(self, notes: list[types.NewNote]) -> list[types.CanAdd]:
        """Check for each note whether addNote would accept it, and if not, why.

        Args:
            notes: The notes, as for addNotes.

        Returns:
            One answer per note, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CanAdd] = await self._call("canAddNotesWithErrorDetail", {"notes": notes})
        return result

    async def cancel_operation(self, id: str) -> types.Operation:
        """Stop an operation as soon as it can be stopped.

        A queued operation never begins. One that writes many notes stops after at most 1,000 more: what is written
        stays, and its result has an entry for each note. Import, export, checks and sync stop at the next point
        where Anki allows it, with nothing half done. Any other running operation cannot be cancelled: the call is
        refused. An operation that has ended is not changed.

        Args:
            id: The operation's id.

        Returns:
            The operation in its present state; result and error only if it is the caller's own.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Operation = await self._call("cancelOperation", {"id": id})
        return result

    async def card_reviews(self, deck: str, start_id: int) -> list[list[int]]:
        """List the review log entries of a deck's cards as rows of numbers.

        Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.

        Args:
            deck: Deck name, compared without case.
            start_id: Only entries with a larger id: time in milliseconds since 1970.

        Returns:
            Log entries in no particular order.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: list[list[int]] = await self._call("cardReviews", {"deck": deck, "startID": start_id})
        return result

    async def card_sounds(self, cards: list[int]) -> list[types.SoundsOfCard | None]:
        """Return the sounds, videos and spoken texts on both sides of each card, in the order in which Anki plays
        them.

        Each card is rendered.

        Args:
            cards: Card ids.

        Returns:
            One entry per card, in order; null for an unknown id, and for a card that Anki cannot show.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.SoundsOfCard | None] = await self._call("cardSounds", {"cards": cards})
        return result

    async def card_stats(self, cards: list[int], reviews: bool | None = None) -> list[types.CardStatistics | None]:
        """Return the statistics of each card: where it is, its schedule, its reviews and its memory state.

        Names are empty if the deck or the note is gone.

        Args:
            cards: Card ids.
            reviews: Also return `log`: all entries of the review log of each card.

        Returns:
            One entry per card, in order; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CardStatistics | None] = await self._call("cardStats", {"cards": cards}, reviews=reviews)
        return result

    async def cards_details(
        self,
        cards: list[int] | None = None,
        fields: list[Literal["prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps"]] | None = None,
        note_fields: list[str] | None = None,
        query: str | None = None,
    ) -> list[int | dict[str, Any]]:
        """Return chosen values of cards, given by ids or by a search: much faster than `cardsInfo`.

        If no value or field is chosen, the result is the list of ids. The call fails if an id is unknown.

        Args:
            cards: Card ids. Either these or a `query` must be given.
            fields: Values to return: `prop:r` retrievability from 0 to 1, `prop:s` stability in days, `prop:d`
                desired retention; the others as in `cardsInfo`.
            note_fields: Names of the note's fields to return; fields that it lacks are left out.
            query: Search text; if given, `cards` is ignored.

        Returns:
            One entry per card, in order: the requested values, or only the id if none are requested.

        Raises:
            CardNotFound: The card was not found.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int | dict[str, Any]] = await self._call(
            "cardsDetails", {}, cards=cards, fields=fields, noteFields=note_fields, query=query
        )
        return result

    @overload
    async def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        fields: None = None,
        note_fields: list[str] | None = None,
    ) -> list[types.CardInfo]: ...

    @overload
    async def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        *,
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
        ],
        note_fields: list[str] | None = None,
    ) -> list[types.CardPart]: ...

    @overload
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
    ) -> list[types.CardInfo] | list[types.CardPart]: ...

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
    ) -> list[types.CardInfo] | list[types.CardPart]:
        """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids.

        Naming `fields` or reading in pages saves time: `question`, `answer` and `nextReviews` are the slow members.

        Args:
            cards: Card ids.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            fields: Members to return of each entry; default all.
            note_fields: Exact names of the note's fields to return in `fields`; default all. Fields that a note
                lacks are left out.

        Returns:
            One entry per card, in order; an empty object for an unknown id. With `fields`, only those members.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CardInfo] | list[types.CardPart] = await self._call(
            "cardsInfo", {"cards": cards}, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    async def cards_mod_time(self, cards: list[int]) -> list[types.CardTime]:
        """Return when each card was last changed: a cheap way to watch for changes.

        Args:
            cards: Card ids.

        Returns:
            One entry per card, in order; an empty object for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.CardTime] = await self._call("cardsModTime", {"cards": cards})
        return result

    async def cards_to_notes(self, cards: list[int]) -> list[int]:
        """Return the ids of the notes that cards belong to, each once, in no particular order.

        The call fails if an id is unknown.

        Args:
            cards: Card ids.

        Returns:
            Ids of the notes, each once, in no particular order.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: list[int] = await self._call("cardsToNotes", {"cards": cards})
        return result

    async def change_deck(self, cards: list[int], deck: str) -> str:
        """Move cards to a deck, which is created if it is missing, and return the deck's name.

        Cards in a filtered deck leave it. A filtered deck is refused as the target. If an id is unknown, the call
        fails and changes nothing.

        Args:
            cards: Card ids.
            deck: Full name of the target; created if missing. Not a filtered deck.

        Returns:
            Full deck name.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("changeDeck", {"cards": cards, "deck": deck})
        return result

    @overload
    async def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: Literal[False] | None = None,
    ) -> types.NoteTypeChange: ...

    @overload
    async def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: bool | None = None,
    ) -> types.NoteTypeChange | types.Losses: ...

    async def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: bool | None = None,
    ) -> types.NoteTypeChange | types.Losses:
        """Change the note type of notes, with maps of fields and templates, and return what was lost.

        New fields that a map leaves out are empty, and new templates get new cards. The next sync must be a full
        one. If an id is unknown, or the notes are of different note types, the call fails and changes nothing.

        Args:
            notes: Note ids, all of one note type.
            model_name: The new note type, compared without case.
            fields: Old field by name of the new field that gets its text; null for an empty field. By default,
                fields are mapped by name, then the remaining ones in their order.
            templates: Old template by name of the new template that gets its cards; null for new cards. By default,
                templates are mapped by name, then the remaining ones in their order. Refused for cloze note types.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The number of notes, and what was lost. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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
        """Back up, check and repair the database, and return the problems that were found.

        No window opens. Meanwhile the collection is busy: for a few seconds if it is large. Anki's undo history is
        cleared.

        Returns:
            The findings.

        Raises:
            Refused: Anki cannot do what the call asks for.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.DatabaseReport = await self._call("checkDatabase", {})
        return result

    async def check_media(self) -> types.MediaReport:
        """Find unused media files, and files that notes name but that are missing. Nothing is deleted.

        As in Anki's window, files whose names are not valid on every system are renamed, in the notes too. Files
        whose names begin with an underscore count as used.

        Returns:
            The findings.

        Raises:
            Refused: Anki cannot do what the call asks for.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.MediaReport = await self._call("checkMedia", {})
        return result

    @overload
    async def clear_unused_tags(self, dry_run: Literal[False] | None = None) -> None: ...

    @overload
    async def clear_unused_tags(self, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def clear_unused_tags(self, dry_run: bool | None = None) -> None | types.Losses: ...

    async def clear_unused_tags(self, dry_run: bool | None = None) -> None | types.Losses:
        """Remove the tags that no note has from the collection's list of tags.

        Args:
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = await self._call("clearUnusedTags", {}, dryRun=dry_run)
        return result

    async def clone_deck_config_id(self, name: str, clone_from: int | None = None) -> int:
        """Copy a group of deck options under a new name and return its id.

        Args:
            name: Name of the new group; it need not be unique.
            clone_from: Id of the group to copy.

        Returns:
            Id of the new group: creation time in milliseconds since 1970.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("cloneDeckConfigId", {"name": name}, cloneFrom=clone_from)
        return result

    async def collection_statistics(self, query: str | None = None) -> types.CollectionFigures:
        """Return card counts, today's answers and the retention, for all cards or for those that a search finds.

        The numbers are those of Anki's graphs.

        Args:
            query: Search text as in Anki's browser; empty for the whole collection.

        Returns:
            The figures.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.CollectionFigures = await self._call("collectionStatistics", {}, query=query)
        return result

    async def compare_answer(
        self, typed: str, expected: str | None = None, ignore_accents: bool | None = None, card: int | None = None
    ) -> types.ComparedAnswer:
        """Compare a typed answer with the right one, which is given or is that of a card. Nothing is answered or
        written.

        Refused are cards that ask for no typed answer, and right answers of more than 500 characters, or 5,000 with
        their HTML. If accents are ignored, they count as characters of both answers: an accented letter is two.

        Args:
            typed: What the user has typed, as plain text.
            expected: The right answer, as a field contains it: HTML and sounds do not count. Give this or `card`.
            ignore_accents: Accents and other marks on letters do not count. Default: false, or as the template of
                the card says (`{{type:nc:...}}`).
            card: Id of a card whose template has `{{type:...}}` on its front: that names the right answer.

        Returns:
            The comparison.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ComparedAnswer = await self._call(
            "compareAnswer", {"typed": typed}, expected=expected, ignoreAccents=ignore_accents, card=card
        )
        return result

    async def complete_tag(self, text: str, limit: int | None = None) -> list[str]:
        """List the tags that contain a text, as Anki's editor proposes them, with their sub-tags.

        Case does not matter. A text with `::` is compared level by level: `f::f` finds `food::fruit`. An empty text
        finds all tags.

        Args:
            text: Text that a level of the tag contains; with `::` a part of each level.
            limit: Maximum number of tags; default all.

        Returns:
            Matching tags, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = await self._call("completeTag", {"text": text}, limit=limit)
        return result

    async def copy_model(self, model_name: str, new_name: str) -> types.AddedModel:
        """Copy a note type with its fields, templates, styling and options, but without its notes.

        The name of another note type is refused; case does not matter. Anki removes quotes from names.

        Args:
            model_name: Note type name, compared without case.
            new_name: Name of the copy.

        Returns:
            The new note type.

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.AddedModel = await self._call("copyModel", {"modelName": model_name, "newName": new_name})
        return result

    async def create_backup(self) -> types.BackupMade:
        """Back up the collection, without its media, into the profile's backup folder; return once it is stored.

        If nothing has changed since the last backup, Anki makes none. Anki's preferences limit how many it keeps.

        Returns:
            The newest backup.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.BackupMade = await self._call("createBackup", {})
        return result

    async def create_deck(self, deck: str) -> types.DeckMade:
        """Create an empty deck and return its id and name; an existing deck is left as it is.

        Args:
            deck: Full name, `::` between levels. Missing parents are created. Anki names an empty level `blank`.

        Returns:
            The deck, whose name may differ from the one in the call.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.DeckMade = await self._call("createDeck", {"deck": deck})
        return result

    async def create_filtered_deck(
        self, deck: str, terms: list[types.SearchTerm], reschedule: bool | None = None, allow_empty: bool | None = None
    ) -> types.FilteredDeckMade:
        """Create a filtered deck and move the cards that its searches find into it.

        Suspended and buried cards, and cards in another filtered deck, are not moved. If that leaves no card, the
        call is refused, unless `allowEmpty` is true. The new deck becomes the current one, as in Anki's window.

        Args:
            deck: Full name, `::` between levels. Missing parents are created.
            terms: One or two searches, whose cards the deck takes in this order.
            reschedule: Answers in this deck reschedule cards.
            allow_empty: Create the deck even if no card is found.

        Returns:
            The new deck.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
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

        Refused are names that are taken, of the note type, or among its fields or templates; case does not matter.
        Anki removes `:`, `{`, `}` and quotes from field names.

        Args:
            model_name: Name of the new note type.
            in_order_fields: The fields, at least one: each a name, or an object with further properties.
            card_templates: Card templates, at least one.
            css: Styling (CSS); default Anki's.
            is_cloze: Create a cloze note type.

        Returns:
            The note type, as Anki stores it.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Model = await self._call(
            "createModel",
            {"modelName": model_name, "inOrderFields": in_order_fields, "cardTemplates": card_templates},
            css=css,
            isCloze=is_cloze,
        )
        return result

    async def create_stock_model(
        self,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        name: str | None = None,
    ) -> types.AddedModel:
        """Add one of Anki's built-in note types, as it comes with a new collection.

        The names of its fields and templates are in the language of the user. The name of another note type is
        refused; case does not matter.

        Args:
            kind: Which of Anki's built-in note types.
            name: Its name; default Anki's, in the language of the user.

        Returns:
            The new note type.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.AddedModel = await self._call("createStockModel", {"kind": kind}, name=name)
        return result

    @overload
    async def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: Literal[False] | None = None,
    ) -> types.FilteredDeckMade: ...

    @overload
    async def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: bool | None = None,
    ) -> types.FilteredDeckMade | types.Losses: ...

    async def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: bool | None = None,
    ) -> types.FilteredDeckMade | types.Losses:
        """Fill a filtered deck with cards of a deck to study them beside the daily schedule, and make it the current
        deck.

        It is named *Custom Study Session*, in the user's language. If there is such a filtered deck, its cards
        return home and its searches are replaced; if an ordinary deck has the name, the call fails with
        `already_exists`.

        Exactly one of the four params says which cards. The call is refused if there is no such card, and for a
        filtered deck. So it is for decks named `current` or `filtered` and for the tag `none`, because Anki reads
        these names specially. To study more cards of the day, use `raiseTodaysLimits`.

        Args:
            deck: Full name of the deck whose cards to study, with its sub-decks, compared without case.
            cram: Cards by their state and tags.
            forgotten_days: Cards that were forgotten in so many days, today included; answers do not reschedule.
            ahead_days: Cards that are due within so many days, and those that are due.
            preview_days: New cards that were added in so many days, today included; answers do not reschedule.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The filtered deck, which is now the current deck. With `dryRun`, the losses.

        Raises:
            DeckNotFound: The deck was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.FilteredDeckMade | types.Losses = await self._call(
            "customStudy",
            {"deck": deck},
            cram=cram,
            forgottenDays=forgotten_days,
            aheadDays=ahead_days,
            previewDays=preview_days,
            dryRun=dry_run,
        )
        return result

    async def deck_name_from_id(self, deck_id: int) -> str:
        """Return the full name of a deck.

        Args:
            deck_id: Deck id.

        Returns:
            Full deck name.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: str = await self._call("deckNameFromId", {"deckId": deck_id})
        return result

    async def deck_names(self) -> list[str]:
        """List the full names of all decks.

        Returns:
            Full names of all decks, filtered ones too, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = await self._call("deckNames", {})
        return result

    async def deck_names_and_ids(self) -> dict[str, int]:
        """Return the id of each deck by its full name.

        Returns:
            Full deck name to deck id.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, int] = await self._call("deckNamesAndIds", {})
        return result

    async def deck_statistics(self, decks: list[str] | None = None) -> list[types.DeckFigures]:
        """Count each deck's cards that are due today, and its cards by state, sub-decks included.

        Cards in a filtered deck count for that deck. The call fails if a name is unknown.

        Args:
            decks: Full names, compared without case; default those of Anki's deck list.

        Returns:
            One entry per deck, in the order of the given names, or of the deck list.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: list[types.DeckFigures] = await self._call("deckStatistics", {}, decks=decks)
        return result

    async def deck_tree(self, deck: str | None = None) -> list[types.DeckInTree]:
        """Return the tree of decks as a list, each deck with its parent and its cards, or one deck with its sub-decks.

        As in Anki's deck list, the deck Default is left out while it has neither cards nor sub-decks and is not
        alone, unless the call names it.

        Args:
            deck: Full name, compared without case; default all decks.

        Returns:
            The decks in the order of Anki's deck list: each before its sub-decks.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.DeckInTree] = await self._call("deckTree", {}, deck=deck)
        return result

    @overload
    async def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: Literal[False] | None = None
    ) -> list[str]: ...

    @overload
    async def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    async def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> list[str] | types.Losses: ...

    async def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> list[str] | types.Losses:
        """Delete decks with their sub-decks and cards, and return the names of the deleted decks.

        Unknown names are skipped. The deck Default is emptied but stays. The cards of a filtered deck are not
        deleted: they return to their home decks.

        Args:
            decks: Full names in their exact spelling; unknown ones are skipped.
            cards_too: Must be true: Anki deletes a deck only with its cards.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Full names of the deleted decks, sub-decks included. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] | types.Losses = await self._call(
            "deleteDecks", {"decks": decks}, cardsToo=cards_too, dryRun=dry_run
        )
        return result

    @overload
    async def delete_media_file(self, filename: str, dry_run: Literal[False] | None = None) -> str | None: ...

    @overload
    async def delete_media_file(self, filename: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def delete_media_file(self, filename: str, dry_run: bool | None = None) -> str | None | types.Losses: ...

    async def delete_media_file(self, filename: str, dry_run: bool | None = None) -> str | None | types.Losses:
        """Move a file from the media folder to Anki's media trash and return its name; null if there was none.

        Args:
            filename: Name in the media folder.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the file in the trash; null if there was none. With `dryRun`, the losses.

        Raises:
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = await self._call("deleteMediaFile", {"filename": filename}, dryRun=dry_run)
        return result

    @overload
    async def delete_media_files(self, filenames: list[str], dry_run: Literal[False] | None = None) -> list[str]: ...

    @overload
    async def delete_media_files(self, filenames: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def delete_media_files(
        self, filenames: list[str], dry_run: bool | None = None
    ) -> list[str] | types.Losses: ...

    async def delete_media_files(self, filenames: list[str], dry_run: bool | None = None) -> list[str] | types.Losses:
        """Move files from the media folder to Anki's media trash, and return their names. Unknown names are skipped.

        With `unused` of `checkMedia`, this is the same as deleting unused files in Anki's window.
        `restoreMediaTrash` brings the files back, but a file of the same name that was in the trash before is
        replaced, as in Anki.

        Args:
            filenames: Names in the media folder.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Names of the files that are in the trash now. With `dryRun`, the losses.

        Raises:
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[str] | types.Losses = await self._call(
            "deleteMediaFiles", {"filenames": filenames}, dryRun=dry_run
        )
        return result

    @overload
    async def delete_models(
        self, model_names: list[str], dry_run: Literal[False] | None = None
    ) -> types.DeletedModels: ...

    @overload
    async def delete_models(self, model_names: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def delete_models(
        self, model_names: list[str], dry_run: bool | None = None
    ) -> types.DeletedModels | types.Losses: ...

    async def delete_models(
        self, model_names: list[str], dry_run: bool | None = None
    ) -> types.DeletedModels | types.Losses:
        """Delete note types with all their notes and cards, and return what was deleted. Unknown names are skipped.

        If no note type is left, Anki adds its `Basic` again. The next sync must be a full one.

        Args:
            model_names: Note type names, compared without case.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            What was deleted. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.DeletedModels | types.Losses = await self._call(
            "deleteModels", {"modelNames": model_names}, dryRun=dry_run
        )
        return result

    @overload
    async def delete_notes(self, notes: list[int], dry_run: Literal[False] | None = None) -> list[int]: ...

    @overload
    async def delete_notes(self, notes: list[int], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> list[int] | types.Losses: ...

    async def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> list[int] | types.Losses:
        """Delete notes with all their cards, and return the ids of the deleted notes. Unknown ids are skipped.

        Each 1,000 notes are deleted atomically; the call is one step in Anki's undo menu.

        Args:
            notes: Note ids.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Ids of the deleted notes. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[int] | types.Losses = await self._call("deleteNotes", {"notes": notes}, dryRun=dry_run)
        return result

    @overload
    async def delete_profile(self, name: str, dry_run: Literal[False] | None = None) -> types.ProfileDeleted: ...

    @overload
    async def delete_profile(self, name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def delete_profile(self, name: str, dry_run: bool | None = None) -> types.ProfileDeleted | types.Losses: ...

    async def delete_profile(self, name: str, dry_run: bool | None = None) -> types.ProfileDeleted | types.Losses:
        """Delete a profile with its notes, cards, media and backups. Its folder is moved to the system's trash, as in
        Anki.

        Without a trash the folder is deleted for good: in Anki if the system has none, and headless also unless the
        library send2trash is installed. The open profile, the only one, and one that another program has open are
        refused. To bring a deleted profile back, put its folder back from the trash, and call `addProfile` with its
        name.

        Args:
            name: Exact name of the profile.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            What was done. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ProfileDeleted | types.Losses = await self._call("deleteProfile", {"name": name}, dryRun=dry_run)
        return result

    async def due_forecast(self, query: str | None = None, days: int | None = None) -> types.Forecast:
        """Count the cards that become due on each of the next days. A day begins at the hour in Anki's preferences.

        Args:
            query: Search text as in Anki's browser; empty for the whole collection.
            days: Number of days, including today.

        Returns:
            Cards that become due, as scheduled now; new cards do not count.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.Forecast = await self._call("dueForecast", {}, query=query, days=days)
        return result

    @overload
    async def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: Literal[False] | None = None
    ) -> types.Model: ...

    @overload
    async def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    async def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: bool | None = None
    ) -> types.Model | types.Losses: ...

    async def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: bool | None = None
    ) -> types.Model | types.Losses:
        """Make several edits to a note type, in their order, all or none, and return it as Anki stores it.

        Templates follow the new name of a field, and lose their references to a removed one. Removing a field
        removes its content in all notes, and removing a template its cards; both need the scope `delete`. Notes
        with only such cards stay without cards. If fields or templates are added, removed or moved, the next sync
        must be a full one.

        Refused are templates with an unknown field, also for Anki's browser, a field that Anki protects, the only
        field or template, a name that another field had before the call, and templates of a cloze note type that
        would be added, removed or moved. Also refused is a call that adds templates and removes all templates of
        which a note has cards: add them in a call before. A taken name fails with `already_exists`.

        Args:
            model_name: Note type name, compared without case.
            edits: The edits, in their order.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The note type, as Anki stores it. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Model | types.Losses = await self._call(
            "editModel", {"modelName": model_name, "edits": edits}, dryRun=dry_run
        )
        return result

    async def edit_note_text(
        self, edits: list[types.NoteTextEdit], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Replace texts that occur exactly once in a field, and return the outcome for each edit.

        If the text does not occur, or more than once, the edit is `refused`: `data.count` is the number of
        occurrences, at most 100, and `data.excerpts` shows up to three of them, or what is similar. Callers without
        the scope `read` get no excerpts. An edit sees what earlier ones of the call have changed. A first field
        does not become empty. Duplicates are not checked. Each 1,000 notes are written atomically; the call is one
        step in Anki's undo menu.

        Args:
            edits: The edits, which are made in this order.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.NoteUpdate] = await self._call("editNoteText", {"edits": edits}, onError=on_error)
        return result

    @overload
    async def empty_filtered_deck(self, deck: str, dry_run: Literal[False] | None = None) -> int: ...

    @overload
    async def empty_filtered_deck(self, deck: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> int | types.Losses: ...

    async def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> int | types.Losses:
        """Move the cards of a filtered deck back to their home decks and return how many there were. The deck stays.

        Args:
            deck: Full name of a filtered deck, compared without case.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of cards that returned to their home decks. With `dryRun`, the losses.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = await self._call("emptyFilteredDeck", {"deck": deck}, dryRun=dry_run)
        return result

    @overload
    async def empty_media_trash(self, dry_run: Literal[False] | None = None) -> list[str]: ...

    @overload
    async def empty_media_trash(self, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def empty_media_trash(self, dry_run: bool | None = None) -> list[str] | types.Losses: ...

    async def empty_media_trash(self, dry_run: bool | None = None) -> list[str] | types.Losses:
        """Delete all files in Anki's media trash for good, and return their names.

        All collections in one folder share the trash, which matters without Anki's window.

        Args:
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Names of the files that are gone. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] | types.Losses = await self._call("emptyMediaTrash", {}, dryRun=dry_run)
        return result

    async def evaluate_fsrs_params(
        self, preset: str, params: list[float] | None = None, search: str | None = None
    ) -> types.FsrsFit:
        """Measure how well FSRS parameters predict the recorded answers. FSRS need not be active.

        The call is refused if there is no usable review.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            params: Parameters to evaluate instead of the preset's.
            search: Search text for the cards whose reviews count, instead of the preset's.

        Returns:
            How well the parameters fit the reviews.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.FsrsFit = await self._call("evaluateFsrsParams", {"preset": preset}, params=params, search=search)
        return result

    async def export_cards_text(
        self,
        path: str,
        cards: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        html: bool | None = None,
    ) -> int:
        """Export cards to a text file, and return their number. A line has two columns, question and answer as shown.

        A tab is between the columns. The lines are in no particular order, and do not say which card they are of.
        The answer does not repeat the question. A text file of notes or cards is overwritten; any other existing
        file is refused. Media files are not exported. To read notes back, use `exportNotesText`.

        Args:
            path: Path of the new file; a relative path begins at the media folder.
            cards: Ids of the cards.
            query: Search text for the cards, as in Anki's browser; an empty text finds all.
            deck: The deck with its sub-decks, compared without case.
            html: Keep HTML. If false, a side is one line of text, without pictures and sounds.

        Returns:
            Number of cards that were written.

        Raises:
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int = await self._call(
            "exportCardsText", {"path": path}, cards=cards, query=query, deck=deck, html=html
        )
        return result

    async def export_collection(
        self, path: str, with_media: bool | None = None, legacy: bool | None = None
    ) -> types.CollectionExported:
        """Export the whole collection, with all settings and the media, to a file that `importCollection` reads.

        An existing package is overwritten; any other existing file is refused. If the call fails, the old file
        stays. The collection is closed meanwhile, and Anki's undo history is empty afterwards.

        Args:
            path: Path of the new file (.colpkg); a relative path begins at the media folder.
            with_media: Include the media files.
            legacy: Write the older form, which every Anki can read. The newer one is smaller.

        Returns:
            The file that was written.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.CollectionExported = await self._call(
            "exportCollection", {"path": path}, withMedia=with_media, legacy=legacy
        )
        return result

    async def export_notes_package(
        self,
        path: str,
        notes: list[int] | None = None,
        cards: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        all: bool | None = None,
        with_scheduling: bool | None = None,
        with_deck_options: bool | None = None,
        with_media: bool | None = None,
        legacy: bool | None = None,
    ) -> int:
        """Export notes, with their cards and media, to a package file, and return their number.

        Of notes that `cards` chooses only these cards are exported. See `exportPackage` for what is overwritten,
        and for what is left out without scheduling.

        Args:
            path: Path of the new package; a relative path begins at the media folder.
            notes: Ids of the notes.
            cards: Ids of the cards.
            query: Search text for the notes, as in Anki's browser; an empty text finds all.
            deck: The deck with its sub-decks, compared without case.
            all: Export all notes.
            with_scheduling: Keep the scheduling.
            with_deck_options: Include the decks' options.
            with_media: Include the media files.
            legacy: Write the older form, which every Anki can read. The newer one is smaller.

        Returns:
            Number of notes that were written.

        Raises:
            NoteNotFound: The note was not found.
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int = await self._call(
            "exportNotesPackage",
            {"path": path},
            notes=notes,
            cards=cards,
            query=query,
            deck=deck,
            all=all,
            withScheduling=with_scheduling,
            withDeckOptions=with_deck_options,
            withMedia=with_media,
            legacy=legacy,
        )
        return result

    async def export_notes_text(
        self,
        path: str,
        notes: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        html: bool | None = None,
        tags: bool | None = None,
        deck_name: bool | None = None,
        model_name: bool | None = None,
        guid: bool | None = None,
    ) -> int:
        """Export notes to a text file, one a line with tabs between the columns, and return their number.

        Lines at the top describe the columns, so `importTextFile` reads the file back. Such a file is overwritten;
        any other existing file is refused. Media files are not exported. The deck is that of the note's first card:
        if the card is in a filtered deck, the filtered deck.

        Args:
            path: Path of the new file; a relative path begins at the media folder.
            notes: Ids of the notes.
            query: Search text for the notes, as in Anki's browser; an empty text finds all.
            deck: The deck with its sub-decks, compared without case.
            html: Keep HTML. If false, a field is one line of text, without pictures and sounds.
            tags: Write the tags.
            deck_name: Write the deck of each note, which is that of its first card.
            model_name: Write the note type of each note.
            guid: Write the globally unique id of each note.

        Returns:
            Number of notes that were written.

        Raises:
            NoteNotFound: The note was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int = await self._call(
            "exportNotesText",
            {"path": path},
            notes=notes,
            query=query,
            deck=deck,
            html=html,
            tags=tags,
            deckName=deck_name,
            modelName=model_name,
            guid=guid,
        )
        return result

    async def export_package(
        self,
        deck: str,
        path: str,
        include_sched: bool | None = None,
        with_media: bool | None = None,
        with_deck_options: bool | None = None,
        legacy: bool | None = None,
    ) -> bool:
        """Export a deck, with its sub-decks and their media, to a package file.

        An existing package is overwritten; any other existing file is refused. Without scheduling, the cards are
        exported as new, without the tags `marked` and `leech`.

        Args:
            deck: Deck, compared without case.
            path: Path of the new package; a relative path begins at the media folder.
            include_sched: Keep the scheduling.
            with_media: Include the media files.
            with_deck_options: Include the decks' options. By default as `includeSched`.
            legacy: Write the older form, which every Anki can read. The newer one is smaller.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: bool = await self._call(
            "exportPackage",
            {"deck": deck, "path": path},
            includeSched=include_sched,
            withMedia=with_media,
            withDeckOptions=with_deck_options,
            legacy=legacy,
        )
        return result

    @overload
    async def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> int: ...

    @overload
    async def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses: ...

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
        """Replace a text in templates and styling, and return how many note types contained it.

        If a note type would become invalid, none is changed.

        Args:
            model_name: Note type name, compared without case; empty or null for all note types.
            find_text: Text to find, case-sensitive and without wildcards; not empty.
            replace_text: The new text.
            front: Replace in question sides.
            back: Replace in answer sides.
            css: Replace in the styling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of note types that contained the text. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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

    @overload
    async def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> int: ...

    @overload
    async def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses: ...

    async def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: bool | None = None,
    ) -> int | types.Losses:
        """Replace a text in the fields of notes, and return how many notes were changed.

        The fields are searched as they are stored, as HTML. Plain text is taken literally, and `$` has no meaning
        in it. In an expression, `.` does not match a line break, and `^` matches only the beginning of a field.

        A new cloze number makes a card; a card whose cloze deletion goes stays as an empty card. Duplicates are not
        checked. If a first field would become empty, or a note or the field does not exist, the call fails and
        changes nothing. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.

        Args:
            find_text: Text to find, not empty; with `regex` a regular expression of Rust: no look-around and no
                back-references.
            replace_text: The new text; with `regex`, `$1` and `${name}` stand for groups.
            notes: Note ids. Give either these or a `query`.
            query: Search text for the notes, as in Anki's browser.
            field: Name of the only field to search, compared without case; default all.
            regex: `findText` is a regular expression.
            match_case: Distinguish capital letters.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes that were changed. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = await self._call(
            "findAndReplaceInNotes",
            {"findText": find_text, "replaceText": replace_text},
            notes=notes,
            query=query,
            field=field,
            regex=regex,
            matchCase=match_case,
            dryRun=dry_run,
        )
        return result

    async def find_cards(
        self,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> list[int]:
        """Return the ids of the cards that a search finds, by `orderBy` and then by id.

        Without `orderBy`, pages are in the order of the ids.

        Args:
            query: Search text as in Anki's browser. If empty, everything is found; if left out, nothing.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            Card ids, in no particular order.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int] = await self._call(
            "findCards", {}, query=query, limit=limit, offset=offset, orderBy=order_by, descending=descending
        )
        return result

    async def find_cards_page(
        self,
        query: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> types.CardPage:
        """Find cards page by page; no page skips or repeats a card, whatever others add or delete meanwhile.

        The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the
        search has found at first: cards that were added since do not appear, deleted ones are left out, and a card
        that was changed keeps its place. A repeated call returns the same page. At most eight searches of a caller
        are kept.

        Args:
            query: Search text as in Anki's browser, for the first page; empty for everything.
            cursor: `nextCursor` of the page before, for every other page.
            limit: Maximum number of ids of the page.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by
                id.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            The page.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.CardPage = await self._call(
            "findCardsPage", {}, query=query, cursor=cursor, limit=limit, orderBy=order_by, descending=descending
        )
        return result

    async def find_duplicates(
        self,
        query: str | None = None,
        fields: list[str] | None = None,
        all_models: bool | None = None,
        limit: int | None = None,
    ) -> list[types.DuplicateGroup]:
        """Find groups of notes with the same text in the first field or in chosen fields, HTML aside.

        Texts are compared like Anki's duplicates: case and the names of media files count. Notes without text in
        these fields, or without one of the fields, are left out.

        Args:
            query: Search text for the notes; empty for all.
            fields: Names of the fields that must all be equal, compared without case; default the first field.
            all_models: Compare notes of different note types too.
            limit: Maximum number of groups; default all.

        Returns:
            Groups of two or more notes, ordered by their oldest note.

        Raises:
            NotFound: Something that the call names was not found.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[types.DuplicateGroup] = await self._call(
            "findDuplicates", {}, query=query, fields=fields, allModels=all_models, limit=limit
        )
        return result

    async def find_empty_cards(self) -> list[types.EmptyCardsOfNote]:
        """Find cards whose front has become empty, grouped by note.

        Returns:
            One entry per note with empty cards.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.EmptyCardsOfNote] = await self._call("findEmptyCards", {})
        return result

    async def find_models_by_id(self, model_ids: list[int]) -> list[types.Model]:
        """Return note types as Anki stores them, in the order of the ids. The call fails if an id is unknown.

        Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.

        Args:
            model_ids: Note type ids.

        Returns:
            The note types in the order of the call, as Anki stores them.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[types.Model] = await self._call("findModelsById", {"modelIds": model_ids})
        return result

    async def find_models_by_name(self, model_names: list[str]) -> list[types.Model]:
        """Return note types as Anki stores them, in the order of the names. The call fails if a name is unknown.

        Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.

        Args:
            model_names: Note type names, compared without case.

        Returns:
            The note types in the order of the call, as Anki stores them.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[types.Model] = await self._call("findModelsByName", {"modelNames": model_names})
        return result

    async def find_notes(
        self,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> list[int]:
        """Return the ids of the notes that a search finds, by `orderBy` and then by id.

        Without `orderBy`, pages are in the order of the ids.

        Args:
            query: Search text as in Anki's browser. If empty, everything is found; if left out, nothing.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            Note ids.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int] = await self._call(
            "findNotes", {}, query=query, limit=limit, offset=offset, orderBy=order_by, descending=descending
        )
        return result

    async def find_notes_page(
        self,
        query: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> types.NotePage:
        """Find notes page by page; no page skips or repeats a note, whatever others add or delete meanwhile.

        The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the
        search has found at first: notes that were added since do not appear, deleted ones are left out, and a note
        that was changed keeps its place. A repeated call returns the same page. At most eight searches of a caller
        are kept.

        Args:
            query: Search text as in Anki's browser, for the first page; empty for everything.
            cursor: `nextCursor` of the page before, for every other page.
            limit: Maximum number of ids of the page.
            order_by: Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by
                id.
            descending: Reverse this order; needs `orderBy`.

        Returns:
            The page.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.NotePage = await self._call(
            "findNotesPage", {}, query=query, cursor=cursor, limit=limit, orderBy=order_by, descending=descending
        )
        return result

    @overload
    async def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> None: ...

    @overload
    async def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: bool | None = None,
    ) -> None | types.Losses: ...

    async def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: bool | None = None,
    ) -> None | types.Losses:
        """Reset cards to new.

        They leave filtered decks. Cards that are already as they would be are skipped. If an id is unknown, the
        call fails and changes nothing.

        Args:
            cards: Card ids.
            restore_position: Return to the old position among the new cards if Anki has stored it. If false, all of
                them go to the end of the new cards, also those that are new already.
            reset_counts: Set the counts of reviews and lapses to 0.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = await self._call(
            "forgetCards", {"cards": cards}, restorePosition=restore_position, resetCounts=reset_counts, dryRun=dry_run
        )
        return result

    async def get_active_profile(self) -> str | None:
        """Return the name of the open profile.

        Returns:
            Name of the open profile; if none is open, of the last one that was open; null if none ever was.

        Raises:
            RpcError: Any kind of error.
        """
        result: str | None = await self._call("getActiveProfile", {})
        return result

    async def get_add_defaults(self, model_name: str | None = None) -> types.AddDefaults:
        """Return the deck and the note type with which Anki's window for adding notes would begin.

        The preference `addingDefaultsToCurrentDeck` (see `getPreferences`) decides: the deck is the current one, or
        the one that last got a note of this note type. A filtered deck gets no notes, so it is never returned.

        Args:
            model_name: Note type to be added, compared without case; default the one used last.

        Returns:
            The deck and the note type.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: types.AddDefaults = await self._call("getAddDefaults", {}, modelName=model_name)
        return result

    async def get_answer_states(self, cards: list[int]) -> list[types.AnswerStates | None]:
        """Return what each answer would do to each card, due or not, and a token that ties an answer to this state.

        Scheduling code of the user's own, which only Anki's window runs, does not count.

        Args:
            cards: Card ids.

        Returns:
            One entry per card, in order; null for an unknown id, and for a card that cannot be answered because it,
            its deck or its preset is damaged.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.AnswerStates | None] = await self._call("getAnswerStates", {"cards": cards})
        return result

    async def get_collection(self) -> types.CollectionOverview:
        """Describe the collection: times, counts, settings, note types, decks, deck options and tags.

        Returns:
            Overview of the collection.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.CollectionOverview = await self._call("getCollection", {})
        return result

    async def get_collection_config(self) -> dict[str, Any]:
        """Return all of Anki's settings that are stored in the collection.

        Returns:
            Anki's settings by their names in the collection.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, Any] = await self._call("getCollectionConfig", {})
        return result

    async def get_collection_stats_html(self, whole_collection: bool | None = None) -> str:
        """Return the statistics of Anki's old report as HTML.

        Args:
            whole_collection: If false, only for the current deck and its sub-decks.

        Returns:
            HTML for display; its layout changes with Anki.

        Raises:
            RpcError: Any kind of error.
        """
        result: str = await self._call("getCollectionStatsHTML", {}, wholeCollection=whole_collection)
        return result

    async def get_config_values(self, keys: list[str]) -> dict[str, Any]:
        """Return values that programs have stored in the collection by `setConfigValues`, on this device or on
        another.

        Args:
            keys: Keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of
                English letters, digits and `_-.:/`. At most 1,000.

        Returns:
            The values by their keys. Keys without a value are left out.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: dict[str, Any] = await self._call("getConfigValues", {"keys": keys})
        return result

    async def get_current_deck(self) -> types.CurrentDeck:
        """Return the current deck: the one that Anki studies and adds notes to.

        Returns:
            The deck that Anki studies and adds to.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.CurrentDeck = await self._call("getCurrentDeck", {})
        return result

    async def get_custom_study_options(self, deck: str) -> types.CustomStudyOptions:
        """Return what `customStudy` and `raiseTodaysLimits` can offer for a deck: its cards and their tags.

        Args:
            deck: Full name, compared without case. A filtered deck is refused, and one named `current` or
                `filtered`.

        Returns:
            The options.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.CustomStudyOptions = await self._call("getCustomStudyOptions", {"deck": deck})
        return result

    async def get_deck_config(self, deck: str) -> types.OptionsGroup:
        """Return the options of a deck. A filtered deck, which has none, is refused.

        If a deck's group no longer exists, the result is group 1.

        Args:
            deck: Full deck name in its exact spelling.

        Returns:
            The group as Anki stores it: `id`, `name`, `mod` (last change, in seconds since 1970), `new`, `rev`,
            `lapse` and others that depend on Anki's version.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.OptionsGroup = await self._call("getDeckConfig", {"deck": deck})
        return result

    async def get_deck_description(self, deck: str) -> str:
        """Return the description that Anki shows on a deck's overview.

        Args:
            deck: Full name in its exact spelling.

        Returns:
            Description of the deck, as Markdown or HTML.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: str = await self._call("getDeckDescription", {"deck": deck})
        return result

    async def get_deck_limits(self, decks: list[str] | None = None) -> list[types.DeckLimits]:
        """Return the daily limits of decks and how much of them is used up today. A filtered deck, which has none, is
        refused.

        Args:
            decks: Full names, compared without case; default all decks that are not filtered.

        Returns:
            One entry for each deck: in the order of the call, or by name.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.DeckLimits] = await self._call("getDeckLimits", {}, decks=decks)
        return result

    async def get_deck_options_for_all(self) -> types.DeckOptionsForAll:
        """Return the deck options that hold for all decks. `isFsrsActive` returns whether FSRS is active.

        Returns:
            All of them.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.DeckOptionsForAll = await self._call("getDeckOptionsForAll", {})
        return result

    async def get_deck_presets(self, options: bool | None = None) -> list[types.DeckPreset]:
        """List the presets of deck options, each with the decks that use it.

        With `options` also return what `updateDeckPreset` changes. `getFsrsParams` returns FSRS parameters.

        Args:
            options: Also return the options of each preset.

        Returns:
            All presets, ordered by name.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.DeckPreset] = await self._call("getDeckPresets", {}, options=options)
        return result

    async def get_deck_stats(self, decks: list[str]) -> dict[str, types.DeckStats]:
        """Count for each deck the cards due today, including sub-decks, and all cards, excluding sub-decks.

        The call fails if a name is unknown.

        Args:
            decks: Full names, compared without case.

        Returns:
            Today's counts by deck id as text, in the order of the deck list. They include sub-decks and respect the
            limits.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, types.DeckStats] = await self._call("getDeckStats", {"decks": decks})
        return result

    async def get_decks(self, cards: list[int]) -> dict[str, list[int]]:
        """Group cards by the decks that they are in now.

        A card in a filtered deck is listed under that deck. The call fails if an id is unknown.

        Args:
            cards: Card ids; a repeated one is repeated in the result.

        Returns:
            Full deck name to the ids of the cards in it.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, list[int]] = await self._call("getDecks", {"cards": cards})
        return result

    async def get_ease_factors(self, cards: list[int]) -> list[int | None]:
        """Return the ease factor of each card; null if the card does not exist.

        Args:
            cards: Card ids.

        Returns:
            Ease factor of each card in tenths of a percent, 0 for none yet; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int | None] = await self._call("getEaseFactors", {"cards": cards})
        return result

    async def get_filtered_deck(self, deck: str) -> types.FilteredDeck:
        """Return the searches and the other settings of a filtered deck, and the number of cards in it.

        Args:
            deck: Full name of a filtered deck, compared without case.

        Returns:
            Its settings.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.FilteredDeck = await self._call("getFilteredDeck", {"deck": deck})
        return result

    async def get_flags(self, cards: list[int]) -> list[int | None]:
        """Return the flag of each card; null if the card does not exist.

        Args:
            cards: Card ids.

        Returns:
            Flag of each card, 0 for none; null for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int | None] = await self._call("getFlags", {"cards": cards})
        return result

    async def get_fsrs_params(self, presets: list[str] | None = None) -> types.FsrsOverview:
        """Return whether Anki schedules by FSRS, and the parameters and desired retention of presets.

        Args:
            presets: Names of presets in their exact spelling; default all.

        Returns:
            FSRS in the collection and in its presets.

        Raises:
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: types.FsrsOverview = await self._call("getFsrsParams", {}, presets=presets)
        return result

    async def get_image_occlusion_notes(self, notes: list[int]) -> list[types.OcclusionNote]:
        """Describe image occlusion notes, with their shapes, in the order of the ids.

        The call fails if a note is not for image occlusion.

        Args:
            notes: Note ids.

        Returns:
            One entry per note, in order; an empty object for an unknown id.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.OcclusionNote] = await self._call("getImageOcclusionNotes", {"notes": notes})
        return result

    async def get_intervals(self, cards: list[int], complete: bool | None = None) -> list[int | list[int] | None]:
        """Return the latest interval of each card, or all its intervals, from the review log.

        A new card has the interval 0, also with `complete`. For any other card without reviews, the latest interval
        is null and the list of all intervals is empty. For an unknown id, both are null.

        Args:
            cards: Card ids.
            complete: Return all intervals of each card instead of the latest one.

        Returns:
            Latest interval of each card, or all its intervals; null for an unknown id. For a card that is not new
            but has no reviews, null or an empty list.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int | list[int] | None] = await self._call("getIntervals", {"cards": cards}, complete=complete)
        return result

    async def get_latest_review_id(self, deck: str) -> int:
        """Return the largest id of a deck's entries in the review log; 0 if there is none.

        Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.

        Args:
            deck: Deck name, compared without case.

        Returns:
            Largest id: time of the last answer in milliseconds since 1970; 0 for none.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: int = await self._call("getLatestReviewID", {"deck": deck})
        return result

    async def get_limits(self) -> types.GatewayLimits:
        """Return the limits of requests and responses, so that a program can divide its work into requests that fit.

        The limits are settings, so they can change between two calls.

        Returns:
            The limits.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.GatewayLimits = await self._call("getLimits", {})
        return result

    async def get_media_dir_path(self) -> str:
        """Return the path of the open profile's media folder.

        Returns:
            Absolute path of the media folder.

        Raises:
            RpcError: Any kind of error.
        """
        result: str = await self._call("getMediaDirPath", {})
        return result

    async def get_media_files_names(self, pattern: str | None = None) -> list[str]:
        """List the names of the files in the media folder.

        Names that begin with a dot are left out, unless the pattern begins with a dot. Case matters if it matters
        for file names on the disk.

        Args:
            pattern: Pattern of the names: `*` matches any text, `?` one character, `[...]` one of several. At most
                255 characters.

        Returns:
            Names of the files, in no particular order.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("getMediaFilesNames", {}, pattern=pattern)
        return result

    async def get_memory_states(self, cards: list[int], computed: bool | None = None) -> list[types.MemoryState | None]:
        """Return the FSRS memory state of each card: stability, difficulty and retrievability.

        A card gets a memory state when it is reviewed while FSRS is active, or when FSRS is switched on.

        Args:
            cards: Card ids.
            computed: Compute the states from the review log and the deck's present preset, instead of returning the
                stored ones. This also works while FSRS is not active. It takes seconds for 10,000 cards.

        Returns:
            One entry per card, in order; null for an unknown id. If a card has no memory state, its members are
            null.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.MemoryState | None] = await self._call(
            "getMemoryStates", {"cards": cards}, computed=computed
        )
        return result

    async def get_note_tags(self, note: int) -> list[str]:
        """List the tags of a note.

        Args:
            note: Note id.

        Returns:
            The note's tags, in alphabetical order.

        Raises:
            NoteNotFound: The note was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("getNoteTags", {"note": note})
        return result

    async def get_num_cards_reviewed_by_day(self) -> list[list[str | int]]:
        """Count the entries in the review log of each day, newest day first.

        A day begins at the hour in Anki's preferences, in local time.

        Returns:
            Pairs of local date (`2026-11-23`) and number of log entries, newest first; days without entries are
            left out.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[list[str | int]] = await self._call("getNumCardsReviewedByDay", {})
        return result

    async def get_num_cards_reviewed_today(self) -> int:
        """Count today's entries in the review log, including manual changes.

        The day begins at the hour in Anki's preferences.

        Returns:
            Number of log entries; a card can have several.

        Raises:
            RpcError: Any kind of error.
        """
        result: int = await self._call("getNumCardsReviewedToday", {})
        return result

    async def get_operation(self, id: str) -> types.Operation:
        """Return the state and progress of an operation, and its result once it has ended.

        A caller sees only its own operations; origin and name of the key identify a caller. A caller with the scope
        `admin` also sees the operations of others, without their results.

        Args:
            id: The operation's id.

        Returns:
            The operation in its present state; result and error only if it is the caller's own.

        Raises:
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: types.Operation = await self._call("getOperation", {"id": id})
        return result

    async def get_preferences(self) -> types.Preferences:
        """Return the preferences that are stored in the collection. Those of the windows and of syncing are not.

        Returns:
            All groups.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Preferences = await self._call("getPreferences", {})
        return result

    async def get_profiles(self) -> list[str]:
        """List the names of all profiles.

        Returns:
            Names of all profiles, sorted.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("getProfiles", {})
        return result

    async def get_reviews_of_cards(self, cards: list[int]) -> dict[str, list[types.Review] | None]:
        """List the review log entries of each card, oldest first; null for an unknown id without entries.

        Args:
            cards: Card ids.

        Returns:
            Log entries by card id as text, oldest first; null for an unknown id without entries.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, list[types.Review] | None] = await self._call("getReviewsOfCards", {"cards": cards})
        return result

    async def get_saved_searches(self) -> list[types.SavedSearch]:
        """List the searches that the user, or saveSearch, has saved. Anki's browser shows them in its sidebar.

        Returns:
            The saved searches, by name.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.SavedSearch] = await self._call("getSavedSearches", {})
        return result

    async def get_study_status(self) -> types.StudyStatus:
        """Return whether the current deck is finished for today, and what is left in it and in its sub-decks.

        `selectDeck` chooses the deck. If today's limits hold cards of a finished deck back, `raiseTodaysLimits`
        shows them.

        Returns:
            The status.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.StudyStatus = await self._call("getStudyStatus", {})
        return result

    async def get_tags(self) -> list[str]:
        """List all tags that the collection knows, used or not.

        Returns:
            All tags that the collection knows, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = await self._call("getTags", {})
        return result

    async def get_version(self) -> types.Versions:
        """Return the version of Anki, and that of AnkiConnect Plus, whose actions the gateway has.

        Returns:
            The versions.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Versions = await self._call("getVersion", {})
        return result

    async def grade_now(self, cards: list[int], ease: int) -> bool:
        """Answer several cards with the same ease, due or not, as Anki's *Grade Now* does.

        A repeated id counts once. If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            ease: 1 Again, 2 Hard, 3 Good, 4 Easy.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("gradeNow", {"cards": cards, "ease": ease})
        return result

    async def graphs(self, query: str | None = None, days: int | None = None) -> types.GraphData:
        """Return the numbers behind all graphs of Anki's statistics, for all cards or for those that a search finds.

        `collectionStatistics` and `dueForecast` return the most wanted of them in a shorter form.

        Args:
            query: Search text as in Anki's browser; empty for the whole collection.
            days: Days of the review log to read, today included; 0 for all. It cuts only `buttons`, `hours`,
                `reviews` and `trueRetention`.

        Returns:
            The numbers.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.GraphData = await self._call("graphs", {}, query=query, days=days)
        return result

    async def gui_add_cards(self, note: types.NoteDraft | None = None, activate: bool | None = None) -> int:
        """Open the Add window, with a note filled in if one is given. Only the user can add the note.

        Args:
            note: The note to fill in.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always 0: the note is not added yet, so it has no id.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: int = await self._call("guiAddCards", {}, note=note, activate=activate)
        return result

    async def gui_add_note_set_data(self, note: types.NoteDraftChange, append: bool | None = None) -> bool:
        """Fill in the open Add window: deck, note type, fields, tags and files.

        Values that are left out stay, and so does the user's input in other fields. Everything is checked before
        anything is changed. The call first waits for the window to save the user's input. If a dialog or a script
        delays that for more than two seconds, the note is filled in as it is.

        Args:
            note: The values to fill in.
            append: Append to the fields and tags instead of replacing them.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            WindowClosed: The window that the action works on is not open.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiAddNoteSetData", {"note": note}, append=append)
        return result

    async def gui_answer_card(self, ease: int) -> bool:
        """Answer the card on screen; its answer side must be shown.

        Args:
            ease: Answer button, from 1.

        Returns:
            Always true.

        Raises:
            Refused: Anki cannot do what the call asks for.
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiAnswerCard", {"ease": ease})
        return result

    async def gui_browse(
        self, query: str | None = None, reorder_cards: types.ReorderCards | None = None, activate: bool | None = None
    ) -> list[int]:
        """Open the browser or bring it to the front, search in it, and return the ids of the cards that match.

        Sorting changes the order in the browser, not that of the ids.

        Args:
            query: Search text; if left out, the browser is only opened.
            reorder_cards: How to sort the browser.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Ids of the cards that match, in no particular order.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[int] = await self._call(
            "guiBrowse", {}, query=query, reorderCards=reorder_cards, activate=activate
        )
        return result

    async def gui_check_database(
        self, wait: bool | None = None, activate: bool | None = None
    ) -> types.DatabaseCheck | None:
        """Back up, check and repair the database, and return what was found.

        Anki shows its progress, and then the findings in a window that blocks nothing. Meanwhile the collection is
        busy: for a few seconds if it is large. If `wait` is false, the result is `null`, at once.

        Args:
            wait: Return only after the check has ended.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            The findings; null if `wait` is false.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.DatabaseCheck | None = await self._call("guiCheckDatabase", {}, wait=wait, activate=activate)
        return result

    async def gui_current_card(self) -> types.CurrentCard:
        """Describe the card on screen.

        Returns:
            The card that is being reviewed.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: types.CurrentCard = await self._call("guiCurrentCard", {})
        return result

    async def gui_deck_browser(self) -> None:
        """Show the list of decks.

        Returns:
            Always null.

        Raises:
            RpcError: Any kind of error.
        """
        result: None = await self._call("guiDeckBrowser", {})
        return result

    async def gui_deck_overview(self, name: str) -> bool:
        """Select a deck and show its overview.

        Args:
            name: Deck name, compared without case.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiDeckOverview", {"name": name})
        return result

    async def gui_deck_review(self, name: str) -> bool:
        """Start to review a deck. If nothing is due, Anki shows the deck's overview.

        Args:
            name: Deck name, compared without case.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiDeckReview", {"name": name})
        return result

    async def gui_edit_note(self, note: int, activate: bool | None = None) -> None:
        """Show a note for editing in a window of its own. Another call shows its note in the same window.

        In the window the user can preview the note, open it in the browser, and return to notes that it showed
        before.

        Args:
            note: Note id.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            RpcError: Another kind of error.
        """
        result: None = await self._call("guiEditNote", {"note": note}, activate=activate)
        return result

    async def gui_exit_anki(self) -> None:
        """Close Anki one second after the response. If a window has unsaved input, Anki asks the user first.

        If Anki is at work then, such as on an import or a sync, it closes after that.

        Returns:
            Always null.

        Raises:
            RpcError: Any kind of error.
        """
        result: None = await self._call("guiExitAnki", {})
        return result

    async def gui_import_file(self, path: str | None = None, activate: bool | None = None) -> None:
        """Open Anki's import window for a file, or let the user pick a file. The user starts the import.

        The response does not wait for the user. A file is refused if its name is that of a package but its content
        is not, or if it is larger than `limits.packageMegabytes`.

        Args:
            path: File to import; if left out, the user picks one.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always null.

        Raises:
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: None = await self._call("guiImportFile", {}, path=path, activate=activate)
        return result

    async def gui_open(
        self,
        window: Literal[
            "statistics",
            "preferences",
            "noteTypes",
            "fields",
            "cardLayout",
            "deckOptions",
            "filteredDeck",
            "customStudy",
            "cardInfo",
            "export",
            "checkMedia",
        ],
        deck: str | None = None,
        note: int | None = None,
        card: int | None = None,
        model_name: str | None = None,
        activate: bool | None = None,
    ) -> None:
        """Open one of Anki's windows, in which the user goes on. The response comes when the window is shown.

        `statistics`, `preferences` and `cardInfo` leave the user free to use other windows. A further call uses the
        open window, and makes it show what the call asks for.

        `noteTypes`, `fields`, `cardLayout`, `deckOptions`, `filteredDeck`, `customStudy` and `export` are dialogs:
        until the user closes them, Anki's main window takes no input, also without `activate`. Programs are served
        meanwhile, but this method opens no other window then: it fails with `busy`, unless it asks for the same
        again.

        `checkMedia` starts the check, and the response does not wait for it. The findings are shown when it has
        ended. It needs the scopes `media` and `write`, as the method `checkMedia` does.

        With a deck, `statistics` and `customStudy` make it the current one. Without one, `deckOptions` is about the
        current deck, and `filteredDeck` about a new one. `deckOptions` of a filtered deck are those of
        `filteredDeck`.

        Args:
            window: The window. Another param says what it shows: `deck` for `statistics`, `deckOptions`,
                `filteredDeck`, `customStudy` and `export`; `note` for `cardLayout` and `export`; `card` for
                `cardLayout` and `cardInfo`; `modelName` for `noteTypes`, `fields` and `cardLayout`. At most one of
                them is given; `fields`, `cardLayout` and `cardInfo` need one.
            deck: Deck, compared without case. By default the current one; for `filteredDeck` a new one, for
                `export` all.
            note: Note id.
            card: Card id.
            model_name: Note type, compared without case.
            activate: Bring the window to the front and focus it; if false, the user is not interrupted.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call(
            "guiOpen", {"window": window}, deck=deck, note=note, card=card, modelName=model_name, activate=activate
        )
        return result

    async def gui_play_audio(self) -> bool:
        """Play the sounds of the shown side again; true even if it has none.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiPlayAudio", {})
        return result

    async def gui_review_active(self) -> bool:
        """Report whether a review is running and shows a card.

        Returns:
            A review is running and shows a card.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = await self._call("guiReviewActive", {})
        return result

    async def gui_select_card(self, card: int) -> bool:
        """Select only this card in the open browser. A card that the browser does not list is refused.

        Args:
            card: Card id.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            WindowClosed: The window that the action works on is not open.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiSelectCard", {"card": card})
        return result

    async def gui_select_note(self, note: int) -> bool:
        """Select only this card in the open browser. This is an older name of guiSelectCard: `note` is a card id.

        Args:
            note: Card id, despite the param's name.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            WindowClosed: The window that the action works on is not open.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiSelectNote", {"note": note})
        return result

    async def gui_selected_notes(self) -> list[int]:
        """Return the ids of the notes that are selected in the open browser.

        Returns:
            Ids of the notes selected in the browser; none if it is closed.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[int] = await self._call("guiSelectedNotes", {})
        return result

    async def gui_show_answer(self) -> bool:
        """Show the answer side of the card on screen.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiShowAnswer", {})
        return result

    async def gui_show_question(self) -> bool:
        """Show the question side of the card on screen.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiShowQuestion", {})
        return result

    async def gui_start_card_timer(self) -> bool:
        """Restart the answer timer of the card on screen.

        Returns:
            Always true.

        Raises:
            ReviewInactive: No review is running.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("guiStartCardTimer", {})
        return result

    async def gui_undo(self) -> bool:
        """Undo the newest step, as Anki's menu does; false if there is nothing to undo.

        Callers without the scope `delete` may undo only their own steps, as with `undo`.

        Returns:
            Something was undone.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = await self._call("guiUndo", {})
        return result

    @overload
    async def import_collection(self, path: str, dry_run: Literal[False] | None = None) -> types.CollectionReplaced: ...

    @overload
    async def import_collection(self, path: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def import_collection(
        self, path: str, dry_run: bool | None = None
    ) -> types.CollectionReplaced | types.Losses: ...

    async def import_collection(
        self, path: str, dry_run: bool | None = None
    ) -> types.CollectionReplaced | types.Losses:
        """Replace the whole collection by one that was exported, and return what is in it.

        The present collection is backed up first, without its media; `restoreBackup` brings it back. Media files
        are added to the media folder: they replace files of the same name, all others stay. If Anki cannot use the
        file, nothing is changed. Anki's undo history is empty afterwards, and the next sync is a full one.

        Args:
            path: Path of the file (.colpkg); a relative path begins at the media folder.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The collection that is open now. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: types.CollectionReplaced | types.Losses = await self._call(
            "importCollection", {"path": path}, dryRun=dry_run
        )
        return result

    async def import_package(self, path: str) -> Literal[True]:
        """Import a package: notes with their cards, scheduling, media and deck options.

        Existing notes are recognised, and updated if the package has a newer version. If the import is undone, its
        files stay in the media folder.

        The package is first imported into a temporary collection. If Anki refuses it there, or if it is larger than
        `limits.packageMegabytes`, nothing is changed, and the undo history is kept.

        Args:
            path: Path of the package; a relative path begins at the media folder.

        Returns:
            Always true.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: Literal[True] = await self._call("importPackage", {"path": path})
        return result

    async def import_text_file(
        self,
        path: str | None = None,
        text: str | None = None,
        delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"] | None = None,
        is_html: bool | None = None,
        model_name: str | None = None,
        deck: str | None = None,
        field_columns: dict[str, int] | None = None,
        tags: list[str] | None = None,
        tags_for_updated: list[str] | None = None,
        on_duplicate: Literal["update", "keep", "add"] | None = None,
        match_scope: Literal["noteType", "noteTypeAndDeck"] | None = None,
    ) -> types.ImportedNotes:
        """Import a text file of notes, such as CSV. The result says what was done with each note.

        See `previewTextFile` for what Anki reads in the file, and what it guesses. A note is recognised by the
        column of its globally unique id, or else by its first field. A deck that the file names and that does not
        exist is created; one that is filtered is refused, unless no note has news. An update replaces the tags of a
        note if the file has a column of tags; it does not move cards to another deck. Media files that the notes
        name are not imported.

        Args:
            path: Path of the file; a relative path begins at the media folder.
            text: The content of the file, instead of `path`.
            delimiter: What separates the columns. By default Anki reads or guesses it.
            is_html: The fields contain HTML; if false, `<`, `>` and `&` are text.
            model_name: Note type of all notes, compared without case.
            deck: Deck of all new notes, compared without case.
            field_columns: The column of each field, from 1, by the field's name. Other fields stay empty, or as
                they are. By default the columns in their order.
            tags: Tags for all notes of the file. By default those that the file names.
            tags_for_updated: Tags for notes that are updated.
            on_duplicate: What to do with a line whose note exists: `update` it, `keep` it as it is, or `add`
                another note. By default what the file says, else `update`.
            match_scope: Where a note with the same first field is looked for: among all notes of its note type, or
                among those in the same deck. By default what the file says, else `noteType`.

        Returns:
            What was done with the notes of the file.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.ImportedNotes = await self._call(
            "importTextFile",
            {},
            path=path,
            text=text,
            delimiter=delimiter,
            isHtml=is_html,
            modelName=model_name,
            deck=deck,
            fieldColumns=field_columns,
            tags=tags,
            tagsForUpdated=tags_for_updated,
            onDuplicate=on_duplicate,
            matchScope=match_scope,
        )
        return result

    async def insert_reviews(self, reviews: list[list[int]]) -> None:
        """Add entries to the review log, all or none; the scheduling of the cards is not changed.

        Refused are ids that are in use, and numbers that Anki cannot read. If a card is unknown, the call fails.
        Anki has no undoable call for this, so its undo history is cleared.

        Args:
            reviews: Rows as in cardReviews. Their usn is ignored: new entries are not synced yet.

        Returns:
            Always null.

        Raises:
            CardNotFound: The card was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call("insertReviews", {"reviews": reviews})
        return result

    async def is_fsrs_active(self) -> bool | None:
        """Return whether Anki schedules by FSRS; null if that was never set, so that it does not.

        Returns:
            FSRS is switched on; null if that was never set.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool | None = await self._call("isFsrsActive", {})
        return result

    async def list_backups(self) -> list[types.Backup]:
        """List the backups of the profile, newest first; without those that are not complete.

        Returns:
            Newest first.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.Backup] = await self._call("listBackups", {})
        return result

    async def list_media_trash(self) -> list[types.FileInTrash]:
        """List the files in Anki's media trash.

        All collections in one folder share the trash, which matters without Anki's window.

        Returns:
            The files, by name.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.FileInTrash] = await self._call("listMediaTrash", {})
        return result

    async def list_models(self) -> list[types.ListedModel]:
        """List the note types with their fields, templates and number of notes.

        Returns:
            The note types, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.ListedModel] = await self._call("listModels", {})
        return result

    async def list_operations(self) -> list[types.OperationSummary]:
        """List the operations that are queued, running or recently ended, without their results.

        Returns:
            Oldest first.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.OperationSummary] = await self._call("listOperations", {})
        return result

    async def load_profile(self, name: str) -> bool:
        """Close the open profile, open another one, and return once it is open.

        If a window has unsaved text, Anki asks the user what to do; the call is refused if the user keeps the
        window. A headless gateway opens the profiles of its base folder; without one, it has one profile, which is
        always open. If the profile cannot be opened, for example because Anki has it open, the call is refused and
        the old one stays open.

        Args:
            name: Exact name of the profile.

        Returns:
            Always true: the profile is open.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("loadProfile", {"name": name})
        return result

    async def media_of_notes(
        self, notes: list[int], missing_only: bool | None = None
    ) -> list[list[types.MediaReference] | None]:
        """Return which media files each note names, in pictures, sounds and videos, and whether they exist.

        Addresses such as `https://` are left out, and so are pictures that Anki makes of LaTeX. Names are compared
        as `checkMedia` does: entities such as `&amp;` are decoded, and `%20` is not.

        Args:
            notes: Note ids.
            missing_only: Return only files that do not exist.

        Returns:
            One entry per note, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[list[types.MediaReference] | None] = await self._call(
            "mediaOfNotes", {"notes": notes}, missingOnly=missing_only
        )
        return result

    async def media_sync_status(self) -> types.MediaSyncState:
        """Return whether the media are being synced in the background, and why the last time failed.

        Anki syncs the media after the collection. Its error is kept until the next sync begins.

        Returns:
            The media sync.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.MediaSyncState = await self._call("mediaSyncStatus", {})
        return result

    async def merge_package(
        self,
        path: str,
        update_notes: Literal["ifNewer", "always", "never"] | None = None,
        update_models: Literal["ifNewer", "always", "never"] | None = None,
        merge_models: bool | None = None,
        with_scheduling: bool | None = None,
        with_deck_options: bool | None = None,
    ) -> types.ImportedNotes:
        """Import a package, as you choose, and return what was done with each note.

        Like `importPackage`. A note is recognised by its globally unique id. If its note type has other fields or
        templates here, it is left out (`conflicting`), unless `mergeModels` unites both. A note type that is new
        here, but has the name of another one, gets a name such as `Basic+`. The package of a whole collection
        (.colpkg) is merged, too. If the collection has everything already, nothing is written.

        Args:
            path: Path of the package; a relative path begins at the media folder.
            update_notes: Update notes that exist here: if those of the package were changed later, always, or
                never.
            update_models: Update note types that exist here: if those of the package were changed later, always, or
                never.
            merge_models: Unite note types that have other fields or templates here.
            with_scheduling: Take the scheduling. If false, the cards are new.
            with_deck_options: Take the decks' options.

        Returns:
            What was done with the notes of the file.

        Raises:
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.ImportedNotes = await self._call(
            "mergePackage",
            {"path": path},
            updateNotes=update_notes,
            updateModels=update_models,
            mergeModels=merge_models,
            withScheduling=with_scheduling,
            withDeckOptions=with_deck_options,
        )
        return result

    async def model_field_add(self, model_name: str, field_name: str, index: int | None = None) -> str:
        """Add a field to a note type and return the name it got. The field is empty in existing notes.

        A taken name is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from names. The next
        sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            field_name: Name of the field.
            index: New position, from 0; the end if too large or left out.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("modelFieldAdd", {"modelName": model_name, "fieldName": field_name}, index=index)
        return result

    async def model_field_descriptions(self, model_name: str) -> list[str]:
        """Return the hint that the editor shows in each empty field of a note type.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Hint of each field, in field order; an empty text for none.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("modelFieldDescriptions", {"modelName": model_name})
        return result

    async def model_field_fonts(self, model_name: str) -> dict[str, types.FieldFont]:
        """Return the font and size in which the editor shows each field of a note type.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Font of each field by its name, in field order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, types.FieldFont] = await self._call("modelFieldFonts", {"modelName": model_name})
        return result

    async def model_field_names(self, model_name: str) -> list[str]:
        """List the names of a note type's fields, in field order.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Field names in field order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("modelFieldNames", {"modelName": model_name})
        return result

    @overload
    async def model_field_remove(
        self, model_name: str, field_name: str, dry_run: Literal[False] | None = None
    ) -> str | None: ...

    @overload
    async def model_field_remove(self, model_name: str, field_name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses: ...

    async def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses:
        """Remove a field from a note type, with its content in all notes, and return its name; null if there was none.

        Templates lose their references to it; a question side left without fields gets a remaining one. Refused are
        the only field, and a field that Anki protects, as in `Image Occlusion`. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the removed field; null if there was none. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = await self._call(
            "modelFieldRemove", {"modelName": model_name, "fieldName": field_name}, dryRun=dry_run
        )
        return result

    async def model_field_rename(self, model_name: str, old_field_name: str, new_field_name: str) -> str:
        """Rename a field of a note type, also in its templates, and return the name it got.

        The name of another field is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from
        names.

        Args:
            model_name: Note type name, compared without case.
            old_field_name: Current name in its exact spelling.
            new_field_name: New name.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call(
            "modelFieldRename",
            {"modelName": model_name, "oldFieldName": old_field_name, "newFieldName": new_field_name},
        )
        return result

    async def model_field_reposition(self, model_name: str, field_name: str, index: int) -> None:
        """Move a field of a note type, with its content in all notes, to another position.

        The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            index: New position, from 0; the end if too large.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call(
            "modelFieldReposition", {"modelName": model_name, "fieldName": field_name, "index": index}
        )
        return result

    async def model_field_set_description(self, model_name: str, field_name: str, description: str) -> bool:
        """Set the hint that the editor shows in a field while it is empty.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            description: The hint; may be empty.

        Returns:
            Always true.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call(
            "modelFieldSetDescription", {"modelName": model_name, "fieldName": field_name, "description": description}
        )
        return result

    async def model_field_set_font(self, model_name: str, field_name: str, font: str) -> None:
        """Set the font in which the editor shows a field.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            font: Font in the editor.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call(
            "modelFieldSetFont", {"modelName": model_name, "fieldName": field_name, "font": font}
        )
        return result

    async def model_field_set_font_size(self, model_name: str, field_name: str, font_size: int) -> None:
        """Set the size in which the editor shows a field.

        Args:
            model_name: Note type name, compared without case.
            field_name: Field name in its exact spelling.
            font_size: Font size in the editor, in points: 0 to 65535.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call(
            "modelFieldSetFontSize", {"modelName": model_name, "fieldName": field_name, "fontSize": font_size}
        )
        return result

    async def model_field_set_options(self, model_name: str, fields: list[types.FieldOptions]) -> int:
        """Set options of fields of a note type, and return how many fields had other ones. No full sync is needed.

        If a field does not exist, the call fails and changes nothing. Other actions set the font, the font size and
        the hint: modelFieldSetFont, modelFieldSetFontSize and modelFieldSetDescription.

        Args:
            model_name: Note type name, compared without case.
            fields: The fields, each with its new options.

        Returns:
            Number of fields that had other options.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("modelFieldSetOptions", {"modelName": model_name, "fields": fields})
        return result

    async def model_fields_on_templates(self, model_name: str) -> dict[str, list[list[str]]]:
        """Return the names of the fields on the two sides of each template of a note type.

        The names come from the text: repeats are kept, special names such as `Tags` count as fields, an inverted
        condition is `^Name`, and the fields need not exist. The answer side lists only names that the question side
        lacks.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Fields of each template by its name, in template order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, list[list[str]]] = await self._call("modelFieldsOnTemplates", {"modelName": model_name})
        return result

    async def model_name_from_id(self, model_id: int) -> str:
        """Return the name of a note type.

        Args:
            model_id: Note type id.

        Returns:
            Name of the note type.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: str = await self._call("modelNameFromId", {"modelId": model_id})
        return result

    async def model_names(self) -> list[str]:
        """List the names of all note types.

        Returns:
            Names of all note types, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = await self._call("modelNames", {})
        return result

    async def model_names_and_ids(self) -> dict[str, int]:
        """Return the id of each note type by its name.

        Returns:
            Id of each note type by its name.

        Raises:
            RpcError: Any kind of error.
        """
        result: dict[str, int] = await self._call("modelNamesAndIds", {})
        return result

    async def model_styling(self, model_name: str) -> types.Styling:
        """Return the styling of a note type, as CSS.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            The styling.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: types.Styling = await self._call("modelStyling", {"modelName": model_name})
        return result

    async def model_template_add(self, model_name: str, template: types.NewTemplate) -> str:
        """Add a template to a note type, at the end, create its cards, and return the name it got.

        A taken name is refused; case does not matter. A second template for a cloze note type is refused: Anki
        would never use it. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            template: The template.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("modelTemplateAdd", {"modelName": model_name, "template": template})
        return result

    @overload
    async def model_template_remove(
        self, model_name: str, template_name: str, dry_run: Literal[False] | None = None
    ) -> str | None: ...

    @overload
    async def model_template_remove(
        self, model_name: str, template_name: str, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    async def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses: ...

    async def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> str | None | types.Losses:
        """Remove a template from a note type, with all its cards, and return its name; null if there was none.

        Notes without another card stay without cards, until Anki's database check makes new ones. Refused are the
        only template, and the template of a cloze note type. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            template_name: Template name in its exact spelling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the removed template; null if there was none. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = await self._call(
            "modelTemplateRemove", {"modelName": model_name, "templateName": template_name}, dryRun=dry_run
        )
        return result

    async def model_template_rename(self, model_name: str, old_template_name: str, new_template_name: str) -> str:
        """Rename a template of a note type and return the name it got.

        The name of another template is refused; case does not matter. Anki removes quotes from names.

        Args:
            model_name: Note type name, compared without case.
            old_template_name: Current name in its exact spelling.
            new_template_name: New name.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call(
            "modelTemplateRename",
            {"modelName": model_name, "oldTemplateName": old_template_name, "newTemplateName": new_template_name},
        )
        return result

    async def model_template_reposition(self, model_name: str, template_name: str, index: int) -> None:
        """Move a template of a note type to another position; its cards keep their content and schedule.

        Templates of a cloze note type are refused. The next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            template_name: Template name in its exact spelling.
            index: New position, from 0; the end if too large.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call(
            "modelTemplateReposition", {"modelName": model_name, "templateName": template_name, "index": index}
        )
        return result

    async def model_template_set_options(self, model_name: str, templates: list[types.TemplateOptions]) -> int:
        """Set options of templates of a note type, and return how many templates had other ones. No full sync is
        needed.

        New cards of a template with a `deck` are added to that deck, whatever deck the note is added to; present
        cards stay where they are. Refused are a filtered deck, and a format for Anki's browser with an unknown
        field. If a template or a deck does not exist, the call fails and changes nothing.

        Args:
            model_name: Note type name, compared without case.
            templates: The templates, each with its new options.

        Returns:
            Number of templates that had other options.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("modelTemplateSetOptions", {"modelName": model_name, "templates": templates})
        return result

    async def model_templates(self, model_name: str) -> dict[str, types.Sides]:
        """Return the two sides of each template of a note type.

        Args:
            model_name: Note type name, compared without case.

        Returns:
            Sides of each template by its name, in template order.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: dict[str, types.Sides] = await self._call("modelTemplates", {"modelName": model_name})
        return result

    async def move_decks(self, decks: list[str], parent: str | None) -> int:
        """Move decks with their sub-decks directly below another deck, or to the top, and return how many were
        elsewhere.

        They keep the last part of their names. If one of the decks cannot be moved, none is: fails with
        `already_exists` if a name is taken at the new place. Refused is a place below the deck itself or below a
        filtered deck.

        Args:
            decks: Full names, compared without case.
            parent: Full name of the deck that shall be above them, compared without case; null or empty for the
                top.

        Returns:
            Number of decks that were elsewhere.

        Raises:
            DeckNotFound: The deck was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("moveDecks", {"decks": decks, "parent": parent})
        return result

    @overload
    async def move_tags(self, tags: list[str], parent: str | None, dry_run: Literal[False] | None = None) -> int: ...

    @overload
    async def move_tags(self, tags: list[str], parent: str | None, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def move_tags(
        self, tags: list[str], parent: str | None, dry_run: bool | None = None
    ) -> int | types.Losses: ...

    async def move_tags(self, tags: list[str], parent: str | None, dry_run: bool | None = None) -> int | types.Losses:
        """Move tags with their sub-tags below another tag, in all notes, and return how many notes have one of them.

        They keep their last level: `food::fruit` below `meal` becomes `meal::fruit`. The parent need not exist. If
        the new name is taken, the two tags become one. A tag below another one of these moves along with it. The
        old tags leave the collection's list. A tag that no note has stays as it is.

        A tag that does not exist, or that would be moved below itself, fails the call, and nothing is changed.

        Args:
            tags: Tags to move, compared without case; their sub-tags move along.
            parent: Tag below which they are moved, `::` between levels; null or an empty text for the top.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes with one of the tags or their sub-tags. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = await self._call("moveTags", {"tags": tags, "parent": parent}, dryRun=dry_run)
        return result

    async def multi(self, actions: list[types.Call]) -> list[types.Outcome]:
        """Run several calls in order and return the outcome of each.

        A call that fails does not stop the others, and nothing is rolled back. A `multi` may contain a `multi`, 32
        deep.

        Args:
            actions: Calls to run in order.

        Returns:
            One outcome per call, in order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.Outcome] = await self._call("multi", {"actions": actions})
        return result

    async def next_cards(
        self,
        limit: int | None = None,
        sides: Literal["both", "question", "none"] | None = None,
        states: bool | None = None,
    ) -> types.Queue:
        """Return the cards that Anki would show next in the current deck, with both sides and the effect of each
        answer.

        Order and daily limits are Anki's. `selectDeck` chooses the deck; `answerCards` answers cards.

        Args:
            limit: Maximum number of cards.
            sides: Sides to return; `question` without the hidden texts that Anki writes into the HTML of a cloze.
            states: Also return `token` and `states` of each card.

        Returns:
            Today's remaining counts, and the next cards.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Queue = await self._call("nextCards", {}, limit=limit, sides=sides, states=states)
        return result

    @overload
    async def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NoteInfo]: ...

    @overload
    async def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        *,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]],
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NotePart]: ...

    @overload
    async def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NoteInfo] | list[types.NotePart]: ...

    async def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> list[types.NoteInfo] | list[types.NotePart]:
        """Describe notes: fields, tags, note type and cards, in the order of the ids.

        Naming `fields` or reading in pages saves time. Pages of a search are ordered by id, which is the time of
        creation.

        Args:
            notes: Note ids.
            query: Search text; if given, `notes` is ignored.
            limit: Maximum number of entries; default all.
            offset: Number of entries to skip first.
            fields: Members to return of each entry; default all.
            note_fields: Exact names of the note's fields to return in `fields`; default all. Fields that a note
                lacks are left out.
            plain_text: Return the values of fields as text of one line, without HTML. Names of media files stay.

        Returns:
            One entry per note, in order; an empty object for an unknown id. With `fields`, only those members.

        Raises:
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: list[types.NoteInfo] | list[types.NotePart] = await self._call(
            "notesInfo",
            {},
            notes=notes,
            query=query,
            limit=limit,
            offset=offset,
            fields=fields,
            noteFields=note_fields,
            plainText=plain_text,
        )
        return result

    async def notes_mod_time(self, notes: list[int]) -> list[types.NoteTime]:
        """Return when each note was last changed, in the order of the ids.

        Args:
            notes: Note ids.

        Returns:
            One entry per note, in order; an empty object for an unknown id.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[types.NoteTime] = await self._call("notesModTime", {"notes": notes})
        return result

    async def optimize_fsrs_params(
        self,
        preset: str,
        search: str | None = None,
        apply: bool | None = None,
        health_check: bool | None = None,
        reschedule: bool | None = None,
    ) -> types.Optimized:
        """Compute FSRS parameters from reviews, as *Optimize* in Anki's options does. FSRS need not be active.

        Without `apply` nothing is changed. The call is refused if there is no usable review: only reviews that come
        a day or more after the card was first learned count. Meanwhile, other calls on the collection wait.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            search: Search text for the cards whose reviews count, instead of the preset's.
            apply: Save the parameters in the preset if they are better.
            health_check: Also check whether FSRS suits these reviews, which takes longer.
            reschedule: With `apply`: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            The best parameters and how well they fit.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
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

    async def preview_cards(
        self,
        note: types.PreviewedNote | None = None,
        note_id: int | None = None,
        fields: dict[str, str] | None = None,
        templates: dict[str, types.PreviewedSides] | None = None,
        css: str | None = None,
        cards: list[int] | None = None,
        fill_empty: bool | None = None,
    ) -> list[types.CardPreview]:
        """Render the cards of a note, and store nothing: neither the note nor the templates need exist yet.

        So it also checks templates before they are saved. An unknown field, or a condition that is not closed, is
        reported in `error`. Braces that are not closed are no error: Anki shows them as they are.

        Refused are cards that may become larger than 64 MiB, because a side refers to large fields many times.

        Sounds stay as they are written, as in `[sound:mela.mp3]`, and so does LaTeX. `{{Deck}}` shows `(Deck)`.

        Args:
            note: A note that need not be stored. Give either this or `noteId`.
            note_id: Id of a stored note.
            fields: Other HTML for fields of the stored note, by field name, compared without case.
            templates: Other sides of templates, by the name of the template in its exact spelling.
            css: Other styling; default that of the note type.
            cards: Positions of the cards to return: of its template, or the number of its cloze deletion less 1.
                Default all.
            fill_empty: Show the name of a field, as in `(Front)`, if the field is empty.

        Returns:
            The cards of the note, by position.

        Raises:
            NoteNotFound: The note was not found.
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.CardPreview] = await self._call(
            "previewCards",
            {},
            note=note,
            noteId=note_id,
            fields=fields,
            templates=templates,
            css=css,
            cards=cards,
            fillEmpty=fill_empty,
        )
        return result

    async def preview_text_file(
        self,
        path: str | None = None,
        text: str | None = None,
        delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"] | None = None,
        is_html: bool | None = None,
        model_name: str | None = None,
        deck: str | None = None,
    ) -> types.TextFilePreview:
        """Show what Anki reads in a text file of notes, and how `importTextFile` would import it. Nothing is changed.

        The file is in UTF-8. Lines at its top can say how to read it: `#separator:`, `#html:`, `#notetype:`,
        `#deck:`, `#tags:`, `#columns:`, `#notetype column:`, `#deck column:`, `#tags column:`, `#guid column:`,
        `#if matches:` and `#match scope:`. What neither they nor the call says is guessed (`guessed`). In a file of
        one column the guessed delimiter is the space.

        Compare `rows` with the file: a quotation mark that is not closed makes the rest of the file one field.

        Args:
            path: Path of the file; a relative path begins at the media folder.
            text: The content of the file, instead of `path`.
            delimiter: What separates the columns. By default Anki reads or guesses it.
            is_html: The fields contain HTML; if false, `<`, `>` and `&` are text.
            model_name: Note type of all notes, compared without case.
            deck: Deck of all new notes, compared without case.

        Returns:
            What the file contains.

        Raises:
            DeckNotFound: The deck was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: types.TextFilePreview = await self._call(
            "previewTextFile",
            {},
            path=path,
            text=text,
            delimiter=delimiter,
            isHtml=is_html,
            modelName=model_name,
            deck=deck,
        )
        return result

    async def raise_todays_limits(
        self, decks: list[str], new_cards: int | None = None, reviews: int | None = None
    ) -> list[types.CardsLeft]:
        """Show more new cards or reviews today, as Anki's *Custom Study* does, and return what is left for today.

        Only the limits of the named decks change. The limits of a deck above or below still apply, so the result
        can be the same as before. A filtered deck, which has no limits, is refused.

        Args:
            decks: Full names, compared without case.
            new_cards: How many more new cards are shown today; negative for fewer.
            reviews: How many more reviews are shown today; negative for fewer.

        Returns:
            One entry for each deck, in order.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[types.CardsLeft] = await self._call(
            "raiseTodaysLimits", {"decks": decks}, newCards=new_cards, reviews=reviews
        )
        return result

    async def rebuild_filtered_deck(self, deck: str) -> int:
        """Empty a filtered deck, fill it again by its searches, and return how many cards it has then.

        Args:
            deck: Full name of a filtered deck, compared without case.

        Returns:
            Number of cards that are in the deck now.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: int = await self._call("rebuildFilteredDeck", {"deck": deck})
        return result

    async def redo(self) -> types.UndoneStep:
        """Redo the step that was undone last and return its name; null if there is none.

        Callers without the scope `delete` may redo only their own steps, as with `undo`.

        Returns:
            The step, and the next steps to undo and redo.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.UndoneStep = await self._call("redo", {})
        return result

    async def relearn_cards(self, cards: list[int]) -> None:
        """Put cards into relearning, due at once.

        Interval, ease and counts stay the same, and nothing is logged. Cards in a filtered deck stay there. Cards
        that are already being relearned within a day are skipped. If an id is unknown, the call fails and changes
        nothing.

        Args:
            cards: Card ids.

        Returns:
            Always null.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: None = await self._call("relearnCards", {"cards": cards})
        return result

    async def reload_collection(self) -> None:
        """Make Anki's windows read the collection again and show its present state.

        Returns:
            Always null.

        Raises:
            RpcError: Any kind of error.
        """
        result: None = await self._call("reloadCollection", {})
        return result

    @overload
    async def remove_config_values(self, keys: list[str], dry_run: Literal[False] | None = None) -> list[str]: ...

    @overload
    async def remove_config_values(self, keys: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_config_values(self, keys: list[str], dry_run: bool | None = None) -> list[str] | types.Losses: ...

    async def remove_config_values(self, keys: list[str], dry_run: bool | None = None) -> list[str] | types.Losses:
        """Remove values that programs have stored in the collection, and return the keys that had one.

        Args:
            keys: Keys. Each begins with a name of your own and a dot, such as `my-program.window`, and consists of
                English letters, digits and `_-.:/`. At most 1,000.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The keys that had a value. With `dryRun`, the losses.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] | types.Losses = await self._call("removeConfigValues", {"keys": keys}, dryRun=dry_run)
        return result

    @overload
    async def remove_deck_config_id(self, config_id: int, dry_run: Literal[False] | None = None) -> str | None: ...

    @overload
    async def remove_deck_config_id(self, config_id: int, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> str | None | types.Losses: ...

    async def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> str | None | types.Losses:
        """Remove a group of deck options and return its name; null if there was none.

        Its decks get group 1. The next sync with AnkiWeb must be a full sync.

        Args:
            config_id: Id of the group. Group 1 cannot be removed.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Name of the removed group; null if there was none. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = await self._call(
            "removeDeckConfigId", {"configId": config_id}, dryRun=dry_run
        )
        return result

    @overload
    async def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: Literal[False] | None = None
    ) -> types.EmptyCardsRemoved: ...

    @overload
    async def remove_empty_cards(self, keep_notes: bool | None = None, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> types.EmptyCardsRemoved | types.Losses: ...

    async def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> types.EmptyCardsRemoved | types.Losses:
        """Remove cards whose front has become empty and return what was removed.

        Args:
            keep_notes: Keep the first card of a note that has only empty ones.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The removed cards and notes. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.EmptyCardsRemoved | types.Losses = await self._call(
            "removeEmptyCards", {}, keepNotes=keep_notes, dryRun=dry_run
        )
        return result

    @overload
    async def remove_empty_notes(self, dry_run: Literal[False] | None = None) -> None: ...

    @overload
    async def remove_empty_notes(self, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_empty_notes(self, dry_run: bool | None = None) -> None | types.Losses: ...

    async def remove_empty_notes(self, dry_run: bool | None = None) -> None | types.Losses:
        """Delete notes whose fields are all empty, with their cards.

        A field with only white space or empty HTML is empty; one with a picture or a sound is not. Tags do not
        count. Other notes keep their empty cards, which `findEmptyCards` lists.

        Args:
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = await self._call("removeEmptyNotes", {}, dryRun=dry_run)
        return result

    @overload
    async def remove_saved_search(self, name: str, dry_run: Literal[False] | None = None) -> str | None: ...

    @overload
    async def remove_saved_search(self, name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_saved_search(self, name: str, dry_run: bool | None = None) -> str | None | types.Losses: ...

    async def remove_saved_search(self, name: str, dry_run: bool | None = None) -> str | None | types.Losses:
        """Remove a saved search and return its name; null if there was none.

        Args:
            name: Name in its exact spelling.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Its name; null if there was no such search. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str | None | types.Losses = await self._call("removeSavedSearch", {"name": name}, dryRun=dry_run)
        return result

    @overload
    async def remove_tags(self, notes: list[int], tags: str, dry_run: Literal[False] | None = None) -> list[int]: ...

    @overload
    async def remove_tags(self, notes: list[int], tags: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_tags(
        self, notes: list[int], tags: str, dry_run: bool | None = None
    ) -> list[int] | types.Losses: ...

    async def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> list[int] | types.Losses:
        """Remove tags and their sub-tags from notes, and return the ids of the notes that had one.

        Case does not matter. If an id is unknown, the call fails and changes nothing.

        Args:
            notes: Note ids.
            tags: Tags, separated by spaces.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Ids of the notes from which a tag was removed. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            RpcError: Another kind of error.
        """
        result: list[int] | types.Losses = await self._call(
            "removeTags", {"notes": notes, "tags": tags}, dryRun=dry_run
        )
        return result

    @overload
    async def remove_tags_in_all_notes(self, tags: list[str], dry_run: Literal[False] | None = None) -> int: ...

    @overload
    async def remove_tags_in_all_notes(self, tags: list[str], *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def remove_tags_in_all_notes(self, tags: list[str], dry_run: bool | None = None) -> int | types.Losses: ...

    async def remove_tags_in_all_notes(self, tags: list[str], dry_run: bool | None = None) -> int | types.Losses:
        """Remove tags and their sub-tags from all notes and from the collection's list, and return how many notes had
        one.

        Case does not matter. Tags that do not exist are skipped; without tags, nothing is removed. Each 5,000 notes
        are written atomically; the call is one step in Anki's undo menu.

        Args:
            tags: Tags to remove; a text with spaces is several tags.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes that had one of the tags. With `dryRun`, the losses.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = await self._call("removeTagsInAllNotes", {"tags": tags}, dryRun=dry_run)
        return result

    async def rename_deck(self, deck: str, new_name: str) -> str:
        """Rename a deck, or move it below another one, together with its sub-decks.

        Refused are the name of another deck, and a place below the deck itself or below a filtered deck.

        Args:
            deck: Full name, compared without case.
            new_name: New full name, `::` between levels. Missing parents are created.

        Returns:
            The new full name, as Anki has normalised it.

        Raises:
            DeckNotFound: The deck was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("renameDeck", {"deck": deck, "newName": new_name})
        return result

    async def rename_model(self, model_name: str, new_name: str) -> str:
        """Rename a note type and return the name it got. Its notes stay, and no full sync is needed.

        The name of another note type is refused; case does not matter. Anki removes quotes from names.

        Args:
            model_name: Note type name, compared without case.
            new_name: New name.

        Returns:
            The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("renameModel", {"modelName": model_name, "newName": new_name})
        return result

    async def rename_profile(self, name: str, new_name: str) -> str:
        """Rename a profile and its folder, and return the new name as it is stored.

        The open profile is closed, renamed and opened again, as by `loadProfile`: running operations are cancelled,
        and if a window has unsaved text, Anki asks the user what to do. A profile that another program has open is
        refused. The rules for names are those of `addProfile`.

        Args:
            name: Exact name of the profile.
            new_name: New name. Blanks around it are removed.

        Returns:
            The name of the profile as it is stored.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: str = await self._call("renameProfile", {"name": name, "newName": new_name})
        return result

    @overload
    async def rename_tag(self, tag: str, new_name: str, dry_run: Literal[False] | None = None) -> int: ...

    @overload
    async def rename_tag(self, tag: str, new_name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def rename_tag(self, tag: str, new_name: str, dry_run: bool | None = None) -> int | types.Losses: ...

    async def rename_tag(self, tag: str, new_name: str, dry_run: bool | None = None) -> int | types.Losses:
        """Rename a tag with its sub-tags in all notes, and return how many notes have it.

        Case does not matter for `tag`. If the new name is taken, the two tags become one. The old tags leave the
        collection's list. A tag that no note has stays as it is, and the result is 0.

        Args:
            tag: Tag to rename, compared without case; its sub-tags move along.
            new_name: New name, without spaces; `::` between levels.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Number of notes with the tag or one of its sub-tags. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int | types.Losses = await self._call("renameTag", {"tag": tag, "newName": new_name}, dryRun=dry_run)
        return result

    @overload
    async def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: Literal[False] | None = None
    ) -> None: ...

    @overload
    async def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    async def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses: ...

    async def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses:
        """Replace a tag in notes; those without the tag are skipped.

        If an id is unknown, or nothing in the collection has the tag, the call fails and changes nothing.

        Args:
            notes: Note ids.
            tag_to_replace: Tag to replace, compared without case; sub-tags stay.
            replace_with_tag: New tags, separated by spaces; an empty text removes the tag.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = await self._call(
            "replaceTags",
            {"notes": notes, "tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    @overload
    async def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: Literal[False] | None = None
    ) -> None: ...

    @overload
    async def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, *, dry_run: Literal[True]
    ) -> types.Losses: ...

    @overload
    async def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses: ...

    async def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> None | types.Losses:
        """Replace a tag in every note that has it. The call fails if the collection has no such tag.

        Args:
            tag_to_replace: Tag to replace, compared without case; sub-tags stay.
            replace_with_tag: New tags, separated by spaces; an empty text removes the tag.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = await self._call(
            "replaceTagsInAllNotes",
            {"tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    async def reposition_new_cards(
        self, ordered_card_ids: list[int], start_position: int, step: int, shift: bool, random: bool | None = None
    ) -> types.Repositioned:
        """Position new cards in the given order, or at random.

        Cards of one note get the same position, that of the first of them. If an id is repeated, its first place
        counts. Unknown ids and cards that are not new are skipped and reported.

        Args:
            ordered_card_ids: Card ids, in their new order.
            start_position: Position of the first card.
            step: Difference between two positions.
            shift: Shift the new cards at or after these positions to make room.
            random: Mix the notes of the cards, instead of keeping the given order.

        Returns:
            The outcome.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Repositioned = await self._call(
            "repositionNewCards",
            {"orderedCardIds": ordered_card_ids, "startPosition": start_position, "step": step, "shift": shift},
            random=random,
        )
        return result

    async def request_permission(self) -> types.Permission:
        """Ask for permission to use the gateway.

        Programs that are not browsers, and allowed origins, have it. For any other origin the gateway asks the
        user, and the call waits for the answer. Permission is denied if no answer comes in time, or if the gateway
        has no window.

        Returns:
            Whether permission was granted; if so, also the conditions.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Permission = await self._call("requestPermission", {})
        return result

    @overload
    async def restore_backup(self, name: str, dry_run: Literal[False] | None = None) -> types.CollectionReplaced: ...

    @overload
    async def restore_backup(self, name: str, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def restore_backup(
        self, name: str, dry_run: bool | None = None
    ) -> types.CollectionReplaced | types.Losses: ...

    async def restore_backup(self, name: str, dry_run: bool | None = None) -> types.CollectionReplaced | types.Losses:
        """Replace the collection by a backup of this profile, and return what is in it.

        The present collection is backed up first, so `restoreBackup` can also bring that back. Backups have no
        media, so the media folder stays as it is. Anki's undo history is empty afterwards, and the next sync is a
        full one.

        Args:
            name: File name of the backup, as in listBackups.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The collection that is open now. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.CollectionReplaced | types.Losses = await self._call(
            "restoreBackup", {"name": name}, dryRun=dry_run
        )
        return result

    async def restore_media_trash(self) -> list[str]:
        """Move all files of Anki's media trash back to the media folder, and return their names there.

        If a name is taken by another content, the file gets a name with the SHA-1 of its content; if a file of this
        content is there already, the one in the trash is deleted. If the trash has anything but files, such as a
        folder, nothing is moved. All collections in one folder share the trash, which matters without Anki's
        window.

        Returns:
            Names of the files that are in the media folder again.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("restoreMediaTrash", {})
        return result

    @overload
    async def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: Literal[False] | None = None,
    ) -> types.Model: ...

    @overload
    async def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: bool | None = None,
    ) -> types.Model | types.Losses: ...

    async def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: bool | None = None,
    ) -> types.Model | types.Losses:
        """Make a note type like one of Anki's built-in ones again, and return it as Anki stores it.

        It gets the fields, templates and styling of that one; its name, its LaTeX and its notes stay. Fields and
        templates keep the content and the cards of those with the same name; those that are left take their places
        in order, and further ones are removed with their content and their cards; notes with only such cards stay
        without cards. A cloze note type cannot become a standard one, nor the other way. If fields or templates are
        added, removed or moved, the next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            kind: Which of Anki's built-in note types it shall be like.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The note type, as Anki stores it. With `dryRun`, the losses.

        Raises:
            ModelNotFound: The note type was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.Model | types.Losses = await self._call(
            "restoreModel", {"modelName": model_name, "kind": kind}, dryRun=dry_run
        )
        return result

    async def retrieve_media_file(self, filename: str) -> str:
        """Return a file of the media folder as base64.

        Args:
            filename: Name in the media folder; folders in it are ignored.

        Returns:
            Content in base64.

        Raises:
            NotFound: Something that the call names was not found.
            FileProblem: A file could not be read or written.
            RpcError: Another kind of error.
        """
        result: str = await self._call("retrieveMediaFile", {"filename": filename})
        return result

    async def review_log(
        self, after: int | None = None, limit: int | None = None, before: int | None = None, query: str | None = None
    ) -> types.ReviewPage:
        """List the entries of the review log in pages, oldest first.

        Answers recorded between two calls appear on a later page, and no entry appears twice. But a sync can bring
        entries from another device that are older than a page already read.

        Args:
            after: Only entries with a larger id: time in milliseconds since 1970, or `next` of the previous page.
            limit: Maximum number of entries of a page.
            before: Only entries with a smaller id.
            query: Only entries of cards that this search text finds now.

        Returns:
            A page of the log.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.ReviewPage = await self._call(
            "reviewLog", {}, after=after, limit=limit, before=before, query=query
        )
        return result

    async def save_deck_config(self, config: types.OptionsGroup) -> bool:
        """Replace a group of deck options as a whole.

        As in Anki's options window, new cards are sorted again if their order changes. While FSRS is active, memory
        states are computed again if its parameters change.

        Args:
            config: The whole group as getDeckConfig returns it, with your changes. Anki sets `mod` and `usn`.

        Returns:
            Always true.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("saveDeckConfig", {"config": config})
        return result

    async def save_search(self, name: str, search: str, overwrite: bool | None = None) -> str:
        """Save a search text under a name, for the sidebar of Anki's browser, and return it as it was saved.

        If another search has the name, the call fails, unless `overwrite` is true.

        Args:
            name: Name in its exact spelling.
            search: Search text; if empty, everything is found.
            overwrite: Replace another search of this name.

        Returns:
            The search text as it was saved, in Anki's own spelling.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: str = await self._call("saveSearch", {"name": name, "search": search}, overwrite=overwrite)
        return result

    async def select_deck(self, deck: str) -> None:
        """Make a deck the current one. No window changes what it shows.

        Args:
            deck: Full name, compared without case.

        Returns:
            Always null.

        Raises:
            DeckNotFound: The deck was not found.
            RpcError: Another kind of error.
        """
        result: None = await self._call("selectDeck", {"deck": deck})
        return result

    async def set_config_values(self, values: dict[str, Any]) -> list[str]:
        """Store values of your program in the collection, and return the keys that had another value, or none.

        They are synced, all of them with every sync, so store few and small ones. Other programs can read and
        change them: passwords do not belong there. Anki's own keys are rejected; for some of them there is
        `setPreferences`.

        Args:
            values: Values by their keys. Each begins with a name of your own and a dot, such as `my-
                program.window`, and consists of English letters, digits and `_-.:/`. At most 1,000. A value has at
                most 16,384 bytes as JSON, and 100 levels of lists and objects.

        Returns:
            The keys that had another value, or none.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: list[str] = await self._call("setConfigValues", {"values": values})
        return result

    async def set_deck_config_id(self, decks: list[str], config_id: int) -> bool:
        """Assign a group of options to decks. If a deck or the group does not exist, the call fails and changes
        nothing.

        A filtered deck, which has no group, is refused. Sub-decks are not changed.

        Args:
            decks: Full deck names in their exact spelling.
            config_id: Id of the group.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("setDeckConfigId", {"decks": decks, "configId": config_id})
        return result

    async def set_deck_description(self, deck: str, description: str) -> bool:
        """Replace the description of a deck. A filtered deck, which has none, is refused.

        Args:
            deck: Full name in its exact spelling.
            description: The new text; an empty one removes it.

        Returns:
            Always true.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("setDeckDescription", {"deck": deck, "description": description})
        return result

    async def set_deck_desired_retention(
        self, deck: str, desired_retention: float | None, reschedule: bool | None = None
    ) -> bool:
        """Set or remove a deck's own desired retention and return whether that changed anything.

        Sub-decks are not changed. A filtered deck, which has none, is refused.

        Args:
            deck: Full deck name, compared without case.
            desired_retention: Share of reviews to be passed; null for that of the deck's preset.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call(
            "setDeckDesiredRetention", {"deck": deck, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    async def set_deck_limits(
        self,
        decks: list[str],
        new_cards: int | None = None,
        reviews: int | None = None,
        new_cards_today: int | None = None,
        reviews_today: int | None = None,
        remove: list[Literal["newCards", "reviews", "newCardsToday", "reviewsToday"]] | None = None,
    ) -> int:
        """Set or remove daily limits of decks, each day or only today, and return how many decks had other ones.

        Limits that are not named stay. Sub-decks are not changed. A filtered deck, which has no limits, is refused.

        Args:
            decks: Full names, compared without case.
            new_cards: New cards a day; null for no such limit.
            reviews: Reviews a day; null for no such limit.
            new_cards_today: New cards today; null for no such limit.
            reviews_today: Reviews today; null for no such limit.
            remove: Limits that the decks shall no longer have, named for clients that cannot send null.

        Returns:
            Number of decks that had other limits.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call(
            "setDeckLimits",
            {"decks": decks},
            newCards=new_cards,
            reviews=reviews,
            newCardsToday=new_cards_today,
            reviewsToday=reviews_today,
            remove=remove,
        )
        return result

    async def set_deck_options_for_all(
        self,
        new_cards_ignore_review_limit: bool | None = None,
        apply_all_parent_limits: bool | None = None,
        fsrs_health_check: bool | None = None,
        card_state_customizer: str | None = None,
    ) -> types.ChangedDeckOptionsForAll:
        """Set deck options that hold for all decks, and return those that had other values. Others stay.

        Limits count at once. Presets, and whether FSRS is active, do not change.

        Args:
            new_cards_ignore_review_limit: New cards do not count towards the limit of reviews.
            apply_all_parent_limits: The limits of all decks above a deck apply, also if the deck is studied by
                itself.
            fsrs_health_check: Optimizing in Anki's window also checks whether FSRS suits the reviews.
            card_state_customizer: JavaScript that Anki runs for each card in its reviewer; empty for none. Needs
                the scope `admin`.

        Returns:
            The options that had other values, with the new ones.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ChangedDeckOptionsForAll = await self._call(
            "setDeckOptionsForAll",
            {},
            newCardsIgnoreReviewLimit=new_cards_ignore_review_limit,
            applyAllParentLimits=apply_all_parent_limits,
            fsrsHealthCheck=fsrs_health_check,
            cardStateCustomizer=card_state_customizer,
        )
        return result

    async def set_deck_preset(self, decks: list[str], preset: str) -> int:
        """Assign a preset of options to decks and return how many had another one.

        As in Anki's options window, memory states of their cards are computed again while FSRS is active. Sub-decks
        are not changed. A filtered deck has no preset: if one is named, the call is refused and changes nothing. If
        several presets have the name, the oldest is used.

        Args:
            decks: Full names, compared without case.
            preset: Name of the preset in its exact spelling.

        Returns:
            Number of decks that had another preset.

        Raises:
            DeckNotFound: The deck was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("setDeckPreset", {"decks": decks, "preset": preset})
        return result

    async def set_desired_retention(
        self, preset: str, desired_retention: float, reschedule: bool | None = None
    ) -> bool:
        """Set the desired retention of a preset and return whether that changed anything.

        Decks with a desired retention of their own keep it.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            desired_retention: Share of reviews to be passed.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call(
            "setDesiredRetention", {"preset": preset, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    async def set_due_date(self, cards: list[int], days: str) -> bool:
        """Set when cards are due, in days from today.

        New cards become review cards. Cards in a filtered deck return to their home deck. Skipped are damaged
        cards, cards with a damaged home deck, and cards that already have this due date and interval. If an id is
        unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            days: Days from today: `0` is today, `3-7` a random day of that range for each card. With `!` at the end
                they become the interval, too. At most 999999.

        Returns:
            Always true.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("setDueDate", {"cards": cards, "days": days})
        return result

    async def set_ease_factors(self, cards: list[int], ease_factors: list[int]) -> list[bool]:
        """Set the ease factor of each card and return for each whether it exists.

        Unknown ids are skipped. If a card is named more than once, its last ease counts.

        Args:
            cards: Card ids.
            ease_factors: Ease factor of each card, in tenths of a percent: 2500 is 250 %.

        Returns:
            For each card whether it exists, and so now has that ease factor.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[bool] = await self._call("setEaseFactors", {"cards": cards, "easeFactors": ease_factors})
        return result

    async def set_flags(self, cards: list[int], flag: int) -> int:
        """Set or clear the flag of cards and return how many had another one.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            flag: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple; 0 for none.

        Returns:
            Number of cards that were changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("setFlags", {"cards": cards, "flag": flag})
        return result

    async def set_fsrs_active(self, active: bool, reschedule: bool | None = None) -> bool:
        """Switch FSRS on or off for the whole collection and return whether that changed anything.

        As in Anki's options window, memory states are computed for all cards with reviews, or removed.

        Args:
            active: Schedule by FSRS.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("setFsrsActive", {"active": active}, reschedule=reschedule)
        return result

    async def set_fsrs_params(self, preset: str, params: list[float], reschedule: bool | None = None) -> bool:
        """Set the FSRS parameters of a preset and return whether that changed anything.

        As in Anki's options window, memory states of its cards are computed again while FSRS is active.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            params: 17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's defaults.
            reschedule: Reschedule review cards at once, as Anki's *Reschedule cards on change* does.

        Returns:
            False if nothing was changed.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("setFsrsParams", {"preset": preset, "params": params}, reschedule=reschedule)
        return result

    async def set_model_options(
        self,
        model_name: str,
        sort_field: str | None = None,
        latex_header: str | None = None,
        latex_footer: str | None = None,
        latex_svg: bool | None = None,
    ) -> types.ModelOptions:
        """Set the sort field and the LaTeX of a note type, and return which options had other values.

        If the sort field changes, the next sync must be a full one.

        Args:
            model_name: Note type name, compared without case.
            sort_field: Name, in its exact spelling, of the field that Anki's browser sorts by.
            latex_header: LaTeX before each snippet.
            latex_footer: LaTeX after each snippet.
            latex_svg: LaTeX makes SVG images, not PNG.

        Returns:
            The options that had other values, with the new ones.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: types.ModelOptions = await self._call(
            "setModelOptions",
            {"modelName": model_name},
            sortField=sort_field,
            latexHeader=latex_header,
            latexFooter=latex_footer,
            latexSvg=latex_svg,
        )
        return result

    async def set_preferences(self, changes: types.ChangedPreferences) -> types.ChangedPreferences:
        """Change preferences and return those that had other values. A new beginning of the day counts at once.

        Args:
            changes: The preferences to change; others stay.

        Returns:
            The preferences that had other values, with the new ones.

        Raises:
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.ChangedPreferences = await self._call("setPreferences", {"changes": changes})
        return result

    async def set_specific_value_of_card(
        self, card: int, keys: list[str], new_values: list[Any], warning_check: bool | None = None
    ) -> list[bool]:
        """Set single values of a card, in the form in which Anki stores them.

        Anki checks little: a value that does not fit the others can make the card unusable. The note, its template
        and the decks must exist. A card in a filtered deck must have a home deck that is not filtered; other cards
        must have none.

        Args:
            card: Card id.
            keys: Names of the values: `nid`, `did`, `ord`, `type`, `queue`, `due`, `ivl`, `factor`, `reps`,
                `lapses`, `left`, `odue`, `odid`, `flags`, `original_position`, `last_review_time`,
                `desired_retention`, `decay`, `custom_data`.
            new_values: Value for each name: a whole number, except for `desired_retention`, `decay` and
                `custom_data`. null clears `original_position`, `last_review_time`, `desired_retention`, `decay`.
            warning_check: Must be true to set `nid`, `did`, `ord`, `type`, `queue`, `ivl`, `reps`, `lapses`,
                `left`, `odue`, `odid`.

        Returns:
            Always one `true`.

        Raises:
            NoteNotFound: The note was not found.
            CardNotFound: The card was not found.
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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
        """Simulate new cards, reviews, time and memorized cards of each of the next days, as Anki's simulator does.

        FSRS must be active. Suspended cards do not count. For cards with reviews but without memory state, the
        memory state is computed and stored. A year of 50,000 cards takes 10 to 20 seconds; meanwhile, other calls
        on the collection wait.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            days: Number of days, including today.
            new_limit: New cards a day; default the preset's limit.
            review_limit: Reviews a day; default the preset's limit.
            more_new_cards: Imaginary new cards in addition to the existing ones.
            search: Search text for the cards, instead of all cards of the preset.
            desired_retention: Instead of the preset's.

        Returns:
            One entry per day, today first.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
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
        """Simulate for each desired retention how much work it causes and how many cards are remembered in the end.

        This is `simulateReviews` thirty times over. Parameters of an older FSRS are refused: Anki 26.05 fails on
        them.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            days: Number of days, including today.
            new_limit: New cards a day; default the preset's limit.
            review_limit: Reviews a day; default the preset's limit.
            more_new_cards: Imaginary new cards in addition to the existing ones.
            search: Search text for the cards, instead of all cards of the preset.

        Returns:
            One entry per retention, from 0.7 to 0.99.

        Raises:
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
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

    async def sort_new_cards(self, deck: str, order: Literal["added", "random"]) -> int:
        """Sort the new cards of a deck by the age of their notes, or mix them, and return how many there are.

        They get positions from 1 on, those of one note the same, unless they are in that order already. Cards of
        sub-decks keep their positions; cards that are in a filtered deck now are sorted in their home deck. A
        filtered deck is refused. `repositionNewCards` moves chosen cards.

        Args:
            deck: Full name, compared without case; sub-decks are not included.
            order: `added`: as their notes were added; cards of one note come together.

        Returns:
            Number of new cards in the deck.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("sortNewCards", {"deck": deck, "order": order})
        return result

    async def start_operation(self, method: str, params: dict[str, Any] | list[Any] | None = None) -> types.Operation:
        """Start an action in the background and return at once; `getOperation` returns its result later.

        Any action on the collection can be started, and `sync`. Name, params and permission are checked before the
        response; later errors are in the operation's outcome. The operation waits for its turn without a time
        limit, and continues if the connection is lost. Params and result have the form that they have in JSON-RPC.

        While an operation writes many notes, other callers can read between two chunks. The event
        `operationChanged` reports its progress. The last 100 operations are kept for an hour after their end.

        Args:
            method: Name of an action that runs on the collection, or `sync`.
            params: Its params, by name or by position.

        Returns:
            The operation in its present state; result and error only if it is the caller's own.

        Raises:
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
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
        collision: Literal["replace", "rename", "error"] | None = None,
    ) -> str | None:
        """Store a file in the media folder and return the name it got.

        The content is base64 `data`, the file at `path`, or the download from `url`, in this order. An existing
        file of that name is moved to Anki's media trash; `collision` says otherwise. If it has the same content, it
        stays.

        Args:
            filename: Name to store the file under; Anki normalises it, and folders are dropped.
            data: Content in base64; used before `path` and `url`.
            path: File to copy, readable by the gateway; used before `url`.
            url: Address to fetch, http or https.
            skip_hash: MD5 of content not to store, in lower-case hexadecimal digits.
            delete_existing: Move an existing file of that name to the trash; if false, other content gets a free
                name.
            collision: What happens if another file has that name: `replace` moves it to the trash, `rename` gives
                the new file a free name, `error` stores nothing. It takes the place of `deleteExisting`.

        Returns:
            The name it got; null if `skipHash` matched.

        Raises:
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: str | None = await self._call(
            "storeMediaFile",
            {"filename": filename},
            data=data,
            path=path,
            url=url,
            skipHash=skip_hash,
            deleteExisting=delete_existing,
            collision=collision,
        )
        return result

    async def study_streak(self) -> types.Streak:
        """Count the days in a row with at least one answer. A day begins at the hour in Anki's preferences.

        Answers with a time in the future, or before the year 1, do not count.

        Returns:
            The streaks: days in a row with at least one answer.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.Streak = await self._call("studyStreak", {})
        return result

    async def suggest_note_type_map(self, old_model_name: str, new_model_name: str) -> types.NoteTypeMap:
        """Return how Anki would map fields and templates if notes changed their note type, for `changeNoteType`.

        Anki maps them by name, then the remaining ones in their order.

        Args:
            old_model_name: Note type of the notes, compared without case.
            new_model_name: The new note type, compared without case.

        Returns:
            The two maps, as `changeNoteType` accepts them.

        Raises:
            ModelNotFound: The note type was not found.
            RpcError: Another kind of error.
        """
        result: types.NoteTypeMap = await self._call(
            "suggestNoteTypeMap", {"oldModelName": old_model_name, "newModelName": new_model_name}
        )
        return result

    async def suspend(self, cards: list[int], suspend: bool | None = None) -> bool:
        """Suspend cards and return whether any was not suspended yet.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.
            suspend: If false, unsuspend the cards instead.

        Returns:
            At least one card was changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("suspend", {"cards": cards}, suspend=suspend)
        return result

    async def suspended(self, card: int) -> bool:
        """Return whether a card is suspended.

        Args:
            card: Card id.

        Returns:
            The card is suspended; a buried one is not.

        Raises:
            CardNotFound: The card was not found.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("suspended", {"card": card})
        return result

    async def sync(
        self, full: Literal["upload", "download"] | None = None, wait_for_media: bool | None = None
    ) -> types.SyncResult:
        """Sync the collection and its media with the configured account and return what happened.

        The user is not asked anything. If both sides cannot be merged, the error lists the possible full syncs. A
        full sync happens only if `full` names it; it overwrites one side and needs the scope `delete`. Before a
        download the collection is backed up. During the sync, calls that need the collection or the windows wait;
        after a minute they fail with `busy`.

        Args:
            full: What to do if a full sync is needed: `upload` replaces everything on the server, `download`
                everything here. If left out, a full sync is refused.
            wait_for_media: Return only after the media are synced, too.

        Returns:
            The outcome of the sync.

        Raises:
            Refused: Anki cannot do what the call asks for.
            NotLoggedIn: No account is set up for syncing.
            LoginRefused: The sync server refused the login.
            Offline: The server cannot be reached.
            FullSyncRequired: A full sync is needed, which replaces one side by the other; `data.ways` lists the
                possible ways.
            SyncFailed: The sync failed.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: types.SyncResult = await self._call("sync", {}, full=full, waitForMedia=wait_for_media)
        return result

    async def sync_login(self, user: str, password: str, server: str | None = None) -> None:
        """Log in to AnkiWeb, or to a server of your own, for `sync`. If the login fails, the present account stays.

        In Anki the account is that of the open profile. A gateway without Anki's window keeps it until it ends, or
        opens another profile. Only a key that the server issues is stored, never the password.

        Calls from another computer are rejected, because the connection is not encrypted, and so are those of
        agents.

        Args:
            user: The account: for AnkiWeb an e-mail address.
            password: Its password. It is not stored.
            server: Address of a server of your own; an empty text for AnkiWeb. By default the one that is used now.
                Only programs on this computer may name one.

        Returns:
            Always null.

        Raises:
            Refused: Anki cannot do what the call asks for.
            LoginRefused: The sync server refused the login.
            Offline: The server cannot be reached.
            SyncFailed: The sync failed.
            RpcError: Another kind of error.
        """
        result: None = await self._call("syncLogin", {"user": user, "password": password}, server=server)
        return result

    async def sync_logout(self) -> bool:
        """Forget the account for syncing, and return whether there was one. Nothing is lost on either side.

        The next sync compares all media, as it may be with another account. Fails with `busy` while a sync is
        running.

        Returns:
            There was an account.

        Raises:
            RpcError: Any kind of error.
        """
        result: bool = await self._call("syncLogout", {})
        return result

    async def sync_status(self, fresh: bool | None = None) -> types.NeededSync:
        """Return whether a sync is needed, and of which kind, without syncing. Media do not count.

        If something has changed here since the last sync, this alone decides, and the server is not asked: it may
        have changes too. Otherwise the server is asked, and its answer is kept for five minutes, or until the next
        sync. A normal sync can turn out to bring nothing, because a sync from another device counts as a change.

        Args:
            fresh: Ask the server again, although its last answer is less than five minutes old.

        Returns:
            The sync that is needed.

        Raises:
            NotLoggedIn: No account is set up for syncing.
            LoginRefused: The sync server refused the login.
            Offline: The server cannot be reached.
            SyncFailed: The sync failed.
            RpcError: Another kind of error.
        """
        result: types.NeededSync = await self._call("syncStatus", {}, fresh=fresh)
        return result

    async def unbury_cards(self, cards: list[int]) -> int:
        """Unbury cards and return how many were buried. Suspended cards stay suspended.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.

        Returns:
            Number of cards that were changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("unburyCards", {"cards": cards})
        return result

    async def unbury_deck(self, deck: str, which: Literal["all", "byHand", "siblings"] | None = None) -> int:
        """Show buried cards of a deck and its sub-decks again, and return how many there were.

        Suspended cards stay suspended. `unburyCards` unburies chosen cards.

        Args:
            deck: Full name, compared without case; sub-decks are included.
            which: Those buried `byHand`, those that Anki has buried as `siblings` of an answered card, or all
                buried cards.

        Returns:
            Number of cards that were buried.

        Raises:
            DeckNotFound: The deck was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: int = await self._call("unburyDeck", {"deck": deck}, which=which)
        return result

    async def undo(self) -> types.UndoneStep:
        """Undo the newest step and return its name; null if there is none.

        A request or a batch is one step. Callers without the scope `delete` may undo only the steps that they have
        made since the gateway started. A caller is identified by its origin and the name of its key.

        Returns:
            The step, and the next steps to undo and redo.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.UndoneStep = await self._call("undo", {})
        return result

    async def undo_status(self) -> types.NextSteps:
        """Return the names of the steps that would be undone and redone next.

        Returns:
            The next steps to undo and redo.

        Raises:
            RpcError: Any kind of error.
        """
        result: types.NextSteps = await self._call("undoStatus", {})
        return result

    async def unsuspend(self, cards: list[int]) -> bool:
        """Unsuspend cards and return whether any was suspended.

        If an id is unknown, the call fails and changes nothing.

        Args:
            cards: Card ids.

        Returns:
            At least one card was changed.

        Raises:
            CardNotFound: The card was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: bool = await self._call("unsuspend", {"cards": cards})
        return result

    async def unused_tags(self) -> list[str]:
        """List the tags that the collection knows but no note has; `clearUnusedTags` removes them.

        Returns:
            Tags that no note has, in alphabetical order.

        Raises:
            RpcError: Any kind of error.
        """
        result: list[str] = await self._call("unusedTags", {})
        return result

    @overload
    async def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: Literal[False] | None = None,
    ) -> types.UpdatedPreset: ...

    @overload
    async def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        *,
        dry_run: Literal[True],
    ) -> types.Losses: ...

    @overload
    async def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: bool | None = None,
    ) -> types.UpdatedPreset | types.Losses: ...

    async def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: bool | None = None,
    ) -> types.UpdatedPreset | types.Losses:
        """Change some options of a preset, and its name, and return which options had other values.

        `getDeckPresets` with `options` returns the present values. FSRS parameters are set by `setFsrsParams`. The
        name of another preset is refused. As in Anki's options window, a change of `newCardInsertOrder` gives all
        new cards of the preset's decks new positions, and a change of steps moves cards in learning to the nearest
        step. While FSRS is active, a change of `desiredRetention` computes memory states again.

        Args:
            preset: Name of the preset in its exact spelling; if several have it, the oldest is used.
            changes: The options to change; others stay.
            new_name: New name.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            The preset, and what was changed. With `dryRun`, the losses.

        Raises:
            NotFound: Something that the call names was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.UpdatedPreset | types.Losses = await self._call(
            "updateDeckPreset", {"preset": preset}, changes=changes, newName=new_name, dryRun=dry_run
        )
        return result

    async def update_filtered_deck(
        self,
        deck: str,
        new_name: str | None = None,
        terms: list[types.SearchTerm] | None = None,
        reschedule: bool | None = None,
        preview_delays: types.PreviewDelays | None = None,
        allow_empty: bool | None = None,
    ) -> types.FilteredDeck:
        """Change a filtered deck, empty it, fill it again, and return its settings.

        It becomes the current deck, as in Anki's window. If the settings already are as they should be, nothing
        happens. Cards are found as by `createFilteredDeck`; if there is none, the call is refused, unless
        `allowEmpty` is true.

        Args:
            deck: Full name of a filtered deck, compared without case.
            new_name: New full name. Missing parents are created.
            terms: One or two searches, which replace the present ones.
            reschedule: Answers in this deck reschedule cards.
            preview_delays: Delays to change, used if answers do not reschedule.
            allow_empty: Update the deck even if no card is found.

        Returns:
            Its settings now.

        Raises:
            DeckNotFound: The deck was not found.
            AlreadyExists: Something of that name exists already.
            Refused: Anki cannot do what the call asks for.
            InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        result: types.FilteredDeck = await self._call(
            "updateFilteredDeck",
            {"deck": deck},
            newName=new_name,
            terms=terms,
            reschedule=reschedule,
            previewDelays=preview_delays,
            allowEmpty=allow_empty,
        )
        return result

    async def update_image_occlusion_notes(
        self, notes: list[types.ChangedOcclusionNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Change shapes, texts and tags of image occlusion notes and return the outcome for each.

        Cards belong to the numbers of shapes, so a shape that keeps its `card` keeps its progress. If no shape has
        a card's number any longer, the card becomes empty; `removeEmptyCards` removes such cards. With `ifMod`, a
        note that was changed meanwhile fails with `conflict`. The call is one step in Anki's undo menu.

        Args:
            notes: The notes and their changes.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            RpcError: Another kind of error.
        """
        result: list[types.NoteUpdate] = await self._call(
            "updateImageOcclusionNotes", {"notes": notes}, onError=on_error
        )
        return result

    async def update_model_styling(self, model: types.NewStyling) -> None:
        """Replace the whole styling of a note type.

        Args:
            model: The note type and its new styling.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call("updateModelStyling", {"model": model})
        return result

    async def update_model_templates(self, model: types.NewTemplates) -> None:
        """Replace sides of a note type's templates; the other sides stay as they are.

        A side of a card cannot be emptied. Anki creates cards that the new sides require, and keeps cards that they
        no longer require. If a template is unknown, the call fails and changes nothing.

        Args:
            model: The note type and the new sides of its templates.

        Returns:
            Always null.

        Raises:
            ModelNotFound: The note type was not found.
            NotFound: Something that the call names was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call("updateModelTemplates", {"model": model})
        return result

    async def update_note(self, note: types.NoteChanges) -> None:
        """Change fields of a note, replace its tags, or both.

        Fields that are not named stay as they are, and so do the tags if `tags` is left out. Duplicates are not
        checked, and the first field can be emptied. Files are only stored together with `fields`. With `expected`,
        a note that was changed meanwhile fails with `conflict`.

        Args:
            note: The note's id, and its new `fields`, `tags` or both.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            Conflict: It was changed meanwhile; `data.mod` is the time of its last change.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: None = await self._call("updateNote", {"note": note})
        return result

    async def update_note_fields(self, note: types.NoteFields) -> None:
        """Change fields of a note; the other fields stay as they are.

        Duplicates are not checked, and the first field can be emptied. With `expected`, a note that was changed
        meanwhile fails with `conflict`.

        Args:
            note: The note's id and its new fields.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            Conflict: It was changed meanwhile; `data.mod` is the time of its last change.
            Refused: Anki cannot do what the call asks for.
            FileProblem: A file could not be read or written.
            DownloadFailed: The download failed.
            RpcError: Another kind of error.
        """
        result: None = await self._call("updateNoteFields", {"note": note})
        return result

    @overload
    async def update_note_model(self, note: types.RetypedNote, dry_run: Literal[False] | None = None) -> None: ...

    @overload
    async def update_note_model(self, note: types.RetypedNote, *, dry_run: Literal[True]) -> types.Losses: ...

    @overload
    async def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> None | types.Losses: ...

    async def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> None | types.Losses:
        """Change the note type of a note and replace its content.

        Fields that are not named are emptied; without `tags`, the note keeps its tags. Cards continue with the
        template that Anki finds for them, and missing cards are created. Cards without a template are deleted,
        which needs the scope `delete`. Unless the note already has the note type, the next sync must be a full one.

        Args:
            note: The note's id, its note type and content.
            dry_run: Report what would be lost, and change nothing.

        Returns:
            Always null. With `dryRun`, the losses.

        Raises:
            NoteNotFound: The note was not found.
            ModelNotFound: The note type was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None | types.Losses = await self._call("updateNoteModel", {"note": note}, dryRun=dry_run)
        return result

    async def update_note_tags(self, note: int, tags: list[str]) -> None:
        """Replace the tags of a note; an empty list clears them.

        Args:
            note: Note id.
            tags: Tags that replace the note's; a text with spaces is several tags.

        Returns:
            Always null.

        Raises:
            NoteNotFound: The note was not found.
            Refused: Anki cannot do what the call asks for.
            RpcError: Another kind of error.
        """
        result: None = await self._call("updateNoteTags", {"note": note, "tags": tags})
        return result

    async def update_notes(
        self, notes: list[types.ChangedNote], on_error: Literal["skip", "abort"] | None = None
    ) -> list[types.NoteUpdate]:
        """Change fields and tags of notes and return the outcome for each.

        A note is written completely or not at all. With `ifMod` or `expected`, a note that was changed meanwhile
        fails with `conflict`. Duplicates are not checked. Each 1,000 notes are written atomically; the call is one
        step in Anki's undo menu.

        Args:
            notes: The notes and their changes.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
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
        """Add notes, or update those that exist, and return the outcome for each.

        A note exists if a note of its note type has the same text, HTML aside, in the key field; if several have
        it, the oldest is updated. It stays in its deck. A note can update an earlier note of the call. Each 1,000
        notes are written atomically; the call is one step in Anki's undo menu.

        A note that an earlier call with the same `idempotencyKey` has added is `unchanged`, even if it has changed
        since.

        Args:
            notes: The notes.
            key: Field by which a note is found; default the first field of its note type.
            on_error: If notes cannot be written: `skip` writes the others, `abort` writes none and fails.
            idempotency_key: A text of your choice, different for each call. If a call is repeated with its key,
                after a lost connection or a restart, no note is added twice: the result has the ids of the first
                call. A key is valid while its note exists, on every device that it syncs to; a note that was
                deleted or undone is added again. For other notes the key is refused.

        Returns:
            One entry per note, in order.

        Raises:
            SomeFailed: Some items failed, so nothing was changed; `data.errors` lists the items and their errors.
            Cancelled: It was cancelled, in Anki's window or by cancelOperation.
            RpcError: Another kind of error.
        """
        result: list[types.Upsert] = await self._call(
            "upsertNotes", {"notes": notes}, key=key, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    async def version(self) -> int:
        """Return the API version, which is always 6.

        Returns:
            API version; always 6.

        Raises:
            RpcError: Any kind of error.
        """
        result: int = await self._call("version", {})
        return result


class BatchMethods:
    """Methods whose results are there once the batch has been sent."""

    def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Reply[Any]:
        raise NotImplementedError

    def add_image_occlusion_notes(
        self,
        notes: list[types.NewOcclusionNote],
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> Reply[list[types.AddedNote]]:
        """Add image occlusion notes and return for each its id, or why it was not added."""
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
        """Add notes and return for each its id, or why it was not added."""
        result: Reply[list[types.AddedNote]] = self._call(
            "addNotes", {"notes": notes}, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def add_profile(self, name: str) -> Reply[str]:
        """Add a profile, and return its name as it is stored. `loadProfile` opens it, which creates its empty
        collection.
        """
        result: Reply[str] = self._call("addProfile", {"name": name})
        return result

    def add_tags(self, notes: list[int], tags: str, add: bool | None = None) -> Reply[None]:
        """Add tags to notes. If an id is unknown, the call fails and changes nothing."""
        result: Reply[None] = self._call("addTags", {"notes": notes, "tags": tags}, add=add)
        return result

    def answer_cards(self, answers: list[types.Answer]) -> Reply[list[bool]]:
        """Answer cards as in a review and return for each answer whether it was recorded."""
        result: Reply[list[bool]] = self._call("answerCards", {"answers": answers})
        return result

    def api_reflect(self, scopes: list[str], actions: list[str] | None = None) -> Reply[types.Reflection]:
        """List all actions, or those of the given names that exist."""
        result: Reply[types.Reflection] = self._call("apiReflect", {"scopes": scopes}, actions=actions)
        return result

    def are_due(self, cards: list[int]) -> Reply[list[bool | None]]:
        """Report for each card whether it is due, judged by its latest review."""
        result: Reply[list[bool | None]] = self._call("areDue", {"cards": cards})
        return result

    def are_suspended(self, cards: list[int]) -> Reply[list[bool | None]]:
        """Report for each card whether it is suspended; null if the card does not exist."""
        result: Reply[list[bool | None]] = self._call("areSuspended", {"cards": cards})
        return result

    def browser_columns(self) -> Reply[list[types.BrowserColumn]]:
        """List the columns of Anki's browser: `findNotes` and `findCards` can sort by most of them."""
        result: Reply[list[types.BrowserColumn]] = self._call("browserColumns", {})
        return result

    def browser_rows(
        self, columns: list[str], cards: list[int] | None = None, notes: list[int] | None = None
    ) -> Reply[list[types.BrowserRow | None]]:
        """Return the cells that Anki's browser shows for cards or notes, such as `New #1` for the due date of a new
        card.
        """
        result: Reply[list[types.BrowserRow | None]] = self._call(
            "browserRows", {"columns": columns}, cards=cards, notes=notes
        )
        return result

    def build_search(self, parts: list[types.SearchPart], joiner: Literal["and", "or"] | None = None) -> Reply[str]:
        """Return the search text for parts, with all names and texts taken literally, for `findNotes` and others."""
        result: Reply[str] = self._call("buildSearch", {"parts": parts}, joiner=joiner)
        return result

    def bury_cards(self, cards: list[int]) -> Reply[int]:
        """Bury cards until tomorrow and return how many were not buried yet. Suspended cards stay suspended."""
        result: Reply[int] = self._call("buryCards", {"cards": cards})
        return result

    def can_add_note(self, note: types.NewNote) -> Reply[bool]:
        """Check whether addNote would accept a note. Nothing is fetched or stored."""
        result: Reply[bool] = self._call("canAddNote", {"note": note})
        return result

    def can_add_note_with_error_detail(self, note: types.NewNote) -> Reply[types.CanAdd]:
        """Check whether addNote would accept a note, and if not, why."""
        result: Reply[types.CanAdd] = self._call("canAddNoteWithErrorDetail", {"note": note})
        return result

    def can_add_notes(self, notes: list[types.NewNote]) -> Reply[list[bool]]:
        """Check for each note whether addNote would accept it. The notes are not compared with each other."""
        result: Reply[list[bool]] = self._call("canAddNotes", {"notes": notes})
        return result

    def can_add_notes_with_error_detail(self, notes: list[types.NewNote]) -> Reply[list[types.CanAdd]]:
        """Check for each note whether addNote would accept it, and if not, why."""
        result: Reply[list[types.CanAdd]] = self._call("canAddNotesWithErrorDetail", {"notes": notes})
        return result

    def cancel_operation(self, id: str) -> Reply[types.Operation]:
        """Stop an operation as soon as it can be stopped."""
        result: Reply[types.Operation] = self._call("cancelOperation", {"id": id})
        return result

    def card_reviews(self, deck: str, start_id: int) -> Reply[list[list[int]]]:
        """List the review log entries of a deck's cards as rows of numbers."""
        result: Reply[list[list[int]]] = self._call("cardReviews", {"deck": deck, "startID": start_id})
        return result

    def card_sounds(self, cards: list[int]) -> Reply[list[types.SoundsOfCard | None]]:
        """Return the sounds, videos and spoken texts on both sides of each card, in the order in which Anki plays
        them.
        """
        result: Reply[list[types.SoundsOfCard | None]] = self._call("cardSounds", {"cards": cards})
        return result

    def card_stats(self, cards: list[int], reviews: bool | None = None) -> Reply[list[types.CardStatistics | None]]:
        """Return the statistics of each card: where it is, its schedule, its reviews and its memory state."""
        result: Reply[list[types.CardStatistics | None]] = self._call("cardStats", {"cards": cards}, reviews=reviews)
        return result

    def cards_details(
        self,
        cards: list[int] | None = None,
        fields: list[Literal["prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps"]] | None = None,
        note_fields: list[str] | None = None,
        query: str | None = None,
    ) -> Reply[list[int | dict[str, Any]]]:
        """Return chosen values of cards, given by ids or by a search: much faster than `cardsInfo`."""
        result: Reply[list[int | dict[str, Any]]] = self._call(
            "cardsDetails", {}, cards=cards, fields=fields, noteFields=note_fields, query=query
        )
        return result

    @overload
    def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        fields: None = None,
        note_fields: list[str] | None = None,
    ) -> Reply[list[types.CardInfo]]: ...

    @overload
    def cards_info(
        self,
        cards: list[int],
        limit: int | None = None,
        offset: int | None = None,
        *,
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
        ],
        note_fields: list[str] | None = None,
    ) -> Reply[list[types.CardPart]]: ...

    @overload
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
    ) -> Reply[list[types.CardInfo] | list[types.CardPart]]: ...

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
    ) -> Reply[list[types.CardInfo] | list[types.CardPart]]:
        """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids."""
        result: Reply[list[types.CardInfo] | list[types.CardPart]] = self._call(
            "cardsInfo", {"cards": cards}, limit=limit, offset=offset, fields=fields, noteFields=note_fields
        )
        return result

    def cards_mod_time(self, cards: list[int]) -> Reply[list[types.CardTime]]:
        """Return when each card was last changed: a cheap way to watch for changes."""
        result: Reply[list[types.CardTime]] = self._call("cardsModTime", {"cards": cards})
        return result

    def cards_to_notes(self, cards: list[int]) -> Reply[list[int]]:
        """Return the ids of the notes that cards belong to, each once, in no particular order."""
        result: Reply[list[int]] = self._call("cardsToNotes", {"cards": cards})
        return result

    def change_deck(self, cards: list[int], deck: str) -> Reply[str]:
        """Move cards to a deck, which is created if it is missing, and return the deck's name."""
        result: Reply[str] = self._call("changeDeck", {"cards": cards, "deck": deck})
        return result

    @overload
    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: Literal[False] | None = None,
    ) -> Reply[types.NoteTypeChange]: ...

    @overload
    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.NoteTypeChange | types.Losses]: ...

    def change_note_type(
        self,
        notes: list[int],
        model_name: str,
        fields: dict[str, str | None] | None = None,
        templates: dict[str, str | None] | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.NoteTypeChange | types.Losses]:
        """Change the note type of notes, with maps of fields and templates, and return what was lost."""
        result: Reply[types.NoteTypeChange | types.Losses] = self._call(
            "changeNoteType",
            {"notes": notes, "modelName": model_name},
            fields=fields,
            templates=templates,
            dryRun=dry_run,
        )
        return result

    def check_database(self) -> Reply[types.DatabaseReport]:
        """Back up, check and repair the database, and return the problems that were found."""
        result: Reply[types.DatabaseReport] = self._call("checkDatabase", {})
        return result

    def check_media(self) -> Reply[types.MediaReport]:
        """Find unused media files, and files that notes name but that are missing. Nothing is deleted."""
        result: Reply[types.MediaReport] = self._call("checkMedia", {})
        return result

    @overload
    def clear_unused_tags(self, dry_run: Literal[False] | None = None) -> Reply[None]: ...

    @overload
    def clear_unused_tags(self, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def clear_unused_tags(self, dry_run: bool | None = None) -> Reply[None | types.Losses]: ...

    def clear_unused_tags(self, dry_run: bool | None = None) -> Reply[None | types.Losses]:
        """Remove the tags that no note has from the collection's list of tags."""
        result: Reply[None | types.Losses] = self._call("clearUnusedTags", {}, dryRun=dry_run)
        return result

    def clone_deck_config_id(self, name: str, clone_from: int | None = None) -> Reply[int]:
        """Copy a group of deck options under a new name and return its id."""
        result: Reply[int] = self._call("cloneDeckConfigId", {"name": name}, cloneFrom=clone_from)
        return result

    def collection_statistics(self, query: str | None = None) -> Reply[types.CollectionFigures]:
        """Return card counts, today's answers and the retention, for all cards or for those that a search finds."""
        result: Reply[types.CollectionFigures] = self._call("collectionStatistics", {}, query=query)
        return result

    def compare_answer(
        self, typed: str, expected: str | None = None, ignore_accents: bool | None = None, card: int | None = None
    ) -> Reply[types.ComparedAnswer]:
        """Compare a typed answer with the right one, which is given or is that of a card. Nothing is answered or
        written.
        """
        result: Reply[types.ComparedAnswer] = self._call(
            "compareAnswer", {"typed": typed}, expected=expected, ignoreAccents=ignore_accents, card=card
        )
        return result

    def complete_tag(self, text: str, limit: int | None = None) -> Reply[list[str]]:
        """List the tags that contain a text, as Anki's editor proposes them, with their sub-tags."""
        result: Reply[list[str]] = self._call("completeTag", {"text": text}, limit=limit)
        return result

    def copy_model(self, model_name: str, new_name: str) -> Reply[types.AddedModel]:
        """Copy a note type with its fields, templates, styling and options, but without its notes."""
        result: Reply[types.AddedModel] = self._call("copyModel", {"modelName": model_name, "newName": new_name})
        return result

    def create_backup(self) -> Reply[types.BackupMade]:
        """Back up the collection, without its media, into the profile's backup folder; return once it is stored."""
        result: Reply[types.BackupMade] = self._call("createBackup", {})
        return result

    def create_deck(self, deck: str) -> Reply[types.DeckMade]:
        """Create an empty deck and return its id and name; an existing deck is left as it is."""
        result: Reply[types.DeckMade] = self._call("createDeck", {"deck": deck})
        return result

    def create_filtered_deck(
        self, deck: str, terms: list[types.SearchTerm], reschedule: bool | None = None, allow_empty: bool | None = None
    ) -> Reply[types.FilteredDeckMade]:
        """Create a filtered deck and move the cards that its searches find into it."""
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

    def create_stock_model(
        self,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        name: str | None = None,
    ) -> Reply[types.AddedModel]:
        """Add one of Anki's built-in note types, as it comes with a new collection."""
        result: Reply[types.AddedModel] = self._call("createStockModel", {"kind": kind}, name=name)
        return result

    @overload
    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: Literal[False] | None = None,
    ) -> Reply[types.FilteredDeckMade]: ...

    @overload
    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.FilteredDeckMade | types.Losses]: ...

    def custom_study(
        self,
        deck: str,
        cram: types.CardsToCram | None = None,
        forgotten_days: int | None = None,
        ahead_days: int | None = None,
        preview_days: int | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.FilteredDeckMade | types.Losses]:
        """Fill a filtered deck with cards of a deck to study them beside the daily schedule, and make it the current
        deck.
        """
        result: Reply[types.FilteredDeckMade | types.Losses] = self._call(
            "customStudy",
            {"deck": deck},
            cram=cram,
            forgottenDays=forgotten_days,
            aheadDays=ahead_days,
            previewDays=preview_days,
            dryRun=dry_run,
        )
        return result

    def deck_name_from_id(self, deck_id: int) -> Reply[str]:
        """Return the full name of a deck."""
        result: Reply[str] = self._call("deckNameFromId", {"deckId": deck_id})
        return result

    def deck_names(self) -> Reply[list[str]]:
        """List the full names of all decks."""
        result: Reply[list[str]] = self._call("deckNames", {})
        return result

    def deck_names_and_ids(self) -> Reply[dict[str, int]]:
        """Return the id of each deck by its full name."""
        result: Reply[dict[str, int]] = self._call("deckNamesAndIds", {})
        return result

    def deck_statistics(self, decks: list[str] | None = None) -> Reply[list[types.DeckFigures]]:
        """Count each deck's cards that are due today, and its cards by state, sub-decks included."""
        result: Reply[list[types.DeckFigures]] = self._call("deckStatistics", {}, decks=decks)
        return result

    def deck_tree(self, deck: str | None = None) -> Reply[list[types.DeckInTree]]:
        """Return the tree of decks as a list, each deck with its parent and its cards, or one deck with its sub-decks."""
        result: Reply[list[types.DeckInTree]] = self._call("deckTree", {}, deck=deck)
        return result

    @overload
    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: Literal[False] | None = None
    ) -> Reply[list[str]]: ...

    @overload
    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, *, dry_run: Literal[True]
    ) -> Reply[types.Losses]: ...

    @overload
    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> Reply[list[str] | types.Losses]: ...

    def delete_decks(
        self, decks: list[str], cards_too: bool | None = None, dry_run: bool | None = None
    ) -> Reply[list[str] | types.Losses]:
        """Delete decks with their sub-decks and cards, and return the names of the deleted decks."""
        result: Reply[list[str] | types.Losses] = self._call(
            "deleteDecks", {"decks": decks}, cardsToo=cards_too, dryRun=dry_run
        )
        return result

    @overload
    def delete_media_file(self, filename: str, dry_run: Literal[False] | None = None) -> Reply[str | None]: ...

    @overload
    def delete_media_file(self, filename: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def delete_media_file(self, filename: str, dry_run: bool | None = None) -> Reply[str | None | types.Losses]: ...

    def delete_media_file(self, filename: str, dry_run: bool | None = None) -> Reply[str | None | types.Losses]:
        """Move a file from the media folder to Anki's media trash and return its name; null if there was none."""
        result: Reply[str | None | types.Losses] = self._call("deleteMediaFile", {"filename": filename}, dryRun=dry_run)
        return result

    @overload
    def delete_media_files(self, filenames: list[str], dry_run: Literal[False] | None = None) -> Reply[list[str]]: ...

    @overload
    def delete_media_files(self, filenames: list[str], *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def delete_media_files(
        self, filenames: list[str], dry_run: bool | None = None
    ) -> Reply[list[str] | types.Losses]: ...

    def delete_media_files(self, filenames: list[str], dry_run: bool | None = None) -> Reply[list[str] | types.Losses]:
        """Move files from the media folder to Anki's media trash, and return their names. Unknown names are skipped."""
        result: Reply[list[str] | types.Losses] = self._call(
            "deleteMediaFiles", {"filenames": filenames}, dryRun=dry_run
        )
        return result

    @overload
    def delete_models(
        self, model_names: list[str], dry_run: Literal[False] | None = None
    ) -> Reply[types.DeletedModels]: ...

    @overload
    def delete_models(self, model_names: list[str], *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def delete_models(
        self, model_names: list[str], dry_run: bool | None = None
    ) -> Reply[types.DeletedModels | types.Losses]: ...

    def delete_models(
        self, model_names: list[str], dry_run: bool | None = None
    ) -> Reply[types.DeletedModels | types.Losses]:
        """Delete note types with all their notes and cards, and return what was deleted. Unknown names are skipped."""
        result: Reply[types.DeletedModels | types.Losses] = self._call(
            "deleteModels", {"modelNames": model_names}, dryRun=dry_run
        )
        return result

    @overload
    def delete_notes(self, notes: list[int], dry_run: Literal[False] | None = None) -> Reply[list[int]]: ...

    @overload
    def delete_notes(self, notes: list[int], *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> Reply[list[int] | types.Losses]: ...

    def delete_notes(self, notes: list[int], dry_run: bool | None = None) -> Reply[list[int] | types.Losses]:
        """Delete notes with all their cards, and return the ids of the deleted notes. Unknown ids are skipped."""
        result: Reply[list[int] | types.Losses] = self._call("deleteNotes", {"notes": notes}, dryRun=dry_run)
        return result

    @overload
    def delete_profile(self, name: str, dry_run: Literal[False] | None = None) -> Reply[types.ProfileDeleted]: ...

    @overload
    def delete_profile(self, name: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def delete_profile(self, name: str, dry_run: bool | None = None) -> Reply[types.ProfileDeleted | types.Losses]: ...

    def delete_profile(self, name: str, dry_run: bool | None = None) -> Reply[types.ProfileDeleted | types.Losses]:
        """Delete a profile with its notes, cards, media and backups. Its folder is moved to the system's trash, as in
        Anki.
        """
        result: Reply[types.ProfileDeleted | types.Losses] = self._call("deleteProfile", {"name": name}, dryRun=dry_run)
        return result

    def due_forecast(self, query: str | None = None, days: int | None = None) -> Reply[types.Forecast]:
        """Count the cards that become due on each of the next days. A day begins at the hour in Anki's preferences."""
        result: Reply[types.Forecast] = self._call("dueForecast", {}, query=query, days=days)
        return result

    @overload
    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: Literal[False] | None = None
    ) -> Reply[types.Model]: ...

    @overload
    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], *, dry_run: Literal[True]
    ) -> Reply[types.Losses]: ...

    @overload
    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: bool | None = None
    ) -> Reply[types.Model | types.Losses]: ...

    def edit_model(
        self, model_name: str, edits: list[types.ModelEdit], dry_run: bool | None = None
    ) -> Reply[types.Model | types.Losses]:
        """Make several edits to a note type, in their order, all or none, and return it as Anki stores it."""
        result: Reply[types.Model | types.Losses] = self._call(
            "editModel", {"modelName": model_name, "edits": edits}, dryRun=dry_run
        )
        return result

    def edit_note_text(
        self, edits: list[types.NoteTextEdit], on_error: Literal["skip", "abort"] | None = None
    ) -> Reply[list[types.NoteUpdate]]:
        """Replace texts that occur exactly once in a field, and return the outcome for each edit."""
        result: Reply[list[types.NoteUpdate]] = self._call("editNoteText", {"edits": edits}, onError=on_error)
        return result

    @overload
    def empty_filtered_deck(self, deck: str, dry_run: Literal[False] | None = None) -> Reply[int]: ...

    @overload
    def empty_filtered_deck(self, deck: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> Reply[int | types.Losses]: ...

    def empty_filtered_deck(self, deck: str, dry_run: bool | None = None) -> Reply[int | types.Losses]:
        """Move the cards of a filtered deck back to their home decks and return how many there were. The deck stays."""
        result: Reply[int | types.Losses] = self._call("emptyFilteredDeck", {"deck": deck}, dryRun=dry_run)
        return result

    @overload
    def empty_media_trash(self, dry_run: Literal[False] | None = None) -> Reply[list[str]]: ...

    @overload
    def empty_media_trash(self, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def empty_media_trash(self, dry_run: bool | None = None) -> Reply[list[str] | types.Losses]: ...

    def empty_media_trash(self, dry_run: bool | None = None) -> Reply[list[str] | types.Losses]:
        """Delete all files in Anki's media trash for good, and return their names."""
        result: Reply[list[str] | types.Losses] = self._call("emptyMediaTrash", {}, dryRun=dry_run)
        return result

    def evaluate_fsrs_params(
        self, preset: str, params: list[float] | None = None, search: str | None = None
    ) -> Reply[types.FsrsFit]:
        """Measure how well FSRS parameters predict the recorded answers. FSRS need not be active."""
        result: Reply[types.FsrsFit] = self._call(
            "evaluateFsrsParams", {"preset": preset}, params=params, search=search
        )
        return result

    def export_cards_text(
        self,
        path: str,
        cards: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        html: bool | None = None,
    ) -> Reply[int]:
        """Export cards to a text file, and return their number. A line has two columns, question and answer as shown."""
        result: Reply[int] = self._call(
            "exportCardsText", {"path": path}, cards=cards, query=query, deck=deck, html=html
        )
        return result

    def export_collection(
        self, path: str, with_media: bool | None = None, legacy: bool | None = None
    ) -> Reply[types.CollectionExported]:
        """Export the whole collection, with all settings and the media, to a file that `importCollection` reads."""
        result: Reply[types.CollectionExported] = self._call(
            "exportCollection", {"path": path}, withMedia=with_media, legacy=legacy
        )
        return result

    def export_notes_package(
        self,
        path: str,
        notes: list[int] | None = None,
        cards: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        all: bool | None = None,
        with_scheduling: bool | None = None,
        with_deck_options: bool | None = None,
        with_media: bool | None = None,
        legacy: bool | None = None,
    ) -> Reply[int]:
        """Export notes, with their cards and media, to a package file, and return their number."""
        result: Reply[int] = self._call(
            "exportNotesPackage",
            {"path": path},
            notes=notes,
            cards=cards,
            query=query,
            deck=deck,
            all=all,
            withScheduling=with_scheduling,
            withDeckOptions=with_deck_options,
            withMedia=with_media,
            legacy=legacy,
        )
        return result

    def export_notes_text(
        self,
        path: str,
        notes: list[int] | None = None,
        query: str | None = None,
        deck: str | None = None,
        html: bool | None = None,
        tags: bool | None = None,
        deck_name: bool | None = None,
        model_name: bool | None = None,
        guid: bool | None = None,
    ) -> Reply[int]:
        """Export notes to a text file, one a line with tabs between the columns, and return their number."""
        result: Reply[int] = self._call(
            "exportNotesText",
            {"path": path},
            notes=notes,
            query=query,
            deck=deck,
            html=html,
            tags=tags,
            deckName=deck_name,
            modelName=model_name,
            guid=guid,
        )
        return result

    def export_package(
        self,
        deck: str,
        path: str,
        include_sched: bool | None = None,
        with_media: bool | None = None,
        with_deck_options: bool | None = None,
        legacy: bool | None = None,
    ) -> Reply[bool]:
        """Export a deck, with its sub-decks and their media, to a package file."""
        result: Reply[bool] = self._call(
            "exportPackage",
            {"deck": deck, "path": path},
            includeSched=include_sched,
            withMedia=with_media,
            withDeckOptions=with_deck_options,
            legacy=legacy,
        )
        return result

    @overload
    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> Reply[int]: ...

    @overload
    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def find_and_replace_in_models(
        self,
        model_name: str | None,
        find_text: str,
        replace_text: str,
        front: bool | None = None,
        back: bool | None = None,
        css: bool | None = None,
        dry_run: bool | None = None,
    ) -> Reply[int | types.Losses]: ...

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
        """Replace a text in templates and styling, and return how many note types contained it."""
        result: Reply[int | types.Losses] = self._call(
            "findAndReplaceInModels",
            {"modelName": model_name, "findText": find_text, "replaceText": replace_text},
            front=front,
            back=back,
            css=css,
            dryRun=dry_run,
        )
        return result

    @overload
    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> Reply[int]: ...

    @overload
    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: bool | None = None,
    ) -> Reply[int | types.Losses]: ...

    def find_and_replace_in_notes(
        self,
        find_text: str,
        replace_text: str,
        notes: list[int] | None = None,
        query: str | None = None,
        field: str | None = None,
        regex: bool | None = None,
        match_case: bool | None = None,
        dry_run: bool | None = None,
    ) -> Reply[int | types.Losses]:
        """Replace a text in the fields of notes, and return how many notes were changed."""
        result: Reply[int | types.Losses] = self._call(
            "findAndReplaceInNotes",
            {"findText": find_text, "replaceText": replace_text},
            notes=notes,
            query=query,
            field=field,
            regex=regex,
            matchCase=match_case,
            dryRun=dry_run,
        )
        return result

    def find_cards(
        self,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> Reply[list[int]]:
        """Return the ids of the cards that a search finds, by `orderBy` and then by id."""
        result: Reply[list[int]] = self._call(
            "findCards", {}, query=query, limit=limit, offset=offset, orderBy=order_by, descending=descending
        )
        return result

    def find_cards_page(
        self,
        query: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> Reply[types.CardPage]:
        """Find cards page by page; no page skips or repeats a card, whatever others add or delete meanwhile."""
        result: Reply[types.CardPage] = self._call(
            "findCardsPage", {}, query=query, cursor=cursor, limit=limit, orderBy=order_by, descending=descending
        )
        return result

    def find_duplicates(
        self,
        query: str | None = None,
        fields: list[str] | None = None,
        all_models: bool | None = None,
        limit: int | None = None,
    ) -> Reply[list[types.DuplicateGroup]]:
        """Find groups of notes with the same text in the first field or in chosen fields, HTML aside."""
        result: Reply[list[types.DuplicateGroup]] = self._call(
            "findDuplicates", {}, query=query, fields=fields, allModels=all_models, limit=limit
        )
        return result

    def find_empty_cards(self) -> Reply[list[types.EmptyCardsOfNote]]:
        """Find cards whose front has become empty, grouped by note."""
        result: Reply[list[types.EmptyCardsOfNote]] = self._call("findEmptyCards", {})
        return result

    def find_models_by_id(self, model_ids: list[int]) -> Reply[list[types.Model]]:
        """Return note types as Anki stores them, in the order of the ids. The call fails if an id is unknown."""
        result: Reply[list[types.Model]] = self._call("findModelsById", {"modelIds": model_ids})
        return result

    def find_models_by_name(self, model_names: list[str]) -> Reply[list[types.Model]]:
        """Return note types as Anki stores them, in the order of the names. The call fails if a name is unknown."""
        result: Reply[list[types.Model]] = self._call("findModelsByName", {"modelNames": model_names})
        return result

    def find_notes(
        self,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> Reply[list[int]]:
        """Return the ids of the notes that a search finds, by `orderBy` and then by id."""
        result: Reply[list[int]] = self._call(
            "findNotes", {}, query=query, limit=limit, offset=offset, orderBy=order_by, descending=descending
        )
        return result

    def find_notes_page(
        self,
        query: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        descending: bool | None = None,
    ) -> Reply[types.NotePage]:
        """Find notes page by page; no page skips or repeats a note, whatever others add or delete meanwhile."""
        result: Reply[types.NotePage] = self._call(
            "findNotesPage", {}, query=query, cursor=cursor, limit=limit, orderBy=order_by, descending=descending
        )
        return result

    @overload
    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: Literal[False] | None = None,
    ) -> Reply[None]: ...

    @overload
    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: bool | None = None,
    ) -> Reply[None | types.Losses]: ...

    def forget_cards(
        self,
        cards: list[int],
        restore_position: bool | None = None,
        reset_counts: bool | None = None,
        dry_run: bool | None = None,
    ) -> Reply[None | types.Losses]:
        """Reset cards to new."""
        result: Reply[None | types.Losses] = self._call(
            "forgetCards", {"cards": cards}, restorePosition=restore_position, resetCounts=reset_counts, dryRun=dry_run
        )
        return result

    def get_active_profile(self) -> Reply[str | None]:
        """Return the name of the open profile."""
        result: Reply[str | None] = self._call("getActiveProfile", {})
        return result

    def get_add_defaults(self, model_name: str | None = None) -> Reply[types.AddDefaults]:
        """Return the deck and the note type with which Anki's window for adding notes would begin."""
        result: Reply[types.AddDefaults] = self._call("getAddDefaults", {}, modelName=model_name)
        return result

    def get_answer_states(self, cards: list[int]) -> Reply[list[types.AnswerStates | None]]:
        """Return what each answer would do to each card, due or not, and a token that ties an answer to this state."""
        result: Reply[list[types.AnswerStates | None]] = self._call("getAnswerStates", {"cards": cards})
        return result

    def get_collection(self) -> Reply[types.CollectionOverview]:
        """Describe the collection: times, counts, settings, note types, decks, deck options and tags."""
        result: Reply[types.CollectionOverview] = self._call("getCollection", {})
        return result

    def get_collection_config(self) -> Reply[dict[str, Any]]:
        """Return all of Anki's settings that are stored in the collection."""
        result: Reply[dict[str, Any]] = self._call("getCollectionConfig", {})
        return result

    def get_collection_stats_html(self, whole_collection: bool | None = None) -> Reply[str]:
        """Return the statistics of Anki's old report as HTML."""
        result: Reply[str] = self._call("getCollectionStatsHTML", {}, wholeCollection=whole_collection)
        return result

    def get_config_values(self, keys: list[str]) -> Reply[dict[str, Any]]:
        """Return values that programs have stored in the collection by `setConfigValues`, on this device or on
        another.
        """
        result: Reply[dict[str, Any]] = self._call("getConfigValues", {"keys": keys})
        return result

    def get_current_deck(self) -> Reply[types.CurrentDeck]:
        """Return the current deck: the one that Anki studies and adds notes to."""
        result: Reply[types.CurrentDeck] = self._call("getCurrentDeck", {})
        return result

    def get_custom_study_options(self, deck: str) -> Reply[types.CustomStudyOptions]:
        """Return what `customStudy` and `raiseTodaysLimits` can offer for a deck: its cards and their tags."""
        result: Reply[types.CustomStudyOptions] = self._call("getCustomStudyOptions", {"deck": deck})
        return result

    def get_deck_config(self, deck: str) -> Reply[types.OptionsGroup]:
        """Return the options of a deck. A filtered deck, which has none, is refused."""
        result: Reply[types.OptionsGroup] = self._call("getDeckConfig", {"deck": deck})
        return result

    def get_deck_description(self, deck: str) -> Reply[str]:
        """Return the description that Anki shows on a deck's overview."""
        result: Reply[str] = self._call("getDeckDescription", {"deck": deck})
        return result

    def get_deck_limits(self, decks: list[str] | None = None) -> Reply[list[types.DeckLimits]]:
        """Return the daily limits of decks and how much of them is used up today. A filtered deck, which has none, is
        refused.
        """
        result: Reply[list[types.DeckLimits]] = self._call("getDeckLimits", {}, decks=decks)
        return result

    def get_deck_options_for_all(self) -> Reply[types.DeckOptionsForAll]:
        """Return the deck options that hold for all decks. `isFsrsActive` returns whether FSRS is active."""
        result: Reply[types.DeckOptionsForAll] = self._call("getDeckOptionsForAll", {})
        return result

    def get_deck_presets(self, options: bool | None = None) -> Reply[list[types.DeckPreset]]:
        """List the presets of deck options, each with the decks that use it."""
        result: Reply[list[types.DeckPreset]] = self._call("getDeckPresets", {}, options=options)
        return result

    def get_deck_stats(self, decks: list[str]) -> Reply[dict[str, types.DeckStats]]:
        """Count for each deck the cards due today, including sub-decks, and all cards, excluding sub-decks."""
        result: Reply[dict[str, types.DeckStats]] = self._call("getDeckStats", {"decks": decks})
        return result

    def get_decks(self, cards: list[int]) -> Reply[dict[str, list[int]]]:
        """Group cards by the decks that they are in now."""
        result: Reply[dict[str, list[int]]] = self._call("getDecks", {"cards": cards})
        return result

    def get_ease_factors(self, cards: list[int]) -> Reply[list[int | None]]:
        """Return the ease factor of each card; null if the card does not exist."""
        result: Reply[list[int | None]] = self._call("getEaseFactors", {"cards": cards})
        return result

    def get_filtered_deck(self, deck: str) -> Reply[types.FilteredDeck]:
        """Return the searches and the other settings of a filtered deck, and the number of cards in it."""
        result: Reply[types.FilteredDeck] = self._call("getFilteredDeck", {"deck": deck})
        return result

    def get_flags(self, cards: list[int]) -> Reply[list[int | None]]:
        """Return the flag of each card; null if the card does not exist."""
        result: Reply[list[int | None]] = self._call("getFlags", {"cards": cards})
        return result

    def get_fsrs_params(self, presets: list[str] | None = None) -> Reply[types.FsrsOverview]:
        """Return whether Anki schedules by FSRS, and the parameters and desired retention of presets."""
        result: Reply[types.FsrsOverview] = self._call("getFsrsParams", {}, presets=presets)
        return result

    def get_image_occlusion_notes(self, notes: list[int]) -> Reply[list[types.OcclusionNote]]:
        """Describe image occlusion notes, with their shapes, in the order of the ids."""
        result: Reply[list[types.OcclusionNote]] = self._call("getImageOcclusionNotes", {"notes": notes})
        return result

    def get_intervals(self, cards: list[int], complete: bool | None = None) -> Reply[list[int | list[int] | None]]:
        """Return the latest interval of each card, or all its intervals, from the review log."""
        result: Reply[list[int | list[int] | None]] = self._call("getIntervals", {"cards": cards}, complete=complete)
        return result

    def get_latest_review_id(self, deck: str) -> Reply[int]:
        """Return the largest id of a deck's entries in the review log; 0 if there is none."""
        result: Reply[int] = self._call("getLatestReviewID", {"deck": deck})
        return result

    def get_limits(self) -> Reply[types.GatewayLimits]:
        """Return the limits of requests and responses, so that a program can divide its work into requests that fit."""
        result: Reply[types.GatewayLimits] = self._call("getLimits", {})
        return result

    def get_media_dir_path(self) -> Reply[str]:
        """Return the path of the open profile's media folder."""
        result: Reply[str] = self._call("getMediaDirPath", {})
        return result

    def get_media_files_names(self, pattern: str | None = None) -> Reply[list[str]]:
        """List the names of the files in the media folder."""
        result: Reply[list[str]] = self._call("getMediaFilesNames", {}, pattern=pattern)
        return result

    def get_memory_states(
        self, cards: list[int], computed: bool | None = None
    ) -> Reply[list[types.MemoryState | None]]:
        """Return the FSRS memory state of each card: stability, difficulty and retrievability."""
        result: Reply[list[types.MemoryState | None]] = self._call(
            "getMemoryStates", {"cards": cards}, computed=computed
        )
        return result

    def get_note_tags(self, note: int) -> Reply[list[str]]:
        """List the tags of a note."""
        result: Reply[list[str]] = self._call("getNoteTags", {"note": note})
        return result

    def get_num_cards_reviewed_by_day(self) -> Reply[list[list[str | int]]]:
        """Count the entries in the review log of each day, newest day first."""
        result: Reply[list[list[str | int]]] = self._call("getNumCardsReviewedByDay", {})
        return result

    def get_num_cards_reviewed_today(self) -> Reply[int]:
        """Count today's entries in the review log, including manual changes."""
        result: Reply[int] = self._call("getNumCardsReviewedToday", {})
        return result

    def get_operation(self, id: str) -> Reply[types.Operation]:
        """Return the state and progress of an operation, and its result once it has ended."""
        result: Reply[types.Operation] = self._call("getOperation", {"id": id})
        return result

    def get_preferences(self) -> Reply[types.Preferences]:
        """Return the preferences that are stored in the collection. Those of the windows and of syncing are not."""
        result: Reply[types.Preferences] = self._call("getPreferences", {})
        return result

    def get_profiles(self) -> Reply[list[str]]:
        """List the names of all profiles."""
        result: Reply[list[str]] = self._call("getProfiles", {})
        return result

    def get_reviews_of_cards(self, cards: list[int]) -> Reply[dict[str, list[types.Review] | None]]:
        """List the review log entries of each card, oldest first; null for an unknown id without entries."""
        result: Reply[dict[str, list[types.Review] | None]] = self._call("getReviewsOfCards", {"cards": cards})
        return result

    def get_saved_searches(self) -> Reply[list[types.SavedSearch]]:
        """List the searches that the user, or saveSearch, has saved. Anki's browser shows them in its sidebar."""
        result: Reply[list[types.SavedSearch]] = self._call("getSavedSearches", {})
        return result

    def get_study_status(self) -> Reply[types.StudyStatus]:
        """Return whether the current deck is finished for today, and what is left in it and in its sub-decks."""
        result: Reply[types.StudyStatus] = self._call("getStudyStatus", {})
        return result

    def get_tags(self) -> Reply[list[str]]:
        """List all tags that the collection knows, used or not."""
        result: Reply[list[str]] = self._call("getTags", {})
        return result

    def get_version(self) -> Reply[types.Versions]:
        """Return the version of Anki, and that of AnkiConnect Plus, whose actions the gateway has."""
        result: Reply[types.Versions] = self._call("getVersion", {})
        return result

    def grade_now(self, cards: list[int], ease: int) -> Reply[bool]:
        """Answer several cards with the same ease, due or not, as Anki's *Grade Now* does."""
        result: Reply[bool] = self._call("gradeNow", {"cards": cards, "ease": ease})
        return result

    def graphs(self, query: str | None = None, days: int | None = None) -> Reply[types.GraphData]:
        """Return the numbers behind all graphs of Anki's statistics, for all cards or for those that a search finds."""
        result: Reply[types.GraphData] = self._call("graphs", {}, query=query, days=days)
        return result

    def gui_add_cards(self, note: types.NoteDraft | None = None, activate: bool | None = None) -> Reply[int]:
        """Open the Add window, with a note filled in if one is given. Only the user can add the note."""
        result: Reply[int] = self._call("guiAddCards", {}, note=note, activate=activate)
        return result

    def gui_add_note_set_data(self, note: types.NoteDraftChange, append: bool | None = None) -> Reply[bool]:
        """Fill in the open Add window: deck, note type, fields, tags and files."""
        result: Reply[bool] = self._call("guiAddNoteSetData", {"note": note}, append=append)
        return result

    def gui_answer_card(self, ease: int) -> Reply[bool]:
        """Answer the card on screen; its answer side must be shown."""
        result: Reply[bool] = self._call("guiAnswerCard", {"ease": ease})
        return result

    def gui_browse(
        self, query: str | None = None, reorder_cards: types.ReorderCards | None = None, activate: bool | None = None
    ) -> Reply[list[int]]:
        """Open the browser or bring it to the front, search in it, and return the ids of the cards that match."""
        result: Reply[list[int]] = self._call(
            "guiBrowse", {}, query=query, reorderCards=reorder_cards, activate=activate
        )
        return result

    def gui_check_database(
        self, wait: bool | None = None, activate: bool | None = None
    ) -> Reply[types.DatabaseCheck | None]:
        """Back up, check and repair the database, and return what was found."""
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
        """Select a deck and show its overview."""
        result: Reply[bool] = self._call("guiDeckOverview", {"name": name})
        return result

    def gui_deck_review(self, name: str) -> Reply[bool]:
        """Start to review a deck. If nothing is due, Anki shows the deck's overview."""
        result: Reply[bool] = self._call("guiDeckReview", {"name": name})
        return result

    def gui_edit_note(self, note: int, activate: bool | None = None) -> Reply[None]:
        """Show a note for editing in a window of its own. Another call shows its note in the same window."""
        result: Reply[None] = self._call("guiEditNote", {"note": note}, activate=activate)
        return result

    def gui_exit_anki(self) -> Reply[None]:
        """Close Anki one second after the response. If a window has unsaved input, Anki asks the user first."""
        result: Reply[None] = self._call("guiExitAnki", {})
        return result

    def gui_import_file(self, path: str | None = None, activate: bool | None = None) -> Reply[None]:
        """Open Anki's import window for a file, or let the user pick a file. The user starts the import."""
        result: Reply[None] = self._call("guiImportFile", {}, path=path, activate=activate)
        return result

    def gui_open(
        self,
        window: Literal[
            "statistics",
            "preferences",
            "noteTypes",
            "fields",
            "cardLayout",
            "deckOptions",
            "filteredDeck",
            "customStudy",
            "cardInfo",
            "export",
            "checkMedia",
        ],
        deck: str | None = None,
        note: int | None = None,
        card: int | None = None,
        model_name: str | None = None,
        activate: bool | None = None,
    ) -> Reply[None]:
        """Open one of Anki's windows, in which the user goes on. The response comes when the window is shown."""
        result: Reply[None] = self._call(
            "guiOpen", {"window": window}, deck=deck, note=note, card=card, modelName=model_name, activate=activate
        )
        return result

    def gui_play_audio(self) -> Reply[bool]:
        """Play the sounds of the shown side again; true even if it has none."""
        result: Reply[bool] = self._call("guiPlayAudio", {})
        return result

    def gui_review_active(self) -> Reply[bool]:
        """Report whether a review is running and shows a card."""
        result: Reply[bool] = self._call("guiReviewActive", {})
        return result

    def gui_select_card(self, card: int) -> Reply[bool]:
        """Select only this card in the open browser. A card that the browser does not list is refused."""
        result: Reply[bool] = self._call("guiSelectCard", {"card": card})
        return result

    def gui_select_note(self, note: int) -> Reply[bool]:
        """Select only this card in the open browser. This is an older name of guiSelectCard: `note` is a card id."""
        result: Reply[bool] = self._call("guiSelectNote", {"note": note})
        return result

    def gui_selected_notes(self) -> Reply[list[int]]:
        """Return the ids of the notes that are selected in the open browser."""
        result: Reply[list[int]] = self._call("guiSelectedNotes", {})
        return result

    def gui_show_answer(self) -> Reply[bool]:
        """Show the answer side of the card on screen."""
        result: Reply[bool] = self._call("guiShowAnswer", {})
        return result

    def gui_show_question(self) -> Reply[bool]:
        """Show the question side of the card on screen."""
        result: Reply[bool] = self._call("guiShowQuestion", {})
        return result

    def gui_start_card_timer(self) -> Reply[bool]:
        """Restart the answer timer of the card on screen."""
        result: Reply[bool] = self._call("guiStartCardTimer", {})
        return result

    def gui_undo(self) -> Reply[bool]:
        """Undo the newest step, as Anki's menu does; false if there is nothing to undo."""
        result: Reply[bool] = self._call("guiUndo", {})
        return result

    @overload
    def import_collection(
        self, path: str, dry_run: Literal[False] | None = None
    ) -> Reply[types.CollectionReplaced]: ...

    @overload
    def import_collection(self, path: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def import_collection(
        self, path: str, dry_run: bool | None = None
    ) -> Reply[types.CollectionReplaced | types.Losses]: ...

    def import_collection(
        self, path: str, dry_run: bool | None = None
    ) -> Reply[types.CollectionReplaced | types.Losses]:
        """Replace the whole collection by one that was exported, and return what is in it."""
        result: Reply[types.CollectionReplaced | types.Losses] = self._call(
            "importCollection", {"path": path}, dryRun=dry_run
        )
        return result

    def import_package(self, path: str) -> Reply[Literal[True]]:
        """Import a package: notes with their cards, scheduling, media and deck options."""
        result: Reply[Literal[True]] = self._call("importPackage", {"path": path})
        return result

    def import_text_file(
        self,
        path: str | None = None,
        text: str | None = None,
        delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"] | None = None,
        is_html: bool | None = None,
        model_name: str | None = None,
        deck: str | None = None,
        field_columns: dict[str, int] | None = None,
        tags: list[str] | None = None,
        tags_for_updated: list[str] | None = None,
        on_duplicate: Literal["update", "keep", "add"] | None = None,
        match_scope: Literal["noteType", "noteTypeAndDeck"] | None = None,
    ) -> Reply[types.ImportedNotes]:
        """Import a text file of notes, such as CSV. The result says what was done with each note."""
        result: Reply[types.ImportedNotes] = self._call(
            "importTextFile",
            {},
            path=path,
            text=text,
            delimiter=delimiter,
            isHtml=is_html,
            modelName=model_name,
            deck=deck,
            fieldColumns=field_columns,
            tags=tags,
            tagsForUpdated=tags_for_updated,
            onDuplicate=on_duplicate,
            matchScope=match_scope,
        )
        return result

    def insert_reviews(self, reviews: list[list[int]]) -> Reply[None]:
        """Add entries to the review log, all or none; the scheduling of the cards is not changed."""
        result: Reply[None] = self._call("insertReviews", {"reviews": reviews})
        return result

    def is_fsrs_active(self) -> Reply[bool | None]:
        """Return whether Anki schedules by FSRS; null if that was never set, so that it does not."""
        result: Reply[bool | None] = self._call("isFsrsActive", {})
        return result

    def list_backups(self) -> Reply[list[types.Backup]]:
        """List the backups of the profile, newest first; without those that are not complete."""
        result: Reply[list[types.Backup]] = self._call("listBackups", {})
        return result

    def list_media_trash(self) -> Reply[list[types.FileInTrash]]:
        """List the files in Anki's media trash."""
        result: Reply[list[types.FileInTrash]] = self._call("listMediaTrash", {})
        return result

    def list_models(self) -> Reply[list[types.ListedModel]]:
        """List the note types with their fields, templates and number of notes."""
        result: Reply[list[types.ListedModel]] = self._call("listModels", {})
        return result

    def list_operations(self) -> Reply[list[types.OperationSummary]]:
        """List the operations that are queued, running or recently ended, without their results."""
        result: Reply[list[types.OperationSummary]] = self._call("listOperations", {})
        return result

    def load_profile(self, name: str) -> Reply[bool]:
        """Close the open profile, open another one, and return once it is open."""
        result: Reply[bool] = self._call("loadProfile", {"name": name})
        return result

    def media_of_notes(
        self, notes: list[int], missing_only: bool | None = None
    ) -> Reply[list[list[types.MediaReference] | None]]:
        """Return which media files each note names, in pictures, sounds and videos, and whether they exist."""
        result: Reply[list[list[types.MediaReference] | None]] = self._call(
            "mediaOfNotes", {"notes": notes}, missingOnly=missing_only
        )
        return result

    def media_sync_status(self) -> Reply[types.MediaSyncState]:
        """Return whether the media are being synced in the background, and why the last time failed."""
        result: Reply[types.MediaSyncState] = self._call("mediaSyncStatus", {})
        return result

    def merge_package(
        self,
        path: str,
        update_notes: Literal["ifNewer", "always", "never"] | None = None,
        update_models: Literal["ifNewer", "always", "never"] | None = None,
        merge_models: bool | None = None,
        with_scheduling: bool | None = None,
        with_deck_options: bool | None = None,
    ) -> Reply[types.ImportedNotes]:
        """Import a package, as you choose, and return what was done with each note."""
        result: Reply[types.ImportedNotes] = self._call(
            "mergePackage",
            {"path": path},
            updateNotes=update_notes,
            updateModels=update_models,
            mergeModels=merge_models,
            withScheduling=with_scheduling,
            withDeckOptions=with_deck_options,
        )
        return result

    def model_field_add(self, model_name: str, field_name: str, index: int | None = None) -> Reply[str]:
        """Add a field to a note type and return the name it got. The field is empty in existing notes."""
        result: Reply[str] = self._call(
            "modelFieldAdd", {"modelName": model_name, "fieldName": field_name}, index=index
        )
        return result

    def model_field_descriptions(self, model_name: str) -> Reply[list[str]]:
        """Return the hint that the editor shows in each empty field of a note type."""
        result: Reply[list[str]] = self._call("modelFieldDescriptions", {"modelName": model_name})
        return result

    def model_field_fonts(self, model_name: str) -> Reply[dict[str, types.FieldFont]]:
        """Return the font and size in which the editor shows each field of a note type."""
        result: Reply[dict[str, types.FieldFont]] = self._call("modelFieldFonts", {"modelName": model_name})
        return result

    def model_field_names(self, model_name: str) -> Reply[list[str]]:
        """List the names of a note type's fields, in field order."""
        result: Reply[list[str]] = self._call("modelFieldNames", {"modelName": model_name})
        return result

    @overload
    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: Literal[False] | None = None
    ) -> Reply[str | None]: ...

    @overload
    def model_field_remove(
        self, model_name: str, field_name: str, *, dry_run: Literal[True]
    ) -> Reply[types.Losses]: ...

    @overload
    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> Reply[str | None | types.Losses]: ...

    def model_field_remove(
        self, model_name: str, field_name: str, dry_run: bool | None = None
    ) -> Reply[str | None | types.Losses]:
        """Remove a field from a note type, with its content in all notes, and return its name; null if there was none."""
        result: Reply[str | None | types.Losses] = self._call(
            "modelFieldRemove", {"modelName": model_name, "fieldName": field_name}, dryRun=dry_run
        )
        return result

    def model_field_rename(self, model_name: str, old_field_name: str, new_field_name: str) -> Reply[str]:
        """Rename a field of a note type, also in its templates, and return the name it got."""
        result: Reply[str] = self._call(
            "modelFieldRename",
            {"modelName": model_name, "oldFieldName": old_field_name, "newFieldName": new_field_name},
        )
        return result

    def model_field_reposition(self, model_name: str, field_name: str, index: int) -> Reply[None]:
        """Move a field of a note type, with its content in all notes, to another position."""
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

    def model_field_set_options(self, model_name: str, fields: list[types.FieldOptions]) -> Reply[int]:
        """Set options of fields of a note type, and return how many fields had other ones. No full sync is needed."""
        result: Reply[int] = self._call("modelFieldSetOptions", {"modelName": model_name, "fields": fields})
        return result

    def model_fields_on_templates(self, model_name: str) -> Reply[dict[str, list[list[str]]]]:
        """Return the names of the fields on the two sides of each template of a note type."""
        result: Reply[dict[str, list[list[str]]]] = self._call("modelFieldsOnTemplates", {"modelName": model_name})
        return result

    def model_name_from_id(self, model_id: int) -> Reply[str]:
        """Return the name of a note type."""
        result: Reply[str] = self._call("modelNameFromId", {"modelId": model_id})
        return result

    def model_names(self) -> Reply[list[str]]:
        """List the names of all note types."""
        result: Reply[list[str]] = self._call("modelNames", {})
        return result

    def model_names_and_ids(self) -> Reply[dict[str, int]]:
        """Return the id of each note type by its name."""
        result: Reply[dict[str, int]] = self._call("modelNamesAndIds", {})
        return result

    def model_styling(self, model_name: str) -> Reply[types.Styling]:
        """Return the styling of a note type, as CSS."""
        result: Reply[types.Styling] = self._call("modelStyling", {"modelName": model_name})
        return result

    def model_template_add(self, model_name: str, template: types.NewTemplate) -> Reply[str]:
        """Add a template to a note type, at the end, create its cards, and return the name it got."""
        result: Reply[str] = self._call("modelTemplateAdd", {"modelName": model_name, "template": template})
        return result

    @overload
    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: Literal[False] | None = None
    ) -> Reply[str | None]: ...

    @overload
    def model_template_remove(
        self, model_name: str, template_name: str, *, dry_run: Literal[True]
    ) -> Reply[types.Losses]: ...

    @overload
    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> Reply[str | None | types.Losses]: ...

    def model_template_remove(
        self, model_name: str, template_name: str, dry_run: bool | None = None
    ) -> Reply[str | None | types.Losses]:
        """Remove a template from a note type, with all its cards, and return its name; null if there was none."""
        result: Reply[str | None | types.Losses] = self._call(
            "modelTemplateRemove", {"modelName": model_name, "templateName": template_name}, dryRun=dry_run
        )
        return result

    def model_template_rename(self, model_name: str, old_template_name: str, new_template_name: str) -> Reply[str]:
        """Rename a template of a note type and return the name it got."""
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

    def model_template_set_options(self, model_name: str, templates: list[types.TemplateOptions]) -> Reply[int]:
        """Set options of templates of a note type, and return how many templates had other ones. No full sync is
        needed.
        """
        result: Reply[int] = self._call("modelTemplateSetOptions", {"modelName": model_name, "templates": templates})
        return result

    def model_templates(self, model_name: str) -> Reply[dict[str, types.Sides]]:
        """Return the two sides of each template of a note type."""
        result: Reply[dict[str, types.Sides]] = self._call("modelTemplates", {"modelName": model_name})
        return result

    def move_decks(self, decks: list[str], parent: str | None) -> Reply[int]:
        """Move decks with their sub-decks directly below another deck, or to the top, and return how many were
        elsewhere.
        """
        result: Reply[int] = self._call("moveDecks", {"decks": decks, "parent": parent})
        return result

    @overload
    def move_tags(self, tags: list[str], parent: str | None, dry_run: Literal[False] | None = None) -> Reply[int]: ...

    @overload
    def move_tags(self, tags: list[str], parent: str | None, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def move_tags(
        self, tags: list[str], parent: str | None, dry_run: bool | None = None
    ) -> Reply[int | types.Losses]: ...

    def move_tags(self, tags: list[str], parent: str | None, dry_run: bool | None = None) -> Reply[int | types.Losses]:
        """Move tags with their sub-tags below another tag, in all notes, and return how many notes have one of them."""
        result: Reply[int | types.Losses] = self._call("moveTags", {"tags": tags, "parent": parent}, dryRun=dry_run)
        return result

    def multi(self, actions: list[types.Call]) -> Reply[list[types.Outcome]]:
        """Run several calls in order and return the outcome of each."""
        result: Reply[list[types.Outcome]] = self._call("multi", {"actions": actions})
        return result

    def next_cards(
        self,
        limit: int | None = None,
        sides: Literal["both", "question", "none"] | None = None,
        states: bool | None = None,
    ) -> Reply[types.Queue]:
        """Return the cards that Anki would show next in the current deck, with both sides and the effect of each
        answer.
        """
        result: Reply[types.Queue] = self._call("nextCards", {}, limit=limit, sides=sides, states=states)
        return result

    @overload
    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> Reply[list[types.NoteInfo]]: ...

    @overload
    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        *,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]],
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> Reply[list[types.NotePart]]: ...

    @overload
    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> Reply[list[types.NoteInfo] | list[types.NotePart]]: ...

    def notes_info(
        self,
        notes: list[int] | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        fields: list[Literal["noteId", "profile", "tags", "fields", "modelName", "mod", "cards"]] | None = None,
        note_fields: list[str] | None = None,
        plain_text: bool | None = None,
    ) -> Reply[list[types.NoteInfo] | list[types.NotePart]]:
        """Describe notes: fields, tags, note type and cards, in the order of the ids."""
        result: Reply[list[types.NoteInfo] | list[types.NotePart]] = self._call(
            "notesInfo",
            {},
            notes=notes,
            query=query,
            limit=limit,
            offset=offset,
            fields=fields,
            noteFields=note_fields,
            plainText=plain_text,
        )
        return result

    def notes_mod_time(self, notes: list[int]) -> Reply[list[types.NoteTime]]:
        """Return when each note was last changed, in the order of the ids."""
        result: Reply[list[types.NoteTime]] = self._call("notesModTime", {"notes": notes})
        return result

    def optimize_fsrs_params(
        self,
        preset: str,
        search: str | None = None,
        apply: bool | None = None,
        health_check: bool | None = None,
        reschedule: bool | None = None,
    ) -> Reply[types.Optimized]:
        """Compute FSRS parameters from reviews, as *Optimize* in Anki's options does. FSRS need not be active."""
        result: Reply[types.Optimized] = self._call(
            "optimizeFsrsParams",
            {"preset": preset},
            search=search,
            apply=apply,
            healthCheck=health_check,
            reschedule=reschedule,
        )
        return result

    def preview_cards(
        self,
        note: types.PreviewedNote | None = None,
        note_id: int | None = None,
        fields: dict[str, str] | None = None,
        templates: dict[str, types.PreviewedSides] | None = None,
        css: str | None = None,
        cards: list[int] | None = None,
        fill_empty: bool | None = None,
    ) -> Reply[list[types.CardPreview]]:
        """Render the cards of a note, and store nothing: neither the note nor the templates need exist yet."""
        result: Reply[list[types.CardPreview]] = self._call(
            "previewCards",
            {},
            note=note,
            noteId=note_id,
            fields=fields,
            templates=templates,
            css=css,
            cards=cards,
            fillEmpty=fill_empty,
        )
        return result

    def preview_text_file(
        self,
        path: str | None = None,
        text: str | None = None,
        delimiter: Literal["tab", "pipe", "semicolon", "colon", "comma", "space"] | None = None,
        is_html: bool | None = None,
        model_name: str | None = None,
        deck: str | None = None,
    ) -> Reply[types.TextFilePreview]:
        """Show what Anki reads in a text file of notes, and how `importTextFile` would import it. Nothing is changed."""
        result: Reply[types.TextFilePreview] = self._call(
            "previewTextFile",
            {},
            path=path,
            text=text,
            delimiter=delimiter,
            isHtml=is_html,
            modelName=model_name,
            deck=deck,
        )
        return result

    def raise_todays_limits(
        self, decks: list[str], new_cards: int | None = None, reviews: int | None = None
    ) -> Reply[list[types.CardsLeft]]:
        """Show more new cards or reviews today, as Anki's *Custom Study* does, and return what is left for today."""
        result: Reply[list[types.CardsLeft]] = self._call(
            "raiseTodaysLimits", {"decks": decks}, newCards=new_cards, reviews=reviews
        )
        return result

    def rebuild_filtered_deck(self, deck: str) -> Reply[int]:
        """Empty a filtered deck, fill it again by its searches, and return how many cards it has then."""
        result: Reply[int] = self._call("rebuildFilteredDeck", {"deck": deck})
        return result

    def redo(self) -> Reply[types.UndoneStep]:
        """Redo the step that was undone last and return its name; null if there is none."""
        result: Reply[types.UndoneStep] = self._call("redo", {})
        return result

    def relearn_cards(self, cards: list[int]) -> Reply[None]:
        """Put cards into relearning, due at once."""
        result: Reply[None] = self._call("relearnCards", {"cards": cards})
        return result

    def reload_collection(self) -> Reply[None]:
        """Make Anki's windows read the collection again and show its present state."""
        result: Reply[None] = self._call("reloadCollection", {})
        return result

    @overload
    def remove_config_values(self, keys: list[str], dry_run: Literal[False] | None = None) -> Reply[list[str]]: ...

    @overload
    def remove_config_values(self, keys: list[str], *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_config_values(self, keys: list[str], dry_run: bool | None = None) -> Reply[list[str] | types.Losses]: ...

    def remove_config_values(self, keys: list[str], dry_run: bool | None = None) -> Reply[list[str] | types.Losses]:
        """Remove values that programs have stored in the collection, and return the keys that had one."""
        result: Reply[list[str] | types.Losses] = self._call("removeConfigValues", {"keys": keys}, dryRun=dry_run)
        return result

    @overload
    def remove_deck_config_id(self, config_id: int, dry_run: Literal[False] | None = None) -> Reply[str | None]: ...

    @overload
    def remove_deck_config_id(self, config_id: int, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_deck_config_id(
        self, config_id: int, dry_run: bool | None = None
    ) -> Reply[str | None | types.Losses]: ...

    def remove_deck_config_id(self, config_id: int, dry_run: bool | None = None) -> Reply[str | None | types.Losses]:
        """Remove a group of deck options and return its name; null if there was none."""
        result: Reply[str | None | types.Losses] = self._call(
            "removeDeckConfigId", {"configId": config_id}, dryRun=dry_run
        )
        return result

    @overload
    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: Literal[False] | None = None
    ) -> Reply[types.EmptyCardsRemoved]: ...

    @overload
    def remove_empty_cards(self, keep_notes: bool | None = None, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> Reply[types.EmptyCardsRemoved | types.Losses]: ...

    def remove_empty_cards(
        self, keep_notes: bool | None = None, dry_run: bool | None = None
    ) -> Reply[types.EmptyCardsRemoved | types.Losses]:
        """Remove cards whose front has become empty and return what was removed."""
        result: Reply[types.EmptyCardsRemoved | types.Losses] = self._call(
            "removeEmptyCards", {}, keepNotes=keep_notes, dryRun=dry_run
        )
        return result

    @overload
    def remove_empty_notes(self, dry_run: Literal[False] | None = None) -> Reply[None]: ...

    @overload
    def remove_empty_notes(self, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_empty_notes(self, dry_run: bool | None = None) -> Reply[None | types.Losses]: ...

    def remove_empty_notes(self, dry_run: bool | None = None) -> Reply[None | types.Losses]:
        """Delete notes whose fields are all empty, with their cards."""
        result: Reply[None | types.Losses] = self._call("removeEmptyNotes", {}, dryRun=dry_run)
        return result

    @overload
    def remove_saved_search(self, name: str, dry_run: Literal[False] | None = None) -> Reply[str | None]: ...

    @overload
    def remove_saved_search(self, name: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_saved_search(self, name: str, dry_run: bool | None = None) -> Reply[str | None | types.Losses]: ...

    def remove_saved_search(self, name: str, dry_run: bool | None = None) -> Reply[str | None | types.Losses]:
        """Remove a saved search and return its name; null if there was none."""
        result: Reply[str | None | types.Losses] = self._call("removeSavedSearch", {"name": name}, dryRun=dry_run)
        return result

    @overload
    def remove_tags(self, notes: list[int], tags: str, dry_run: Literal[False] | None = None) -> Reply[list[int]]: ...

    @overload
    def remove_tags(self, notes: list[int], tags: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_tags(
        self, notes: list[int], tags: str, dry_run: bool | None = None
    ) -> Reply[list[int] | types.Losses]: ...

    def remove_tags(self, notes: list[int], tags: str, dry_run: bool | None = None) -> Reply[list[int] | types.Losses]:
        """Remove tags and their sub-tags from notes, and return the ids of the notes that had one."""
        result: Reply[list[int] | types.Losses] = self._call(
            "removeTags", {"notes": notes, "tags": tags}, dryRun=dry_run
        )
        return result

    @overload
    def remove_tags_in_all_notes(self, tags: list[str], dry_run: Literal[False] | None = None) -> Reply[int]: ...

    @overload
    def remove_tags_in_all_notes(self, tags: list[str], *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def remove_tags_in_all_notes(self, tags: list[str], dry_run: bool | None = None) -> Reply[int | types.Losses]: ...

    def remove_tags_in_all_notes(self, tags: list[str], dry_run: bool | None = None) -> Reply[int | types.Losses]:
        """Remove tags and their sub-tags from all notes and from the collection's list, and return how many notes had
        one.
        """
        result: Reply[int | types.Losses] = self._call("removeTagsInAllNotes", {"tags": tags}, dryRun=dry_run)
        return result

    def rename_deck(self, deck: str, new_name: str) -> Reply[str]:
        """Rename a deck, or move it below another one, together with its sub-decks."""
        result: Reply[str] = self._call("renameDeck", {"deck": deck, "newName": new_name})
        return result

    def rename_model(self, model_name: str, new_name: str) -> Reply[str]:
        """Rename a note type and return the name it got. Its notes stay, and no full sync is needed."""
        result: Reply[str] = self._call("renameModel", {"modelName": model_name, "newName": new_name})
        return result

    def rename_profile(self, name: str, new_name: str) -> Reply[str]:
        """Rename a profile and its folder, and return the new name as it is stored."""
        result: Reply[str] = self._call("renameProfile", {"name": name, "newName": new_name})
        return result

    @overload
    def rename_tag(self, tag: str, new_name: str, dry_run: Literal[False] | None = None) -> Reply[int]: ...

    @overload
    def rename_tag(self, tag: str, new_name: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def rename_tag(self, tag: str, new_name: str, dry_run: bool | None = None) -> Reply[int | types.Losses]: ...

    def rename_tag(self, tag: str, new_name: str, dry_run: bool | None = None) -> Reply[int | types.Losses]:
        """Rename a tag with its sub-tags in all notes, and return how many notes have it."""
        result: Reply[int | types.Losses] = self._call("renameTag", {"tag": tag, "newName": new_name}, dryRun=dry_run)
        return result

    @overload
    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: Literal[False] | None = None
    ) -> Reply[None]: ...

    @overload
    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, *, dry_run: Literal[True]
    ) -> Reply[types.Losses]: ...

    @overload
    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> Reply[None | types.Losses]: ...

    def replace_tags(
        self, notes: list[int], tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> Reply[None | types.Losses]:
        """Replace a tag in notes; those without the tag are skipped."""
        result: Reply[None | types.Losses] = self._call(
            "replaceTags",
            {"notes": notes, "tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    @overload
    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: Literal[False] | None = None
    ) -> Reply[None]: ...

    @overload
    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, *, dry_run: Literal[True]
    ) -> Reply[types.Losses]: ...

    @overload
    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> Reply[None | types.Losses]: ...

    def replace_tags_in_all_notes(
        self, tag_to_replace: str, replace_with_tag: str, dry_run: bool | None = None
    ) -> Reply[None | types.Losses]:
        """Replace a tag in every note that has it. The call fails if the collection has no such tag."""
        result: Reply[None | types.Losses] = self._call(
            "replaceTagsInAllNotes",
            {"tag_to_replace": tag_to_replace, "replace_with_tag": replace_with_tag},
            dryRun=dry_run,
        )
        return result

    def reposition_new_cards(
        self, ordered_card_ids: list[int], start_position: int, step: int, shift: bool, random: bool | None = None
    ) -> Reply[types.Repositioned]:
        """Position new cards in the given order, or at random."""
        result: Reply[types.Repositioned] = self._call(
            "repositionNewCards",
            {"orderedCardIds": ordered_card_ids, "startPosition": start_position, "step": step, "shift": shift},
            random=random,
        )
        return result

    def request_permission(self) -> Reply[types.Permission]:
        """Ask for permission to use the gateway."""
        result: Reply[types.Permission] = self._call("requestPermission", {})
        return result

    @overload
    def restore_backup(self, name: str, dry_run: Literal[False] | None = None) -> Reply[types.CollectionReplaced]: ...

    @overload
    def restore_backup(self, name: str, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def restore_backup(
        self, name: str, dry_run: bool | None = None
    ) -> Reply[types.CollectionReplaced | types.Losses]: ...

    def restore_backup(self, name: str, dry_run: bool | None = None) -> Reply[types.CollectionReplaced | types.Losses]:
        """Replace the collection by a backup of this profile, and return what is in it."""
        result: Reply[types.CollectionReplaced | types.Losses] = self._call(
            "restoreBackup", {"name": name}, dryRun=dry_run
        )
        return result

    def restore_media_trash(self) -> Reply[list[str]]:
        """Move all files of Anki's media trash back to the media folder, and return their names there."""
        result: Reply[list[str]] = self._call("restoreMediaTrash", {})
        return result

    @overload
    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: Literal[False] | None = None,
    ) -> Reply[types.Model]: ...

    @overload
    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: bool | None = None,
    ) -> Reply[types.Model | types.Losses]: ...

    def restore_model(
        self,
        model_name: str,
        kind: Literal["basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion"],
        dry_run: bool | None = None,
    ) -> Reply[types.Model | types.Losses]:
        """Make a note type like one of Anki's built-in ones again, and return it as Anki stores it."""
        result: Reply[types.Model | types.Losses] = self._call(
            "restoreModel", {"modelName": model_name, "kind": kind}, dryRun=dry_run
        )
        return result

    def retrieve_media_file(self, filename: str) -> Reply[str]:
        """Return a file of the media folder as base64."""
        result: Reply[str] = self._call("retrieveMediaFile", {"filename": filename})
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
        """Replace a group of deck options as a whole."""
        result: Reply[bool] = self._call("saveDeckConfig", {"config": config})
        return result

    def save_search(self, name: str, search: str, overwrite: bool | None = None) -> Reply[str]:
        """Save a search text under a name, for the sidebar of Anki's browser, and return it as it was saved."""
        result: Reply[str] = self._call("saveSearch", {"name": name, "search": search}, overwrite=overwrite)
        return result

    def select_deck(self, deck: str) -> Reply[None]:
        """Make a deck the current one. No window changes what it shows."""
        result: Reply[None] = self._call("selectDeck", {"deck": deck})
        return result

    def set_config_values(self, values: dict[str, Any]) -> Reply[list[str]]:
        """Store values of your program in the collection, and return the keys that had another value, or none."""
        result: Reply[list[str]] = self._call("setConfigValues", {"values": values})
        return result

    def set_deck_config_id(self, decks: list[str], config_id: int) -> Reply[bool]:
        """Assign a group of options to decks. If a deck or the group does not exist, the call fails and changes
        nothing.
        """
        result: Reply[bool] = self._call("setDeckConfigId", {"decks": decks, "configId": config_id})
        return result

    def set_deck_description(self, deck: str, description: str) -> Reply[bool]:
        """Replace the description of a deck. A filtered deck, which has none, is refused."""
        result: Reply[bool] = self._call("setDeckDescription", {"deck": deck, "description": description})
        return result

    def set_deck_desired_retention(
        self, deck: str, desired_retention: float | None, reschedule: bool | None = None
    ) -> Reply[bool]:
        """Set or remove a deck's own desired retention and return whether that changed anything."""
        result: Reply[bool] = self._call(
            "setDeckDesiredRetention", {"deck": deck, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_deck_limits(
        self,
        decks: list[str],
        new_cards: int | None = None,
        reviews: int | None = None,
        new_cards_today: int | None = None,
        reviews_today: int | None = None,
        remove: list[Literal["newCards", "reviews", "newCardsToday", "reviewsToday"]] | None = None,
    ) -> Reply[int]:
        """Set or remove daily limits of decks, each day or only today, and return how many decks had other ones."""
        result: Reply[int] = self._call(
            "setDeckLimits",
            {"decks": decks},
            newCards=new_cards,
            reviews=reviews,
            newCardsToday=new_cards_today,
            reviewsToday=reviews_today,
            remove=remove,
        )
        return result

    def set_deck_options_for_all(
        self,
        new_cards_ignore_review_limit: bool | None = None,
        apply_all_parent_limits: bool | None = None,
        fsrs_health_check: bool | None = None,
        card_state_customizer: str | None = None,
    ) -> Reply[types.ChangedDeckOptionsForAll]:
        """Set deck options that hold for all decks, and return those that had other values. Others stay."""
        result: Reply[types.ChangedDeckOptionsForAll] = self._call(
            "setDeckOptionsForAll",
            {},
            newCardsIgnoreReviewLimit=new_cards_ignore_review_limit,
            applyAllParentLimits=apply_all_parent_limits,
            fsrsHealthCheck=fsrs_health_check,
            cardStateCustomizer=card_state_customizer,
        )
        return result

    def set_deck_preset(self, decks: list[str], preset: str) -> Reply[int]:
        """Assign a preset of options to decks and return how many had another one."""
        result: Reply[int] = self._call("setDeckPreset", {"decks": decks, "preset": preset})
        return result

    def set_desired_retention(
        self, preset: str, desired_retention: float, reschedule: bool | None = None
    ) -> Reply[bool]:
        """Set the desired retention of a preset and return whether that changed anything."""
        result: Reply[bool] = self._call(
            "setDesiredRetention", {"preset": preset, "desiredRetention": desired_retention}, reschedule=reschedule
        )
        return result

    def set_due_date(self, cards: list[int], days: str) -> Reply[bool]:
        """Set when cards are due, in days from today."""
        result: Reply[bool] = self._call("setDueDate", {"cards": cards, "days": days})
        return result

    def set_ease_factors(self, cards: list[int], ease_factors: list[int]) -> Reply[list[bool]]:
        """Set the ease factor of each card and return for each whether it exists."""
        result: Reply[list[bool]] = self._call("setEaseFactors", {"cards": cards, "easeFactors": ease_factors})
        return result

    def set_flags(self, cards: list[int], flag: int) -> Reply[int]:
        """Set or clear the flag of cards and return how many had another one."""
        result: Reply[int] = self._call("setFlags", {"cards": cards, "flag": flag})
        return result

    def set_fsrs_active(self, active: bool, reschedule: bool | None = None) -> Reply[bool]:
        """Switch FSRS on or off for the whole collection and return whether that changed anything."""
        result: Reply[bool] = self._call("setFsrsActive", {"active": active}, reschedule=reschedule)
        return result

    def set_fsrs_params(self, preset: str, params: list[float], reschedule: bool | None = None) -> Reply[bool]:
        """Set the FSRS parameters of a preset and return whether that changed anything."""
        result: Reply[bool] = self._call("setFsrsParams", {"preset": preset, "params": params}, reschedule=reschedule)
        return result

    def set_model_options(
        self,
        model_name: str,
        sort_field: str | None = None,
        latex_header: str | None = None,
        latex_footer: str | None = None,
        latex_svg: bool | None = None,
    ) -> Reply[types.ModelOptions]:
        """Set the sort field and the LaTeX of a note type, and return which options had other values."""
        result: Reply[types.ModelOptions] = self._call(
            "setModelOptions",
            {"modelName": model_name},
            sortField=sort_field,
            latexHeader=latex_header,
            latexFooter=latex_footer,
            latexSvg=latex_svg,
        )
        return result

    def set_preferences(self, changes: types.ChangedPreferences) -> Reply[types.ChangedPreferences]:
        """Change preferences and return those that had other values. A new beginning of the day counts at once."""
        result: Reply[types.ChangedPreferences] = self._call("setPreferences", {"changes": changes})
        return result

    def set_specific_value_of_card(
        self, card: int, keys: list[str], new_values: list[Any], warning_check: bool | None = None
    ) -> Reply[list[bool]]:
        """Set single values of a card, in the form in which Anki stores them."""
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
        """Simulate new cards, reviews, time and memorized cards of each of the next days, as Anki's simulator does."""
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
        """Simulate for each desired retention how much work it causes and how many cards are remembered in the end."""
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

    def sort_new_cards(self, deck: str, order: Literal["added", "random"]) -> Reply[int]:
        """Sort the new cards of a deck by the age of their notes, or mix them, and return how many there are."""
        result: Reply[int] = self._call("sortNewCards", {"deck": deck, "order": order})
        return result

    def start_operation(self, method: str, params: dict[str, Any] | list[Any] | None = None) -> Reply[types.Operation]:
        """Start an action in the background and return at once; `getOperation` returns its result later."""
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
        collision: Literal["replace", "rename", "error"] | None = None,
    ) -> Reply[str | None]:
        """Store a file in the media folder and return the name it got."""
        result: Reply[str | None] = self._call(
            "storeMediaFile",
            {"filename": filename},
            data=data,
            path=path,
            url=url,
            skipHash=skip_hash,
            deleteExisting=delete_existing,
            collision=collision,
        )
        return result

    def study_streak(self) -> Reply[types.Streak]:
        """Count the days in a row with at least one answer. A day begins at the hour in Anki's preferences."""
        result: Reply[types.Streak] = self._call("studyStreak", {})
        return result

    def suggest_note_type_map(self, old_model_name: str, new_model_name: str) -> Reply[types.NoteTypeMap]:
        """Return how Anki would map fields and templates if notes changed their note type, for `changeNoteType`."""
        result: Reply[types.NoteTypeMap] = self._call(
            "suggestNoteTypeMap", {"oldModelName": old_model_name, "newModelName": new_model_name}
        )
        return result

    def suspend(self, cards: list[int], suspend: bool | None = None) -> Reply[bool]:
        """Suspend cards and return whether any was not suspended yet."""
        result: Reply[bool] = self._call("suspend", {"cards": cards}, suspend=suspend)
        return result

    def suspended(self, card: int) -> Reply[bool]:
        """Return whether a card is suspended."""
        result: Reply[bool] = self._call("suspended", {"card": card})
        return result

    def sync(
        self, full: Literal["upload", "download"] | None = None, wait_for_media: bool | None = None
    ) -> Reply[types.SyncResult]:
        """Sync the collection and its media with the configured account and return what happened."""
        result: Reply[types.SyncResult] = self._call("sync", {}, full=full, waitForMedia=wait_for_media)
        return result

    def sync_login(self, user: str, password: str, server: str | None = None) -> Reply[None]:
        """Log in to AnkiWeb, or to a server of your own, for `sync`. If the login fails, the present account stays."""
        result: Reply[None] = self._call("syncLogin", {"user": user, "password": password}, server=server)
        return result

    def sync_logout(self) -> Reply[bool]:
        """Forget the account for syncing, and return whether there was one. Nothing is lost on either side."""
        result: Reply[bool] = self._call("syncLogout", {})
        return result

    def sync_status(self, fresh: bool | None = None) -> Reply[types.NeededSync]:
        """Return whether a sync is needed, and of which kind, without syncing. Media do not count."""
        result: Reply[types.NeededSync] = self._call("syncStatus", {}, fresh=fresh)
        return result

    def unbury_cards(self, cards: list[int]) -> Reply[int]:
        """Unbury cards and return how many were buried. Suspended cards stay suspended."""
        result: Reply[int] = self._call("unburyCards", {"cards": cards})
        return result

    def unbury_deck(self, deck: str, which: Literal["all", "byHand", "siblings"] | None = None) -> Reply[int]:
        """Show buried cards of a deck and its sub-decks again, and return how many there were."""
        result: Reply[int] = self._call("unburyDeck", {"deck": deck}, which=which)
        return result

    def undo(self) -> Reply[types.UndoneStep]:
        """Undo the newest step and return its name; null if there is none."""
        result: Reply[types.UndoneStep] = self._call("undo", {})
        return result

    def undo_status(self) -> Reply[types.NextSteps]:
        """Return the names of the steps that would be undone and redone next."""
        result: Reply[types.NextSteps] = self._call("undoStatus", {})
        return result

    def unsuspend(self, cards: list[int]) -> Reply[bool]:
        """Unsuspend cards and return whether any was suspended."""
        result: Reply[bool] = self._call("unsuspend", {"cards": cards})
        return result

    def unused_tags(self) -> Reply[list[str]]:
        """List the tags that the collection knows but no note has; `clearUnusedTags` removes them."""
        result: Reply[list[str]] = self._call("unusedTags", {})
        return result

    @overload
    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: Literal[False] | None = None,
    ) -> Reply[types.UpdatedPreset]: ...

    @overload
    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        *,
        dry_run: Literal[True],
    ) -> Reply[types.Losses]: ...

    @overload
    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.UpdatedPreset | types.Losses]: ...

    def update_deck_preset(
        self,
        preset: str,
        changes: types.PresetOptions | None = None,
        new_name: str | None = None,
        dry_run: bool | None = None,
    ) -> Reply[types.UpdatedPreset | types.Losses]:
        """Change some options of a preset, and its name, and return which options had other values."""
        result: Reply[types.UpdatedPreset | types.Losses] = self._call(
            "updateDeckPreset", {"preset": preset}, changes=changes, newName=new_name, dryRun=dry_run
        )
        return result

    def update_filtered_deck(
        self,
        deck: str,
        new_name: str | None = None,
        terms: list[types.SearchTerm] | None = None,
        reschedule: bool | None = None,
        preview_delays: types.PreviewDelays | None = None,
        allow_empty: bool | None = None,
    ) -> Reply[types.FilteredDeck]:
        """Change a filtered deck, empty it, fill it again, and return its settings."""
        result: Reply[types.FilteredDeck] = self._call(
            "updateFilteredDeck",
            {"deck": deck},
            newName=new_name,
            terms=terms,
            reschedule=reschedule,
            previewDelays=preview_delays,
            allowEmpty=allow_empty,
        )
        return result

    def update_image_occlusion_notes(
        self, notes: list[types.ChangedOcclusionNote], on_error: Literal["skip", "abort"] | None = None
    ) -> Reply[list[types.NoteUpdate]]:
        """Change shapes, texts and tags of image occlusion notes and return the outcome for each."""
        result: Reply[list[types.NoteUpdate]] = self._call(
            "updateImageOcclusionNotes", {"notes": notes}, onError=on_error
        )
        return result

    def update_model_styling(self, model: types.NewStyling) -> Reply[None]:
        """Replace the whole styling of a note type."""
        result: Reply[None] = self._call("updateModelStyling", {"model": model})
        return result

    def update_model_templates(self, model: types.NewTemplates) -> Reply[None]:
        """Replace sides of a note type's templates; the other sides stay as they are."""
        result: Reply[None] = self._call("updateModelTemplates", {"model": model})
        return result

    def update_note(self, note: types.NoteChanges) -> Reply[None]:
        """Change fields of a note, replace its tags, or both."""
        result: Reply[None] = self._call("updateNote", {"note": note})
        return result

    def update_note_fields(self, note: types.NoteFields) -> Reply[None]:
        """Change fields of a note; the other fields stay as they are."""
        result: Reply[None] = self._call("updateNoteFields", {"note": note})
        return result

    @overload
    def update_note_model(self, note: types.RetypedNote, dry_run: Literal[False] | None = None) -> Reply[None]: ...

    @overload
    def update_note_model(self, note: types.RetypedNote, *, dry_run: Literal[True]) -> Reply[types.Losses]: ...

    @overload
    def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> Reply[None | types.Losses]: ...

    def update_note_model(self, note: types.RetypedNote, dry_run: bool | None = None) -> Reply[None | types.Losses]:
        """Change the note type of a note and replace its content."""
        result: Reply[None | types.Losses] = self._call("updateNoteModel", {"note": note}, dryRun=dry_run)
        return result

    def update_note_tags(self, note: int, tags: list[str]) -> Reply[None]:
        """Replace the tags of a note; an empty list clears them."""
        result: Reply[None] = self._call("updateNoteTags", {"note": note, "tags": tags})
        return result

    def update_notes(
        self, notes: list[types.ChangedNote], on_error: Literal["skip", "abort"] | None = None
    ) -> Reply[list[types.NoteUpdate]]:
        """Change fields and tags of notes and return the outcome for each."""
        result: Reply[list[types.NoteUpdate]] = self._call("updateNotes", {"notes": notes}, onError=on_error)
        return result

    def upsert_notes(
        self,
        notes: list[types.UpsertedNote],
        key: str | None = None,
        on_error: Literal["skip", "abort"] | None = None,
        idempotency_key: str | None = None,
    ) -> Reply[list[types.Upsert]]:
        """Add notes, or update those that exist, and return the outcome for each."""
        result: Reply[list[types.Upsert]] = self._call(
            "upsertNotes", {"notes": notes}, key=key, onError=on_error, idempotencyKey=idempotency_key
        )
        return result

    def version(self) -> Reply[int]:
        """Return the API version, which is always 6."""
        result: Reply[int] = self._call("version", {})
        return result
