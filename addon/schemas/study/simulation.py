"""Params and results of the simulations by FSRS."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, Number, String
from ..fields.numbers import Between
from ..fields.search import Search
from .fsrs import PRESET, retention


class Simulation(Params):
    preset = String(PRESET, required=True)
    days = Between(1, 3650, "Number of days, including today.", load_default=365)
    new_limit = Between(0, 9999, "New cards a day; default the preset's limit.", load_default=None)
    review_limit = Between(0, 9999, "Reviews a day; default the preset's limit.", load_default=None)
    more_new_cards = Between(0, 100_000, "Imaginary new cards in addition to the existing ones.", load_default=0)
    search = Search("Search text for the cards, instead of all cards of the preset.", load_default=None)


class SimulateReviews(Simulation):
    desired_retention = retention("Instead of the preset's.", load_default=None)


class SimulatedDay(Object):
    """A day of a simulation."""

    day = Integer("Days from today.", required=True)
    date = String("Local date, as `2026-11-24`.", required=True)
    new = Integer("New cards.", required=True)
    reviews = Integer("Reviews.", required=True)
    seconds = Number("Time for new cards and reviews.", required=True)
    memorized = Number("Cards remembered on that day: the sum of their probabilities of recall.", required=True)


class Workload(Object):
    """The work for one desired retention."""

    desired_retention = Number("From 0 to 1.", required=True)
    answers = Integer("Number of answers on these days.", required=True)
    seconds = Number("Time for these answers.", required=True)
    memorized = Number("Cards remembered in the end: the sum of their probabilities of recall.", required=True)


SIMULATED = List(Nested(SimulatedDay), "One entry per day, today first.", title="SimulatedDays")
WORKLOADS = List(Nested(Workload), "One entry per retention, from 0.7 to 0.99.", title="Workloads")
