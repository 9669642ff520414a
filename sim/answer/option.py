"""One option of the answer, put together from the replications' totals."""

from collections.abc import Sequence
from itertools import count

import numpy as np

from sim.answer.accumulated import accumulated, budget_months
from sim.answer.affected_riders import affected_riders
from sim.answer.extrapolation import extrapolation
from sim.answer.flexhandicap import flexhandicap
from sim.answer.records.option import Affected, Ends, KnownEnds, Month, OptionAnswer, Plustur
from sim.answer.totals import change, part_year, totals, uncertainty
from sim.answer.waterfall import waterfall
from sim.answer.wording import affected_rule, sentence
from sim.riders.demand.population import Residents, residents
from sim.study.draws import ParameterDraw
from sim.study.replicated.ends import end_errors
from sim.study.replicated.figures import Spread, figure, ratio
from sim.study.replicated.measures import Measure
from sim.study.replicated.reader import Reader
from sim.study.study import Study
from sim.words.figure import Figure


def option_answer(study: Study, read: Reader, draws: Sequence[ParameterDraw], place: int) -> OptionAnswer:
    """Return what is published of one option; ``draws`` are those of the drawn samples, in their order."""
    option, package, people = study.scenario.options[place], study.packages[place], residents_of(study)
    net, moved = read("year", place, Measure.NET_COST), _moved(read, place, Measure.NET_COST)
    trips, town = read("year", place, Measure.TRIPS), read("in_town", place, Measure.PASSENGERS)
    lost = read("year", 0, Measure.TRIPS) - trips
    per_lost = ratio(read("year", 0, Measure.NET_COST) - net, lost) if lost.mean > 0 else None
    changes = change(read, "year", place, "year", 0)
    said = sentence(study, option.name, changes.net_cost_oere, changes.trips) if place else None
    return OptionAnswer(
        name=option.name,
        elements=package.elements(),
        **vars(totals(read, "year", place)),
        uncertainty=uncertainty(read, "year", place),
        change=changes,
        part_year=None if study.start_day is None else part_year(read, place),
        plustur=_plustur(read, place) if package.plustur else None,
        affected=_affected(study, read, place) if place else None,
        affected_riders=affected_riders(study, read, place) if place else None,
        waterfall=waterfall(read, place) if place else None,
        per_1000_town_passengers_oere=_ratio(moved, read("in_town", 0, Measure.PASSENGERS), 1000.0),
        net_cost_per_town_passenger_oere=_ratio(read("in_town", place, Measure.NET_COST), town),
        net_cost_per_lost_trip_oere=per_lost and per_lost.shown,
        net_cost_per_resident_oere=_over(net, people.everyone),
        net_cost_per_older_resident_oere=_over(net, people.older),
        shared_percent=_ratio(read("shared", place), trips, 100.0),
        coordinated_percent=_ratio(read("coordinated", place), trips, 100.0),
        standing_min_per_trip=_ratio(read("standing_s", place), trips, 1 / 60),
        operator_payment_change_oere=figure(_moved(read, place, Measure.OPERATOR_PAYMENT)).shown if place else None,
        avoidable_cost_change_oere=figure(read("pool_payment", place) - read("pool_payment", 0)).shown
        if place
        else None,
        no_vehicle=figure(read("refused", place), at_least=0.0).shown,
        months=_months(study, read, place),
        extrapolation=extrapolation(study, place),
        sign_is_sure=changes.net_cost_oere.sign_is_sure,
        sentence=said,
        flexhandicap=flexhandicap(study, read, draws, place) if place else None,
        ends=_ends(read, place),
    )


def _ends(read: Reader, place: int) -> Ends | None:
    """Return how well the ends of net cost and of its change are known; None without the closed form."""
    forms = read.samples.low
    if forms is None:
        return None
    net, moved = (
        _known(of)
        for of in (read("year", place, Measure.NET_COST), _moved(read, place, Measure.NET_COST) if place else None)
    )
    return Ends(len(forms.volumes.many), net, moved)


def _known(of: Spread | None) -> KnownEnds | None:
    found = None if of is None else end_errors(of)
    if found is None:
        return None
    return KnownEnds(found.correlation, found.middle, found.low, found.high, 100 * found.width_share)


def residents_of(study: Study) -> Residents:
    """Return the residents of the study's year."""
    return residents(study.region.municipality.code, study.year.year, study.assumptions)


def _moved(read: Reader, place: int, measure: Measure) -> Spread:
    return read("year", place, measure) - read("year", 0, measure)


def _ratio(top: Spread, bottom: Spread, factor: float = 1.0) -> Figure | None:
    found = ratio(top, bottom, factor)
    return found and found.shown


def _over(top: Spread, divisor: float) -> Figure:
    """Return a quantity divided by a known number."""
    return figure(top.times(1 / divisor)).shown


def _months(study: Study, read: Reader, place: int) -> tuple[Month, ...]:
    budget_year = zip(count(), accumulated(study, read, place), budget_months(study, read, place))
    return tuple(
        Month(
            month=month + 1,
            trips=figure(read("months", place, month, Measure.TRIPS), at_least=0.0).shown,
            net_cost_oere=figure(read("months", place, month, Measure.NET_COST)).shown,
            accumulated_net_cost_oere=reached,
            budget_year_net_cost_oere=own,
        )
        for month, reached, own in budget_year
    )


def _plustur(read: Reader, place: int) -> Plustur:
    """Return plustur's own figures in the full year, which are also part of the option's."""

    def shown(measure: Measure, at_least: float = 0.0) -> Figure:
        return figure(read("plustur", place, measure), at_least=at_least).shown

    return Plustur(
        trips=shown(Measure.TRIPS),
        passengers=shown(Measure.PASSENGERS),
        fares_oere=shown(Measure.FARES),
        operator_payment_oere=shown(Measure.OPERATOR_PAYMENT),
        net_cost_oere=shown(Measure.NET_COST, -np.inf),
    )


def _affected(study: Study, read: Reader, place: int) -> Affected:
    return Affected(
        rule=affected_rule(study, place),
        trips=figure(read("affected", place, Measure.TRIPS), at_least=0.0).shown,
        passengers=figure(read("affected", place, Measure.PASSENGERS), at_least=0.0).shown,
        net_cost_oere=figure(read("affected", place, Measure.NET_COST)).shown,
        change=change(read, "affected", place, "affected_base", place),
    )
