"""Rules for texts: Anki's rules for tags, names and case; Unicode's normal forms; encodings; origins; base64."""
