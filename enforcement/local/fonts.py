"""The Chinese fonts of printed papers, laid into var/fonts.

Fandol (仿宋, 楷, 宋, 黑) comes out of a Debian package whose other files are not
installed; Noto Serif and Sans SC, for the characters Fandol lacks, come from a wheel.
"""

import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path

from enforcement.local import debian

PACKAGE = "texlive-lang-chinese"
INSTALLED = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
FANDOL = "FandolFang-Regular.otf"
WHEEL = "pylopdf_fonts_zh_cn"


def install(fonts: Path) -> None:
    """Lay out what is missing; printing goes on with Noto alone where Fandol cannot be had."""
    fonts.mkdir(parents=True, exist_ok=True)
    _copy_noto(fonts)
    if (fonts / FANDOL).exists():
        return
    if (INSTALLED / FANDOL).exists():
        _copy_all(INSTALLED, fonts)
        return
    print("==> fetching the Fandol fonts (49 MB, once)", flush=True)
    if not _fetch_fandol(fonts):
        print(
            f"!!! The Fandol fonts could not be had; papers use Noto. Run: apt install {PACKAGE}", flush=True
        )


def _copy_noto(fonts: Path) -> None:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return
    for font in Path(spec.origin).parent.glob("*.otf"):
        _copy(font, fonts / font.name)


def _copy(source: Path, target: Path) -> None:
    """Copy in one step, so that a killed run leaves no half font."""
    if not target.exists():
        part = target.with_suffix(".part")
        shutil.copyfile(source, part)
        part.rename(target)


def _copy_all(source: Path, fonts: Path) -> None:
    for font in sorted(source.glob("Fandol[FHKS]*.otf"), key=lambda path: path.name == FANDOL):
        _copy(font, fonts / font.name)


def _fetch_fandol(fonts: Path) -> bool:
    if shutil.which("apt-get") is None:
        return False
    with tempfile.TemporaryDirectory(prefix="fandol-") as name:
        work = Path(name)
        work.chmod(0o755)
        if not (_download(work) or (_update() and _download(work))):
            return False
        archive = next(work.glob("*.deb"))
        unpack = f"dpkg-deb --fsys-tarfile '{archive}' | tar -x -C '{work}' '.{INSTALLED}'"
        if subprocess.run(["sh", "-c", unpack], check=False, capture_output=True).returncode != 0:
            return False
        _copy_all(work / str(INSTALLED).lstrip("/"), fonts)
    return (fonts / FANDOL).exists()


def _download(work: Path) -> bool:
    command = ["apt-get", "-qq", "download", PACKAGE]
    return subprocess.run(command, cwd=work, check=False, capture_output=True).returncode == 0


def _update() -> bool:
    prefix = debian.privilege()
    if prefix is None:
        return False
    return (
        subprocess.run([*prefix, "apt-get", "-qq", "update"], check=False, capture_output=True).returncode
        == 0
    )
