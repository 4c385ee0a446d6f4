"""Closing, binding, archiving."""
