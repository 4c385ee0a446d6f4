"""Files of foreign kinds and makes: read as a person reads them, or refused with what to do."""

import io
import zipfile

import pytest

from law.errors import RuleViolation
from tests.catalog.workbooks import codes, names, read, workbook

ROWS = [["序号", "事项编码", "事项名称"], ["1", "033021700100", "对甲的处罚"]]
NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def archive(**parts) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def rewritten(part: str, change) -> bytes:
    """Make the workbook with one of its parts changed, as another program would write it."""
    made, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(workbook(ROWS)))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in source.namelist():
            content = source.read(name).decode()
            written.writestr(name, change(content) if name == part else content)
    return made.getvalue()


def old_container(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def with_stray_cell(place: str) -> bytes:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    return rewritten(
        "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace("</sheetData>", f"{cell}</sheetData>")
    )


@pytest.mark.parametrize(
    ("data", "why", "way"),
    [
        (archive(word__document_xml="<w/>"), "Word 文档", "复制到表格软件"),
        (archive(ppt__presentation_xml="<p/>"), "PowerPoint", "复制到表格软件"),
        (archive(清单="x"), "ZIP 压缩包", "解压"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "RAR 压缩包", "解压"),
        (b"%PDF-1.7", "PDF", "复制到表格软件"),
        (old_container("EncryptedPackage"), "加密", "去掉打开密码"),
        (old_container("WordDocument"), "Word 文档", "复制到表格软件"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "旧格式", "另存为"),
        (with_stray_cell("XFD1048576"), "第 1048576 行、第 16384 列", "删除数据以外的空行"),
        (with_stray_cell("Z900000"), "第 900000 行、第 26 列", "删除数据以外的空行"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_readable_table_is_refused_with_its_kind_and_a_way_out(data, why, way):
    with pytest.raises(RuleViolation, match=why) as refused:
        read(data)
    assert way in refused.value.unblock


def test_a_part_longer_than_it_says_is_refused_before_it_is_unpacked():
    long, told = 5_000_000, 1000
    data = archive(xl__workbook_xml="<workbook/>", xl__sharedStrings_xml=" " * long)
    with pytest.raises(RuleViolation, match="损坏"):
        read(data.replace(long.to_bytes(4, "little"), told.to_bytes(4, "little")))


def test_a_merge_down_the_whole_sheet_and_rows_without_content_cost_nothing():
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="D2:XFD1048576"/></mergeCells>'
    data = rewritten("xl/worksheets/sheet1.xml", lambda sheet: sheet.replace("</sheetData>", merge))
    assert names(read(data)) == ["对甲的处罚"]


def test_a_list_of_more_rows_than_an_index_counts_keeps_each_at_its_place():
    def row(number, name, index=""):
        return f"<Row{index}><Cell><Data>{number}</Data></Cell><Cell><Data>{name}</Data></Cell></Row>"

    body = row("序号", "事项名称") + row(1, "对甲的处罚")
    body += row(2, "对乙的处罚", ' ss:Index="1500"') + row(3, "对丙的处罚")
    page = f'<?xml version="1.0"?><Workbook xmlns:ss="s"><Table>{body}</Table></Workbook>'
    assert [(row.row, row.outcome) for row in read(page.encode()).rows][1:] == [
        (2, "item"),
        (1500, "item"),
        (1501, "item"),
    ]


def test_what_is_not_seen_and_the_radicals_of_a_pdf_are_no_part_of_a_text_and_the_cell_is_kept():
    name = "对擅\u00ad自\u2060堆\ufeff放\u200e的\u2f8f政\u200d处罚"
    result = read(workbook([["序号", "事\u200b项\u00a0名称"], ["1", name]]))
    assert (names(result), result.rows[-1].cells[1]) == (["对擅自堆放的行政处罚"], name)


def test_the_reading_aids_of_a_name_are_no_part_of_it():
    aided = "<is><r><t>对乙</t></r><r><t>的处罚</t></r><rPh sb='0' eb='1'><t>yi</t></rPh></is>"
    row = f"<row r='3'><c r='C3' t='inlineStr'>{aided}</c></row></sheetData>"
    data = rewritten("xl/worksheets/sheet1.xml", lambda sheet: sheet.replace("</sheetData>", row))
    assert names(read(data)) == ["对甲的处罚", "对乙的处罚"]


def test_a_result_that_is_an_error_is_told_and_not_read():
    def failed(sheet):
        return sheet.replace(
            "</row></sheetData>", '<c r="D2" t="e"><f>X9</f><v>#N/A</v></c></row></sheetData>'
        )

    result = read(rewritten("xl/worksheets/sheet1.xml", failed))
    assert (names(result), codes(result)) == (["对甲的处罚"], ["formula_without_value"])


@pytest.mark.parametrize("code", [331199001450000123, 616001000])
def test_a_code_of_which_a_number_does_not_keep_all_digits_is_told(code):
    result = read(workbook([ROWS[0], [1, code, "对甲的处罚"]]))
    assert (result.entries[0].codes, codes(result)) == ([], ["code_damaged"])


def test_a_code_in_full_width_digits_is_the_code():
    assert read(workbook([ROWS[0], [1, "０３３０２１７００１００", "对甲的处罚"]])).entries[0].codes == [
        "033021700100"
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_of_two_byte_characters_needs_no_mark(encoding):
    text = "\r\n".join("\t".join(row) for row in ROWS)
    assert read(text.encode(encoding)).entries[0].codes == ["033021700100"]
