"""Visits that the user knows of are part of the volume, whatever the fares are where the visitors live."""

import numpy as np
import pytest

from sim.demand.places import free_pairs
from sim.demand.trip_pattern import TourKind
from sim.estimate.estimate import estimate
from sim.study.demand import demand_model
from sim.study.study import Study
from tests.study.conftest import study_of

TODAY = "I dag: kommunetakst, bytakst=low"
SHOP = "Kvickly"


def helsingoer_with_visits() -> Study:
    """Helsingør, where nearly all who go to the shop live in its own town, and bytakst 48 halves their trips."""
    visits = {"name": SHOP, "trips_per_month_before": 300, "added_trips_per_month": 50}
    return study_of(
        TODAY, f"Gratis: kommunetakst, bytakst=low, gratis={SHOP}",
        municipality="0217", passengers=12_000.0, free_destinations=[visits],
    )  # fmt: skip


def test_visits_known_within_a_town_leave_the_stated_volume_as_it_was() -> None:
    found = estimate(helsingoer_with_visits()).options[0].year
    assert found.passengers == pytest.approx(12_000, rel=0.002)


def test_a_destination_that_is_free_already_is_part_of_the_stated_volume() -> None:
    """Today's 12,000 passengers include who rides only because it is free; without it they are fewer."""
    free = f"kommunetakst, bytakst=low, gratis={SHOP}"
    study = study_of(f"I dag: {free}", f"Uden gratis: {TODAY[7:]}", municipality="0217", passengers=12_000.0)
    today, without = (option.year.passengers for option in estimate(study).options)
    assert today == pytest.approx(12_000, rel=0.002)
    assert without < today


def test_where_trips_between_towns_are_town_trips_visits_between_towns_are_too() -> None:
    study = study_of(
        TODAY, "Gratis: kommunetakst, bytakst=low, gratis=Høng Centret",
        municipality="0326", passengers=12_000.0, switches={"town_scope": "any_town"},
    )  # fmt: skip
    kind, origin, destination = free_pairs(demand_model(study, None), 0, (np.arange(20_000) + 0.5) / 20_000)
    zone = study.region.zone
    between = (zone[origin] >= 0) & (zone[origin] != zone[destination])
    assert between.any()
    assert (kind[between] == TourKind.IN_TOWN).all()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "intet vides om besøgene der; der er regnet med 4 gange dagens ture (1,7-10, skøn)"),
        ({"assumptions": {"free_destination_multiplier": 2.5}}, "regnet med 2,5 gange dagens ture (oplyst)"),
        (
            {"free_destinations": [{"name": SHOP, "trips_per_month_before": 300}]},
            "intet vides om, hvor mange flere der kommer",
        ),
    ],
)
def test_the_note_on_a_free_destination_tells_what_was_reckoned_with(values: dict[str, object], told: str) -> None:
    study = study_of(TODAY, f"Gratis: kommunetakst, gratis={SHOP}", municipality="0217", passengers=12_000.0, **values)
    assert any(told in note for note in study.notes)


def test_the_volumes_statement_tells_the_spread_and_the_number_in_force() -> None:
    spread = study_of(TODAY, municipality="0217", assumptions={"volume_spread": 2.5}).volume
    assert "(÷2,5 til ×2,5)" in spread.statement_da
    gladsaxe = study_of(TODAY, municipality="0159", assumptions={"gladsaxe_trips_per_month": 34}).volume
    assert gladsaxe.statement_da.startswith("Oplyst for Gladsaxe: 34 ture pr. måned i 2017; ført fra 2017 til 2020")
