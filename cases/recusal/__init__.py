"""Recusal: an officer who may not be impartial is challenged, and the head answers."""
