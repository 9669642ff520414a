"""Units are named by what decides them; what a municipality lacks is not offered and not run."""

from dataclasses import replace

import pytest

from sim.batch.draws import _expected_volumes, _slices_of, paired_replication, volume_factor, weight_in_totals
from sim.batch.offers import option_offers
from sim.batch.units import Unit, deciding_versions, places_of, run_unit, study_of, units_of
from tariffs import parse_package
from tariffs.errors import DataError
from tests.batch.conftest import tiny


def test_every_sample_of_every_place_is_one_unit_with_a_name_of_its_own() -> None:
    units = list(units_of(tiny()))
    assert len(units) == 2 * (3 + 2)
    assert len({u.name for u in units}) == len(units)
    assert [u.place.municipality for u in units] == ["0155"] * 5 + ["0340"] * 5
    assert {(u.replication, u.draw) for u in units} == {(0, None), (1, None), (2, None), (0, 0), (1, 1)}


@pytest.mark.parametrize(
    "values",
    [
        {"seed": 4},
        {"passengers": {"0155": 201.0, "0340": 201.0}},
        {"reference": {"0155": ["kommunetakst"], "0340": ["kommunetakst"]}},
        {"options": [{"name": "Grundtakst"}, {"name": "Bytakst og plustur", "elements": ["bytakst=low", "plustur"]}]},
        {"years": [2021]},
    ],
)
def test_what_decides_a_unit_changes_its_name(values) -> None:
    before, after = ({u.name for u in units_of(plan)} for plan in (tiny(), tiny(**values)))
    assert not before & after


def test_other_words_for_the_same_keep_the_names() -> None:
    renamed = [{"name": "G"}, {"name": "B", "elements": ["plustur", "bytakst=høj"]}]
    plans = (tiny(), tiny(name="andet", options=renamed, municipalities=["0340", "Dragør Kommune"]))
    assert len({tuple(sorted(u.name for u in units_of(plan))) for plan in plans}) == 1


def test_more_municipalities_years_replications_and_draws_keep_the_units_there_are() -> None:
    """Five replications or more, so that each draw stays with its replication."""
    before = {u.name for u in units_of(tiny(replications=5, draws=7))}
    more = tiny(replications=8, draws=20, years=[2020, 2021], municipalities=["0155", "0340", "0316"])
    assert before < {u.name for u in units_of(more)}


def test_a_draw_stays_with_its_replication_from_five_on() -> None:
    assert [paired_replication(n, 3) for n in range(4)] == [0, 1, 2, 0]
    assert [paired_replication(n, 5) for n in range(7)] == [paired_replication(n, 40) for n in range(7)]


def test_what_a_municipality_lacks_is_not_offered() -> None:
    packages = tuple(parse_package(text) for text in ("", "plustur"))

    def status(code: str, year: int) -> list[tuple[str, str]]:
        return [(offer.status, offer.certainty) for offer in option_offers(code, year, packages)]

    assert status("0101", 2020) == [("not_offered", "no")] * 2  # København has neither
    assert status("0185", 2020) == [("not_offered", "no")] * 2  # Tårnby has no flextur
    assert status("0155", 2020) == [("ok", "known"), ("not_offered", "no")]  # Dragør no plustur
    assert status("0316", 2020) == [("ok", "known")] * 2  # Holbæk both
    assert status("0320", 2020) == [("ok", "assumed")] * 2  # Faxe: flextur assumed, plustur known
    assert status("0250", 2020)[1] == ("ok", "known")  # Frederikssund from 1 July 2020
    assert status("0250", 2019)[1] == ("not_offered", "no")


def test_only_offered_options_are_run() -> None:
    dragoer, soroe = places_of(tiny())
    assert dragoer.offered == (0,)
    assert soroe.offered == (0, 1)
    assert [str(p) for p in study_of(dragoer).packages] == ["grundtakst"]
    nothing = replace(dragoer, municipality="0101")
    assert nothing.offered == ()
    assert not list(units_of(tiny(municipalities=["0101"], passengers={})))


def test_an_own_number_was_counted_under_the_municipalitys_own_fares_unless_the_plan_says() -> None:
    """Holbæk has kommunetakst, bytakst and plustur in 2020; the plan's base is grundtakst alone."""
    (place,) = places_of(tiny(municipalities=["0316"], passengers={"0316": 500}))
    assert place.reference == ("kommunetakst", "bytakst=low", "plustur")
    (place,) = places_of(tiny(municipalities=["0316"], passengers={"0316": 500}, reference={"Holbæk": []}))
    assert place.reference == ()
    (place,) = places_of(tiny(municipalities=["0316"], passengers={}))
    assert (place.passengers, place.reference) == (None, None)


def test_the_same_unit_gives_the_same_bytes() -> None:
    unit = next(u for u in units_of(tiny()) if u.draw == 1)
    first = run_unit(unit, deciding_versions())
    study_of.cache_clear()
    assert run_unit(Unit(replace(unit.place), unit.replication, unit.draw), deciding_versions()) == first


def test_a_worker_with_another_program_is_refused_by_name() -> None:
    unit = next(iter(units_of(tiny())))
    with pytest.raises(DataError, match=r"et andet program.*model, numpy er anderledes"):
        run_unit(unit, {**deciding_versions(), "model": "0", "numpy": "1.0"})


def test_volume_factors_are_a_third_to_three_times_in_eight_of_ten_draws() -> None:
    import math
    from statistics import NormalDist

    sigma = math.log(3) / NormalDist().inv_cdf(0.9)
    for code in ("0316", "0155"):
        factors = [volume_factor(n, code, sigma) for n in range(64)]
        assert math.fsum(math.log(f) for f in factors) == pytest.approx(0, abs=1e-9)
        # The middles (k + 0.5) / 64 between 0.1 and 0.9 are those of k = 6 to 57.
        assert sum(1 / 3 <= f <= 3 for f in factors) == 52
        assert sorted(_slices_of(code)) == list(range(64))
        assert sorted(s // 4 for s in _slices_of(code)[:16]) == list(range(16))
        assert sorted(s // 2 for s in _slices_of(code)[:32]) == list(range(32))
    assert volume_factor(0, "0316", sigma) != volume_factor(0, "0155", sigma)
    assert volume_factor(5, "0316", 0.0) == 1.0


def test_the_volumes_of_two_municipalities_have_nothing_to_do_with_each_other() -> None:
    """The correlation of 64 independent pairs has a standard deviation of 1/8; over many pairs it averages to nothing."""
    import numpy as np

    codes = list(_expected_volumes())[:20]
    found = np.corrcoef([_slices_of(code) for code in codes])[np.triu_indices(len(codes), 1)]
    assert abs(found.mean()) < 0.03
    assert 0.08 < found.std() < 0.17


def test_in_a_sum_the_allocated_volumes_of_every_draw_make_movias_total() -> None:
    """The factors are even over the draws, so their weighted sum scatters about its mean exp(sigma²/2), here 1.44."""
    weights = [weight_in_totals(n) for n in range(64)]
    assert sum(1 / w for w in weights) / 64 == pytest.approx(1.44, abs=0.03)
    for draw in (0, 17):
        volumes = _expected_volumes()
        drawn = sum(v.passengers * volume_factor(draw, code, v.log_sigma) for code, v in volumes.items())
        assert weights[draw] * drawn == pytest.approx(sum(v.passengers for v in volumes.values()))
