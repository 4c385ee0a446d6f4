"""Which body acts: routing, acceptance, hand-over, joint handling."""
