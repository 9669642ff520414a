"""Lists of trips in the dress that offices have them in; the files in cases/ have one trouble each."""

from pathlib import Path

import pyarrow as pa
import pytest
from sheets import sheet_xml, write_parts
from test_trip_list_comes_in import HOLBAEK, read, refused

from sim.intake import workbook
from sim.intake.door import read_trip_list
from sim.intake.settings import Settings
from sim.intake.trip_list import TripList
from tariffs.errors import InputError

CASES = Path(__file__).parent / "cases"


def case(name: str, **said: object) -> TripList:
    return read_trip_list(CASES / name, HOLBAEK, Settings(**said))  # type: ignore[arg-type]


def case_refused(name: str, **said: object) -> str:
    with pytest.raises(InputError) as caught:
        case(name, **said)
    return str(caught.value)


@pytest.fixture(scope="module")
def base() -> pa.Table:
    return case("base.csv").table


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


def test_an_xls_file_says_that_its_errors_cannot_be_seen() -> None:
    assert any("ses en celle med en fejl som #N/A kun som tom" in note for note in case("x_base.xls").account.notes)


def test_an_ods_sheet_that_repeats_a_cell_a_million_times_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 20)
    assert "arket er for stort" in case_refused("x_base.ods")


def test_code_page_850_is_found(tmp_path: Path) -> None:
    content = "Dato;Tid;Fra;Til;Passagerer\n03-08-2019;10.40;Holbæk;Tølløse;1\n"
    listed = read(tmp_path, content.encode("cp850"))
    assert listed.account.encoding == "cp850"
    assert listed.table.equals(read(tmp_path, content).table)
    only = read(tmp_path, content.replace("Tølløse", "Svinninge").encode("cp850"))
    assert only.account.encoding == "cp850"
