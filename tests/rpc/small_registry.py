"""The methods of the specification's examples, and some that misbehave."""

from typing import NamedTuple

from addon.collection.undo_step import AnkiUndoHistory
from addon.rpc.caller import Caller
from addon.rpc.dispatcher import Dispatcher
from addon.rpc.errors import NotFound, PermissionDenied
from addon.rpc.executor import InlineExecutor, RunsOn
from addon.rpc.registry import Registry
from addon.schemas.base import NoParams, Object, Params
from addon.schemas.fields.basic import NOTHING, Anything, Boolean, Ids, Integer, List, Nested, Number, String

SECRET = "/home/somebody/collection.anki2"


class Subtract(Params):
    minuend = Integer(required=True)
    subtrahend = Integer(required=True)


class Sum(Params):
    a = Integer(required=True)
    b = Integer(load_default=0)
    c = Integer(load_default=0)


class Update(Params):
    values = Ids(required=True)


class Echo(Params):
    value = Anything(required=True, allow_none=True)


class Person(Object):
    name = String(required=True)
    age = Integer(load_default=None)


class Greet(Params):
    person = Nested(Person, required=True)
    first_name = Boolean(load_default=True)
    weight = Number(load_default=0)


class Several(Params):
    messages = List(Anything(), required=True)
    keys = List(Anything(allow_none=True), required=True)


class Start(Params):
    method = String(required=True)
    params = Anything(load_default=list)


class Host:
    """A host without a collection. It records the calls, and what the dispatcher asks of it."""

    def __init__(self):
        self.calls = []
        self.ended = []
        self.changes = []
        self.saved = []
        self.steps = []
        self.has_window = False
        self.answer = None
        """The future that `ask` returns."""
        self.name = "nobody"
        """The name of the open profile."""
        self.prepare = None
        """Called while `late` is prepared."""

    def collection(self):
        return None

    def session(self):
        return "now"

    def undo_history(self):
        return AnkiUndoHistory()

    def window(self):
        return self if self.has_window else None

    def profile(self):
        return self.name

    def progress(self, *, of_sync):
        return None

    def changed(self, changes):
        self.changes.append(changes)

    def save_input(self, note_ids):
        self.saved.append(note_ids)


SMALL = Registry()
action = SMALL.action


def leave(params, caller, host):
    raise SystemExit(4)


@action("subtract", Subtract, Integer())
def subtract(ctx, minuend, subtrahend):
    ctx.host.calls.append("subtract")
    return minuend - subtrahend


@action("sum", Sum, Integer())
def sum_(ctx, a, b, c):
    ctx.host.calls.append("sum")
    return a + b + c


@action("update", Update, NOTHING)
@action("notify_sum", Update, NOTHING)
def update(ctx, values):
    ctx.host.calls.append("update")


@action("notify_hello", Update, NOTHING)
def notify_hello(ctx, values):
    ctx.host.calls.append("notify_hello")


@action("get_data", NoParams, Anything())
def get_data(ctx):
    ctx.host.calls.append("get_data")
    return ["hello", 5]


@action("echo", Echo, Anything(), runs_on=RunsOn.ANY)
def echo(ctx, value):
    return value


@action("greet", Greet, String())
def greet(ctx, person, first_name, weight):
    return f"Hello {person['name']}"


@action("raise_known", NoParams, NOTHING)
def raise_known(ctx):
    raise NotFound("no such thing", name="thing")


@action("raise_unknown", NoParams, NOTHING)
def raise_unknown(ctx):
    raise OSError(SECRET)


@action("exit", NoParams, NOTHING)
def exit_(ctx):
    raise SystemExit(3)


@action("exit_early", NoParams, NOTHING, prepare=leave)
def exit_early(ctx):
    ctx.host.calls.append("exit_early")


@action("return_set", NoParams, Anything())
def return_set(ctx):
    return {1, 2}


@action("return_depth", NoParams, Anything())
def return_depth(ctx):
    value: list = []
    for _ in range(100_000):
        value = [value]
    return value


@action("return_surrogate", NoParams, String())
def return_surrogate(ctx):
    return "\ud800"


@action("return_huge", NoParams, Anything())
def return_huge(ctx):
    return 2**70


@action("secret", NoParams, NOTHING)
def secret(ctx):
    ctx.host.calls.append("secret")


@action("ask", NoParams, Anything(), runs_on=RunsOn.ANY, interactive=True, startable=True, limit=0.5)
def ask(ctx):
    return ctx.host.answer


def prepare_late(params, caller, host):
    host.prepare()
    return params


@action("late", NoParams, NOTHING, prepare=prepare_late, touches_notes=lambda params: None)
def late(ctx):
    ctx.host.calls.append("late")


def try_it(params, caller, host, is_wanted):
    return params


@action("tried", NoParams, NOTHING, validate_in_trial=try_it)
def tried(ctx):
    ctx.host.calls.append("tried")


@action("edit", Update, NOTHING, writes=True, touches_notes=lambda params: params["values"], limit=700)
def edit(ctx, values):
    ctx.host.calls.append("edit")
    ctx.host.steps.append(ctx.step)
    ctx.step._changes = values


@action("show", NoParams, NOTHING, runs_on=RunsOn.GUI)
def show(ctx):
    ctx.host.steps.append(ctx.step)


@action("editChunks", Update, NOTHING, writes=True, cancellable=True)
def edit_chunks(ctx, values):
    for chunk in ctx.chunks(values, 2):
        ctx.step._changes = chunk


@action("several", Several, Anything(), runs_on=RunsOn.ANY)
def several(ctx, messages, keys):
    return ctx.dispatch_batch(messages, keys)


@action("start", Start, Anything(), runs_on=RunsOn.ANY)
def start(ctx, method, params):
    operation = ctx.start_operation(method, params)
    assert operation.wait(10)
    return [operation.state.value, *operation.outcome()]


@action("whose", NoParams, Anything(), runs_on=RunsOn.ANY)
def whose(ctx):
    return ctx.caller.key


def authorise(caller: Caller, action):
    if action is not None and action.name == "secret":
        raise PermissionDenied
    return caller


class Limits(NamedTuple):
    batch: int = 10_000
    nesting: int = 32
    response_megabytes: int = 16
    public_response_megabytes: int = 16


def dispatcher(host: Host, executor=None, waiting=None, unknown_in=lambda data: None, **limits) -> Dispatcher:
    def audit(caller, action, failure):
        host.ended.append((action and action.name, failure))

    return Dispatcher(
        lambda: SMALL,
        executor or InlineExecutor(),
        host,
        authorise=authorise,
        audit=audit,
        translate=lambda error: None,
        limits=lambda: Limits(**limits),
        unknown_in=unknown_in,
        **({} if waiting is None else {"waiting_limit": waiting}),
    )
