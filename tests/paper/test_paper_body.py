"""What the two or three pages before the appendix say, and what they do not: ids, files, hashes, ranges of the register."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from reading_documents import body, council, section, sentences_of, tables, texts
from reading_papers import MANIFEST, Json, plain_names, poppler

from api.web.translation import known_english
from sim.telling.paper import decision_paper, to_html, to_pdf
from sim.telling.report.budget_section import budget_tables
from sim.telling.report.phrases import option_words
from sim.telling.section import Bullets, Document
from tests.answer.building import answer_of
from tests.api.web.danish_marks import danish_marks
from tests.drawing.whole_comparison import whole_comparison

TECHNICAL = re.compile(
    r"\w+_\w+|\b[0-9a-f]{12,}\b|\.(?:toml|html|json|csv|parquet|xlsx)\b|spænd \d|takstlab ", re.IGNORECASE
)
HASH = "9f86d081884c7d659a2feaa0c55ad015"


@pytest.fixture(scope="module")
def named(comparison: Json) -> Document:
    """The paper with names that people give, of a run with a hash, in both languages."""
    return decision_paper(answer_of(plain_names(comparison)), {**MANIFEST, "run_id": HASH}, english=known_english)


def test_the_body_has_no_ids_files_hashes_or_ranges(named: Document) -> None:
    told = [words for text in texts(*body(named)) for words in (text.da, text.en or "")]
    assert len(told) > 100
    assert [words for words in told if TECHNICAL.search(words)] == []


def test_the_appendix_has_them(named: Document) -> None:
    told = " ".join(text.da for text in texts(*named.sections))
    assert HASH in told
    assert "takstlab compare soroe.toml" in told
    assert "report.html" in told


@pytest.fixture(scope="module")
def pages(named: Document, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of the PDF, a page each, as poppler finds it."""
    place = tmp_path_factory.mktemp("papir") / "papir.pdf"
    place.write_bytes(to_pdf(named))
    return poppler("pdftotext", str(place), "-").split("\f")


def test_the_body_is_three_pages_and_the_appendix_begins_the_next(pages: list[str]) -> None:
    (first,) = [number for number, page in enumerate(pages) if "Bilag 1: Ordningen" in page]
    assert 2 <= first <= 3
    assert [page.count("Ændring i nettoudgift i forhold til") for page in pages[:first]].count(1) == 1


@pytest.mark.parametrize("word", ["kommunetakst", "nettoudgift", "vognmandsbetaling", "mindreudgift", "2020-priser"])
def test_a_word_of_the_pdf_is_found_whole(pages: list[str], word: str) -> None:
    assert any(word in page for page in pages)
    assert not any(re.search("[\u00ad\u2060\u2011]", page) for page in pages)


def test_the_body_is_english_in_english(named: Document) -> None:
    assert [text.da for text in texts(*body(named), *council(named)) if text.en is None] == []
    page = to_html(named, "en")
    assert '<html lang="en">' in page
    assert 'content: "Page " counter(page) " of "' in page
    assert "The administration recommends that the committee choose" in page
    before = re.sub(r'<style>.*?</style>|src="[^"]*"', "", page[: page.index('id="bilag-1"')], flags=re.DOTALL)
    assert danish_marks(before) == []
    assert set(re.findall(r"\w*[æøåÆØÅ]\w*", before)) == {"Sorø"}


def test_the_english_pdf_is_english(named: Document) -> None:
    pdf = to_pdf(named, "en")
    assert b"/Lang(en-GB)" in pdf
    assert b"/Lang(da-DK)" not in pdf


def with_elements(*elements: str, prices: tuple[int, int] = (3200, 3200)) -> Json:
    """A small comparison whose second option has these elements, and whose trip costs so much before and after."""
    comparison = whole_comparison("Nuværende ordning", "Ny")
    comparison["options"][0]["elements"] = ["kommunetakst"]
    comparison["options"][1]["elements"] = ["kommunetakst", *elements]
    keys = ("adult_phone", "adult_online", "child_phone", "child_online")
    comparison["citizen_prices"] = [
        {"trip": "3 km inden for byområdet", "km": 3, "place_class": "in_town", "oere": [dict.fromkeys(keys, oere) for oere in prices]}
    ]  # fmt: skip
    return comparison


TOWN, DEARER, LOST = "grænsen for byen", "når prisen stiger", "ikke kan undvære"
FREE, CHANGE = "køre gratis til", "skifte til bus eller tog"


@pytest.mark.parametrize(
    ("comparison", "asked"),
    [
        (with_elements("gratis=Biblioteket"), {FREE}),
        (with_elements("bytakst=60", prices=(3200, 6000)), {TOWN, DEARER, LOST}),
        (with_elements("bytakst=24", prices=(3200, 2400)), {TOWN}),
        (with_elements("lukket_by"), {TOWN, LOST}),
        (with_elements("plustur"), {CHANGE}),
    ],
    ids=["free destination", "dearer town", "cheaper town", "closed town", "plustur"],
)
def test_the_councils_are_asked_of_what_is_in_play_alone(comparison: Json, asked: set[str]) -> None:
    told = " ".join(sentences_of(*council(decision_paper(answer_of(comparison), MANIFEST))))
    assert {words for words in (TOWN, DEARER, LOST, FREE, CHANGE) if words in told} == asked


def test_only_elements_in_the_options_are_explained() -> None:
    told = section(decision_paper(answer_of(with_elements("gratis=Biblioteket")), MANIFEST), "sag")
    terms = [item.term.da for part in told.parts if hasattr(part, "items") for item in part.items]
    assert terms == ["Nuværende ordning", "Ny", "Kommunetakst", "Gratis destination"]


def without_start(comparison: Json) -> Json:
    changed = copy.deepcopy(comparison)
    changed["start"] = changed["prebooked"] = None
    for option in changed["options"]:
        option["part_year"] = None
    return changed


def test_the_budget_year_is_named_only_where_it_has_figures() -> None:
    dated = decision_paper(answer_of(whole_comparison()), MANIFEST)
    whole = decision_paper(answer_of(without_start(whole_comparison())), MANIFEST)
    for paper, expected in ((dated, True), (whole, False)):
        found = [words for text in texts(*body(paper)) for words in (text.da, text.en or "")]
        assert any("budgetår" in words.lower() or "budget year" in words for words in found) is expected
    assert [column.id for column in tables(section(whole, "oekonomi"))[0].columns] == [
        "option",
        "net_cost",
        "change",
        "percent",
    ]


def test_the_neighbours_warning_stands_in_body_and_appendix() -> None:
    comparison = whole_comparison()
    row = {
        "name": "Holbæk", "own": False, "offers_flextur": "known", "package": ["kommunetakst"], "package_certainty": "known",
        "price_3_km_oere": 3200, "price_8_km_oere": 3200, "volume_origin": "allocated",
    }  # fmt: skip
    cost = comparison["options"][0]
    row |= {
        key: cost[key]
        for key in ("passengers", "net_cost_oere", "net_cost_per_passenger_oere", "net_cost_per_resident_oere")
    }
    row |= {
        "net_cost_per_older_resident_oere": cost["net_cost_per_resident_oere"],
        "trips_per_1000_older": cost["trips"],
    }
    note = "Tallene må ikke lægges sammen på tværs af kommuner."
    comparison["neighbours"] = {"rows": [row], "across": [], "notes": [note], "replications": 2, "draws": 1}
    paper = decision_paper(answer_of(comparison), MANIFEST)
    assert any(note in said for said in sentences_of(section(paper, "sikkerhed")))
    assert note in sentences_of(section(paper, "bilag-5"))
    assert section(paper, "bilag-6").title.da == "Bilag 6: Kilder og gentagelse"


def test_an_options_bytakst_is_in_kroner_and_a_level_only_where_no_price_is_known() -> None:
    """The committee reads 64 kr., not a level of a price list it has not seen."""
    comparison = whole_comparison()
    comparison["options"][1]["elements"] = ["kommunetakst", "bytakst=low", "plustur"]
    trip = comparison["citizen_prices"][0]
    trip["place_class"], trip["oere"][1] = "in_town", trip["oere"][1] | {"adult_phone": 6_400}
    said = option_words(answer_of(comparison), 1)
    assert said == "kommunetakst; bytakst 64 kr.; plustur"
    paper = decision_paper(answer_of(comparison), MANIFEST)
    assert any(said in words for words in sentences_of(section(paper, "sag")))
    comparison["options"][1]["elements"] = ["kommunetakst", "bytakst=low"]
    words = sentences_of(section(decision_paper(answer_of(comparison), MANIFEST), "sag"))
    assert any(said.endswith("bytakst 64 kr.") for said in words)
    assert not [said for said in words if ".." in said]
    comparison["options"][1]["elements"] = ["kommunetakst", "bytakst=low", "plustur"]
    trip["place_class"] = "inside"
    assert option_words(answer_of(comparison), 1) == "kommunetakst; bytakst, lavt niveau; plustur"


def test_own_lines_are_said_in_kroner_in_both_languages() -> None:
    """162,000 kr. less, 155,000 to 172,000."""
    comparison = whole_comparison()
    today, other = (option["name"] for option in comparison["options"])
    net, part = {"mean": 1e8, "p10": 9e7, "p90": 11e7}, {"part_year": None}
    moved = {"mean": -162e5, "p10": -172e5, "p90": -155e5}
    comparison["own_lines"] = {
        "lines": [{"option": other, "name": "Sparet buslinje", "oere": -15_000_000, "part_year_oere": None}],
        "options": [
            {"option": today, "oere": 0, "net_cost_with_own_oere": net, "change_with_own_oere": None, **part},
            {"option": other, "oere": -15_000_000, "net_cost_with_own_oere": net, "change_with_own_oere": moved, **part},
        ],
        "part_year_days": None, "days_in_year": 365, "notes": [],
    }  # fmt: skip
    said = sentences_of(section(decision_paper(answer_of(comparison), MANIFEST), "oekonomi"))
    assert f"{other} med kommunens egne linjer: mindreudgift ca. 162.000 kr. om året (155.000-172.000 kr.)." in said


def test_the_papers_outturn_is_the_pages() -> None:
    """1,183,796 and 14,560 more are 1,184 and 15: 1,199 thousand, 1 under a budget of 1,200."""
    comparison = whole_comparison()

    def block(oere: float) -> dict[str, Any]:
        over = {"mean": oere - 120e6, "p10": -10e6, "p90": 13e6}
        none = {"mean": 0.0, "p10": 0.0, "p90": 13e6}
        return {"outturn_oere": {"mean": oere, "p10": 110e6, "p90": 133e6}, "deviation_oere": over,
                "tillaegsbevilling_oere": none, "verdict": "usikker"}  # fmt: skip

    comparison["budget"] = {
        "budget_oere": 120_000_000, "spent_oere": None, "spent_to": None, "days_gone": None, "days_in_year": 365,
        "spending_weight": None, "to_date": None,
        "options": [
            {"name": option["name"], "straight_line": None, "simulated": block(oere), "sentence": "Sagt."}
            for option, oere in zip(comparison["options"], (118_379_648, 119_835_670), strict=True)
        ],
    }  # fmt: skip
    paper = decision_paper(answer_of(comparison), MANIFEST)
    (table,) = tables(section(paper, "budget"))
    shown = [str(cell.text) for row in budget_tables(answer_of(comparison))[0].rows for cell in row[1:2]]
    assert [round(row[1].mean / 100_000) for row in table.rows] == [1_184, 1_199]
    assert shown == ["1.184", "1.199"]


def test_the_pool_stands_in_the_appendix_with_its_words() -> None:
    comparison = whole_comparison()
    for place, option in enumerate(comparison["options"]):
        moved = {"mean": -370_000.0, "p10": -1_200_000.0, "p90": -170_000.0} if place else None
        option |= {"coordinated_percent": option["shared_percent"]}
        option |= {"operator_payment_change_oere": moved, "avoidable_cost_change_oere": moved}
    paper = decision_paper(answer_of(comparison), MANIFEST)
    assert any(
        "alle vogne tilsammen koster ca. 3.700 kr. mindre (bilag 2)" in said
        for said in sentences_of(section(paper, "sikkerhed"))
    )
    assert any("Flextur kører i de samme vogne" in said for said in sentences_of(section(paper, "bilag-2")))


def test_no_title_of_a_column_is_a_key() -> None:
    """A column that is renamed where it is made cannot be lost: nothing looks a column up by what people read."""
    rooms = Path(__file__).parents[2] / "sim"
    looking = re.compile(r"\.header\.index\(|in \w*\.?table\.header|\.header\[\d")
    found = [
        path.name
        for room in ("paper", "report", "telling")
        for path in (rooms / room).glob("*.py")
        if looking.search(path.read_text("utf-8"))
        and path.name != "text_table.py"  # which prints a column by its place
    ]
    assert found == []


def test_an_option_with_a_town_area_of_its_own_says_which_where_it_is_asked_about(comparison: Json) -> None:
    """Two options with the same elements were said alike: what is to be decided was only a note in the appendix."""
    drawn = copy.deepcopy(comparison)
    name = drawn["options"][1]["name"]
    drawn["notes"] = [*drawn["notes"], f"{name} har sit eget byområde: Sorø, Frederiksberg (sogne (uden polygoner))."]
    paper = decision_paper(answer_of(drawn), MANIFEST)
    asked = next(part for part in paper.sections[0].parts if isinstance(part, Bullets))
    told = [item.text for item in asked.items if item.text is not None]
    assert told[1].da.endswith("; eget byområde: Sorø, Frederiksberg.")
    assert (told[1].en or "").endswith("; own town area: Sorø, Frederiksberg.")
    assert not [text for text in (told[0], told[2]) if "byområde:" in text.da]
