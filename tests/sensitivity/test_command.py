"""The two commands, as an officer meets them."""

import json
from pathlib import Path

TOLD = ("--municipality", "Holbæk", "--passengers", "12.000", "--option", "I dag: kommunetakst, bytakst=low",
        "--option", "Bytakst 60: kommunetakst, bytakst=high")  # fmt: skip


def test_an_estimate_says_that_it_is_one_and_how_wrong(takstlab) -> None:
    status, out, _ = takstlab("estimate", *TOLD, "--start", "2020-07-01")
    assert status == 0
    assert "SKØN i lukket form, ikke en simulering" in out
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
    status, _, err = takstlab("estimate", *TOLD, "--year", "2030")
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
