"""Schemas of the actions in `actions/gateway`."""
