"""The operations that are measured, by subject."""
