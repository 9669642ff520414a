"""The table in which a user says once where texts are: ``tekst;ture;sted``, any of the formats that a list of trips may have."""

import csv
from collections.abc import Iterable
from pathlib import Path

from sim.inputs.intake.opening import open_table
from sim.inputs.intake.receipt import Unplaced
from tariffs.errors import InputError

TEXT, TRIPS, PLACE = "tekst", "ture", "sted"


def read_places(file: Path) -> dict[str, str]:
    """Return the place of each text; a text without one is left out of the answer.

    Raises InputError for a file without the columns ``tekst`` and ``sted``, and for a text with two places.
    """
    opened = open_table(file, named=(TEXT, PLACE), only=lambda names: [n for n in names if n in (TEXT, PLACE)])
    missing = [name for name in (TEXT, PLACE) if name not in opened.table.columns]
    if missing:
        raise InputError(
            f"steder-filen mangler kolonnen {' og '.join(missing)}",
            where=file.name,
            next_step=f"første linje skal være {TEXT};{PLACE}",
        )
    found: dict[str, str] = {}
    for text, place in zip(*(opened.table.columns[name].to_pylist() for name in (TEXT, PLACE)), strict=True):
        text, place = (text or "").strip(), (place or "").strip()
        if not text or not place:
            continue
        if found.get(text, place) != place:
            raise InputError(f"»{text}« har to steder", where=file.name, next_step="slet den ene række")
        found[text] = place
    return found


def write_places(unplaced: Iterable[Unplaced], file: Path) -> None:
    """Write the texts for the user to fill in, with the town that each most likely is in; raises InputError."""
    try:
        with file.open("x", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
            writer.writerow([TEXT, TRIPS, PLACE])
            for one in unplaced:
                # A cell that a sheet would take for a formula gets an apostrophe.
                text = "'" + one.text if one.text.startswith(("=", "+", "-", "@")) else one.text
                writer.writerow([text, one.trips, one.suggestion])
    except OSError as error:
        raise InputError(f"Stederne kan ikke skrives i {file}", why=str(error.strerror or error)) from None
