"""Schemas of the actions in `actions/media`."""
