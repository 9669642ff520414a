"""What people write in fields, read as Danes write it; what cannot be read is noted with its field."""

import re
from datetime import date
from decimal import Decimal

from sim.report.phrases import MONTHS


class Faults(list[tuple[str, str]]):
    """What is wrong with the form: the field's id (or none) and what to do about it, in Danish."""

    def add(self, where: str, said: str) -> None:
        """Note a fault."""
        self.append((where, said))


def read_day(text: str, where: str, faults: Faults) -> date | None:
    """Return a day written as Danes write it (1.7.2020, also 1. juli 2020 and 1/7 2020) or as 2020-07-01; else a fault.

    >>> read_day("1.7.2020", "start", Faults()), read_day("2020-07-01", "start", Faults())
    (datetime.date(2020, 7, 1), datetime.date(2020, 7, 1))
    """
    named = re.fullmatch(r"([0-3]?\d)\.? (\w+) ((?:19|20)\d\d)", text)
    if named and named[2].lower() in MONTHS:
        text = f"{named[1]}.{MONTHS.index(named[2].lower()) + 1}.{named[3]}"
    danish = re.fullmatch(r"([0-3]?\d)[./-]\s?([01]?\d)[./ -]\s?((?:19|20)\d\d)", text)
    try:
        return date(*(int(part) for part in reversed(danish.groups()))) if danish else date.fromisoformat(text)
    except ValueError:
        faults.add(where, f"{text[:40]!r} er ikke en dato; skriv fx 1.7.2020")
        return None


def day_text(iso: str | None) -> str:
    """Return a day as the form shows it.

    >>> day_text("2020-07-01")
    '1.7.2020'
    """
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"


def read_number(text: str, where: str, faults: Faults) -> Decimal | None:
    """Return a number written as Danes write it (1.234,5); anything else is a fault.

    >>> read_number("12.000", "passagerer", Faults()), read_number("24.5", "passagerer", Faults())
    (Decimal('12000'), None)
    >>> [read_number(text, "passagerer", Faults()) for text in ("\u22121,5", "1e3", "1_000", "\u0661\u0662")]
    [Decimal('-1.5'), None, None, None]
    """
    tidy = re.sub(r"[ \u00a0\u202f]", "", text).replace("\u2212", "-")
    if not re.fullmatch(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?", tidy):
        faults.add(where, f"{text[:40]!r} er ikke et tal; skriv fx 12.000 eller 12000, og komma før decimaler")
        return None
    return Decimal(tidy.replace(".", "").replace(",", "."))
