"""The gateway itself: what it can do, permission, operations, and several calls in one."""
