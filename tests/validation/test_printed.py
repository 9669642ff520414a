"""The truths come from the priors, and the shares that are reported are counted right."""

import numpy as np
import pytest
from scipy import stats

from sim.estimate.draws import estimated_draws
from sim.evidence.calibration.knobs import RATE
from sim.evidence.calibration.unseen import hour
from sim.evidence.validation import printed
from sim.evidence.validation.target import judged
from sim.evidence.validation.truths import draw_truths
from sim.geography.regions import build_region
from sim.geography.town_line import town_line
from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.town_trips import town_share
from sim.riders.demand.trip_pattern import trip_pattern
from sim.riders.demand.volume import own_volume
from sim.riders.response.facts import read_facts
from sim.study.draws import FITTED
from sim.study.replicated.low_fidelity import Volumes

REGISTER = load_assumptions()


@pytest.fixture(scope="module")
def truths():
    return draw_truths(400, 0.857, np.random.default_rng(1))


def test_half_of_the_truths_lie_below_every_default_and_none_outside_its_range(truths) -> None:
    for key in (key for key in truths[0].values if key not in FITTED):
        entry, values = REGISTER[key], np.array([t.values[key] for t in truths])
        assert entry.low <= values.min() <= values.max() <= entry.high
        # 200 of 400, three and a half standard deviations of 10 either way; half are the default where that is an end of the range.
        at_an_end = entry.value in (entry.low, entry.high)
        half = np.count_nonzero(values == entry.value if at_an_end else values < entry.value)
        assert abs(half - 200) <= 35, key


def test_the_truths_are_not_the_draws_and_differ_between_seeds(truths) -> None:
    same, other = (draw_truths(3, 0.857, np.random.default_rng(seed)) for seed in (1, 2))
    again = draw_truths(3, 0.857, np.random.default_rng(1))
    assert [t.values for t in same] == [t.values for t in again]
    assert same[0].values["cross_border_share"] != other[0].values["cross_border_share"]
    assert {t.volume_factor for t in draw_truths(3, 0.0, np.random.default_rng(1))} == {1.0}


def test_the_volume_multiplier_and_price_response_are_those_of_the_priors(truths) -> None:
    logs = np.log([t.volume_factor for t in truths])
    assert stats.kstest(logs / 0.857, "norm").pvalue > 0.001
    low, median, high = read_facts().free
    multipliers = np.array([t.curve(1.0).draws[0].free_multiplier for t in truths])
    assert low <= multipliers.min() < np.quantile(multipliers, 0.45) < median < np.quantile(multipliers, 0.55)
    assert multipliers.max() <= high
    falls = [t.curve(1.0).acceptance(6000) / t.curve(1.0).acceptance(2400) - 1 for t in truths]
    # The posterior's mean is -71.8 % with an 80 % interval of -83.8 to -59.6.
    assert np.mean(falls) == pytest.approx(-0.718, abs=0.02)
    assert np.quantile(falls, 0.1) == pytest.approx(-0.838, abs=0.025)
    assert abs(stats.spearmanr(falls, multipliers).statistic) < 0.16


def test_the_hour_is_nearly_explained_by_what_calibration_solved_it_with(truths) -> None:
    hours = np.array([d.values[RATE] for d in estimated_draws(64, load_assumptions(), own_volume(1))])
    assert hour().left < np.std(np.log(hours)) / 2
    drawn = np.array([t.values[RATE] for t in truths])
    assert np.median(drawn) == pytest.approx(np.median(hours), rel=0.05)
    assert np.std(np.log(drawn)) == pytest.approx(np.std(np.log(hours)), rel=0.25)


def test_every_truth_has_its_own_share_in_ringsted_and_one_proportion_of_lengths(truths) -> None:
    values = truths[0].values
    assert values["distance_decay_across_km"] == pytest.approx(values["distance_decay_km"] * 4.0 / 2.2, abs=1e-4)
    region, line = build_region("0329", year=2017), town_line("0329", town_zones=("Ringsted",))
    served, shares = np.ones(len(region.inside), dtype=np.bool_), []
    for truth in truths[:100]:
        pattern = trip_pattern(region, REGISTER.at(truth.values), served=served, home_pays=True)
        local = town_share(pattern, region, line, any_town=False)
        shares.append(local * (1.0 - truth.values["cross_border_share"]))
    # Half of them below a quarter, within three standard deviations of 5 in 100, and all within the stated range.
    assert 35 <= np.count_nonzero(np.array(shares) < 0.25) <= 65
    assert 0.145 <= min(shares) < max(shares) <= 0.505


def test_the_shares_are_counted_by_hand() -> None:
    middle, values = (
        np.array([2.0, 10.0, 0.0]),
        np.array([[1.0, 11.0, 0.0], [3.0, 12.0, 0.0], [1.5, 9.0, 0.0], [2.0, 13.0, 0.0]]),
    )
    # Of the first figure two lie below and one is equal: 2.5 of 4; of the second one; of the third all are equal.
    assert printed.below(middle, values).tolist() == [62.5, 25.0, 50.0]


def cell(middle: float, drawn: np.ndarray, many: np.ndarray) -> printed.Cell:
    """Return a kind of change of which all figures are alike."""
    volumes = Volumes(np.ones(len(drawn)), np.ones(len(many)))
    return printed.Cell(np.full(3, middle), *(np.repeat(v[:, None], 3, axis=1) for v in (drawn, many)), volumes)


def test_the_interval_holds_the_truths_between_its_ends(monkeypatch) -> None:
    monkeypatch.setattr(printed, "errors", lambda: (0.0, 0.0, 0.0))
    # Without an error of the closed form's own the ends are those of the many: 1 to 10, so a tenth lies below 1.5, nine tenths below 9.5.
    few = np.random.default_rng(1).uniform(4, 7, 32)
    figures = printed.printed(cell(5.5, few, np.arange(1.0, 11.0)), np.random.default_rng(1))
    assert [f.p10 for f in figures] == pytest.approx([1.5] * 3, abs=0.01)
    assert [f.p90 for f in figures] == pytest.approx([9.5] * 3, abs=0.01)
    truths = np.array([[1.0, 2.0, 9.6], [5.0, 2.0, 9.4], [9.0, 2.0, 0.0], [9.9, 2.0, 20.0]])
    assert printed.held(figures, truths, np.random.default_rng(1)).tolist() == [50.0, 100.0, 25.0]


def test_with_an_error_of_its_own_in_truths_and_interval_alike_the_interval_still_holds_80_percent(monkeypatch) -> None:
    monkeypatch.setattr(printed, "errors", lambda: (0.10, 0.10, 0.10))
    monkeypatch.setattr(printed, "ANSWERS", 300)
    normal = stats.norm(100, 10)
    drawn, many = (normal.ppf((np.arange(count) + 0.5) / count) for count in (32, 1000))
    found = cell(100.0, np.random.default_rng(4).permutation(drawn), many)
    truths = normal.rvs((4_000, 3), random_state=np.random.default_rng(2))
    assert printed.covered(found, truths, np.random.default_rng(3)) == pytest.approx([80.0] * 3, abs=1.5)


def test_a_middle_that_most_draws_lie_below_is_a_miss() -> None:
    values = np.linspace(-3, 1, 64)
    target = judged(printed._middle_target("plustur", "own", cell(0.0, values[::2], values), None))
    assert target["verdict"] == "miss"
    assert target["simulated"]["mean"] == 75.0


MISSED = {("own", "free_destination"): (1, 44.8)}
"""Cells in which one figure has another share of the thousand draws below it than 45-55 %: its place among the figures, and the share;
`takstlab validate` reports them with a reason."""


@pytest.mark.slow
@pytest.mark.parametrize("volume", ["own", "allocated"])
def test_about_half_of_the_draws_lie_below_every_printed_figure(volume: str) -> None:
    off = {}
    for kind, found in printed.under_draws(volume).items():
        shares = printed.below(found.middle, found.many)
        for place in np.flatnonzero(np.abs(shares - 50) > 5.0).tolist():
            off[volume, kind] = place, round(shares[place], 1)
    assert off == {where: missed for where, missed in MISSED.items() if where[0] == volume}
