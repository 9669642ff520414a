"""Every reason of an answer that an earlier build wrote opens, and says no more than that answer knew."""

import html
import itertools
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.why import FIELDS
from api.web.why_parts import SECTIONS
from tests.api.http.conftest import ADDRESS, SCENARIO
from tests.api.web.small_answer import HTML, Kept
from tests.changed.conftest import ANSWERS, unpacked

EARLIER = sorted(path.name for path in ANSWERS.iterdir() if path.is_dir())


@pytest.fixture(scope="module", params=EARLIER)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, str, Path]:
    folder = unpacked(request.param, tmp_path_factory.mktemp(request.param))
    kept = Kept(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    kept.folder = folder
    content = json.loads((folder / "comparison.json").read_text())
    run = kept.submit({**SCENARIO, "municipality": content["municipality"]}).id
    kept.finish(run, content)
    return TestClient(create_app(kept.settings, kept, kept), base_url=ADDRESS), run, folder


def test_every_reason_that_the_page_links_to_opens(opened: tuple[TestClient, str, Path]) -> None:
    client, run, _ = opened
    page = client.get(f"/koersel/{run}", headers=HTML)
    assert page.status_code == 200, page.text[-2000:]
    reasons = {html.unescape(path) for path in re.findall(r'href="(/koersel/[^"]+/hvorfor/[^"]+)"', page.text)}
    assert len(reasons) >= 16
    for path in sorted(reasons):
        assert client.get(path, headers=HTML).status_code == 200, path


def test_an_address_of_any_other_reason_opens_or_is_not_found(opened: tuple[TestClient, str, Path]) -> None:
    client, run, _ = opened
    asked = [*SECTIONS, *(f"{place}/{field}" for place, field in itertools.product((1, 2), FIELDS))]
    for reason, language in itertools.product(asked, ("da", "en")):
        answer = client.get(f"/koersel/{run}/hvorfor/{reason}?sprog={language}", headers=HTML)
        assert answer.status_code in {200, 404}, (reason, language)


def test_what_matters_most_is_named_only_where_the_answer_knows_it(opened: tuple[TestClient, str, Path]) -> None:
    client, run, folder = opened
    known = json.loads((folder / "comparison.json").read_text()).get("most_important") is not None
    page = client.get(f"/koersel/{run}/hvorfor/2/net_cost?sprog=da", headers=HTML).text
    assert ("De forudsætninger, der betyder mest" in page) is known
