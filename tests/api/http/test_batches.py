import csv
import io

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from sim.batch.queries import query
from tests.api.http.conftest import open_client

PLAN = {
    "name": "lille",
    "municipalities": ["Sorø"],
    "years": [2020],
    "replications": 2,
    "draws": 0,
    "passengers": {"0340": 200},
    "options": [{"name": "Grundtakst"}, {"name": "Kommunetakst", "elements": ["kommunetakst"]}],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from sim.batch.batch import run_batch
    from sim.batch.execution import Crew
    from sim.batch.plan import plan_of

    folder = tmp_path_factory.mktemp("batch") / "lille"
    run_batch(plan_of(PLAN, "test"), folder, Crew())
    return folder


@pytest.fixture
def shown(folder, memory) -> TestClient:
    return open_client(Settings(batches=(f"lille={folder}", f"halv={folder.parent / 'findes-ikke'}")), memory)


def test_a_batchs_views_are_what_takstlab_query_answers(shown: TestClient, folder) -> None:
    assert [b["name"] for b in shown.get("/v1/batches").json()["batches"]] == ["halv", "lille"]
    for view in ("packages", "changes", "totals"):
        expected = query(folder, f"SELECT * FROM {view}")
        told = pq.read_table(io.BytesIO(shown.get(f"/v1/batches/lille/{view}.parquet").content))
        assert told.equals(expected)
        danish = shown.get(f"/v1/batches/lille/{view}.csv").content.decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(danish), delimiter=";")) == expected.column_names
        assert danish.count("\r\n") == expected.num_rows + 1


def test_rows_are_picked_by_municipality_and_year(shown: TestClient) -> None:
    rows = shown.get("/v1/batches/lille/packages.json", params={"kommune": "Sorø", "year": 2020}).json()["rows"]
    assert [(row["municipality"], row["option"]) for row in rows] == [("0340", 1), ("0340", 2)]
    assert shown.get("/v1/batches/lille/packages.json", params={"kommune": "0316"}).json()["rows"] == []
    assert shown.get("/v1/batches/lille/packages.json", params={"kommune": "' OR 1=1"}).status_code == 422
    assert shown.get("/v1/batches/lille/totals.json", params={"kommune": "0340"}).status_code == 422


def test_a_batch_that_is_not_there_or_not_whole_says_so_without_its_place(shown: TestClient) -> None:
    assert shown.get("/v1/batches/ukendt/packages.csv").status_code == 404
    assert shown.get("/v1/batches/lille/results.csv").status_code == 422
    broken = shown.get("/v1/batches/halv/packages.csv")
    assert broken.status_code == 500
    assert "findes-ikke" not in broken.text
