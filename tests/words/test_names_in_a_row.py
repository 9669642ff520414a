"""Names with commas in them, as the builder gives options: a reader can tell where one ends and the next begins."""

from api.web.translation import english, speak_of
from sim.telling.paper.head import subtitle
from sim.telling.untried import untried_of
from sim.words.names import in_a_row, told_apart
from tests.answer.building import answer_of

WITHOUT = "Uden kommunetakst, plustur"
FREE = "Uden kommunetakst, gratis til Haslev"


def test_names_with_commas_are_in_quotation_marks_all_of_the_row() -> None:
    assert in_a_row([WITHOUT, FREE, "Bytakst 64"]) == f"»{WITHOUT}«, »{FREE}« og »Bytakst 64«"
    assert in_a_row([WITHOUT, "Bytakst 64"], "en") == f"“{WITHOUT}” and “Bytakst 64”"
    assert told_apart(["Haslev og omegn", "Faxe"]) == ["»Haslev og omegn«", "»Faxe«"]


def test_a_name_alone_and_names_of_plain_words_have_none() -> None:
    assert in_a_row([WITHOUT]) == WITHOUT
    assert in_a_row(["Kommunetakst", "Bytakst 64,50"]) == "Kommunetakst og Bytakst 64,50"


def test_the_papers_subtitle_tells_its_options_apart_in_both_languages() -> None:
    options = [{"name": name} for name in ("I dag", WITHOUT, FREE)]
    found = subtitle(answer_of({"options": options}))
    assert found.da == f"I dag sammenlignet med »{WITHOUT}« og »{FREE}«"
    assert found.en == f"I dag compared with “{WITHOUT}” and “{FREE}”"


def test_what_was_never_tried_names_each_option_it_concerns() -> None:
    ((names, _),) = untried_of([(WITHOUT, "en regel"), (FREE, "en regel")])
    assert names.da == f"»{WITHOUT}« og »{FREE}«"


def test_the_english_page_has_english_marks_round_the_names_of_options() -> None:
    speak_of([WITHOUT, FREE])
    try:
        said = english(f"{in_a_row([WITHOUT, FREE])}: 48 kr.")
    finally:
        speak_of([])
    assert said == f"“{WITHOUT}” and “{FREE}”: DKK 48"


def test_a_town_area_with_a_comma_leaves_its_sentence_translated() -> None:
    areas = in_a_row(["Haslev, ny linje", "Faxe"])
    assert english(f"2 byområder: {areas}") == "2 town areas: »Haslev, ny linje« and »Faxe«"
