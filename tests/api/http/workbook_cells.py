"""A workbook's cells read out of its own XML: what is kept in each, and the formula behind it."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetCell:
    value: str | float | None
    formula: str | None


def read_workbook(content: bytes) -> dict[str, dict[str, SheetCell]]:
    """Every sheet's cells by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [
            "".join(t.text or "" for t in item.iter(f"{SPACE}t"))
            for item in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        targets = {
            r.get("Id"): r.get("Target") for r in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        sheets = ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{SPACE}sheet")
        return {
            str(sheet.get("name")): {
                str(cell.get("r")): _cell(cell, texts)
                for cell in ElementTree.fromstring(parts.read(f"xl/{targets[sheet.get(RELATION)]}")).iter(f"{SPACE}c")
            }
            for sheet in sheets
        }


def _cell(cell: ElementTree.Element, texts: list[str]) -> SheetCell:
    value, formula = cell.findtext(f"{SPACE}v"), cell.findtext(f"{SPACE}f")
    if not value or cell.get("t") == "str":
        return SheetCell(value or None, formula)
    return SheetCell(texts[int(value)] if cell.get("t") == "s" else float(value), formula)
