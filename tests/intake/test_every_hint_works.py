# ruff: noqa: E501  a case is a line
"""What every refusal of a file of trips or months says to do, done word for word: the file is then read."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hints import without_a_case
from sheets import sheet_xml, write_parts, write_xlsx

from sim.answer.budget import sheet as month_sheet
from sim.answer.budget.observed import read_observed
from sim.inputs.intake import opening, sheets, workbook
from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.fields import FIELDS
from sim.inputs.intake.places_file import read_places
from sim.inputs.intake.settings import Settings
from tariffs.errors import InputError

TRIPS = ("below", "date_order", "delimited", "door", "encoding", "ends", "fields", "named_units", "number_cells", "opening", "parquet",
         "personal", "placing", "places_file", "sheets", "trip_reader", "workbook")  # fmt: skip
MONTHS = ("month_rows", "observed", "sheet")
HEAD = "Dato;Tid;Fra;Til;Passagerer"
ROW = "2019-08-03;10:40;Holbæk St.;Tølløse St.;1"
GOOD = f"{HEAD}\n{ROW}\n"
DAY = date(2019, 8, 3)
MONTH = "måned;passagerer\n2020-01;5\n"
SHEET = [HEAD.split(";"), ["2019-08-03", "10:40", "Holbæk St.", "Tølløse St.", 1]]


def parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({key: [cell] for key, cell in zip(HEAD.split(";"), ROW.split(";"), strict=True)}), stream)
    return stream.getvalue()


def book(**pages: Any) -> Callable[[Path], None]:
    return lambda file: write_xlsx(file, pages)


def xml(change: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda file: write_parts(file, {"Ture": change(sheet_xml(SHEET))})


def extra(column: str, cell: str) -> str:
    return f"{HEAD};{column}\n{ROW};{cell}\n"


def trip(place: int, cell: str, row: str = ROW, head: str = HEAD) -> str:
    cells = row.split(";")
    cells[place] = cell
    return f"{head}\n{';'.join(cells)}\n"


Content = str | bytes | Callable[[Path], None] | None


@dataclass(frozen=True)
class Case:
    """A file, what is said of it, a part of its refusal, and both as the refusal says to change them."""

    words: str
    content: Content
    mended: Content = GOOD
    name: str = "ture.csv"
    mended_name: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    mended_said: dict[str, Any] | None = None
    limit: tuple[Any, str, int] | None = None


LAT = "Dato;Tid;Fra lat;Fra lon;Til;Passagerer"
NETTO = GOOD.replace("Tølløse St.", "Netto, Tølløse")
MANY = HEAD + "\n" + f"{ROW}\n" * 19 + ROW.replace("Tølløse St.", "Netto, Tølløse") + "\n"
CASES = {
    "which date order": Case("angiv --dates dmy eller --dates mdy", trip(0, "03/08/2019"), trip(0, "03/08/2019"), mended_said={"dates": "dmy"}),
    "turned dates": Case("hent listen igen med datoer som 2019-08-31", trip(0, "2019-08-03") + "08/25/2019" + ROW[10:],
                         GOOD + "2019-08-25" + ROW[10:]),
    "a formula without its value": Case("formlen er ikke regnet ud: åbn filen i regnearket, og gem den igen", xml(lambda text: text.replace("<v>1</v>", "<f>1</f>")),
                                        xml(lambda text: text.replace("<v>1</v>", "<f>1</f><v>1</v>")), name="ture.xlsx"),
    "empty file": Case("første linje skal være dato;tid;fra;til;passagerer", b"", "dato;tid;fra;til;passagerer\n" + ROW),
    "parquet called csv": Case("giv den endelsen .parquet", parquet(), parquet(), mended_name="ture.parquet"),
    "excel called csv": Case("giv den endelsen .xlsx", book(Ture=SHEET), book(Ture=SHEET), mended_name="ture.xlsx"),
    "no trips": Case("mindst én række", HEAD + "\n"),
    "others' trips": Case("udelad dem med --only-own", GOOD + ROW.replace("Holbæk St.", "Roskilde"),
                          GOOD + ROW.replace("Holbæk St.", "Roskilde"), mended_said={"only_own": True}),
    "trips to come": Case("ret dagene, hvis de er forkerte; er turene bestilt og ikke kørt, så vælg perioden med --period, til og med 2019-08-03",
                          GOOD + ROW.replace("2019", "2027"), GOOD + ROW.replace("2019", "2027"), said={"today": DAY},
                          mended_said={"today": DAY, "period": (DAY, DAY)}),
    "hours with decimals": Case("ventet et klokkeslæt som 10:30; 8,25 kan være 08:25 eller et kvarter over 8",
                                book(Ture=[SHEET[0], ["2019-08-03", 8.25, *SHEET[1][2:]]]), book(Ture=[SHEET[0], ["2019-08-03", "10:30", *SHEET[1][2:]]]), name="ture.xlsx"),
    "a price in oere": Case("regn beløbene om til kroner, og kald kolonnen pris", extra("Pris (øre)", "3600"), extra("pris", "36"),
                            said={"mapping": {"pris": "Pris (øre)"}}, mended_said={}),
    "adults alone": Case("læg voksne og børn sammen i en kolonne, der hedder passagerer", GOOD.replace("Passagerer", "Voksne"), GOOD,
                         said={"mapping": {"passagerer": "Voksne"}}, mended_said={}),
    "a column in UTC": Case("skriv dag og tid i én celle som 2019-08-03T10:40Z, og kald kolonnen dato", GOOD.replace("Tid", "Tid (UTC)"),
                            f"Dato;Fra;Til;Passagerer\n2019-08-03T10:40Z{ROW[16:]}\n", said={"mapping": {"tid": "Tid (UTC)"}}, mended_said={}),
    "a zone": Case("hvor dag og tid står i samme celle som 2019-08-03T10:40Z", trip(1, "10:40Z"),
                   f"Dato;Fra;Til;Passagerer\n2019-08-03T10:40Z{ROW[16:]}\n"),
    "too many left out": Case("med --places: »Netto, Tølløse« (1)", NETTO, NETTO, said={"leave_out_unplaced": True},
                              mended_said={"places": {"Netto, Tølløse": "Tølløse"}}),
    "too many left out by text": Case("de hyppigste tekster et sted med --places.", NETTO, NETTO, said={"places": {"Netto, Tølløse": "udelad"}},
                                      mended_said={"places": {"Netto, Tølløse": "Tølløse"}}),
    "unplaced, placed": Case("giv hver tekst et sted med --places", NETTO, NETTO, mended_said={"places": {"Netto, Tølløse": "Tølløse"}}),
    "unplaced, left out": Case("udelad turene med --leave-out-unplaced", MANY, MANY, mended_said={"leave_out_unplaced": True}),
    "a place that is none": Case("skriv måske Tølløse", NETTO, NETTO, said={"places": {"Netto, Tølløse": "Tølose"}},
                                 mended_said={"places": {"Netto, Tølløse": "Tølløse"}}),
    "a point in the water": Case("et punkt som 55,7130 11,7160", NETTO, NETTO, said={"places": {"Netto, Tølløse": "55,9 11,0"}},
                                 mended_said={"places": {"Netto, Tølløse": "55,7130 11,7160"}}),
    "unknown encoding": Case("brug utf-8, utf-16, cp1252 eller cp850", GOOD, GOOD, said={"encoding": "koi8"}, mended_said={"encoding": "utf-8"}),
    "another encoding": Case("angiv det rigtige tegnsæt med --encoding", GOOD.encode("cp1252"), GOOD.encode("cp1252"),
                             said={"encoding": "utf-8"}, mended_said={"encoding": "cp1252"}),
    "encoding not found": Case("gem filen som CSV UTF-8", GOOD.encode().replace("Tølløse".encode(), "Тёллёсе".encode("cp1251"))),
    "a zone that is none": Case("en zone, som takstlab clean har skrevet", f"Dato;Tid;Fra zone;Til;Passagerer\n{ROW}\n"),
    "no degrees": Case("eller meter i UTM 32", f"{LAT}\n2019-08-03;10:40;300580;6177890;Tølløse;1\n",
                       f"{LAT}\n2019-08-03;10:40;55,7167;11,7167;Tølløse;1\n"),
    "metres with points": Case("meter i UTM 32 uden tegn mellem tusinder, som 670580 og 6175030", "Dato;Tid;Fra x;Fra y;Til;Passagerer\n2019-08-03;10:40;670.580;6.177.890;Tølløse;1\n",
                               "Dato;Tid;Fra x;Fra y;Til;Passagerer\n2019-08-03;10:40;670580;6177890;Tølløse;1\n"),
    "a point at sea": Case("et punkt på land i Movias område", f"{LAT}\n2019-08-03;10:40;57,5;11,7;Tølløse;1\n",
                           f"{LAT}\n2019-08-03;10:40;55,7167;11,7167;Tølløse;1\n"),
    "a point far off": Case("inden for ca. 40 km", f"{LAT}\n2019-08-03;10:40;55,7167;11,7167;Tølløse;1\n2019-08-03;10:40;54,83;11,13;Tølløse;1\n",
                            f"{LAT}\n2019-08-03;10:40;55,7167;11,7167;Tølløse;1\n"),
    "unknown field": Case("brug dato, tid", GOOD, GOOD, said={"mapping": {"hvornår": "Dato"}}, mended_said={"mapping": {"dato": "Dato"}}),
    "a personal column": Case("udelad denne med --ignore", extra("Kundens navn", "x"), extra("Kundens navn", "x"),
                              said={"mapping": {"kanal": "Kundens navn"}}, mended_said={"ignored": ("Kundens navn",)}),
    "a column that is not there": Case("filen har Dato", GOOD, GOOD, said={"ignored": ("Qqq",)}, mended_said={}),
    "a column misspelt": Case("mente du Passagerer?", GOOD, GOOD, said={"mapping": {"passagerer": "Pasagerer"}},
                              mended_said={"mapping": {"passagerer": "Passagerer"}}),
    "no names of columns": Case("første linje skal være kolonnenavne", "x;y;z\n1;2;3\n"),
    "columns by other names": Case("angiv, hvad kolonnerne er: --map passagerer='Passagertal'; udelad resten: --ignore 'Vognnr'",
                                   extra("Vognnr", "4").replace("Passagerer", "Passagertal"), extra("Vognnr", "4").replace("Passagerer", "Passagertal"),
                                   mended_said={"mapping": {"passagerer": "Passagertal"}, "ignored": ("Vognnr",)}),
    "a missing column": Case("--map passagerer=KOLONNE", GOOD.replace("Passagerer", "Qqq"), GOOD.replace("Passagerer", "Qqq"),
                             mended_said={"mapping": {"passagerer": "Qqq"}}),
    "two of a field": Case("vælg med --map dato='Dato', og udelad den anden med --ignore", extra("Rejsedato", "2019-08-03"),
                           extra("Rejsedato", "2019-08-03"), mended_said={"mapping": {"dato": "Dato"}, "ignored": ("Rejsedato",)}),
    "used and left out": Case("vælg ét", GOOD, GOOD, said={"mapping": {"dato": "Dato"}, "ignored": ("Dato",)}, mended_said={}),
    "which numbers": Case("angiv --numbers da (1.234,50)", extra("Pris", "1.234"), extra("Pris", "1.234"), mended_said={"numbers": "da"}),
    "both kinds of numbers": Case("så alle tal er skrevet ens", extra("Pris", "36,50") + ROW + ";36.50\n", extra("Pris", "36,50") + ROW + ";36,50\n"),
    "another kind of file": Case("brug .csv", GOOD, GOOD, name="ture.doc", mended_name="ture.csv"),
    "a sheet in a csv": Case("udelad --sheet", GOOD, GOOD, said={"sheet": "Ture"}, mended_said={}),
    "over a gigabyte": Case("del den, fx i et år pr. fil", GOOD + ROW, GOOD, limit=(opening, "MAX_BYTES", len(GOOD.encode()))),
    "no file": Case("se efter sti og rettigheder", None, GOOD),
    "two of a name": Case("giv dem hver sit navn", extra("Dato", "x"), extra("Kanal", "app")),
    "no name": Case("giv den et navn", f"{HEAD};;Kanal\n{ROW};x;app\n", f"{HEAD};Vognnr;Kanal\n{ROW};x;app\n", mended_said={"ignored": ("Vognnr",)}),
    "broken parquet": Case("gem den igen som Parquet", b"PAR1", parquet(), name="ture.parquet"),
    "personal in a cell": Case("fjern det fra cellerne", trip(2, "Holbæk 010150-1234")),
    "personal in a name": Case("giv kolonnen et andet navn", extra("59 43 12 34", "x"), extra("Vognnr", "x"), mended_said={"ignored": ("Vognnr",)}),
    "personal elsewhere": Case("slet kolonnen i filen", extra("Id", "010150-1234")),
    "two of a name in a sheet": Case("giv dem hver sit navn", book(Ture=[[*SHEET[0], "Dato"], [*SHEET[1], "x"]]), book(Ture=SHEET), "ture.xlsx"),
    "no name in a sheet": Case("giv den et navn, eller slet den", book(Ture=[[*SHEET[0], "", "Kanal"], [*SHEET[1], "x", "app"]]),
                               book(Ture=SHEET), "ture.xlsx"),
    "an empty sheet": Case("vælg et andet ark med --sheet", book(Tom=[], Ture=SHEET), book(Tom=[], Ture=SHEET), "ture.xlsx",
                           said={"sheet": "Tom"}, mended_said={"sheet": "Ture"}),
    "no time": Case("--map tid=KOLONNE", "Dato;Fra;Til;Passagerer;Q\n2019-08-03;Holbæk St.;Tølløse St.;1;10:40\n",
                    "Dato;Fra;Til;Passagerer;Q\n2019-08-03;Holbæk St.;Tølløse St.;1;10:40\n", said={"ignored": ("Q",)},
                    mended_said={"mapping": {"tid": "Q"}}),
    "a day without time": Case("dato med klokkeslæt, 2019-08-03 10:30",
                               "Dato;Fra;Til;Passagerer\n2019-08-03 10:30;Holbæk;Tølløse;1\n2019-08-03;Holbæk;Tølløse;1\n",
                               "Dato;Fra;Til;Passagerer\n2019-08-03 10:30;Holbæk;Tølløse;1\n"),
    "closed": Case("en tid fra 06:00 til 23:00", trip(1, "05:00"), trip(1, "06:00")),
    "an error cell": Case("cellen viser en fejl fra en formel", trip(4, "#I/T")),
    "an hour that is not": Case("kl. 2-3 springes over", f"{HEAD};Bestilt\n2019-04-01{ROW[10:]};2019-03-31 02:30\n",
                                f"{HEAD};Bestilt\n2019-04-01{ROW[10:]};2019-03-31 03:30\n"),
    "booked late": Case("et tidspunkt før turen", extra("Bestilt", "2019-08-04"), extra("Bestilt", "2019-08-02")),
    "children": Case("ventet helt tal fra 0", extra("Heraf børn", "x"), extra("Heraf børn", "0")),
    "a fault": Case("ret filen, og prøv igen; --faults FIL skriver alle fejl som CSV", trip(4, "ni")),
    "more children": Case("højst så mange børn som passagerer", extra("Heraf børn", "2"), extra("Heraf børn", "1")),
    "not a workbook": Case("gem den igen som .xlsx uden adgangskode", b"ikke excel", book(Ture=SHEET), "ture.xlsx"),
    "too large a sheet": Case("slet tomme rækker og kolonner", xml(lambda text: text.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
                              book(Ture=SHEET), "ture.xlsx"),
    "too many columns": Case("slet tomme rækker og kolonner", book(Ture=SHEET), book(Ture=SHEET), "ture.xlsx",
                             limit=(sheets, "MAX_COLUMNS", 4)),
    "a sheet that is not there": Case("vælg Ture", book(Ture=SHEET), book(Ture=SHEET), "ture.xlsx", said={"sheet": "X"}, mended_said={"sheet": "Ture"}),
    "which sheet": Case("vælg med --sheet: A, B", book(A=SHEET, B=SHEET), book(A=SHEET, B=SHEET), "ture.xlsx", mended_said={"sheet": "B"}),
    "too few fields": Case("rækken har 4 felter, ikke 5; ret rækken", GOOD + ROW[:-2] + "\n"),
    "a quote left open": Case("lukkes aldrig; ret rækken", GOOD + ROW.replace("Tøll", '"Tøll') + "\n"),
    **{
        f"a wrong {key}": Case(f"ventet {FIELDS[key].expects}", trip(place, "x"), trip(place, good))
        for place, (key, good) in {0: ("date", "2019-08-03"), 1: ("time", "10:30"), 4: ("passengers", "8")}.items()
    },
    **{
        f"a wrong {key}": Case(f"ventet {FIELDS[key].expects}", extra(FIELDS[key].da, "x1"), extra(FIELDS[key].da, good))
        for key, good in {"booked_at": "2019-08-01", "channel": "telefon", "standing": "nej", "status": "forgæves", "price": "36,00",
                          "product": "plustur"}.items()
    },
}  # fmt: skip
MONTH_CASES = {
    "added up": Case("skriv hver måneds egne tal, og ret titlen", "Akkumuleret\nmåned;passagerer\n2020-01;5\n2020-02;9\n"),
    "nothing under the heading": Case("brug én række pr. måned", "måned;passagerer\n"),
    "no month with numbers": Case("brug én række pr. måned", "måned;passagerer\n2020-03;\n"),
    "an unknown column": Case("ret overskriften, eller slet kolonnen", "måned;cpr\n2020-03;5\n"),
    "two of a column": Case("slet den ene", "måned;måned;passagerer\n1;1;5\n"),
    "a missing column": Case("én række skal være overskrifter: måned;passagerer;nettoudgift", "måned;udgift\n2020-03;5\n"),
    "a month": Case("række 2, kolonne måned: 'x', forventet en måned som 2020-03, marts 2020 eller 3; række", "måned;passagerer\nx;5\n2020-02;y\n",
                    "måned;passagerer\nmarts 2020;5\n2020-02;1.234\n"),
    "a fault": Case("ret filen; intet er læst ind", "måned;passagerer\n1;to\n"),
    "a cost": Case("forventet et beløb i kroner som 123.456,50 i alle rækker eller ingen", "måned;passagerer;udgift\n1;5;x\n",
                   "måned;passagerer;udgift\n1;5;123.456,50\n"),
    "a cost of three decimals or thousands": Case("skriv beløbene i hele kroner med kr. efter, som 1234000 kr.",
                                                  "måned;passagerer;udgift (t.kr.)\n1;5;1,234\n", "måned;passagerer;udgift (t.kr.)\n1;5;1234000 kr.\n"),
    "a lone day in slashes": Case("skriv måneden som 2020-03", "måned;passagerer\n01/03/2020;5\n", "måned;passagerer\n2020-03;5\n"),
    "a year": Case("et år som 2020", "år;måned;passagerer\nx;1;5\n", "år;måned;passagerer\n2020;1;5\n"),
    "twice": Case("slet rækker, så hver måned står én gang", "måned;passagerer\n1;5\n1;6\n", "måned;passagerer\n1;5\n"),
    "too many fields": Case("skriv et tal med komma i anførselstegn", "måned,passagerer,udgift\n1,5,1.234,50\n",
                            'måned,passagerer,udgift\n1,5,"1.234,50"\n'),
    "no passengers": Case("angiv mindst én måned med passagerer", "måned;passagerer\n1;0\n", "måned;passagerer\n1;5\n"),
    "two years": Case("angiv ét års måneder", "måned;passagerer\n2020-03;5\n2019-04;6\n", "måned;passagerer\n2020-03;5\n2020-04;6\n"),
    "paid for nobody": Case("slet rækken, hvis måneden ikke er talt endnu", "måned;passagerer;udgift\n1;5;100\n2;0;100\n",
                            "måned;passagerer;udgift\n1;5;100\n"),
    "another kind of file": Case("gem den som CSV eller XLSX", MONTH, MONTH, "m.docx", "m.csv"),
    "encoding": Case("gem filen som CSV UTF-8", MONTH.encode().replace("å".encode(), b"\xef\xf1")),
    "too large": Case("brug en mindre fil", MONTH + "2020-02;6\n", MONTH, limit=(month_sheet, "MOST_BYTES", len(MONTH.encode()))),
    "no file": Case("kontrollér stien", None),
}  # fmt: skip


def put(folder: Path, name: str, content: Content) -> Path:
    file = folder / name
    file.unlink(missing_ok=True)
    if callable(content):
        # A workbook may have been given another ending.
        content(folder / "bog.xlsx")
        (folder / "bog.xlsx").replace(file)
    elif content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def tried(
    folder: Path, case: Case, reader: Callable[[Path, dict[str, Any]], object], monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return what the refusal says, once what it says to do has been done and the file is read."""
    with monkeypatch.context() as patch:
        if case.limit:
            patch.setattr(*case.limit)
        with pytest.raises(InputError) as caught:
            reader(put(folder, case.name, case.content), case.said)
        told = str(caught.value)
        assert case.words in told
        if case.limit and case.limit[0] is sheets:
            patch.setattr(sheets, "MAX_COLUMNS", 5)
        assert len(told.splitlines()) <= 10
        reader(
            put(folder, case.mended_name or case.name, case.mended),
            case.said if case.mended_said is None else case.mended_said,
        )
    return told


def read_list(file: Path, said: dict[str, Any]) -> object:
    return read_trip_list(file, "0316", Settings(**said))


def read_months(file: Path, said: dict[str, Any]) -> object:
    return read_observed(file)


@pytest.mark.parametrize("name", CASES)
def test_a_list_of_trips_is_read_once_the_hint_is_followed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tried(tmp_path, CASES[name], read_list, monkeypatch)
    assert "Gør nu" in told


@pytest.mark.parametrize("name", MONTH_CASES)
def test_a_sheet_of_months_is_read_once_the_hint_is_followed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = MONTH_CASES[name]
    if case.mended == GOOD:
        case = Case(case.words, case.content, MONTH, case.name, limit=case.limit)
    assert "Gør nu" in tried(tmp_path, case, read_months, monkeypatch)


@pytest.mark.parametrize(
    ("words", "broken", "mended"),
    [("første linje skal være tekst;sted", "navn;sted\nA;B\n", "tekst;sted\nA;B\n"),
     ("slet den ene række", "tekst;sted\nA;B\nA;C\n", "tekst;sted\nA;B\n")],
)  # fmt: skip
def test_a_table_of_places_is_read_once_the_hint_is_followed(
    words: str, broken: str, mended: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=words):
        read_places(put(tmp_path, "steder.csv", broken))
    assert read_places(put(tmp_path, "steder.csv", mended)) == {"A": "B"}


UNSEEN_FORMATS = ["her vises tallet måske som procent: gem filen som .xlsx, eller ret cellen"]
"""Of .xls and .xlsb, followed in test_files_as_offices_have_them."""
PLACES = ["første linje skal være tekst;sted", "slet den ene række"]


def test_no_hint_of_the_doors_is_without_a_test() -> None:
    """The hints are read from the code; each must be in the words of a case above."""
    tested = [case.words for case in (*CASES.values(), *MONTH_CASES.values())] + PLACES + UNSEEN_FORMATS
    modules = [f"sim.inputs.intake.{name}" for name in TRIPS] + [f"sim.answer.budget.{name}" for name in MONTHS]
    untested = without_a_case(modules, tested)
    assert untested == []
    folder = Path(workbook.__file__).parent
    hinting = {file.stem for file in folder.glob("*.py") if "next_step" in file.read_text(encoding="utf-8")}
    # Of folders that are written and of a table that is kept, not of a file that is sent; of columns told in TOML: test_columns_file.
    assert hinting - set(TRIPS) == {"imported", "trip_list", "kept", "columns_file"}
