"""Shares of a pool: what one caller may hold, and what is left for others."""

from sizes import for_rows

from addon.rpc.shares import FairSlots


@for_rows(
    ("places", "wanted", "granted"),
    [
        (8, {"a": 20}, {"a": 6}),
        (8, {"a": 20, "b": 20}, {"a": 6, "b": 1}),
        (8, {"a": 20, "b": 20, "c": 20, "d": 20}, {"a": 6, "b": 1, "c": 1, "d": 0}),
        (8, {"b": 1, "a": 20, "c": 20}, {"b": 1, "a": 5, "c": 1}),
        (2, {"a": 20, "b": 20}, {"a": 1, "b": 1}),
        (1, {"a": 20, "b": 20}, {"a": 1, "b": 0}),
    ],
)
def test_nobody_takes_the_last_two_places_and_everybody_gets_one_as_long_as_there_is_one(places, wanted, granted):
    shares = FairSlots(places)
    assert {who: sum(shares.acquire(who) for _ in range(count)) for who, count in wanted.items()} == granted


def test_a_place_that_was_given_back_is_free_for_anybody():
    shares = FairSlots(8)
    assert sum(shares.acquire("a") for _ in range(20)) == 6
    for _ in range(6):
        shares.release("a")
    assert sum(shares.acquire("b") for _ in range(20)) == 6
    shares.release("b")
    assert shares.acquire("a")


def test_a_pool_may_allow_each_caller_less_than_its_share():
    shares = FairSlots(8, each=1)
    assert [shares.acquire(who) for who in "aabbc"] == [True, False, True, False, True]
