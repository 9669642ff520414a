"""Small Excel files made by hand: the parts that a reader needs, and no more."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Styles 0 general, 1 date, 2 time.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs>'
    "</styleSheet>"
)


def letters(place: int) -> str:
    return letters(place // 26 - 1) + letters(place % 26) if place >= 26 else chr(65 + place)


def cell(value: object, place: int, row: int) -> str:
    at = f'r="{letters(place)}{row}"'
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f'<c {at} s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, time):
        return f'<c {at} s="2"><v>{(value.hour * 60 + value.minute) / 1440:.12f}</v></c>'
    if isinstance(value, int | float):
        return f"<c {at}><v>{value}</v></c>"
    return f'<c {at} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_xml(rows: Sequence[Sequence[object]]) -> str:
    body = "".join(
        f'<row r="{n}">' + "".join(cell(value, place, n) for place, value in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def write_parts(file: Path, sheets: Mapping[str, str]) -> None:
    """Write an Excel file of these sheets, given as XML."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{what}+xml"/>'
        for name, what in [("workbook", "sheet.main"), ("styles", "styles"),
                           *((f"worksheets/sheet{n}", "worksheet") for n in range(1, len(sheets) + 1))]
    )  # fmt: skip
    named = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    links = (
        "".join(
            f'<Relationship Id="rId{n}" Type="{RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId99" Type="{RELS}/styles" Target="styles.xml"/>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>')  # fmt: skip
        packed.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                        f'Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{named}</sheets></workbook>'
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
        )
        packed.writestr("xl/styles.xml", STYLES)
        for n, xml in enumerate(sheets.values(), 1):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", xml)


def write_xlsx(file: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write an Excel file of these sheets' rows."""
    write_parts(file, {name: sheet_xml(rows) for name, rows in sheets.items()})
