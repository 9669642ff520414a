"""Drawings stand two beside each other where there are two options, and fill the width where there is one."""

import re

from fastapi.testclient import TestClient

from tests.api.web.small_answer import HTML, Kept, run_of


def _kinds(page: str, name: str) -> set[str]:
    return set(re.findall(rf'<svg class="tl-(\w+)"[^>]*aria-labelledby="{name}-\d(?:-n)?-title', page))


def test_a_drawing_of_the_only_option_fills_the_width(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    expected = {"wide", "narrow"} if len(comparison["options"]) == 2 else {"half", "narrow"}
    for name in ("waterfall", "riders"):
        assert _kinds(page, name) == expected
