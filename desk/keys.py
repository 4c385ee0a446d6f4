"""Read the key of a row as it comes in an address or a form: digits that fit, or nothing."""

from typing import Any

# A key of the database has at most nineteen digits; of a longer one there is no row.
LONGEST = 18


def key_of(text: Any) -> int | None:
    """Return the number, or None for whatever can be no key."""
    written = str(text or "")
    return int(written) if len(written) <= LONGEST and written.isascii() and written.isdigit() else None
