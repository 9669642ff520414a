"""The lines of a fare: each rule's part, with its parameter and source, summing exactly to the price."""

from dataclasses import dataclass, field
from datetime import date

from tariffs.fare import METRES, counted_metres, reduced_price
from tariffs.level_choice import level_names
from tariffs.money import Money, format_kroner
from tariffs.offer import Line
from tariffs.own_price import OWN_PARAMETER, OWN_SOURCE, own_kroner
from tariffs.price_book import DOUBLING, LEVEL_PARAMETER, RATE_FROM_KM_11, RATE_FROM_KM_21, Level, PriceBook
from tariffs.source import Source
from tariffs.terms import CHILD_DISCOUNT, ONLINE_DISCOUNT, Terms
from tariffs.trip import Trip

ROUNDING = "rules/afrunding"


@dataclass
class LineWriter:
    """Collects the lines of one kind of passenger in a party; ``each`` amounts are per passenger."""

    book: PriceBook
    day: date
    edition: str
    passenger: str
    count: int
    lines: list[Line] = field(default_factory=list)

    def add(
        self, rule: str, each_oere: int, parameter: str, text_da: str, text_en: str, source_day: date | None = None
    ) -> None:
        """Add one line, sourced by the parameter's entry on ``source_day`` (default: the day that prices the trip)."""
        self.lines.append(
            Line(
                rule,
                self.passenger,
                self.count,
                Money(each_oere),
                Money(each_oere * self.count),
                parameter,
                self.edition,
                self._source(parameter, source_day or self.day),
                text_da,
                text_en,
            )
        )

    def _source(self, parameter: str, day: date) -> Source:
        if parameter == OWN_PARAMETER:
            return OWN_SOURCE
        value = self.book.value(parameter, day)
        if value is None:
            raise AssertionError(f"{parameter} has no value on {day}")
        return value.source


def write_lines(
    trip: Trip, level: int, amount: int, book: PriceBook, day: date, edition: str, terms: Terms
) -> tuple[Line, ...]:
    """Write the lines of a whole party at ``level``, whose base amount is ``amount`` oere per adult."""
    lines: list[Line] = []
    for kind, count, as_child in party_of(trip, level, terms):
        writer = LineWriter(book, day, edition, kind, count, lines)
        price = _add_full_price(writer, trip.distance_m, level, amount, terms)
        _add_reductions(writer, price, level, as_child, trip.channel == "online", terms)
    return tuple(lines)


def party_of(trip: Trip, level: int, terms: Terms) -> list[tuple[str, int, bool]]:
    """Return the party as (passenger kind, count, pays as a child); half-price companions pay as children do."""
    if level == Level.PLUSTUR:
        return [("passenger", trip.passengers, False)]
    full = min(trip.adults, 1) if terms.switches.companion_price == "half" else trip.adults
    party = [("adult", full, False), ("companion", trip.adults - full, True), ("child", trip.children, True)]
    return [member for member in party if member[1]]


def _add_full_price(writer: LineWriter, distance_m: int, level: int, amount: int, terms: Terms) -> int:
    """Add the base level and the distance rates; returns their sum."""
    da, en = level_names(level)
    if level not in (Level.GRATIS, Level.PLUSTUR):
        covered = terms.covered_m // METRES
        da, en = f"{da}, de første {covered} km", f"{en}, the first {covered} km"
    own = own_kroner(level) is not None
    parameter = OWN_PARAMETER if own else LEVEL_PARAMETER[Level(level)]
    rule = DOUBLING if level == Level.DOBBELT_GRUNDTAKST else parameter
    writer.add(rule.partition("/")[2], amount, parameter, da, en)
    way = _way(distance_m, level, terms)
    for parameter, each, metres in way:
        per_km = writer.book.amount(parameter, writer.day)
        writer.add(
            "kilometertakst",
            each,
            parameter,
            f"Kilometertakst, {format_km(metres, 'da')} km a {format_kroner(per_km)} kr.",
            f"Distance rate, {format_km(metres, 'en')} km at {format_kroner(per_km, 'en')} kr.",
        )
    return amount + sum(each for _, each, _ in way)


def _way(distance_m: int, level: int, terms: Terms) -> list[tuple[str, int, int]]:
    """Return (parameter, oere, metres) for each distance rate that costs something."""
    total = terms.charge(level, distance_m)
    if not total:
        return []
    counted = counted_metres(distance_m, terms.switches.kilometre_counting)
    after = max(counted - terms.step_m, 0) if level == Level.GRUNDTAKST_ACROSS else 0
    step = after * terms.rate_across // METRES
    parts = [(RATE_FROM_KM_11, total - step, counted - terms.covered_m - after), (RATE_FROM_KM_21, step, after)]
    return [part for part in parts if part[1]]


def _add_reductions(writer: LineWriter, price: int, level: int, as_child: bool, online: bool, terms: Terms) -> None:
    """Add the negative lines: half price, online discount, and what rounding down to a whole krone takes."""
    reduced = reduced_price(price, terms.paid_part(level, as_child, online))
    if reduced == price:
        return
    left = price
    if as_child and terms.child_percent:
        off = price * terms.child_percent // 100
        left -= off
        writer.add(
            "boernerabat",
            -off,
            CHILD_DISCOUNT,
            f"Børnepris: {terms.child_percent} % rabat på hele prisen",
            f"Child price: {terms.child_percent} % off the whole price",
        )
    if online and terms.online_percent:
        off = left * terms.online_percent // 100
        left -= off
        writer.add(
            "online_rabat",
            -off,
            ONLINE_DISCOUNT,
            f"Onlinerabat {terms.online_percent} % på hele prisen",
            f"Online discount {terms.online_percent} % off the whole price",
            terms.online_from,
        )
    if left != reduced:
        writer.add(
            "afrunding",
            reduced - left,
            ROUNDING,
            "Nedrunding til hele kroner, én gang pr. passager",
            "Rounded down to whole kroner, once per passenger",
        )


def format_km(metres: int, lang: str = "da") -> str:
    """Write metres as kilometres without needless decimals.

    >>> format_km(13500)
    '13,5'
    """
    whole, rest = divmod(metres, METRES)
    decimals = f"{rest:03d}".rstrip("0")
    return f"{whole}{',' if lang == 'da' else '.'}{decimals}" if decimals else str(whole)
