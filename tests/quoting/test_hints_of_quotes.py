"""What every refusal of a file of trips to price says to do, done word for word: the row is then priced."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from trip_files import GOOD, as_csv, read_answers, run

from sim.desk.quoting import quote_file
from tariffs import load_price_book
from tests.intake.hints import follow, without_a_case

CELLS = [
    ({"product": "bus"}, "skriv flextur eller plustur", {"product": "flextur"}),
    ({"travel_on": "3/8-2019"}, "skriv ÅÅÅÅ-MM-DD", {"travel_on": "2019-08-03"}),
    ({"standing": "måske"}, "er ikke 0 eller 1", {"standing": "1"}),
    ({"from_municipality": "316"}, "mente du '0316'?", {"from_municipality": "0316"}),
    ({"from_municipality": "9999"}, "er ikke en dansk kommunekode", {"from_municipality": "0316"}),
    ({"from_municipality": "Holbæk"}, "er ikke en kommunekode på fire cifre", {"from_municipality": "0316"}),
    ({"distance_m": "12,5 km"}, "er ikke et helt antal meter", {"distance_m": "12500"}),
    ({"distance_m": "-5"}, "er negativ", {"distance_m": "5"}),
    ({"distance_m": "99999999"}, "er over", {"distance_m": "99999"}),
    ({"adults": "to"}, "er ikke et helt tal fra 0 og op", {"adults": "2"}),
    ({"adults": "0"}, "turen har ingen passagerer (adults og children er 0)", {"adults": "1"}),
    ({"channel": ""}, "mangler", {"channel": "phone"}),
]


@pytest.mark.parametrize(("broken", "words", "mended"), CELLS)
def test_a_row_is_priced_once_its_reason_is_followed(
    broken: dict[str, str], words: str, mended: dict[str, str], folder: Path
) -> None:
    run(folder, as_csv([broken, mended | {"trip_id": "t2"}]))
    wrong, right = read_answers(folder / "ud.csv")
    assert wrong["status"] == "error"
    assert words in wrong["reason"]
    assert right["status"] == "ok"


def test_a_code_that_is_stored_as_a_number_is_text_once_the_reason_is_followed(folder: Path) -> None:
    for code, status in ((316, "error"), ("0316", "ok")):
        table = {name: [value] for name, value in GOOD.items()} | {"from_municipality": [code]}
        pq.write_table(pa.table(table), folder / "ture.parquet")
        quote_file(folder / "ture.parquet", folder / "ud.csv", load_price_book())
        (answer,) = read_answers(folder / "ud.csv")
        assert answer["status"] == status
        assert (status == "ok") != (
            "koden er tekst på fire cifre med foranstillet nul (mente du '0316'?)" in answer["reason"]
        )


HEADS = {
    "none of the columns": ("se data/templates/trips.csv", "a,b,c\n1,2,3\n"),
    "a column missing": ("filen skal have trip_id", as_csv([{}]).replace("adults", "voksne")),
    "a column twice": ("slet den ene", as_csv([{}]).replace("\n", ",adults\n", 1).replace("none\n", "none,1\n")),
}
OUT = {
    "another kind": ("brug .csv eller .parquet", "ud.xlsx"),
    "no folder": ("opret den først", "ny/ud.csv"),
    "a folder": ("angiv en fil", "mappe.csv"),
    "the trips": ("giv --out et andet navn", "ture.csv"),
    "another's file": ("vælg et andet navn", "notat.csv"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_is_priced_once_its_columns_are_as_the_hint_says(name: str, folder: Path) -> None:
    words, broken = HEADS[name]
    follow(words, lambda: run(folder, broken), lambda: run(folder, as_csv([{}])))


@pytest.mark.parametrize("name", OUT)
def test_the_answer_is_written_where_the_hint_says(name: str, folder: Path) -> None:
    words, out = OUT[name]
    (folder / "mappe.csv").mkdir()
    (folder / "notat.csv").write_text("ikke et svar\n", encoding="utf-8")

    def elsewhere() -> None:
        if name == "no folder":
            (folder / "ny").mkdir()
        run(folder, as_csv([{}]), out if name == "no folder" else "ud.csv")

    follow(words, lambda: run(folder, as_csv([{}]), out), elsewhere)


def test_another_file_is_replaced_with_force(folder: Path) -> None:
    (folder / "notat.csv").write_text("ikke et svar\n", encoding="utf-8")
    follow(
        "eller tilføj --force for at overskrive den",
        lambda: run(folder, as_csv([{}]), "notat.csv"),
        lambda: run(folder, as_csv([{}]), "notat.csv", force=True),
    )


def test_no_hint_of_a_file_to_price_is_without_a_test() -> None:
    """The words of one trip typed by place are in test_places_by_name."""
    told = [words for words, _ in (*HEADS.values(), *OUT.values())]
    told += ["én række skal være trip_id; se data/templates/trips.csv", "eller tilføj --force for at overskrive den"]
    assert without_a_case([f"sim.desk.quoting.{name}" for name in ("columns", "reading", "writing")], told) == []
