"""The page's estimate says, under its sentence, when a price that was never tried comes or goes."""

import re

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from tests.api.http.conftest import ADDRESS, Memory

DANISH = re.compile(r"60 kr\. \(ca\. 5\d kr\. i 2017-priser\) er ikke prøvet")
ENGLISH = re.compile(r"DKK 60 \(about DKK 5\d in 2017 prices\) has not been tried")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    return TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS)


@pytest.mark.parametrize(
    ("elements", "labelled"),
    [
        ("bytakst0=high&kommunetakst1=1", True),
        ("kommunetakst0=1&bytakst1=high&kommunetakst1=1", True),
        ("bytakst0=low&kommunetakst1=1", False),
    ],
)
def test_undoing_sixty_kroner_is_labelled_as_introducing_them(
    client: TestClient, elements: str, labelled: bool
) -> None:
    address = f"/sammenlign?kommune=0316&navn0=&navn1=&passagerer=6000&{elements}"
    for language, said in (("da", DANISH), ("en", ENGLISH)):
        page = client.get(f"{address}&sprog={language}", headers={"Accept": "text/html"}).text
        assert 'id="venter"' not in page
        assert bool(said.search(page)) is labelled
