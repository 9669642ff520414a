"""A small comparison that was really calculated, with its files on the disk, and how the tests of pages read it."""

import html
import re
from pathlib import Path
from typing import Any

from tests.api.http.conftest import Memory

HTML = {"Accept": "text/html"}
NASTY = '<script>alert(1)</script>"&='
LINE = "dertil kan komme en afledt udgift til flexhandicap på ca."
LINE_EN = "flexhandicap may add about DKK"


class Kept(Memory):
    """Jobs in memory over one result on the disk."""

    folder: Path

    def tables(self, run: str, municipality: str | None = None) -> Path:
        self.result(run, municipality)
        return self.folder


def run_of(kept: Kept) -> tuple[str, dict[str, Any]]:
    run: str = kept.run  # type: ignore[attr-defined]
    return run, kept.result(run)


def text_of(markup: str) -> str:
    seen = re.sub(r'<span class="sr-only">.*?</span>', "", markup, flags=re.S)
    bare = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", seen)).split())
    return bare.replace("\u2060", "").replace("\u00ad", "").replace("\u00a0", " ")


def tables_of(page: str) -> list[str]:
    return re.findall(r"<table.*?</table>", page, re.S)


def amounts_of(table: str) -> dict[str, list[int]]:
    """Return the rows of a table of kroner and oere in oere, by name."""
    rows = [
        [text_of(c) for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)] for row in table.split("<tr>")[2:]
    ]
    return {row[0]: [round(float(c.replace(".", "").replace(",", ".")) * 100) for c in row[1:]] for row in rows}
