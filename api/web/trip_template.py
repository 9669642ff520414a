"""The file to start from: a list of own trips with every column, two trips in the municipality and a note of each column.

The door reads it as it is: what stands above the names of the columns is passed over.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from sim.geography.municipalities import Municipality
from sim.geography.records import towns
from sim.inputs.intake.fields import FIELDS

COLUMNS = (
    "date",
    "time",
    "booked_at",
    "from",
    "to",
    "passengers",
    "children",
    "channel",
    "standing",
    "status",
    "price",
    "product",
)
TITLE = "Ture i {}: sæt jeres egne ind i stedet for de to eksempler. Rækken over kolonnenavnene forklarer dem og læses ikke."
NOTES = {
    "from": "by, sogn, station eller adresse med postnummer (eller kolonnerne fra_x og fra_y i stedet)",
    "to": "by, sogn, station eller adresse med postnummer (eller kolonnerne til_x og til_y i stedet)",
}
"""Notes that say more than the field's own."""
NEEDED = ("date", "time", "from", "to", "passengers")
ENDINGS = ("csv", "xlsx")
BOM = "\ufeff"
WIDTH = 18


def rows(municipality: Municipality, year: int) -> list[list[Any]]:
    """Return the rows: a title, the notes, the names of the columns and two trips of a year."""
    there, away = _two_towns(municipality)
    day = date(year, 3, 4)
    trips: list[dict[str, Any]] = [
        {
            "from": there,
            "to": away,
            "time": time(10, 30),
            "passengers": 1,
            "children": 0,
            "channel": "telefon",
            "price": 42,
        },
        {
            "from": away,
            "to": there,
            "time": time(13, 0),
            "passengers": 2,
            "children": 1,
            "channel": "online",
            "price": 66,
        },
    ]
    same = {
        "date": day,
        "booked_at": day - timedelta(days=1),
        "standing": "nej",
        "status": "udført",
        "product": "flextur",
    }
    return [
        [TITLE.format(municipality.name)],
        [f"{_note(key)}{'' if key in NEEDED else ' (kan udelades)'}" for key in COLUMNS],
        [FIELDS[key].da for key in COLUMNS],
        *([{**same, **trip}[key] for key in COLUMNS] for trip in trips),
    ]


def _note(key: str) -> str:
    return NOTES.get(key, FIELDS[key].expects).replace(";", ",")


def _two_towns(municipality: Municipality) -> tuple[str, str]:
    """Return the names of the municipality's two largest towns; of its largest twice where it has but one."""
    own = [town for town in towns() if town.municipality_code == municipality.code]
    names = list(dict.fromkeys(town.name for town in sorted(own, key=lambda town: -(town.population or 0))))
    return names[0], names[min(1, len(names) - 1)]


def template_csv(municipality: Municipality, year: int) -> bytes:
    """Return the template as a Danish Excel writes CSV."""
    return csv_of(rows(municipality, year))


def csv_of(lines: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as a Danish Excel writes CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_danish(cell) for cell in row] for row in lines)
    return (BOM + text.getvalue()).encode()


def _danish(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


def template_xlsx(municipality: Municipality, year: int) -> bytes:
    """Return the template as a workbook of one sheet: days, times and numbers as such."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Ture")
        bold, note = (
            book.add_format({"bold": True}),
            book.add_format({"text_wrap": True, "valign": "top", "italic": True}),
        )
        formats = {date: book.add_format({"num_format": "dd-mm-yyyy"}), time: book.add_format({"num_format": "hh:mm"})}
        price = book.add_format({"num_format": "0.00"})
        title, notes, names, *trips = rows(municipality, year)
        sheet.write_string(0, 0, title[0], bold)
        sheet.write_row(1, 0, notes, note)
        sheet.write_row(2, 0, names, bold)
        for line, trip in enumerate(trips, 3):
            for column, cell in enumerate(trip):
                if isinstance(cell, date | time):
                    sheet.write_datetime(line, column, cell, formats[type(cell)])
                else:
                    sheet.write(line, column, cell, price if COLUMNS[column] == "price" else None)
        sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
        sheet.freeze_panes(3, 0)
    return buffer.getvalue()
