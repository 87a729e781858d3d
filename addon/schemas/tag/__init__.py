"""Schemas of the actions in `actions/tag`."""
