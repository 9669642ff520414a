"""Files of trips to quote."""

import csv
import io
from pathlib import Path

from sim.desk.quoting import COLUMNS, quote_file
from sim.desk.quoting.bulk import BulkSummary
from tariffs import load_price_book

GOOD = {
    "trip_id": "t1",
    "product": "flextur",
    "booked_on": "2019-08-01",
    "travel_on": "2019-08-03",
    "standing": "0",
    "from_municipality": "0316",
    "to_municipality": "0316",
    "distance_m": "12500",
    "from_town": "",
    "to_town": "",
    "free_destination": "0",
    "channel": "online",
    "adults": "1",
    "children": "0",
    "kommunetakst": "1",
    "bytakst": "none",
}


def as_csv(rows: list[dict[str, str]], delimiter: str = ",", end: str = "\n") -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(COLUMNS), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows([GOOD | row for row in rows])
    return stream.getvalue()


def read_answers(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def run(folder: Path, content: str | bytes, out: str = "ud.csv", **options: bool) -> BulkSummary:
    """Price the rows of a CSV file."""
    trips = folder / "ture.csv"
    trips.write_bytes(content if isinstance(content, bytes) else content.encode())
    return quote_file(trips, folder / out, load_price_book(), **options)
