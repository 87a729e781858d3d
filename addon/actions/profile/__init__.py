"""Profiles: listing and opening them."""
