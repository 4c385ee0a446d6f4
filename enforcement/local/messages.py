"""Compile the translations; needs no gettext on the machine."""

from pathlib import Path

import polib


def compile_all(locale: Path) -> None:
    """Write each .mo file that is missing or older than its .po file."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            part = target.with_suffix(".part")
            polib.pofile(str(source)).save_as_mofile(str(part))
            part.rename(target)


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parents[2] / "locale")
