"""Everything that prices a trip on one day, taken out of the price book once."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tariffs.fare import METRES, N, counted_metres, distance_charge, reduction
from tariffs.price_book import RATE_FROM_KM_11, RATE_FROM_KM_21, Level, PriceBook
from tariffs.switches import Switches

ONLINE_DISCOUNT = "rules/online_rabat"
CHILD_DISCOUNT = "rules/boernerabat"
COVERED_KM = "rules/kilometer_i_takst"
STEP_KM = "rules/kilometer_foer_trin"


@dataclass(frozen=True)
class Terms:
    """The numbers in force on a day: oere per kilometre, metres, percent, and the switches."""

    rate: int
    rate_across: int
    covered_m: int
    step_m: int
    child_percent: int
    online_percent: int
    online_from: date
    switches: Switches

    def charge(self, level: int, distance_m: N) -> N:
        """Return the oere for the way beyond the base level at ``level``."""
        counted = counted_metres(distance_m, self.switches.kilometre_counting)
        if level in (Level.GRATIS, Level.PLUSTUR):
            return counted * 0
        after = self.rate_across if level == Level.GRUNDTAKST_ACROSS else self.rate
        return distance_charge(counted, self.rate, after, self.covered_m, self.step_m)

    def paid_part(self, level: int, child: bool, online: bool) -> Fraction:
        """Return the part of the full price a passenger pays; plustur knows no reductions."""
        if level == Level.PLUSTUR:
            return Fraction(1)
        return reduction(child, online, self.child_percent, self.online_percent)


def terms_on(book: PriceBook, day: date, switches: Switches) -> Terms:
    """Take out the terms in force on ``day``; raises TariffError when a rate has no known amount."""
    online_percent, online_from = book.amount(ONLINE_DISCOUNT, day), day
    if switches.online_discount_before_2019 and online_percent == 0:
        later = [v for v in book.parameters[ONLINE_DISCOUNT].values if v.start > day and v.amount]
        if later:
            online_percent, online_from = later[0].amount or 0, later[0].start
    return Terms(
        rate=book.amount(RATE_FROM_KM_11, day),
        rate_across=book.amount(RATE_FROM_KM_21, day),
        covered_m=book.amount(COVERED_KM, day) * METRES,
        step_m=book.amount(STEP_KM, day) * METRES,
        child_percent=book.amount(CHILD_DISCOUNT, day),
        online_percent=online_percent,
        online_from=online_from,
        switches=switches,
    )
