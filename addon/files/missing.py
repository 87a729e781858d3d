"""What errors say about a file or folder that does not exist."""

from __future__ import annotations

from pathlib import Path


def missing_file(path: str) -> str:
    """Return the message for a file that is to be read, by the path that the caller gave."""
    return f"No such file or directory: {path!r}{_hint(path)}"


def missing_folder(path: str) -> str:
    """Return the message for a file that is to be written into a folder that does not exist."""
    return f"The folder of this file does not exist: {path!r}{_hint(path)}"


def problem_with(path: str, real: str, *, is_read: bool) -> str | None:
    """Return the message if that is why a file cannot be used; None if there is another reason."""
    if is_read:
        return missing_file(path) if _is_missing(Path(real)) else None
    return missing_folder(path) if _is_missing(Path(real).parent) else None


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:  # such as a name that is too long
        return False
    return False


def _hint(path: str) -> str:
    is_absolute = path.startswith(("/", "\\")) or Path(path).is_absolute()
    return "" if is_absolute else ". A relative path begins at the media folder."
