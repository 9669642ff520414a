"""What people type in a page's fields, read as Danes write it; what cannot be read is noted with its field."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from tariffs import typed
from tariffs.errors import InputError

Read = TypeVar("Read")


class Faults(list[tuple[str, str]]):
    """What is wrong with the form: the field's id (or none) and what to do about it, in Danish."""

    def add(self, where: str, said: str) -> None:
        """Note a fault."""
        self.append((where, said))

    def of(self, where: str, read: Callable[..., Read], text: str, *more: Any, **words: str) -> Read | None:
        """Return what ``read`` makes of a field's text, None with the fault noted."""
        try:
            return read(text, *more, **words)
        except InputError as error:
            self.add(where, f"{error.what}; {error.next_step}")
            return None


def read_day(text: str, where: str, faults: Faults) -> date | None:
    """Return a day as people write it, None with a fault.

    >>> read_day("1. juli 2020", "start", Faults())
    datetime.date(2020, 7, 1)
    """
    return faults.of(where, typed.read_day, text)


def read_number(text: str, where: str, faults: Faults, **words: str) -> Decimal | None:
    """Return a number written as Danes write it, None with a fault.

    >>> read_number("12.000", "passagerer", Faults()), read_number("24.5", "passagerer", Faults())
    (Decimal('12000'), None)
    """
    return faults.of(where, typed.read_number, text, typed.Door.DANISH, **words)


def read_whole(text: str, where: str, faults: Faults, **words: str) -> int | None:
    """Return a whole number written as Danes write it, None with a fault."""
    return faults.of(where, typed.read_whole, text, typed.Door.DANISH, **words)


def read_kroner(text: str, where: str, faults: Faults, **words: str) -> Decimal | None:
    """Return an amount in kroner as Danes write it, with or without its unit; None with a fault."""
    return faults.of(where, typed.read_kroner, text, typed.Door.DANISH, **words)


def day_text(iso: str | None) -> str:
    """Return a day as the form shows it.

    >>> day_text("2020-07-01")
    '1.7.2020'
    """
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"
