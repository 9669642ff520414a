"""A kept file read with the columns that a person has chosen."""

from collections.abc import Mapping
from dataclasses import replace

from sim.inputs.intake.door import Judged, judged
from sim.inputs.intake.kept import KeptTable
from sim.inputs.intake.settings import Settings

WHERE = "filen"


def judged_with(kept: KeptTable, chosen: Mapping[str, str], municipality: str, settings: Settings) -> Judged:
    """Return how a kept file is understood when ``chosen`` is the column of each field, and the others are left out.

    Raises InputError when it cannot be read at all.
    """
    others = tuple(column.name for column in kept.columns if column.name not in chosen.values())
    file = judged(kept.opened, WHERE, municipality, replace(settings, mapping=chosen, ignored=others))
    return replace(file, ignored=(*others, *kept.dropped))
