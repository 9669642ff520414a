"""The folder of an imported list: the minimised trips, and what is to be known of them."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data import data_version
from sim.geography.municipalities import find_municipality
from sim.inputs.intake.trip_list import TripList, period, read_trips, write_trips
from sim.inputs.intake.zones import MAP_YEAR
from sim.inputs.whole_folder import refuse_a_file, taking_place_of
from tariffs.errors import DataError, InputError

TRIPS, ACCOUNT = "trips.parquet", "import.json"
KIND = "takstlab-import"


def check_place(folder: Path, *, overwrite: bool) -> None:
    """Raise InputError when the folder is in use; ``overwrite`` replaces an earlier import and nothing else."""
    refuse_a_file(folder)
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / ACCOUNT).is_file():
            raise InputError(
                f"Mappen {folder} er i brug",
                why="den indeholder andet end en indlæst turliste",
                next_step="vælg en anden mappe med --out",
            )
        if not overwrite:
            raise InputError(
                f"Mappen {folder} har allerede en indlæst turliste",
                next_step="vælg en anden mappe med --out, eller erstat den med --overwrite",
            )


def write_import(trips: TripList, stated: tuple[date, date] | None, folder: Path) -> dict[str, Any]:
    """Write the folder whole, or not at all; returns what ``import.json`` says.

    ``stated`` is the period that the user says the list covers; else it is from its first to its last trip.
    """
    with taking_place_of(folder) as work:
        write_trips(trips.table, work / TRIPS)
        told = account_of(trips, stated, hashlib.sha256((work / TRIPS).read_bytes()).hexdigest())
        (work / ACCOUNT).write_text(
            json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
        )
    return told


def account_of(trips: TripList, stated: tuple[date, date] | None, sha256: str) -> dict[str, Any]:
    """Return what is to be known of a list: where, when, how many, what was left out, and what made it."""
    account, table = trips.account, trips.table
    first, last = period(table) if stated is None else (day.isoformat() for day in stated)
    price = pc.sum(table["price"]).as_py()
    in_vain = int(pc.sum(pc.equal(pc.fill_null(table["status"], ""), "forgæves")).as_py() or 0)
    return {
        "kind": KIND,
        "schema_version": 1,
        "municipality": trips.municipality,
        "municipality_name": find_municipality(trips.municipality).name,
        "rows": table.num_rows,
        "passengers": int(pc.sum(table["passengers"]).as_py()),
        "in_vain": in_vain,
        "price_kr": None if price is None else float(price),
        "period": {"first": first, "last": last, "stated": stated is not None},
        "trips_sha256": sha256,
        "rows_read": account.rows_read,
        "rows_left_out": account.left_out,
        "columns_kept": account.columns_kept,
        "columns_ignored": list(account.columns_ignored),
        "encoding": account.encoding or None,
        "numbers": account.numbers or None,
        "notes": list(account.notes),
        "placing": asdict(account.placing),
        "versions": {"takstlab": version("takstlab"), "data": data_version(), "map_year": MAP_YEAR},
    }


def trips_file(path: Path) -> Path:
    """Return the trips of an imported folder, or of a path to the file in it."""
    return path / TRIPS if path.is_dir() else path


def read_import(path: Path) -> tuple[pa.Table, dict[str, Any]]:
    """Read an imported list: its trips and what ``import.json`` says of them.

    Raises InputError when there is none, DataError when the trips are not those that were imported.
    """
    file = trips_file(path)
    try:
        told = json.loads((file.parent / ACCOUNT).read_text(encoding="utf-8"))
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            f"Der er ingen indlæst turliste i {path}",
            why=str(error),
            next_step="lav den med takstlab import trips FIL --municipality KOMMUNE --out MAPPE",
        ) from None
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise InputError(f"{file.parent / ACCOUNT} er ikke fra takstlab import trips", next_step="indlæs listen igen")
    if hashlib.sha256(content).hexdigest() != told["trips_sha256"]:
        raise DataError(
            "Turlisten er ændret, efter at den blev indlæst",
            where=str(file),
            why="dens indhold svarer ikke til import.json",
            next_step="indlæs den igen",
        )
    return read_trips(file), told
