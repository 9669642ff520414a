"""The tables of a comparison, the same for terminal and report: from its dictionary to rows of cells."""

from datetime import date

from sim.answer.quantities import columns_of, quantities
from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.answer.records.prices import Fare
from sim.telling.report.phrases import ACROSS, date_words, in_prices, option_words
from sim.telling.report.priced_trips import PlusturTrip, PricedTrip, no_price, priced_trips
from sim.telling.report.printed import (
    UNIT,
    accounts,
    affected_counts,
    affected_percents,
    money,
    months_steps,
    net_cost_percents,
    passenger_counts,
    trip_counts,
    trip_percents,
)
from sim.telling.report.quantity_cell import quantity_cell
from sim.words.cells import (
    NONE,
    Cell,
    change_cell,
    count_cell,
    figure_cell,
    kroner_cell,
    percent_cell,
    share_cell,
    signed,
    span,
)
from sim.words.figure import Figure
from sim.words.numbers import kroner, unchanged
from sim.words.rounding import COUNT, THOUSANDS, Printed
from sim.words.table import Table
from tariffs import Certainty, certainty_word
from tariffs.typed import MONTHS

ADDING_UP = ("net_cost", "operator_payment", "fares", "movia_fee", "trips", "passengers")
"""The quantities of the officers' table that are rounded together, so that they add up as printed; others are a column each."""


def officers(comparison: Answer) -> Table:
    """Return net cost, its change and this budget year's part first, then trips, the three amounts, and prices per unit."""
    options, shown, year = comparison.options, money(comparison), accounts(comparison)
    trips, passengers = trip_counts(options), passenger_counts(options)
    with_part = options[0].part_year is not None
    net, own = quantities()["net_cost"], tuple(q for q in columns_of("officers") if q.id not in ADDING_UP)
    heads = {
        "option": "valgmulighed", net.id: net.head.da, "net_cost_change": net.heads["change"].da,
        **({"net_cost_change_part_year": net.heads["part_year"].da} if with_part else {}),
        **{key: quantities()[key].head.da for key in ADDING_UP[1:]}, **{q.id: q.head.da for q in own},
    }  # fmt: skip
    rows = [
        (
            Cell(option.name), figure_cell(option.net_cost_oere, shown, year[n].net_cost),
            *_changes(option, n, shown, year[n].change, with_part=with_part),
            figure_cell(option.operator_payment_oere, shown, year[n].operator_payment),
            figure_cell(option.fares_oere, shown, year[n].fares), figure_cell(option.movia_fee_oere, shown, year[n].movia_fee),
            count_cell(option.trips, trips[n][0]), count_cell(option.passengers, passengers[n][0]),
            *(quantity_cell(quantity, option) for quantity in own),
        )
        for n, option in enumerate(options)
    ]  # fmt: skip
    caption = f"Helårsvirkning; beløb i {UNIT}, hvor andet ikke står"
    return Table(caption, tuple(heads.values()), tuple(rows), tuple(heads))


def _changes(option: OptionAnswer, place: int, shown: Printed, change: int, *, with_part: bool) -> list[Cell]:
    """Return the change of the full year and of the budget year; today's option has none."""
    if place == 0:
        return [Cell(NONE)] * (1 + with_part)
    part = [change_cell(option.part_year_change_oere, shown)] if with_part else []
    return [change_cell(option.change.net_cost_oere, shown, change), *part]


def elements_table(comparison: Answer) -> Table:
    """Return what each option consists of."""
    rows = tuple((Cell(o.name), Cell(option_words(comparison, place))) for place, o in enumerate(comparison.options))
    return Table("Valgmulighederne", ("valgmulighed", "serviceelementer"), rows)


def change_table(comparison: Answer) -> Table:
    """Return the change in net cost: full year, percent, and this budget year."""
    with_part, shown = comparison.options[0].part_year is not None, money(comparison)
    header = ("valgmulighed", "hele året", "i procent", *(("virkning i budgetåret",) if with_part else ()))
    shares, per_cent = net_cost_percents(comparison)
    rows = tuple(
        (
            Cell(o.name), change_cell(o.change.net_cost_oere, shown), percent_cell(share, per_cent),
            *((change_cell(o.part_year_change_oere, shown),) if with_part else ()),
        )
        for o, share in zip(comparison.options[1:], shares, strict=True)
    )  # fmt: skip
    caption = (
        f"Ændring i nettoudgift i forhold til {unchanged(comparison.year)}, {UNIT}{in_prices(comparison)}"
        " (minus er mindreudgift)"
    )
    return Table(caption, header, rows)


def trips_table(comparison: Answer) -> Table:
    """Return trips and passengers of a full year, and how they change."""
    header = ("valgmulighed", "ture", "ændring i ture", "i procent", "ændring i passagerer", "ture med samkørsel")
    options = comparison.options
    trips, passengers = trip_counts(options), passenger_counts(options)
    shares, per_cent = trip_percents(comparison)
    rows = []
    for place, o in enumerate(options):
        moved = o.change
        changes = [Cell(NONE)] * 3
        if place:
            changes = [
                change_cell(moved.trips, COUNT, trips[place][1]), percent_cell(shares[place - 1], per_cent),
                change_cell(moved.passengers, COUNT, passengers[place][1]),
            ]  # fmt: skip
        shared = o.shared_percent
        together = Cell(NONE) if shared is None else Cell(f"{COUNT(shared.mean)} %", f"({span(shared, COUNT)})")
        rows.append((Cell(o.name), count_cell(o.trips, trips[place][0]), *changes, together))
    return Table("Ture på et helt år", header, tuple(rows))


def affected_table(comparison: Answer) -> Table:
    """Return the trips that each option can touch, today and under it."""
    header = (
        "valgmulighed",
        f"ture, {unchanged(comparison.year)}",
        "ture efter",
        "ændring i procent",
        "ændring i nettoudgift, 1.000 kr.",
        "i procent",
    )
    rows, shown, others = [], money(comparison), comparison.options[1:]
    counts = [affected_counts(o) for o in others]
    shares, per_cent = affected_percents(comparison)
    for o, (before, after), share in zip(others, counts, shares, strict=True):
        touched, change = o.touches, o.touches.change
        rows.append((
            Cell(o.name, touched.rule), count_cell(o.riders.trips, before),
            count_cell(touched.trips, after),
            percent_cell(share, per_cent), change_cell(change.net_cost_oere, shown),
            percent_cell(change.percent.net_cost_oere),
        ))  # fmt: skip
    return Table("Kun de ture, som valget kan berøre", header, tuple(rows))


def riders_table(comparison: Answer) -> Table:
    """Return who makes the trips that each option can touch, under today's option."""
    before = f"berørte ture, {unchanged(comparison.year)}"
    header = ("valgmulighed", before, "70 år eller ældre", "med hjælpemidler", "bestiller i telefonen")
    rows = []
    for o in comparison.options[1:]:
        riders = o.riders
        shares = [share_cell(part, riders.trips) for part in (riders.older, riders.aids, riders.by_phone)]
        rows.append((Cell(o.name), count_cell(riders.trips), *shares))
    return Table(f"Hvem der kører de berørte ture, {unchanged(comparison.year)}", header, tuple(rows))


def citizen_table(comparison: Answer) -> Table:
    """Return what one passenger pays on typical trips: by phone first, then online and for a child."""
    names = [o.name for o in comparison.options]
    rows = []
    for trip in priced_trips(comparison):
        today = trip.oere[0]
        marks = trip.certainty or [Certainty.KNOWN] * len(names)
        cells = [
            _price_cell(trip, price, today if place else None, mark)
            for place, (price, mark) in enumerate(zip(trip.oere, marks, strict=True))
        ]
        rows.append((Cell(trip.trip), *cells))
    return Table(
        "Hvad én passager betaler, kr.: bestilt i telefonen; på nettet; barn under 16 (i telefonen)",
        ("tur", *names),
        tuple(rows),
    )


def _price_cell(trip: PricedTrip, price: Fare | None, today: Fare | None, certainty: Certainty) -> Cell:
    if price is None:
        return Cell(no_price(trip)[0])
    text = kroner(price.adult_phone)
    if today is not None and today.adult_phone != price.adult_phone:
        text += f" (uden ændring {kroner(today.adult_phone)})"
    mark = certainty_word(certainty)
    others = (
        ()
        if isinstance(trip, PlusturTrip)
        else (f"nettet {kroner(price.adult_online)}, barn {kroner(price.child_phone)}",)
    )
    return Cell(text, "; ".join(filter(None, (*others, mark))))


def across_table(comparison: Answer) -> Table:
    """Return the trips across the municipal border, which no option changes the price of."""
    across = comparison.across
    header = (
        "ture, der er uændret af valget",
        "ture",
        "passagerer",
        "brugerbetaling",
        "nettoudgift",
        "kr. pr. passager",
    )
    row = (
        Cell(ACROSS), count_cell(across.trips), count_cell(across.passengers),
        figure_cell(across.fares_oere, THOUSANDS), figure_cell(across.net_cost_oere, THOUSANDS),
        kroner_cell(across.net_cost_per_passenger_oere),
    )  # fmt: skip
    return Table(f"Ture over kommunegrænsen på et helt år; beløb i {UNIT}", header, (row,))


def certainty_table(comparison: Answer) -> Table:
    """Return the change in net cost with chance and assumptions apart."""
    header = ("valgmulighed", "ændring i nettoudgift", "alene tilfældighed", "alene forudsætninger")
    rows, shown = [], money(comparison)
    for o in comparison.options[1:]:
        apart = o.uncertainty.change.net_cost_oere
        spans = [Cell(span(interval, signed(shown))) for interval in (apart.chance, apart.parameters)]
        rows.append((Cell(o.name), change_cell(o.change.net_cost_oere, shown), *spans))
    return Table(f"Hvad usikkerheden kommer af, {UNIT} om året", header, tuple(rows))


def months_table(comparison: Answer) -> Table:
    """Return net cost by month and option, today's until the start date where there is one, and their sum."""
    options, start, shown = comparison.options, comparison.start, money(comparison)
    months = [month_figures(option, start) for option in options]
    steps = months_steps(comparison, [[month.mean for month in found] for found in months])
    rows = [
        (Cell(MONTHS[n]), *(figure_cell(found[n], shown, own[n]) for found, own in zip(months, steps, strict=True)))
        for n in range(12)
    ]
    rows.append((Cell("hele året"), *(Cell(shown.text(sum(own))) for own in steps)))
    since = "" if start is None else f"; ændringen fra {date_words(start)}"
    return Table(f"Nettoudgift pr. måned, {UNIT}{since}", ("måned", *(o.name for o in options)), tuple(rows))


def month_figures(option: OptionAnswer, start: date | None) -> list[Figure]:
    """Return an option's net cost by month: the budget year's with a start date, else its own year's.

    A comparison of before 0.5.0 has the latter alone.
    """
    own = [None if start is None else month.budget_year_net_cost_oere for month in option.months]
    return [figure or month.net_cost_oere for figure, month in zip(own, option.months, strict=True)]
