"""The English of what the report says: the catalogue, the register's own statements, and names, which have none."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from sim.answer.records import Answer
from sim.inputs.assumptions import load_assumptions
from sim.telling.section import Document, English, Text


def with_register(english: English, comparison: Answer) -> English:
    """Return a catalogue that also knows the register's statements, its ids and the comparison's names."""
    register = {entry.statement_da: entry.statement_en for entry in load_assumptions().values()}
    ids = {assumption.id for assumption in comparison.assumptions}
    near = () if comparison.neighbours is None else (row.name for row in comparison.neighbours.rows)
    names = {comparison.municipality_name, *(option.name for option in comparison.options), *near, *ids}

    def known(text: str) -> str | None:
        return english(text) or register.get(text) or (text if text in names else None)

    return known


def in_english(document: Document, english: English) -> Document:
    """Return a document whose texts that have no English of their own have the catalogue's, as far as it knows them."""
    found: Document = _said(document, english)
    return found


def _said(part: Any, english: English) -> Any:
    if isinstance(part, Text):
        return part if part.en is not None else Text(part.da, english(part.da))
    if isinstance(part, tuple):
        return tuple(_said(one, english) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    parts = {field.name: getattr(part, field.name) for field in fields(part)}
    changed = {name: said for name, one in parts.items() if (said := _said(one, english)) is not one}
    return replace(part, **changed)
