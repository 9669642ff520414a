"""The command with a municipality's own months, its budget and a neighbour."""

import json
from pathlib import Path

import pytest

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
