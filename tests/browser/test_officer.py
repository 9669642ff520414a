"""What officers do: from the first page to the paper in the hand, with interruptions."""

import json

import pytest
from playwright.sync_api import Browser, expect

from sim.telling.report.headline import headline
from tests.answer.building import answer_of
from tests.api.serve.conftest import Served
from tests.browser.conftest import SMALL, Visit

pytestmark = pytest.mark.browser
ANSWER_MS = 180_000


def test_a_map_leads_to_a_municipality(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("link", name="Stevns").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Flextur i Stevns Kommune")


def test_a_run_outlives_the_page_that_follows_it(visit: Visit) -> None:
    page = visit(f"/sammenlign?{SMALL.replace('300', '2500')}")
    page.get_by_role("button", name="Simulér").click()
    page.wait_for_url("**/koersel/*")
    address = page.url
    page.reload()
    page.goto("/om")
    page.goto(address)
    page.get_by_role("heading", name="Svaret").wait_for(timeout=ANSWER_MS)
    page.get_by_role("link", name="Ret valgmulighederne").click()
    assert page.get_by_label("Kommunens passagerer om året").input_value() == "2.500"


def test_two_people_do_not_disturb_each_other(browser: Browser, served: Served) -> None:
    pages = [browser.new_context(base_url=served.address).new_page() for _ in range(2)]
    for page, passengers in zip(pages, ("310", "320"), strict=True):
        page.goto(f"/sammenlign?{SMALL.replace('300', passengers)}")
        page.get_by_role("button", name="Simulér").click()
        page.wait_for_url("**/koersel/*")
    for page, passengers in zip(pages, ("310", "320"), strict=True):
        page.get_by_role("heading", name="Svaret").wait_for(timeout=ANSWER_MS)
        page.get_by_role("link", name="Ret valgmulighederne").click()
        assert page.get_by_label("Kommunens passagerer om året").input_value() == passengers
        page.context.close()


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_label("Kommune", exact=True).select_option(label="Dragør")
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_role("button", name="Tilføj valgmulighed").click()
    assert page.locator(".tl-matrix thead th[id]").count() == 3
    page.locator("#kommunetakst2").check()
    page.get_by_role("button", name="Fjern").first.click()
    assert page.locator(".tl-matrix thead th[id]").count() == 2
    assert page.locator("#kommunetakst1").is_checked()
    page.get_by_label("Kommunens passagerer om året").fill("300")
    page.get_by_role("button", name="Vis skøn").click()
    assert "SKØN" in page.locator("#skoenboks").inner_text()
    page.get_by_role("button", name="Simulér").click()
    for _ in range(90):
        if page.locator("#svar").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    assert page.locator(".tl-answer").count() == 1


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skipnav"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "kommune"
    page.keyboard.type("Dragør")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Flextur i Dragør Kommune")


def test_changing_a_field_keeps_the_focus_where_it_is(visit: Visit) -> None:
    page = visit(f"/sammenlign?{SMALL}")
    tick = page.locator("#plustur1")
    tick.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**plustur1=1**")
    assert page.evaluate("document.activeElement.id") == "plustur1"


def test_enter_in_a_price_estimates_and_the_cursor_stays(visit: Visit) -> None:
    page = visit(f"/sammenlign?{SMALL}")
    price = page.locator("#bytakstkr1")
    price.fill("52")
    price.press("Enter")
    page.wait_for_url("**bytakst1=egen&egenbytakst1=52**")
    expect(page.locator("#skoenlinje")).to_contain_text("SKØN")
    expect(price).to_be_focused()
    assert page.locator(".tl-matrix thead th[id]").count() == 2


def test_the_page_the_json_and_the_paper_say_the_same(visit: Visit, served: Served, finished: str) -> None:
    page = visit(finished)
    run = finished.rpartition("/")[2]
    comparison = served.ask(f"/v1/runs/{run}/result.json")[2]
    if "options" not in comparison:
        comparison = json.loads(json.dumps(comparison))["results"]["0155"]
    net = [round(option["net_cost_oere"]["mean"] / 1e8 * 1000) for option in comparison["options"]]
    sentence = f"{headline(answer_of(comparison), 1)}"
    amount = headline(answer_of(comparison), 1).amount
    shown = page.locator(".tl-answer").first.inner_text().replace("\u2060", "").replace("\u00a0", " ")
    assert shown.lower() == amount.lower()
    paper = page.request.get(f"{finished}/beslutning.html").text().replace("\u2060", "").replace("\u00a0", " ")
    assert sentence in paper
    page.locator("a.tl-why").first.click()
    page.wait_for_url("**/hvorfor/1/net_cost?*")
    cells = page.locator("table").first.locator("tr").last.locator("td").all_inner_texts()
    assert round(float(cells[0].replace(".", "").replace(",", ".")) / 1000) == net[0]
