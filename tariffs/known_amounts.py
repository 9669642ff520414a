"""Amounts that are known of a fare year whose other prices are projected: they stay known when a price list before it is typed."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tariffs.indexing import indexed
from tariffs.money import format_kroner, parse_kroner
from tariffs.projection import grown

Entry = dict[str, Any]


def known_amounts(files: Iterable[Mapping[str, Any]], after: date) -> dict[str, list[Entry]]:
    """Return by parameter the entries of projected editions' files that are read somewhere and begin after ``after``."""
    known: dict[str, list[Entry]] = {}
    for raw in files:
        for key, table in raw["parameters"].items():
            entries = [e for e in table["values"] if e["from"] > after and not e["source"].get("projected")]
            if entries:
                known.setdefault(key, []).extend(entries)
    return known


def keep_known(edition: Mapping[str, Any], known: Mapping[str, list[Entry]], percent: Fraction) -> None:
    """Put the known amounts in a drafted edition: of its own year as they are, of an earlier year grown from there."""
    start: date = edition["editions"][0]["from"]
    for key, entries in known.items():
        before = [entry for entry in entries if entry["from"] <= start]
        if not before or key not in edition["parameters"]:
            continue
        entry, drafted = before[-1], edition["parameters"][key]["values"][0]
        years = start.year - entry["from"].year
        if not years:
            drafted |= {"value": entry["value"], "source": entry["source"]}
            continue
        oere = indexed(int(parse_kroner(entry["value"])), grown(percent, years))
        note = f"{entry['value']} kr. fra {entry['from']} fremskrevet, til nærmeste krone"
        drafted |= {"value": format_kroner(oere, "en"), "source": drafted["source"] | {"note": note}}
