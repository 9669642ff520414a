"""Pictures of the main pages, into docs/screenshots: ``python -m tests.browser.screenshots``."""

import signal
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.api.serve.conftest import Served
from tests.browser.conftest import chromium
from tests.browser.states import PATIENCE_MS

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
HOLBAEK = (
    "/sammenlign?kommune=0316&aar=2027&start=1.7.2027&passagerer=12.000&navn0=Nuværende+ordning&kommunetakst0=1&bytakst0=low"
    "&navn1=&kommunetakst1=1&bytakst1=high&navn2=&kommunetakst2=1"
)
WIDTH, HEIGHT = 1280, 1500
TELEPHONE = 360
PAGES = (
    ("forside", "/", WIDTH, 1000),
    ("sammenlign", HOLBAEK, WIDTH, HEIGHT),
    ("pris", "/pris?fra=Undløse&til=Holbæk&dag=28.11.2026", WIDTH, HEIGHT),
    ("byomraade", "/byomraade?kommune=0326", WIDTH, HEIGHT),
    ("telefon", HOLBAEK, TELEPHONE, 800),
)


def main() -> None:
    """Start a service, make its pictures, end it."""
    FOLDER.mkdir(exist_ok=True)
    server = Served(Path(tempfile.mkdtemp()) / "lager", estimate_wait_ms=60_000, today="2026-11-28")
    try:
        with sync_playwright() as tool:
            browser = tool.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            page = browser.new_page(base_url=server.address, locale="da-DK")
            page.set_default_timeout(PATIENCE_MS)
            for name, path, width, height in PAGES:
                page.goto(path, wait_until="networkidle")
                _keep(page, name, width, height)
            page.goto(HOLBAEK)
            page.get_by_role("button", name="Simulér").click()
            page.wait_for_url("**/koersel/*")
            page.wait_for_timeout(6000)
            _keep(page, "simulerer", WIDTH, 600)
            page.get_by_role("heading", name="Svaret").wait_for(timeout=1_200_000)
            address = page.url
            answered(page, address)
            browser.close()
    finally:
        server.stop(signal.SIGTERM)


def answered(page: Page, address: str) -> None:
    """Pictures of an answer for Holbæk, of its simulated day, and of a town line being drawn."""
    page.goto(f"{address}?sprog=da", wait_until="networkidle")
    _keep(page, "svar", WIDTH, 1800)
    page.goto(f"{address}/dag?valg=2", wait_until="networkidle")
    page.locator("#dag-vogne li").first.wait_for()
    _keep(page, "dag", WIDTH, 1440)
    page.goto("/kort?kommune=0316&by=Holbæk", wait_until="networkidle")
    page.locator("#tal").get_by_text("begge ender i området").first.wait_for()
    _keep(page, "kort", WIDTH, 1000)
    page.goto(f"{address}?sprog=en", wait_until="networkidle")
    _keep(page, "answer", WIDTH, HEIGHT)
    page.goto(f"{address}/hvorfor/2/net_cost_change?sprog=da", wait_until="networkidle")
    _keep(page, "hvorfor", WIDTH, HEIGHT)
    page.goto(f"{address}/beslutning.html", wait_until="networkidle")
    _keep(page, "beslutning", 900, HEIGHT)


def _keep(page: Page, name: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path, file=sys.stderr)


if __name__ == "__main__":
    main()
