"""What a rider pays for a flexhandicap trip: not a flextur fare, but paid into the same municipality's account."""

from datetime import date
from fractions import Fraction

from tariffs.price_book import PriceBook


def flexhandicap_fare_oere(book: PriceBook, day: date, km: Fraction) -> Fraction:
    """Return what a rider pays on ``day`` for ``km`` kilometres, in oere and exactly.

    A mean length has a fraction of a kilometre, so kilometres are not counted as started ones here.

    Raises TariffError when the day is before the payment is known.
    """
    first, rate, covered = (
        book.amount(f"flexhandicap/{key}", day)
        for key in ("egenbetaling", "kilometertakst", "kilometer_i_egenbetaling")
    )
    return first + rate * max(Fraction(0), km - covered)
