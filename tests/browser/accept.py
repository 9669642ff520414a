"""Take the twelve states' pictures anew as the accepted ones: ``python -m tests.browser.accept``. To be looked at before a commit."""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.accepted_pictures import ACCEPTED, BOXES, BROWSER, boxes_of, small_picture
from tests.browser.states import STATES, WIDTHS, picture, served_answer, shown, steady_browser


def main() -> None:
    """Take all pictures; those of states that are no more are removed."""
    ACCEPTED.mkdir(exist_ok=True)
    boxes, kept = {}, set()
    with (
        sync_playwright() as tool,
        steady_browser(tool.chromium) as browser,
        tempfile.TemporaryDirectory() as folder,
        served_answer(browser, Path(folder)) as (server, answer),
    ):
        blank, page = browser.new_page(), browser.new_page(base_url=server.address, locale="da-DK")
        for state in STATES:
            for width in WIDTHS:
                name = f"{state.name}-{width}"
                shown(page, state, answer, width)
                boxes[name] = boxes_of(page)
                path = ACCEPTED / f"{name}.webp"
                path.write_bytes(small_picture(blank, picture(page)))
                kept.add(path)
                print(f"{name}: {path.stat().st_size // 1000} KB", file=sys.stderr)
        BROWSER.write_text(f"{browser.version}\n", encoding="utf-8")
    rows = (f" {json.dumps(name)}: {json.dumps(found)}" for name, found in sorted(boxes.items()))
    BOXES.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    for path in set(ACCEPTED.glob("*.webp")) - kept:
        path.unlink()


if __name__ == "__main__":
    main()
