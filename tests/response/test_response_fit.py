import itertools
import math
import tomllib
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest
from scipy import stats

from sim.riders.response.draws import choose, free_multipliers, largest_remainder
from sim.riders.response.facts import Trial, facts_text, read_facts
from sim.riders.response.posterior import likelihood, posterior
from tariffs.errors import DataError

FACTS = read_facts()


@pytest.fixture(scope="module")
def fitted():
    return posterior(FACTS)


@pytest.fixture(scope="module")
def without_lolland():
    return posterior(FACTS, (FACTS.trials,))


def shipped(name):
    return resources.files("data").joinpath("response", name).read_text(encoding="utf-8")


def test_chance_of_the_four_trials_agrees_with_counting_every_case():
    # each municipality is between the edges a b c d; count the cases with one in (a, b) and one in (c, d) at least
    trial, fall, spread = FACTS.trials, 0.64, 0.22
    edges = [math.log(-math.log1p(-x)) for x in (*trial.smallest, *trial.largest)]
    below = stats.norm.cdf(edges, math.log(fall), spread)
    band = np.diff(below)
    cases = itertools.product(range(3), repeat=4)
    expected = sum(math.prod(band[i] for i in case) for case in cases if 0 in case and 2 in case)
    assert likelihood(trial, np.log(fall), np.asarray(spread)) == pytest.approx(expected, rel=1e-12)


def test_chance_of_lolland_is_that_of_one_municipality_in_an_interval():
    # 90 % fewer is a fall of ln 10 on the log scale
    law = stats.norm(math.log(math.log(10)), 0.22)
    expected = law.cdf(math.log(-math.log(0.08))) - law.cdf(math.log(-math.log(0.15)))
    found = likelihood(FACTS.lolland, np.log(math.log(10)), np.asarray(0.22))
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_curve_that_leaves_nobody_at_72_cannot_explain_lolland():
    with np.errstate(divide="ignore"):
        assert likelihood(FACTS.lolland, np.log(np.array(np.inf)), np.asarray(0.22)) == 0.0


def test_posterior_lies_where_the_trials_put_it(fitted):
    assert -55 < fitted.effect(24, 48).mean < -40
    assert -94 < fitted.effect(36, 72).mean < -85
    assert 0.14 < fitted.spread().mean < 0.38
    assert sum(fitted.weights.values()) == pytest.approx(1.0)


def test_sixty_kroner_is_wider_than_48_and_inside_what_needs_no_family(fitted):
    for before, low, high in ((24, -85, -54), (36, -82, -41)):
        to_48, to_60 = fitted.effect(before, 48), fitted.effect(before, 60)
        assert to_60.p90 - to_60.p10 > to_48.p90 - to_48.p10
        assert low < to_60.mean < high


def test_lolland_narrows_the_answer_for_60(fitted, without_lolland):
    with_it, alone = fitted.effect(36, 60), without_lolland.effect(36, 60)
    assert alone.p90 - alone.p10 > 1.2 * (with_it.p90 - with_it.p10)


def test_a_finer_grid_moves_no_summary_by_half_a_point(fitted):
    finer = posterior(FACTS.finer(1.4))
    for change in ((24, 48), (24, 60), (36, 60), (36, 72)):
        one, other = fitted.effect(*change), finer.effect(*change)
        for name in ("mean", "p10", "p90"):
            assert abs(getattr(one, name) - getattr(other, name)) < 0.5
    for family, weight in fitted.weights.items():
        assert abs(weight - finer.weights[family]) < 0.005


def test_grid_agrees_with_weighted_draws_from_the_prior(fitted):
    # the same posterior made another way: 400,000 prior draws, weighted by a likelihood written out here
    rng = np.random.Generator(np.random.Philox(np.random.SeedSequence([1, 24, 60])))
    n = 400_000
    mean, variation, spread = (
        law.median * np.exp(law.sd_log * rng.standard_normal(n))
        for law in (FACTS.mean_kr, FACTS.variation, FACTS.spread)
    )
    law = stats.norm(mean, mean * variation)
    falls = {pair: law.logsf(pair[0]) - law.logsf(pair[1]) for pair in ((24, 48), (36, 72), (24, 60))}

    def below(share, fall):
        return stats.norm.cdf((np.log(-np.log1p(-share)) - np.log(fall)) / spread)

    a, b, c, d = (below(x, falls[24, 48]) for x in (0.375, 0.425, 0.525, 0.575))
    weight = (d - a) ** 4 - (d - b) ** 4 - (c - a) ** 4 + (c - b) ** 4
    weight *= below(0.92, falls[36, 72]) - below(0.85, falls[36, 72])
    effect = 100 * np.expm1(-falls[24, 60] * np.exp(spread * rng.standard_normal(n)))
    part = next(part for part in fitted.parts if part.family == "normal")
    assert weight.mean() == pytest.approx(part.evidence, rel=0.05)
    assert np.average(effect, weights=weight) == pytest.approx(part.weight @ part.effect(24, 60), abs=0.4)


def test_every_fact_shipped_has_a_source_and_a_mark():
    content = tomllib.loads(shipped("response.toml"))
    for fact in content["facts"].values():
        assert fact["source"] in content["sources"]
        assert fact["mark"] in "ABCJ"


def test_families_share_the_draws_by_largest_remainder():
    # 64 * 0.26 = 16.64, 64 * 0.28 = 17.92, 64 * 0.21 = 13.44, 64 * 0.25 = 16.00: two left for .92 and .64
    assert largest_remainder({"a": 0.26, "b": 0.28, "c": 0.21, "d": 0.25}, 64) == {"a": 17, "b": 18, "c": 13, "d": 16}


def test_free_multipliers_have_median_4_and_stay_in_1_7_to_10():
    found = free_multipliers(64, *FACTS.free)
    assert found == sorted(found)
    assert 1.7 < found[0] < found[31] < 4.0 < found[32] < found[-1] < 10.0
    assert math.sqrt(found[31] * found[32]) == pytest.approx(4.0, rel=0.02)


def test_there_are_places_for_64_draws_and_no_other_number(fitted):
    assert len(choose(fitted, 64, FACTS.free)) == 64
    with pytest.raises(ValueError, match="places for 64 draws, not for 5"):
        choose(fitted, 5, FACTS.free)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "memo"', 'source = "hearsay"', "no source or no mark"),
        ("smallest_fall_percent = 40.0", "smallest_fall_percent = 140.0", "ordered shares"),
        ("municipalities = 4\n", "", "lacks the key 'municipalities'"),
        ("sd_log = 0.5", "sd_log = 0.0", "positive median and sd_log"),
    ],
)
def test_a_fact_that_cannot_be_used_is_refused(old, new, message):
    with pytest.raises(DataError, match=message):
        read_facts(facts_text().replace(old, new))


def test_more_municipalities_with_the_same_range_mean_a_smaller_spread(fitted):
    more = posterior(FACTS.finer(0.6), (replace(FACTS.trials, municipalities=20), FACTS.lolland))
    assert more.spread().mean < fitted.spread().mean


def test_no_trials_give_the_prior_back():
    prior = posterior(FACTS.finer(0.4), ())
    assert all(weight == pytest.approx(0.25, abs=1e-9) for weight in prior.weights.values())
    assert isinstance(FACTS.trials, Trial)
