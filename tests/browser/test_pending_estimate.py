"""A municipality nobody has asked about: the page is there at once, and the estimate comes to it by itself."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.serve.conftest import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def impatient(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """A page of a service that waits for no estimate, with no roads measured yet."""
    server = Served(tmp_path / "lager", estimate_wait_ms=0, cache=tmp_path / "kort")
    page = browser.new_page(base_url=server.address, locale="da-DK")
    yield page
    page.close()
    server.stop(signal.SIGTERM)


def test_the_estimate_comes_to_the_page_and_what_is_being_written_stays(impatient: Page, axe) -> None:
    impatient.goto("/sammenlign?kommune=0155&navn0=I+dag&navn1=Kommunetakst&kommunetakst1=1")
    expect(impatient.locator("#venter")).to_contain_text("Skønnet regnes")
    assert axe(impatient) == []
    expect(impatient.locator("#besked")).to_have_text("Skønnet regnes", timeout=10_000)
    field = impatient.get_by_label("Kommunens passagerer om året")
    field.focus()
    impatient.keyboard.type("1200")
    expect(impatient.get_by_role("table", name="Skøn for et helt år")).to_be_visible(timeout=60_000)
    expect(impatient.locator("#venter")).to_have_count(0)
    assert field.input_value() == "1200"
    assert field.evaluate("field => field === document.activeElement")
    expect(impatient.locator("#valg1")).to_contain_text("3 km inden for byområdet")


def test_without_scripts_one_asks_again_oneself(tmp_path: Path, browser: Browser) -> None:
    server = Served(tmp_path / "lager", estimate_wait_ms=0)
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sammenlign?kommune=0155&navn0=I+dag&navn1=Kommunetakst&kommunetakst1=1")
    expect(page.get_by_text("tryk på Vis skøn")).to_be_visible()
    for _ in range(60):
        page.get_by_role("button", name="Vis skøn").click()
        if page.locator("#venter").count() == 0:
            break
        page.wait_for_timeout(1000)
    expect(page.get_by_role("table", name="Skøn for et helt år")).to_be_visible()
    context.close()
    server.stop(signal.SIGTERM)
