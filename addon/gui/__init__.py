"""Calls into Anki's windows that actions and the desktop host share."""
