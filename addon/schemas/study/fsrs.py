"""Params and results of the actions on FSRS in presets."""

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

PRESET = "Name of the preset in its exact spelling; if several have it, the oldest is used."
RESCHEDULE = "Reschedule review cards at once, as Anki's *Reschedule cards on change* does."
SEARCH = "Search text for the cards whose reviews count, instead of the preset's."


def retention(description: str, **more: Any) -> Number:
    """A retention within the bounds of Anki's options window."""
    return Number(description, validate=ma.validate.Range(0.7, 0.99), **more)


def parameters(description: str, **more: Any) -> List:
    """Parameters of FSRS. Anki accepts any number, but computes absurd intervals from negative ones."""
    return List(Number(validate=ma.validate.Range(0, 100), title="UsableFsrsParam"), description, **more)


class GetFsrsParams(Params):
    presets = Strings("Names of presets in their exact spelling; default all.", load_default=None)


class OwnRetention(Object):
    """A deck with a desired retention of its own."""

    deck = String("Full deck name.", required=True)
    desired_retention = Number("Share of reviews to be passed, from 0 to 1.", required=True)


class FsrsPreset(Object):
    """The FSRS settings of a preset."""

    preset_id = Integer("Id of the preset; other actions call it `configId`.", required=True)
    name = String("Its name.", required=True)
    params = List(Number(title="FsrsParam"), "Its parameters; none if Anki's defaults are used.", required=True)
    version = String(
        "Version of FSRS with that number of parameters, such as `FSRS-6`; null if unknown.",
        required=True,
        allow_none=True,
    )
    desired_retention = Number("Share of reviews to be passed, from 0 to 1.", required=True)
    decks = List(Nested(OwnRetention), "Its decks with their own desired retention.", required=True)


class FsrsOverview(Object):
    """The settings of FSRS."""

    active = Boolean("Anki schedules by FSRS.", required=True)
    default_params = List(Number(title="FsrsParam"), "Parameters for presets without any.", required=True)
    presets = List(Nested(FsrsPreset), "In the order of the given names, or by name.", required=True)


class SetFsrsActive(Params):
    active = Boolean("Schedule by FSRS.", required=True)
    reschedule = Boolean(RESCHEDULE, load_default=False)


class SetFsrsParams(Params):
    preset = String(PRESET, required=True)
    params = parameters(
        "17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) numbers; none for Anki's defaults.",
        required=True,
    )
    reschedule = Boolean(RESCHEDULE, load_default=False)


class SetDesiredRetention(Params):
    preset = String(PRESET, required=True)
    desired_retention = retention("Share of reviews to be passed.", required=True)
    reschedule = Boolean(RESCHEDULE, load_default=False)


class SetDeckDesiredRetention(Params):
    deck = String("Full deck name, compared without case.", required=True)
    desired_retention = retention(
        "Share of reviews to be passed; null for that of the deck's preset.",
        required=True,
        allow_none=True,
    )
    reschedule = Boolean(RESCHEDULE, load_default=False)


class OptimizeFsrsParams(Params):
    preset = String(PRESET, required=True)
    search = Search(SEARCH, load_default=None)
    apply = Boolean("Save the parameters in the preset if they are better.", load_default=False)
    health_check = Boolean("Also check whether FSRS suits these reviews, which takes longer.", load_default=False)
    reschedule = Boolean(f"With `apply`: {RESCHEDULE}", load_default=False)


class EvaluateFsrsParams(Params):
    preset = String(PRESET, required=True)
    params = parameters("Parameters to evaluate instead of the preset's.", load_default=None)
    search = Search(SEARCH, load_default=None)


class FsrsFit(Object):
    """How well FSRS parameters predict the reviews."""

    log_loss = Number("Log loss of the predictions; smaller is better.", required=True)
    rmse_bins = Number("Error of the predictions over groups of similar reviews; 0.05 is 5 %.", required=True)


class Optimized(Object):
    """The outcome of an optimization of FSRS parameters."""

    params = List(
        Number(title="FsrsParam"),
        "The best parameters: the preset's own if none are better; none if those are Anki's defaults.",
        required=True,
    )
    changed = Boolean("They differ from the preset's.", required=True)
    applied = Boolean("They were saved in the preset.", required=True)
    reviews = Integer("Number of reviews that were used; few reviews give rough parameters.", required=True)
    before = Nested(FsrsFit, "How well the preset's parameters fit these reviews.", required=True)
    after = Nested(FsrsFit, "How well the best parameters fit them.", required=True)
    healthy = Boolean(
        "FSRS suits these reviews; null without `healthCheck`, or if there are too few reviews.",
        required=True,
        allow_none=True,
    )


FSRS_OVERVIEW = Nested(FsrsOverview, "FSRS in the collection and in its presets.")
CHANGED = Boolean("False if nothing was changed.", title="FsrsChanged")
OPTIMIZED = Nested(Optimized, "The best parameters and how well they fit.")
FIT = Nested(FsrsFit, "How well the parameters fit the reviews.")


FSRS_ACTIVE = Boolean("FSRS is switched on; null if that was never set.", title="FsrsActive", allow_none=True)
