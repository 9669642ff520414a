"""An answer is labelled when the price it goes to, or the one it comes from, was never tried."""

from datetime import date

import pytest

from sim.answer.compare import compare
from sim.answer.extrapolation import extrapolation
from sim.estimate.estimate import estimate
from sim.telling.estimate_text import published, text
from tests.study.conftest import study_of

K, LOW, HIGH, G = (
    "kommunetakst",
    "kommunetakst, bytakst=low",
    "kommunetakst, bytakst=high",
    "",
)
PRICES_OF_2017 = {"assumptions": {"price_level": 2017}}
"""In which the trials' fares are what they were."""
SIXTY = "60 kr. er ikke prøvet"


def labels(today: str, option: str, **values: object) -> list[str | None]:
    study = study_of(f"I dag: {today}", f"Valg: {option}", **{"passengers": 6000.0, **PRICES_OF_2017, **values})
    return [extrapolation(study, place) for place in (0, 1)]


@pytest.mark.parametrize(
    ("today", "option"),
    [(K, HIGH), (HIGH, K), (HIGH, G), (HIGH, LOW), (LOW, HIGH), (HIGH, "kommunetakst, dobbelt_grundtakst")],
)
def test_sixty_kroner_are_labelled_whether_they_come_or_go(today: str, option: str) -> None:
    before, after = labels(today, option)
    assert before is None  # the volume was counted under today's own price
    assert after is not None
    assert SIXTY in after


@pytest.mark.parametrize(
    ("today", "option"),
    [(K, LOW), (LOW, K), (K, G), (G, "dobbelt_grundtakst"), ("dobbelt_grundtakst", G), (HIGH, HIGH + ", plustur")],
)
def test_tried_prices_and_prices_that_stay_are_not_labelled(today: str, option: str) -> None:
    assert labels(today, option) == [None, None]


def test_a_volume_that_was_counted_at_sixty_kroner_labels_every_answer_at_other_prices() -> None:
    before, after = labels(K, LOW, reference=["kommunetakst", "bytakst=high"])
    assert before is not None
    assert after is not None
    assert SIXTY in before
    assert SIXTY in after


def test_todays_sixty_kroner_are_labelled_where_the_volume_was_counted_before_them() -> None:
    """Kalundborg's volume is allocated from 2017, when its town fare was 48 kr; since 2020 it has 60."""
    values = {"municipality": "0326", "passengers": None}
    before, after = labels("bytakst=high", "bytakst=high, plustur", **values)
    assert before is not None
    assert before == after
    assert SIXTY in before


def test_a_level_that_only_follows_the_fare_year_is_no_change() -> None:
    assert labels(LOW, LOW + ", plustur", year=2023, passengers=None, assumptions={}) == [None, None]


def test_sixty_eight_kroner_of_2023_are_labelled_when_undone() -> None:
    # 68 kr at 2 % a year from 2017 are 68 / 1.02 ** 6 = 60.4 kr.
    _, after = labels(HIGH, LOW, year=2023, assumptions={})
    assert after is not None
    assert "68 kr. (ca. 60 kr. i 2017-priser) er ikke prøvet" in after


def test_a_closed_town_is_a_prediction_both_ways() -> None:
    for today, option in ((K, "kommunetakst, lukket_by"), ("kommunetakst, lukket_by", K)):
        _, after = labels(today, option)
        assert after is not None
        assert "alene en forudsigelse" in after
    study = study_of(f"I dag: {K}", "Lukket: kommunetakst, lukket_by", passengers=6000.0)
    assert "a prediction alone" in str(extrapolation(study, 1, "en"))


def test_a_town_that_closes_leaves_the_price_it_had_and_one_that_stays_closed_leaves_none() -> None:
    """In the prices of 2024, 24 kr. are 21 kr. of 2017: under all that was tried."""
    low, closed = "24 kr. (ca. 21 kr. i 2017-priser) er under alt", "kommunetakst, lukket_by"
    values = {"assumptions": {"price_level": 2024}}
    assert str(labels(K, closed, **values)[1]).startswith(low)
    assert labels(closed, closed + ", plustur", **values) == [None, None]


def test_the_estimate_says_so_for_people_and_machines() -> None:
    study = study_of(
        f"I dag: {HIGH}", f"Uden bytakst: {K}", passengers=6000.0, start=date(2020, 7, 1), **PRICES_OF_2017
    )
    found = estimate(study)
    told = published(study, found)["options"]
    assert told[0]["extrapolation"] is None
    assert SIXTY in told[1]["extrapolation"]
    assert f"Uden bytakst: {SIXTY}" in text(study, found)


def test_the_comparison_says_so_in_its_json() -> None:
    study = study_of(
        f"I dag: {HIGH}",
        f"Uden bytakst: {K}",
        passengers=300.0,
        draws=0,
        min_replications=2,
        max_replications=2,
        **PRICES_OF_2017,
    )
    options = compare(study, workers=1).json["options"]
    assert options[0]["extrapolation"] is None
    assert SIXTY in options[1]["extrapolation"]


def test_a_larger_line_under_sixty_kroner_is_labelled_though_no_price_changes() -> None:
    """Trips between the two lines go from 24 kr to 60."""
    high = ["kommunetakst", "bytakst=high"]
    study = study_of(
        options=[
            {"name": "I dag", "elements": high, "town_zones": ["Holbæk"]},
            {"name": "Større", "elements": high, "town_zones": ["Holbæk", "Jyderup"]},
        ],
        passengers=6000.0,
        **PRICES_OF_2017,
    )  # fmt: skip
    assert extrapolation(study, 0) is None
    assert SIXTY in str(extrapolation(study, 1))
