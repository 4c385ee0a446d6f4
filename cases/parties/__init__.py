"""Parties: person, sole trader, organisation; identity kept apart."""
