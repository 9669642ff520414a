"""The English of what the report's tables say: the catalogue, the register's own statements, and names, which have none."""

from sim.answer.records import Answer
from sim.inputs.assumptions import load_assumptions
from sim.telling.section import English


def with_register(english: English, comparison: Answer) -> English:
    """Return a catalogue that also knows the register's statements, its ids and the comparison's names."""
    register = {entry.statement_da: entry.statement_en for entry in load_assumptions().values()}
    ids = {assumption.id for assumption in comparison.assumptions}
    near = () if comparison.neighbours is None else (row.name for row in comparison.neighbours.rows)
    names = {comparison.municipality_name, *(option.name for option in comparison.options), *near, *ids}

    def known(text: str) -> str | None:
        return english(text) or register.get(text) or (text if text in names else None)

    return known
