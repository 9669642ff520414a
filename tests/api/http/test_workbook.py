"""The budget workbook, read as a sheet reads it: the formulas asked one by one of the running service."""

import copy
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.api.http.workbook_cells import SheetCell, read_workbook

PART = re.compile(r'Tjeneste!\$B\$(\d)|"([^"]*)"')
LIVE = re.compile(r'_xlfn\.NUMBERVALUE\(_xlfn\.WEBSERVICE\((.*)\),"\."\)')


Sheets = dict[str, dict[str, SheetCell]]


@pytest.fixture
def book(client: TestClient, done: str) -> Sheets:
    return read_workbook(client.get(f"/v1/runs/{done}/budget.xlsx").content)


def address(formula: str, service: dict[str, SheetCell]) -> str | None:
    """The address that a live formula asks, put together as the sheet would."""
    found = LIVE.fullmatch(formula)
    if found is None:
        return None
    return "".join(str(service[f"B{cell}"].value or "") if cell else text for cell, text in PART.findall(found[1]))


def live_cells(book: Sheets) -> list[tuple[str, float]]:
    """The address that each live cell asks, and the number that is kept in it."""
    cells = [cell for sheet in book.values() for cell in sheet.values() if cell.formula]
    asked = [(address(cell.formula, book["Tjeneste"]), cell.value) for cell in cells]
    return [(place, float(value)) for place, value in asked if place]


def test_every_live_formula_answers_the_number_that_stands_in_its_cell(client, book, done) -> None:
    cells = live_cells(book)
    # 2 options: 9 columns of the table, and 7 quantities with two ends each.
    assert len(cells) == 2 * 9 + 2 * 7 * 2
    for asked, shown in cells:
        assert len(asked) < 2048  # Excel's limit
        assert asked.startswith(f"http://127.0.0.1:8600/v1/celle/{done}/0316/")
        assert int(client.get(quote(asked, safe=":/?=&")).text) == shown


VALUE_SHEETS = ("Budget", "Intervaller", "Forudsætninger", "Kilder")


def test_the_first_sheets_ask_nobody_and_the_last_two_are_for_the_service(book: Sheets) -> None:
    assert tuple(book) == (*VALUE_SHEETS, "Levende tal", "Tjeneste")
    for name in VALUE_SHEETS:
        assert not [
            cell.formula for cell in book[name].values() if cell.formula and re.search("[A-ZÆØÅ]{2}", cell.formula)
        ]


def test_the_live_sheet_has_the_same_numbers_in_whole_kroner(book: Sheets) -> None:
    shown, live = book["Budget"], book["Levende tal"]
    for column in "BCDEFGHIJ":
        for row in (6, 7):
            assert live[f"{column}{row}"].value == pytest.approx(shown[f"{column}{row}"].value, abs=0.5)
    ends = book["Intervaller"]
    assert [live[f"{column}9"].value for column in "BO"] == [ends[f"{column}3"].value for column in "BO"]
    for column in "BCDEFGHIJKLMNO":
        for row in (4, 5):
            assert live[f"{column}{row + 6}"].value == pytest.approx(ends[f"{column}{row}"].value, abs=0.5)


def test_the_net_cost_is_a_formula_of_its_parts_that_equals_the_value(book: Sheets, comparison) -> None:
    sheet = book["Budget"]
    assert [sheet[f"{column}5"].value for column in "ABCDEFGH"] == [
        "valgmulighed", "ture", "passagerer", "brugerbetaling", "vognmandsbetaling", "betaling til Movia",
        "nettoudgift", "mer-/mindreudgift",
    ]  # fmt: skip
    for row, option in zip((6, 7), comparison["options"], strict=True):
        fares, operator, fee, net = (sheet[f"{column}{row}"] for column in "DEFG")
        assert net.formula == f"E{row}-D{row}+F{row}"
        assert net.value == operator.value - fares.value + fee.value
        assert abs(net.value - option["net_cost_oere"]["mean"] / 100) < 1
        assert sheet[f"H{row}"].value == net.value - sheet["G6"].value


def test_amounts_in_millions_follow_the_table(book: Sheets) -> None:
    sheet = book["Budget"]
    assert sheet["G11"].formula == "G6/1000000"
    assert sheet["G11"].value == pytest.approx(sheet["G6"].value / 1e6)


def test_a_formula_over_a_cell_that_is_not_ready_is_an_error(client, book, done, memory) -> None:
    """NUMBERVALUE has no number to read: the service answers no 200 at all, so WEBSERVICE itself is an error."""
    memory.move(done, state="running")
    for asked, _ in live_cells(book):
        assert client.get(asked).status_code == 503


def test_the_workbook_has_the_assumptions_and_the_sources(book: Sheets, comparison) -> None:
    told = {cell.value for cell in book["Forudsætninger"].values()}
    assert {a["id"] for a in comparison["assumptions"]} <= told
    assert {"bemærkning", *comparison["notes"]} <= told
    sources = " ".join(str(cell.value) for cell in book["Kilder"].values())
    assert "Takster: dem, der gælder fra 1. juli 2019." in sources
    assert "OpenStreetMap" in sources
    assert "Klimadatastyrelsen" in sources


def test_a_name_moved_to_other_options_makes_errors_of_the_cells_and_no_wrong_numbers(
    client, memory, done, comparison
) -> None:
    client.put("/v1/names/budget-2027", json={"run": done})
    book = read_workbook(client.get("/v1/runs/budget-2027/budget.xlsx").content)
    asked = [place for place, _ in live_cells(book)]
    assert {client.get(place).status_code for place in asked} == {200}
    turned = copy.deepcopy(comparison)
    turned["options"][1]["elements"] = ["kommunetakst", "bytakst=low", "plustur"]
    memory.comparisons[done, "0316"] = turned
    answers = [(place, client.get(place)) for place in asked]
    assert {answer.status_code for place, answer in answers if "/0316/2/" in place} == {404}
    assert {answer.status_code for place, answer in answers if "/0316/1/" in place} == {200}
    moved = next(answer for place, answer in answers if "/0316/2/" in place)
    assert "Valgmulighed 2 er en anden" in moved.json()["what"]


def test_a_key_in_the_service_sheet_goes_with_every_formula(book: Sheets) -> None:
    service = book["Tjeneste"]
    assert service["B5"].formula == 'IF(Tjeneste!$B$2="","","&noegle="&Tjeneste!$B$2)'
    assert "B2" not in service  # no key is ever put in by the server
