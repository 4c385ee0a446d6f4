"""The list of powers: statutes, items, bases, discretion bands, effective-dated."""
