"""Statutory clocks: started and stopped by events only."""
