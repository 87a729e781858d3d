"""Decks and their options."""
