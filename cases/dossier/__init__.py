"""The case file: stage table, models, access."""
