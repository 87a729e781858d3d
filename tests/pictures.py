"""Pictures that the tests make, as the README shows them: `make readme-pictures` keeps them in docs/pictures."""

import os

from examples import ROOT


def picture(name):
    """The path of a picture, in the folder of the project that the variable PICTURES names."""
    folder = ROOT / (os.environ.get("PICTURES") or "build/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.png"
