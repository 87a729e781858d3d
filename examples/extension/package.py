"""Writes furigana.ankiaddon, the file that Anki installs."""

import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent

with zipfile.ZipFile("furigana.ankiaddon", "w", zipfile.ZIP_DEFLATED) as package:
    for path in sorted((FOLDER / "furigana_rpc").iterdir()):
        if path.is_file():
            package.write(path, path.name)
