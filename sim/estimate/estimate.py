"""The instant estimate of a study: what a year of each option would bring on average, without driving a single trip."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.estimate.amounts import OptionEstimate
from sim.estimate.expected import Expected
from sim.estimate.ground import ground, ordinary
from sim.estimate.operator_time import Metamodel, load_metamodel
from sim.estimate.strands import strands
from sim.study.demand import acceptances_at_reference, curves, demand_of
from sim.study.draws import ParameterDraw
from sim.study.free_destinations import free_places
from sim.study.study import Study

AT_ONCE = 64
"""Draws that are worked out together: enough that a draw's part of each step is small, and their arrays some tens of MB."""


@dataclass(frozen=True)
class Estimate:
    """The estimate of every option of a study, with how far such estimates have been off."""

    options: tuple[OptionEstimate, ...]
    metamodel: Metamodel

    @property
    def passengers(self) -> float:
        """Passengers a year under the first option."""
        return self.options[0].year.passengers

    def json(self) -> dict[str, object]:
        """Return the estimate as published, marked as one."""
        return {
            "kind": "skøn",
            "model": self.metamodel.version,
            "error_percent": {
                "net_cost": self.metamodel.net_cost_error_percent,
                "change": self.metamodel.change_error_percent,
                "worst_net_cost": self.metamodel.worst_net_cost_percent,
                "kinds": [vars(error) for error in self.metamodel.errors_at(self.passengers)],
            },
            "options": [
                {
                    "name": o.name,
                    **o.year.json(),
                    "change": o.change.json(),
                    "part_year": o.part_year
                    and {**o.part_year.json(), "change": o.part_year_change and o.part_year_change.json()},
                }
                for o in self.options
            ],
        }


def estimate(study: Study, draw: ParameterDraw | None = None, *, metamodel: Metamodel | None = None) -> Estimate:
    """Return the expected year of every option, under central assumptions or one draw."""
    return estimates([study.under(draw)], metamodel=metamodel)[0]


def estimates(studies: Sequence[Study], *, metamodel: Metamodel | None = None) -> list[Estimate]:
    """Return the estimate of each of some studies, worked out together: one study under the assumptions of some draws.

    They may differ in their registers and what rests on them, volumes, driving times and whether they are under a draw.
    """
    metamodel = metamodel or load_metamodel()
    found: dict[int, Estimate] = {}
    # Another ground only where driving times or the share in town are others.
    alike: dict[tuple[int, int], list[int]] = {}
    for number, study in enumerate(studies):
        own = number if study.pattern.tilt is not None else -1
        alike.setdefault((id(study.region), own), []).append(number)
    for numbers in alike.values():
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            found |= zip(some, _together([studies[n] for n in some], metamodel), strict=True)
    return [found[number] for number in range(len(studies))]


def _together(studies: Sequence[Study], metamodel: Metamodel) -> list[Estimate]:
    first = studies[0]
    over = ordinary(ground(first), [study.assumptions for study in studies])
    sums = over.sums(free_places(first), plustur=first.plustur is not None)
    by_class = [curves(study, study.draw) for study in studies]
    accepted = acceptances_at_reference(studies, by_class)
    models = [demand_of(*each) for each in zip(studies, sums, by_class, accepted, strict=True)]
    rows = strands(models, first.switches.kilometre_counting, over)
    options = Expected(studies, models, rows, by_class, metamodel).options()
    return [Estimate(each, metamodel) for each in options]
