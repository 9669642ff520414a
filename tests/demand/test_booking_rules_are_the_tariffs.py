"""Demand books by the same rules as the tariff refuses by; the numbers stand in both rooms and must agree."""

from datetime import date

from sim.riders.demand import times
from sim.road.kernel import run as kernel
from tariffs import load_price_book

DAY = date(2020, 6, 1)


def test_hours_notice_and_horizon_are_those_of_the_price_book() -> None:
    book = load_price_book()

    def amount(key: str) -> int:
        return book.amount(f"rules/{key}", DAY)

    # Clock times and notice are stored in minutes.
    assert amount("koersel_fra") * 60 == times.OPENS_S
    assert amount("koersel_til") * 60 == times.LAST_START_S + 1
    assert amount("varsel_minutter") * 60 == times.NOTICE_S
    assert amount("samme_dag_bestilt_senest") * 60 == times.EVENING_S
    assert amount("naeste_morgen_tidligst") * 60 == times.MORNING_S
    assert amount("bestilling_dage_frem") == times.HORIZON_DAYS == kernel.BOOKING_HORIZON_DAYS
