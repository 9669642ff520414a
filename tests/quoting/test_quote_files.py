"""Whole files of trips: every row answered, in order, and bad input said in plain words."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from trip_files import GOOD, as_csv, read_answers, run

from sim.desk.quoting import COLUMNS, quote_file
from tariffs import InputError, load_price_book


def test_a_good_row_is_priced(folder: Path) -> None:
    summary = run(folder, as_csv([{}]))
    # 24 + 3 * 6 = 42; 42 * 0.9 = 37.8, down to 37
    assert read_answers(folder / "ud.csv") == [
        {
            "trip_id": "t1",
            "status": "ok",
            "reason": "",
            "fare_oere": "3700",
            "edition": "2019-07-01",
            "certainty": "known",
        }
    ]
    assert (summary.rows, summary.ok, summary.fares_oere) == (1, 1, 3700)


def test_refused_rows_have_a_reason_and_no_fare(folder: Path) -> None:
    cases = [
        ({"booked_on": "2019-08-04"}, "too_late"),
        ({"to_municipality": "0101"}, "not_offered"),
        ({"booked_on": "2029-02-01", "travel_on": "2029-02-01"}, "edition_unknown"),
        ({"booked_on": "2019-07-01"}, "too_early"),
        ({"adults": "5"}, "too_many_companions"),
        ({"product": "plustur", "channel": "phone"}, "plustur_by_phone"),
        ({"booked_on": "2015-02-01", "travel_on": "2015-02-01"}, "level_not_in_edition"),
        ({"to_municipality": "0751"}, "not_offered"),
    ]
    summary = run(folder, as_csv([row | {"trip_id": str(n)} for n, (row, _) in enumerate(cases)]))
    answers = read_answers(folder / "ud.csv")
    assert [(row["trip_id"], row["status"], row["reason"]) for row in answers] == [
        (str(n), "refused", reason) for n, (_, reason) in enumerate(cases)
    ]
    assert all(row["fare_oere"] == "" for row in answers)
    assert summary.refused_by["not_offered"] == 2


BAD_CELLS = [
    ("product", "bus", "flextur eller plustur"),
    ("product", "", "mangler"),
    ("booked_on", "01-08-2019", "ikke en dato"),
    ("travel_on", "2019-02-30", "ikke en dato"),
    ("travel_on", "2019-08-03T10:00", "ikke en dato"),
    ("standing", "ja", "0 eller 1"),
    ("standing", "", "mangler"),
    ("from_municipality", "316", "mente du '0316'"),
    ("to_municipality", "9999", "ikke en dansk kommunekode"),
    ("from_municipality", "Holbæk", "fire cifre"),
    ("from_municipality", "0411", "ikke en dansk kommunekode"),
    ("distance_m", "12.5", "ikke et helt antal meter"),
    ("distance_m", "-5", "negativ"),
    ("distance_m", "", "mangler"),
    ("distance_m", "1e4", "ikke et helt antal"),
    ("distance_m", "1000001", "over 1000000"),
    ("distance_m", "99999999999999999999", "over 1000000"),
    ("distance_m", "١٢", "ikke et helt antal"),
    ("free_destination", "2", "0 eller 1"),
    ("channel", "app", "phone eller online"),
    ("adults", "-1", "helt tal"),
    ("adults", "1.5", "helt tal"),
    ("children", "", "mangler"),
    ("adults", "4000000000", "over 999"),
    ("adults", "0", "ingen passagerer"),
    ("kommunetakst", "true", "0 eller 1"),
    ("bytakst", "48", "none eller low eller high"),
    ("trip_id", "", "mangler"),
]


@pytest.mark.parametrize(("column", "cell", "words"), BAD_CELLS)
def test_a_bad_cell_makes_an_error_row_that_names_column_and_value(
    folder: Path, column: str, cell: str, words: str
) -> None:
    summary = run(folder, as_csv([{}, {column: cell}, {}]))
    answers = read_answers(folder / "ud.csv")
    assert [row["status"] for row in answers] == ["ok", "error", "ok"]
    assert answers[1]["reason"].startswith(f"{column}: ")
    assert words in answers[1]["reason"]
    assert cell[:40] in answers[1]["reason"] or column == "adults"
    assert answers[1]["fare_oere"] == answers[1]["edition"] == ""
    assert summary.errors == 1
    assert summary.first_error is not None
    assert summary.first_error[0] == 2


def test_a_row_with_two_faults_tells_both(folder: Path) -> None:
    run(folder, as_csv([{"distance_m": "x", "channel": "y"}]))
    assert read_answers(folder / "ud.csv")[0]["reason"] == (
        "distance_m: 'x' er ikke et helt antal meter; channel: 'y' kendes ikke; skriv phone eller online"
    )


@pytest.mark.parametrize(
    ("delimiter", "end", "bom"),
    [
        (",", "\n", ""),
        (";", "\r\n", "\ufeff"),
        ("\t", "\n", ""),
        (",", "\r\n", "\ufeff"),
        (";", "\n", ""),
        (",", "\r", ""),
    ],
)
def test_separators_line_ends_and_bom_are_read_as_they_come(folder: Path, delimiter: str, end: str, bom: str) -> None:
    content = bom + as_csv(
        [{"from_town": "Høng", "to_town": "Høng", "bytakst": "high"}, {"trip_id": "t2"}], delimiter, end
    )
    run(folder, content)
    answers = read_answers(folder / "ud.csv", delimiter)
    # 60 + 3 * 6 = 78; 70.2, down to 70
    assert [(row["trip_id"], row["fare_oere"]) for row in answers] == [("t1", "7000"), ("t2", "3700")]
    assert (folder / "ud.csv").read_bytes().startswith(b"\xef\xbb\xbf") is (delimiter == ";" and bool(bom))


def test_quoted_separators_and_line_ends_stay_inside_their_cell(folder: Path) -> None:
    run(
        folder,
        as_csv(
            [
                {
                    "trip_id": 'a,"b"\nc',
                    "from_town": "By, den\nstore",
                    "to_town": "By, den\nstore",
                    "bytakst": "low",
                    "distance_m": "1000",
                },
                {"trip_id": "næste"},
            ]
        ),
    )
    answers = read_answers(folder / "ud.csv")
    assert [(row["trip_id"], row["fare_oere"]) for row in answers] == [('a,"b"\nc', "4300"), ("næste", "3700")]


def test_rows_of_the_wrong_length_become_error_rows_and_none_is_lost(folder: Path) -> None:
    lines = as_csv([{"trip_id": f"t{n}"} for n in range(5)]).splitlines()
    lines[2] += ",ekstra"
    lines[4] = ",".join(lines[4].split(",")[:7])
    summary = run(folder, "\n".join(lines) + "\n\n")
    answers = read_answers(folder / "ud.csv")
    assert [row["trip_id"] for row in answers] == ["t0", "t1", "t2", "t3", "t4"]
    assert [row["status"] for row in answers] == ["ok", "error", "ok", "error", "ok"]
    assert answers[1]["reason"] == "rækken har 17 felter, ikke 16"
    assert answers[3]["reason"] == "rækken har 7 felter, ikke 16"
    assert summary.errors == 2


def test_a_stray_quote_breaks_its_own_row_and_swallows_no_other(folder: Path) -> None:
    lines = as_csv([{"trip_id": f"t{n}"} for n in range(6)]).splitlines()
    lines[2] = '"' + lines[2]
    lines[4] = lines[4].replace("flextur", '"flextur')
    lines[6] = lines[6].replace("online", '"online')
    run(folder, "\n".join(lines) + "\n")
    answers = read_answers(folder / "ud.csv")
    assert [row["trip_id"] for row in answers] == [f"t{n}" for n in range(6)]
    assert [row["status"] for row in answers] == ["ok", "error", "ok", "error", "ok", "error"]
    assert all("anførselstegn" in row["reason"] for row in answers if row["status"] == "error")


def test_a_stray_quote_in_the_last_cell_swallows_no_row(folder: Path) -> None:
    lines = as_csv([{"trip_id": f"t{n}"} for n in range(6)]).splitlines()
    lines[2] = lines[2].replace("none", '"none')
    summary = run(folder, "\n".join(lines) + "\n")
    assert (summary.rows, summary.ok, summary.errors) == (6, 5, 1)


def test_a_row_over_two_lines_with_too_few_cells_is_one_error_row(folder: Path) -> None:
    text = as_csv([{}]) + 't2,"flextur\nnat",2019-08-01\n' + as_csv([{"trip_id": "t3"}]).split("\n", 1)[1]
    run(folder, text)
    assert [(row["trip_id"], row["status"]) for row in read_answers(folder / "ud.csv")] == [
        ("t1", "ok"),
        ("t2", "error"),
        ("t3", "ok"),
    ]


def test_a_timestamp_of_another_zone_is_the_danish_day(folder: Path) -> None:
    from datetime import UTC

    late = pa.array([datetime(2019, 8, 2, 22, 30, tzinfo=UTC)] * 2)  # 00:30 on 3 August in Denmark
    rows = run_parquet(folder, parquet_columns() | {"booked_on": pa.array([date(2019, 8, 3)] * 2), "travel_on": late})
    assert [row["status"] for row in rows] == ["ok", "ok"]


def test_columns_in_another_order_and_columns_of_the_users_own_are_fine(folder: Path) -> None:
    names = ["note", *reversed(COLUMNS)]
    cells = {"note": "min egen"} | GOOD
    run(folder, ",".join(names) + "\n" + ",".join(cells[name] for name in names) + "\n")
    assert read_answers(folder / "ud.csv")[0]["fare_oere"] == "3700"


WHOLE_FILE = [
    ("an empty file", b"", "tom"),
    ("only blanks", b"\n \n", "tom"),
    ("a missing column", as_csv([{}]).replace("distance_m", "afstand").encode(), "kolonner mangler: distance_m"),
    (
        "a column twice",
        as_csv([{}]).replace("bytakst\n", "bytakst,adults\n").replace("none\n", "none,1\n").encode(),
        "to gange: adults",
    ),
    ("no header", as_csv([{}]).split("\n", 1)[1].encode(), "ingen af kolonnerne"),
    ("zero bytes", as_csv([{}]).encode() + b"\0\0", "nul-tegn"),
    ("Parquet under another name", b"PAR1rest", "Parquet"),
]


@pytest.mark.parametrize(("content", "words"), [pytest.param(*case[1:], id=case[0]) for case in WHOLE_FILE])
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_written(folder: Path, content: bytes, words: str) -> None:
    with pytest.raises(InputError) as refused:
        run(folder, content)
    assert words in str(refused.value)
    assert sorted(path.name for path in folder.iterdir()) == ["ture.csv"]


def test_a_header_without_rows_gives_a_header_without_rows(folder: Path) -> None:
    assert run(folder, as_csv([])).rows == 0
    assert (folder / "ud.csv").read_text() == "trip_id,status,reason,fare_oere,edition,certainty\n"


def test_an_earlier_answer_is_replaced_but_nothing_else_without_force(folder: Path) -> None:
    run(folder, as_csv([{}]))
    run(folder, as_csv([{}, {}]))
    assert len(read_answers(folder / "ud.csv")) == 2
    (folder / "ud.csv").write_text("min dagbog\n")
    with pytest.raises(InputError, match="--force"):
        run(folder, as_csv([{}]))
    assert (folder / "ud.csv").read_text() == "min dagbog\n"
    run(folder, as_csv([{}]), force=True)
    assert len(read_answers(folder / "ud.csv")) == 1


@pytest.mark.parametrize(
    ("out", "words"),
    [("ture.csv", "overskrive turene"), ("ud.xlsx", ".csv eller .parquet"), ("ingen/ud.csv", "mappen findes ikke")],
)
def test_an_answer_is_not_written_where_it_must_not(folder: Path, out: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(folder, as_csv([{}]), out, force=True)
    assert (folder / "ture.csv").read_text() == as_csv([{}])


def parquet_columns(rows: int = 2) -> dict[str, pa.Array]:
    return {
        "trip_id": pa.array(range(rows)),
        "product": pa.array(["flextur"] * rows).dictionary_encode(),
        "booked_on": pa.array([date(2019, 8, 1)] * rows),
        "travel_on": pa.array([datetime(2019, 8, 3, 9, 30)] * rows),
        "standing": pa.array([False] * rows),
        "from_municipality": pa.array(["0316"] * rows),
        "to_municipality": pa.array(["0316"] * rows),
        "distance_m": pa.array([12_500] * rows, pa.int32()),
        "from_town": pa.array([None] * rows, pa.string()),
        "to_town": pa.nulls(rows),
        "free_destination": pa.array([0] * rows),
        "channel": pa.array(["online"] * rows, pa.large_string()),
        "adults": pa.array([1.0] * rows),
        "children": pa.array([0] * rows, pa.uint8()),
        "kommunetakst": pa.array([True] * rows),
        "bytakst": pa.array(["none"] * rows),
    }


def run_parquet(folder: Path, columns: dict[str, pa.Array]) -> list[dict[str, object]]:
    pq.write_table(pa.table(columns), folder / "ture.parquet")
    quote_file(folder / "ture.parquet", folder / "ud.parquet", load_price_book())
    rows: list[dict[str, object]] = pq.read_table(folder / "ud.parquet").to_pylist()
    return rows


def test_parquet_with_typed_columns_is_read_and_written(folder: Path) -> None:
    answers = run_parquet(folder, parquet_columns())
    assert answers == [
        {
            "trip_id": str(n),
            "status": "ok",
            "reason": None,
            "fare_oere": 3700,
            "edition": "2019-07-01",
            "certainty": "known",
        }
        for n in range(2)
    ]


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("from_municipality", pa.array([316, 326]), "gemt som tal"),
        ("distance_m", pa.array([12.5, 1.25]), "ikke et helt antal"),
        ("distance_m", pa.array([None, float("nan")]), "mangler"),
        ("distance_m", pa.array([-5, 2**40]), "distance_m"),
        ("adults", pa.array([Decimal("1.5"), Decimal("2.5")]), "adults"),
        ("booked_on", pa.array([None, None], pa.date32()), "mangler"),
        ("bytakst", pa.array([None, None], pa.string()), "mangler"),
    ],
)
def test_parquet_values_that_cannot_be_so_are_error_rows(
    folder: Path, column: str, values: pa.Array, words: str
) -> None:
    for row in run_parquet(folder, parquet_columns() | {column: values}):
        assert row["status"] == "error"
        assert words in str(row["reason"])
        assert str(row["reason"]).startswith(column)


def test_a_half_written_parquet_file_is_refused(folder: Path) -> None:
    pq.write_table(pa.table(parquet_columns()), folder / "hel.parquet")
    (folder / "ture.parquet").write_bytes((folder / "hel.parquet").read_bytes()[:-40])
    with pytest.raises(InputError, match="Parquet"):
        quote_file(folder / "ture.parquet", folder / "ud.csv", load_price_book())
    assert not (folder / "ud.csv").exists()


def test_a_missing_file_is_said(folder: Path) -> None:
    with pytest.raises(InputError, match="kan ikke læses"):
        quote_file(folder / "findes-ikke.csv", folder / "ud.csv", load_price_book())


def test_two_town_labels_are_the_same_whatever_their_case_and_spaces(folder: Path) -> None:
    town = {"bytakst": "low", "kommunetakst": "0", "distance_m": "1000", "from_town": "Høng"}
    run(folder, as_csv([town | {"to_town": name} for name in ("Høng", "Ho\u0308ng", "høng", "", "Ubby", " Høng ")]))
    fares = [row["fare_oere"] for row in read_answers(folder / "ud.csv")]
    assert fares == ["4300", "3200", "4300", "3200", "3200", "4300"]


def test_a_town_is_one_town_whatever_its_case(folder: Path) -> None:
    """cases/towns.csv: invented rows whose two towns differ in case, spaces or how a letter is composed."""
    run(folder, (Path(__file__).parent / "cases" / "towns.csv").read_bytes())
    fares = {row["trip_id"]: row for row in read_answers(folder / "ud.csv")}
    towns = [fares[name] for name in ("same", "ws", "case", "nbsp", "nfd")]
    assert {(row["status"], row["fare_oere"]) for row in towns} == {("ok", fares["same"]["fare_oere"])}
