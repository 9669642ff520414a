"""The price response: who still rides when the adult base level changes.

Knows willingness-to-pay curves, the trials they are fitted to and how sure they are. Does not know tariffs, trips,
municipalities or clocks. The files it ships are made by ``takstlab calibrate --part response``.
"""

from sim.riders.response.draws import Draw
from sim.riders.response.response import (
    FREE_MULTIPLIER,
    LOWEST_PAID_OERE,
    OBSERVED_OERE,
    PRICE_YEAR,
    Curve,
    ResponseSet,
    load_response,
)

__all__ = [
    "FREE_MULTIPLIER",
    "LOWEST_PAID_OERE",
    "OBSERVED_OERE",
    "PRICE_YEAR",
    "Curve",
    "Draw",
    "ResponseSet",
    "load_response",
]
