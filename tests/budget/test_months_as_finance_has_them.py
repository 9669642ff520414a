"""Sheets of months as a finance office keeps them: amounts in thousands, months side by side, a budget beside them."""

from datetime import date
from pathlib import Path

import pytest

from sim.answer.budget.chosen_columns import guessed, month_sheet, observed_with
from sim.answer.budget.month_cells import month_of
from sim.answer.budget.observed import Observed, observed_in, read_observed
from sim.answer.budget.pasted import pasted_rows
from sim.answer.budget.sheet import Rows
from sim.inputs.intake.workbook import without_formats
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


@pytest.mark.parametrize("title", ["Akkumuleret", "Flextur 2025, år til dato", "Passagerer ÅTD (akk.)"])
def test_months_that_hold_those_before_them_are_refused(title: str) -> None:
    with pytest.raises(InputError, match=r"lagt sammen måned for måned.*skriv hver måneds egne tal"):
        pasted(f"{title}||\nMåned|Passagerer|Nettoudgift\nJan 2025|100|10\nFeb 2025|190|20\n")


def test_costs_of_nothing_less_than_nothing_and_months_without_numbers_are_told() -> None:
    found = pasted("Måned|Passagerer|Nettoudgift\nJan 2025|100|-10\nFeb 2025|90|12\nApr 2025|95|0\n")
    assert found.cost_oere == (-1_000, 1_200, 0)
    assert [note.split(".")[0] for note in found.notes] == [
        "Der er ingen tal for marts, og en senere måned har",
        "Nettoudgiften er 0 kr",
        "Nettoudgiften er negativ i januar",
    ]


@pytest.mark.parametrize("less", ["-10,50", "\u221210,50", "(10,50)", "10,50-"])
def test_amounts_below_nothing_as_book_keepers_write_them(less: str) -> None:
    found = pasted(f"Måned|Passagerer|Udgift (t.kr.)\nJan 2025|1'100|{less}\nFeb 2025|1 090|1'234,50\n")
    assert found.cost_oere == (-1_050_000, 123_450_000)
    assert found.passengers == (1_100, 1_090)
    assert pasted("Måned|Passagerer|Udgift\nJan 2025|100|145.300,-\n").cost_oere == (14_530_000,)


def test_a_month_as_danmarks_statistik_writes_it() -> None:
    assert pasted("Måned|Passagerer\n2025M01|100\n2025M02|90\n").months == (1, 2)


def test_a_sheet_that_is_shown_and_names_months_is_read_before_a_hidden_one_and_a_cover(tmp_path: Path) -> None:
    def rows(passengers: int) -> list[list[object]]:
        return [["Måned", "Passagerer"], ["2025-01", passengers], ["2025-02", passengers]]

    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "m.xlsx") as book:
        sheets = {"Gammelt": rows(5), "Forside": [["Velkommen"], ["Flextur"]], "Nyt": rows(9)}
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(table):
                sheet.write_row(line, 0, row)
            if name == "Gammelt":
                sheet.hide()
            if name == "Forside":
                sheet.activate()
                sheet.set_first_sheet()
    found = read_observed(tmp_path / "m.xlsx")
    assert found.passengers == (9, 9)
    assert found.notes == ("Kun arket 'Nyt' er læst, ikke 'Forside', 'Gammelt'.",)


def chosen(text: str, **more: str) -> tuple[dict[str, str], Observed]:
    sheet = month_sheet(pasted_rows(text.replace("|", "\t"), ""))
    assert sheet is not None
    return guessed(sheet), observed_with(sheet, guessed(sheet) | more, "")


def test_columns_of_other_names_are_guessed_and_the_year_may_stand_in_a_name() -> None:
    text = (
        "Periode (md.)|Rejsende 2024|Rejsende 2025|Prognose kr.|Forbrug kr.\nJan|100|1.180|9|189.500\nFeb|90|995|9|161.000\n"
        "Hele året|190|2.175|18|350.500\n"
    )
    columns, found = chosen(text, passengers="Rejsende 2025")
    assert columns == {"month": "Periode (md.)", "passengers": "Rejsende 2024", "cost": "Forbrug kr."}
    assert found == JANUARY_AND_FEBRUARY
    akk = "Måned|Pass. akkumuleret|Pass.\nJan 2025|100|100\nFeb 2025|190|90\n"
    assert chosen(akk)[0] == {"month": "Måned", "passengers": "Pass."}
    with pytest.raises(InputError, match="vælg en kolonne med hver måneds egne tal"):
        chosen(akk, passengers="Pass. akkumuleret")


def test_months_side_by_side_under_other_names_are_rows_to_choose_from() -> None:
    columns, found = chosen("Konto|jan 25|feb 25\nRejsende|1.180|995\nAfregnet (t.kr.)|189,5|161\n")
    assert columns == {"month": "Konto", "passengers": "Rejsende", "cost": "Afregnet (t.kr.)"}
    assert found == JANUARY_AND_FEBRUARY
    with pytest.raises(InputError, match="kolonne 3, rækken passagerer: 'mange'"):
        chosen("Konto|jan 25|feb 25\nRejsende|1.180|mange\nAndet|1|2\n", passengers="Rejsende")


@pytest.mark.parametrize(("heading", "refused"), [("Udgift", True), ("Udgift (mio. kr.)", False)])
def test_a_cost_that_may_be_a_share_is_refused_where_the_file_hides_its_formats(heading: str, refused: bool) -> None:
    """0.42 of an .xls file may be 42 %; in millions it is 420,000 kroner."""
    rows = without_formats([["Måned", "Passagerer", heading], ["2020-01", 50.0, 0.42], ["2020-02", 40.0, 0.5]])
    sheet = Rows(list(enumerate(rows, 1)))
    if not refused:
        assert observed_in(sheet, "").cost_oere == (42_000_000, 50_000_000)
        return
    with pytest.raises(InputError, match=r"række 2-3, .*måske som procent, så gem filen som \.xlsx, eller ret cellen"):
        observed_in(sheet, "")


@pytest.mark.parametrize("amount", ["1,234", "1.234", "123.456"])
def test_thousands_with_three_decimals_or_none_are_asked_about_and_kroner_settle_it(amount: str) -> None:
    """'123.456' under t.kr. is 123,456 kr. to one office and 123 million kr. to another."""
    text = "Måned|Passagerer|Nettoudgift (t.kr.)\nJan 2025|100|{}\nFeb 2025|90|{}\n"
    with pytest.raises(
        InputError, match=r"række 2-3, kolonne nettoudgift: .* kan være 1\.000 kr\. med tre decimaler eller"
    ):
        pasted(text.format(amount, amount))
    assert pasted(text.format("1234000 kr.", "1234000 kr.")).cost_oere == (123_400_000, 123_400_000)


def test_another_amount_says_how_three_decimals_are_written() -> None:
    assert pasted("Måned|Passagerer|Udgift (mio. kr.)\nJan 2025|100|1,234\nFeb 2025|90|0,9\n").cost_oere == (
        123_400_000, 90_000_000,
    )  # fmt: skip
    assert pasted("Måned|Passagerer|Udgift (t.kr.)\nJan 2025|1.180|123,456\n").cost_oere == (12_345_600,)


def test_one_day_with_slashes_alone_is_asked_about_and_its_month_settles_it() -> None:
    with pytest.raises(
        InputError, match=r"række 2, .*'01/02/2020' kan være den 1\. i måned 2 eller den 2\. januar; skriv"
    ):
        pasted("Måned|Passagerer\n01/02/2020|100\n")
    assert pasted("Måned|Passagerer\n2020-02|100\n").months == (2,)
    assert pasted("Måned|Passagerer\n01/02/2020|100\n01/03/2020|90\n").months == (2, 3)


def test_passengers_may_have_zeros_after_the_mark_and_no_halves() -> None:
    assert pasted("Måned|Passagerer\n2025-01|1.180,00\n2025-02|995,0\n").passengers == (1_180, 995)
    with pytest.raises(InputError, match=r"række 2, kolonne passagerer: '12,5', forventet et helt antal"):
        pasted("Måned|Passagerer\n2025-01|12,5\n")


def test_kroner_have_at_most_two_decimals_and_the_words_for_a_share_belong_to_a_share() -> None:
    with pytest.raises(InputError, match=r"kolonne nettoudgift: '1234,567', forventet et beløb") as refused:
        pasted("Måned|Passagerer|Nettoudgift\n2025-01|100|1234,567\n")
    assert "procent" not in str(refused.value)


def test_a_passenger_count_that_may_be_a_share_is_not_told_as_a_cost() -> None:
    rows = without_formats([["Måned", "Passagerer"], ["2020-01", 0.42], ["2020-02", 40.0]])
    with pytest.raises(InputError, match="kolonne passagerer") as refused:
        observed_in(Rows(list(enumerate(rows, 1))), "")
    assert "procent" not in str(refused.value)


def test_a_day_and_a_month_with_slashes_are_told_apart_by_a_day_past_the_twelfth() -> None:
    assert month_of("13/4/2020") == (2020, 4)
    assert month_of("12/4/2020") is None


def test_months_without_a_year_have_ended_and_those_of_a_year_only_before_the_day() -> None:
    never = Observed(None, (1, 2), (5, 6), None)
    assert never.before(date(2020, 1, 1)) is never
    found = Observed(2025, (1, 2, 3), (5, 6, 7), None).before(date(2025, 3, 31))
    assert found is not None
    assert (found.months, found.passengers) == ((1, 2), (5, 6))


def test_months_in_another_column_do_not_turn_a_sheet_that_has_a_month_a_row() -> None:
    columns, found = chosen(
        "Ordning|Måned|Afregnet i|Rejsende\nFlextur|Jan 2025|feb 2025|1.180\nFlextur|Feb 2025|mar 2025|995\n"
    )
    assert columns == {"month": "Måned", "passengers": "Rejsende"}
    assert found == Observed(2025, (1, 2), (1_180, 995), None)


def test_columns_to_choose_from_are_those_with_a_name_or_anything_in_them() -> None:
    """The first has no name and the months, the third a name and nothing; the fourth has neither."""
    sheet = month_sheet(
        Rows([(1, ["", "Rejsende", "Forbrug", ""]), (2, ["Jan 2025", 5, "", ""]), (3, ["Feb 2025", 6, "", ""])])
    )
    assert sheet is not None
    assert [(column.name, column.examples) for column in sheet.columns] == [
        ("kolonne 1", ("Jan 2025", "Feb 2025")), ("Rejsende", ("5", "6")), ("Forbrug", ()),
    ]  # fmt: skip


def test_a_note_under_the_heading_is_not_the_heading() -> None:
    columns, found = chosen(
        "Måned|Rejsende|Forbrug kr.\n|Kilde: Movia|\nJan 2025|1.180|189.500\nFeb 2025|995|161.000\n"
    )
    assert columns == {"month": "Måned", "passengers": "Rejsende", "cost": "Forbrug kr."}
    assert found == JANUARY_AND_FEBRUARY


def test_rows_of_unlike_length_are_turned() -> None:
    columns, found = chosen("Konto|jan 25|feb 25\nRejsende|1.180|995\nKilde: Movia\n")
    assert columns == {"month": "Konto", "passengers": "Rejsende"}
    assert found.passengers == (1_180, 995)


def test_numbers_of_persons_are_no_examples() -> None:
    sheet = month_sheet(
        pasted_rows("Måned\tRejsende\tBorger\nJan 2025\t5\t010190-1234\nFeb 2025\t6\t020290-1235\n", "")
    )
    assert sheet is not None
    assert [column.examples for column in sheet.columns] == [("Jan 2025", "Feb 2025"), ("5", "6"), ()]
