"""Schemas of the actions in `actions/deck`."""
