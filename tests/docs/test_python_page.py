"""docs/python.md is run as it is printed: the page's blocks one after another, as in a notebook."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import takstlab

BLOCKS = re.findall(
    r"```python\n(.*?)```", (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8"), re.S
)


def run(blocks: list[str]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    return names


def test_a_trip_is_priced_and_an_option_estimated_as_on_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    names = run(BLOCKS[:2])
    # (24 + 3 x 6) x 0.9 = 37.8 kr., rounded down to whole kroner.
    assert capsys.readouterr().out.startswith("3700\n")
    assert names["guess"].options[1].change.net_cost_oere < 0


@pytest.mark.slow
def test_a_comparison_is_an_answer_and_a_frame_as_on_the_page() -> None:
    names = run(BLOCKS)
    answer, figures = names["answer"], names["figures"]
    assert isinstance(answer, takstlab.Answer)
    today, high = answer.options
    net = figures.query("quantity == 'net_cost' and period == 'year'").set_index(["option", "scope"])["mean"]
    assert net["I dag", "total"] == today.net_cost_oere.mean
    assert net["Bytakst 60", "change"] == high.change.net_cost_oere.mean
    assert net["Bytakst 60", "percent"] == high.change.percent.net_cost_oere.mean


def test_what_cannot_be_used_is_refused_in_danish() -> None:
    with pytest.raises(takstlab.InputError, match="har intet navn"):
        takstlab.estimate("Holbæk", ["kommunetakst, bytakst=low"], year=2020)
    with pytest.raises(takstlab.InputError, match="passengers"):
        takstlab.compare("Holbæk", ["I dag: kommunetakst"], year=2020, passengers=-1)
    assert takstlab.quote("0316", "0316", 8, date(2001, 8, 3)).reason
