"""Packages: importing and exporting them."""
