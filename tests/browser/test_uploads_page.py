"""Own data in a real browser: a wrong file and what is said of it, a right one simulated, and deletion; axe on each state."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.http.test_areas import geojson
from tests.api.serve.conftest import Served
from tests.browser.conftest import Visit
from tests.intake.lists import danish, year_of_trips

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]
ANSWER_MS = 360_000
BACK = "kommune%3D0316%26navn0%3DI%2Bdag%26navn1%3DKommunetakst%26kommunetakst1%3D1"
OWN_DATA = f"/egne-data?kommune=0316&tilbage={BACK}"
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Files as an officer may have them: right, with a bad cell, no list at all, and areas here and elsewhere."""
    rows = danish(year_of_trips(150)).split("\r\n")
    (tmp_path / "ture.csv").write_text("\r\n".join(rows), encoding="utf-8")
    cells = rows[11].split(";")
    cells[7] = "mange"
    (tmp_path / "forkert.csv").write_text("\r\n".join([*rows[:11], ";".join(cells), *rows[12:]]), encoding="utf-8")
    (tmp_path / "brev.csv").write_text("Kære kommune\nher er vores ture\n", encoding="utf-8")
    (tmp_path / "by.geojson").write_bytes(geojson(("Holbæk by", (11.66, 55.69), (11.76, 55.73))))
    (tmp_path / "aarhus.geojson").write_bytes(geojson(("Aarhus", (10.1, 56.1), (10.25, 56.2))))
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_left(served: Served) -> Iterator[None]:
    """Each test begins and ends without own data."""
    yield
    for kind in ("uploads", "areas"):
        for one in served.ask(f"/v1/{kind}")[2][kind]:
            served.ask(one["links"]["self"], method="DELETE")


def send(page: Page, label: str, file: Path, button: str) -> None:
    page.get_by_label(label).set_input_files(file)
    page.get_by_role("button", name=button).click()


def send_trips(page: Page, file: Path) -> None:
    send(page, "Fil med ture", file, "Indlæs ture")


def send_areas(page: Page, file: Path) -> None:
    send(page, "Fil med byområder", file, "Indlæs byområder")


def fits(page: Page) -> bool:
    """Whether nothing runs over the edge at 320 points, everything open."""
    page.set_viewport_size(NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return bool(page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"])


def test_a_list_with_a_bad_cell_is_refused_by_row_and_column(
    visit: Visit, axe: Axe, served: Served, files: Path
) -> None:
    page = visit(OWN_DATA)
    send_trips(page, files / "forkert.csv")
    expect(page.locator("#fejl")).to_contain_text("Antal passagerer: 1 celle kan ikke læses, række 12 (mange).")
    assert page.evaluate("document.activeElement.id") == "fejl"
    assert axe(page) == []
    page.locator("#fejl").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "kol-passagerer"
    assert served.ask("/v1/uploads")[2] == {"uploads": []}
    assert fits(page)


def test_what_is_no_list_and_areas_of_somewhere_else_are_refused_in_plain_words(
    visit: Visit, axe: Axe, files: Path
) -> None:
    page = visit(OWN_DATA, expect_errors=True)
    send_trips(page, files / "brev.csv")
    expect(page.locator("#fejl")).to_contain_text("Ingen af kolonnerne blev fundet")
    assert axe(page) == []
    assert fits(page)
    page.goto(OWN_DATA)
    page.get_by_role("button", name="Indlæs ture").click()
    expect(page.locator("#fejl")).to_contain_text("Vælg filen med ture")
    send_areas(page, files / "aarhus.geojson")
    expect(page.locator("#fejl")).to_contain_text("Byområdet 'Aarhus' ligger ikke i Holbæk Kommune")
    page.locator("#fejl").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "omraader-fil"
    assert axe(page) == []
    assert fits(page)


def test_own_trips_and_lines_are_simulated_and_then_deleted(
    visit: Visit, axe: Axe, served: Served, files: Path
) -> None:
    page = visit(OWN_DATA)
    send_trips(page, files / "ture.csv")
    expect(page.locator("main")).to_contain_text("Læst: 150 rækker. Taget med: 150.")
    assert axe(page) == []
    send_areas(page, files / "by.geojson")
    expect(page.locator("main")).to_contain_text("Byområderne er indlæst.")
    assert axe(page) == []
    page.locator("section", has_text="150 ture").get_by_role("link", name="Brug i sammenligningen").click()
    expect(page.locator("#ture")).to_contain_text("Egne ture i brug")
    page.get_by_text("Byområder, køreplan, skiftesteder og besøg").click()
    page.get_by_role("link", name="Brug egne bygrænser (GeoJSON)").click()
    page.locator("section", has_text="Holbæk by").get_by_role("link", name="Brug i sammenligningen").click()
    expect(page.locator("#ture")).to_contain_text("Egne ture i brug")
    expect(page.locator("#omraader")).to_contain_text("Holbæk by")
    expect(page.locator("#plustur1")).to_be_disabled()  # the trips are of a year before plustur
    fare = page.locator("#kommunetakst1")
    ticked = fare.is_checked()
    before = page.url
    fare.set_checked(not ticked)
    page.wait_for_url(lambda url: url != before)
    assert "ture=upload" in page.url, "what is in use stays when something else is changed"
    assert "omraader=areas" in page.url
    fare.set_checked(ticked)
    expect(fare).to_be_checked(checked=ticked)
    assert axe(page) == []
    page.get_by_role("button", name="Simulér").click()
    page.wait_for_url("**/koersel/*")
    page.get_by_role("heading", name="Svaret").wait_for(timeout=ANSWER_MS)
    run = page.url.rpartition("/")[2].partition("?")[0]
    comparison = served.ask(f"/v1/runs/{run}/result.json")[2]
    assert comparison["options"][0]["trips"]["mean"] == pytest.approx(144, abs=8), "150 less 6 in vain"
    told = json.dumps(comparison, ensure_ascii=False)
    assert str(served.store) not in told
    assert axe(page) == []
    page.get_by_role("link", name="Ret valgmulighederne").click()
    expect(page.locator("#ture")).to_contain_text("Egne ture i brug")
    page.locator("#ture").get_by_role("link", name="Egne data").click()
    page.get_by_role("button", name="Slet listen").click()
    expect(page.locator("main")).to_contain_text("Slettet.")
    page.get_by_role("button", name="Slet byområderne").click()
    expect(page.locator("main")).to_contain_text("Ingen byområder er indlæst endnu.")
    assert axe(page) == []
    assert not list((served.store / "uploads").iterdir())
    assert not list((served.store / "areas").iterdir())
    page.get_by_role("link", name="Tilbage til sammenligningen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Flextur i Holbæk Kommune")
    expect(page.locator("#ture")).not_to_contain_text("i brug")


def test_own_data_works_without_scripts_and_on_a_narrow_screen(visit: Visit, files: Path) -> None:
    page = visit(OWN_DATA, java_script_enabled=False, viewport=NARROW)
    send_trips(page, files / "ture.csv")
    expect(page.locator("main")).to_contain_text("Listen er indlæst.")
    page.get_by_role("link", name="Brug i sammenligningen").click()
    expect(page.locator("#ture")).to_contain_text("Egne ture i brug")
    page.locator("#ture").get_by_role("link", name="Brug den ikke").click()
    expect(page.locator("#ture")).not_to_contain_text("i brug")
    page.goto(OWN_DATA)
    page.get_by_role("button", name="Slet listen").click()
    expect(page.locator("main")).to_contain_text("Ingen lister er indlæst endnu.")


def test_a_list_in_use_that_is_gone_is_said_so(visit: Visit, axe: Axe, served: Served, files: Path) -> None:
    page = visit(OWN_DATA)
    send_trips(page, files / "ture.csv")
    page.get_by_role("link", name="Brug i sammenligningen").click()
    served.ask(served.ask("/v1/uploads")[2]["uploads"][0]["links"]["self"], method="DELETE")
    page.reload()
    expect(page.locator("#fejl")).to_contain_text("Scenariets turliste er ikke gemt her")
    assert axe(page) == []
    assert fits(page)
