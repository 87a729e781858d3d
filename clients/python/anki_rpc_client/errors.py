# Made from spec/openrpc.json by `make clients`: do not edit.

"""Every kind of error that the gateway gives."""

from ._core import RpcError


class ParseError(RpcError):
    """Parse error.

    Code -32700; `data` is, for example, `{"kind": "parse_error"}`.
    """

    kind = "parse_error"


class InvalidRequest(RpcError):
    """Invalid Request.

    Code -32600; `data` is, for example, `{"kind": "invalid_request"}`.
    """

    kind = "invalid_request"


class MethodNotFound(RpcError):
    """Method not found.

    Code -32601; `data` is, for example, `{"kind": "method_not_found", "method": "addNoet", "suggestions":
    ["addNote", "addNotes", "canAddNote"]}`.
    """

    kind = "method_not_found"


class InvalidParams(RpcError):
    """Invalid params.

    Code -32602; `data` is, for example, `{"kind": "invalid_params", "fields": {"note.deckName": ["Must be a
    string, not a number: write it in quotes."]}}`.
    """

    kind = "invalid_params"


class InternalError(RpcError):
    """Internal error.

    Code -32603; `data` is, for example, `{"kind": "internal_error"}`.
    """

    kind = "internal_error"


class Busy(RpcError):
    """The gateway is busy; the call was not started.

    Code -32001; `data` is, for example, `{"kind": "busy"}`.
    """

    kind = "busy"


class StillRunning(RpcError):
    """The call was started and is still running; its outcome will not be reported.

    Code -32002; `data` is, for example, `{"kind": "still_running"}`.
    """

    kind = "still_running"


class KeyRequired(RpcError):
    """A valid API key must be provided.

    Code -32003; `data` is, for example, `{"kind": "key_required"}`.
    """

    kind = "key_required"


class PermissionDenied(RpcError):
    """The caller may not do this.

    Code -32004; `data` is, for example, `{"kind": "permission_denied", "origin": "https://example.com",
    "scope": "write"}`.
    """

    kind = "permission_denied"


class CollectionUnavailable(RpcError):
    """collection is not available.

    Code -32005; `data` is, for example, `{"kind": "collection_unavailable"}`.
    """

    kind = "collection_unavailable"


class GuiUnavailable(RpcError):
    """This action needs Anki's window, and the gateway runs without one.

    Code -32006; `data` is, for example, `{"kind": "gui_unavailable"}`.
    """

    kind = "gui_unavailable"


class AnkiTooOld(RpcError):
    """This version of Anki cannot do that; a newer one can.

    Code -32007; `data` is, for example, `{"kind": "anki_too_old", "missing": "set_due_date"}`.
    """

    kind = "anki_too_old"


class ExtensionFailed(RpcError):
    """An extension has failed. The call is not at fault.

    Code -32010; `data` is, for example, `{"kind": "extension_failed", "extension": "furigana"}`.
    """

    kind = "extension_failed"


class StaleSession(RpcError):
    """The profile or the collection is another one than when the session began; nothing was changed.

    Code -32009; `data` is, for example, `{"kind": "stale_session", "session": "5e0c12ab7f3d9a41"}`.
    """

    kind = "stale_session"


class ResponseTooLarge(RpcError):
    """The response would be larger than allowed; `data.ran` says whether the call has run.

    Code -32008; `data` is, for example, `{"kind": "response_too_large", "limit": 1073741824, "setting":
    "limits.responseMegabytes", "ran": true}`.
    """

    kind = "response_too_large"


class NoteNotFound(RpcError):
    """The note was not found.

    Code 101; `data` is, for example, `{"kind": "note_not_found", "note": 1700000000009}`.
    """

    kind = "note_not_found"


class CardNotFound(RpcError):
    """The card was not found.

    Code 102; `data` is, for example, `{"kind": "card_not_found", "card": 1700000001009}`.
    """

    kind = "card_not_found"


class DeckNotFound(RpcError):
    """The deck was not found.

    Code 103; `data` is, for example, `{"kind": "deck_not_found", "deck": "Italien", "suggestions":
    ["Italian"]}`.
    """

    kind = "deck_not_found"


class ModelNotFound(RpcError):
    """The note type was not found.

    Code 104; `data` is, for example, `{"kind": "model_not_found", "model": "Basik", "suggestions": ["Basic"]}`.
    """

    kind = "model_not_found"


class NotFound(RpcError):
    """Something that the call names was not found.

    Code 105; `data` is, for example, `{"kind": "not_found", "model": "Basic", "field": "Fornt", "suggestions":
    ["Front"]}`.
    """

    kind = "not_found"


class Duplicate(RpcError):
    """The note is a duplicate; `data.notes` has the ids of up to 100 equal notes, without those of the same call.

    Code 201; `data` is, for example, `{"kind": "duplicate", "notes": [1700000000001]}`.
    """

    kind = "duplicate"


class EmptyNote(RpcError):
    """The note's first field is empty.

    Code 202; `data` is, for example, `{"kind": "empty_note"}`.
    """

    kind = "empty_note"


class ClozeProblem(RpcError):
    """The note's cloze deletions do not fit its note type.

    Code 203; `data` is, for example, `{"kind": "cloze_problem", "reason": "there is no cloze deletion"}`.
    """

    kind = "cloze_problem"


class AlreadyExists(RpcError):
    """Something of that name exists already.

    Code 204; `data` is, for example, `{"kind": "already_exists", "model": "Basic"}`.
    """

    kind = "already_exists"


class Conflict(RpcError):
    """It was changed meanwhile; `data.mod` is the time of its last change.

    Code 205; `data` is, for example, `{"kind": "conflict", "note": 1700000000001, "mod": 1700000000}`.
    """

    kind = "conflict"


class Refused(RpcError):
    """Anki cannot do what the call asks for.

    Code 206; `data` is, for example, `{"kind": "refused", "field": "pattern"}`.
    """

    kind = "refused"


class SomeFailed(RpcError):
    """Some items failed, so nothing was changed; `data.errors` lists the items and their errors.

    Code 207; `data` is, for example, `{"kind": "some_failed", "errors": [{"code": 103, "message": "deck was not
    found: Italien. Did you mean Italian?", "data": {"kind": "deck_not_found", "deck": "Italien", "index": 1,
    "suggestions": ["Italian"]}}]}`.
    """

    kind = "some_failed"


class InvalidSearch(RpcError):
    """The search text is malformed.

    Code 301; `data` is, for example, `{"kind": "invalid_search"}`.
    """

    kind = "invalid_search"


class FileProblem(RpcError):
    """A file could not be read or written.

    Code 302; `data` is, for example, `{"kind": "file_problem", "field": "path"}`.
    """

    kind = "file_problem"


class DownloadFailed(RpcError):
    """The download failed.

    Code 303; `data` is, for example, `{"kind": "download_failed", "url": "https://example.com/mela.mp3"}`.
    """

    kind = "download_failed"


class ReviewInactive(RpcError):
    """No review is running.

    Code 401; `data` is, for example, `{"kind": "review_inactive"}`.
    """

    kind = "review_inactive"


class WindowClosed(RpcError):
    """The window that the action works on is not open.

    Code 402; `data` is, for example, `{"kind": "window_closed"}`.
    """

    kind = "window_closed"


class NotLoggedIn(RpcError):
    """No account is set up for syncing.

    Code 501; `data` is, for example, `{"kind": "not_logged_in"}`.
    """

    kind = "not_logged_in"


class LoginRefused(RpcError):
    """The sync server refused the login.

    Code 502; `data` is, for example, `{"kind": "login_refused"}`.
    """

    kind = "login_refused"


class Offline(RpcError):
    """The server cannot be reached.

    Code 503; `data` is, for example, `{"kind": "offline"}`.
    """

    kind = "offline"


class FullSyncRequired(RpcError):
    """A full sync is needed, which replaces one side by the other; `data.ways` lists the possible ways.

    Code 504; `data` is, for example, `{"kind": "full_sync_required", "ways": ["upload", "download"]}`.
    """

    kind = "full_sync_required"


class SyncFailed(RpcError):
    """The sync failed.

    Code 505; `data` is, for example, `{"kind": "sync_failed"}`.
    """

    kind = "sync_failed"


class Cancelled(RpcError):
    """It was cancelled, in Anki's window or by cancelOperation.

    Code 506; `data` is, for example, `{"kind": "cancelled"}`.
    """

    kind = "cancelled"


class AnkiError(RpcError):
    """Anki reported an error.

    Code 901; `data` is, for example, `{"kind": "anki_error"}`.
    """

    kind = "anki_error"


class StorageFailed(RpcError):
    """The disk is full, cannot be written to, or fails.

    Code 902; `data` is, for example, `{"kind": "storage_failed", "reason": "full"}`.
    """

    kind = "storage_failed"


class SchedulerOutdated(RpcError):
    """The collection uses a scheduler that Anki no longer supports.

    Code 903; `data` is, for example, `{"kind": "scheduler_outdated"}`.
    """

    kind = "scheduler_outdated"
