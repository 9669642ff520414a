"""Letters, dates, clocks, numbers and notes in lists of trips as offices write them; the files in cases/ have one trouble each."""

from pathlib import Path

import pyarrow as pa
import pytest
from case_files import case, case_refused
from sheets import sheet_xml, write_parts
from test_trip_list_comes_in import HOLBAEK, read, refused

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.encoding import to_utf8
from sim.inputs.intake.settings import Settings
from tariffs.errors import InputError


def test_code_page_850_is_found(tmp_path: Path) -> None:
    content = "Dato;Tid;Fra;Til;Passagerer\n03-08-2019;10.40;Holbæk;Tølløse;1\n"
    listed = read(tmp_path, content.encode("cp850"))
    assert listed.account.encoding == "cp850"
    assert listed.table.equals(read(tmp_path, content).table)
    only = read(tmp_path, content.replace("Tølløse", "Svinninge").encode("cp850"))
    assert only.account.encoding == "cp850"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ole’s Kro", "cp1252"),
        ("HANS’ KRO", "cp1252"),
        ("Rest. ‘Molen’", "cp1252"),
        ("HOLBÆK", "cp850"),
        ("Ærø", "cp850"),
    ],
)
def test_a_byte_that_is_a_letter_or_a_mark_is_the_most_likely_of_them(text: str, encoding: str) -> None:
    assert to_utf8(f"fra;til\n{text};x\n".encode(encoding), "x") == (f"fra;til\n{text};x\n".encode(), encoding)


@pytest.mark.parametrize(
    ("ending", "said"),
    [("csv", {}), ("csv", {"dates": "mdy"}), ("xlsx", {}), ("xlsx", {"dates": "mdy"}), ("xlsx", {"dates": "dmy"})],
)
def test_dates_that_a_sheet_has_turned_are_refused_with_the_rows_of_each_kind(
    ending: str, said: dict[str, str]
) -> None:
    """No hint leads on: told either order, the dates that were turned would be other days.

    A text file read day first has them as faults by row.
    """
    told = case_refused(f"z_us_dates_through_danish_excel.{ending}", **said)
    assert "kolonnen 'dato' har datoer i to skrivemåder" in told
    assert "række 2 og 4" in told
    assert "række 3 og 5 (som '08/25/2019')" in told
    assert "--dates" not in told


def test_dates_with_hyphens_or_dots_are_never_month_first(tmp_path: Path) -> None:
    content = "Dato;Tid;Fra;Til;Passagerer\n03-04-2019;10.40;Holbæk;Tølløse;1\n05.06.2019;10.40;Holbæk;Tølløse;1\n"
    listed = read(tmp_path, content, dates="mdy")
    assert [str(day) for day in listed.table["date"].to_pylist()] == ["2019-04-03", "2019-06-05"]


def test_texts_that_an_american_sheet_could_not_turn_betray_the_dates_it_did(tmp_path: Path) -> None:
    content = "Dato;Tid;Fra;Til;Passagerer\n2019-08-03;10.40;Holbæk;Tølløse;1\n25-08-2019;10.40;Holbæk;Tølløse;1\n"
    assert "to skrivemåder" in refused(tmp_path, content)
    # Beside a text that it would have turned there is nothing to suspect.
    assert read(tmp_path, content + "03-09-2019;10.40;Holbæk;Tølløse;1\n").table.num_rows == 3


def test_the_last_trip_starts_at_23(tmp_path: Path) -> None:
    assert case("time_2300.csv").table["time"].to_pylist() == ["22:30", "22:30"]
    content = "Dato;Tid;Fra;Til;Passagerer\n03-08-2019;23.01;Holbæk;Tølløse;1\n"
    assert "række 2, Tid: 23.01; ventet en tid fra 06:00 til 23:00" in refused(tmp_path, content)


@pytest.mark.parametrize("name", ["mixed_style.csv", "y_text_coords.xlsx"])
def test_coordinates_and_prices_may_be_written_in_different_styles(name: str, base: pa.Table) -> None:
    listed = case(name)
    assert listed.table.equals(base.slice(0, 1))
    assert "Koordinaterne er læst med punktum før decimalerne, de andre tal ikke." in listed.account.notes


@pytest.mark.parametrize(
    ("written", "prices"),
    [(["42,00 kr.", 84.5, 42], ["42.00", "84.50", "42.00"]),
     (["42.00", 84.5, "1,234.50"], ["42.00", "84.50", "1234.50"]),
     (["1.234,00 kr.", 84.125, "37 kr."], ["1234.00", "84.12", "37.00"])],
)  # fmt: skip
def test_a_number_cell_says_nothing_of_how_the_texts_beside_it_are_written(
    tmp_path: Path, written: list[object], prices: list[str]
) -> None:
    """A sheet shows 84.5 as 84,5 in Danish, whatever the cells beside it hold as text."""
    rows = [["Dato", "Tid", "Fra", "Til", "Passagerer", "Pris"]]
    rows += [["2019-08-03", "10:40", "Holbæk", "Tølløse", n, price] for n, price in enumerate(written, 1)]  # type: ignore[list-item]
    write_parts(tmp_path / "pris.xlsx", {"Ture": sheet_xml(rows)})
    table = read_trip_list(tmp_path / "pris.xlsx", HOLBAEK, Settings()).table.sort_by("passengers")
    assert list(map(str, table["price"].to_pylist())) == prices


def test_a_text_that_can_be_read_in_two_ways_is_not_settled_by_a_number_cell(tmp_path: Path) -> None:
    rows = [["Dato", "Tid", "Fra", "Til", "Passagerer", "Pris"]]
    rows += [["2019-08-03", "10:40", "Holbæk", "Tølløse", 1, price] for price in ("1.234 kr.", 84.5)]  # type: ignore[list-item]
    write_parts(tmp_path / "pris.xlsx", {"Ture": sheet_xml(rows)})
    with pytest.raises(InputError, match=r"tallet '1\.234' i kolonnen 'Pris' kan læses på to måder"):
        read_trip_list(tmp_path / "pris.xlsx", HOLBAEK, Settings())


@pytest.mark.parametrize(("name", "prices"), [("price_kr.csv", ["42.00", "32.00"]), ("price_nbsp.csv", ["1234.00"])])
def test_a_price_may_have_its_unit_and_spaces(name: str, prices: list[str]) -> None:
    assert list(map(str, case(name).table["price"].to_pylist())) == prices


@pytest.mark.parametrize("mark", [" ", "'", "’", "\u00a0", "\u202f"])
def test_thousands_may_stand_apart_in_prices_and_in_metres(tmp_path: Path, mark: str) -> None:
    head = "Dato;Tid;Fra x;Fra y;Til;Passagerer;Pris\n"
    plain = read(tmp_path, head + "03-08-2019;10.40;670580;6177890;Tølløse;1;1234,50\n")
    apart = read(tmp_path, head + f"03-AUG-2019;10.40;670{mark}580;6{mark}177{mark}890;Tølløse;1;1{mark}234,50 kr.\n")
    assert apart.table.equals(plain.table)


def test_yes_under_a_name_of_cancelled_leaves_the_trip_out(tmp_path: Path) -> None:
    head, trip = "Dato;Tid;Fra;Til;Passagerer;Afbestilt?\n", "03-08-2019;10.40;Holbæk;Tølløse;"
    listed = read(tmp_path, f"{head}{trip}1;Nej\n{trip}2;Ja\n", mapping={"status": "Afbestilt?"})
    assert listed.table["passengers"].to_pylist() == [1]
    assert listed.table["status"].to_pylist() == [None], "a trip in vain is not told from one that was made"
    assert (
        "Afbestilt?: ja er læst som aflyst, nej som udført; forgæves ture ses ikke og kommer oveni."
        in listed.account.notes
    )
    said = read(tmp_path, f"{head}{trip}1;udført\n{trip}2;aflyst\n{trip}3;forgæves\n", mapping={"status": "Afbestilt?"})
    assert sorted(said.table["status"].to_pylist()) == ["forgæves", "udført"]


def test_a_program_that_writes_whole_numbers_with_decimals_is_understood(tmp_path: Path) -> None:
    content = "Dato;Tid;Fra;Til;Passagerer;Pris\n03-08-2019;10.40;Holbæk;Tølløse;2.0;36,50\n"
    assert read(tmp_path, content).table["passengers"].to_pylist() == [2]


@pytest.mark.parametrize("name", ["utm32.csv", "utm32_as_lat.csv"])
def test_metres_in_utm_32_are_read_and_said_to_be(name: str, tmp_path: Path) -> None:
    """670580, 6177890 is 55.7167, 11.7156, and 674000, 6166800 is 55.6159, 11.7630 (pyproj 3.7)."""
    listed = case(name)
    degrees = "dato;tid;fra_lat;fra_lon;til_lat;til_lon;passagerer\n03-08-2019;10:30;{};1\n"
    meant = read(tmp_path, degrees.format("55,71669;11,71561;55,61594;11,76296"))
    assert listed.table["from_zone"].equals(meant.table["from_zone"])
    # The end lies on the line between two zones; either is within 300 m.
    assert listed.table["to_lat"][0].as_py() == pytest.approx(55.61594, abs=0.0027)
    assert listed.table["to_lon"][0].as_py() == pytest.approx(11.76296, abs=0.0048)
    assert sum("1 række er læst som UTM 32 i meter (EPSG:25832)" in note for note in listed.account.notes) == 2


def test_metres_of_another_system_are_refused_with_what_can_be_read(tmp_path: Path) -> None:
    content = "Dato;Tid;Fra x;Fra y;Til;Passagerer\n03-08-2019;10.40;300580;6177890;Tølløse;1\n"
    told = refused(tmp_path, content)
    assert "ventet grader (WGS84), som 55,7167 og 11,7167, eller meter i UTM 32" in told


@pytest.mark.parametrize(("x", "y"), [("670.580", "6.177.890"), ("670,580", "6177890")])
def test_metres_with_a_sign_between_thousands_are_refused_with_why_and_what_to_do(
    x: str, y: str, tmp_path: Path
) -> None:
    """Without the signs the same cells are metres; 670.580 alone is as well a number with three decimals."""
    content = "Dato;Tid;Fra x;Fra y;Til;Passagerer\n03-08-2019;10.40;{};{};Tølløse;1\n"
    told = refused(tmp_path, content.format(x, y))
    assert "ventet meter i UTM 32 uden tegn mellem tusinder, som 670580 og 6175030" in told
    assert "grader" not in told
    assert x not in told
    assert read(tmp_path, content.format("670580", "6177890")).table.num_rows == 1


def test_rows_that_are_wholly_alike_are_told() -> None:
    listed = case("exact_dup_rows.csv")
    assert listed.table.num_rows == 3
    assert any(
        note.startswith("2 rækker er helt som en tidligere og er talt med (række 3-4)") for note in listed.account.notes
    )
    assert not any("helt som" in note for note in case("base.csv").account.notes)


def test_times_with_a_zone_are_read_as_danish_time(tmp_path: Path) -> None:
    """15:00 UTC is 16:00 in winter and 17:00 in summer time."""
    listed = case("zone_stamps.csv")
    assert listed.table["time"].to_pylist() == ["16:00"] * 3 + ["17:00"] * 7 + ["16:00"] * 2
    assert (
        "dato: tidspunkter med Z eller forskel til UTC er omregnet til dansk tid i 12 rækker." in listed.account.notes
    )
    content = "Dato;Fra;Til;Passagerer\n2019-07-31T12:30:00+01:00;Holbæk;Tølløse;1\n"
    assert read(tmp_path, content).table["time"].to_pylist() == ["13:30"]
    assert "kolonnen tid mangler" not in refused(
        tmp_path, "Dato;Fra;Til;Passagerer\n2019-13-01T15:00Z;Holbæk;Tølløse;1\n"
    )


def test_a_clock_stored_with_few_decimals_is_the_minute_it_means(tmp_path: Path) -> None:
    rows = [["Dato", "Tid", "Fra", "Til", "Passagerer"], ["2019-08-03", "KL", "Holbæk", "Tølløse", 1]]
    for stored, half_hour in (("0.3333333", "08:00"), ("0.3333", "08:00"), ("0.437465277777778", "10:00")):
        cell = '<c r="B2" t="inlineStr"><is><t>KL</t></is></c>'
        xml = sheet_xml(rows)
        assert cell in xml
        write_parts(tmp_path / "kl.xlsx", {"Ture": xml.replace(cell, f'<c r="B2" s="2"><v>{stored}</v></c>')})
        assert read_trip_list(tmp_path / "kl.xlsx", HOLBAEK, Settings()).table["time"].to_pylist() == [half_hour]


LISTED = "Dato;Tid;Fra;Til;Passagerer;Pris\n03-08-2019;10.40;Holbæk;Tølløse;2;72,00\n"


def test_a_total_and_notes_under_the_list_are_passed_over_and_named(tmp_path: Path) -> None:
    below = ";;;;;\nI alt;;;;2;72,00\n;;;;;\nKilde: Trafikselskabet\nUdtræk af ture i 2019\n;;;;;\n"
    listed = read(tmp_path, LISTED + below)
    assert listed.table.equals(read(tmp_path, LISTED).table)
    assert listed.account.rows_read == 1
    assert "Under listen er sprunget over: række 4 og 6-7 (total eller note)." in listed.account.notes


@pytest.mark.parametrize("last", ["04-08-2019;;;;;\n", ";11.15;;;;\n", "04-08-2019;11.15;Holb\n"])
def test_a_trip_at_the_end_that_lacks_its_cells_is_no_note(tmp_path: Path, last: str) -> None:
    assert "række 3" in refused(tmp_path, LISTED + last)


def test_a_total_between_trips_is_a_fault(tmp_path: Path) -> None:
    told = refused(tmp_path, LISTED + "I alt;;;;2;72,00\n04-08-2019;11.15;Holbæk;Tølløse;1;36,00\n")
    assert "række 3, Dato: I alt; ventet rejsedag" in told


BOOKED = "Dato;Tid;Bestilt;Fra;Til;Passagerer\n"


def test_a_booking_in_the_hour_that_the_clock_skips_is_refused(tmp_path: Path) -> None:
    told = refused(tmp_path, BOOKED + "01-04-2019;10.40;31-03-2019 02:30;Holbæk;Tølløse;1\n")
    assert "række 2, Bestilt: 31-03-2019 02:30; ventet et klokkeslæt, der findes: kl. 2-3 springes over" in told
    assert read(tmp_path, BOOKED + "01-04-2019;10.40;31-03-2019 03:00;Holbæk;Tølløse;1\n").table.num_rows == 1


def test_a_booking_in_the_hour_that_comes_twice_is_told(tmp_path: Path) -> None:
    listed = read(tmp_path, BOOKED + "28-10-2019;10.40;27-10-2019 02:30;Holbæk;Tølløse;1\n")
    assert any(
        "Bestilt: 1 række har et klokkeslæt kl. 2-3 den nat, uret stilles tilbage" in note
        for note in listed.account.notes
    )
