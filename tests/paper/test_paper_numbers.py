"""Every number of the paper is the comparison's, in the HTML and in the PDF."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from reading_documents import section, tables
from reading_papers import NASTIER, NASTY, Json, pdf_text, plain

from sim.telling.figures import Shown, shown_rows
from sim.telling.paper import Document, to_html, to_pdf
from sim.telling.report.headline import headline
from sim.telling.report.text import text_report
from sim.telling.section import Bullets, Rows
from sim.telling.sheet import Lang
from sim.telling.widths import column_widths
from sim.words.numbers import danish, kroner
from tests.answer.building import answer_of


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
def html_tables(paper: Document) -> list[list[list[str]]]:
    found = Tables(to_html(paper)).tables
    # What follows a table's last cell is not the cell's.
    return [[[plain(cell) for cell in row] for row in table] for table in found]


def test_the_page_has_every_table_cell_for_cell(paper: Document, html_tables: list[list[list[str]]]) -> None:
    found = tables(*paper.sections)
    assert len(html_tables) == len(found) > 8
    for shown, table in zip(html_tables, found, strict=True):
        assert shown[0] == [plain(column.title.da) for column in table.columns]
        for row, cells in zip(shown[1:], shown_rows(table, "da"), strict=True):
            told = [plain(f"{cell.text} {cell.under}") for cell in cells]
            assert row[:-1] == told[:-1]
            assert row[-1].startswith(told[-1])


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_pdf_has_every_number_of_every_table(paper: Document, tmp_path: Path, lang: Lang) -> None:
    words = pdf_text(to_pdf(paper, lang), tmp_path)
    numbers = [
        number
        for table in tables(*paper.sections)
        for row in shown_rows(table, lang)
        for cell in row[1:]
        for text in (plain(cell.text), plain(cell.under))
        # Words are broken over lines in a narrow column, so of them only each number for itself can be looked for.
        for number in (text.split() if table.words else [text])
        if any(c.isdigit() for c in number)
    ]
    assert len(numbers) > 150
    assert [number for number in numbers if number not in words] == []


def cells_of(table: Rows) -> list[dict[str, str]]:
    """Each row of a table by its columns' ids, as it is printed."""
    ids = [column.id for column in table.columns]
    return [dict(zip(ids, [cell.text for cell in row], strict=True)) for row in shown_rows(table, "da")]


def printed(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def test_the_net_cost_is_the_json_by_hand(comparison: Json, paper: Document) -> None:
    """Formatted here from the oere themselves, not by what the paper is made with."""
    (table,) = tables(section(paper, "oekonomi"))
    assert [column.id for column in table.columns] == ["option", "net_cost", "change", "percent", "part_year"]
    today, *rows = cells_of(table)
    before = comparison["options"][0]["net_cost_oere"]
    decimals = len(today["net_cost"].partition(",")[2])
    assert today["net_cost"] == danish(before["mean"] / 100_000, decimals)
    assert today["change"] == "–"
    for row, option in zip(rows, comparison["options"][1:], strict=True):
        change = option["change"]["net_cost_oere"]
        if change["p10"] < 0 < change["p90"]:
            assert row["change"] == row["percent"] == "usikker"
            continue
        assert row["change"].lstrip("+") == danish(change["mean"] / 100_000, decimals)
        assert printed(today["net_cost"]) + printed(row["change"]) == pytest.approx(printed(row["net_cost"]))


def test_the_account_adds_up_as_it_is_printed(paper: Document) -> None:
    account, each, *_ = tables(section(paper, "bilag-2"))
    assert [column.id for column in account.columns] == ["option", "operator_payment", "fares", "movia_fee", "net_cost"]
    assert [column.id for column in each.columns][1:] == ["net_cost_per_passenger", "net_cost_per_lost_trip"]
    (net_cost,) = tables(section(paper, "oekonomi"))
    for row, beside in zip(cells_of(account), cells_of(net_cost), strict=True):
        parts = [printed(row[key]) for key in ("operator_payment", "fares", "movia_fee")]
        assert parts[0] - parts[1] + parts[2] == pytest.approx(printed(row["net_cost"]))
        assert row["net_cost"] == beside["net_cost"]


def test_prices_on_typical_trips_are_the_tariffs(paper: Document, comparison: Json) -> None:
    """48 kr. in town today, 60 under the second option, 24 under the third: the memo's levels."""
    (prices,) = tables(section(paper, "priser"))
    assert list(cells_of(prices)[0].values())[1:] == ["48", "60", "24"]
    before, *_ = tables(section(paper, "bilag-3"))
    told = [row[1].text for row in shown_rows(before, "da")]
    assert told == ["48", "60 (uden ændring 48)", "24 (uden ændring 48)"]
    (council,) = tables(section(paper, "raad-pris"))
    assert [row["trip-1"] for row in cells_of(council)] == ["48", "60", "24"]
    assert list(cells_of(council)[0].values())[2:] == [
        kroner(trip["oere"][0]["adult_phone"]) for trip in comparison["citizen_prices"][1:]
    ]


def test_the_sentences_are_the_reports_own(comparison: Json, paper: Document, tmp_path: Path) -> None:
    words = pdf_text(to_pdf(paper), tmp_path)
    told = " ".join(text_report(answer_of(comparison), "x").split())
    for place, option in enumerate(comparison["options"][1:], start=1):
        assert f"{headline(answer_of(comparison), place)}" in words
        assert f"{option['name']}: {headline(answer_of(comparison), place)}" in told


def test_names_that_try_to_be_markup_are_shown_as_they_are(paper: Document, tmp_path: Path) -> None:
    page = to_html(paper)
    read = Tables(page)
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "b", "iframe", "link"})
    assert NASTY in plain("".join(read.words))
    assert NASTIER in plain("".join(read.words))
    words = pdf_text(to_pdf(paper), tmp_path)
    assert NASTY in words
    assert NASTIER in words


def test_no_column_is_narrower_than_its_longest_word() -> None:
    titles = ["valgmulighed", *(f"{n} km over kommunegrænsen" for n in range(6))]
    cell = Shown("60 (uden ændring 48)", "nettet 54, barn 30; egen prisliste", "da", "da")
    widths = column_widths(
        titles, [[Shown("Gratis til Gladsaxe Mødested", "", "da", "da"), *([cell] * 6)]], words=False
    )
    assert sum(widths) <= 110
    assert min(widths[1:]) >= len("kommunegrænsen") + 2


def test_the_councils_read_the_amounts_of_the_first_page(comparison: Json, paper: Document) -> None:
    # What an option saves or costs has one rounding in the paper: the interval outwards, the amount as in the first sentences.
    answer = answer_of(comparison)
    (told,) = [part for part in section(paper, "raad-aendring").parts if isinstance(part, Bullets)]
    sure = [place for place, option in enumerate(answer.options) if place and option.change.net_cost_oere.sign_is_sure]
    assert sure
    for place in sure:
        line, said = headline(answer, place), str(told.items[place].text.da)
        amount = line.amount.partition(" (")[0].split("ca. ")[1]
        assert f"Kommunen bruger ca. {amount}" in said
        assert f"om året {line.interval.replace(' kr.)', ')')}" in said
