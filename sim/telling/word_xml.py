"""What Word knows and python-docx has no call for, as elements of its XML."""

from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FORMATS = {"bullet": ("bullet", "•"), "letter": ("lowerLetter", "%1)"), "number": ("decimal", "%1.")}


def element(name: str, *inside: Any, **attributes: str) -> Any:
    """Return an element of Word's own names with its attributes and what is inside it."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    for one in inside:
        made.append(one)
    return made


def field(line: Any, code: str, half_points: int) -> None:
    """Append a field, such as the number of the page, in type of so many half points."""
    text = element("t")
    text.text = "1"
    run = element("r", element("rPr", element("sz", val=str(half_points))), text)
    line._p.append(element("fldSimple", run, instr=f" {code} "))


def content_control(line: Any, words: str, name: str) -> None:
    """Append a field that is filled in by clicking it; ``name`` is what it is called to whoever does not see it."""
    text = element("t")
    text.text = f"[{words}]"
    run = element("r", element("rPr", element("color", val="4D4D4D")), text)
    properties = element("sdtPr", element("alias", val=name), element("showingPlcHdr"), element("text"))
    line._p.append(element("sdt", properties, element("sdtContent", run)))


def numbering(file: Any, mark: str) -> Callable[[], Any]:
    """Add a list of its own to the file, and return what makes the mark of one of its lines."""
    part = file.part.numbering_part.element
    kind, shown = FORMATS[mark]
    known = [int(found.get(qn("w:abstractNumId"))) for found in part.iter(qn("w:abstractNum"))]
    place = str(max(known, default=-1) + 1)
    level = element(
        "lvl", element("start", val="1"), element("numFmt", val=kind), element("lvlText", val=shown),
        element("lvlJc", val="left"), element("pPr", element("ind", left="425", hanging="425")), ilvl="0",
    )  # fmt: skip
    abstract = element("abstractNum", element("multiLevelType", val="singleLevel"), level, abstractNumId=place)
    first = part.find(qn("w:num"))
    part.append(abstract) if first is None else first.addprevious(abstract)
    number = part.add_num(int(place)).numId
    return lambda: element("numPr", element("ilvl", val="0"), element("numId", val=str(number)))


def table_head(table: Any, caption: str) -> None:
    """Give a table its description, and say that its first row and first column are heads."""
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(
        element("tblLook", val="00A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1")
    )  # fmt: skip
    properties.append(element("tblCaption", val=caption))
    properties.append(element("tblDescription", val=caption))


def row_marks(row: Any, *, head: bool) -> None:
    """Keep a row on one page; a head is repeated on every page that the table runs over to."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))


def cell_borders(cell: Any, *, fill: str | None = None) -> None:
    """Draw a thin line under a cell, a thicker one and a ground under a head."""
    properties = cell._tc.get_or_add_tcPr()
    thick = "8" if fill else "4"
    properties.append(element("tcBorders", element("bottom", val="single", sz=thick, space="0", color="B3B3B3")))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))


def shaded(line: Any, fill: str, edge: str) -> None:
    """Put a paragraph on a coloured ground with an edge to the left."""
    properties = line._p.get_or_add_pPr()
    properties.append(element("pBdr", element("left", val="single", sz="24", space="8", color=edge)))
    properties.append(element("shd", val="clear", color="auto", fill=fill))
