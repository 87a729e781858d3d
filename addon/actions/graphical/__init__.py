"""Anki's windows. Without a window they answer `gui_unavailable`."""
