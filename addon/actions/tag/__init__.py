"""Tags: which there are, and which notes have them."""
