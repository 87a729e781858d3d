"""Marshmallow schemas: what each action takes and gives. Data only."""
