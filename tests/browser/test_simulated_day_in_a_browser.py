"""A simulated day in a real browser: the clock by keyboard and by play, the list that follows, without scripts, and axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]
LOADED_MS = 60_000


def opened(visit: Visit, finished: str, **how: object) -> Page:
    """The day's page as the answer leads to it, with its vehicles there."""
    page = visit(finished, **how)
    page.get_by_role("link", name="Se en simuleret dag").click()
    expect(page.locator("#dag-sum")).to_contain_text("om bord", timeout=LOADED_MS)
    return page


def test_the_clock_moves_the_vehicles_by_keyboard_and_by_play(visit: Visit, axe: Axe, finished: str) -> None:
    page = opened(visit, finished, viewport={"width": 1280, "height": 900})
    slider, clock = page.get_by_role("slider", name="Klokken"), page.locator("#dag-klokken")
    line = page.locator("#dag-streg")
    assert axe(page) == []
    begun, at = int(slider.input_value()), line.get_attribute("x1")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert int(slider.input_value()) == begun // 60 * 60 + 180
    assert clock.inner_text() in (slider.get_attribute("aria-valuetext") or "")
    assert line.get_attribute("x1") != at
    vehicle = page.locator("#dag-vogne").get_by_role("button").first
    vehicle.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dag-vogne button[aria-pressed=true]")).to_be_focused()
    assert axe(page) == []

    page.get_by_role("button", name="Afspil").focus()
    before = clock.inner_text()
    page.keyboard.press("Enter")
    expect(clock).not_to_have_text(before)
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.locator("#besked")).to_contain_text(clock.inner_text())
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#dag-sum")).to_contain_text(clock.inner_text())


def test_without_motion_the_clock_goes_in_steps(visit: Visit, finished: str) -> None:
    page = opened(visit, finished, reduced_motion="reduce")
    slider = page.get_by_role("slider", name="Klokken")
    begun = int(slider.input_value())
    page.get_by_role("button", name="Afspil").click()
    page.wait_for_timeout(1_500)
    assert int(slider.input_value()) - begun in (300, 600)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_day_fits_a_phone_and_has_nothing_for_axe_to_find(
    visit: Visit, axe: Axe, finished: str, language: str
) -> None:
    page = visit(f"{finished}/dag?sprog={language}", viewport={"width": 320, "height": 640})
    page.locator("#dag-vogne li").first.wait_for(timeout=LOADED_MS)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == []


def test_without_scripts_the_tables_say_it_and_another_day_is_chosen(visit: Visit, finished: str) -> None:
    page = visit(f"{finished}/dag", java_script_enabled=False)
    expect(page.get_by_text("Kortet kræver JavaScript.")).to_be_visible()
    expect(page.locator("#dag-tid")).to_be_hidden()
    page.locator("details").last.locator("summary").click()
    expect(page.locator("table").last).to_be_visible()
    first = page.get_by_label("Dag", exact=True).locator("option").nth(1).get_attribute("value")
    page.get_by_label("Dag", exact=True).select_option(first)
    page.get_by_label("Valgmulighed").select_option("2")
    page.get_by_role("button", name="Vis dagen").click()
    expect(page.locator(".tl-lead")).to_contain_text("Valgmulighed: Kommunetakst")
    assert f"dag={first}" in page.url
