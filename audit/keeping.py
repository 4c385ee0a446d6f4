"""What the database refuses of rows that are evidence, whoever writes: to delete them, to write them anew."""

import pgtrigger


def kept() -> pgtrigger.Protect:
    """Refuse to delete a row."""
    return pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)


def frozen(*fields: str) -> pgtrigger.Protect:
    """Refuse to change what these fields say."""
    return pgtrigger.Protect(
        name="frozen", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(*fields)
    )


def kept_as_written() -> pgtrigger.Protect:
    """Refuse to change a row in anything, or to delete it."""
    return pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)
