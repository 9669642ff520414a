"""A municipality nobody has asked about: the page is there at once, and the estimate comes to it by itself."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.serve.conftest import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def slow_server(tmp_path: Path) -> Iterator[Served]:
    """A service that waits for no estimate, with no roads measured yet."""
    server = Served(tmp_path / "lager", estimate_wait_ms=0, cache=tmp_path / "kort")
    yield server
    server.stop(signal.SIGTERM)


@pytest.fixture
def impatient(slow_server: Served, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(base_url=slow_server.address, locale="da-DK")
    yield page
    page.close()


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
    expect(impatient.locator("#priser")).to_contain_text("3 km inden for byområdet")


def test_what_is_changed_while_the_estimate_is_awaited_is_what_is_estimated(impatient: Page) -> None:
    impatient.goto("/sammenlign?kommune=0155&navn0=I+dag&navn1=B")
    expect(impatient.locator("#venter")).to_be_visible()
    impatient.locator("#kommunetakst1").check()
    impatient.wait_for_url("**kommunetakst1=1**")
    impatient.get_by_label("Kommunens passagerer om året").fill("8000")
    impatient.get_by_label("Kommunens passagerer om året").press("Tab")
    expect(impatient.get_by_role("table", name="Skøn for et helt år")).to_be_visible(timeout=60_000)
    impatient.wait_for_timeout(2_500)  # a late answer to an earlier state would have come by now
    assert "kommunetakst1=1" in impatient.url
    assert "passagerer=8000" in impatient.url
    assert impatient.locator("#kommunetakst1").is_checked()
    assert impatient.get_by_label("Kommunens passagerer om året").input_value() == "8000"
    shown = impatient.locator("#skoenboks .tl-answer").inner_text()
    impatient.reload()
    expect(impatient.locator("#skoenboks .tl-answer")).to_have_text(shown, timeout=60_000)


def test_without_scripts_one_asks_again_oneself(slow_server: Served, browser: Browser) -> None:
    context = browser.new_context(base_url=slow_server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sammenlign?kommune=0155&navn0=I+dag&navn1=Kommunetakst&kommunetakst1=1")
    expect(page.get_by_text("tryk på Vis skøn")).to_be_visible()
    table = page.get_by_role("table", name="Skøn for et helt år")
    for _ in range(60):
        with page.expect_navigation():
            page.get_by_role("button", name="Vis skøn").click()
        if table.count():
            break
        page.wait_for_timeout(1000)
    expect(table).to_be_visible()
    context.close()
