"""What is known of each municipality's choices: which products it has, its levels, its town zones."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from tariffs.closures import Closure, Closures, parse_closures
from tariffs.elements import elements
from tariffs.errors import DataError, InputError
from tariffs.own_fare import OwnFare, parse_own_fares
from tariffs.package import ServicePackage
from tariffs.source import Source, check_keys, parse_day, parse_source, read_toml

Offered = Literal["known", "assumed", "no"]
Product = Literal["flextur", "plustur"]
PRODUCTS: tuple[Product, ...] = ("flextur", "plustur")
_VALUE_KEYS = {"municipality", "name", "from", "value", "zones", "places", "certainty", "source"}
_ALLOWED: dict[str, tuple[object, ...]] = {
    "flextur": ("known", "assumed", "no"),
    "plustur": ("known", "assumed", "no"),
    "kommunetakst": (True, False),
    "bytakst": ("none", "low", "high"),
    "town_service": ("none", *elements()),
    "free_destinations": (True, False),
}


@dataclass(frozen=True)
class Municipality:
    """One of Denmark's 98 municipalities; ``movia`` is true for the 45 that Movia serves."""

    code: str
    name: str
    movia: bool


@dataclass(frozen=True)
class ChoiceValue:
    """One dated, sourced choice of one municipality; ``certainty`` is known or assumed."""

    start: date
    value: str | bool
    certainty: str
    source: Source
    zones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class MunicipalChoice:
    """A municipality's service elements on a day, with the town zones they name.

    ``certainty`` is "known" only when every element that is set is known; "assumed" otherwise, also when
    nothing is known and grundtakst alone is taken. ``expressed`` is None where the municipality has a fare of its own,
    ``own_fare``, that no elements express; ``refused`` is then the error of asking for its package.
    """

    expressed: ServicePackage | None
    zones: tuple[str, ...]
    certainty: str
    sources: tuple[Source, ...]
    own_fare: OwnFare | None = None
    refused: InputError | None = None

    @property
    def package(self) -> ServicePackage:
        """The elements; raises InputError, with the reason, where no elements express what the municipality has."""
        if self.expressed is None:
            assert self.refused is not None
            raise self.refused
        return self.expressed

    @property
    def nearest(self) -> ServicePackage:
        """The elements, or a fare of the municipality's own as a kommunetakst in kroner: so it is inside the municipality.

        Whether such a fare holds across the border is not said; as a kommunetakst it does not.
        """
        return self.package if self.own_fare is None else ServicePackage(kommunetakst=self.own_fare.fare_kr)


@dataclass(frozen=True, eq=False)
class MunicipalChoices:
    """Every municipality and the dated choices that are known or assumed of it."""

    municipalities: tuple[Municipality, ...]
    values: Mapping[str, Mapping[str, tuple[ChoiceValue, ...]]]
    """By element (flextur, plustur, kommunetakst, …), then by municipality code, in date order."""
    closures: Closures = field(default_factory=dict)
    own_fares: Mapping[str, tuple[OwnFare, ...]] = field(default_factory=dict)

    def find(self, text: str) -> Municipality:
        """Return the municipality with this four-digit code or name.

        Raises InputError with the nearest name when there is none.
        """
        import difflib
        import unicodedata

        wanted = unicodedata.normalize("NFC", text.strip())
        for municipality in self.municipalities:
            if wanted == municipality.code or wanted.casefold() == municipality.name.casefold():
                return municipality
        if wanted.isascii() and wanted.isdigit():
            padded = wanted.zfill(4)
            hint = (
                f"mente du {padded}? "
                if padded != wanted and any(m.code == padded for m in self.municipalities)
                else ""
            )
            raise InputError(
                f"'{text}' er ikke en dansk kommunekode",
                next_step=f"{hint}skriv fire cifre, fx 0316, eller kommunens navn",
            )
        plain = wanted.casefold().removesuffix(" kommune")
        names = {m.name.casefold(): m for m in self.municipalities}
        if plain in names:
            return names[plain]
        folded = {_fold(name): m for name, m in names.items()}
        if _fold(plain) in folded:
            return folded[_fold(plain)]
        close = difflib.get_close_matches(plain, list(names), n=1, cutoff=0.6)
        hint = f"mente du {names[close[0]].name}? " if close else ""
        raise InputError(f"ukendt kommune '{text}'", next_step=f"{hint}se dem med takstlab municipalities")

    def latest(self, element: str, code: str, on: date) -> ChoiceValue | None:
        """Return the choice in force on ``on``; None when nothing is on file."""
        values = self.values[element].get(code, ())
        position = bisect_right([value.start for value in values], on)
        return values[position - 1] if position else None

    def offers(self, product: Product, code: str, on: date) -> Offered:
        """Say whether the municipality has the product on a day: known, assumed or no; no also on a day it was closed."""
        return "no" if self.closure(product, code, on) else self.has(product, code, on)

    def has(self, product: Product, code: str, on: date) -> Offered:
        """Say the same of the product itself, whether or not it was closed that day."""
        value = self.latest(product, code, on)
        return value.value if value else "no"  # type: ignore[return-value]

    def closure(self, product: Product, code: str, on: date) -> Closure | None:
        """Return the closure that leaves a municipality without the product on a day it otherwise has it, if any."""
        found = next((c for c in self.closures.get(product, {}).get(code, ()) if on in c), None)
        return found if found and self.has(product, code, on) != "no" else None

    def own_fare(self, code: str, on: date) -> OwnFare | None:
        """Return the fare of the municipality's own in force on a day of travel, None where elements express it."""
        return next((fare for fare in reversed(self.own_fares.get(code, ())) if fare.start <= on), None)

    def choices(self, code: str, on: date) -> MunicipalChoice:
        """Return the service elements in force in a municipality on a day, as far as they are known."""
        own = self.own_fare(code, on)
        if own is not None:
            refused = own.error(next(m.name for m in self.municipalities if m.code == code), on)
            return MunicipalChoice(None, (), "known", (own.source,), own, refused)
        found = {
            element: self.latest(element, code, on)
            for element in ("kommunetakst", "bytakst", "town_service", "free_destinations")
        }
        kommunetakst, bytakst, town, free = found.values()
        package = ServicePackage(
            kommunetakst=bool(kommunetakst and kommunetakst.value),
            bytakst=bytakst.value if bytakst and bytakst.value != "none" else None,  # type: ignore[arg-type]
            free_destinations=free.places if free and free.value else (),
            plustur=self.offers("plustur", code, on) != "no",
            schemes=(str(town.value),) if town and town.value != "none" else (),
        )
        zoned = next((v for v in (bytakst, town) if v and v.value != "none"), None)
        used = [value for value in found.values() if value]
        known = kommunetakst is not None and all(value.certainty == "known" for value in used)
        return MunicipalChoice(
            package,
            zoned.zones if zoned else (),
            "known" if known else "assumed",
            tuple(value.source for value in used),
        )

    def with_offer(self, product: Product, code: str, value: Offered, source: Source) -> "MunicipalChoices":
        """Return a copy in which the user says whether a municipality has a product, on every day."""
        told = (ChoiceValue(date.min, value, "known", source),)
        return replace(
            self,
            values={**self.values, product: {**self.values[product], code: told}},
            closures={**self.closures, product: {**self.closures.get(product, {}), code: ()}},
        )

    def with_stated_elements(self, code: str) -> "MunicipalChoices":
        """Return a copy in which the user's own elements are asked for in place of a fare of the municipality's own."""
        return replace(self, own_fares={**self.own_fares, code: ()})


def load_municipal_choices(root: Path | None = None) -> MunicipalChoices:
    """Read the municipal files of the package (or of ``root``); raises DataError when one breaks its schema."""
    return _read_choices(root) if root else _published()


@cache
def _published() -> MunicipalChoices:
    return _read_choices(None)


def _read_choices(root: Path | None) -> MunicipalChoices:
    folder: Path | Traversable = (root or files("tariffs")) / "municipal"
    names = read_toml(folder / "names.toml", "municipal/names.toml")
    municipalities = tuple(Municipality(code, entry["name"], entry["movia"]) for code, entry in names.items())
    by_code = {municipality.code: municipality for municipality in municipalities}
    values = {
        element: _parse_file(read_toml(folder / f"{element}.toml", f"municipal/{element}.toml"), element, by_code)
        for element in _ALLOWED
    }
    all_names = {municipality.code: municipality.name for municipality in municipalities}
    movia = tuple(municipality.code for municipality in municipalities if municipality.movia)
    closures = parse_closures(
        read_toml(folder / "closures.toml", "municipal/closures.toml"), all_names, movia, PRODUCTS
    )
    own_fares = parse_own_fares(read_toml(folder / "own_fare.toml", "municipal/own_fare.toml"), all_names)
    return MunicipalChoices(municipalities, values, closures, own_fares)


def _parse_file(
    raw: Mapping[str, Any], element: str, municipalities: Mapping[str, Municipality]
) -> dict[str, tuple[ChoiceValue, ...]]:
    where = f"municipal/{element}.toml"
    check_keys(raw, {"values"}, where)
    collected: dict[str, list[ChoiceValue]] = {}
    for number, entry in enumerate(raw.get("values", ()), 1):
        place = f"{where}, values[{number}]"
        check_keys(entry, _VALUE_KEYS, place)
        code = entry.get("municipality")
        if code not in municipalities or entry.get("name") != municipalities[code].name:
            raise DataError(
                "kommunekode og navn passer ikke sammen", where=place, why=f"fandt {code!r} og {entry.get('name')!r}"
            )
        start = parse_day(entry.get("from"), "from", place)
        allowed = _ALLOWED[element]
        value = entry.get("value")
        if not any(value is option or (isinstance(value, str) and value == option) for option in allowed):
            raise DataError(f"ugyldig value {value!r}", where=place, next_step=f"brug {', '.join(map(str, allowed))}")
        certainty = entry.get("certainty", value if element in PRODUCTS else "known")
        if certainty not in ("known", "assumed", "no"):
            raise DataError(f"ugyldig certainty {certainty!r}", where=place, next_step="brug known eller assumed")
        earlier = collected.setdefault(code, [])
        if earlier and start <= earlier[-1].start:
            raise DataError(
                "datoerne er ikke stigende, så værdierne overlapper",
                where=place,
                why=f"{start} kommer efter {earlier[-1].start}",
            )
        earlier.append(
            ChoiceValue(
                start,
                value,
                certainty,
                parse_source(entry.get("source"), place),
                _texts(entry, "zones", place),
                _texts(entry, "places", place),
            )
        )
    return {code: tuple(entries) for code, entries in collected.items()}


def _texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    raw: Sequence[object] = entry.get(key, ())
    if not isinstance(raw, (list, tuple)) or not all(isinstance(item, str) for item in raw):
        raise DataError(f"{key} er ikke en liste af tekster", where=where, why=f"fandt {raw!r}")
    return tuple(str(item) for item in raw)


def _fold(name: str) -> str:
    for letter, ascii_ in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        name = name.replace(letter, ascii_)
    return name
