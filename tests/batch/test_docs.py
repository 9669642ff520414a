"""docs/batch.md says what the program does: keys, columns, examples."""

import re
import tomllib
from pathlib import Path

import pytest

from sim.batch.plan import BatchPlan, plan_of
from sim.batch.queries import VIEWS, query
from sim.batch.rows import documented_columns

TEXT = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", TEXT, re.S)


def test_every_key_of_a_plan_is_documented_and_no_other() -> None:
    table = TEXT.split("| key | meaning | default |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == list(BatchPlan.model_fields)


def test_every_column_is_documented_word_for_word() -> None:
    assert set(documented_columns()) == set(VIEWS)
    for view, columns in documented_columns().items():
        section = TEXT.split(f"### {view}\n")[1].split("\n##")[0]
        assert re.findall(r"^\| `(.+?)` \| (.+) \|$", section, re.M) == list(columns.items())


def test_the_example_plan_is_one() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.S)
    plan = plan_of(tomllib.loads(example), "docs/batch.md")
    assert plan.codes == ("0316", "0326")
    assert plan.own_passengers == {"0316": 12_000}


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_every_example_query_has_an_answer(unbroken: Path, number: int) -> None:
    assert query(unbroken, QUERIES[number]).num_rows > 0
