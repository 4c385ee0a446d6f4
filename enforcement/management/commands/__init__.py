"""Commands that concern the whole system."""
