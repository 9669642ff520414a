"""The published numbers of an option, each declared once in ``quantities.toml``: unit, names, meaning, and whether it is a cell."""

import tomllib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from sim.words.figure import Figure
from tariffs.errors import DataError

Unit = Literal["count", "oere", "percent", "oere_per", "minutes"]
"""``oere_per`` is oere for each of something: passengers, residents, lost trips. Such amounts are never added."""
FILE = Path(__file__).with_name("quantities.toml")
TEXTS = ("da", "en", "means_da", "means_en")
TABLES = ("officers", "driving")
HEADS = ("head", "change", "part_year")
"""What a column's title may be of: the number, its change in the full year, its change in the budget year."""


@dataclass(frozen=True)
class Head:
    """A column's title in Danish and English."""

    da: str
    en: str


@dataclass(frozen=True)
class Quantity:
    """A published number: what it is called and means in Danish and English; ``cell`` is whether sheets may ask for it.

    ``table`` is the table of `TABLES` that shows it, and ``heads`` the titles of its columns, by what they are of.
    """

    id: str
    unit: Unit
    da: str
    en: str
    means_da: str
    means_en: str
    cell: bool
    table: str | None
    heads: Mapping[str, Head]

    @property
    def head(self) -> Head:
        """Its column's title, which is its name where it has no other."""
        return self.heads["head"]

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in oere, or oere for each of something."""
        return self.unit in ("oere", "oere_per")

    @property
    def key(self) -> str:
        """What the number is called in ``comparison.json``.

        >>> quantities()["net_cost"].key, quantities()["trips"].key, quantities()["shared_percent"].key
        ('net_cost_oere', 'trips', 'shared_percent')
        """
        return f"{self.id}_oere" if self.is_money else self.id

    def of(self, block: Hashable) -> Figure | None:
        """Return the number of a record of the answer, None where it is unknown or the record has no such number."""
        found = getattr(block, self.key, None)
        return found if isinstance(found, Figure) else None


@cache
def quantities() -> Mapping[str, Quantity]:
    """Return every quantity by its id, in the file's order."""
    return read_quantities(tomllib.loads(FILE.read_text(encoding="utf-8")))


def cells() -> tuple[Quantity, ...]:
    """Return the quantities that sheets may ask for."""
    return tuple(quantity for quantity in quantities().values() if quantity.cell)


def columns_of(table: str) -> tuple[Quantity, ...]:
    """Return the quantities that a table shows, in their order."""
    return tuple(quantity for quantity in quantities().values() if quantity.table == table)


def read_quantities(content: Mapping[str, Any]) -> dict[str, Quantity]:
    """Return the quantities of a file's content; raises DataError for an entry that is not whole."""
    return {key: _quantity(key, entry) for key, entry in content.items()}


def _quantity(key: str, entry: Mapping[str, Any]) -> Quantity:
    def refuse(what: str, next_step: str) -> None:
        raise DataError(what, where=f"{FILE.name}, {key}", next_step=next_step)

    unit, cell = entry.get("unit"), entry.get("cell", False)
    if unit not in get_args(Unit):
        refuse(f"enheden {unit!r} kendes ikke", f"brug {', '.join(get_args(Unit))}")
    if (unit == "percent") != key.endswith("_percent"):
        refuse("enheden percent og endelsen _percent følges ad", "ret navnet eller enheden")
    missing = [text for text in TEXTS if not isinstance(entry.get(text), str) or not entry[text].strip()]
    if missing:
        refuse(f"{' og '.join(missing)} mangler", "skriv navn og betydning på begge sprog")
    titles = {f"{of}_{lang}" for of in HEADS for lang in ("da", "en")}
    unknown = sorted(entry.keys() - {"unit", "cell", "table", *TEXTS, *titles})
    if unknown or not isinstance(cell, bool):
        refuse(f"{', '.join(unknown) or 'cell'} forstås ikke", f"brug unit, {', '.join(TEXTS)} og cell = true")
    if entry.get("table") not in (None, *TABLES):
        refuse(f"tabellen {entry['table']!r} kendes ikke", f"brug {' eller '.join(TABLES)}")
    heads = {"head": Head(entry.get("head_da", entry["da"]), entry.get("head_en", entry["en"]))}
    heads |= {of: Head(entry[f"{of}_da"], entry[f"{of}_en"]) for of in HEADS[1:] if f"{of}_da" in entry}
    texts = {text: entry[text] for text in TEXTS}
    return Quantity(id=key, unit=entry["unit"], cell=cell, table=entry.get("table"), heads=heads, **texts)
