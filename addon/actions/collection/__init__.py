"""The collection as a whole: content, settings, undo, backups and checks."""
