"""Own trips over HTTP: minimised at the door, only minimised from elsewhere, gone when deleted or due."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.http.file_size import PARQUET
from api.http.formats import XLSX
from api.http.keys import KeyBook
from api.settings import Settings
from api.store.errors import StoreFullError
from api.store.uploads import uploads_of
from sim.inputs.intake.imported import read_import
from sim.inputs.intake.trip_list import read_trips
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory, open_client
from tests.intake.lists import danish, year_of_trips

OUTSIDE = "https://takst.example.dk"
ROWS = 200
LIST = danish(year_of_trips(ROWS)).encode()
OWN = {key: value for key, value in SCENARIO.items() if key != "passengers"}
WHERE = {"municipality": "Holbæk"}


def send(client: TestClient, content: bytes = LIST, kind: str = "text/csv", headers: Any = None, **asked: Any) -> Any:
    return client.post(
        "/v1/uploads", params={**WHERE, **asked}, content=content, headers={"Content-Type": kind, **(headers or {})}
    )


def on_disk(settings: Settings) -> list[str]:
    """Every file in the store but its lock."""
    store = Path(settings.store)
    return sorted(
        path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file() and path.suffix != ".lock"
    )


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The list as ``takstlab clean`` writes it."""
    from click.testing import CliRunner

    from api.cli.clean import command

    folder = tmp_path_factory.mktemp("clean")
    (folder / "ture.csv").write_bytes(LIST)
    done = CliRunner().invoke(
        command, [str(folder / "ture.csv"), "--municipality", "0316", "--out", str(folder / "ren.parquet")]
    )
    assert done.exit_code == 0, done.output
    return (folder / "ren.parquet").read_bytes()


@pytest.fixture
def far(memory: Memory, settings: Settings, tmp_path: Path) -> tuple[TestClient, dict[str, str]]:
    """A service on the net, and the head of one who may upload."""
    keys = KeyBook(tmp_path / "keys.json")
    _, text = keys.add("Holbæk", ["read", "run", "upload"], 1)
    elsewhere = replace(settings, host="0.0.0.0", base_url=OUTSIDE)
    return open_client(elsewhere, memory, keys, OUTSIDE), {"Authorization": f"Bearer {text}"}


def test_on_this_machine_a_list_is_minimised_and_only_what_is_left_is_kept(
    client: TestClient, settings: Settings
) -> None:
    answer = send(client)
    told = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/uploads/{told['id']}")
    assert (told["rows_read"], told["rows"], told["municipality"]) == (ROWS, ROWS, "0316")
    assert told["period"] == {"first": "2019-01-01", "last": "2019-12-31", "stated": False}
    assert told["columns_kept"]["passengers"] == "Antal passagerer"
    folder = f"uploads/{told['id']}"
    assert on_disk(settings) == [f"{folder}/{name}" for name in ("import.json", "trips.parquet", "upload.json")]
    table, account = read_import(Path(settings.store) / folder)
    assert {re.sub("[0-9]", "", text) for text in table["time"].to_pylist()} == {":"}
    assert {text[3:] for text in table["time"].to_pylist()} == {"00", "30"}
    assert account["rows"] == ROWS
    assert (Path(settings.store) / "uploads").stat().st_mode & 0o077 == 0
    assert (Path(settings.store) / folder).stat().st_mode & 0o077 == 0


def test_the_same_list_again_is_the_same_upload_in_whatever_order_and_dress(client: TestClient, cleaned: bytes) -> None:
    first = send(client).json()
    head, *rows = LIST.decode().splitlines(keepends=True)
    turned = send(client, "".join([head, *reversed(rows)]).encode())
    assert (turned.status_code, turned.json()["id"]) == (200, first["id"])
    assert [each["id"] for each in client.get("/v1/uploads").json()["uploads"]] == [first["id"]]
    fewer = send(client, "".join([head, *rows[:-1]]).encode())
    assert (fewer.status_code, fewer.json()["id"] == first["id"]) == (201, False)


def test_what_is_told_of_an_upload_is_never_its_rows(client: TestClient) -> None:
    told = send(client).json()
    assert client.get(f"/v1/uploads/{told['id']}").json() == told
    text = json.dumps(told)
    assert not re.search(r"0316-[0-9]+|55[.,][0-9]{3}|11[.,][0-9]{3}", text)  # zones, places


def test_a_deleted_upload_is_gone_from_the_disk_and_from_every_answer(client: TestClient, settings: Settings) -> None:
    upload = send(client).json()["id"]
    assert client.delete(f"/v1/uploads/{upload}").status_code == 204
    assert on_disk(settings) == []
    assert client.get("/v1/uploads").json() == {"uploads": []}
    for method in ("GET", "DELETE"):
        answer = client.request(method, f"/v1/uploads/{upload}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:takstlab:problem:not-found")


def test_a_list_with_faults_is_refused_with_rows_and_columns_but_never_what_stood_there(client, settings) -> None:
    head, first, *rest = LIST.decode().splitlines(keepends=True)
    cells = first.split(";")
    cells[1], cells[7] = "25.17", "HEMMELIG"
    answer = send(client, "".join([head, ";".join(cells), *rest]).encode())
    told = answer.json()
    assert (answer.status_code, told["type"], told["fault_count"]) == (422, "urn:takstlab:problem:faulty-rows", 2)
    assert [(fault["row"], fault["column"]) for fault in told["faults"]] == [(2, "Tid"), (2, "Antal passagerer")]
    assert told["faults"][1]["expected"].startswith("helt tal")
    assert "HEMMELIG" not in answer.text
    assert "25.17" not in answer.text
    assert on_disk(settings) == []


def test_a_column_with_personal_data_is_refused_and_the_parameters_are_named_as_they_are_sent(client, settings) -> None:
    head, *rows = LIST.decode().splitlines()
    named = "\n".join([f"{head};Kundenavn", *(f"{row};Jens Hansen" for row in rows)]).encode()
    answer = send(client, named)
    assert (answer.status_code, "Kundenavn" in answer.json()["what"]) == (422, True)
    assert "--" not in answer.json()["detail"]
    assert "Jens" not in answer.text
    left_out = send(client, named, ignore="Kundenavn")
    assert (left_out.status_code, left_out.json()["columns_ignored"]) == (201, ["Kundenavn"])
    numbered = named.replace(b"Jens Hansen", b"010203-1234")
    answer = send(client, numbered, ignore="Kundenavn")
    assert (answer.status_code, "CPR" in answer.json()["what"]) == (422, True)
    assert "010203" not in answer.text


def test_from_elsewhere_only_a_cleaned_list_is_taken(far, settings: Settings, cleaned: bytes, tmp_path: Path) -> None:
    client, key = far
    for content, kind in ((LIST, "text/csv"), (b"PK\x03\x04", XLSX), (LIST, PARQUET)):
        answer = send(client, content, kind, key)
        assert (answer.status_code, "takstlab clean" in answer.json()["next"]) == (422, True), answer.text
    (tmp_path / "ren.parquet").write_bytes(cleaned)
    table = read_trips(tmp_path / "ren.parquet")

    def written(changed: pa.Table) -> bytes:
        pq.write_table(changed, tmp_path / "anden.parquet")
        return (tmp_path / "anden.parquet").read_bytes()

    def with_values(column: str, value: Any) -> pa.Table:
        place = table.column_names.index(column)
        values = [value, *table[column].to_pylist()[1:]]
        return table.set_column(place, table.schema.field(column), pa.array(values, table.schema.field(column).type))

    beyond = {
        "a further column": table.append_column("navn", pa.array(["Jens"] * ROWS)),
        "a minute": with_values("time", "10:37"),
        "a minute of booking": with_values("booked_at", "2018-12-30 09:13"),
        "the address's own place": with_values("from_lat", 55.71234),
        "a word of one's own": with_values("channel", "Jens"),
        "the file's own order": table.take(list(reversed(range(ROWS)))),
    }
    for what, changed in beyond.items():
        answer = send(client, written(changed), PARQUET, key)
        assert answer.status_code == 422, what
        assert "Jens" not in answer.text
    assert on_disk(settings) == []
    taken = send(client, cleaned, PARQUET, key)
    assert (taken.status_code, taken.json()["rows"]) == (201, ROWS)
    assert send(client, cleaned, PARQUET, key, ignore="x").status_code == 422
    half = send(client, cleaned, PARQUET, key, period="2019-01-01/2019-06-30").json()
    assert (half["period"]["stated"], half["rows"] < ROWS) == (True, True)


def test_what_a_web_server_hands_on_is_from_elsewhere(client: TestClient, memory: Memory, settings: Settings) -> None:
    for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        assert send(client, headers={header: "10.0.0.7"}).status_code == 422
    behind = open_client(replace(settings, base_url=OUTSIDE), memory, None, OUTSIDE)
    assert send(behind).status_code == 422
    assert on_disk(settings) == []


def test_uploading_and_deleting_need_their_own_scope(
    memory: Memory, settings: Settings, tmp_path: Path, cleaned
) -> None:
    keys = KeyBook(tmp_path / "keys.json")
    _, other = keys.add("ark", ["read", "run"], 1)
    client = open_client(replace(settings, open_reading=False), memory, keys)
    key = {"Authorization": f"Bearer {other}"}
    assert send(client, cleaned, PARQUET).status_code == 401
    assert send(client, cleaned, PARQUET, key).status_code == 403
    assert client.delete(f"/v1/uploads/{'0' * 64}", headers=key).status_code == 403
    assert client.get("/v1/uploads", headers=key).status_code == 200
    assert client.get("/v1/uploads").status_code == 401


def test_too_many_rows_and_too_many_bytes_are_refused_and_leave_nothing(
    memory: Memory, settings: Settings, cleaned
) -> None:
    few = open_client(replace(settings, bulk_rows=ROWS - 2), memory)
    for content, kind in ((LIST, "text/csv"), (cleaned, PARQUET)):
        assert send(few, content, kind).status_code == 413
    small = open_client(replace(settings, bulk_body_kb=10), memory)

    def endless():
        for _ in range(100):
            yield LIST[:1000]

    assert send(small, LIST).status_code == 413
    assert send(small, endless()).status_code == 413
    assert on_disk(settings) == []


def test_the_store_takes_no_more_lists_than_it_is_told_to(memory: Memory, settings: Settings) -> None:
    one = open_client(replace(settings, most_uploads=1), memory)
    upload = send(one).json()["id"]
    fewer = LIST[: LIST.rstrip().rindex(b"\n") + 1]
    answer = send(one, fewer)
    assert (answer.status_code, answer.json()["type"]) == (507, "urn:takstlab:problem:store-full")
    one.delete(f"/v1/uploads/{upload}")
    assert send(one, fewer).status_code == 201
    with pytest.raises(StoreFullError, match="fylde 500 MB"):
        uploads_of(settings).check_room(500 * 2**20)
    with pytest.raises(StoreFullError, match="ledig plads"):
        uploads_of(replace(settings, least_free_mb=10**9)).check_room()


def test_an_upload_whose_time_is_up_is_not_there_and_is_swept_from_the_disk(
    client: TestClient, settings: Settings
) -> None:
    told = send(client).json()
    received, expires = (datetime.fromisoformat(told[key]) for key in ("received", "expires"))
    assert expires - received == timedelta(days=30)
    assert uploads_of(replace(settings, upload_days=90)).get(told["id"]).expires == expires  # as it was promised
    assert uploads_of(replace(settings, upload_days=7)).get(told["id"]).expires == received + timedelta(days=7)
    times = Path(settings.store) / "uploads" / told["id"] / "upload.json"
    ago = datetime.now(UTC) - timedelta(seconds=1)
    times.write_text(json.dumps({"received": told["received"], "expires": ago.isoformat()}))
    assert client.get(f"/v1/uploads/{told['id']}").status_code == 404
    assert client.post("/v1/runs", json=OWN | {"trips": told["trips"]}).status_code == 422
    assert uploads_of(settings).sweep() == 1
    assert on_disk(settings) == []


def test_what_does_not_say_how_long_it_may_be_kept_is_not_kept(client: TestClient, settings: Settings) -> None:
    upload = send(client).json()["id"]
    (Path(settings.store) / "uploads" / upload / "upload.json").write_text("{")
    assert client.get("/v1/uploads").json() == {"uploads": []}
    assert uploads_of(settings).sweep() == 1
    assert on_disk(settings) == []


def test_no_page_elsewhere_can_send_or_delete_a_list(client: TestClient) -> None:
    for headers in ({"Origin": "https://ond.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert send(client, headers=headers).status_code == 403
        assert client.delete(f"/v1/uploads/{'0' * 64}", headers=headers).status_code == 403
    assert send(client, headers={"Origin": ADDRESS}).status_code == 201


def test_a_file_that_stops_on_the_way_leaves_nothing(settings: Settings, memory: Memory) -> None:
    import asyncio

    app = open_client(settings, memory).app
    messages = iter([{"type": "http.request", "body": LIST[:1000], "more_body": True}, {"type": "http.disconnect"}])
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def hear(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/v1/uploads", "raw_path": b"/v1/uploads", "root_path": "",
        "query_string": b"municipality=0316", "scheme": "http", "http_version": "1.1",
        "headers": [(b"host", b"127.0.0.1:8600"), (b"content-type", b"text/csv")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8600),
    }  # fmt: skip
    asyncio.run(app(scope, receive, hear))
    assert sent[0]["status"] == 400
    assert on_disk(settings) == []


def test_excel_and_csv_of_the_same_trips_are_the_same_upload(client: TestClient, tmp_path: Path) -> None:
    from tests.intake.sheets import write_xlsx

    rows = [line.split(";") for line in LIST.decode().splitlines()]
    write_xlsx(tmp_path / "ture.xlsx", {"Ture 2019": rows, "Noter": []})
    as_excel = send(client, (tmp_path / "ture.xlsx").read_bytes(), XLSX)
    assert as_excel.status_code == 201, as_excel.text
    assert send(client).json()["id"] == as_excel.json()["id"]
    for content, kind in ((b"PK\x03\x04 ingenting", XLSX), (b"PAR1", PARQUET), (b"", "text/csv"), (LIST, "image/png")):
        answer = send(client, content, kind)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:takstlab:problem:input")
        assert str(tmp_path) not in answer.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x_base.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("x_base.xls", "application/vnd.ms-excel"),
        ("tab.tsv", "text/tab-separated-values"),
    ],
)
def test_every_kind_of_sheet_comes_in_over_http_and_on_the_page(client: TestClient, name: str, kind: str) -> None:
    content = (Path(__file__).parents[2] / "intake" / "cases" / name).read_bytes()
    told = send(client, content, kind)
    assert told.status_code in (200, 201), told.text
    assert told.json()["rows"] == 3
    page = client.post(
        "/egne-data/ture", data={"kommune": "0316"}, files={"fil": (name, content, kind)}, follow_redirects=False
    )
    assert page.status_code == 303, page.text


UNPLACED = "Dato;Tid;Fra adresse;Til adresse;Antal\n" + "03-08-2019;10.40;Holbæk St.;Netto, Tølløse;1\n" * 2


def test_texts_that_cannot_be_placed_are_answered_in_groups_and_placed_by_the_sender(client: TestClient) -> None:
    told = send(client, UNPLACED.encode())
    assert told.status_code == 422
    problem = told.json()
    assert problem["type"] == "urn:takstlab:problem:faulty-rows"
    assert problem["unplaced"] == [
        {"text": "Netto, Tølløse", "trips": 2, "why": "kendes ikke", "suggestion": "Tølløse"}
    ]
    assert problem["placing"]["left_out"] == 2
    assert problem["next"] == "giv hver tekst et sted med place"
    taken = send(client, UNPLACED.encode(), place=["Netto, Tølløse=Tølløse"])
    assert taken.status_code == 201
    assert taken.json()["placing"] == {
        "trips": 2, "placed": 2, "by_town": 2, "by_user": 2, "left_out": 0, "refused": 0
    }  # fmt: skip
    assert "Netto" not in taken.text
    refused = send(client, UNPLACED.encode(), leave_out_unplaced="true").json()
    assert "højst 10 % kan udelades" in refused["what"]
    assert "med place: »Netto, Tølløse« (2)" in refused["next"]
    assert "skriv tekst=sted" in send(client, UNPLACED.encode(), place="Netto").json()["next"]
