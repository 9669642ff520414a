"""The totals of a replication: declared once with their axes, read by name."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.study.replicated.measures import MEASURE_KEYS, Measure
from sim.study.replicated.reader import Reader
from sim.study.replicated.replication import run_replication
from sim.study.replicated.samples import Samples
from sim.study.replicated.sequential import stopping_point
from sim.study.replicated.totals import ADDITIVE_TOTALS, TOTALS, net_costs, shape
from sim.study.study import Study
from tests.study.conftest import study_of


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of(
        "I dag: kommunetakst", "Gratis: kommunetakst, gratis=Mega Bowl", passengers=50.0, draws=0, neighbours=["Sorø"]
    )


def test_every_total_of_a_replication_has_the_axes_it_is_declared_with(study: Study) -> None:
    found = run_replication(study, 0)
    for name in TOTALS.keys() - {"part_year"}:
        assert getattr(found, name).shape == shape(name, study), name
    assert found.part_year is None


def test_totals_that_add_up_over_municipalities_have_a_column_each() -> None:
    assert {name: told.column for name, told in ADDITIVE_TOTALS.items()} == {
        "shared": "shared_trips", "coordinated": "coordinated_trips", "refused": "no_vehicle", "pool_payment": "pool_payment_oere",
    }  # fmt: skip


def test_riders_are_counted_in_each_town_area_in_other_towns_and_in_the_country(study: Study) -> None:
    most = max(len(line.names) for line in study.lines)
    assert shape("riders_by_place", study)[-1] == most + 2


def test_the_measures_have_a_key_each_and_net_cost_is_found_by_its_name() -> None:
    assert len(MEASURE_KEYS) == len(Measure)
    assert MEASURE_KEYS[Measure.NET_COST] == "net_cost_oere"


def test_a_measure_added_last_does_not_change_when_a_comparison_stops() -> None:
    """Net costs that differ by nothing, with a ninth measure that swings from one replication to the next."""
    runs: Any = []
    for n in range(12):
        year = np.zeros((2, len(Measure) + 1), dtype=np.int64)
        year[:, Measure.NET_COST], year[:, -1] = (1_000, 900), (n % 2 * 10_000, 0)
        runs.append(SimpleNamespace(year=year))
    assert net_costs(runs).tolist() == [[1_000, 900]] * 12
    assert stopping_point(net_costs(runs), 2, 12) == 2 + 5
    assert stopping_point(np.stack([r.year[:, -1] for r in runs]), 2, 12) == 12


def test_an_entry_is_read_by_a_place_on_every_axis(study: Study) -> None:
    read = Reader(Samples([run_replication(study, 0)], []))
    assert read("months", 0, 3, Measure.TRIPS).central.shape == (1,)
    with pytest.raises(AssertionError, match=r"months has the axes \('option', 'month', 'measure'\)"):
        read("months", 0, 3)
    with pytest.raises(KeyError, match="minutes"):
        read("minutes", 0)
