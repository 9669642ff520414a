"""An officer's clicks, choices and typed fields, counted against what docs/page.md states."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

PAGE = Path(__file__).parents[2] / "docs" / "page.md"
ROW = re.compile(r"^\| \((?P<task>[a-f])\) .*\| (?P<steps>\d+) \|$", re.MULTILINE)


def stated() -> dict[str, int]:
    """Clicks and typed fields that a task takes at most, by its letter."""
    return {row["task"]: int(row["steps"]) for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}


class Hand:
    """One click, tick, choice or typed field a call; nothing else touches the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def click(self, target: Locator) -> None:
        self.steps += 1
        target.click()

    def tick(self, target: Locator) -> None:
        self.steps += 1
        target.check()

    def choose(self, target: Locator, label: str) -> None:
        self.steps += 1
        target.select_option(label=label)

    def type(self, target: Locator, text: str) -> None:
        """Type into a field and leave it, as the next click would."""
        self.steps += 1
        target.fill(text)
        target.press("Tab")

    def point(self, x: float, y: float) -> None:
        """Click a spot of the map."""
        self.steps += 1
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(60)
        self.page.mouse.click(x, y)
        self.page.wait_for_timeout(300)  # two clicks in a quarter of a second would end the drawing

    def link(self, name: str, **how: bool) -> None:
        self.click(self.page.get_by_role("link", name=name, **how))

    def button(self, name: str, **how: bool) -> None:
        self.click(self.page.get_by_role("button", name=name, **how))


MONTH_NAMES = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]


def pasted_year(passengers: int, more: int, net: int, dearer: int) -> str:
    """Return the months of 2025 as they are pasted from a sheet: January's numbers, and what each month has more than the last."""
    rows = (f"{name} 2025\t{passengers + more * n}\t{net + dearer * n}" for n, name in enumerate(MONTH_NAMES))
    return "\n".join(["måned\tpassagerer\tnettoudgift", *rows])
