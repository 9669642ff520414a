"""Plustur beside options without it: on Holbæk's geography, small enough to run in seconds."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from plustur_world import FARM, STATION, write_feed

from sim.answer.compare import Comparison, compare
from sim.answer.identity import run_id
from sim.answer.judgements import published_assumptions
from sim.estimate.sensitivity.tornado import tornado
from sim.geography.regions import build_region
from sim.inputs.scenario.scenario import Scenario, build_scenario, parse_option
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.tours import draw_requests
from sim.riders.plustur.offer import WITHOUT_TIMETABLE
from sim.study.choice import MOVED, levels
from sim.study.demand import curves, demand_model
from sim.study.draws import parameter_draws
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.telling.report.assumption_rows import remark
from sim.telling.sheet import danish_csv
from tariffs import FareTable, Level, Switches, fare_columns, load_price_book
from tariffs.errors import InputError
from tariffs.fare_table import day_number

TODAY, PLUS = "I dag: kommunetakst", "Plus: kommunetakst, plustur"
SMALL = {"passengers": 1500.0, "draws": 0, "min_replications": 2, "max_replications": 2}


def scenario(*options: str, municipality: str = "0316", **values: object) -> Scenario:
    return build_scenario(
        {"municipality": municipality, "options": [parse_option(o) for o in options], **(SMALL | values)}, "test"
    )


def study(*options: str, municipality: str = "0316", **values: object):
    return prepare(scenario(*options, municipality=municipality, **values), municipality)


@pytest.fixture(scope="module")
def both() -> Comparison:
    return compare(study(TODAY, PLUS, start=date(2020, 7, 1)), workers=1)


def test_todays_option_is_the_same_whether_or_not_another_has_plustur(both: Comparison) -> None:
    alone = compare(study(TODAY, start=date(2020, 7, 1)), workers=1)
    for mine, theirs in zip(both.samples.central, alone.samples.central, strict=True):
        assert np.array_equal(mine.year[0], theirs.year[0])
        assert np.array_equal(mine.months[0], theirs.months[0])
        assert np.array_equal(mine.part_year[0], theirs.part_year[0])


def test_plusturs_own_figures_stand_under_the_option_that_has_it(both: Comparison) -> None:
    today, plus = both.json["options"]
    assert today["plustur"] is None
    assert set(plus["plustur"]) == {"trips", "passengers", "fares_oere", "operator_payment_oere", "net_cost_oere"}
    for figure in plus["plustur"].values():
        assert set(figure) == {"mean", "p10", "p90"}
        assert figure["mean"] > 0
    assert plus["plustur"]["net_cost_oere"]["mean"] < 0.2 * plus["net_cost_oere"]["mean"]


def test_the_danish_sheet_has_them_too(both: Comparison) -> None:
    lines = danish_csv(both.answer)
    own = [line for line in lines.decode("utf-8-sig").splitlines() if ";heraf plustur;" in line]
    assert [line.split(";")[1] for line in own] == ["Plus"] * 5


def test_every_plustur_passenger_pays_21_kr_and_no_second_discount(both: Comparison) -> None:
    for r in both.samples.central:
        assert (r.plustur[0] == 0).all()
        assert r.plustur[1, Measure.TRIPS] > 50
        assert r.plustur[1, Measure.FARES] == 2100 * r.plustur[1, Measure.PASSENGERS]


def test_trips_grow_by_plustur_less_the_flextur_it_replaces(both: Comparison) -> None:
    for r in both.samples.central:
        flextur = r.year[1, Measure.TRIPS] - r.plustur[1, Measure.TRIPS]
        lost = r.year[0, Measure.TRIPS] - flextur
        assert lost == pytest.approx(0.25 * 112, abs=4 * np.sqrt(28))  # a quarter of 112 trips
        assert r.affected_base[1, Measure.TRIPS] == lost  # just those are what the option touches of today's


def test_flextur_that_stays_is_the_same_people_at_the_same_price(both: Comparison) -> None:
    whole = study(TODAY, PLUS)
    requests = draw_requests(demand_model(whole, None), 1, 0)
    level = levels(requests, whole.packages[1], ())
    assert (level == MOVED).any()
    assert not (requests.moves_to_plustur & (requests.plustur | requests.standing)).any()
    stays = (level != MOVED) & ~requests.plustur
    assert np.array_equal(level[stays], levels(requests, whole.packages[0], ())[stays])
    assert (levels(requests, whole.packages[0], ()) != MOVED).all()


def test_no_option_with_plustur_means_no_plustur_request_and_nobody_who_moves() -> None:
    none = draw_requests(demand_model(study(TODAY), None), 1, 0)
    some = draw_requests(demand_model(study(TODAY, PLUS), None), 1, 0)
    assert not none.plustur.any()
    assert not none.moves_to_plustur.any()
    assert np.array_equal(some.request_id[~some.plustur], none.request_id)
    assert np.array_equal(some.willingness[~some.plustur], none.willingness)


def test_riders_book_online_and_most_are_under_sixty() -> None:
    model = demand_model(study(TODAY, PLUS, assumptions={"plustur_trips_per_month": 900.0}), None)
    r = draw_requests(model, 1, 0)
    plus = r.take(np.flatnonzero(r.plustur))
    assert plus.online.all()
    assert not plus.standing.any()
    assert np.mean(plus.age_band < 3) > 0.8
    bands = np.bincount(plus.age_band, minlength=6)
    assert bands.argmax() == 1  # the largest group is 16-39
    made = np.count_nonzero(~plus.in_vain)
    assert made == pytest.approx(model.plustur.trips, abs=6 * np.sqrt(2 * model.plustur.trips))


def test_flextur_counted_beside_plustur_comes_back_as_counted() -> None:
    """Today has plustur already: the 6,000 passengers are those left after a quarter of 112 trips had moved over."""
    town_and_country = "I dag: kommunetakst, plustur", "Uden plustur: kommunetakst"
    passengers = []
    for n in range(6):
        whole = study(*town_and_country, passengers=6000.0)
        model = demand_model(whole, None)
        r = draw_requests(model, 1, n)
        rides = r.willingness < curves(whole, None)[PlaceClass.INSIDE].acceptance(2400)
        rides = np.where(
            r.place_class == PlaceClass.ACROSS,
            r.willingness < curves(whole, None)[PlaceClass.ACROSS].acceptance(3600),
            rides,
        )
        stays = rides & ~r.plustur & ~r.moves_to_plustur & ~r.in_vain
        passengers.append(int(r.passengers[stays].sum()))
        moved = rides & r.moves_to_plustur & ~r.in_vain
        assert np.count_nonzero(moved) == pytest.approx(28, abs=4 * np.sqrt(2 * 28))
    assert np.mean(passengers) == pytest.approx(6000, rel=0.02)


@pytest.mark.parametrize(("day", "oere"), [(date(2020, 3, 2), 2100), (date(2023, 3, 1), 2400)])
def test_the_fare_is_flat_per_passenger_at_any_length_and_age(day: date, oere: int) -> None:
    table = FareTable.build(load_price_book((), ""), Switches())
    period = table.period_of(np.array([day_number(day)] * 4))
    fare = fare_columns(
        table, period, np.full(4, Level.PLUSTUR), np.ones(4, bool), np.array([1, 9_999, 10_001, 34_000]),
        np.array([1, 2, 1, 0]), np.array([0, 0, 1, 1]),
    )  # fmt: skip
    assert fare.tolist() == [oere, 2 * oere, 2 * oere, oere]


def test_the_ticket_is_told_the_citizen_and_is_in_no_account(both: Comparison) -> None:
    assert both.json["plustur_prices"] == {
        "fare_oere": 2100, "ticket_oere": {"value": 2400, "low": 1200, "high": 6000}, "certainty": "known",
    }  # fmt: skip
    dearer = compare(study(TODAY, PLUS, start=date(2020, 7, 1), assumptions={"plustur_ticket_kr": 60.0}), workers=1)
    assert dearer.json["options"][1]["net_cost_oere"] == both.json["options"][1]["net_cost_oere"]
    assert dearer.json["plustur_prices"]["ticket_oere"]["value"] == 6000
    assert compare(study(TODAY), workers=1).json["plustur_prices"] is None


def test_the_notes_say_what_plusturs_figures_rest_on() -> None:
    notes = " ".join(study(TODAY, PLUS).notes)
    for part in (
        "Ingen køreplan er angivet",
        "128 ture på 7 måneder",
        "ikke validering",
        "fælles for hele Movia",
        "Skiftesteder",
    ):
        assert part in notes
    assert "plustur" not in " ".join(study(TODAY).notes).lower()
    assert "er ikke brugt" in " ".join(study(TODAY, gtfs="ingen.zip").notes)
    assert "fra dør til dør" in " ".join(study(TODAY, PLUS, municipality="0155").notes)  # Dragør has no station


def test_a_timetable_takes_the_place_of_the_assumption(tmp_path: Path) -> None:
    """A bus every hour of the day from Ugerløse to Tølløse: fewer rides the more often it runs."""
    chosen = {"transfer_points": ["Tølløse"], "assumptions": {"plustur_walk_m": 800.0}}
    region = build_region("0316", year=2020)
    there = region.nearest_place(55.5855, 11.6580, inside_only=True)
    stops = f"u,Ugerløse,{region.lat[there]},{region.lon[there]}\nt,Tølløse,55.6120,11.7733\n"
    hours = range(6, 23)
    trips = [(f"t{h}", "alle", [("u", f"{h:02}:05:00"), ("t", f"{h:02}:25:00")]) for h in hours]
    path = write_feed(tmp_path / "bus.zip", trips, stops=stops)
    with_feed = study(TODAY, PLUS, gtfs=str(path), **chosen)
    assert "køreplanen ikke har afgange nok" in " ".join(with_feed.notes)
    assert with_feed.plustur.departures[:, there].tolist() == [[1] * 17] * 3
    few = write_feed(tmp_path / "faa.zip", trips[:3], stops=stops)
    with_few = study(TODAY, PLUS, gtfs=str(few), **chosen)
    more, less = (demand_model(s, None).plustur.trips for s in (with_few, with_feed))
    assert less < more


def test_what_a_timetable_replaces_is_no_longer_in_doubt(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "a.zip", [("t", "alle", [("s", "08:00:00"), ("u", "08:10:00")])],
                      stops="s,s,55.6120,11.7733\nu,u,55.5855,11.6580\n")  # fmt: skip
    without, with_feed = study(TODAY, PLUS), study(TODAY, PLUS, gtfs=str(path))
    assert {key for key in WITHOUT_TIMETABLE if without.assumptions[key].drawn} == set(WITHOUT_TIMETABLE)
    assert not set(WITHOUT_TIMETABLE) & set(parameter_draws(1, with_feed.assumptions, with_feed.volume)[0].values)
    entries = {entry.id: entry for entry in published_assumptions(with_feed)}
    for key in WITHOUT_TIMETABLE:
        assert (entries[key].drawn, entries[key].replaced_by) == (False, "køreplanen")
        assert remark(entries[key]) == "erstattet af køreplanen"
    assert "er erstattet af køreplanen og varieres ikke; om forsøgets kommuner" in " ".join(with_feed.notes)
    unused = study(TODAY, gtfs=str(path))  # nobody has plustur: the timetable is not read
    assert not any(unused.assumptions[key].replaced_by for key in WITHOUT_TIMETABLE)


def test_what_a_timetable_replaces_is_in_no_table_of_what_matters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_feed(tmp_path / "a.zip", [("t", "alle", [("s", "08:00:00"), ("u", "08:10:00")])],
                      stops="s,s,55.6120,11.7733\nu,u,55.5855,11.6580\n")  # fmt: skip
    of_plustur = frozenset((*WITHOUT_TIMETABLE, "plustur_walk_m"))
    monkeypatch.setattr("sim.estimate.sensitivity.tornado.in_closed_form", lambda _: of_plustur)
    with_feed, without = (tornado(study(TODAY, PLUS, draws=1, gtfs=gtfs)) for gtfs in (str(path), None))
    assert {s.id for s in without.swings} >= of_plustur
    assert with_feed.replaced == WITHOUT_TIMETABLE
    assert not ({s.id for s in with_feed.swings} | {*with_feed.outside, *with_feed.stated}) & set(WITHOUT_TIMETABLE)


def test_the_timetables_content_is_part_of_the_results_identity(tmp_path: Path) -> None:
    at = [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")]
    path = write_feed(tmp_path / "a.zip", [("t", "alle", at)])
    first = run_id(scenario(TODAY, PLUS, gtfs=str(path)), "0316")
    write_feed(tmp_path / "a.zip", [("t", "alle", at), ("s", "alle", at)])
    assert run_id(scenario(TODAY, PLUS, gtfs=str(path)), "0316") != first


def test_the_users_transfer_points_are_the_ones_used() -> None:
    chosen = study(TODAY, PLUS, transfer_points=["Jyderup"])
    every = study(TODAY, PLUS)
    # Who can walk to a train can still do so: fewer transfer points move the rides, not their number.
    assert demand_model(chosen, None).plustur.trips == demand_model(every, None).plustur.trips
    r = draw_requests(demand_model(chosen, None), 1, 0)
    out = r.plustur & (r.leg == 0)
    place = chosen.plustur.points.place[0]
    near = chosen.region.fare_distance_m[r.origin[out], place] <= 15_000
    assert (r.destination[out][near] == place).all()
    assert (r.destination[out][~near] != place).any()  # beyond reach: door to door
    with pytest.raises(InputError, match="måske Jyderup"):
        study(TODAY, PLUS, transfer_points=["Jyderop"])


def test_a_year_in_which_plustur_had_no_price_part_of_the_time_is_refused_before_anything_runs() -> None:
    values = {"municipality": "0316", "year": 2019, "options": [{"name": "A"}, {"name": "B", "elements": ["plustur"]}]}
    with pytest.raises(InputError, match="Plustur; udgaven fra 2017-01-16 gælder 2019-01-01"):
        prepare(build_scenario(values, "test"), "0316")
