"""Calls into Anki's windows (aqt) that actions and the desktop host share. All of it runs on Qt's main thread."""
