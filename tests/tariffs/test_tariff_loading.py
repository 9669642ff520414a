"""Parameter files are refused at load with file, key and reason; the user's editions join without overlap."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import tariffs
from tariffs import DataError, InputError, Offer, Refusal, ServicePackage, Trip, load_price_book, parse_package, quote

ROOM = Path(tariffs.__file__).parent
GRUNDTAKST = "parameters/flextur/grundtakst.toml"
SOURCE = 'source = {title = "Takstblad", page = 1, mark = "A"}'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("parameters", "municipal", "projected", "variants"):
        shutil.copytree(ROOM / folder, tmp_path / folder)
    return tmp_path


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text, f"the test's text is no longer in {file}"
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


BROKEN = [
    ("a float where money stands", GRUNDTAKST, 'value = "24"', "value = 24.5", ["float", "values[1]", "anførselstegn"]),
    ("a bare number where money stands", GRUNDTAKST, 'value = "24"', "value = 24", ["ikke tekst", "values[1]"]),
    ("a Danish comma", GRUNDTAKST, 'value = "24"', 'value = "24,50"', ["24,50", "DKK"]),
    ("a negative price", GRUNDTAKST, 'value = "24"', 'value = "-24"', ["-24", "DKK"]),
    (
        "a value without a source",
        GRUNDTAKST,
        'source = {title = "Movia: takster for flextur 2014-15", section = "flextur 24 kr.", mark = "A"}',
        "",
        ["kilde", "mangler", "values[2]"],
    ),
    (
        "a source without a mark",
        GRUNDTAKST,
        'section = "flextur 24 kr.", mark = "A"',
        'section = "flextur 24 kr."',
        ["mærke", "values[2]", "A, B, C eller J"],
    ),
    (
        "a source with an unknown mark",
        GRUNDTAKST,
        'flextur 24 kr.", mark = "A"',
        'flextur 24 kr.", mark = "X"',
        ["mærke", "'X'"],
    ),
    ("a source that says nowhere to look", GRUNDTAKST, 'section = "flextur 24 kr.", ', "", ["url, page eller section"]),
    (
        "an unknown key of a source",
        GRUNDTAKST,
        'section = "flextur 24 kr."',
        'afsnit = "x"',
        ["ukendt nøgle", "afsnit", "source"],
    ),
    ("an unknown key of a value", GRUNDTAKST, 'value = "24"', 'value = "24"\nmoms = 1', ["ukendt nøgle", "moms"]),
    (
        "an unknown key of a parameter",
        GRUNDTAKST,
        'unit = "DKK"',
        'unit = "DKK"\nvaluta = "DKK"',
        ["ukendt nøgle", "valuta"],
    ),
    ("an unknown unit", GRUNDTAKST, 'unit = "DKK"', 'unit = "EUR"', ["enhed", "EUR"]),
    ("a missing name", GRUNDTAKST, 'name_en = "Basic fare, flextur"', "", ["name_en mangler"]),
    ("dates that descend", GRUNDTAKST, "from = 2016-01-17", "from = 2013-01-17", ["stigende", "2013-01-17"]),
    ("the same date twice", GRUNDTAKST, "from = 2016-01-17", "from = 2014-01-01", ["overlapper"]),
    (
        "a value that outlasts the next one's start",
        GRUNDTAKST,
        "from = 2014-01-01",
        "from = 2014-01-01\nto = 2016-02-01",
        ["overlapper", "2016-02-01"],
    ),
    (
        "a gap between two values",
        GRUNDTAKST,
        "from = 2014-01-01",
        "from = 2014-01-01\nto = 2015-12-31",
        ["hul", "2016-01-01", "2016-01-16"],
    ),
    ("a gap at the beginning", GRUNDTAKST, "from = 2012-01-01", "from = 2012-06-01", ["hul", "2012-01-01"]),
    ("a gap at the end", GRUNDTAKST, "from = 2024-01-21", "from = 2024-01-21\nto = 2024-12-31", ["hul", "2024-12-31"]),
    ("a text where a date stands", GRUNDTAKST, "from = 2014-01-01", 'from = "2014-01-01"', ["from er ikke en dato"]),
    (
        "a value both given and repealed",
        GRUNDTAKST,
        'value = "24"',
        'value = "24"\nrepealed = true',
        ["netop én", "repealed"],
    ),
    ("a value neither given nor repealed", GRUNDTAKST, 'value = "24"', "", ["netop én"]),
    ("repealed said no to", GRUNDTAKST, 'value = "24"', "repealed = false", ["skal være true"]),
    ("no TOML at all", GRUNDTAKST, 'unit = "DKK"', "unit = DKK", ["TOML", "grundtakst.toml"]),
    (
        "a percentage over a hundred",
        "parameters/rules/online_rabat.toml",
        'value = "10"',
        'value = "110"',
        ["110", "percent"],
    ),
    ("a clock time that does not exist", "parameters/rules/koersel_til.toml", '"23:00"', '"25:00"', ["25:00", "clock"]),
    ("editions that overlap", "parameters/editions.toml", "to = 2016-01-16", "to = 2016-02-01", ["overlapper"]),
    ("a gap between editions", "parameters/editions.toml", "to = 2016-01-16", "to = 2015-12-31", ["hul", "2016-01-01"]),
    (
        "an unknown key of an edition",
        "parameters/editions.toml",
        'id = "2016-01-17"',
        'id = "2016-01-17"\nx = 1',
        ["ukendt nøgle"],
    ),
    (
        "a municipality whose name is another's",
        "municipal/flextur.toml",
        'name = "Ballerup"',
        'name = "Brøndby"',
        ["kommunekode og navn", "0151"],
    ),
    ("a choice nobody knows", "municipal/bytakst.toml", 'value = "low"', 'value = "48"', ["ugyldig value", "48"]),
    (
        "a closure that ends before it begins",
        "municipal/closures.toml",
        "to = 2022-03-07",
        "to = 2022-02-07",
        ["slutter, før den begynder", "closures[1]", "2022-02-07"],
    ),
    (
        "a closure of another municipality's name",
        "municipal/closures.toml",
        'name = "Vordingborg"',
        'name = "Næstved"',
        ["kommunekode og navn", "closures[2]"],
    ),
    (
        "a closure of an unknown product",
        "municipal/closures.toml",
        'product = "flextur"',
        'product = "bus"',
        ["ukendt produkt", "'bus'", "flextur, plustur"],
    ),
    (
        "a closure without a reason",
        "municipal/closures.toml",
        'reason_da = "Vordingborg Kommune havde ingen flextur"',
        "",
        ["reason_da mangler", "closures[2]"],
    ),
    (
        "a fare of a municipality's own in oere",
        "municipal/own_fare.toml",
        "fare_kr = 54",
        "fare_kr = 54.5",
        ["hele kroner"],
    ),
    ("own fares that descend", "municipal/own_fare.toml", "from = 2024-01-21", "from = 2023-01-21", ["stigende"]),
    (
        "a projection that somebody has said",
        "projected/2025-01-19.toml",
        'mark = "C", projected = true',
        'mark = "A", projected = true',
        ["kan ikke være fremskrevet", "mærket A", "editions[1]"],
    ),
    (
        "a growth that is no percentage",
        "projected/growth.toml",
        'percent = "2.8"',
        'percent = "to"',
        ["'to'", "procent"],
    ),
    (
        "a variant without a source",
        "variants/memo-2019/flextur/kilometertakst_fra_km_21.toml",
        "source =",
        "# source =",
        ["kilde", "mangler", "memo-2019"],
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_a_broken_file_is_refused_with_file_key_and_reason(
    root: Path, file: str, old: str, new: str, words: list[str]
) -> None:
    change(root, file, old, new)
    with pytest.raises(DataError) as refused:
        load_price_book(variant="memo-2019", root=root)
    message = str(refused.value)
    assert file.rpartition("/")[2] in message
    for word in words:
        assert word in message, message


def test_a_missing_parameter_is_named(root: Path) -> None:
    (root / GRUNDTAKST).unlink()
    with pytest.raises(DataError, match="flextur/grundtakst"):
        load_price_book(root=root)


def test_an_unknown_variant_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="memo-2019"):
        load_price_book(variant="memo-2020")


EDITION = f"""
[[editions]]
id = "2025"
from = 2025-01-19
to = 2026-01-17
name_da = "Takster 2025"
name_en = "Fares 2025"
{SOURCE}
"""


def parameter(key: str, start: str, value: str, source: str = SOURCE) -> str:
    return f'\n[[parameters."{key}".values]]\nfrom = {start}\n{value}\n{source}\n'


NEEDED = (
    ("flextur/grundtakst", "50"),
    ("flextur/kilometertakst_fra_km_11", "9"),
    ("flextur/kilometertakst_fra_km_21", "17"),
)


def whole_edition(start: str = "2025-01-19") -> str:
    return EDITION + "".join(parameter(key, start, f'value = "{value}"') for key, value in NEEDED)


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "egne.toml"
    file.write_text(text, encoding="utf-8")
    return file


def ask(file: Path, travel: date, elements: str = "", **more: object) -> Offer | Refusal:
    trip = Trip("0316", "0316", 5000, travel, travel, **more)  # type: ignore[arg-type]
    return quote(trip, parse_package(elements), load_price_book([file]))


def test_the_users_edition_prices_its_days_and_names_itself(tmp_path: Path) -> None:
    file = write(tmp_path, whole_edition())
    for day in (date(2025, 1, 19), date(2026, 1, 17)):
        answer = ask(file, day, channel="online")
        assert isinstance(answer, Offer)
        assert (answer.fare_oere, answer.edition) == (4500, "2025")
    # After it no edition of ours holds: what is projected is carried forward from the user's, 50 x 1.028 = 51.4.
    answer = ask(file, date(2026, 1, 18))
    assert isinstance(answer, Offer)
    assert (answer.fare_oere, answer.edition) == (5100, "2026-01-18")
    assert ask(file, date(2026, 1, 18), "kommunetakst").reason == "level_not_in_edition"  # type: ignore[union-attr]


def test_the_projected_years_before_the_users_edition_stay(tmp_path: Path) -> None:
    text = (
        whole_edition("2027-03-01").replace("from = 2025-01-19", "from = 2027-03-01").replace("to = 2026-01-17\n", "")
    )
    file = write(tmp_path, text)
    assert ask(file, date(2026, 7, 1)).fare_oere == 4700  # type: ignore[union-attr]
    assert ask(file, date(2027, 3, 1)).fare_oere == 5000  # type: ignore[union-attr]
    assert ask(file, date(2029, 7, 1)).fare_oere == 5000  # type: ignore[union-attr]


def test_one_known_price_takes_the_projected_ones_place_in_its_edition_alone(tmp_path: Path) -> None:
    file = write(tmp_path, parameter("flextur/kommunetakst", "2025-01-19", 'value = "32"'))
    first, second = (ask(file, day, "kommunetakst") for day in (date(2025, 3, 1), date(2026, 3, 1)))
    assert isinstance(first, Offer)
    assert isinstance(second, Offer)
    assert (first.fare_oere, first.lines[0].source.mark) == (3200, "A")
    assert (second.fare_oere, second.lines[0].source.mark) == (3100, "C")


def test_a_level_the_users_edition_leaves_out_is_refused_not_carried_over(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, whole_edition()), date(2025, 3, 1), "kommunetakst")
    assert isinstance(answer, Refusal)
    assert answer.reason == "level_not_in_edition"


def test_the_users_value_may_stand_where_ours_is_arithmetic(tmp_path: Path) -> None:
    file = write(tmp_path, parameter("plustur/plusturtakst", "2024-01-21", 'value = "25"'))
    answer = ask(file, date(2024, 2, 1), product="plustur", channel="online")
    assert isinstance(answer, Offer)
    assert answer.fare_oere == 2500
    assert answer.lines[0].source.title == "Takstblad"


def test_a_rule_may_change_in_the_users_edition(tmp_path: Path) -> None:
    file = write(tmp_path, whole_edition() + parameter("rules/online_rabat", "2025-01-19", 'value = "20"'))
    answer = ask(file, date(2025, 3, 1), channel="online")
    assert isinstance(answer, Offer)
    assert answer.fare_oere == 4000


USER_FAULTS = [
    (
        "an edition over a published one",
        whole_edition().replace("from = 2025-01-19", "from = 2025-01-01"),
        ["overlapper", "2024-01-21"],
    ),
    (
        "a value over a published one",
        parameter("flextur/bytakst_low", "2024-06-01", 'value = "62"'),
        ["overlapper en offentliggjort", "flextur/bytakst_low", "60"],
    ),
    (
        "a value outside all editions",
        parameter("flextur/grundtakst", "2029-06-01", 'value = "47"'),
        ["uden for alle udgaver", "2029-06-01"],
    ),
    ("an edition without grundtakst", EDITION, ["mangler flextur/grundtakst"]),
    (
        "a price without source",
        EDITION + parameter("flextur/grundtakst", "2025-01-19", 'value = "47"', ""),
        ["kilde", "mangler"],
    ),
    (
        "an unknown parameter",
        EDITION + parameter("flextur/grundtaxt", "2025-01-19", 'value = "47"'),
        ["ukendt parameter", "grundtaxt"],
    ),
    ("an unknown key", "takst = 1\n" + whole_edition(), ["ukendt nøgle", "takst"]),
    ("a float", EDITION + parameter("flextur/grundtakst", "2025-01-19", "value = 47.5"), ["float"]),
    ("nothing at all", "", ["hverken udgaver eller parametre"]),
]


@pytest.mark.parametrize(("text", "words"), [pytest.param(*case[1:], id=case[0]) for case in USER_FAULTS])
def test_a_faulty_file_of_the_users_is_refused_by_name_and_reason(tmp_path: Path, text: str, words: list[str]) -> None:
    file = write(tmp_path, text)
    with pytest.raises(DataError) as refused:
        load_price_book([file])
    for word in ["egne.toml", *words]:
        assert word in str(refused.value)


def test_a_missing_file_of_the_users_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="kan ikke læses"):
        load_price_book([tmp_path / "findes-ikke.toml"])


def test_every_published_value_has_a_source_and_a_mark() -> None:
    book = load_price_book()
    for parameter_ in book.parameters.values():
        for value in parameter_.values:
            assert value.source.title, parameter_.key
            assert value.source.mark in "ABCJ"
    assert [edition.id for edition in book.editions] == [
        "2012-01-01",
        "2016-01-17",
        "2017-01-16",
        "2019-07-01",
        "2023-01-15",
        "2024-01-21",
        "2025-01-19",
        "2026-01-18",
        "2027-01-17",
    ]
    assert ServicePackage().elements() == ()
