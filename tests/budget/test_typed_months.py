"""Months typed into the field: a tab cannot be typed there, so spaces stand between the columns, as in its example."""

import pytest

from sim.answer.budget.observed import Observed, observed_in
from sim.answer.budget.pasted import pasted_rows
from tariffs.errors import InputError


def typed(text: str) -> Observed:
    return observed_in(pasted_rows(text, ""), "")


@pytest.mark.parametrize(
    "text",
    [
        "måned      passagerer  nettoudgift\njanuar 2025  812       145.300\nfebruar 2025  1.790      141.000",
        "måned passagerer nettoudgift\njanuar 2025 812 145.300\nfebruar 2025 1.790 141.000",
        "Måned Antal passagerer Nettoudgift (kr.)\njan. 2025 812 145300\nfeb. 2025 1790 141000",
        "måned passagerer nettoudgift\n2025-01 812 145.300,00\n2025-02 1.790 141.000,00",
        "måned passagerer nettoudgift\n01-2025 812 145.300\n02-2025 1.790 141.000",
        "år måned passagerer nettoudgift\n2025 januar 812 145.300\n2025 februar 1.790 141.000",
        "Flextur i Lejre\n\nmåned passagerer nettoudgift\njanuar 2025 812 145.300\nfebruar 2025 1.790 141.000\ni alt 2.602 286.300",
        "måned   passagerer   nettoudgift\njanuar 2025   812   145 300\nfebruar 2025   1 790   141 000",
    ],
)
def test_columns_with_spaces_between_are_read_as_those_with_tabs(text: str) -> None:
    found = typed(text)
    assert (found.year, found.months, found.passengers) == (2025, (1, 2), (812, 1_790))
    assert found.cost_oere == (14_530_000, 14_100_000)


def test_months_without_a_year_and_without_costs_are_read_too() -> None:
    found = typed("måned passagerer\njanuar 45\nseptember 2100")
    assert (found.year, found.months, found.passengers, found.cost_oere) == (None, (1, 9), (45, 2_100), None)


def test_the_total_below_is_compared_with_the_months() -> None:
    found = typed("måned passagerer\njanuar 812\nfebruar 1.790\ni alt 2.603")
    assert "Summen i række 4 er 2.603 passagerer, men månederne giver 2.602." in found.notes


@pytest.mark.parametrize("row", ["januar 2025 45", "januar 2025 1 200 145 300"])
def test_numbers_that_could_belong_to_several_columns_are_refused(row: str) -> None:
    """2025 and 45 may be a year and its passengers, or passengers and their cost."""
    with pytest.raises(InputError, match="hvilke kolonner tallene i række 2 hører til"):
        typed(f"måned passagerer nettoudgift\n{row}\nfebruar 2025 1790 141000")
