"""Columns are guessed by what they are called and by what their cells are."""

from sim.inputs.intake.column_guess import guessed
from sim.inputs.intake.kept import Column


def column(name: str, *kinds: str) -> Column:
    return Column(name, frozenset(kinds), ())


OFFICE = [column("Kørt den", "day"), column("Kl.", "time"), column("Hentet (adresse)", "place")]


def test_an_offices_own_words_are_guessed() -> None:
    found = guessed(
        [column("Rejsende"), *OFFICE, column("Sat af (adresse)", "place"), column("Voksne + børn i alt", "party", "children"),
         column("Afbestilt?", "standing")]
    )  # fmt: skip
    assert found == {
        "date": "Kørt den", "time": "Kl.", "from": "Hentet (adresse)", "to": "Sat af (adresse)",
        "passengers": "Voksne + børn i alt", "status": "Afbestilt?",
    }  # fmt: skip


def test_a_column_of_names_is_no_number_of_travellers_where_another_counts_them() -> None:
    assert guessed([column("Rejsende"), column("Antal på turen", "party")])["passengers"] == "Antal på turen"
    assert guessed([column("Rejsende")])["passengers"] == "Rejsende"


def test_adults_alone_are_not_guessed_to_be_the_party() -> None:
    found = guessed([column("Antal voksne", "party", "children"), column("Antal børn", "children")])
    assert found == {"children": "Antal børn"}


def test_the_only_place_left_is_the_other_end() -> None:
    assert guessed([*OFFICE, column("Ærinde", "place")])["to"] == "Ærinde"
    assert "to" not in guessed([*OFFICE, column("Ærinde", "place"), column("Hjemsted", "place")])
    assert "to" not in guessed([*OFFICE, column("Afhentet i by", "place")])


def test_yes_and_no_under_another_name_says_nothing() -> None:
    assert guessed([column("Ledsager", "standing"), column("Ikke aflyst", "standing")]) == {}
