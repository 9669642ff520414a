"""The officers' figures read anew from a run's own tables: an independent reader, with nothing of the program's counting.

It reads what a run leaves behind with pyarrow and pandas alone, and knows the rules as they stand in the docs: a booking is a trip or a
booking in vain, a trip is one that was made, passengers are those of the trips made, net cost = payment - fares + fee, and
standing trips keep the old way for fourteen days. Amounts in oere, means over the replications.

``trips.parquet`` holds each option's full year. The fortnight after a start date, in which some trips still pay by today's package, is
driven anew for the part year and stands in no published table: which trips it has, what becomes of them and what they pay is
put together here from the full years; what the operator is paid for them depends on who shares a vehicle and comes from a table of that
very fortnight, which the run that is read must hand over (``fortnight``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

OLD_WAY_DAYS = 14
COUNTS = ("requests", "bookings", "trips", "passengers")
MONEY = ("fares_oere", "operator_payment_oere", "movia_fee_oere", "net_cost_oere")
KEYS = (*COUNTS, *MONEY)
Row = dict[str, float]


def read_trips(folder: Path, replications: int) -> pd.DataFrame:
    """Return the trips of the first replications of a run, texts as texts and dates as dates."""
    parts = [pq.read_table(folder / f"trips-{n:05d}.parquet").to_pandas() for n in range(replications)]
    trips = pd.concat([part.astype(dict.fromkeys(("option", "status", "product"), str)) for part in parts])
    return trips.reset_index(drop=True)


def count(rows: pd.DataFrame) -> Row:
    """Return the eight totals of one replication's rows."""
    made = rows[rows["status"] == "trip"]
    fares, payment = int(made["fare_oere"].sum()), int(rows["operator_payment_oere"].sum())
    fee = int(made["movia_fee_oere"].sum())
    booked = int((rows["status"] == "in_vain").sum()) + len(made)
    people = int(made["passengers"].astype(int).sum())
    return dict(
        zip(KEYS, (len(rows), booked, len(made), people, fares, payment, fee, payment - fares + fee), strict=True)
    )


@dataclass(frozen=True)
class Reader:
    """A run's trips and its start date; ``fortnight`` are the first fourteen days as they were driven, by option and replication."""

    trips: pd.DataFrame
    today: str
    start: date
    fortnight: dict[tuple[str, int], pd.DataFrame]

    @property
    def replications(self) -> list[int]:
        return sorted(self.trips["replication"].unique().tolist())

    def of(self, option: str, replication: int) -> pd.DataFrame:
        """Return an option's full year in one replication."""
        return self.trips[(self.trips["option"] == option) & (self.trips["replication"] == replication)]

    def mean(self, one: Callable[[int], Row]) -> Row:
        """Return the means over the replications."""
        rows = [one(number) for number in self.replications]
        return {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}

    def year(self, option: str) -> Row:
        return self.mean(lambda n: count(self.of(option, n)))

    def old_way(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Return which trips still go by today's package: booked before the start, standing ones for fourteen days more."""
        pays_from = rows["booked_date"].where(
            ~rows["standing"] | (rows["booked_date"] > rows["service_date"] - timedelta(days=OLD_WAY_DAYS)),
            rows["service_date"] - timedelta(days=OLD_WAY_DAYS),
        )
        return pays_from < self.start

    def first_days(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the fourteen days from the start date."""
        ends = self.start + timedelta(days=OLD_WAY_DAYS)
        return rows[(rows["service_date"] >= self.start) & (rows["service_date"] < ends)]

    def later(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows after those fourteen days."""
        return rows[rows["service_date"] >= self.start + timedelta(days=OLD_WAY_DAYS)]

    def put_together(self, option: str, replication: int) -> pd.DataFrame:
        """Return the fortnight's trips as the full years tell them: the old way from today's year, the rest from the option's."""
        old, new = (self.first_days(self.of(name, replication)) for name in (self.today, option))
        return pd.concat([old[self.old_way(old)], new[~self.old_way(new)]]).sort_values("request_id")

    def part_rows(self, option: str, replication: int) -> pd.DataFrame:
        """Return the rows from the start date to 31 December, those of the fortnight as they were driven."""
        whole = self.of(option, replication)
        if option == self.today:
            return whole[whole["service_date"] >= self.start]
        return pd.concat([self.fortnight[option, replication], self.later(whole)])

    def part_year(self, option: str) -> Row:
        return self.mean(lambda n: count(self.part_rows(option, n)))

    def prebooked(self) -> Row:
        """Return today's trips from the start date on that still go the old way: trips, passengers, standing ones."""

        def one(number: int) -> Row:
            rows = self.of(self.today, number)
            mine = rows[(rows["status"] == "trip") & (rows["service_date"] >= self.start) & self.old_way(rows)]
            return {
                "trips": len(mine),
                "passengers": int(mine["passengers"].astype(int).sum()),
                "standing_trips": int(mine["standing"].sum()),
            }

        return self.mean(one)

    def percent_of_trips(self, option: str, column: str) -> float:
        """Return how many of a hundred trips made have a mark (``shared``, ``coordinated``)."""
        rows = self.trips[(self.trips["option"] == option) & (self.trips["status"] == "trip")]
        return 100 * float(rows[column].sum()) / len(rows)

    def months(self, option: str) -> list[Row]:
        """Return the twelve months of the option's full year."""
        return [
            self.mean(lambda n, m=m: count(_up_to(self.of(option, n), m, only=True)))  # type: ignore[misc]
            for m in range(1, 13)
        ]

    def spent_by(self, option: str, month: int) -> float:
        """Return the budget year's net cost to the end of a month: today's until the start date, then the option's part year."""

        def one(number: int) -> Row:
            before = self.of(self.today, number)
            before = before[before["service_date"] < self.start]
            return count(_up_to(pd.concat([before, self.part_rows(option, number)]), month))

        return self.mean(one)["net_cost_oere"]


def _up_to(rows: pd.DataFrame, month: int, *, only: bool = False) -> pd.DataFrame:
    of = pd.to_datetime(rows["service_date"]).dt.month
    return rows[of == month] if only else rows[of <= month]
