"""An answer's figures as a data frame."""

import gzip
import json
from pathlib import Path

from sim.answer.codec import read_answer

HERE = Path(__file__).parent / "answers"


def test_every_figure_of_every_option_is_a_row_in_its_unit() -> None:
    answer = read_answer(json.loads(gzip.decompress((HERE / "budget.json.gz").read_bytes())))
    figures = answer.to_frame().set_index(["option", "period", "scope", "quantity"])
    assert figures.index.is_unique
    clinic = answer.options[1]
    assert clinic.part_year is not None
    for period, block in (("year", clinic), ("part_year", clinic.part_year)):
        row = figures.loc["Klinik", period, "change", "net_cost"]
        moved = block.change.net_cost_oere
        assert row.tolist() == ["oere", moved.mean, moved.p10, moved.p90]
    assert figures.loc["I dag", "year", "total", "shared_percent"]["unit"] == "percent"
    assert figures.loc["Klinik", "year", "percent", "trips"]["unit"] == "percent"
    # No trip is lost, so that what a lost trip saves is unknown: no row.
    assert clinic.net_cost_per_lost_trip_oere is None
    assert ("Klinik", "year", "total", "net_cost_per_lost_trip") not in figures.index
