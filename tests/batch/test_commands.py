"""``takstlab batch``, ``query`` and ``rank`` as a user gives them."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.batch.conftest import result_bytes


def test_batch_tells_what_it_did_and_goes_on_where_it_was(
    takstlab, plan_file: Path, tmp_path: Path, unbroken: Path
) -> None:
    folder = tmp_path / "b"
    status, out, err = takstlab("batch", plan_file, "--out", folder, "--workers", 1)
    assert status == 0, err
    assert "lille: 10 enheder (10 regnet nu), 20 rækker" in out
    assert "Sekunder pr. enhed (median): 0," in out
    assert "10 af 10" in err
    assert "s tilbage" in err
    assert result_bytes(folder) == result_bytes(unbroken)
    timings = (folder / "timings.csv").read_text().splitlines()
    assert timings[0] == "unit,municipality,year,replication,draw,seconds"
    assert len(timings) == 11
    status, out, err = takstlab("batch", plan_file, "--out", folder, "--workers", 1)
    assert "10 enheder (0 regnet nu)" in out
    assert "10 af 10 enheder er der i forvejen" in err


def test_batch_says_what_is_wrong_with_status_2(takstlab, tmp_path: Path) -> None:
    status, _, err = takstlab("batch", tmp_path / "nix.toml", "--out", tmp_path / "b")
    assert status == 2
    assert "findes ikke" in err
    assert not (tmp_path / "b").exists()


def test_query_prints_a_table_and_writes_files(takstlab, unbroken: Path, tmp_path: Path) -> None:
    sql = "SELECT municipality_name AS kommune, option, avg(trips) AS ture FROM results GROUP BY ALL ORDER BY ALL"
    status, out, _ = takstlab("query", unbroken, sql)
    assert status == 0
    lines = out.splitlines()
    assert lines[0].split() == ["kommune", "option", "ture"]
    assert lines[3].split() == ["Dragør", "2", "-"]
    plain, danish, parquet = (tmp_path / name for name in ("a.csv", "b.csv", "c.parquet"))
    takstlab("query", unbroken, sql, "--out", plain)
    takstlab("query", unbroken, sql, "--out", danish, "--danish")
    takstlab("query", unbroken, sql, "--out", parquet)
    mean = pq.read_table(parquet)["ture"].to_pylist()[0]
    assert plain.read_text(encoding="utf-8").splitlines()[:2] == ["kommune,option,ture", f"Dragør,1,{mean}"]
    text = danish.read_bytes().decode("utf-8-sig")
    assert text.split("\r\n")[:2] == ["kommune;option;ture", f"Dragør;1;{mean}".replace(".", ",")]
    assert danish.read_bytes()[:3] == b"\xef\xbb\xbf"
    status, _, err = takstlab("query", unbroken, sql, "--out", tmp_path / "x.doc")
    assert status == 2
    assert "brug .csv eller .parquet" in err
    status, _, err = takstlab("query", unbroken, sql, "--out", tmp_path / "nej" / "x.csv")
    assert status == 2
    assert "Svaret kan ikke skrives" in err


def test_a_text_that_a_sheet_would_run_gets_an_apostrophe(takstlab, unbroken: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    takstlab("query", unbroken, "SELECT '=1+1' AS a, -5 AS b", "--out", out, "--danish")
    assert out.read_bytes().decode("utf-8-sig").split("\r\n")[1] == "'=1+1;-5"
    takstlab("query", unbroken, """SELECT 1 AS "=1+1", 2 AS "@x", 3 AS a, 4 AS a""", "--out", out)
    assert out.read_text(encoding="utf-8").splitlines() == ["'=1+1,'@x,a,a", "1,2,3,4"]
    takstlab(
        "query",
        unbroken,
        "SELECT 1 AS \"\ufeff=1+1\", chr(10) || '=2' AS b, '\uff1d3' AS c, chr(8203) || 'x' AS d",
        "--out",
        out,
    )
    assert out.read_text(encoding="utf-8") == "'\ufeff=1+1,b,c,d\n1,\"'\n=2\",'\uff1d3,\u200bx\n"


def test_a_folder_without_results_is_said(takstlab, tmp_path: Path) -> None:
    for command in (("query", tmp_path, "SELECT 1"), ("rank", tmp_path)):
        status, _, err = takstlab(*command)
        assert status == 2
        assert "har ingen færdige resultater" in err


@pytest.mark.parametrize(
    ("fee", "words"),
    [("alone", "når kommunen vælger alene"), ("together", "når alle planens kommuner vælger pakken samtidig")],
)
def test_rank_says_which_fee_it_reckons_with(takstlab, unbroken: Path, fee: str, words: str) -> None:
    status, out, _ = takstlab("rank", unbroken, "--fee", fee)
    assert status == 0
    assert words in out
    assert "0340 Sorø 2020" in out
    assert "Kan ikke vælges: Bytakst og plustur." in out
    assert "Billigste pakke, der beholder mindst 90 % af passagererne under Grundtakst:" in out
    assert "Alle tilsammen 2020, 2 kommuner" in out


def test_rank_as_json_has_figures_of_exactly_mean_p10_and_p90(takstlab, unbroken: Path) -> None:
    status, out, _ = takstlab("rank", unbroken, "--json", "--municipality", "Sorø", "--keep-riders", "0.5")
    assert status == 0
    answer = json.loads(out)
    (soroe,) = answer["rankings"]
    assert (answer["fee"], answer["keep_riders"], soroe["municipality"]) == ("alone", 0.5, "0340")
    assert {frozenset(p["net_cost_oere"]) for p in soroe["packages"]} == {frozenset({"mean", "p10", "p90"})}
    assert soroe["cheapest_keeping"] in (1, 2)
    status, _, err = takstlab("rank", unbroken, "--year", "2021")
    assert status == 2
    assert "intet om det valgte år" in err
