"""A small Excel file cannot fill the machine's memory."""

import zipfile
from pathlib import Path

import pytest
from sheets import sheet_xml, write_parts, write_xlsx
from test_trip_list_comes_in import refused_sheet

from sim.inputs.intake import workbook as reading

ROWS = [["Dato", "Tid", "Fra", "Til", "Passagerer"], ["2019-08-03", "10:40", "Holbæk", "Tølløse", 1]]


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "bombe.xlsx"
    write_xlsx(file, {"Ture": ROWS})
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/stor.bin", b"\0" * 5_000_000)
    assert file.stat().st_size < 10_000
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 4_000_000)
    assert "over 4 MB udpakket" in refused_sheet(file, "Ture")


def test_a_file_that_lies_about_its_size_is_found_out(tmp_path: Path) -> None:
    file = tmp_path / "loegn.xlsx"
    write_xlsx(file, {"Ture": ROWS})
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as packed:
        part = packed.getinfo("xl/worksheets/sheet1.xml")
    central = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    assert int.from_bytes(content[central + 24 : central + 28], "little") == part.file_size
    content[central + 24 : central + 28] = (10).to_bytes(4, "little")
    file.write_bytes(content)
    assert "kan ikke læses som Excel-ark" in refused_sheet(file, "Ture")


def test_two_cells_far_apart_do_not_make_a_sheet_of_billions(tmp_path: Path) -> None:
    file = tmp_path / "langt.xlsx"
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    write_parts(file, {"Ture": sheet_xml(ROWS).replace("</sheetData>", far + "</sheetData>")})
    assert "celler (1.048.576 rækker, 16384 kolonner)" in refused_sheet(file, "Ture")


def test_the_choice_between_two_filled_sheets_is_the_users(tmp_path: Path) -> None:
    from sim.inputs.intake.door import read_trip_list
    from sim.inputs.intake.settings import Settings
    from tariffs.errors import InputError

    file = tmp_path / "to.xlsx"
    write_xlsx(file, {"2018": ROWS, "2019": ROWS})
    with pytest.raises(InputError, match="--sheet: 2018, 2019"):
        read_trip_list(file, "0316", Settings())
    assert read_trip_list(file, "0316", Settings(sheet="2019")).table.num_rows == 1


def test_empty_rows_at_the_end_and_columns_without_anything_are_no_trips(tmp_path: Path) -> None:
    from sim.inputs.intake.door import read_trip_list
    from sim.inputs.intake.settings import Settings

    file = tmp_path / "rest.xlsx"
    write_xlsx(file, {"Ture": [[*row, ""] for row in ROWS] + [[""] * 6] * 3})
    assert read_trip_list(file, "0316", Settings()).table.num_rows == 1
