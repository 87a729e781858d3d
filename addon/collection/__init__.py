"""Anki's library, and nothing that is an action: undo steps, changes, sync, media, packages, rows and errors."""
