"""Twelve states of the pages as pictures: how each is reached, and what in it is masked. Today, seeds and fonts are fixed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserType, Page

from tests.api.serve.conftest import Served
from tests.browser.conftest import chromium
from tests.browser.counted import pasted_year

TODAY = "2026-11-28"
WIDTHS = (1280, 390)
TALLEST = 2400
"""Pixels of a page that are kept, from its top."""
HOLBAEK = (
    "/sammenlign?kommune=0316&aar=2027&start=1.7.2027&passagerer=12.000&navn0=Nuværende+ordning&kommunetakst0=1&bytakst0=low"
    "&navn1=&kommunetakst1=1&bytakst1=high&navn2=&kommunetakst2=1"
)
DRAGOER = (
    "/sammenlign?kommune=0155&aar=2027&passagerer=300&start=1.7.2027&navn0=I+dag&navn1=Kommunetakst&kommunetakst1=1"
)
MONTHS = pasted_year(passengers=900, more=20, net=120_000, dearer=2_500)
"""A year of Holbæk's months: invented, and as they stand in a sheet."""
MASKED = ".kort-flade, svg.picker, figure img, input[type=file]"
"""Maps, drawings in the machine's own type, and the field whose words are the browser's."""
SAVED_AT = ".tl-saved td:nth-last-child(2)"
"""The moments at which something was saved: they are the clock's, so one stands in their place."""
WITHOUT_MOTION = "*, *::before, *::after { transition: none !important; animation: none !important }"


@dataclass(frozen=True)
class State:
    """A page as it is after ``reach``, from the address ``path``; ``{answer}`` is that of the small answer."""

    name: str
    path: str
    ready: str
    reach: Callable[[Page], None] = lambda page: None


def _pasted(page: Page) -> None:
    page.get_by_label("Indsæt fra regnearket").fill(MONTHS)
    page.get_by_role("button", name="Læs månederne").click()
    page.locator("#laest").wait_for()


STATES = (
    State("forside", "/", "h1"),
    State("sammenlign", HOLBAEK, "#skoenboks .tl-answer"),
    State("fejl", HOLBAEK.replace("12.000", "24.5"), "#fejl"),
    State("kort", "/kort?kommune=0316", ".kort.er-klar .ol-zoom-extent"),
    State("pris", "/pris?fra=Undløse&til=Holbæk&dag=28.11.2026", "table"),
    State("budget", "/budget?kommune=0316", "h1", _pasted),
    State("prislister", "/prislister", "h1"),
    State("svar", "{answer}", "#svar"),
    State("hvorfor", "{answer}/hvorfor/1/net_cost", "table"),
    State("dag", "{answer}/dag", "#dag-vogne li"),
    State("gemte", "/koersler", "#gemte"),
    State("beslutning", "{answer}/beslutning.html", "h1"),
)


PATIENCE_MS = 300_000
"""A busy machine measures the roads of the first page for a minute."""


@contextmanager
def steady_browser(kind: BrowserType) -> Iterator[Browser]:
    """Chromium with one way of drawing letters and colours, whatever the screen of the machine."""
    started = kind.launch(
        executable_path=chromium(),
        args=["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
    )
    yield started
    started.close()


@contextmanager
def served_answer(browser: Browser, folder: Path) -> Iterator[tuple[Served, str]]:
    """A service of its own with one small answer, saved by name; and the answer's address."""
    server = Served(folder / "lager", estimate_wait_ms=60_000, measure_ahead="nej", today=TODAY)
    try:
        page = browser.new_page(base_url=server.address, locale="da-DK")
        page.set_default_timeout(PATIENCE_MS)
        page.goto(DRAGOER)
        page.get_by_role("button", name="Simulér").click()
        page.wait_for_url("**/koersel/*")
        page.get_by_role("heading", name="Svaret").wait_for()
        answer = urlsplit(page.url).path
        page.get_by_label("Gem svaret under et navn").fill("Budget 2027, forslag A")
        page.get_by_role("button", name="Gem", exact=True).click()
        page.wait_for_load_state()
        page.close()
        yield server, answer
    finally:
        server.stop()


def shown(page: Page, state: State, answer: str, width: int) -> None:
    """Bring the page to the state, at this width."""
    page.set_default_timeout(PATIENCE_MS)
    page.set_viewport_size({"width": width, "height": 900 if width > 600 else 844})
    page.goto(state.path.format(answer=answer))
    page.locator(state.ready).first.wait_for()
    state.reach(page)
    page.wait_for_load_state("networkidle")
    page.locator(SAVED_AT).evaluate_all(
        "cells => cells.forEach(cell => cell.textContent = '28. november 2026 kl. 12.00')"
    )
    page.evaluate("document.fonts.ready.then(() => true)")


def picture(page: Page) -> bytes:
    """The page from its top as PNG, with what may differ masked."""
    width = page.evaluate("document.documentElement.clientWidth")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    return page.screenshot(
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": height},
        animations="disabled",
        style=WITHOUT_MOTION,
        mask=[page.locator(MASKED)],
        mask_color="#d0d0d0",
    )
