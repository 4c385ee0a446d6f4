"""Acts on people and authority: each one atomic, audited, and refused with the article."""
