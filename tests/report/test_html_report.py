"""The report on a small real comparison: complete, self-contained, escaped, the same bytes each time."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from data import attribution
from sim.answer.compare import compare
from sim.answer.records import Answer
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.telling.report.html import render_html
from sim.telling.report.table import officers
from sim.telling.report.text import text_report
from sim.words.figure import Figure
from sim.words.numbers import danish, kroner
from tests.report.printed_tables import Page as PrintedPage
from tests.report.printed_tables import as_texts, sums_of

NASTY = '<b>"Bytakst" & 60</b>'


@pytest.fixture(scope="module")
def comparison() -> Answer:
    from datetime import date

    options = [
        {"name": "I dag", "elements": ["kommunetakst", "bytakst=low"]},
        {"name": NASTY, "elements": ["kommunetakst", "bytakst=high"]},
    ]
    values = {"municipality": "0340", "options": options, "start": date(2020, 10, 1), "passengers": 900.0, "draws": 2}
    scenario = build_scenario(values | {"min_replications": 2, "max_replications": 2}, "test")
    return compare(prepare(scenario, "0340"), workers=1).answer


def rendered(comparison: Answer) -> str:
    return render_html(comparison, attribution=attribution(), manifest={"command": "takstlab compare x", "seed": 1})


class Page(HTMLParser):
    """What a browser would fetch or run, and the order of headings."""

    def __init__(self) -> None:
        super().__init__()
        self.fetches: list[str] = []
        self.headings: list[int] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("script", "link", "iframe", "object", "img", "base", "form"):
            self.fetches.append(tag)
        self.fetches += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "xlink:href", "action", "srcset")]
        self.fetches += [f"{k}={v}" for k, v in attrs if v and k != "xmlns" and "url(" in v]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def test_the_report_asks_for_nothing_from_outside(comparison: Answer) -> None:
    html = rendered(comparison)
    assert parsed(html).fetches == []
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_headings_go_down_one_step_at_a_time(comparison: Answer) -> None:
    headings = parsed(rendered(comparison)).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_what_users_write_is_text_and_never_markup(comparison: Answer) -> None:
    html = rendered(comparison)
    assert NASTY not in html
    assert "&lt;b&gt;" in html
    assert NASTY in "".join(parsed(html).text)


def test_the_same_comparison_gives_the_same_bytes(comparison: Answer) -> None:
    assert rendered(comparison) == rendered(comparison)


def test_every_assumption_stands_in_the_report_with_its_source(comparison: Answer) -> None:
    text = "".join(parsed(rendered(comparison)).text)
    for assumption in comparison.assumptions:
        assert assumption.id in text
        assert assumption.source in text
    for line in attribution().splitlines():
        assert line.strip() in text


def test_the_formula_adds_up_on_a_pocket_calculator(comparison: Answer) -> None:
    """Operator payment less fares plus fee is net cost, in the kroner and oere that are printed."""
    from sim.telling.report.arithmetic import arithmetic_table

    def oere(cell: object) -> int:
        return int(str(getattr(cell, "text", cell)).replace(".", "").replace(",", "").replace("−", "-"))

    for blocks in (comparison.options, [option.part_year for option in comparison.options]):
        table = arithmetic_table([("x", block) for block in blocks if block is not None], "x")
        for row, block in zip(table.rows, blocks, strict=True):
            operator, fares, fee, net = (oere(cell) for cell in row[1:5])
            assert operator - fares + fee == net
            assert block is not None
            assert abs(net - block.net_cost_oere.mean) <= 1


def test_the_officers_table_prints_the_published_figures(comparison: Answer) -> None:
    header, *rows = as_texts(officers(comparison))
    assert header[0] == "valgmulighed"
    for row, option in zip(rows, comparison.options, strict=True):
        assert row[0] == option.name
        assert row[header.index("ture")].startswith(danish(option.trips.mean))
        assert any(cell.startswith(kroner(option.net_cost_per_passenger_oere.mean)) for cell in row)


def test_an_uncertain_change_is_called_uncertain(comparison: Answer) -> None:
    today, other = comparison.options
    change = replace(other.change, net_cost_oere=Figure(-1000.0, -50_000_000.0, 40_000_000.0))
    _, _, row = as_texts(officers(replace(comparison, options=(today, replace(other, change=change)))))
    assert any("usikker" in cell for cell in row)


def test_the_terminal_text_keeps_to_a_hundred_columns(comparison: Answer) -> None:
    text = text_report(comparison, "resultater/x")
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "resultater/x" in text


def test_every_printed_table_adds_up_as_printed(comparison: Answer) -> None:
    """The account of each option, each change, the parts of the change, the months: in the report, and in what it is made of."""
    tables = PrintedPage(rendered(comparison)).tables
    assert len(tables) > 10
    # Two accounts, two months' sums, one change, one row of parts, two sums of trips, the affected groups.
    assert sum(sums_of(table) for table in tables) >= 10
