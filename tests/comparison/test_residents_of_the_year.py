"""Figures per resident are over the residents of the year that is simulated."""

import pytest

from sim.answer.compare import compare
from sim.telling.report.residents_table import residents_table
from tests.answer.building import answer_of
from tests.study.conftest import study_of


def test_a_year_ahead_is_divided_by_its_own_residents() -> None:
    study = study_of(
        "I dag: kommunetakst", year=2023, passengers=300.0, draws=0, min_replications=2, max_replications=2
    )
    told = compare(study, workers=1).json
    option = told["options"][0]
    assert told["population_year"] == 2023
    assert told["population_basis"] == "projected"
    assert told["population"] > 71_913  # Holbæk grows after the count of 2021
    each, older = option["net_cost_per_resident_oere"]["mean"], option["net_cost_per_older_resident_oere"]["mean"]
    assert each * told["population"] == pytest.approx(option["net_cost_oere"]["mean"], rel=1e-9)
    assert older * told["population_older"] == pytest.approx(option["net_cost_oere"]["mean"], rel=1e-9)
    table = residents_table(answer_of(told))
    assert table is not None
    assert table.caption.endswith("i 2023, fremskrevet fra 2021")
