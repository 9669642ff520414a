import itertools
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.riders.response import FREE_MULTIPLIER, OBSERVED_OERE, Curve, Draw, load_response
from sim.riders.response.response import read_draws
from sim.riders.response.texts import extrapolation_text, untried_text
from tariffs.errors import DataError, InputError

RESPONSE = load_response()
LINEAR = Curve((Draw("linear", 0.0, 76.0, 0.22, 0.0, 4.0),))
LEVELS = range(2100, 15_001, 25)


def effect(curve, before, after):
    return 100 * (curve.acceptance(after) / curve.acceptance(before) - 1)


def mean_effect(draws, before, after):
    return sum(effect(RESPONSE.curve(k), before, after) for k in draws) / len(draws)


def test_acceptance_is_the_share_of_those_who_ride_at_21():
    # 55 of 76 steps are left at 21 kr, 28 at 48 kr
    assert LINEAR.acceptance(4800) == pytest.approx(28 / 55)
    assert LINEAR.acceptance(2100) == 1.0
    assert LINEAR.acceptance(7600) == 0.0


def test_a_municipality_responds_more_by_a_power_of_its_curve():
    strong = Curve((Draw("linear", 0.0, 76.0, 0.22, 1.0, 4.0),))
    assert strong.acceptance(4800) == pytest.approx((28 / 55) ** math.exp(0.22))


def test_free_is_accepted_by_all_and_is_no_extrapolation():
    assert RESPONSE.central().acceptance(0) == 1.0
    assert not RESPONSE.central().is_extrapolated(0)


@pytest.mark.parametrize("level", [1, 1200, 2099, -2400, 24.0, True])
def test_a_level_between_free_and_21_kroner_is_refused(level):
    for ask in (LINEAR.acceptance, LINEAR.is_extrapolated, LINEAR.parts, LINEAR.extrapolation_text):
        with pytest.raises(InputError, match=r"under 21 kr\."):
            ask(level)


def test_every_draw_falls_with_the_price():
    for k in range(len(RESPONSE.draws)):
        shares = [RESPONSE.curve(k).acceptance(level) for level in LEVELS]
        assert shares[0] == 1.0
        assert all(a >= b >= 0 for a, b in itertools.pairwise(shares))


def test_who_rides_at_the_dearer_level_rides_at_the_cheaper_one():
    people = (np.arange(1000) + 0.5) / 1000
    for curve in (RESPONSE.central(), RESPONSE.curve(7)):
        riders = [{u for u in people if curve.accepts(u, level)} for level in (2400, 3600, 4800, 6000, 7200)]
        assert all(dearer < cheaper for cheaper, dearer in itertools.pairwise(riders))


def test_of_fifty_five_places_under_28_of_them_ride_at_48_and_the_28th_does_not() -> None:
    assert LINEAR.accepts(27.99 / 55, 4800)
    assert not LINEAR.accepts(LINEAR.acceptance(4800), 4800)


@pytest.mark.parametrize("first", [0, 65])
def test_a_middle_of_no_draws_or_of_more_than_there_are_is_refused_and_that_of_one_is_its_own(first) -> None:
    with pytest.raises(InputError, match="parametertrækninger"):
        RESPONSE.central(first=first)
    assert RESPONSE.central(first=1).acceptance(6000) == RESPONSE.curve(0).acceptance(6000)


def test_half_of_the_draws_lose_more_than_the_central_curve_and_half_less():
    for before, after in itertools.permutations((2400, 3600, 4800, 6000), 2):
        central = RESPONSE.central(reference_oere=before)
        effects = sorted(effect(RESPONSE.curve(k), before, after) for k in range(64))
        assert effects[31] <= effect(central, before, after) <= effects[32]
    assert RESPONSE.central(reference_oere=4800).acceptance(2100) == pytest.approx(1.0)


def test_the_central_curve_of_the_first_draws_is_the_middle_of_those():
    effects = sorted(effect(RESPONSE.curve(k), 2400, 6000) for k in range(32))
    central = RESPONSE.central(first=32, reference_oere=2400)
    assert effect(central, 2400, 6000) == pytest.approx((effects[15] + effects[16]) / 2, abs=1e-9)


@pytest.mark.parametrize("first", [16, 32, 64])
def test_every_prefix_has_one_draw_in_each_slice_of_the_town_fares_effect_and_of_the_multiplier(first):
    falls = [effect(RESPONSE.curve(k), 2400, 6000) for k in range(64)]
    free = [RESPONSE.free_destination_multiplier(k) for k in range(64)]
    for values in (falls, free):
        rank = np.argsort(np.argsort(values))[:first]
        assert sorted(rank * first // 64) == list(range(first))


def test_draws_carry_the_posterior_means_and_intervals():
    for change, found in RESPONSE.summary["posterior"]["effect_percent"].items():
        before, after = (100 * int(kr) for kr in change.split("_to_"))
        effects = [effect(RESPONSE.curve(k), before, after) for k in range(64)]
        assert sum(effects) / 64 == pytest.approx(found["mean"], abs=0.5)
        assert np.quantile(effects, 0.1) == pytest.approx(found["p10"], abs=2.5)
        assert np.quantile(effects, 0.9) == pytest.approx(found["p90"], abs=2.5)


@pytest.mark.parametrize("first", [16, 32])
def test_the_first_draws_stand_for_all(first):
    for before, after in ((2400, 4800), (2400, 6000), (3600, 6000), (3600, 7200)):
        whole = [effect(RESPONSE.curve(k), before, after) for k in range(64)]
        assert abs(np.mean(whole[:first]) - np.mean(whole)) < 1.0
        assert 0.75 < np.std(whole[:first]) / np.std(whole) < 1.25
    for family in ("logistic", "normal", "weibull", "linear"):
        share = sum(draw.family == family for draw in RESPONSE.draws) / 64
        assert abs(sum(draw.family == family for draw in RESPONSE.draws[:first]) - share * first) <= 1.5
    free = [math.log(draw.free_multiplier) for draw in RESPONSE.draws]
    assert abs(np.mean(free[:first]) - np.mean(free)) < 0.1


@pytest.mark.parametrize("first", [16, 32, 64])
def test_free_trips_and_the_price_response_are_independent(first):
    free = [RESPONSE.free_destination_multiplier(k) for k in range(first)]
    for before, after in ((2400, 4800), (2400, 6000), (4800, 6000)):
        falls = [effect(RESPONSE.curve(k), before, after) for k in range(first)]
        assert abs(stats.spearmanr(falls, free).statistic) <= 0.1
    assert RESPONSE.free_destination_multiplier() == FREE_MULTIPLIER == 4.0


def test_only_the_fares_that_were_tried_are_not_extrapolated():
    curve = RESPONSE.central()
    assert [level for level in range(2100, 10_000, 100) if not curve.is_extrapolated(level)] == list(OBSERVED_OERE)
    assert "Lolland alene" in curve.extrapolation_text(6000)
    assert curve.extrapolation_text(4800) is None
    assert "rests partly on Lolland alone" in curve.extrapolation_text(6000, "en")
    assert curve.extrapolation_text(4150).startswith("41,50 kr. er ikke prøvet")
    assert "over alt" in curve.extrapolation_text(9000)
    assert "under alt" in curve.extrapolation_text(2200)


def test_indexed_willingness_to_pay_meets_indexed_fares():
    # 60 kr against willingness to pay 25 % higher is 48 kr against the old one, and 30 kr is 24
    plain, indexed = RESPONSE.central(), RESPONSE.central(index=1.25)
    for k in range(64):
        one, other = RESPONSE.curve(k), RESPONSE.curve(k, index=1.25)
        assert effect(other, 3000, 6000) == pytest.approx(effect(one, 2400, 4800), abs=1e-9)
    assert indexed.acceptance(4800) > plain.acceptance(4800)
    assert not indexed.is_extrapolated(6000)
    assert indexed.is_extrapolated(7500)


def test_a_fare_that_was_tried_and_has_stood_still_since_is_no_extrapolation():
    # In 2020 limits have grown to 1.067 times: 48 kr is 45 kr of 2017, among the trials' fares; 60 is 56.2 and 72 is 67.5.
    now = RESPONSE.central(index=1.067)
    assert not any(now.is_extrapolated(level) for level in (2400, 3600, 4800))
    assert now.is_extrapolated(6000)
    assert now.is_extrapolated(7200)
    # In 2024, 24 kr would be 20.60 kr of 2017: below all that is known.
    assert RESPONSE.central(index=1.165).is_extrapolated(2400)


@pytest.mark.parametrize("index", [0.0, -1.0, math.nan, math.inf])
def test_an_index_that_is_not_positive_is_refused(index):
    with pytest.raises(InputError, match="Indekset"):
        RESPONSE.central(index=index)


def test_a_column_of_levels_gets_the_same_numbers():
    curve = RESPONSE.central()
    levels = np.array([[0, 2400, 6000], [6000, 4800, 2400]])
    expected = [[curve.acceptance(int(level)) for level in row] for row in levels]
    assert curve.acceptances(levels).tolist() == expected


@pytest.mark.parametrize("draw", [-1, 64])
def test_a_draw_that_does_not_exist_is_refused(draw):
    with pytest.raises(InputError, match="findes ikke"):
        RESPONSE.curve(draw)


def test_nothing_can_be_scaled_back_from_a_fare_nobody_pays():
    with pytest.raises(InputError, match="Ingen rejser ved 20000"):
        RESPONSE.central(reference_oere=20_000)


@pytest.mark.parametrize(
    "row", ["0,gamma,1,1,0.2,0,4", "0,linear,1,x,0.2,0,4", "1,linear,0,76,0.2,0,4", "0,linear,0,nan,1,0,4"]
)
def test_a_damaged_draw_is_refused(row):
    with pytest.raises(DataError, match="Draw 0 is not a draw"):
        read_draws(["draw,family,a,b,spread,z,free_multiplier", row])


def test_no_draws_are_refused():
    with pytest.raises(DataError, match="no draws"):
        read_draws(["draw,family,a,b,spread,z,free_multiplier"])


def test_loading_the_response_needs_no_scipy():
    code = "import sys; from sim.riders.response import load_response; load_response(); print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_page_on_the_response_shows_the_shipped_figures():
    page = (Path(__file__).parents[2] / "docs" / "response.md").read_text(encoding="utf-8")
    fits = [RESPONSE.summary[name] for name in ("prior", "posterior", "posterior_without_lolland")]
    for change in fits[1]["effect_percent"]:
        found = [fit["effect_percent"][change] for fit in fits]
        cells = [f"{each['mean']:.1f} ({each['p10']:.1f} to {each['p90']:.1f})" for each in found]
        assert f"| {change.replace('_to_', ' -> ')} | {' | '.join(cells)} |" in page
    for fit in fits[1:]:
        assert ", ".join(f"{family} {weight:.2f}" for family, weight in fit["family_weights"].items()) in page


def test_fares_of_two_years_are_told_apart_from_what_was_tried() -> None:
    """24 kr. at prices a tenth above 2017's is 21.8 kr. then, under the lowest tried; 60 kr. is 54.5."""
    below = extrapolation_text(2400, 2182.0, "da")
    assert below == (
        "24 kr. (ca. 22 kr. i 2017-priser) er under alt, der er prøvet (lavest 24 kr. i 2017). Svaret er en fremskrivning."
    )
    assert "der blev prøvet i 2016-17: 24, 36 og 48 kr." in extrapolation_text(4500, 4091.0, "da")
    assert "forsøgene i 2016-17 med 48 kr. i fire kommuner og 72 kr. på Lolland;" in extrapolation_text(
        6000, 5455.0, "da"
    )
    assert "72 kr. på Lolland i 2017)" in extrapolation_text(9000, 8182.0, "da")


def test_a_level_is_told_in_both_years_from_half_a_krone_apart_and_a_tried_fare_bounds_what_lies_above_it() -> None:
    assert "(ca. 30 kr. i 2017-priser)" in extrapolation_text(3000, 2950.0, "da")
    assert "2017" not in extrapolation_text(3000, 2951.0, "da")
    assert extrapolation_text(6000, 5455.0, "da").startswith("60 kr. (ca. 55 kr. i 2017-priser)")
    for real, said in (
        (2400.0, "mellem de takster"),
        (4800.0, "mellem forsøgene"),
        (7200.0, "over alt, der er prøvet"),
    ):
        assert said in extrapolation_text(9000, real, "da")


def test_a_level_just_under_a_tried_fare_is_not_rounded_to_it() -> None:
    assert "ca. 23,80 kr. i 2017-priser) er under alt" in extrapolation_text(2700, 2380.0, "da")


def test_in_the_trials_own_money_no_year_is_told() -> None:
    assert extrapolation_text(3000, 3000.0, "da").endswith("de takster, der blev prøvet: 24, 36 og 48 kr.")
    assert extrapolation_text(2200, 2200.0, "en").endswith("(the lowest was DKK 24). The answer is an extrapolation.")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "da",
            "60 kr., 61,50 kr. og 65 kr. (ca. 52 kr. i 2017-priser) er over alt, der er prøvet (højst 72 kr. på Lolland i 2017).",
        ),
        (
            "en",
            "DKK 60, DKK 61.50 and DKK 65 (about DKK 52 in 2017 prices) are above all that was tried (at most DKK 72, on Lolland in 2017).",
        ),
    ],
)
def test_three_levels_of_a_kind_are_named_in_one_sentence(language: str, expected: str) -> None:
    told = untried_text("beyond", [("60", ""), ("61,50", ""), ("65", "52")], language)
    assert told.startswith(expected)
