"""Makes actions and events of the registry from the declarations of an author, or says why one is refused."""

from __future__ import annotations

import inspect
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, NamedTuple

from ..rpc import codec, openrpc
from ..rpc.context import Context
from ..rpc.errors import ActionError, ExtensionFailed, MethodNotFound
from ..rpc.executor import RunsOn
from ..rpc.registry import AddedAction, AddedEvent, Described, Example, Owner
from ..rpc.scopes import Scope
from ..text.similar import did_you_mean, similar
from .calls import ExtensionCalls, text_of
from .context import ExtensionContext, ExtensionError, Misuse, is_json
from .declarations import Declared, NotAccepted
from .described import DRY_RUN, Describer, paragraphs, snake
from .json_schema import SchemaFault, accepted, subschemas
from .validation import Check, JsonParams

JsonObject = dict[str, Any]

RUNS_ON = {"collection": RunsOn.COLLECTION, "window": RunsOn.GUI, "thread": RunsOn.ANY}
OPTIONS = frozenset(
    {
        *("params", "result", "scope", "runs_on", "writes", "undo", "idempotent", "cancellable", "dry_run", "errors"),
        *("examples", "agents"),
    }
)
RESERVED = frozenset({"ctx", "self", "dry_run"})
"""Names that a param cannot have in Python."""
FIRST_CODE, CODES = 1_000_000, 1_000_000
"""The codes of errors of extensions: the first, and how many there are. The code follows from the kind."""
_CAMEL_CASE = re.compile(r"[a-z][A-Za-z0-9]*")
_LONGEST_NAME = 80


class Made(NamedTuple):
    """What was made of a declaration."""

    value: AddedAction | AddedEvent
    titles: Sequence[str]
    """The titles of its schemas, which must be unique."""
    params: JsonParams
    notes: Sequence[str] = ()
    """Mistakes that do not prevent its use."""


def code_of(kind: str) -> int:
    """Return the code of a kind of error: always the same one."""
    return FIRST_CODE + zlib.crc32(kind.encode()) % CODES


def make_action(item: Declared, owner: Owner, calls: ExtensionCalls, limit: float) -> Made:
    """Make an action. Raises NotAccepted or SchemaFault."""
    options, name = item.options, item.name
    _check_name(name, owner)
    check_options(options, OPTIONS)
    runs_on = _one_of(options["runs_on"], RUNS_ON, "runs_on")
    writes, dry_run = bool(options["writes"]), options["dry_run"]
    if writes and runs_on is RunsOn.ANY:
        raise NotAccepted('an action that writes needs runs_on="collection" or "window".')
    if dry_run is not None and not (callable(dry_run) and writes):
        raise NotAccepted("dry_run must be a function, and the action needs writes=True.")
    scopes = {scope.value: scope for scope in Scope}
    scope = Scope.WRITE if writes else Scope.READ
    scope = scope if options["scope"] is None else _one_of(options["scope"], scopes, "scope")
    if writes and scope is Scope.READ:
        raise NotAccepted('an action that writes cannot have the scope "read".')
    takes = _params_schema(options["params"])
    returns = accepted({"type": "null"} if options["result"] is None else options["result"], "result")
    _check_defaults(takes, "params")
    for function in (item.handler, *([dry_run] if dry_run else [])):
        _check_handler(function, takes)
    errors = _errors(options["errors"], owner)
    whole = _with_dry_run(takes) if dry_run else takes
    describer, params = Describer(name), JsonParams(whole)
    shown, result = describer.params(whole), describer.result(returns, has_dry_run=dry_run is not None)
    examples, notes = _examples(options["examples"], takes, Check(returns))
    described = Described(
        paragraphs(item.handler, name),
        shown,
        result,
        [
            {"code": code_of(kind), "message": text, "data": {"kind": kind, "extension": owner.name}}
            for kind, text in errors.values()
        ],
        describer.components,
        bool(options["agents"]),
    )
    _check_texts([owner.title, described._asdict(), examples])
    call = _Call(item, owner, calls, runs_on, writes=writes, errors=errors, returns=Check(returns))

    def needs(params: Mapping[str, Any]) -> Iterable[tuple[Scope, str]]:
        calls.require_room()  # before the call waits for the collection
        return ()

    action = AddedAction(
        owner,
        described,
        name,
        call.handle,
        params,
        None,
        runs_on=runs_on,
        scope=scope,
        extra_scopes=() if owner.is_seen or scope is Scope.ADMIN else (Scope.ADMIN,),
        needs=needs,
        writes=writes,
        undoable=writes and bool(options["undo"]),
        idempotent=bool(options["idempotent"]),
        examples=tuple(examples),
        destructive=dry_run is not None,
        touches_notes=_touches_any if writes else None,
        limit=limit,
        startable=runs_on is not RunsOn.GUI,
        cancellable=bool(options["cancellable"]),
    )
    return Made(action, list(describer.titles(*shown, result)), params, notes)


def make_event(item: Declared, owner: Owner) -> Made:
    """Make an event. Raises NotAccepted or SchemaFault."""
    _check_name(item.name, owner)
    check_options(item.options, frozenset({"summary", "params"}))
    takes = _params_schema(item.options["params"])
    describer = Describer(item.name)
    shown = describer.params(takes, "Event")
    summary = " ".join(str(item.options["summary"]).split()) or f"{owner.title}: {item.name}."
    _check_texts([owner.title, summary, shown, describer.components])
    event = AddedEvent(owner, item.name, summary, shown, describer.components)
    return Made(event, list(describer.titles(*shown)), JsonParams(takes, "event"))


def _touches_any(params: Mapping[str, Any]) -> Iterable[int] | None:
    return () if params.get("dry_run") else None


# --- checks ---


def _check_texts(parts: Any) -> None:
    """Refuse texts and numbers with which the whole document could not be written as JSON."""
    if not openrpc.can_be_written(parts):
        raise NotAccepted("a text is not valid Unicode (a lone surrogate), or a number has more than 64 bits.")


def _check_name(name: Any, owner: Owner) -> None:
    prefix, _, own = name.partition("_") if isinstance(name, str) else ("", "", "")
    if prefix != owner.name or not _CAMEL_CASE.fullmatch(own) or len(name) > _LONGEST_NAME:
        raise NotAccepted(
            f"the name must be {owner.name}_ and a name in camel case of letters and digits, such as "
            f"{owner.name}_doIt, of at most {_LONGEST_NAME} characters."
        )


def check_options(options: Mapping[str, Any], known: frozenset[str]) -> None:
    """Raise NotAccepted for an option that does not exist."""
    if unknown := sorted(options.keys() - known):
        hint = did_you_mean(similar(unknown[0], known)) or f" The options are {', '.join(sorted(known))}."
        raise NotAccepted(f"unknown option {unknown[0]}.{hint}")


def _one_of(value: Any, choices: Mapping[str, Any], option: str) -> Any:
    if not isinstance(value, str) or value not in choices:
        raise NotAccepted(f"{option} must be one of {', '.join(choices)}, not {str(value)[:40]!r}.")
    return choices[value]


def _params_schema(schema: Any) -> JsonObject:
    given = {"type": "object"} if schema is None else schema
    if isinstance(given, Mapping) and "type" not in given and "properties" in given:
        given = {"type": "object", **given}
    own = accepted(given, "params")
    if own.get("type") != "object" or own["additionalProperties"] not in (True, False) or "minProperties" in own:
        raise NotAccepted("params must be a schema of the type object with properties, without limits of their number.")
    if given.get("additionalProperties") is True:
        raise NotAccepted("params must not have additionalProperties: an unknown param is an error.")
    names, required = list(own.get("properties", {})), own.get("required", [])
    in_python = list(map(snake, names))
    for place, (name, other) in enumerate(zip(names, in_python, strict=True)):
        if other in RESERVED or other in in_python[:place]:
            raise NotAccepted(f"a param cannot have the name {name}: in Python, {other} is taken.")
    if [name in required for name in names] != sorted((name in required for name in names), reverse=True):
        raise NotAccepted("required params come first in properties, as params can be given by position.")
    return {**own, "additionalProperties": False}


def _with_dry_run(takes: JsonObject) -> JsonObject:
    return {**takes, "properties": {**takes.get("properties", {}), "dryRun": DRY_RUN}}


def _check_defaults(takes: JsonObject, path: str) -> None:
    for schema in subschemas(takes):
        if "default" in schema and (problems := Check(dict(schema)).problems(schema["default"])):
            raise SchemaFault(f"{path}: the default {schema['default']!r} does not fit: {problems[0].message}")


def _check_handler(handler: Any, takes: JsonObject) -> None:
    """Check that it can be called with all params, and without the optional params that have no default."""
    if not callable(handler):
        raise NotAccepted("the handler is not a function.")
    try:
        signature = inspect.signature(handler)
    except (TypeError, ValueError):
        return
    if inspect.iscoroutinefunction(handler) or inspect.isgeneratorfunction(handler):
        raise NotAccepted("the handler must be a plain function that returns the result.")
    members, required = takes.get("properties", {}), takes.get("required", ())
    for names in (members, [name for name, inner in members.items() if name in required or "default" in inner]):
        try:
            signature.bind(None, **dict.fromkeys(names))
        except TypeError as error:
            raise NotAccepted(f"the handler does not fit the params: {error}.") from None


def _errors(errors: Any, owner: Owner) -> dict[str, tuple[str, str]]:
    """Return kind and text of each error by its short name."""
    found = {}
    for name, text in ({} if errors is None else dict(errors)).items():
        if not _CAMEL_CASE.fullmatch(str(name)) or not isinstance(text, str) or not text.strip():
            raise NotAccepted(
                f"errors: {str(name)[:40]!r} must be a name in camel case, with a text that says what it means."
            )
        found[name] = f"{owner.name}_{name}", " ".join(text.split())
    return found


def _examples(examples: Any, takes: JsonObject, returns: Check) -> tuple[list[Example], list[str]]:
    """Return the examples that fit the schemas, and the mistakes of the others."""
    names, required = list(takes.get("properties", {})), set(takes.get("required", ()))
    found: list[Example] = []
    params, notes = JsonParams(takes), []
    for example in examples:
        try:
            own = codec.loads(codec.dumps(dict(example))).value  # its author may change it later
            title, given, result = str(own["name"]), dict(own.get("params", {})), own["result"]
            ordered = {name: given.pop(name) for name in names if name in given}
            if given or [*ordered] != names[: len(ordered)] or not required <= ordered.keys():
                raise NotAccepted(
                    "its params must be the first params of the action, without gaps, and all required ones"
                )
            params.load_for(ordered)
            if problems := returns.problems(result):
                raise NotAccepted(f"its result does not fit: {problems[0].path} {problems[0].message}")
            if title in [other.name for other in found]:
                raise NotAccepted("its name occurs twice")
            found.append(Example(title, ordered, result))
        except (ActionError, NotAccepted, KeyError, TypeError, ValueError) as error:
            reason = str(error) if isinstance(error, NotAccepted) else text_of(error)
            notes.append(f"an example is left out: {reason}")
    return found, notes


# --- calls ---


class _Call:
    """Calls the handler of one action."""

    def __init__(
        self,
        item: Declared,
        owner: Owner,
        calls: ExtensionCalls,
        runs_on: RunsOn,
        *,
        writes: bool,
        errors: Mapping[str, tuple[str, str]],
        returns: Check,
    ) -> None:
        self._item = item
        self._owner = owner
        self._calls = calls
        self._runs_on = runs_on
        self._writes = writes
        self._errors = errors
        self._returns = returns

    def handle(self, context: Context, /, *, dry_run: bool = False, **params: Any) -> Any:
        """Call the handler, or the function for dry runs. Returns a future if it runs on a thread of its own."""
        item, name = self._item, self._item.name
        if item.is_withdrawn:
            raise MethodNotFound(f"Method not found: {name}. The extension has withdrawn it.", method=name)
        is_operation = context.operation is not None
        done = self._calls.begin(name, may_take_long=is_operation)

        def work() -> Any:
            try:
                return self._call(context, params, is_dry_run=dry_run)
            finally:
                done()

        if self._runs_on is not RunsOn.ANY or is_operation:
            return work()
        try:
            return self._calls.on_thread(name, work)
        except BaseException:  # no more threads
            done()
            raise

    def _call(self, context: Context, params: Mapping[str, Any], *, is_dry_run: bool) -> Any:
        handler: Any = self._item.options["dry_run"] if is_dry_run else self._item.handler
        valid: list[Context] = [context]
        ctx = ExtensionContext(
            lambda: valid[0] if valid else None,
            self._runs_on,
            writes=self._writes,
            is_dry_run=is_dry_run,
            error=self._error,
        )
        try:
            value = self._calls.guarded(self._owner, self._item.name, lambda: handler(ctx, **params))
        finally:
            valid.clear()
        problem = _problem_of(value, _CHECK_OF_LOSSES if is_dry_run else self._returns)
        if problem is not None:
            problem += " A dry run returns ctx.losses(...)." if is_dry_run else ""
            self._calls.note(f"{self._item.name}: wrong result: {problem}")
            raise ExtensionFailed.of(self._owner, f"returned a wrong result for {self._item.name}: {problem}")
        return value

    def _error(self, kind: str, message: str | None, data: Mapping[str, Any]) -> ActionError:
        if not isinstance(kind, str) or kind not in self._errors:
            raise Misuse(f"the error {kind!r} is not among the declared errors: {', '.join(self._errors) or 'none'}")
        if wrong := {"kind", "extension"} & data.keys():
            raise Misuse(f"the data of an error cannot have the name {min(wrong)}")
        if not is_json(data):
            raise Misuse("the data of an error must be JSON")
        own, text = self._errors[kind]
        return ExtensionError(code_of(own), own, message or text, self._owner.name, data)


LOSSES = frozenset(
    {
        *("notes", "cards", "decks", "files", "tags", "fields", "templates", "presets", "models", "searches"),
        *("configValues", "changedNotes", "changedCards", "changedDecks", "changedFiles", "changedModels"),
    }
)
"""The kinds of losses, as in the component `Losses`; a test compares them."""


def _going(kind: str) -> JsonObject:
    which, one = ("ids", "integer") if kind.lower().endswith(("notes", "cards")) else ("names", "string")
    members = {"count": {"type": "integer"}, which: {"type": "array", "items": {"type": one}}}
    return {"type": "object", "properties": members, "required": [*members], "additionalProperties": False}


_CHECK_OF_LOSSES = Check(
    {
        "type": "object",
        "properties": {"dryRun": {"type": "boolean", "enum": [True]}, **{kind: _going(kind) for kind in LOSSES}},
        "required": ["dryRun"],
        "additionalProperties": False,
    }
)


def _problem_of(value: Any, check: Check) -> str | None:
    if isinstance(value, Future):
        return "it returned a future"
    with suppress(RecursionError):
        if not (problems := check.problems(value)):
            return None
        return f"{problems[0].path}: {problems[0].message}" if problems[0].path else problems[0].message
    return "it is nested too deeply"
