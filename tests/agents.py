"""What an agent is told in the flow of `clients/flows/with_mcp.py`, whichever way it comes to the gateway."""

import sys

import pytest
from original_clients import FLOWS, PYTHON, SEEDED, Flow

BRIDGE = f"{sys.executable} -m addon mcp"

TOLD = {
    "tools": ["addNotes", "nextCards"],
    "read": {"Word": "mela", "Meaning": "apple"},
    "added": [True, "duplicate"],
    "updated": True,
    "next": ["mela", "uva"],
    "answered": [True],
    "then": ["uva"],
    "undone": "Answer Card",
    "again": ["mela"],
    "wrong": ["invalid_search", "invalid_params"],
    "refused": "Unknown tool: deleteNotes",
    "decks": ["Italian", "Italian::A1"],
    "prompt": "Review my due cards in Italian with me",
}
LEFT = {
    "decks": ["Default", "Italian", "Italian::A1"],
    "notes": [
        ["Italian vocab", "mela", "apple", "A1 fruit reviewed"],
        SEEDED[1],
        ["Italian vocab", "pera", "a pear", "fruit"],
    ],
    "suspended": [],
    "reviewed": ["uva"],
    "media": ["_ciao.txt"],
}


def flow(how, era, revision):
    return Flow([PYTHON, FLOWS / "with_mcp.py", how, era], {"revision": revision, **TOLD}, LEFT)


by_http = [
    pytest.param(flow("http", "auto", "2026-07-28"), id="by HTTP"),
    pytest.param(flow("http", "legacy", "2025-11-25"), id="by HTTP with a handshake", marks=pytest.mark.matrix),
]
by_bridge = [
    pytest.param(flow(BRIDGE, "auto", "2026-07-28"), id="by the bridge", marks=pytest.mark.matrix),
    pytest.param(flow(BRIDGE, "legacy", "2025-11-25"), id="by the bridge with a handshake"),
]
