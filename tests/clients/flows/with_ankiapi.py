"""What a program does with ankiapi, from PyPI: the port is the argument, what it was told is written as JSON."""

import json
import sys
import tempfile
import warnings
from pathlib import Path

from ankiapi import AnkiApi

warnings.simplefilter("ignore")  # the port is not the usual one
api = AnkiApi(f"http://127.0.0.1:{sys.argv[1]}")
api.create_deck("Japanese")
api.create_deck("Japanese")
added = api.add_flashcard("Japanese", "はい", "yes")
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    api.add_flashcard("Japanese", "はい", "yes")
with tempfile.TemporaryDirectory() as folder:
    sound = Path(folder, "hai.mp3")
    sound.write_bytes(b"sound")
    stored = api.add_audio(str(sound), "hai.mp3")
print()  # noqa: T201  (the client printed, too)
json.dump({"added": isinstance(added, int), "warned": str(warned[0].message), "stored": stored}, sys.stdout)
