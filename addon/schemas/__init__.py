"""Marshmallow schemas of the params and results of the actions. Data only."""
