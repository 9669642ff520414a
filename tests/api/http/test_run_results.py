import csv
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.http.replies import IMMUTABLE, program_version
from sim.telling.sheet import danish_csv
from tests.answer.building import answer_of
from tests.api.http.workbook_cells import read_workbook

FORMATS = ("json", "csv", "tsv", "xlsx", "parquet", "arrow")


def test_the_json_is_the_comparison_itself(client: TestClient, done: str, comparison: dict) -> None:
    assert client.get(f"/v1/runs/{done}/result.json").json() == json.loads(json.dumps(comparison))


def test_the_danish_table_has_every_figure_of_the_result_folders_own(client, done, comparison) -> None:
    told = client.get(f"/v1/runs/{done}/result.csv").content.decode("utf-8-sig")
    mine = [[row[0], *row[2:]] for row in list(csv.reader(io.StringIO(told), delimiter=";"))[1:]]
    folder = danish_csv(answer_of(comparison)).decode("utf-8-sig")
    assert mine == list(csv.reader(io.StringIO(folder), delimiter=";"))[1:]


def test_each_language_has_its_own_signs(client: TestClient, done: str) -> None:
    danish = client.get(f"/v1/runs/{done}/result.csv", params={"sprog": "da"}).content
    english = client.get(f"/v1/runs/{done}/result.csv", params={"sprog": "en"}).content
    for content in (danish, english):
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\r\n") == content.count(b"\n")
    read = [
        list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=mark))
        for content, mark in ((danish, ";"), (english, ","))
    ]
    assert len({len(row) for rows in read for row in rows}) == 1
    for da, en in zip(read[0][1:], read[1][1:], strict=True):
        assert [float(cell.replace(",", ".")) for cell in da[7:]] == [float(cell) for cell in en[7:]]
        assert all(len(cell.partition(",")[2]) == 2 for cell in da[7:])  # never three decimals: 1.234 reads as 1234
    assert read[1][0][0] == "municipality"


def test_an_option_called_as_a_formula_is_text_in_every_sheet(client: TestClient, done: str) -> None:
    for kind in ("csv", "tsv"):
        assert "'=1+1" in client.get(f"/v1/runs/{done}/result.{kind}").text
    for path in (f"/v1/runs/{done}/result.xlsx", f"/v1/runs/{done}/budget.xlsx"):
        cells = [c for sheet in read_workbook(client.get(path).content).values() for c in sheet.values()]
        assert [c.formula for c in cells if c.value == "=1+1"]
        assert not [c for c in cells if c.formula and "1+1" in c.formula]


def test_tables_for_machines_have_the_same_figures(client: TestClient, done: str) -> None:
    parquet = pq.read_table(io.BytesIO(client.get(f"/v1/runs/{done}/result.parquet").content))
    arrow = pa.ipc.open_file(client.get(f"/v1/runs/{done}/result.arrow").content).read_all()
    assert parquet.equals(arrow)
    assert parquet.num_rows == client.get(f"/v1/runs/{done}/result.csv").text.count("\r\n") - 1
    assert parquet.schema.field("middel").type == pa.float64()
    assert parquet["valgmulighed"].to_pylist()[-1] == "=1+1"  # no sheet: the name as it is


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_stored_is_kept_for_good_and_what_is_drawn_is_asked_for_every_time(
    client: TestClient, done: str, kind: str
) -> None:
    first = client.get(f"/v1/runs/{done}/result.{kind}")
    assert first.headers["Cache-Control"] == (IMMUTABLE if kind == "json" else "private, no-cache")
    again = client.get(f"/v1/runs/{done}/result.{kind}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/v1/runs/{done}/result.{kind}").content == first.content


@pytest.mark.parametrize("path", ["result.csv", "result.xlsx", "budget.xlsx"])
def test_what_is_drawn_is_drawn_anew_by_another_program_and_by_none_for_who_has_it(
    client: TestClient, done: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"/v1/runs/{done}/{path}")
    held = {"If-None-Match": first.headers["ETag"]}
    with monkeypatch.context() as patch:
        patch.setattr("api.http.results.table_bytes", None)  # nothing is drawn
        patch.setattr("api.http.workbook.budget_workbook", None)
        assert client.get(f"/v1/runs/{done}/{path}", headers=held).status_code == 304
    monkeypatch.setattr("api.http.replies.program_version", lambda: "a later program")
    later = client.get(f"/v1/runs/{done}/{path}", headers=held)
    assert (later.status_code, later.headers["ETag"] != first.headers["ETag"]) == (200, True)
    assert client.get(f"/v1/runs/{done}/result.json").headers["Cache-Control"] == IMMUTABLE


def test_the_version_of_what_draws_holds_templates_and_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    now = program_version.__wrapped__()
    assert program_version.__wrapped__() == now
    monkeypatch.setattr("api.http.replies.version", lambda name: "99" if name == "typst" else "1")
    assert program_version.__wrapped__() != now


def test_text_is_compressed_for_who_can_read_it(client: TestClient, done: str) -> None:
    with client.stream("GET", f"/v1/runs/{done}/result.csv", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    plain = client.get(f"/v1/runs/{done}/result.csv", headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3


def test_a_result_is_named_by_a_municipality_of_the_run(client: TestClient, done: str) -> None:
    assert client.get(f"/v1/runs/{done}/result.json", params={"kommune": "Holbæk"}).status_code == 200
    assert client.get(f"/v1/runs/{done}/result.json", params={"kommune": "0326"}).status_code == 404
    assert client.get(f"/v1/runs/{done}/result.json", params={"kommune": "../.."}).status_code == 422
    assert client.get(f"/v1/runs/{done}/result.pdf").status_code == 422
    assert client.get(f"/v1/runs/{done}/result.csv", params={"sprog": "sv"}).status_code == 422


@pytest.mark.parametrize(("state", "status"), [("queued", 503), ("running", 503), ("failed", 409), ("cancelled", 409)])
def test_a_run_without_a_result_gives_none(client, done, memory, state: str, status: int) -> None:
    memory.move(done, state=state)
    for kind in FORMATS:
        assert client.get(f"/v1/runs/{done}/result.{kind}").status_code == status
    assert client.get(f"/v1/runs/{done}/budget.xlsx").status_code == status


def test_a_table_by_a_saved_name_follows_the_name_and_is_asked_for_every_time(client, done) -> None:
    client.put("/v1/names/budget-2027", json={"run": done})
    by_name, by_id = (client.get(f"/v1/runs/{run}/result.csv") for run in ("budget-2027", done))
    assert by_name.content == by_id.content
    assert by_name.headers["Cache-Control"] == "private, no-cache"
    assert client.get("/v1/runs/ukendt/result.csv").status_code == 404
    service = read_workbook(client.get("/v1/runs/budget-2027/budget.xlsx").content)["Tjeneste"]
    assert service["B3"].value == "budget-2027"


def test_who_refuses_gzip_gets_none_and_who_has_anything_gets_304(client, done: str) -> None:
    plain = client.get(f"/v1/runs/{done}/result.csv", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert client.get(f"/v1/runs/{done}/result.csv", headers={"If-None-Match": "*"}).status_code == 304


def test_the_workbook_has_one_language_and_says_so(client, done: str) -> None:
    answer = client.get(f"/v1/runs/{done}/budget.xlsx?sprog=en")
    assert answer.status_code == 422
    assert "sprog: kendes ikke" in answer.json()["what"]
