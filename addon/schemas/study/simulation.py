"""What the actions that look ahead by FSRS take and give."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, Number, String
from ..fields.numbers import Between
from ..fields.search import Search
from .fsrs import PRESET, retention


class Simulation(Params):
    preset = String(PRESET, required=True)
    days = Between(1, 3650, "How many days, today included.", load_default=365)
    new_limit = Between(0, 9999, "New cards a day; the preset's limit when left out.", load_default=None)
    review_limit = Between(0, 9999, "Reviews a day; the preset's limit when left out.", load_default=None)
    more_new_cards = Between(0, 100_000, "New cards to imagine beside those that there are.", load_default=0)
    search = Search("Search text for the cards, instead of all cards of the preset.", load_default=None)


class SimulateReviews(Simulation):
    desired_retention = retention("Instead of the preset's.", load_default=None)


class SimulatedDay(Object):
    day = Integer("Days from today.", required=True)
    date = String("Local date, as `2026-11-24`.", required=True)
    new = Integer("New cards.", required=True)
    reviews = Integer("Reviews.", required=True)
    seconds = Number("Time that both take.", required=True)
    memorized = Number("Cards that are remembered then: the sum of the probabilities.", required=True)


class Workload(Object):
    desired_retention = Number("From 0 to 1.", required=True)
    answers = Integer("All answers of these days.", required=True)
    seconds = Number("Time that they take.", required=True)
    memorized = Number("Cards that are remembered in the end: the sum of the probabilities.", required=True)


SIMULATED = List(Nested(SimulatedDay), "An entry per day, today first.", title="SimulatedDays")
WORKLOADS = List(Nested(Workload), "An entry per retention, from 0.7 to 0.99.", title="Workloads")
