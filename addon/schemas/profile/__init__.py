"""Schemas of the actions in `actions/profile`."""
