"""A price list typed from Movia's notice: read field by field, held against the year before, and used as an edition."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tariffs import (
    Certainty,
    DataError,
    Level,
    Offer,
    PriceList,
    Trip,
    draft_edition,
    load_price_book,
    parse_package,
    quote,
    read_price_list,
)
from tariffs.price_list_entry import percent_text, read_entry, side_by_side, unusual

TYPED = {
    "from": "17-01-2027",
    "source": "Movias brev af 20-11-2026",
    "grundtakst": "49",
    "kommunetakst": "32 kr.",
    "bytakst_low": "64,00",
    "bytakst_high": "80",
    "gratis_destination": "0",
    "kilometertakst_fra_km_11": "9",
    "kilometertakst_fra_km_21": "17",
    "plusturtakst": "29",
}


def typed(**changes: str) -> PriceList:
    found, wrong = read_entry(TYPED | changes, load_price_book())
    assert found is not None, wrong
    return found


def written(folder: Path, price_list: PriceList) -> Path:
    file = folder / f"{price_list.start}.toml"
    file.write_text(price_list.toml(), encoding="utf-8")
    return file


def test_a_typed_list_prices_trips_from_its_day_and_is_named_beside_the_price(tmp_path: Path) -> None:
    book = load_price_book([written(tmp_path, typed())])

    def asked(day: date) -> Offer:
        answer = quote(Trip("0316", "0316", 13_000, day, day), parse_package("kommunetakst"), book)
        assert isinstance(answer, Offer)
        return answer

    after, before = asked(date(2027, 1, 17)), asked(date(2027, 1, 16))
    assert after.fare_oere == 3200 + 3 * 900
    assert (after.price_certainty, after.edition) == (Certainty.ENTERED, "2027-01-17-egen")
    assert after.price_note() == "egen prisliste, Movias brev af 20-11-2026"
    assert after.price_note("en") == "own price list, Movias brev af 20-11-2026"
    assert str(after.lines[0].source) == "Movias brev af 20-11-2026 (priser fra 17-01-2027) [egen prisliste]"
    assert (before.fare_oere, before.price_certainty) == (3100 + 3 * 800, Certainty.PROJECTED)


def test_it_holds_until_the_fares_change_and_is_carried_forward_from_there(tmp_path: Path) -> None:
    book = load_price_book([written(tmp_path, typed())], last_year=2028, growth_percent=Fraction(10))
    own = book.edition_on(date(2028, 1, 15))
    following = book.edition_on(date(2028, 1, 16))
    assert own is not None
    assert following is not None
    assert (own.id, own.end) == ("2027-01-17-egen", date(2028, 1, 15))
    assert following.source.projected
    assert book.level(Level.GRUNDTAKST, date(2028, 7, 1)).amount == 5400  # 49 x 1.10 = 53.9


def test_asked_for_known_prices_only_a_typed_list_answers_and_a_projected_year_does_not(tmp_path: Path) -> None:
    book = load_price_book([written(tmp_path, typed())], known_only=True)
    assert book.level(Level.BYTAKST_HIGH, date(2027, 7, 1)).amount == 8000
    assert book.edition_on(date(2026, 7, 1)) is None


def test_what_is_known_of_a_later_year_stays_known_when_an_earlier_list_is_typed(tmp_path: Path) -> None:
    """Plustur's 28 kr. of 2026 is read in the press; 2027 grows from it: 28 x 1.10 = 30.8. The rest grows from the typed list."""
    earlier = written(tmp_path, typed(**{"from": "19-01-2025", "plusturtakst": "27"}))
    book = load_price_book([earlier], growth_percent=Fraction(10))
    plustur = [book.level(Level.PLUSTUR, date(year, 7, 1)) for year in (2025, 2026, 2027)]
    assert [value.amount for value in plustur] == [2700, 2800, 3100]
    assert [value.source.entered for value in plustur] == [True, False, False]
    assert [value.source.projected for value in plustur] == [False, False, True]
    assert book.level(Level.GRUNDTAKST, date(2026, 7, 1)).amount == 5400  # 49 x 1.10 = 53.9
    later = written(tmp_path, typed(**{"from": "18-01-2026", "plusturtakst": "30"}))
    book = load_price_book([earlier, later], growth_percent=Fraction(10))
    assert [book.level(Level.PLUSTUR, date(year, 7, 1)).amount for year in (2026, 2027)] == [3000, 3300]


@pytest.mark.parametrize("turned", [False, True])
def test_years_between_two_typed_lists_are_projected_from_the_first(tmp_path: Path, turned: bool) -> None:
    files = [
        written(tmp_path, typed(**{"from": "18-01-2026"})),
        written(tmp_path, typed(**{"from": "21-01-2029", "grundtakst": "55"})),
    ]
    book = load_price_book(files[::-1] if turned else files, growth_percent=Fraction(10))
    for before, after in zip(book.editions, book.editions[1:], strict=False):
        assert (after.start - before.end).days == 1
    # 49 x 1.1 = 53.9; 49 x 1.21 = 59.29
    days = [date(year, 7, 1) for year in (2025, 2026, 2027, 2028, 2029)]
    assert [book.level(Level.GRUNDTAKST, day).amount for day in days] == [4700, 4900, 5400, 5900, 5500]


def test_a_list_that_begins_in_the_middle_of_another_ends_it(tmp_path: Path) -> None:
    files = [written(tmp_path, typed()), written(tmp_path, typed(**{"from": "2027-07-01", "grundtakst": "50"}))]
    book = load_price_book(files)
    assert [e.end for e in book.editions if e.source.entered] == [date(2027, 6, 30), date(2028, 1, 15)]
    assert book.amount("flextur/grundtakst", date(2027, 6, 30)) == 4900
    assert book.amount("flextur/grundtakst", date(2027, 7, 1)) == 5000


def test_the_file_gives_the_list_back() -> None:
    price_list = typed(source='Movias "takstblad" 2027, s. 3 \\ bilag; æøå')
    assert read_price_list(tomllib.loads(price_list.toml()), "filen") == price_list


def test_each_field_says_what_is_wrong_with_it() -> None:
    told = TYPED | {"from": "31-02-2027", "source": " ", "grundtakst": "fyrre", "kommunetakst": "", "plusturtakst": "0"}
    found, wrong = read_entry(told | {"gratis_destination": "5"}, load_price_book())
    assert found is None
    assert {remark.field: remark.text for remark in wrong} == {
        "from": "'31-02-2027' er ikke en dato; skriv fx 17-01-2027",
        "source": "Skriv, hvor priserne står, fx Movias brev med dato; højst 200 tegn",
        "grundtakst": "'fyrre' er ikke en pris; skriv fx 48",
        "kommunetakst": "Skriv prisen i kroner, fx 48",
        "plusturtakst": "Prisen skal være over 0 kr.",
        "gratis_destination": "En gratis destination koster 0 kr.",
    }


@pytest.mark.parametrize("text", ["-48", "48.5", "1e2", "48,555", "٤٨", "4 8", "nan", "48;49"])
def test_what_is_no_price_is_refused(text: str) -> None:
    assert [r.field for r in read_entry(TYPED | {"grundtakst": text}, load_price_book())[1]] == ["grundtakst"]


@pytest.mark.parametrize("source", ["to\nlinjer", "x" * 201, "vendt\u202etekst", "nul\x00tegn"])
def test_a_source_of_several_lines_or_unseen_letters_is_refused_or_made_one_line(source: str) -> None:
    found, wrong = read_entry(TYPED | {"source": source}, load_price_book())
    assert [r.field for r in wrong] == ["source"] or (found is not None and found.source == "to linjer")


@pytest.mark.parametrize("day", ["", "1-1-0001", "17-01-27", "17.1.9999", "1٧-01-2027", "2027-1-17", "17-13-2027"])
def test_a_day_that_is_none_or_of_another_century_is_refused(day: str) -> None:
    assert [r.field for r in read_entry(TYPED | {"from": day}, load_price_book())[1]] == ["from"]


def test_a_published_price_list_cannot_be_typed_over() -> None:
    _, wrong = read_entry(TYPED | {"from": "21-01-2024"}, load_price_book())
    assert [r.text for r in wrong] == [
        "Priserne er kendt til og med 18-01-2025 (Takster fra 21. januar 2024); skriv en senere dag"
    ]


def test_prices_beside_the_year_before_with_the_change_in_per_cent() -> None:
    rows = {row.field: row for row in side_by_side(typed(), load_price_book())}
    grundtakst, plustur = rows["grundtakst"], rows["plusturtakst"]
    assert (grundtakst.before_oere, grundtakst.oere, grundtakst.before) == (4700, 4900, Certainty.PROJECTED)
    assert percent_text(grundtakst.percent or Fraction(0)) == "+4,3"  # 2 / 47 = 4.26 %
    assert (plustur.before_oere, plustur.before) == (2800, Certainty.KNOWN)
    assert rows["gratis_destination"].percent is None
    assert len(rows) == 8


def test_what_seldom_is_so_is_to_be_confirmed_and_what_is_usual_is_not() -> None:
    book = load_price_book()
    assert unusual(typed(), book) == ()
    told = typed(**{"from": "01-02-2027", "bytakst_high": "98", "kommunetakst": "27,50", "bytakst_low": "99"})
    assert [(remark.field, remark.text) for remark in unusual(told, book)] == [
        ("from", "Taksterne skifter ellers den tredje søndag i januar, i 2027 den 17-01-2027"),
        ("kommunetakst", "Movias priser er ellers hele kroner"),
        ("kommunetakst", "Det er -11,3 % i forhold til året før (31 kr.)"),
        ("bytakst_low", "Det er +59,7 % i forhold til året før (62 kr.)"),
        ("bytakst_high", "Det er +25,6 % i forhold til året før (78 kr.)"),
        ("bytakst_low", "Den er højere end Bytakst, højt niveau (98 kr.)"),
    ]


def test_a_file_that_is_no_typed_list_is_refused() -> None:
    projected = draft_edition(load_price_book(), Fraction(3), date(2027, 1, 17))
    with pytest.raises(DataError, match="priserne er fremskrevne"):
        read_price_list(tomllib.loads(projected), "filen")
    lacking = typed().toml().replace('parameters."plustur/plusturtakst"', 'parameters."movia/telefonopkald"')
    with pytest.raises(DataError, match="den skal have én udgave og netop flextur/grundtakst"):
        read_price_list(tomllib.loads(lacking), "filen")
    later = typed().toml().replace('from = 2027-01-17\nvalue = "49"', 'from = 2027-02-17\nvalue = "49"')
    with pytest.raises(DataError, match="flextur/grundtakst skal gælde fra 2027-01-17"):
        read_price_list(tomllib.loads(later), "filen")


def test_our_arithmetic_cannot_be_called_a_typed_list(tmp_path: Path) -> None:
    file = tmp_path / "egen.toml"
    file.write_text(typed().toml().replace('mark = "A"', 'mark = "C"'), encoding="utf-8")
    with pytest.raises(DataError, match=r"kan ikke være indtastet \(entered\)"):
        load_price_book([file])
