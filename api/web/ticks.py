"""A package's service elements as the ticks of a form: the same names in every page's address."""

from tariffs import ServicePackage


def town_rule(package: ServicePackage) -> str:
    """Return the package's scheme, empty for none; a form has one at most."""
    return next(iter(package.schemes), "")


def is_tick(name: str, value: str) -> bool:
    """Say whether a fare's tick may have this value: a level, a cross, or the kroner of an own price."""
    return value.isdecimal() and len(value) <= 3 if name in ("kommunetakst", "bytakst") else False


def elements_of(kommunetakst: str, bytakst: str, town: str) -> list[str]:
    """Return the elements of the ticks, as a package is written.

    >>> elements_of("1", "52", "")
    ['kommunetakst', 'bytakst=52']
    """
    chosen = (
        [f"kommunetakst={kommunetakst}"] if kommunetakst not in ("", "1") else ["kommunetakst"] * bool(kommunetakst)
    )
    return [*chosen, *([f"bytakst={bytakst}"] if bytakst else []), *([town] if town else [])]


def ticks(package: ServicePackage) -> dict[str, str]:
    """Return what is ticked of the fares and of the schemes in town, empty where nothing is."""
    return {
        "kommunetakst": str(int(package.kommunetakst)) if package.kommunetakst else "",
        "bytakst": str(package.bytakst or ""),
        "by": town_rule(package),
    }
