"""Files that office programs of other kinds save under the names of spreadsheets; facts as in wild."""

import io
import zipfile

from openpyxl import Workbook

from tests.catalog.wild import BODIES, FACTS, saved

STRING = ' office:value-type="string"'
HEADS = ("序号", "事项名称", "事项编码", "法律依据", "实施主体")
ROADS = [fact for fact in FACTS if BODIES[fact.law] == "县交通运输局"]


def code_of(number):
    return f"0330217{number:05d}"


def web_page_named_xls() -> bytes:
    """A page saved as .xls by a web system: GBK, line breaks as tags, bodies merged down."""
    rows = []
    for number, fact in enumerate(FACTS, 1):
        cells = [str(number), fact.name, code_of(number), f"{fact.law}<br>{fact.article}&nbsp;{fact.text}"]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        if fact in (FACTS[0], FACTS[len(ROADS)]):
            down = len(ROADS) if fact is FACTS[0] else len(FACTS) - len(ROADS)
            row += f"<td rowspan='{down}'>{BODIES[fact.law]}</td>"
        rows.append(f"<tr>{row}</tr>")
    head = "".join(f"<th>{text}</th>" for text in HEADS)
    page = (
        '<html><head><meta charset="gb2312"></head><body><table>'
        f'<tr><td colspan="5">事项清单</td></tr><tr>{head}</tr>{"".join(rows)}</table></body></html>'
    )
    return page.encode("gb18030")


def xml_of_an_old_office() -> bytes:
    """XML that an old office program saves: merges and skipped columns told by attributes."""

    def cell(text, more=""):
        return f'<Cell{more}><Data ss:Type="String">{text}</Data></Cell>'

    rows = [
        "<Row>" + cell("事项清单", ' ss:MergeAcross="4"') + "</Row>",
        f"<Row>{''.join(map(cell, HEADS))}</Row>",
    ]
    for number, fact in enumerate(FACTS, 1):
        row = cell(number) + cell(fact.name) + cell(code_of(number)) + cell(fact.basis)
        if fact in (FACTS[0], FACTS[len(ROADS)]):
            down = (len(ROADS) if fact is FACTS[0] else len(FACTS) - len(ROADS)) - 1
            row += cell(BODIES[fact.law], f' ss:Index="5" ss:MergeDown="{down}"')
        rows.append(f"<Row>{row}</Row>")
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="清单">'
        f"<Table>{''.join(rows)}</Table></Worksheet></Workbook>"
    ).encode()


def strict_workbook() -> bytes:
    """A workbook of the strict kind, whose parts name other schemas."""
    source = io.BytesIO(codes_shown_with_zeros())
    made = io.BytesIO()
    old = b"http://schemas.openxmlformats.org/"
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(made, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            part = part.replace(
                old + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            part = part.replace(old + b"officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")
            written.writestr(name, part)
    return made.getvalue()


def codes_shown_with_zeros() -> bytes:
    """Codes kept as numbers, whose format shows the zeros in front."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADS)
    for number, fact in enumerate(FACTS, 1):
        sheet.append([number, fact.name, int(code_of(number)), fact.basis, BODIES[fact.law]])
        sheet.cell(number + 1, 3).number_format = "0" * 12
    return saved(book)


def open_document() -> bytes:
    """An .ods: bodies merged down, a title across, a row and a column hidden."""

    def cell(text, more=""):
        return (
            f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
        )

    rows = ["<table:table-row>" + cell("清单", ' table:number-columns-spanned="5"') + "</table:table-row>"]
    rows.append(f"<table:table-row>{''.join(map(cell, (*HEADS, '主管部门')))}</table:table-row>")
    for number, fact in enumerate(FACTS, 1):
        body = "<table:covered-table-cell/>"
        if fact in (FACTS[0], FACTS[len(ROADS)]):
            body = cell(BODIES[fact.law], ' table:number-rows-spanned="3"')
        hidden = ' table:visibility="collapse"' if number == 2 else ""
        texts = "".join(map(cell, (number, fact.name, code_of(number), fact.basis)))
        rows.append(f"<table:table-row{hidden}>{texts}{body}{cell('旧')}</table:table-row>")
    parts = ("office", "table", "text")
    names = " ".join(f'xmlns:{part}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"' for part in parts)
    columns = '<table:table-column table:number-columns-repeated="5"/>'
    columns += '<table:table-column table:visibility="collapse"/>'
    sheet = f'<table:table table:name="清单">{columns}{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        written.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        written.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        written.writestr("META-INF/manifest.xml", "<manifest/>")
    return made.getvalue()
