"""The municipality's own lines beside the net cost."""

from dataclasses import dataclass

from sim.words.figure import Figure


@dataclass(frozen=True)
class OwnLine:
    """An amount the municipality has put beside an option, oere a year, and oere of the part year where there is one."""

    option: str
    name: str
    oere: int
    part_year_oere: int | None


@dataclass(frozen=True)
class WithOwn:
    """Own lines of a period, oere, and the net cost and its change with them; None for the change of the first option."""

    oere: int
    net_cost_with_own_oere: Figure
    change_with_own_oere: Figure | None


@dataclass(frozen=True)
class _Of:
    """The option's name."""

    option: str


@dataclass(frozen=True)
class OptionWithOwn(WithOwn, _Of):
    """An option's full year with its own lines, and its part year."""

    part_year: WithOwn | None


@dataclass(frozen=True)
class OwnLines:
    """The lines as given, and every option's net cost with them; ``part_year_days`` is None without a start date."""

    lines: tuple[OwnLine, ...]
    options: tuple[OptionWithOwn, ...]
    part_year_days: int | None
    days_in_year: int
    notes: tuple[str, ...]
