"""Files in the media folder."""
