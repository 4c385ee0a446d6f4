"""Tell what an upload really is by its bytes, and refuse what may carry a program."""

import io
import warnings
import zipfile
from pathlib import Path

import pikepdf
from PIL import Image, UnidentifiedImageError

from law.errors import RuleViolation

MAX_IMAGE_PIXELS = 60_000_000
MAX_PDF_PAGES = 1000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
OFFICE_TYPES = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Movie", "/Rendition"}


def refusal(code: str, message: str, unblock: str, message_en: str, unblock_en: str) -> RuleViolation:
    """Make the refusal of an upload, placed at its field."""
    return RuleViolation(
        code=f"upload_{code}",
        message=message,
        unblock=unblock,
        message_en=message_en,
        unblock_en=unblock_en,
        field="file",
    )


def content_type_of(data: bytes) -> str:
    """Return the media type the bytes prove, after the checks of that type; refuse every other."""
    if data.startswith(b"\xff\xd8\xff"):
        return _image(data, "JPEG", "image/jpeg")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _image(data, "PNG", "image/png")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data[4:8] == b"ftyp":
        return "video/mp4"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    raise refusal(
        "type",
        "不支持的文件类型",
        "请上传 JPEG、PNG 图片，PDF、DOCX、XLSX 文件或 MP4 视频",
        "Files of this type are not taken",
        "Upload JPEG or PNG pictures, PDF, DOCX or XLSX files, or MP4 video",
    )


def _image(data: bytes, form: str, content_type: str) -> str:
    damaged = refusal(
        "damaged",
        "图片无法打开，可能已损坏",
        "请重新拍摄或导出后再上传",
        "The picture cannot be opened; it may be damaged",
        "Take or export it again, then upload it",
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                too_large = image.width * image.height > MAX_IMAGE_PIXELS
                if not too_large:
                    image.load()
    except Image.DecompressionBombError:
        too_large = True
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise damaged from error
    if too_large:
        raise refusal(
            "pixels",
            "图片像素过大",
            "请将图片缩小到 6000 万像素以内再上传",
            "The picture has too many pixels",
            "Reduce it to at most 60 million pixels, then upload it",
        )
    return content_type


def _pdf(data: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            encrypted, pages = pdf.is_encrypted, len(pdf.pages)
            active = any(_is_active(item) for item in pdf.objects)
    except pikepdf.PasswordError:
        encrypted, pages, active = True, 0, False
    except (pikepdf.PdfError, ValueError) as error:
        raise refusal(
            "damaged",
            "PDF 无法打开，可能已损坏",
            "请重新导出后再上传",
            "The PDF cannot be opened; it may be damaged",
            "Export it again, then upload it",
        ) from error
    if encrypted:
        raise refusal(
            "encrypted",
            "PDF 已加密",
            "请去除密码和权限限制后再上传",
            "The PDF is encrypted",
            "Remove its password and restrictions, then upload it",
        )
    if active:
        raise refusal(
            "active",
            "PDF 含有脚本、附件或外部动作",
            "请打印为普通 PDF 后再上传",
            "The PDF holds scripts, attachments or outside actions",
            "Print it to a plain PDF, then upload that",
        )
    if pages > MAX_PDF_PAGES:
        raise refusal(
            "pages",
            f"PDF 超过 {MAX_PDF_PAGES} 页",
            "请分成几个文件上传",
            f"The PDF has more than {MAX_PDF_PAGES} pages",
            "Split it into several files",
        )
    return "application/pdf"


def _is_active(item: pikepdf.Object) -> bool:
    """Tell whether an object, or one nested in it, runs something or carries a file."""
    if isinstance(item, pikepdf.Array):
        return any(_is_active(part) for part in item if not part_is_indirect(part))
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if "/JS" in item or "/EF" in item or str(item.get("/S", "")) in ACTIVE_ACTIONS:
        return True
    return any(_is_active(part) for part in item.values() if not part_is_indirect(part))


def part_is_indirect(part: object) -> bool:
    """Tell whether a value is an object of its own, which the walk over all objects meets anyway."""
    return not isinstance(part, pikepdf.Object) or bool(part.is_indirect)


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise refusal(
            "damaged",
            "文件无法打开，可能已损坏",
            "请重新另存后再上传",
            "The file cannot be opened; it may be damaged",
            "Save it anew, then upload it",
        ) from error
    names = {entry.filename for entry in entries}
    found = [media for folder, media in OFFICE_TYPES.items() if any(n.startswith(folder) for n in names)]
    if "[Content_Types].xml" not in names or len(found) != 1:
        raise refusal(
            "type",
            "不支持的压缩文件",
            "请解压后逐个上传图片、PDF、DOCX 或 XLSX 文件",
            "Archives of this kind are not taken",
            "Unpack it and upload the pictures, PDF, DOCX or XLSX files one by one",
        )
    if any(Path(name).suffix.lower() == ".bin" and "vba" in name.lower() for name in names):
        raise refusal(
            "active",
            "文件含有宏",
            "请另存为不含宏的 DOCX 或 XLSX 后再上传",
            "The file holds macros",
            "Save it as DOCX or XLSX without macros, then upload it",
        )
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise refusal(
            "unpacked",
            "文件解压后过大",
            "请拆分后再上传",
            "The file is too large when unpacked",
            "Split it, then upload the parts",
        )
    return found[0]
