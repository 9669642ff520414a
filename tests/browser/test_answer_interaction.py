"""What the answer's own script adds: options on and off, a drawing's values by the keyboard, the contents that follow."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_arrows_tell_a_drawings_values_and_escape_ends_it(visit: Visit, finished: str) -> None:
    page = visit(finished)
    chart = page.locator(".tl-chart:has([data-value])").first
    chart.focus()
    page.keyboard.press("ArrowDown")
    tip = chart.locator(".tl-tip")
    expect(tip).to_be_visible()
    told = tip.inner_text()
    assert any(letter.isdigit() for letter in told)
    expect(page.locator("#besked")).to_have_text(told)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_contents_follow_and_the_downloads_are_a_menu(visit: Visit, finished: str) -> None:
    page = visit(finished)
    page.set_viewport_size({"width": 1280, "height": 900})
    contents = page.locator(".tl-contents")
    contents.get_by_role("link", name="Måned for måned").click()
    expect(contents.locator("a[aria-current]")).to_have_text("Måned for måned")
    expect(contents).to_be_in_viewport()
    menu = page.locator(".tl-menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Excel med formler")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Excel med formler")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 1000, 800, 390])
def test_the_menu_of_downloads_opens_within_the_window(visit: Visit, finished: str, width: int) -> None:
    """Its button can be the last of a row: at 1280 points the list went 270 over the right edge."""
    page = visit(finished)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".tl-menu summary").click()
    expect(page.get_by_role("link", name="Scenariet (TOML)")).to_be_visible()
    page.wait_for_function("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_scripts_the_answer_has_its_rows_drawings_and_downloads(visit: Visit, finished: str) -> None:
    page = visit(finished, java_script_enabled=False)
    expect(page.locator(".tl-row")).to_have_count(2)
    expect(page.locator(".tl-switches")).to_be_hidden()
    expect(page.locator(".tl-chart svg").first).to_be_visible()
    page.locator(".tl-menu summary").click()
    expect(page.get_by_role("link", name="Scenariet (TOML)")).to_be_visible()


def test_paper_has_whole_drawings_where_the_page_has_maps_that_can_be_moved(visit: Visit, finished: str) -> None:
    """A map's canvas has the window's size: on paper its right side was cut off, and its colours' boxes were white."""
    page = visit(finished)
    shown = page.locator('section[aria-labelledby="hvor"] .kort.er-klar').first
    expect(shown.locator(".kort-flade")).to_be_visible()
    page.emulate_media(media="print")
    for hidden in (".kort-flade", ".kort-lag", ".kort-forklaring"):
        expect(shown.locator(hidden).first).to_be_hidden()
    expect(shown.locator(".kort-uden svg").first).to_be_visible()
    expect(page.locator("details.details").first).to_have_css("break-inside", "avoid")
