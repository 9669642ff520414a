"""Files as offices have them: other encodings, workbooks, totals and notes below; and how surely each row's price is known."""

from datetime import date
from pathlib import Path

import pytest
from trip_files import GOOD, as_csv, read_answers, run

from sim.desk.quoting import COLUMNS, quote_file
from tariffs import Offer, Trip, load_price_book, parse_package, quote


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "cp850"])
def test_a_file_of_any_encoding_is_read(folder: Path, encoding: str) -> None:
    towns = {"from_town": "Høng", "to_town": "Høng", "bytakst": "high"}
    run(folder, as_csv([towns, {"from_town": "Tølløse Østergård"}]).encode(encoding))
    assert read_answers(folder / "ud.csv")[0]["fare_oere"] == "7000"


def test_a_workbook_is_priced_and_answered_as_excels_own_csv(folder: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "ture.xlsx") as book:
        sheet = book.add_worksheet("Ture")
        sheet.write_row(0, 0, ["Ture 2019"])
        sheet.write_row(2, 0, list(COLUMNS))
        for row in (3, 4):
            sheet.write_row(row, 0, [GOOD[name] for name in COLUMNS])
        sheet.write_row(5, 0, ["I alt", *[""] * 6, "26000"])
        sheet.write_row(7, 0, ["Kilde: Trafikselskabet"])
    summary = quote_file(folder / "ture.xlsx", folder / "ud.csv", load_price_book())
    assert (summary.rows, summary.ok) == (2, 2)
    assert "Over kolonnenavnene er sprunget over: 1 række med tekst." in summary.notes
    assert "Under listen er sprunget over: række 6 og 8 (total eller note)." in summary.notes
    assert (folder / "ud.csv").read_text("utf-8").startswith("\ufefftrip_id;status")


def test_rows_of_separators_and_a_total_under_the_list_are_no_trips(folder: Path) -> None:
    width = len(COLUMNS)
    below = ",".join(["I alt", *[""] * 6, "13000", *[""] * (width - 8)])
    summary = run(
        folder, as_csv([{}]) + "," * (width - 1) + "\n" + below + "\nKilde: os selv\n" + "," * (width - 1) + "\n"
    )
    assert (summary.rows, summary.ok) == (1, 1)
    assert summary.notes == ("Under listen er sprunget over: række 4-5 (total eller note).",)


@pytest.mark.parametrize("between", [",,,,,,,,,,,,,,,", ""])
def test_rows_of_separators_alone_within_a_list_are_no_trips_and_the_others_keep_their_numbers(
    folder: Path, between: str
) -> None:
    head, trip = as_csv([{}]).splitlines()
    summary = run(
        folder, "\n".join([head, trip, between, trip.replace("t1", "t2"), between, "t3,flextur,2019-08-01"]) + "\n"
    )
    assert (summary.rows, summary.ok, summary.errors, summary.repeated_ids) == (3, 2, 1, 0)
    assert summary.first_error is not None
    assert summary.first_error[0] + summary.first_row - 1 == 6
    assert [answer["trip_id"] for answer in read_answers(folder / "ud.csv")] == ["t1", "t2", "t3"]


def test_whole_numbers_and_days_as_programs_write_them_are_read(folder: Path) -> None:
    """A data frame writes 12500.0 and 2019-08-03 00:00:00 where a column has a gap or a time."""
    plain = run(folder, as_csv([{}]))
    written = {
        "distance_m": "12500.0",
        "adults": "1.0",
        "standing": "0.0",
        "kommunetakst": "1.0",
        "travel_on": "2019-08-03 00:00:00",
    }
    other = run(folder, as_csv([written, written | {"distance_m": "12500.5"}]), force=True)
    assert (other.ok, other.errors, other.fares_oere) == (1, 1, plain.fares_oere)


def test_a_half_written_trip_at_the_end_is_still_an_error(folder: Path) -> None:
    summary = run(folder, as_csv([{}]) + "t2,flextur,2019-08-03\n")
    assert (summary.rows, summary.errors) == (2, 1)


def test_each_row_says_how_surely_its_price_is_known_as_a_single_quote_does(folder: Path) -> None:
    rows = [
        {"booked_on": day, "travel_on": day, "to_municipality": to, "distance_m": metres, "bytakst": bytakst,
         "from_town": "Holbæk", "to_town": "Holbæk", "kommunetakst": kommunetakst}
        for day in ("2020-02-03", "2024-02-05", "2027-02-01")
        for to in ("0316", "0265")
        for metres in ("3000", "13000", "23000")
        for bytakst in ("none", "low", "high")
        for kommunetakst in ("0", "1")
    ]  # fmt: skip
    run(folder, as_csv(rows))
    answers, book, seen = read_answers(folder / "ud.csv"), load_price_book(), set()
    for row, answer in zip(rows, answers, strict=True):
        day, towns = date.fromisoformat(row["travel_on"]), ("Holbæk", "Holbæk")
        elements = ["kommunetakst"] * int(row["kommunetakst"]) + [f"bytakst={row['bytakst']}"] * (
            row["bytakst"] != "none"
        )
        trip = Trip(
            "0316",
            row["to_municipality"],
            int(row["distance_m"]),
            day,
            day,
            channel="online",
            from_town=towns[0],
            to_town=towns[1],
        )
        offer = quote(trip, parse_package(", ".join(elements)), book)
        assert isinstance(offer, Offer)
        assert (answer["fare_oere"], answer["certainty"]) == (str(offer.fare_oere), offer.price_certainty.value)
        seen.add(answer["certainty"])
    assert seen == {"known", "calculated", "projected"}


def test_a_row_without_a_price_has_no_certainty_and_an_answer_of_before_is_replaced(folder: Path) -> None:
    (folder / "ud.csv").write_text("trip_id,status,reason,fare_oere,edition\nt1,ok,,3700,2019-07-01\n")
    run(folder, as_csv([{"travel_on": "2019-09-30"}]))
    assert [a["certainty"] for a in read_answers(folder / "ud.csv")] == [""]
