import shutil

import pytest
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont

from papers import fonts


@pytest.fixture
def folder(settings, tmp_path):
    settings.FONT_DIR = tmp_path
    for cached in (fonts.font_set, fonts.prepared):
        cached.cache_clear()
    yield tmp_path
    for cached in (fonts.font_set, fonts.prepared):
        cached.cache_clear()


def test_a_site_without_fandol_prints_in_the_packaged_faces(folder):
    assert {path.name for chain in fonts.chains().values() for path in chain} == {
        "NotoSerifSC-Regular.otf",
        "NotoSansSC-Regular.otf",
    }
    assert (fonts.prepared() / "fonts.conf").exists()


def test_a_site_names_its_own_faces_in_the_settings(folder, settings):
    shutil.copy(fonts.SANS, folder / "Licensed.otf")
    settings.PRINT_FONTS = {"title": ("Licensed.otf", "Absent.otf", "NotoSerifSC-Regular.otf")}
    assert [path.name for path in fonts.chains()["title"]] == ["Licensed.otf", "NotoSerifSC-Regular.otf"]
    assert '--title: "Print Licensed", "Print NotoSerifSC-Regular";' in fonts.style_variables()


def test_a_changed_face_is_another_font_set(folder):
    before = fonts.font_set()
    fonts.font_set.cache_clear()
    shutil.copy(fonts.SANS, folder / "FandolFang-Regular.otf")
    assert fonts.font_set() != before


def test_prepared_faces_share_their_metrics(folder):
    place = fonts.prepared()
    heights = set()
    for path in place.glob("*.otf"):
        face = TTFont(path, lazy=True)
        unit = face["head"].unitsPerEm
        heights.add((face["hhea"].ascent / unit, face["hhea"].descent / unit, face["hhea"].lineGap))
    assert heights == {(fonts.ASCENT, -fonts.DESCENT, 0)}


def test_faces_moved_with_their_folder_are_found_where_they_stand(folder, settings, tmp_path_factory):
    place = fonts.prepared()
    settings.FONT_DIR = tmp_path_factory.mktemp("elsewhere") / "fonts"
    shutil.move(folder, settings.FONT_DIR)
    fonts.prepared.cache_clear()
    moved = fonts.prepared()
    assert moved == settings.FONT_DIR / place.relative_to(folder)
    told = (moved / "fonts.conf").read_text(encoding="utf-8")
    assert f"<dir>{moved}</dir>" in told
    assert str(folder) not in told


def test_a_path_in_a_font_name_leads_nowhere(folder, settings):
    settings.PRINT_FONTS = {"fang": ("../../etc/passwd", "NotoSerifSC-Regular.otf")}
    assert [path.name for path in fonts.chains()["fang"]] == ["NotoSerifSC-Regular.otf"]


def test_the_command_names_the_faces_and_fails_on_a_character_that_none_has(capsys):
    call_command("check_faces")
    assert "NotoSerifSC-Regular.otf" in capsys.readouterr().out
    with pytest.raises(CommandError, match="fang 缺 \U0001f600"):
        call_command("check_faces", "\U0001f600")
