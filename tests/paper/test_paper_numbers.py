"""Every number of the paper is the comparison's, in the HTML and in the PDF."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from reading_papers import NASTIER, NASTY, Json, pdf_text, plain

from sim.telling.paper import Paper, to_html, to_pdf
from sim.telling.paper.document import Rows
from sim.telling.report.text import text_report
from sim.words.numbers import danish, kroner, millions


class Tables(HTMLParser):
    """Reads the tables of a page as rows of texts, and everything else that is read aloud."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def html_tables(paper: Paper) -> list[list[list[str]]]:
    found = Tables(to_html(paper)).tables
    # What follows a table's last cell is not the cell's.
    return [[[plain(cell) for cell in row] for row in table] for table in found]


def test_the_page_has_every_table_cell_for_cell(paper: Paper, html_tables: list[list[list[str]]]) -> None:
    tables = paper.tables()
    assert len(html_tables) == len(tables) > 8
    for shown, table in zip(html_tables, tables, strict=True):
        assert shown[0] == [plain(name) for name in table.header]
        for row, cells in zip(shown[1:], table.rows, strict=True):
            told = [plain(str(cell)) for cell in cells]
            assert row[:-1] == told[:-1]
            assert row[-1].startswith(told[-1])


def test_the_pdf_has_every_number_of_every_table(paper: Paper, tmp_path: Path) -> None:
    words = pdf_text(to_pdf(paper), tmp_path)
    numbers = [
        number
        for block in (b for section in paper.sections for b in section.blocks if isinstance(b, Rows))
        for row in block.table.rows
        for cell in row[1:]
        for text in (plain(cell.text), plain(cell.under))
        # Words are broken over lines in a narrow column, so of them only each number for itself can be looked for.
        for number in (text.split() if block.words else [text])
        if any(c.isdigit() for c in number)
    ]
    assert len(numbers) > 150
    assert [number for number in numbers if number not in words] == []


def test_trips_and_amounts_are_the_json_by_hand(comparison: Json, paper: Paper) -> None:
    """Formatted here from the oere themselves, not by the tables the paper is made of."""
    sections = {section.slug: section for section in paper.sections}
    tables = {b.table.caption.partition(" på")[0]: b.table for b in sections["oekonomi"].blocks if isinstance(b, Rows)}
    activity, parts = tables["Ture og nettoudgift"], tables["Nettoudgiften og dens dele"]
    for row, option in zip(activity.rows, comparison["options"], strict=True):
        assert row[1].text == danish(option["trips"]["mean"])
        assert row[1].under == f"({danish(option['trips']['p10'])}-{danish(option['trips']['p90'])})"
        # A net cost is told as finely as its change.
        decimals = len(row[3].text.partition(",")[2])
        assert decimals >= 1
        assert row[3].text == millions(option["net_cost_oere"]["mean"], decimals=decimals)
    for row, option in zip(parts.rows, comparison["options"], strict=True):
        amounts = [option[key]["mean"] for key in ("fares_oere", "operator_payment_oere", "movia_fee_oere")]
        assert [cell.text for cell in row[1:4]] == [millions(oere) for oere in amounts]


def test_prices_on_typical_trips_are_the_tariffs(paper: Paper, comparison: Json) -> None:
    """48 kr. in town today, 60 under the second option, 24 under the third: the memo's levels."""
    sections = {section.slug: section for section in paper.sections}
    prices = next(b.table for b in sections["borgerne"].blocks if isinstance(b, Rows))
    assert [row[1].text for row in prices.rows] == ["48", "60 (uden ændring 48)", "24 (uden ændring 48)"]
    council = next(b.table for b in sections["raad"].blocks if isinstance(b, Rows))
    assert [row[1].text for row in council.rows] == ["48", "60", "24"]
    assert [cell.text for cell in council.rows[0][2:]] == [
        kroner(trip["oere"][0]["adult_phone"]) for trip in comparison["citizen_prices"][1:]
    ]


def test_the_sentences_are_the_reports_own(comparison: Json, paper: Paper, tmp_path: Path) -> None:
    words = pdf_text(to_pdf(paper), tmp_path)
    told = " ".join(text_report(comparison, "x").split())
    for option in comparison["options"][1:]:
        assert option["sentence"] in words
        assert option["sentence"] in told


def test_names_that_try_to_be_markup_are_shown_as_they_are(paper: Paper, tmp_path: Path) -> None:
    page = to_html(paper)
    read = Tables(page)
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "b", "iframe", "link"})
    assert NASTY in plain("".join(read.words))
    assert NASTIER in plain("".join(read.words))
    words = pdf_text(to_pdf(paper), tmp_path)
    assert NASTY in words
    assert NASTIER in words
