"""What every estimate of a municipality rests on, made before anybody asks."""

from datetime import date

from sim.estimate.estimate import estimate
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.study.terms import is_measured_as_usual
from tariffs import load_municipal_choices


def made_ready(code: str, year: int) -> bool:
    """Make what estimates of a municipality as it is known rest on, and is kept; False while its roads are not measured.

    That is where its people live, its town areas and the ground (`sim.estimate.ground`), whatever prices and passengers are asked about.
    """
    if not is_measured_as_usual(code, year):
        return False
    known = load_municipal_choices().choices(code, date(year, 12, 31)).expressed
    options = [{"name": name, "elements": known.elements() if known else ()} for name in ("1", "2")]
    estimate(prepare(build_scenario({"municipality": code, "options": options, "year": year}, "tjenesten"), code))
    return True
