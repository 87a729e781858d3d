"""Schemas of the actions in `actions/graphical`."""
