"""Days to come, days that a sheet may have turned, and times that name a zone: refused or told."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from test_trip_list_comes_in import HOLBAEK, read, refused

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings
from tariffs.errors import InputError

HEAD = "Dato;Tid;Fra;Til;Passagerer;Status\n"
TODAY = date(2026, 11, 28)


def trip(day: str, time: str = "10:40", status: str = "udført") -> str:
    return f"{day};{time};Holbæk;Tølløse;1;{status}\n"


def test_trips_after_today_are_refused_and_come_in_without_them_as_it_says(tmp_path: Path) -> None:
    file = tmp_path / "ture.csv"
    file.write_text(HEAD + trip("2026-11-28") + trip("2026-11-29") + trip("2062-01-01"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_trip_list(file, HOLBAEK, Settings(today=TODAY))
    told = str(caught.value)
    assert "2 ture er efter i dag. Hvor: ture.csv, række 3-4. Hvorfor: den sidste er den 2062-01-01" in told
    assert "vælg perioden med --period, til og med 2026-11-28" in told
    period = (date(2026, 1, 1), TODAY)
    assert read_trip_list(file, HOLBAEK, Settings(today=TODAY, period=period)).account.rows_kept == 1


def test_a_trip_to_come_that_is_cancelled_does_not_stop_a_list(tmp_path: Path) -> None:
    file = tmp_path / "ture.csv"
    file.write_text(HEAD + trip("2026-11-28") + trip("2026-12-24", status="aflyst"), encoding="utf-8")
    assert read_trip_list(file, HOLBAEK, Settings(today=TODAY)).account.left_out == {"aflyst": 1}


@pytest.mark.parametrize(("last", "told"), [(12, True), (13, False)])
def test_many_days_of_which_none_is_after_the_twelfth_are_told(last: int, told: bool, tmp_path: Path) -> None:
    days = [date(2019, month, day) for month in (1, 2) for day in (*range(1, 12), last)]
    notes = read(tmp_path, HEAD + "".join(trip(day.isoformat()) for day in days)).account.notes
    assert any("ingen af de 24 dage er efter den 12. i måneden" in note for note in notes) == told


def test_few_days_tell_nothing(tmp_path: Path) -> None:
    days = [date(2019, 1, 1) + timedelta(days=day) for day in range(12)]
    assert not any("12." in note for note in read(tmp_path, HEAD + "".join(trip(f"{d}") for d in days)).account.notes)


@pytest.mark.parametrize("time", ["10:40Z", "10:40+01:00", "10.40 UTC", "10:40:00 CET"])
def test_the_zone_is_named_as_the_cause_where_a_time_cannot_be_read(time: str, tmp_path: Path) -> None:
    told = refused(tmp_path, HEAD + trip("2019-08-03", time))
    assert "række 2, Tid" in told
    assert "ventet dansk tid uden zone; en zone (Z, UTC, +01:00) kan kun regnes om" in told
    mended = HEAD.replace("Tid;", "") + "2019-08-03T10:40Z;Holbæk;Tølløse;1;udført\n"
    assert read(tmp_path, mended).table["time"].to_pylist() == ["12:30"]


def test_a_day_first_with_its_zone_names_the_zone(tmp_path: Path) -> None:
    told = refused(tmp_path, "Dato;Fra;Til;Passagerer\n03-08-2019 10:40Z;Holbæk;Tølløse;1\n")
    assert "ventet dansk tid uden zone" in told


@pytest.mark.parametrize("column", ["Tid (UTC)", "tid_utc"])
def test_a_column_whose_name_says_utc_is_not_read_as_danish_time(column: str, tmp_path: Path) -> None:
    content = HEAD.replace("Tid", column) + trip("2019-08-03")
    told = refused(tmp_path, content, mapping={"tid": column})
    assert f"kolonnen '{column}' er ifølge sit navn i UTC" in told


def test_a_column_called_utc_whose_cells_say_so_themselves_is_read(tmp_path: Path) -> None:
    content = "Dato (UTC);Fra;Til;Passagerer\n2019-08-03T10:40Z;Holbæk;Tølløse;1\n"
    assert read(tmp_path, content, mapping={"dato": "Dato (UTC)"}).table["time"].to_pylist() == ["12:30"]
