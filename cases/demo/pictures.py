"""Photographs and scans of the demo: drawn pictures with real JPEG and PDF bytes, each marked 演示."""

import io
import random
from datetime import datetime
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from papers.fonts import chains

SIZE = (960, 720)
PAGE = (827, 1169)
INK, PAPER, STAMP = (40, 44, 52), (250, 249, 245), (190, 40, 40)
GROUNDS = ((196, 208, 216), (205, 214, 200), (214, 205, 196), (188, 200, 210))


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(chains()["hei"][0]), size)


def photo(caption: str, *, taken_at: datetime, seed: int) -> SimpleUploadedFile:
    """Draw a street scene with what was found, as a camera would stamp it."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    picture = Image.new("RGB", SIZE, chance.choice(GROUNDS))
    pen = ImageDraw.Draw(picture)
    _street(pen, chance)
    _things(pen, chance)
    pen.rectangle((0, 640, 960, 720), fill=(20, 22, 26))
    pen.text((20, 652), f"演示照片　{caption}", font=_face(26), fill="white")
    stamp = f"{timezone.localtime(taken_at):%Y-%m-%d %H:%M:%S}"
    pen.text((20, 686), stamp, font=_face(22), fill=(230, 200, 60))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=72)
    return SimpleUploadedFile(f"演示照片-{seed}.jpg", target.getvalue(), "image/jpeg")


def _street(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    pen.rectangle((0, 430, 960, 640), fill=(120, 122, 126))
    pen.line((0, 540, 960, 540), fill=(230, 230, 230), width=6)
    left = 0
    while left < SIZE[0]:
        width, top = chance.randint(110, 210), chance.randint(90, 240)
        shade = chance.randint(130, 210)
        pen.rectangle((left, top, left + width, 430), fill=(shade, shade - 14, shade - 26), outline=INK)
        for column in range(left + 16, left + width - 30, 44):
            pen.rectangle((column, top + 24, column + 24, top + 60), fill=(235, 240, 245))
        pen.rectangle((left + 18, 330, left + width - 18, 372), fill=(150, 60 + shade // 4, 50))
        left += width


def _things(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Put the goods, crates or rubbish of the case on the pavement."""
    for _thing in range(chance.randint(5, 9)):
        x, y, side = chance.randint(60, 820), chance.randint(400, 560), chance.randint(30, 80)
        colour = tuple(chance.randint(60, 220) for _channel in range(3))
        pen.rectangle((x, y, x + side, y + side // 2 + 16), fill=colour, outline=INK, width=2)
    pen.rectangle((40, 380, 920, 625), outline=STAMP, width=4)


def scan(title: str, lines: list[str], *, name: str) -> SimpleUploadedFile:
    """Draw a signed paper as an office scanner would give it: one page of PDF."""
    page = Image.new("RGB", PAGE, PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((90, 110), title, font=_face(34), fill=INK)
    for row, line in enumerate(lines):
        pen.text((90, 200 + row * 46), line, font=_face(22), fill=INK)
    pen.ellipse((560, 880, 740, 1060), outline=STAMP, width=5)
    pen.text((606, 950), "演　示", font=_face(30), fill=STAMP)
    pen.text((90, 1100), "演示扫描件，非真实文书", font=_face(18), fill=(120, 120, 120))
    target = io.BytesIO()
    page.save(target, "PDF", resolution=100.0)
    return SimpleUploadedFile(f"{name}.pdf", target.getvalue(), "application/pdf")
