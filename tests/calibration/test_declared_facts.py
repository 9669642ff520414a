"""Each published figure is declared once, with one use."""

import pytest

from sim.inputs.facts import USES, load_facts, read_facts
from tariffs.errors import DataError

ONE = """
[sources]
memo = "Movia"
[[facts]]
id = "share"
use = "validation"
statement_da = "En del"
statement_en = "A share"
low = 1.0
high = 2.0
unit = "%"
source = "memo"
mark = "A"
"""


def test_every_shipped_fact_has_one_use_and_a_source_in_words() -> None:
    facts = load_facts()
    used = [fact.id for use in USES for fact in facts.used_for(use)]
    assert sorted(used) == sorted(facts)
    assert all(len(fact.source) > 10 for fact in facts.values())


def test_the_trip_effects_calibrate_and_the_cost_effects_validate() -> None:
    facts = load_facts()
    assert {fact.id for fact in facts.fitted_by("price response")} == {"town_48_trips", "lolland_72_trips"}
    assert {facts["town_48_cost"].use, facts["lolland_72_cost"].use, facts["gladsaxe_cost"].use} == {"validation"}


def test_a_fact_that_calibrates_and_validates_is_refused() -> None:
    entry = ONE[ONE.index("[[facts]]") :]
    twice = ONE + entry.replace('"validation"', '"calibration"\nfits = "pool"')
    with pytest.raises(DataError, match="share står to gange"):
        read_facts(twice)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"validation"', '"decoration"', "'decoration' findes ikke; vælg calibration, validation, verification"),
        ('"validation"', '"calibration"', "fits skal stå ved kalibrering"),
        ('source = "memo"', 'source = "hearsay"', "kilden 'hearsay' står ikke"),
        ('source = "memo"\n', "", r"mangler \['source'\]"),
        ('mark = "A"', 'mark = "X"', "mærket skal være"),
        ("low = 1.0", "low = 3.0", "3 til 2 er ikke et interval"),
        ('unit = "%"', 'unit = "%"\nnote = "?"', r"kender ikke \['note'\]"),
        ("[sources]", "[source]", "kan ikke læses"),
    ],
)
def test_a_fact_that_breaks_a_rule_is_refused_by_name(old: str, new: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_facts(ONE.replace(old, new))
