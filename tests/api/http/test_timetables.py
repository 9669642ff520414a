"""Timetables over HTTP: read through before they are kept, named by scenarios, deleted; what is none is refused with why."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.keys import KeyBook
from api.jobs.accepting import accept, naming
from api.settings import Settings
from sim.riders.plustur import receipt
from sim.study.prepare import prepare
from tariffs.errors import InputError
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory, open_client
from tests.plustur.bus_feed import bus
from tests.plustur.plustur_world import write_feed, zipped

PLUS = {"name": "Plus", "elements": ["kommunetakst", "plustur"]}
WITH_PLUSTUR = {**SCENARIO, "options": [SCENARIO["options"][0], PLUS]}  # type: ignore[index]
FEEDS = Path(__file__).parents[2] / "plustur" / "feeds"


@pytest.fixture
def feed(tmp_path: Path) -> bytes:
    return bus(tmp_path / "bus.zip").read_bytes()


def send(client: TestClient, content: bytes, kind: str = "application/zip") -> Any:
    return client.post("/v1/timetables", content=content, headers={"Content-Type": kind})


def kept_files(settings: Settings) -> Iterable[Path]:
    return (path for path in Path(settings.store).rglob("*") if path.is_file() and path.suffix != ".lock")


def test_the_receipt_has_the_typical_days_and_the_trips_on_them(client: TestClient, feed: bytes) -> None:
    """34 trips a day from 1 to 14 June 2020: the typical day is the middle one of its type, the 6th of ten, the 2nd of two."""
    answer = send(client, feed)
    told = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/timetables/{told['id']}")
    assert told["gtfs"] == f"timetable:{told['id']}"
    assert [(one["name"], one["trips"]) for one in told["days"]] == [
        ("hverdage", 34), ("lørdage", 34), ("søn- og helligdage", 34),
    ]  # fmt: skip
    assert [one["day"] for one in told["days"]] == ["2020-06-08", "2020-06-13", "2020-06-14"]
    assert (told["notes"], told["size"]) == ([], len(feed))
    assert send(client, feed).status_code == 200, "the same file is the same timetable"
    assert client.get(f"/v1/timetables/{told['id']}").json() == told
    assert client.get("/v1/timetables").json() == {"timetables": [told]}


def test_what_is_left_out_is_in_the_receipt(client: TestClient) -> None:
    notes = send(client, (FEEDS / "flex.zip").read_bytes()).json()["notes"]
    assert notes == [
        "Køreplanens fleksible kørsel (GTFS-Flex: 1 tur, 2 rækker i stop_times.txt) er ikke ordinære afgange og er udeladt."
    ]


def test_a_deleted_timetable_is_gone_at_once(client: TestClient, settings: Settings, feed: bytes) -> None:
    link = send(client, feed).json()["links"]["self"]
    assert client.delete(link).status_code == 204
    assert client.get(link).status_code == client.delete(link).status_code == 404
    assert list(kept_files(settings)) == []
    assert send(client, feed).status_code == 201, "what is deleted can be sent again"


def test_what_is_no_timetable_is_refused_with_why_and_without_a_path(
    client: TestClient, settings: Settings, feed: bytes, tmp_path: Path
) -> None:
    late = write_feed(tmp_path / "sen.zip", [("t", "alle", [("0", "klokken 8"), ("1", "08:10:00")])]).read_bytes()
    school = (FEEDS / "school_712.zip").read_bytes()
    locked = feed.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert locked != feed, "the first bit of a part's flags says that it has a password"
    for content, words in (
        (locked, "pakket med adgangskode"),
        (school, "skolebusser (16 ture) er ikke ordinære afgange"),
        (b"hej", "ikke en hel zip"),
        (feed[:-40], "ikke en hel zip"),
        (zipped(stops="stop_id,stop_lat,stop_lon\n"), "mangler routes.txt"),
        (late, "har tiden 'klokken 8', som ikke er et klokkeslæt. Hvor: filen, stop_times.txt, række 2."),
        (zipped(stops="stop_id,stop_lat,stop_lon\n" + "x" * 200_000 + ",1,2\n"), "kan ikke læses som tabel"),
    ):
        answer = send(client, content)
        assert answer.status_code == 422, words
        assert words in answer.json()["detail"]
        assert answer.json()["next"]
        assert settings.store not in answer.text
    assert list(kept_files(settings)) == []


def test_another_kind_of_file_and_one_that_is_too_large_are_refused(settings: Settings, memory: Memory) -> None:
    small = open_client(replace(settings, timetable_mb=1), memory)
    assert "Content-Type" in send(small, b"x", "text/csv").json()["detail"]
    over = send(small, b" " * 1_000_001)
    assert (over.status_code, over.json()["what"]) == (413, "Køreplanen er over 1 MB")
    assert send(small, b" " * 3_000_000).status_code == 413
    assert list(kept_files(settings)) == []


def test_a_small_file_that_unpacks_to_a_large_table_is_not_read(
    client: TestClient, feed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The zip says how large each table is, and no more than that is ever unpacked; the limit is set down for the test."""
    monkeypatch.setattr(receipt, "MOST_TABLE_MB", 1)
    bomb = zipped(stops="stop_id,stop_lat,stop_lon\n" + " " * 1_000_000)
    answer = send(client, bomb)
    assert answer.status_code == 422
    assert "stops.txt fylder over 1 MB udpakket" in answer.json()["detail"]
    assert send(client, feed).status_code == 201


def test_there_is_an_end_to_how_many_are_kept(settings: Settings, memory: Memory, feed: bytes, tmp_path: Path) -> None:
    few = open_client(replace(settings, most_timetables=1), memory)
    assert send(few, feed).status_code == 201
    full = send(few, bus(tmp_path / "faa.zip", range(6, 9)).read_bytes())
    assert (full.status_code, full.json()["type"]) == (507, "urn:takstlab:problem:store-full")
    assert send(few, feed).status_code == 200


def test_a_key_that_may_not_upload_may_not_send_a_timetable(
    settings: Settings, memory: Memory, feed: bytes, tmp_path: Path
) -> None:
    keys = KeyBook(tmp_path / "keys.json")
    _, text = keys.add("læser", ["read"], 1)
    closed = open_client(replace(settings, open_reading=False), memory, keys, ADDRESS)
    head = {"Authorization": f"Bearer {text}"}
    assert closed.get("/v1/timetables").status_code == 401
    assert closed.get("/v1/timetables", headers=head).status_code == 200
    sent = closed.post("/v1/timetables", content=feed, headers={**head, "Content-Type": "application/zip"})
    assert sent.status_code == 403
    assert "køreplaner" in sent.json()["detail"]


def test_a_scenario_is_calculated_with_the_timetable_it_names(
    client: TestClient, settings: Settings, feed: bytes
) -> None:
    named = send(client, feed).json()["gtfs"]
    accepted = accept({**WITH_PLUSTUR, "gtfs": named}, settings)
    assert accepted.scenario.gtfs == named
    study = prepare(accepted.placed, "0316")
    assert study.plustur is not None
    assert study.plustur.departures is not None
    assert accepted.run != accept(WITH_PLUSTUR, settings).run
    assert client.post("/v1/runs", json={**WITH_PLUSTUR, "gtfs": named}).status_code == 202


def test_a_scenario_with_a_timetable_that_is_gone_or_a_path_is_refused(
    client: TestClient, settings: Settings, feed: bytes
) -> None:
    told = send(client, feed).json()
    client.delete(told["links"]["self"])
    answer = client.post("/v1/runs", json={**WITH_PLUSTUR, "gtfs": told["gtfs"]})
    assert answer.status_code == 422
    assert "Scenariets køreplan er ikke gemt her" in answer.json()["detail"]
    for path in ("/etc/passwd", "timetable:../../etc/passwd", "areas:" + "0" * 64):
        assert client.post("/v1/runs", json={**WITH_PLUSTUR, "gtfs": path}).status_code == 422
        with pytest.raises(InputError, match="må ikke nævne filer: gtfs"):
            accept({**WITH_PLUSTUR, "gtfs": path}, settings)


def test_a_timetable_of_another_part_of_the_country_is_refused_without_saying_where_it_lies(
    client: TestClient, settings: Settings, feed: bytes
) -> None:
    named = send(client, feed).json()["gtfs"]
    answer = client.post("/v1/runs", json={**WITH_PLUSTUR, "municipality": "Lolland", "gtfs": named})
    assert answer.status_code == 422
    assert "Køreplanen har ingen stop i Lolland Kommune" in answer.json()["detail"]
    assert named in answer.json()["where"]
    accepted = accept({**WITH_PLUSTUR, "gtfs": named}, settings)
    with pytest.raises(InputError) as told, naming(accepted.scenario, accepted.placed):
        prepare(accepted.placed.model_copy(update={"municipalities": ("0360",)}), "0360")
    assert settings.store not in str(told.value)
