"""Schemas of the actions in `actions/study`."""
