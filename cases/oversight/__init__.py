"""The deadline sweep and what supervisors watch."""
