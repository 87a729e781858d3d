"""What somebody types with trrc, from PyPI: the port is the argument, what it printed is written as JSON."""

import contextlib
import io
import json
import os
import sys
import tempfile

from trrc.create_parser import parse_argument, parse_card

port = sys.argv[1]


def typed(*words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            parse_card(*parse_argument(["--ip", "127.0.0.1", "--port", port, *words]))
        except SystemExit as end:
            out.write(f"exit {end.code}")
    return out.getvalue().splitlines()


with tempfile.TemporaryDirectory() as folder:
    os.environ["HOME"] = folder
    os.chdir(folder)
    told = [
        typed("--deck", "Italian", "pera\tpear\tfruit"),
        typed("--deck", "Italian", "{{c1::uva}} is grapes\t\tcloze"),
        typed(
            "--deck",
            "Italian",
            "-t",
            "Italian vocab",
            "--field",
            "Word:Meaning:tag",
            "-F",
            "/",
            "pesca/peach/fruit red",
        ),
        typed("--deck", "Italian", "pera\tanother\tfruit", "fico\tfig\tfruit"),
        typed("--deck", "Italian", "--force-add", "pera\tanother\tfruit"),
        typed("--deck", "none", "fico\tfig\tfruit"),
        typed("--deck", "Italian", "-t", "Italian vocab", "--field", "Wort:Meaning:tag", "fico\tfig\tfruit"),
    ]
json.dump(told, sys.stdout)
