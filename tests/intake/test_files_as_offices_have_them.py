"""Lists of trips in the dress that offices have them in; the files in cases/ have one trouble each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from case_files import case, case_refused
from sheets import sheet_xml, write_parts
from test_trip_list_comes_in import HOLBAEK, read, refused

from sim.inputs.intake import sheets, workbook
from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.workbook import Sheet, without_formats
from tariffs.errors import InputError


@pytest.mark.parametrize(
    "name",
    ["title_rows.csv", "x_title_rows.xlsx", "x_two_header_rows.xlsx", "tab.tsv", "x_base.ods", "x_base.xls",
     "trailing_empty_rows.csv"],
)  # fmt: skip
def test_the_same_trips_come_in_whatever_the_file(name: str, base: pa.Table) -> None:
    listed = case(name)
    assert listed.table.equals(base)
    assert listed.account.rows_read == 3


@pytest.mark.parametrize(("name", "rows"), [("title_rows.csv", "2 rækker"), ("x_two_header_rows.xlsx", "1 række")])
def test_rows_above_the_names_of_columns_are_passed_over_and_told(name: str, rows: str) -> None:
    assert f"Over kolonnenavnene er sprunget over: {rows} med tekst." in case(name).account.notes


@pytest.mark.parametrize("between", ["", ";;;;", " "])
def test_an_empty_line_within_a_list_leaves_the_other_rows_their_numbers(tmp_path: Path, between: str) -> None:
    trip = "03-08-2019;10.40;Holbæk;Tølløse;1"
    lines = ["Dato;Tid;Fra;Til;Passagerer", trip, between, trip.replace("10.40", "25.40"), between]
    assert "række 4, Tid: 25.40" in refused(tmp_path, "\n".join(lines) + "\n")
    assert read(tmp_path, "\n".join([*lines[:3], trip, between, between])).account.rows_read == 2


def test_a_fault_under_a_title_is_told_by_its_row_in_the_file(tmp_path: Path) -> None:
    title = "Flextur 2019;;;;\n;;;;\n"
    told = refused(tmp_path, title + "Dato;Tid;Fra;Til;Passagerer\n03-08-2019;25.10;Holbæk;Tølløse;1\n")
    assert "række 4, Tid: 25.10" in told


def test_names_that_the_user_maps_find_the_heading_too(tmp_path: Path) -> None:
    content = "Udtræk;;;;\nDen;Kl;A;B;Antal\n03-08-2019;10.40;Holbæk;Tølløse;1\n"
    listed = read(tmp_path, content, mapping={"dato": "Den", "fra": "A", "til": "B"})
    assert listed.table.num_rows == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [("y_error_in_price.xlsx", "række 2, pris: #N/A; ventet en værdi"),
     ("x_error_cell.xlsx", "række 3, passagerer: #N/A; ventet en værdi")],
)  # fmt: skip
def test_a_cell_with_an_error_is_named_and_never_read_as_empty(name: str, words: str) -> None:
    assert words in case_refused(name)


@pytest.mark.parametrize("shown", ["#DIV/0!", "#VÆRDI!", "#I/T"])
def test_an_error_that_a_sheet_wrote_into_a_csv_file_is_named_too(tmp_path: Path, shown: str) -> None:
    told = refused(tmp_path, f"Dato;Tid;Fra;Til;Passagerer;Kanal\n03-08-2019;10.40;{shown};Tølløse;1;app\n")
    assert f"række 2, Fra: {shown}; ventet en værdi" in told
    assert "1 fejl" in told


def test_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    rows = [["Dato", "Tid", "Fra", "Til", "Passagerer"]] + [
        ["2019-08-03", "10:40", "Holbæk", "Tølløse", n] for n in (1, 2, 3)
    ]
    write_parts(tmp_path / "skjult.xlsx", {"Ture": sheet_xml(rows).replace('<row r="3">', '<row r="3" hidden="1">')})
    listed = read_trip_list(tmp_path / "skjult.xlsx", HOLBAEK, Settings())
    assert listed.table.num_rows == 3
    assert any("Arket skjuler række 3;" in note for note in listed.account.notes)


def office_sheet(folder: Path, change: Callable[[Any, Any], None], **options: Any) -> list[str]:
    """What is said of two trips in a workbook to which something is done."""
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "ture.xlsx", options) as book:
        sheet = book.add_worksheet("Ture")
        rows = [
            ["Dato", "Tid", "Fra", "Til", "Passagerer", "Pris"],
            *([f"0{n}-08-2019", "10:40", "Holbæk", "Tølløse", n, 42] for n in (1, 2)),
        ]
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
        change(book, sheet)
    listed = read_trip_list(folder / "ture.xlsx", HOLBAEK, Settings())
    return [note for note in listed.account.notes if note.startswith(("Arket", "Filen"))]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda book, sheet: sheet.set_column("F:F", None, None, {"hidden": True}), "Arket skjuler kolonne F, som er læst"),
        (lambda book, sheet: sheet.set_column("F:F", 0), "Arket skjuler kolonne F, som er læst"),
        (lambda book, sheet: sheet.merge_range("F2:F3", 84), "Arket har flettede celler i række 2-3: kun den øverste"),
        (lambda book, sheet: sheet.write_formula("F2", "=40+2"), "der ikke selv regner formler ud (1 i arket)"),
        (lambda book, sheet: sheet.set_column("F:F", 30), ""),
    ],
)  # fmt: skip
def test_what_a_sheet_does_not_show_of_its_cells_is_told(
    tmp_path: Path, change: Callable[[Any, Any], None], told: str
) -> None:
    said = office_sheet(tmp_path, change)
    assert told in " ".join(said)
    assert bool(said) == bool(told)


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_a_formula_that_was_never_calculated_is_no_empty_cell(tmp_path: Path, value: str) -> None:
    rows = [["Dato", "Tid", "Fra", "Til", "Passagerer", "Pris"], ["2019-08-03", "10:40", "Holbæk", "Tølløse", 1, 7531]]
    xml = sheet_xml(rows)
    assert "<v>7531</v>" in xml
    write_parts(tmp_path / "f.xlsx", {"Ture": xml.replace("<v>7531</v>", f"<f>40+2</f>{value}")})
    with pytest.raises(
        InputError, match=r"række 2, Pris: #FORMEL; ventet en værdi; formlen er ikke regnet ud: åbn filen"
    ):
        read_trip_list(tmp_path / "f.xlsx", HOLBAEK, Settings())


def test_a_day_with_another_time_than_the_column_of_times_is_told(tmp_path: Path) -> None:
    head = "Dato;Tid;Fra;Til;Passagerer\n"
    listed = read(tmp_path, head + "03-08-2019 09.12;10.40;Holbæk;Tølløse;1\n2019/08/04 10:40;10.40;Holbæk;Tølløse;1\n")
    assert listed.table["time"].to_pylist() == ["10:30", "10:30"]
    assert [str(day) for day in listed.table["date"].to_pylist()] == ["2019-08-03", "2019-08-04"]
    assert "Dato har et andet klokkeslæt end Tid i 1 række; Tid er læst." in listed.account.notes


def test_a_place_is_not_asked_for_where_a_cell_fails_or_a_total_stands_within_the_list(tmp_path: Path) -> None:
    trip = "03-08-2019;10.40;Holbæk;Tølløse;1\n"
    told = refused(
        tmp_path, f"Dato;Tid;Fra;Til;Passagerer\n{trip}03-08-2019;10.40;#DIV/0!;Tølløse;1\nI alt;;;;2\n{trip}"
    )
    assert "række 3, Fra: #DIV/0!" in told
    assert "række 4, Dato: I alt" in told
    assert "Kan ikke placeres" not in told
    assert "--places" not in told


def test_the_names_of_columns_over_again_within_a_list_are_no_trip(tmp_path: Path) -> None:
    head, trip = "Dato;Tid;Fra;Til;Passagerer\n", "03-08-2019;10.40;Holbæk;Tølløse;1\n"
    listed = read(tmp_path, f"{head}{trip}{head}{trip}")
    assert listed.account.rows_read == 2
    assert "Kolonnenavnene står igen i række 3, som ikke er læst som ture." in listed.account.notes


@pytest.mark.parametrize("ending", [".xls", ".xlsb"])
def test_a_price_that_may_be_a_share_is_refused_where_the_file_hides_its_formats(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0.42 of an .xls file may be 42 %; a whole price is a price."""
    head = ["Dato", "Tid", "Fra", "Til", "Passagerer", "Pris"]

    def sheet_of(price: float) -> Sheet:
        rows = [head, ["2019-08-03", "10:40", "Holbæk", "Tølløse", 1.0, price]]
        return Sheet("Ture", without_formats(rows), (), (), (), (), 0, shows_errors=False)

    monkeypatch.setattr(sheets, "read_workbook", lambda file, sheet: sheet_of(0.42))
    file = tmp_path / f"ture{ending}"
    file.write_bytes(b"")
    with pytest.raises(InputError, match=r"her vises tallet måske som procent: gem filen som \.xlsx, eller ret cellen"):
        read_trip_list(file, "0316", Settings())
    monkeypatch.setattr(sheets, "read_workbook", lambda file, sheet: sheet_of(42.0))
    listed = read_trip_list(file, "0316", Settings())
    assert [float(price) for price in listed.table["price"].to_pylist()] == [42]
    assert any("42 t.kr. kun som 42.000" in note for note in listed.account.notes)


def test_an_ods_sheet_that_repeats_a_cell_a_million_times_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 20)
    assert "arket er for stort" in case_refused("x_base.ods")
