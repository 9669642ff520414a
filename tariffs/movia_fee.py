"""The fee to Movia per passenger: its split, and how it answers to the online share and to volume.

Everything is exact: oere as rational numbers, because the parts of 34.50 kr. are 8.625, 17.25 and 8.625 kr.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from tariffs.errors import TariffError
from tariffs.price_book import PriceBook

FeePooling = Literal["movia", "municipality"]
"""movia: all municipalities share one fee, so one municipality's move hardly shifts it; municipality: its own."""

PARTS = ("koerselssupport", "passagerservice", "oevrigt")


@dataclass(frozen=True)
class FeeTerms:
    """The fee's numbers, in exact oere and shares.

    ``calls_saved`` (kappa) is the phone calls saved per passenger who moves online, ``fixed_part`` (phi) the part
    of the rest that does not grow with the passengers.
    """

    per_passenger: Fraction
    parts: tuple[Fraction, Fraction, Fraction]
    phone_call: Fraction
    online_share: Fraction
    passengers: int
    calls_saved: Fraction
    fixed_part: Fraction

    def __post_init__(self) -> None:
        if sum(self.parts) != 1:
            raise TariffError("betalingens dele summer ikke til 100 %", where="parameters/movia")
        for name, share in (("online_share", self.online_share), ("fixed_part", self.fixed_part)):
            _check_share(share, name)


def fee_terms(book: PriceBook, day: date, calls_saved: Fraction, fixed_part: Fraction) -> FeeTerms:
    """Take the fee's published numbers out of the price book for ``day``, and add the two that are assumptions."""

    def amount(key: str, per: int = 1) -> Fraction:
        return Fraction(book.amount(f"movia/{key}", day), per)

    return FeeTerms(
        per_passenger=amount("betaling_pr_passager"),
        parts=(
            amount("andel_koerselssupport", 100),
            amount("andel_passagerservice", 100),
            amount("andel_oevrigt", 100),
        ),
        phone_call=amount("telefonopkald"),
        online_share=amount("online_andel", 100),
        passengers=book.amount("movia/passagerer", day),
        calls_saved=calls_saved,
        fixed_part=fixed_part,
    )


def split_fee(fee_oere: Fraction, terms: FeeTerms) -> dict[str, Fraction]:
    """Split a fee in exact oere into operations support, passenger service and other."""
    return {name: fee_oere * share for name, share in zip(PARTS, terms.parts, strict=True)}


def fee_per_passenger(online_share: Fraction, volume: Fraction, terms: FeeTerms) -> Fraction:
    """Return the fee in exact oere at an online share and at ``volume`` times the reference passengers.

    ``fee(s, n) = k c (1 - s) + [f - k c (1 - s0)] [(1 - phi) + phi / n]``: calls follow the phone share, and of
    the rest the fixed part is spread over the passengers. It is ``f`` exactly at ``s = s0`` and ``n = 1``.

    Raises TariffError when the share is not between 0 and 1 or the volume is not positive.
    """
    _check_share(online_share, "online_share")
    if volume <= 0:
        raise TariffError(f"passagertallet skal være positivt, fik {volume} gange udgangspunktet")
    per_phone_passenger = terms.calls_saved * terms.phone_call
    calls = per_phone_passenger * (1 - online_share)
    rest = terms.per_passenger - per_phone_passenger * (1 - terms.online_share)
    return calls + rest * ((1 - terms.fixed_part) + terms.fixed_part / volume)


def municipal_fee(
    online_share: Fraction,
    passengers: Fraction,
    reference_passengers: Fraction,
    terms: FeeTerms,
    pooling: FeePooling = "movia",
) -> Fraction:
    """Return the fee per passenger in exact oere for a municipality whose riders changed.

    ``reference_passengers`` is its yearly passengers at the fee's reference, when they booked online as Movia's
    did on average. Pooled over Movia, its move counts only by its share of all passengers.

    Raises TariffError when the passengers are negative, or the reference is not positive or above Movia's total.
    """
    if passengers < 0 or reference_passengers <= 0:
        raise TariffError(f"passagertal {passengers} mod {reference_passengers}: kan ikke være negativt eller nul")
    if pooling == "municipality":
        if passengers == 0:
            return terms.per_passenger
        return fee_per_passenger(online_share, passengers / reference_passengers, terms)
    others = terms.passengers - reference_passengers
    if others < 0:
        raise TariffError(f"kommunens {reference_passengers} passagerer er flere end Movias {terms.passengers}")
    pool = others + passengers
    if pool == 0:
        return terms.per_passenger
    share = (others * terms.online_share + passengers * online_share) / pool
    return fee_per_passenger(share, Fraction(pool, terms.passengers), terms)


def _check_share(share: Fraction, name: str) -> None:
    if not 0 <= share <= 1:
        raise TariffError(f"{name} skal ligge mellem 0 og 1, fik {share}")
