"""Months under other headings: the budget page guesses the columns, shows what it understood, and reads them as they are chosen."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from tests.api.web.hard_spaces import typed
from tests.intake.sheets import write_xlsx

OFFICE = [
    ["Flextur 2025"],
    ["Mdr. 2025", "Rejsende i alt", "Budget", "Bogført (t.kr.)"],
    ["jan", 812, 150, 145.3],
    ["feb", 790, 150, 141],
    ["Total", 1602, 300, 286.3],
]


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path / "lager"), today="2026-11-28", estimate_wait_ms=0)
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    return TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"})


def send(client: TestClient, folder: Path, sheets: dict[str, Any], status: int = 422, **fields: str) -> str:
    write_xlsx(folder / "maaneder.xlsx", sheets)
    file = ("maaneder.xlsx", (folder / "maaneder.xlsx").read_bytes())
    page = client.post("/budget", data={"kommune": "0316", **fields}, files={"maanedsfil": file})
    assert page.status_code == status, page.text[:300]
    return typed(page.text)


def choose(client: TestClient, page: str, status: int = 200, **fields: str) -> str:
    """Send the form of the page again as it stands, some fields changed."""
    told = {"kommune": "0316", "tal": unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])}  # type: ignore[index]
    told |= {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)}
    told |= chosen(page) | {name.replace("_", "-"): value for name, value in fields.items()}
    again = client.post("/budget", files={key: (None, value) for key, value in told.items()})
    assert again.status_code == status, again.text[:300]
    return typed(again.text)


def chosen(page: str) -> dict[str, str]:
    """What the drop-downs of columns, and of the sheet, say."""
    found = {}
    for name, inside in re.findall(r'<select [^>]*name="(mdr-[^"]+|ark)"[^>]*>(.*?)</select>', page, re.DOTALL):
        selected = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = unescape(selected[1]) if selected else ""
    return found


def test_months_under_other_headings_are_guessed_shown_and_read_without_the_file(
    client: TestClient, tmp_path: Path
) -> None:
    page = send(client, tmp_path, {"Tal": OFFICE})
    assert "Se efter, at kolonnerne nedenfor er gættet rigtigt" in page
    assert chosen(page) == {
        "mdr-maaned": "Mdr. 2025",
        "mdr-aar": "",
        "mdr-passagerer": "Rejsende i alt",
        "mdr-udgift": "Bogført (t.kr.)",
    }
    assert "Rejsende i alt (812, 790)" in page, "example values next to the names"
    assert "145.300" in page, "the months as they would be read"
    read = choose(client, page)
    assert "2 måneder af 2025 (januar-februar): 1.602 passagerer, nettoudgift 286.300 kr." in read
    assert "Læst som: måned ← Mdr. 2025; passagerer ← Rejsende i alt; nettoudgift ← Bogført (t.kr.)." in read
    assert "Nettoudgiften er skrevet i 1.000 kr." in read
    assert "Vælg kolonner" not in read


def test_another_column_is_read_where_it_is_chosen_and_none_is_read_twice(client: TestClient, tmp_path: Path) -> None:
    page = send(client, tmp_path, {"Tal": OFFICE})
    assert "1.602 passagerer</" not in page
    wrong = choose(client, page, 422, mdr_udgift="Rejsende i alt")
    assert "»Rejsende i alt« er allerede valgt som passagerer" in wrong
    missing = choose(client, page, 422, mdr_passagerer="")
    assert "Vælg kolonnen med antal passagerer" in missing
    assert "nettoudgift 300.000 kr." in choose(client, page, mdr_udgift="Budget", tal=table("1000"))


def table(unit: str) -> str:
    return f"Flextur 2025\nMdr. 2025\tRejsende i alt\tBudget\tBogført (t.kr.)\njan\t812\t150.{unit[1:]}\t1\nfeb\t790\t150.{unit[1:]}\t1"


def test_of_several_sheets_another_may_be_chosen_without_the_file(client: TestClient, tmp_path: Path) -> None:
    other = [["Måned", "Kunder"], ["jan 2024", 5], ["feb 2024", 6]]
    page = send(client, tmp_path, {"Tal": OFFICE, "Gamle": other})
    assert chosen(page)["ark"] == "Tal"
    page = choose(client, page, 422, ark="Gamle")
    assert (chosen(page)["ark"], chosen(page)["mdr-maaned"], chosen(page)["mdr-passagerer"]) == ("Gamle", "Måned", "")
    read = choose(client, page, mdr_passagerer="Kunder")
    assert "11 passagerer" in read
    assert "Kun arket &#39;Gamle&#39; er læst" in read


def test_a_cover_is_passed_over_for_the_sheet_that_has_months(client: TestClient, tmp_path: Path) -> None:
    page = send(client, tmp_path, {"Forside": [["Opfølgning 2025"], ["Center for Plan"]], "Tal": OFFICE})
    assert (chosen(page)["ark"], chosen(page)["mdr-passagerer"]) == ("Tal", "Rejsende i alt")
    assert "1.602 passagerer" in choose(client, page)


def test_columns_are_remembered_for_the_next_sheet_until_they_are_deleted(client: TestClient, tmp_path: Path) -> None:
    choose(client, send(client, tmp_path, {"Tal": OFFICE}), husk="1")
    read = send(client, tmp_path, {"Tal": OFFICE}, status=200)
    assert "Kolonnerne er læst, som de blev valgt sidst" in read
    assert "1.602 passagerer" in read
    own = client.get("/egne-data").text
    assert "Passagerer ← Rejsende i alt" in own


def test_months_without_a_year_stay_in_the_form_while_it_is_written(client: TestClient, tmp_path: Path) -> None:
    page = send(client, tmp_path, {"Tal": [["Måned", "Passagerer"], ["Januar", 812], ["Februar", 790]]})
    assert "Månederne har intet år" in page
    assert "2 måneder af 2025" in choose(client, page, maanedsaar="2025")


def test_what_holds_no_months_is_refused_as_before(client: TestClient, tmp_path: Path) -> None:
    page = send(client, tmp_path, {"Tal": [["x", "y"], ["a", "b"]]})
    assert not chosen(page)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_is_read_as_it_is(client: TestClient, ending: str) -> None:
    template = client.get(f"/budget/skabelon.{ending}")
    assert template.status_code == 200
    page = client.post("/budget", data={"kommune": "0316"}, files={"maanedsfil": (f"m.{ending}", template.content)})
    assert page.status_code == 200
    assert "2 måneder af 2025 (januar-februar): 1.602 passagerer, nettoudgift 286.300 kr." in typed(page.text)


def test_headings_over_two_lines_can_be_chosen(client: TestClient, tmp_path: Path) -> None:
    """A browser sends every end of a line as CRLF, so a heading with one would be no column of the sheet."""
    rows = [["Mdr.\n2025", "Rejsende\ni alt", "Bog-\nført (t.kr.)"], ["jan", 812, 145.3], ["feb", 790, 141]]
    page = choose(client, send(client, tmp_path, {"Ark": rows}))
    assert "2 måneder af 2025 (januar-februar): 1.602 passagerer, nettoudgift 286.300 kr." in page


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Nettoudgift (øre)", "»Nettoudgift (øre)« er ifølge sit navn ikke i kroner"),
        ("Nettoudgift (EUR)", "»Nettoudgift (EUR)« er ifølge sit navn ikke i kroner"),
        ("Udgift i mio.", "»Udgift i mio.« er ifølge sit navn ikke i kroner"),
    ],
)
def test_a_column_of_other_money_is_not_read_as_kroner(
    client: TestClient, tmp_path: Path, heading: str, words: str
) -> None:
    """Guessed as the net cost, 100,000 øre were 100,000 kroner; without it, or in kroner, the months are read."""
    rows = [["Mdr. 2025", "Rejsende i alt", heading], ["jan", 812, 100_000], ["feb", 790, 90_000]]
    page = send(client, tmp_path, {"Ark": rows})
    assert words in choose(client, page, status=422)
    assert "1.602 passagerer" in choose(client, page, mdr_udgift="")
    rows[0][2] = "Udgift (kr.)"
    assert "nettoudgift 190.000 kr." in choose(client, send(client, tmp_path, {"Ark": rows}))


def test_passengers_in_thousands_are_no_count(client: TestClient, tmp_path: Path) -> None:
    rows = [["Mdr. 2025", "Rejsende (1.000)"], ["jan", 12], ["feb", 13]]
    page = send(client, tmp_path, {"Ark": rows})
    assert "»Rejsende (1.000)« er ifølge sit navn i tusinder" in choose(
        client, page, status=422, mdr_passagerer="Rejsende (1.000)"
    )
