"""Days without a product: a municipality, or all that Movia serves, had none although it has the product."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tariffs.errors import DataError
from tariffs.source import Source, check_keys, parse_day, parse_source

_KEYS = {"product", "municipality", "name", "from", "to", "reason_da", "reason_en", "source"}
_WHERE = "municipal/closures.toml"


@dataclass(frozen=True)
class Closure:
    """Days on which a product was not driven, both ends included, with the reason in both languages."""

    start: date
    end: date
    reason_da: str
    reason_en: str
    source: Source

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def text_da(self) -> str:
        """The closure as a refusal says it: the reason and the days."""
        return f"{self.reason_da}, {self.start:%d-%m-%Y} til {self.end:%d-%m-%Y}"

    @property
    def text_en(self) -> str:
        """The same in English."""
        return f"{self.reason_en}, {self.start} to {self.end}"


Closures = Mapping[str, Mapping[str, tuple[Closure, ...]]]
"""By product, then by municipality code."""


def parse_closures(
    raw: Mapping[str, Any], names: Mapping[str, str], movia: Collection[str], products: Collection[str]
) -> Closures:
    """Read the closures; one without a municipality holds for all of ``movia``.

    ``names`` are the municipalities by code. Raises DataError when an entry breaks the schema.
    """
    check_keys(raw, {"closures"}, _WHERE)
    found: dict[str, dict[str, tuple[Closure, ...]]] = {product: {} for product in products}
    for number, entry in enumerate(raw.get("closures", ()), 1):
        where = f"{_WHERE}, closures[{number}]"
        check_keys(entry, _KEYS, where)
        product, code = entry.get("product"), entry.get("municipality")
        if product not in found:
            raise DataError(f"ukendt produkt {product!r}", where=where, next_step=f"brug {', '.join(products)}")
        if code is not None and entry.get("name") != names.get(code):
            raise DataError(
                "kommunekode og navn passer ikke sammen", where=where, why=f"fandt {code!r} og {entry.get('name')!r}"
            )
        closure = Closure(
            parse_day(entry.get("from"), "from", where),
            parse_day(entry.get("to"), "to", where),
            _text(entry, "reason_da", where),
            _text(entry, "reason_en", where),
            parse_source(entry.get("source"), where),
        )
        if closure.end < closure.start:
            raise DataError(
                "lukningen slutter, før den begynder", where=where, why=f"{closure.start} til {closure.end}"
            )
        for each in movia if code is None else (code,):
            earlier = found[product].get(each, ())
            found[product][each] = tuple(sorted((*earlier, closure), key=lambda c: c.start))
    return found


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    text = entry.get(key)
    if not isinstance(text, str) or not text.strip():
        raise DataError(f"{key} mangler", where=where, next_step="skriv, hvorfor der ikke blev kørt")
    return text
