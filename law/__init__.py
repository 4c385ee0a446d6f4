"""Statutory arithmetic and lawful refusals: pure Python over dated TOML data."""
