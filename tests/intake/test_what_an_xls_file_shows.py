"""An .xls file is asked itself what its cells show; one that cannot be asked is told of."""

import struct
from pathlib import Path

import pytest
from test_trip_list_comes_in import HOLBAEK

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.trip_list import TripList
from sim.inputs.intake.xls_marks import xls_marks
from tariffs.errors import InputError

BOOK = Path(__file__).parent / "cases" / "skjult_i_xls.xls"
"""A sheet of three trips for each trouble, written by LibreOffice."""


def trips(sheet: str, file: Path = BOOK) -> TripList:
    return read_trip_list(file, HOLBAEK, Settings(sheet=sheet))


@pytest.mark.parametrize(
    ("sheet", "words"),
    [("Fejl", "række 3, Pris: #N/A; ventet en værdi"), ("Fast fejl", "række 3, Passagerer: #DIV/0!; ventet en værdi"),
     ("Procent", "række 3, Pris: 420 %; ventet kr."), ("Indbygget procent", "række 3, Pris: 425 %; ventet kr."),
     ("Euro", "række 3, Pris: 42 €; ventet kr.")],
)  # fmt: skip
def test_a_cell_is_read_by_what_it_shows(sheet: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        trips(sheet)
    assert words in str(caught.value)
    assert "1 fejl" in str(caught.value)


@pytest.mark.parametrize(
    ("sheet", "note"),
    [("Skjult række", "Arket skjuler række 3;"), ("Skjult kolonne", "Arket skjuler kolonne F,"),
     ("Flettet", "Arket har flettede celler i række 2-4:"), ("Tusinder", "Arket viser tal i kolonne F delt med 1.000;"),
     ("Som den er", "")],
)  # fmt: skip
def test_what_a_sheet_does_not_show_is_told(sheet: str, note: str) -> None:
    listed = trips(sheet)
    said = [one for one in listed.account.notes if one.startswith(("Arket", "I en"))]
    assert len(said) == bool(note)
    assert note in " ".join(said)
    assert listed.table.num_rows == 3


def test_a_price_under_a_krone_is_a_price_where_the_file_says_how_it_is_shown() -> None:
    """Every price of the plain sheet is shown as it is stored, so none may be a share."""
    assert [float(price) for price in trips("Som den er").table["price"].to_pylist()] == [42, 42, 42]


def old(content: bytes) -> bytes:
    """The same with the version of Excel 95, whose records are others."""
    at = content.index(struct.pack("<4H", 0x0809, 16, 0x0600, 0x0005))
    return content[: at + 4] + struct.pack("<H", 0x0500) + content[at + 6 :]


def circle(content: bytes) -> bytes:
    """The same with a directory that leads back to itself."""
    (first,) = struct.unpack_from("<I", content, 48)
    (table,) = struct.unpack_from("<I", content, 76)
    at = (table + 1) * 512 + 4 * first
    return content[:at] + struct.pack("<I", first) + content[at + 4 :]


@pytest.mark.parametrize(
    "change", [old, circle, lambda content: content[:700], lambda content: content[:8], lambda content: b""]
)
def test_a_file_that_cannot_be_asked_says_nothing(change, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "ture.xls"
    file.write_bytes(change(BOOK.read_bytes()))
    assert xls_marks(file, "Fejl") is None


def test_a_file_that_cannot_be_asked_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.inputs.intake.cell_marks.xls_marks", lambda file, sheet: None)
    assert any("ses en celle med en fejl som #N/A kun som tom" in note for note in trips("Som den er").account.notes)
