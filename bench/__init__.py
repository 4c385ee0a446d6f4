"""Measure the product against raw SQL that returns or writes the same rows, in the same run."""
