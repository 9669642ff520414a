"""A goal in an officer's words, and for machines."""

from textwrap import wrap
from typing import Any

from sim.answer.extrapolation import extrapolation
from sim.desk.goal.goal import Goal
from sim.study.fare_certainty import fare_certainty
from sim.study.study import Study
from sim.words.cells import joined
from sim.words.figure import Figure
from sim.words.numbers import OERE_PER_KRONE, approximately, danish, kroner, unchanged
from sim.words.rounding import KRONER

WIDTH = 100


def sentence(goal: Goal) -> str:
    """Say in Danish which price gives the change, or that none does and which comes nearest."""
    town, year = goal.study.region.municipality.name, goal.study.scenario.year
    gives = (
        f"{signed(goal.change.mean)} kr. om året ({ends(goal.change)} kr.)"
        f" i {goal.study.prices.year}-priser"
        f" og ca. {approximately(abs(goal.trips))} {'færre' if goal.trips < 0 else 'flere'} ture end {unchanged(year)}"
    )
    asked = f"{signed(goal.target_oere)} kr."
    if goal.reached:
        return f"{goal.element.capitalize()} {goal.kroner} kr. i {town} i {year} kommer nærmest {asked}: {gives}."
    return (
        f"Ingen {goal.element} fra {goal.lowest_kr} til {goal.highest_kr} kr. i {town} i {year} giver {asked} Nærmest er"
        f" {goal.kroner} kr.: {gives}."
    )


def statement(goal: Goal) -> str:
    """Say in Danish what the answer is and is not."""
    return (
        "Skøn med en formel, ikke en simulering: prisen er fundet til hele kroner under de centrale forudsætninger. I parentes: 8 af 10"
        f" beregninger ligger imellem, forudsætningernes usikkerhed og skønnets egen fejl ({danish(goal.error_percent, 1)} % af ændringen)"
        " regnet med. takstlab compare simulerer prisen."
    )


def published(goal: Goal) -> dict[str, Any]:
    """Return the goal for machines, amounts in oere."""
    study = goal.study
    return {
        **heading(study),
        "element": goal.element,
        "target_oere": goal.target_oere,
        "reached": goal.reached,
        "kroner": goal.kroner,
        "elements": list(study.scenario.options[1].elements),
        "from_kr": goal.lowest_kr,
        "to_kr": goal.highest_kr,
        "net_cost_change_oere": goal.change.json(),
        "trips_change": goal.trips,
        "fares": fare_certainty(study),
        "extrapolation": extrapolation(study, 1),
        "sentence": sentence(goal),
        "statement": statement(goal),
        "notes": list(study.notes),
    }


def text(goal: Goal) -> str:
    """Return the goal as lines for a terminal."""
    told = published(goal)
    paragraphs = [told["sentence"], told["fares"]["text_da"], told["extrapolation"], told["statement"]]
    lines = [line for said in paragraphs if said for line in ("", *wrap(said, WIDTH, break_on_hyphens=False))][1:]
    return "\n".join([*lines, *closing(goal.study)]) + "\n"


def closing(study: Study) -> list[str]:
    """Return what stands under every goal on a terminal: where the volume comes from, and the study's notes."""
    lines = ["", study.volume.statement_da + "."]
    for note in study.notes:
        lines += wrap(note, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    return lines


def heading(study: Study) -> dict[str, Any]:
    """Return what stands at the top of every goal for machines."""
    return {
        "schema_version": 1,
        "municipality": study.region.municipality.code,
        "municipality_name": study.region.municipality.name,
        "year": study.scenario.year,
    }


def ends(change: Figure) -> str:
    """Return the ends of a change's interval in kroner, rounded outwards.

    >>> ends(Figure(-6_082_100.0, -12_053_400.0, -4_716_900.0))
    '-121.000 til -47.000'
    """
    return joined(*KRONER.with_plus().interval(change))


def signed(oere: float) -> str:
    """Return an amount in kroner with its sign."""
    text = kroner(oere)
    return f"+{text}" if oere >= OERE_PER_KRONE / 2 else text
