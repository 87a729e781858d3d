"""Pictures that the tests make, as the README shows them: `make readme-pictures` keeps them in docs/pictures."""

import os
from pathlib import Path

from examples import ROOT


def picture(name):
    """The path of a picture, in the folder that the variable PICTURES names."""
    folder = Path(os.environ.get("PICTURES") or ROOT / "build" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.png"
