"""An .xlsb file is asked what its cells show: python-calamine gives their values alone."""

import zipfile
from pathlib import Path

import pytest
from test_trip_list_comes_in import HOLBAEK
from xlsb_files import EURO, PERCENT, PLAIN, STRUCK, THOUSANDS, write_xlsb

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.marks import Marks
from sim.inputs.intake.number_formats import CURRENCY, SCALED, Format, MaybeShare
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.workbook import read_workbook
from sim.inputs.intake.xlsb_marks import xlsb_marks
from tariffs.errors import InputError

HEAD = [(name, PLAIN) for name in ("Dato", "Tid", "Fra", "Til", "Passagerer", "Pris")]
NOT_AVAILABLE = b"\x2a"


def trip(price: object, style: int = PLAIN, passengers: float = 1.0) -> list[tuple[object, int]]:
    cells = ("2025-03-03", "08:15", "Holbæk", "Tølløse", passengers)
    return [*((value, PLAIN) for value in cells), (price, style)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """As LibreOffice 7.4 shows the file that this writes: 42 %, 42 €, 12, 36 struck through, #N/A; row 3 and column E are hidden."""
    prices = [
        (0.42, PERCENT),
        (42.0, EURO),
        (12_000.0, THOUSANDS),
        (36.0, STRUCK),
        (NOT_AVAILABLE, PLAIN),
        (36.0, PLAIN),
    ]
    rows = [HEAD, *(trip(price, style) for price, style in prices)]
    return write_xlsb(tmp_path / "ture.xlsb", rows, hidden=[2], hidden_columns=[4], merged=[(1, 2, 0)])


def test_errors_formats_and_what_is_hidden_merged_or_struck_through_are_found(book: Path) -> None:
    assert xlsb_marks(book, "Ture") == Marks(
        errors=[(5, 5, "#N/A")],
        formats=[(1, 5, Format("percent")), (2, 5, Format(CURRENCY, "€")), (3, 5, Format(SCALED, by=1000))],
        rows=[2],
        struck={4},
        columns=[4],
        merged=[(2, 3)],
    )


@pytest.mark.parametrize(
    ("price", "style", "words"),
    [
        (0.42, PERCENT, "række 2, Pris: 42 %; ventet kr."),
        (42.0, EURO, "række 2, Pris: 42 €; ventet kr."),
        (NOT_AVAILABLE, PLAIN, "række 2, Pris: #N/A; ventet en værdi"),
    ],
)
def test_what_is_shown_otherwise_than_it_is_stored_is_refused_by_row(
    tmp_path: Path, price: object, style: int, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_trip_list(write_xlsb(tmp_path / "ture.xlsb", [HEAD, trip(price, style)]), HOLBAEK, Settings())
    assert words in str(caught.value)


def test_what_a_person_does_not_see_is_told_and_the_general_warning_is_not(tmp_path: Path) -> None:
    rows = [HEAD, trip(36.0), trip(36.0, passengers=2.0), trip(36.0, STRUCK, 3.0)]
    listed = read_trip_list(write_xlsb(tmp_path / "ture.xlsb", rows, hidden=[2]), HOLBAEK, Settings())
    assert listed.table.num_rows == 3
    assert listed.account.notes[:2] == (
        "Arket skjuler række 3; de er læst med. Slet dem i arket, hvis de ikke skal tælle med.",
        "Arket har gennemstregede celler i række 4; de er læst med. Slet dem i arket, hvis de ikke skal tælle med.",
    )
    assert not any("fejl som #N/A" in note for note in listed.account.notes)


@pytest.mark.parametrize("kept", [0, 40, -1])
def test_one_that_cannot_be_asked_is_read_with_the_general_warning(book: Path, kept: int) -> None:
    """Styles that are cut off: a number below one may be a share then."""
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/styles.bin"] = parts["xl/styles.bin"][:kept] + (b"\x7f" if kept < 0 else b"")
    broken = book.with_name("beskadiget.xlsb")
    with zipfile.ZipFile(broken, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert xlsb_marks(broken, "Ture") is None
    if kept >= 0:
        return  # python-calamine does not read it either
    sheet = read_workbook(broken, "Ture")
    assert not sheet.shows_errors
    assert isinstance(sheet.rows[1][5], MaybeShare)
