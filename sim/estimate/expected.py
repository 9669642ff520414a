"""Expectations over the strands of a study, under some draws at once: who asks, who rides, what that brings and costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.estimate.amounts import Amounts, OptionEstimate
from sim.estimate.calendar import Span, spans
from sim.estimate.fares import Fares
from sim.estimate.operator_time import DrawnRates, Metamodel, Traffic, service_oere
from sim.estimate.party import Parties, party
from sim.estimate.strands import Strand, Strands, class_of
from sim.estimate.ways import Floats, some
from sim.riders.demand.model import DemandModel
from sim.riders.demand.trip_pattern import TourKind
from sim.riders.response.response import Curve, acceptance_in_each
from sim.road.pool.background import bookings_a_year
from sim.study.choice import CLOSED, MOVED, levels
from sim.study.introduction import introduced, settled_shares
from sim.study.plustur import fee_under
from sim.study.prices import fare_table
from sim.study.study import Study
from tariffs import Level


@dataclass(frozen=True)
class _Segment:
    """Trips of a span that pay by one option: its number in the study."""

    option: int
    span: Span


Weighed = tuple[_Segment, Floats]
"""A segment, and how much of each strand counts, float64 (strands, draws)."""


@dataclass(frozen=True, eq=False)
class _Decided:
    """What a segment's trips of one tariff period decide: the share of them (draws,), each strand's level, and by strand and draw
    the trips asked for in a year and those accepted."""

    period: int
    share: Floats
    level: NDArray[np.int8]
    asked: Floats
    accepted: Floats


class Expected:
    """Expectations over the strands of one study under some draws.

    ``studies`` are the study under each draw, ``models`` and ``by_class`` their demand and price responses.
    """

    def __init__(
        self,
        studies: Sequence[Study],
        models: Sequence[DemandModel],
        rows: Strands,
        by_class: Sequence[Mapping[int, Curve]],
        metamodel: Metamodel,
    ) -> None:
        self.studies, self.strands, self.metamodel = studies, rows, metamodel
        self.study = studies[0]
        self.tables = [fare_table(study.book, study.switches) for study in studies]
        self.models, self.curves = models, by_class
        self.wanted_a_day = np.array([2 * model.rates.total / self.study.year.driven_days for model in models])
        self.rates = DrawnRates.of([study.rates for study in studies])
        self.in_vain = self._column("in_vain_share")
        self.fares = Fares(self.tables, some([strand.ways for strand in rows.rows]))
        known: dict[tuple[bool, bytes, bool], Parties] = {}
        self.parties: list[Parties] = []
        for strand in rows.rows:
            key = (strand.kind == TourKind.TOWN, strand.stays_share.tobytes(), strand.plustur)
            if key not in known:
                known[key] = self._party(strand)
            self.parties.append(known[key])
        vain_s = self.in_vain * self._column("in_vain_wait_s")
        self.service_s = np.array([(1 - self.in_vain) * (p.boarding_s + p.alighting_s) + vain_s for p in self.parties])
        self.passengers = np.array([p.passengers for p in self.parties])
        self._fares: dict[tuple[int, int, int], Floats] = {}
        self._fees: dict[bool, Floats] = {}
        self._decided: dict[_Segment, list[_Decided]] = {}

    def _column(self, key: str) -> Floats:
        return np.array([study.assumptions.number(key) for study in self.studies])

    def _party(self, strand: Strand) -> Parties:
        in_town, stays = strand.kind == TourKind.TOWN, strand.stays_share.tolist()
        return Parties.of(
            [
                party(study.assumptions, study.switches, in_town=in_town, town_share=share, plustur=strand.plustur)
                for study, share in zip(self.studies, stays, strict=True)
            ]
        )

    def options(self) -> list[tuple[OptionEstimate, ...]]:
        """Return every option's estimate, for each draw."""
        study = self.study
        whole, rest, old = spans(self.studies, self.tables)
        every = np.ones((len(self.strands), len(self.studies)))
        years, parts, lost = [], [], []
        for place in range(len(study.packages)):
            years.append(self._amounts([(_Segment(place, whole), every)], place, whole))
            lost.append(self._turned_away(place, whole).tolist())
            if rest is not None and old is not None:
                parts.append(self._amounts(self._rest_of_year(place, rest, old), place, whole))
        return [
            tuple(
                OptionEstimate(
                    option.name,
                    year[draw],
                    year[draw] - years[0][draw],
                    parts[place][draw] if parts else None,
                    parts[place][draw] - parts[0][draw] if parts else None,
                    lost[place][draw],
                )
                for place, (option, year) in enumerate(zip(study.scenario.options, years, strict=True))
            )
            for draw in range(len(self.studies))
        ]

    def _rest_of_year(self, place: int, rest: Span, old: Span) -> list[Weighed]:
        """Return the trips from the start date on, an introduced service's at the share of its volume there is on average.

        Flextur trips that an introduced plustur is to replace are made by the rest, as under the first option.
        """
        service, every = introduced(self.study, place), np.ones((len(self.strands), len(self.studies)))
        new, before = _Segment(place, rest), _Segment(0, old)
        if service is None:
            return [(new, every), (before, every)]
        shares = np.array([settled_shares(study) for study in self.studies])
        there, early = ((s.by_day * shares).sum(axis=1) / _or_one(s.by_day.sum(axis=1)) for s in (rest, old))
        if service == "flextur":
            return [(new, there * every), (before, early * every)]
        plustur = np.array([s.plustur for s in self.strands.rows])[:, None]
        replaced = self._replaced(place)[:, None]
        return [(new, np.where(plustur, there, every)), (before, every), (_Segment(0, rest), (1.0 - there) * replaced)]

    def _replaced(self, place: int) -> NDArray[np.bool_]:
        """Return the strands of flextur that an option's plustur takes, and that are open without it."""
        package = self.study.packages[place]
        rows, free = self.strands.under(self.study.lines[place]), self.study.free_names
        without = levels(rows, replace(package, plustur=False), free)
        moved: NDArray[np.bool_] = (levels(rows, package, free) == MOVED) & (without != CLOSED)
        return moved

    def _amounts(self, segments: list[Weighed], place: int, whole: Span) -> list[Amounts]:
        """Return the totals of some segments for each draw; vehicles are as busy as they are in a whole year of the package."""
        traffic = self.traffic(place, whole)
        time, burden = self.metamodel.time(traffic), self._burden_s(traffic)
        requests, bookings, passengers, fares, operator = np.zeros((5, len(self.studies)))
        for segment, counts in segments:
            booked = np.zeros_like(counts)
            for decided in self._decisions(segment):
                accepted = decided.share * counts * decided.accepted
                requests += (decided.share * counts * decided.asked).sum(axis=0)
                booked += accepted
                for number, trips in enumerate(accepted):
                    if trips.any():
                        fares += (1 - self.in_vain) * trips * self._fare(number, decided)
            bookings += booked.sum(axis=0)
            passengers += (1 - self.in_vain) * (booked * self.passengers).sum(axis=0)
            weekend = segment.span.weekend
            operator += time.oere((booked * burden).sum(axis=0), self.rates, weekend)
            operator += service_oere((booked * self.service_s).sum(axis=0), self.rates, weekend)
        trips = bookings * (1 - self.in_vain)
        columns = np.array([requests, bookings, trips, passengers, fares, operator, passengers * self._fee(place)])
        return [Amounts(*column) for column in columns.T.tolist()]

    def _fee(self, place: int) -> Floats:
        """Return the fee to Movia per passenger under an option, in oere; of all options without plustur it is the same."""
        package = self.study.packages[place]
        if package.plustur not in self._fees:
            each = zip(self.studies, self.models, strict=True)
            self._fees[package.plustur] = np.array(
                [float(fee_under(study, package, model.plustur)) for study, model in each]
            )
        return self._fees[package.plustur]

    def _turned_away(self, place: int, whole: Span) -> Floats:
        """Return the flextur trips of the first option that another turns away in a year; who moves to plustur is not among them."""
        flextur = np.array([not s.plustur for s in self.strands.rows])
        lost = np.zeros(len(self.studies))
        for before, after in zip(*(self._decisions(_Segment(n, whole)) for n in (0, place)), strict=True):
            stay = flextur & (after.level != MOVED)
            lost += before.share * np.maximum(0.0, before.accepted - after.accepted)[stay].sum(axis=0)
        return lost * (1 - self.in_vain)

    def _decisions(self, segment: _Segment) -> list[_Decided]:
        """Return what a segment's trips decide, by tariff period."""
        if segment not in self._decided:
            self._decided[segment] = self._decide(segment)
        return self._decided[segment]

    def _decide(self, segment: _Segment) -> list[_Decided]:
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
            known: dict[tuple[int, int], Floats] = {}
            ride = np.array(
                [self._acceptance(s, period, lv, known) for s, lv in zip(rows, level.tolist(), strict=True)]
            )
            asked = wanted * asks[:, None]
            found.append(_Decided(period, share, level, asked, asked * ride))
        return found

    def _acceptance(self, strand: Strand, period: int, level: int, known: dict[tuple[int, int], Floats]) -> Floats:
        """Return the share that rides at a level, (draws,); ``known`` are those by place class and level."""
        if level < 0:
            return np.zeros(len(self.studies))
        if strand.plustur or strand.free_only:
            return np.ones(len(self.studies))
        key = (class_of(strand), level)
        if key not in known:
            amounts = [int(table.amounts[period, level]) for table in self.tables]
            known[key] = acceptance_in_each([by_class[key[0]] for by_class in self.curves], amounts)
        return known[key]

    def _fare(self, number: int, decided: _Decided) -> Floats:
        """Return what the mean booking of a strand pays, in oere: exact over distances, channels and ages."""
        key = (number, decided.period, int(decided.level[number]))
        if key not in self._fares:
            self._fares[key] = self.fares.mean(key[1], key[2], self.strands.rows[number].ways, self.parties[number])
        return self._fares[key]

    def _burden_s(self, traffic: Traffic) -> Floats:
        """Return what a booking of each strand puts on its duty: direct drive, none in vain, and the empty drive to it."""
        return np.array(
            [
                (1 - self.in_vain) * s.ways.direct_s + self.metamodel.approach_s(s.near_s, traffic)
                for s in self.strands.rows
            ]
        )

    def traffic(self, place: int, whole: Span) -> Traffic:
        """Return how many bookings a day there are in the vehicles under an option."""
        year = self.study.year
        booked = np.zeros(len(self.studies))
        for decided in self._decisions(_Segment(place, whole)):
            booked += decided.share * decided.accepted.sum(axis=0)
        referred = np.array([bookings_a_year(study.region, study.assumptions) for study in self.studies])
        return Traffic(booked / year.driven_days, referred / year.days, self.wanted_a_day)


def _or_one(values: Floats) -> Floats:
    return np.where(values > 0, values, 1.0)
