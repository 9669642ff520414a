"""The form of the paper: its parts, its tags, its bytes, and the page to the councils."""

import copy
import json
import re
from pathlib import Path

import pytest
from reading_documents import council, section, sentences_of, tables
from reading_papers import MANIFEST, NASTY, Json, pdf_text, plain, plain_names, poppler

from sim.telling.paper import Document, decision_paper, to_html, to_pdf
from sim.telling.paper.today import today_words
from sim.telling.pdf import _SHOWN, visible
from sim.telling.section import Paragraph, Part, Picture, Section, rows_of, same
from sim.telling.word import to_word
from sim.words.cells import Cell
from sim.words.table import Table
from tests.answer.building import answer_of

PARTS = (
    "Hvad sagen handler om",
    "Indstilling",
    "Økonomi",
    "Priser",
    "Hvem det berører",
    "Hvor sikkert det er",
    "Høring",
)
APPENDICES = (
    "Ordningen og mulighederne",
    "Regnskabet",
    "Passagererne",
    "Usikkerhed og forudsætninger",
    "Kilder og gentagelse",
)


def of_parts(*parts: Part) -> Document:
    return Document(same("t"), same("s"), same("r"), (), (Section("a", same("b"), parts),))


def test_the_parts_stand_in_the_order_committees_know(paper: Document) -> None:
    titles = [section.title.da for section in paper.sections if section.level == 1]
    numbered = tuple(f"Bilag {n}: {title}" for n, title in enumerate(APPENDICES, 1))
    assert tuple(titles[:-1]) == PARTS + numbered
    assert titles[-1].startswith("Til ældrerådet (seniorrådet) og handicaprådet")


def test_the_same_comparison_gives_the_same_bytes(comparison: Json, paper: Document) -> None:
    again = decision_paper(answer_of(copy.deepcopy(comparison)), dict(MANIFEST))
    pdf = to_pdf(paper)
    assert to_pdf(again) == pdf
    assert to_html(again) == to_html(paper)
    assert to_word(again) == to_word(paper)
    assert b"CreationDate" not in pdf


def test_the_pdf_is_tagged_titled_and_danish(paper: Document, tmp_path: Path) -> None:
    """typst refuses to write what breaks PDF/UA-1; here the marks of it are looked for with another program."""
    pdf = to_pdf(paper)
    assert b"pdfuaid:part>1<" in pdf
    assert b"/Lang(da-DK)" in pdf
    pdf_text(pdf, tmp_path)
    told = poppler("pdfinfo", str(tmp_path / "papir.pdf"))
    assert re.search(r"Tagged:\s+yes", told)
    assert paper.title.da in told
    tags = poppler("pdfinfo", "-struct", str(tmp_path / "papir.pdf"))
    pictures = [part for part in paper.parts() if isinstance(part, Picture)]
    assert len(re.findall(r"^\s*Table\b", tags, re.M)) == len(tables(*paper.sections))
    assert len(re.findall(r"^\s*THead\b", tags, re.M)) == len(tables(*paper.sections))
    assert len(re.findall(r"^\s*Figure\b", tags, re.M)) == len(pictures) > 0
    assert len(re.findall(r"^\s*H1\b", tags, re.M)) == sum(section.level == 1 for section in paper.sections)


def test_every_drawing_has_words_for_those_who_cannot_see_it(paper: Document) -> None:
    pictures = [part for part in paper.parts() if isinstance(part, Picture)]
    page = to_html(paper)
    for picture in pictures:
        assert len(picture.alt.da) > 60
    assert page.count("<img ") == len(
        re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" class="wide" alt="[^"]{60,}">', page)
    )
    assert page.count("<img ") == len(pictures)


def test_the_page_asks_for_nothing_from_outside(paper: Document) -> None:
    page = to_html(paper)
    assert "default-src 'none'" in page
    assert re.findall(r'(?:src|href|action)="(?!data:)[^"]*"', page) == []
    assert "url(" not in page
    assert '<html lang="da">' in page


def test_a_change_that_may_go_either_way_is_said_to_be_uncertain(comparison: Json) -> None:
    unsure = plain_names(comparison)
    for block in (unsure["options"][1]["change"], unsure["options"][1]["part_year"]["change"]):
        block["net_cost_oere"] = {"mean": -9e6, "p10": -29e6, "p90": 11e6}
    paper = decision_paper(answer_of(unsure), MANIFEST)
    certain = sentences_of(section(paper, "sikkerhed"))
    assert "Bytakst 60 er usikker: kan blive mer- eller mindreudgift." in certain
    chosen = sentences_of(section(paper, "indstilling"))
    span = "(-290.000 til +110.000 kr.)"
    assert any(
        f"Nettoudgiften kan både falde og stige {span} på et helt år; i budgetåret 2020 kan den både falde og stige {span}."
        in said
        for said in chosen
    )
    assert (
        "Om kommunen kommer til at bruge mere eller mindre, er usikkert (-290.000 til +110.000 kr. om året i 2020-priser)."
        in " ".join(sentences_of(*council(paper)))
    )


def test_nothing_is_called_a_saving(paper: Document) -> None:
    assert "besparelse" not in to_html(paper).lower()


@pytest.mark.parametrize("count", [2, 6])
def test_the_page_to_the_councils_is_one_page_by_itself(comparison: Json, tmp_path: Path, count: int) -> None:
    paper = decision_paper(answer_of(plain_names(comparison, count)), MANIFEST)
    place = tmp_path / "papir.pdf"
    place.write_bytes(to_pdf(paper))
    last = poppler("pdfinfo", str(place)).split("Pages:")[1].split()[0]
    page = plain(poppler("pdftotext", "-f", last, "-l", last, str(place), "-"))
    assert "Til ældrerådet (seniorrådet) og handicaprådet" in page
    assert "Er det rimeligt, hvor grænsen for byen går?" in page
    assert "Kilder" not in page


def lix(text: str) -> float:
    """Björnsson's readability: words a sentence, and percent of words over six letters. 25-34 is easy, 35-44 middling."""
    sentences = [s for s in re.split(r"[.?!:](?:\s|$)", text) if s.strip()]
    words = re.findall(r"[^\W_]+", text)
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_lix_by_hand() -> None:
    """Ten words in two sentences, two of them long: 5 + 20."""
    assert lix("Du ringer til Movia. Bilen kommer til vejen, hvor bopælen ligger.") == pytest.approx(
        11 / 2 + 100 * 1 / 11
    )


def test_the_page_to_the_councils_is_easy_to_read(comparison: Json) -> None:
    page = council(decision_paper(answer_of(plain_names(comparison)), MANIFEST))
    assert lix(" ".join(sentences_of(*page))) < 30


def test_every_character_that_is_let_through_can_be_shown(paper: Document) -> None:
    """typst refuses PDF/UA with a character that its typeface lacks; so no name can make the paper fail."""
    everything = "".join(chr(c) for low, high in _SHOWN for c in range(low, high + 1))
    assert visible(everything) == everything
    line = Paragraph(same(everything + visible("\U0001f695 中 \x07")))
    assert to_pdf(of_parts(line)).startswith(b"%PDF")


def test_a_name_with_other_scripts_makes_a_paper_all_the_same(comparison: Json) -> None:
    name = "Bytakst \U0001f695 \u202e中文 \x1b[31m"
    odd = json.loads(json.dumps(comparison).replace(json.dumps(NASTY)[1:-1], json.dumps(name)[1:-1]))
    paper = decision_paper(answer_of(odd), MANIFEST)
    assert to_pdf(paper).startswith(b"%PDF")
    assert "\U0001f695" in to_html(paper)


def test_an_option_that_is_todays_is_not_introduced(comparison: Json) -> None:
    unchanged = copy.deepcopy(comparison)
    unchanged["options"][2]["elements"] = list(reversed(unchanged["options"][0]["elements"]))
    told = sentences_of(section(decision_paper(answer_of(unchanged), MANIFEST), "indstilling"))
    assert sum("svarer til nuværende ordning" in words for words in told) == 1
    assert sum("indføres 1. oktober 2020" in words for words in told) == 1


def test_the_amounts_say_of_which_year_the_kroner_are(comparison: Json, paper: Document) -> None:
    assert comparison["price_level"] == comparison["year"]
    (table,) = tables(section(paper, "oekonomi"))
    assert table.caption.da == f"Kommunens nettoudgift, 1.000 kr. i {comparison['year']}-priser"
    account = sentences_of(section(paper, "bilag-2"))
    assert any(f"Beløb i {comparison['year']}-priser; taksterne er årets egne." in words for words in account)


def test_a_single_scheme_has_no_choice_to_make(comparison: Json) -> None:
    alone = copy.deepcopy(comparison)
    alone["options"] = alone["options"][:1]
    for trip in alone["citizen_prices"]:
        trip["oere"], trip["certainty"] = trip["oere"][:1], trip["certainty"][:1]
    alone["most_important"], alone["experiments"] = [], []
    paper = decision_paper(answer_of(alone), MANIFEST)
    told = sentences_of(section(paper, "indstilling"))
    assert told == ["Administrationen indstiller, at redegørelsen tages til efterretning."]
    assert "borgerne" not in {part.id for part in paper.sections}
    assert to_pdf(paper).startswith(b"%PDF")
    assert to_word(paper).startswith(b"PK")


@pytest.mark.parametrize(
    ("code", "start", "elements", "said"),
    [
        ("0217", "2020-02-01", ["bytakst=low"], "er kendt fra »Helsingør Kommune: takster i flextur«."),
        ("0217", "2020-02-01", ["kommunetakst"], "tyder på en anden: bytakst, lavt niveau."),
        ("0340", "2020-07-01", ["kommunetakst"], "der er ikke fundet offentlige kilder"),
        ("0316", "2020-07-01", ["kommunetakst", "bytakst=low"], "er antaget: valget fra 2016-18 antages videreført"),
        (
            "0316",
            "2020-07-01",
            ["kommunetakst"],
            "Et skøn (valget fra 2016-18 antages videreført i den nye model) tyder på",
        ),
        ("0316", "2020-07-01", ["kommunetakst", "bytakst=low"], "Kommunen har også plustur"),
        ("0101", "2020-07-01", [], "har kommunen ikke flextur"),
    ],
)
def test_what_the_municipality_has_today_is_known_or_assumed(
    code: str, start: str, elements: list[str], said: str
) -> None:
    """Helsingør: grundtakst, and bytakst 48 since 1 January 2020; Holbæk: plustur since 1 July 2019; København: no flextur."""
    option = {"name": "I dag", "elements": elements}
    assert said in " ".join(
        today_words(answer_of({"municipality": code, "year": 2020, "start": start, "options": [option]}))
    )


def test_a_fare_of_the_municipalitys_own_is_the_scheme_where_it_is_calculated_in_kroner() -> None:
    """Vordingborg has 60 kr. as the whole municipality's fare since 21 January 2024."""
    expected = {
        "kommunetakst=60": "Ordningen er 60 kr. pr. tur fra 21-01-2024",
        "kommunetakst": "Ordningen er oplyst til beregningen.",
    }
    for element, start in expected.items():
        option = {"name": "I dag", "elements": [element]}
        answer = answer_of({"municipality": "0390", "year": 2027, "start": "2027-07-01", "options": [option]})
        assert today_words(answer)[0].startswith(start)


def test_a_long_table_goes_on_under_its_header(tmp_path: Path) -> None:
    rows = tuple((Cell(f"Kommune {n}"), Cell(str(1000 + n))) for n in range(90))
    words = pdf_text(to_pdf(of_parts(rows_of(Table("Lang tabel", ("kommune", "tal"), rows)))), tmp_path)
    assert words.count("kommune tal") == 2
    assert [n for n in range(90) if str(1000 + n) not in words] == []
