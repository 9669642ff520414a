"""The two files: what is read, and one broken file for each thing that can be wrong, with the words it is said in."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.desk.planning.files import first_midnight, read_requests, read_vehicles
from tariffs.errors import InputError

HEADER = (
    "request_id,booked_at,pickup_earliest,pickup_latest,dropoff_latest,"
    "origin_lat,origin_lon,destination_lat,destination_lon,passengers"
)
GOOD = "r1,2019-03-03T12:00:00,2019-03-04T08:00:00,2019-03-04T08:30:00,,55.6,11.6,55.7,11.7,1"
VEHICLES = "vehicle_id,lat,lon,seats,shift_start,shift_end"
VEHICLE = "v1,55.6,11.6,4,2019-03-04T06:00:00,2019-03-05T01:00:00"
EIGHT = int((datetime(2019, 3, 4, 8) - datetime(1970, 1, 1)).total_seconds())


def written(folder: Path, *lines: str, name: str = "fil.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_request_is_read_as_it_stands(tmp_path: Path) -> None:
    second = "r2,2019-03-03 12:00:30,2019-03-04 08:00,2019-03-04T08:00:00.000,2019-03-04T09:00:00,55.6,11.6,55.7,11.7,3"
    found = read_requests(written(tmp_path, HEADER, GOOD, second))
    assert list(found.request_id) == ["r1", "r2"]
    assert found.earliest_s.tolist() == [EIGHT, EIGHT]
    assert found.latest_s.tolist() == [EIGHT + 1800, EIGHT]
    assert found.booked_s.tolist() == [EIGHT - 20 * 3600, EIGHT - 20 * 3600 + 30]
    assert found.dropoff_given.tolist() == [False, True]
    assert found.dropoff_latest_s[1] == EIGHT + 3600
    assert (found.origin_lat[0], found.destination_lon[1], found.passengers[1]) == (55.6, 11.7, 3)


@pytest.mark.parametrize("blank", [";" * 9, ""])
def test_rows_of_separators_alone_are_no_requests_and_no_vehicles(tmp_path: Path, blank: str) -> None:
    header, good = (line.replace(",", ";") for line in (HEADER, GOOD))
    found = read_requests(written(tmp_path, header, blank, good, blank, good.replace("r1", "r2"), blank, blank))
    assert list(found.request_id) == ["r1", "r2"]
    assert len(found.passengers) == len(found.earliest_s) == 2
    vehicles = read_vehicles(written(tmp_path, VEHICLES, ",,,,,", VEHICLE, "", VEHICLE.replace("v1", "v2"), ",,,,,"))
    assert list(vehicles.vehicle_id) == ["v1", "v2"]
    assert vehicles.seats.tolist() == [4, 4]
    with pytest.raises(InputError, match=r"række 5, passengers: 0"):
        read_requests(written(tmp_path, header, good, blank, blank, good[:-1] + "0"))


def test_a_danish_sheet_with_semicolons_and_decimal_commas_is_the_same(tmp_path: Path) -> None:
    danish = [line.replace(",", ";").replace(".", ",") for line in (HEADER, GOOD)]
    found = read_requests(written(tmp_path, *danish))
    assert (found.origin_lat[0], found.origin_lon[0], found.passengers[0]) == (55.6, 11.6, 1)


def test_a_parquet_file_with_types_of_its_own_is_the_same(tmp_path: Path) -> None:
    at = [np.datetime64("2019-03-04T00:00:00", "ms")]
    columns = {
        "request_id": pa.array([17], pa.int64()),
        "booked_at": pa.array(at),
        "pickup_earliest": pa.array(at),
        "pickup_latest": pa.array(at),
        "dropoff_latest": pa.array([None], pa.timestamp("us")),
        "origin_lat": [55.6],
        "origin_lon": [11.6],
        "destination_lat": [55.7],
        "destination_lon": pa.array([11.75], pa.float32()),
        "passengers": pa.array([2], pa.int8()),
        "beside": ["what nobody asked for"],
    }
    pq.write_table(pa.table(columns), tmp_path / "r.parquet")
    found = read_requests(tmp_path / "r.parquet")
    assert list(found.request_id) == ["17"]
    assert found.earliest_s.tolist() == [EIGHT - 8 * 3600]
    assert not found.dropoff_given[0]
    assert (found.origin_lat[0], found.destination_lon[0], found.passengers[0]) == (55.6, 11.75, 2)
    assert found.ignored == ("beside",)


@pytest.mark.parametrize(
    ("times", "says"),
    [
        (pa.array([0], pa.timestamp("s", "Europe/Copenhagen")), "uden tidszone"),
        (pa.array([1_500], pa.timestamp("ms")), "en lokal tid"),
        (pa.array([None], pa.timestamp("ms")), "en lokal tid"),
    ],
)
def test_parquet_times_with_a_zone_or_parts_of_a_second_are_refused(tmp_path: Path, times: pa.Array, says: str) -> None:
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    table = pa.table({name: [cell] for name, cell in cells.items()} | {"pickup_latest": times})
    pq.write_table(table, tmp_path / "r.parquet")
    with pytest.raises(InputError, match=f"række 1, pickup_latest.*{says}"):
        read_requests(tmp_path / "r.parquet")


def changed(**cells: str) -> str:
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | cells
    return ",".join(row.values())


BROKEN_CELLS = {
    "no name": ({"request_id": ""}, "request_id: (tom); ventet et navn"),
    "the same name again": ({"request_id": "r1"}, "request_id: r1; ventet et navn, der ikke står i en række før"),
    "no time": ({"booked_at": ""}, "booked_at: (tom); ventet en lokal tid"),
    "a time without a date": ({"pickup_latest": "08:30"}, "pickup_latest: 08:30; ventet en lokal tid"),
    "a Danish date": ({"pickup_latest": "04-03-2019 08:30"}, "ventet en lokal tid, fx 2019-03-01T08:15:00"),
    "a day that is none": ({"pickup_latest": "2019-02-29T08:30:00"}, "pickup_latest: 2019-02-29T08:30:00; ventet"),
    "Greenwich": ({"pickup_latest": "2019-03-04T08:30:00Z"}, "pickup_latest: 2019-03-04T08:30:00Z; ventet en lokal tid uden"),
    "a time zone": ({"booked_at": "2019-03-03T08:30:00+01:00"}, "en lokal tid uden tidszone"),
    "half a second": ({"pickup_latest": "2019-03-04T08:30:00.5"}, "ventet en lokal tid"),
    "a window turned round": ({"pickup_latest": "2019-03-04T07:59:59"}, "pickup_latest: 2019-03-04T07:59:59; ventet et tidspunkt"),
    "brought before fetched": ({"dropoff_latest": "2019-03-04T07:59:59"}, "dropoff_latest: 2019-03-04T07:59:59; ventet"),
    "booked after the fact": ({"booked_at": "2019-03-04T08:30:01"}, "booked_at: 2019-03-04T08:30:01; ventet et tidspunkt"),
    "booked years before": ({"booked_at": "1919-03-04T08:30:01"}, "højst 800 dage før"),
    "brought years after": ({"dropoff_latest": "2091-03-04T08:30:01"}, "højst 800 dage efter"),
    "no point": ({"origin_lat": "Holbæk"}, "ventet et tal i grader"),
    "degrees and minutes": ({"origin_lon": "11°36'"}, "origin_lon"),
    "nowhere": ({"origin_lat": "0", "origin_lon": "0"}, "origin_lat: 0; ventet et sted: 0, 0 er ikke"),
    "swapped": ({"destination_lat": "11.7", "destination_lon": "55.7"}, "de er byttet om"),
    "Germany": ({"origin_lat": "53.5"}, "origin_lat: 53.5; ventet bredde i Danmark, 54,4-57,9"),
    "Sweden": ({"destination_lon": "17.5"}, "destination_lon: 17.5; ventet længde i Danmark, 7,9-15,3"),
    "nobody": ({"passengers": "0"}, "passengers: 0; ventet et helt tal fra 1 til 99"),
    "one and a half": ({"passengers": "1.5"}, "passengers: 1.5; ventet et helt tal"),
    "fewer than nobody": ({"passengers": "-1"}, "passengers: -1; ventet et helt tal"),
    "passengers in words": ({"passengers": "to"}, "passengers: to; ventet et helt tal"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN_CELLS)
def test_a_faulty_cell_is_told_with_row_column_and_what_was_expected(tmp_path: Path, fault: str) -> None:
    cells, says = BROKEN_CELLS[fault]
    file = written(tmp_path, HEADER, GOOD, changed(**({"request_id": "r2"} | cells)))
    with pytest.raises(InputError) as told:
        read_requests(file)
    assert "række 3, " in str(told.value)
    assert says in str(told.value)
    assert "intet er planlagt eller skrevet" in str(told.value)
    assert str(file) in str(told.value)


def test_all_faults_are_counted_and_told_by_kind_in_ten_lines(tmp_path: Path) -> None:
    rows = [changed(request_id=f"r{n}", passengers="0", booked_at="i går") for n in range(15)]
    with pytest.raises(InputError) as told:
        read_requests(written(tmp_path, HEADER, *rows))
    text = str(told.value)
    assert text.startswith("30 fejl i filen")
    assert "række 2-16, passengers: 0; ventet et helt tal fra 1 til 99" in text
    assert "række 2-16, booked_at: i går; ventet en lokal tid" in text
    wrong = dict.fromkeys(HEADER.split(",")[1:], "x") | {"request_id": "", "dropoff_latest": "2019-03-04T08:00:00Z"}
    with pytest.raises(InputError) as told:
        read_requests(written(tmp_path, HEADER, changed(**wrong), "r2"))
    assert len(str(told.value).splitlines()) == 10
    assert "andre slags fejl" in str(told.value)


def test_a_row_with_too_few_cells_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_requests(written(tmp_path, HEADER, GOOD, "r2,2019-03-03T12:00:00"))
    assert "1 fejl" in str(told.value)
    assert "rækken har 2 felter, ikke 10" in str(told.value)


def test_names_that_look_like_somebodys_number_are_refused_and_not_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"CPR-nummer.*række 2.*løbenummer") as told:
        read_requests(written(tmp_path, HEADER, changed(request_id="010203-1234")))
    assert "1234" not in str(told.value)


VEHICLE_FAULTS = {
    "no name": (",55.6,11.6,4,2019-03-04T06:00:00,2019-03-04T10:00:00", "vehicle_id"),
    "no seats": ("v2,55.6,11.6,0,2019-03-04T06:00:00,2019-03-04T10:00:00", "seats: 0; ventet et helt tal fra 1"),
    "a shift turned round": ("v2,55.6,11.6,4,2019-03-04T06:00:00,2019-03-04T05:00:00", "ventet et tidspunkt efter shift_start"),
    "a shift of no length": ("v2,55.6,11.6,4,2019-03-04T06:00:00,2019-03-04T06:00:00", "ventet et tidspunkt efter shift_start"),
    "swapped": ("v2,11.6,55.6,4,2019-03-04T06:00:00,2019-03-04T10:00:00", "de er byttet om"),
    "twice": (VEHICLE, "vehicle_id: v1; ventet et navn, der ikke står"),
}  # fmt: skip


@pytest.mark.parametrize("fault", VEHICLE_FAULTS)
def test_a_faulty_vehicle_is_told(tmp_path: Path, fault: str) -> None:
    row, says = VEHICLE_FAULTS[fault]
    with pytest.raises(InputError) as told:
        read_vehicles(written(tmp_path, VEHICLES, VEHICLE, row))
    assert "række 3, " in str(told.value)
    assert says in str(told.value)


def test_files_that_cannot_be_used_at_all_say_why(tmp_path: Path) -> None:
    for lines, says in (
        ([""], "filen er tom"),
        ([HEADER], "filen har ingen bestillinger"),
        ([HEADER.replace("dropoff_latest,", ""), "x"], "kolonnen dropoff_latest mangler"),
        ([HEADER.replace("passengers", "antal"), "x"], "kolonnen passengers mangler"),
        ([GOOD], "måske en anden, eller uden overskrifter"),
        ([HEADER + ",passengers", GOOD + ",1"], "kolonner findes to gange: passengers"),
    ):
        with pytest.raises(InputError, match=says):
            read_requests(written(tmp_path, *lines))
    with pytest.raises(InputError, match="filen har ingen vogne"):
        read_vehicles(written(tmp_path, VEHICLES))
    with pytest.raises(InputError, match="filen kan ikke læses"):
        read_requests(tmp_path / "ingen.csv")
    with pytest.raises(InputError, match=r"filtypen '.docx' kendes ikke"):
        read_requests(tmp_path / "brev.docx")
    with pytest.raises(InputError, match="kan ikke læses som Parquet"):
        read_requests(written(tmp_path, "ikke Parquet", name="r.parquet"))


def test_days_that_lie_years_apart_are_a_wrong_year(tmp_path: Path) -> None:
    requests = read_requests(written(tmp_path, HEADER, GOOD))
    later = VEHICLE.replace("2019", "2091")
    with pytest.raises(InputError, match=r"over 800 dage.*2019-03-04.*2091-03-05"):
        first_midnight(requests, read_vehicles(written(tmp_path, VEHICLES, later)))
    same = read_vehicles(written(tmp_path, VEHICLES, VEHICLE))
    assert first_midnight(requests, same) == EIGHT - 8 * 3600


def test_an_hour_that_the_clock_skips_is_refused(tmp_path: Path) -> None:
    night = changed(booked_at="2019-03-31T02:30:00", pickup_earliest="2019-03-31T08:00:00", pickup_latest="2019-03-31T08:30:00",
                    dropoff_latest="2019-03-31T10:00:00")  # fmt: skip
    with pytest.raises(InputError, match=r"række 2, booked_at: 2019-03-31T02:30:00; ventet et klokkeslæt, der findes"):
        read_requests(written(tmp_path, HEADER, night))
    for hour in ("01:59:59", "03:00:00"):
        assert read_requests(written(tmp_path, HEADER, night.replace("02:30:00", hour))).notes == ()


def test_an_hour_that_comes_twice_is_told(tmp_path: Path) -> None:
    night = changed(booked_at="2019-10-27T02:30:00", pickup_earliest="2019-10-27T08:00:00", pickup_latest="2019-10-27T08:30:00",
                    dropoff_latest="2019-10-27T10:00:00")  # fmt: skip
    (note,) = read_requests(written(tmp_path, HEADER, night)).notes
    assert note.startswith(
        "booked_at: 1 række har et klokkeslæt kl. 2-3 den nat, uret stilles tilbage; den time kommer to gange"
    )


def test_a_total_under_the_requests_is_passed_over_and_told(tmp_path: Path) -> None:
    found = read_requests(written(tmp_path, HEADER, GOOD, "I alt,,,,,,,,,1"))
    assert len(found) == 1
    assert found.notes == ("Under listen er sprunget over: række 3 (total eller note).",)


def test_requests_in_a_workbook_are_read(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        sheet = book.add_worksheet("Bestillinger")
        for row, line in enumerate((HEADER, GOOD)):
            sheet.write_row(row, 0, line.split(","))
    there, here = read_requests(tmp_path / "r.xlsx"), read_requests(written(tmp_path, HEADER, GOOD))
    assert there.request_id == here.request_id
    assert np.array_equal(there.earliest_s, here.earliest_s)
    assert np.array_equal(there.origin_lat, here.origin_lat)


def test_rows_of_separators_and_a_total_under_the_list_are_no_requests(tmp_path: Path) -> None:
    empty = "," * HEADER.count(",")
    below = "I alt" + empty[:-1] + ",1"
    found = read_requests(written(tmp_path, HEADER, GOOD, empty, below, empty))
    assert list(found.request_id) == ["r1"]
    assert found.passengers.tolist() == [1]
    vehicles = read_vehicles(written(tmp_path, VEHICLES, VEHICLE, "," * VEHICLES.count(","), name="vogne.csv"))
    assert list(vehicles.vehicle_id) == ["v1"]
