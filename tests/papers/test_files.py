import hashlib
import io
import zipfile

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import ProgrammingError, transaction
from PIL import Image

from law.errors import RuleViolation
from papers import files, pictures
from papers.models import StoredFile
from tests.papers.conftest import picture

pytestmark = pytest.mark.django_db


def pdf(change=None, **save) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    target = io.BytesIO()
    document.save(target, **save)
    return target.getvalue()


def office(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def with_script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = action


def with_script_on_a_page(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def store(data: bytes, file_name: str, actor, at, **more) -> StoredFile:
    return files.store(upload=ContentFile(data, name=file_name), actor=actor, at=at, **more)


@pytest.mark.parametrize(
    ("data", "name", "content_type"),
    [
        (picture(), "照片.jpg", "image/jpeg"),
        (picture(form="PNG"), "图.png", "image/png"),
        (pdf(), "书证.pdf", "application/pdf"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "录像.mp4", "video/mp4"),
        (
            office("[Content_Types].xml", "word/document.xml"),
            "材料.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            office("[Content_Types].xml", "xl/workbook.xml"),
            "清单.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_an_allowed_file_is_kept_under_its_own_digest(data, name, content_type, actor, at, media):
    stored = store(data, name, actor, at)
    digest = hashlib.sha256(data).hexdigest()
    assert (stored.sha256, stored.content_type, stored.size) == (digest, content_type, len(data))
    assert (stored.name, stored.created_by_id, stored.created_by_name) == (name, 7, "王铉")
    assert (media / digest[:2] / digest).read_bytes() == data
    assert files.open_checked(stored) == data


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.jpg", "upload_empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "upload_type"),
        (b"<html><script>1</script></html>", "a.jpg", "upload_type"),
        (b"MZ\x90\0", "a.pdf", "upload_type"),
        (b"GIF89a", "a.gif", "upload_type"),
        (picture()[:300], "半张.jpg", "upload_damaged"),
        (b"%PDF-1.7 nothing", "坏.pdf", "upload_damaged"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "密.pdf", "upload_encrypted"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="")), "限.pdf", "upload_encrypted"),
        (pdf(with_script), "脚本.pdf", "upload_active"),
        (pdf(with_script_on_a_page), "脚本.pdf", "upload_active"),
        (pdf(with_attachment), "附件.pdf", "upload_active"),
        (office("a.txt"), "a.zip", "upload_type"),
        (
            office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "a.docm",
            "upload_active",
        ),
        (b"PK\x03\x04 broken", "a.docx", "upload_damaged"),
    ],
)
def test_a_dangerous_or_broken_upload_is_refused_at_its_field_and_leaves_nothing(
    data, name, code, actor, at, media
):
    with pytest.raises(RuleViolation) as refused:
        store(data, name, actor, at)
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert refused.value.message
    assert refused.value.unblock
    assert not StoredFile.objects.exists()
    assert not list(media.iterdir())


def test_a_file_over_the_limit_is_refused(actor, at, settings, media):
    settings.UPLOAD_LIMIT_BYTES = 1000
    with pytest.raises(RuleViolation) as refused:
        store(picture((2000, 2000)), "大.jpg", actor, at)
    assert refused.value.code == "upload_size"
    assert not list(media.iterdir())


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(actor, at):
    target = io.BytesIO()
    Image.new("1", (20000, 20000)).save(target, "PNG")
    with pytest.raises(RuleViolation) as refused:
        store(target.getvalue(), "大.png", actor, at)
    assert refused.value.code == "upload_pixels"


def test_the_bytes_prove_the_type_whatever_the_name_claims(actor, at):
    stored = store(pdf(), "a.jpg", actor, at)
    assert (stored.content_type, stored.is_image) == ("application/pdf", False)


def test_the_same_bytes_twice_are_one_file_under_its_first_name(actor, at):
    first = store(picture(), "甲.jpg", actor, at)
    second = store(picture(), "乙.jpg", actor, at)
    assert first.pk == second.pk
    assert second.name == "甲.jpg"


def test_a_path_in_the_name_is_cut_off(actor, at):
    assert store(picture(), "x.jpg", actor, at, name="..\\..\\etc/照片.jpg").name == "照片.jpg"


def test_a_changed_file_is_not_served(actor, at, media):
    stored = store(picture(), "甲.jpg", actor, at)
    place = media / str(stored.file)
    place.chmod(0o640)
    place.write_bytes(picture(colour=(0, 0, 0)))
    with pytest.raises(RuleViolation) as refused:
        files.open_checked(stored)
    assert refused.value.code == "file_damaged"
    place.unlink()
    with pytest.raises(RuleViolation):
        files.open_checked(stored)


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"file": "aa/bb"}, {"size": 1}, {"county_id": 1}])
def test_the_database_refuses_to_change_a_stored_file(change, actor, at):
    stored = store(picture(), "甲.jpg", actor, at)
    with pytest.raises(ProgrammingError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(**change)
    before = stored.sha256
    stored.refresh_from_db()
    assert stored.sha256 == before


def test_the_database_refuses_to_delete_a_stored_file(actor, at):
    stored = store(picture(), "甲.jpg", actor, at)
    with pytest.raises(ProgrammingError), transaction.atomic():
        stored.delete()
    assert StoredFile.objects.filter(sha256=stored.sha256).exists()


def test_a_large_photo_gets_an_upright_print_copy_without_its_metadata(actor, at):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    stored = store(picture((3000, 2000), exif=exif), "甲.jpg", actor, at)
    with Image.open(pictures.copy_of(stored.sha256, pictures.PRINT)) as copy:
        assert copy.size == (1067, 1600)
        assert not copy.getexif()
    with Image.open(files.thumbnail(stored)) as small:
        assert max(small.size) == 320
    assert files.open_checked(stored) == picture((3000, 2000), exif=exif)


def test_a_transparent_picture_prints_on_white(actor, at):
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(target, "PNG")
    stored = store(target.getvalue(), "透明.png", actor, at)
    with Image.open(pictures.copy_of(stored.sha256, pictures.PRINT)) as copy:
        assert copy.getpixel((25, 25)) == (255, 255, 255)
