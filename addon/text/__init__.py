"""Rules for texts: Anki's own for tags, names and case, Unicode's normal forms, and the origins of the web."""
