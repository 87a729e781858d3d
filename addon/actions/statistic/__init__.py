"""The review log and statistics."""
