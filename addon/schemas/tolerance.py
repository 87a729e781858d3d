"""The values that AnkiConnect accepts beyond the schemas, and the messages with which it rejects others.

Schemas are strict. A request of the old protocol is loaded by the tolerant twin of a schema, which is built here on
first use: a copy whose fields accept more, and whose messages for values of a wrong type are AnkiConnect's. Those texts
are what Python or Anki happened to raise there; clients compare them.

`TYPES` holds the rules for all fields of a type, `METHODS` those for the params of a method, and `OBJECTS` those for
the members of an object in the params. If a field or schema needs behaviour of its own, a class here is mixed into it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from functools import cache
from math import floor, isfinite
from typing import Any, NamedTuple, Self

from ..text.anki_text import split_tags
from ..vendored import marshmallow as ma
from .base import MISSING, Base, Object, Params, flaws
from .card import cards, scheduling
from .deck import options
from .fields import basic, media, numbers, tags
from .fields.basic import INT64
from .fields.models import ModelByName
from .fields.notes import NAMES_AND_IDS, Malformed, Placed
from .gateway import multi
from .graphical import notes as windows
from .media.files import Pattern
from .model import models, templates
from .note import notes, updates
from .statistic import reviews

Words = str | Callable[[Any], str | None]
"""A text of AnkiConnect's, or a function that returns it for a value."""


class Rule(NamedTuple):
    """How the old protocol treats a param."""

    takes: Callable[[Any], Any] | None = None
    """Converts a value that AnkiConnect accepts to one that the field accepts. Not called if the param is missing."""
    words: Words | None = None
    """AnkiConnect's message for a value of a wrong type; default that of the field's type."""
    missing: str | None = None
    """The same for a missing member; default its quoted name."""
    like: type[Any] | None = None
    """A class to mix in, for a field with behaviour of its own."""
    inner: Rule | None = None
    """The same for the items of a list, and the values of an object."""


class ValidationMessage(str):  # noqa: SLOT000
    """A validation message with its sort (`missing`, `unknown`, `invalid`) and AnkiConnect's message."""

    sort: str
    words: str | None

    def __new__(cls, message: str, words: str | None = None, *, sort: str = "invalid") -> Self:
        flaw = super().__new__(cls, message)
        flaw.sort = sort
        flaw.words = words
        return flaw


ACTIONS = frozenset(
    """
    answerCards areDue areSuspended cardsDetails cardsInfo cardsModTime cardsToNotes findCards forgetCards
    getEaseFactors getIntervals gradeNow relearnCards repositionNewCards setDueDate setEaseFactors
    setSpecificValueOfCard suspend suspended unsuspend
    getCollection getCollectionConfig reloadCollection
    changeDeck cloneDeckConfigId createDeck deckNameFromId deckNames deckNamesAndIds deleteDecks
    getDeckConfig getDeckDescription getDeckStats getDecks removeDeckConfigId saveDeckConfig setDeckConfigId
    setDeckDescription
    apiReflect getVersion multi requestPermission version
    guiAddCards guiAddNoteSetData guiAnswerCard guiBrowse guiCheckDatabase guiCurrentCard guiDeckBrowser
    guiDeckOverview guiDeckReview guiEditNote guiExitAnki guiImportFile guiPlayAudio guiReviewActive
    guiSelectCard guiSelectNote guiSelectedNotes guiShowAnswer guiShowQuestion guiStartCardTimer guiUndo
    deleteMediaFile getMediaDirPath getMediaFilesNames retrieveMediaFile storeMediaFile
    createModel findAndReplaceInModels findModelsById findModelsByName modelFieldAdd modelFieldDescriptions
    modelFieldFonts modelFieldNames modelFieldRemove modelFieldRename modelFieldReposition
    modelFieldSetDescription modelFieldSetFont modelFieldSetFontSize modelFieldsOnTemplates modelNameFromId
    modelNames modelNamesAndIds modelStyling modelTemplateAdd modelTemplateRemove modelTemplateRename
    modelTemplateReposition modelTemplates updateModelStyling updateModelTemplates
    addNote addNotes canAddNote canAddNoteWithErrorDetail canAddNotes canAddNotesWithErrorDetail deleteNotes
    findNotes notesInfo notesModTime removeEmptyNotes updateNote updateNoteFields updateNoteModel
    exportPackage importPackage
    getActiveProfile getProfiles loadProfile
    cardReviews getCollectionStatsHTML getLatestReviewID getNumCardsReviewedByDay getNumCardsReviewedToday
    getReviewsOfCards insertReviews
    isFsrsActive
    sync
    addTags clearUnusedTags getNoteTags getTags removeTags replaceTags replaceTagsInAllNotes updateNoteTags
    """.split()  # noqa: SIM905  (a list would take a page)
)
"""The actions of AnkiConnect and its forks. Params of others are loaded as in JSON-RPC."""


def load(schema: type[Params], method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Validate params as AnkiConnect does if it has the action, else as in JSON-RPC, and return them by attribute name.

    Raises marshmallow's ValidationError, for an action of AnkiConnect with ValidationMessages.
    """
    loaded: dict[str, Any] = (twin(schema, method) if method in ACTIONS else schema.instance()).load(params)
    return loaded


@cache
def twin(schema: type[Base], method: str = "") -> Base:
    """The tolerant twin of the schema of a method's params, or of an object in them."""
    old = {}
    for cls in reversed(schema.__mro__):
        old.update(OBJECTS.get(cls, {}))
    old.update(METHODS.get(method, {}))
    fields = {name: _twin_of(field, old.get(name, Rule())) for name, field in schema._declared_fields.items()}
    mixin = SCHEMAS.get(schema, _Twin)
    made: type[Base] = type(schema.__name__, (mixin, schema), fields)
    return made(unknown=ma.EXCLUDE) if issubclass(schema, Object) else made()


def _twin_of(field: ma.fields.Field[Any], old: Rule) -> Any:
    made: Any = copy.copy(field)
    mixin: type[Any] = old.like or next(TYPES[cls] for cls in type(field).__mro__ if cls in TYPES)
    made.__class__ = _mixed(mixin, type(field))
    made.takes, made.missing = old.takes, old.missing
    made.required = made.required or old.missing is not None
    if old.words is not None:
        made.words = old.words
    for name in ("inner", "key_field", "value_field"):
        if getattr(field, name, None) is not None:
            setattr(made, name, _twin_of(getattr(field, name), old.inner or Rule()))
    if isinstance(field, basic.AnyOf):
        made.choices = [_twin_of(choice, old.inner or Rule()) for choice in field.choices]
    return made


def _mixed(mixin: type[Any], field: type[Any]) -> type[Any]:
    if (mixin, field) not in _made:
        _made[mixin, field] = type(f"Tolerant{field.__name__}", (mixin, field), {})
    return _made[mixin, field]


_made: dict[tuple[type[Any], type[Any]], type[Any]] = {}


class _Twin(Base):
    unset_by_null = frozenset()
    """None: null has a message or a meaning of its own in AnkiConnect."""

    def unknown_message(self, name: str) -> str:
        return ValidationMessage("Unknown field.", sort="unknown")


def _text_of(error: ma.ValidationError) -> str:
    """AnkiConnect's message for the first error in a nested value."""
    message = next(flaws(error.messages))[1]
    return getattr(message, "words", None) or message


# --- values that AnkiConnect accepts ---


def _texts_only(value: Any) -> Any:
    """Drop members that are not text from a list: AnkiConnect only checks whether a name is in it."""
    return [member for member in value if isinstance(member, str)] if isinstance(value, list) else value


def _empty_list_for_null(value: Any) -> Any:
    return [] if value is None else value


def _unknown_for_null(ids: Any) -> Any:
    """Replace null by 0, which is never an id: JavaScript writes a missing number as null."""
    return [0 if id is None else id for id in ids] if isinstance(ids, list) and None in ids else ids


def _list_of_iterated(value: Any) -> Any:
    """The items that Python iterates in a text or an object. Lua and PHP write an empty list as an object."""
    return list(value) if isinstance(value, str | dict) else value


def _empty_list_for_empty(value: Any) -> Any:
    """An empty list for an empty text or object, if iterating others would be too dangerous."""
    return [] if value in ("", {}) else value


def _blank_for_null(value: Any) -> Any:
    return "" if value is None else value


def _digits_to_numbers(ids: Any) -> Any:
    """Digits to numbers: in the text of a statement or a search they are the same."""
    if not isinstance(ids, list):
        return ids
    return [int(id) if isinstance(id, str) and re.fullmatch("[0-9]{1,18}", id) else id for id in ids]


def _digits_alone(ids: Any) -> Any:
    """Digits to numbers, and negative numbers to text: in the text of a search, a number has no sign."""
    ids = _digits_to_numbers(ids)
    return [str(id) if isinstance(id, int) and id < 0 else id for id in ids] if isinstance(ids, list) else ids


def _as_int(value: Any) -> Any:
    """The result of Python's `int` for a value, or the value itself."""
    try:
        return int(value) if isinstance(value, str | float) else value
    except (ValueError, OverflowError):
        return value


def _number(value: Any) -> Any:
    """An id that is sent as text."""
    return _as_int(value) if isinstance(value, str) else value


def _tag_list(value: Any) -> Any:
    """A list of tags for one text, and for null."""
    if isinstance(value, str):
        return split_tags(value)
    return list(value) if isinstance(value, dict) else value or []


def _text_or_none(value: Any) -> Any:
    return value if isinstance(value, str) else None


def _text_or_blank(value: Any) -> Any:
    """An empty text for any other value: no name is one."""
    return value if isinstance(value, str) else ""


def _true_or_none(value: Any) -> Any:
    return value or None


def _true_or_blank(value: Any) -> Any:
    return value or ""


def _compared(value: Any) -> Any:
    """A whole number to compare ids with, as SQLite would: no id is greater than a text or null."""
    if value is None or isinstance(value, str):
        return INT64[-1]
    return floor(value) if isinstance(value, float) and isfinite(value) else value


def _whole(value: Any) -> Any:
    """The integer that SQLite reads if the value is pasted into a statement; the value itself if it reads none."""
    written = re.fullmatch(r" *([+-]?[0-9]{1,19})(?:\.0*)? *", value) if isinstance(value, str) else None
    if written:
        return int(written[1])
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _milliseconds(value: Any) -> int:
    """0 for an invalid time: AnkiConnect ignores this member."""
    return int(value) if isinstance(value, int | float) and 0 <= value <= 2**32 - 1 else 0


# --- messages of AnkiConnect ---

NOT_TEXT = "bad argument type for built-in operation"
NOT_TAGS = "Must provide tags as a list of strings"
NO_FIELDS = "Fields must be provided as a dictionary"
COLUMN_AND_ORDER = 'Must provide a "columnId" and a "order" property"'
DIGITS_ONLY = "Invalid search: \u2068expected only digits and commas in cid:\u2069"


def _kind(value: Any) -> str:
    return type(value).__name__


def _cannot_be_integer(value: Any) -> str:
    return f"'{_kind(value)}' object cannot be interpreted as an integer"


def _is_not_iterable(value: Any) -> str:
    return f"'{_kind(value)}' object is not iterable"


def _is_not_subscriptable(value: Any) -> str:
    if isinstance(value, str):
        return "string indices must be integers, not 'str'"
    if isinstance(value, list):
        return "list indices must be integers or slices, not str"
    return f"'{_kind(value)}' object is not subscriptable"


def _not_a_container(value: Any) -> str:
    """Python's message for `in` on a value that is no object."""
    if isinstance(value, list | str):
        return _is_not_subscriptable(value)
    return f"argument of type '{_kind(value)}' is not iterable"


def _has_no_length(value: Any) -> str:
    return f"object of type '{_kind(value)}' has no len()"


def _has_no(attribute: str) -> Words:
    """Python's message for a value without that attribute."""
    return lambda value: f"'{_kind(value)}' object has no attribute '{attribute}'"


def _is_no_int(value: Any) -> str:
    """The message of Python's `int` for a value that it rejects."""
    if isinstance(value, str):
        return f"invalid literal for int() with base 10: {value!r}"
    return f"int() argument must be a string, a bytes-like object or a real number, not '{_kind(value)}'"


def _not_removable(value: Any) -> str:
    """The message for an id as text: AnkiConnect finds it among the ids, but Anki rejects text."""
    if isinstance(value, float) or (isinstance(value, str) and isinstance(_as_int(value), int)):
        return _cannot_be_integer(value)
    return _is_no_int(value)


def _sql_text(value: Any) -> str:
    """SQLite's message for a value that AnkiConnect pastes into a statement, without the part that varies."""
    error = "Error { code: Unknown, extended_code: 1 }"
    return f'DbError {{ info: "SqlInputError {{ error: {error}, msg: \\"no such column: {value}\\"'


def _failure(kind: str, code: int, text: str) -> str:
    """An error of SQLite, in Anki's words."""
    error = f"Error {{ code: {kind}, extended_code: {code} }}"
    return f'DbError {{ info: "SqliteFailure({error}, Some(\\"{text}\\"))", kind: Other }}'


def _no_value(value: Any) -> str:
    return _failure("TypeMismatch", 20, "datatype mismatch") if isinstance(value, float) else _sql_text(value)


def _not_16_bits(what: str) -> str:
    """Anki's message. The column is that in AnkiConnect's call to Anki, which clients cannot know."""
    return f'JsonError {{ info: "invalid {what}, expected u16 at line 1 column 1" }}'


def _model_not_found(name: Any) -> str:
    return f"model was not found: {name}"


def _no_model_id(value: Any) -> str:
    if value is None:
        return _model_not_found(value)
    return _is_no_int(value) if isinstance(value, str) else _cannot_be_integer(value)


def _not_a_name(noun: str) -> Words:
    """The message for a value that is no name; for null, AnkiConnect looks for the name `None`."""
    return lambda value: f"{noun} was not found: None" if value is None else NOT_TEXT


def _not_a_note_id(value: Any) -> str:
    """The message for a value that is no id; for null and empty values, AnkiConnect looks for a note and finds none."""
    return _cannot_be_integer(value) if value else f"Note was not found: {value}"


def _should_be(text: str) -> Words:
    return lambda value: f"{text}: {value}"


def _must_be_boolean(name: str) -> str:
    return f'option parameter "{name}" must be boolean'


def _no_words(_: Any) -> None:
    """No message: AnkiConnect returns `false`."""


def _required(text: str, words: Callable[[Any], str]) -> Rule:
    """A member for which AnkiConnect has one message if it is missing, null, zero or empty."""
    return Rule(_true_or_none, lambda value: text if value is None else words(value), missing=text)


# --- fields, by their types ---


class _Tolerant(basic.Field):
    """Mixed into every field of a twin."""

    takes: Callable[[Any], Any] | None
    missing: str | None
    words: Words | None = None

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        if self.takes is not None and value is not ma.missing:
            value = self.takes(value)
        try:
            return super().deserialize(value, attr, data, **more)
        except ma.ValidationError as error:
            messages = error.messages
        if value is ma.missing:
            messages = [ValidationMessage(messages[0], self.missing or repr(self.data_key), sort="missing")]
        elif isinstance(messages, list):
            messages = [
                m if isinstance(m, ValidationMessage) else ValidationMessage(m, self.legacy_message(m, value))
                for m in messages
            ]
        raise ma.ValidationError(messages)

    def legacy_message(self, message: str, value: Any) -> str | None:
        """AnkiConnect's message for a value that the field rejects."""
        return self.words(value) if callable(self.words) else self.words

    def invalid_message(self, value: Any) -> str | None:
        """AnkiConnect's message for a value of the right type that a validator rejects."""
        return None

    def _validate(self, value: Any) -> None:
        try:
            super()._validate(value)
        except ma.ValidationError as error:
            words = self.invalid_message(value)
            raise ma.ValidationError([ValidationMessage(message, words) for message in error.messages]) from None


class _String(_Tolerant):
    words: Words | None = NOT_TEXT

    def legacy_message(self, message: str, value: Any) -> str | None:
        if isinstance(value, str):
            try:
                value.encode()
            except UnicodeEncodeError as error:
                return str(error)
            return self.legacy_message_of_text(message, value)
        return super().legacy_message(message, value)

    def legacy_message_of_text(self, message: str, text: str) -> str | None:
        """The same for a value that is valid text."""
        return message


class _DueDays(_String):
    def legacy_message_of_text(self, message: str, text: str) -> str:
        return "A number was invalid or out of range." if re.fullmatch("[0-9]+(-[0-9]+)?!?", text) else text


class _CardValue(_String):
    def legacy_message(self, message: str, value: Any) -> str:
        return NOT_TEXT if value is None else f"unsupported field requested: {value}"


class _AnyText(_String):
    """Any text, whatever else the field asks of it: a pattern of any length."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        return basic.String._deserialize(self, value, attr, data, **more)  # type: ignore[arg-type]


class _Base64(_AnyText):
    """Text that is not decoded here: invalid base64 is reported for each file."""

    words = staticmethod(lambda value: f"argument should be a bytes-like object or ASCII string, not '{_kind(value)}'")


class _Id(_Tolerant):
    words = staticmethod(_cannot_be_integer)
    reads_floats = False

    def legacy_message(self, message: str, value: Any) -> str | None:
        if isinstance(value, int) and value not in INT64:
            return f"Value out of range: {value}"
        return super().legacy_message(message, value)


class _Integer(_Id):
    """`true` is 1."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        return super()._deserialize(int(value) if isinstance(value, bool) else value, attr, data, **more)


class _Position(_Integer):
    """A negative position counts from the end, as in Python."""

    def _validate(self, value: Any) -> None:
        pass


class _Between(_Id):
    def legacy_message(self, message: str, value: Any) -> str | None:
        if type(value) is int and self.words is _cannot_be_integer:
            return f"Value out of range: {value}"
        return _Tolerant.legacy_message(self, message, value)


class _FontSize(_Integer):
    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if isinstance(value, bool):
            text = _not_16_bits(f"type: boolean `{str(value).lower()}`")
            raise ma.ValidationError([ValidationMessage("Not a valid integer.", text)])
        return super()._deserialize(value, attr, data, **more)

    def invalid_message(self, value: Any) -> str:
        return _not_16_bits(f"value: integer `{value}`")


class _Boolean(_Tolerant):
    """Python's truth value of any value, unless there is a message for other types."""

    def _validate_missing(self, value: Any) -> None:
        if value is not None or self.words is not None:
            super()._validate_missing(value)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        return super()._deserialize(bool(value) if self.words is None else value, attr, data, **more)


class _List(_Tolerant):
    """Any value that Python iterates, unless there is a message for other types."""

    words = staticmethod(_is_not_iterable)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if self.words is _is_not_iterable:
            value = _list_of_iterated(value)
        return super()._deserialize(value, attr, data, **more)


class _Tags(_List):
    def legacy_message(self, message: str, value: Any) -> str | None:
        return message if isinstance(value, list) else super().legacy_message(message, value)


class _ProperList(_Tolerant):
    """A real list: neither text nor an object is accepted."""

    words = staticmethod(_is_not_iterable)


class _Object(_Tolerant):
    words = staticmethod(_has_no("items"))  # type: ignore[arg-type]


class _Nested(_Tolerant):
    words: Words | None = staticmethod(_is_not_subscriptable)

    @property
    def schema(self) -> Base:
        return twin(self.nested)  # type: ignore[attr-defined]


# --- fields with behaviour of their own ---


class _IdsAsSent(_List):
    """Ids that the result repeats: any plain values, and a text as its letters."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if isinstance(value, str | dict):
            return list(value)
        if isinstance(value, list) and not {bool, dict, list} & set(map(type, value)):
            return value
        return super()._deserialize(value, attr, data, **more)


class _PastedIds(_List):
    """Ids that AnkiConnect pastes into SQL, so that numeric text counts too."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if isinstance(value, list) and not set(map(type, value)) <= {int}:
            value = [int(member) if isinstance(member, bool) else _as_int(member) for member in value]
        return super()._deserialize(value, attr, data, **more)


class _OrderedIds(_List):
    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if value == []:
            raise ma.ValidationError("Shorter than minimum length 1.")
        if isinstance(value, list) and (flawed := [index for index, id in enumerate(value) if type(id) is not int]):
            text = f"orderedCardIds should contain only integers: {value}"
            raise ma.ValidationError({index: [ValidationMessage("Not a valid integer.", text)] for index in flawed})
        return super()._deserialize(value, attr, data, **more)


class _Row(_List):
    """Values that SQLite reads as integers."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        value = [_whole(x) for x in value] if isinstance(value, list) else _list_of_iterated(value)
        return super()._deserialize(value, attr, data, **more)

    def legacy_message(self, message: str, value: Any) -> str | None:
        if isinstance(value := _list_of_iterated(value), list):
            return _failure("Unknown", 1, f"{len(value)} values for {reviews.WIDTH} columns")
        return super().legacy_message(message, value)


class _FileName(_String):
    def invalid_message(self, value: Any) -> str:
        return "Directory not empty (os error 39)"


class _Media(_List):
    """A list of media items, or a single one.

    An invalid item becomes `{"error": text, "fields": [...]}`: AnkiConnect adds the note and writes the text into the
    item's fields.
    """

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        return super().deserialize([] if value in (None, "") else value, attr, data, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        items = value if isinstance(value, list) else [value]
        return [self._item(item) for item in items if item is not None]

    def _item(self, item: Any) -> Any:
        if not isinstance(item, dict):
            raise ma.ValidationError([ValidationMessage("Not an object.", _is_not_subscriptable(item))])
        fields = item.get("fields")
        for name in fields if isinstance(fields, list) else ():
            if isinstance(name, list | dict):  # AnkiConnect looks it up in a dictionary
                raise ma.ValidationError(
                    [ValidationMessage("Not a valid string.", f"unhashable type: '{_kind(name)}'")]
                )
        try:
            return self.inner.deserialize(item)  # type: ignore[attr-defined]
        except ma.ValidationError as error:
            text = _text_of(error)
        if not isinstance(fields, list):
            raise ma.ValidationError([ValidationMessage(MISSING, "'fields'")])
        return {"error": text, "fields": _texts_only(fields)}


class _Options(_Nested):
    """Options of a note. AnkiConnect only checks which names are in them, so a list or text without them has none."""

    words = staticmethod(_not_a_container)

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        if isinstance(value, list | str) and not any(name in value for name in self._names()):
            value = {}
        return super().deserialize(value, attr, data, **more)

    def _validate_missing(self, value: Any) -> None:
        if value is None:
            raise ma.ValidationError("Field may not be null.")
        super()._validate_missing(value)

    def _names(self) -> list[str]:
        return [str(field.data_key) for field in self.schema.load_fields.values()]


def _valid_or_malformed(deserialize: Callable[[Any], Any], value: Any) -> Any:
    try:
        return deserialize(value)
    except ma.ValidationError as error:
        return Malformed(_text_of(error))


class _NoteOrMalformed(_Nested):
    """A note that is only checked: the result covers even a malformed one."""

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        if value is ma.missing:
            return super().deserialize(value, attr, data, **more)
        return _valid_or_malformed(super().deserialize, value)


class _NotesOrMalformed(_List):
    """A list of notes in which an invalid note keeps its place."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not isinstance(value, list):
            return super()._deserialize(value, attr, data, **more)
        return [_valid_or_malformed(self.inner.deserialize, member) for member in value]  # type: ignore[attr-defined]


class _Changes(_Nested):
    """Fields or tags; files without fields are dropped."""

    words = staticmethod(_has_no("keys"))  # type: ignore[arg-type]

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if isinstance(value, dict) and "fields" not in value and "tags" in value:
            changes = basic.Nested._deserialize(self, value, attr, data, **more)  # type: ignore[arg-type]
            return {**changes, **{kind: [] for kind in updates.FILES if changes[kind]}}
        return super()._deserialize(value, attr, data, **more)

    def legacy_message(self, message: str, value: Any) -> str | None:
        return message if isinstance(value, dict) else super().legacy_message(message, value)


class _BrowserSide(_String):
    """AnkiConnect ignores these members, so any value is accepted."""

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        return super().deserialize(value if isinstance(value, str) else ma.missing, attr, data, **more)


class _Own(_Tolerant):
    """A param that AnkiConnect does not have: as strict as in JSON-RPC, with the same messages. Null leaves it out."""

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        return super().deserialize(ma.missing if value is None else value, attr, data, **more)

    def legacy_message(self, message: str, value: Any) -> str:
        return f"{self.data_key}: {message}"

    def _validate(self, value: Any) -> None:
        super(_Tolerant, self)._validate(value)


# --- schemas with behaviour of their own ---


class _Placed(_Twin, Placed):
    """Ignores an id if there is a name: clients may send members that AnkiConnect does not know."""

    def load(self, data: Any, **more: Any) -> Any:
        if isinstance(data, dict) and (extra := {id for name, id in NAMES_AND_IDS if name in data and id in data}):
            data = {member: value for member, value in data.items() if member not in extra}
        return super().load(data, **more)

    def naming_flaws(self, data: dict[str, Any]) -> dict[str, list[str]]:
        missing = [name for name in super().naming_flaws(data) if name not in data]
        return {name: [ValidationMessage(MISSING, repr(name), sort="missing")] for name in missing}


class _Retyped(_Twin, Placed):
    """Needs the name of the note type, and ignores an id: AnkiConnect knows none here."""

    def load(self, data: Any, **more: Any) -> Any:
        if isinstance(data, dict):
            data = {member: value for member, value in data.items() if member != "modelId"}
        return super().load(data, **more)

    def naming_flaws(self, data: dict[str, Any]) -> dict[str, list[str]]:
        return {}


class _SetEaseFactors(_Twin, scheduling.SetEaseFactors):
    """Accepts more factors than cards."""

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        missing = len(loaded["cards"]) - len(loaded["ease_factors"])
        if missing > 0:
            flaw = ValidationMessage("There must be as many as there are cards.", "list index out of range")
            raise ma.ValidationError({"easeFactors": [flaw]})
        return loaded


class _CardsDetails(_Twin, cards.CardsDetails):
    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if loaded["cards"] is None and loaded["query"] is None:
            raise ma.ValidationError({"cards": [ValidationMessage(MISSING, "'cards'", sort="missing")]})
        return loaded


class _SetSpecificValueOfCard(_Twin, scheduling.SetSpecificValueOfCard):
    """Skips unknown names, and reads null as 0 or an empty text."""

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        self.check_keys(loaded)
        pairs = []
        for index, (key, value) in enumerate(zip(loaded["keys"], loaded["new_values"], strict=True)):
            if key == "id":
                text = "A card's id cannot be changed."
                raise ma.ValidationError({"keys": {index: [ValidationMessage(text, text)]}})
            if key in _VALUES:
                pairs.append((key, None if value is None else self.value(_VALUES, index, key, value)))
        return {**loaded, "keys": [key for key, _ in pairs], "new_values": [value for _, value in pairs]}


class _OptionsGroup(_Twin, options.OptionsGroup):
    def load(self, data: Any, **more: Any) -> Any:
        try:
            return super().load(data, **more)
        except ma.ValidationError as error:
            messages = error.messages_dict
        raise ma.ValidationError(
            {
                name: [m if isinstance(m, ValidationMessage) else ValidationMessage(m, m) for m in found]
                for name, found in messages.items()
            }
        )


# --- the tables ---

TYPES: dict[type[Any], type[_Tolerant]] = {
    basic.String: _String,
    basic.Integer: _Integer,
    basic.Id: _Id,
    basic.Number: _Tolerant,
    basic.Boolean: _Boolean,
    basic.List: _List,
    tags.Tags: _Tags,
    basic.StringDict: _Object,
    basic.Dict: _Object,
    basic.Nested: _Nested,
    basic.Anything: _Tolerant,
    basic.AnyOf: _Tolerant,
    numbers.Between: _Between,
    numbers.Position: _Position,
    media.Base64: _Base64,
    media.Media: _Media,
    cards.CardValue: _CardValue,
    scheduling.DueDays: _DueDays,
    reviews.ReviewRow: _Row,
    updates.FieldsOrTags: _Changes,
    Pattern: _AnyText,
}

SCHEMAS: dict[type[Base], type[Base]] = {
    scheduling.SetEaseFactors: _SetEaseFactors,
    scheduling.SetSpecificValueOfCard: _SetSpecificValueOfCard,
    cards.CardsDetails: _CardsDetails,
    options.OptionsGroup: _OptionsGroup,
    **dict.fromkeys((notes.NewNote, windows.NoteDraft, windows.NoteDraftChange), _Placed),
    updates.RetypedNote: _Retyped,
}

_OWN = Rule(like=_Own)
_CONTENT = {name: Rule(_true_or_none) for name in ("data", "path", "url")}
_FILE = {"filename": Rule(like=_FileName), **_CONTENT, "skip_hash": Rule(_text_or_none)}
_TAGS = {"tags": Rule(_tag_list, NOT_TEXT)}
_IDS = {"model_id": _OWN, "deck_id": _OWN}
_ALL_TAGS = {"tags": Rule(lambda tags: [tags] if isinstance(tags, str) else tags, NOT_TAGS, inner=Rule(words=NOT_TAGS))}

OBJECTS: dict[type[Any], dict[str, Rule]] = {
    Params: {"dry_run": Rule(words=_must_be_boolean("dryRun"))},
    ModelByName: {"model_name": Rule(words=_model_not_found)},
    models.NewStyling: {"name": Rule(words=_model_not_found)},
    models.NewField: {"description": Rule(_blank_for_null)},
    templates.NewTemplates: {
        "name": Rule(words=_model_not_found),
        "templates": Rule(inner=Rule(lambda sides: sides or {})),
    },
    templates.NewSides: {
        "front": Rule(_true_or_blank),
        "back": Rule(_true_or_blank),
        "browser_front": Rule(like=_BrowserSide),
        "browser_back": Rule(like=_BrowserSide),
    },
    media.MediaItem: {**_FILE, "fields": Rule(_texts_only)},
    notes.NewNote: {
        "model_name": Rule(words=_not_a_name("model")),
        "deck_name": Rule(words=_not_a_name("deck")),
        **_TAGS,
        **_IDS,
        "options": Rule(like=_Options),
    },
    notes.NoteOptions: {
        "allow_duplicate": Rule(words=_must_be_boolean("allowDuplicate")),
        "duplicate_scope": Rule(lambda value: value if value == "deck" else None),
        "duplicate_scope_options": Rule(like=_Options),
        **dict.fromkeys(("create_deck", "allow_missing_cloze", "suspended", "flag"), _OWN),
    },
    notes.DuplicateScopeOptions: {
        "deck_name": Rule(_text_or_none),
        "check_children": Rule(words=_must_be_boolean("duplicateScopeOptions.checkChildren")),
        "check_all_models": Rule(words=_must_be_boolean("duplicateScopeOptions.checkAllModels")),
        "deck_id": Rule(lambda _: None),
    },
    updates.NoteFields: {"id": Rule(words=_not_a_note_id), "expected": _OWN},
    updates.NoteChanges: _ALL_TAGS,
    updates.RetypedNote: {
        "id": _required("Note ID is required", _not_a_note_id),
        "model_name": _required("Model name is required", lambda _: NOT_TEXT),
        "fields": _required(NO_FIELDS, lambda _: NO_FIELDS),
        **_TAGS,
    },
    windows.NoteDraft: {**_TAGS, **_IDS},
    windows.NoteDraftChange: {**_TAGS, **_IDS},
    windows.ReorderCards: {
        "order": Rule(words=_should_be("invalid card order"), missing=COLUMN_AND_ORDER),
        "column_id": Rule(missing=COLUMN_AND_ORDER),
    },
    scheduling.Answer: {
        "card_id": Rule(lambda value: 0 if value is None else value),
        "ease": Rule(words="invalid ease"),
        "time": Rule(_milliseconds),
    },
    options.OptionsGroup: {"id": Rule(_as_int, lambda value: _is_no_int(str(value)))},
    multi.Call: {"params": Rule(inner=Rule(words="Not a list."))},
}

_UNKNOWN_CARDS = {"cards": Rule(_unknown_for_null)}
_SEARCHED_CARDS = {"cards": Rule(_digits_alone, inner=Rule(words=DIGITS_ONLY))}
_NO_CARDS = {"cards": Rule(_empty_list_for_null)}
_NUMBERED_CARDS = {"cards": Rule(_digits_to_numbers)}
_CARDS_AS_SENT = {"cards": Rule(like=_IdsAsSent)}
_UNKNOWN_NOTES = {"notes": Rule(_unknown_for_null)}
_NOTES_TAGS = {"notes": Rule(_empty_list_for_null), "tags": Rule(_blank_for_null)}
_BLANK_DECK = {"deck": Rule(_blank_for_null)}
_KNOWN_DECK = {"deck": Rule(words=_should_be("Deck not found"))}
_CONFIG_ID = {"config_id": Rule(_as_int, _is_no_int)}
_ANY_NOTE = {"note": Rule(like=_NoteOrMalformed)}
_ANY_NOTES = {"notes": Rule(like=_NotesOrMalformed)}
_OLD_TAG = {"tag_to_replace": Rule(words=_has_no("lower"))}


def _proper(name: str) -> Rule:
    return Rule(_empty_list_for_null, _should_be(f"{name} should be a list"))


METHODS: dict[str, dict[str, Rule]] = {
    # cards
    "areDue": _SEARCHED_CARDS,
    "areSuspended": _UNKNOWN_CARDS,
    "cardSounds": _UNKNOWN_CARDS,
    "cardStats": _UNKNOWN_CARDS,
    "cardsDetails": {
        "cards": _proper("cards"),
        "fields": _proper("fields"),
        "note_fields": _proper("noteFields"),
    },
    "cardsInfo": _UNKNOWN_CARDS,
    "cardsModTime": _UNKNOWN_CARDS,
    "cardsToNotes": _NUMBERED_CARDS,
    "forgetCards": {**_NO_CARDS, "restore_position": _OWN, "reset_counts": _OWN},
    "getEaseFactors": _UNKNOWN_CARDS,
    "getIntervals": _SEARCHED_CARDS,
    "gradeNow": {"ease": Rule(words="ease must be between 1 and 4")},
    "relearnCards": _NUMBERED_CARDS,
    "repositionNewCards": {
        "ordered_card_ids": Rule(words=_should_be("orderedCardIds should be a non-empty list"), like=_OrderedIds),
        "start_position": Rule(words=_should_be("startPosition should be an integer >= 1")),
        "step": Rule(words=_should_be("step should be an integer >= 1")),
        "shift": Rule(words=_should_be("shift should be a boolean")),
        "random": _OWN,
    },
    "setDueDate": _NO_CARDS,
    "setSpecificValueOfCard": {
        "card": Rule(words=lambda value: None if isinstance(value, list) else _cannot_be_integer(value)),
        "keys": Rule(words=_no_words),
        "new_values": Rule(words=_no_words),
        "warning_check": Rule(lambda value: value is not False),
    },
    # decks
    "changeDeck": {"cards": Rule(like=_PastedIds, inner=Rule(words=_sql_text)), **_BLANK_DECK},
    "cloneDeckConfigId": {"clone_from": Rule(_as_int, _is_no_int)},
    "createDeck": _BLANK_DECK,
    "deckNameFromId": {"deck_id": Rule(lambda value: 0 if value is None else _as_int(value), _is_no_int)},
    "deleteDecks": {  # a text letter by letter would be too dangerous
        "decks": Rule(lambda names: _texts_only(_empty_list_for_empty(names)), like=_ProperList)
    },
    "getDeckConfig": {"deck": Rule(_text_or_blank)},
    "getDeckDescription": _KNOWN_DECK,
    "getDecks": _CARDS_AS_SENT,
    "removeDeckConfigId": {"config_id": Rule(words=_not_removable)},
    "setDeckConfigId": {
        "decks": Rule(lambda names: [*map(_text_or_blank, names)] if isinstance(names, list) else names),
        **_CONFIG_ID,
    },
    "setDeckDescription": {**_KNOWN_DECK, "description": Rule(words="description must be a string")},
    # notes
    "addNotes": _ANY_NOTES,
    "canAddNote": _ANY_NOTE,
    "canAddNoteWithErrorDetail": _ANY_NOTE,
    "canAddNotes": _ANY_NOTES,
    "canAddNotesWithErrorDetail": _ANY_NOTES,
    "deleteNotes": {"notes": Rule(_empty_list_for_null)},
    "notesInfo": {**_UNKNOWN_NOTES, "plain_text": _OWN},
    "notesModTime": _UNKNOWN_NOTES,
    "updateNoteModel": {"note": Rule(words=_has_no("get"))},
    # tags
    "addTags": _NOTES_TAGS,
    "getNoteTags": {"note": Rule(words=_not_a_note_id)},
    "removeTags": _NOTES_TAGS,
    "replaceTags": {**_UNKNOWN_NOTES, **_OLD_TAG},
    "replaceTagsInAllNotes": _OLD_TAG,
    "updateNoteTags": {"note": Rule(words=_not_a_note_id), **_ALL_TAGS},
    # note types
    "createModel": {
        "in_order_fields": Rule(_list_of_iterated, _has_no_length, inner=Rule(words=NOT_TEXT)),
        "card_templates": Rule(_list_of_iterated, _has_no_length, inner=Rule(words=_not_a_container)),
        "css": Rule(lambda css: css if css is None else css or ""),
    },
    "findAndReplaceInModels": {
        "model_name": Rule(_true_or_none, _model_not_found),
        "find_text": Rule(
            words=lambda value: f"'in <string>' requires string as left operand, not {_kind(value)}",
        ),
    },
    "findModelsById": {"model_ids": Rule(inner=Rule(_number, _no_model_id))},
    "findModelsByName": {"model_names": Rule(inner=Rule(words=_model_not_found))},
    "modelFieldSetDescription": {"description": Rule(words=_should_be("description should be a string"))},
    "modelFieldSetFont": {"font": Rule(words=_should_be("font should be a string"))},
    "modelFieldSetFontSize": {"font_size": Rule(words=_should_be("fontSize should be an integer"), like=_FontSize)},
    "modelNameFromId": {"model_id": Rule(_number, _no_model_id)},
    # media
    "deleteMediaFile": {"filename": Rule(like=_FileName)},
    "getMediaFilesNames": {
        "pattern": Rule(
            words=lambda value: f"join() argument must be str, bytes, or os.PathLike object, not '{_kind(value)}'"
        )
    },
    "retrieveMediaFile": {
        "filename": Rule(words=lambda value: f"expected str, bytes or os.PathLike object, not {_kind(value)}")
    },
    "storeMediaFile": {**_FILE, "collision": _OWN},
    # statistics
    "cardReviews": {**_BLANK_DECK, "start_id": Rule(_compared)},
    "getLatestReviewID": _BLANK_DECK,
    "getReviewsOfCards": _CARDS_AS_SENT,
    "insertReviews": {"reviews": Rule(_empty_list_for_empty, _has_no_length, inner=Rule(inner=Rule(words=_no_value)))},
    # windows
    "guiAnswerCard": {
        "ease": Rule(words=lambda value: f"'<=' not supported between instances of '{_kind(value)}' and 'int'")
    },
    "guiBrowse": {"reorder_cards": Rule(words=_should_be("reorderCards should be a dict"))},
    "guiImportFile": {"path": Rule(_true_or_none)},
    # the gateway, packages, profiles
    "apiReflect": {
        "scopes": Rule(_texts_only, "scopes has invalid value"),
        "actions": Rule(
            words="actions has invalid value",
            inner=Rule(words=lambda value: f"attribute name must be string, not '{_kind(value)}'"),
        ),
    },
    "multi": {"actions": Rule(inner=Rule(words=_has_no("get")))},
    "exportPackage": {
        **_BLANK_DECK,
        **dict.fromkeys(("with_media", "with_deck_options", "legacy"), _OWN),
        "include_sched": Rule(lambda x: bool(x) if x is None or isinstance(x, int) else x, _cannot_be_integer),
    },
    "loadProfile": {"name": Rule(_text_or_blank)},
}

_OF_CARDS = {
    basic.Integer: Rule(like=_Id),  # `true` is none
    basic.Number: Rule(words=lambda value: f"must be real number, not {_kind(value)}"),
}
_VALUES = {name: _twin_of(field, _OF_CARDS.get(type(field), Rule())) for name, field in scheduling.VALUES.items()}
