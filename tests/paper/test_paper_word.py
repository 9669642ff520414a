"""The paper as a Word file: its structure as another program reads it."""

import io
import re

import docx
import pytest
from reading_documents import section, tables
from reading_papers import MANIFEST, NASTY, Json, plain

from sim.telling.paper import Document, Head, decision_paper
from sim.telling.section import Item, Picture, Section, Text, same, sentences
from sim.telling.word import to_word
from tests.answer.building import answer_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def word(paper: Document) -> docx.document.Document:
    return opened(to_word(paper))


def test_every_section_has_a_real_heading_of_its_level(paper: Document, word: docx.document.Document) -> None:
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [(f"Heading {one.level}", one.title.da) for one in paper.sections]
    assert [p.text for p in word.paragraphs if p.style.name == "Title"] == [paper.title.da]


def test_every_table_has_a_head_that_is_repeated_and_a_description(
    paper: Document, word: docx.document.Document
) -> None:
    found = tables(*paper.sections)
    assert len(word.tables) == len(found) > 8
    for table, meant in zip(word.tables, found, strict=True):
        heads = [row._tr.trPr.find(f"{W}tblHeader") is not None for row in table.rows]
        assert heads == [True, *([False] * len(meant.rows))]
        assert [plain(cell.text) for cell in table.rows[0].cells] == [column.title.da for column in meant.columns]
        assert table._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val") == meant.caption.da.replace("\u2060", "")
        assert table._tbl.tblPr.find(f"{W}tblLook").get(f"{W}firstRow") == "1"


def test_every_drawing_has_words_for_those_who_cannot_see_it(paper: Document, word: docx.document.Document) -> None:
    pictures = [part for part in paper.parts() if isinstance(part, Picture)]
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [picture.alt.da for picture in pictures]
    assert all(len(words) > 60 for words in told)


@pytest.mark.parametrize(("lang", "locale"), [("da", "da-DK"), ("en", "en-GB")])
def test_title_author_and_language_are_the_files_own(comparison: Json, lang: str, locale: str) -> None:
    small = decision_paper(answer_of(comparison), MANIFEST, head=Head(author="A. Sen"))
    small = Document(small.title, small.subtitle, small.running, small.fields, small.sections[:1], small.author)
    made = opened(to_word(small, lang))  # type: ignore[arg-type]
    about = made.core_properties
    assert (about.title, about.author, about.language) == (small.title.in_language(lang), "A. Sen", locale)  # type: ignore[arg-type]
    assert {one.get(f"{W}val") for one in made.styles.element.iter(f"{W}lang")} == {locale}


def test_pages_are_numbered_and_what_is_open_is_a_field_to_click(word: docx.document.Document) -> None:
    codes = "".join(one.get(f"{W}instr") for one in word.sections[0].footer._element.iter(f"{W}fldSimple"))
    assert codes.split() == ["PAGE", "NUMPAGES"]
    names = [alias.get(f"{W}val") for alias in word.element.body.iter(f"{W}alias")]
    assert names == ["Dato", "Udvalg og møde", "Forfatter", "Journalnummer", "udfyldes", "udfyldes"]


def test_what_has_no_english_is_marked_as_danish() -> None:
    document = Document(
        same("t"), same("s"), same("r"), (),
        (Section("a", same("b"), (sentences([Text("en bemærkning"), Text("et tal", "a number")]),)),),
    )  # fmt: skip
    runs = [run for p in opened(to_word(document, "en")).paragraphs for run in p.runs]
    marks = {run.text: [one.get(f"{W}val") for one in run._r.iter(f"{W}lang")] for run in runs}
    assert marks["en bemærkning"] == ["da-DK"]
    assert marks["a number"] == []


def test_words_are_whole_and_no_name_can_break_the_file(word: docx.document.Document) -> None:
    everything = "\n".join(t.text or "" for t in word.element.body.iter(f"{W}t"))
    assert NASTY in everything
    assert not re.search("[\u00ad\u2060]", everything)
    assert "kommunetakst" in everything
    odd = Document(
        same("t \x07 \ufffe"), same("\ud800"), same("r"), (), (Section("a", same("b\x00"), (sentences([same("c\x1b")]),)),)
    )  # fmt: skip
    assert opened(to_word(odd)).core_properties.title == "t  "


def test_a_sign_is_not_parted_from_its_number() -> None:
    items = sentences([same("fra -5,1 til -3; 2027-priser")])
    assert items.items[0] == Item(None, same("fra -5,1 til -3; 2027-priser"))
    made = opened(to_word(Document(same("t"), same("s"), same("r"), (), (Section("a", same("b"), (items,)),))))
    assert len(list(made.element.body.iter(f"{W}noBreakHyphen"))) == 2


def test_the_recommendation_has_lines_to_fill_in(paper: Document) -> None:
    (alternatives, points) = [part for part in section(paper, "indstilling").parts if hasattr(part, "items")]
    assert [item.text is None for item in alternatives.items] == [False, False, False]
    assert [item.text is None for item in points.items] == [False, False, True, True]
