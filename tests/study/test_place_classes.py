"""How the requests are shared among trips in town, elsewhere in the municipality, and across its border."""

import pytest

from sim.riders.demand.town_trips import town_share
from sim.study.demand import demand_model
from tariffs.errors import InputError
from tests.study.conftest import study_of

TODAY = "I dag: kommunetakst"


def test_where_the_whole_municipality_is_one_town_no_more_trips_cross_its_border() -> None:
    """Brøndby has hardly a trip inside that is not in town: 85 % inside, 15 % across, in trips that ride alike."""
    study = study_of("I dag: ", municipality="0153", passengers=1000.0, offers_flextur=True)
    town, inside, out, home = demand_model(study, None).rates.by_kind
    legs = 1 + study.assumptions.number("return_share")
    assert (out + home) / ((town + inside) * legs + out + home) == pytest.approx(0.15)


def test_two_shares_that_are_more_than_all_trips_are_refused() -> None:
    with pytest.raises(InputError, match="mere end alle ture"):
        study_of(TODAY, passengers=1000.0, assumptions={"town_share": 0.9, "cross_border_share": 0.3})


def test_a_stated_share_in_town_comes_back_inside_the_municipalitys_own_line() -> None:
    """0.4 of all trips, 15 % of which cross the border: 0.4 / 0.85 of the local ones."""
    study = study_of(TODAY, passengers=1000.0, assumptions={"town_share": 0.4}, town_zones=["Holbæk", "Jyderup"])
    share = town_share(study.pattern, study.region, study.reference_line, any_town=False)
    assert share == pytest.approx(0.4 / 0.85)


def test_a_share_in_town_that_no_trip_pattern_has_is_refused() -> None:
    with pytest.raises(InputError, match="Andelen af ture i byområdet kan ikke være"):
        study_of(
            options=[{"name": "I dag", "elements": ["kommunetakst"], "town_zones": []}],
            passengers=1000.0,
            assumptions={"town_share": 0.4},
        )
