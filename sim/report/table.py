"""The tables of a comparison, the same for terminal and report: from its dictionary to rows of cells."""

from dataclasses import dataclass

from sim.report.cells import (
    NONE,
    Cell,
    Json,
    between,
    change_cell,
    column_millions,
    count_cell,
    figure_cell,
    kroner_cell,
    millions_cell,
    percent_cell,
    share_cell,
    signed,
    thousands,
)
from sim.report.phrases import ACROSS, date_words, elements_words, in_prices
from sim.wording import danish, kroner, unchanged
from tariffs import Certainty, certainty_word
from tariffs.typed import MONTHS


@dataclass(frozen=True)
class Table:
    """A table: its caption, the names of its columns, and rows whose first cell names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def officers_table(comparison: Json) -> list[list[str]]:
    """Return the table officers know as text: the header, then one row for each option."""
    table = officers(comparison)
    return [list(table.header), *([str(cell) for cell in row] for row in table.rows)]


def officers(comparison: Json) -> Table:
    """Return option, trips, passengers, the three amounts, net cost, change, this budget year, and prices per unit."""
    options = comparison["options"]
    with_part = options[0]["part_year"] is not None
    header = [
        "valgmulighed", "ture", "passagerer", "brugerbetaling", "vognmandsbetaling", "betaling til Movia",
        "nettoudgift", "mer-/mindreudgift", *(["virkning i budgetåret"] if with_part else []),
        "kr. pr. passager", "kr. pr. indbygger", "kr. pr. mistet tur",
    ]  # fmt: skip
    keys = ("fares_oere", "operator_payment_oere", "movia_fee_oere")
    moved = [option["change"]["net_cost_oere"] for option in options]
    shown = {key: column_millions([option[key] for option in options]) for key in keys}
    net_costs = net_cost_cells(options)
    changes = _change_column(moved)
    parts = _change_column([o["part_year"]["change"]["net_cost_oere"] for o in options]) if with_part else []
    rows = [
        (
            Cell(option["name"]), count_cell(option["trips"]), count_cell(option["passengers"]),
            *(figure_cell(option[key], shown[key]) for key in keys), net_costs[place], changes[place],
            *parts[place : place + 1],
            kroner_cell(option["net_cost_per_passenger_oere"]), kroner_cell(option["net_cost_per_resident_oere"]),
            kroner_cell(option["net_cost_per_lost_trip_oere"]),
        )
        for place, option in enumerate(options)
    ]  # fmt: skip
    return Table("Helårsvirkning; beløb i mio. kr., hvor andet ikke står", tuple(header), tuple(rows))


def net_cost_cells(options: list[Json]) -> list[Cell]:
    """Return the net cost of each option, as finely as its change, or one could not be had from the other."""
    figures = [option["net_cost_oere"] for option in options]
    shown = column_millions([*figures, *(option["change"]["net_cost_oere"] for option in options[1:])])
    return [figure_cell(figure, shown) for figure in figures]


def _change_column(figures: list[Json]) -> list[Cell]:
    """Return the changes of all options, the first, which is today's, without one."""
    shown = signed(column_millions(figures[1:]))
    return [Cell(NONE), *(change_cell(figure, shown) for figure in figures[1:])]


def elements_table(comparison: Json) -> Table:
    """Return what each option consists of."""
    rows = tuple((Cell(o["name"]), Cell(elements_words(o["elements"]))) for o in comparison["options"])
    return Table("Valgmulighederne", ("valgmulighed", "serviceelementer"), rows)


def change_table(comparison: Json) -> Table:
    """Return the change in net cost: full year, percent, and this budget year."""
    with_part = comparison["options"][0]["part_year"] is not None
    header = ("valgmulighed", "hele året", "i procent", *(("virkning i budgetåret",) if with_part else ()))
    rows = tuple(
        (
            Cell(o["name"]), change_cell(o["change"]["net_cost_oere"], thousands),
            percent_cell(o["change"]["percent"]["net_cost_oere"]),
            *((change_cell(o["part_year"]["change"]["net_cost_oere"], thousands),) if with_part else ()),
        )
        for o in comparison["options"][1:]
    )  # fmt: skip
    caption = (
        f"Ændring i nettoudgift i forhold til {unchanged(comparison['year'])}, 1.000 kr.{in_prices(comparison)}"
        " (minus er mindreudgift)"
    )
    return Table(caption, header, rows)


def trips_table(comparison: Json) -> Table:
    """Return trips and passengers of a full year, and how they change."""
    header = ("valgmulighed", "ture", "ændring i ture", "i procent", "ændring i passagerer", "ture med samkørsel")
    rows = []
    for place, o in enumerate(comparison["options"]):
        moved = o["change"]
        changes = [Cell(NONE)] * 3
        if place:
            changes = [
                change_cell(moved["trips"], danish), percent_cell(moved["percent"]["trips"]),
                change_cell(moved["passengers"], danish),
            ]  # fmt: skip
        shared = o["shared_percent"]
        together = Cell(NONE)
        if shared is not None:
            together = Cell(f"{danish(shared['mean'])} %", f"({between(shared['p10'], shared['p90'], danish)})")
        rows.append((Cell(o["name"]), count_cell(o["trips"]), *changes, together))
    return Table("Ture på et helt år", header, tuple(rows))


def affected_table(comparison: Json) -> Table:
    """Return the trips that each option can touch, today and under it."""
    header = (
        "valgmulighed",
        f"ture, {unchanged(comparison['year'])}",
        "ture efter",
        "ændring i procent",
        "ændring i nettoudgift, 1.000 kr.",
        "i procent",
    )
    rows = []
    for o in comparison["options"][1:]:
        touched, change = o["affected"], o["affected"]["change"]
        rows.append((
            Cell(o["name"], touched["rule"]), count_cell(o["affected_riders"]["trips"]), count_cell(touched["trips"]),
            percent_cell(change["percent"]["trips"]), change_cell(change["net_cost_oere"], thousands),
            percent_cell(change["percent"]["net_cost_oere"]),
        ))  # fmt: skip
    return Table("Kun de ture, som valget kan berøre", header, tuple(rows))


def riders_table(comparison: Json) -> Table:
    """Return who makes the trips that each option can touch, under today's option."""
    before = f"berørte ture, {unchanged(comparison['year'])}"
    header = ("valgmulighed", before, "70 år eller ældre", "med hjælpemidler", "bestiller i telefonen")
    rows = []
    for o in comparison["options"][1:]:
        riders = o["affected_riders"]
        shares = [share_cell(riders[key], riders["trips"]) for key in ("older", "aids", "by_phone")]
        rows.append((Cell(o["name"]), count_cell(riders["trips"]), *shares))
    return Table(f"Hvem der kører de berørte ture, {unchanged(comparison['year'])}", header, tuple(rows))


def citizen_table(comparison: Json) -> Table:
    """Return what one passenger pays on typical trips: by phone first, then online and for a child."""
    names = [o["name"] for o in comparison["options"]]
    rows = []
    for trip in comparison["citizen_prices"]:
        today = trip["oere"][0]
        marks = trip.get("certainty") or ["known"] * len(names)
        cells = [
            _price_cell(price, today if place else None, mark)
            for place, (price, mark) in enumerate(zip(trip["oere"], marks, strict=True))
        ]
        rows.append((Cell(trip["trip"]), *cells))
    return Table(
        "Hvad én passager betaler, kr.: bestilt i telefonen; på nettet; barn under 16 (i telefonen)",
        ("tur", *names),
        tuple(rows),
    )


def _price_cell(price: Json | None, today: Json | None, certainty: str) -> Cell:
    if price is None:
        return Cell("køres ikke")
    text = kroner(price["adult_phone"])
    if today is not None and today["adult_phone"] != price["adult_phone"]:
        text += f" (uden ændring {kroner(today['adult_phone'])})"
    mark = certainty_word(Certainty(certainty))
    return Cell(
        text, f"nettet {kroner(price['adult_online'])}, barn {kroner(price['child_phone'])}{mark and f'; {mark}'}"
    )


def across_table(comparison: Json) -> Table:
    """Return the trips across the municipal border, which no option changes the price of."""
    across = comparison["across"]
    header = (
        "ture, der er uændret af valget",
        "ture",
        "passagerer",
        "brugerbetaling",
        "nettoudgift",
        "kr. pr. passager",
    )
    row = (
        Cell(ACROSS), count_cell(across["trips"]), count_cell(across["passengers"]), millions_cell(across["fares_oere"]),
        millions_cell(across["net_cost_oere"]), kroner_cell(across["net_cost_per_passenger_oere"]),
    )  # fmt: skip
    return Table("Ture over kommunegrænsen på et helt år; beløb i mio. kr.", header, (row,))


def certainty_table(comparison: Json) -> Table:
    """Return the change in net cost with chance and assumptions apart."""
    header = ("valgmulighed", "ændring i nettoudgift", "alene tilfældighed", "alene forudsætninger")
    rows = []
    for o in comparison["options"][1:]:
        apart = o["uncertainty"]["change"]["net_cost_oere"]
        spans = [
            Cell(between(apart[key]["p10"], apart[key]["p90"], signed(thousands))) for key in ("chance", "parameters")
        ]
        rows.append((Cell(o["name"]), change_cell(o["change"]["net_cost_oere"], thousands), *spans))
    return Table("Hvad usikkerheden kommer af, 1.000 kr. om året", header, tuple(rows))


def months_table(comparison: Json) -> Table:
    """Return net cost by month and option, today's until the start date where there is one."""
    options, start = comparison["options"], comparison["start"]
    months = [month_figures(option, start) for option in options]
    rows = tuple((Cell(MONTHS[n]), *(figure_cell(figures[n], thousands) for figures in months)) for n in range(12))
    since = "" if start is None else f"; ændringen fra {date_words(start)}"
    return Table(f"Nettoudgift pr. måned, 1.000 kr.{since}", ("måned", *(o["name"] for o in options)), rows)


def month_figures(option: Json, start: str | None) -> list[Json]:
    """Return an option's net cost by month: the budget year's with a start date, else its own year's.

    A comparison of before 0.5.0 has the latter alone.
    """
    key = "net_cost_oere" if start is None else "budget_year_net_cost_oere"
    return [month.get(key, month["net_cost_oere"]) for month in option["months"]]
