"""Where texts are: the zones of a town, a name that is certain, or what the user said; the rest in groups, to be placed by the user.

Nothing is looked up anywhere but in the reference data. A text that is one place (an address, or one that the user placed) lies in
the same zone in every row, and in every list; a bare name of a town is spread row by row.
"""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.geography.names import close_matches, fold
from sim.inputs.intake.addresses import HIDDEN_TEXT, NO_TEXT, Written, written
from sim.inputs.intake.personal import may_stand_in_a_group
from sim.inputs.intake.zones import AMBIGUOUS, TOO_FAR, TOO_FAR_M, UNKNOWN, Places, ZoneMap, place_names
from tariffs.errors import InputError

LEAVE_OUT = "udelad"
_POINT = re.compile(r"^\(?\s*([0-9]{1,2}[.,][0-9]+)\s*°?\s*[N]?[\s;,]+([0-9]{1,2}[.,][0-9]+)\s*°?\s*[EØ]?\s*\)?$")
_ALIKE = 0.75
"""How alike a misspelt town must be to the one that its postcode has in the rest of the list."""


@dataclass(frozen=True)
class PlacedText:
    """What is known of a text.

    Attributes
    ----------
    zones : the zones that it may be, or one negative number saying why there are none
    one_place : whether every row with it is the same place
    by_user, left_out : whether the user has placed it, or said that its trips are left out
    group : as it is shown and grouped
    town : the name of the town that it is read as
    by_postcode : whether it is an address with a postcode
    misspelt : whether the town was read from the postcode and a misspelt name, or none
    """

    zones: Places
    one_place: bool
    group: str
    town: str = ""
    by_user: bool = False
    left_out: bool = False
    by_postcode: bool = False
    misspelt: bool = False

    @property
    def placed(self) -> bool:
        """Whether it has a zone."""
        return bool(self.zones[0] >= 0)


class Placer:
    """Places the texts of one list; ``told`` gives a place, or `LEAVE_OUT`, for the texts that the user has placed."""

    def __init__(self, zones: ZoneMap, told: Mapping[str, str], texts: Iterable[str]) -> None:
        self._zones = zones
        self._names: dict[str, Places] = {}
        self._told = {_group_key(group_of(text)): place for text, place in told.items()}
        self._unused = {_group_key(group_of(text)): text for text in told}
        self._said = {key: self._user_place(place, self._unused[key]) for key, place in self._told.items()}
        self._towns = self._towns_of_postcodes({text for text in texts if text})

    def unused(self) -> tuple[str, ...]:
        """Return the texts that the user has placed and no row has."""
        return tuple(self._unused.values())

    def place(self, text: str) -> PlacedText:
        """Return what is known of a text; '' is one that cannot be placed."""
        read = written(text)
        group = _shown(read)
        key = _group_key(group)
        if key in self._told:
            self._unused.pop(key, None)
            if fold(self._told[key]) == LEAVE_OUT:
                return PlacedText(np.array([UNKNOWN]), True, group, left_out=True)
            return PlacedText(self._said[key], True, group, self._told[key], by_user=True)
        found, town = self._of_names(read)
        if found[0] >= 0:
            return PlacedText(found, read.house, group, town, by_postcode=read.house and bool(read.postcode))
        for name in self._towns.get(read.postcode, ()) if len(self._towns.get(read.postcode, ())) == 1 else ():
            if not read.names or difflib.SequenceMatcher(None, fold(read.names[-1]), fold(name)).ratio() >= _ALIKE:
                return PlacedText(self._zones_of(name), read.house, group, name, by_postcode=read.house, misspelt=True)
        return PlacedText(found, read.house, group)

    def _of_names(self, read: Written) -> tuple[Places, str]:
        """Return the zones of the most exact name that is one, and the name; else why the town is none."""
        found, town = np.array([UNKNOWN]), ""
        for name in reversed(read.names):
            candidate = self._zones_of(name)
            if found[0] < 0:
                found, town = (candidate, name) if candidate[0] >= 0 or found[0] == UNKNOWN else (found, town)
            elif candidate[0] >= 0 and read.house and self._lie_together(candidate, found):
                found, town = candidate, name
        return found, town

    def _zones_of(self, name: str) -> Places:
        if name not in self._names:
            self._names[name] = self._zones.by_name(name)
        return self._names[name]

    def _lie_together(self, some: Places, more: Places) -> bool:
        return bool(self._zones.metres(some[:1], more).min() <= TOO_FAR_M)

    def _towns_of_postcodes(self, texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the towns that stand after each postcode in this list, so far as they are known."""
        found: dict[str, dict[str, str]] = {}
        for text in sorted(texts):
            read = written(text)
            if read.postcode and read.names and self._zones_of(read.names[-1])[0] >= 0:
                found.setdefault(read.postcode, {}).setdefault(fold(read.names[-1]), read.names[-1])
        return {postcode: tuple(names.values()) for postcode, names in found.items()}

    def _user_place(self, place: str, text: str) -> Places:
        """Return the zones of what the user said; raises InputError where that is no place."""
        if fold(place) == LEAVE_OUT:
            return np.array([UNKNOWN])
        point = _POINT.match(place.strip())
        if point:
            lat, lon = (np.array([float(number.replace(",", "."))]) for number in point.groups())
            found = self._zones.by_point(np.maximum(lat, lon), np.minimum(lat, lon))
        else:
            found, _ = self._of_names(written(place))
        if found[0] >= 0:
            return found
        near = "" if point else " eller ".join(close_matches(place, place_names(), 2))
        raise InputError(
            f"stedet for »{text}« findes ikke på kortet",
            where="stederne, som I har angivet",
            why="det ligger for langt væk eller i vandet"
            if found[0] not in (UNKNOWN, AMBIGUOUS)
            else "navnet kendes ikke",
            next_step=f"skriv {f'måske {near}, eller ' if near else ''}en by, et sogn eller en station, et punkt som 55,7130 11,7160,"
            f" eller {LEAVE_OUT}",
        )


def group_of(text: str) -> str:
    """Return a text as it is shown and grouped.

    >>> group_of("Ahlgade 12, 4300 Holbæk"), group_of("Netto, Tølløse")
    ('4300 Holbæk', 'Netto, Tølløse')
    """
    return _shown(written(text))


def _shown(read: Written) -> str:
    return read.group if may_stand_in_a_group(read.group) else HIDDEN_TEXT


def _group_key(group: str) -> str:
    return re.sub(r"[^0-9a-z]+", " ", fold(group)).strip() or group


def suggestion(group: str) -> str:
    """Return the town that a group's text most likely is in, '' where nothing in it says so.

    >>> suggestion("Netto, Tølløse"), suggestion("4300 Holbæek"), suggestion("Netto")
    ('Tølløse', 'Holbæk', '')
    """
    if group in (NO_TEXT, HIDDEN_TEXT):
        return ""
    known = {fold(name): name for name in place_names()}
    last = re.sub(r"^[0-9]{4} ", "", group.rsplit(",", 1)[-1].strip())
    if fold(last) in known:
        return known[fold(last)]
    for word in reversed(group.replace(",", " ").split()):
        if fold(word) in known and len(word) > 2:
            return known[fold(word)]
    near = difflib.get_close_matches(fold(last), known, 1, 0.8)
    return known[near[0]] if near else ""


def uniform_of(text: str) -> float:
    """Return a number in [0, 1) that is always the same for a text, whatever its case and spaces."""
    digest = hashlib.sha256(f"place of {fold(text)}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


WHY_NOT = {
    UNKNOWN: "kendes ikke",
    AMBIGUOUS: "kan være flere steder",
    TOO_FAR: "ligger for langt fra kommunen",
}
