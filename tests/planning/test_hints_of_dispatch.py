# ruff: noqa: E501  a case is a line
"""What every refusal of bookings and vehicles to plan says to do, done word for word: the files are then read."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.desk.planning import dispatch as dispatch_module
from sim.desk.planning.dispatch import check_place
from sim.desk.planning.files import REQUEST_COLUMNS, first_midnight, read_requests, read_vehicles
from sim.desk.planning.land import land_roads
from sim.desk.planning.roads import read_travel
from tests.intake.hints import follow, without_a_case

MODULES = tuple(f"sim.desk.planning.{name}" for name in ("cells", "dispatch", "files", "land", "opened", "roads"))
ROW = [
    "r1",
    "2019-03-03T12:00:00",
    "2019-03-04T08:00:00",
    "2019-03-04T08:30:00",
    "",
    "55.6",
    "11.6",
    "55.7",
    "11.7",
    "1",
]
VEHICLE = "v1,55.6,11.6,4,2019-03-04T06:00:00,{}\n"
VEHICLES = "vehicle_id,lat,lon,seats,shift_start,shift_end\n"
CELLS: dict[str, tuple[str, str, str]] = {
    "a moment": ("booked_at: en lokal tid, fx 2019-03-01T08:15:00", "i går", "2019-03-01T08:15:00"),
    "a zone": ("booked_at: en lokal tid uden tidszone, fx 2019-03-01T08:15:00", "2019-03-03T12:00:00Z", "2019-03-03T12:00:00"),
    "an hour that is not": ("booked_at: et klokkeslæt, der findes: kl. 2-3 springes over den nat, uret stilles frem", "2018-03-25T02:30:00", "2018-03-25T03:30:00"),
    "booked late": ("booked_at: et tidspunkt, der ikke er efter pickup_latest", "2019-03-05T08:00:00", "2019-03-04T08:30:00"),
    "booked long before": ("booked_at: højst 800 dage før afhentningen", "2009-03-03T12:00:00", "2018-03-03T12:00:00"),
    "a turned window": ("pickup_latest: et tidspunkt, der ikke er før pickup_earliest", "2019-03-04T07:00:00", "2019-03-04T08:00:00"),
    "off before on": ("dropoff_latest: et tidspunkt, der ikke er før pickup_earliest", "2019-03-04T07:00:00", "2019-03-04T09:00:00"),
    "off long after": ("dropoff_latest: højst 800 dage efter afhentningen", "2029-03-04T09:00:00", "2019-03-05T09:00:00"),
    "a name": ("request_id: et navn", "", "r1"),
    "a personal number": ("request_id: brug et løbenummer i stedet", "010150-1234", "1"),
    "no degrees north": ("origin_lat: et tal i grader, fx 55.6", "nord", "55.6"),
    "no degrees east": ("origin_lon: et tal i grader, fx 11.6", "øst", "11.6"),
    "far north": ("origin_lat: bredde i Danmark", "65.6", "55.6"),
    "far east": ("origin_lon: længde i Danmark", "21.6", "11.6"),
    "passengers": ("passengers: et helt tal fra 1 til 99", "0", "1"),
}  # fmt: skip


def text(folder: Path, content: str | bytes, name: str = "fil.csv") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def requests(folder: Path, *rows: list[str], head: tuple[str, ...] = REQUEST_COLUMNS) -> Path:
    return text(folder, "\n".join(",".join(row) for row in (list(head), *rows)) + "\n")


def changed(**cells: str) -> list[str]:
    row = dict(zip(REQUEST_COLUMNS, ROW, strict=True)) | cells
    return list(row.values())


@pytest.mark.parametrize("name", CELLS)
def test_bookings_are_read_once_the_hint_is_followed(name: str, tmp_path: Path) -> None:
    told, broken, mended = CELLS[name]
    column, _, words = told.partition(": ")
    follow(
        words,
        lambda: read_requests(requests(tmp_path, changed(**{column: broken}))),
        lambda: read_requests(requests(tmp_path, changed(**{column: mended}))),
    )


PAIRS: dict[str, tuple[str, list[list[str]], list[list[str]]]] = {
    "turned": ("de er byttet om", [changed(origin_lat="11.6", origin_lon="55.6")], [ROW]),
    "nowhere": ("et sted: 0, 0 er ikke et sted i Danmark", [changed(origin_lat="0", origin_lon="0")], [ROW]),
    "twice": ("et navn, der ikke står i en række før", [ROW, ROW], [ROW, changed(request_id="r2")]),
    "none": ("brug en fil med mindst én række", [], [ROW]),
}


@pytest.mark.parametrize("name", PAIRS)
def test_rows_are_read_once_the_hint_is_followed(name: str, tmp_path: Path) -> None:
    words, broken, mended = PAIRS[name]
    follow(
        words,
        lambda: read_requests(requests(tmp_path, *broken)),
        lambda: read_requests(requests(tmp_path, *mended)),
    )


def parquet(folder: Path, kind: object) -> Path:
    columns = {name: [value] for name, value in zip(REQUEST_COLUMNS, ROW, strict=True)} | {"request_id": kind}
    pq.write_table(pa.table(columns), folder / "fil.parquet")
    return folder / "fil.parquet"


def test_columns_are_as_the_hint_says(tmp_path: Path) -> None:
    def good() -> object:
        return read_requests(requests(tmp_path, ROW))

    lacking = tuple(name.replace("passengers", "antal") for name in REQUEST_COLUMNS)
    follow("filen skal have kolonnerne request_id", lambda: read_requests(requests(tmp_path, ROW, head=lacking)), good)
    twice = (*REQUEST_COLUMNS, "passengers")
    follow("giv dem hver sit navn", lambda: read_requests(requests(tmp_path, [*ROW, "1"], head=twice)), good)
    follow("gem den igen som Parquet, eller brug .csv", lambda: read_requests(text(tmp_path, b"PAR1", "f.parquet")),
           lambda: read_requests(parquet(tmp_path, ["r1"])))  # fmt: skip
    follow("skriv den som tekst, tal eller tidspunkt", lambda: read_requests(parquet(tmp_path, [["r1"]])),
           lambda: read_requests(parquet(tmp_path, [1])))  # fmt: skip
    follow("se efter sti og rettigheder", lambda: read_requests(tmp_path / "ingen.parquet"), good)


def test_shifts_and_periods_are_as_the_hint_says(tmp_path: Path) -> None:
    def vehicles(end: str, name: str = "v.csv") -> Path:
        return text(tmp_path, VEHICLES + VEHICLE.format(end), name)

    follow("et tidspunkt efter shift_start", lambda: read_vehicles(vehicles("2019-03-04T05:00:00")),
           lambda: read_vehicles(vehicles("2019-03-04T15:00:00")))  # fmt: skip
    booked = read_requests(requests(tmp_path, ROW))
    follow("ret dem, eller del filerne i perioder", lambda: first_midnight(booked, read_vehicles(vehicles("2029-03-04T15:00:00"))),
           lambda: first_midnight(booked, read_vehicles(vehicles("2019-03-04T15:00:00"))))  # fmt: skip


def test_roads_and_the_folder_are_as_the_hint_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.desk.planning import land as land_module

    form = "skriv --travel straight:factor=1.3,kmh=45 eller --travel land"
    for asked in ("fly", "straight:factor=1.3", "straight:x=1", "straight:factor=9,kmh=45"):
        follow(form, lambda asked=asked: read_travel(asked), lambda: read_travel("straight:factor=1.3,kmh=45"))

    def roads(*points: tuple[float, float]) -> object:
        lat, lon = np.array(points).T
        return land_roads(lat, lon, year=2027, progress=lambda done, of: None)

    near = (55.70, 11.70), (55.71, 11.72)
    follow("ret punkterne, eller brug --travel straight", lambda: roads((56.2, 11.5), near[0]), lambda: roads(*near))
    with monkeypatch.context() as patch:
        patch.setattr(land_module, "MOST_CELLS", 1)
        follow("del filerne efter område, eller brug --travel straight", lambda: roads(*near), lambda: roads(near[0]))
    used = tmp_path / "brugt"
    used.mkdir()
    (used / "notat.txt").write_text("", encoding="utf-8")
    place: Callable[[], None] = lambda: check_place(tmp_path / "ny", overwrite=False)  # noqa: E731
    follow("vælg en anden mappe med --out", lambda: check_place(used, overwrite=False), place)
    (used / "notat.txt").rename(used / "summary.json")
    follow(
        "eller erstat den med --overwrite",
        lambda: check_place(used, overwrite=False),
        lambda: check_place(used, overwrite=True),
    )
    follow("vælg et kortere navn med --out", lambda: check_place(tmp_path / ("x" * 300), overwrite=False), place)


ALONE = (
    "filen skal have kolonnerne request_id", "giv dem hver sit navn", "gem den igen som Parquet, eller brug .csv", "skriv den som tekst, tal eller tidspunkt",
    "se efter sti og rettigheder", "et tidspunkt efter shift_start", "ret dem, eller del filerne i perioder", "skriv --travel straight:factor=1.3,kmh=45 eller --travel land",
    "ret punkterne, eller brug --travel straight", "del filerne efter område, eller brug --travel straight", "vælg en anden mappe med --out",
    "vælg en anden mappe med --out, eller erstat den med --overwrite", "vælg et kortere navn med --out", "ret filen, og prøv igen",
    "se efter plads og rettigheder; intet er ændret",
)  # fmt: skip
"""What is followed above."""


def test_a_full_disk_says_to_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room is not made here: with the disk as it is, what is then asked is only whether the folder can be written."""

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dispatch_module, "taking_place_of", full)
    follow("se efter plads og rettigheder; intet er ændret", lambda: dispatch_module.write_plan(None, {}, tmp_path / "ny"),  # type: ignore[arg-type]
           lambda: check_place(tmp_path / "ny", overwrite=False))  # fmt: skip


def test_no_hint_of_dispatch_is_without_a_test() -> None:
    told = [words for words, *_ in (*CELLS.values(), *PAIRS.values())]
    assert without_a_case(MODULES, [*told, *ALONE]) == []
