"""Cells of a workbook that show something else than is stored are refused or told, at every door."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_trip_list_comes_in import HOLBAEK

from sim.answer.budget.observed import read_observed
from sim.desk.quoting.columns import parser_of
from sim.inputs.intake.addresses import written
from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.workbook import read_workbook
from tariffs.errors import InputError
from tariffs.municipal_choices import load_municipal_choices

MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
HEAD = ["Dato", "Tid", "Fra", "Til", "Passagerer", "Pris"]


def trips(folder: Path, column: int, value: Any, shown: str = "") -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "ture.xlsx") as book:
        sheet = book.add_worksheet("Ture")
        for line, row in enumerate([HEAD, *([f"0{n}-08-2019", "10:40", "Holbæk", "Tølløse", 1, 42] for n in (1, 2))]):
            sheet.write_row(line, 0, row)
        sheet.write(1, column, value, book.add_format({"num_format": shown}))
    return folder / "ture.xlsx"


@pytest.mark.parametrize(
    ("column", "value", "shown", "words"),
    [
        (4, True, "General", "række 2, Passagerer: TRUE; ventet helt tal"),
        (5, 0.42, "0 %", "række 2, Pris: 42 %; ventet kr."),
        (5, 0.425, "0.0%", "række 2, Pris: 42.5 %; ventet kr."),
        (5, 42, "[$€-2] #,##0.00", "række 2, Pris: 42 €; ventet kr."),
    ],
)
def test_a_truth_value_a_share_and_euro_are_no_numbers_of_a_trip(
    column: int, value: Any, shown: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        read_trip_list(trips(tmp_path, column, value, shown), HOLBAEK, Settings())
    assert words in str(caught.value)


@pytest.mark.parametrize("shown", ["#,##0.00", '#,##0.00 "kr."', "[$kr.-406] #,##0", "General"])
def test_an_amount_in_kroner_is_read_however_it_is_shown(shown: str, tmp_path: Path) -> None:
    listed = read_trip_list(trips(tmp_path, 5, 36, shown), HOLBAEK, Settings())
    assert [float(price) for price in sorted(listed.table["price"].to_pylist())] == [36, 42]
    assert not [note for note in listed.account.notes if note.startswith("Arket")]


def test_numbers_that_are_shown_in_thousands_are_read_as_stored_and_told(tmp_path: Path) -> None:
    listed = read_trip_list(trips(tmp_path, 5, 1_200, "#,##0,"), HOLBAEK, Settings())
    assert max(listed.table["price"].to_pylist()) == 1_200
    assert "Arket viser tal i kolonne F delt med 1.000; de er læst, som de er gemt." in listed.account.notes


def months(folder: Path, heading: str, cost: float, shown: str) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "m.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Måned 2020", "Passagerer", heading])
        sheet.write_row(1, 0, [1, 500])
        sheet.write(1, 2, cost, book.add_format({"num_format": shown}))
    return folder / "m.xlsx"


@pytest.mark.parametrize(
    ("heading", "cost", "shown"),
    [("Udgift (1.000 kr.)", 51.234, "#,##0"), ("Udgift (1.000 kr.)", 51_234, "#,##0,"), ("Udgift", 51_234, "#,##0,")],
)
def test_kroner_that_are_only_shown_in_thousands_are_not_multiplied(
    heading: str, cost: float, shown: str, tmp_path: Path
) -> None:
    assert read_observed(months(tmp_path, heading, cost, shown)).cost_oere == (5_123_400,)


def test_a_share_is_no_cost_of_a_month(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="række 2, kolonne nettoudgift: '42 %'"):
        read_observed(months(tmp_path, "Udgift", 0.42, "0%"))


def ods(file: Path, rows: str) -> None:
    """Write a workbook of one sheet, Ture, with rows as the format writes them."""
    spaces = " ".join(
        f'xmlns:{name}="{address}"'
        for name, address in (
            ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
            ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
            ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
            ("calcext", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"),
        )
    )
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Ture">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )


def test_cells_and_rows_that_an_ods_sheet_writes_once_for_several_are_all_named(tmp_path: Path) -> None:
    """Two rows of two cells each with #N/A, and one row with a per cent: alike neighbours are written once."""

    def cell(kind: str, value: str, shown: str, more: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="{kind}" {value} {more}><text:p>{shown}</text:p></table:table-cell>'
        )

    def text(shown: str) -> str:
        return cell("string", "", shown)

    trip = text("2019-08-01") + text("10:40") + text("Holbæk") + text("Tølløse")
    error = cell("string", "", "#N/A", 'calcext:value-type="error" table:number-columns-repeated="2"')
    share = cell("float", 'office:value="1"', "1") + cell("percentage", 'office:value="0.42"', "42 %")
    body = (
        f"<table:table-row>{''.join(map(text, HEAD))}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{trip}{error}</table:table-row>'
        f"<table:table-row>{trip}{share}</table:table-row>"
    )
    ods(tmp_path / "ture.ods", body)
    with pytest.raises(InputError) as caught:
        read_trip_list(tmp_path / "ture.ods", HOLBAEK, Settings())
    for words in ("række 2-3, Passagerer: #N/A", "række 2-3, Pris: #N/A", "række 4, Pris: 42 %"):
        assert words in str(caught.value)


@pytest.mark.parametrize(("cell", "flag"), [("TRUE", 1), ("SAND", 1), ("FALSK", 0), ("1", 1)])
def test_a_truth_value_is_a_flag_where_trips_are_priced(cell: str, flag: int) -> None:
    assert parser_of("standing", load_municipal_choices(), {}, False)(cell) == flag


def test_yes_and_no_may_be_truth_values_in_a_list(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "fast.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEAD[:5], "Fast"])
        for line, standing in enumerate((True, False), 1):
            sheet.write_row(line, 0, [date(2019, 8, line).isoformat(), "10:40", "Holbæk", "Tølløse", 1, standing])
    listed = read_trip_list(tmp_path / "fast.xlsx", HOLBAEK, Settings())
    assert listed.table["standing"].to_pylist() == ["ja", "nej"]


def test_lines_and_tabs_inside_a_text_of_an_ods_sheet_do_not_join_two_words(tmp_path: Path) -> None:
    """python-calamine 0.9.1 reads the address as 'Ahlgade 14300 Holbæk', a house of the number 14300."""

    def cells(*shown: str) -> str:
        return "".join(f'<table:table-cell office:value-type="string">{one}</table:table-cell>' for one in shown)

    note = "<office:annotation><text:p>ring<text:line-break/>først</text:p></office:annotation>"
    rows = (
        "<text:p>Fra<text:tab/>sted</text:p>",
        f"{note}<text:p>Ahlgade<text:s/>1<text:line-break/><text:span>4300</text:span> Holbæk</text:p><text:p>Danmark</text:p>",
        f"{note}<text:p>Tølløse</text:p>",
    )
    ods(
        tmp_path / "ture.ods",
        "".join(f"<table:table-row>{cells('<text:p>x</text:p>', row)}</table:table-row>" for row in rows),
    )
    read = read_workbook(tmp_path / "ture.ods", None).rows
    assert [row[1] for row in read] == ["Fra\tsted", "Ahlgade 1\n4300 Holbæk\nDanmark", "Tølløse"]
    assert written(read[1][1]).names == ("Holbæk",)
    assert written(read[1][1]).house


@pytest.mark.parametrize("since_1904", [False, True])
def test_midnight_written_as_24_00_is_named_as_that(tmp_path: Path, *, since_1904: bool) -> None:
    """The cell holds 1, shown by hours and minutes; the reader gives a day of 1900, or of 1904, that nobody wrote."""
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "ture.xlsx", {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet("Ture")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["01-08-2019", "", "Holbæk", "Tølløse", 1, 42])
        sheet.write_number(1, 1, 1, book.add_format({"num_format": "hh:mm"}))
    with pytest.raises(InputError, match=r"række 2, Tid: 24:00 \("):
        read_trip_list(tmp_path / "ture.xlsx", HOLBAEK, Settings())
