"""Schemas of the actions in `actions/model`."""
