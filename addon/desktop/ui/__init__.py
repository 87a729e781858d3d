"""What a person sees of the gateway in Anki: its window, questions, notices and menu."""
