"""What the documents say exists, and what exists is documented."""

import re
from pathlib import Path

from api.cli.main import SHORT_HELP, SUBCOMMANDS
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.inputs.scenario.scenario import Scenario
from sim.study.tables.columns import documented_columns

ROOT = Path(__file__).parent.parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_column_of_the_tables_is_in_the_document_word_for_word() -> None:
    text = read("docs/tables.md")
    for table, columns in documented_columns().items():
        assert f"## {table}.parquet" in text
        for column, meaning in columns.items():
            assert f"| `{column}` | {meaning} |" in text


def test_every_scenario_key_is_documented_and_no_other() -> None:
    keys = set(re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\| ([^|]+) \|", read("docs/scenarios.md"), re.M))))
    assert keys - {"municipality"} == set(Scenario.model_fields)


def test_every_assumption_the_model_document_names_exists() -> None:
    register = load_assumptions()
    named = set(re.findall(r"`([a-z]+_[a-z_]+)`", read("docs/model.md")))
    assert named
    assert named <= set(register) | set(load_facts())


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads(read("pyproject.toml"))["project"]
    names = [re.split(r"[><=;\[]", d)[0] for d in project["dependencies"] + project["optional-dependencies"]["dev"]]
    text = read("docs/dependencies.md")
    assert [n for n in names if n not in text] == []


def test_every_subcommand_has_a_line_of_help() -> None:
    assert SHORT_HELP.keys() == SUBCOMMANDS.keys()


def test_every_assumption_is_used_by_the_model_or_said_to_be_a_statement() -> None:
    """An id that no code reads would be printed under results that do not rest on it."""
    statements = {"price_level"}
    ends = {"standing_age_min_weeks", "standing_age_max_weeks"}  # named by their two ends in one line
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "sim").rglob("*.py"))
    unused = [key for key in load_assumptions() if f'"{key}"' not in code and key not in statements | ends]
    assert unused == []


def test_the_readme_names_every_room_and_its_links_lead_somewhere() -> None:
    text = read("README.md")
    for room in ("tariffs/", "sim/", "api/", "data/", "tests/", "benchmarks/"):
        assert f"`{room}" in text
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / path).exists(), path
