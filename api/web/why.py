"""Why a figure is what it is: the formula in numbers, rule and source, the assumptions, and how it is made again."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi import Path as PathOf
from starlette.responses import Response

from api.http.problems import NoSuchFieldError
from api.http.runs import RunId
from api.web.page import render
from api.web.published import published
from api.web.reproduce import base, call, cell_formula, command
from sim.answer.quantities import quantities
from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.answer.records.totals import Totals
from sim.telling.folder import TARIFF_COPY
from sim.telling.report.phrases import price_day
from sim.words.cells import Cell, change_cell, count_cell, kroner_cell
from sim.words.numbers import OERE_PER_KRONE, danish, kroner
from sim.words.rounding import Printed
from sim.words.table import Table
from tariffs import load_price_book
from tariffs.errors import DataError
from tariffs.source import Source

router = APIRouter()


@dataclass(frozen=True)
class Rule:
    """A value of the tariff on a day."""

    da: str
    en: str
    text: str
    unit: str
    edition: str
    source: Source


@dataclass(frozen=True)
class Field:
    """A figure of the officers' table that can be asked about: its names, and how it comes about."""

    key: str
    da: str
    en: str
    how_da: str
    how_en: str

    @property
    def money(self) -> bool:
        """Whether it is an amount."""
        return self.key not in quantities() or quantities()[self.key].is_money


def _fields() -> dict[str, Field]:
    read = tomllib.loads((files("api.web") / "why.toml").read_text(encoding="utf-8"))
    return {key: Field(key, **texts) for key, texts in read.items()}


FIELDS = _fields()
CELLS = {"net_cost_per_resident": "net_cost", "net_cost_per_lost_trip": "net_cost_change"}
"""Figures that the API has no cell of, and the cell they are reckoned from."""


def why_links(run: str, comparison: Answer) -> dict[tuple[int, int], str]:
    """Return the address that explains each figure of the officers' table, by row and column."""
    from sim.telling.report.table import officers

    table = officers(comparison)
    return {
        (place, column): f"/koersel/{run}/hvorfor/{place + 1}/{name}?kommune={comparison.municipality}"
        for place, row in enumerate(table.rows)
        for column, name in enumerate(table.ids)
        if name in FIELDS and row[column].text != "–"
    }


@router.get("/koersel/{run}/hvorfor/{option}/{field}")
def why(
    request: Request,
    run: RunId,
    option: Annotated[int, PathOf(ge=1, le=12)],
    field: Annotated[str, PathOf(pattern="^[a-z_]{1,40}$")],
) -> Response:
    """Explain one figure of one option."""
    comparison, manifest, folder = published(request, run)
    if field not in FIELDS or option > len(comparison.options):
        raise NoSuchFieldError(
            "Tallet findes ikke i svaret", where=f"{option}/{field}", next_step="gå tilbage til svaret"
        )
    asked = FIELDS[field]
    chosen = comparison.options[option - 1]
    cell_field = CELLS.get(field, field)
    return render(
        request, "why.html.j2", run=run, comparison=comparison, option=chosen, field=asked,
        figure=_figure(chosen, field), account=account(comparison, option - 1, part=field.endswith("part_year")),
        counts=counts(comparison, option - 1, part=field.endswith("part_year")),
        factors=_factors(comparison, option - 1, field, folder), price_level=manifest["price_level"],
        weighty=comparison.most_important, rules=rules(comparison, folder),
        command=command(manifest["scenario"]), call=call(request, manifest["scenario"]),
        cell=cell_formula(request, run, comparison.municipality, option, cell_field),
        address=f"{base(request)}/v1/celle/{run}/{comparison.municipality}/{option}/{cell_field}",
        hashes=manifest["versions"], seed=comparison.seed,
    )  # fmt: skip


def _figure(option: OptionAnswer, field: str) -> Cell:
    moved = {"net_cost_change": option.change.net_cost_oere, "net_cost_change_part_year": option.part_year_change_oere}
    if field in moved:
        return change_cell(moved[field], kroner)
    quantity = quantities()[field]
    return (kroner_cell if quantity.is_money else count_cell)(quantity.of(option))


def account(comparison: Answer, place: int, *, part: bool) -> Table:
    """Return the formula in its numbers, today's beside the option's, in kroner and oere that add up as shown."""
    from sim.telling.report.arithmetic import whole_oere

    blocks, names = _beside(comparison, place, part=part)
    wholes = [whole_oere(block) for block in blocks]
    lines = [
        ("Vognmandsbetaling", [w.operator_payment for w in wholes]),
        ("− Brugerbetaling", [w.fares for w in wholes]),
        ("+ Betaling til Movia", [w.movia_fee for w in wholes]),
        ("= Nettoudgift", [w.net_cost for w in wholes]),
    ]
    rows = [(Cell(line), *(Cell(kroner(a, 2)) for a in _with_difference(amounts))) for line, amounts in lines]
    return Table("Regnestykket, gennemsnit over beregningerne", ("kroner", *names), tuple(rows))


def counts(comparison: Answer, place: int, *, part: bool) -> Table:
    """Return how wishes become trips and passengers, and what each passenger costs, today's beside the option's."""
    blocks, names = _beside(comparison, place, part=part)
    rows = [
        (
            Cell(line),
            *(Cell(TENTHS.text(n)) for n in _with_difference([TENTHS.steps(figure.mean) for figure in figures])),
        )
        for line, figures in (
            ("Ønskede ture", [block.requests for block in blocks]),
            ("Bestillinger", [block.bookings for block in blocks]),
            ("Kørte ture", [block.trips for block in blocks]),
            ("Passagerer", [block.passengers for block in blocks]),
        )
    ]
    each = [_per_passenger(block) for block in blocks]
    known = [amounts for amounts in each if amounts is not None]
    for number, line in enumerate(
        (
            "Vognmandsbetaling pr. passager, kr.",
            "Brugerbetaling pr. passager, kr.",
            "Betaling til Movia pr. passager, kr.",
            "Nettoudgift pr. passager, kr.",
        )
    ):
        cells = ["–"] * len(names)
        if len(known) == len(each):
            cells = [OERE.text(steps) for steps in _with_difference([amounts[number] for amounts in known])]
        rows.append((Cell(line), *(Cell(text) for text in cells)))
    return Table("Fra ønske til passager, gennemsnit over beregningerne", ("antal", *names), tuple(rows))


def _per_passenger(block: Totals) -> tuple[int, int, int, int] | None:
    """Return operator payment, fares, fee and net cost per passenger in oere that close as printed; None without passengers."""
    passengers = block.passengers.mean
    if not passengers:
        return None
    net = OERE.steps(block.net_cost_oere.mean / passengers)
    parts = (block.operator_payment_oere.mean, -block.fares_oere.mean, block.movia_fee_oere.mean)
    operator, fares, fee = OERE.split([part / passengers for part in parts], net)
    return operator, -fares, fee, net


def _factors(comparison: Answer, place: int, field: str, folder: Path) -> Table | None:
    """Return the factors that a figure is the product of, None for a figure that is none."""
    if field == "movia_fee":
        return fee_table(comparison, place)
    return hours_table(comparison, place, folder) if field == "operator_payment" else None


FEE_YEAR = 2017
TENTHS, OERE = Printed(1, 1), Printed(OERE_PER_KRONE, 2)
SAME = 5e-7


def fee_table(comparison: Answer, place: int) -> Table:
    """Return the fee to Movia factor by factor: that of 2017, the index to the answer's prices, and the passengers."""
    blocks, names = _beside(comparison, place, part=False)
    names = names[: len(blocks)]
    fee_then = load_price_book().amount("movia/betaling_pr_passager", date(FEE_YEAR, 7, 1))
    level = int(comparison.price_level or FEE_YEAR)
    growth = next((a.value for a in comparison.assumptions if a.id == "fee_index_percent"), 0.0)
    assert not isinstance(growth, tuple), "fee_index_percent is one number"
    index = round((1 + growth / 100) ** (level - FEE_YEAR), 6)
    fees, passengers = [block.movia_fee_oere.mean for block in blocks], [block.passengers.mean for block in blocks]
    each = [fee / n if n else 0.0 for fee, n in zip(fees, passengers, strict=True)]
    moved = [one / (fee_then * index) for one in each]
    lines = [
        (f"Betaling til Movia pr. passager i {FEE_YEAR}, kr.", [kroner(fee_then, 2)] * len(blocks)),
        (f"× prisudvikling {FEE_YEAR}-{level}", [danish(index, 6)] * len(blocks)),
    ]
    if any(abs(factor - 1) > SAME for factor in moved):
        lines.append(("× bestilling på nettet og fælles betaling", [danish(factor, 6) for factor in moved]))
    lines += [
        ("= pr. passager, kr.", [kroner(one, 6) for one in each]),
        ("× passagerer", [danish(n, 4) for n in passengers]),
        ("= betaling til Movia, kr.", [kroner(fee, 2) for fee in fees]),
    ]
    rows = tuple((Cell(line), *(Cell(text) for text in texts)) for line, texts in lines)
    return Table("Betalingen til Movia, led for led", ("led", *names), rows)


def hours_table(comparison: Answer, place: int, folder: Path) -> Table | None:
    """Return operator payment as hours times their price times flextur's part of it; None without the table of duties."""
    from sim.telling.report.operator_hours import operator_hours

    found = operator_hours(folder, tuple(option.name for option in comparison.options))
    places = [0] if place == 0 else [0, place]
    if found is None or not all(found[n].hours and found[n].payment_oere for n in places):
        return None
    driven = [(found[n], comparison.options[n].operator_payment_oere.mean) for n in places]
    lines = [
        ("Vognstimer", [danish(own.hours, 4) for own, _ in driven]),
        ("× kr. pr. vogntime, gennemsnit", [kroner(own.payment_oere / own.hours, 6) for own, _ in driven]),
        ("= alle turene i vognene, kr.", [kroner(own.payment_oere) for own, _ in driven]),
        ("× kommunens flexturs del", [danish(payment / own.payment_oere, 8) for own, payment in driven]),
        ("= vognmandsbetaling, kr.", [kroner(payment) for _, payment in driven]),
    ]
    rows = tuple((Cell(line), *(Cell(text) for text in texts)) for line, texts in lines)
    names = (comparison.options[n].name for n in places)
    return Table("Vognmandsbetalingen, led for led", ("led", *names), rows)


def _beside(comparison: Answer, place: int, *, part: bool) -> tuple[Sequence[Totals], tuple[str, ...]]:
    """Return today's block and the option's with their names and a last column for what differs; today's alone for itself."""
    options = comparison.options
    chosen = [options[0]] if place == 0 else [options[0], options[place]]
    parts = [option.part_year for option in chosen if part and option.part_year is not None]
    return parts or chosen, (*(option.name for option in chosen), *(["forskel"] if place else []))


def _with_difference(values: list[Any]) -> list[Any]:
    return values if len(values) == 1 else [*values, values[1] - values[0]]


def rules(comparison: Answer, folder: Path) -> list[Rule]:
    """Return the tariff's values the year was priced by, on its price day, each with its edition and source.

    The user's own price lists are those of the answer's ``folder``. None is returned where they cannot be laid beside what
    this build knows by now, as when Movia's own list of the same days has come.
    """

    try:
        book = load_price_book(sorted(folder.glob(TARIFF_COPY.format("*"))))
    except DataError:
        return []
    day = price_day(comparison)
    wanted = (key for key in book.parameters if key.startswith(("flextur/", "plustur/", "movia/betaling")))
    edition = book.edition_on(day)
    found = []
    for key in wanted:
        value = book.value(key, day)
        if value is not None and value.state == "value":
            parameter = book.parameters[key]
            label = "" if edition is None else book.edition_label(edition)
            found.append(Rule(parameter.name_da, parameter.name_en, value.text, parameter.unit, label, value.source))
    return found
