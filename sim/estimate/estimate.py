"""The instant estimate of a study: what a year of each option would bring on average, without driving a single trip."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sim.estimate.calendar import Span, spans
from sim.estimate.operator_time import Metamodel, Traffic, load_metamodel, service_oere
from sim.estimate.party import Party, party
from sim.estimate.strands import Ground, Strand, Strands, Ways, class_of, ground, strands
from sim.riders.demand.trip_pattern import TourKind
from sim.riders.response.response import Curve
from sim.road.pool.background import bookings_a_year
from sim.study.choice import CLOSED, MOVED, levels
from sim.study.demand import curves, demand_model
from sim.study.draws import ParameterDraw
from sim.study.introduction import introduced, settled_shares
from sim.study.plustur import fee_under
from sim.study.prices import fare_table
from sim.study.study import Study
from tariffs import FareTable, Level, fare_columns


@dataclass(frozen=True)
class Amounts:
    """Expected totals of a period; money in oere, not rounded."""

    requests: float
    bookings: float
    trips: float
    passengers: float
    fares_oere: float
    operator_payment_oere: float
    movia_fee_oere: float

    @property
    def net_cost_oere(self) -> float:
        """Operator payment less fares plus fee to Movia."""
        return self.operator_payment_oere - self.fares_oere + self.movia_fee_oere

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(a - b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    def json(self) -> dict[str, float]:
        """Return the eight totals; money rounded to whole oere, the net cost being the sum of what is shown."""
        shown: dict[str, float] = {
            key: round(value) if key.endswith("_oere") else value for key, value in vars(self).items()
        }
        shown["net_cost_oere"] = shown["operator_payment_oere"] - shown["fares_oere"] + shown["movia_fee_oere"]
        return shown


@dataclass(frozen=True)
class OptionEstimate:
    """One option's year and, with a start date, the rest of the budget year; and both against the first option.

    ``turned_away`` are the first option's flextur trips in a year that the option's prices or rules turn away.
    """

    name: str
    year: Amounts
    change: Amounts
    part_year: Amounts | None
    part_year_change: Amounts | None
    turned_away: float


@dataclass(frozen=True)
class Estimate:
    """The estimate of every option of a study, with how far such estimates have been off.

    ``ground`` is where its ordinary tours go, for other estimates of the study to start from.
    """

    options: tuple[OptionEstimate, ...]
    metamodel: Metamodel
    ground: Ground = field(compare=False, repr=False)

    @property
    def passengers(self) -> float:
        """Passengers a year under the first option."""
        return self.options[0].year.passengers

    def json(self) -> dict[str, object]:
        """Return the estimate as published, marked as one."""
        return {
            "kind": "skøn",
            "model": self.metamodel.version,
            "error_percent": {
                "net_cost": self.metamodel.net_cost_error_percent,
                "change": self.metamodel.change_error_percent,
                "worst_net_cost": self.metamodel.worst_net_cost_percent,
                "kinds": [vars(error) for error in self.metamodel.errors_at(self.passengers)],
            },
            "options": [
                {
                    "name": o.name,
                    **o.year.json(),
                    "change": o.change.json(),
                    "part_year": o.part_year
                    and {**o.part_year.json(), "change": o.part_year_change and o.part_year_change.json()},
                }
                for o in self.options
            ],
        }


def estimate(
    study: Study,
    draw: ParameterDraw | None = None,
    *,
    earlier: Ground | None = None,
    metamodel: Metamodel | None = None,
) -> Estimate:
    """Return the expected year of every option, under central assumptions or one draw.

    ``earlier`` is a ground of the study, under whatever assumptions: what holds still is not worked out again.
    """
    study = study.under(draw)
    model = demand_model(study, draw)
    metamodel = metamodel or load_metamodel()
    table, counting = fare_table(study.book, study.switches), study.switches.kilometre_counting
    over = ground(model, study.lines, counting, earlier)
    expected = _Expected(
        study,
        strands(model, counting, over),
        curves(study, draw),
        table,
        metamodel,
        2 * model.rates.total / study.year.driven_days,
    )
    return Estimate(expected.options(), metamodel, over)


@dataclass(frozen=True)
class _Segment:
    """Trips of a span that pay by one option: its number in the study."""

    option: int
    span: Span


Weighed = tuple[_Segment, NDArray[np.float64]]
"""A segment, and how much of each strand counts."""


Decisions = tuple[int, float, NDArray[np.int8], NDArray[np.float64], NDArray[np.float64]]


class _Expected:
    """Expectations over the strands of one study."""

    def __init__(
        self,
        study: Study,
        rows: Strands,
        by_class: dict[int, Curve],
        table: FareTable,
        metamodel: Metamodel,
        wanted_a_day: float,
    ) -> None:
        self.study, self.strands, self.curves, self.table, self.metamodel = study, rows, by_class, table, metamodel
        self.wanted_a_day = wanted_a_day
        self.in_vain = study.assumptions.number("in_vain_share")
        self.in_vain_wait = study.assumptions.number("in_vain_wait_s")
        known: dict[tuple[bool, float, bool], Party] = {}
        self.parties: list[Party] = []
        for strand in rows.rows:
            key = (strand.kind == TourKind.TOWN, strand.stays_share, strand.plustur)
            if key not in known:
                known[key] = party(study.assumptions, study.switches, in_town=key[0], town_share=key[1], plustur=key[2])
            self.parties.append(known[key])
        self._fares: dict[tuple[int, int, int], float] = {}
        self._decided: dict[_Segment, list[Decisions]] = {}

    def options(self) -> tuple[OptionEstimate, ...]:
        """Return every option's estimate."""
        study = self.study
        whole, rest, old = spans(study, self.table)
        years, parts = [], []
        for place in range(len(study.packages)):
            years.append(self._amounts([(_Segment(place, whole), np.ones(len(self.strands)))], place, whole))
            if rest is not None and old is not None:
                parts.append(self._amounts(self._rest_of_year(place, rest, old), place, whole))
        return tuple(
            OptionEstimate(
                option.name,
                year,
                year - years[0],
                parts[place] if parts else None,
                parts[place] - parts[0] if parts else None,
                self._turned_away(place, whole),
            )
            for place, (option, year) in enumerate(zip(study.scenario.options, years, strict=True))
        )

    def _rest_of_year(self, place: int, rest: Span, old: Span) -> list[Weighed]:
        """Return the trips from the start date on, an introduced service's at the share of its volume there is on average.

        Flextur trips that an introduced plustur is to replace are made by the rest, as under the first option.
        """
        service, every = introduced(self.study, place), np.ones(len(self.strands))
        new, before = _Segment(place, rest), _Segment(0, old)
        if service is None:
            return [(new, every), (before, every)]
        shares = settled_shares(self.study)
        there, early = (float(s.by_day @ shares / (s.by_day.sum() or 1.0)) for s in (rest, old))
        if service == "flextur":
            return [(new, there * every), (before, early * every)]
        plustur = np.array([s.plustur for s in self.strands.rows])
        replaced = self._replaced(place)
        return [(new, np.where(plustur, there, 1.0)), (before, every), (_Segment(0, rest), (1.0 - there) * replaced)]

    def _replaced(self, place: int) -> NDArray[np.bool_]:
        """Return the strands of flextur that an option's plustur takes, and that are open without it."""
        package = self.study.packages[place]
        rows, free = self.strands.under(self.study.lines[place]), self.study.free_names
        without = levels(rows, replace(package, plustur=False), free)
        moved: NDArray[np.bool_] = (levels(rows, package, free) == MOVED) & (without != CLOSED)
        return moved

    def _amounts(self, segments: list[Weighed], place: int, whole: Span) -> Amounts:
        """Return the totals of some segments; vehicles are as busy as they are in a whole year of the package."""
        traffic = self.traffic(place, whole)
        time, burden = self.metamodel.time(traffic), self._burden_s(traffic)
        requests = bookings = passengers = fares = operator = 0.0
        for segment, counts in segments:
            booked = np.zeros(len(self.strands))
            for period, share, level, asked, accepted in self._decisions(segment):
                asked, accepted = counts * asked, counts * accepted
                requests += share * float(asked.sum())
                booked += share * accepted
                paid = [self._fare(n, period, int(level[n])) if accepted[n] else 0.0 for n in range(len(level))]
                fares += share * (1 - self.in_vain) * float(accepted @ np.array(paid))
            bookings += float(booked.sum())
            service = float(booked @ np.array([self._service_s(p) for p in self.parties]))
            passengers += (1 - self.in_vain) * float(booked @ np.array([p.passengers for p in self.parties]))
            weekend = segment.span.weekend
            operator += time.oere(float(booked @ burden), self.study.rates, weekend)
            operator += service_oere(service, self.study.rates, weekend)
        trips = bookings * (1 - self.in_vain)
        return Amounts(
            requests,
            bookings,
            trips,
            passengers,
            fares,
            operator,
            passengers * float(fee_under(self.study, self.study.packages[place])),
        )

    def _turned_away(self, place: int, whole: Span) -> float:
        """Return the flextur trips of the first option that another turns away in a year; who moves to plustur is not among them."""
        flextur = np.array([not s.plustur for s in self.strands.rows])
        lost = 0.0
        for before, after in zip(*(self._decisions(_Segment(n, whole)) for n in (0, place)), strict=True):
            _, share, _, _, rode = before
            _, _, level, _, rides = after
            lost += share * float(np.maximum(0.0, rode - rides)[flextur & (level != MOVED)].sum())
        return lost * (1 - self.in_vain)

    def _decisions(self, segment: _Segment) -> "list[Decisions]":
        """Return by tariff period: its share, each strand's level, the trips asked for in a year and those accepted."""
        if segment not in self._decided:
            self._decided[segment] = self._decide(segment)
        return self._decided[segment]

    def _decide(self, segment: _Segment) -> "list[Decisions]":
        rows = self.strands.rows
        wanted = self.strands.trips_wanted
        package, line = self.study.packages[segment.option], self.study.lines[segment.option]
        level = levels(self.strands.under(line), package, self.study.free_names)
        asks = np.array(
            [
                not (s.free_only and lv != Level.GRATIS) and not (s.plustur and lv == CLOSED) and lv != MOVED
                for s, lv in zip(rows, level.tolist(), strict=True)
            ]
        )
        found = []
        for period, share in segment.span.by_period.items():
            ride = np.array([self._acceptance(s, period, lv) for s, lv in zip(rows, level.tolist(), strict=True)])
            found.append((period, share, level, wanted * asks, wanted * asks * ride))
        return found

    def _acceptance(self, strand: Strand, period: int, level: int) -> float:
        if level < 0:
            return 0.0
        if strand.plustur or strand.free_only:
            return 1.0
        return self.curves[class_of(strand)].acceptance(int(self.table.amounts[period, level]))

    def _fare(self, number: int, period: int, level: int) -> float:
        """Return what the mean booking of a strand pays, in oere: exact over distances, channels and ages."""
        key = (number, period, level)
        if key not in self._fares:
            self._fares[key] = mean_fare(
                self.table, period, level, self.strands.rows[number].ways, self.parties[number]
            )
        return self._fares[key]

    def _service_s(self, who: Party) -> float:
        return (1 - self.in_vain) * (who.boarding_s + who.alighting_s) + self.in_vain * self.in_vain_wait

    def _burden_s(self, traffic: Traffic) -> NDArray[np.float64]:
        """Return what a booking of each strand puts on its duty: direct drive, none in vain, and the empty drive to it."""
        return np.array(
            [
                (1 - self.in_vain) * s.ways.direct_s + self.metamodel.approach_s(s.near_s, traffic)
                for s in self.strands.rows
            ]
        )

    def traffic(self, place: int, whole: Span) -> Traffic:
        """Return how many bookings a day there are in the vehicles under an option."""
        study = self.study
        booked = sum(
            share * float(accepted.sum()) for _, share, _, _, accepted in self._decisions(_Segment(place, whole))
        )
        referred = bookings_a_year(study.region, study.assumptions)
        return Traffic(booked / study.year.driven_days, referred / study.year.days, self.wanted_a_day)


def mean_fare(table: FareTable, period: int, level: int, ways: Ways, who: Party) -> float:
    """Return the expected fare of a booking over its distances, in oere.

    A party pays the sum of what each passenger pays, each rounded by the tariff; so the mean number of adults and children
    by channel is all that has to be known.
    """
    n = len(ways.metres)
    total = 0.0
    for online in (0, 1):
        for count, (grown, young) in ((who.adults[online], (1, 0)), (who.children[online], (0, 1))):
            if count:
                each = fare_columns(
                    table, np.full(n, period), np.full(n, level), np.full(n, bool(online)), ways.metres,
                    np.full(n, grown), np.full(n, young),
                )  # fmt: skip
                total += count * float(ways.weight @ each)
    return total
