"""The sensitivity as people and machines read it."""

from textwrap import wrap
from typing import Any

from sim.estimate.alternatives import RATE
from sim.estimate.operator_time import load_metamodel
from sim.estimate.sensitivity.most_important import entry, leading_target, most_important
from sim.estimate.sensitivity.simulated import SimulatedSwing
from sim.estimate.sensitivity.sobol import Screening
from sim.estimate.sensitivity.tornado import Swing, Tornado
from sim.study.study import Study
from sim.telling.report.text_table import lay_out
from sim.words.cells import Cell, plain_number
from sim.words.numbers import danish, millions
from sim.words.table import Table

WIDTH = 100
MOST_ROWS = 15
LABEL = "Skøn med en formel: én forudsætning ad gangen fra lav til høj værdi, de øvrige på deres centrale."


def published(
    study: Study, found: Tornado, screening: Screening | None, simulated: list[SimulatedSwing] | None
) -> dict[str, Any]:
    """Return everything as a dictionary for machines; ``sobol`` and ``simulated`` are None when they were not asked for."""
    model = load_metamodel()
    return {
        "schema_version": 1,
        "kind": "skøn",
        "model": model.version,
        "error_percent": {"net_cost": model.net_cost_error_percent, "change": model.change_error_percent},
        "municipality": study.region.municipality.code,
        "municipality_name": study.region.municipality.name,
        "year": study.scenario.year,
        "targets": [
            {
                "name": name,
                "central_oere": round(found.central[target]),
                "tornado": [entry(found, swing, target) for swing in found.ordered(target)],
            }
            for target, name in enumerate(found.targets)
        ],
        "most_important": most_important(found),
        "outside_closed_form": list(found.outside),
        "stated_by_user": list(found.stated),
        "replaced": {key: study.assumptions[key].replaced_by for key in found.replaced},
        "notes": list(study.notes),
        "sobol": screening and {
            "target": screening.target,
            "points": screening.points,
            "evaluations": screening.evaluations,
            "seed": screening.seed,
            "entries": [
                {"id": key, "first": first, "total": total}
                for key, first, total in zip(screening.ids, screening.first, screening.total, strict=True)
            ],
        },
        "simulated": None if simulated is None else [
            {
                "id": s.id, "statement": s.statement, "unit": s.unit, "low": s.low_value, "high": s.high_value,
                "replications": s.replications,
                "results": [
                    {"target": name, "low_oere": round(s.low[n]), "high_oere": round(s.high[n]),
                     "difference_half_width_oere": round(s.half_width[n])}
                    for n, name in enumerate(found.targets)
                ],
            }
            for s in simulated
        ],
    }  # fmt: skip


def _follows(found: Tornado) -> str:
    if found.paid:
        return " Køretimens pris følger med, så de oplyste måneder stadig koster det, de har kostet."
    return "" if RATE in found.stated else " Køretimens pris følger med, så 2017 stadig passer."


def text(study: Study, found: Tornado, screening: Screening | None, simulated: list[SimulatedSwing] | None) -> str:
    """Return the tornado, the screening and what was simulated as lines for a terminal."""
    model = load_metamodel()
    lines = [f"Følsomhed: flextur i {study.region.municipality.name}, {study.scenario.year}", ""]
    lines += wrap(
        f"{LABEL} Skønnets fejl: {danish(model.net_cost_error_percent, 1)} % på nettoudgift,"
        f" {danish(model.change_error_percent, 1)} % på ændring." + _follows(found),
        WIDTH,
    )
    for target, name in enumerate(found.targets):
        lines += ["", f"{name[0].upper()}{name[1:]}: {_kr(found.central[target], target)} mio. kr."]
        lines += lay_out(_tornado_table(found, target), WIDTH)
    if screening is not None and screening.ids:
        lines += ["", f"Alle på én gang (Sobol, n = {screening.points}): {screening.target}"]
        lines += lay_out(_sobol_table(screening), WIDTH)
    if simulated:
        target = leading_target(found)
        lines += ["", f"Ved simulering, {simulated[0].replications} gentagelser: {found.targets[target]}"]
        lines += lay_out(_simulated_table(simulated, target), WIDTH)
    elif found.outside:
        lines += ["", *wrap(f"Ikke i formlen: {', '.join(found.outside)}. Med --simulate regnes de, som simuleringen"
                            " bruger.", WIDTH)]  # fmt: skip
    if found.stated:
        lines += wrap(f"Oplyst til beregningen og derfor ikke varieret: {', '.join(found.stated)}.", WIDTH)
    for by in dict.fromkeys(study.assumptions[key].replaced_by for key in found.replaced):
        names = ", ".join(key for key in found.replaced if study.assumptions[key].replaced_by == by)
        lines += wrap(f"Erstattet af {by} og derfor ikke varieret: {names}.", WIDTH)
    for note in study.notes:
        lines += wrap(note, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def _kr(oere: float, target: int) -> str:
    return millions(oere, signed=target > 0, decimals=3)


def _ends(swing: Swing) -> str:
    if swing.low_value is None or swing.high_value is None:
        return "10-90 %"
    return f"{plain_number(_shown(swing.low_value))} til {plain_number(_shown(swing.high_value))}"


def _shown(value: float) -> float:
    return round(value) if abs(value) >= 1000 else value


def _tornado_table(found: Tornado, target: int) -> Table:
    rows = tuple(
        (
            Cell(s.id + ("" if s.drawn else " *")),
            Cell(_ends(s)),
            Cell(_kr(s.low[target], target)),
            Cell(_kr(s.high[target], target)),
            Cell(_kr(s.width(target), 0 if target == 0 else -1)),
        )
        for s in found.ordered(target)[:MOST_ROWS]
    )
    return Table("", ("forudsætning (* ikke i intervallet)", "fra-til", "ved lav", "ved høj", "udsving"), rows)


def _sobol_table(screening: Screening) -> Table:
    rows = tuple(
        (Cell(key), Cell(danish(first, 2)), Cell(danish(total, 2)))
        for key, first, total in zip(screening.ids, screening.first, screening.total, strict=True)
    )
    return Table("", ("forudsætning", "alene", "i alt, med samspil"), rows)


def _simulated_table(simulated: list[SimulatedSwing], target: int) -> Table:
    rows = tuple(
        (
            Cell(s.id),
            Cell(f"{plain_number(s.low_value)} til {plain_number(s.high_value)}"),
            Cell(_kr(s.low[target], target)),
            Cell(_kr(s.high[target], target)),
            Cell(f"{_kr(s.high[target] - s.low[target], 1)} ± {_kr(s.half_width[target], -1)}"),
        )
        for s in sorted(simulated, key=lambda s: -abs(s.high[target] - s.low[target]))
    )
    return Table("", ("forudsætning", "fra-til", "ved lav", "ved høj", "forskel, 95 %"), rows)
