"""What was tried beside what is predicted: the published trials that resemble an option's change, if there are any."""

from dataclasses import replace
from typing import Final

from sim.answer.records.trials import Kind, Predicted, PublishedTrial, Resemblance, Trial
from sim.inputs.facts import Fact, load_facts
from sim.riders.clinic_rides import clinic_name
from sim.riders.demand.requests import PlaceClass
from sim.riders.response.bounds import without_form
from sim.study.demand import package_levels
from sim.study.facts import known_facts
from sim.study.replicated.figures import ratio
from sim.study.replicated.measures import Measure
from sim.study.replicated.reader import Reader
from sim.study.replicated.trial_trips import freed, town_levels
from sim.study.study import Study
from sim.words.figure import Figure, Range
from sim.words.numbers import danish
from tariffs import Level

TRIALS: dict[tuple[int, int], tuple[str, int, int, str]] = {
    (Level.KOMMUNETAKST, Level.BYTAKST_LOW): ("town_48", 24, 48, "i fire kommuner (2016-17)"),
    (Level.GRUNDTAKST, Level.DOBBELT_GRUNDTAKST): ("lolland_72", 36, 72, "på Lolland"),
}
"""The trials of the town fare by the levels they moved between: ids of their facts, kroner, and where."""
DEAREST_TRIED_KR = 72
GLADSAXE, TELEFONFABRIKKEN = "0159", "Telefonfabrikken"
SAME: Final = "same"
SIMILAR: Final = "similar"
REVERSE: Final = "reverse"
NEVER: Final = "never"
NO_FIGURES: Final = "no_figures"
"""Resemblance: the trial itself; one like it at other prices or elsewhere; its opposite; never tried; tried without figures."""


def experiments(study: Study, read: Reader) -> tuple[Trial, ...]:
    """Return what each option changes that a trial could tell of, with the trials' ranges and what is predicted.

    One entry for a change of the fare in town, one for each destination that becomes free or no longer is, one for a town
    that closes or opens; none for what no trial was about.
    """
    entries: list[Trial] = []
    for place in range(1, len(study.packages)):
        pair = town_levels(study, place)
        if pair is not None:
            entries.append(_town_fare(study, read, place, pair))
        if bool(study.packages[0].closed_by("in_town")) != bool(study.packages[place].closed_by("in_town")):
            text = "Lukkede byer og stoppesteder er prøvet (Ringsted, Næstved), men uden offentliggjorte tal."
            entries.append(
                _entry(study, place, "closed_town", "lukkede byområder eller stoppesteder", NO_FIGURES, text)
            )
        entries += [_free(study, read, place, name) for name in freed(study, place)]
    return tuple(entries)


def _town_fare(study: Study, read: Reader, place: int, pair: tuple[int, int]) -> Trial:
    from_oere, to_oere = (package_levels(study, study.packages[n])[PlaceClass.IN_TOWN] for n in (0, place))
    assert from_oere is not None
    assert to_oere is not None
    kind: Resemblance
    change = f"{_kroner(from_oere)} → {_kroner(to_oere)} kr."
    published: tuple[PublishedTrial, ...] = ()
    bounds = None
    if pair in TRIALS:
        trial = TRIALS[pair]
        published = (_trial(trial, reverse=False),)
        exact = (from_oere, to_oere) == (100 * trial[1], 100 * trial[2])
        kind, text = (SAME if exact else SIMILAR), _told(trial, like="" if exact else f"{change} svarer til forsøget: ")
    elif pair[::-1] in TRIALS:
        trial = TRIALS[pair[::-1]]
        published = (_trial(trial, reverse=True),)
        kind, text = REVERSE, f"{_told(trial, like='Det omvendte er prøvet: ')} {_backwards(published[0])}"
    else:
        kind, text = NEVER, f"{change} i byområdet er aldrig prøvet."
        bounds = _bounds(from_oere, to_oere, study.prices.willingness)
        if bounds is not None:
            text += (
                f" Forsøgene med andre priser sætter i sig selv kun grænserne {_range(bounds)} % ture; det gælder, når"
                " prisfølsomheden er ens overalt og ikke aftager med prisen."
            )
    return replace(
        _entry(study, place, "town_fare", f"takst i byområdet {change}", kind, text),
        from_oere=from_oere,
        to_oere=to_oere,
        published=published,
        bounds_trips_percent=bounds,
        predicted=_predicted(read, "town_fare", place),
    )


def _free(study: Study, read: Reader, place: int, name: str) -> Trial:
    becomes = name in study.packages[place].free_destinations
    if becomes and name == clinic_name(study.scenario.clinic, study.free_names):
        text = (
            "Forsøget med gratis kørsel (Telefonfabrikken i Gladsaxe) siger intet om klinikken: dens ture er hjemmebesøg, der flyttes,"
            " efter kommunens eget tal."
        )
        return _entry(study, place, "free_destination", f"gratis til og fra klinikken {name}", NEVER, text)
    here = name in known_facts(study.region.municipality.code)
    visits, facts = known_facts(GLADSAXE)[TELEFONFABRIKKEN], load_facts()
    before, added = visits.trips_per_month_before, visits.added_trips_per_month
    assert before
    assert added
    more, cost = 100.0 * added / before, facts["gladsaxe_cost"]
    trial = PublishedTrial(
        fact=cost.id,
        where="Telefonfabrikken i Gladsaxe",
        reversed=not becomes,
        trips_percent=_turned(Range(more, more), not becomes),
        cost_percent=_turned(Range(cost.low, cost.high), not becomes),
        mark=cost.mark,
        source=cost.source,
    )
    text = (
        f"Gratis kørsel er kun prøvet til ét rejsemål, Telefonfabrikken i Gladsaxe: {danish(before)} → {danish(before + added)} ture om"
        f" måneden, {danish(more)} % flere; udgiften steg {danish(cost.low)}-{danish(cost.high)} %."
    )
    if not here:
        text += " Et andet rejsemål kan give et helt andet tal."
    if not becomes:
        text += f" Her er ændringen den omvendte. {_backwards(trial)}"
    kind: Resemblance = REVERSE if not becomes else SAME if here else SIMILAR
    what = f"gratis til og fra {name}" if becomes else f"ikke længere gratis til og fra {name}"
    entry = _entry(study, place, "free_destination", what, kind, text)
    number = study.free_names.index(name)
    return replace(entry, published=(trial,), predicted=_predicted(read, "free_visits", place, number))


def _entry(study: Study, place: int, kind: Kind, change: str, resemblance: Resemblance, text: str) -> Trial:
    return Trial(study.scenario.options[place].name, kind, change, None, None, resemblance, text, (), None, None)


def _predicted(read: Reader, name: str, *at: int) -> Predicted:
    """Return the change of the trial's kind of trips and of the net cost of them in percent, None where there were none."""

    def moved(measure: Measure) -> Figure | None:
        before, after = (read(name, *at, n, measure) for n in (0, 1))
        percent = ratio(after - before, before, 100.0)
        return percent and percent.shown

    return Predicted(moved(Measure.TRIPS), moved(Measure.NET_COST))


def _trial(trial: tuple[str, int, int, str], *, reverse: bool) -> PublishedTrial:
    trips, cost = _facts(trial)
    return PublishedTrial(
        fact=trips.id,
        where=f"{trial[1]} → {trial[2]} kr. {trial[3]}",
        reversed=reverse,
        trips_percent=_turned(Range(trips.low, trips.high), reverse),
        cost_percent=_turned(Range(cost.low, cost.high), reverse),
        mark="C" if reverse else trips.mark,
        source=trips.source,
    )


def _told(trial: tuple[str, int, int, str], like: str) -> str:
    trips, cost = _facts(trial)
    said = f"{trial[1]} → {trial[2]} kr. {trial[3]}: {_fewer(trips)} % færre af turene i byområdet, {_fewer(cost)} % mindre udgift."
    return f"{like}{said}" if like else f"Prøvet: {said}"


def _backwards(published: PublishedTrial) -> str:
    trips, cost = _range(published.trips_percent), _range(published.cost_percent)
    return f"Regnet baglæns er det {trips} % ture og {cost} % udgift."


def _facts(trial: tuple[str, int, int, str]) -> tuple[Fact, Fact]:
    facts = load_facts()
    return facts[f"{trial[0]}_trips"], facts[f"{trial[0]}_cost"]


def _bounds(from_oere: int, to_oere: int, index: float) -> Range | None:
    """Return what the trials alone allow, percent; None for a price beyond all that was tried."""
    low, high = sorted(oere / 100 / index for oere in (from_oere, to_oere))
    if high > DEAREST_TRIED_KR:
        return None
    least, most = without_form(low, high)
    return _turned(Range(least, most), to_oere < from_oere)


def _turned(percent: Range, reverse: bool) -> Range:
    """Return a change in percent, or the one that undoes it.

    >>> _turned(Range(-60.0, -50.0), True)
    Range(low=100.0, high=150.0)
    """
    if not reverse:
        return percent
    low, high = sorted(100.0 * (1.0 / (1.0 + change / 100.0) - 1.0) for change in (percent.low, percent.high))
    return Range(low, high)


def _fewer(fact: Fact) -> str:
    return f"{danish(-fact.high)}-{danish(-fact.low)}"


def _range(percent: Range) -> str:
    """Return a range of changes, the sign before each and the smaller change first; one number where both are it."""
    ends = sorted((percent.low, percent.high), key=abs)
    return " til ".join(dict.fromkeys(f"{'+' if end > 0 else ''}{danish(end)}" for end in ends))


def _kroner(oere: int) -> str:
    return danish(oere / 100, 0 if oere % 100 == 0 else 2)
