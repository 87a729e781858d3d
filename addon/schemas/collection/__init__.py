"""Schemas of the actions in `actions/collection`."""
