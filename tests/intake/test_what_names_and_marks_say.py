"""What a column's name says of its numbers, cells that are struck through, hours as numbers, and days without hyphens."""

from pathlib import Path
from typing import Any

import pytest
from case_files import case
from test_trip_list_comes_in import HOLBAEK, read, refused

from sim.answer.budget.observed import read_observed
from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings
from tariffs.errors import InputError

HEAD = ("Dato", "Tid", "Fra", "Til", "Passagerer")
TRIP = ("2025-03-03", "08:15", "Holbæk", "Tølløse", "1")


def csv(*more: tuple[str, str], **changed: str) -> str:
    """One trip as CSV, with further columns or other cells."""
    cells = dict(zip(HEAD, TRIP, strict=True)) | changed | dict(more)
    return ";".join(cells) + "\n" + ";".join(cells.values()) + "\n"


def sheet(folder: Path, *times: Any) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "ture.xlsx") as book:
        page = book.add_worksheet("Ture")
        page.write_row(0, 0, HEAD)
        for line, time in enumerate(times, start=1):
            page.write_row(line, 0, ["2025-03-03", time, "Holbæk", "Tølløse", 1])
    return folder / "ture.xlsx"


@pytest.mark.parametrize("name", ["Pris (øre)", "Pris i t.kr.", "Beløb mio. kr.", "Pris EUR", "Pris €"])
def test_a_price_that_is_not_in_kroner_by_its_name_is_refused_and_never_proposed(name: str, tmp_path: Path) -> None:
    """3600 øre would be 3,600 kroner. What the refusal says to do leads to no other number either."""
    listed = csv((name, "36"))
    assert f"'{name}' er ifølge sit navn ikke i kroner" in refused(tmp_path, listed, mapping={"pris": name})
    assert f"--map pris='{name}'" not in refused(tmp_path, listed)
    assert read(tmp_path, csv(("Pris", "36")), mapping={}).table.num_rows == 1


@pytest.mark.parametrize("name", ["Egenbetaling (kr.)", "Pris kr", "Betalt kr.", "Pris med øreafrunding"])
def test_a_price_in_kroner_is_read(name: str, tmp_path: Path) -> None:
    assert str(read(tmp_path, csv((name, "36")), mapping={"pris": name}).table["price"][0]) == "36.00"


def test_adults_alone_are_no_passengers(tmp_path: Path) -> None:
    listed = csv(("Børn", "1")).replace("Passagerer", "Antal voksne")
    told = refused(tmp_path, listed, mapping={"passagerer": "Antal voksne"})
    assert "'Antal voksne' tæller ifølge sit navn kun voksne" in told
    assert "læg voksne og børn sammen i en kolonne, der hedder passagerer" in told
    both = csv(("Børn", "1")).replace("Passagerer", "Voksne og børn")
    assert read(tmp_path, both, mapping={"passagerer": "Voksne og børn"}).table.num_rows == 1


def test_a_field_that_the_file_has_is_not_proposed_for_another_column(tmp_path: Path) -> None:
    """The time of the way back in place of the time of the trip would be another list."""
    told = refused(tmp_path, csv(("Returtid", "15:00")))
    assert "--map tid" not in told
    assert "--ignore 'Returtid'" in told


def test_hours_that_are_stored_as_numbers_with_decimals_are_refused(tmp_path: Path) -> None:
    """8.25 is a quarter past eight, or 08:25; as a text, a Dane means 08:25."""
    path = sheet(tmp_path, 8.25, "09:00")
    with pytest.raises(InputError, match=r"række 2, Tid: 8.25; ventet et klokkeslæt som 10:30"):
        read_trip_list(path, HOLBAEK, Settings())
    assert read_trip_list(sheet(tmp_path, "8.25", 915), HOLBAEK, Settings()).table.num_rows == 2


def test_days_without_hyphens_are_days(tmp_path: Path) -> None:
    assert str(read(tmp_path, csv(Dato="20250314")).table["date"][0]) == "2025-03-14"
    assert "Dato: 20251403" in refused(tmp_path, csv(Dato="20251403"))


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_struck_through_rows_are_read_and_named(ending: str) -> None:
    """Row 3 of three trips is struck through, as people do with a trip that is cancelled."""
    listed = case(f"gennemstreget.{ending}")
    assert listed.table.num_rows == 3
    assert listed.account.notes[0].startswith("Arket har gennemstregede celler i række 3; de er læst med. Slet dem")


def test_months_struck_through_are_named(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "m.xlsx") as book:
        page, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        page.write_row(0, 0, ["måned", "passagerer"])
        page.write_row(1, 0, ["2025-01", 10])
        page.write_row(2, 0, ["2025-02", 20], struck)
    read_months = read_observed(tmp_path / "m.xlsx")
    assert any("gennemstregede celler i række 3" in note for note in read_months.notes)


def test_a_row_is_the_same_with_spaces_round_its_cells(tmp_path: Path) -> None:
    listed = csv() + ";".join(TRIP).replace("Holbæk", "Holbæk ") + "\n"
    assert any("1 række er helt som en tidligere" in note for note in read(tmp_path, listed).account.notes)


def test_a_column_of_cancelled_trips_is_proposed_as_status_never_as_a_standing_trip(tmp_path: Path) -> None:
    """Yes to "Aflyst" as a standing trip would count the trip; with the status it is left out. Not read, that is told."""
    listed = (
        csv(("Aflyst", "ja"))
        + ";".join((*TRIP[:1], "09:15", *TRIP[2:], "nej"))
        + "\n"
        + ";".join((*TRIP, "nej"))
        + "\n"
    )
    told = refused(tmp_path, listed)
    assert "--map status='Aflyst'" in told
    assert "--map fast" not in told
    assert read(tmp_path, listed, mapping={"status": "Aflyst"}).account.left_out == {"aflyst": 1}
    unread = read(tmp_path, listed, ignored=("Aflyst",)).account
    assert unread.rows_kept == 3
    assert "Kolonnen 'Aflyst' er ikke læst: ture, der er aflyst efter den, er talt med som kørte." in unread.notes
    assert "--map status='Aflyst dato'" in refused(tmp_path, csv(("Aflyst dato", "2025-03-01")))


@pytest.mark.parametrize("day", ["2025-03-03T00:00:00", "2025-03-03 00:00:00.000"])
def test_midnight_in_the_cell_of_a_day_is_no_other_time(tmp_path: Path, day: str) -> None:
    assert not any("andet klokkeslæt" in note for note in read(tmp_path, csv(Dato=day)).account.notes)
    noon = read(tmp_path, csv(Dato=day.replace("00:00:00", "12:00:00"))).account.notes
    assert any("andet klokkeslæt" in note for note in noon)


def test_two_times_are_not_one_with_a_zone(tmp_path: Path) -> None:
    assert "Tid: 08:15-08:45; ventet ønsket tid" in refused(tmp_path, csv(Tid="08:15-08:45"))
    assert "dansk tid uden zone" in refused(tmp_path, csv(Tid="08:15+01:00"))
