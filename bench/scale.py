"""How each reading action, and each writing action that can be undone, grows up to a million cards of 500,000 notes.

A call names the same number of notes or cards at each size, or means the whole collection.
"""

import tempfile
from pathlib import Path

from addon.actions import REGISTRY

from .bulk import Stopwatch
from .calls import AFTER, Facts
from .client import JSON_RPC, body_of, request_of
from .gateways import headless
from .growth import LINEAR, MATTERS, calls, slope
from .large_collection import TWO_CARDS, large
from .table import Aim
from .waits import WORST_MS, beside

SIZES = [5_000, 50_000, 500_000]
NAMED = 2_000
"""Notes or cards that a call names."""
FLAT = Aim("exponent", 0.3)
"""For calls that name their notes or cards: an index is a little deeper, and less of it is in SQLite's cache."""
LIMIT_S = 1800.0
"""Seconds for which the client waits for an answer: on 500,000 notes some calls take minutes."""
ROUNDS = 2
LONG_S = 2.0
"""A call that takes longer is not repeated, but for the round with another client."""
FIRST = {"version": {}, "deckNames": {}, "getDeckStats": {"decks": ["Italian::Core"]}, "findCards": {"query": "is:due"}}
"""The first calls after a start, in this order."""

ONE_CALL = "one call into Anki, which reads all cards and reviews"
ONE_STATEMENT = "one statement, which reads the whole table"
BEYOND_CACHE = "Anki's call, whose rows lie on more pages than SQLite's cache of 40 MiB holds"
ONE_NOTE_TYPE = "one call into Anki, which writes all notes of the note type, or their cards"
MEMORY_STATES = "one call into Anki, which computes the memory states of all cards"
ALL_TAGS = "one call into Anki, which reads the tags of all notes"
REASONS = {
    "buryCards": BEYOND_CACHE,
    "changeDeck": BEYOND_CACHE,
    "changeNoteType": BEYOND_CACHE,
    "clearUnusedTags": ONE_STATEMENT,
    "collectionStatistics": ONE_CALL,
    "createFilteredDeck": "one call into Anki, which searches all cards and sorts what it finds",
    "deckStatistics": "SQLite sorts all cards by deck and state",
    "deckTree": "Anki counts the cards of all decks",
    "deleteDecks": BEYOND_CACHE,
    "deleteModels": BEYOND_CACHE,
    "deleteNotes": BEYOND_CACHE,
    "dueForecast": ONE_CALL,
    "editModel": BEYOND_CACHE,
    "exportCardsText": "two statements look for damage in all notes and cards, as Anki reads them",
    "exportPackage": "one call into Anki, for a sixth of the collection",
    "findCards": "Anki sorts all cards, in both directions",
    "findCardsPage": "Anki sorts all cards",
    "findEmptyCards": "one call into Anki, which reads all notes",
    "forgetCards": BEYOND_CACHE,
    "getCollectionStatsHTML": ONE_CALL,
    "getCustomStudyOptions": "Anki counts the cards of the deck, and reads their tags",
    "getDeckStats": "Anki counts the cards of all decks",
    "getNumCardsReviewedByDay": ONE_STATEMENT,
    "graphs": ONE_CALL,
    "importTextFile": "Anki reads the first fields of all notes of the note type",
    "modelFieldAdd": ONE_NOTE_TYPE,
    "modelFieldRemove": BEYOND_CACHE,
    "modelFieldReposition": ONE_NOTE_TYPE,
    "modelTemplateAdd": ONE_NOTE_TYPE,
    "modelTemplateRemove": ONE_NOTE_TYPE,
    "modelTemplateReposition": ONE_NOTE_TYPE,
    "moveTags": ALL_TAGS,
    "raiseTodaysLimits": "Anki counts the cards of all decks",
    "relearnCards": BEYOND_CACHE,
    "removeEmptyCards": "one call into Anki, which reads all notes",
    "removeEmptyNotes": ONE_STATEMENT,
    "removeTagsInAllNotes": ALL_TAGS,
    "renameTag": ALL_TAGS,
    "repositionNewCards": "with `shift` Anki moves all later new cards",
    "restoreModel": ONE_NOTE_TYPE,
    "reviewLog": "the cards that the search finds are all cards",
    "setDeckDesiredRetention": MEMORY_STATES,
    "setDesiredRetention": MEMORY_STATES,
    "setDueDate": BEYOND_CACHE,
    "setEaseFactors": BEYOND_CACHE,
    "setFlags": BEYOND_CACHE,
    "setFsrsActive": MEMORY_STATES,
    "setModelOptions": ONE_NOTE_TYPE,
    "sortNewCards": "Anki sorts all new cards of the deck",
    "studyStreak": ONE_STATEMENT,
    "suspend": BEYOND_CACHE,
    "unusedTags": ONE_STATEMENT,
    "updateDeckPreset": "one call into Anki, which sorts the new cards of the decks anew",
    "updateModelTemplates": ONE_NOTE_TYPE,
}
"""Why an action grows faster than it should, or keeps others waiting."""


def measure(table, options):
    """The exponent is that of what is computed, in the last step: constant costs hide the growth of small collections,
    and whatever else the machine does hides it in the times.
    """
    found = {size: _of_size(size, table, options) for size in options.scale}
    sizes = options.scale
    for action, largest in found[sizes[-1]].items():
        if any(action not in found[size] for size in sizes):
            continue
        computed = [found[size][action].computed for size in sizes]
        exponent = slope(sizes[-2:], computed[-2:])
        aim = (FLAT if largest.is_named else LINEAR) if computed[-1] > MATTERS else None
        reason = REASONS.get(action)
        steps = ", ".join(f"{each:.1f}" for each in computed)
        more = f"n^{exponent:.2f} of CPU {steps}; first {largest.first:.0f}; +{largest.grown:.0f} MiB"
        is_slow = aim is not None and not aim.is_met(gateway=largest.best, ratio=None, exponent=exponent)
        is_rude = largest.wait > WORST_MS
        aims = [*([aim] if aim else []), Aim("wait", WORST_MS)]
        if is_slow or is_rude:
            more += f"; {reason or 'NO REASON KNOWN'}"
        table.row(
            f"{action}, {sizes[-1]:,} notes",
            "headless",
            None,
            largest.best,
            None if reason else aims,
            more,
            exponent=exponent,
            wait=largest.wait,
        )


class _Taken:
    """What an action needs on one collection: milliseconds of the first and the best call, and the fewest computed;
    the most MiB; and the longest wait of another client.
    """

    def __init__(self, *, is_named):
        self.is_named = is_named
        self.first = self.best = self.computed = self.grown = self.wait = 0.0


def _of_size(size, table, options):
    made = large(size, TWO_CARDS)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for what in ("first start of a day", "start"):
            with headless(made, folder / "served", LIMIT_S) as gateway:
                row = lambda what, value: table.row(f"{what}, {size:,} notes", "headless", None, value)  # noqa: E731
                row(what, gateway.start_seconds * 1000)
                row(f"memory after {what}, MiB", gateway.memory()[0])
                if what != "start":
                    continue
                for action, params in FIRST.items():
                    gateway.client.call(action, params)
                    row(f"first {action}", gateway.client.seconds * 1000)
                found = _walked(gateway, size, folder, table, options)
                row("memory after all calls, MiB", gateway.memory()[0])
        return found


def _walked(gateway, size, folder, table, options):
    facts = Facts(gateway.client, NAMED)
    found = {}
    for name, params_of in calls():
        action = REGISTRY[name]
        if (
            name in AFTER
            or (action.writes and not action.undoable)
            or (options.actions and name not in options.actions)
        ):
            continue
        params = params_of(facts)
        if "path" in params:
            params["path"] = str(folder / params["path"])
        request = request_of(body_of(JSON_RPC, name, params))
        try:
            found[name] = taken = _taken(gateway, action, request, is_named=_names_items(params))
        except (SystemExit, OSError) as error:
            table.fail(f"{name}, {size:,} notes", "headless", error)
            _recover(gateway, action)
            continue
        if options.verbose:
            print(f"    {name}: {taken.best:.1f}, CPU {taken.computed:.1f}, others wait {taken.wait:.0f}", flush=True)
    return found


def _taken(gateway, action, request, *, is_named):
    taken = _Taken(is_named=is_named)
    watch = Stopwatch(gateway.cpu)
    while len(watch.seconds) < ROUNDS and sum(watch.seconds) < LONG_S:
        rest = gateway.memory()[0]
        gateway.forget_peak()
        _call(gateway, watch, action.name, request)
        taken.grown = max(taken.grown, gateway.memory()[1] - rest)
        _take_back(gateway, action)
    taken.wait = max(beside(gateway, request, is_undone=action.undoable).waits, default=0.0) * 1000
    taken.first, taken.best, taken.computed = (
        value * 1000 for value in (watch.seconds[0], min(watch.seconds), min(watch.computed))
    )
    return taken


def _recover(gateway, action):
    """Wait until a call that the client gave up has ended, and undo it. Raises OSError if the gateway has ended."""
    gateway.client.close()
    _take_back(gateway, action)


def _names_items(params):
    return any({"notes", "cards", "note", "card", "answers", "reviews", "orderedCardIds"} & {*params})


def _call(gateway, watch, name, request):
    with watch:
        reply = bytes(gateway.client.send(request)[:300])
    if reply.startswith(b'{"jsonrpc":"2.0","error"'):
        raise SystemExit(f"{name}: {reply}")


def _take_back(gateway, action):
    if action.undoable and gateway.client.call("undoStatus")["undo"]:
        gateway.client.call("undo")
