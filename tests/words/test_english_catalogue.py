"""The catalogue of English: every entry has the same fields in both languages, and no Danish is left in the English."""

import re

import pytest

from api.web.sentences import FIELD, sentence
from api.web.translation import english, entries, looks_danish
from tests.words.danish_sentences import sentences
from tests.words.test_english_pages import names

SHOWN = (
    "sim/answer/budget/",
    "sim/inputs/intake/",
    "sim/riders/plustur/",
    "sim/telling/report/",
    "sim/study/",
    "api/web/values.py",
)
SMALL_WORDS = re.compile(r"\b(?:og|ikke|eller|der|som|til|med|på|skal|hvor|efter|også|kun|ingen|af|kroner|kr)\b")
TYPED = re.compile(
    r"“[^”]*”|'[^']*'|\"[^\"]*\"|\([^)]*\)|\b\w+;[\w;]+|e\.g\. .*|\d[\d.,]* kr\."
    r"|udført|forgæves|aflyst|nettoudgift|passagerer|kroner|Møn|Tølløse.*|Nuværende ordning"
)
"""What English may keep: what is typed or read as it is, in quotation marks or brackets, units that are typed, and headings of files."""


def test_english_has_the_fields_of_the_danish() -> None:
    for danish, said in entries():
        if FIELD.search(danish):
            sentence(danish, said)
        else:
            assert not FIELD.search(said), danish


def test_no_danish_is_left_in_the_english() -> None:
    bare = {said: TYPED.sub("", FIELD.sub("", said)) for _, said in entries()}
    left = [
        said for said, text in bare.items() if SMALL_WORDS.search(text) or re.search("[æøå]", names().sub("", text))
    ]
    assert left == []


@pytest.mark.parametrize(
    ("danish", "expected"),
    [
        ("Ret filen; intet er læst ind", "Correct the file; nothing was read in"),
        (
            "Stedet 'Ukendtby' kendes ikke. Skriv nærmeste by, måske Sundby eller Lundby.",
            "The place “Ukendtby” is not known. Write the nearest town, perhaps Sundby or Lundby.",
        ),
        ("Kommunens eget tal: 2.900 passagerer pr. år.", "The municipality's own number: 2,900 passengers a year."),
        (
            "Valgmulighederne gælder fra 28. november 2026; før den dag gælder nuværende ordning.",
            "The options are in force from 28 November 2026; before that day the present scheme applies.",
        ),
    ],
)
def test_names_and_numbers_are_filled_in_with_english_marks(danish: str, expected: str) -> None:
    assert english(danish) == expected


@pytest.mark.parametrize(
    ("danish", "expected"),
    [
        ("1 byområde: Tølløse", "1 town area: Tølløse"),
        (
            "By 64 har sit eget byområde: Haslev, ny linje (byområder fra byomraader.geojson).",
            "By 64 has its own town area: Haslev, ny linje (town areas from byomraader.geojson).",
        ),
        (
            "Ny: forventet regnskab ca. 0,79 mio. kr. (0,77-0,81) mod et budget på 0,78 mio. kr.; usikker: kan blive mer- eller"
            " mindreforbrug (-12.300 til 26.700 kr.), og der kan blive brug for en tillægsbevilling på op til 26.700 kr.",
            "Ny: expected outturn about DKK 0.79 million (0.77-0.81) against a budget of DKK 0.78 million; uncertain: spending may"
            " be over or under budget (DKK -12,300 to 26,700), and a supplementary grant of up to DKK 26,700 may be needed.",
        ),
        (
            "Tilpasset kommunens egne tal: 4.314 passagerer i 10 måneder af 2026, som er 82,8 % af et år efter månedsprofilen,"
            " giver 5.212 passagerer om året.",
            "Fitted to the municipality's own numbers: 4,314 passengers in 10 months of 2026, which is 82.8 % of a year by the"
            " profile of the months, makes 5,212 passengers a year.",
        ),
        (
            "Med den pris for en køretime giver modellen 655.060 kr. mod de oplyste 655.600 kr., og 4.329 passagerer mod 4.314."
            " Månedernes passagerer er regnet som flexturs; i modellens tal er plustur med.",
            "At that price of a driving hour the model gives DKK 655,060 against the observed 655,600, and 4,329 passengers against 4,314."
            " The months' passengers are taken as flextur's; the model's number includes plustur.",
        ),
        ("september 2026", "September 2026"),
        ("2 byområder: Tølløse og Jyderup", "2 town areas: Tølløse and Jyderup"),
        ("Kolonnerne bil og cykel er ikke læst.", None),
        ("højst 10.000 kr.", "at most DKK 10,000"),
        (
            "20 gentagelser af året og 512 sæt forudsætninger.",
            "20 replications of the year and 512 sets of assumptions.",
        ),
        ("ture pr. 1.000 på 70+", "trips per 1,000 of 70+"),
    ],
)
def test_endings_are_english_and_marks_are_made_once(danish: str, expected: str | None) -> None:
    """A number with a point had its mark made twice inside a sentence, and 10.000 read as ten."""
    assert english(danish) == (expected or danish)


@pytest.mark.parametrize("danish", ["byområde lav takst", "højst lille", "gratis til biblioteket", "uændret ordning"])
def test_a_small_danish_word_that_no_english_text_has_is_no_name(danish: str) -> None:
    assert english(danish) == danish


def test_danish_left_in_a_field_is_not_taken_for_a_name() -> None:
    assert looks_danish("Valgmuligheden ny ordning, der ikke findes kan ikke bruges: prisen er ukendt for alle")


def test_most_sentences_of_notes_and_errors_have_english() -> None:
    """The ones that lack it are pieces of sentences or have English next to them; the number may only fall."""
    have = {re.sub(r"\{\w*\}", "{}", danish) for danish, _ in entries()}
    texts = [text for name, found in sentences().items() if name.startswith(SHOWN) for text in found]
    lacking = [text for text in texts if re.sub(r"\{[^}]*\}", "{}", text) not in have and looks_danish(text)]
    assert len(lacking) <= 60, lacking


@pytest.mark.parametrize(
    ("danish", "expected"),
    [
        (
            "Klinik: 54 kr. (ca. 47 kr. i 2017-priser) er ikke prøvet. "
            "Svaret er lagt mellem de takster, der blev prøvet i 2016-17: 24, 36 og 48 kr.",
            "Klinik: DKK 54 (about DKK 47 in 2017 prices) has not been tried. "
            "The answer lies between the fares that were tried in 2016-17: DKK 24, 36 and 48.",
        ),
        (
            "I 2025: I dag 182.000 kr. (168.000-241.000); Klinik 727.000 kr. (610.000-800.000).",
            "In 2025: I dag DKK 182,000 (168,000-241,000); Klinik DKK 727,000 (610,000-800,000).",
        ),
        (
            "Ny: takst i byområdet 36 → 24 kr. (aldrig prøvet)",
            "Ny: town fare DKK 36 → 24 (never tried)",
        ),
        (
            "Skøn: Gladsaxes 30 ture pr. måned (2017) mod et gennemsnit på 12.200 passagerer pr. år viser spredningen",
            "Estimate: Gladsaxe's 30 trips a month (2017) against a mean of 12,200 passengers a year shows the spread",
        ),
    ],
)  # fmt: skip
def test_charts_and_sources_are_english(danish: str, expected: str) -> None:
    assert english(danish) == expected
