"""Runs work on a collection lane."""

from addon.rpc.executor import RunsOn, ThreadedExecutor


def run(lane, work, limit=10.0):
    ThreadedExecutor(lane).run(RunsOn.COLLECTION, work, limit)
