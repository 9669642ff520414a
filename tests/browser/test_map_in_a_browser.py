"""The map in a real browser: a line drawn with the mouse, corrected, undone, kept and used; the list of points; axe; no outside request."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.api.serve.conftest import Served
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]
BUILDER = (
    "/sammenlign?kommune=0316&aar=2020&passagerer=2000&navn0=I+dag&kommunetakst0=1&navn1=By&kommunetakst1=1&bytakst1=60"
)
DESK = {"width": 1280, "height": 1000}
CORNERS = ((430, 190), (560, 185), (570, 260), (430, 255))
"""Round Holbæk, on a map of 620 points' height that shows the whole municipality."""
NARROW = {"width": 320, "height": 640}
COUNTED_MS = 60_000
"""A count is a fifth of a second; the first one on a busy machine reads the whole geography."""
LINE = "Holbæk by\n55.69, 11.66\n55.69, 11.76\n55.73, 11.76\n55.73, 11.66"


@pytest.fixture(autouse=True, scope="module")
def measured(served: Served) -> None:
    """The municipality's roads are measured before the first page is waited for."""
    served.ask(BUILDER)


@pytest.fixture(autouse=True)
def nothing_left(served: Served) -> Iterator[None]:
    """Each test begins and ends without own lines."""
    yield
    for one in served.ask("/v1/areas")[2]["areas"]:
        served.ask(one["links"]["self"], method="DELETE")


def ready(page: Page) -> None:
    expect(page.locator(".kort.er-klar .ol-zoom-extent")).to_be_visible(timeout=COUNTED_MS)


def rows(page: Page) -> list[str]:
    return page.get_by_label("Navn, og derunder et punkt").input_value().split("\n")


def at(page: Page, corner: tuple[int, int]) -> tuple[float, float]:
    box = page.locator(".kort-flade").bounding_box()
    assert box is not None
    return box["x"] + corner[0], box["y"] + corner[1]


def click(page: Page, corner: tuple[int, int]) -> None:
    x, y = at(page, corner)
    page.mouse.move(x, y)
    page.wait_for_timeout(60)
    page.mouse.click(x, y)
    page.wait_for_timeout(300)  # two clicks in a quarter of a second would end the drawing


def test_a_line_is_drawn_corrected_kept_and_moves_the_estimate(visit: Visit, axe: Axe, served: Served) -> None:
    page = visit(BUILDER, viewport=DESK)
    before = page.locator(".tl-answer").first.inner_text()
    page.locator("#matrix").get_by_role("link", name="Tegn byområde på kortet").nth(1).click()
    ready(page)
    for name in ("sognegrænser", "andre linjer"):
        page.get_by_label(name).uncheck()
    page.locator(".kort-redskaber").evaluate("tools => tools.scrollIntoView()")
    for corner in (*CORNERS, CORNERS[0]):
        click(page, corner)
    expect(page.get_by_label("Navn på det valgte område")).to_have_value("Holbæk")
    drawn = rows(page)
    assert (drawn[0], len(drawn)) == ("Holbæk", 5)
    expect(page.locator("#tal")).to_contain_text("I Holbæk bor ca.", timeout=COUNTED_MS)
    expect(page.locator("#tal")).to_contain_text("begge ender i området", timeout=COUNTED_MS)
    assert axe(page) == []

    page.mouse.move(*at(page, CORNERS[2]))
    page.wait_for_timeout(150)
    page.mouse.down()
    page.mouse.move(*at(page, (600, 300)), steps=4)
    page.mouse.up()
    expect(page.get_by_label("Navn, og derunder et punkt")).not_to_have_value("\n".join(drawn))
    moved = rows(page)
    assert len(moved) == 5
    page.get_by_role("button", name="Fortryd").click()
    assert rows(page) == drawn
    page.get_by_role("button", name="Gentag").click()
    assert rows(page) == moved

    page.get_by_role("button", name="Gem og brug").click()
    page.wait_for_url(re.compile("egenlinje1=areas"))
    (kept,) = served.ask("/v1/areas")[2]["areas"]
    assert kept["names"] == ["Holbæk"]
    expect(page.locator("select[name=egenlinje1]")).to_have_value(kept["town_areas"])
    expect(page.locator(".tl-answer").first).not_to_have_text(before, timeout=COUNTED_MS)
    assert axe(page) == []


def test_points_snap_to_the_edges_of_cells(visit: Visit) -> None:
    """Drawn a few pixels beside a cell's corner, a point lies on it."""
    page = visit("/kort?kommune=0316&by=Jyderup")
    ready(page)
    start = rows(page)
    page.get_by_label("felternes kanter").check()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Tegn").click()
    page.locator(".kort-redskaber").evaluate("tools => tools.scrollIntoView()")
    for spot in ((120, 120), (260, 120), (260, 240), (120, 240), (120, 120)):
        click(page, spot)
    added = rows(page)[len(start) :]
    lines = page.request.get("/kort/lag/felter/0316.geojson").json()["features"]
    points = [tuple(point) for one in lines for point in one["geometry"]["coordinates"][0]]
    snapped = 0
    for row in added[1:]:
        lat, lon = (float(part) for part in row.split(", "))
        snapped += any(abs(lat - y) < 2e-6 and abs(lon - x) < 2e-6 for x, y in points)
    assert snapped >= 1


def test_the_list_of_points_draws_counts_and_keeps_by_keyboard_alone(visit: Visit, axe: Axe, served: Served) -> None:
    page = visit("/kort?kommune=0316")
    ready(page)
    page.get_by_label("Navn, og derunder et punkt").focus()
    page.keyboard.insert_text(LINE)
    expect(page.locator("#tal")).to_contain_text("I Holbæk by bor ca. 27.900", timeout=COUNTED_MS)
    expect(page.get_by_label("Navn på det valgte område")).to_have_value("Holbæk by")
    page.keyboard.insert_text("\nog en række, der ikke er et punkt\n1, 2")
    expect(page.locator("#tal")).to_contain_text("Række 7 kan ikke bruges", timeout=COUNTED_MS)
    page.get_by_label("Navn, og derunder et punkt").fill(LINE)
    expect(page.locator("#tal")).to_contain_text("27.900", timeout=COUNTED_MS)
    page.get_by_role("button", name="Gem og brug").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Byområderne er indlæst.", timeout=COUNTED_MS)
    assert axe(page) == []
    assert len(served.ask("/v1/areas")[2]["areas"]) == 1


def test_each_tool_says_on_the_page_what_to_do_and_an_undone_line_leaves_no_empty_place(visit: Visit) -> None:
    page = opened(visit)
    hint = page.locator(".kort-hjaelp")
    expect(hint).to_have_text(re.compile("Klik på kortet for hvert punkt; klik på det første igen"))
    for corner in (*CORNERS, CORNERS[0]):
        click(page, corner)
    expect(hint).to_have_text(re.compile("^Træk et punkt"))
    expect(page.locator("#tal")).to_contain_text("bor ca.", timeout=COUNTED_MS)
    page.get_by_role("button", name="Fortryd").click()
    expect(page.locator("#tal")).to_have_text(re.compile("^Her står, hvor mange der bor"))
    page.get_by_role("button", name="Slet punkter").click()
    expect(hint).to_have_text("Klik på de punkter, der skal væk.")


def test_the_map_fits_a_narrow_screen_and_works_without_scripts(visit: Visit) -> None:
    page = visit("/kort?kommune=0316", viewport=NARROW)
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    bare = visit("/kort?kommune=0316", viewport=NARROW, java_script_enabled=False)
    bare.get_by_label("Navn, og derunder et punkt").fill(LINE)
    bare.get_by_role("button", name="Vis linjen, og tæl").click()
    expect(bare.locator("#tal")).to_contain_text("I Holbæk by bor ca. 27.900", timeout=COUNTED_MS)
    expect(bare.get_by_alt_text("Kort over kommunen med linjen")).to_be_visible()


def test_a_click_on_the_map_fills_the_builders_field_of_a_free_destination(visit: Visit) -> None:
    page = visit(BUILDER)
    page.locator("#matrix").get_by_role("link", name="Vælg sted på kortet").nth(1).click()
    ready(page)
    page.wait_for_timeout(1500)
    click(page, (300, 300))
    expect(page.get_by_label("Sted", exact=True)).to_have_value(re.compile(r"^55\.\d{5} 11\.\d{5}$"))
    place = page.get_by_label("Sted", exact=True).input_value()
    page.get_by_role("button", name="Brug stedet").click()
    page.wait_for_url("**/sammenlign*")
    expect(page.locator("input[name=gratis1]").first).to_have_value(place)


@pytest.mark.parametrize(
    "rows_typed",
    [
        "669000 6178000\n671000 6178000\n671000 6179000",
        "55.7174 N, 11.7130 E\n55.7201 N, 11.7388 E\n55.7050 N, 11.7260 E",
    ],
)
def test_what_the_service_reads_the_map_draws_and_drawing_goes_on_from_it(visit: Visit, rows_typed: str) -> None:
    """UTM 32, and degrees as a GPS receiver writes them; undoing and doing again leads through them."""
    page, listed = opened(visit), "Navn, og derunder et punkt"
    typed = f"By\n{rows_typed}"
    page.get_by_label(listed).fill(typed)
    expect(page.get_by_label("Navn på det valgte område")).to_have_value("By", timeout=COUNTED_MS)
    page.get_by_role("button", name="Tegn").click()
    page.locator(".kort-redskaber").evaluate("tools => tools.scrollIntoView()")
    for corner in (*CORNERS, CORNERS[0]):
        click(page, corner)
    both = re.compile(r"^By(\n55\.\d+, 11\.\d+){3}\n.+(\n55\.\d+, 11\.\d+){4}$")
    expect(page.get_by_label(listed)).to_have_value(both)
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_label(listed)).to_have_value(typed)
    page.get_by_role("button", name="Gentag").click()
    expect(page.get_by_label(listed)).to_have_value(both)


def test_a_list_that_cannot_be_read_stays_above_what_is_drawn(visit: Visit) -> None:
    typed = "By\n55.7, 11.7\n55.8, 11.8"
    page = opened(visit)
    page.get_by_label("Navn, og derunder et punkt").fill(typed)
    expect(page.locator("#tal")).to_contain_text("'By' har kun 2 punkter", timeout=COUNTED_MS)
    page.locator(".kort-redskaber").evaluate("tools => tools.scrollIntoView()")
    for corner in (*CORNERS, CORNERS[0]):
        click(page, corner)
    expect(page.get_by_label("Navn, og derunder et punkt")).to_have_value(
        re.compile(rf"^{typed}\n.+(\n55\.\d+, 11\.\d+)+$")
    )


def test_a_kept_line_is_drawn_and_its_name_is_the_chosen_areas(visit: Visit) -> None:
    page = visit("/kort?kommune=0316&by=Jyderup")
    ready(page)
    expect(page.get_by_label("Navn på det valgte område")).to_have_value("Jyderup")


def opened(visit: Visit) -> Page:
    page = visit("/kort?kommune=0316", viewport=DESK)
    ready(page)
    for name in ("sognegrænser", "andre linjer"):
        page.get_by_label(name).uncheck()
    return page
