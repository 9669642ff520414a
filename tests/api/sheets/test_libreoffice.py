"""LibreOffice Calc, Danish and American, against a running ``takstlab serve``: the same true numbers in the cells.

Run by ``make sheets``; needs LibreOffice Calc with its Python (Debian: libreoffice-calc, python3-uno, libreoffice-l10n-da).
"""

import io
import json
import re
import subprocess
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.api.http.test_price_lists import LIST
from tests.api.http.workbook_cells import read_workbook
from tests.api.serve.conftest import Served

pytestmark = pytest.mark.sheets
LOCALES = ("da-DK", "en-US")
SYSTEM_PYTHON = "/usr/bin/python3"
SCENARIO = {"start": "2020-07-01", "passengers": 2000.0}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    service = Served(tmp_path_factory.mktemp("sheets") / "lager", "--port", "0")
    yield service
    service.process.terminate()
    service.process.wait(60)


@pytest.fixture(scope="module")
def run(served: Served) -> str:
    """A run that is done, under the name of the documents' example."""
    run = served.send(**SCENARIO)
    served.finish(run)
    assert served.ask("/v1/names/budget-2027", {"run": run}, method="PUT")[0] == 200
    return run


def calculated(workbook: Path, locale: str) -> dict[str, Any]:
    """The workbook's cells after LibreOffice has calculated them."""
    script = Path(__file__).with_name("recalculate.py")
    done = subprocess.run(
        [SYSTEM_PYTHON, script, workbook, locale], check=False, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["cells"]


def fetched(served: Served, path: str) -> bytes:
    with urllib.request.urlopen(served.address + path, timeout=60) as answer:
        return bytes(answer.read())


def rewritten(content: bytes, parts: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the parts whose names begin so changed."""
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(new, "w") as target:
        for part in old.namelist():
            text = old.read(part)
            target.writestr(part, change(text) if part.startswith(parts) else text)
    return new.getvalue()


def forgetting_numbers(content: bytes) -> bytes:
    """The workbook with 1 kept in every cell that has a formula, so that only a fresh answer can be right."""
    return rewritten(
        content, "xl/worksheets/sheet", lambda text: re.sub(rb"(</f>)<v>-?[0-9.]+</v>", rb"\1<v>1</v>", text)
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_the_budget_workbook_shows_the_services_numbers_in_either_language(served, run, tmp_path, locale) -> None:
    content = fetched(served, f"/v1/runs/{run}/budget.xlsx")
    book = tmp_path / "budget.xlsx"
    book.write_bytes(forgetting_numbers(content))
    shown = calculated(book, locale)
    checked = 0
    for sheet, cells in read_workbook(content).items():
        for name, cell in cells.items():
            if cell.formula and isinstance(cell.value, float):
                found = shown[f"{sheet}!{name}"]
                assert (found["error"], found["value"]) == (0, pytest.approx(cell.value, abs=1e-6)), (sheet, name)
                checked += "WEBSERVICE" in cell.formula
    assert checked >= 2 * (9 + 14)
    thousands = {"da-DK": ".", "en-US": ","}[locale]
    assert any(thousands in c["text"] for n, c in shown.items() if n.startswith("Budget!") and abs(c["value"]) >= 1000)


def test_whoever_cannot_reach_the_service_sees_the_numbers_and_no_error_but_on_the_live_sheet(
    served, run, tmp_path
) -> None:
    """The file is sent on, to where nobody answers at its address, and everything in it is calculated anew."""
    content = fetched(served, f"/v1/runs/{run}/budget.xlsx")
    nobody = rewritten(
        content, "xl/sharedStrings", lambda text: text.replace(served.address.encode(), b"http://127.0.0.1:9")
    )
    book = tmp_path / "sendt videre.xlsx"
    book.write_bytes(forgetting_numbers(nobody))
    shown = calculated(book, "da-DK")
    assert {name.split("!")[0] for name, cell in shown.items() if cell["error"]} == {"Levende tal"}
    kept = read_workbook(content)
    for sheet in ("Budget", "Intervaller"):
        for name, cell in kept[sheet].items():
            if isinstance(cell.value, float):
                assert shown[f"{sheet}!{name}"]["value"] == pytest.approx(cell.value, abs=1e-6), (sheet, name)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sheet_from_the_documents_alone_works_and_never_shows_a_lower_total(served, run, tmp_path, locale) -> None:
    """The formula of docs/api.md, with the service's port; a sum with one cell that is not there; the error as text."""
    (documented,) = re.findall(r"^ *=NUMBERVALUE\(WEBSERVICE\((\".*\")\);\"\.\"\)$", DOCUMENT.read_text("utf-8"), re.M)
    address = documented.replace("http://127.0.0.1:8600", served.address)
    missing, as_text = (address.replace("net_cost_change", field) for field in ("net_cots", "net_cots?fejl=tekst"))
    book = tmp_path / "eget ark.xlsx"
    with xlsxwriter.Workbook(book, {"use_future_functions": True}) as made:
        sheet = made.add_worksheet("Ark1")
        for row, asked in enumerate((address, missing, as_text)):
            sheet.write_formula(row, 0, f'=NUMBERVALUE(WEBSERVICE({asked}),".")', None, 1)
        for row, formula in enumerate(("=A1+1", "=A1+A2", "=SUM(A1:A3)", f"=WEBSERVICE({as_text})")):
            sheet.write_formula(row, 1, formula, None, 1)
    shown = calculated(book, locale)
    true = int(fetched(served, f"/v1/celle/{run}/0316/2/net_cost_change"))
    assert shown["Ark1!A1"]["value"] == true != 0
    assert shown["Ark1!B1"]["value"] == true + 1
    for name in ("A2", "A3", "B2", "B3"):
        assert shown[f"Ark1!{name}"]["error"] != 0, name
    assert shown["Ark1!B4"]["text"] == "#FEJL: Feltet findes ikke"


@pytest.fixture(scope="module")
def typed(served: Served) -> str:
    """An own list of prices from January 2027, as an address names it."""
    request = urllib.request.Request(
        f"{served.address}/v1/price-lists", LIST.toml().encode(), {"Content-Type": "application/toml"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(json.loads(answer.read())["tariff_file"])


@pytest.fixture(scope="module")
def by_the_list(served: Served, typed: str) -> str:
    """A run of the middle of 2027, whose second option has the list's prices and whose third an own one."""
    asked = {"year": 2027, "start": "2027-07-01", "passengers": 2000.0, "tariff_files": [typed], "draws": 2, "min_replications": 2,
             "max_replications": 2,
             "options": ["I dag: kommunetakst", "By: kommunetakst, bytakst=low", "Egen: kommunetakst=35"]}  # fmt: skip
    run = served.send(**asked)
    served.finish(run)
    return run


@pytest.mark.parametrize("locale", LOCALES)
def test_marks_and_numbers_are_right_in_a_sheet_under_an_own_price_list(
    served, typed, by_the_list, tmp_path, locale
) -> None:
    """Of a run, of the instant estimate with and without the list, and known in 2020; the numbers are not those without the list."""
    estimate = "/v1/skoen/0316?today=kommunetakst&kommunetakst=1&bytakst=low&passengers=2000"
    listed, projected = f"{estimate}&year=2027&tariff_file={typed}", f"{estimate}&year=2027"
    cell = f"/v1/celle/{by_the_list}/0316"
    texts = {
        f"{cell}/2/price_mark": "egen prisliste", f"{cell}/3/price_mark": "egen pris", f"{listed}&felt=price_mark": "egen prisliste",
        f"{projected}&felt=price_mark": "fremskrevet", f"{estimate}&year=2020&felt=price_mark": "kendt",
    }  # fmt: skip
    numbers = [f"{listed}&felt=fares", f"{projected}&felt=fares", f"{cell}/2/fares", f"{cell}/2/net_cost_change"]
    book = tmp_path / "egen prisliste.xlsx"
    with xlsxwriter.Workbook(book, {"use_future_functions": True}) as made:
        sheet = made.add_worksheet("Ark1")
        for row, path in enumerate(texts):
            sheet.write_formula(row, 0, f'=WEBSERVICE("{served.address}{path}")', None, "")
        for row, path in enumerate(numbers):
            sheet.write_formula(row, 1, f'=NUMBERVALUE(WEBSERVICE("{served.address}{path}"),".")', None, 1)
    shown = calculated(book, locale)
    assert [shown[f"Ark1!A{row}"]["text"] for row in range(1, 1 + len(texts))] == list(texts.values())
    found = [shown[f"Ark1!B{row}"]["value"] for row in range(1, 1 + len(numbers))]
    assert found == [int(fetched(served, path)) for path in numbers]
    assert found[0] != found[1] > 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_budget_workbook_has_the_mark_of_each_options_prices(served, by_the_list, tmp_path, locale) -> None:
    content = fetched(served, f"/v1/runs/{by_the_list}/budget.xlsx")
    book = tmp_path / "budget.xlsx"
    book.write_bytes(content)
    shown = calculated(book, locale)
    for name in ("Budget", "Levende tal"):
        (head,) = [key for key, one in shown.items() if key.startswith(f"{name}!") and one["text"] == "prisernes mærke"]
        column = head.split("!")[1].rstrip("0123456789")
        row = int(head.removeprefix(f"{name}!{column}"))
        marks = [shown[f"{name}!{column}{row + place}"]["text"] for place in (1, 2, 3)]
        assert marks == ["egen prisliste", "egen prisliste", "egen pris"], name


DOCUMENT = Path(__file__).parents[3] / "docs" / "api.md"
