"""Addresses and names of places as people write them: the town that a text gives with certainty, and nothing of the house.

Only what surely names a place is read: "Ahlgade 12, 4300 Holbæk", "Ahlgade 12, Holbæk", "4300 Holbæk", "Holbæk". A text such as
"Netto, Tølløse" says where only to people; it becomes a group, which the user places.
"""

import re
from dataclasses import dataclass
from functools import cache

from sim.geography.names import fold
from sim.geography.records import hamlets, parishes, stations, towns
from sim.inputs.intake.person_names import without_names

_COUNTRY = re.compile(r"[ ,]+(?:danmark|denmark|dk)\.?$", re.IGNORECASE)
_POSTCODE = re.compile(r"^(?:.*?(?:[ ,]|DK-))?(?P<postcode>(?!10[0-4])[1-9][0-9]{3})[ ,]*(?P<town>[^0-9,]*)$")
_HOUSE = re.compile(r"^[^0-9,]*[^0-9, ][ ,]+[0-9]{1,3}(?: ?[A-Za-z])?(?=$|[ ,.])")
_AFTER_HOUSE = re.compile(r"^[^0-9,]*[^0-9, ][ ,]+[0-9]{1,3}(?: ?[A-Za-z])? +(?P<town>[^0-9,]{3,})$")
_FLOOR = re.compile(r"^(?:st|kl|kld|tv|th|mf|sal|stuen|[a-z])\.?(?:[ .]+(?:tv|th|mf|sal))?\.?$", re.IGNORECASE)
_DISTRICT = re.compile(
    r"\s+(?:K|V|N|S|Ø|C|NV|SV|SØ|NØ|L|M|F|Sj|Sjælland|Midtsj|Falster|Lolland|Stevns)$", re.IGNORECASE
)
"""What a post office's name may have after the town's: a quarter, or the island ("4490 Jerslev Sj.")."""
_SHORT = {
    "sdr": "soender", "kgs": "kongens", "nr": "noerre", "ndr": "nordre", "kr": "kirke", "gl": "gammel", "ll": "lille", "st": "store",
    "skt": "sankt", "oe": "oester", "v": "vester",
}  # fmt: skip
"""First words of names of towns that are often shortened."""
_POSTAL = {"nykoebing f": "Nykøbing Falster", "nykoebing sj": "Nykøbing Sjælland", "nykoebing s": "Nykøbing Sjælland",
           "sjaellands odde": "Odden"}  # fmt: skip
"""Names of post offices whose town has a longer name; the short one may also be a station's."""
_STREET = re.compile(
    r"(?:vej|gade|gaden|vænge|vænget|alle|allé|stræde|parken|plads|pladsen|torv|torvet|bakken|toften)\b", re.IGNORECASE
)
_KIND = re.compile(r" (?:sogn|station|st|by)$")
NO_TEXT = "(tomt felt)"
HIDDEN_TEXT = "(tekst, der ikke vises)"


@dataclass(frozen=True)
class Written:
    """What a text says of where a place is.

    Attributes
    ----------
    names : the names that it may be looked up by, the most exact first; those before the last are of a village or a
        locality in an address
    postcode : '' where it has none
    town : the town of an address or a postcode as it stands there, '' where it has neither
    localities : what stands between house and town of an address
    house : whether it is an address, that of one place only
    group : the text as it may be shown and grouped: of an address the town alone, else without digits and persons' names
    """

    names: tuple[str, ...]
    postcode: str
    house: bool
    group: str
    town: str = ""
    localities: tuple[str, ...] = ()


def written(text: str) -> Written:
    """Return what a text says of where a place is.

    >>> written("Ahlgade 12, 2. tv, Udby, 4300 Holbæk").names, written("Ahlgade 12 B, 4300 Holbæk").group
    (('Udby', 'Holbæk'), '4300 Holbæk')
    >>> written("Ahlgade 12, Holbæk").names, written("Netto, Tølløse").names, written("4300").names
    (('Holbæk',), ('Netto, Tølløse',), ())
    >>> written("Ahlgade 12\\nUdby\\n4300 Holbæk").names
    ('Udby', 'Holbæk')
    >>> written("Vej 3, 4800 Nykøbing F.").names, written("4490 Jerslev Sj.").names
    (('Nykøbing Falster',), ('Jerslev Sj', 'Jerslev'))
    >>> written("Hos Jens Hansen, stuen 3").group
    'Hos (navn), stuen'
    """
    lines = [" ".join(line.split()).strip(" ,") for line in text.splitlines()]
    flat = _COUNTRY.sub("", ", ".join(filter(None, lines))).strip(" ,;.")
    found = _POSTCODE.match(flat)
    before = re.sub("DK[- ]?$", "", flat[: found.start("postcode")]) if found else ""
    is_address = bool(re.search("[0-9,]", before))
    if found and (not before or is_address or not found["town"]):
        town, postcode = found["town"].strip(" .-"), found["postcode"]
        if not town and not is_address:
            town = before.strip()
        shown = f"{postcode} {without_names(town)}".strip()
        localities = _localities(before)
        return Written((*localities, *_spellings(town)), postcode, is_address, shown, town, localities)
    if _HOUSE.match(flat):
        after = _AFTER_HOUSE.match(flat)
        parts = _localities(flat) or ((after["town"].strip(),) if after else ())
        if parts:
            names = (*parts[:-1], *_spellings(parts[-1]))
            return Written(names, "", True, without_names(parts[-1]), parts[-1], parts[:-1])
    shown = " ".join(re.sub(r"[0-9]+(?: ?[A-Za-z])?\b", " ", flat).split())
    shown = without_names(re.sub(r"\s+(?=,)|(?:,\s*)+(?=,|$)", "", shown)).strip(" ,.;-")
    return Written(_spellings(flat), "", False, shown or (HIDDEN_TEXT if flat else NO_TEXT))


def is_place(text: str) -> bool:
    """Say whether a text names a place or is an address, without knowing the municipality.

    >>> is_place("Holbæk"), is_place("Netto, Tølløse"), is_place("Ahlgade 12, 4300 Holbæk"), is_place("Jens Hansen")
    (True, True, True, False)
    """
    read = written(text)
    if (read.postcode and read.town) or _STREET.search(text):
        return True
    return any(is_known(name) for name in (*read.names, text.rpartition(",")[2]))


def is_known(name: str) -> bool:
    """Say whether a name is that of a town, a parish, a station or a hamlet anywhere in the country."""
    return _KIND.sub("", fold(name)) in _known_names()


@cache
def _known_names() -> frozenset[str]:
    kinds = (towns(), parishes(), stations(), hamlets())
    return frozenset(_KIND.sub("", fold(record.name)) for records in kinds for record in records)


def _localities(before: str) -> tuple[str, ...]:
    """Return the parts after street and house that may name a village: neither a floor nor a door."""
    parts = [part.strip(" .-") for part in before.split(",")[1:]]
    return tuple(
        part
        for part in parts
        if len(part) > 1 and part != "DK" and not re.search("[0-9]", part) and not _FLOOR.match(part)
    )


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name as it is written and as it is written out: 'Kbh. Ø' is none of these, 'Sdr. Jernløse' is."""
    if not name:
        return ()
    if fold(name) in _POSTAL or name in _POSTAL.values():
        return (_POSTAL.get(fold(name), name),)
    first, _, rest = fold(name).partition(" ")
    whole = (f"{_SHORT[first]} {rest}",) if rest and first in _SHORT else ()
    district = (_DISTRICT.sub("", name),) if _DISTRICT.search(name) else ()
    longer = tuple(
        long + fold(name)[len(short) :] for short, long in _POSTAL.items() if fold(name).startswith(f"{short} ")
    )
    return (name, *whole, *district, *longer)
