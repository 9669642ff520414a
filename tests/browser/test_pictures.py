"""Twelve states of the pages at a desk and on a phone, compared with the accepted pictures; ``make accept`` renews them."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accepted_pictures import (
    ACCEPTED,
    BROWSER,
    accepted_boxes,
    boxes_apart,
    boxes_of,
    compared,
    same_browser,
)
from tests.browser.states import STATES, WIDTHS, State, picture, served_answer, shown, steady_browser

pytestmark = pytest.mark.browser
NOT_ACCEPTED = Path(__file__).parents[2] / "results" / "not-accepted"
"""Pictures that differ are put here, to be looked at."""


@pytest.fixture(scope="module")
def steady(browser: Browser) -> Iterator[Browser]:
    """The browser that takes the pictures, beside the one of the other tests."""
    with steady_browser(browser.browser_type) as started:
        yield started


@pytest.fixture(scope="module")
def pictured(steady: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """A page of the service, and the address of its answer."""
    if not same_browser(steady):
        warnings.warn(
            f"Chromium {steady.version} draws otherwise than {BROWSER.read_text().strip()}, of which the accepted pictures are: "
            "only the boxes of the landmarks are compared. `make accept` takes the pictures anew.",
            stacklevel=1,
        )
    with served_answer(steady, tmp_path_factory.mktemp("billeder")) as (server, answer):
        yield steady.new_page(base_url=server.address, locale="da-DK"), answer


@pytest.fixture(scope="module")
def blank(steady: Browser) -> Page:
    return steady.new_page()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_looks_as_accepted(
    pictured: tuple[Page, str], blank: Page, steady: Browser, state: State, width: int
) -> None:
    page, answer = pictured
    name = f"{state.name}-{width}"
    shown(page, state, answer, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert boxes_apart(accepted_boxes()[name], boxes_of(page)) == []
    if same_browser(steady):
        taken = picture(page)
        differs = compared(blank, (ACCEPTED / f"{name}.webp").read_bytes(), taken)
        if differs:
            NOT_ACCEPTED.mkdir(parents=True, exist_ok=True)
            (NOT_ACCEPTED / f"{name}.png").write_bytes(taken)
        assert not differs, f"{differs}; see {NOT_ACCEPTED / name}.png, and `make accept` where it is meant so"


def test_every_accepted_picture_has_a_state() -> None:
    named = {f"{state.name}-{width}" for state in STATES for width in WIDTHS}
    assert {path.stem for path in ACCEPTED.glob("*.webp")} == named == set(accepted_boxes())
    assert sum(path.stat().st_size for path in ACCEPTED.iterdir()) < 2_000_000


def test_a_changed_figure_passes_and_a_missing_button_does_not(blank: Page) -> None:
    """What the tolerance means, by two small pages: letters drawn otherwise are within it, a part that is gone is not."""

    def taken(body: str) -> bytes:
        blank.set_content(f"<body style='margin:40px;font:20px sans-serif'>{body}")
        return blank.screenshot(clip={"x": 0, "y": 0, "width": 640, "height": 400})

    button = "<div style='width:110px;height:44px;background:#454545'></div>"
    page = f"<p>Nettoudgift 3.596</p>{button}"
    before = taken(page)
    assert not compared(blank, before, taken(page.replace("3.596", "3.597")))
    assert not compared(blank, before, taken(page.replace("<p>", "<p style='letter-spacing:0.1px'>")))
    assert "blocks" in compared(blank, before, taken(page.replace(button, "")))
    assert "blocks" in compared(blank, before, taken(page.replace("#454545", "#f0f0f0")))


def test_landmarks_may_break_a_line_elsewhere_but_not_move() -> None:
    accepted = [["main", 0, 1200, 2000], ["h1", 0, 700, 60]]
    assert boxes_apart(accepted, [["main", 2, 1203, 2200], ["h1", 0, 700, 110]]) == []
    assert boxes_apart(accepted, [["h1", 0, 700, 60], ["main", 0, 1200, 2000]]) != []
    assert boxes_apart(accepted, [["main", 0, 1200, 2300], ["h1", 0, 700, 60]]) != []
    assert boxes_apart(accepted, [["main", 20, 1200, 2000], ["h1", 0, 700, 60]]) != []
