"""The answer at once while options are being ticked: the closed form, with an interval from a few sets of assumptions."""

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Any

import numpy as np

from sim.answer.records.option import Flexhandicap
from sim.answer.records.prices import TripPrice
from sim.answer.records.totals import Change, Shares, Totals
from sim.estimate.operator_time import Metamodel
from sim.study.replicated.measures import MEASURE_KEYS
from sim.study.study import Study
from sim.words.figure import Figure
from sim.words.numbers import danish, english_marks
from tariffs.errors import TakstlabError

KEPT = 16
"""Estimates kept; each holds the study that it is of, of one to two MB."""


@dataclass(frozen=True)
class InstantOption:
    """An option's estimated year, how it moves from the first option's, and the follow-on cost outside it."""

    name: str
    year: Totals
    change: Change
    part_year_change_oere: Figure | None
    flexhandicap: Flexhandicap | None


@dataclass(frozen=True)
class Instant:
    """An estimate of a comparison.

    ``prices`` are what riders pay; ``said`` is how good it is, in both languages.
    """

    study: Study
    options: tuple[InstantOption, ...]
    prices: Sequence[TripPrice]
    said: tuple[str, str]


@dataclass
class _Work:
    """An estimate under way, and until when (monotonic seconds) somebody is thought to wait for it."""

    future: Future[Instant]
    wanted_until: float = 0.0


_kept: OrderedDict[str, Instant] = OrderedDict()
_under_way: dict[str, _Work] = {}
AT_ONCE = 2
"""So many are reckoned at a time: each takes 20 to 40 MB meanwhile, and the rest wait for the cores anyway."""
_workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="estimate")
_measurers = ThreadPoolExecutor(1, thread_name_prefix="measure")
"""Those of a municipality whose roads are not measured, one at a time; who waits for another municipality has the workers to himself."""
FORGOTTEN_S = 5.0
"""After so long without being asked for again, an estimate is not waited for: the page asks every second."""
_lock = Lock()
_turns = BoundedSemaphore(AT_ONCE)


def instant(values: Mapping[str, Any]) -> Instant:
    """Return the estimate of a scenario's values, kept for the next who asks the same; raises InputError.

    One of own trips is not kept: it would outlive the trips when they are deleted.
    """
    if "trips" in values:
        return _estimated(dict(values))
    key = _name(values)
    with _lock:
        known = _known(key)
    if known is not None:
        return known
    found = _estimated(dict(values))
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def instant_within(values: Mapping[str, Any], seconds: float) -> Instant | None:
    """Return the estimate, or None when it takes longer: it is worked on meanwhile, for who asks the same again.

    The first time a municipality is asked about, its roads are measured, which takes some seconds. One of own trips is
    waited for, as it is not kept. Raises InputError as `instant` does.
    """
    if "trips" in values:
        return instant(values)
    key, now = _name(values), time.monotonic()
    with _lock:
        known = _known(key)
        if known is not None:
            _under_way.pop(key, None)
            return known
        _let_go(now)
        if key not in _under_way:
            workers = _workers if _is_measured(values) else _measurers
            _under_way[key] = _Work(workers.submit(instant, dict(values)))
        work = _under_way[key]
        work.wanted_until = max(work.wanted_until, now + seconds + FORGOTTEN_S)
    try:
        return work.future.result(timeout=seconds)
    except TimeoutError:
        return None
    finally:
        if work.future.done():
            with _lock:
                if _under_way.get(key) is work:
                    del _under_way[key]


def _is_measured(values: Mapping[str, Any]) -> bool:
    """Whether nobody has to wait for roads; what cannot be a scenario is told without them."""
    from sim.inputs.assumptions import load_assumptions
    from sim.inputs.scenario.scenario import build_scenario
    from sim.study.terms import is_measured, land_of

    try:
        asked = build_scenario(dict(values), "siden")
        return is_measured(
            land_of(values["municipality"], asked.year, load_assumptions().overriding(asked.assumptions))
        )
    except TakstlabError:
        return True


def _let_go(now: float) -> None:
    """Give up what nobody has asked for lately, so far as it is not being worked on; its fault too is asked for anew."""
    for key, work in list(_under_way.items()):
        if work.wanted_until < now and (work.future.done() or work.future.cancel()):
            del _under_way[key]


def _known(key: str) -> Instant | None:
    """Return what was estimated before, None when nothing was; to be asked under the lock."""
    if key in _kept:
        _kept.move_to_end(key)
    return _kept.get(key)


def _name(values: Mapping[str, Any]) -> str:
    return repr(sorted(values.items(), key=lambda pair: pair[0]))


def _estimated(values: dict[str, Any]) -> Instant:
    from sim.answer.budget.estimated_rate import estimated_study
    from sim.answer.citizen_prices import citizen_prices
    from sim.estimate.draws import studies_at_once
    from sim.estimate.estimate import estimates
    from sim.inputs.scenario.scenario import build_scenario

    study, paid = estimated_study(build_scenario(values, "siden"), values["municipality"])
    with _turns:
        drawn = studies_at_once(study, paid)
        central, *draws = estimates([study, *drawn])
        options = tuple(
            _option(place, central, draws, _follow_on(study, drawn, place, central, draws))
            for place in range(len(central.options))
        )
    return Instant(study, options, citizen_prices(study), _how_good(central.metamodel, central.passengers))


def _how_good(model: Metamodel, passengers: float) -> tuple[str, str]:
    """Say in Danish and English how far such estimates have been from the simulation at about this volume."""
    net, least, most = (danish(percent, 1) for percent in model.stated_at(passengers))
    worst = danish(model.worst_net_cost_percent, 1)
    of_change = f"{least} %" if least == most else f"{least}-{most} %"
    return (
        "Skønnet er en formel, ikke en simulering. Målt mod simuleringen ved omtrent så mange passagerer er det typisk"
        f" {net} % fra nettoudgiften (højst {worst} %) og {of_change} fra ændringens størrelse.",
        "The estimate is a formula, not a simulation. Against the simulation at about so many passengers it is typically"
        + english_marks(f" {net} % off the net cost (at most {worst} %) and {of_change} off the size of the change."),
    )


def _option(place: int, central: Any, draws: list[Any], follow_on: Flexhandicap | None) -> InstantOption:
    from sim.estimate.intervals import estimated, relative

    model = central.metamodel

    def figure(part: str, name: str) -> Figure:
        amounts = getattr(central.options[place], part)
        middle, error = float(getattr(amounts, name)), 0.0
        if name in ("operator_payment_oere", "net_cost_oere"):
            percent = model.net_cost_error_percent if part == "year" else model.change_error_percent
            error = relative(percent, amounts.net_cost_oere, middle)
        return estimated(middle, [getattr(getattr(d.options[place], part), name) for d in draws], error)

    percent = None
    before = central.options[0].year.net_cost_oere
    if place and before:
        shares = [100 * d.options[place].change.net_cost_oere / d.options[0].year.net_cost_oere for d in draws]
        middle = 100 * central.options[place].change.net_cost_oere / before
        percent = estimated(middle, shares, model.change_error_percent / 100)
    with_part = central.options[place].part_year is not None
    return InstantOption(
        central.options[place].name,
        Totals(**{name: figure("year", name) for name in MEASURE_KEYS}, net_cost_per_passenger_oere=None),
        Change(**{name: figure("change", name) for name in MEASURE_KEYS}, percent=Shares(net_cost_oere=percent)),
        figure("part_year_change", "net_cost_oere") if with_part else None,
        follow_on,
    )


def _follow_on(study: Study, drawn: list[Study], place: int, central: Any, draws: list[Any]) -> Flexhandicap | None:
    """Return what flexhandicap may add to an option, outside its net cost; None for the first."""
    from sim.answer.flexhandicap import central_terms, sentence, share_range
    from sim.study.replicated.figures import Spread, figure

    if not place:
        return None
    paired = np.zeros(len(draws), dtype=np.int64)
    all_of = [
        (central_terms(under), e.options[place].turned_away)
        for under, e in zip([study, *drawn], [central, *draws], strict=True)
    ]

    def shown(values: list[float]) -> Figure:
        return figure(Spread(np.array(values[:1]), np.array(values[1:]), paired), at_least=0.0)

    turned_away = shown([away for _, away in all_of])
    cost = shown([of.moved_share * of.cost * away for of, away in all_of])
    return Flexhandicap(
        turned_away_trips=turned_away,
        trips=shown([of.moved_share * away for of, away in all_of]),
        cost_oere=cost,
        sentence=sentence(central.options[place].name, turned_away, cost, share_range(study)),
    )
