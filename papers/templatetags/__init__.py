"""Tags and filters of the instruments' templates."""
