"""A price list of the user's own: the amounts of Movia's notice as they were typed, and the edition they are written as."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tariffs.edition import parse_editions
from tariffs.errors import DataError
from tariffs.money import format_kroner, parse_kroner
from tariffs.price_book import RATE_FROM_KM_11, RATE_FROM_KM_21
from tariffs.projection import third_sunday_of_january
from tariffs.source import check_keys

FREE = "flextur/gratis_destination"
AMOUNTS = {
    key.partition("/")[2]: key
    for key in (
        "flextur/grundtakst",
        "flextur/kommunetakst",
        "flextur/bytakst_low",
        "flextur/bytakst_high",
        FREE,
        RATE_FROM_KM_11,
        RATE_FROM_KM_21,
        "plustur/plusturtakst",
    )
}
"""The eight amounts of a price list by the name of their field, and the parameter each is."""
LONGEST_SOURCE = 200
YEARS = range(2000, 2101)
"""Years in which a list may begin; another is a slip."""
LARGEST = 100_000
"""Bytes of a file; one that is written here has under 4,000."""


@dataclass(frozen=True)
class PriceList:
    """What holds from ``start``: ``oere`` by the fields of ``AMOUNTS``, and ``source``, which says where it was read."""

    start: date
    source: str
    oere: Mapping[str, int]

    @property
    def end(self) -> date:
        """The last day: the one before the fares change in January of the next year."""
        return third_sunday_of_january(self.start.year + 1) - timedelta(days=1)

    def toml(self) -> str:
        """Return the list as an edition that the price book reads; the same list always gives the same text."""
        title = json.dumps(self.source, ensure_ascii=False)
        source = (
            f'source = {{title = {title}, section = "priser fra {self.start:%d-%m-%Y}", mark = "A", entered = true}}'
        )
        name = json.dumps(f"Egen prisliste fra {self.start:%d-%m-%Y}: {self.source}", ensure_ascii=False)
        name_en = json.dumps(f"Own price list from {self.start}: {self.source}", ensure_ascii=False)
        lines = [
            "# Egen prisliste, indtastet efter Movias meddelelse. Den træder i stedet for de fremskrevne priser fra sin første dag.",
            "",
            "[[editions]]",
            f'id = "{self.start}-egen"',
            f"from = {self.start}",
            f"to = {self.end}",
            f"name_da = {name}",
            f"name_en = {name_en}",
            source,
        ]
        for field, key in AMOUNTS.items():
            value = format_kroner(self.oere[field], "en")
            lines += [
                "",
                f'[[parameters."{key}".values]]',
                f"from = {self.start}",
                f'value = "{value}"',
                source,
            ]
        return "\n".join(lines) + "\n"


def is_one_line(text: str) -> bool:
    """Whether a text can stand as a source: something is written, all of it on a line and visible, and not too much.

    >>> is_one_line("Movias brev af 20-11-2026"), is_one_line("a\\nb"), is_one_line(" ")
    (True, False, False)
    """
    seen = not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in text)
    return bool(text.strip()) and seen and len(text) <= LONGEST_SOURCE


def read_price_list(raw: Mapping[str, Any], where: str) -> PriceList:
    """Return the price list of an edition file with the eight amounts; raises DataError when it is not one."""
    check_keys(raw, {"editions", "parameters"}, where)
    editions = parse_editions(raw.get("editions"), where, contiguous=False)
    tables = raw.get("parameters")
    if len(editions) != 1 or not isinstance(tables, Mapping) or sorted(tables) != sorted(AMOUNTS.values()):
        raise _not_a_list(where, f"den skal have én udgave og netop {', '.join(AMOUNTS.values())}")
    edition = editions[0]
    if edition.source.projected:
        raise _not_a_list(where, "priserne er fremskrevne")
    if edition.start.year not in YEARS:
        raise _not_a_list(where, f"den begynder i {edition.start.year}")
    if not is_one_line(edition.source.title):
        raise _not_a_list(where, f"kildens titel skal være én linje på højst {LONGEST_SOURCE} tegn")
    oere = {}
    for field, key in AMOUNTS.items():
        values = tables[key].get("values") if isinstance(tables[key], Mapping) else None
        if not isinstance(values, list) or len(values) != 1 or not isinstance(values[0], Mapping):
            raise _not_a_list(where, f"{key} skal have én værdi")
        if values[0].get("from") != edition.start or "to" in values[0]:
            raise _not_a_list(where, f"{key} skal gælde fra {edition.start}, uden to")
        try:
            oere[field] = int(parse_kroner(str(values[0].get("value"))))
        except ValueError as error:
            raise _not_a_list(where, f"{key}: {error}") from None
    return PriceList(edition.start, edition.source.title.strip(), oere)


def _not_a_list(where: str, why: str) -> DataError:
    return DataError(
        "filen er ikke en indtastet prisliste",
        where=where,
        why=why,
        next_step="skriv den med takstlab tariffs enter, eller indtast priserne på tjenestens side Prislister",
    )
