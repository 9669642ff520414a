"""Every fault of a list by row, column, value and expectation; and what is personal is refused without being shown."""

from pathlib import Path

import pytest
from test_trip_list_comes_in import GOOD, read, refused

from sim.inputs.intake.fields import ColumnsError

HEADER, FIRST = GOOD.splitlines()


def with_row(row: str, header: str = HEADER) -> str:
    return f"{header}\n{FIRST}\n{row}\n" if header == HEADER else f"{header}\n{row}\n"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2019-02-30;10:40;Holbæk;Tølløse;1", "række 3, Dato: 2019-02-30; ventet rejsedag"),
        (";10:40;Holbæk;Tølløse;1", "række 3, Dato: (tom); ventet rejsedag"),
        ("03-13-2019;10:40;Holbæk;Tølløse;1", "række 3, Dato: 03-13-2019"),
        ("2019-08-03;25:10;Holbæk;Tølløse;1", "række 3, Tid: 25:10; ventet ønsket tid"),
        ("2019-08-03;05:59;Holbæk;Tølløse;1", "række 3, Tid: 05:59; ventet en tid fra 06:00 til 23:00"),
        ("2019-08-03;23:01;Holbæk;Tølløse;1", "fra 06:00 til 23:00"),
        ("2019-08-03;10:40;Holbæk;Tølløse;0", "række 3, Passagerer: 0; ventet helt tal, 1-8"),
        ("2019-08-03;10:40;Holbæk;Tølløse;9", "række 3, Passagerer: 9"),
        ("2019-08-03;10:40;Holbæk;Tølløse;1,5", "række 3, Passagerer: 1,5"),
        ("2019-08-03;10:40;Holbæk;Tølløse;to", "række 3, Passagerer: to"),
        ("2019-08-03;10:40;Holbæk;Tølløse", "rækken har 4 felter, ikke 5"),
    ],
)
def test_a_bad_cell_is_said_by_row_column_value_and_what_was_expected(tmp_path: Path, row: str, words: str) -> None:
    told = refused(tmp_path, with_row(row))
    assert "1 fejl i turlisten; intet er indlæst" in told
    assert words in told


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("Heraf børn", "2", "højst så mange børn som passagerer"),
        ("Heraf børn", "", "ventet helt tal fra 0"),
        ("Bestilt", "2019-08-04", "ventet et tidspunkt før turen"),
        ("Bestilt", "2019-08-03 11:00", "ventet et tidspunkt før turen"),
        ("Bestilt", "i går", "Bestilt: i går; ventet bestilt den"),
        ("Kanal", "brev", "Kanal: brev; ventet telefon eller online"),
        ("Fast tur", "måske", "Fast tur: måske; ventet ja eller nej"),
        ("Status", "ukendt", "Status: ukendt; ventet udført, forgæves eller aflyst"),
        ("Status", "", "ventet udført, forgæves eller aflyst"),
        ("Pris", "24 euro", "Pris: (vises ikke); ventet kr., 36,00"),
        ("Pris", "-3", "Pris: -3"),
        ("Produkt", "flexbus", "Produkt: flexbus; ventet flextur eller plustur"),
    ],
)
def test_an_optional_column_is_judged_as_strictly(tmp_path: Path, column: str, cell: str, words: str) -> None:
    good = {"Heraf børn": "0", "Bestilt": "2019-08-01", "Kanal": "app", "Fast tur": "nej", "Status": "udført",
            "Pris": "24,00", "Produkt": "flextur"}[column]  # fmt: skip
    rows = f"{FIRST};{good}\n2019-08-03;10:40;Holbæk;Tølløse;1;{cell}"
    assert words in refused(tmp_path, f"{HEADER};{column}\n{rows}\n")


def test_empty_cells_are_allowed_where_nothing_need_be_known(tmp_path: Path) -> None:
    header = "Dato;Tid;Fra;Til;Passagerer;Kanal;Bestilt;Pris"
    listed = read(
        tmp_path, f"{header}\n2019-08-03;10:40;Holbæk;Tølløse;1;;;\n2019-08-03;10:40;Holbæk;Tølløse;1;app;;24,50\n"
    )
    assert sorted(map(str, listed.table["channel"].to_pylist())) == ["None", "online"]
    assert listed.table["booked_at"].null_count == 2


@pytest.mark.parametrize(
    ("lat", "words"), [("11,7", "et punkt på land"), ("91", "ventet grader"), ("57,05", "et punkt på land")]
)
def test_a_point_that_cannot_be_is_said_without_being_shown(tmp_path: Path, lat: str, words: str) -> None:
    header = "Dato;Tid;Fra lat;Fra lon;Til;Passagerer"
    told = refused(tmp_path, f"{header}\n2019-08-03;10:40;{lat};11,7123;Tølløse;1\n")
    assert words in told
    assert "11,7123" not in told
    assert f": {lat};" not in told


def test_faults_of_one_kind_are_one_line_and_all_are_counted(tmp_path: Path) -> None:
    told = refused(tmp_path, HEADER + "\n" + "2019-08-03;10:40;Holbæk;Tølløse;x\n" * 1234)
    assert "1.234 fejl" in told
    assert "  række 2-1235, Passagerer: x; ventet helt tal, 1-8" in told
    row, good = "2019-08-03;10:40;Holbæk;Tølløse;{}", "2019-08-03;10:40;Holbæk;Tølløse;1"
    apart = [f"{row.format(cell)}\n{good}\n" for cell in "xyxxxxxx"]
    assert "  række 2 og 4, Passagerer: x m.fl.; ventet" in refused(tmp_path, HEADER + "\n" + "".join(apart[:2]))
    assert "  række 2, 4, 6, 8, 10, 12 og 2 steder mere, Passagerer: x m.fl." in refused(
        tmp_path, HEADER + "\n" + "".join(apart)
    )


def test_a_refusal_is_ten_lines_at_most(tmp_path: Path) -> None:
    header = "Dato;Tid;Fra;Til;Passagerer;Heraf børn;Kanal;Fast tur;Status;Pris;Produkt;Bestilt"
    told = refused(
        tmp_path, f"{header}\nx;x;Atlantis;Netto;x;x;x;måske;x;x;x;x\n{FIRST};0;app;nej;udført;24;flextur;\n"
    )
    assert len(told.splitlines()) == 10
    assert "10 fejl og 1 tur med steder, der ikke kendes," in told
    assert "  … og 5 andre slags fejl" in told
    assert "»Atlantis« (1), »Netto« (1)" in told


AMBIGUOUS = f"{HEADER};Pris\n2019-08-03;10:40;Holbæk;Tølløse;1;1.234\n"


def test_a_number_that_could_be_either_is_asked_about_and_the_answer_believed(tmp_path: Path) -> None:
    told = refused(tmp_path, AMBIGUOUS)
    assert "tallet '1.234' i kolonnen 'Pris' kan læses på to måder" in told
    assert "--numbers da" in told
    assert float(read(tmp_path, AMBIGUOUS, numbers="da").table["price"][0].as_py()) == 1234
    assert float(read(tmp_path, AMBIGUOUS, numbers="en").table["price"][0].as_py()) == 1.23


def test_another_cell_decides_how_the_doubtful_number_is_read(tmp_path: Path) -> None:
    listed = read(tmp_path, AMBIGUOUS + "2019-08-03;10:40;Holbæk;Tølløse;1;36,50\n")
    assert sorted(float(price) for price in listed.table["price"].to_pylist()) == [36.5, 1234]
    mixed = AMBIGUOUS + "2019-08-03;10:40;Holbæk;Tølløse;1;36,50\n2019-08-03;10:40;Holbæk;Tølløse;1;36.50\n"
    assert "blander danske og engelske tal" in refused(tmp_path, mixed)


def test_american_dates_are_known_by_a_thirteenth_month_and_asked_about_without(tmp_path: Path) -> None:
    rows = "03/04/2019;10:40;Holbæk;Tølløse;1\n"
    assert "--dates dmy" in refused(tmp_path, f"{HEADER}\n{rows}")
    told = read(tmp_path, f"{HEADER}\n{rows}12/31/2019;10:40;Holbæk;Tølløse;1\n")
    assert [day.isoformat() for day in told.table["date"].to_pylist()] == ["2019-03-04", "2019-12-31"]
    assert "Dato: datoerne er læst med måneden først." in told.account.notes
    assert read(tmp_path, f"{HEADER}\n{rows}", dates="dmy").table["date"][0].as_py().isoformat() == "2019-04-03"


def test_a_missing_column_is_said_with_the_one_it_may_be(tmp_path: Path) -> None:
    told = refused(tmp_path, "Dato;Tid;Fra;Til;Passagertal\n2019-08-03;10:40;Holbæk;Tølløse;1\n")
    assert "kolonner mangler: passagerer" in told
    assert "--map passagerer='Passagertal'" in told
    content = "Dato;Tid;Fra;Til;Passagertal\n2019-08-03;10:40;Holbæk;Tølløse;3\n"
    assert read(tmp_path, content, mapping={"passagerer": "Passagertal"}).table["passengers"].to_pylist() == [3]


def test_a_field_claimed_by_two_columns_is_the_users_choice(tmp_path: Path) -> None:
    content = "Dato;Rejsedato;Tid;Fra;Til;Passagerer\n2019-08-01;2019-08-03;10:40;Holbæk;Tølløse;1\n"
    assert "to kolonner kan være dato: 'Dato' og 'Rejsedato'" in refused(tmp_path, content)
    listed = read(tmp_path, content, mapping={"date": "Rejsedato"}, ignored=("Dato",))
    assert listed.table["date"][0].as_py().isoformat() == "2019-08-03"


@pytest.mark.parametrize(
    ("column", "kind"),
    [("Kundens navn", "navn"), ("Telefon", "telefonnummer"), ("E-mail", "e-mail"), ("CPR", "CPR-nummer"),
     ("Bemærkning", "fritekst"), ("Vognnr", "")],
)  # fmt: skip
def test_an_unknown_column_is_refused_by_name_and_left_out_only_by_name(tmp_path: Path, column: str, kind: str) -> None:
    content = f"{HEADER};{column}\n{FIRST};hemmeligt\n"
    told = refused(tmp_path, content)
    assert f"ukendte kolonner: '{column}'" in told
    assert kind in told
    assert "hemmeligt" not in told
    listed = read(tmp_path, content, ignored=(column,))
    assert listed.account.columns_ignored == (column,)
    assert column not in listed.table.column_names


def test_a_personal_column_cannot_be_mapped_to_anything(tmp_path: Path) -> None:
    content = "Dato;Tid;Kundens navn;Til;Passagerer\n2019-08-03;10:40;Holbæk;Tølløse;1\n"
    assert "ligner personoplysninger (navn)" in refused(tmp_path, content, mapping={"fra": "Kundens navn"})


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("010150-1234", "et CPR-nummer"), ("0101501234", "et CPR-nummer"), ("Holbæk 311299 1234", "et CPR-nummer"),
     ("010150 - 1234", "et CPR-nummer"), ("010150\u00a01234", "et CPR-nummer"), ("101501234", "et CPR-nummer"),
     ("670761-4285", "et CPR-nummer"), ("910100-4285", "et CPR-nummer"), ("Sorø 150796-1XX1.", "et CPR-nummer"),
     ("anna@holbaek.dk", "en e-mailadresse"), ("Holbæk 59 43 12 34", "et telefonnummer"), ("+4559431234", "et telefonnummer")],
)  # fmt: skip
def test_a_cell_with_something_personal_stops_everything_and_is_never_shown(
    tmp_path: Path, cell: str, kind: str
) -> None:
    told = refused(tmp_path, with_row(f"2019-08-03;10:40;{cell};Tølløse;1"))
    assert f"noget, der ligner {kind}" in told
    assert "række 3, kolonnen 'Fra'" in told
    assert cell not in told


@pytest.mark.parametrize(
    "number",
    ["3002501234", "0113501234", "01015012345", "12345678", "6707614285", "920761-4285", "671361-4285", "150796-1XX12"],
)
def test_a_long_number_that_is_no_persons_is_left_alone(tmp_path: Path, number: str) -> None:
    assert read(tmp_path, f"{HEADER};Vognnr\n{FIRST};{number}\n", ignored=("Vognnr",)).table.num_rows == 1


def test_a_column_with_cpr_numbers_must_be_cleaned_away_before_the_list_leaves_the_house(tmp_path: Path) -> None:
    content = f"{HEADER};Id\n{FIRST};010150-1234\n"
    told = refused(tmp_path, content, ignored=("Id",))
    assert "takstlab clean" in told
    assert "010150" not in told
    assert read(tmp_path, content, ignored=("Id",), cleaning=True).table.num_rows == 1


def test_cpr_numbers_are_told_of_the_first_time_and_with_the_same_advice_as_ever(tmp_path: Path) -> None:
    """Not first "leave the column out", and when that is done "delete it"."""
    content = f"{HEADER};Id\n{FIRST};010150-1234\n"
    first = refused(tmp_path, content)
    assert first == refused(tmp_path, content, ignored=("Id",))
    assert "kolonnen 'Id'" in first
    assert "slet kolonnen i filen" in first.lower()
    assert "--ignore" not in first


def test_a_first_line_that_may_be_a_trip_is_not_shown_when_it_stands_over_cpr_numbers(tmp_path: Path) -> None:
    told = refused(tmp_path, "Anna Hansen;Holbæk;Tølløse\n010150-1234;Holbæk;Tølløse\n")
    assert "ingen af kolonnerne blev fundet" in told
    assert "Hansen" not in told


def test_a_column_that_may_be_one_of_the_known_is_never_the_example_of_what_to_leave_out(tmp_path: Path) -> None:
    told = refused(tmp_path, f"{HEADER};Kanalen;Vognnr\n{FIRST};telefon;12\n")
    assert "'Kanalen' (måske kanal?)" in told
    assert "--ignore 'Vognnr'" in told
    assert "--map kanal='Kanalen'" in told
    assert "--ignore 'Kanalen'" not in refused(tmp_path, f"{HEADER};Kanalen\n{FIRST};telefon\n")


@pytest.mark.parametrize(
    "first", ["2019-08-03;10:40;Ahlgade 12;Tølløse;1;010150-1234", "x;10:40;Ahlgade 12;Ahlgade 12;x"]
)
def test_a_list_without_a_header_does_not_have_its_first_trip_told(tmp_path: Path, first: str) -> None:
    told = refused(tmp_path, f"{first}\n{first}\n")
    assert "Ahlgade" not in told
    assert "010150" not in told
    assert "første linje" in told


def test_coordinates_in_both_styles_are_refused_without_being_shown(tmp_path: Path) -> None:
    header = "Dato;Tid;Fra lat;Fra lon;Til;Passagerer"
    told = refused(tmp_path, f"{header}\n2019-08-03;10:40;55,71234;11.71234;Tølløse;1\n")
    assert "blander danske og engelske tal" in told
    assert "71234" not in told


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "ture.csv", "filen er tom"),
        (b"PAR1xx", "ture.csv", "er Parquet"),
        (b"PK\x03\x04xx", "ture.csv", "er et Excel-ark"),
        (b"ikke excel", "ture.xlsx", "kan ikke læses som Excel-ark"),
        (b"ikke parquet", "ture.parquet", "kan ikke læses som Parquet"),
        (HEADER.encode() + b"\n", "ture.csv", "ingen ture"),
        (b"Dato;Dato;Tid\n1;2;3\n", "ture.csv", "findes to gange: 'Dato'"),
        (GOOD.encode(), "ture.doc", "filtypen '.doc' kendes ikke"),
    ],
)
def test_a_file_that_is_no_list_is_said_to_be_none(tmp_path: Path, content: bytes, name: str, words: str) -> None:
    assert words in refused(tmp_path, content, name)


@pytest.mark.parametrize("cell", ["Jens Hansen", "Ahlgade 12", "ring 59 43 12 34", "59431234", "jens hansen, ahlgade"])
@pytest.mark.parametrize("place", [0, 1, 4])
def test_free_text_that_slipped_into_a_column_is_not_told(tmp_path: Path, cell: str, place: int) -> None:
    cells = ["2019-08-03", "10:40", "Holbæk", "Tølløse", "1"]
    cells[place] = cell
    told = refused(tmp_path, with_row(";".join(cells)))
    assert "række 3" in told
    assert "(vises ikke)" in told
    assert cell not in told


@pytest.mark.parametrize("name", ["010150-1234", "Jens Hansen 010150-1234", "anna@holbaek.dk", "59 43 12 34"])
def test_a_column_named_by_somebodys_number_is_refused_and_not_told(tmp_path: Path, name: str) -> None:
    content = f"{HEADER};{name}\n{FIRST};1\n"
    for ignored in ((), (name,)):
        told = refused(tmp_path, content, ignored=ignored)
        assert "navnet på kolonne 6 ligner personoplysninger" in told
        assert name not in told


def test_the_faults_never_take_the_place_of_the_list(takstlab, tmp_path: Path) -> None:
    listed, faults = tmp_path / "ture.csv", tmp_path / "fejl.csv"
    content = with_row("2019-08-03;25:10;Holbæk;Tølløse;1")
    listed.write_text(content, encoding="utf-8")
    asked = ("import", "trips", listed, "--municipality", "Holbæk", "--out", tmp_path / "ud")
    status, _, told = takstlab(*asked, "--faults", listed)
    assert status == 2
    assert "ikke en fejlliste" in told
    assert listed.read_text(encoding="utf-8") == content
    for _ in range(2):
        assert "25:10" in takstlab(*asked, "--faults", faults)[2]
    assert "25:10" in faults.read_text(encoding="utf-8-sig")


def test_what_columns_may_be_is_handed_on_for_the_page_and_http_to_word(tmp_path: Path) -> None:
    with pytest.raises(ColumnsError) as caught:
        read(tmp_path, f"{HEADER.replace('Passagerer', 'Passagertal')};Vognnr;Q\n{FIRST};4;5\n")
    assert caught.value.suggested == {"passagerer": "Passagertal"}
    assert caught.value.leave == ("Vognnr", "Q")
