"""The nurse clinic: its rides in the transport account, the nurses' driving in one of its own, by hand."""

import json

import numpy as np
import pytest

from sim.answer.clinic.account import check_clinic, clinic_account, nurse_time, round_trip_minutes
from sim.answer.clinic.displaced import displaced_notes
from sim.answer.clinic.wording import clinic_sentence
from sim.answer.codec import record_json
from sim.answer.compare import compare
from sim.answer.records.clinic import Nurses
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import Clinic, build_scenario, parse_option
from sim.riders.clinic_rides import clinic_facts, moved_trips
from sim.study.demand import demand_model
from sim.study.draws import ParameterDraw
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from sim.study.study import Study
from sim.words.figure import Figure
from tariffs.errors import InputError

REGISTER = load_assumptions()
HOLBAEK = "0316"
NAME = "Svinninge Ældrecenter"
TODAY, WITH = "I dag: kommunetakst", f"Klinik: kommunetakst, gratis={NAME}"
CLINIC = {"destination": "svinninge ældrecenter", "visits_moved_a_year": 2400}


def study_of(*options: str, **values: object) -> Study:
    scenario = build_scenario(
        {"municipality": HOLBAEK, "options": [parse_option(o) for o in options], "passengers": 1200.0, "draws": 2,
         "min_replications": 2, "max_replications": 2} | values,
        "test",
    )  # fmt: skip
    return prepare(scenario, HOLBAEK)


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of(TODAY, WITH, clinic=CLINIC)


class _Run:
    """A replication with nothing but trips and net cost of two options."""

    def __init__(self, trips: tuple[int, int], net_oere: tuple[int, int]) -> None:
        self.year = np.zeros((2, len(Measure)), dtype=np.int64)
        self.year[:, Measure.TRIPS], self.year[:, Measure.NET_COST] = trips, net_oere


def samples(*central: _Run, drawn: tuple[_Run, ...] = ()) -> Samples:
    return Samples(list(central), list(drawn), [0] * len(drawn))  # type: ignore[arg-type]


def test_moved_visits_become_two_trips_for_each_that_comes_by_flextur() -> None:
    assert moved_trips(Clinic(destination=NAME, visits_moved_a_year=2400), REGISTER) == pytest.approx(
        1680
    )  # 2400 x 0.35 x 2


def test_the_simulation_carries_the_moved_visits_and_no_multiple_of_todays_trips(study: Study) -> None:
    free = demand_model(study, None).free_destinations[0]
    # 1,680 trips a year; a tour makes 1 + 0.85 trips, of which 3.71 % are in vain: 1680 / (1.85 x 0.9629) = 943.1 tours
    assert free.extra_tours == pytest.approx(943.1, abs=0.1)
    assert free.from_all_homes
    assert not any("gange dagens ture" in note for note in study.notes)


def test_a_draw_that_supposes_more_riders_adds_more_trips(study: Study) -> None:
    few, many = (ParameterDraw(0, {"clinic_flextur_share": share}) for share in (0.2, 0.4))
    tours = [demand_model(study, draw).free_destinations[0].extra_tours for draw in (few, many)]
    assert tours[1] == pytest.approx(2 * tours[0])


def test_the_users_own_minutes_and_rate_make_the_nurses_account() -> None:
    clinic = Clinic(destination=NAME, visits_moved_a_year=2400, nurse_kr_per_hour=400, minutes_driven_per_visit=9)
    time = nurse_time(clinic, REGISTER, round_trip_min=30)
    assert time.hours == pytest.approx(360)  # 2400 x 9 / 60
    assert time.value_oere == pytest.approx(14_400_000)  # 360 x 400 kr


def test_minutes_not_stated_are_a_round_shared_by_its_visits() -> None:
    time = nurse_time(Clinic(destination=NAME, visits_moved_a_year=600), REGISTER, round_trip_min=30)
    assert time.minutes_per_visit == pytest.approx(10)  # 30 / 3
    assert time.value_oere == pytest.approx(100 * 350 * 100)  # 600 x 10 / 60 hours


def test_the_round_is_the_mean_drive_to_older_residents_homes_and_back(study: Study) -> None:
    from dataclasses import replace

    region = study.region
    only = np.zeros(len(region))
    only[[3, 5]] = (30, 10)
    drive = np.full((len(region), len(region)), 60, dtype=np.int32)
    drive[0, 3], drive[3, 0], drive[0, 5], drive[5, 0] = 600, 720, 300, 420
    small = replace(region, older=only, drive_s=drive)
    # (30 x (600 + 720) + 10 x (300 + 420)) / 40 = 1,170 s = 19.5 min
    assert round_trip_minutes(small, 0) == pytest.approx(19.5)


def test_the_account_by_hand(study: Study) -> None:
    stated = study.scenario.clinic.model_copy(update={"nurse_kr_per_hour": 400.0, "minutes_driven_per_visit": 9.0})
    mine = _with_clinic(study, stated)
    account = record_json(clinic_account(mine, samples(_Run((1000, 2600), (10_000_000, 30_000_000))), []))
    option = account["options"][0]
    assert option["name"] == "Klinik"
    assert option["rides_trips"]["mean"] == 1600
    assert option["rides_net_cost_oere"]["mean"] == 20_000_000
    assert account["nurses"]["value_oere"] == {"mean": 14_400_000, "p10": 14_400_000, "p90": 14_400_000}
    assert option["both_oere"]["mean"] == 5_600_000  # 200,000 kr less 144,000 kr
    assert option["both_sign_is_sure"]
    assert option["clinic_alone"]


def test_a_draw_moves_rides_and_nurses_together(study: Study) -> None:
    """Drawn: 4 visits a round and 300 kr an hour, on rides that cost 150,000 kr: value 2400 x (T / 4) / 60 x 300."""
    draw = ParameterDraw(0, {"clinic_visits_per_round": 4.0, "clinic_nurse_kr_per_hour": 300.0})
    central, other = _Run((0, 0), (0, 20_000_000)), _Run((0, 0), (0, 15_000_000))
    account = record_json(clinic_account(study, samples(central, drawn=(other,)), [draw]))
    minutes = account["nurses"]["round_trip_minutes"]
    value = 2400 * minutes / 3 / 60 * 350 * 100
    in_draw = 2400 * minutes / 4 / 60 * 300 * 100
    both = account["options"][0]["both_oere"]
    assert both["mean"] == pytest.approx(20_000_000 - value)
    # One draw on one replication: the central value shifted by what the draw changes is the draw's own.
    ends = sorted([20_000_000 - value, 15_000_000 - in_draw])
    assert [both["p10"], both["p90"]] == pytest.approx(ends)


def test_the_sentence_keeps_the_accounts_apart_and_says_when_the_sum_is_uncertain() -> None:
    def said(low: float, high: float, sure: bool) -> str:
        fixed, both = Figure(30e6, 20e6, 40e6), Figure((low + high) / 2, low, high)
        assert both.sign_is_sure is sure
        nurses = Nurses(2400, 0.0, False, 0.0, 0.0, False, Figure.known(360.0), fixed)
        return clinic_sentence("Holbæk", NAME, "Klinik", fixed, both, nurses)

    assert "Klinik giver en merudgift på ca. 300.000 kr. om året (200.000-400.000)." in said(20e6, 60e6, True)
    assert "som ikke er en del af nettoudgiften" in said(20e6, 60e6, True)
    assert "turene koster ca. 400.000 kr. mere" in said(20e6, 60e6, True)
    assert "den sparede kørsel er ca. 400.000 kr. mere værd" in said(-60e6, -20e6, True)
    assert "usikkert, om den sparede kørsel er mere eller mindre værd" in said(-10e6, 20e6, False)


def test_a_clinic_that_no_option_brings_is_refused() -> None:
    with pytest.raises(InputError, match="Ingen valgmulighed"):
        check_clinic(study_of(TODAY, clinic=CLINIC))


def test_a_clinic_that_is_there_today_is_refused() -> None:
    with pytest.raises(InputError, match="allerede"):
        check_clinic(study_of(WITH, TODAY, clinic=CLINIC))


def test_trips_told_twice_are_refused(study: Study) -> None:
    values = study.scenario.model_dump()
    twice = build_scenario({**values, "free_destinations": [{"name": NAME, "added_trips_per_month": 5}]}, "test")
    with pytest.raises(InputError, match="to gange"):
        clinic_facts(twice, REGISTER, (NAME,))


def test_rides_that_granted_rides_may_give_way_to_are_flagged(study: Study) -> None:
    (note,) = displaced_notes(study)
    assert "visiteret kørsel" in note
    assert "sygeplejeklinik" in note
    assert "plejecenter" in displaced_notes(study_of(TODAY, WITH))[0]
    assert displaced_notes(study_of(TODAY, "Gratis: kommunetakst, gratis=Mega Bowl")) == []


@pytest.mark.slow
def test_what_a_nurse_costs_moves_nothing_in_the_transport_account() -> None:
    cheap, dear = (
        compare(study_of(TODAY, WITH, clinic={**CLINIC, "nurse_kr_per_hour": kr}), workers=1).json for kr in (200, 600)
    )
    value = [result.pop("clinic")["nurses"]["value_oere"]["mean"] for result in (cheap, dear)]
    assert value[1] == pytest.approx(3 * value[0])
    assert json.dumps(cheap) == json.dumps(dear)
    assert any("visiteret kørsel" in note for note in cheap["notes"])


def _with_clinic(study: Study, clinic: Clinic) -> Study:
    from dataclasses import replace

    return replace(study, scenario=study.scenario.model_copy(update={"clinic": clinic}))


def test_the_trial_of_free_travel_is_not_held_against_a_clinic(study: Study) -> None:
    """A clinic's rides are moved home visits: beside the trial's five times as many they would look like a finding."""
    (entry,) = compare(study, workers=1).json["experiments"]
    assert (entry["resemblance"], entry["published"], entry["predicted"]) == ("never", [], None)
    assert entry["change"] == f"gratis til og fra klinikken {NAME}"
    assert "siger intet om klinikken" in entry["text"]
