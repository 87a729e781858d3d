"""Jobs that agents do for a user, by the official clients: what is done, and how many tokens it costs."""

import json
import subprocess
import sys

import pytest
from examples import ROOT
from gateway_process import child_environment
from original_clients import PYTHON

from addon.http.server.server import Server

FOLDER = ROOT / "tests" / "clients" / "agents"
BRIDGE = f"{sys.executable} -m addon mcp --url http://127.0.0.1:"
WAIT = 120

UNTIDY = [["Words", f"word {n}", f"meaning {n}", "Verb" if n % 2 else "verbs"] for n in range(30)]
DOUBLES = [["Words", f"word {n}", f"other meaning {n}", "double"] for n in (3, 7)]
REVIEWS = [["Review", f"review {n}", f"answer {n}", ""] for n in range(12)]
DESIGN = "design a note type and postpone"
JOBS = {
    # the job: what it leaves of the notes in which deck, and the most tokens of its messages
    "add 20 cards with pictures": ("Capitals", None, 1_650),
    "merge duplicates": (
        "Words",
        [
            [*row[:2], f"{row[2]}; other {row[2]}", " ".join(sorted(["double", row[3]], key=str.lower))]
            if row[1] in ("word 3", "word 7")
            else row
            for row in UNTIDY
        ],
        750,
    ),
    "tidy up tags": ("Words", [[*row[:3], "verbs"] for row in UNTIDY] + DOUBLES, 110),
    "review ten cards": ("Review", REVIEWS, 1_150),
    "move a deck": (
        "Languages::Latin",
        [["Languages::Latin", f"latin {n}", f"translation {n}", ""] for n in range(15)],
        80,
    ),
    "take everything back": ("Words", UNTIDY + DOUBLES, 270),
    DESIGN: ("Review", REVIEWS, 1_100),
}
DELETING = {"merge duplicates", "tidy up tags", "take everything back"}
OTHERS = {
    # the fewest tokens that mcp-ankiconnect 0.7.0 or anki-mcp-server 0.2.0 needs for the same, with its list of tools
    "add 20 cards with pictures": 7_581,
    "merge duplicates": 9_459,
    "tidy up tags": 6_352,
    "review ten cards": 7_728,
    "move a deck": 4_232,
}


@pytest.fixture
def server(open_gateway, request):
    """A gateway whose agents may delete if the job needs it."""
    job = getattr(request.node, "callspec", None) and request.node.callspec.params["job"]
    gateway = open_gateway(mcpAllowDestructive=job in DELETING)
    server = Server(gateway.gateway.app, port=0)
    server.start()
    yield server
    server.stop()


def run(*command, **more):
    done = subprocess.run(
        [*map(str, command)],
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
        env=child_environment(PYTHONPATH=str(ROOT), BRIDGE=sys.executable),
        cwd=ROOT,
        **more,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(job, state):
    deck, rows, _ = JOBS[job]
    left = [row for row in state["notes"] if row[0] == deck]
    if rows is None:
        assert len(left) == 20
        assert ["Capitals", "Italy", 'Rome<img src="italy.png">', "geo"] in left
    else:
        assert left == sorted(rows)
    assert state["reviewed"] == (10 if job == "review ten cards" else 0)
    assert ("Latin" in state["decks"]) is (job != "move a deck")
    assert state["postponed"] == 12 or job != DESIGN
    assert state["styling"] == ({"Vocabulary": ".card { font-size: 40px; }"} if job == DESIGN else {})


@pytest.mark.node
@pytest.mark.parametrize("job", JOBS)
def test_the_official_client_does_a_job_over_http(server, job):
    check(job, run(PYTHON, FOLDER / "jobs.py", "http", server.port, job)["state"])


@pytest.mark.node
@pytest.mark.parametrize("job", JOBS)
def test_the_official_client_does_a_job_through_the_bridge(server, job):
    check(job, run(PYTHON, FOLDER / "jobs.py", "bridge", server.port, job)["state"])


@pytest.mark.node
@pytest.mark.parametrize("job", JOBS)
def test_a_job_costs_few_tokens_and_at_most_half_of_what_others_need(server, job):
    done = run(PYTHON, FOLDER / "jobs.py", f"{BRIDGE}{server.port}", server.port, job)
    check(job, done["state"])
    tokens = run("node", FOLDER / "count.mjs", input=json.dumps(done["messages"]))
    assert sum(tokens[2:]) <= JOBS[job][2]
    assert sum(tokens) <= OTHERS.get(job, 10_000) / 2


@pytest.mark.node
@pytest.mark.parametrize(("is_allowed", "tools", "tokens"), [(False, 21, 2_058), (True, 24, 2_358)])
def test_the_list_of_tools_costs_what_the_documentation_says(reading_with, is_allowed, tools, tokens):
    gateway = reading_with(mcpAllowDestructive=is_allowed)
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = gateway.send(json.dumps(message).encode(), path="/mcp", content_type="application/json").json
    text = json.dumps(answer["result"], ensure_ascii=False, separators=(",", ":"))
    assert (len(answer["result"]["tools"]), *run("node", FOLDER / "count.mjs", input=json.dumps([text]))) == (
        tools,
        tokens,
    )
    assert f"{tokens:,} tokens for {tools}" in (ROOT / "docs" / "mcp.md").read_text("utf-8")


@pytest.mark.node
def test_the_official_typescript_client_reviews_and_takes_back(server):
    assert run("node", FOLDER / "review.mjs", server.port) == {
        "tools": True,
        "decks": ["Italian", "Italian::A1"],
        "question": "mela",
        "hidden": None,
        "answer": True,
        "graded": [True],
        "step": "Answer Card",
        "undone": "Answer Card",
        "syntax": True,
    }
