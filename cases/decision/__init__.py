"""Collective discussion and decision."""
