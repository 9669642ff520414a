"""Sheets of months as a finance office keeps them: amounts in thousands, months side by side, a budget beside them."""

import pytest

from sim.answer.budget.observed import Observed, observed_in
from sim.answer.budget.sheet import pasted_rows
from tariffs.errors import InputError


def pasted(text: str) -> Observed:
    return observed_in(pasted_rows(text.replace("|", "\t"), ""), "")


JANUARY_AND_FEBRUARY = Observed(2025, (1, 2), (1_180, 995), (18_950_000, 16_100_000))
DOWN = "Flextur 2025{title}||\nMåned|Passagerer|{cost}|Afvigelse fra budget\nJan|1.180|{jan}|-1\nFeb|995|{feb}|2\n"
ACROSS = (
    "Opfølgning 2025|||\nBeløb i t.kr.|||\nKonto|Jan|Feb|I alt\nBudget|190|190|380\nPassagerer|1.180|995|2.175\n"
    "Nettoudgift|189,5|161|350,5\nTal fra Movias afregning|||\n"
)


@pytest.mark.parametrize(
    ("title", "cost", "jan", "feb"),
    [("", "Nettoudgift (t.kr.)", "189,5", "161,0"), ("", "Udgift i 1.000 kr.", "189,5", "161"),
     (" - beløb i t.kr.", "Nettoudgift", "189,50", "161,00"), ("", "Nettoudgift, mio. kr.", "0,19", "0,16")],
)  # fmt: skip
def test_amounts_in_thousands_and_millions_are_kroner(title: str, cost: str, jan: str, feb: str) -> None:
    found = pasted(DOWN.format(title=title, cost=cost, jan=jan, feb=feb))
    millions = "mio" in cost
    assert found.passengers == JANUARY_AND_FEBRUARY.passengers
    assert found.cost_oere == ((19_000_000, 16_000_000) if millions else JANUARY_AND_FEBRUARY.cost_oere)
    unit = "1.000.000" if millions else "1.000"
    assert f"Nettoudgiften er skrevet i {unit} kr. og er regnet om til kroner." in found.notes
    assert "Kolonnen 'Afvigelse fra budget' er ikke læst." in found.notes


@pytest.mark.parametrize(
    ("title", "cost", "jan"), [(" (t.kr.)", "Nettoudgift (kr.)", "189.500"), ("", "Nettoudgift (t.kr.)", "189.500 kr.")]
)
def test_kroner_said_nearer_to_the_number_are_kroner(title: str, cost: str, jan: str) -> None:
    found = pasted(DOWN.format(title=title, cost=cost, jan=jan, feb=jan.replace("189.5", "161.0")))
    assert found == JANUARY_AND_FEBRUARY


def test_months_side_by_side_are_read() -> None:
    found = pasted(ACROSS)
    assert found == JANUARY_AND_FEBRUARY
    assert found.notes == (
        "Månederne står ved siden af hinanden og er læst en kolonne ad gangen.",
        "Række 4 og 7 er hverken passagerer eller nettoudgift og er ikke læst.",
        "Kolonne 4 er en sum og ikke læst som en måned.",
        "Nettoudgiften er skrevet i 1.000 kr. og er regnet om til kroner.",
        "Månederne har intet år; 2025 er taget fra rækkerne over overskriften.",
    )


def test_a_fault_among_months_side_by_side_is_told_by_column() -> None:
    with pytest.raises(InputError, match="kolonne 3, rækken passagerer: 'mange', forventet et helt antal"):
        pasted(ACROSS.replace("995", "mange"))


def test_months_side_by_side_without_passengers_say_what_is_missing() -> None:
    with pytest.raises(InputError, match=r"ingen række under dem hedder passagerer.*skriv »passagerer« foran rækken"):
        pasted(ACROSS.replace("Passagerer", "Rejser"))


def test_all_columns_that_are_not_known_are_named_at_once() -> None:
    with pytest.raises(InputError, match="Kolonnerne 'Km', 'Vogne' kendes ikke"):
        pasted("Måned|Passagerer|Km|Vogne\n2025-01|5|1|1\n")


@pytest.mark.parametrize(
    "heading", ["Måned 2025|Antal passagerer|Nettoudgift (kr.)", "Måned|Passagerer i 2025|Nettoudgift i kr. 2025"]
)
def test_a_year_in_the_heading_is_the_months_year(heading: str) -> None:
    text = f"Næstved Kommune: flextur, kørte ture\n{heading}\njanuar|1.180|189.500\nfebruar|995|161.000\n"
    found = pasted(text)
    assert found == JANUARY_AND_FEBRUARY
    assert "Månederne har intet år; 2025 er taget fra overskriften." in found.notes


def test_years_side_by_side_are_not_taken_for_one_another() -> None:
    with pytest.raises(InputError, match="Kolonnen passagerer er der to gange"):
        pasted("Måned|Passagerer 2024|Passagerer 2025\njan|5|6\n")


def test_a_heading_that_is_not_known_is_named_and_not_the_title_over_it() -> None:
    with pytest.raises(InputError, match=r"^Kolonnen 'Hoveder' kendes ikke"):
        pasted("Næstved Kommune: flextur||\nMåned|Hoveder|Nettoudgift\njan 2025|5|6\n")
