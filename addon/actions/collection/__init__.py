"""The collection as a whole: what it holds, undo, backups and checks."""
