"""Chances to choose, and how their weights are found: machinery of `choice`."""
