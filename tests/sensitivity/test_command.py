"""The two commands, as an officer meets them."""

import json
from pathlib import Path

TOLD = ("--municipality", "Holbæk", "--passengers", "12000", "--option", "I dag: kommunetakst, bytakst=low",
        "--option", "Bytakst 60: kommunetakst, bytakst=high")  # fmt: skip


def test_an_estimate_says_that_it_is_one_and_how_wrong(takstlab) -> None:
    status, out, _ = takstlab("estimate", *TOLD, "--start", "2020-07-01")
    assert status == 0
    assert "Skøn med en formel, ikke en simulering" in out
    assert "% på nettoudgiften" in out
    assert "budgetåret" in out
    assert "12.000" in out


def test_the_estimate_for_machines_carries_the_same(takstlab) -> None:
    status, out, _ = takstlab("estimate", *TOLD, "--json")
    assert status == 0
    (found,) = json.loads(out)
    assert found["kind"] == "skøn"
    assert found["error_percent"]["net_cost"] > 0
    assert [o["name"] for o in found["options"]] == ["I dag", "Bytakst 60"]
    assert found["options"][1]["change"]["net_cost_oere"] < 0
    assert found["options"][0]["part_year"] is None


def test_a_price_nobody_knows_is_refused_as_in_a_comparison(takstlab) -> None:
    status, _, err = takstlab("estimate", *TOLD, "--year", "2034")
    assert status == 2
    assert "takstudgave" in err


def test_sensitivity_writes_its_folder_and_reads_back(takstlab, tmp_path: Path) -> None:
    out = tmp_path / "foelsomhed"
    status, printed, _ = takstlab("sensitivity", *TOLD, "--points", "0", "--out", out)
    assert status == 0
    assert {p.name for p in out.iterdir()} == {"sensitivity.json", "sensitivity.txt", "tornado-1.svg", "tornado-2.svg"}
    found = json.loads((out / "sensitivity.json").read_text(encoding="utf-8"))
    assert len(found["most_important"]) == 5
    assert found["sobol"] is None
    assert found["simulated"] is None
    assert "pickup_window_min" in found["outside_closed_form"]
    assert (out / "sensitivity.txt").read_text(encoding="utf-8") in printed
    assert (out / "tornado-1.svg").read_text(encoding="utf-8").startswith("<svg xmlns=")
    # A second time into its own folder is fine; into somebody else's it is not.
    assert takstlab("sensitivity", *TOLD, "--points", "0", "--out", out)[0] == 0
    (out / "referat.docx").write_text("", encoding="utf-8")
    status, _, err = takstlab("sensitivity", *TOLD, "--points", "0", "--out", out)
    assert status == 2
    assert "i brug" in err


def own_scenario(folder: Path) -> Path:
    """A scenario with everything that only a comparison answers, and months that hold for all commands."""
    months = folder / "maaneder.csv"
    months.write_text("måned;passagerer\n1;800\n2;700\n3;700\n", encoding="utf-8")
    scenario = folder / "egne.toml"
    scenario.write_text(
        'municipality = "0340"\noptions = ["I dag: kommunetakst", "Grundtakst:"]\n'
        f"observed = '{months}'\nbudget_kr = 1000000\nyears_ahead = 3\nneighbours = [\"0329\"]\n",
        encoding="utf-8",
    )
    return scenario


def test_own_months_decide_the_estimate_as_they_do_the_comparison(takstlab, tmp_path: Path) -> None:
    """2,200 passengers in months that are 25.5 % of the year are 8,623 a year."""
    status, out, _ = takstlab("estimate", own_scenario(tmp_path), "--json")
    assert status == 0
    (found,) = json.loads(out)
    assert round(found["volume"]["passengers"]) == 8623
    assert found["volume"]["origin"] == "own"
    assert any("Tilpasset kommunens egne tal" in note for note in found["notes"])


def test_what_only_a_comparison_answers_is_said(takstlab, tmp_path: Path) -> None:
    words = "Scenariets budget og forbrug, naboer, overslagsår er ikke med her"
    assert words in takstlab("estimate", own_scenario(tmp_path))[1].replace("\n  ", " ")
    assert words in takstlab("sensitivity", own_scenario(tmp_path), "--points", "0")[1].replace("\n  ", " ")


def test_a_clinic_that_no_option_brings_is_refused_as_in_a_comparison(takstlab, tmp_path: Path) -> None:
    scenario = own_scenario(tmp_path)
    clinic = '[clinic]\ndestination = "Sorø Station"\nvisits_moved_a_year = 4000\n'
    scenario.write_text(scenario.read_text(encoding="utf-8") + clinic, encoding="utf-8")
    status, _, err = takstlab("estimate", scenario)
    assert status == 2
    assert "Ingen valgmulighed har gratis kørsel til klinikken" in err


def test_one_number_of_passengers_cannot_hold_for_two_municipalities(takstlab) -> None:
    status, _, err = takstlab("estimate", *TOLD, "--municipality", "Sorø")
    assert status == 2
    assert "Ét passagertal kan ikke gælde 2 kommuner" in err


def test_an_earlier_sensitivity_leaves_no_drawing_behind(takstlab, tmp_path: Path) -> None:
    out = tmp_path / "foelsomhed"
    assert takstlab("sensitivity", *TOLD, "--points", "0", "--out", out)[0] == 0
    assert takstlab("sensitivity", *TOLD[:6], "--points", "0", "--out", out)[0] == 0
    assert {p.name for p in out.iterdir()} == {"sensitivity.json", "sensitivity.txt", "tornado-1.svg"}
