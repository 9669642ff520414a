"""Every figure of the officers' table, counted anew from the run's own trips: an own and an allocated volume."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim.study.replicated.replication as replication
from sim.answer.compare import compare
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.tables.columns import write_tables
from tests.comparison.officers_reader import COUNTS, KEYS, Reader, read_trips

START = date(2020, 7, 10)
RUNS = {
    "own": {"municipality": "0316", "passengers": 2500.0, "free": "Holbæk Sygehus"},
    "allocated": {"municipality": "0155", "passengers": None, "free": "55.5934 12.6722"},
}


@dataclass(frozen=True)
class Run:
    """A comparison's published figures, and the reader of its trips."""

    json: dict[str, Any]
    reader: Reader

    @property
    def options(self) -> list[dict[str, Any]]:
        return list(self.json["options"])


def finished(folder: Path, municipality: str, passengers: float | None, free: str) -> Run:
    """Run a comparison of two replications and keep what it drove in the fortnight after the start date."""
    packages = {
        "I dag": "kommunetakst",
        "Bytakst 60": "kommunetakst, bytakst=high",
        "Lukket by": "kommunetakst, lukket_by",
        "Gratis": f"kommunetakst, gratis={free}",
        "Lukket by, ellers gratis": f"kommunetakst, lukket_by, gratis={free}",
    }
    names = list(packages)
    options = [parse_option(f"{name}: {package}") for name, package in packages.items()]
    scenario = build_scenario(
        {"municipality": municipality, "options": options, "passengers": passengers, "start": START, "draws": 0,
         "min_replications": 2, "max_replications": 2}, "test",
    )  # fmt: skip
    driven: list[tuple[Any, ...]] = []
    with pytest.MonkeyPatch.context() as patch:
        run_option = replication.run_option

        def kept(study: Any, requests: Any, package: Any, by_class: Any, pool: Any, table: Any, **how: Any) -> Any:
            run = run_option(study, requests, package, by_class, pool, table, **how)
            if how.get("until_start") is not None:
                driven.append((study, run, table))
            return run

        patch.setattr(replication, "run_option", kept)
        found = compare(prepare(scenario, municipality), workers=1, tables_to=folder)
    fortnight: dict[tuple[str, int], pd.DataFrame] = {}
    order = [(name, number) for number in range(2) for name in names[1:]]
    for place, ((study, run, table), key) in enumerate(zip(driven, order, strict=True)):
        (folder / f"fortnight-{place}").mkdir()
        write_tables(study, 0, [run], table, folder / f"fortnight-{place}")
        fortnight[key] = read_trips(folder / f"fortnight-{place}", 1)
    return Run(json.loads(json.dumps(found.json)), Reader(read_trips(folder, 2), names[0], START, fortnight))


@pytest.fixture(scope="module", params=RUNS)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return finished(tmp_path_factory.mktemp(request.param), **RUNS[request.param])


def means(block: dict[str, Any]) -> dict[str, float]:
    return {key: block[key]["mean"] for key in KEYS}


def test_the_year_of_every_option_is_the_sum_of_its_trips(run: Run) -> None:
    for option in run.options:
        counted = run.reader.year(option["name"])
        assert means(option) == pytest.approx(counted, abs=1e-6)
        assert counted["trips"] > 200
        each = counted["net_cost_oere"] / counted["passengers"]
        assert option["net_cost_per_passenger_oere"]["mean"] == pytest.approx(each)


def test_the_change_is_the_year_less_todays_and_its_percent_are_of_todays(run: Run) -> None:
    today = run.reader.year("I dag")
    for option in run.options:
        counted = run.reader.year(option["name"])
        moved = {key: counted[key] - today[key] for key in KEYS}
        assert means(option["change"]) == pytest.approx(moved, abs=1e-6)
        percent = {key: 100 * moved[key] / today[key] for key in KEYS}
        assert means(option["change"]["percent"]) == pytest.approx(percent, abs=1e-9)


def test_net_cost_per_lost_trip_is_what_is_saved_for_each_trip_that_falls_away(run: Run) -> None:
    """Above zero where fewer trips cost less; nothing is said of an option with as many trips or more."""
    today = run.reader.year("I dag")
    told = [option["net_cost_per_lost_trip_oere"] for option in run.options]
    for option, shown in zip(run.options[1:3], told[1:3], strict=True):
        counted = run.reader.year(option["name"])
        saved, lost = today["net_cost_oere"] - counted["net_cost_oere"], today["trips"] - counted["trips"]
        assert saved > 0 < lost
        assert shown["mean"] == pytest.approx(saved / lost)
    assert told[0] is told[3] is None  # as many trips, and more
    assert run.reader.year("Gratis")["trips"] > today["trips"]


def test_a_closed_town_is_closed_for_trips_to_a_free_destination_in_it_too(run: Run) -> None:
    mine = run.reader.trips[run.reader.trips["option"] == "Lukket by, ellers gratis"]
    town = mine["place_class"] == "in_town"
    free = mine["free_destination"] != ""
    assert (town & free).any()
    assert set(mine[town]["status"]) == {"refused"}
    assert mine[town]["level_oere"].isna().all()
    from_outside = mine[free & ~town & (mine["status"] == "trip")]
    assert len(from_outside) > 0
    assert set(from_outside["fare_oere"]) == {0}


def test_shared_and_coordinated_are_percent_of_the_trips_made(run: Run) -> None:
    for option in run.options:
        for column in ("shared", "coordinated"):
            counted = run.reader.percent_of_trips(option["name"], column)
            assert 0 < counted < 100
            assert option[f"{column}_percent"]["mean"] == pytest.approx(counted)


def test_minutes_in_a_standing_vehicle_are_the_trips_own(run: Run) -> None:
    for option in run.options:
        made = run.reader.trips[(run.reader.trips["option"] == option["name"]) & (run.reader.trips["status"] == "trip")]
        assert option["standing_min_per_trip"]["mean"] == pytest.approx(made["standing_s"].sum() / 60 / len(made))
        assert (made["standing_s"] <= made["ride_s"]).all()


def test_the_months_are_the_trips_by_day_of_travel(run: Run) -> None:
    for option in run.options:
        for shown, counted in zip(option["months"], run.reader.months(option["name"]), strict=True):
            assert shown["trips"]["mean"] == pytest.approx(counted["trips"])
            assert shown["net_cost_oere"]["mean"] == pytest.approx(counted["net_cost_oere"], abs=1e-6)


def test_the_budget_year_runs_on_todays_package_until_the_start_and_then_on_the_options(run: Run) -> None:
    for option in run.options:
        for month, shown in enumerate(option["months"], start=1):
            counted = run.reader.spent_by(option["name"], month)
            assert shown["accumulated_net_cost_oere"]["mean"] == pytest.approx(counted, abs=rounding(run))


def test_prebooked_trips_are_those_booked_before_the_start_and_standing_ones_for_a_fortnight(run: Run) -> None:
    shown = run.json["prebooked"]
    assert {key: shown[key]["mean"] for key in shown} == pytest.approx(run.reader.prebooked())
    assert 0 < shown["standing_trips"]["mean"] < shown["trips"]["mean"]


def test_some_prebooked_trips_are_on_the_start_day_itself(run: Run) -> None:
    """So that a count that left the day out would be seen."""
    rows = run.reader.trips[(run.reader.trips["option"] == "I dag") & (run.reader.trips["service_date"] == START)]
    assert (run.reader.old_way(rows) & (rows["status"] == "trip")).any()


def test_the_fortnight_has_the_trips_of_todays_year_that_were_booked_before_and_the_options_for_the_rest(
    run: Run,
) -> None:
    for (option, number), driven in run.reader.fortnight.items():
        together = run.reader.put_together(option, number)
        assert set(together["status"]) <= {"trip", "in_vain", "declined", "refused", "dropped"}
        for column in ("request_id", "status", "passengers", "fare_oere", "level_oere"):
            mine = driven.sort_values("request_id")[column].fillna(-1).tolist()
            assert mine == together[column].fillna(-1).tolist(), (option, column)


def test_the_part_year_is_the_fortnight_and_every_later_day_of_the_options_year(run: Run) -> None:
    for option in run.options:
        shown, counted = means(option["part_year"]), run.reader.part_year(option["name"])
        exact = (*COUNTS, "fares_oere")
        assert {key: shown[key] for key in exact} == pytest.approx({key: counted[key] for key in exact}, abs=1e-6)
        for key in ("operator_payment_oere", "movia_fee_oere", "net_cost_oere"):
            assert shown[key] == pytest.approx(counted[key], abs=rounding(run)), key


def test_the_part_years_change_is_against_todays_part_year(run: Run) -> None:
    today = means(run.options[0]["part_year"])
    for option in run.options:
        part = option["part_year"]
        assert means(part["change"]) == pytest.approx({k: means(part)[k] - today[k] for k in KEYS}, abs=1e-6)


def test_the_day_after_the_fortnight_has_trips_that_count(run: Run) -> None:
    """So that a part year without it would be seen."""
    first = date(2020, 7, 24)
    for option in ("I dag", "Bytakst 60", "Lukket by", "Gratis"):
        rows = run.reader.trips[(run.reader.trips["option"] == option) & (run.reader.trips["service_date"] == first)]
        assert (rows["status"] == "trip").any()


def rounding(run: Run) -> float:
    """Return how many oere a part of a year may be off: each booking's share of the year's total is whole, less than an oere from exact."""
    rows = run.reader.of("Gratis", 0)
    return float(rows["status"].isin(["trip", "in_vain"]).sum())
