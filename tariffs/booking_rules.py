"""When a trip may be booked and driven: the dated rules of notice, hours and companions."""

from datetime import date, datetime, timedelta

from tariffs.offer import Reason, Refusal, refuse
from tariffs.price_book import PriceBook
from tariffs.trip import Trip


def check_booking(trip: Trip, book: PriceBook, day: date) -> Refusal | None:
    """Return the refusal by the booking rules in force on ``day``, None when the trip keeps them all.

    Clock rules are checked only when the trip has clock times.
    """
    ahead = book.amount("rules/bestilling_dage_frem", day)
    if not trip.standing and (trip.travel_on - trip.booked_on).days > ahead:
        return refuse(
            Reason.TOO_EARLY,
            f"højst {ahead} dage frem, undtagen faste ture",
            f"at most {ahead} days ahead, standing trips excepted",
        )
    if isinstance(trip.booked, datetime) and isinstance(trip.travel, datetime):
        refusal = _check_clock(trip.booked, trip.travel, book, day)
        if refusal:
            return refusal
    companions = book.amount("rules/medrejsende_max", day)
    if trip.passengers - 1 > companions:
        return refuse(
            Reason.TOO_MANY_COMPANIONS,
            f"{trip.passengers - 1}, højst {companions}",
            f"{trip.passengers - 1}, at most {companions}",
        )
    return None


def _check_clock(booked: datetime, travel: datetime, book: PriceBook, day: date) -> Refusal | None:
    start = travel.hour * 60 + travel.minute + (1 if travel.second else 0)
    first, last = book.amount("rules/koersel_fra", day), book.amount("rules/koersel_til", day)
    if not first <= travel.hour * 60 + travel.minute or start > last:
        return refuse(
            Reason.OUTSIDE_HOURS,
            f"kl. {travel:%H:%M}, kørsel {_clock(first)}-{_clock(last)}",
            f"{travel:%H:%M}, driving {_clock(first)}-{_clock(last)}",
        )
    notice = book.amount("rules/varsel_minutter", day)
    if travel - booked < timedelta(minutes=notice):
        return refuse(Reason.TOO_LATE, f"mindst {notice} minutter før", f"at least {notice} minutes before")
    evening = book.amount("rules/samme_dag_bestilt_senest", day)
    morning = book.amount("rules/naeste_morgen_tidligst", day)
    after_evening = booked.hour * 60 + booked.minute >= evening and (
        booked.hour * 60 + booked.minute > evening or booked.second > 0
    )
    if after_evening and travel.date() == booked.date():
        return refuse(
            Reason.TOO_LATE,
            f"efter kl. {_clock(evening)} kan der ikke bestilles til samme dag",
            f"after {_clock(evening)} nothing can be booked for the same day",
        )
    if after_evening and travel.date() == booked.date() + timedelta(days=1) and start < morning:
        return refuse(
            Reason.TOO_LATE,
            f"efter kl. {_clock(evening)} tidligst næste dag kl. {_clock(morning)}",
            f"after {_clock(evening)} not before {_clock(morning)} the next day",
        )
    return None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
