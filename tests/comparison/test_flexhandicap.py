"""The follow-on cost of flexhandicap: by hand from the run's own lost trips, outside the net cost, never below zero."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.answer.compare import compare
from sim.answer.flexhandicap import central_terms, of_estimate
from sim.estimate.estimate import estimate
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study
from sim.telling.estimate_text import published, text
from sim.telling.sheet import rows_of
from tests.answer.building import answer_of

Json = dict[str, Any]
FREE = "Mega Bowl"
OPTIONS = (
    f"I dag: kommunetakst, gratis={FREE}",
    f"Bytakst 60: kommunetakst, bytakst=high, gratis={FREE}",
    f"Lukket: kommunetakst, lukket_by, gratis={FREE}",
    "Ikke gratis: kommunetakst",
    "I dag igen: kommunetakst, gratis=" + FREE,
)
LOST = {"declined", "refused"}


def study_of(*options: str, **values: Any) -> Study:
    told = {"municipality": "0316", "passengers": 1500.0, "draws": 4, "min_replications": 2, "max_replications": 2}
    return prepare(build_scenario(told | {"options": [parse_option(o) for o in options]} | values, "test"), "0316")


def ran(*options: str, tables_to: Path | None = None, **values: Any) -> Json:
    return compare(study_of(*options, **values), workers=1, tables_to=tables_to).json


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="module")
def lossy(parts: Path) -> Json:
    return ran(*OPTIONS, tables_to=parts)


def lost_by_hand(parts: Path, options: int) -> list[float]:
    """Read off the trips made under the first option that another declines, closes, or drops with a way out so lost."""
    counted = []
    for number in range(2):
        table = pq.read_table(parts / f"trips-{number:05d}.parquet").to_pylist()
        status: dict[str, dict[int, str]] = defaultdict(dict)
        tour_out: dict[str, dict[int, str]] = defaultdict(dict)
        for row in table:
            status[row["option"]][row["request_id"]] = row["status"]
            if row["leg"] == 0:
                tour_out[row["option"]][row["tour"]] = row["status"]
        first, *others = (option.partition(":")[0] for option in OPTIONS[:options])
        made = [
            row for row in table if row["option"] == first and row["status"] == "trip" and row["product"] == "flextur"
        ]
        counted.append([
            sum(
                (found := status[name].get(row["request_id"])) in LOST
                or found is None  # rides only where it is free, and does not ask elsewhere
                or (found == "dropped" and tour_out[name].get(row["tour"]) in LOST)
                for row in made
            )
            for name in others
        ])  # fmt: skip
    return np.mean(counted, axis=0).tolist()


def test_a_flexhandicap_trip_costs_operator_and_administration_less_what_the_rider_pays() -> None:
    """Budget 2022, 198.50 and 46.50 kr; 13 km is 24 + 8 x 2.40 = 43.20 kr, from April 2024 30 + 8 x 3 = 54 kr."""
    of_2023 = central_terms(study_of(OPTIONS[0], OPTIONS[2], year=2023))
    assert of_2023.operator == pytest.approx(19850 * 1.025)
    assert of_2023.administration == pytest.approx(4650 * 1.02)
    assert of_2023.cost == pytest.approx(20346.25 + 4743 - 4320)
    assert central_terms(study_of(OPTIONS[0], OPTIONS[2], year=2024)).fare == 5400
    in_2017_kroner = central_terms(study_of(OPTIONS[0], OPTIONS[2], year=2020, assumptions={"price_level": 2017.0}))
    assert in_2017_kroner.operator == pytest.approx(19850 / 1.025**5)


def test_the_trips_and_the_cost_follow_from_the_runs_own_lost_trips(lossy: Json, parts: Path) -> None:
    each = lossy["flexhandicap"]["cost_per_trip_oere"]
    by_hand = lost_by_hand(parts, len(OPTIONS))
    assert min(by_hand[:3]) > 0
    for option, lost in zip(lossy["options"][1:], by_hand, strict=True):
        found = option["flexhandicap"]
        assert found["turned_away_trips"]["mean"] == lost
        assert found["trips"]["mean"] == pytest.approx(0.1 * lost)
        assert found["cost_oere"]["mean"] == pytest.approx(0.1 * lost * each)
        for key in ("turned_away_trips", "trips", "cost_oere"):
            assert 0 <= found[key]["p10"] <= found[key]["mean"] <= found[key]["p90"]
    assert lossy["options"][0]["flexhandicap"] is None


@pytest.fixture(scope="module")
def everybody() -> Json:
    """All who are turned away come back."""
    return ran(OPTIONS[0], OPTIONS[2], assumptions={"flexhandicap_moved_share": 1.0})


@pytest.mark.slow
def test_the_interval_holds_the_draws_of_the_share_and_its_range_begins_at_zero() -> None:
    entry = load_assumptions()["flexhandicap_moved_share"]
    assert (entry.low, entry.drawn, entry.mark) == (0.0, True, "J")
    drawn, stated = (
        ran(OPTIONS[0], OPTIONS[2], draws=16, assumptions=told)["options"][1]["flexhandicap"]["trips"]
        for told in ({}, {"flexhandicap_moved_share": 1.0})
    )
    assert (drawn["p90"] - drawn["p10"]) / drawn["mean"] > 1.3 * (stated["p90"] - stated["p10"]) / stated["mean"]


def test_an_option_that_turns_nobody_away_has_no_follow_on_and_no_saving() -> None:
    """Cheaper and free bring riders; whether they come from flexhandicap is not evidenced, so nothing is claimed."""
    cheaper = ran("I dag: bytakst=low", f"Billigere: kommunetakst, gratis={FREE}", draws=2)
    assert cheaper["options"][1]["change"]["trips"]["mean"] > 0
    found = cheaper["options"][1]["flexhandicap"]
    nothing = {"mean": 0.0, "p10": 0.0, "p90": 0.0}
    assert found == {"turned_away_trips": nothing, "trips": nothing, "cost_oere": nothing, "sentence": None}
    assert cheaper["flexhandicap"] is None


def test_the_same_option_twice_turns_nobody_away(lossy: Json) -> None:
    assert lossy["options"][4]["flexhandicap"]["cost_oere"] == {"mean": 0.0, "p10": 0.0, "p90": 0.0}


def test_it_is_never_in_the_net_cost(lossy: Json, everybody: Json) -> None:
    """Whatever share comes back, every other figure stays to the last bit."""
    for option in lossy["options"]:
        parts_of = (option[f"{key}_oere"]["mean"] for key in ("operator_payment", "fares", "movia_fee", "net_cost"))
        operator, fares, fee, net = parts_of
        assert net == pytest.approx(operator - fares + fee, abs=1e-6)
    nobody = ran(OPTIONS[0], OPTIONS[2], assumptions={"flexhandicap_moved_share": 0.0})
    none, all_of = nobody["options"][1]["flexhandicap"], everybody["options"][1]["flexhandicap"]
    assert (none["cost_oere"]["mean"], none["cost_oere"]["p90"], none["sentence"]) == (0.0, 0.0, None)
    assert all_of["trips"] == all_of["turned_away_trips"] == none["turned_away_trips"]
    for mine, theirs in zip(nobody["options"], everybody["options"], strict=True):
        assert mine | {"flexhandicap": None} == theirs | {"flexhandicap": None}


def test_who_takes_plustur_instead_is_not_turned_away() -> None:
    moved = ran("I dag: kommunetakst", "Plustur: kommunetakst, plustur", assumptions={"plustur_trips_per_month": 200.0})
    assert moved["options"][1]["plustur"]["trips"]["mean"] > 0
    assert moved["options"][1]["flexhandicap"]["turned_away_trips"]["mean"] == 0


def test_the_sentence_says_what_it_is_and_that_it_stands_outside(lossy: Json) -> None:
    said = lossy["options"][2]["flexhandicap"]["sentence"]
    assert said.startswith("Lukket: dertil kan komme en afledt udgift til flexhandicap på ca. ")
    assert "hvis 10 % (0-20 %) af de ca. " in said
    assert said.endswith("Den er ikke en del af nettoudgiften.")
    assert any("ikke regnet en mindreudgift" in note for note in lossy["flexhandicap"]["notes"])


def test_the_sheet_has_it_in_rows_of_its_own(lossy: Json) -> None:
    rows = [row for row in rows_of(answer_of(lossy), "da") if row.scope == "flexhandicap, uden for nettoudgiften"]
    assert [row.quantity for row in rows[:3]] == ["flexture, der falder bort", "ture", "afledt udgift"]
    cost = lossy["options"][1]["flexhandicap"]["cost_oere"]["mean"]
    assert rows[2].mean == pytest.approx(cost / 100, abs=0.005)


def test_the_estimate_turns_away_what_it_loses_and_says_it_on_a_line_of_its_own() -> None:
    study = study_of(
        "I dag: kommunetakst", *(o.replace(f", gratis={FREE}", "") for o in OPTIONS[1:3]), "Plus: kommunetakst, plustur"
    )
    found = estimate(study)
    # A dearer or a closed town only loses, so what is turned away is the fall in trips; who moves to plustur is not in it.
    for option in found.options[1:3]:
        assert option.turned_away == pytest.approx(-option.change.trips)
    assert found.options[3].turned_away == 0.0
    document = published(study, found)
    assert document["options"][0]["flexhandicap"] is None
    closed = document["options"][2]
    assert closed["flexhandicap"]["trips"] == pytest.approx(0.1 * found.options[2].turned_away)
    assert closed["flexhandicap"]["cost_oere"] == round(0.1 * found.options[2].turned_away * central_terms(study).cost)
    assert closed["net_cost_oere"] == closed["operator_payment_oere"] - closed["fares_oere"] + closed["movia_fee_oere"]
    assert "Lukket: dertil kan komme en afledt udgift til flexhandicap på ca. " in text(study, found)
    assert of_estimate(study, "Lukket", 0.0)["sentence"] is None


def test_the_estimate_of_who_is_turned_away_is_the_simulations_within_chance() -> None:
    options = ("I dag: kommunetakst", "Lukket: kommunetakst, lukket_by")
    simulated = ran(*options, passengers=6000.0, draws=0)["options"][1]["flexhandicap"]["turned_away_trips"]["mean"]
    expected = estimate(study_of(*options, passengers=6000.0)).options[1].turned_away
    # Tours of up to two trips: a mean of two years of about 1,290 each.
    assert simulated == pytest.approx(expected, abs=4 * (2 * expected / 2) ** 0.5)
