"""A fit to own months says how far it has come from its beginning."""

from types import SimpleNamespace
from typing import Any

import pytest

from api.cli.progress import progress_bar
from sim.answer.budget import rate
from sim.answer.budget.fit_progress import FitProgress
from sim.answer.budget.observed import Observed
from sim.answer.budget.recalibration import recalibrated
from sim.inputs.scenario.scenario import build_scenario


def scenario(**values: Any) -> Any:
    return build_scenario({"municipality": "0340", "options": [{"name": "I dag"}], "year": 2020, **values}, "test")


def test_three_rounds_the_draws_and_the_comparison_are_expected_and_a_fourth_round_moves_it() -> None:
    said: list[tuple[int, int]] = []
    asked = scenario(draws=16, min_replications=3, max_replications=3)
    steps = FitProgress(asked, lambda done, expected: said.append((done, expected)))
    steps.one_more(0, 0)
    # 3 x 5 for the rate, 5 + 16 and 5 for the draws, 3 + 16 for the comparison.
    assert said == [(0, 60)]
    for _ in range(46):
        steps.one_more(1, 5)
    assert said[-1] == (46, 46 + 19)
    steps.of_comparison(1, 19)
    assert said[-1] == (47, 65)


def test_the_fit_says_that_it_begins_before_the_first_year_is_driven(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[int] = []

    def gather(*_: Any, **__: Any) -> Any:
        assert said == [0]
        raise KeyboardInterrupt

    monkeypatch.setattr(rate, "_at", lambda *_: SimpleNamespace())
    monkeypatch.setattr(rate, "gather", gather)
    with pytest.raises(KeyboardInterrupt):
        recalibrated(
            scenario(), "0340", Observed(2020, (1,), (100,), (1_000_000,)), progress=lambda done, _: said.append(done)
        )


def test_months_without_a_cost_simulate_nothing_and_say_nothing() -> None:
    said: list[int] = []
    recalibrated(scenario(), "0340", Observed(2020, (1,), (100,), None), progress=lambda done, _: said.append(done))
    assert said == []


def test_a_bar_that_is_no_terminal_says_at_once_how_much_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("Tilpasser") as progress:
        progress(0, 60)
        assert capsys.readouterr().err == "Tilpasser: 0 af 60\n"
