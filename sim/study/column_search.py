"""Looks for the places that the parameters take in the 64 draws: ``python -m sim.study.column_search`` writes columns.csv.

The weighty parameters are placed together, so that no two of them have a rank correlation above `sim.inputs.chance.places.BOUND` in the
first 16, 32 or 64 draws, and so that a tenth, half and nine tenths of each of the `answers` lie where they should. Sixteen draws
have room for no more than some fifteen such columns, so the others are placed one by one, as free of those before them as swaps can
make them: a new parameter is appended and moves no column before it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.places import DRAWS, Floats, Integers, further_column, joint_columns
from sim.study.columns import response_columns

VOLUME: Final = "volume"
WEIGHTY: Final = (
    VOLUME,
    "town_share",
    "cross_border_share",
    "distance_decay_km",
    "boarding_s",
    "operator_start_kr",
    "walk_km",
    "private_destination_share",
    "plustur_trips_per_month",
    "plustur_moved_share",
    "plustur_offered_town",
)
"""With the price response and the free destination's multiplier, the parameters with the widest swings in the tornado of a town
fare, a municipal fare, a free destination, plustur and a closed town; the town share is that of Ringsted, which the factor on
trips within a town is solved for, and trip lengths set, with boarding and starts, the price of an hour."""


ALLOCATED: Final = 0.857
"""Standard deviation of the logarithm of an allocated volume: 80 % lie between a third and three times, ln 3 / 1.2816."""
FREE, LOW_TOWN, HIGH_TOWN, _, MUNICIPAL = range(5)
"""The columns of `sim.study.columns.response_columns`: the multiplier, and what is left at 48, 60 and 36 kr of the trips at 24 kr."""
TOWN: Final = {"town_share": 0.31, "private_destination_share": 0.045, "cross_border_share": 0.03}
CHANGES: Final[tuple[tuple[dict[int, float], dict[str, float], float], ...]] = (
    ({LOW_TOWN: -0.12}, TOWN, 1.0),
    ({HIGH_TOWN: -0.08}, TOWN, 1.0),
    ({MUNICIPAL: -0.20}, {"cross_border_share": -0.045}, 0.95),
    ({FREE: 0.64}, {"private_destination_share": -0.23, "cross_border_share": -0.045}, 0.9),
    (
        {},
        {
            "plustur_trips_per_month": 0.43,
            "plustur_moved_share": -0.13,
            "plustur_offered_town": -0.09,
            "plustur_offered_country": 0.04,
            "plustur_transfer_reach_km": 0.035,
            "plustur_size_exponent": -0.03,
            "operator_start_kr": 0.02,
        },
        -0.13,
    ),
)
"""By how much the logarithm of a change of net cost grows with a normal quantile of the price response and of each parameter, and
with the logarithm of the volume: a low and a high town fare, the municipal fare, a free destination, plustur. The mean of three to five
municipalities in closed form; a regression over 600 to 800 truths leaves 2 to 13 % unexplained."""


def answers(names: Sequence[str]) -> Floats:
    """Return the weights of the price response's columns and these in each change, with an own and with an allocated volume."""
    rows = []
    for response, parameters, follows in CHANGES:
        own = [response.get(column, 0.0) for column in range(len(response_columns()))]
        own += [parameters.get(name, 0.0) for name in names]
        allocated = own.copy()
        allocated[len(response_columns()) + names.index(VOLUME)] = follows * ALLOCATED
        rows += [own, allocated]
    return np.array(rows)


def other_names() -> list[str]:
    """Return every further parameter that is drawn, in the order of the register."""
    register = load_assumptions()
    return [*(e.id for e in register.values() if e.drawn and e.id not in WEIGHTY), "unknown_kommunetakst_share"]


def search() -> dict[str, Integers]:
    """Return the places of every parameter in the 64 draws, by name."""
    fixed = response_columns()
    columns = dict(zip(WEIGHTY, joint_columns(fixed, WEIGHTY, answers(WEIGHTY)), strict=True))
    for name in other_names():
        weights = answers([*columns, name])
        columns[name] = further_column([*fixed, *columns.values()], name, weights[weights[:, -1] != 0])
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
