"""What a paper may draw in while it is laid out: pictures written into it, and print copies of stored ones.

Nothing else has an address: no network, no file system, no redirect.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path

MAX_INLINE_BYTES = 2 * 1024 * 1024
MAX_PICTURE_BYTES = 8 * 1024 * 1024
STORED = re.compile(r"photo:([0-9a-f]{64})")
INLINE = re.compile(r"data:(image/(?:png|jpeg|svg\+xml));base64,([A-Za-z0-9+/=\s]+)")


class Refused(ValueError):
    """An address that a paper may not draw from."""


def address_of(sha256: str) -> str:
    """Return the address under which a paper draws in a stored picture; empty for anything but a digest."""
    address = f"photo:{sha256}"
    return address if STORED.fullmatch(address) else ""


def read(url: str, copies: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the bytes and the media type behind an allowed address.

    copies: where the print copy of each stored picture of the paper lies, by digest.
    """
    if stored := STORED.fullmatch(url):
        return _picture(stored[1], copies), "image/jpeg"
    if len(url) <= MAX_INLINE_BYTES and (inline := INLINE.fullmatch(url)):
        try:
            return base64.b64decode(inline[2], validate=False), inline[1]
        except binascii.Error as error:
            raise Refused("a damaged inline picture") from error
    raise Refused(f"not an address for papers: {url[:80]}")


def _picture(sha256: str, copies: Mapping[str, str]) -> bytes:
    if sha256 not in copies:
        raise Refused(f"picture {sha256} is not there")
    copy = Path(copies[sha256])
    if copy.stat().st_size > MAX_PICTURE_BYTES:
        raise Refused(f"picture {sha256} is too large")
    return copy.read_bytes()
