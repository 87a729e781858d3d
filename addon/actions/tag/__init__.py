"""Tags: listing them, and changing those of notes."""
