"""A simulated day: its numbers against another reading of the run's tables, its stops, its data, and what is said where there is none."""

import datetime as dt
import html
import math
import re
import shutil
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from sim.telling.simulated_day.day import read_day
from sim.telling.simulated_day.days import busiest, trips_by_day
from sim.telling.simulated_day.numbers import day_numbers
from sim.telling.simulated_day.rows import rows_of
from tariffs.errors import DataError
from tests.api.web.small_answer import HTML, Kept, run_of, tables_of, text_of
from tests.words.test_english_pages import unexplained

Row = dict[str, Any]
TODAY = "Nuværende ordning"
MOST_BYTES_OF_A_STOP = 75
"""Four thousand stops, more than any municipality has on a day, are then 300 kB."""
EARTH_M = 6_371_000


@pytest.fixture(scope="module")
def tables(kept: Kept) -> dict[str, list[Row]]:
    """The first replication of the tables, read whole."""
    read = {name: pq.read_table(kept.folder / f"{name}.parquet").to_pylist() for name in ("trips", "stops", "duties")}
    return {name: [row for row in rows if row["replication"] == 0] for name, rows in read.items()}


def address(kept: Kept, more: str = "") -> str:
    return f"/koersel/{run_of(kept)[0]}/dag{more}"


def shown(page: str) -> dict[str, str]:
    """The numbers of the day as the page prints them, by name, with what is said under each."""
    found = re.search(r'<dl class="dag-tal">(.*?)</dl>', page, re.S)
    assert found
    return {
        text_of(name): text_of(value) for name, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found[1], re.S)
    }


def expected(tables: dict[str, list[Row]], option: str, day: dt.date) -> Row:
    """A day added up from the tables alone, without anything of the page's own."""
    trips, stops = (
        [row for row in tables[name] if row["option"] == option and row["service_date"] == day]
        for name in ("trips", "stops")
    )
    made = [row for row in trips if row["status"] == "trip"]
    duties: dict[int, list[Row]] = defaultdict(list)
    for row in stops:
        duties[row["duty"]].append(row)
    metres, empty = 0.0, 0
    for rows in duties.values():
        rows.sort(key=lambda row: row["sequence"])
        empty += rows[0]["drive_s"]
        for before, after in pairwise(rows):
            metres += great_circle_m(before, after)
            empty += after["drive_s"] if before["load"] == 0 else 0
    return {
        "wishes": len(trips), "trips": len(made), "passengers": sum(row["passengers"] for row in made),
        "shared": sum(row["shared"] for row in made),
        "referred": sum(row["request_id"] == -1 and row["kind"] == "pickup" for row in stops),
        "vehicles": len({row["vehicle"] for row in stops}), "driven_s": sum(row["drive_s"] for row in stops),
        "empty_s": empty, "straight_m": metres,
    }  # fmt: skip


def great_circle_m(one: Row, other: Row) -> float:
    a, b, c, d = (math.radians(row[key]) for row in (one, other) for key in ("lat", "lon"))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(half))


@pytest.mark.parametrize("place", [0, 1])
def test_every_day_adds_up_to_what_its_rows_say(kept: Kept, tables: dict[str, list[Row]], place: int) -> None:
    option = run_of(kept)[1]["options"][place]["name"]
    days = sorted({row["service_date"] for row in tables["trips"]})
    for day in days[:: len(days) // 15]:
        found = vars(day_numbers(read_day(kept.folder, option, day)))
        assert found == {**expected(tables, option, day), "straight_m": found["straight_m"]}
        assert found["straight_m"] == pytest.approx(expected(tables, option, day)["straight_m"], rel=0.005)


def test_the_page_prints_the_numbers_of_the_busiest_day(
    client: TestClient, kept: Kept, tables: dict[str, list[Row]]
) -> None:
    made: dict[dt.date, int] = defaultdict(int)
    for row in tables["trips"]:
        made[row["service_date"]] += row["option"] == TODAY and row["status"] == "trip"
    most = min(made, key=lambda day: (-made[day], day))
    assert busiest(trips_by_day(kept.folder)[TODAY]) == most
    page = client.get(address(kept), headers=HTML)
    found, sums = shown(page.text), expected(tables, TODAY, most)
    assert page.status_code == 200
    assert f'value="{most.isoformat()}" selected' in page.text
    assert found["Ture"].startswith(f"{sums['trips']} {sums['passengers']} passagerer; {sums['wishes']} ønsker")
    assert found["Vogne"].startswith(f"{sums['vehicles']} ")
    assert found["Delte ture"].startswith(
        f"{math.floor(100 * sums['shared'] / sums['trips'] + 0.5)} % {sums['shared']} ture"
    )
    assert found["Køretid"].startswith(f"{math.floor(sums['driven_s'] / 60 + 0.5)} min.")
    assert found["Tom kørsel"].startswith(f"{math.floor(sums['empty_s'] / 60 + 0.5)} min.")
    assert float(found["Kørt"].split(" km")[0].replace(".", "")) == pytest.approx(
        sums["straight_m"] / 1000, rel=0.005, abs=0.5
    )


def test_a_trip_is_shared_as_the_stops_show_it(kept: Kept, tables: dict[str, list[Row]]) -> None:
    """More than one booking on board at some time of the ride is what the table of trips calls shared."""
    told, seen = {}, {}
    for day in sorted({row["service_date"] for row in tables["trips"]})[:40]:
        driven = read_day(kept.folder, TODAY, day)
        told |= {trip.request: trip.shared for trip in driven.trips if trip.status == "trip"}
        for duty in driven.duties:
            assert duty.stops[-1].bookings == duty.stops[-1].load == len(duty.stops[-1].aboard) == 0
            for stop in duty.stops:
                for request in stop.aboard:
                    seen[request] = seen.get(request, False) or stop.shared
    assert seen == told
    assert any(told.values())


def test_without_scripts_the_tables_have_every_stop(
    client: TestClient, kept: Kept, tables: dict[str, list[Row]]
) -> None:
    day = busiest(trips_by_day(kept.folder)[TODAY])
    stops = [row for row in tables["stops"] if row["option"] == TODAY and row["service_date"] == day]
    page = client.get(address(kept), headers=HTML).text
    rows = [row for table in tables_of(page) for row in re.findall(r"<tr><th scope=\"row\">(\d.*?)</tr>", table, re.S)]
    found = sorted(
        (int(cells[0]), cells[1])
        for cells in ([html.unescape(cell) for cell in re.split(r"</t[dh]><td>|</td>", row)] for row in rows)
    )
    assert found == sorted(
        (row["vehicle"] + 1, f"{row['arrive_s'] // 3600}.{row['arrive_s'] % 3600 // 60:02d}") for row in stops
    )
    assert not re.search(r"<script(?![^>]* src=\"/static/)|<style| style=", page)


def test_the_vehicles_minutes_add_up_to_the_numbers_of_the_day(
    client: TestClient, kept: Kept, tables: dict[str, list[Row]]
) -> None:
    day = busiest(trips_by_day(kept.folder)[TODAY])
    duties = [row for row in tables["duties"] if row["option"] == TODAY and row["service_date"] == day]
    page = client.get(address(kept), headers=HTML).text
    (table,) = (one for one in tables_of(page) if "heraf tom" in one)
    rows = [
        [text_of(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]
        for row in table.split("<tr>")[2:]
    ]
    *each, total = rows
    assert [row[0] for row in each] == [f"Vogn {number + 1}" for number in sorted({row["vehicle"] for row in duties})]
    assert sum(row[2].count("-") for row in each) == len(duties)
    for column in (3, 4, 5, 6):
        assert sum(int(row[column]) for row in each) == int(total[column])
    assert int(total[4]) == math.floor(sum(row["end_s"] - row["start_s"] for row in duties) / 60 + 0.5)
    found = shown(page)
    assert (f"{total[5]} min.", f"{total[6]} min.") == tuple(
        found[name].split("min.")[0] + "min." for name in ("Køretid", "Tom kørsel")
    )
    assert page.count('id="dag-streg"') == 1


def test_the_data_are_the_tables_rows_small_and_tagged(
    client: TestClient, kept: Kept, tables: dict[str, list[Row]]
) -> None:
    day = busiest(trips_by_day(kept.folder)[TODAY])
    assert day is not None
    answer = client.get(address(kept, f"/1/{day.isoformat()}.json"))
    told = answer.json()
    stops = [row for row in tables["stops"] if row["option"] == TODAY and row["service_date"] == day]
    found = [
        (
            duty["vehicle"] - 1,
            *(stop[told["stop_columns"].index(name)] for name in ("arrive_s", "done_s", "drive_s", "load", "request")),
        )
        for duty in told["duties"]
        for stop in duty["stops"]
    ]
    names = ("vehicle", "arrive_s", "done_s", "drive_s", "load", "request_id")
    assert sorted(found) == sorted(tuple(row[name] for name in names) for row in stops)
    assert (
        told["from_s"] <= min(row["arrive_s"] for row in stops) < max(row["done_s"] for row in stops) <= told["until_s"]
    )
    assert len(str(told["duties"]).replace(" ", "")) / len(stops) < MOST_BYTES_OF_A_STOP
    again = client.get(answer.request.url.path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, answer.headers["cache-control"]) == (304, "private, no-cache")


def test_parts_of_a_table_that_cannot_hold_the_day_are_not_read(kept: Kept, tmp_path: Path) -> None:
    """The second replication is spoiled on the disk, and the first is read all the same."""
    first = pq.read_table(kept.folder / "stops.parquet").slice(0, 100)
    path = tmp_path / "stops.parquet"
    with pq.ParquetWriter(path, first.schema, write_page_checksum=True) as writer:
        writer.write_table(first)
        end = path.stat().st_size
        number = first.schema.get_field_index("replication")
        writer.write_table(first.set_column(number, "replication", pa.array([1] * len(first), type=pa.int32())))
    content = bytearray(path.read_bytes())
    content[end + 200 : end + 400] = bytes(200)
    path.write_bytes(content)
    assert len(rows_of(path, ("duty",))) == 100
    with pytest.raises(DataError, match="beskadiget"):
        rows_of(path, ("duty",), replication=1)


def test_the_answer_leads_to_its_day_and_the_day_back(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    answer = client.get(f"/koersel/{run}", headers=HTML).text
    link = re.search(r'href="([^"]+)">Se en simuleret dag<', answer)
    assert link
    page = client.get(html.unescape(link[1]), headers=HTML)
    assert page.status_code == 200
    assert f'href="/koersel/{run}?kommune={comparison["municipality"]}"' in page.text


def test_another_option_and_day_are_picked_by_the_address(client: TestClient, kept: Kept) -> None:
    day = min(trips_by_day(kept.folder)[TODAY])
    page = client.get(address(kept, f"?valg=2&dag={day.isoformat()}"), headers=HTML)
    assert page.status_code == 200
    assert '<option value="2" selected>&lt;script&gt;' in page.text
    assert f'<option value="{day.isoformat()}" selected>' in page.text
    assert "<script>alert" not in page.text


def test_a_day_without_trips_is_said_and_the_busiest_is_shown(client: TestClient, kept: Kept) -> None:
    for asked, said in (
        ("1999-01-01", "Der er ingen ture den 1.1.1999; vælg en dag på listen"),
        ("i morgen", "er ikke en dato"),
    ):
        page = client.get(address(kept, f"?dag={asked}"), headers=HTML)
        assert page.status_code == 422
        assert said in text_of(page.text)
        assert 'id="dag-tid"' in page.text


def test_an_option_or_day_that_is_not_there_is_no_page(client: TestClient, kept: Kept) -> None:
    assert client.get(address(kept, "?valg=9"), headers=HTML).status_code == 404
    assert client.get(address(kept, "/1/1999-01-01.json")).status_code == 404


@pytest.mark.parametrize("harm", ["old", "damaged", "another build"])
def test_an_answer_whose_tables_cannot_be_read_says_so(
    client: TestClient, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    folder = tmp_path / "svar"
    shutil.copytree(kept.folder, folder)
    stops = folder / "stops.parquet"
    if harm == "old":
        stops.unlink()
    elif harm == "damaged":
        content = bytearray(stops.read_bytes())
        content[100:600] = bytes(500)
        stops.write_bytes(content)
    else:
        pq.write_table(pq.read_table(stops).drop_columns(["drive_s"]), stops)
    monkeypatch.setattr(kept, "folder", folder)
    page = client.get(address(kept), headers=HTML)
    said = {
        "old": "regnet af en tidligere udgave",
        "damaged": "Filen er beskadiget",
        "another build": "mangler kolonnen drive_s",
    }
    assert page.status_code == 404
    assert said[harm] in text_of(page.text)
    assert "egn scenariet igen" in text_of(page.text)
    assert "Tilbage til svaret" in page.text
    day = min(trips_by_day(kept.folder)[TODAY])
    assert client.get(address(kept, f"/1/{day.isoformat()}.json")).status_code in (404, 500)


def test_own_trips_are_never_shown_whatever_the_folder_holds(
    client: TestClient, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "svar"
    shutil.copytree(kept.folder, folder)
    manifest = folder / "manifest.json"
    content = manifest.read_text(encoding="utf-8")
    assert '"trips": null' in content
    manifest.write_text(content.replace('"trips": null', '"trips": "upload:abc"'), encoding="utf-8")
    monkeypatch.setattr(kept, "folder", folder)
    page = client.get(address(kept), headers=HTML)
    assert page.status_code == 404
    assert "Det er virkelige rejser, og deres stop gemmes ikke" in text_of(page.text)
    assert "<table" not in page.text
    day = min(trips_by_day(kept.folder)[TODAY])
    assert client.get(address(kept, f"/1/{day.isoformat()}.json")).status_code == 404


def test_the_english_page_has_no_danish(client: TestClient, kept: Kept) -> None:
    page = client.get(address(kept, "?sprog=en"), headers=HTML).text
    assert not list(unexplained(page))
    assert shown(page)["Shared trips"].endswith("trips shared the car")
