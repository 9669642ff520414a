"""What riders pay on typical trips under each option. Prices are rules, not estimates: they have no interval."""

from sim.answer.records import Answer
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import HARD, names_words, sentences
from sim.telling.drawing.rows import Axis, Line, Row, bar, row_chart
from sim.telling.drawing.svg import BLUE, QUIET, VERMILION, document
from sim.telling.report.priced_trips import NOT_RUN, no_price, priced_trips
from sim.telling.report.table import citizen_table
from sim.words.numbers import OERE_PER_KRONE, kroner

TITLE = "Hvad en voksen betaler for typiske ture"


def prices(comparison: Answer, width: int = WIDE) -> Drawing:
    """Draw each typical trip with a bar for each price, today's grey; options with the same price share a bar."""
    names = [option.name for option in comparison.options]
    rows, values, clauses = [], [], []
    for trip in priced_trips(comparison):
        closed = no_price(trip)[0]
        charged = [None if price is None else price.adult_phone for price in trip.oere]
        lines = []
        for price in dict.fromkeys(charged):
            same = [name for name, other in zip(names, charged, strict=True) if other == price]
            said = _said(price, same, len(names), closed)
            if price is None:
                lines.append(Line(said, None))
                continue
            values.append(price / OERE_PER_KRONE)
            today = charged[0]
            colour = QUIET if price == today else BLUE if today is None or price < today else VERMILION
            lines.append(Line(said, bar(0.0, price / OERE_PER_KRONE, colour)))
        rows.append(Row(trip.trip, tuple(lines)))
        changed = [f"{name} {_price(c, closed)}" for name, c in zip(names, charged, strict=True) if c != charged[0]]
        if changed:
            clauses.append(
                f"{trip.trip.replace('; ', ', ')}: uden ændring {_price(charged[0], closed)}, {', '.join(changed)}"
            )
    parts, height = row_chart(rows, Axis(tuple(values), "kr. pr. passager, bestilt i telefonen"), width)
    alt = sentences(clauses).replace(HARD, " ") if clauses else _same(comparison)
    svg = document("prices", width, height, TITLE, alt, parts)
    return Drawing("prices", TITLE, alt, svg, citizen_table(comparison))


def _same(comparison: Answer) -> str:
    """Return the first price, where none of the trips changes price."""
    trip = comparison.citizen_prices[0]
    price = None if trip.oere[0] is None else trip.oere[0].adult_phone
    said = f"Ingen af de viste ture skifter pris; {trip.trip}: {_price(price, NOT_RUN[0])}"
    return said.replace(HARD, " ").rstrip(".") + "."


def _said(price: int | None, same: list[str], options: int, closed: str) -> str:
    who = "alle valgmuligheder" if len(same) == options and options > 1 else names_words(same)
    return f"{who}: {_price(price, closed)}"


def _price(oere: int | None, closed: str) -> str:
    return closed if oere is None else f"{kroner(oere)}{HARD}kr."
