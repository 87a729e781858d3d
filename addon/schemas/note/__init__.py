"""Schemas of the actions in `actions/note`."""
