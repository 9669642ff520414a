"""The five in words."""

from dataclasses import replace

from sim.answer.records.basis import Swing
from sim.telling.report.important import HEADING, most_important_table

ROW = Swing(
    id="town_share", statement="Andel af turene i byen", unit="andel", low=0.15, high=0.45,
    target="mer-/mindreudgift: Bytakst 60", central_oere=-20_000_000, low_oere=-12_000_000,
    high_oere=-36_000_000, drawn=True, note=None,
)  # fmt: skip


def test_a_row_says_what_from_where_to_where_and_with_what_effect() -> None:
    table = most_important_table([ROW])
    assert table is not None
    assert table.caption.startswith(HEADING)
    assert "Skøn med en formel" in table.caption
    assert [cell.text for cell in table.rows[0]] == ["Andel af turene i byen", "0,15", "0,45", "-120", "-360"]


def test_the_price_response_has_no_ends_of_its_own() -> None:
    table = most_important_table([replace(ROW, low=None, high=None)])
    assert table is not None
    assert table.rows[0][1].text == "10-90 % af kurverne"


def test_a_comparison_that_names_none_has_no_table() -> None:
    assert most_important_table(None) is most_important_table([]) is None
