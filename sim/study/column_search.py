"""Looks for the places that the parameters take in the 64 draws: ``python -m sim.study.column_search`` writes columns.csv.

The weighty parameters are placed together, so that no two of them have a rank correlation above `sim.places.BOUND` in the
first 16, 32 or 64 draws. Sixteen draws have room for no more than some fifteen such columns, so the others are placed one by
one, as free of those before them as swaps can make them: a new parameter is appended and moves no column before it.
"""

from pathlib import Path
from typing import Final

import numpy as np

from sim.assumptions import load_assumptions
from sim.places import DRAWS, Integers, further_column, joint_columns
from sim.study.columns import response_columns

VOLUME: Final = "volume"
WEIGHTY: Final = (
    VOLUME,
    "town_share",
    "cross_border_share",
    "distance_decay_km",
    "boarding_s",
    "operator_start_kr",
    "private_destination_share",
    "plustur_trips_per_month",
    "plustur_moved_share",
    "plustur_offered_town",
)
"""With the price response and the free destination's multiplier, the parameters with the widest swings in the tornado of a town
fare, a municipal fare, a free destination, plustur and a closed town; the town share is that of Ringsted, which the factor on
trips within a town is solved for, and trip lengths set, with boarding and starts, the price of an hour."""


def other_names() -> list[str]:
    """Return every further parameter that is drawn, in the order of the register."""
    register = load_assumptions()
    return [*(e.id for e in register.values() if e.drawn and e.id not in WEIGHTY), "unknown_kommunetakst_share"]


def search() -> dict[str, Integers]:
    """Return the places of every parameter in the 64 draws, by name."""
    fixed = response_columns()
    columns = dict(zip(WEIGHTY, joint_columns(fixed, WEIGHTY), strict=True))
    for name in other_names():
        columns[name] = further_column([*fixed, *columns.values()], name)
    return columns


def as_csv(columns: dict[str, Integers]) -> str:
    """Return columns.csv: one row a draw, one column a parameter, places from 0 to 63."""
    rows = np.column_stack([np.arange(DRAWS), *columns.values()])
    lines = [",".join(["draw", *columns]), *(",".join(map(str, row)) for row in rows.tolist())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write data/calibration/columns.csv."""
    path = Path(__file__).parent.parent.parent / "data" / "calibration" / "columns.csv"
    path.write_text(as_csv(search()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
