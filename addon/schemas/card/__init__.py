"""Schemas of the actions in `actions/card`."""
