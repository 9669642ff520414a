"""A municipality's own list as the demand: it comes back exactly, and answers to prices."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from lists import danish, year_of_trips

from sim.answer.identity import run_id
from sim.geography.records import destinations
from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.imported import write_import
from sim.inputs.intake.settings import Settings
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.days import service_year
from sim.riders.demand.listed import UNKNOWN
from sim.riders.demand.requests import PlaceClass, Requests
from sim.study.demand import curves, demand_model
from sim.study.draws import parameter_draws
from sim.study.own_trips import _in_year, own_requests
from sim.study.prepare import prepare
from sim.study.prices import fare_table
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from tariffs.errors import InputError

ROWS = year_of_trips(600)
IN_VAIN = sum(row[9] == "forgæves" for row in ROWS)
PASSENGERS = sum(row[5] for row in ROWS if row[9] == "udført")
OPTIONS = ("I dag: kommunetakst", "Grundtakst:", "Bytakst 48: kommunetakst, bytakst=low",
           "Bytakst 60: kommunetakst, bytakst=high")  # fmt: skip


def imported(folder: Path, content: str, **said: object) -> Path:
    (folder / "ture.csv").write_text(content, encoding="utf-8")
    write_import(read_trip_list(folder / "ture.csv", "0316", Settings(**said)), None, folder / "ud")  # type: ignore[arg-type]
    return folder / "ud"


def study_of(trips: Path, *options: str, **values: object) -> Study:
    scenario = build_scenario(
        {
            "municipality": "0316",
            "options": [parse_option(o) for o in options],
            "trips": str(trips),
            "draws": 8,
            **values,
        },
        "test",
    )
    return prepare(scenario, "0316")


def requests_of(study: Study, number: int = 0) -> Requests:
    table = fare_table(study.book, study.switches)
    return own_requests(study, demand_model(study, None), curves(study, None), table, number)


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("egne"), danish(ROWS))


@pytest.fixture(scope="module")
def study(trips: Path) -> Study:
    return study_of(trips, *OPTIONS)


@pytest.fixture(scope="module")
def runs(study: Study) -> list[Replication]:
    draws = parameter_draws(8, study.assumptions, study.volume)
    return [run_replication(study, 0), run_replication(study, 1), run_replication(study, 0, draws[3])]


def test_under_the_reference_the_trips_and_passengers_are_the_lists_own_in_every_run(runs: list[Replication]) -> None:
    for run in runs:
        assert run.refused[0] == 0
        assert run.year[0, Measure.BOOKINGS] == len(ROWS)
        assert run.year[0, Measure.TRIPS] == len(ROWS) - IN_VAIN
        assert run.year[0, Measure.PASSENGERS] == PASSENGERS


def test_dearer_fares_lose_trips_one_after_another(runs: list[Replication]) -> None:
    for run in runs:
        today, grundtakst, low, high = run.year[:, Measure.TRIPS]
        assert today > low > high
        assert today > grundtakst


def test_fares_are_those_of_the_tariff_not_of_the_list(runs: list[Replication]) -> None:
    assert len({run.year[0, Measure.FARES] for run in runs[:2]}) == 1


def test_a_cheaper_fare_than_the_lists_brings_others_who_are_like_them(trips: Path) -> None:
    dear = study_of(trips, "I dag:", "Billigere: kommunetakst")
    run = run_replication(dear, 0)
    assert run.year[0, Measure.TRIPS] == len(ROWS) - IN_VAIN
    by_class = curves(dear, None)
    inside = sum(row[9] == "udført" for row in ROWS)
    # 24 kr over 36 kr, for the nine in ten that stay in the municipality; nobody new across the border.
    ratio = by_class[PlaceClass.INSIDE].acceptance(2400) / by_class[PlaceClass.INSIDE].acceptance(3600)
    grown = run.year[1, Measure.TRIPS] / run.year[0, Measure.TRIPS]
    local = 1 - run.across[0, Measure.TRIPS] / inside
    assert grown == pytest.approx(1 + local * (ratio - 1), abs=0.05)
    assert run.across[1, Measure.TRIPS] == run.across[0, Measure.TRIPS]


def test_the_willingness_of_riders_lies_below_and_of_the_others_above_the_share_that_rides(study: Study) -> None:
    requests = requests_of(study)
    curve = curves(study, None)[PlaceClass.INSIDE]
    inside = requests.place_class == PlaceClass.INSIDE
    listed = requests.request_id < 2 * len(ROWS)
    assert listed.sum() == len(ROWS)
    share = curve.acceptance(2400)
    assert requests.willingness[inside & listed].max() < share
    assert requests.willingness[inside & ~listed].min() >= share
    expected = (inside & listed).sum() * (1 / share - 1)
    assert (inside & ~listed).sum() == pytest.approx(expected, abs=4 * np.sqrt(expected) + 1)


def test_the_same_seed_and_replication_give_the_same_requests_and_another_replication_others(study: Study) -> None:
    first, again, other = requests_of(study), requests_of(study), requests_of(study, 1)
    assert np.array_equal(first.willingness, again.willingness)
    assert not np.array_equal(np.sort(first.willingness)[:50], np.sort(other.willingness)[:50])
    rows, others = (r.request_id < 2 * len(ROWS) for r in (first, other))
    for name in ("origin", "destination", "service_day", "adults", "online", "in_vain"):
        one = getattr(first, name)[rows][np.argsort(first.request_id[rows])]
        assert np.array_equal(one, getattr(other, name)[others][np.argsort(other.request_id[others])]), name


def test_what_the_list_states_is_taken_and_the_rest_is_drawn(study: Study) -> None:
    requests = requests_of(study)
    rows = np.flatnonzero(requests.request_id < 2 * len(ROWS))
    by_id = rows[np.argsort(requests.request_id[rows])]
    own = study.own_trips.trips  # type: ignore[union-attr]
    assert np.array_equal(requests.online[by_id], own.online == 1)
    assert np.array_equal(requests.standing[by_id], own.standing == 1)
    assert np.array_equal(requests.children[by_id], own.children)
    assert np.array_equal(requests.wished_s[by_id] // 1800, own.half_hour)
    assert (own.booked_half_hour == UNKNOWN).all()
    loose = own.standing == 0
    assert np.array_equal(requests.booked_day[by_id][loose], own.booked_day[loose])
    assert 0.5 < np.isin(requests.age_band[by_id], (4, 5)).mean() < 0.8


def test_shares_in_town_and_across_the_border_are_the_lists_and_not_drawn(study: Study) -> None:
    own = study.own_trips.trips  # type: ignore[union-attr]
    assert study.assumptions.number("cross_border_share") > 0
    assert study.assumptions["town_share"].source == "kommunens egen turliste"
    # All at one price but the trips across the border, of whom fewer ride: in town against the rest inside as in the list.
    town, inside = (own.kind == 0).sum(), (own.kind == 1).sum()
    share = study.assumptions.number("town_share") / (1 - study.assumptions.number("cross_border_share"))
    assert share == pytest.approx(town / (town + inside), abs=2e-4)
    draws = parameter_draws(8, study.assumptions, study.volume)
    assert all("town_share" not in draw.values for draw in draws)
    assert {draw.volume_factor for draw in draws} == {1.0}


def test_a_list_without_status_has_trips_in_vain_beside_its_own(tmp_path: Path) -> None:
    header, *lines = danish(ROWS).splitlines()
    place = header.split(";").index("Status")
    cut = ["".join(";".join(c for n, c in enumerate(line.split(";")) if n != place)) for line in (header, *lines)]
    bare = study_of(imported(tmp_path, "\n".join(cut) + "\n"), OPTIONS[0])
    run = run_replication(bare, 0)
    assert run.year[0, Measure.TRIPS] == len(ROWS)
    share = bare.assumptions.number("in_vain_share")
    expected = len(ROWS) * share / (1 - share)
    assert run.year[0, Measure.BOOKINGS] - len(ROWS) == pytest.approx(expected, abs=4 * np.sqrt(expected))
    assert "Listen har ingen status" in " ".join(bare.notes)


def test_trips_keep_their_weekday_and_nearly_their_date_in_another_year() -> None:
    days = np.array([(date(2019, 1, 1) + timedelta(days=n) - date(1970, 1, 1)).days for n in range(365)])
    same, later = service_year(2019), service_year(2020)
    assert np.array_equal(_in_year(days, same), np.arange(365))
    moved = _in_year(days, later)
    assert np.array_equal(later.weekday[moved], same.weekday)
    assert np.abs(moved - np.arange(365)).max() <= 7
    assert np.abs(moved - np.arange(365))[7:-7].max() <= 4
    leap_day = _in_year(np.array([(date(2020, 2, 29) - date(1970, 1, 1)).days]), service_year(2021))
    assert service_year(2021).weekday[leap_day[0]] == 5


def test_the_volume_and_the_notes_say_that_the_trips_are_the_municipalitys_own(study: Study) -> None:
    assert study.volume.passengers == PASSENGERS
    assert study.volume.origin == "own"
    told = " ".join(study.notes)
    assert "Kommunens egen turliste: 576 flexture med" in told
    assert "Turene er flyttet til 2020" in told
    assert "ikke ført til 2020 med befolkningen; priser og takster er dem for 2020" in told
    assert "Turlisten gælder under kommunetakst." in told


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"passengers": 900.0}, "passengers kan ikke angives sammen med en turliste"),
        ({"assumptions": {"town_share": 0.3}}, "town_share kan ikke angives"),
    ],
)
def test_what_the_list_shows_cannot_be_stated_as_well(trips: Path, values: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        study_of(trips, OPTIONS[0], **values)


def test_a_part_of_a_year_is_refused(tmp_path: Path) -> None:
    part = imported(tmp_path, danish(row for row in ROWS if row[0] < date(2019, 9, 1)))
    with pytest.raises(InputError, match="ikke et helt år"):
        study_of(part, OPTIONS[0])


def test_a_list_without_the_ways_home_is_refused_where_home_pays_for_them(trips: Path) -> None:
    with pytest.raises(InputError, match="border_payer=home"):
        study_of(trips, OPTIONS[0], switches={"border_payer": "home"})


def test_another_municipalitys_list_is_refused(trips: Path) -> None:
    scenario = build_scenario(
        {"municipality": "0326", "options": [parse_option(OPTIONS[0])], "trips": str(trips)}, "test"
    )
    with pytest.raises(InputError, match="Holbæk Kommunes, ikke Kalundborg"):
        prepare(scenario, "0326")


def test_a_reference_that_forbids_trips_of_the_list_is_found_out(trips: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kan ikke køres under den takst"):
        study_of(trips, "Lukket: kommunetakst, lukket_by")
    header, *rows = danish(ROWS[:2]).splitlines()
    plustur = imported(tmp_path, "\n".join([f"{header};Produkt", rows[0] + ";plustur", rows[1] + ";flextur"]) + "\n")
    with pytest.raises(InputError, match="1 af turlistens ture kan ikke køres"):
        requests_of(study_of(plustur, "I dag: kommunetakst"))


def test_plustur_of_the_list_comes_back_and_nothing_is_added_to_it(tmp_path: Path) -> None:
    header, *rows = danish(ROWS).splitlines()
    said = [f"{row};{'plustur' if n % 10 == 5 else 'flextur'}" for n, row in enumerate(rows)]
    study = study_of(imported(tmp_path, "\n".join([f"{header};Produkt", *said]) + "\n"), "I dag: kommunetakst, plustur")
    run = run_replication(study, 0)
    assert run.year[0, Measure.BOOKINGS] == len(ROWS)
    made = sum(row[9] == "udført" for row in ROWS[5::10])
    assert run.plustur[0, Measure.TRIPS] == made
    assert study.volume.passengers == PASSENGERS - sum(row[5] for row in ROWS[5::10] if row[9] == "udført")


def test_free_trips_of_the_list_mostly_fall_away_when_the_destination_is_no_longer_free(tmp_path: Path) -> None:
    bowl = next(d for d in destinations() if d.name == "Mega Bowl")
    rows = [(*row[:4], (bowl.lat, bowl.lon), *row[5:]) for row in ROWS]
    free = study_of(
        imported(tmp_path, danish(rows)), "I dag: kommunetakst, gratis=Mega Bowl", "Ikke gratis: kommunetakst",
        free_destinations=[{"name": "Mega Bowl", "trips_per_month_before": 50}],
    )  # fmt: skip
    requests = requests_of(free)
    assert (requests.free_destination == 0).all()
    # Free makes four trips of one, so three in four are made only because it is.
    assert requests.free_only.mean() == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / len(ROWS)))
    run = run_replication(free, 0)
    assert run.year[0, Measure.TRIPS] == len(ROWS) - IN_VAIN
    share = curves(free, None)[PlaceClass.INSIDE].acceptance(2400)
    left = 0.25 * share * (len(ROWS) - IN_VAIN)
    assert run.year[1, Measure.TRIPS] == pytest.approx(left, abs=4 * np.sqrt(left))


def test_the_identity_of_a_run_follows_the_content_of_its_trips(trips: Path, tmp_path: Path) -> None:
    scenario = study_of(trips, OPTIONS[0]).scenario
    copy = tmp_path / "kopi"
    copy.mkdir()
    for file in trips.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    before = run_id(scenario.model_copy(update={"trips": str(copy)}), "0316")
    other = imported(tmp_path, danish(year_of_trips(600, seed=8)))
    (copy / "trips.parquet").write_bytes((other / "trips.parquet").read_bytes())
    assert run_id(scenario.model_copy(update={"trips": str(copy)}), "0316") != before


def test_the_trips_file_itself_may_be_named(trips: Path) -> None:
    named = study_of(trips / "trips.parquet", OPTIONS[0])
    assert named.volume.passengers == PASSENGERS
    assert replace(named.volume, statement_da="") == replace(study_of(trips, OPTIONS[0]).volume, statement_da="")
