"""What the actions on FSRS in presets take and give."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import (
    Boolean,
    Integer,
    List,
    Nested,
    Number,
    String,
    Strings,
)
from ..fields.search import Search

PRESET = "Name of the preset in its exact spelling; of several of that name, the oldest counts."
RESCHEDULE = "Review cards get new due dates at once, as by *Reschedule cards on change*."
SEARCH = "Search text for the cards whose reviews count, instead of the preset's own."


def retention(description: str, **more: Any) -> Number:
    """A retention within the bounds of Anki's own window."""
    return Number(description, validate=ma.validate.Range(0.7, 0.99), **more)


def parameters(description: str, **more: Any) -> List:
    """Parameters of FSRS. Anki takes any number, and with negative ones its intervals run wild."""
    return List(Number(validate=ma.validate.Range(0, 100), title="UsableFsrsParam"), description, **more)


class GetFsrsParams(Params):
    presets = Strings("Names of presets in their exact spelling; all when left out.", load_default=None)


class OwnRetention(Object):
    deck = String("Full deck name.", required=True)
    desired_retention = Number("The share of reviews that are to be passed, from 0 to 1.", required=True)


class FsrsPreset(Object):
    preset_id = Integer("Id of the preset, `configId` to other actions.", required=True)
    name = String("Its name.", required=True)
    params = List(Number(title="FsrsParam"), "Its parameters; none where Anki's own count.", required=True)
    version = String(
        "The version of FSRS with so many, as `FSRS-6`; null for none that is known.",
        required=True,
        allow_none=True,
    )
    desired_retention = Number("The share of reviews that are to be passed, from 0 to 1.", required=True)
    decks = List(Nested(OwnRetention), "Decks of it with a desired retention of their own.", required=True)


class FsrsOverview(Object):
    active = Boolean("Anki schedules by FSRS.", required=True)
    default_params = List(Number(title="FsrsParam"), "What counts where a preset has none.", required=True)
    presets = List(Nested(FsrsPreset), "In the order of the names given, or by name.", required=True)


class SetFsrsActive(Params):
    active = Boolean("Schedule by FSRS.", required=True)
    reschedule = Boolean(RESCHEDULE, load_default=False)


class SetFsrsParams(Params):
    preset = String(PRESET, required=True)
    params = parameters(
        "17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's own.",
        required=True,
    )
    reschedule = Boolean(RESCHEDULE, load_default=False)


class SetDesiredRetention(Params):
    preset = String(PRESET, required=True)
    desired_retention = retention("The share of reviews that are to be passed.", required=True)
    reschedule = Boolean(RESCHEDULE, load_default=False)


class SetDeckDesiredRetention(Params):
    deck = String("Full deck name, compared without case.", required=True)
    desired_retention = retention(
        "The share of reviews that are to be passed; null for that of the deck's preset.",
        required=True,
        allow_none=True,
    )
    reschedule = Boolean(RESCHEDULE, load_default=False)


class OptimizeFsrsParams(Params):
    preset = String(PRESET, required=True)
    search = Search(SEARCH, load_default=None)
    apply = Boolean("Save what was found in the preset, where it is better.", load_default=False)
    health_check = Boolean("Tell as well whether FSRS suits these reviews; it takes longer.", load_default=False)
    reschedule = Boolean(f"With `apply`: {RESCHEDULE}", load_default=False)


class EvaluateFsrsParams(Params):
    preset = String(PRESET, required=True)
    params = parameters("Parameters to judge instead of the preset's.", load_default=None)
    search = Search(SEARCH, load_default=None)


class FsrsFit(Object):
    log_loss = Number("How far predictions and answers are apart; smaller is better.", required=True)
    rmse_bins = Number("The same, over groups of alike reviews; 0.05 stands for 5 %.", required=True)


class Optimized(Object):
    params = List(
        Number(title="FsrsParam"),
        "The best parameters; the preset's own where nothing better was found, and none where those are Anki's.",
        required=True,
    )
    changed = Boolean("They are others than the preset's.", required=True)
    applied = Boolean("They were saved in the preset.", required=True)
    reviews = Integer("Number of reviews that they were learned from; few give rough ones.", required=True)
    before = Nested(FsrsFit, "How the preset's parameters fit these reviews.", required=True)
    after = Nested(FsrsFit, "How the best ones do.", required=True)
    healthy = Boolean(
        "FSRS suits these reviews; null where that was not asked for, or there are too few.",
        required=True,
        allow_none=True,
    )


FSRS_OVERVIEW = Nested(FsrsOverview, "FSRS in the collection, and in its presets.")
CHANGED = Boolean("False where it was so already.", title="FsrsChanged")
OPTIMIZED = Nested(Optimized, "What was found.")
FIT = Nested(FsrsFit, "How the parameters fit the reviews.")


FSRS_ACTIVE = Boolean("FSRS is switched on; null when that was never decided.", title="FsrsActive", allow_none=True)
