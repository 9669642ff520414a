"""Results, views and rankings: what stands in a row, and that figures come from rows as they should."""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.batch.batch import run_batch
from sim.batch.compaction import read_manifest
from sim.batch.execution import Crew
from sim.batch.packages import packages_of, read_results, summed
from sim.batch.queries import VIEWS, query, view_columns
from sim.batch.ranking import rankings, share_below_zero
from sim.batch.rows import documented_columns
from sim.inputs.chance.quantiles import interval, interval_of_sum
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.measures import MEASURE_KEYS
from sim.study.replicated.replication import run_replication
from tariffs.errors import DataError, InputError
from tests.batch.conftest import tiny

THREE = [
    {"name": "Grundtakst"},
    {"name": "Bytakst", "elements": ["bytakst=high"]},
    {"name": "Kommunetakst", "elements": ["kommunetakst"]},
]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two municipalities with allocated volumes small enough, one without flextur; three options."""
    folder = tmp_path_factory.mktemp("three")
    run_batch(
        tiny(municipalities=["Gladsaxe", "Vallensbæk", "Tårnby"], passengers={}, options=THREE, draws=4), folder, Crew()
    )
    return folder


def test_every_option_and_sample_of_every_municipality_is_one_row(unbroken: Path) -> None:
    rows = read_results(unbroken).to_pylist()
    assert list(rows[0]) == list(documented_columns()["results"])
    keys = [(r["municipality"], r["option"], r["replication"], r["draw"]) for r in rows]
    samples = [(0, None), (0, 0), (1, None), (1, 1), (2, None)]
    assert keys == [(code, option, *s) for code in ("0155", "0340") for option in (1, 2) for s in samples]
    by_status = {(r["municipality"], r["option"]): (r["status"], r["certainty"]) for r in rows}
    assert by_status == {
        ("0155", 1): ("ok", "known"),
        ("0155", 2): ("not_offered", "no"),
        ("0340", 1): ("ok", "known"),
        ("0340", 2): ("ok", "known"),
    }
    for row in rows:
        empty = [key for key, value in row.items() if value is None and key != "draw"]
        assert bool(empty) == (row["status"] == "not_offered")
        if not empty:
            assert row["net_cost_oere"] == row["operator_payment_oere"] - row["fares_oere"] + row["movia_fee_oere"]
            together = row["operator_payment_oere"] - row["fares_oere"] + row["movia_fee_together_oere"]
            assert row["net_cost_together_oere"] == together


def test_a_row_is_what_the_comparison_makes_of_the_same_people(unbroken: Path) -> None:
    options = [{"name": "a"}, {"name": "b", "elements": ["bytakst=high", "plustur"]}]
    scenario = build_scenario(
        {
            "municipality": "0340",
            "options": options,
            "seed": 3,
            "passengers": 200.0,
            "reference": ["plustur"],
            "draws": 64,
        },
        "x",
    )
    replication = run_replication(prepare(scenario, "0340"), 1)
    rows = [
        r
        for r in read_results(unbroken).to_pylist()
        if (r["municipality"], r["replication"], r["draw"]) == ("0340", 1, None)
    ]
    for row, totals in zip(rows, replication.year, strict=True):
        assert [row[key] for key in MEASURE_KEYS] == totals.tolist()


def test_an_option_after_one_that_cannot_be_chosen_keeps_its_row(tmp_path: Path) -> None:
    """Dragør has no plustur: the ready plan has it second, and every option after it was looked for one place too far."""
    names = (("Grundtakst", []), ("Plustur", ["plustur"]), ("Bytakst", ["bytakst=high"]))
    options = [{"name": name, "elements": elements} for name, elements in names]
    plan = tiny(municipalities=["Dragør"], passengers={"0155": 200}, options=options, replications=2, draws=0)
    run_batch(plan, tmp_path / "batch", Crew())
    rows = read_results(tmp_path / "batch").to_pylist()
    made = [row for row in rows if row["status"] != "not_offered"]
    assert {(row["option"], row["replication"]) for row in made} == {(1, 0), (1, 1), (3, 0), (3, 1)}
    assert {row["town_areas"] for row in made} == {"Dragør"}
    assert {row["option"] for row in rows} - {row["option"] for row in made} == {2}


def test_files_have_page_checksums_and_dictionaries_only_on_category_columns(unbroken: Path) -> None:
    for path in (*(unbroken / "units").glob("*.parquet"), *(unbroken / "results").rglob("*.parquet")):
        content = path.read_bytes()
        table = pq.read_table(io.BytesIO(content), page_checksum_verification=True)
        group = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(0)
        for n in range(group.num_columns):
            column = group.column(n)
            assert column.compression == "ZSTD"
            is_category = str(table.schema.field(n).type).startswith("dictionary")
            assert ("RLE_DICTIONARY" in column.encodings) == is_category


def read_by_pandas(folder: Path) -> list[tuple[object, object]]:
    import pandas as pd

    table = pd.read_parquet(folder)
    return list(zip(table["year"].tolist(), table["municipality"].tolist(), strict=True))


def read_by_arrow(folder: Path) -> list[tuple[object, object]]:
    table = pq.read_table(folder)
    return list(zip(table["year"].to_pylist(), table["municipality"].to_pylist(), strict=True))


def read_by_arrow_datasets_of_hive(folder: Path) -> list[tuple[object, object]]:
    import pyarrow.dataset as ds

    table = ds.dataset(folder, partitioning="hive").to_table()
    return list(zip(table["year"].to_pylist(), table["municipality"].to_pylist(), strict=True))


def read_by_duckdb(folder: Path) -> list[tuple[object, object]]:
    import duckdb

    return duckdb.sql(f"SELECT year, municipality FROM read_parquet('{folder}/**/*.parquet')").fetchall()


def read_by_polars(folder: Path) -> list[tuple[object, object]]:
    import polars

    table = polars.read_parquet(f"{folder}/**/*.parquet")
    return list(zip(table["year"].to_list(), table["municipality"].to_list(), strict=True))


@pytest.mark.parametrize(
    "reader", [read_by_pandas, read_by_arrow, read_by_arrow_datasets_of_hive, read_by_duckdb, read_by_polars]
)
def test_every_reader_of_the_folder_sees_the_code_as_text_and_the_year_as_a_number(
    unbroken: Path, reader: Callable[[Path], list[tuple[object, object]]]
) -> None:
    assert Counter(reader(unbroken / "results")) == {(2020, "0155"): 10, (2020, "0340"): 10}


def test_results_whose_codes_stand_in_the_path_alone_can_still_be_asked(unbroken: Path, tmp_path: Path) -> None:
    """As they were written until 0.5.0."""
    manifest = json.loads((unbroken / "manifest.json").read_text())
    files = {}
    for name in manifest["files"]:
        table = pq.read_table(unbroken / name).drop_columns(["year", "municipality"])
        old = f"results/year=2020/municipality={Path(name).stem}/part-0.parquet"
        (tmp_path / old).parent.mkdir(parents=True)
        pq.write_table(table, tmp_path / old, write_page_checksum=True)
        files[old] = hashlib.sha256((tmp_path / old).read_bytes()).hexdigest()
    old_manifest = {key: value for key, value in manifest.items() if key != "sha256"}
    (tmp_path / "manifest.json").write_text(json.dumps({**old_manifest, "schema_version": 1, "files": files}))
    assert read_results(tmp_path).to_pylist() == read_results(unbroken).to_pylist()


def test_the_manifest_vouches_for_every_file_and_says_what_made_it(unbroken: Path) -> None:
    manifest = json.loads((unbroken / "manifest.json").read_text())
    files = {str(p.relative_to(unbroken)) for p in (unbroken / "results").rglob("*.parquet")}
    assert set(manifest["files"]) == files
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((unbroken / name).read_bytes()).hexdigest() == digest
    assert (manifest["units"], manifest["rows"], manifest["failed"]) == (10, 20, [])
    assert manifest["plan"]["seed"] == manifest["identity"]["seed"] == 3
    assert str(unbroken) not in json.dumps(manifest)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_exactly_its_documented_columns(three: Path, view: str) -> None:
    answer = query(three, f"SELECT * FROM {view}")
    assert tuple(answer.column_names) == view_columns(view)
    assert answer.num_rows == {"results": 63, "changes": 28, "packages": 9, "totals": 3}[view]


def test_changes_are_paired_with_the_base_of_the_same_people(three: Path) -> None:
    rows = {
        (r["municipality"], r["option"], r["replication"], r["draw"]): r
        for r in read_results(three).to_pylist()
        if r["status"] == "ok"
    }
    changes = query(three, "SELECT * FROM changes").to_pylist()
    for change in changes:
        mine = rows[change["municipality"], change["option"], change["replication"], change["draw"]]
        base = rows[change["municipality"], 1, change["replication"], change["draw"]]
        assert change["net_cost_change_oere"] == mine["net_cost_oere"] - base["net_cost_oere"]
        assert change["trips_change"] == mine["trips"] - base["trips"]


def test_a_packages_figure_takes_every_replication_under_every_draws_shift(three: Path) -> None:
    rows = [r for r in read_results(three).to_pylist() if (r["municipality"], r["option"]) == ("0187", 2)]
    central = {r["replication"]: r["trips"] for r in rows if r["draw"] is None}
    shifts = [r["trips"] - central[r["replication"]] for r in rows if r["draw"] is not None]
    low, high = interval_of_sum(list(central.values()), shifts)
    (found,) = query(
        three,
        "SELECT trips_mean, trips_p10, trips_p90, replications, draws FROM packages WHERE municipality='0187' AND option=2",
    ).to_pylist()
    mean = sum(central.values()) / 3
    assert found["trips_mean"] == pytest.approx(mean)
    assert found["trips_p10"] == pytest.approx(max(0, min(low, mean)))
    assert found["trips_p90"] == pytest.approx(max(high, mean))
    assert (found["replications"], found["draws"]) == (3, 4)


def test_sql_reads_an_interval_as_the_tables_do(three: Path) -> None:
    rows = [r for r in read_results(three).to_pylist() if r["draw"] is not None and r["status"] == "ok"]
    for row in query(
        three,
        "SELECT municipality, option, p10(net_cost_oere) AS low, p90(net_cost_oere) AS high, count(*) AS n FROM results"
        " WHERE draw IS NOT NULL AND status = 'ok' GROUP BY ALL",
    ).to_pylist():
        mine = [
            r["net_cost_oere"] for r in rows if (r["municipality"], r["option"]) == (row["municipality"], row["option"])
        ]
        assert len(mine) == row["n"] > 1
        assert (row["low"], row["high"]) == pytest.approx(interval(mine))
    assert query(three, "SELECT p10(x) AS one FROM (SELECT 7 AS x)").to_pylist() == [{"one": 7.0}]


def test_a_total_is_summed_in_each_sample_and_not_from_interval_ends(three: Path) -> None:
    rows = [r for r in read_results(three).to_pylist() if r["option"] == 3 and r["status"] == "ok"]
    sums: dict[tuple[int, int | None], float] = {}
    for r in rows:
        key = (r["replication"], r["draw"])
        sums[key] = sums.get(key, 0.0) + r["net_cost_oere"] * r["weight_in_totals"]
    central = [sums[n, None] for n in range(3)]
    shifts = [value - sums[key[0], None] for key, value in sums.items() if key[1] is not None]
    expected = interval_of_sum(central, shifts)
    total, ends = (
        query(three, f"SELECT {what} FROM {view} WHERE option = 3").to_pylist()[0]
        for view, what in (
            ("totals", "*"),
            ("packages", "sum(net_cost_oere_p10) AS p10, sum(net_cost_oere_p90) AS p90"),
        )
    )
    assert total["municipalities"] == 2
    assert total["net_cost_oere_mean"] == pytest.approx(np.mean(central))
    assert total["net_cost_oere_p10"] == pytest.approx(min(expected[0], np.mean(central)))
    assert total["net_cost_oere_p90"] == pytest.approx(max(expected[1], np.mean(central)))
    assert total["net_cost_oere_p90"] < ends["p90"]


def test_only_allocated_volumes_are_weighted_in_a_sum(three: Path) -> None:
    rows = [r for r in read_results(three).to_pylist() if r["status"] == "ok"]
    for r in rows:
        plain = r["draw"] is None or r["volume_origin"] != "allocated"
        assert (r["weight_in_totals"] == 1.0) == plain
    assert {r["volume_origin"] for r in rows} == {"published", "allocated"}
    packages = [p for p in packages_of(read_results(three)) if p.option == 1 and p.values]
    both = summed(packages)["trips"]
    one, other = (p.values["trips"] for p in packages if p.values)
    assert both.central.tolist() == (one.central + other.central).tolist()


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE results",
        "COPY results TO '/tmp/takstlab-x.csv'",
        "SELECT 1; SELECT 2",
        "SET threads = 1",
        "INSERT INTO results SELECT * FROM results",
        "SELECT * FROM read_csv('/etc/hosts')",
        "SELECT * FROM '/etc/hosts'",
        "SELECT * FROM glob('/*')",
        "ATTACH '/tmp/takstlab-x.db'",
        "INSTALL httpfs",
        "SELECT * FROM read_csv('http://127.0.0.1/x')",
        "SELECT * FROM folder",
        "SELEKT",
        "",
    ],
)
def test_sql_reaches_nothing_but_the_results(unbroken: Path, sql: str) -> None:
    folder = [1, 2, 3]  # noqa: F841 - a Python variable that DuckDB must not see
    with pytest.raises(InputError, match="Forespørgslen"):
        query(unbroken, sql)


def test_the_share_of_cheaper_samples_counts_every_replication_under_every_shift() -> None:
    of = Spread(np.array([-1.0, 2.0]), np.array([-3.0, 2.5]), np.array([0, 1]))  # shifts -2 and +0.5
    assert share_below_zero(of) == 0.5  # -3, -0.5, 0, 2.5: two of four


def test_packages_are_ranked_by_net_cost_with_the_cheapest_that_keeps_riders(three: Path) -> None:
    packages = list(packages_of(read_results(three)))
    gladsaxe, taarnby, vallensbaek, together = rankings(packages, "alone", 0.9)
    assert (taarnby.municipality, taarnby.packages, taarnby.cheapest_keeping) == ("0185", (), None)
    assert len(taarnby.not_offered) == 3
    for ranking in (gladsaxe, vallensbaek, together):
        means = [r.net_cost.mean for r in ranking.packages]
        assert means == sorted(means)
        assert [r.name for r in ranking.packages] == ["Bytakst", "Grundtakst", "Kommunetakst"]
        # A dearer town fare loses riders and money; a cheaper fare wins both. Only the others keep 90 %.
        dear, base, cheap = ranking.packages
        assert dear.keeps is not None
        assert dear.keeps < 0.9
        assert ranking.cheapest_keeping is base
        assert (base.change, base.cheaper_than_base, base.keeps) == (None, None, 1.0)
        # Of three replications under the shifts of four draws at most one says otherwise.
        assert dear.cheaper_than_base >= 11 / 12
        assert cheap.cheaper_than_base <= 1 / 12
        assert cheap.cheaper_than_next is None
        assert dear.per_lost_trip is not None
        assert cheap.per_lost_trip is None
    assert (together.municipality, together.municipalities) == ("", 2)
    assert rankings(packages, "alone", 0.5)[0].cheapest_keeping is not None
    assert rankings(packages, "alone", 0.5)[0].cheapest_keeping == rankings(packages, "alone", 0.5)[0].packages[0]


def test_the_fee_that_ranks_is_the_one_asked_for(three: Path) -> None:
    packages = list(packages_of(read_results(three)))
    for fee, key in (("alone", "net_cost_oere"), ("together", "net_cost_together_oere")):
        ranked = rankings(packages, fee, 0.9)[0].packages[0]  # type: ignore[arg-type]
        package = next(p for p in packages if (p.municipality, p.option) == ("0159", ranked.option))
        assert package.values is not None
        assert ranked.net_cost == figure(package.values[key])


def test_a_flipped_bit_in_the_manifest_is_seen(unbroken: Path, tmp_path: Path) -> None:
    content = (unbroken / "manifest.json").read_bytes()
    for place in range(0, 8 * len(content), 37):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        (tmp_path / "manifest.json").write_bytes(flipped)
        with pytest.raises(DataError, match=r"manifest kan ikke læses(.|\n)*som den blev skrevet"):
            read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_bytes(content)
    assert read_manifest(tmp_path)["rows"] == 20
