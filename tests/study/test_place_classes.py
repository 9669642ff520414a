"""How the requests are shared among trips in town, elsewhere in the municipality, and across its border."""

from types import SimpleNamespace

import pytest

from sim.assumptions import load_assumptions
from sim.demand.requests import PlaceClass
from sim.study.demand import class_shares, demand_model
from tariffs.errors import InputError
from tests.study.conftest import study_of

TODAY = "I dag: kommunetakst"


def test_where_the_whole_municipality_is_one_town_no_more_trips_cross_its_border() -> None:
    """Brøndby has no trip inside that is not in town: 85 % in town, 15 % across, in trips that ride alike."""
    study = study_of("I dag: ", municipality="0153", passengers=1000.0, offers_flextur=True)
    town, inside, out, home = demand_model(study, None).rates.by_kind
    legs = 1 + study.assumptions.number("return_share")
    assert inside == 0
    assert (out + home) / (town * legs + out + home) == pytest.approx(0.15)


def test_two_shares_that_are_more_than_all_trips_are_refused() -> None:
    with pytest.raises(InputError, match="mere end alle ture"):
        study_of(TODAY, passengers=1000.0, assumptions={"town_share": 0.9, "cross_border_share": 0.3})


def test_a_draw_that_has_more_trips_across_leaves_fewer_in_town_and_none_less_than_nothing() -> None:
    pattern = SimpleNamespace(pairs=(1, 1, 1, 1))
    register = load_assumptions().overriding({"town_share": 0.8}).at({"cross_border_share": 0.3})
    shares = class_shares(pattern, register)  # type: ignore[arg-type]
    assert shares == pytest.approx({PlaceClass.IN_TOWN: 0.7, PlaceClass.ACROSS: 0.3, PlaceClass.INSIDE: 0.0})
