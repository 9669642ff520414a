"""Every page and state against axe (WCAG 2.1 AA and its own advice): nothing may be found."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SMALL, Visit

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]
PAGES = (
    "/",
    f"/sammenlign?{SMALL}",
    "/sammenlign?kommune=0316&navn0=I+dag&kommunetakst0=1&navn1=&bytakst1=high&plustur1=1&gratis1=Holbæk+Bibliotek",
    "/koersler",
    "/pris",
    "/pris?kommune=0316",
    "/byomraade",
    "/byomraade?kommune=0326",
    "/om",
    "/was",
    "/log-ind",
    "/egne-data",
    "/prislister",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_has_nothing_for_axe_to_find(visit: Visit, axe: Axe, path: str, language: str) -> None:
    page = visit(f"{path}{'&' if '?' in path else '?'}sprog={language}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert axe(page) == []
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_answer_and_its_reasons_have_nothing_for_axe_to_find(
    visit: Visit, axe: Axe, finished: str, language: str
) -> None:
    page = visit(f"{finished}?sprog={language}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert axe(page) == []
    page.locator("a.tl-why").first.click()
    assert axe(page) == []


def test_what_is_wrong_is_said_at_the_top_and_gets_the_focus(visit: Visit, axe: Axe) -> None:
    page = visit(f"/sammenlign?{SMALL.replace('passagerer=300', 'passagerer=24.5')}")
    fault = page.locator("#fejl")
    assert "24.5" in fault.inner_text()
    assert page.evaluate("document.activeElement.id") == "fejl"
    assert axe(page) == []
    fault.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "passagerer"


def test_an_address_that_is_not_there_is_a_page_that_says_so(visit: Visit, axe: Axe) -> None:
    page = visit("/findes-ikke", expect_errors=True)
    assert axe(page) == []
    assert page.get_by_role("link", name="Til forsiden").is_visible()


def test_a_run_under_way_has_nothing_for_axe_to_find(visit: Visit, axe: Axe) -> None:
    page = visit(f"/sammenlign?{SMALL.replace('300', '4001')}")
    page.get_by_role("button", name="Simulér").click()
    page.wait_for_url("**/koersel/*")
    assert axe(page) == []
    page.get_by_role("button", name="Afbryd").click()
    page.get_by_text("afbrudt").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_at_320_points_and_at_400_percent_nothing_runs_over_the_edge(visit: Visit, path: str) -> None:
    page = visit(path, viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_answer_fits_320_points(visit: Visit, finished: str) -> None:
    page = visit(finished, viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_rows_of_the_answer_keep_millions_apart_at_320_points(visit: Visit, finished: str) -> None:
    """Net cost and trips ran into each other, and a price ended at its arrow, as 400 percent's zoom shows a desk's page."""
    page = visit(finished, viewport={"width": 320, "height": 640})
    wide = """([cost, fare]) => [...document.querySelectorAll('.tl-row-facts dd')].map((dd, n) => {
        dd.firstChild.textContent = n % 3 == 2 ? fare : cost;
        return dd.scrollWidth > dd.clientWidth + 1 ? dd.textContent : '';
    }).filter(Boolean)"""
    for words in (
        ["DKK\u00a02,620,000", "DKK\u00a064\u00a0→\u00a080"],
        ["12.620.000\u00a0kr.", "64\u00a0→\u00a080\u00a0kr."],
    ):
        assert page.evaluate(wide, words) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
