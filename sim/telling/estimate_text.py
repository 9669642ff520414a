"""The estimate as people and machines read it, marked as one."""

from textwrap import wrap
from typing import Any

from sim.answer.codec import record_json
from sim.answer.extrapolation import extrapolation
from sim.answer.flexhandicap import of_estimate
from sim.answer.introduction import introduction
from sim.estimate.amounts import Amounts
from sim.estimate.estimate import Estimate
from sim.study.fare_certainty import fare_certainty
from sim.study.study import Study
from sim.telling.report.text_table import lay_out
from sim.telling.untried import untried_of
from sim.words.cells import Cell
from sim.words.numbers import danish, kroner, millions
from sim.words.table import Table

WIDTH = 100
HEADER = (
    "valgmulighed", "ture", "passagerer", "brugerbetaling", "vognmandsbetaling", "betaling til Movia", "nettoudgift",
    "mer-/mindreudgift", "kr. pr. passager",
)  # fmt: skip


def error_words(estimate: Estimate) -> str:
    """Say in Danish how far such estimates have been off at about this volume."""
    model = estimate.metamodel
    net, least, most = (danish(percent, 1) for percent in model.stated_at(estimate.passengers))
    worst = danish(model.worst_net_cost_percent, 1)
    of_change = f"{least} %" if least == most else f"{least}-{most} %"
    return (
        "Skøn med en formel, ikke en simulering. Målt mod simuleringen i kommuner uden for tilpasningen er fejlen ved omtrent så"
        f" mange passagerer {net} % på nettoudgiften (højst {worst} %) og {of_change} af ændringens størrelse efter ændringens"
        " art; usikkerheden på forudsætningerne kommer oveni (takstlab sensitivity)."
    )


def published(study: Study, estimate: Estimate) -> dict[str, Any]:
    """Return the estimate as a dictionary for machines."""
    scenario = study.scenario
    body: dict[str, Any] = estimate.json()
    for place, (shown, option) in enumerate(zip(body["options"], estimate.options, strict=True)):
        shown["flexhandicap"] = of_estimate(study, option.name, option.turned_away) if place else None
        shown["extrapolation"] = extrapolation(study, place)
    begins = introduction(study)
    return {
        "schema_version": 1,
        "municipality": study.region.municipality.code,
        "municipality_name": study.region.municipality.name,
        "year": scenario.year,
        "price_level": study.prices.year,
        "fares": fare_certainty(study),
        "start": None if scenario.start is None else scenario.start.isoformat(),
        "volume": {
            "passengers": study.volume.passengers,
            "origin": study.volume.origin,
            "statement": study.volume.statement_da,
        },
        **body,
        "statement": error_words(estimate),
        "introduction": begins and record_json(begins),
        "notes": list(study.notes),
    }


def text(study: Study, estimate: Estimate) -> str:
    """Return the estimate as lines for a terminal."""
    lines = [f"Skøn: flextur i {study.region.municipality.name}, {study.scenario.year}; {study.prices.year}-priser", ""]
    lines += [*wrap(error_words(estimate), WIDTH), ""]
    fares = fare_certainty(study)["text_da"]
    lines += [*wrap(fares, WIDTH, break_on_hyphens=False), ""] if fares else []
    lines += lay_out(_table(estimate, part=False), WIDTH)
    if study.start_day is not None:
        lines += ["", *lay_out(_table(estimate, part=True), WIDTH)]
    rests_on = ((option.name, extrapolation(study, n) or "") for n, option in enumerate(estimate.options) if n)
    for names, said in untried_of(rests_on):
        lines += ["", *wrap(f"{names.da}: {said.da}", WIDTH, break_on_hyphens=False)]
    begins = introduction(study)
    lines += ["", *wrap(begins.sentence, WIDTH, break_on_hyphens=False)] if begins else []
    lines += _follow_on(study, estimate)
    lines += ["", study.volume.statement_da + "."]
    for note in study.notes:
        lines += wrap(note, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def _follow_on(study: Study, estimate: Estimate) -> list[str]:
    """Return each option's follow-on cost for flexhandicap, outside the net cost; nothing where no trip is turned away."""
    told = [of_estimate(study, option.name, option.turned_away)["sentence"] for option in estimate.options[1:]]
    return [line for text in told if text for line in ("", *wrap(str(text), WIDTH, break_on_hyphens=False))]


def _table(estimate: Estimate, *, part: bool) -> Table:
    rows = []
    for place, option in enumerate(estimate.options):
        amounts, change = (option.part_year, option.part_year_change) if part else (option.year, option.change)
        assert amounts is not None
        assert change is not None
        rows.append((Cell(option.name), *_cells(amounts, change if place else None)))
    first = "valgmulighed (skøn, budgetåret)" if part else "valgmulighed (skøn, hele året)"
    return Table("Skøn; beløb i mio. kr.", (first, *HEADER[1:]), tuple(rows))


def _cells(amounts: Amounts, change: Amounts | None) -> list[Cell]:
    money = (amounts.fares_oere, amounts.operator_payment_oere, amounts.movia_fee_oere, amounts.net_cost_oere)
    each = amounts.net_cost_oere / amounts.passengers if amounts.passengers else None
    return [
        Cell(danish(amounts.trips)),
        Cell(danish(amounts.passengers)),
        *(Cell(millions(oere, decimals=2)) for oere in money),
        Cell("–") if change is None else Cell(millions(change.net_cost_oere, signed=True, decimals=2)),
        Cell("–") if each is None else Cell(kroner(each)),
    ]
