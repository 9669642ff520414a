"""Why a section of an answer says what it says: how its figures come about, a check to do by hand, and what they rest on."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as PathOf
from starlette.responses import Response

from api.http.problems import NoSuchFieldError
from api.http.runs import RunId
from api.web.page import render
from api.web.published import published
from api.web.reproduce import call, command
from api.web.why import rules
from sim.answer.records import Answer
from sim.words.cells import Cell, signed
from sim.words.numbers import danish, kroner
from sim.words.table import Table

router = APIRouter()


@dataclass(frozen=True)
class Part:
    """A section that can be asked about: where it stands on the page, its names, the steps, its keys, its assumptions."""

    section: str
    da: str
    en: str
    how_da: list[str]
    how_en: list[str]
    keys: list[str]
    assumptions: list[str]
    needs: str = ""
    means: bool = True

    def is_in(self, comparison: Answer) -> bool:
        """Say whether an answer has the section."""
        if self.needs == "options":
            return len(comparison.options) > 1
        return not self.needs or bool(getattr(comparison, self.needs))


def _parts() -> dict[str, Part]:
    read = tomllib.loads((files("api.web") / "why_parts.toml").read_text(encoding="utf-8"))
    return {key: Part(**told) for key, told in read.items()}


SECTIONS = _parts()


@router.get("/koersel/{run}/hvorfor/{part}")
def why_part(request: Request, run: RunId, part: Annotated[str, PathOf(pattern="^[a-z_]{1,40}$")]) -> Response:
    """Explain a section of an answer."""
    comparison, manifest, folder = published(request, run)
    if part not in SECTIONS or not SECTIONS[part].is_in(comparison):
        raise NoSuchFieldError("Afsnittet findes ikke i svaret", where=part, next_step="gå tilbage til svaret")
    asked = SECTIONS[part]
    by_id = {entry.id: entry for entry in comparison.assumptions}
    check = CHECKS.get(part)
    return render(
        request, "why_part.html.j2", run=run, comparison=comparison, part=asked,
        checks=[] if check is None else check(comparison),
        rests_on=[by_id[name] for name in asked.assumptions if name in by_id and name not in _idle(comparison)],
        rules=rules(comparison, folder) if part == "prices" else [], price_level=manifest["price_level"],
        command=command(manifest["scenario"]), call=call(request, manifest["scenario"]),
        hashes=manifest["versions"], seed=comparison.seed,
    )  # fmt: skip


def _idle(comparison: Answer) -> tuple[str, ...]:
    """Return the assumptions that an own number of passengers leaves without a say."""
    from sim.telling.report.phrases import is_own_volume

    return ("volume_spread", "volume_density_exponent") if is_own_volume(comparison) else ()


def waterfall_check(comparison: Answer) -> list[Table]:
    """Return the parts of each option's change in kroner and oere, and their sum as it is by adding what is shown."""
    from sim.telling.report.waterfall_table import PARTS

    return [
        _summed(
            f"{option.name}: delene lagt sammen", "del",
            [(PARTS[part.id], round(part.oere.mean)) for part in option.waterfall or ()],
            round(option.change.net_cost_oere.mean), _moved,
        )
        for option in comparison.options[1:]
        if option.waterfall
    ]  # fmt: skip


def months_check(comparison: Answer) -> list[Table]:
    """Return the twelve months of each option in kroner and oere beside the year's net cost."""
    from tariffs.typed import MONTHS

    return [
        _summed(
            f"{option.name}: månederne lagt sammen", "måned",
            [(MONTHS[n], round(month.net_cost_oere.mean)) for n, month in enumerate(option.months)],
            round(option.net_cost_oere.mean), _oere,
        )
        for option in comparison.options
    ]  # fmt: skip


def _summed(
    caption: str, name: str, amounts: Sequence[tuple[str, int]], published: int, shown: Callable[[float], Cell]
) -> Table:
    """Return amounts with their sum; what the rounding of each to the oere moves has a line of its own.

    Raises ValueError when they are further apart than rounding can bring them: then there is an error upstream.
    """
    rounding = published - sum(oere for _, oere in amounts)
    if abs(rounding) > (len(amounts) + 1) / 2:
        raise ValueError(f"{caption}: the parts are {rounding} oere from the sum, which is no rounding")
    lines = [*amounts, *([("afrunding af linjerne til hele øre", rounding)] if rounding else [])]
    rows = [(Cell(line), shown(oere)) for line, oere in [*lines, ("= i alt, som svaret siger", published)]]
    return Table(caption, (name, "kroner"), tuple(rows))


def residents_check(comparison: Answer) -> list[Table]:
    """Return net cost divided by residents, with the three numbers of each division."""
    rows = []
    for people, whom in (
        (comparison.population, "indbygger"),
        (comparison.population_older, "indbygger på 70 år eller ældre"),
    ):
        count = people or 0
        for option in comparison.options if count else ():
            net = option.net_cost_oere.mean
            rows.append((Cell(option.name, f"pr. {whom}"), _oere(net), Cell(danish(count)), _oere(net / count)))
    header = ("valgmulighed", "nettoudgift, kr.", "divideret med", "kr. pr. person")
    return [Table("Divisionerne", header, tuple(rows))]


def flexhandicap_check(comparison: Answer) -> list[Table]:
    """Return each option's follow-on cost as a product: trips turned away, the share that comes back, the cost of one."""
    rests_on = comparison.flexhandicap
    if rests_on is None:
        return []
    share, each = Cell(f"{danish(100 * rests_on.moved_share[0], 1)} %"), _oere(rests_on.cost_per_trip_oere)
    found = [(option.name, option.flexhandicap) for option in comparison.options if option.flexhandicap]
    rows = [
        (Cell(name), Cell(danish(account.turned_away_trips.mean, 1)), share, each, _oere(account.cost_oere.mean))
        for name, account in found
    ]
    header = ("valgmulighed", "flexture, der falder bort", "andel", "kr. pr. flexhandicaptur", "afledt udgift, kr.")
    return [Table("Ture gange andel gange kroner", header, tuple(rows))]


def _oere(oere: float) -> Cell:
    return Cell(kroner(oere, 2))


def _moved(oere: float) -> Cell:
    return Cell(signed(lambda amount: kroner(amount, 2))(oere))


CHECKS: dict[str, Callable[[Answer], list[Table]]] = {
    "waterfall": waterfall_check,
    "months": months_check,
    "residents": residents_check,
    "flexhandicap": flexhandicap_check,
}
