"""Schemas of the actions in `actions/sync`."""
