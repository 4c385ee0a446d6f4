"""Scripts and style sheets keep to what the domestic browsers know (Chromium 111), and to this site."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "instruments" not in path.parts)

# What came after Chromium 111, with the version that brought it.
NEWER_SCRIPT = {
    r"Promise\.withResolvers": 119,
    r"Promise\.try": 128,
    r"Object\.groupBy|Map\.groupBy": 117,
    r"Array\.fromAsync": 121,
    r"URL\.(canParse|parse)\b": 120,
    r"\.(union|intersection|isSubsetOf)\(": 122,
    r"\.(show|hide|toggle)Popover\(": 114,
    r"Iterator\.from": 122,
    r"\bAbortSignal\.any": 116,
    r"/[a-z]*v[a-z]*;": 112,
}
NEWER_STYLE = {
    r"^\s*&": 112,
    r"@scope\b": 118,
    r"@starting-style\b": 117,
    r"\blight-dark\(": 123,
    r":popover-open\b": 114,
    r"\banchor\(": 125,
    r"animation-timeline": 115,
}
OUTSIDE = re.compile(r"""(?:src|href|action|hx-get|hx-post)\s*=\s*["'](?:https?:)?//""")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_needs_no_newer_engine(path):
    text = path.read_text(encoding="utf-8")
    assert [pattern for pattern in NEWER_SCRIPT if re.search(pattern, text)] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_needs_no_newer_engine_and_loads_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert [pattern for pattern in NEWER_STYLE if re.search(pattern, text, re.M)] == []
    assert not re.search(r"@import|url\(\s*[\"']?(https?:)?//", text)


def test_no_page_names_another_site():
    assert [path.name for path in TEMPLATES if OUTSIDE.search(path.read_text(encoding="utf-8"))] == []
