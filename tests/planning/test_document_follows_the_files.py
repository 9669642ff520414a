"""docs/dispatch.md names every column, figure and option there is, and no other."""

import re
from pathlib import Path

import click
from plan_instances import random_instance, write_files

from api.cli.dispatch import command
from sim.desk.planning.dispatch import Options, dispatch
from sim.desk.planning.drive import plan_and_drive
from sim.desk.planning.files import REQUEST_COLUMNS, VEHICLE_COLUMNS

TEXT = (Path(__file__).parent.parent.parent / "docs" / "dispatch.md").read_text(encoding="utf-8")


def listed(after: str) -> list[str]:
    """Return the names in the first column of the table after a heading."""
    rows = TEXT.split(after, 1)[1].split("|---|", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", rows, re.M)


def test_the_columns_and_figures_are_those_of_the_files(tmp_path: Path) -> None:
    requests, vehicles = write_files(random_instance(1, 8, 2), tmp_path)
    results, summary, _ = dispatch(requests, vehicles, Options(), plan_and_drive)
    assert listed("**Requests**") == list(REQUEST_COLUMNS)
    assert listed("**Vehicles**") == list(VEHICLE_COLUMNS)
    assert listed("**trips.parquet**") == results.trips.column_names
    assert listed("**stops.parquet**") == results.stops.column_names
    assert listed("**summary.json**") == list(summary)


def test_every_option_is_documented_with_its_default() -> None:
    options = {p.opts[0]: p.default for p in command.params if isinstance(p, click.Option)}
    documented = dict(re.findall(r"^\| `(--[a-z-]+)` \|([^|]*)\|", TEXT, re.M))
    assert set(documented) | {"--requests", "--vehicles", "--out"} == set(options)
    for name, default in documented.items():
        assert default.strip("` ") == (str(options[name]) if default.strip() else ""), name
