"""The typefaces of the papers: chosen by role, given equal metrics, and shut off from the machine's own.

A role is a chain of font files: the first that exists is the face, the rest lend it the characters it lacks
(Fandol has no 堃 or 喆). A site that owns licensed faces drops their files into FONT_DIR and names them in
PRINT_FONTS. Every face is copied once with the same ascent and descent, because a borrowed character with
other metrics would push its line off the 28.98 pt grid.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pylopdf_fonts_zh_cn
from django.conf import settings
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the library ships no types

SERIF, SANS = pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()
ROLES: Mapping[str, tuple[str, ...]] = {
    "fang": ("FandolFang-Regular.otf", SERIF.name),
    "kai": ("FandolKai-Regular.otf", "FandolFang-Regular.otf", SERIF.name),
    "song": ("FandolSong-Regular.otf", SERIF.name),
    "title": ("FandolSong-Bold.otf", SERIF.name),
    "hei": ("FandolHei-Regular.otf", SANS.name),
}
# Every Fandol face draws ￥ as a dollar sign, and the digits of its Kai are old-style: both are borrowed.
DOLLAR = {0xFFE5}
WITHOUT: Mapping[str, set[int]] = {
    "FandolFang-Regular.otf": DOLLAR,
    "FandolKai-Regular.otf": DOLLAR | set(range(0x21, 0x7F)),
    "FandolSong-Regular.otf": DOLLAR,
    "FandolSong-Bold.otf": DOLLAR,
    "FandolHei-Regular.otf": DOLLAR,
    "FandolHei-Bold.otf": DOLLAR,
}
ASCENT, DESCENT = 0.88, 0.12
PREPARATION = "2"
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
TRIAL = "堃喆芃赟〔〕￥"


def chains() -> dict[str, list[Path]]:
    """Return for each role the font files that exist, in order of preference."""
    chosen = {**ROLES, **getattr(settings, "PRINT_FONTS", {})}
    return {role: [path for name in names if (path := _find(name))] for role, names in chosen.items()}


def _find(name: str) -> Path | None:
    packaged = {SERIF.name: SERIF, SANS.name: SANS}
    path = Path(settings.FONT_DIR) / Path(name).name
    return path if path.exists() else packaged.get(name)


def family(path: Path) -> str:
    """Return the name under which a prepared face is known to the style sheet."""
    return f"Print {path.stem}"


@cache
def font_set() -> str:
    """Return the id of the faces in use; it is part of what a rendered paper is cached by."""
    digest = hashlib.sha256(PREPARATION.encode())
    for role, paths in sorted(chains().items()):
        for path in paths:
            with path.open("rb") as source:
                # The directory of an OpenType file lists the checksum of every table.
                digest.update(f"{role} {path.name} {path.stat().st_size}".encode() + source.read(1024))
    return digest.hexdigest()[:16]


@cache
def prepared() -> Path:
    """Return the folder of the prepared faces with their fontconfig file, made when first asked for."""
    place = Path(settings.FONT_DIR).resolve() / "prepared" / font_set()
    configuration = place / "fonts.conf"
    if configuration.exists():
        _keep_at_home(configuration)
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    draft.chmod(0o755)
    for path in {path for paths in chains().values() for path in paths}:
        _prepare(path, draft / path.name)
    (draft / "fonts.conf").write_text(_configured(place), encoding="utf-8")
    try:
        draft.rename(place)
    except OSError:
        # Another process was quicker with the same faces.
        shutil.rmtree(draft)
    return place


def _configured(place: Path) -> str:
    return CONFIGURATION.format(folder=escape(str(place)))


def _keep_at_home(configuration: Path) -> None:
    """Write the configuration anew where its folder was moved: the engine crashes where it finds no face."""
    told = _configured(configuration.parent)
    if configuration.read_text(encoding="utf-8") != told:
        draft = configuration.with_name(f"fonts.conf.{os.getpid()}")
        draft.write_text(told, encoding="utf-8")
        draft.replace(configuration)


def _prepare(source: Path, target: Path) -> None:
    """Copy a face with common metrics, a name of its own and one weight."""
    face = TTFont(source, lazy=True, fontNumber=0, recalcBBoxes=False, recalcTimestamp=False)
    unit = face["head"].unitsPerEm
    ascent, descent = round(ASCENT * unit), round(DESCENT * unit)
    face["hhea"].ascent, face["hhea"].descent, face["hhea"].lineGap = ascent, -descent, 0
    metrics = face["OS/2"]
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = ascent, -descent, 0
    metrics.usWinAscent, metrics.usWinDescent, metrics.usWeightClass = ascent, descent, 400
    metrics.fsSelection = (metrics.fsSelection & ~0b100001) | 0b1000000
    face["head"].macStyle = 0
    names = face["name"]
    names.names = []
    for key, text in ((1, family(source)), (2, "Regular"), (4, family(source)), (6, source.stem)):
        names.setName(text, key, 3, 1, 0x409)
    for table in face["cmap"].tables:
        table.cmap = {
            code: glyph
            for code, glyph in getattr(table, "cmap", {}).items()
            if code not in WITHOUT.get(source.name, set())
        }
    face.save(target)
    face.close()


def style_variables() -> str:
    """Return the style sheet's custom properties, one font chain a role."""
    names = {role: ", ".join(f'"{family(path)}"' for path in paths) for role, paths in chains().items()}
    return f":root {{ {' '.join(f'--{role}: {chain};' for role, chain in sorted(names.items()))} }}\n"
