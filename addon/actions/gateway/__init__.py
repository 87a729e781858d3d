"""The gateway itself: its actions, permission, operations, and several calls in one."""
