"""Schemas of the actions in `actions/statistic`."""
