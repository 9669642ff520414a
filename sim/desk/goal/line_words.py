"""A choice among drawn lines in an officer's words, and for machines."""

from textwrap import wrap
from typing import Any

from sim.answer.extrapolation import extrapolation
from sim.desk.goal.lines import LineAmount, LineGoal
from sim.desk.goal.words import WIDTH, closing, ends, heading, signed
from sim.study.fare_certainty import fare_certainty
from sim.study.prepare import in_words
from sim.words.names import in_a_row
from sim.words.numbers import approximately, danish, unchanged


def sentence(goal: LineGoal) -> str:
    """Say in Danish which lines reach the amount and which comes nearest, or that none reaches it."""
    town, year = goal.study.region.municipality.name, goal.study.scenario.year
    asked = f"{signed(goal.target_oere)} kr. om året i {town} i {year}"
    nearest, reaching = goal.nearest, goal.reaching
    if not reaching:
        return f"Ingen af byområderne når {asked}. Nærmest er {nearest.name}: {_amount(nearest, year)}."
    if len(goal.lines) == 1:
        return f"{nearest.name} når {asked}: {_amount(nearest, year)}."
    names = in_a_row(line.name for line in reaching)
    return f"{names} når {asked}. Nærmest er {nearest.name}: {_amount(nearest, year)}."


def _amount(line: LineAmount, year: int) -> str:
    return (
        f"{signed(line.change.mean)} kr. ({ends(line.change)} kr.) og ca."
        f" {approximately(abs(line.trips))} {'færre' if line.trips < 0 else 'flere'} ture end {unchanged(year)}"
    )


def statement(goal: LineGoal) -> str:
    """Say in Danish what the answer is and is not."""
    return (
        "Skøn med en formel, ikke en simulering, ved de valgte priser. I parentes: 8 af 10 beregninger ligger imellem, forudsætningernes"
        f" usikkerhed og skønnets egen fejl ({danish(goal.error_percent, 1)} % af ændringen) regnet med; hvor parenteserne når ind over"
        " hinanden, er byområdernes rækkefølge usikker. takstlab compare simulerer dem."
    )


def published(goal: LineGoal) -> dict[str, Any]:
    """Return the choice for machines, amounts in oere."""
    study = goal.study
    return {
        **heading(study),
        "element": "byomraade",
        "target_oere": goal.target_oere,
        "reached": bool(goal.reaching),
        "nearest": goal.nearest.name,
        "lines": [
            {
                "name": line.name,
                "areas": list(line.areas),
                "elements": list(study.packages[place].elements()),
                "net_cost_change_oere": line.change.json(),
                "trips_change": line.trips,
                "reaches": goal.reaches(line),
                "sentence": f"{line.name}, {in_words(study.packages[place])}: {_amount(line, study.scenario.year)}.",
            }
            for place, line in enumerate(goal.lines, start=1)
        ],
        "fares": fare_certainty(study),
        "extrapolation": extrapolation(study, 1),
        "sentence": sentence(goal),
        "statement": statement(goal),
        "notes": list(study.notes),
    }


def text(goal: LineGoal) -> str:
    """Return the choice as lines for a terminal."""
    told = published(goal)
    rows = [f"{'når beløbet: ' if row['reaches'] else ''}{row['sentence']}" for row in told["lines"]]
    lines = [*wrap(told["sentence"], WIDTH, break_on_hyphens=False), ""]
    for row in rows:
        lines += wrap(row, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    for paragraph in (told["fares"]["text_da"], told["extrapolation"], told["statement"]):
        lines += ["", *wrap(paragraph, WIDTH, break_on_hyphens=False)] if paragraph else []
    return "\n".join([*lines, *closing(goal.study)]) + "\n"
