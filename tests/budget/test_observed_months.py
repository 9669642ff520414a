"""Reading a municipality's own months, each fault with its row, column, value and what was expected."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from api.cli.budget_options import AMOUNT
from sim.answer.budget.month_cells import month_of
from sim.answer.budget.observed import Observed, read_observed
from tariffs.errors import InputError


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "maaneder.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as error:
        read_observed(written(tmp_path, text))
    return str(error.value)


MARCH_AND_APRIL = Observed(2020, (3, 4), (1234, 987), (12_345_650, 9_870_000))


@pytest.mark.parametrize(
    "text",
    [
        "måned;passagerer;nettoudgift\n2020-03;1.234;123.456,50\n2020-04;987;98.700\n",
        "year-month,passengers,net cost\n2020-03,1234,123456.50\n2020-04,987,98700\n",
        "Måned\tPassagerer\tUdgift (kr.)\nmarts 2020\t1234\t123.456,50 kr.\napril 2020\t987\t98.700 kr.\n",
        "år;måned;passagerer;nettoudgift i kr\n2020;april;987;98700\n2020;3;1234;123456,5\n",
        "måned;passagerer;nettoudgift\n\n03-2020;1 234;123 456,50\n04-2020;987;98700,00\n",
    ],
    ids=["danish", "english", "tabs and names of months", "a year of its own, out of order", "spaces and empty rows"],
)
def test_danish_and_english_files_say_the_same(tmp_path, text: str) -> None:
    assert read_observed(written(tmp_path, text)) == MARCH_AND_APRIL


def test_an_old_danish_file_is_read_in_its_own_letters(tmp_path) -> None:
    text = "måned;passagerer\nmarts 2020;1.234\n"
    assert read_observed(written(tmp_path, text, "cp1252")) == Observed(2020, (3,), (1234,), None)


def test_a_month_number_alone_has_no_year(tmp_path) -> None:
    assert read_observed(written(tmp_path, "month;passengers;cost\n1;100;\n2;90;\n")) == Observed(
        None, (1, 2), (100, 90), None
    )


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """Write the smallest workbook there is: one sheet of texts and numbers."""

    def cell(value: object) -> str:
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if isinstance(value, str) else f"<c><v>{value}</v></c>"

    sheet = "".join(f"<row>{''.join(cell(v) for v in row)}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Ark1" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def test_a_workbook_gives_numbers_as_they_are(tmp_path) -> None:
    rows: list[list[object]] = [
        ["måned", "passagerer", "nettoudgift"],
        ["2020-03", 1234, 123456.5],
        [202004, 987.0, 98700],
    ]
    assert read_observed(workbook(tmp_path / "maaneder.xlsx", rows)) == MARCH_AND_APRIL


def test_a_workbooks_dates_are_months() -> None:
    assert month_of(date(2020, 3, 1)) == (2020, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("måned;passagerer\n2020-03;mange\n", ["række 2", "kolonne passagerer", "'mange'", "helt antal"]),
        ("måned;passagerer\n2020-03;-5\n", ["'-5'", "helt antal"]),
        ("måned;passagerer\n2020-13;5\n", ["række 2, kolonne måned", "'2020-13'", "marts 2020"]),
        ("måned;passagerer\n2020-03;5\nmere;5\n", ["række 3, kolonne måned: 'mere'"]),
        ("måned;passagerer;udgift\n1;5;100\n2;0;100\n", ["række 3: 0 passagerer, men en udgift", "slet rækken"]),
        ("måned;passagerer\n1/1/2020;5\n2/1/2020;6\n", ["række 3, kolonne måned: '2/1/2020'"]),
        ("måned;passagerer\n2020-03;#N/A\n", ["række 2, kolonne passagerer: '#N/A'"]),
        ("måned;passagerer\n2020-03;\n", ["ingen måneder med tal"]),
        ("måned;passagerer\n2020-03;5\n2020-03;6\n", ["måned 3 står 2 gange"]),
        ("måned;passagerer\n2020-03;5\n2019-04;6\n", ["ikke fra ét år", "2019, 2020"]),
        ("måned;passagerer\n2020-03;5\n4;6\n", ["uden år"]),
        (
            "måned;passagerer;udgift\n2020-03;5;1000\n2020-04;6;\n",
            ["række 3, kolonne nettoudgift: er tom", "eller ingen"],
        ),
        ("måned;passagerer;udgift\n1;5;1.234,50\n2;6;1,234.50\n", ["række 3, kolonne nettoudgift", "'1,234.50'"]),
        ("måned;passagerer\n2020-03;0\n", ["ingen passagerer i nogen måned"]),
        ("måned;cpr\n2020-03;5\n", ["Kolonnen 'cpr' kendes ikke"]),
        ("måned;udgift\n2020-03;5\n", ["mangler kolonnen passagerer"]),
        ("måned;måned;passagerer\n1;1;5\n", ["måned er der to gange"]),
        ("måned,passagerer,udgift\n1,5,1.234,50\n", ["række 2 har 4 felter"]),
        ("måned;passagerer\n", ["ingen rækker"]),
    ],
)
def test_every_fault_is_told_in_danish(tmp_path, text: str, words: list[str]) -> None:
    told = refused(tmp_path, text)
    for word in words:
        assert word in told


def test_all_faults_of_a_file_are_told_at_once(tmp_path) -> None:
    told = refused(tmp_path, "måned;passagerer\nx;5\n2020-04;y\n")
    assert "2 fejl" in told
    assert "række 2" in told
    assert "række 3" in told


def test_faults_of_one_kind_are_told_once_with_their_rows(tmp_path) -> None:
    assert "har 12 fejl" in refused(tmp_path, "måned;passagerer\n" + "x;5\n" * 12)
    assert "række 2-13, kolonne måned: 'x', forventet en måned" in refused(
        tmp_path, "måned;passagerer\n" + "x;5\n" * 12
    )
    told = refused(
        tmp_path, "måned;passagerer\n" + "".join(f"{n};{cell}\n{n + 1};5\n" for n, cell in enumerate("xyxxxxxx"))
    )
    assert "række 2, 4, 6, 8, 10, 12 og 2 steder mere, kolonne passagerer: 'x' m.fl." in told


def test_every_kind_of_fault_at_once_is_less_than_ten(tmp_path) -> None:
    told = refused(tmp_path, "år;måned;passagerer;udgift\nx;x;x;x;9;9\n2020;1;5;100;8\n")
    assert "har 6 fejl" in told
    assert told.count("; ") < 10


def test_a_file_that_is_missing_or_of_another_kind_is_refused(tmp_path) -> None:
    with pytest.raises(InputError, match="kan ikke læses"):
        read_observed(tmp_path / "ingen.csv")
    (tmp_path / "brev.docx").write_bytes(b"x")
    with pytest.raises(InputError, match="hverken CSV eller XLSX"):
        read_observed(tmp_path / "brev.docx")


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("1250000", 1_250_000), ("1.250.000", 1_250_000), ("1 250 000 kr.", 1_250_000), ("1,25 mio.", 1_250_000),
        ("1.25 mio. kr.", 1_250_000), ("0,9 mio", 900_000), ("1.250.000,50", 1_250_000.5), ("0", 0), ("500 mio.", 500_000_000),
    ],
)  # fmt: skip
def test_kroner_are_read_as_danes_write_them(text: str, kroner: float) -> None:
    assert AMOUNT.read(text, "--budget") == kroner


@pytest.mark.parametrize("text", ["-5", "en million", "", "900 mio.", "500.000.001", "1,2,3", "1.250", "0.900 mio."])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--budget"):
        AMOUNT.read(text, "--budget")


CASES = Path(__file__).parent / "months"


@pytest.mark.parametrize(
    ("name", "observed", "words"),
    [
        ("three_months.csv", Observed(2020, (1, 2, 3), (700, 680, 720), None), ""),
        (
            "future_zero_real.csv",
            Observed(2020, (1, 2, 3), (700, 680, 720), None),
            "Årets sidste måneder med 0 passagerer (april, maj, juni, juli, august, september, oktober, november, december)",
        ),
        ("utf16.txt", Observed(2020, (1, 2), (1000, 900), (10_000_050, 9_000_000)), ""),
        ("cp850.csv", Observed(2020, (1,), (1000,), None), ""),
        ("date_dmy.csv", Observed(2020, (3, 4), (1000, 900), None), ""),
        ("title.csv", Observed(2020, (1,), (1000,), (10_000,)), "Række 1 over overskriften er sprunget over."),
        ("total.csv", Observed(2020, (1,), (1000,), (10_000,)), "Række 3 er en sum og ikke læst som en måned."),
    ],
)
def test_months_come_in_as_offices_have_them(name: str, observed: Observed, words: str) -> None:
    found = read_observed(CASES / name)
    assert found == observed
    assert words in " ".join(found.notes)
    assert bool(words) == bool(found.notes)


def test_what_is_no_month_is_passed_over_and_told(tmp_path) -> None:
    text = (
        "Flextur Holbæk;;\n\nmåned;passagerer;nettoudgift\n2020-01;500;5000\n2020-02;0;0\n2020-03;600;6000\n"
        "1. kvartal;1100;11000\n2020-04;;\nI alt 2020;1200;11000\nTal fra økonomisystemet, uden moms;;\n"
    )
    found = read_observed(written(tmp_path, text))
    assert found == Observed(2020, (1, 2, 3), (500, 0, 600), (500_000, 0, 600_000))
    assert found.notes == (
        "Række 1 over overskriften er sprunget over.",
        "Række 9 er en sum og ikke læst som en måned.",
        "Række 7 er en delsum eller et gennemsnit og ikke læst som en måned.",
        "Række 10 er en bemærkning og ikke læst.",
        "Række 8 har ingen tal og er ikke læst som en observeret måned.",
        "0 passagerer i februar er regnet som observeret, fordi en senere måned har passagerer.",
        "Summen i række 9 er 1.200 passagerer, men månederne giver 1.100.",
    )


def test_an_error_in_a_workbook_is_a_fault_and_a_hidden_row_is_named(tmp_path) -> None:
    rows: list[list[object]] = [["måned", "passagerer"], ["2020-03", 1234], ["2020-04", 987]]
    path = workbook(tmp_path / "maaneder.xlsx", rows)
    rewritten(path, '<row><c t="inlineStr"><is><t>2020-04', '<row hidden="1"><c t="inlineStr"><is><t>2020-04')
    assert read_observed(path).notes == (
        "Arket skjuler række 3; de er læst med. Slet dem i arket, hvis de ikke skal tælle med.",
    )
    rewritten(path, "<c><v>987</v></c>", '<c t="e"><v>#DIV/0!</v></c>')
    with pytest.raises(InputError, match="række 3, kolonne passagerer: '#DIV/0!'"):
        read_observed(path)


def rewritten(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert any(old in text for text in parts.values())
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text.replace(old, new))


def test_what_was_passed_over_stands_with_the_answer() -> None:
    from sim.answer.budget.recalibration import recalibrated
    from tests.budget.test_recalibration import scenario

    found = read_observed(CASES / "future_zero_real.csv")
    fitted = recalibrated(scenario(), "0316", found)
    assert fitted.notes[0] == found.notes[0]
    meant = recalibrated(scenario(), "0316", read_observed(CASES / "three_months.csv"))
    assert fitted.passengers == meant.passengers


def test_of_months_that_run_over_two_years_the_last_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    """November 2025 to February 2026, 10, 20, 30 and 40 passengers: 70 of 2026. The total of all four is no wrong sum of two."""
    rows = "måned;passagerer;udgift\n2025-11;10;100\n2025-12;20;200\n2026-01;30;300\n2026-02;40;400\nI alt;100;1000\n"
    read = read_observed(written(tmp_path, rows))
    assert (read.year, read.months, read.passengers, read.cost_oere) == (2026, (1, 2), (30, 40), (30_000, 40_000))
    told = "Månederne er fra 2025 og 2026; kun 2026 er læst (række 2-3 er sprunget over). Slet rækkerne for 2026"
    assert any(note.startswith(told) for note in read.notes)
    assert not any("Summen i række" in note for note in read.notes)


def test_a_year_to_come_without_passengers_is_not_the_last(tmp_path: Path) -> None:
    read = read_observed(written(tmp_path, "måned;passagerer\n2025-12;20\n2026-01;0\n"))
    assert (read.year, read.months, read.passengers) == (2025, (12,), (20,))


def test_a_year_that_may_be_mistyped_is_refused(tmp_path: Path) -> None:
    assert "ikke fra ét år" in refused(tmp_path, "måned;passagerer\n2025-12;20\n2026-01;5\n2062-02;7\n")
