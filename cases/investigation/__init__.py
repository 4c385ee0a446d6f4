"""Evidence, records and the report."""
