"""Note types: their fields, templates and styling."""
