"""Discretion benchmarks: read as published, drafted by one person, published by another, reckoned with."""
