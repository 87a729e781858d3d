"""Schemas of the actions in `actions/package`."""
