"""The shape of input; nothing lawful is decided here."""
