"""A package's service elements as the ticks of a form: the same names in every page's address."""

from tariffs import ServicePackage

TOWN_RULES = ("dobbelt_grundtakst", "lukket_by", "stoppested")
"""Schemes of the trials in town; at most one of them holds."""


def town_rule(package: ServicePackage) -> str:
    """Return the package's scheme in town, empty for none."""
    return next((rule for rule in TOWN_RULES if getattr(package, rule)), "")


def ticks(package: ServicePackage) -> dict[str, str]:
    """Return what is ticked of the fares and of the schemes in town, empty where nothing is."""
    return {
        "kommunetakst": str(int(package.kommunetakst)) if package.kommunetakst else "",
        "bytakst": str(package.bytakst or ""),
        "by": town_rule(package),
    }
