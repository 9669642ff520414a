"""A batch on the page: the map and the table say what the batch says, and lead to each municipality's own comparison."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from sim.batch.queries import query
from sim.geography.municipalities import find_municipality
from sim.words.numbers import danish
from tests.api.http.conftest import Memory, open_client

PLAN = {
    "name": "to kommuner",
    "municipalities": ["Sorø", "Dragør", "København"],
    "years": [2020],
    "replications": 3,
    "draws": 2,
    "passengers": {"0340": 300, "0155": 300},
    "options": [
        {"name": "Grundtakst"},
        {"name": "Kommunetakst", "elements": ["kommunetakst"]},
        {"name": "Plustur", "elements": ["plustur"]},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sim.batch.batch import run_batch
    from sim.batch.execution import Crew
    from sim.batch.plan import plan_of

    folder = tmp_path_factory.mktemp("batch") / "tre"
    run_batch(plan_of(PLAN, "test"), folder, Crew())
    return folder


@pytest.fixture
def client(folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    batches = (f"tre={folder}", f"halv={tmp_path / 'findes-ikke'}")
    settings = Settings(store=str(tmp_path / "lager"), batches=batches)
    with open_client(settings, Memory(settings)) as opened:
        yield opened


def page(client: TestClient, **asked: Any) -> str:
    answer = client.get("/batch/tre", params=asked, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def row(text: str, name: str) -> list[str]:
    """The cells of a municipality's row, without marks."""
    found = next(r for r in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", text, re.S) if name in r)
    return [
        html.unescape(" ".join(re.sub(r"<[^>]+>", " ", c).split()))
        for c in re.findall(r"<t[hd].*?</t[hd]>", found, re.S)
    ]


def test_the_table_says_what_the_batch_says_by_resident(client: TestClient, folder: Path) -> None:
    sql = "SELECT * FROM packages WHERE municipality = '0340' AND option = 2"
    told = query(folder, sql).to_pylist()[0]
    people = find_municipality("0340").population_2020
    mean, low, high = (told[f"net_cost_change_oere_{part}"] / 100 / people for part in ("mean", "p10", "p90"))
    cells = row(page(client), "Sorø")
    assert cells[0].startswith("Sorø")
    assert low > 0, "a lower fare costs more here"
    assert cells[1] == f"+{danish(mean, 1)}"
    assert re.findall(r"[+\d,]+", cells[2]) == [f"+{danish(low, 1)}", f"+{danish(high, 1)}"]
    assert cells[3] == "5", "three replications and two draws"


def test_what_is_not_offered_is_said_and_is_no_number(client: TestClient) -> None:
    assert row(page(client), "København")[1] == "udbydes ikke i kommunen"
    plustur = page(client, pakke="3")
    assert row(plustur, "Dragør")[1] == "udbydes ikke i kommunen"
    assert len(row(plustur, "Sorø")) == 4


@pytest.mark.parametrize("measure", ["aendring", "aendring_ialt", "passagerer", "udgift", "pr_passager"])
def test_each_measure_has_a_map_with_the_figures_of_its_table(client: TestClient, measure: str) -> None:
    text = page(client, pakke="2", maal=measure)
    found = re.search(r'<img src="(/batch/[^"]*)" alt="([^"]*)"', text)
    assert found
    assert "kommuner" in found[2] or "kommune" in found[2]
    for address in (found[1], f"{found[1]}&smal=1"):
        drawn = client.get(html.unescape(address))
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert drawn.text.startswith("<svg")


def test_the_base_has_no_change_and_says_so(client: TestClient) -> None:
    assert "den, de andre holdes op imod" in page(client, pakke="1")
    assert len(row(page(client, pakke="1", maal="udgift"), "Sorø")) == 4


def test_a_municipality_leads_to_its_comparison_with_the_package_ticked(client: TestClient) -> None:
    text = page(client, pakke="2")
    address = html.unescape(next(a for a in re.findall(r'<a href="([^"]*)">Sorø</a>', text)))
    told = parse_qs(urlsplit(address).query, keep_blank_values=True)
    assert (told["kommune"], told["navn1"], told["kommunetakst1"]) == (["0340"], ["Kommunetakst"], ["1"])
    built = client.get(address, headers={"Accept": "text/html"})
    assert built.status_code == 200
    assert "Der kan ikke regnes" not in built.text


def test_the_list_says_what_there_is_and_what_is_not_whole_without_its_place(
    client: TestClient, tmp_path: Path
) -> None:
    text = client.get("/batch", headers={"Accept": "text/html"}).text
    assert '<a href="/batch/tre">tre</a>: 3 kommuner, 3 pakker, 2020' in text
    assert "halv: <span>den er ikke færdig" in text
    assert str(tmp_path) not in text
    assert "Alle kommuner" in client.get("/", headers={"Accept": "text/html"}).text


def test_what_the_batch_does_not_have_is_refused(client: TestClient) -> None:
    for asked in ({"pakke": "9"}, {"maal": "ukendt"}, {"aar": "1999"}, {"pakke": "' OR 1=1"}):
        assert client.get("/batch/tre", params=asked).status_code == 422
        assert client.get("/batch/tre/kort.svg", params=asked).status_code == 422
    assert client.get("/batch/ukendt").status_code == 404
    assert client.get("/batch/halv").status_code == 500


def test_without_batches_the_page_says_how_they_are_made_and_nothing_leads_there(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "lager"))
    client = open_client(settings, Memory(settings))
    assert "takstlab batch movia" in client.get("/batch", headers={"Accept": "text/html"}).text
    assert "Alle kommuner" not in client.get("/om", headers={"Accept": "text/html"}).text
