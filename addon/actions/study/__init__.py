"""Studying: the next cards, FSRS and simulations."""
