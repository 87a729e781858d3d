"""Anki's windows. If Anki runs without windows, these actions fail with `gui_unavailable`."""
