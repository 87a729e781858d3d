"""The user interface in Anki: the window, questions, notices and the menu."""
