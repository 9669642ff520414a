"""A real service met by a real browser: every page is held against axe, and nothing may be fetched from elsewhere."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.api.serve.conftest import Served

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core"
SMALL = "kommune=0155&passagerer=300&start=1.7.2020&navn0=I+dag&navn1=Kommunetakst&kommunetakst1=1"
"""Dragør with few passengers: a run of seconds."""


def chromium() -> str:
    found = os.environ.get("TAKSTLAB_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "no chromium: apt-get install chromium, or say where it is by TAKSTLAB_CHROMIUM"
    return found


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page as it stands, a line each."""
    if not (AXE / "axe.min.js").exists():
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True
        )
    script = (AXE / "axe.min.js").read_text(encoding="utf-8")
    danish = json.loads((AXE / "locales" / "da.json").read_text(encoding="utf-8"))

    def found(page: Page) -> list[str]:
        page.evaluate(script)
        answer: dict[str, Any] = page.evaluate("locale => { axe.configure({locale}); return axe.run() }", danish)
        return [
            f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:160]}"
            for one in answer["violations"]
            for node in one["nodes"]
        ]

    return found


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("side") / "lager", estimate_wait_ms=60_000)
    yield server
    server.stop(signal.SIGTERM)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tool:
        started = tool.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


class Watched:
    """Everything the pages asked for and complained of."""

    def __init__(self, context: BrowserContext, own: str) -> None:
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self._own = urlsplit(own).netloc
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda stopped: self.complaints.append(str(stopped.error)))

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "about", "blob") and urlsplit(url).netloc != self._own:
            self.outside.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    """Open an address of the service in a new window; afterwards nothing may have been asked for from elsewhere."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def go(path: str = "/", *, expect_errors: bool = False, **how: Any) -> Page:
        context = browser.new_context(base_url=served.address, locale="da-DK", **how)
        watched = Watched(context, served.address)
        if not expect_errors:
            opened.append((context, watched))
        page = context.new_page()
        page.goto(path)
        return page

    yield go
    for context, watched in opened:
        context.close()
        assert watched.outside == []
        assert watched.complaints == []


@pytest.fixture(scope="session")
def finished(served: Served, browser: Browser) -> str:
    """The address of a small run that has its answer."""
    page = browser.new_page(base_url=served.address)
    page.goto(f"/sammenlign?{SMALL}")
    page.get_by_role("button", name="Simulér").click()
    page.wait_for_url("**/koersel/*")
    page.get_by_role("heading", name="Svaret").wait_for(timeout=180_000)
    address = urlsplit(page.url).path
    page.close()
    return address
