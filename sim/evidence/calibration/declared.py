"""Which facts calibrate, which validate and which verify, as text and as tables."""

from sim.inputs.facts import USES, Fact, load_facts
from sim.words.cells import Cell, plain_number
from sim.words.table import Table

MEANING = {
    "calibration": "modellen er tilpasset dem, så de siger intet om, hvor godt den rammer",
    "validation": "modellen forudsiger dem; se takstlab validate",
    "verification": "de er input eller regnestykker, der skal komme ud igen; de viser kun, at intet går tabt",
}
FITS = {
    "price response": "prisfølsomhed",
    "trip pattern": "turmønster",
    "pool": "fælles vogne",
    "operator cost": "vognmandsbetaling",
}


def facts_text() -> str:
    """Return the declaration as lines for a terminal: each use, what it means, and its facts."""
    lines = []
    for use, name in USES.items():
        lines.append(f"{name.capitalize()}: {MEANING[use]}.")
        for fact in load_facts().used_for(use):
            fitted = f" [{FITS.get(fact.fits, fact.fits)}]" if fact.fits else ""
            lines.append(f"  {fact.id}{fitted}: {fact.statement_da} ({fact.mark})")
        lines.append("")
    return "\n".join(lines)


def facts_tables() -> tuple[Table, ...]:
    """Return one table for each use: statement, interval, what is fitted by it, mark and source."""
    return tuple(_table(use, name) for use, name in USES.items())


def _table(use: str, name: str) -> Table:
    calibrates = use == "calibration"
    header = ("kendsgerning", "tal", *(("tilpasser",) if calibrates else ()), "mærke", "kilde")
    rows = []
    for fact in load_facts().used_for(use):
        fits = (Cell(FITS.get(fact.fits, fact.fits)),) if calibrates else ()
        rows.append((Cell(fact.statement_da, fact.id), Cell(_numbers(fact)), *fits, Cell(fact.mark), Cell(fact.source)))
    return Table(f"{name.capitalize()}: {MEANING[use]}", header, tuple(rows))


def _numbers(fact: Fact) -> str:
    low, high = plain_number(fact.low), plain_number(fact.high)
    return f"{low} til {high} {fact.unit}".strip() if fact.low != fact.high else f"{low} {fact.unit}".strip()
