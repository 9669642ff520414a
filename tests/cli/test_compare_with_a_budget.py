"""The command with a municipality's own months, its budget and a neighbour."""

import json
from datetime import date
from pathlib import Path

import pytest

from api.cli import scenario_values
from api.months_over import check_months_are_over
from sim.answer.budget.recalibration import observed_of
from sim.inputs.scenario.scenario import build_scenario, parse_option
from tariffs.errors import InputError

SCENARIO = {"municipality": "Sorø", "options": [parse_option("I dag:")]}
SORØ = ("compare", "--municipality", "Sorø", "--option", "I dag:")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--budget", "meget"), "'meget' er ikke et beløb i kroner. Hvor: --budget."),
        (("--spent", "100.000"), "'100.000' kan være 100 eller 100000"),
        (("--spent", "100000"), "--spent er angivet uden --spent-to"),
        (("--spent", "100000", "--spent-to", "30/6"), "'30/6' er ikke en dato. Hvor: --spent-to."),
        (("--year", "2020", "--spent", "100000", "--spent-to", "2019-06-30"), "ikke ligger i 2020"),
        (("--neighbour", "Sorø"), "kan ikke være sin egen nabo"),
        (("--observed", "ingen.csv"), "ingen.csv"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_run(takstlab, tmp_path: Path, given, words: str) -> None:
    status, _, told = takstlab(*SORØ, *given, "--out", tmp_path / "ud")
    assert status != 0
    assert words in told
    assert not (tmp_path / "ud").exists()


MONTHS = "måned;passagerer;nettoudgift\n2020-05;80;8.400\n2020-06;75;8.000,50\n2020-07;12;900\n2020-08;0;0\n"


def test_observed_months_that_are_not_over_are_left_out_as_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the middle of July, July's numbers so far are no month's."""
    monkeypatch.setattr(scenario_values, "today", lambda: date(2020, 7, 15))
    (tmp_path / "m.csv").write_text(MONTHS, encoding="utf-8")
    values = {"observed": str(tmp_path / "m.csv"), "year": 2020}
    scenario_values._without_coming_months(values)
    own = values["observed_months"]
    notes = own.pop("notes")
    assert values == {
        "year": 2020,
        "observed_months": {"year": 2020, "months": [5, 6], "passengers": [80, 75], "cost_kr": [8400.0, 8000.5]},
    }
    kept = observed_of(build_scenario(SCENARIO | values | {"observed_months": own | {"notes": notes}}, "test"))
    assert kept.notes == tuple(notes)
    assert any("Årets sidste måneder med 0 passagerer (august)" in note for note in notes)
    assert any("Juli 2020 er ikke omme endnu" in note for note in notes)
    told = capsys.readouterr().err
    assert "Juli 2020 er ikke omme endnu og er ikke regnet som observeret." in told
    assert "Årets sidste måneder med 0 passagerer (august) er ikke regnet som observeret" in told


def test_months_in_a_scenario_that_are_not_over_are_refused() -> None:
    values = {"observed_months": {"year": 2020, "months": [6, 7], "passengers": [75, 12]}}
    check_months_are_over(values, date(2020, 8, 1))
    with pytest.raises(InputError, match=r"Juli 2020 er ikke omme endnu.*udelad de måneder med deres tal"):
        check_months_are_over(values, date(2020, 7, 31))


def test_a_file_of_months_that_are_over_stays_named_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_values, "today", lambda: date(2020, 8, 1))
    (tmp_path / "m.csv").write_text(MONTHS, encoding="utf-8")
    values = {"observed": str(tmp_path / "m.csv"), "year": 2020}
    scenario_values._without_coming_months(values)
    assert values == {"observed": str(tmp_path / "m.csv"), "year": 2020}


def test_a_file_in_which_no_month_is_over_is_refused(takstlab, tmp_path: Path) -> None:
    """Today is 1 July 2020 in every test."""
    (tmp_path / "m.csv").write_text("måned;passagerer\n2020-07;12\n", encoding="utf-8")
    status, _, told = takstlab(*SORØ, "--observed", tmp_path / "m.csv", "--out", tmp_path / "ud")
    assert status != 0
    assert "Ingen af månederne i 2020 er omme endnu" in told


@pytest.mark.slow
def test_the_report_tells_budget_own_months_and_the_neighbour(takstlab, tmp_path: Path) -> None:
    months = tmp_path / "maaneder.csv"
    months.write_text("måned;passagerer;nettoudgift\n2020-01;80;8.400\n2020-02;75;8.000,50\n", encoding="utf-8")
    quick = ("--draws", "1", "--min-replications", "2", "--max-replications", "2", "--workers", "1")
    asked = (*SORØ, *quick, "--observed", months, "--budget", "0,1 mio.", "--spent", "16400", "--spent-to", "2020-02-29",
             "--neighbour", "Ringsted", "--out", tmp_path / "ud")  # fmt: skip
    status, told, _ = takstlab(*asked)
    assert status == 0
    for words in ("Budget og forventet regnskab", "tillægsbevilling", "Tilpasset kommunens egne tal", "Ringsted"):
        assert words in told
        assert words in (tmp_path / "ud" / "report.html").read_text(encoding="utf-8")
    comparison = json.loads((tmp_path / "ud" / "comparison.json").read_text(encoding="utf-8"))
    assert comparison["budget"]["budget_oere"] == 10_000_000
    assert comparison["observed"]["passengers"] == [80, 75]
    manifest = json.loads((tmp_path / "ud" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"]["passengers"] is None
    # The same question finds its own folder again.
    assert takstlab(*asked)[0] == 0
