"""Copies of a stored picture for paper and for lists; the original is never touched."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from papers.sniffing import MAX_IMAGE_PIXELS

Image.MAX_IMAGE_PIXELS = MAX_IMAGE_PIXELS


@dataclass(frozen=True, slots=True)
class Copy:
    """One kind of copy: its folder, its longest side in pixels and its JPEG quality."""

    folder: str
    longest: int
    quality: int


PRINT = Copy("print", 1600, 80)
THUMBNAIL = Copy("thumbnail", 320, 75)


def original_of(sha256: str) -> Path:
    """Return where the original lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def copy_of(sha256: str, kind: Copy) -> Path:
    """Return the copy of a picture, made upright and without its metadata when first asked for."""
    place = Path(settings.MEDIA_ROOT) / kind.folder / sha256[:2] / f"{sha256}.jpg"
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(original_of(sha256), formats=["JPEG", "PNG"]) as original:
        upright = ImageOps.exif_transpose(original)
        upright.thumbnail((kind.longest, kind.longest), Image.Resampling.LANCZOS)
        picture = _on_white(upright)
    descriptor, draft = tempfile.mkstemp(dir=place.parent, suffix=".jpg")
    with os.fdopen(descriptor, "wb") as target:
        picture.save(target, "JPEG", quality=kind.quality)
    Path(draft).replace(place)
    return place


def _on_white(image: Image.Image) -> Image.Image:
    """Flatten transparency, since paper is white and JPEG has none."""
    if image.mode == "RGB":
        return image
    layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground
