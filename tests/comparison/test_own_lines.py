"""The municipality's own lines: by hand, beside the net cost and never in it."""

from datetime import date
from typing import Any

import pytest

from sim.answer.compare import compare
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from tariffs.errors import InputError

OPTIONS = ("I dag: kommunetakst", "Bytakst 48: kommunetakst, bytakst=low")
BUS = {"option": "Bytakst 48", "name": "Sparet buslinje 521", "kr": -400_000}
TAXI = {"option": "Bytakst 48", "name": "Mere taxi til lægen", "kr": 30_001}


def scenario(*lines: dict[str, Any], **values: Any) -> Any:
    told = {"municipality": "0336", "passengers": 1500.0, "draws": 2, "min_replications": 2, "max_replications": 2}
    options = [parse_option(option) for option in OPTIONS]
    return build_scenario(told | {"options": options, "own_lines": list(lines)} | values, "test")


def ran(*lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    return compare(prepare(scenario(*lines, **values), "0336"), workers=1).json


@pytest.fixture(scope="module")
def bare() -> dict[str, Any]:
    return ran(start=date(2020, 7, 1))


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    return ran(BUS, TAXI, start=date(2020, 7, 1))


def test_no_lines_is_unknown_and_not_an_empty_account(bare: dict[str, Any]) -> None:
    assert bare["own_lines"] is None


def test_every_other_figure_is_the_same_with_lines_and_without(bare: dict[str, Any], given: dict[str, Any]) -> None:
    assert {k: v for k, v in given.items() if k != "own_lines"} == {k: v for k, v in bare.items() if k != "own_lines"}


def test_a_sum_is_the_net_cost_moved_by_the_lines_and_its_interval_with_it(given: dict[str, Any]) -> None:
    today, option = given["own_lines"]["options"]
    # -400,000 + 30,001 = -369,999 kr.
    assert (today["oere"], option["oere"]) == (0, -36_999_900)
    net, change = given["options"][1]["net_cost_oere"], given["options"][1]["change"]["net_cost_oere"]
    for end in ("mean", "p10", "p90"):
        assert option["net_cost_with_own_oere"][end] == net[end] - 36_999_900
        assert option["change_with_own_oere"][end] == change[end] - 36_999_900
    assert today["net_cost_with_own_oere"] == given["options"][0]["net_cost_oere"]
    assert today["change_with_own_oere"] is None


def test_the_part_year_has_its_days_share_of_each_line_to_the_oere(given: dict[str, Any]) -> None:
    # 1 July to 31 December is 184 of the 366 days of 2020: 400,000 x 184 / 366 = 201,092.896 kr., 30,001 x ... = 15,082.470.
    assert [line["part_year_oere"] for line in given["own_lines"]["lines"]] == [-20_109_290, 1_508_247]
    part = given["own_lines"]["options"][1]["part_year"]
    assert part["oere"] == -18_601_043
    change = given["options"][1]["part_year"]["change"]["net_cost_oere"]
    assert part["change_with_own_oere"]["mean"] == change["mean"] - 18_601_043
    assert "I budgetåret er linjerne talt med for 184 af årets 366 dage." in given["own_lines"]["notes"]


def test_a_line_on_the_first_option_counts_in_the_others_change() -> None:
    both = ran({"option": "I dag", "name": "Telebus", "kr": 100_000})
    today, option = both["own_lines"]["options"]
    change = both["options"][1]["change"]["net_cost_oere"]
    assert option["change_with_own_oere"]["mean"] == change["mean"] - 10_000_000
    assert today["part_year"] is None
    assert any(note.startswith("Linjer ved I dag tæller også") for note in both["own_lines"]["notes"])


def test_lines_on_the_first_option_that_cancel_are_told_of_all_the_same() -> None:
    both = ran(*({"option": "I dag", "name": f"Telebus {kr}", "kr": kr} for kr in (100_000, -100_000)))
    assert any(note.startswith("Linjer ved I dag tæller også") for note in both["own_lines"]["notes"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({**BUS, "option": "Bytakst 60"}, "hører til 'Bytakst 60', som ikke er en valgmulighed; vælg I dag, Bytakst 48"),
        ({**BUS, "name": "  "}, "har intet navn"),
        ({**BUS, "kr": -400_000.5}, "own_lines.0.kr: skal være et helt tal"),
        ({**BUS, "kr": 600_000_000}, "må højst være"),
        ({**BUS, "belob": 1}, "ukendt nøgle"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_refused_in_words(line: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as error:
        scenario(line)
    assert said in str(error.value)


def test_the_same_line_twice_and_lines_for_two_municipalities_are_refused() -> None:
    with pytest.raises(InputError, match="to linjer ved samme valgmulighed har samme navn"):
        scenario(BUS, BUS)
    with pytest.raises(InputError, match="kun gælde én kommune"):
        build_scenario(
            {"municipalities": ["0336", "0155"], "options": [parse_option(o) for o in OPTIONS], "own_lines": [BUS]},
            "test",
        )


def test_the_command_line_reads_a_line_as_officers_write_it() -> None:
    from api.cli.budget_options import read_own_line

    line = {"option": "Bytakst 60", "name": "Sparet buslinje 521"}
    assert read_own_line("Bytakst 60: Sparet buslinje 521 = -400000") == {**line, "kr": -400_000}
    assert read_own_line("Bytakst 60: Sparet buslinje 521 = -0,4 mio. kr.") == {**line, "kr": -400_000}
    assert read_own_line("Bytakst 60: Rute A=B = 1200 kr.") == {"option": "Bytakst 60", "name": "Rute A=B", "kr": 1200}
    for text in (
        "Sparet buslinje = -400000",
        "Bytakst 60: Sparet buslinje",
        "Bytakst 60: = 4",
        ": x = 4",
        "a: b = fire",
    ):
        with pytest.raises(InputError):
            read_own_line(text)
    with pytest.raises(InputError, match="hele kroner"):
        read_own_line("a: b = 4,50")
