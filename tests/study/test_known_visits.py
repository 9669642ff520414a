"""Visits that the user knows of are part of the volume, whatever the fares are where the visitors live."""

import pytest

from sim.estimate.estimate import estimate
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.tours import draw_requests
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
    requests = draw_requests(demand_model(study, None), 1, 0)
    line = study.reference_line
    start, end = line.zone_of(requests.origin_point), line.zone_of(requests.destination_point)
    between = (start >= 0) & (end >= 0) & (start != end) & (requests.free_destination == 0)
    assert between.any()
    assert (requests.place_class[between] == PlaceClass.IN_TOWN).all()


def free_trips(today: str) -> float:
    """Trips to the shop when it is free, from the same 1,000 wishes of each kind, by what a trip costs today."""
    study = study_of(
        f"I dag: {today}",
        f"Gratis: {today}, gratis={SHOP}".replace(": ,", ":"),
        municipality="0217",
        passengers=12_000.0,
    )
    model = demand_model(study, None)
    (free,) = model.free_destinations
    wishes = sum(
        rate * float(pairs.steps[pairs.destination == free.place].sum()) * free.share
        for rate, pairs in zip(model.rates.by_kind[:2], model.pattern.pairs[:2], strict=True)
    )
    return (wishes + free.extra_tours) / wishes


@pytest.mark.parametrize("today", ["", "kommunetakst, bytakst=low", "kommunetakst, bytakst=high"])
def test_a_free_trip_is_free_whatever_it_cost_before(today: str) -> None:
    """The same wishes made free end at the same number: 4 times those who ride at 24 kr., never below those at 21."""
    at_24 = free_trips("kommunetakst")
    assert free_trips(today) == pytest.approx(at_24, rel=0.02)  # central curves are weighted by what was paid
    assert 3.0 < at_24 <= 4.0


def test_a_destination_whose_visits_hardly_grow_has_all_who_ride_at_the_lowest_price() -> None:
    study = study_of(
        TODAY, f"Gratis: kommunetakst, bytakst=low, gratis={SHOP}",
        municipality="0217", passengers=12_000.0, assumptions={"free_destination_multiplier": 0.5},
    )  # fmt: skip
    assert demand_model(study, None).free_destinations[0].extra_tours == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {},
            "intet vides om besøgene der; der er regnet med 4 gange de ture, der ville køres dertil ved 24 kr. (1,7-10, skøn",
        ),
        ({"assumptions": {"free_destination_multiplier": 2.5}}, "regnet med 2,5 gange de ture, der ville køres"),
        ({}, "hvad de end koster uden ændringen. Taksten uden ændringen er en anden, så det er en ekstrapolation."),
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
