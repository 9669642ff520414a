"""The driving hour that observed cost gives, by the closed form: for an estimate at once, where there is no time to simulate."""

from sim.answer.budget.rate import ASSUMPTION, DECIMALS, costs_too_little
from sim.answer.budget.recalibration import observed_of, paid_year, reference_alone, without_cost
from sim.answer.budget.season import month_shares
from sim.estimate.estimate import estimate
from sim.estimate.paid import Paid
from sim.inputs.scenario import Scenario
from sim.study.prepare import prepare
from sim.study.study import Study

STEP = 1.2


def estimated_study(scenario: Scenario, code: str) -> tuple[Study, Paid | None]:
    """Return the study with what the municipality's own months say, and the year they say the cost of.

    Raises InputError where the months cannot be used, and as `sim.study.prepare.prepare` does.
    """
    fitted = estimated(scenario, code)
    return prepare(fitted, code), paid_year(fitted, code)


def estimated(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario with what its months say of passengers, and of the driving hour where they have cost.

    Raises InputError where the months cannot be used.
    """

    fitted = without_cost(scenario, code)
    if fitted is scenario:
        return scenario
    observed = observed_of(scenario)
    if observed.cost_oere is None:
        return fitted
    year = observed.year or scenario.year
    alone = reference_alone(fitted, code, year)
    stated = {**fitted.assumptions, "price_level": float(year)}

    def study_at(rate_kr: float | None) -> Study:
        own = stated if rate_kr is None else {**stated, ASSUMPTION: rate_kr}
        return prepare(alone.model_copy(update={"assumptions": own, "counted_year": None}), code)

    study = study_at(None)
    start = study.assumptions.number(ASSUMPTION)
    shares = month_shares(study.year, study.assumptions)
    wanted = sum(observed.cost_oere) / float(shares[[month - 1 for month in observed.months]].sum())
    low, high = (estimate(study_at(rate)).options[0].year.net_cost_oere for rate in (start, STEP * start))
    rate = round(start + (wanted - low) / (high - low) * (STEP - 1) * start, DECIMALS)
    if rate <= 0:
        raise costs_too_little(sum(observed.cost_oere))
    return fitted.model_copy(update={"assumptions": {**fitted.assumptions, ASSUMPTION: rate}})
