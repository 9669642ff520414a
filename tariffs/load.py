"""Reading the parameter files, a variant, projected editions and the user's own into one price book."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from tariffs import timeline
from tariffs.edition import Edition, edition_on, parse_editions
from tariffs.errors import DataError, InputError
from tariffs.indexing import parse_percent
from tariffs.known_amounts import keep_known, known_amounts
from tariffs.municipal_choices import load_municipal_choices
from tariffs.parameter import Parameter, Value, parse_parameter, parse_values
from tariffs.price_book import RATE_FROM_KM_11, RATE_FROM_KM_21, REQUIRED, PriceBook
from tariffs.projection import LAST_YEAR, projections, with_rises
from tariffs.rises import Rises
from tariffs.source import check_keys, parse_source, parse_toml, read_bytes, read_toml

EDITION_ROOMS = ("flextur", "plustur", "rules")
"""These rooms' values hold only on an edition's days; the fee does not depend on it."""

GROWTH_FILE = "growth.toml"

_NEEDED_IN_NEW_EDITION = ("flextur/grundtakst", RATE_FROM_KM_11, RATE_FROM_KM_21)


def load_price_book(
    tariff_files: Sequence[Path] = (),
    variant: str = "",
    root: Path | None = None,
    *,
    last_year: int = LAST_YEAR,
    growth_percent: Fraction | None = None,
    ceiling_times: Fraction = Fraction(1),
    known_only: bool = False,
) -> PriceBook:
    """Load the published editions, a variant asked for by name, projected editions, and the user's edition files.

    The fare years after the last price list are projected to the end of ``last_year``: by the editions of the folder
    ``projected``, which rise ``ceiling_times`` as much as the price ceiling, then by ``growth_percent`` a year (None is that
    folder's). From the first day of an edition of the user's on, no edition of ours holds, and what is projected after it is
    carried forward from it; an amount that is known of a later year stays. ``root`` reads another folder than the package's own
    ``tariffs`` folder. ``known_only`` projects nothing and has no amount that is our arithmetic.

    Raises DataError when a file breaks its schema, InputError when there is no such variant.
    """
    own = tuple((str(file), read_bytes(Path(file), str(file))) for file in tariff_files)
    make = _made if root else _kept
    book = make(own, variant, root, last_year, known_only)
    return with_rises(book, book.rises.percent if growth_percent is None else growth_percent, ceiling_times)


def list_variants(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the variants that can be asked for."""
    folder = (root or files("tariffs")) / "variants"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir())) if folder.is_dir() else ()


def _made(
    own: tuple[tuple[str, bytes], ...],
    variant: str,
    root: Path | None,
    last_year: int,
    known_only: bool,
) -> PriceBook:
    book = _read_book(own, variant, root, None if known_only else last_year)
    return _known_only(book) if known_only else book


_kept = lru_cache(maxsize=64)(_made)
"""Books by what is in the files, so that one is made once however many trips and options ask for it."""


def _known_only(book: PriceBook) -> PriceBook:
    """Return the book without projected editions, and without the amounts that are our arithmetic."""
    parameters = {
        key: replace(parameter, values=tuple(map(_unless_arithmetic, parameter.values)))
        if key.partition("/")[0] in ("flextur", "plustur")
        else parameter
        for key, parameter in book.parameters.items()
    }
    editions = tuple(edition for edition in book.editions if not edition.source.projected)
    return replace(book, editions=editions, parameters=parameters, known_only=True)


def _unless_arithmetic(value: Value) -> Value:
    return replace(value, state="unknown", amount=None, text="") if value.source.mark == "C" else value


def _read_book(
    own_files: tuple[tuple[str, bytes], ...],
    variant: str,
    root: Path | None,
    last_year: int | None,
) -> PriceBook:
    top: Path | Traversable = root or files("tariffs")
    editions = parse_editions(
        _only_editions(top / "parameters" / "editions.toml"), "parameters/editions.toml", contiguous=True
    )
    parameters = {key: parse_parameter(raw, key, where) for key, raw, where in _read_folder(top / "parameters")}
    missing = [key for key in REQUIRED if key not in parameters]
    if missing:
        raise DataError(f"parameter mangler: {', '.join(missing)}", where="parameters/")
    for key, parameter in parameters.items():
        if key.partition("/")[0] in EDITION_ROOMS:
            _check_coverage(parameter, editions)
            parameters[key] = replace(parameter, values=timeline.close(parameter.values, editions[-1].end))
    changed: frozenset[str] = frozenset()
    if variant:
        changed = _apply_variant(top / "variants", variant, parameters, editions, list_variants(root))
    choices = load_municipal_choices(root)
    own = _in_order([(parse_toml(content, where), where) for where, content in own_files])
    first_own = _first_own_day(own, editions[-1].end)
    replaced: list[dict[str, Any]] = []
    for raw, where in _read_projected(top / "projected"):
        if first_own is None or parse_editions(raw.get("editions"), where, contiguous=False)[-1].start < first_own:
            editions = _apply_file(raw, where, parameters, editions)
        else:
            replaced.append(raw)
    if first_own is not None:
        editions = _ended_before(first_own, editions, parameters)
    # An edition of ours that a typed list has taken the place of is projected from the list, whatever its day.
    ours = {edition.id for edition in editions if edition.source.projected}
    rises = _rises(top / "projected")
    rises = replace(rises, ceilings={key: rise for key, rise in rises.ceilings.items() if key in ours})

    def projected_to(last: date) -> tuple[Edition, ...]:
        found, known = editions, known_amounts(replaced, editions[-1].start)
        for text in projections(PriceBook(editions, parameters, choices), rises.percent, last) if last_year else ():
            drafted = tomllib.loads(text)
            keep_known(drafted, known, rises.percent)
            found = _apply_file(drafted, "fremskrivning", parameters, found)
        return found

    for raw, where in own:
        start = _first_day(raw, where)
        if start is not None and first_own is not None and start > first_own:
            editions = projected_to(start - timeline.ONE_DAY)
            if editions[-1].source.projected or editions[-1].source.entered:
                editions = _ended_before(start, editions, parameters)
        editions = _apply_file(raw, where, parameters, editions)
    if last_year is not None:
        editions = projected_to(date(last_year, 12, 31))
    return PriceBook(editions, parameters, choices, variant, changed, rises=rises)


def _first_day(raw: dict[str, Any], where: str) -> date | None:
    """Return the first day of a file's own editions, None when it has none."""
    return parse_editions(raw["editions"], where, contiguous=False)[0].start if "editions" in raw else None


def _in_order(own: Sequence[tuple[dict[str, Any], str]]) -> list[tuple[dict[str, Any], str]]:
    """Return the user's files: those with editions by their first days, then those that fill in single values."""
    starts = [(_first_day(raw, where) or date.max, raw, where) for raw, where in own]
    return [(raw, where) for _, raw, where in sorted(starts, key=lambda entry: entry[0])]


def _first_own_day(own: Sequence[tuple[dict[str, Any], str]], published_end: date | None) -> date | None:
    """Return the first day of the user's editions that begin after the published ones, None when there is none."""
    starts = [
        edition.start
        for raw, where in own
        if "editions" in raw
        for edition in parse_editions(raw["editions"], where, contiguous=False)
        if published_end is not None and edition.start > published_end
    ]
    return min(starts, default=None)


def _read_projected(folder: Path | Traversable) -> Iterator[tuple[dict[str, Any], str]]:
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml") and file.name != GROWTH_FILE:
            where = f"{folder.name}/{file.name}"
            yield read_toml(file, where), where


def _rises(folder: Path | Traversable) -> Rises:
    """Return the rises that the folder's editions and those after them rest on."""
    where = f"{folder.name}/{GROWTH_FILE}"
    raw = read_toml(folder / GROWTH_FILE, where)
    check_keys(raw, {"percent", "source", "ceilings"}, where)
    parse_source(raw.get("source"), where)
    ceilings = raw.get("ceilings", {})
    if not isinstance(ceilings, Mapping):
        raise DataError("ceilings er ikke en tabel", where=where, next_step='skriv [ceilings] og 2025-01-19 = "3.6"')
    return Rises(
        _rise(raw.get("percent"), "percent", where), {key: _rise(text, key, where) for key, text in ceilings.items()}
    )


def _rise(text: object, key: str, where: str) -> Fraction:
    try:
        return parse_percent(str(text))
    except InputError as error:
        raise DataError(f"{key}: {error.what}", where=where, next_step=f'skriv {key} = "2.8"') from None


def _ended_before(day: date, editions: tuple[Edition, ...], parameters: dict[str, Parameter]) -> tuple[Edition, ...]:
    """Return the editions that begin before ``day``, the last of them ended by then; so are the ``parameters``' values."""
    last = day - timeline.ONE_DAY
    for key, parameter in parameters.items():
        if key.partition("/")[0] in EDITION_ROOMS:
            parameters[key] = replace(parameter, values=timeline.close(parameter.values, last))
    return tuple(
        edition if edition.end is not None and edition.end <= last else replace(edition, end=last)
        for edition in editions
        if edition.start <= last
    )


def _only_editions(file: Path | Traversable) -> object:
    raw = read_toml(file, "parameters/editions.toml")
    check_keys(raw, {"editions"}, "parameters/editions.toml")
    return raw.get("editions")


def _read_folder(folder: Path | Traversable) -> Iterator[tuple[str, dict[str, Any], str]]:
    for room in sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: entry.name):
        for file in sorted(room.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".toml"):
                where = f"{folder.name}/{room.name}/{file.name}"
                yield f"{room.name}/{file.name.removesuffix('.toml')}", read_toml(file, where), where


def _check_coverage(parameter: Parameter, editions: Sequence[Edition]) -> None:
    first, last = editions[0].start, editions[-1].end
    if parameter.values[0].start > first:
        raise DataError(
            "hul i værdierne",
            where=f"parameters/{parameter.key}.toml",
            why=f"intet gælder fra {first} til {parameter.values[0].start}",
            next_step="skriv absent = true med kilde, hvis parameteren ikke fandtes",
        )
    end = parameter.values[-1].end
    if end is not None and (last is None or end < last):
        raise DataError(
            "hul i værdierne",
            where=f"parameters/{parameter.key}.toml",
            why=f"intet gælder efter {end}",
            next_step="skriv repealed = true med kilde",
        )


def _apply_variant(
    folder: Path | Traversable,
    variant: str,
    parameters: dict[str, Parameter],
    editions: Sequence[Edition],
    names: Sequence[str],
) -> frozenset[str]:
    if variant not in names:
        raise InputError(f"ukendt variant '{variant}'", next_step=f"kendte varianter: {', '.join(names) or 'ingen'}")
    changed: set[str] = set()
    for key, raw, where in _read_folder(folder / variant):
        if key not in parameters:
            raise DataError(f"ukendt parameter '{key}'", where=where)
        check_keys(raw, {"values"}, where)
        for value in parse_values(raw.get("values"), parameters[key].unit, where):
            parameters[key] = _laid_over(parameters[key], value, where, lambda old: True)
            changed |= {
                edition.id
                for edition in editions
                if (value.end is None or edition.start <= value.end)
                and (edition.end is None or value.start <= edition.end)
            }
    return frozenset(changed)


def _laid_over(parameter: Parameter, value: Value, where: str, may_replace: Callable[[Value], bool]) -> Parameter:
    return replace(parameter, values=timeline.overlay(parameter.values, value, may_replace, where))


def _gives_way(value: Value) -> bool:
    """Say whether a value in a file may take this one's place: where no amount is published, or it is our arithmetic."""
    return value.amount is None or value.source.mark == "C"


def _apply_file(
    raw: dict[str, Any], where: str, parameters: dict[str, Parameter], published: tuple[Edition, ...]
) -> tuple[Edition, ...]:
    check_keys(raw, {"editions", "parameters"}, where)
    own = parse_editions(raw["editions"], where, contiguous=False) if "editions" in raw else ()
    editions = _joined(published, own, where)
    tables = raw.get("parameters", {})
    if not isinstance(tables, Mapping) or not all(isinstance(table, Mapping) for table in tables.values()):
        raise DataError('parameters skal være tabeller som [parameters."flextur/grundtakst"]', where=where)
    if not own and not tables:
        raise DataError("filen har hverken udgaver eller parametre", where=where)
    for key, table in tables.items():
        place = f'{where}, parameters."{key}"'
        if key not in parameters:
            raise DataError(f"ukendt parameter '{key}'", where=place, next_step="se dem med takstlab tariffs")
        for value in _user_values(table, parameters[key], place):
            home = edition_on(editions, value.start)
            if home is None and key.partition("/")[0] in EDITION_ROOMS:
                raise DataError(
                    "værdien ligger uden for alle udgaver",
                    where=place,
                    why=f"from {value.start}",
                    next_step="tilføj en udgave i [[editions]], der dækker dagen",
                )
            last = _last_day(home, editions) if home else None
            clipped = (
                value if last is None or (value.end is not None and value.end <= last) else replace(value, end=last)
            )
            parameters[key] = _laid_over(parameters[key], clipped, place, _gives_way)
    for edition in own:
        for key, parameter in parameters.items():
            if key.startswith("rules/"):
                values = timeline.carry_over(parameter.values, edition.start, edition.end)
                parameters[key] = replace(parameter, values=values)
        for key in _NEEDED_IN_NEW_EDITION:
            if parameters[key].on(edition.start) is None:
                raise DataError(
                    f"udgaven {edition.id} mangler {key}",
                    where=where,
                    next_step=f'tilføj [parameters."{key}"] med en værdi fra {edition.start}',
                )
    return editions


def _last_day(home: Edition, editions: Sequence[Edition]) -> date | None:
    """Return the last day of the unbroken run of price lists that begins with ``home``; a projected one is a run by itself."""
    last = home.end
    for edition in editions:
        if edition.source.projected or home.source.projected:
            continue
        if last is not None and edition.start == last + timeline.ONE_DAY:
            last = edition.end
    return last


def _user_values(table: Mapping[str, Any], parameter: Parameter, where: str) -> tuple[Value, ...]:
    raw = dict(table)
    for name, expected in (("name_da", None), ("name_en", None), ("unit", parameter.unit)):
        given = raw.pop(name, expected)
        if expected is not None and given != expected:
            raise DataError(f"enheden (unit) er {given!r}", where=where, why=f"parameteren måles i {expected}")
    check_keys(raw, {"values"}, where)
    return parse_values(raw.get("values"), parameter.unit, where)


def _joined(published: tuple[Edition, ...], own: tuple[Edition, ...], where: str) -> tuple[Edition, ...]:
    for edition in own:
        for other in published:
            overlap = (edition.end is None or other.start <= edition.end) and (
                other.end is None or edition.start <= other.end
            )
            if overlap:
                raise DataError(
                    f"udgaven {edition.id} overlapper {other.id}",
                    where=where,
                    why=f"{other.id} gælder fra {other.start} til {other.end or '…'}",
                    next_step="ret from og to",
                )
            if edition.id == other.id:
                raise DataError(f"to udgaver hedder {edition.id}", where=where, next_step="giv den et andet id")
    return tuple(sorted([*published, *own], key=lambda edition: edition.start))
