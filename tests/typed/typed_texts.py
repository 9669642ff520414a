"""What people type, and what it means: one table for every door. None is refused."""

from datetime import date
from decimal import Decimal

NUMBERS = {
    # text: (at a Danish door, at an open one)
    "12000": ("12000", "12000"),
    "12.000": ("12000", None),
    "12 000": ("12000", "12000"),
    "12\u00a0000": ("12000", "12000"),
    "12\u202f000": ("12000", "12000"),
    "1.250.000": ("1250000", "1250000"),
    "12,5": ("12.5", "12.5"),
    "12.5": (None, "12.5"),
    "12.000,50": ("12000.50", "12000.50"),
    "12,000.50": (None, "12000.50"),
    "12,000": (None, None),
    "1.358": ("1358", None),
    "1,358": (None, None),
    "0,125": ("0.125", None),
    "0.500": (None, None),
    "-400.000": ("-400000", None),
    "-400000": ("-400000", "-400000"),
    "\u2212400000": ("-400000", "-400000"),
    "\u22121,5": ("-1.5", "-1.5"),
    "60": ("60", "60"),
    "450": ("450", "450"),
    "1": ("1", "1"),
    "NaN": (None, None),
    "Infinity": (None, None),
    "1e3": (None, None),
    "1_000": (None, None),
    "1,": (None, None),
    ",5": (None, None),
    "\uff11\uff12": (None, None),
    "\u0661\u0662": (None, None),
    "1.2.3": (None, None),
    "1,5,0": (None, None),
    "1.234 567": (None, None),
    "mange": (None, None),
}
DANISH = {text: None if danish is None else Decimal(danish) for text, (danish, _) in NUMBERS.items()}
OPEN = {text: None if plain is None else Decimal(plain) for text, (_, plain) in NUMBERS.items()}

DAYS = {
    "1. maj 2024": date(2024, 5, 1),
    "1 maj 2024": date(2024, 5, 1),
    "den 1. maj 2024": date(2024, 5, 1),
    "1 May 2024": date(2024, 5, 1),
    "1/5 2024": date(2024, 5, 1),
    "1/5/2024": date(2024, 5, 1),
    "01-05-2024": date(2024, 5, 1),
    "1.5.2024": date(2024, 5, 1),
    "2024-05-01": date(2024, 5, 1),
    "May 1, 2024": None,
    "05/31/2024": None,
    "1.5.24": None,
    "24-05-01": None,
    "31.2.2024": None,
    "20240501": None,
    "2024-W18-3": None,
    "\uff11.5.2024": None,
    "i morgen": None,
}
