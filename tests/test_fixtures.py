"""The round trips in spec/fixtures: current, and the same in every reply."""

import json
import re

import fixtures
import pytest
from kept_gateways import KeptGateway
from sizes import for_rows, turns

CASES = fixtures.cases()
NAMES = dict.fromkeys(case.name for case in CASES)
TRIED = [case for _, case in turns(NAMES, lambda name: [case for case in CASES if case.name == name])]


@pytest.fixture
def kept(example_collection, tmp_path):
    gateway = KeptGateway(example_collection, tmp_path)
    yield gateway
    gateway.close()


@for_rows("case", [case for case in TRIED if case.changes])
def test_a_fixture_of_a_change_is_what_the_gateway_replies(kept, case):
    check(kept.unchanged(), case)


@for_rows("case", [case for case in TRIED if not case.changes])
def test_a_fixture_is_what_the_gateway_replies(reading, case):
    check(reading, case)


def check(gateway, case):
    assert case.path.exists(), "run `make spec`"
    assert json.loads(case.path.read_text(encoding="utf-8")) == fixtures.played(case, gateway), "run `make spec`"


def test_there_are_no_others():
    assert sorted(fixtures.FOLDER.glob("*/*.json")) == [case.path for case in CASES]


def test_every_time_and_id_is_one_of_the_example_collection():
    paths = [path for path in fixtures.FOLDER.glob("*/*.json") if not path.name.startswith("getLimits-")]
    stored = "".join(path.read_text(encoding="utf-8") for path in paths)
    assert {number[:5] for number in re.findall(r"\b1\d{9}(?:\d{3})?\b", stored)} == {"17000", "12345"}
