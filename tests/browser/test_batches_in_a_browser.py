"""A batch in a real browser: the map, the table and the way to a municipality's own comparison; axe and a narrow screen."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.serve.conftest import Served
from tests.api.web.test_batches_page import PLAN

pytestmark = pytest.mark.browser
Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def showing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that has been given a batch to show."""
    from sim.batch.batch import run_batch
    from sim.batch.execution import Crew
    from sim.batch.plan import plan_of

    folder: Path = tmp_path_factory.mktemp("batch") / "tre"
    run_batch(plan_of(PLAN, "test"), folder, Crew())
    server = Served(tmp_path_factory.mktemp("lager") / "lager", batches=f"tre={folder}")
    yield server
    server.stop(signal.SIGTERM)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_package_is_chosen_seen_on_the_map_and_tried_in_a_municipality(
    browser: Browser, showing: Served, axe: Axe, scripts: bool
) -> None:
    context = browser.new_context(base_url=showing.address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Alle kommuner").click()
    page.get_by_role("link", name="tre", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommunetakst: ændring i nettoudgift pr. indbygger")
    page.get_by_label("Vis", exact=True).select_option(label="Nettoudgift pr. passager")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommunetakst: nettoudgift pr. passager")
    drawn = page.locator("figure img")
    assert drawn.get_attribute("alt")
    expect(page.locator("tr", has_text="København")).to_contain_text("udbydes ikke i kommunen")
    if scripts:
        drawn.evaluate("image => image.decode()")  # fails where the picture is none
        assert drawn.evaluate("image => image.naturalWidth") > 0
        assert axe(page) == []
        page.goto(f"{page.url}&sprog=en")
        assert axe(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Dragør").click()
    assert page.locator("#navn1").get_attribute("placeholder") == "Kommunetakst"
    assert page.locator("#kommunetakst1").is_checked()
    context.close()
