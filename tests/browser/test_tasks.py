"""Six tasks from the start to the paper in the hand, each in no more clicks and typed fields than docs/page.md states."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.api.serve.conftest import Served
from tests.browser.conftest import Visit
from tests.browser.counted import Hand, pasted_year, stated

pytestmark = pytest.mark.browser
ANSWER_MS, LOADED_MS = 480_000, 60_000
"""A run on own months fits the model first: half a minute alone, minutes on a busy machine."""
DESK = {"width": 1280, "height": 1000}
MONTHS = pasted_year(passengers=20, more=1, net=3000, dearer=20)
"""A small year: 20 to 31 passengers a month are 306."""
PRICES = {
    "grundtakst": "50",
    "kommunetakst": "33",
    "bytakst_low": "66",
    "bytakst_high": "82",
    "kilometertakst_fra_km_11": "9",
    "kilometertakst_fra_km_21": "17",
    "plusturtakst": "30",
}
"""Invented prices of 2027; the free destination's 0 stands in the form already."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service of the tasks' own, in the autumn before the budget year: nothing is kept in it yet."""
    server = Served(
        tmp_path_factory.mktemp("opgaver") / "lager", estimate_wait_ms=60_000, measure_ahead="nej", today="2026-11-28"
    )
    yield server
    server.stop()


def begun(visit: Visit) -> Hand:
    """At the first page, with nothing chosen."""
    return Hand(visit("/", accept_downloads=True, viewport=DESK))


def dragoer(hand: Hand) -> None:
    hand.choose(hand.page.get_by_label("Kommune", exact=True), "Dragør")
    hand.button("Fortsæt")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Flextur i Dragør Kommune")


def few(hand: Hand) -> None:
    """Own passengers: a run of seconds."""
    hand.type(hand.page.get_by_label("Kommunens passagerer om året"), "300")
    hand.page.wait_for_url("**passagerer=300**")


def answered(hand: Hand) -> None:
    hand.button("Simulér")
    hand.page.wait_for_url("**/koersel/*")
    hand.page.get_by_role("heading", name="Svaret").wait_for(timeout=ANSWER_MS)


def paper(hand: Hand, name: str = "Beslutningssag (PDF)", begins: bytes = b"%PDF") -> None:
    with hand.page.expect_download() as got:
        hand.link(name)
    assert got.value.path().read_bytes().startswith(begins)


def shown(page: Page) -> str:
    return page.locator("main").inner_text().replace("\u2060", "").replace("\u00a0", " ")


def test_compare_save_return_share_and_the_paper(visit: Visit) -> None:
    """Tasks (a), (e) and (f), in one sitting: each is counted by itself."""
    hand = begun(visit)
    page = hand.page
    dragoer(hand)
    before = page.locator("#skoenboks").inner_text()
    hand.tick(page.locator("#kommunetakst1"))
    expect(page.locator("#skoenboks")).not_to_have_text(before)
    page.wait_for_url("**kommunetakst1=1**")
    few(hand)
    answered(hand)
    change = page.locator(".tl-answer").first.inner_text()
    assert re.search(r"(?i)(mindreudgift|merudgift|ingen ændring)", change)
    assert hand.steps <= stated()["a"]

    hand.steps = 0
    paper(hand)
    paper(hand, "Beslutningssag (Word)", b"PK")
    assert hand.steps <= stated()["f"]

    hand.steps = 0
    hand.type(page.get_by_label("Gem svaret under et navn"), "Dragør, forslag A")
    hand.button("Gem", exact=True)
    hand.link("Gemte svar", exact=True)
    hand.link("Dragør, forslag A", exact=True)
    assert page.locator(".tl-answer").first.inner_text() == change
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.button("Kopiér link")
    shared = page.evaluate("navigator.clipboard.readText()")
    assert urlsplit(shared).path == urlsplit(page.url).path
    assert hand.steps <= stated()["e"]
    other = visit(shared)
    assert other.locator(".tl-answer").first.inner_text() == change


def test_an_own_line_to_the_paper(visit: Visit, served: Served) -> None:
    """Task (b): a square is drawn round the town, and bytakst 64 holds inside it."""
    hand = begun(visit)
    page = hand.page
    dragoer(hand)
    few(hand)
    hand.click(page.locator("#matrix").get_by_role("link", name="Tegn byområde på kortet").nth(1))
    expect(page.locator(".kort.er-klar .ol-zoom-extent")).to_be_visible(timeout=LOADED_MS)
    box = page.locator(".kort-flade").bounding_box()
    assert box is not None
    for east, south in ((560, 90), (650, 90), (650, 250), (560, 250), (560, 90)):
        hand.point(box["x"] + east, box["y"] + south)
    expect(page.locator("#tal")).to_contain_text("bor ca.", timeout=LOADED_MS)
    hand.button("Gem og brug")
    page.wait_for_url(re.compile("egenlinje1=areas"))
    answered(hand)
    assert len(served.ask("/v1/areas")[2]["areas"]) == 1
    paper(hand)
    assert hand.steps <= stated()["b"]


def test_own_months_to_the_budget_and_the_paper(visit: Visit) -> None:
    """Task (c)."""
    hand = begun(visit)
    page = hand.page
    hand.link("Budget", exact=True)
    hand.choose(page.get_by_label("Kommune", exact=True), "Dragør")
    hand.type(page.get_by_label("Indsæt fra regnearket"), MONTHS)
    hand.button("Læs månederne")
    expect(page.locator("#laest ~ p").first).to_contain_text("306 passagerer")
    hand.link("Budget 2027")
    answered(hand)
    assert "budget" in shown(page).lower()
    paper(hand)
    assert hand.steps <= stated()["c"]


def test_a_price_list_typed_and_used_to_the_paper(visit: Visit) -> None:
    """Task (d): the eight prices, the source, kept, and used in a comparison."""
    hand = begun(visit)
    page = hand.page
    hand.link("Prislister", exact=True)
    hand.type(page.get_by_label("Hvor står priserne?"), "Movias brev af 20-11-2026")
    for name, price in PRICES.items():
        hand.type(page.locator(f"[name={name}]"), price)
    hand.button("Gem prislisten")
    expect(page.locator("main")).to_contain_text("Prislisten er gemt. Nye sammenligninger")
    hand.link("Sammenlign", exact=True)
    dragoer(hand)
    few(hand)
    # The page keeps the day on one line: a joiner stands after each of its hyphens.
    day = "20-\u2060?11-\u2060?2026"
    expect(page.locator("#skoenboks")).to_contain_text(re.compile(f"Egen prisliste, Movias brev af {day}"))
    answered(hand)
    assert "Movias brev af 20-11-2026" in shown(page)
    paper(hand)
    assert hand.steps <= stated()["d"]
