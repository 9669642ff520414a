"""Facts stated twice agree, and the documents' tables are those the code makes from the shipped files."""

from pathlib import Path

import pytest

from sim.evidence.calibration.docs import DOCUMENTS, blocks, generated
from sim.inputs.facts import load_facts
from sim.riders.response.facts import read_facts

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_blocks_are_what_the_code_makes(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert generated(text) == text, "run python -m sim.evidence.calibration.docs"


def test_every_block_stands_in_a_document_and_is_closed() -> None:
    text = "".join((DOCS / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    for name in blocks():
        assert text.count(f"<!-- generated: {name} -->") == text.count(f"<!-- end: {name} -->") == 1


def test_an_edited_block_is_written_over() -> None:
    text = "before\n<!-- generated: facts -->\nmine\n<!-- end: facts -->\nafter\n"
    assert "mine" not in generated(text)
    assert generated(text).startswith("before\n<!-- generated: facts -->\n| fact |")


def test_the_fit_reads_the_falls_that_are_declared() -> None:
    """data/response/facts.toml adds readings and priors; the published falls themselves are those of data/facts.toml."""
    fitted, declared = read_facts().raw["facts"], load_facts()
    for ours, key in ((fitted["trials"], "town_48_trips"), (fitted["lolland"], "lolland_72_trips")):
        fact = declared[key]
        assert (-ours["largest_fall_percent"], -ours["smallest_fall_percent"]) == (fact.low, fact.high)
        assert f"{ours['from_kr']} -> {ours['to_kr']} kr" in fact.statement_en
        assert ours["mark"] == fact.mark
    assert fitted["trials"]["source"] == "memo"
    assert read_facts().raw["sources"]["memo"] == declared["town_48_trips"].source
