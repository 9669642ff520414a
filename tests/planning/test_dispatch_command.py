"""``takstlab dispatch`` from the outside: figures by hand, the folder whole or not at all, the words that are said."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest
from plan_checker import rows

from sim.inputs.assumptions import load_assumptions

REQUESTS = """\
request_id,booked_at,pickup_earliest,pickup_latest,dropoff_latest,origin_lat,origin_lon,destination_lat,destination_lon,passengers
out,2019-03-03T12:00:00,2019-03-04T08:00:00,2019-03-04T08:30:00,,55.60,11.60,55.69,11.60,1
home,2019-03-03T12:00:00,2019-03-04T09:00:00,2019-03-04T09:30:00,,55.69,11.60,55.60,11.60,2
night,2019-03-03T12:00:00,2019-03-05T00:10:00,2019-03-05T00:30:00,2019-03-05T00:50:00,55.60,11.60,55.69,11.60,1
bus,2019-03-01T12:00:00,2019-03-04T09:00:00,2019-03-04T09:30:00,,55.60,11.60,55.69,11.60,9
"""
VEHICLES = """\
vehicle_id,lat,lon,seats,shift_start,shift_end
day,55.60,11.60,4,2019-03-04T06:00:00,2019-03-04T12:00:00
late,55.69,11.60,4,2019-03-04T18:00:00,2019-03-05T01:00:00
"""
AS_THE_CROW_FLIES = "straight:factor=1,kmh=60"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    requests, vehicles = tmp_path / "bestillinger.csv", tmp_path / "vogne.csv"
    requests.write_text(REQUESTS, encoding="utf-8")
    vehicles.write_text(VEHICLES, encoding="utf-8")
    return requests, vehicles


class Done(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


def dispatch(takstlab: Any, files: tuple[Path, Path], out: Path, *args: object) -> Done:
    return Done(*takstlab("dispatch", "--requests", files[0], "--vehicles", files[1], "--out", out, *args))


def test_three_trips_by_hand(takstlab: Any, files: tuple[Path, Path], tmp_path: Path) -> None:
    """0.09 degrees of latitude are 6371.0088 x pi / 180 x 0.09 = 10.00756 km: 600.45 s at 60 km/h, so 601 s.

    The day vehicle stands at the first origin, waits at the first destination from 8:10:01 to 9:00:00 and brings the other
    party home. The late one drives empty to the night's origin so as to be there at 0:10.
    """
    out = tmp_path / "plan"
    done = dispatch(takstlab, files, out, "--travel", AS_THE_CROW_FLIES)
    assert done.exit_code == 0, done.stderr
    trips = rows(out / "trips.parquet")
    assert [(t["request_id"], t["status"], t["vehicle_id"], t["direct_s"], t["ride_s"]) for t in trips] == [
        ("out", "served", "day", 601, 601),
        ("home", "served", "day", 601, 601),
        ("night", "served", "late", 601, 601),
        ("bus", "refused", None, 601, None),
    ]
    assert trips[0]["pickup_at"] == datetime(2019, 3, 4, 8)
    assert trips[2]["dropoff_at"] == datetime(2019, 3, 5, 0, 20, 1)
    stops = rows(out / "stops.parquet")
    assert [(s["vehicle_id"], s["sequence"], s["request_id"], s["kind"], s["load"]) for s in stops] == [
        ("day", 0, "out", "pickup", 1),
        ("day", 1, "out", "dropoff", 0),
        ("day", 2, "home", "pickup", 2),
        ("day", 3, "home", "dropoff", 0),
        ("late", 0, "night", "pickup", 1),
        ("late", 1, "night", "dropoff", 0),
    ]
    assert (stops[1]["arrive_at"], stops[1]["depart_at"]) == (datetime(2019, 3, 4, 8, 10, 1), datetime(2019, 3, 4, 9))
    assert (stops[4]["lat"], stops[4]["lon"]) == (55.60, 11.60)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["requests"], summary["served"], summary["refused"], summary["vehicles"]) == (4, 3, 1, 2)
    assert summary["vehicle_km"] == pytest.approx(4 * 10.00756, abs=1e-4)
    assert summary["driving_h"] == pytest.approx(4 * 601 / 3600, abs=1e-6)
    assert summary["waiting_h"] == pytest.approx((3600 - 601) / 3600, abs=1e-6)
    assert summary["standing_min"] == 0  # it waits with nobody on board
    fitted = {key: load_assumptions().number(key) for key in ("detour_share", "detour_min")}
    assert summary["detour_rule"] == {**fitted, "requests": 3}
    assert "3 af 4 bestillinger er kørt (75,0 %), 1 er afvist" in done.stdout
    assert "1 bestilling har flere passagerer, end nogen vogn har plads til, fx bus: afvises" in done.stderr


def test_boarding_is_part_of_the_ride_and_no_wait(takstlab: Any, files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "plan"
    assert dispatch(takstlab, files, out, "--travel", AS_THE_CROW_FLIES, "--boarding-s", 60).exit_code == 0
    trips = rows(out / "trips.parquet")
    assert [t["ride_s"] for t in trips] == [661, 661, 661, None]
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["waiting_h"] == pytest.approx((3600 - 661) / 3600, abs=1e-6)
    assert summary["driving_h"] == pytest.approx(4 * 601 / 3600, abs=1e-6)


def test_the_same_files_give_the_same_bytes(takstlab: Any, files: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert dispatch(takstlab, files, tmp_path / name).exit_code == 0
    for table in ("trips.parquet", "stops.parquet"):
        assert (tmp_path / "a" / table).read_bytes() == (tmp_path / "b" / table).read_bytes()
    a, b = (json.loads((tmp_path / name / "summary.json").read_text(encoding="utf-8")) for name in ("a", "b"))
    assert {k for k in a if a[k] != b[k]} <= {"planning_s"}


def test_parquet_in_is_the_same_as_csv_in(takstlab: Any, files: tuple[Path, Path], tmp_path: Path) -> None:
    import pandas as pd

    moments = {0: ["booked_at", "pickup_earliest", "pickup_latest", "dropoff_latest"], 1: ["shift_start", "shift_end"]}
    as_parquet = tuple(file.with_suffix(".parquet") for file in files)
    for number, (file, parquet) in enumerate(zip(files, as_parquet, strict=True)):
        pd.read_csv(file, parse_dates=moments[number]).to_parquet(parquet)
    assert dispatch(takstlab, files, tmp_path / "a").exit_code == 0
    assert dispatch(takstlab, as_parquet, tmp_path / "b").exit_code == 0  # type: ignore[arg-type]
    for table in ("trips.parquet", "stops.parquet"):
        assert pq.read_table(tmp_path / "a" / table).equals(pq.read_table(tmp_path / "b" / table))


def test_a_plan_is_replaced_only_when_told_and_other_files_never(
    takstlab: Any, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "plan"
    assert dispatch(takstlab, files, out).exit_code == 0
    before = (out / "summary.json").read_bytes()
    refused = dispatch(takstlab, files, out, "--boarding-s", 60)
    assert refused.exit_code == 2
    assert "den indeholder en anden plan" in refused.stderr
    assert (out / "summary.json").read_bytes() == before
    assert dispatch(takstlab, files, out, "--boarding-s", 60, "--overwrite").exit_code == 0
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["boarding_s"] == 60
    (out / "noter.txt").write_text("mine", encoding="utf-8")
    refused = dispatch(takstlab, files, out, "--overwrite")
    assert refused.exit_code == 2
    assert "den indeholder andre filer" in refused.stderr
    assert (out / "noter.txt").read_text(encoding="utf-8") == "mine"


def test_a_faulty_file_leaves_nothing_behind(takstlab: Any, files: tuple[Path, Path], tmp_path: Path) -> None:
    files[0].write_text(REQUESTS.replace("55.60,11.60,55.69,11.60,1", "0,0,55.69,11.60,1", 1), encoding="utf-8")
    done = dispatch(takstlab, files, tmp_path / "ny" / "plan")
    assert done.exit_code == 2
    assert "række 2, origin_lat: 0; ventet et sted" in done.stderr
    assert not (tmp_path / "ny").exists()


@pytest.mark.parametrize(
    ("travel", "says"),
    [
        ("fugl", "skriv --travel straight:factor=1.3,kmh=45 eller --travel land"),
        ("straight", "både factor og kmh skal være der"),
        ("straight:factor=1.3", "både factor og kmh skal være der"),
        ("straight:factor=1,3,kmh=45", "'3' er ikke factor=TAL eller kmh=TAL"),
        ("straight:factor=0.5,kmh=45", "en vej er 1-3 gange så lang"),
        ("straight:factor=1.3,kmh=900", "farten er 5-130 km/t"),
        ("land:kmh=45", "forstås ikke"),
    ],
)
def test_travel_that_cannot_be_understood_is_told(
    takstlab: Any, files: tuple[Path, Path], tmp_path: Path, travel: str, says: str
) -> None:
    done = dispatch(takstlab, files, tmp_path / "plan", "--travel", travel)
    assert done.exit_code == 2
    assert says in done.stderr


def test_notes_tell_what_can_never_be_served_and_which_columns_are_not_used(
    takstlab: Any, files: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = REQUESTS.splitlines()
    late = "late,2019-03-03T12:00:00,2019-03-04T08:00:00,2019-03-04T08:30:00,2019-03-04T08:01:00,55.6,11.6,55.9,11.6,1"
    nobody = "noon,2019-03-03T12:00:00,2019-03-04T13:00:00,2019-03-04T13:30:00,,55.6,11.6,55.61,11.6,1"
    rest = [f"{line},x" for line in [*lines[1:], late, nobody]]
    files[0].write_text("\n".join([lines[0] + ",bemærkning", *rest]) + "\n", encoding="utf-8")
    done = dispatch(takstlab, files, tmp_path / "plan")
    assert done.exit_code == 0, done.stderr
    assert "kolonner i bestillingerne, der ikke bruges: bemærkning" in done.stderr
    assert "1 bestilling kan ikke nå frem til dropoff_latest, selv uden omvej, fx late: afvises" in done.stderr
    assert "1 bestilling har ingen vogn på vagt i sit tidsvindue, fx noon: afvises" in done.stderr
    fates = {t["request_id"]: t["status"] for t in rows(tmp_path / "plan" / "trips.parquet")}
    assert (fates["late"], fates["noon"]) == ("refused", "refused")


def test_over_land_the_way_round_a_fjord_is_longer(takstlab: Any, tmp_path: Path) -> None:
    """Jægerspris to Holbæk is 34 km by road and 14 km as the crow flies."""
    requests, vehicles = tmp_path / "r.csv", tmp_path / "v.csv"
    requests.write_text(
        REQUESTS.splitlines()[0]
        + "\nr,2019-03-03T12:00:00,2019-03-04T08:00:00,2019-03-04T08:30:00,,55.852,11.982,55.717,11.712,1\n",
        encoding="utf-8",
    )
    vehicles.write_text(
        VEHICLES.splitlines()[0] + "\nv,55.852,11.982,4,2019-03-04T06:00:00,2019-03-04T12:00:00\n", encoding="utf-8"
    )
    done = dispatch(takstlab, (requests, vehicles), tmp_path / "plan", "--travel", "land")
    assert done.exit_code == 0, done.stderr
    summary = json.loads((tmp_path / "plan" / "summary.json").read_text(encoding="utf-8"))
    assert 28 < summary["vehicle_km"] < 42
    trip = rows(tmp_path / "plan" / "trips.parquet")[0]
    assert 40 < summary["vehicle_km"] / (trip["direct_s"] / 3600) < 61, "between town and country speed"
    sea = requests.read_text(encoding="utf-8").replace("55.852,11.982", "56.300,11.900")
    requests.write_text(sea, encoding="utf-8")
    done = dispatch(takstlab, (requests, vehicles), tmp_path / "hav", "--travel", "land")
    assert done.exit_code == 2
    assert "1 punkt ligger ikke på land i Movias område" in done.stderr
