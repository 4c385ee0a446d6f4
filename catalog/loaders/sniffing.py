"""What kind of file some bytes are, whatever its name says, and whether they may be unpacked."""

import io
import zipfile
from dataclasses import dataclass

from law.errors import RuleViolation

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LONGEST_UNPACKED = 300 * 1024 * 1024
PIECE = 1024 * 1024
# Rows times columns: what lies between the first cell and the last is held in memory, filled or not.
LARGEST = 4_000_000
SHEETS, DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet", "content.xml"


@dataclass(frozen=True, slots=True)
class _WayOut:
    """What a person does about a file of a kind that is not read."""

    zh: str
    en: str


SAVE = _WayOut(
    "请另存为 .xlsx、.xls、.ods 或 .csv 后重新上传", "Save it as .xlsx, .xls, .ods or .csv and upload again"
)
COPY = _WayOut(
    "请把其中的表格复制到表格软件中，另存为 .xlsx 后重新上传",
    "Copy its table into a spreadsheet, save that as .xlsx and upload again",
)
UNPACK = _WayOut("请解压后逐个上传其中的表格", "Unpack it and upload the tables in it one by one")
UNLOCK = _WayOut(
    "请在表格软件中去掉打开密码和工作簿保护，另存后重新上传",
    "Take off the password and the protection of the workbook, save it and upload again",
)
TRIM = _WayOut(
    "请在表格软件中删除数据以外的空行、空列（整行、整列选中后删除），另存后重新上传",
    "Delete the empty rows and columns outside the data, save and upload again",
)
OTHER_FILES = {
    b"%PDF": ("PDF 文件", COPY),
    b"{\\rt": ("RTF 文件", COPY),
    b"\x89PNG": ("PNG 图片", COPY),
    b"\xff\xd8\xff": ("JPEG 图片", COPY),
    b"MIME-Version:": ("MHT 网页", SAVE),
    b"Rar!": ("RAR 压缩包", UNPACK),
    b"7z\xbc\xaf": ("7z 压缩包", UNPACK),
    b"\x1f\x8b": ("GZ 压缩包", UNPACK),
    b"\x09\x00\x04\x00": ("Excel 2.0 的旧格式", SAVE),
    b"\x09\x02\x06\x00": ("Excel 3.0 的旧格式", SAVE),
    b"\x09\x04\x06\x00": ("Excel 4.0 的旧格式", SAVE),
}
# Folders of a zipped office file that is no workbook, and streams of an old one.
FOLDERS = {"word/": ("Word 文档", COPY), "ppt/": ("PowerPoint 演示文稿", COPY)}
STREAMS = {"WordDocument": ("Word 文档", COPY), "PowerPoint Document": ("PowerPoint 演示文稿", COPY)}


def unreadable(why: str, way: _WayOut = SAVE) -> RuleViolation:
    """Refuse a file, and say what is to be done with it."""
    return RuleViolation(
        "list_unreadable",
        f"文件无法读取：{why}",
        unblock=way.zh,
        message_en="The file cannot be read as a table",
        unblock_en=way.en,
        field="file",
    )


def locked() -> RuleViolation:
    """Refuse a workbook that opens with a password alone."""
    return unreadable("工作簿已加密（设有打开密码，或者保护了工作簿）", UNLOCK)


def require_extent(name: str, extent: tuple[int, int]) -> None:
    """Refuse a sheet that a stray cell far out makes too large; extent: its rows and columns."""
    rows, columns = extent
    if rows * columns > LARGEST:
        where = f"最后一个有内容的单元格在第 {rows} 行、第 {columns} 列附近"
        raise unreadable(f"工作表“{name}”的区域过大，{where}", TRIM)


def refuse_others(data: bytes) -> None:
    """Refuse what is no table by its first bytes, or by what an archive or an old container holds."""
    for magic, (kind, way) in OTHER_FILES.items():
        if data.startswith(magic):
            raise unreadable(f"这是 {kind}，不是可以读取的表格", way)
    if data.startswith(XLS):
        _refuse_streams(data)
    elif data.startswith(XLSX):
        _refuse_archive(data)


def _refuse_streams(data: bytes) -> None:
    if "Workbook".encode("utf-16-le") in data:
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked()
    for stream, (kind, way) in STREAMS.items():
        if stream.encode("utf-16-le") in data:
            raise unreadable(f"这是 {kind}，不是可以读取的表格", way)


def _refuse_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LONGEST_UNPACKED:
                raise unreadable("解压后过大")
            _refuse_other_archives(archive)
            _unpack(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise unreadable("压缩结构已损坏") from error


def _refuse_other_archives(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "mimetype" in names and not archive.read("mimetype").startswith(SHEETS):
        raise unreadable("这是 OpenDocument 文档，不是可以读取的表格", COPY)
    if DOCUMENT in names or any(name.startswith(("xl/", "XL/", "/xl/", "xl\\")) for name in names):
        return
    for folder, (kind, way) in FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            raise unreadable(f"这是 {kind}，不是可以读取的表格", way)
    raise unreadable("这是 ZIP 压缩包，不是可以读取的表格", UNPACK)


def _unpack(archive: zipfile.ZipFile) -> None:
    """Unpack the shared texts once: an entry longer than it says is refused as damaged.

    The sheets are unpacked by whoever reads their markings.
    """
    for name in archive.namelist():
        if name.lower().endswith("sharedstrings.xml"):
            with archive.open(name) as part:
                while part.read(PIECE):
                    pass
